"""Bagaimana jika: other facts and dates on a scratch copy of a file, beside the file as it is. Nothing is stored."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from asn_desk.candidacy import previews
from asn_desk.candidacy.rows import DeclarationDetail
from asn_desk.candidacy.service import PATHS
from asn_desk.candidacy.states import DatedEvent
from asn_desk.candidacy.terms import EMPLOYER_WORDS
from asn_desk.candidacy.whatif import Changes, MovedStage, SideBySide
from asn_desk.errors import DeskError
from asn_desk.regulations.queries import packs_of
from asn_desk.regulations.terms import Fact
from ui.candidacy import explain
from ui.candidacy.choices import FLAG_TITLES, DeclareChoices, read_choices
from ui.candidacy.compare import SideBySideView
from ui.candidacy.explain import ExplanationDialog
from ui.shared.dialogs import BaseDialog
from ui.shared.filters import Choice
from ui.shared.forms import Field, FormWidget
from ui.shared.page import PageContext
from ui.shared.steps import form_page
from ui.shared.widgets import button, label

_PAUSE_MS = 200
_WIDTH, _FORM_WIDTH = 1120, 330
_STAGE = "PENETAPAN"
_EVENTS = {"LAPOR": "Tanggal lapor", "SURAT_MUNDUR": "Tanggal surat mundur diterima", "SK_TERBIT": "Tanggal SK terbit"}
_AS_IS = Choice(None, "tetap seperti berkas")


def read_words(session: Any, today: date) -> tuple[DeclareChoices, list[Choice], list[Choice]]:
    """Return the offices, kinds of employee and classes of post to choose from."""
    library = packs_of(session)
    kinds = [Choice(row.code, row.title) for row in library.kinds.values()]
    return read_choices(session, today), kinds, [Choice(row.code, row.title) for row in library.posts.values()]


class TrialDialog(BaseDialog):
    """The form at the left, the two sides at the right; every change is worked out at once."""

    def __init__(self, context: PageContext, parent: QWidget, file: DeclarationDetail) -> None:
        super().__init__("Bagaimana jika", parent, _WIDTH)
        self._context, self._file = context, file
        self._choices = DeclareChoices((), "")
        self.form = FormWidget(_fields(file))
        self.view = SideBySideView("Sekarang", "Jika demikian", "candidacy_trial", context.settings_file)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._build()
        self._pause.timeout.connect(self.work_out)
        self.form.value_changed.connect(self._on_changed)
        self.view.duty_chosen.connect(self._explain)
        self._context.bridge.read(self, lambda session: read_words(session, context.today()), self._offer)
        self.finished.connect(lambda _code: self._pause.stop())

    def work_out(self) -> None:
        """Work the changes out and show both sides."""
        changes, wanted = self.changes(), self._file.id
        if not self.form.missing():
            self._context.bridge.read(
                self, lambda session: previews.try_out(session, wanted, changes), self._show, self._refuse
            )

    def changes(self) -> Changes:
        """Return what was changed on the scratch copy."""
        values = self.form.values()
        day: date | None = values["stage"]
        origin = "dicoba di sini, tidak disimpan"
        events = tuple(DatedEvent(code, values[code], origin=origin) for code in _EVENTS if values[code] is not None)
        chosen = {flag for flag in FLAG_TITLES if values[flag.value]}
        chosen |= {Fact(flag) for flag in self._file.flags} - set(FLAG_TITLES) - {Fact.ACTING_HEAD}
        if values["acting"]:
            chosen.add(Fact.ACTING_HEAD)
        return Changes(
            office=values["office"],
            kind=values["kind"],
            election=values["election"],
            post=values["post"],
            path=values["path"],
            employer=values["employer"],
            age=values["age"],
            service_years=values["service_years"],
            flags=frozenset(chosen),
            with_events=events,
            moved=(MovedStage(_STAGE, day, day),) if day is not None else (),
        )

    def _build(self) -> None:
        self.outer.addWidget(label(f"Bagaimana jika: {self._file.name}", role="name"))
        self.outer.addWidget(
            label("Ubah isian di kiri untuk melihat akibatnya. Tidak ada yang disimpan.", role="secondary")
        )
        row = QHBoxLayout()
        row.setSpacing(16)
        page = form_page(self.form)
        page.setFixedWidth(_FORM_WIDTH)
        row.addWidget(page)
        row.addWidget(self.view, 1)
        self.outer.addLayout(row, 1)
        self.buttons.insertWidget(0, button("&Kembalikan isian", "quiet", "undo", self._start_over))
        self.add_button("&Tutup", "primary", self.accept)
        self.finish_layout()
        room = self.screen().availableGeometry()
        self.resize(min(_WIDTH, room.width() - 40), round(room.height() * 0.86))

    def _offer(self, found: tuple[DeclareChoices, list[Choice], list[Choice]]) -> None:
        self._choices, kinds, posts = found
        self.form.set_choices("office", [_AS_IS, *(Choice(row.code, row.title) for row in self._choices.offices)])
        self.form.set_choices("kind", [_AS_IS, *kinds])
        self.form.set_choices("post", [_AS_IS, *posts])
        self._start_over()

    def _start_over(self) -> None:
        empty = dict.fromkeys(self.form.values())
        flags = {flag.value: flag.value in self._file.flags for flag in FLAG_TITLES}
        self.form.set_values({**empty, **flags, "acting": self._file.is_acting_head})
        self._follow_office()
        self.work_out()

    def _on_changed(self, key: str) -> None:
        if key == "office":
            self._follow_office()
        self._pause.start()

    def _follow_office(self) -> None:
        """Offer the elections of the office tried; an office of another election takes its usual one."""
        office = self._choices.office(self.form.values()["office"] or self._file.office_code)
        elections = office.elections if office else ()
        fits = any(row.value == self._file.election_id for row in elections)
        self.form.set_choices("election", [_AS_IS, *elections] if fits else list(elections))
        if not fits and elections and office is not None:
            self.form.put("election", office.usual or office.newest or elections[0].value)

    def _show(self, sides: SideBySide) -> None:
        self.view.show_sides(sides)

    def _refuse(self, error: DeskError) -> None:
        self.view.clear(error.sentence)

    def _explain(self, duty: Any) -> None:
        ExplanationDialog(explain.of_duty(duty, self._context.today()), self).open()


def _fields(file: DeclarationDetail) -> list[Field]:
    paths = [_AS_IS, *(Choice(key, words) for key, words in PATHS.items())]
    employers = [_AS_IS, *(Choice(key, words) for key, words in EMPLOYER_WORDS.items())]
    return [
        Field("office", "Jabatan yang dituju", "choice", choices=[_AS_IS], help=f"Sekarang: {file.office_name}"),
        Field("election", "Pemilihan", "choice", choices=[_AS_IS], help=f"Sekarang: {file.election_title}"),
        Field("kind", "Jenis kepegawaian", "choice", choices=[_AS_IS]),
        Field("post", "Golongan jabatan", "choice", choices=[_AS_IS]),
        Field("employer", "Instansi", "choice", choices=employers),
        Field("path", "Jalur", "choice", choices=paths),
        Field("age", "Usia saat TMT", "int", width="half", maximum=80),
        Field("service_years", "Masa kerja (tahun)", "int", width="half", maximum=60),
        Field("stage", "Tanggal penetapan calon", "date"),
        *(Field(code, title, "date") for code, title in _EVENTS.items()),
        Field("acting", "Sedang menjadi penjabat kepala daerah", "bool"),
        *(Field(flag.value, title, "bool") for flag, title in FLAG_TITLES.items()),
    ]

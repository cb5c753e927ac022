"""Keadaan per tanggal: what a person was on a chosen day: post, unit, grade, kind and status. Read only."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk.employees import queries
from asn_desk.employees.history import StandingOn, standing_on
from asn_desk.employees.queries import EmployeeDetail, PersonOnDay
from asn_desk.employees.words import CLASS_WORDS, KIND_WORDS, STATE_WORDS
from asn_desk.wording import long_date
from ui.shared.dialogs import BaseDialog
from ui.shared.forms import Field, FormWidget
from ui.shared.page import PageContext
from ui.shared.panels import ScrollBody
from ui.shared.widgets import Banner, KeyValue, label

_WIDTH, _LOWEST = 560, 560
_NOTE = "Menurut data yang sudah dicatat; surat bertanggal hari itu menyebut jabatan dan unit kerja ini."
_NO_POST = "Tidak ada jabatan yang dipegang pada tanggal ini; yang terdekat ditampilkan."
_NO_RECORD = "Jenis dan status baru tercatat sesudah tanggal ini; yang pertama tercatat ditampilkan."


class AsOfDialog(BaseDialog):
    """Asks for a day and shows the person as of that day."""

    def __init__(self, context: PageContext, parent: QWidget, person: EmployeeDetail) -> None:
        super().__init__("Keadaan per tanggal", parent, _WIDTH)
        self._context, self._person = context, person
        self.form = FormWidget([Field("day", "Keadaan per tanggal", "date", required=True, width="half")])
        self.form.set_values({"day": context.today()})
        self.facts = KeyValue()
        self.doubt = Banner("", "near")
        self._build()
        self.form.value_changed.connect(lambda _key: self.look())
        self.look()

    def look(self) -> None:
        """Read the day that was entered."""
        problems = self.form.missing()
        day, today = self.form.values()["day"], self._context.today()
        if not problems and day is not None and day > today:
            problems = {"day": f"Pilih tanggal sampai {long_date(today)}."}
        self.form.set_errors(problems)
        if not problems and day is not None:
            one = self._person.id
            self._context.bridge.read(self, lambda session: _read(session, one, day), self._show)

    def _build(self) -> None:
        self.outer.addWidget(label(self._person.display_name, role="name"))
        self.outer.addWidget(label(_NOTE, role="secondary"))
        self.outer.addWidget(self.form)
        area = ScrollBody()
        area.layout_of_content.addWidget(self.doubt)
        area.layout_of_content.addWidget(self.facts)
        area.layout_of_content.setSpacing(14)
        self.outer.addWidget(area, 1)
        self.add_button("&Tutup", "primary", self.accept)
        self.finish_layout()
        self.setMinimumHeight(_LOWEST)

    def _show(self, found: tuple[PersonOnDay, StandingOn]) -> None:
        person, standing = found
        doubts = [words for words, sure in ((_NO_POST, person.certain), (_NO_RECORD, standing.certain)) if not sure]
        self.doubt.set_text("\n".join(doubts))
        self.doubt.setVisible(bool(doubts))
        self.facts.set(as_of_facts(person, standing))


def as_of_facts(person: PersonOnDay, standing: StandingOn) -> list[tuple[str, str]]:
    """Return what is known of a day, as pairs of a name and a value."""
    facts = [
        ("Jabatan", person.post),
        ("Kelompok jabatan", CLASS_WORDS[person.post_class]),
        ("Unit kerja", person.unit),
        ("OPD", person.opd),
        ("Golongan", ", ".join(part for part in (person.grade, person.rank) if part)),
        ("Jenis", KIND_WORDS[standing.kind]),
        ("Status", STATE_WORDS[standing.state]),
    ]
    return [pair for pair in facts if pair != ("OPD", person.unit)]


def _read(session: Any, employee_id: int, day: date) -> tuple[PersonOnDay, StandingOn]:
    return queries.person_on(session, employee_id, day), standing_on(session, employee_id, day)

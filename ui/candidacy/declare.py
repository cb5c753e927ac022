"""Deklarasi baru, and Ubah for what may still be corrected in a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk.candidacy import service
from asn_desk.candidacy.rows import DeclarationDetail
from asn_desk.candidacy.service import AmendDeclaration, DeclareCandidacy
from asn_desk.candidacy.terms import EMPLOYER_WORDS
from ui.candidacy.choices import (
    FLAG_TITLES,
    PATH_CHOICES,
    DeclareChoices,
    OfficeChoice,
    find_people,
    read_choices,
    read_person,
)
from ui.shared.dialogs import CommandDialog
from ui.shared.forms import Choice, Field, FormWidget, PersonHit, person_search
from ui.shared.page import PageContext

_PARTICULARS = (
    "region", "office_name", "constituency", "path", "party", "running_mate", "is_acting_head", "note", "employer",
)  # fmt: skip
_EMPLOYERS = [Choice(key, words[:1].upper() + words[1:]) for key, words in EMPLOYER_WORDS.items()]
_INTRO = "Berkas dibuka untuk satu orang dan satu pemilihan. Kewajiban dan tenggatnya dihitung setelah disimpan."


class DeclareDialog(CommandDialog):
    """Opens a file; `done(declaration_id)` hears of it."""

    def __init__(
        self, context: PageContext, parent: QWidget, done: Callable[[int], None], employee_id: int | None
    ) -> None:
        self._context = context
        self._done = done
        self._choices = DeclareChoices((), "")
        self._search = person_search(context.bridge, parent, find_people)
        form = FormWidget([*self._who(), *particulars()])
        super().__init__("Deklarasi baru", form, self._declare, parent, intro=_INTRO)
        form.set_values({"declared_on": context.today(), "path": "", "employer": "daerah"})
        show_particulars(form, None)
        form.value_changed.connect(self._on_changed)
        context.bridge.read(self, lambda session: read_choices(session, context.today()), self._offer)
        if employee_id is not None:
            context.bridge.read(self, lambda session: read_person(session, employee_id), self._show_person)

    def _who(self) -> list[Field]:
        return [
            Field("employee_id", "Pegawai", "person", required=True, search=self._search),
            Field("office_code", "Jabatan yang dituju", "choice", required=True),
            Field("election_id", "Pemilihan", "choice", required=True, placeholder="Pilih jabatan dahulu"),
            Field("declared_on", "Tanggal deklarasi", "date", required=True, width="half"),
        ]

    def _offer(self, choices: DeclareChoices) -> None:
        self._choices = choices
        self.form.set_choices("office_code", [Choice(row.code, row.title) for row in choices.offices])
        if not self.form.values()["region"]:
            self.form.set_values({"region": choices.region})
        self.form.mark_clean()

    def _show_person(self, hit: PersonHit | None) -> None:
        self.form.set_values({"employee_id": hit})
        self.form.field("office_code").setFocus()

    def _on_changed(self, key: str) -> None:
        if key == "office_code":
            self._follow_office()
        elif key == "path":
            show_particulars(self.form, self._office())

    def _follow_office(self) -> None:
        """Offer the elections of the chosen office, the one going on first of all."""
        office = self._office()
        self.form.set_choices("election_id", office.elections if office else ())
        if office is not None and self.form.values()["election_id"] is None and office.usual:
            self.form.put("election_id", office.usual)
        show_particulars(self.form, office)

    def _office(self) -> OfficeChoice | None:
        return self._choices.office(self.form.values()["office_code"])

    def _declare(self, values: dict[str, Any]) -> None:
        shown = shown_values(values, self._office())
        command = DeclareCandidacy(
            employee_id=values["employee_id"],
            office_code=values["office_code"],
            election_id=values["election_id"],
            declared_on=values["declared_on"],
            **shown,
        )
        self.write(
            self._context.bridge, lambda session: service.declare(session, command), lambda made: self._done(made.value)
        )


class AmendDialog(CommandDialog):
    """Corrects the particulars of a file; person, office and election stay."""

    def __init__(
        self, context: PageContext, parent: QWidget, file: DeclarationDetail, done: Callable[[], None]
    ) -> None:
        self._context = context
        self._file = file
        self._done = done
        self._office: OfficeChoice | None = None
        form = FormWidget(particulars())
        super().__init__(
            "Ubah berkas pencalonan", form, self._amend, parent, intro=f"{file.name} · {file.election_title}"
        )
        values = {key: getattr(file, key) for key in _PARTICULARS}
        form.set_values({**values, **{flag.value: flag.value in file.flags for flag in FLAG_TITLES}})
        form.value_changed.connect(lambda key: show_particulars(form, self._office) if key == "path" else None)
        context.bridge.read(self, lambda session: read_choices(session, context.today()), self._know_office)

    def _know_office(self, choices: DeclareChoices) -> None:
        self._office = choices.office(self._file.office_code)
        show_particulars(self.form, self._office)
        self.fit_to_screen()

    def _amend(self, values: dict[str, Any]) -> None:
        command = AmendDeclaration(
            declaration_id=self._file.id, version=self._file.version, **shown_values(values, self._office)
        )
        self.write(self._context.bridge, lambda session: service.amend(session, command), lambda _outcome: self._done())


def particulars() -> list[Field]:
    """Return the fields that both dialogs share."""
    example = "mis. Wakil Wali Kota Contoh"
    return [
        Field("region", "Daerah", required=True, width="half", placeholder="mis. Kota Contoh"),
        Field(
            "office_name",
            "Sebutan jabatan",
            placeholder=example,
            help="Bila kosong dipakai nama jabatan dan daerahnya.",
        ),
        Field("employer", "Instansi induk", "choice", required=True, choices=_EMPLOYERS),
        Field("constituency", "Daerah pemilihan", placeholder="mis. Kota Contoh 2"),
        Field("path", "Jalur", "choice", choices=PATH_CHOICES),
        Field("party", "Partai pengusul"),
        Field("running_mate", "Pasangan calon"),
        Field("is_acting_head", "Sedang menjadi penjabat kepala daerah", "bool"),
        *(Field(flag.value, title, "bool") for flag, title in FLAG_TITLES.items()),
        Field("note", "Catatan", "multiline", rows=2),
    ]


def show_particulars(form: FormWidget, office: OfficeChoice | None) -> None:
    """Show the fields that the office asks for: a pair for a pilkada, a constituency and a party for a council."""
    local = office is not None and office.local
    council = office is not None and office.type == "pemilu"
    form.set_visible("constituency", council)
    form.set_visible("path", local)
    form.set_visible(
        "party", office is not None and (office.by_party or local) and form.values()["path"] != "perseorangan"
    )
    form.set_visible("running_mate", local)
    form.set_visible("is_acting_head", local)
    form.set_visible("pasangan_calon_adalah_suami_istri", local)
    form.set_visible("maju_di_daerah_lain", local)


def shown_values(values: dict[str, Any], office: OfficeChoice | None) -> dict[str, Any]:
    """Return the particulars as the commands take them."""
    found = {key: values[key] for key in _PARTICULARS}
    found["path"] = values["path"] or ""
    if found["path"] == "perseorangan":
        found["party"] = ""
    if office is not None and not office.local:
        found.update(path="", running_mate="", is_acting_head=False)
    return {**found, "flags": frozenset(flag for flag in FLAG_TITLES if values[flag.value])}

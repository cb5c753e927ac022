"""Buat surat: kind, person and data, then the real pages, then the number and the letter in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from typing_extensions import override

from asn_desk.employees import queries as employees
from asn_desk.employees.queries import EmployeeRow
from asn_desk.letters import queries
from asn_desk.letters.contents.kinds import KINDS, LetterKind
from asn_desk.letters.numbers.register import NumberWish
from asn_desk.letters.queries import RegisterRow
from asn_desk.letters.service import IssueLetter
from asn_desk.letters.terms import NumberWay
from asn_desk.wording import grouped_nip
from ui.letters.wanted import OFFERED, Wanted
from ui.shared.documents.letter_form import (
    SET_TEXT,
    Signers,
    kind_data,
    kind_fields,
    prefilled,
    read_signers,
    read_words,
    signing_choices,
    signing_fields,
)
from ui.shared.documents.letter_preview import LetterPreview
from ui.shared.forms import Choice, Field, FormWidget, PersonHit, person_search
from ui.shared.page import PageContext
from ui.shared.progress_dialog import run_with_progress
from ui.shared.steps import Step, StepDialog, form_page
from ui.shared.widgets import button

_FOUND = 12
NEXT = NumberWish()


class LetterDialog(StepDialog):
    """The wizard; `issued(IssuedLetter)` is called when the letter stands."""

    def __init__(
        self,
        context: PageContext,
        parent: QWidget,
        issued: Callable[[Any], None],
        wanted: Wanted | None = None,
        *,
        words: tuple[str, str] | None = None,
    ) -> None:
        self._wanted = wanted or Wanted()
        super().__init__(*(words or (self._wanted.title, "&Terbitkan")), self._issue, parent)
        self._context = context
        self._issued = issued
        self._signer = self._wanted.signer()
        self._words: Mapping[str, str] = {}
        self._forms: dict[str, FormWidget] = {}
        self._build_steps()
        self._offer_draft()
        self._connect()
        self._read_start()

    @property
    def kind(self) -> LetterKind:
        """Return the kind chosen."""
        return KINDS[self.letter.values()["kind"]]

    def command(self) -> IssueLetter:
        """Return the letter as entered."""
        values = self.letter.values()
        kind = self.kind
        return replace(
            self._wanted.begun(kind.code, values["dated"]),
            dated=values["dated"],
            employee_id=values["employee_id"] if kind.needs_person else None,
            data=kind_data(kind, self.data.values()),
            signer_id=values["signer_id"] if kind.signer is not None else None,
            signing=values["signing"],
            numbering=values["numbering"] if kind.numbered else NumberWish(),
            electronic=bool(values["electronic"]) and kind.electronic,
            confidential=bool(values["confidential"]),
        )

    @override
    def go_to(self, place: int) -> None:
        super().go_to(place)
        self.draft_button.setVisible(place == self.last_step)

    def _offer_draft(self) -> None:
        """The last step also keeps the letter as a draft, without a number."""
        self.draft_button = button("Simpan &draf", on_click=self._save_draft)
        self.buttons.insertWidget(0, self.draft_button)

    def _save_draft(self) -> None:
        command, wanted = self.command(), self._wanted
        self._context.bridge.write(
            self, lambda session: wanted.keep(session, command), self._on_draft_saved, self.refuse
        )

    def _on_draft_saved(self, _outcome: Any) -> None:
        QDialog.accept(self)
        self._context.toast("Draf tersimpan. Buka lagi dari daftar Surat terbit, Draf.", None)

    def _build_steps(self) -> None:
        search = person_search(self._context.bridge, self, _people)
        self.letter = FormWidget(_letter_fields(search))
        first = self._wanted.kind if self._wanted.kind in OFFERED else OFFERED[0]
        usual = {"dated": self._context.today(), "signing": signing_choices("")[0].value, "numbering": NEXT}
        self.letter.set_values({"kind": first, **usual, **self._wanted.head()})
        self.data = FormWidget([])
        holder = QWidget()
        self._data_layout = QVBoxLayout(holder)
        self._data_layout.setContentsMargins(0, 0, 0, 0)
        self.data_forms: list[FormWidget] = []
        self.preview = self._made_preview()
        self.letter_forms = [self.letter]
        self.add_step(Step("Surat", self._letter_page(), self.letter_forms))
        self.add_step(Step("Isi", form_page(holder), self.data_forms))
        self.add_step(Step("Pratinjau", self.preview, entered=self.preview.enter))
        self._show_kind()

    def _letter_page(self) -> QWidget:
        return form_page(self.letter)

    def _numbering(self, reserved: Sequence[RegisterRow]) -> list[Choice]:
        return numbering_choices(reserved)

    def _made_preview(self) -> Any:
        return LetterPreview(self._context.bridge, self, self.command)

    def _connect(self) -> None:
        self.letter.value_changed.connect(self._on_changed)

    def _read_start(self) -> None:
        wanted = self._wanted.employee_id
        self._context.bridge.read(
            self,
            lambda session: (read_words(session), _person(session, wanted), queries.reserved_rows(session)),
            self._show_start,
        )
        self._read_signers()

    def _show_start(self, found: tuple[dict[str, str], PersonHit | None, Sequence[RegisterRow]]) -> None:
        self._words, person, reserved = found
        clean = not self.is_dirty()
        self.letter.set_choices("numbering", self._numbering(reserved))
        if self._wanted.command is not None:
            self.letter.put("numbering", self._wanted.command.numbering)
        if self.letter.values()["numbering"] is None:
            self.letter.put("numbering", NEXT)
        if person is not None:
            self.letter.put("employee_id", person)
        self._name_choices()
        if clean:
            self.letter.mark_clean()

    def _read_signers(self) -> None:
        kind, day = self.kind, self.letter.values()["dated"]
        if day is not None and kind.signer is not None:
            self._context.bridge.read(self, lambda session: read_signers(session, kind, day), self._show_signers)

    def _show_signers(self, signers: Signers) -> None:
        clean = not self.letter.is_dirty()
        self.letter.set_choices("signer_id", signers.choices)
        self.letter.set_choices("signing", signing_choices(signers.head, signers.secretary))
        for key, value in self._signer.items():
            self.letter.put(key, value)
        self._signer = {}
        values = self.letter.values()
        if values["signing"] is None:
            self.letter.put("signing", signing_choices("")[0].value)
        if values["signer_id"] is None and signers.usual is not None:
            self.letter.put("signer_id", signers.usual)
        if clean:
            self.letter.mark_clean()

    def _on_changed(self, key: str) -> None:
        if key == "kind":
            self.letter.put("signer_id", None)
            self._show_kind()
        if key in ("kind", "dated"):
            self._read_signers()

    def _show_kind(self) -> None:
        """Ask for what this kind needs; what was typed for the same kind stays."""
        kind = self.kind
        self.letter.set_visible("employee_id", kind.needs_person)
        for key in ("signer_id", "signing"):
            self.letter.set_visible(key, kind.signer is not None)
        self.letter.set_visible("electronic", kind.electronic)
        self.letter.set_visible("numbering", kind.numbered)
        if kind.code not in self._forms:
            self._forms[kind.code] = self._made_form(kind)
        self.data = self._forms[kind.code]
        self.data_forms[:] = [self.data]
        for form in self._forms.values():
            form.setVisible(form is self.data)

    def _made_form(self, kind: LetterKind) -> FormWidget:
        form = FormWidget([Field("note", "", "note", help=SET_TEXT), *kind_fields(kind, self._words)])
        self._data_layout.addWidget(form)
        if self._wanted.kind == kind.code:
            form.set_values(prefilled(kind, self._wanted.values))
        return form

    def _name_choices(self) -> None:
        """Replace codes by words in the forms that were there before the words were read."""
        for code, form in self._forms.items():
            for one in kind_fields(KINDS[code], self._words):
                if one.kind == "choice":
                    form.set_choices(one.key, one.choices)

    def _issue(self) -> None:
        command, wanted = self.command(), self._wanted
        self.set_busy(busy=True, text="Menerbitkan…")
        run_with_progress(
            self,
            "Menerbitkan surat",
            lambda report, ending: self._context.bridge.write_task(
                self,
                lambda session, _progress: wanted.issue(session, command),
                ending(self._on_issued),
                ending(self.refuse),
                progress=report,
                cancelled=ending(),
            ),
            can_cancel=False,
        )

    def _on_issued(self, outcome: Any) -> None:
        QDialog.accept(self)
        self._issued(outcome.value)


def _letter_fields(search: Any) -> list[Field]:
    kinds = [Choice(code, KINDS[code].title) for code in OFFERED]
    return [
        Field("kind", "Jenis surat", "choice", required=True, choices=kinds),
        Field("employee_id", "Pegawai", "person", required=True, search=search),
        Field("dated", "Tanggal surat", "date", required=True, width="half"),
        *signing_fields(),
        Field(
            "electronic",
            "Tanda tangan elektronik",
            "bool",
            help="Surat diberi tempat tanda tangan elektronik dan catatan kaki; penandatanganan dilakukan di aplikasi lain.",
        ),
        Field("numbering", "Nomor surat", "choice", choices=numbering_choices(())),
        Field(
            "confidential",
            "Surat rahasia",
            "bool",
            help="Nama orang hanya terlihat oleh yang berhak, dan tidak tertulis pada keterangan berkas.",
        ),
    ]


def numbering_choices(reserved: Sequence[RegisterRow]) -> list[Choice]:
    """Return how a letter may get its number, the reserved numbers last."""
    kept = [
        Choice(NumberWish(NumberWay.RESERVED, row.id), f"Nomor cadangan {row.number}", row.subject) for row in reserved
    ]
    return [
        Choice(NEXT, "Nomor berikutnya"),
        Choice(NumberWish(NumberWay.INSERTED), "Nomor sisipan", "surat bertanggal mundur"),
        Choice(NumberWish(NumberWay.LATER), "Nomor menyusul", "kolom nomor dikosongkan, diisi kemudian di agenda"),
        *kept,
    ]


def _people(session: Any, text: str) -> Sequence[PersonHit]:
    return [_hit(row) for row in employees.search(session, text, limit=_FOUND)]


def _person(session: Any, employee_id: int | None) -> PersonHit | None:
    rows = employees.employee_rows(session, [employee_id]) if employee_id is not None else []
    return _hit(rows[0]) if rows else None


def _hit(row: EmployeeRow) -> PersonHit:
    return PersonHit(
        row.id, row.name, " · ".join(part for part in (grouped_nip(row.number), row.post, row.unit) if part)
    )

"""Cetak massal: choose people, kind and data, look at the three awkward letters, then run it in the background."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget
from typing_extensions import override

from asn_desk.letters.bulk import batches
from asn_desk.letters.bulk.batches import StartBatch
from asn_desk.letters.contents.kinds import KINDS
from asn_desk.letters.export import TOKENS
from asn_desk.letters.numbers.register import NumberWish
from asn_desk.letters.terms import NumberWay
from ui.letters.batch_people import PeopleStep
from ui.letters.batch_preview import BatchPreview, Wanted
from ui.letters.create import NEXT, LetterDialog
from ui.letters.wanted import OFFERED
from ui.shared.documents.save_files import ask_folder, documents, safe_name
from ui.shared.forms import Choice, Field, FormWidget
from ui.shared.page import PageContext
from ui.shared.steps import Step, form_page
from ui.shared.widgets import button

FILE_NAMES = "{nama} {nip}"
PERSONAL = [code for code in OFFERED if KINDS[code].needs_person]


class BatchDialog(LetterDialog):
    """The wizard; `started(batch_id)` is called when the list of people is frozen and the run may begin."""

    def __init__(self, context: PageContext, parent: QWidget, started: Callable[[int], None]) -> None:
        self._started = started
        super().__init__(context, parent, lambda _letter: None, words=("Cetak massal", "&Mulai cetak massal"))

    @override
    def _build_steps(self) -> None:
        self.people = PeopleStep(self._context.bridge)
        self.add_step(Step("Pegawai", form_page(self.people), [self.people.form], check=self.people.problem))
        super()._build_steps()

    @override
    def go_to(self, place: int) -> None:
        super().go_to(place)
        self.draft_button.hide()  # many letters are no draft

    @override
    def _letter_page(self) -> QWidget:
        """The letter's form without the person, and below it where the copies go."""
        self.letter.set_choices("kind", [Choice(code, KINDS[code].title) for code in PERSONAL])
        self.letter.set_values(self.letter.values() | {"kind": PERSONAL[0], "numbering": NEXT})
        self.target = FormWidget(_target_fields())
        self.target.set_values({"folder": str(self._usual_folder()), "pattern": FILE_NAMES})
        self.letter_forms.append(self.target)
        return form_page(self.letter, self.target, button("Pilih folder lain…", "link", on_click=self._choose_folder))

    @override
    def _show_kind(self) -> None:
        super()._show_kind()
        self.letter.set_visible("employee_id", False)  # noqa: FBT003 - the kit's own setter

    @override
    def _numbering(self, reserved: object) -> list[Choice]:
        return [
            Choice(NEXT, "Nomor berikutnya"),
            Choice(NumberWish(NumberWay.LATER), "Nomor menyusul", "kolom nomor dikosongkan, diisi kemudian di agenda"),
        ]

    @override
    def _made_preview(self) -> Any:
        return BatchPreview(self._context.bridge, self, self._wanted_letters)

    @override
    def _issue(self) -> None:
        wanted = self._wanted_letters()
        command = StartBatch(
            wanted.command, wanted.employee_ids, wanted.folder, self.target.values()["pattern"], wanted.with_docx
        )
        self.set_busy(busy=True, text="Memulai…")
        self._context.bridge.write(self, lambda session: batches.start(session, command), self._on_started, self.refuse)

    def _on_started(self, outcome: Any) -> None:
        QDialog.accept(self)
        self._started(outcome.value)

    def _wanted_letters(self) -> Wanted:
        values = self.target.values()
        command = replace(self.command(), employee_id=None)
        return Wanted(command, tuple(self.people.ids), Path(values["folder"]), values["with_docx"])

    def _usual_folder(self) -> Path:
        day = self._context.today().isoformat()
        wanted = documents() / "ASN Desk" / safe_name(f"Cetak massal {day}")
        place, count = wanted, 1
        while place.exists():
            count += 1
            place = wanted.with_name(f"{wanted.name} ({count})")
        return place

    def _choose_folder(self) -> None:
        name = self._usual_folder().name
        ask_folder(self, "Folder hasil cetak massal", lambda chosen: self.target.put("folder", str(chosen / name)))


def _target_fields() -> list[Field]:
    known = " ".join(f"{{{token}}}" for token in TOKENS)
    return [
        Field("folder", "Folder hasil", required=True),
        Field("pattern", "Nama berkas per orang", required=True, help=f"Dapat memakai {known}"),
        Field("with_docx", "Simpan juga berkas Word setiap surat", "bool"),
    ]

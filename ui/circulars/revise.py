"""Revisi: a new text for a circular, editorial or material, with its reason; the letter and the version in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from asn_desk.circulars.queries import CircularRow
from asn_desk.circulars.service import Published, ReviseCircular, revise_with_letter
from asn_desk.letters import queries as letters
from asn_desk.letters.queries import LetterDetail
from asn_desk.wording import number
from ui.circulars.due import USUAL_DAYS, DueDay, due_fields
from ui.circulars.letter_part import CircularLetter
from ui.shared.documents.letter_preview import LetterPreview
from ui.shared.forms import Choice, Field, FormWidget
from ui.shared.page import PageContext
from ui.shared.progress_dialog import run_with_progress
from ui.shared.steps import Step, StepDialog, form_page
from ui.shared.widgets import Banner

_MATERIAL, _EDITORIAL = "material", "redaksional"
_DUE_KEYS = ("due_days", "due_on")


class ReviseDialog(StepDialog):
    """The wizard; `revised(Published, material)` is called when the new version stands."""

    def __init__(
        self,
        context: PageContext,
        parent: QWidget,
        circular: CircularRow,
        earlier: LetterDetail,
        revised: Callable[[Published, bool], None],
    ) -> None:
        super().__init__("Revisi edaran", "&Terbitkan revisi", self._revise, parent)
        self._context, self._circular, self._revised = context, circular, revised
        self.parts = CircularLetter(context, self, due_fields(), earlier.data)
        self.letter, self.texts = self.parts.letter, self.parts.texts
        self.due = DueDay(context, self, self.parts)
        self._build_steps(earlier)
        self.parts.begin()
        self.parts.choose_election(circular.election_id)
        self._offer()

    def _build_steps(self, earlier: LetterDetail) -> None:
        self.nature = FormWidget(_nature_fields(self._circular))
        self.effect = Banner("", "near")
        self.effect.hide()
        self.letter.set_values({"kind": earlier.kind, "subject": self._circular.subject})
        self.preview = LetterPreview(self._context.bridge, self, self.parts.command)
        self.nature.value_changed.connect(lambda key: self._offer() if key == "nature" else None)
        self.add_step(Step("Sifat", form_page(self.nature, self.effect), [self.nature]))
        self.add_step(Step("Surat", form_page(self.letter), [self.letter]))
        self.add_step(Step("Naskah", self.parts.text_page(), [self.texts]))
        self.add_step(Step("Pratinjau", self.preview, entered=self.preview.enter))

    def is_material(self) -> bool:
        """Return whether everyone is asked again."""
        return bool(self.nature.values()["nature"] == _MATERIAL)

    def command(self) -> ReviseCircular:
        """Return the revision as entered; its letter is issued together with it."""
        material = self.is_material()
        due = self.due.command() if material else {}
        return ReviseCircular(
            self._circular.id, self._circular.version, material, self.nature.values()["reason"], **due
        )

    def _offer(self) -> None:
        """Say what the chosen nature does, and ask for a new day only where it counts."""
        material, tally = self.is_material(), self._circular.tally
        self.effect.setVisible(self.nature.values()["nature"] is not None)
        self.effect.set_text(
            f"Revisi material: {number(tally.total - tally.left)} penerima diminta menandatangani lagi dengan kode baru. "
            f"{number(tally.done)} tanda tangan pada versi ini tetap tersimpan sebagai bukti."
            if material
            else f"Revisi redaksional: {number(tally.done)} tanda tangan yang sudah ada tetap berlaku, tidak ada yang diulang."
        )
        for key in _DUE_KEYS:
            self.letter.set_visible(key, material)
        self.parts.put("due_days", USUAL_DAYS if material else None)

    def _revise(self) -> None:
        command, letter = self.command(), self.parts.command()
        self.set_busy(busy=True, text="Menerbitkan…")
        run_with_progress(
            self,
            "Menerbitkan revisi",
            lambda report, ending: self._context.bridge.write_task(
                self,
                lambda session, _progress: revise_with_letter(session, command, letter),
                ending(self._on_revised),
                ending(self.refuse),
                progress=report,
                cancelled=ending(),
            ),
            can_cancel=False,
        )

    def _on_revised(self, outcome: Any) -> None:
        material = self.is_material()
        QDialog.accept(self)
        self._revised(outcome.value, material)


def open_revise(
    context: PageContext, parent: QWidget, circular: CircularRow, revised: Callable[[Published, bool], None]
) -> None:
    """Read the text in force and open the dialog with it."""
    context.bridge.read(
        parent,
        lambda session: letters.letter_detail(session, circular.letter_id),
        lambda earlier: ReviseDialog(context, parent, circular, earlier, revised).start(),
    )


def _nature_fields(circular: CircularRow) -> list[Field]:
    choices = [
        Choice(_EDITORIAL, "Redaksional", "salah ketik, nomor, susunan kalimat"),
        Choice(_MATERIAL, "Material", "isi berubah, semua menandatangani lagi"),
    ]
    return [
        Field("nature", "Sifat perubahan", "choice", choices=choices, required=True),
        Field(
            "reason", "Alasan", "multiline", rows=3, required=True,
            help=f"Tercantum pada versi {circular.ordinal + 1} dan dalam bundel bukti.",
        ),
    ]  # fmt: skip

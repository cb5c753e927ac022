"""The last step of making a letter: its real pages as a draft, and what the core says about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from asn_desk.errors import DeskError
from ui.shared.basics import HandingOn
from ui.shared.bridge import Bridge
from ui.shared.documents.paper import PaperView
from ui.shared.steps import StepDialog
from ui.shared.theme.tokens import GRID
from ui.shared.widgets import Banner, label

_WAIT = "Menyiapkan halaman…"


class LetterPreview(HandingOn):
    """Asks the core for the draft of `command()` whenever it is entered; until it is there the dialog cannot go on."""

    def __init__(self, bridge: Bridge, dialog: StepDialog, command: Callable[[], Any]) -> None:
        super().__init__()
        self._bridge = bridge
        self._dialog = dialog
        self._command = command
        self._question = 0
        self.facts = label("", role="secondary")
        self.notes = Banner("", "near")
        self.notes.hide()
        self.paper = self.heir = PaperView(bridge, _WAIT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for part in (self.facts, self.notes):
            column.addWidget(part)
        column.addWidget(self.paper, 1)

    def enter(self) -> None:
        """Make the draft anew."""
        self._question += 1
        question, command = self._question, self._command()
        self._dialog.allow_next(allowed=False)
        self.facts.setText("")
        self.notes.hide()
        self.paper.say(_WAIT)
        self._bridge.read_task(
            self,
            lambda session, _progress: _draft(session, command),
            lambda made: self._show(question, made),
            lambda error: self._refuse(question, error),
        )

    def _show(self, question: int, made: Any) -> None:
        if question != self._question:
            return
        number = f"Nomor yang akan dipakai: {made.number}" if made.number else "Surat pribadi, tanpa nomor agenda"
        self.facts.setText(f"{number} · {made.pages} halaman. Tanda DRAF hilang setelah terbit.")
        self.notes.set_text(" ".join(made.notes))
        self.notes.setVisible(bool(made.notes))
        self.paper.show_bytes(made.pdf)
        self._dialog.allow_next(allowed=True)

    def _refuse(self, question: int, error: DeskError) -> None:
        if question != self._question:
            return
        self.paper.say("Pratinjau belum dapat dibuat. Perbaiki isian yang disebut di atas.")
        self._dialog.refuse(error)
        self._dialog.allow_next(allowed=self._dialog.step() < self._dialog.last_step)


def _draft(session: Any, command: Any) -> Any:
    from asn_desk.letters import service

    return service.preview(session, command)

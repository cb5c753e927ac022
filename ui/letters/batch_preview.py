"""Last step of Cetak massal: the three most awkward records as real pages, and how much room the whole run needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QTabBar, QVBoxLayout

from asn_desk.errors import DeskError
from asn_desk.letters.bulk import batch_check
from asn_desk.letters.bulk.batch_check import Trial
from asn_desk.letters.service import IssueLetter
from asn_desk.wording import number
from ui.shared.basics import HandingOn
from ui.shared.bridge import Bridge
from ui.shared.documents.paper import PaperView
from ui.shared.steps import StepDialog
from ui.shared.theme.tokens import GRID
from ui.shared.widgets import Banner, label

_WAIT = "Menyiapkan tiga surat percobaan…"
_MIB = 1024 * 1024


@dataclass(frozen=True)
class Wanted:
    """What is to be tried: the letter, the people, where the copies go."""

    command: IssueLetter
    employee_ids: tuple[int, ...]
    folder: Path
    with_docx: bool


@dataclass(frozen=True)
class _Tried:
    trials: list[Trial]
    needed: tuple[int, int]


class BatchPreview(HandingOn):
    """Tries the letter whenever it is entered; until the pages are there the dialog cannot go on."""

    def __init__(self, bridge: Bridge, dialog: StepDialog, wanted: Callable[[], Wanted]) -> None:
        super().__init__()
        self._bridge, self._dialog, self._wanted = bridge, dialog, wanted
        self._question = 0
        self._trials: Sequence[Trial] = ()
        self._build()
        self.tabs.currentChanged.connect(self._show_trial)

    def enter(self) -> None:
        """Make the three drafts anew."""
        self._question += 1
        question, wanted = self._question, self._wanted()
        self._dialog.allow_next(allowed=False)
        self._trials = ()
        self.notes.hide()
        self.facts.setText("")
        self.paper.say(_WAIT)
        self._bridge.read_task(
            self,
            lambda session, _progress: _try(session, wanted),
            lambda made: self._show(question, made),
            lambda error: self._refuse(question, error),
        )

    def _build(self) -> None:
        self.facts = label("", role="secondary")
        self.notes = Banner("", "near")
        self.notes.hide()
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("Surat percobaan")
        self.paper = self.heir = PaperView(self._bridge, _WAIT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        for part in (self.facts, self.tabs, self.notes):
            column.addWidget(part)
        column.addWidget(self.paper, 1)

    def _show(self, question: int, made: _Tried) -> None:
        if question != self._question:
            return
        while self.tabs.count():
            self.tabs.removeTab(0)
        self._trials = made.trials
        for trial in made.trials:
            self.tabs.addTab(trial.person.why[:1].upper() + trial.person.why[1:])
        people, room = len(self._wanted().employee_ids), -(-sum(made.needed) // _MIB)
        self.facts.setText(
            f"{number(people)} surat akan terbit, perlu sekitar {number(room)} MB. Periksa tiga yang paling sulit:"
        )
        self._show_trial(0)
        self._dialog.allow_next(allowed=True)

    def _show_trial(self, place: int) -> None:
        if not 0 <= place < len(self._trials):
            return
        trial = self._trials[place]
        notes = [trial.problem, *(trial.letter.notes if trial.letter else ())]
        sentences = [f"{trial.person.name}: {note}" for note in notes if note]
        self.notes.set_text(" ".join(sentences))
        self.notes.setVisible(bool(sentences))
        if trial.letter is not None:
            self.paper.show_bytes(trial.letter.pdf)
        else:
            self.paper.say("Surat ini akan ditolak; yang lain tetap terbit.")

    def _refuse(self, question: int, error: DeskError) -> None:
        if question != self._question:
            return
        self.paper.say("Surat percobaan belum dapat dibuat. Perbaiki isian yang disebut di atas.")
        self._dialog.refuse(error)
        self._dialog.allow_next(allowed=self._dialog.step() != self._dialog.last_step)


def _try(session: Any, wanted: Wanted) -> _Tried:
    made = batch_check.trials(session, wanted.command, wanted.employee_ids)
    needed = batch_check.space_needed(made, len(wanted.employee_ids), with_docx=wanted.with_docx)
    batch_check.check_space(session, wanted.folder, needed)
    return _Tried(made, needed)

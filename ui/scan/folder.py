"""A folder of scanned pages: choose it, let it be read in the background, pause and go on, see what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from asn_desk.circulars.queries import CircularRow
from asn_desk.circulars.scanning import queries as scans
from asn_desk.circulars.scanning.intake import Pile
from asn_desk.circulars.scanning.queries import PileTotals
from asn_desk.circulars.scanning.run import Ran, Refused, Step
from asn_desk.errors import DeskError
from asn_desk.topics import Topic
from asn_desk.wording import number
from ui.scan.day_button import DayButton
from ui.shared.documents.save_files import ask_folder
from ui.shared.flow_layout import FlowLayout
from ui.shared.page import PageContext
from ui.shared.panels import ScrollBody
from ui.shared.progress import Progress, ProgressState, Task
from ui.shared.progress_dialog import progress_text
from ui.shared.widgets import (
    ActionBar,
    Banner,
    Choice,
    EmptyState,
    FilterChip,
    Panel,
    StatCard,
    button,
    clear_layout,
    label,
)

_INTRO = (
    "Pilih folder berisi PDF atau gambar dari pemindai (150 sampai 300 dpi; miring atau terbalik tidak mengapa). Kode setiap "
    "halaman dibaca, halamannya disimpan sebagai bukti. Folder yang sama boleh dibaca lagi: tidak ada yang tercatat dua kali."
)
_CARDS = (
    ("pages", "Halaman dibaca"), ("marked", "Tanda terima dicatat"), ("already", "Sudah dicatat"),
    ("foreign", "Halaman berkode lain"), ("unsure", "Kotak ragu"), ("tray", "Ke nampan"),
)  # fmt: skip
_MOST_REFUSED = 8


class FolderView(QWidget):
    """One run at a time; the window stays free. `tray_asked` and `boxes_asked` lead to what is left for the clerk."""

    tray_asked = Signal()
    boxes_asked = Signal()

    def __init__(self, context: PageContext, *, readers: int | None = None) -> None:
        super().__init__()
        self._context, self._readers = context, readers
        self._folder: Path | None = None
        self._task: Task | None = None
        self._build()
        self._offer()

    @property
    def running(self) -> bool:
        """Return whether pages are being read."""
        return self._task is not None and not self._task.finished

    def choose(self) -> None:
        """Ask for the folder, then read it."""
        ask_folder(self, "Folder pindaian", self.read_folder)

    def read_folder(self, folder: Path) -> None:
        """Read a folder to its end, or go on with one; what is on record is passed over."""
        if self.running:
            return
        self._folder = folder
        self.where.setText(str(folder))
        self.text.setText("Melihat isi folder…")
        self.problem.hide()
        self.resume_button.setText("&Lanjutkan")
        pile = Pile(circular_id=self.circular.value(), on=self.day.day())
        desk, readers = self._context.bridge.desk, self._readers
        self._task = self._context.bridge.task(
            self,
            lambda progress: _read(desk, folder, pile, readers, progress),
            self._on_done,
            self._on_failed,
            progress=self._on_progress,
            cancelled=self._on_paused,
        )
        self._offer()

    def pause(self) -> None:
        """Stop after the pages at work; all read so far is kept."""
        if self._task is not None and self.running:
            self._task.cancel()
            self.text.setText("Berhenti setelah halaman yang sedang dibaca…")
            self.pause_button.setEnabled(False)

    def resume(self) -> None:
        """Go on with the folder."""
        if self._folder is not None:
            self.read_folder(self._folder)

    def follow(self, circular: CircularRow | None) -> None:
        """Offer to take pages of this circular only; what was chosen before stays if it is still offered."""
        only = [Choice(circular.id, f"hanya {circular.number or circular.subject}")] if circular is not None else []
        self.circular.set_choices([Choice(None, "menurut kode"), *only])

    def reload(self) -> None:
        """Read nothing: a run tells of itself."""

    def activated(self) -> None:
        """Give the keyboard to the one button."""
        (self.pause_button if self.running else self.choose_button).setFocus()

    def _build(self) -> None:
        area = ScrollBody()
        area.layout_of_content.setSpacing(16)
        area.layout_of_content.addWidget(self._run_panel())
        area.layout_of_content.addWidget(self._result_panel())
        self.empty = EmptyState("folder", "Baca folder pindaian", _INTRO)
        area.layout_of_content.addWidget(self.empty, 1)
        area.layout_of_content.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)

    def _run_panel(self) -> Panel:
        self.run_panel = Panel("Folder pindaian")
        self.circular = FilterChip("Edaran", [Choice(None, "menurut kode")])
        self.day = DayButton(self._context.today, lambda: None)
        self.choose_button = button("Pilih &folder…", "primary", "folder", self.choose)
        self.pause_button = button("&Jeda", "", "pause", self.pause)
        self.resume_button = button("&Lanjutkan", "", "play", self.resume)
        self.where = label("", role="secondary", selectable=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Kemajuan pembacaan folder")
        self.text = label("", role="secondary")
        self.problem = Banner("", "late")
        self.problem.hide()
        bar = ActionBar(self.choose_button, self.pause_button, self.resume_button, trailing=[self.circular, self.day])
        for part in (bar, self.where, self.bar, self.text, self.problem):
            self.run_panel.body.addWidget(part)
        return self.run_panel

    def _result_panel(self) -> Panel:
        self.result = Panel("Hasil folder ini")
        cards = QWidget()
        flow = FlowLayout(cards)
        self.cards = {key: StatCard(words) for key, words in _CARDS}
        for card in self.cards.values():
            card.setMinimumWidth(160)
            flow.addWidget(card)
        self.tray_button = button("Buka &nampan", "", "document", self.tray_asked.emit)
        self.boxes_button = button("Periksa &kotak ragu", "", "search", self.boxes_asked.emit)
        refused = QWidget()
        self._refused = QVBoxLayout(refused)
        self._refused.setContentsMargins(0, 0, 0, 0)
        self.result.body.addWidget(cards)
        self.result.body.addWidget(refused)
        self.result.body.addWidget(ActionBar(self.tray_button, self.boxes_button))
        self.result.hide()
        return self.result

    def _offer(self) -> None:
        running, chosen = self.running, self._folder is not None
        self.empty.setVisible(not chosen)
        self.bar.setVisible(chosen)
        self.where.setVisible(chosen)
        self.text.setVisible(chosen)
        self.choose_button.setEnabled(not running)
        self.pause_button.setVisible(running)
        self.pause_button.setEnabled(running)
        self.resume_button.setVisible(chosen and not running)
        self.circular.setEnabled(not running)
        self.day.setEnabled(not running)

    def _on_progress(self, state: ProgressState) -> None:
        self.bar.setMaximum(max(state.total, 1))
        self.bar.setValue(state.done)
        self.text.setText(progress_text(state))

    def _on_done(self, ran: Ran) -> None:
        self.resume_button.setText("Baca la&gi")
        self._end("Selesai." if ran.files else "Tidak ada berkas yang dapat dibaca.")
        self.bar.setMaximum(1)
        self.bar.setValue(1)
        self._show_refused(ran.refused)
        self._context.bridge.read(self, lambda session: scans.totals(session, ran.files), self._show_totals)

    def _on_paused(self) -> None:
        self._end("Dijeda. Yang sudah dibaca tetap tercatat; tekan Lanjutkan untuk meneruskan.")

    def _on_failed(self, error: DeskError) -> None:
        self._end("Belum selesai.")
        self.problem.set_text(error.sentence)
        self.problem.show()

    def _end(self, text: str) -> None:
        self._task = None
        self.text.setText(text)
        self._offer()
        self._context.bridge.changed.emit(frozenset({Topic.CIRCULARS}))

    def _show_totals(self, totals: PileTotals) -> None:
        values = {**vars(totals), "tray": len(totals.tray)}
        notes = {"tray": "diselesaikan sendiri", "unsure": "perlu dilihat"}
        for key, card in self.cards.items():
            waits = key in notes and values[key] > 0
            card.set(number(values[key]), notes[key] if waits else "", "near" if waits else "")
        self.tray_button.setEnabled(bool(totals.tray))
        self.boxes_button.setEnabled(totals.unsure > 0)
        self.result.show()

    def _show_refused(self, refused: Sequence[Refused]) -> None:
        clear_layout(self._refused)
        for one in refused[:_MOST_REFUSED]:
            self._refused.addWidget(Banner(f"{one.file}: {one.sentence}", "near"))
        if len(refused) > _MOST_REFUSED:
            self._refused.addWidget(label(f"dan {number(len(refused) - _MOST_REFUSED)} berkas lain.", role="hint"))


def _read(desk: Any, folder: Path, pile: Pile, readers: int | None, progress: Progress) -> Ran:
    """Read the folder on a thread of its own; the desk takes the chunks in turn with everybody else's writes."""
    from asn_desk.circulars.scanning.run import read_scans, scans_in

    def report(step: Step) -> None:
        progress(step.done, step.total, step.file)

    return read_scans(desk, scans_in(folder), pile, report, readers=readers)

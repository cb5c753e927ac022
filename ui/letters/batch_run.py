"""A batch at work: progress, pause, go on, stop. Each chunk is one short write, so the window and other work stay free."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import monotonic
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget
from typing_extensions import override

from asn_desk.errors import DeskError
from asn_desk.letters.bulk import batch_files, batches
from asn_desk.letters.bulk.batch_files import Outputs
from asn_desk.letters.bulk.batches import BatchRow
from asn_desk.letters.bulk.workshop import Maker, workshop_for
from asn_desk.letters.terms import BatchState
from asn_desk.wording import number
from ui.shared.dialogs import BaseDialog, confirm
from ui.shared.documents.open_files import open_file, open_folder
from ui.shared.page import PageContext
from ui.shared.progress import ProgressState
from ui.shared.progress_dialog import progress_text
from ui.shared.widgets import Banner, label

CHUNK = 24
"""Letters of one short write; a pause waits for no more than these."""
_FREEZES = 2
_STOP = (
    "Surat yang sudah terbit tetap terbit dan nomornya tetap terpakai. Sisanya tidak diterbitkan, dan cetak massal ini tidak "
    "dapat dilanjutkan lagi."
)


_HIDDEN = (
    "{} surat rahasia sudah terbit, tetapi tidak ditulis ke folder ini. Minta verifikator atau administrator membuka cetak "
    "massal ini dan menekan Lanjutkan."
)


class BatchRunDialog(BaseDialog):
    """Runs one batch until it is done, rests, or is stopped. Closing it while it runs lets it rest."""

    run_ended = Signal()

    def __init__(self, context: PageContext, parent: QWidget, batch_id: int, on_new: Callable[[], None]) -> None:
        super().__init__("Cetak massal", parent, 560)
        self._context, self._batch_id, self._on_new = context, batch_id, on_new
        self._row: BatchRow | None = None
        self._outputs: Outputs | None = None
        self._running = self._resting = self._closing = False
        self._began, self._at_start = monotonic(), 0
        self._maker: Maker | None = None
        self._freezes = 0
        self._copying = 0
        self._after_copies: Callable[[], None] | None = None
        self._build()
        context.bridge.read(self, lambda session: batches.batch_row(session, batch_id), self._show)

    @property
    def running(self) -> bool:
        """Return whether letters are being made."""
        return self._running

    def begin(self) -> None:
        """Go on with the batch."""
        self._set_running(running=True)
        self._resting = False
        self.problem.hide()
        self._began, self._at_start = monotonic(), -1
        self._write(batches.resume, self._on_chunk)

    def rest(self) -> None:
        """Stop after the chunk at work; the batch can go on at any time."""
        self._resting = True
        self.text.setText("Berhenti setelah tahap ini…")

    def _build(self) -> None:
        self.heading = label("Cetak massal", role="name")
        self.where = label("", role="secondary", selectable=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.text = label("", role="secondary")
        self.problem = Banner("", "late")
        self.problem.hide()
        for part in (self.heading, self.where, self.bar, self.text, self.problem):
            self.outer.addWidget(part)
        self.new_button = self.add_button("Mulai yang &baru", on_click=self._begin_new)
        self.stop_button = self.add_button("&Hentikan…", "danger", self._ask_stop)
        self.folder_button = self.add_button("Buka &folder", on_click=self._open_folder)
        self.close_button = self.add_button("&Tutup", on_click=self.reject)
        self.go_button = self.add_button("&Lanjutkan", "primary", self._go)
        self.finish_layout()

    def _set_running(self, *, running: bool) -> None:
        self._running = running
        state = self._row.state if self._row else None
        done, over = state is BatchState.DONE, state is BatchState.CANCELLED
        self.go_button.setText("&Jeda" if running else "&Cetak semua" if done else "&Lanjutkan")
        self.go_button.setVisible(not over)
        self.go_button.setEnabled(not done or self._outputs is not None)
        self.stop_button.setVisible(not done and not over)
        self.folder_button.setVisible(not running)
        self.new_button.setVisible(not running)

    def _show(self, row: BatchRow) -> None:
        self._row = row
        self.heading.setText(f"{row.kind_title}: {number(row.total)} surat")
        self.where.setText(str(row.folder))
        self.bar.setMaximum(row.total)
        self.bar.setValue(row.issued + row.refused)
        self.text.setText(self._progress(row))
        self._set_running(running=self._running)

    def _progress(self, row: BatchRow) -> str:
        done = row.issued + row.refused
        left: float | None = None
        if self._running and done > self._at_start >= 0:
            left = (monotonic() - self._began) / (done - self._at_start) * row.waiting
        refused = f"{number(row.refused)} ditolak" if row.refused else ""
        words = {BatchState.PAUSED: "Dijeda", BatchState.CANCELLED: "Dihentikan", BatchState.DONE: "Selesai"}
        state = words.get(row.state, "" if self._running else "Belum selesai")
        text = progress_text(ProgressState(done, row.total, state, left))
        return " · ".join(part for part in (text, refused) if part)

    def _on_chunk(self, outcome: Any) -> None:
        row: BatchRow = outcome.value
        self._spare_the_window()
        reached = self._row.issued + self._row.refused if self._row else 0
        if self._at_start < 0:
            self._began, self._at_start, reached = monotonic(), row.issued + row.refused, row.issued + row.refused
        self._show(row)
        if self._running:
            self._copy(reached)
            self._next(row)

    def _spare_the_window(self) -> None:
        """Keep what is loaded by now out of garbage collection: looking through all of it stops every thread for 0.1 s and more.

        Twice is enough: before the first letters, and once they have loaded what letters need.
        """
        if self._freezes < _FREEZES:
            self._freezes += 1
            gc.freeze()

    def _copy(self, reached: int) -> None:
        """Write the copies of the letters just stored while the next are made; completing the folder looks at all of them."""
        self._copying += 1
        self._context.bridge.read_task(
            self,
            lambda session, _progress: batch_files.write_letters(session, self._batch_id, after=reached, limit=CHUNK),
            lambda _written: self._on_copied(),
            self._on_copy_failed,
        )

    def _once_copied(self, then: Callable[[], None]) -> None:
        """Do it when no copies are being written: completing a folder clears half-written files away."""
        if self._copying:
            self._after_copies = then
        else:
            then()

    def _on_copied(self) -> None:
        self._copying -= 1
        if not self._copying and self._after_copies is not None:
            then, self._after_copies = self._after_copies, None
            then()

    def _on_copy_failed(self, error: DeskError) -> None:
        self._copying -= 1
        self._after_copies = None
        self._on_failed(error)

    def _next(self, row: BatchRow) -> None:
        if self._maker is None:
            self._maker = workshop_for(max(row.waiting, row.issued))
        maker = self._maker
        if self._resting:
            self._once_copied(lambda: self._write(batches.pause, self._on_rested))
        elif row.state is BatchState.RUNNING and row.waiting:
            self._write(lambda session, batch_id: batches.run_chunk(session, batch_id, CHUNK, maker), self._on_chunk)
        elif row.state is BatchState.RUNNING:
            self._once_copied(self._complete)
        else:
            self._on_rested_row(row)

    def _complete(self) -> None:
        self.text.setText("Menyusun berkas cetak dan daftar kendali…")
        self.go_button.setEnabled(False)
        maker = self._maker
        self._context.bridge.read_task(
            self,
            lambda session, progress: batch_files.write_outputs(session, self._batch_id, progress, maker),
            self._on_complete,
            self._on_failed,
            progress=lambda state: self.text.setText(f"Menyusun berkas cetak: {progress_text(state)}"),
        )

    def _on_complete(self, outputs: Outputs) -> None:
        self._outputs = outputs
        self._write(batches.finish, self._on_done)

    def _on_done(self, outcome: Any) -> None:
        self._end_run()
        self._show(outcome.value)
        row: BatchRow = outcome.value
        hidden = self._outputs.hidden if self._outputs else 0
        told = [_HIDDEN.format(number(hidden))] if hidden else []
        if row.refused:
            told.append(f"{number(row.refused)} surat ditolak. Alasannya ada pada daftar kendali.")
        if told:
            self.problem.set_text(" ".join(told))
            self.problem.show()
        state = "dijeda" if hidden else "selesai"
        self._context.toast(f"Cetak massal {state}: {number(row.issued)} surat terbit.", None)
        self._close_if_asked()

    def _on_rested(self, outcome: Any) -> None:
        self._on_rested_row(outcome.value)

    def _on_rested_row(self, row: BatchRow) -> None:
        self._end_run()
        self._show(row)
        self._close_if_asked()

    def _close_if_asked(self) -> None:
        """Closing was asked while letters were being made: now is the time."""
        if self._closing:
            super().reject()

    def _on_failed(self, error: DeskError) -> None:
        """Rest, and say why; what was stored stays, and the batch can go on once the cause is gone."""
        self.problem.set_text(error.sentence)
        self.problem.show()
        self._closing = False
        if self._running:
            self._running = False
            self._write(batches.pause, self._on_rested)

    def _write(self, verb: Callable[[Any, int], Any], done: Callable[[Any], None]) -> None:
        self._context.bridge.write(self, lambda session: verb(session, self._batch_id), done, self._on_refused)

    def _on_refused(self, error: DeskError) -> None:
        self.problem.set_text(error.sentence)
        self.problem.show()
        self._closing = False
        self._end_run()
        self._set_running(running=False)

    def _end_run(self) -> None:
        """The run is over for now: the helping processes end, the lists behind the dialog are read again."""
        self._running = False
        self._freezes = 0
        gc.unfreeze()
        maker, self._maker = self._maker, None
        if maker is not None:
            self._context.bridge.task(self, lambda _progress: maker.close(), lambda _none: None)
        self.run_ended.emit()

    def _go(self) -> None:
        if self._running:
            self.rest()
        elif self._outputs is not None and self._row is not None and self._row.state is BatchState.DONE:
            open_file(self._outputs.print_file)
        else:
            self.begin()

    def _ask_stop(self) -> None:
        confirm(self, "Hentikan cetak massal?", _STOP, "Hentikan", self._stop)

    def _stop(self) -> None:
        self._write(batches.cancel, self._on_rested if not self._running else lambda _outcome: None)

    def _begin_new(self) -> None:
        self.accept()
        self._on_new()

    def _open_folder(self) -> None:
        if self._row is not None:
            open_folder(self._row.folder)

    @override
    def reject(self) -> None:
        """Close; a batch at work rests first."""
        if self._running:
            self._closing = True
            self.rest()
        else:
            super().reject()

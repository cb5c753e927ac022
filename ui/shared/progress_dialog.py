"""The progress of long work: appears after half a second, shows how far and how long, and can be cancelled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QWidget
from typing_extensions import override

from asn_desk.errors import DeskError
from asn_desk.wording import number
from ui.shared.basics import label
from ui.shared.dialogs import BaseDialog, show_refusal
from ui.shared.progress import ProgressState, Task

SHOW_AFTER_MS = 500
_MINUTE = 60

Report = Callable[[ProgressState], None]
Ender = Callable[..., Callable[..., None]]
Start = Callable[[Report, Ender], Task]


class ProgressDialog(BaseDialog):
    """One running task. It stays hidden when the task ends within half a second."""

    def __init__(self, title: str, parent: QWidget | None, *, can_cancel: bool) -> None:
        super().__init__(title, parent, 440)
        self._task: Task | None = None
        self._timer = QTimer(self, singleShot=True, interval=SHOW_AFTER_MS)
        self._timer.timeout.connect(self.open)
        self.outer.addWidget(label(title, role="name"))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMaximum(0)
        self._text = label("Menyiapkan…", role="secondary")
        self.outer.addWidget(self._bar)
        self.outer.addWidget(self._text)
        self.cancel_button = self.add_button("Batalkan", on_click=self._cancel)
        self.cancel_button.setVisible(can_cancel)
        self.finish_layout()

    def follow(self, task: Task) -> None:
        """Watch a task that was started."""
        self._task = task
        if not task.finished:
            self._timer.start()
        task.when_over(self.end)

    def report(self, state: ProgressState) -> None:
        """Show how far the task is."""
        self._bar.setMaximum(max(state.total, 0))
        self._bar.setValue(state.done)
        self._text.setText(progress_text(state))

    def end(self) -> None:
        """Go away; the task is over."""
        self._timer.stop()
        self.done(0)
        self.deleteLater()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self.cancel_button.setEnabled(False)
            self._text.setText("Membatalkan…")

    @override
    def reject(self) -> None:
        """Esc asks the task to stop, when it can be stopped."""
        if self.cancel_button.isVisibleTo(self):
            self._cancel()


def run_with_progress(parent: QWidget, title: str, start: Start, *, can_cancel: bool = True) -> Task:
    """Start long work and show its progress.

    `start(report, ending)` calls bridge.task, read_task or write_task with `progress=report` and returns the Task.
    `ending(callback)` makes its callbacks; `ending()` as `failed` shows the standard message.
    """
    dialog = ProgressDialog(title, parent, can_cancel=can_cancel)

    def ending(callback: Callable[..., Any] | None = None) -> Callable[..., None]:
        def ended(*args: Any) -> None:
            if callback is not None:
                callback(*args)
            elif args and isinstance(args[0], DeskError):
                show_refusal(parent, args[0])

        return ended

    task = start(dialog.report, ending)
    dialog.follow(task)
    return task


def progress_text(state: ProgressState) -> str:
    """Return `1.200 dari 5.000 · sisa ± 9 detik`."""
    parts = [state.text] if state.text else []
    if state.total > 0:
        parts.append(f"{number(state.done)} dari {number(state.total)}")
    elif state.done:
        parts.append(number(state.done))
    if state.seconds_left is not None and state.done < state.total:
        parts.append(f"sisa ± {_duration(state.seconds_left)}")
    return " · ".join(parts)


def _duration(seconds: float) -> str:
    if seconds < _MINUTE:
        return f"{max(1, round(seconds))} detik"
    return f"{round(seconds / _MINUTE)} menit"

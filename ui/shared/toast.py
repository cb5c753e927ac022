"""A short sentence at the bottom of the window after something was done, with a way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget
from typing_extensions import override

from ui.shared.basics import button, label

SHOWN_MS = 6000
WITH_UNDO_MS = 10_000
_ABOVE_EDGE = 56


class Toast(QFrame):
    """One at a time, bottom centre of its window; stays while the mouse is on it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("toast")
        self._undo: Callable[[], None] | None = None
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 10, 8)
        row.setSpacing(12)
        self.text_label = label("", wrap=False)
        row.addWidget(self.text_label)
        self.undo_button = button("&Urungkan", on_click=self._on_undo)
        row.addWidget(self.undo_button)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    def show_text(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Say something; with `undo` a button takes it back."""
        self._undo = undo
        self.text_label.setText(text)
        self.setAccessibleName(text)
        self.undo_button.setVisible(undo is not None)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(SHOWN_MS if undo is None else WITH_UNDO_MS)

    def _on_undo(self) -> None:
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()

    def _place(self) -> None:
        window = self.parentWidget()
        assert window is not None
        self._row.activate()
        self.adjustSize()
        self.move((window.width() - self.width()) // 2, window.height() - self.height() - _ABOVE_EDGE)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Enter:
            self._timer.stop()
        elif event.type() == QEvent.Type.Leave:
            self._timer.start(SHOWN_MS)
        elif event.type() == QEvent.Type.Hide:
            self._timer.stop()
        return super().event(event)

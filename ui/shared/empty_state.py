"""What a list says when it is empty: why, and what to do next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from ui.shared.basics import button, icon_label, label

_TEXT_WIDTH = 380
_MARGIN = 12


class EmptyState(QWidget):
    """An icon, a title, a sentence, and one button."""

    def __init__(
        self,
        icon_name: str,
        title: str,
        text: str,
        action: str = "",
        on_action: Callable[[], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._layout = layout = QVBoxLayout(self)
        layout.setSpacing(6)
        layout.addStretch(2)
        layout.addWidget(icon_label(icon_name, 32, "ink3"), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(6)
        self._add_text(layout, label(title, role="section"))
        self._add_text(layout, label(text, role="secondary"))
        if action and on_action is not None:
            layout.addSpacing(8)
            layout.addWidget(button(action, on_click=on_action), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def _add_text(self, layout: QVBoxLayout, text: QLabel) -> None:
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        text.setWordWrap(True)
        layout.addWidget(text)  # its width is set by the margins: an aligned label would not get the height it wraps to

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = max(_MARGIN, (event.size().width() - _TEXT_WIDTH) // 2)
        self._layout.setContentsMargins(side, _MARGIN, side, _MARGIN)

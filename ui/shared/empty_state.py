"""What a list says when it is empty: why, and what to do next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.shared.basics import button, icon_label, label

_TEXT_WIDTH = 380


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
        layout = QVBoxLayout(self)
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
        text.setMaximumWidth(_TEXT_WIDTH)
        text.setMinimumWidth(min(_TEXT_WIDTH, 220))
        layout.addWidget(text, 0, Qt.AlignmentFlag.AlignHCenter)

"""The smallest pieces: labels by role, buttons by kind, icons as labels, and layout helpers."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from ui.shared.theme.fonts import text_font
from ui.shared.theme.icons import icon, icon_pixmap
from ui.shared.theme.tokens import SECONDARY_PX, TEXT_PX, TITLE_PX, tokens

_STYLES: dict[str, tuple[float, QFont.Weight]] = {
    "": (TEXT_PX, QFont.Weight.Normal),
    "strong": (TEXT_PX, QFont.Weight.Medium),
    "title": (TITLE_PX, QFont.Weight.DemiBold),
    "name": (15, QFont.Weight.DemiBold),
    "section": (TEXT_PX, QFont.Weight.DemiBold),
    "secondary": (SECONDARY_PX, QFont.Weight.Normal),
    "hint": (SECONDARY_PX, QFont.Weight.Normal),
    "error": (SECONDARY_PX, QFont.Weight.Medium),
    "big": (22, QFont.Weight.DemiBold),
}
_WRAPPED = {"", "secondary", "hint", "error", "name"}
_BUTTON_TOKENS = {"primary": "on_accent", "danger": "late", "link": "accent"}


@lru_cache(maxsize=32)
def role_font(role: str) -> QFont:
    """Return the font of a label role."""
    return text_font(*_STYLES[role])


def label(text: str = "", role: str = "", *, wrap: bool | None = None, selectable: bool = False) -> QLabel:
    """Return a label in one of the roles (see _STYLES); running text wraps, titles do not."""
    made = QLabel(text)
    made.setProperty("role", role)
    made.setFont(role_font(role))
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(role in _WRAPPED if wrap is None else wrap)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
    return made


def button(text: str, kind: str = "", icon_name: str = "", on_click: Callable[[], object] | None = None) -> QPushButton:
    """Return a push button: `` (outlined), `primary`, `danger`, `link` or `quiet`."""
    made = QPushButton(text)
    made.setProperty("kind", kind)
    made.setAutoDefault(False)
    made.setFont(role_font("strong"))
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if icon_name:
        made.setIcon(icon(icon_name, _BUTTON_TOKENS.get(kind, "ink2")))
        made.setIconSize(QSize(16, 16))
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made


class HandingOn(QWidget):
    """A part that hands the keyboard on to one of its own, `heir`.

    Qt's focus proxy does the same and takes everything beside the heir out of Tab's way.
    """

    heir: QWidget | None = None

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.heir is not None:
            self.heir.setFocus(event.reason())


class IconLabel(QWidget):
    """An icon that follows the theme."""

    def __init__(self, name: str, size: int = 20, token: str = "ink2", parent: QWidget | None = None) -> None:  # noqa: S107
        super().__init__(parent)
        self._name = name
        self._token = token
        self.setFixedSize(size, size)

    def set_icon(self, name: str, token: str = "ink2") -> None:  # noqa: S107 - the name of a colour
        """Show another icon."""
        self._name = name
        self._token = token
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = getattr(tokens(), self._token)
        painter.drawPixmap(0, 0, icon_pixmap(self._name, colour, self.width(), self.height(), self.devicePixelRatioF()))
        painter.end()


class ElidedLabel(QLabel):
    """One line that ends in … when there is too little room; the hint then shows all of it."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full = text
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(40)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._full = text
        self.setAccessibleName(text)
        self._elide()

    def _elide(self) -> None:
        shown = QFontMetrics(self.font()).elidedText(self._full, Qt.TextElideMode.ElideRight, self.width())
        self.setText(shown)
        self.setToolTip(self._full if shown != self._full else "")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()


def icon_label(name: str, size: int = 20, token: str = "ink2") -> IconLabel:  # noqa: S107 - the name of a colour
    """Return an icon as a widget."""
    return IconLabel(name, size, token)


def rule() -> QFrame:
    """Return a thin horizontal line."""
    line = QFrame()
    line.setProperty("rule", "true")
    line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return line


def clear_layout(layout: QLayout) -> None:
    """Remove and delete everything in a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear_layout(inner)


def set_state(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and have it looked at again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()

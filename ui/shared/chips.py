"""Status chips: a drawn sign and a word on a soft ground, so that colour is never alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ui.shared.theme.fonts import text_font
from ui.shared.theme.icons import icon_pixmap
from ui.shared.theme.tokens import DARK, LIGHT, SECONDARY_PX, tokens

Kind = Literal["done", "near", "late", "coming", "neutral"]
_SIGNS = {"done": "check", "near": "diamond", "late": "triangle", "coming": "circle", "neutral": ""}
HEIGHT = 20
_PADDING = 8
_SIGN = 12
_GAP = 4
_IN_THE_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True)
class Chip:
    """What a chip says. `sign` is an icon's name; None takes the one that belongs to the kind, "" shows none."""

    text: str
    kind: Kind = "neutral"
    sign: str | None = None

    @property
    def drawn_sign(self) -> str:
        """Return the icon's name, or "" for none."""
        return _SIGNS[self.kind] if self.sign is None else self.sign


@lru_cache(maxsize=1)
def chip_font() -> QFont:
    """Return the font of chips."""
    return text_font(SECONDARY_PX, QFont.Weight.Medium)


@lru_cache(maxsize=1024)
def chip_width(chip: Chip) -> int:
    """Return how wide a chip wants to be, in pixels."""
    sign = _SIGN + _GAP if chip.drawn_sign else 0
    return round(QFontMetricsF(chip_font()).horizontalAdvance(chip.text) + 0.5) + sign + 2 * _PADDING + 1


@lru_cache(maxsize=32)
def _colours(kind: str, dark: bool) -> tuple[str, QColor, QColor]:
    """Return the ink's name, the ground and the ink of a kind in light or dark colours."""
    table = DARK if dark else LIGHT
    ink = table.ink_of(kind)
    return ink, QColor(table.soft_of(kind)), QColor(ink)


@lru_cache(maxsize=1024)
def _elided(text: str, width: int) -> str:
    return QFontMetrics(chip_font()).elidedText(text, Qt.TextElideMode.ElideRight, width)


def paint_chip(painter: QPainter, rect: QRectF, chip: Chip) -> None:
    """Draw a chip into `rect`; a text that does not fit is elided."""
    ink, ground, pen = _colours(chip.kind, tokens().dark)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, 4, 4)
    left = rect.left() + _PADDING
    if chip.drawn_sign:
        ratio = painter.device().devicePixelRatioF()
        sign = icon_pixmap(chip.drawn_sign, ink, _SIGN, _SIGN, ratio)
        painter.drawPixmap(QRectF(left, rect.center().y() - _SIGN / 2, _SIGN, _SIGN), sign, QRectF(sign.rect()))
        left += _SIGN + _GAP
    space = QRectF(left, rect.top(), rect.right() - _PADDING + 1 - left, rect.height())
    painter.setFont(chip_font())
    painter.setPen(pen)
    painter.drawText(space, _IN_THE_MIDDLE, _elided(chip.text, round(space.width() + 1)))
    painter.restore()


class StatusChip(QWidget):
    """A chip as a widget."""

    def __init__(self, chip: Chip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._chip = chip
        self.set_chip(chip)

    @property
    def chip(self) -> Chip:
        """Return what is shown."""
        return self._chip

    def set_chip(self, chip: Chip) -> None:
        """Show another chip."""
        self._chip = chip
        self.setAccessibleName(chip.text)
        self.setToolTip(chip.text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._chip), HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(60, chip_width(self._chip)), HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, QRectF(self.rect()), self._chip)
        painter.end()

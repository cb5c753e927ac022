"""A progress bar with its figures in a table cell."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from ui.shared.theme.tokens import tokens

_BAR = 6
_GAP = 5


def paint_bar(painter: QPainter, space: QRect, text: str, bar: tuple[int, int, str], font: QFont) -> None:
    """Draw the text at the right and the bar (done, total, kind) below it, both in the middle of `space`."""
    done, total, kind = bar
    table, line = tokens(), QFontMetrics(font).height()
    top = space.top() + (space.height() - line - _BAR - _GAP) // 2
    painter.save()
    painter.setFont(font)
    painter.setPen(QColor(table.ink))
    painter.drawText(QRect(space.left(), top, space.width(), line), Qt.AlignmentFlag.AlignRight, text)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    share = min(done / max(total, 1), 1.0)
    for width, colour in ((float(space.width()), table.track), (space.width() * share, table.ink_of(kind))):
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(QRectF(space.left(), top + line + _GAP, width, _BAR), _BAR / 2, _BAR / 2)
    painter.restore()

"""Two-line entries for short lists of hits: the person picker and the jump palette."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from ui.shared.theme.fonts import secondary_font, text_font
from ui.shared.theme.tokens import tokens

SUBTITLE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_ROW = 46
_PADDING = 10
_ICON = 18


class HitDelegate(QStyledItemDelegate):
    """Draws icon, title and subtitle."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, _ROW)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        table = tokens()
        rect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(table.accent_soft))
            painter.drawRoundedRect(rect, 4, 4)
        left = rect.left() + _PADDING
        sign = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(sign, QIcon):
            sign.paint(painter, QRect(left, rect.center().y() - _ICON // 2, _ICON, _ICON))
            left += _ICON + _PADDING
        self._lines(painter, QRect(left, rect.top(), rect.right() - _PADDING - left, rect.height()), index)
        painter.restore()

    def _lines(self, painter: QPainter, space: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        table = tokens()
        subtitle = str(index.data(SUBTITLE_ROLE) or "")
        title_font, below_font = text_font(), secondary_font()
        title = QFontMetrics(title_font).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, space.width())
        half = space.height() // 2
        upper = QRect(space.left(), space.top(), space.width(), half + 2) if subtitle else space
        painter.setFont(title_font)
        painter.setPen(QColor(table.ink))
        flag = Qt.AlignmentFlag.AlignBottom if subtitle else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(upper, flag | Qt.AlignmentFlag.AlignLeft, title)
        below = QFontMetrics(below_font).elidedText(subtitle, Qt.TextElideMode.ElideRight, space.width())
        painter.setFont(below_font)
        painter.setPen(QColor(table.ink2))
        painter.drawText(
            QRect(space.left(), space.top() + half + 3, space.width(), half), Qt.AlignmentFlag.AlignLeft, below
        )

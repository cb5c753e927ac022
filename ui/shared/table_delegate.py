"""Paints the cells of a record table: two lines of text, a status chip, the selected row. Made for few Python calls per cell."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QToolTip
from typing_extensions import override

from ui.shared.chips import HEIGHT, Chip, chip_width, paint_chip
from ui.shared.columns import Column
from ui.shared.record_model import PLACEHOLDER, Index, RecordModel
from ui.shared.theme.fonts import secondary_font, text_font
from ui.shared.theme.tokens import Tokens, tokens

PADDING = 12
_LINE_GAP = 2
_MARK = 3


class RecordDelegate(QStyledItemDelegate):
    """Draws straight from the row, without asking the model role by role."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self._first = text_font()
        self._second = secondary_font()
        self._first_metrics = QFontMetrics(self._first)
        self._second_metrics = QFontMetrics(self._second)
        self.hovered_row = -1

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, RecordModel)
        table = tokens()
        rect = option.rect
        state = option.state
        self._ground(painter, rect, index.row(), table, selected=bool(state & QStyle.StateFlag.State_Selected))
        if index.row() == self._view.currentIndex().row() and self._view.hasFocus():
            self._mark(painter, rect, index.column(), table)
        row = model.row_at(index.row())
        if row is not None:
            self._cell(painter, rect.adjusted(PADDING, 0, -PADDING, -1), model.columns[index.column()], row, table)
        elif index.column() == 0:
            painter.setPen(QColor(table.ink3))
            painter.drawText(rect.adjusted(PADDING, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, PLACEHOLDER)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._view.columnWidth(index.column()), self._view.rowHeight(index.row()))

    @override
    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Show the hint only where something is elided."""
        model = index.model()
        assert isinstance(model, RecordModel)
        row = model.row_at(index.row())
        if row is None or self.wanted_width(model.columns[index.column()], row) <= option.rect.width():
            QToolTip.hideText()
            return True
        return super().helpEvent(event, view, option, index)

    def wanted_width(self, column: Column, row: Any) -> int:
        """Return how wide a cell would have to be to show everything."""
        text = self._first_metrics.horizontalAdvance(column.text(row)) if column.text is not None else 0
        below = self._second_metrics.horizontalAdvance(column.secondary(row)) if column.secondary is not None else 0
        chip = column.chip(row) if column.chip is not None else None
        return max(text, below, chip_width(chip) if chip is not None else 0) + 2 * PADDING + 1

    def _ground(self, painter: QPainter, rect: QRect, row: int, table: Tokens, *, selected: bool) -> None:
        if selected:
            painter.fillRect(rect, QColor(table.accent_soft))
        elif row == self.hovered_row:
            painter.fillRect(rect, QColor(table.hover))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(table.line))

    def _mark(self, painter: QPainter, rect: QRect, column: int, table: Tokens) -> None:
        if self._view.horizontalHeader().visualIndex(column) == 0:
            painter.fillRect(rect.left(), rect.top(), _MARK, rect.height() - 1, QColor(table.accent))

    def _cell(self, painter: QPainter, space: QRect, column: Column, row: Any, table: Tokens) -> None:
        chip = column.chip(row) if column.chip is not None else None
        first = column.text(row) if column.text is not None else ""
        second = column.secondary(row) if column.secondary is not None else ""
        if chip is not None:
            space = self._chip(painter, space, column, chip, alone=not first)
        if second and first:
            self._two_lines(painter, space, column, (first, second), table)
        elif first or second:
            self._line(painter, space, column, first or second, QColor(table.ink if first else table.ink2))

    def _chip(self, painter: QPainter, space: QRect, column: Column, chip: Chip, *, alone: bool) -> QRect:
        width = min(chip_width(chip), space.width())
        left = space.left() if alone and column.align == "left" else space.right() + 1 - width
        paint_chip(painter, QRectF(left, space.center().y() - HEIGHT / 2 + 1, width, HEIGHT), chip)
        return space.adjusted(0, 0, -width - PADDING, 0)

    def _line(self, painter: QPainter, space: QRect, column: Column, text: str, ink: QColor) -> None:
        painter.setFont(self._first)
        painter.setPen(ink)
        shown = self._first_metrics.elidedText(text, Qt.TextElideMode.ElideRight, space.width())
        painter.drawText(space, column.flag | Qt.AlignmentFlag.AlignVCenter, shown)

    def _two_lines(self, painter: QPainter, space: QRect, column: Column, lines: tuple[str, str], table: Tokens) -> None:
        upper, lower = self._first_metrics.height(), self._second_metrics.height()
        top = space.top() + (space.height() - upper - lower - _LINE_GAP) // 2
        painter.setFont(self._first)
        painter.setPen(QColor(table.ink))
        shown = self._first_metrics.elidedText(lines[0], Qt.TextElideMode.ElideRight, space.width())
        painter.drawText(QRect(space.left(), top, space.width(), upper), column.flag, shown)
        painter.setFont(self._second)
        painter.setPen(QColor(table.ink2))
        shown = self._second_metrics.elidedText(lines[1], Qt.TextElideMode.ElideRight, space.width())
        painter.drawText(QRect(space.left(), top + upper + _LINE_GAP, space.width(), lower), column.flag, shown)

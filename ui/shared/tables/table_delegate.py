"""Paints the cells of a record table: two lines of text, a status chip, the selected row. Made for few Python calls per cell."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QToolTip
from typing_extensions import override

from ui.shared.chips import HEIGHT, Chip, chip_width, paint_chip
from ui.shared.tables.columns import Column
from ui.shared.tables.record_model import PLACEHOLDER, Index, RecordModel
from ui.shared.tables.table_bar import paint_bar
from ui.shared.theme.fonts import secondary_font, text_font
from ui.shared.theme.tokens import Tokens, tokens

PADDING = 12
_LINE_GAP = 2
_MARK = 3
_ELIDED_KEPT = 4096
_RIGHT = Qt.TextElideMode.ElideRight


class _Colours:
    """The colours of one token table, made once."""

    def __init__(self, table: Tokens) -> None:
        self.table = table
        self.ink = QColor(table.ink)
        self.ink2 = QColor(table.ink2)
        self.ink3 = QColor(table.ink3)
        self.line = QColor(table.line)
        self.hover = QColor(table.hover)
        self.accent = QColor(table.accent)
        self.selected = QColor(table.accent_soft)
        self.marked = QColor(table.near_soft)


class RecordDelegate(QStyledItemDelegate):
    """Draws straight from the row, without asking the model role by role."""

    def __init__(self, view: QTableView, model: RecordModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._first, self._second = text_font(), secondary_font()
        first, second = QFontMetrics(self._first), QFontMetrics(self._second)
        self._first_metrics, self._second_metrics = first, second
        self._first_ascent, self._second_ascent = first.ascent(), second.ascent()
        self._elide_first = lru_cache(_ELIDED_KEPT)(lambda text, width: first.elidedText(text, _RIGHT, width))
        self._elide_second = lru_cache(_ELIDED_KEPT)(lambda text, width: second.elidedText(text, _RIGHT, width))
        self._colours = _Colours(tokens())
        self._marked_row = -1
        self._some_selected = False
        self.hovered_row = -1

    def begin(self) -> None:
        """Look once per painting at what is the same for all cells."""
        table = tokens()
        if table is not self._colours.table:
            self._colours = _Colours(table)
        self._marked_row = self._view.currentIndex().row() if self._view.hasFocus() else -1
        self._some_selected = self._view.selectionModel().hasSelection()

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours, rect = self._colours, option.rect
        place, column = index.row(), index.column()
        if self._some_selected and option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colours.selected)
        elif place == self.hovered_row:
            painter.fillRect(rect, colours.hover)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colours.line)
        if place == self._marked_row and self._view.horizontalHeader().visualIndex(column) == 0:
            painter.fillRect(rect.left(), rect.top(), _MARK, rect.height() - 1, colours.accent)
        row = self._model.row_at(place)
        if row is not None:
            self._cell(painter, rect.adjusted(PADDING, 0, -PADDING, -1), self._model.columns[column], row)
        elif column == 0:
            painter.setPen(colours.ink3)
            painter.drawText(rect.adjusted(PADDING, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, PLACEHOLDER)

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._view.columnWidth(index.column()), self._view.rowHeight(index.row()))

    @override
    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Show the hint only where something is elided."""
        row = self._model.row_at(index.row())
        if row is None or self.wanted_width(self._model.columns[index.column()], row) <= option.rect.width():
            QToolTip.hideText()
            return True
        return super().helpEvent(event, view, option, index)

    def wanted_width(self, column: Column, row: Any) -> int:
        """Return how wide a cell would have to be to show everything."""
        text = self._first_metrics.horizontalAdvance(column.text(row)) if column.text is not None else 0
        below = self._second_metrics.horizontalAdvance(column.secondary(row)) if column.secondary is not None else 0
        chip = column.chip(row) if column.chip is not None else None
        return max(text, below, chip_width(chip) if chip is not None else 0) + 2 * PADDING + 1

    def _cell(self, painter: QPainter, space: QRect, column: Column, row: Any) -> None:
        chip = column.chip(row) if column.chip is not None else None
        first = column.text(row) if column.text is not None else ""
        second = column.secondary(row) if column.secondary is not None else ""
        if chip is not None and second and not first:
            self._chip_above(painter, space, chip, second)
            return
        if chip is not None:
            space = self._chip(painter, space, column, chip, alone=not first)
        if column.bar is not None:
            paint_bar(painter, space, first, column.bar(row), self._first)
        elif second and first:
            self._two_lines(painter, space, column, (first, second), row)
        elif first or second:
            painter.setFont(self._first)
            painter.setPen(self._colours.ink if first else self._colours.ink2)
            shown = self._elide_first(first or second, space.width())
            self._mark(painter, space, column, row, shown, self._first_metrics)
            height = self._first_metrics.height()
            middle = QRect(space.left(), space.top() + (space.height() - height) // 2, space.width(), height)
            self._draw(painter, middle, column, shown, self._first_ascent)

    def _chip(self, painter: QPainter, space: QRect, column: Column, chip: Chip, *, alone: bool) -> QRect:
        width = min(chip_width(chip), space.width())
        left = space.left() if alone and column.align == "left" else space.right() + 1 - width
        paint_chip(painter, QRectF(left, space.center().y() - HEIGHT / 2 + 1, width, HEIGHT), chip)
        return space.adjusted(0, 0, -width - PADDING, 0)

    def _chip_above(self, painter: QPainter, space: QRect, chip: Chip, below: str) -> None:
        """A chip in the place of the first line, words in the second."""
        lower = self._second_metrics.height()
        top = space.top() + (space.height() - HEIGHT - lower - _LINE_GAP) // 2
        paint_chip(painter, QRectF(space.left(), top, min(chip_width(chip), space.width()), HEIGHT), chip)
        painter.setFont(self._second)
        painter.setPen(self._colours.ink2)
        line = QRect(space.left(), top + HEIGHT + _LINE_GAP, space.width(), lower)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, self._elide_second(below, space.width()))

    def _two_lines(self, painter: QPainter, space: QRect, column: Column, lines: tuple[str, str], row: Any) -> None:
        upper, lower = self._first_metrics.height(), self._second_metrics.height()
        top = space.top() + (space.height() - upper - lower - _LINE_GAP) // 2
        painter.setFont(self._first)
        painter.setPen(self._colours.ink)
        shown = self._elide_first(lines[0], space.width())
        above = QRect(space.left(), top, space.width(), upper)
        self._mark(painter, above, column, row, shown, self._first_metrics)
        self._draw(painter, above, column, shown, self._first_ascent)
        painter.setFont(self._second)
        painter.setPen(self._colours.ink2)
        below = QRect(QPoint(space.left(), top + upper + _LINE_GAP), QSize(space.width(), lower))
        shown = self._elide_second(lines[1], space.width())
        self._mark(painter, below, column, row, shown, self._second_metrics)
        self._draw(painter, below, column, shown, self._second_ascent)

    @staticmethod
    def _draw(painter: QPainter, line: QRect, column: Column, shown: str, ascent: int) -> None:
        """Draw one elided line; from its baseline, which spares Qt the laying out of a text, where it begins at the left."""
        if column.align == "left":
            painter.drawText(line.left(), line.top() + ascent, shown)
        else:
            painter.drawText(line, column.flag, shown)

    def _mark(
        self, painter: QPainter, line: QRect, column: Column, row: Any, shown: str, metrics: QFontMetrics
    ) -> None:
        """Paint what was searched for behind the letters of a left-aligned line."""
        if column.marks is None or column.align != "left":
            return
        height = metrics.height()
        top = line.top() + (line.height() - height) // 2
        for start, end in column.marks(row, shown):
            left = metrics.horizontalAdvance(shown[:start])
            width = metrics.horizontalAdvance(shown[:end]) - left
            painter.fillRect(line.left() + left, top, width, height, self._colours.marked)

"""The record table: two-line rows, chips, columns that are remembered, copying to Excel, a menu, and an empty state."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget
from typing_extensions import override

from ui.shared.empty_state import EmptyState
from ui.shared.tables.column_menu import column_menu, pop_up
from ui.shared.tables.columns import Column
from ui.shared.tables.record_model import RecordModel
from ui.shared.tables.table_copy import clipboard_rows
from ui.shared.tables.table_delegate import RecordDelegate
from ui.shared.tables.table_layout import restore_layout, save_layout, share_width
from ui.shared.theme.icons import icon
from ui.shared.theme.tokens import ROW_ONE_LINE, ROW_TWO_LINES

_SAVE_AFTER_MS = 400
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RecordTable(QTableView):
    """Shows a RecordModel. Ids travel as objects, never as positions."""

    row_activated = Signal(object)
    current_changed = Signal(object)
    sort_requested = Signal(str, bool)

    def __init__(self, model: RecordModel, *, name: str, settings_file: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._records = model
        self._name = name
        self._file = settings_file
        self._shown_id: object = None
        self._kept_id: object = None
        self._sort: tuple[str, bool] | None = None
        self._sized_by_hand = False
        self._empty: EmptyState | None = None
        self._saving = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._painter = RecordDelegate(self, model)
        self._build()
        self._build_header()
        self._connect()

    @property
    def sort(self) -> tuple[str, bool] | None:
        """Return the sort key and whether it ascends, or None for the source's own order."""
        return self._sort

    def set_sort(self, key: str, ascending: bool) -> None:
        """Show the sort mark at a column without asking for a new order."""
        for place, column in enumerate(self._records.columns):
            if column.sort_key == key:
                self._sort = (key, ascending)
                order = Qt.SortOrder.AscendingOrder if ascending else Qt.SortOrder.DescendingOrder
                self.horizontalHeader().setSortIndicator(place, order)

    def set_empty_state(
        self, icon_name: str, title: str, text: str, action_label: str = "", action: Callable[[], None] | None = None
    ) -> None:
        """Say what to do when there is nothing to list."""
        if self._empty is not None:
            self._empty.hide()
            self._empty.deleteLater()
        self._empty = EmptyState(icon_name, title, text, action_label, action, self.viewport())
        self._show_empty()

    def add_action(self, text: str, fn: Callable[[], None], icon_name: str = "", shortcut: str = "") -> QAction:
        """Add an entry to the right-click menu; `fn` works on `current_id()` or `selected_ids()`."""
        action = QAction(icon(icon_name), text, self) if icon_name else QAction(text, self)
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: fn())
        self.addAction(action)
        return action

    def current_id(self) -> Any | None:
        """Return the id of the current row, or None."""
        return self._records.id_at(self.currentIndex()) if self.currentIndex().isValid() else None

    def selected_ids(self) -> list[Any]:
        """Return the ids of the selected rows, from top to bottom."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._records.id_at(place) for place in places]

    def select_id(self, record_id: object) -> bool:
        """Make a record the current row and bring it into view. False when it is not in the table."""
        place = self._records.position_of(record_id)
        if place is None:
            return False
        self.selectRow(place)
        self.scrollTo(self._records.index(place, self.currentIndex().column()))
        return True

    def select_first(self) -> None:
        """Make the first row current, when there is one and no other is."""
        if self.current_id() is None and self._records.rowCount() > 0:
            self.selectRow(0)

    def visible_columns(self) -> list[Column]:
        """Return the columns that are not hidden, in the order shown."""
        header = self.horizontalHeader()
        places = sorted(range(len(self._records.columns)), key=header.visualIndex)
        return [self._records.columns[place] for place in places if not header.isSectionHidden(place)]

    def copy_selection(self) -> None:
        """Put the selected rows on the clipboard, for Excel."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        rows = [row for row in map(self._records.row_at, places) if row is not None]
        if rows:
            QGuiApplication.clipboard().setMimeData(clipboard_rows(self.visible_columns(), rows))

    def _build(self) -> None:
        self.setModel(self._records)
        self.setAccessibleName(f"Tabel: {', '.join(column.title for column in self._records.columns)}")
        self.setItemDelegate(self._painter)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        two_lines = any(column.secondary is not None for column in self._records.columns)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_TWO_LINES if two_lines else ROW_ONE_LINE)

    def _build_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(56)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSectionsClickable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        for place, column in enumerate(self._records.columns):
            header.resizeSection(place, column.width)
            header.setSectionHidden(place, column.hidden)
        self._sized_by_hand = restore_layout(header, self._records.columns, self._file, self._name)

    def _connect(self) -> None:
        header = self.horizontalHeader()
        header.sectionClicked.connect(self._on_header_clicked)
        header.sectionMoved.connect(lambda *_: self._saving.start())
        header.sectionResized.connect(self._on_section_resized)
        header.sectionHandleDoubleClicked.connect(self._fit_to_content)
        header.customContextMenuRequested.connect(self._open_column_menu)
        self._saving.timeout.connect(self._save)
        self._records.modelAboutToBeReset.connect(self._keep_current)
        self._records.modelReset.connect(self._bring_back_current)
        self._records.loaded.connect(lambda _count: self._show_empty())
        self.selectionModel().currentRowChanged.connect(lambda *_: self._tell_current())
        self.doubleClicked.connect(lambda index: self.row_activated.emit(self._records.id_at(index)))
        self.entered.connect(self._on_entered)

    def _on_header_clicked(self, place: int) -> None:
        key = self._records.columns[place].sort_key
        if key is None:
            self._restore_sort_mark()
            return
        ascending = self._sort != (key, True)
        self.set_sort(key, ascending)
        self.sort_requested.emit(key, ascending)

    def _restore_sort_mark(self) -> None:
        if self._sort is None:
            self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        else:
            self.set_sort(*self._sort)

    def _on_section_resized(self, place: int, old: int, new: int) -> None:
        if self.horizontalHeader().underMouse() and QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._sized_by_hand = True
            self._saving.start()

    def _on_entered(self, index: QModelIndex) -> None:
        if index.row() != self._painter.hovered_row:
            self._painter.hovered_row = index.row()
            self.viewport().update()

    def _fit_to_content(self, place: int) -> None:
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        shown = range(max(first, 0), (last if last >= 0 else self._records.rowCount() - 1) + 1)
        rows = [row for row in map(self._records.row_at, shown) if row is not None]
        column = self._records.columns[place]
        widths = [self._painter.wanted_width(column, row) for row in rows]
        self.setColumnWidth(place, max([*widths, 56]))
        self._sized_by_hand = True
        self._saving.start()

    def _open_column_menu(self, point: QPoint) -> None:
        pop_up(self._column_menu(self), self.horizontalHeader().mapToGlobal(point))

    def _column_menu(self, parent: QWidget) -> QMenu:
        return column_menu(self.horizontalHeader(), self._records.columns, self._show_column, parent)

    def _show_column(self, place: int, shown: bool) -> None:
        self.horizontalHeader().setSectionHidden(place, not shown)
        self._fit_columns()
        self._save()

    def _save(self) -> None:
        save_layout(self.horizontalHeader(), self._records.columns, self._file, self._name)

    def _keep_current(self) -> None:
        self._kept_id = self.current_id()

    def _bring_back_current(self) -> None:
        self._painter.hovered_row = -1
        if self._kept_id is not None:
            self.select_id(self._kept_id)
        self._tell_current()
        self._show_empty()

    def _tell_current(self) -> None:
        current = self.current_id()
        if current != self._shown_id:
            self._shown_id = current
            self.current_changed.emit(current)

    def _show_empty(self) -> None:
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().rect())
            self._empty.setVisible(self._records.rowCount() == 0 and self._records.settled)

    def _fit_columns(self) -> None:
        """Share the width among the columns, as long as the clerk has not sized them by hand."""
        if not self._sized_by_hand:
            share_width(self.horizontalHeader(), self._records.columns, self.viewport().width())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._painter.begin()
        super().paintEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()
        self._show_empty()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._painter.hovered_row = -1
        self.viewport().update()
        super().leaveEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.key() in _ENTER and self.current_id() is not None:
            self.row_activated.emit(self.current_id())
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.addActions(self.actions())
        menu.addSeparator()
        copying = menu.addAction(icon("copy"), "Salin untuk Excel\tCtrl+C", self.copy_selection)
        copying.setEnabled(bool(self.selected_ids()))
        menu.addMenu(self._column_menu(menu))
        pop_up(menu, event.globalPos())

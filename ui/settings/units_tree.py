"""The tree of units as the clerk corrects it: drag a unit onto the one it belongs below, or between two to put it at the top."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem
from typing_extensions import override

from asn_desk.office.units import CLOSED, UnitNode
from ui.shared.theme.icons import icon

_NODE = int(Qt.ItemDataRole.UserRole)


class UnitTree(QTreeWidget):
    """Shows all units. It never moves one by itself: it asks, and is filled anew when the move is stored."""

    moved = Signal(object, object)  # the unit dragged, the unit it was dropped on (None: to the top)
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName("Susunan unit kerja")
        self._items: dict[int, QTreeWidgetItem] = {}
        self.currentItemChanged.connect(lambda item, _before: self.chosen.emit(item and item.data(0, _NODE)))

    def fill(self, nodes: Sequence[UnitNode]) -> None:
        """Show these units, parents before children; what was open stays open, the chosen unit stays chosen."""
        opened = {key for key, item in self._items.items() if item.isExpanded()} or {
            node.id for node in nodes if node.depth == 0
        }
        current = self.current()
        with QSignalBlocker(self):
            self.clear()
            self._items = {}
            for node in nodes:
                parent = self._items.get(node.parent_id) if node.parent_id is not None else None
                self._items[node.id] = self._item(node, parent)
        for key in opened & set(self._items):
            self._items[key].setExpanded(True)
        self.select(current.id if current is not None else None)

    def current(self) -> UnitNode | None:
        """Return the chosen unit."""
        item = self.currentItem()
        node = item.data(0, _NODE) if item is not None else None
        return node if isinstance(node, UnitNode) else None

    def select(self, unit_id: int | None) -> None:
        """Choose a unit and bring it into view; None or an unknown one chooses the first."""
        item = self._items.get(unit_id) if unit_id is not None else None
        chosen: QTreeWidgetItem | None = item if item is not None else self.topLevelItem(0)
        if chosen is not None:
            self.setCurrentItem(chosen)
            self.scrollToItem(chosen)
        else:
            self.chosen.emit(None)

    def show_matching(self, text: str) -> None:
        """Show only the units whose name has the text, and those above them."""
        wanted = text.casefold().strip()
        for item in self._items.values():
            item.setHidden(bool(wanted))
        for item in self._items.values():
            if wanted and wanted in item.text(0).casefold():
                above: QTreeWidgetItem | None = item
                while above is not None:
                    above.setHidden(False)
                    above.setExpanded(above is not item or above.isExpanded())
                    above = above.parent()

    def ask_move(self, unit: UnitNode, onto: UnitNode | None) -> None:
        """Ask for a move, as dropping does."""
        if onto is None or onto.id not in (unit.id, unit.parent_id):
            self.moved.emit(unit, onto)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the move instead of making it; the tree is filled again once it is stored."""
        unit, target = self.current(), self._target(event)
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if unit is not None:
            self.ask_move(unit, target)

    def _target(self, event: QDropEvent) -> UnitNode | None:
        index: QModelIndex | QPersistentModelIndex = self.indexAt(event.position().toPoint())
        place = self.dropIndicatorPosition()
        item = self.itemFromIndex(index)
        if place is QAbstractItemView.DropIndicatorPosition.OnViewport:
            return None
        at: QTreeWidgetItem | None = item
        if at is not None and place is not QAbstractItemView.DropIndicatorPosition.OnItem:
            at = at.parent()
        node = at.data(0, _NODE) if at is not None else None
        return node if isinstance(node, UnitNode) else None

    def _item(self, node: UnitNode, parent: QTreeWidgetItem | None) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent) if parent is not None else QTreeWidgetItem(self)
        closed = "" if node.active else CLOSED
        waiting = " · belum punya OPD" if node.opd_id is None and node.depth else ""
        item.setText(0, f"{node.name}{closed}{waiting}")
        item.setIcon(0, icon("building" if node.opd_id == node.id else "folder"))
        item.setData(0, _NODE, node)
        item.setToolTip(0, node.name)
        return item

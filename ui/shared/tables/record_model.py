"""The part that all record tables share: columns, roles, what is read aloud. Subclasses say where a row comes from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from typing_extensions import override

from ui.shared.tables.columns import Column, sentence

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_HINT = int(Qt.ItemDataRole.ToolTipRole)
_ANSWERED = frozenset({_DISPLAY, _SPOKEN, _HINT, ROW_ROLE})
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_HEADER_ALIGN = int(Qt.AlignmentFlag.AlignVCenter.value)
PLACEHOLDER = "…"


class RecordModel(QAbstractTableModel):
    """A read-only table of frozen rows."""

    loaded = Signal(int)
    settled = True
    """Whether it is known how many rows there are; before, a table without rows is not yet an empty one."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = list(columns)

    def row_at(self, index: Index | int) -> Any | None:
        """Return the row at an index or position, or None while it is being read."""
        raise AssertionError("subclasses answer")

    def id_at(self, index: Index | int) -> Any | None:
        """Return the row's id, or None outside the table."""
        raise AssertionError("subclasses answer")

    def position_of(self, record_id: object) -> int | None:
        """Return at which position an id stands, or None when it is not in the table."""
        raise AssertionError("subclasses answer")

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if role not in _ANSWERED or not index.isValid():
            return None
        row = self.row_at(index)
        if role == ROW_ROLE:
            return row
        if row is None:
            return PLACEHOLDER if role == _DISPLAY and index.column() == 0 else None
        if role == _SPOKEN:
            return sentence(self.columns, row)
        column = self.columns[index.column()]
        return column.plain(row) if role == _DISPLAY else full_text(column, row)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == _DISPLAY:
            return self.columns[section].title
        if role == _ALIGN:
            return _HEADER_ALIGN | int(self.columns[section].flag.value)
        return None


def full_text(column: Column, row: Any) -> str:
    """Return both lines of a cell, for the hint that shows what was elided."""
    lines = [column.plain(row), column.secondary(row) if column.secondary is not None else ""]
    return "\n".join(line for line in lines if line)


def position(index: Index | int) -> int:
    """Return the row number of an index or of a plain number."""
    return index if isinstance(index, int) else index.row()

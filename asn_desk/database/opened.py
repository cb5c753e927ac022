"""The files under an open SQLite database are still the ones that were opened.

On Linux a folder can be renamed, a database replaced or its log deleted while the program has it open. SQLite then goes
on writing into files that nobody will ever find again. A few calls of stat at each begin and commit prevent that.
"""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.pool import ConnectionPoolEntry

from asn_desk.errors import EnvironmentProblem

_INFO = "asn_desk.opened"
Identity = tuple[int, int]


def guard(engine: Engine, database: Path) -> None:
    """Let every unit of work on this engine check at begin and commit that its files stand where they stood.

    Call after all other `connect` listeners are set: the log must exist by then. Checks raise EnvironmentProblem("data_moved").
    """
    opened = _Opened(database)
    event.listen(engine, "do_connect", opened.before_connect)
    event.listen(engine, "connect", opened.on_connect)
    event.listen(engine, "begin", opened.check)
    event.listen(engine, "commit", opened.check)
    event.listen(engine, "engine_disposed", opened.on_disposed)


class _Opened:
    """What one engine has open: the database file, and per connection the log files beside it."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.logs = tuple(database.with_name(database.name + suffix) for suffix in ("-wal", "-shm"))
        self.known: Identity | None = None

    def before_connect(self, _dialect: Dialect, _record: ConnectionPoolEntry, _args: object, _more: object) -> None:
        """Refuse a second connection to a file that is gone or another one: SQLite would make a new, empty one."""
        if self.known is not None and _identity(self.database) != self.known:
            raise _moved(self.database)

    def on_connect(self, _connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        """Remember what this connection opened."""
        if self.known is None:
            self.known = _identity(self.database)
        record.info[_INFO] = (self.known, *map(_identity, self.logs))

    def check(self, connection: Connection) -> None:
        """Raise EnvironmentProblem("data_moved") unless this connection's files are still in their place."""
        opened = connection.info.get(_INFO, ())
        for file, known in zip((self.database, *self.logs), opened, strict=False):
            if known is not None and _identity(file) != known:
                raise _moved(self.database)

    def on_disposed(self, _engine: Engine) -> None:
        """All connections were given up, so a restore may put another database in place."""
        self.known = None


def _identity(file: Path) -> Identity | None:
    try:
        found = os.stat(file)  # noqa: PTH116 - twice as fast, and asked at every unit of work
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _moved(database: Path) -> EnvironmentProblem:
    return EnvironmentProblem(
        "data_moved",
        f"Folder data {database.parent} dipindah, diganti nama, atau isinya diganti selagi ASN Desk terbuka. "
        "Perubahan terakhir tidak tersimpan. Tutup ASN Desk, kembalikan folder itu seperti semula, lalu buka lagi.",
    )

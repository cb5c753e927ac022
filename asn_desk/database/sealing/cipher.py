"""Opening a database file, encrypted (SQLCipher) or not; which of the two its first bytes say.

A plain file never loads the encryption library. An encrypted one opens when this process holds its key (`keys.hold`).
"""

from __future__ import annotations

import importlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from asn_desk.database.sealing import keys, keys_file, sealed
from asn_desk.database.sealing.keys import MARK_BYTES, DataKey
from asn_desk.errors import DeskError

_PLAIN = b"SQLite format 3\0"
_LIBRARY = "sqlcipher3"
CACHE_KB = 64_000


_in_use: dict[tuple[int, int], bytes | None] = {}


class Use:
    """The files that one engine has open at its path, with their mark: known here without opening them besides."""

    def __init__(self, database: Path) -> None:
        self._database, self._mark = database, mark_of(database)
        self._files = set[tuple[int, int]]()

    def begin(self, _connection: object, _record: object) -> None:
        """A connection was made."""
        identity = _identity(self._database)
        if identity is not None:
            self._files.add(identity)
            _in_use[identity] = self._mark

    def end(self, _engine: object) -> None:
        """All connections were given up; the files may be read again."""
        for identity in self._files:
            _in_use.pop(identity, None)
        self._files.clear()


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def mark_of(database: Path) -> bytes | None:
    """Return the mark of an encrypted database file; None for a plain, empty or missing one.

    A file that an engine has open is never read here: closing it again would take SQLite's locks away (POSIX).
    """
    identity = _identity(database)
    if identity is not None and identity in _in_use:
        return _in_use[identity]
    try:
        with database.open("rb") as stream:
            head = stream.read(MARK_BYTES)
    except OSError:  # SQLite itself finds the words for it
        return None
    return None if len(head) < MARK_BYTES or head == _PLAIN else head


def key_of(database: Path) -> DataKey | None:
    """Return the key that this process holds for the file; None for a plain file and for one that is locked."""
    mark = mark_of(database)
    return None if mark is None else keys.held(mark)


def is_locked(database: Path) -> bool:
    """Return whether the file waits for a password or the recovery sheet. Raises DeskError("key_file_missing" | …)."""
    mark = mark_of(database)
    return mark is not None and keys.held(mark) is None and _has_key_file(database.parent, mark)


def is_encrypted(database: Path) -> bool:
    """Return whether the file is an encrypted database, locked or not; a damaged file is none. Raises as `is_locked`."""
    return key_of(database) is not None or is_locked(database)


def _has_key_file(folder: Path, mark: bytes) -> bool:
    """Return whether the folder's key file belongs to a database with this mark; no key file and no sealed file: damaged."""
    if keys_file.load(folder, mark) is not None:
        return True
    if keys_file.load(folder) is None and sealed.any_in(folder / "berkas"):
        raise DeskError(
            "key_file_missing",
            f"Data di {folder} terenkripsi, tetapi berkas kuncinya ({keys_file.KEY_NAME}) hilang. Ambil {keys_file.KEY_NAME} "
            "dari cadangan terakhir, letakkan di folder itu, lalu buka lagi. Data kantor tidak tersentuh.",
        )
    return False


def locked(folder: Path) -> DeskError:
    """Return the refusal of data that nobody has unlocked yet."""
    return DeskError(
        "data_locked",
        f"Data di {folder} terenkripsi dan masih terkunci. Masuk dengan nama dan kata sandi, lalu ulangi.",
    )


def library() -> Any:
    """Return the encryption library's database module. Raises DeskError("no_encryption") where it is not installed."""
    try:
        return importlib.import_module(f"{_LIBRARY}.dbapi2")
    except ImportError as error:
        raise DeskError(
            "no_encryption",
            "Data ini memerlukan komponen enkripsi yang tidak ada pada pemasangan ini. Pasang ulang ASN Desk.",
        ) from error


def connect(database: Path, uri: str | None = None, **options: Any) -> sqlite3.Connection:
    """Return a connection to a database file; `uri` and `options` as for sqlite3.connect, `?mode=ro` and the like included.

    Of an encrypted file the connection is SQLCipher's, which works the same way; its errors become sqlite3's inside `plain_errors`.
    Raises DeskError("data_locked" | "key_file_missing" | "no_encryption").
    """
    address = uri or str(database)
    mark = mark_of(database)
    key = None if mark is None else keys.held(mark)
    if key is not None:
        return opened(address, key, uri=uri is not None, **options)
    if is_locked(database):
        raise locked(database.parent)
    plain: sqlite3.Connection = sqlite3.connect(address, uri=uri is not None, **options)
    return plain


def connect_copy(database: Path, like: Path) -> sqlite3.Connection:
    """Return a connection to a new database file, encrypted just as the one that it is to be a copy of."""
    key = key_of(like)
    return sqlite3.connect(database) if key is None else opened(str(database), key)


def opened(address: str, key: DataKey, **options: Any) -> sqlite3.Connection:
    """Return a connection to a database, existing or new, under this key."""
    connection = library().connect(address, **options)
    for pragma in (
        "cipher_log_level = NONE",  # what goes wrong is raised; it must not go to the error channel as well
        f"key = {raw_key(key)}",
        f"cache_size = -{CACHE_KB}",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}").close()
    return cast("sqlite3.Connection", connection)


def raw_key(key: DataKey) -> str:
    """Return the key as SQLCipher takes it without deriving anything: 32 bytes and the 16 of the mark, hexadecimal, quoted."""
    return f"\"x'{key.database.hex()}{key.mark.hex()}'\""


def named_rows(connection: sqlite3.Connection) -> None:
    """Let the rows of a connection be read by column name."""
    encrypted = not isinstance(connection, sqlite3.Connection)
    connection.row_factory = library().Row if encrypted else sqlite3.Row


@contextmanager
def plain_errors() -> Iterator[None]:
    """Let errors of the encryption library inside come out as those of sqlite3 by the same name."""
    try:
        yield
    except Exception as error:
        if not type(error).__module__.startswith(_LIBRARY):
            raise
        raise getattr(sqlite3, type(error).__name__, sqlite3.DatabaseError)(*error.args) from error

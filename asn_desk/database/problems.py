"""Database trouble that is the PC's, not the program's, in words for the clerk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError, DBAPIError

from asn_desk.errors import EnvironmentProblem

_FULL = "Ruang disk di {where} habis. Kosongkan ruang, lalu ulangi. Perubahan terakhir tidak tersimpan."
_READ_ONLY = "Basis data di {where} hanya bisa dibaca. Minta izin tulis untuk folder itu, lalu ulangi."
_LOCKED = "Basis data di {where} sedang dipakai program lain. Tutup program itu, lalu ulangi."
_NOT_OPENED = "Basis data di {where} tidak dapat dibuka. Periksa folder dan izinnya, lalu ulangi."
_IO_ERROR = "Disk tempat {where} melaporkan kesalahan. Salin cadangan ke tempat lain dan periksa disk itu."
_DAMAGED = "Basis data di {where} rusak. Jangan lanjutkan bekerja; pulihkan dari cadangan terakhir."
_NO_DATABASE = (
    "Basis data di {where} rusak atau bukan basis data. Jangan lanjutkan bekerja; pulihkan dari cadangan terakhir."
)
_SERVER_FULL = "Disk server basis data penuh. Hubungi pengelola server. Perubahan terakhir tidak tersimpan."
_SERVER_AWAY = (
    "Server basis data tidak dapat dihubungi atau hubungannya terputus. Perubahan terakhir mungkin belum tersimpan. "
    "Periksa jaringan, lalu muat ulang dan periksa sebelum mengulang."
)
_SERVER_REFUSED = (
    "Server basis data menolak nama pengguna atau kata sandi. Hubungi pengelola server untuk memeriksa pengaturannya."
)
_SERVER_BUSY = "Pengguna lain sedang mengubah data yang sama di server. Perubahan Anda belum tersimpan; ulangi."

_KNOWN = (
    ("disk is full", "disk_full", _FULL),
    ("readonly database", "read_only", _READ_ONLY),
    ("database is locked", "locked", _LOCKED),
    ("database table is locked", "locked", _LOCKED),
    ("locking protocol", "locked", _LOCKED),
    ("unable to open", "cannot_open", _NOT_OPENED),
    ("disk i/o error", "disk_error", _IO_ERROR),
    ("malformed", "database_damaged", _DAMAGED),
    ("not a database", "database_damaged", _NO_DATABASE),
    ("no space left on device", "disk_full", _SERVER_FULL),
    ("password authentication failed", "server_refused", _SERVER_REFUSED),
    ("connection refused", "server_unreachable", _SERVER_AWAY),
    ("connection failed", "server_unreachable", _SERVER_AWAY),
    ("connection timeout", "server_unreachable", _SERVER_AWAY),
    ("server closed the connection", "server_unreachable", _SERVER_AWAY),
    ("terminating connection", "server_unreachable", _SERVER_AWAY),
    ("connection is lost", "server_unreachable", _SERVER_AWAY),
    ("connection is closed", "server_unreachable", _SERVER_AWAY),
    ("deadlock detected", "server_busy", _SERVER_BUSY),
    ("lock timeout", "server_busy", _SERVER_BUSY),
)


def explain_operational(error: BaseException, where: Path) -> BaseException:
    """Return an EnvironmentProblem for a known database trouble, else the error itself (a bug).

    After trouble SQLite gives the whole transaction up, and what then fails (a savepoint that is gone) hides the reason:
    therefore the errors behind this one are asked as well.
    """
    behind: BaseException | None = error
    while behind is not None:
        text = str(behind.orig).lower() if isinstance(behind, DBAPIError) else ""
        for part, code, sentence in _KNOWN:
            if part in text:
                return EnvironmentProblem(code, sentence.format(where=where))
        behind = behind.__cause__ or behind.__context__
    return error


def surely_not_stored(error: BaseException) -> bool:
    """Return whether a commit that failed so has stored nothing; after other trouble (a failed sync) nobody knows."""
    told = explain_operational(error, Path())
    return isinstance(told, EnvironmentProblem) and told.code in {"disk_full", "locked", "data_moved"}


@contextmanager
def explained(where: Path) -> Iterator[None]:
    """Let a known database trouble inside come out as EnvironmentProblem."""
    try:
        yield
    except DatabaseError as error:
        told = explain_operational(error, where)
        if told is error:
            raise
        raise told from error

"""One writing process per data folder: an operating system lock, with a note of who holds it."""

from __future__ import annotations

import contextlib
import getpass
import json
import os
import platform
from datetime import datetime
from pathlib import Path
from typing import IO

from asn_desk.database.file_store import disk_problem
from asn_desk.errors import EnvironmentProblem

_LOCKED_BYTE = 1 << 30  # far behind the note, so that others can still read who holds the lock (Windows locks ranges)


class FolderLock:
    """The lock file of a data folder; released by `release` or by the death of the process.

    A clean release empties the note. `untidy` says that the last holder did not get so far: it may have left things behind.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.untidy = False
        self._stream: IO[bytes] | None = None

    def acquire(self) -> None:
        """Take the lock, or raise EnvironmentProblem: "in_use" says who has the folder open, others why it cannot be taken."""
        try:
            stream = self.path.open("r+b" if self.path.exists() else "w+b")
        except OSError as error:
            raise disk_problem(error, self.path.parent) from error
        try:
            _lock(stream)
        except OSError as error:
            note = stream.read(4096)
            stream.close()
            raise EnvironmentProblem("in_use", _who(note, self.path.parent)) from error
        self.untidy = bool(stream.read(1))
        self._stream = stream
        self._write_note(_note())

    def release(self, *, tidy: bool = True) -> None:
        """Give the lock back; harmless when it is not held. `tidy` False: the next holder is to clear away what was left."""
        if self._stream is not None:
            if tidy:
                self._write_note(b"")
            with contextlib.suppress(OSError):  # a full disk refuses the note again when the stream closes
                self._stream.close()
            self._stream = None

    def _write_note(self, note: bytes) -> None:
        assert self._stream is not None
        with contextlib.suppress(OSError):  # the lock holds without its note, also on a full disk
            self._stream.seek(0)
            self._stream.truncate()
            self._stream.write(note)
            self._stream.flush()


def _note() -> bytes:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a system account without a name
        user = "pengguna tanpa nama"
    since = datetime.now().astimezone().isoformat(timespec="minutes")
    note = {"pengguna": user, "komputer": platform.node(), "proses": os.getpid(), "sejak": since}
    return json.dumps(note).encode()


def _who(note: bytes, folder: Path) -> str:
    try:
        holder = json.loads(note)
        since = datetime.fromisoformat(holder["sejak"])
        who = f"oleh {holder['pengguna']} di komputer {holder['komputer']} sejak pukul {since:%H.%M}"
    except (ValueError, KeyError, TypeError):
        who = "oleh program lain"
    return f"Folder data {folder} sedang dibuka {who}. Tutup jendela ASN Desk yang itu, atau pakai jendela yang sudah terbuka."


if os.name == "nt":
    import msvcrt

    def _lock(stream: IO[bytes]) -> None:
        stream.seek(_LOCKED_BYTE)
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        finally:
            stream.seek(0)
else:
    import fcntl

    def _lock(stream: IO[bytes]) -> None:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

"""One writing process per data folder: an operating system lock, with a note of who holds it."""

from __future__ import annotations

import getpass
import json
import os
import platform
from datetime import datetime
from pathlib import Path
from typing import IO

from asn_desk.errors import EnvironmentProblem

_LOCKED_BYTE = 1 << 30  # far behind the note, so that others can still read who holds the lock (Windows locks ranges)


class FolderLock:
    """The lock file of a data folder; released by `release` or by the death of the process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stream: IO[bytes] | None = None

    def acquire(self) -> None:
        """Take the lock or raise EnvironmentProblem("in_use") that says who has the folder open."""
        stream = self.path.open("r+b" if self.path.exists() else "w+b")
        try:
            _lock(stream)
        except OSError as error:
            note = stream.read(4096)
            stream.close()
            raise EnvironmentProblem("in_use", _who(note, self.path.parent)) from error
        self._stream = stream
        self._write_note(stream)

    def release(self) -> None:
        """Give the lock back; harmless when it is not held."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def _write_note(self, stream: IO[bytes]) -> None:
        note = {
            "pengguna": getpass.getuser(),
            "komputer": platform.node(),
            "proses": os.getpid(),
            "sejak": datetime.now().astimezone().isoformat(timespec="minutes"),
        }
        stream.seek(0)
        stream.truncate()
        stream.write(json.dumps(note).encode())
        stream.flush()


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

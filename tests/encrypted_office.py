"""An office with accounts, a person and a stored paper, plain and encrypted, and what the end of the process does to its key."""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from asn_desk.accounts import recovery
from asn_desk.accounts.queries import UserRow, users
from asn_desk.accounts.recovery_acts import encrypt
from asn_desk.accounts.terms import Role
from asn_desk.database import files
from asn_desk.database.sealing import keys, keys_file
from asn_desk.desk import Desk, open_desk
from tests.accounts_office import NAMES, PASSWORD, SECOND_ADMINISTRATOR, open_accounts
from tests.factories import add_employee, add_unit

ADMINISTRATOR = NAMES[Role.ADMINISTRATOR]
OPERATOR = NAMES[Role.OPERATOR]
CODE = "-".join(group + recovery._check_sign(place, group) for place, group in enumerate(["AB12"] * recovery.GROUPS))
TYPED = {place: group for place, group in enumerate(recovery.groups(CODE)) if place in (1, 6)}
SECRET = "Cendrawasih Nirmala"
UNIT = "Dinas Rahasia"
PAPER = b"surat untuk Cendrawasih Nirmala " * 9000
OTHER_PASSWORD = "laut biru tanpa ombak"
CHEAP = {"_PASSES": 1, "_MEMORY_KB": 64, "_LANES": 1}
WORDS = (SECRET, *NAMES.values(), SECOND_ADMINISTRATOR, UNIT, PASSWORD, OTHER_PASSWORD, CODE)


def derive_cheaply(patch: pytest.MonkeyPatch) -> None:
    """Let keys cost next to nothing; one test looks at the real cost."""
    for name, value in CHEAP.items():
        patch.setattr(keys_file, name, value)


def forget() -> None:
    """Do what the end of the process does."""
    keys._open.clear()


def fill(session: Any) -> str:
    """Enter the person and the paper."""
    unit = add_unit(session, UNIT)
    add_employee(session, name=SECRET, unit_id=unit.id)
    return files.store(session, PAPER, files.PDF)


def furnish(root: Path) -> None:
    """Make a plain office with a plain backup of a migrated folder."""
    desk = open_desk(root)
    desk.write(open_accounts)
    desk.maintain(fill)
    desk.sign_in(ADMINISTRATOR, PASSWORD)
    desk.backup()
    desk.close()


def shut(root: Path) -> None:
    """Encrypt such an office; its key is not held afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        derive_cheaply(patch)
        desk = signed_in(root)
        encrypt(desk, PASSWORD, CODE, TYPED)
        desk.close()
    forget()


def signed_in(root: Path) -> Desk:
    """Open an office as its administrator."""
    desk = open_desk(root)
    desk.sign_in(ADMINISTRATOR, PASSWORD)
    return desk


def reopened(desk: Desk) -> Desk:
    """Close an office, end the process, and open it again: locked."""
    root = desk.paths.root
    desk.close()
    forget()
    return open_desk(root)


def people(desk: Desk) -> list[UserRow]:
    return desk.read(users)


def row_of(desk: Desk, name: str) -> UserRow:
    return next(row for row in people(desk) if row.name == name)


def paper_hash() -> str:
    return hashlib.sha256(PAPER).hexdigest()


def paper_of(desk: Desk) -> bytes:
    return desk.read(lambda session: files.fetch(session, paper_hash()))


def readable(file: Path, words: Iterable[str] = WORDS) -> bool:
    """Return whether a file, unpacked where it is a zip or gzip, holds one of the words, however large its letters."""
    wanted = [word.lower().encode() for word in words]
    return any(word in data for data in contents(file.read_bytes()) for word in wanted)


def contents(data: bytes) -> Iterator[bytes]:
    """Yield some bytes in small letters, and what is packed in them."""
    yield data.lower()
    if data.startswith(b"\x1f\x8b"):
        yield from contents(gzip.decompress(data))
    elif data.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from contents(archive.read(name))


def readable_below(folder: Path, words: Iterable[str] = WORDS) -> list[str]:
    """Return the names of the files in a folder that hold one of the words."""
    return [file.name for file in folder.rglob("*") if file.is_file() and readable(file, words)]

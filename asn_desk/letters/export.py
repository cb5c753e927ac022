"""Copies of issued letters for a folder of the clerk's choice."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.database.file_store import disk_problem, write_durably
from asn_desk.errors import DeskError
from asn_desk.letters.queries import letter_detail, stored_docx, stored_pdf

DEFAULT_PATTERN = "{tanggal} {jenis} {nama}"
TOKENS = ("tanggal", "jenis", "nama", "nip", "nomor", "id")
MAX_NAME = 120
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def save_copy(session: Session, letter_id: int, folder: Path, pattern: str = DEFAULT_PATTERN) -> list[Path]:
    """Write the issued Word file and PDF into a folder and return their paths; files of that name are never overwritten.

    `pattern` may use {tanggal} {jenis} {nama} {nip} {nomor} {id}. Both files are whole or absent.
    Raises DeskError("file_pattern" | "letter_missing" | "letter_secret" | "not_allowed") and EnvironmentProblem.
    """
    require(session, Action.EXPORT)
    letter = letter_detail(session, letter_id)
    named = NameWords(letter.id, letter.kind_title, letter.dated, letter.number, letter.data, letter.confidential)
    stem = file_stem(named, pattern)
    contents = {".docx": stored_docx(session, letter_id), ".pdf": stored_pdf(session, letter_id)}
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free = _free_stem(folder, stem, contents)
        for ending, data in contents.items():
            target = folder / f"{free}{ending}"
            if not target.exists():
                write_durably(target, data)
                written.append(target)
    except OSError as error:
        for target in written:
            target.unlink(missing_ok=True)
        raise disk_problem(error, folder) from error
    return [folder / f"{free}{ending}" for ending in contents]


@dataclass(frozen=True)
class NameWords:
    """What a letter's file may be named after; that of a `confidential` one carries id and number alone."""

    letter_id: int
    kind_title: str
    dated: date
    number: str
    data: Mapping[str, Any]
    confidential: bool = False


def file_stem(letter: NameWords, pattern: str) -> str:
    """Return the file name without its ending, safe on Windows. Raises DeskError("file_pattern").

    Whatever the pattern, the name of a confidential letter tells nobody whom or what it is about.
    """
    check_pattern(pattern)
    if letter.confidential:
        return _safe(f"surat-{letter.letter_id} {letter.number}")
    person = letter.data.get("pegawai", {})
    words = {
        "tanggal": letter.dated.isoformat(),
        "jenis": letter.kind_title,
        "nama": person.get("nama", ""),
        "nip": person.get("nomor", "").replace(" ", ""),
        "nomor": letter.number,
        "id": str(letter.letter_id),
    }
    safe = _safe(pattern.format_map(words))
    return f"surat-{letter.letter_id}" if not safe or _RESERVED.fullmatch(safe) else safe


def _safe(name: str) -> str:
    return " ".join(_UNSAFE.sub("-", name).split()).strip(" .-")[:MAX_NAME].strip(" .-")


def check_pattern(pattern: str) -> None:
    """Refuse a file-name pattern with unknown words. Raises DeskError("file_pattern")."""
    try:
        fields = {(name, extra, how) for _, name, extra, how in string.Formatter().parse(pattern) if name is not None}
    except ValueError:
        fields = {("", "", None)}
    if any(name not in TOKENS or extra or how for name, extra, how in fields):
        known = ", ".join(f"{{{token}}}" for token in TOKENS)
        sentence = f"Pola nama berkas tidak dapat dipakai. Yang dikenal: {known}."
        raise DeskError("file_pattern", sentence, fields={"pattern": sentence})


def _free_stem(folder: Path, stem: str, endings: dict[str, bytes]) -> str:
    """Return the stem, or the first with a number behind it, under which the folder has neither file (or the same ones)."""
    count = 1
    while True:
        name = stem if count == 1 else f"{stem} ({count})"
        if not any(_differs(folder / f"{name}{ending}", data) for ending, data in endings.items()):
            return name
        count += 1


def _differs(path: Path, data: bytes) -> bool:
    return path.exists() and path.read_bytes() != data

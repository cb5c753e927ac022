"""Naming the exact place of a fault in a rule pack, in words an administrator can act on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from asn_desk.regulations import lines, schema


@dataclass(frozen=True)
class Problem:
    """One fault: `place` reads `pilkada-2024.toml, [[rules]] ke-3 (K2.1), kunci due.trigger`.

    `path`: the same as keys and row numbers from 0, `value`: the word at fault there; `line`: from 1, None while unknown.
    """

    place: str
    sentence: str
    path: tuple[str | int, ...] = ()
    value: str = ""
    line: int | None = None

    def __str__(self) -> str:
        """Return place, line and sentence as one line."""
        return f"{self.place}{f', baris {self.line}' if self.line else ''}: {self.sentence}"


def with_lines(file: Path, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the faults with the line of the file where each stands, in the order of the lines."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return tuple(problems)
    placed = [replace(row, line=row.line or lines.line_of(text, row.path, row.value)) for row in problems]
    return tuple(sorted(placed, key=lambda row: row.line or 0))


_SENTENCES = {
    "missing": "wajib diisi",
    "extra_forbidden": "kunci ini tidak dikenal; periksa ejaannya",
    "string_type": "harus berupa teks dalam tanda kutip",
    "string_pattern_mismatch": "hanya boleh huruf kecil, angka, dan tanda hubung",
    "bool_type": "harus true atau false",
    "bool_parsing": "harus true atau false",
    "int_type": "harus berupa bilangan bulat",
    "int_parsing": "harus berupa bilangan bulat",
    "tuple_type": "harus berupa daftar dalam kurung siku",
    "too_short": "harus berisi sekurang-kurangnya satu isian",
    "date_type": "harus berupa tanggal, misalnya 2024-09-22",
    "date_parsing": "harus berupa tanggal, misalnya 2024-09-22",
    "date_from_datetime_parsing": "harus berupa tanggal, misalnya 2024-09-22",
    "date_from_datetime_inexact": "harus berupa tanggal tanpa jam",
    "greater_than_equal": "terlalu kecil",
    "less_than_equal": "terlalu besar",
}


def unreadable(file: str, error: Exception) -> Problem:
    """Return the fault of a file that is no TOML text at all."""
    return Problem(file, f"berkas tidak dapat dibaca sebagai TOML ({error})", line=lines.line_in_message(str(error)))


def from_validation(file: str, raw: Mapping[str, Any], error: ValidationError) -> list[Problem]:
    """Translate pydantic's faults; `raw` is the parsed file, used to name the row by its id or code."""
    return [Problem(_place(file, raw, fault["loc"]), _sentence(fault), fault["loc"]) for fault in error.errors()]


def from_row(row: str, error: ValidationError) -> list[Problem]:
    """Translate pydantic's faults of one row that stands in no file; `row` names it."""
    return [Problem(_keyed(row, fault["loc"]), _sentence(fault)) for fault in error.errors()]


def _keyed(head: str, keys: Sequence[int | str]) -> str:
    key = ".".join(f"{part + 1}" if isinstance(part, int) else str(part) for part in keys)
    return f"{head}, kunci {key}" if key else head


def _sentence(fault: Mapping[str, Any]) -> str:
    if fault["type"] in {"enum", "literal_error"}:
        return f"nilai {fault['input']!r} tidak dikenal; pilihan: {fault['ctx']['expected'].replace(' or ', ', ')}"
    if fault["type"] == "value_error":
        return str(fault["ctx"]["error"])
    return _SENTENCES.get(fault["type"], "nilainya tidak sesuai dengan yang diharapkan")


def _place(file: str, raw: Mapping[str, Any], location: Sequence[int | str]) -> str:
    if not location:
        return file
    table, rest = location[0], list(location[1:])
    if rest and isinstance(rest[0], int):
        head = f"[[{table}]] ke-{rest[0] + 1}{_row_name(raw, str(table), rest[0])}"
        rest = rest[1:]
    else:
        head = f"[{table}]"
    return _keyed(f"{file}, {head}", rest)


def _row_name(raw: Mapping[str, Any], table: str, index: int) -> str:
    rows = raw.get(table)
    row = rows[index] if isinstance(rows, list) and index < len(rows) else None
    name = next((row[key] for key in ("id", "code", "doc") if key in row), "") if isinstance(row, dict) else ""
    return f" ({name})" if name else ""


# Which keys hold codes of which table, wherever they stand in a pack.
_KEY_TABLE = {
    "sources": "sources", "basis": "norms", "offices": "offices", "acts_as": "offices", "kinds": "kinds", "posts": "posts",
    "trigger": "events", "happened": "events", "not_happened": "events", "letter": "letters", "election": "calendars",
    "uses": "packs",
}  # fmt: skip
_TABLE_WORDS = {
    "sources": "sumber", "norms": "norma", "offices": "jabatan", "kinds": "jenis pegawai", "posts": "kelas jabatan",
    "events": "kejadian", "letters": "surat", "calendars": "pemilihan", "packs": "paket",
}  # fmt: skip


@dataclass(frozen=True)
class _Use:
    """A code where a pack uses it: `key` says of which table it is."""

    place: str
    path: tuple[str | int, ...]
    key: str
    code: str


def broken_references(packs: Iterable[schema.LoadedPack]) -> list[Problem]:
    """Return every id that is used but not defined, and every id that is defined twice, over all packs."""
    packs = list(packs)
    known = _known(packs)
    used = (use for pack in packs for use in _uses(pack.content, pack.file, ()))
    missing = (use for use in used if use.code not in known[_KEY_TABLE[use.key]])
    return [*_doubles(packs), *(_missing(use) for use in missing)]


def _missing(use: _Use) -> Problem:
    words = _TABLE_WORDS[_KEY_TABLE[use.key]]
    return Problem(
        f"{use.place}, kunci {use.key}", f"{words} '{use.code}' tidak ada dalam paket mana pun", use.path, use.code
    )


def _tables(pack: schema.Pack) -> dict[str, list[str]]:
    return {
        "sources": list(pack.sources),
        "norms": [row.id for row in pack.norms],
        "offices": [row.code for row in pack.offices],
        "kinds": [row.code for row in pack.kinds],
        "posts": [row.code for row in pack.posts],
        "events": [row.code for row in pack.events],
        "letters": [row.code for row in pack.letters],
        "calendars": [row.id for row in pack.calendars],
        "rules": [row.id for row in pack.rules],
        "packs": [pack.pack.id],
    }


def _known(packs: Iterable[schema.LoadedPack]) -> dict[str, set[str]]:
    known: dict[str, set[str]] = {}
    for pack in packs:
        for table, codes in _tables(pack.content).items():
            known.setdefault(table, set()).update(codes)
    return known


def _doubles(packs: Iterable[schema.LoadedPack]) -> Iterator[Problem]:
    seen: dict[tuple[str, str], str] = {}
    for pack in packs:
        for table, codes in _tables(pack.content).items():
            for index, code in enumerate(codes):
                if (table, code) in seen:
                    first = seen[table, code]
                    sentence = f"sudah dipakai dalam {first}; beri id lain"
                    yield Problem(f"{pack.file}, [[{table}]] ({code})", sentence, (table, index), code)
                seen[table, code] = pack.file


def _uses(model: BaseModel, place: str, path: tuple[str | int, ...]) -> Iterator[_Use]:
    """Walk a model and give every code that refers to a table."""
    for key, value in model:
        here = (*path, key)
        if isinstance(model, schema.Pack) and key == "sources":
            continue
        if isinstance(model, schema.CalendarEvent) and key == "code":
            yield _Use(place, here, "trigger", value)
        elif key == "met_by":
            yield from (_Use(place, here, "happened", part.strip()) for way in value for part in way.split("+"))
        elif isinstance(value, str) and key in _KEY_TABLE and value:
            yield _Use(place, here, key, value)
        elif isinstance(value, BaseModel):
            yield from _uses(value, place, here)
        elif isinstance(value, tuple):
            yield from _listed(model, key, value, place, here)


def _listed(
    model: BaseModel, key: str, values: tuple[Any, ...], place: str, path: tuple[str | int, ...]
) -> Iterator[_Use]:
    for index, value in enumerate(values):
        if isinstance(value, BaseModel):
            name = getattr(value, "id", "") or getattr(value, "code", "") or getattr(value, "doc", "")
            row = f"{place}, [[{key}]] ke-{index + 1}" + (f" ({name})" if name else "")
            yield from _uses(value, row if isinstance(model, schema.Pack) else place, (*path, index))
        elif key in _KEY_TABLE:
            yield _Use(place, path, key, value)

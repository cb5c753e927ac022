"""Naming the exact place of a fault in a rule pack, in words an administrator can act on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from asn_desk.regulations import schema

if TYPE_CHECKING:
    from asn_desk.regulations.packs import LoadedPack


@dataclass(frozen=True)
class Problem:
    """One fault: `place` reads `pilkada-2024.toml, [[rules]] ke-3 (K2.1), kunci due.trigger`."""

    place: str
    sentence: str

    def __str__(self) -> str:
        """Return place and sentence as one line."""
        return f"{self.place}: {self.sentence}"


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
}


def unreadable(file: str, error: Exception) -> Problem:
    """Return the fault of a file that is no TOML text at all."""
    return Problem(file, f"berkas tidak dapat dibaca sebagai TOML ({error})")


def from_validation(file: str, raw: Mapping[str, Any], error: ValidationError) -> list[Problem]:
    """Translate pydantic's faults; `raw` is the parsed file, used to name the row by its id or code."""
    return [Problem(_place(file, raw, fault["loc"]), _sentence(fault)) for fault in error.errors()]


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
    key = ".".join(f"{part + 1}" if isinstance(part, int) else str(part) for part in rest)
    return f"{file}, {head}, kunci {key}" if key else f"{file}, {head}"


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


def broken_references(packs: Iterable[LoadedPack]) -> list[Problem]:
    """Return every id that is used but not defined, and every id that is defined twice, over all packs."""
    packs = list(packs)
    problems = list(_doubles(packs))
    known = _known(packs)
    for pack in packs:
        for place, key, code in _codes(pack.content, pack.file):
            table = _KEY_TABLE[key]
            if code not in known[table]:
                problems.append(
                    Problem(f"{place}, kunci {key}", f"{_TABLE_WORDS[table]} '{code}' tidak ada dalam paket mana pun")
                )
    return problems


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


def _known(packs: Iterable[LoadedPack]) -> dict[str, set[str]]:
    known: dict[str, set[str]] = {}
    for pack in packs:
        for table, codes in _tables(pack.content).items():
            known.setdefault(table, set()).update(codes)
    return known


def _doubles(packs: Iterable[LoadedPack]) -> Iterator[Problem]:
    seen: dict[tuple[str, str], str] = {}
    for pack in packs:
        for table, codes in _tables(pack.content).items():
            for code in codes:
                if (table, code) in seen:
                    first = seen[table, code]
                    yield Problem(f"{pack.file}, [[{table}]] ({code})", f"sudah dipakai dalam {first}; beri id lain")
                seen[table, code] = pack.file


def _codes(model: BaseModel, place: str) -> Iterator[tuple[str, str, str]]:
    """Walk a model and give (place, key, code) for every key that refers to a table."""
    for key, value in model:
        if isinstance(model, schema.Pack) and key == "sources":
            continue
        if isinstance(model, schema.CalendarEvent) and key == "code":
            yield place, "trigger", value
        elif key == "met_by":
            yield from ((place, "happened", part.strip()) for way in value for part in way.split("+"))
        elif isinstance(value, str) and key in _KEY_TABLE and value:
            yield place, key, value
        elif isinstance(value, BaseModel):
            yield from _codes(value, place)
        elif isinstance(value, tuple):
            yield from _list_codes(model, key, value, place)


def _list_codes(model: BaseModel, key: str, values: tuple[Any, ...], place: str) -> Iterator[tuple[str, str, str]]:
    for index, value in enumerate(values):
        if isinstance(value, BaseModel):
            name = getattr(value, "id", "") or getattr(value, "code", "") or getattr(value, "doc", "")
            row = f"{place}, [[{key}]] ke-{index + 1}" + (f" ({name})" if name else "")
            yield from _codes(value, row if isinstance(model, schema.Pack) else place)
        elif key in _KEY_TABLE:
            yield place, key, value

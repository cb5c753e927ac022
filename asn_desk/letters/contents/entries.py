"""The fields a clerk enters for a letter: unknown, missing and malformed ones are refused, the rest come in their type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from asn_desk.errors import DeskError
from asn_desk.letters.contents.fields import Entry, LetterField, LetterKind
from asn_desk.letters.templates.template import nearest_field

_CELL_EDGE = re.compile(r"[|\t]")
_TIME = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)")


def entered(kind: LetterKind, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entered fields by dotted key, each in its type; `data` may be nested or have dotted keys.

    Raises DeskError("letter_data") with one sentence per field that is unknown, missing or of the wrong form.
    """
    given = dict(flattened(data))
    known = {field.key: field for field in kind.inputs}
    problems = {key: _unknown(key, known) for key in given if key not in known}
    result: dict[str, Any] = {}
    for key, field in known.items():
        try:
            value = _typed(field, given.get(key))
        except ValueError as error:
            problems[key] = str(error)
            continue
        if value is None and field.required:
            problems[key] = f"Isi {field.title.lower()}."
        result[key] = value
    if problems:
        detail = " ".join(problems.values())
        raise DeskError("letter_data", f"Isian {kind.title} belum lengkap. {detail}", fields=problems)
    return result


def flattened(data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield a letter's fields by dotted key, also where the data are nested."""
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from flattened(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _unknown(key: str, known: Mapping[str, LetterField]) -> str:
    near = nearest_field(key, known)
    hint = f" Mungkin maksudnya {near}." if near else ""
    return f"Isian “{key}” tidak dikenal untuk surat ini.{hint}"


def _typed(field: LetterField, value: Any) -> Any:
    if value is None or value == "" or value == []:
        return None
    if field.entry == Entry.LINES:
        lines = value.splitlines() if isinstance(value, str) else [str(line) for line in value]
        return [line.strip() for line in lines if line.strip()] or None
    if field.entry == Entry.TABLE:
        return _rows(field, value)
    if field.entry == Entry.DAY:
        return _as_day(field, value)
    text = " ".join(str(value).split()) if "\n" not in str(value) else str(value).strip()
    if field.entry == Entry.CHOICE and text not in field.choices:
        raise ValueError(f"Pilih {field.title.lower()}: {', '.join(field.choices)}.")
    if field.entry == Entry.TIME:
        match = _TIME.fullmatch(text)
        if match is None:
            raise ValueError(f"Tulis {field.title.lower()} seperti 09.15.")
        return f"{int(match.group(1)):02d}.{match.group(2)}"
    return text or None


def _rows(field: LetterField, value: Any) -> list[dict[str, str]] | None:
    """Return the rows by column; `value` is text with a row on each line, or a list of such lines or of mappings."""
    lines = value.splitlines() if isinstance(value, str) else list(value)
    rows = []
    for place, line in enumerate(lines, 1):
        if isinstance(line, Mapping):
            cells = [str(line.get(column) or "") for column in field.columns]
        else:
            cells = [" ".join(cell.split()) for cell in _CELL_EDGE.split(str(line))]
        if not any(cells):
            continue
        if len(cells) > len(field.columns) or not cells[0]:
            raise ValueError(
                f"{field.title.partition(':')[0]}, baris {place}: isi paling banyak {len(field.columns)} kolom yang dipisah "
                "tanda |, dan kolom pertama tidak boleh kosong."
            )
        rows.append(dict(zip(field.columns, [*cells, *[""] * len(field.columns)], strict=False)))
    return rows or None


def _as_day(field: LetterField, value: Any) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise ValueError(f"{field.title} bukan tanggal yang benar.") from error

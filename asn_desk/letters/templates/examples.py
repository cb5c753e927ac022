"""Example values for the fields of a letter kind: what a preview of a template shows, and what the checker fills it with."""

from __future__ import annotations

from datetime import date
from typing import Any

from asn_desk.letters.contents.fields import Entry, LetterField, LetterKind
from asn_desk.wording import long_date

_COLUMN_MARK = "|"


def example_data(kind: LetterKind) -> dict[str, Any]:
    """Return a value for every field the kind's template may use, nested by group, each in the type a letter has it."""
    data: dict[str, Any] = {}
    for field in kind.template_fields():
        group, _, name = field.key.rpartition(".")
        (data.setdefault(group, {}) if group else data)[name] = example_value(field)
    return data


def example_value(field: LetterField) -> Any:
    """Return the example of one field in its type: a day, lines, rows of a table, or text."""
    if field.entry == Entry.LINES:
        return field.example.splitlines()
    if field.entry == Entry.TABLE:
        return [_row(field, line) for line in field.example.splitlines()]
    return _day(field.example) or field.example


def _row(field: LetterField, line: str) -> dict[str, str]:
    cells = [cell.strip() for cell in line.replace("\t", _COLUMN_MARK).split(_COLUMN_MARK)]
    cells += [""] * (len(field.columns) - len(cells))
    return dict(zip(field.columns, cells, strict=False))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2024-09-09") else None
    except ValueError:
        return None


def tag_of(field: LetterField) -> str:
    """Return what to write into the template for a field: lines and rows as a loop of paragraphs, days written out."""
    if field.entry == Entry.LINES:
        return _loop("baris", field.key, "{{ baris }}")
    if field.entry == Entry.TABLE:
        return _loop("baris", field.key, ", ".join(f"{{{{ baris.{column} }}}}" for column in field.columns))
    return f"{{{{ {field.key}|tanggal }}}}" if _day(field.example) else f"{{{{ {field.key} }}}}"


def shown_example(field: LetterField) -> str:
    """Return the example as a letter shows it, on one line."""
    day = _day(field.example)
    return long_date(day) if day else "; ".join(field.example.splitlines())


def _loop(name: str, key: str, inner: str) -> str:
    return f"{{%p for {name} in {key} %}}\n{inner}\n{{%p endfor %}}"

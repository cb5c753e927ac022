"""Search inside texts, the same call on SQLite (FTS5 trigram) and PostgreSQL (pg_trgm)."""

from __future__ import annotations

import unicodedata

from sqlalchemy import ColumnElement, Integer, and_, bindparam, literal_column, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

SHORTEST_TRIGRAM = 3


def folded(value: str) -> str:
    """Return the text as search compares it: lower case, no accents, single blanks; NUL, which no database takes, is a blank."""
    if value.isascii():  # most names by far, and the import folds them by the hundred thousand
        return " ".join(value.replace("\0", " ").lower().split())
    plain = unicodedata.normalize("NFKD", value.replace("\0", " "))
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).lower().split())


def matches(
    session: Session, key: InstrumentedAttribute[int], column: InstrumentedAttribute[str], query: str
) -> ColumnElement[bool] | None:
    """Return the condition that every word of `query` occurs in `column`; None for an empty query.

    `key` is the integer primary key of the searched table. Words of three and more characters use the trigram index.
    """
    words = folded(query).split()
    if not words:
        return None
    conditions: list[ColumnElement[bool]] = [_contains(column, word) for word in words if len(word) < SHORTEST_TRIGRAM]
    long = [word for word in words if len(word) >= SHORTEST_TRIGRAM]
    if long and session.get_bind().dialect.name == "sqlite":
        conditions.append(_in_trigram_index(key, long))
    else:
        conditions.extend(_contains(column, word) for word in long)
    return and_(*conditions)


def _contains(column: InstrumentedAttribute[str], word: str) -> ColumnElement[bool]:
    return column.contains(word, autoescape=True)


def _in_trigram_index(key: InstrumentedAttribute[int], words: list[str]) -> ColumnElement[bool]:
    table = f"{key.class_.__tablename__}_fts"
    phrases = " AND ".join('"' + word.replace('"', '""') + '"' for word in words)
    match = text(f"{table} MATCH :phrases").bindparams(bindparam("phrases", phrases, unique=True))
    return key.in_(select(literal_column("rowid", Integer)).select_from(text(table)).where(match))

"""Search inside texts, the same call on SQLite (FTS5 trigram) and PostgreSQL (pg_trgm)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Integer, TextClause, and_, bindparam, literal_column, or_, select, text
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
    if long:
        conditions.append(matches_any(session, key, column, [[word] for word in long]))
    return and_(*conditions)


def matches_any(
    session: Session,
    key: InstrumentedAttribute[int],
    column: InstrumentedAttribute[str],
    groups: Sequence[Sequence[str]],
) -> ColumnElement[bool]:
    """Return the condition that of every group at least one folded word of three or more characters occurs in `column`."""
    if session.get_bind().dialect.name == "sqlite":
        return _in_trigram_index(key, groups)
    return contains_any(column, groups)


def some_matches(
    session: Session,
    key: InstrumentedAttribute[int],
    column: InstrumentedAttribute[str],
    groups: Sequence[Sequence[str]],
    limit: int,
) -> list[int]:
    """Return the keys of at most `limit` matches, any of them: the index is left as soon as there are enough."""
    if session.get_bind().dialect.name == "sqlite":
        table, match = _fts(key, groups)
        statement = select(literal_column("rowid", Integer)).select_from(text(table)).where(match)
    else:
        statement = select(key).where(contains_any(column, groups))
    return list(session.scalars(statement.limit(limit)))


def contains_any(column: InstrumentedAttribute[str], groups: Sequence[Sequence[str]]) -> ColumnElement[bool]:
    """Return the same condition without an index: for rows that are read in another order anyway."""
    return and_(*(or_(*(_contains(column, word) for word in group)) for group in groups))


def _contains(column: InstrumentedAttribute[str], word: str) -> ColumnElement[bool]:
    return column.contains(word, autoescape=True)


def _in_trigram_index(key: InstrumentedAttribute[int], groups: Sequence[Sequence[str]]) -> ColumnElement[bool]:
    table, match = _fts(key, groups)
    return key.in_(select(literal_column("rowid", Integer)).select_from(text(table)).where(match))


def _fts(key: InstrumentedAttribute[int], groups: Sequence[Sequence[str]]) -> tuple[str, TextClause]:
    table = f"{key.class_.__tablename__}_fts"
    phrases = " AND ".join(f"({' OR '.join(map(_phrase, group))})" for group in groups)
    return table, text(f"{table} MATCH :phrases").bindparams(bindparam("phrases", phrases, unique=True))


def _phrase(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'

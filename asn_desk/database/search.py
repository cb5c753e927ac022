"""Search inside texts, the same call on SQLite (FTS5 trigram) and PostgreSQL (pg_trgm)."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    TextClause,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    text,
)
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
        return key.in_(matching_keys(session, key, column, groups))
    return contains_any(column, groups)


def all_keys(session: Session, ordered: Select[int]) -> list[int]:
    """Return the keys that a statement yields (its only column), in its order if it has one.

    SQLite hands over a hundred thousand of them as one text: row by row it would take the interpreter from the window each time.
    """
    if session.get_bind().dialect.name != "sqlite":
        return list(session.scalars(ordered))
    keys = ordered.subquery()
    return list(json.loads(session.scalar(select(func.json_group_array(*keys.c))) or "[]"))


def few_keys(
    session: Session,
    key: InstrumentedAttribute[int],
    column: InstrumentedAttribute[str],
    groups: Sequence[Sequence[str]],
    limit: int,
) -> list[int] | None:
    """Return the keys of all matches, in no order; None when there are more than `limit`: reading stops behind it."""
    found = all_keys(session, matching_keys(session, key, column, groups).limit(limit + 1))
    return found if len(found) <= limit else None


def among(session: Session, key: InstrumentedAttribute[int], keys: Sequence[int]) -> ColumnElement[bool]:
    """Return the condition that `key` is one of thousands of keys, which SQLite takes as one text."""
    if session.get_bind().dialect.name == "sqlite":
        given = func.json_each(json.dumps(keys)).table_valued("value")
        return key.in_(select(given.c.value))
    return key.in_(keys)


def by_pieces(session: Session) -> bool:
    """Return whether matching asks an index of pieces of three signs (SQLite), for which a shorter word must be spelled out."""
    return session.get_bind().dialect.name == "sqlite"


def matching_keys(
    session: Session,
    key: InstrumentedAttribute[int],
    column: InstrumentedAttribute[str],
    groups: Sequence[Sequence[str]],
) -> Select[int]:
    """Return the question for the keys of all matches, as the index has them: in no order."""
    if session.get_bind().dialect.name == "sqlite":
        table, match = _fts(key, groups)
        return select(literal_column("rowid", Integer)).select_from(text(table)).where(match)
    return select(key).where(contains_any(column, groups))


def contains_any(column: InstrumentedAttribute[str], groups: Sequence[Sequence[str]]) -> ColumnElement[bool]:
    """Return the same condition without an index: for rows that are read in another order anyway."""
    return and_(*(or_(*(_contains(column, word) for word in group)) for group in groups))


def stands_alone(session: Session, column: InstrumentedAttribute[str], word: str) -> ColumnElement[bool]:
    """Return the condition that a word of plain letters occurs in a folded text with no letter beside it."""
    if session.get_bind().dialect.name == "sqlite":
        return column.op("GLOB")(f"*[^a-z]{word}[^a-z]*")
    return column.regexp_match(f"[^a-z]{word}[^a-z]")


def _contains(column: InstrumentedAttribute[str], word: str) -> ColumnElement[bool]:
    return column.contains(word, autoescape=True)


def _fts(key: InstrumentedAttribute[int], groups: Sequence[Sequence[str]]) -> tuple[str, TextClause]:
    table = f"{key.class_.__tablename__}_fts"
    phrases = " AND ".join(f"({' OR '.join(map(_phrase, group))})" for group in groups)
    return table, text(f"{table} MATCH :phrases").bindparams(bindparam("phrases", phrases, unique=True))


def _phrase(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'

"""Searching people as one types: the best hits first, page by page, on every kind of database.

Two ways lead to a page. Few hits (a name, a number) are read from the trigram index, ranked here, and cut. Many hits ("guru") are met
soon enough when people are walked in the order of their names. Which way is taken depends on how many people there are: the
index is asked for so many that ranking them costs as much as walking would. Words of one and two letters are beginnings of
words of the name and use the index of names alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import isqrt
from string import ascii_lowercase, digits, punctuation
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, not_, or_, select, tuple_
from sqlalchemy.orm import Session

from asn_desk.database.search import among, by_pieces, contains_any, few_keys, matches_any
from asn_desk.employees.model import Employee, EmployeeSearch
from asn_desk.employees.search_query import Fit, SearchQuery, fit, parse, together, widened
from asn_desk.employees.search_words import similar_words

PAGE = 100
_BEYOND = "\U0010ffff"
_FEWEST_RANKED = 500
_WALK_COST = 2
_SORT_COST = 32
_SHARED_DIGITS_FROM = 12
_FOLLOWING = (*ascii_lowercase, *digits, *punctuation, " ", "\u2019", "\u2018", "\u201c", "\u201d", "\u2013")
_INDEX = (EmployeeSearch.employee_id, EmployeeSearch.content)

Key = tuple[int, int, str, int]
"""Where a hit stands in the order: fit, what is missing, name, id."""


@dataclass(frozen=True)
class Found:
    """A page of hits: ids in order; `words` are what to highlight; `after` continues behind this page (None: that was all)."""

    ids: tuple[int, ...]
    words: tuple[str, ...]
    after: Key | None = None


@dataclass(frozen=True)
class _Way:
    """What was meant, and its ranked hits; None when they are too many to rank.

    `some`: the ids of all who have the words, where sorting these is less than walking to the next ones by name.
    """

    query: SearchQuery
    keys: list[Key] | None = None
    some: Sequence[int] | None = None


def first_page(
    session: Session,
    text: str,
    conditions: Sequence[ColumnElement[bool]] = (),
    *,
    limit: int = PAGE,
    after: Key | None = None,
    guess: bool = True,
) -> Found:
    """Return the best hits for a text among the people who meet the conditions, or those behind `after`.

    With `guess`, words that find nobody are taken for mistyped ones.
    """
    query = parse(text)
    if not query.groups:
        return Found((), ())
    way = _way(session, query, conditions, guess=guess)
    if way.keys is not None:
        page = [key for key in way.keys if after is None or key > after][: limit + 1]
    else:
        page = _walked(session, way, conditions, limit + 1, after)
    more = page[limit - 1] if len(page) > limit else None
    return Found(tuple(key[3] for key in page[:limit]), highlighted(way.query), more)


def all_ids(
    session: Session, text: str, conditions: Sequence[ColumnElement[bool]] = (), *, guess: bool = True
) -> list[int] | None:
    """Return all hits in the order of `first_page`; None when the text says nothing."""
    query = parse(text)
    if not query.groups:
        return None
    way = _way(session, query, conditions, guess=guess)
    if way.keys is not None:
        return [key[3] for key in way.keys]
    rows = session.execute(_keys(way.query).where(condition_of(session, way.query), *conditions))
    return [hit[2] for hit in sorted(_place(way.query, row) for row in rows)]


def highlighted(query: SearchQuery) -> tuple[str, ...]:
    """Return the words to highlight in what is shown."""
    return tuple(dict.fromkeys(word for group in (*query.groups, query.optional) for word in group))


def condition_of(session: Session, query: SearchQuery) -> ColumnElement[bool]:
    """Return the condition that a person fits the search; EmployeeSearch must be joined."""
    parts = [_word_begins(query, word) for word in query.letters]
    if not query.is_short:
        parts.append(matches_any(session, *_INDEX, query.indexed))
    return and_(*parts)


def _way(session: Session, query: SearchQuery, conditions: Sequence[ColumnElement[bool]], *, guess: bool) -> _Way:
    """Return what was meant and, when they are few enough, its hits ranked."""
    if query.is_short:
        return _Way(query)
    for attempt in _attempts(session, query) if guess else (query,):
        some = _some(session, attempt)
        found = _candidates(session, attempt, conditions, some)
        if found is None:
            return _Way(attempt, some=some)
        keys = sorted(key for row in found if (key := _key(attempt, row)) is not None)
        if keys:
            return _Way(attempt, keys)
    return _Way(query, [])


def _some(session: Session, query: SearchQuery) -> list[int] | None:
    """Return the ids of all who have the words, None when they are too many to be sorted.

    Of many, the index also tells who has each single letter with whatever may follow it: walking past everybody would look
    for a rare letter in vain.
    """
    most = _most_sorted(session)
    some = few_keys(session, *_INDEX, query.indexed, most)
    if not query.letters or not by_pieces(session) or (some is not None and len(some) <= _most_ranked(session)):
        return some
    begun = [tuple(f" {letter}{sign}" for sign in _FOLLOWING) for letter in query.letters]
    return few_keys(session, *_INDEX, query.indexed + begun, most)


def _attempts(session: Session, query: SearchQuery) -> Iterator[SearchQuery]:
    """Yield the search as typed, then without its blanks, then with the words that may have been meant."""
    yield query
    if len(query.groups) > 1:
        yield together(query)
    if len(query.number) >= _SHARED_DIGITS_FROM:
        yield _halved(query)
        return
    similar = [similar_words(session, group[0]) for group in query.groups]
    if any(similar):
        yield widened(query, similar)


def _halved(query: SearchQuery) -> SearchQuery:
    """One wrong digit leaves one half of a long number intact."""
    half = len(query.number) // 2
    return replace(query, groups=((query.number, query.number[:half], query.number[half:]),))


def _candidates(
    session: Session, query: SearchQuery, conditions: Sequence[ColumnElement[bool]], some: Sequence[int] | None
) -> Sequence[Row[Any]] | None:
    """Return what may fit, None when there is too much to rank; `some` as in `_Way`."""
    most = _most_ranked(session)
    few = _keys(query, content=True).where(*conditions, *(_word_begins(query, word) for word in query.letters))
    if some is not None and len(some) <= most:
        return session.execute(few.where(among(session, Employee.id, some))).all()
    if conditions:  # they may leave little; walking past everybody they exclude would take long
        rows = session.execute(few.where(condition_of(session, query)).limit(most + 1)).all()
        return rows if len(rows) <= most else None
    return None


def _walked(
    session: Session, way: _Way, conditions: Sequence[ColumnElement[bool]], limit: int, after: Key | None
) -> list[Key]:
    """Return the next hits by name: first the names that begin with the text, then all others."""
    query = way.query
    found: list[Key] = []
    if after is None or after[0] == Fit.NAME_BEGINS:
        found += _walk(session, query, [_begins(query), *conditions], limit, after, Fit.NAME_BEGINS)
        after = None
    if len(found) < limit and not (query.number and query.is_short):
        rest = [not_(_begins(query)), _anywhere(session, way), *conditions]
        found += _walk(session, query, rest, limit - len(found), after, Fit.ELSEWHERE)
    return found


def _walk(
    session: Session,
    query: SearchQuery,
    conditions: Sequence[ColumnElement[bool]],
    limit: int,
    after: Key | None,
    kind: Fit,
) -> list[Key]:
    column = _leading(query) if kind is Fit.NAME_BEGINS else Employee.sort_name
    statement = _keys(query).where(*conditions)
    if after is not None:
        statement = statement.where(tuple_(column, Employee.id) > tuple_(after[2], after[3]))
    rows = session.execute(statement.order_by(column, Employee.id).limit(limit))
    return [(kind, 0, getattr(row, column.key), row.id) for row in rows]


def _keys(query: SearchQuery, *, content: bool = False) -> Select[*tuple[Any, ...]]:
    columns: list[Any] = [Employee.id, Employee.sort_name]
    if query.number:
        columns.append(Employee.nip)
    if content:
        columns = [Employee.id, Employee.sort_name, Employee.nip, Employee.local_number, EmployeeSearch.content]
    statement = select(*columns).select_from(Employee)
    if not query.is_short:
        statement = statement.join(EmployeeSearch, EmployeeSearch.employee_id == Employee.id)
    return statement


def _key(query: SearchQuery, row: Row[Any]) -> Key | None:
    number = row.nip or row.local_number or ""
    found = fit(query, row.sort_name, number, row.content)
    if found is None:
        return None
    return found[0], found[1], row.sort_name, row.id


def _anywhere(session: Session, way: _Way) -> ColumnElement[bool]:
    """Return the condition for a hit while walking; they are named where sorting them is less than walking to them."""
    query = way.query
    parts = [_word_begins(query, word) for word in query.letters]
    if way.some is not None:
        parts.append(among(session, Employee.id, way.some))
    elif not query.is_short:
        parts.append(contains_any(EmployeeSearch.content, query.indexed))
    return and_(*parts)


def _word_begins(query: SearchQuery, word: str) -> ColumnElement[bool]:
    """A short word begins a word: of the name when nothing longer was typed, else of anything searched."""
    if not query.is_short:
        return EmployeeSearch.content.contains(f" {word}", autoescape=True)
    if word.isdigit():
        return _between(Employee.nip, word)
    name = Employee.sort_name
    return or_(name.startswith(word, autoescape=True), name.contains(f" {word}", autoescape=True))


def _leading(query: SearchQuery) -> Any:
    """Return the column that the best hits begin with: the number for a number, else the name."""
    return Employee.nip if query.number else Employee.sort_name


def _begins(query: SearchQuery) -> ColumnElement[bool]:
    return _between(_leading(query), query.name)


def _between(column: Any, begin: str) -> ColumnElement[bool]:
    return and_(column >= begin, column < begin + _BEYOND)


def _place(query: SearchQuery, row: Row[Any]) -> tuple[bool, str, int]:
    """Return where a hit stands when all are sorted, in the order of walking."""
    leading = row.nip or "" if query.number else row.sort_name
    begins = leading.startswith(query.name)
    return not begins, leading if begins else row.sort_name, row.id


def _most_ranked(session: Session) -> int:
    """Return up to how many hits ranking is cheaper than walking: where both cost the same, growing with the root."""
    return max(_FEWEST_RANKED, isqrt(_WALK_COST * _people(session)))


def _most_sorted(session: Session) -> int:
    """Return up to how many hits sorting them costs less than walking."""
    return max(_FEWEST_RANKED, isqrt(_SORT_COST * _people(session)))


def _people(session: Session) -> int:
    return session.scalar(select(func.max(Employee.id))) or 0

"""Words that a mistyped word may have meant: found by spelling keys, so that a search never looks at every word.

Words that sound alike are one; else one letter may be too many, too few, wrong or swapped, in long words two. Kept are the words of
everybody's name, post, unit and OPD: whoever changes one of these notes the new words and then forgets the lost ones. Forgetting
asks the search index for each word whether somebody still has it, and looks at everybody once when it is many words. On a server
a word that one program forgets while another is just storing it may be missed until somebody with it is stored again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import Table, and_, bindparam, delete, select, union
from sqlalchemy.orm import Session, aliased

from asn_desk.database.missing_rows import add_missing
from asn_desk.database.search import folded, matching_keys, stands_alone
from asn_desk.database.search_spelling import SHORTEST_WORD, sound, spelling_keys, words_of
from asn_desk.employees.model import Employee, EmployeeSearch, SearchWord
from asn_desk.employees.search_query import distance
from asn_desk.office.model import Unit

_TWO_ERRORS_FROM = 8
_AT_ONCE = 400
_PEOPLE_AT_ONCE = 5000
_MOST_SIMILAR = 12
_FEW_WORDS = 12  # so many questions to the index take as long as reading everybody once
_LOOKED_AT = 50
_INDEX = (EmployeeSearch.employee_id, EmployeeSearch.content)
_WORDS: Table = SearchWord.metadata.tables["search_words"]
_RECORDED = {"recorded": True}


def note_words(session: Session, texts: Iterable[str], *, seen: set[str] | None = None) -> None:
    """Keep the words of names, posts and units for searches. `seen` remembers over many calls what is already kept."""
    done = set() if seen is None else seen
    new = words_of(*(folded(text) for text in texts)) - done
    done |= new
    missing = new - _kept(session, new)
    rows = [{"spelling": key, "word": word} for word in sorted(missing) for key in sorted(spelling_keys(word))]
    add_missing(session, _WORDS, rows)


def lost_words(before: str, after: str) -> set[str]:
    """Return the words of a folded text that another text, in its place, no longer has."""
    return words_of(before) - words_of(after) if before != after else set()


def forget_words(session: Session, words: Collection[str]) -> None:
    """Drop those of the words that nobody has any more; called once people, units and search texts stand as they will."""
    session.flush()
    gone = _unused(session, _kept(session, words))
    rows = [{"key": key, "of": word} for word in sorted(gone) for key in sorted(spelling_keys(word))]
    if rows:
        which = and_(_WORDS.c.spelling == bindparam("key"), _WORDS.c.word == bindparam("of"))
        session.execute(delete(_WORDS).where(which), rows, execution_options=_RECORDED)


def similar_words(session: Session, word: str) -> list[str]:
    """Return the kept words that this one may have meant, the nearest first; never the word itself."""
    if len(word) < SHORTEST_WORD or not word.isalpha():
        return []
    heard = sound(word)
    most = 2 if len(heard) >= _TWO_ERRORS_FROM else 1
    found = session.scalars(
        select(SearchWord.word).where(SearchWord.spelling.in_(sorted(spelling_keys(word)))).distinct()
    )
    near = [(distance(heard, sound(one), most), one) for one in found if one != word]
    return [one for far, one in sorted(near) if far <= most][:_MOST_SIMILAR]


def _unused(session: Session, words: set[str]) -> set[str]:
    if len(words) > _FEW_WORDS:
        return words - _everybodys(session)
    return {word for word in words if not _is_used(session, word)}


def _is_used(session: Session, word: str) -> bool:
    """Return whether somebody has the word; the index finds it inside longer words and in titles too, so each hit is read."""
    opd = aliased(Unit)
    hits = (
        select(Employee.sort_name, Employee.post_name, Unit.name, opd.name)
        .join(EmployeeSearch, EmployeeSearch.employee_id == Employee.id)
        .outerjoin(Unit, Unit.id == Employee.unit_id)
        .outerjoin(opd, opd.id == Employee.opd_id)
        .where(Employee.id.in_(matching_keys(session, *_INDEX, [[word]])), stands_alone(session, _INDEX[1], word))
        .execution_options(yield_per=_LOOKED_AT)
    )
    with session.execute(hits) as found:
        return any(word in words_of(*(folded(text or "") for text in row)) for row in found)


def _everybodys(session: Session) -> set[str]:
    """Return the words of everybody's name, post, unit and OPD."""
    found: set[str] = set()
    for names in session.scalars(select(Employee.sort_name)).partitions(_PEOPLE_AT_ONCE):
        found |= words_of(*names)
    places = union(select(Employee.unit_id), select(Employee.opd_id))
    for texts in (select(Employee.post_name).distinct(), select(Unit.name).where(Unit.id.in_(places))):
        found |= words_of(*(folded(text) for text in session.scalars(texts)))
    return found


def _kept(session: Session, words: Collection[str]) -> set[str]:
    found: set[str] = set()
    for part in _parts(sorted(words)):
        by_sound = select(SearchWord.word).where(
            SearchWord.word.in_(part), SearchWord.spelling.in_(sorted({sound(word) for word in part}))
        )
        found.update(session.scalars(by_sound))
    return found


def _parts(words: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(words), _AT_ONCE):
        yield words[start : start + _AT_ONCE]

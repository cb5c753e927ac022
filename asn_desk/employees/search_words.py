"""Words that a mistyped word may have meant: found by spelling keys, so that a search never looks at every word.

Words that sound alike are one; else one letter may be too many, too few, wrong or swapped, in long words two.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from asn_desk.database.search import folded
from asn_desk.database.search_spelling import SHORTEST_WORD, sound, spelling_keys, words_of
from asn_desk.employees.model import SearchWord
from asn_desk.employees.search_query import distance

_TWO_ERRORS_FROM = 8
_AT_ONCE = 400
_MOST_SIMILAR = 12


def note_words(session: Session, texts: Iterable[str], *, seen: set[str] | None = None) -> None:
    """Keep the words of names, posts and units for searches. `seen` remembers over many calls what is already kept."""
    done = set() if seen is None else seen
    new = words_of(*(folded(text) for text in texts)) - done
    done |= new
    missing = new - _kept(session, new)
    rows = [{"spelling": key, "word": word} for word in sorted(missing) for key in sorted(spelling_keys(word))]
    if rows:
        session.execute(insert(SearchWord), rows, execution_options={"recorded": True})


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

"""What a clerk types into the search field, taken apart; how well a person fits it; and which letters to highlight. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from asn_desk.database.search import SHORTEST_TRIGRAM, folded
from asn_desk.database.search_spelling import in_one_piece

Span = tuple[int, int]
"""Where a hit stands in a shown text: from, until (exclusive)."""

_NUMBER_FROM = 6  # so many digits with blanks between them are a number in groups, not several words
_LONGEST_TEXT, _MOST_WORDS, _LONGEST_WORD = 200, 12, 60
_EDGES = ".,;:()\"'“”‘’`-/\\"
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})
_NOT_ALNUM = re.compile(r"[\W_]+")
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[\s.\-/]+(?=[0-9])")
_DOTTED = re.compile(r"[a-z]{1,4}(?:\.[a-z]{1,5})+")
_TITLES = frozenset(
    {"prof", "dr", "drs", "dra", "drg", "drh", "ir", "h", "hj", "kh", "ns", "ners", "apt", "st", "se", "sh", "spd", "ssos", "skm",
     "skep", "sip", "skom", "mm", "msi", "mpd", "mh", "mkes", "mt", "amd", "amdkep", "sstp", "spdi", "spdsd"}
)  # fmt: skip


class Fit(IntEnum):
    """How well a person fits, the best first."""

    NUMBER = 0
    NAME = 1
    NAME_BEGINS = 2
    NAME_WORDS = 3
    NAME_PARTS = 4
    NUMBER_END = 5
    NUMBER_PART = 6
    PHRASE = 7
    MIXED = 8
    ELSEWHERE = 9


@dataclass(frozen=True)
class SearchQuery:
    """A search taken apart. Each of `groups` must occur, in one of its spellings; `optional` are titles, which only help."""

    plain: str
    groups: tuple[tuple[str, ...], ...]
    optional: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words as typed."""
        return tuple(group[0] for group in self.groups)

    @property
    def is_short(self) -> bool:
        """Return whether no word is long enough for an index of three-letter pieces: then only names are looked at."""
        return all(len(group[0]) < SHORTEST_TRIGRAM for group in self.groups)

    @property
    def indexed(self) -> list[tuple[str, ...]]:
        """Return what such an index finds: long words, and two letters after a blank, which begin a word."""
        return [
            group if len(group[0]) >= SHORTEST_TRIGRAM else (f" {group[0]}",)
            for group in self.groups
            if len(group[0]) > 1
        ]

    @property
    def letters(self) -> list[str]:
        """Return the words that no such index finds: single letters, or all words of a short search."""
        return [group[0] for group in self.groups if self.is_short or len(group[0]) == 1]

    @property
    def short_words(self) -> list[str]:
        """Return the words of one and two letters: they are beginnings of words."""
        return [group[0] for group in self.groups if len(group[0]) < SHORTEST_TRIGRAM]

    @property
    def number(self) -> str:
        """Return the digits when nothing but one number was typed, else an empty text."""
        return self.groups[0][0] if len(self.groups) == 1 and self.groups[0][0].isdigit() else ""

    @property
    def name(self) -> str:
        """Return the words that must occur, as one text."""
        return " ".join(self.words)


def parse(text: str) -> SearchQuery:
    """Take a typed text apart: digits in groups become one number, titles become optional, signs at the edges go."""
    plain = folded(text[:_LONGEST_TEXT].translate(_QUOTES))
    tokens = [token for token in (one.strip(_EDGES) for one in _grouped(plain).split()) if token][:_MOST_WORDS]
    if not tokens:  # nothing but signs: look for the signs themselves
        tokens = plain.split()[:_MOST_WORDS]
    tokens = list(dict.fromkeys(token[:_LONGEST_WORD] for token in tokens))
    needed = [token for token in tokens if not _is_title(token)]
    if not any(len(token) > 1 for token in needed):
        needed = tokens
    optional = tuple(token for token in tokens if token not in needed)
    return SearchQuery(" ".join(tokens), tuple(_spellings(token) for token in needed), optional)


def together(query: SearchQuery) -> SearchQuery:
    """Return the same search with its words in one piece, for a name typed with blanks that it has not."""
    piece = in_one_piece(query.name)
    return SearchQuery(query.plain, ((piece,),)) if piece else query


def fit(query: SearchQuery, sort_name: str, number: str, content: str) -> tuple[int, int] | None:
    """Return how well a person fits, smaller is better, or None when not at all.

    `content` is the searched text. The second figure counts what is missing for a perfect match of words and titles.
    """
    padded = f" {content}"
    if any(f" {word}" not in padded for word in query.short_words):
        return None
    missing = sum(title not in content for title in query.optional)
    if query.number:
        return _number_fit(query, number)
    pattern = _consecutive(query.groups)
    if pattern.fullmatch(sort_name) or in_one_piece(sort_name) == in_one_piece(query.name):
        return Fit.NAME, missing
    if query.optional and query.plain == sort_name.replace(".", ""):  # a letter taken for a title: Tri H. Nugroho
        return Fit.NAME, missing
    if pattern.match(sort_name):
        return Fit.NAME_BEGINS, missing
    found = _words_fit(query, sort_name, missing)
    return (Fit.PHRASE, missing) if found[0] > Fit.PHRASE and pattern.search(content) else found


@lru_cache(16)
def _consecutive(groups: tuple[tuple[str, ...], ...]) -> re.Pattern[str]:
    """Return what finds the words one after the other, from the beginning of a word."""
    return re.compile(r"(?<!\S)" + " ".join(f"(?:{'|'.join(map(re.escape, group))})" for group in groups))


def _words_fit(query: SearchQuery, sort_name: str, missing: int) -> tuple[int, int]:
    padded = f" {sort_name} "
    piece = in_one_piece(sort_name)
    begins = whole = inside = 0
    for group in query.groups:
        begin = any(f" {word}" in padded for word in group)
        begins += begin
        whole += begin and any(f" {word} " in padded for word in group)
        inside += begin or any(word in piece or word in sort_name for word in group)
    total = len(query.groups)
    if begins == total:
        return Fit.NAME_WORDS, (total - whole) * 8 + missing
    if inside == total:
        return Fit.NAME_PARTS, missing
    return (Fit.MIXED, total - inside) if inside else (Fit.ELSEWHERE, missing)


def _number_fit(query: SearchQuery, number: str) -> tuple[int, int] | None:
    typed = query.number
    if number == typed:
        return Fit.NUMBER, 0
    if number.startswith(typed):
        return Fit.NAME_BEGINS, 0
    if number.endswith(typed):
        return Fit.NUMBER_END, 0
    if typed in number:
        return Fit.NUMBER_PART, 0
    if len(query.groups[0]) == 1:
        return Fit.ELSEWHERE, 0
    nearest = min(distance(typed, part, 1) for part in (number[: len(typed)], number[-len(typed) :]))
    return (Fit.ELSEWHERE, nearest) if nearest <= 1 else None


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters are wrong, missing, too many or swapped with a neighbour; `most` + 1 for anything beyond."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        before, last, row = row, before, [place]
        for at, wanted in enumerate(other, 1):
            cost = min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (letter != wanted))
            if place > 1 and at > 1 and letter == other[at - 2] and one[place - 2] == wanted:
                cost = min(cost, last[at - 2] + 1)
            row.append(cost)
    return min(row[-1], most + 1)


def spans(words: Iterable[str], shown: str) -> tuple[Span, ...]:
    """Return where folded words occur in a shown text, in order, overlaps joined; blanks and signs in it do not hinder digits.

    Words of one and two letters count at the beginning of a word only.
    """
    if not shown:
        return ()
    letters, places = _letters(shown)
    found = [span for word in words for span in _occurrences(word, letters)]
    return _joined((places[start], places[end - 1] + 1) for start, end in found)


def _letters(shown: str) -> tuple[str, list[int]]:
    """Return the text folded letter by letter, and which letter of the shown text each one comes from."""
    if shown.isascii():
        return shown.lower(), list(range(len(shown)))
    folded_letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(shown):
        for part in unicodedata.normalize("NFKD", char):
            if not unicodedata.combining(part):
                for one in part.lower():
                    folded_letters.append(one)
                    places.append(place)
    return "".join(folded_letters), places


def _occurrences(word: str, letters: str) -> list[Span]:
    grouped = word.isdigit() and len(word) >= SHORTEST_TRIGRAM
    pattern = r"[\s]?".join(word) if grouped else re.escape(word)
    if len(word) < SHORTEST_TRIGRAM:
        pattern = r"(?<![^\W_])" + pattern
    return [found.span() for found in re.finditer(pattern, letters) if found.end() > found.start()]


def _joined(found: Iterable[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _grouped(plain: str) -> str:
    """Join the groups of a number: `19800101 200501 1 001` and `19800101-200501` become one word."""

    def one(match: re.Match[str]) -> str:
        digits = _BETWEEN_DIGITS.sub("", match[0])
        return digits if len(digits) >= _NUMBER_FROM else match[0]

    return re.sub(r"(?<![^\s])[0-9]+(?:[\s.\-/]+[0-9]+)+(?![^\s])", one, plain)


def _is_title(token: str) -> bool:
    return token in _TITLES or _DOTTED.fullmatch(token) is not None


def _spellings(token: str) -> tuple[str, ...]:
    """Return the word, and without its signs when it has any: Ru'yati is also found as ruyati."""
    bare = _NOT_ALNUM.sub("", token)
    return (token, bare) if bare != token and len(bare) >= SHORTEST_TRIGRAM <= len(token) else (token,)


def widened(query: SearchQuery, similar: Sequence[Sequence[str]]) -> SearchQuery:
    """Return the search with further spellings for each of its groups."""
    groups = tuple(tuple(dict.fromkeys((*group, *more))) for group, more in zip(query.groups, similar, strict=True))
    return SearchQuery(query.plain, groups, query.optional)

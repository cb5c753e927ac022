"""The tags of a template and their places in the letter, and the check that every loop and condition is closed properly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_DEPTH = 12
"""Loops and conditions inside each other: deeper than any letter, shallow enough for the compiler."""
STRUCTURAL = re.compile(r"\{[%#](p|tr|tc|r)\s")
"""docxtpl's tags that stand for the whole paragraph, row, cell or run around them."""
_LONGEST = 90


@dataclass(frozen=True)
class Place:
    """Where a tag stands: the part, the paragraph's number in it (from 1) and its text as the clerk sees it."""

    part: str
    paragraph: int
    text: str

    def __str__(self) -> str:
        """Return the place in words, with the text around."""
        where = "" if self.part == "word/document.xml" else f" {part_words(self.part)}"
        text = self.text if len(self.text) <= _LONGEST else f"{self.text[: _LONGEST - 3]}..."
        return f"alinea ke-{self.paragraph}{where} (“{text}”)"


def part_words(part: str) -> str:
    """Return the name of a part other than the body as Word users know it."""
    known = {
        "header": "kepala halaman",
        "footer": "kaki halaman",
        "footnotes": "catatan kaki",
        "endnotes": "catatan akhir",
    }
    found = [words for name, words in known.items() if f"/{name}" in part]
    return found[0] if found else part


@dataclass(frozen=True, eq=False)
class Tag:
    """One tag as written, its place, and the elements around it, outermost first."""

    source: str
    place: Place
    path: tuple[Element, ...]

    @property
    def words(self) -> list[str]:
        """Return the words inside the tag, without its brackets and its docxtpl letter."""
        words = self.source[2:-2].strip("-+ ").split()
        return words[1:] if STRUCTURAL.match(self.source) else words


@dataclass(frozen=True)
class Problem:
    """What is wrong with a tag: a code for programs, a sentence for people, the place, and the tag as written."""

    code: str
    sentence: str
    place: Place
    source: str


Report = Callable[[Problem], None]
"""Hears of a problem; the engine raises the first, the checker collects them all."""
_CLOSERS = {"endfor": "for", "endif": "if", "endset": "set"}
_BRANCHES = {"elif": ("if",), "else": ("if", "for")}
_OPENERS = {"for", "if"}
_KNOWN = {*_CLOSERS, *_BRANCHES, *_OPENERS, "set"}


def check_blocks(tags: Iterable[Tag], report: Report) -> None:
    """Report every loop or condition that is not closed, not opened, or closed at another level than it was opened."""
    stack: list[Tag] = []
    for tag in tags:
        words = tag.words
        if not tag.source.startswith("{%"):
            continue
        if not words or words[0] not in _KNOWN:
            known = "if, elif, else, for, set"
            _tell(report, "unknown_tag", f"Tanda {tag.source} tidak dikenal. Yang dapat dipakai: {known}.", tag)
        elif words[0] in _OPENERS or (words[0] == "set" and "=" not in tag.source):
            stack.append(tag)
            if len(stack) == MAX_DEPTH + 1:
                _tell(
                    report, "forbidden", f"Tanda {tag.source} terlalu dalam: sudah {MAX_DEPTH} lapis di atasnya.", tag
                )
        elif words[0] != "set":
            _check_partner(stack, tag, words[0], report)
    for tag in reversed(stack):
        _tell_unclosed(report, tag)


def _check_partner(stack: list[Tag], tag: Tag, word: str, report: Report) -> None:
    wanted = (_CLOSERS[word],) if word in _CLOSERS else _BRANCHES[word]
    if not any(opener.words[0] in wanted for opener in stack):
        inside = f" Yang masih terbuka di sini: {stack[-1].source}." if stack else ""
        _tell(report, "unclosed_block", f"Tanda {tag.source} tidak punya pembuka {' atau '.join(wanted)}.{inside}", tag)
        return
    while stack[-1].words[0] not in wanted:
        _tell_unclosed(report, stack.pop())
    opener = stack[-1]
    if not _same_level(opener.path, tag.path):
        sentence = (
            f"Tanda {tag.source} berada pada tingkat lain daripada pembukanya {opener.source}. "
            "Letakkan keduanya pada tingkat yang sama: sama-sama alinea, baris tabel, atau teks."
        )
        _tell(report, "misplaced_tag", sentence, tag)
    if word in _CLOSERS:
        stack.pop()


def _tell(report: Report, code: str, sentence: str, tag: Tag) -> None:
    report(Problem(code, sentence, tag.place, tag.source))


def _tell_unclosed(report: Report, tag: Tag) -> None:
    sentence = f"{_block_name(tag)} {tag.source} tidak ditutup dengan end{tag.words[0]}. Tambahkan penutupnya."
    _tell(report, "unclosed_block", sentence, tag)


def _block_name(tag: Tag) -> str:
    return "Perulangan" if tag.words[0] == "for" else "Syarat"


def _same_level(first: tuple[Element, ...], second: tuple[Element, ...]) -> bool:
    shared = 0
    for one, other in zip(first, second, strict=False):
        if one is not other:
            break
        shared += 1
    return [node.tag for node in first[shared:]] == [node.tag for node in second[shared:]]

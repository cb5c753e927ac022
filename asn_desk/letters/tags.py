"""The tags of a template and their places in the letter, and the check that every loop and condition is closed properly."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from asn_desk.errors import DeskError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

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


Report = Callable[[str, Place], DeskError]
_CLOSERS = {"endfor": "for", "endif": "if", "endset": "set"}
_BRANCHES = {"elif": ("if",), "else": ("if", "for")}
_OPENERS = {"for", "if"}
_KNOWN = {*_CLOSERS, *_BRANCHES, *_OPENERS, "set"}


def check_blocks(tags: Iterable[Tag], report: Report) -> None:
    """Raise the first loop or condition that is not closed, not opened, or closed at another level than it was opened."""
    stack: list[Tag] = []
    for tag in tags:
        words = tag.words
        if not tag.source.startswith("{%"):
            continue
        if not words or words[0] not in _KNOWN:
            raise report(f"Tanda {tag.source} tidak dikenal. Yang dapat dipakai: if, elif, else, for, set.", tag.place)
        if words[0] in _OPENERS or (words[0] == "set" and "=" not in tag.source):
            stack.append(tag)
        elif words[0] != "set":
            _check_partner(stack, tag, words[0], report)
    if stack:
        last = stack[-1]
        raise report(
            f"{_block_name(last)} {last.source} tidak ditutup dengan end{last.words[0]}. Tambahkan penutupnya.",
            last.place,
        )


def _check_partner(stack: list[Tag], tag: Tag, word: str, report: Report) -> None:
    wanted = (_CLOSERS[word],) if word in _CLOSERS else _BRANCHES[word]
    if not stack or stack[-1].words[0] not in wanted:
        inside = f" Yang masih terbuka di sini: {stack[-1].source}." if stack else ""
        raise report(f"Tanda {tag.source} tidak punya pembuka {' atau '.join(wanted)}.{inside}", tag.place)
    opener = stack[-1]
    if not _same_level(opener.path, tag.path):
        raise report(
            f"Tanda {tag.source} berada pada tingkat lain daripada pembukanya {opener.source}. "
            "Letakkan keduanya pada tingkat yang sama: sama-sama alinea, baris tabel, atau teks.",
            tag.place,
        )
    if word in _CLOSERS:
        stack.pop()


def _block_name(tag: Tag) -> str:
    return "Perulangan" if tag.words[0] == "for" else "Syarat"


def _same_level(first: tuple[Element, ...], second: tuple[Element, ...]) -> bool:
    shared = 0
    for one, other in zip(first, second, strict=False):
        if one is not other:
            break
        shared += 1
    return [node.tag for node in first[shared:]] == [node.tag for node in second[shared:]]

"""From the XML of a Word part to Jinja source: tags that Word split are mended, and every tag keeps its place in the letter.

The tags are those of docxtpl: `{{ field }}`, `{% if %}`, and `{%p %}`, `{%tr %}`, `{%tc %}`, `{%r %}`, which stand for the
whole paragraph, table row, cell or run that holds them. Each tag ends up on a line of its own, so that Jinja's line
numbers lead back to the place in the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from asn_desk.errors import DeskError
from asn_desk.letters.templates.filters import ILLEGAL
from asn_desk.letters.templates.tags import STRUCTURAL, Place, Problem, Report, Tag, check_blocks

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
"""Marks of a tag's place in the serialised XML: characters that no text may contain."""
OPEN, CLOSE = "\ufdd0", "\ufdd1"
MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
_PIECES = re.compile(r"(\{[{%][-+]?)(.*?)([-+]?[%}]\})", re.DOTALL)
_STRAY = re.compile(r"\{(?=[{%#])")
_QUOTES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " ", "\n": " ", "\r": " ", "\t": " "}
)
_OPENING = re.compile(r"\{[{%#]")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
MAX_TEXT, MAX_WORD = 500_000, 1_500
"""Characters in a part and in one word of it; far above any letter, and below what takes long to break into lines."""
MAX_TAGS, MAX_TAG, MAX_PIECES, MAX_PARAGRAPHS = 2_000, 1_000, 2_000, 10_000
"""Far above any letter: tags in a part, characters in a tag, runs in a paragraph with tags, paragraphs in a part."""
_NAMES = {"p": "alinea", "tr": "baris tabel", "tc": "sel tabel", "r": "potongan teks"}


@dataclass(frozen=True)
class Compiled:
    """A part as Jinja source; `tags[n]` is the tag on line n + 1, as (what is written, place)."""

    source: str
    tags: tuple[tuple[str, Place], ...]


class Compiler:
    """Turns one part into Jinja source. `label` names the template in sentences.

    Without `report` the first problem is raised as DeskError("template_tag"); with it all are told, and the source holds
    what could be understood.
    """

    def __init__(self, label: str, part: str, root: Element, report: Report | None = None) -> None:
        self.label = label
        self.part = part
        self.root = root
        self.tags: list[Tag] = []
        self._holders: dict[int, Element] = {}
        self._size = 0
        self.report: Report = report or self._raise

    def compile(self) -> Compiled:
        """Return the Jinja source. Raises DeskError("template_tag" | "template_too_large") with what to do."""
        from lxml import etree

        _drop_marks(self.root)
        for number, paragraph in enumerate(self.root.iter(f"{W}p"), start=1):
            if number > MAX_PARAGRAPHS:
                raise too_large(self.label)
            self._mend(number, paragraph)
        structural = [(index, tag) for index, tag in enumerate(self.tags) if STRUCTURAL.match(tag.source)]
        for index, tag in structural:
            self._lift(index, tag)
        xml = etree.tostring(self.root, encoding="unicode").replace("\n", " ")
        return self._source(_STRAY.sub("&#123;", xml))

    def add(self, source: str, place: Place, element: Element) -> str:
        """Register a tag that stands in this element and return the mark that holds its place."""
        if len(self.tags) >= MAX_TAGS:
            raise too_large(self.label)
        self.tags.append(Tag(source, place, _path(element)))
        return f"{OPEN}{len(self.tags) - 1}{CLOSE}"

    def place_of(self, element: Element) -> Place:
        """Return the place of the paragraph around an element."""
        paragraph = next((above for above in element.iterancestors() if above.tag == f"{W}p"), element)
        number = next((count for count, node in enumerate(self.root.iter(f"{W}p"), start=1) if node is paragraph), 1)
        return Place(self.part, number, " ".join("".join(node.text or "" for node in paragraph.iter(f"{W}t")).split()))

    def _mend(self, number: int, paragraph: Element) -> None:
        texts = list(own_texts(paragraph))
        for node in texts:
            node.text = ILLEGAL.sub("", node.text or "")
        whole = "".join(node.text or "" for node in texts)
        self._size += len(whole)
        if self._size > MAX_TEXT or max(map(len, whole.split()), default=0) > MAX_WORD:
            raise too_large(self.label)
        if "{" not in whole and "}" not in whole:
            return
        if len(texts) > MAX_PIECES:
            raise too_large(self.label)
        place = Place(self.part, number, " ".join(whole.split()))
        found = spans(whole)
        self._refuse_loose(whole, found, place)
        marks: list[str] = []
        for start, end in found:
            holder = _holder(texts, start)
            self._holders[len(self.tags)] = holder
            marks.append(self.add(straight(whole[start:end]), place, holder))
        for (start, end), mark in reversed(list(zip(found, marks, strict=True))):
            _replace(texts, start, end, mark)

    def _refuse_loose(self, whole: str, found: list[tuple[int, int]], place: Place) -> None:
        for start, end in found:
            inner = whole[start + 2 : end - 2]
            opened = _OPENING.search(inner)
            if opened is not None and "#" not in whole[start : start + 2]:
                loose = whole[start : start + 2 + opened.start()].strip()
                self._tell(
                    "broken_tag", f"Tanda {loose} tidak punya penutup. Lengkapi atau hapus tanda itu.", place, loose
                )
            elif end - start > MAX_TAG:
                self._tell(
                    "broken_tag", "Tanda ini terlalu panjang. Periksa penutupnya.", place, whole[start : start + 40]
                )
        rest = _without(whole, found)
        for sign in ("{{", "{%", "{#", "}}", "%}"):
            if sign in rest:
                missing = "penutup" if sign[0] == "{" else "pembuka"
                self._tell(
                    "broken_tag", f"Tanda {sign} tidak punya {missing}. Lengkapi atau hapus tanda itu.", place, sign
                )

    def _lift(self, index: int, tag: Tag) -> None:
        match = STRUCTURAL.match(tag.source)
        assert match is not None
        kind = match.group(1)
        mark = f"{OPEN}{index}{CLOSE}"
        node = self._holders[index]
        element = next((above for above in node.iterancestors() if above.tag == f"{W}{kind}"), None)
        if element is None:
            self._misplaced(tag, f"hanya berlaku di dalam {_NAMES[kind]}.")
            return
        if next(element.iter(f"{W}sectPr"), None) is not None:
            self._misplaced(tag, "berada di alinea pemisah bagian. Pindahkan ke alinea sendiri.")
            return
        text = "".join(part.text or "" for part in element.iter(f"{W}t"))
        if text.replace(mark, "").strip():
            self._misplaced(
                tag, f"harus berdiri sendiri: {_NAMES[kind]} itu akan hilang, padahal masih memuat teks lain."
            )
            return
        parent = element.getparent()
        assert parent is not None
        self.tags[index] = replace(tag, path=_path(parent))
        _put_in_place_of(element, mark)

    def _misplaced(self, tag: Tag, sentence: str) -> None:
        self._tell("misplaced_tag", f"Tanda {tag.source} {sentence}", tag.place, tag.source)

    def _tell(self, code: str, sentence: str, place: Place, source: str) -> None:
        self.report(Problem(code, sentence, place, source))

    def _raise(self, problem: Problem) -> None:
        raise self.error(problem.sentence, problem.place)

    def _source(self, xml: str) -> Compiled:
        ordered: list[Tag] = []
        pieces: list[str] = []
        end = 0
        for match in MARK.finditer(xml):
            tag = self.tags[int(match.group(1))]
            pieces.append(xml[end : match.start()])
            end = match.end()
            if not tag.source.startswith("{#"):
                pieces.append(_on_a_line(tag.source))
                ordered.append(tag)
        pieces.append(xml[end:])
        check_blocks(ordered, self.report)
        return Compiled("".join(pieces), tuple((tag.source, tag.place) for tag in ordered))

    def error(self, sentence: str, place: Place) -> DeskError:
        """Return the error for a tag that cannot work."""
        return DeskError("template_tag", f"Templat {self.label}, {place}: {sentence}")


def straight(text: str) -> str:
    """Return text with the curly quotes and odd spaces that Word puts into tags made plain, character by character."""
    return text.translate(_QUOTES)


def spans(text: str) -> list[tuple[int, int]]:
    """Return where the tags of a paragraph begin and end, in one pass however odd the text is."""
    found: list[tuple[int, int]] = []
    lost: set[str] = set()
    position = 0
    while True:
        match = _OPENING.search(text, position)
        if match is None:
            return found
        closing = _CLOSING[match.group()]
        end = -1 if closing in lost else text.find(closing, match.end())
        if end < 0:
            lost.add(closing)
            position = match.start() + 1
        else:
            found.append((match.start(), end + 2))
            position = end + 2


def too_large(label: str) -> DeskError:
    """Return the error for a template that has more in it than any letter."""
    return DeskError(
        "template_too_large",
        f"Templat {label} memuat terlalu banyak teks, tanda atau alinea. Kurangi isinya, lalu coba lagi.",
    )


def _without(text: str, found: list[tuple[int, int]]) -> str:
    edges = [0, *(edge for span in found for edge in span), len(text)]
    return "".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))


def _on_a_line(source: str) -> str:
    match = _PIECES.fullmatch(source)
    assert match is not None
    opening, inner, closing = match.groups()
    structural = STRUCTURAL.match(source)
    if structural:
        inner = inner[len(structural.group(1)) :]
    return f"{opening} {inner.strip()}\n{closing}"


def _path(element: Element) -> tuple[Element, ...]:
    return tuple(reversed([element, *element.iterancestors()]))


def own_texts(paragraph: Element) -> Iterator[Element]:
    """Yield the text elements of a paragraph, those of text boxes inside it left out."""
    for node in paragraph.iter(f"{W}t"):
        nearest = next((above for above in node.iterancestors() if above.tag == f"{W}p"), None)
        if nearest is paragraph:
            yield node


def _holder(texts: list[Element], position: int) -> Element:
    for node in texts:
        length = len(node.text or "")
        if position < length:
            return node
        position -= length
    raise AssertionError("a match lies inside the texts it was found in")


def _replace(texts: list[Element], start: int, end: int, mark: str) -> None:
    offset = 0
    for node in texts:
        text = node.text or ""
        left, right = max(start - offset, 0), min(end - offset, len(text))
        if left < right:
            holds_start = offset <= start < offset + len(text)
            node.text = text[:left] + (mark if holds_start else "") + text[right:]
            node.set(PRESERVE, "preserve")
        offset += len(text)


def _put_in_place_of(element: Element, mark: str) -> None:
    parent, before = element.getparent(), element.getprevious()
    assert parent is not None
    rest = mark + (element.tail or "")
    parent.remove(element)
    if before is not None:
        before.tail = (before.tail or "") + rest
    else:
        parent.text = (parent.text or "") + rest


def _drop_marks(root: Element) -> None:
    """Take out what Word leaves for itself: proofing marks and the bookmark of its cursor."""
    cursor = {node.get(f"{W}id") for node in root.iter(f"{W}bookmarkStart") if node.get(f"{W}name") == "_GoBack"}
    for node in list(root.iter(f"{W}proofErr", f"{W}lastRenderedPageBreak", f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        if "bookmark" not in str(node.tag) or node.get(f"{W}id") in cursor:
            _put_in_place_of(node, "")

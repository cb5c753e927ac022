"""The checker's look at paper: what the PDF writer cannot print, fonts it replaces, and the page each paragraph is on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from asn_desk.letters.checker.findings import BODY, Finding, Severity
from asn_desk.letters.templates.compiling import W, own_texts

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from asn_desk.letters.pdf.placing.sheet import Sheet

_SKIPPED = re.compile(
    r"(?P<thing>.+) di (?P<place>(?:paragraf|bagian) ke-(?P<item>\d+)|(?P<story>kepala|kaki) halaman[^(]*|isi surat)"
    r"(?:\(dekat \"(?P<near>.*)\"\) ?| \(dekat \"(?P<near2>.*)\"\))? ?tidak dapat dicetak ke PDF dan dilewati\."
)
_FONT = re.compile(r'Font "(?P<font>.*)" tidak tersedia')
_PLACE = re.compile(r"(?:paragraf|bagian) ke-(?P<item>\d+)")
_DECORATION = ("Bentuk gambar",)
_OBJECTS = ("drawing", "pict", "object", "oMath", "oMathPara", "AlternateContent", "footnoteReference", "altChunk")
_STORIES = {"kepala": "header", "kaki": "footer"}
_LONGEST_LOOK, _SURE = 24, 12


def printed(data: bytes) -> tuple[list[Sheet], tuple[str, ...]]:
    """Return the template's pages, its tags unfilled, and the PDF writer's notes. Raises DeskError as the writer."""
    from asn_desk.letters.pdf.notes import Notes
    from asn_desk.letters.pdf.placing.pages import make_pages
    from asn_desk.letters.pdf.reading.reader import read_document

    notes = Notes()
    sheets = make_pages(read_document(data, notes), notes)
    return sheets, notes.all()


def page_numbers(root: Element, sheets: list[Sheet]) -> dict[int, int]:
    """Return the page of each body paragraph (by number, from 1) whose text is found on the pages, in their order."""
    pages = [_bare("".join(_texts(sheet))) for sheet in sheets]
    found: dict[int, int] = {}
    page, offset = 0, 0
    for number, paragraph in enumerate(root.iter(f"{W}p"), start=1):
        wanted = _bare(paragraph_text(paragraph))[:_LONGEST_LOOK]
        place = _next_place(pages, wanted, page, offset) if wanted else None
        if place is not None:
            found[number] = place[0] + 1
            page, offset = place if len(wanted) >= _SURE else (page, offset)
    return found


def _texts(sheet: Sheet) -> Iterator[str]:
    """Yield the texts of a page, and of what stands on it: a table row's cells are stamped on it in turn."""
    for mark in sheet.texts:
        yield mark.text
    for stamp in sheet.stamps:
        drawn = sheet.blank()
        stamp.slab.place(drawn, stamp.x, stamp.y, closing=stamp.closing)
        yield from _texts(drawn)


def _next_place(pages: list[str], wanted: str, page: int, offset: int) -> tuple[int, int] | None:
    """Return page and position of the text, from the last place on; cells are drawn in an order of their own."""
    for candidate in range(page, len(pages)):
        at = pages[candidate].find(wanted, offset if candidate == page else 0)
        if at >= 0:
            return candidate, at
    at = pages[page].find(wanted) if pages else -1
    return (page, at) if at >= 0 else None


def layout_findings(notes: tuple[str, ...], roots: Mapping[str, Element]) -> Iterator[Finding]:
    """Yield the writer's notes as findings, each at the paragraph it is about where that can be told."""
    for note in notes:
        skipped, font = _SKIPPED.fullmatch(note), _FONT.match(note)
        if skipped is not None:
            yield _skipped(skipped, roots)
        elif font is not None:
            yield _missing_font(font.group("font"), note, roots)
        else:
            place = _PLACE.search(note)
            part, number, text = _in_body(roots[BODY], int(place.group("item")), "") if place else (BODY, None, "")
            yield Finding(Severity.WARNING, "unsupported_format", note, number, None, text, part)


def _skipped(match: re.Match[str], roots: Mapping[str, Element]) -> Finding:
    thing, near = match.group("thing"), match.group("near") or match.group("near2") or ""
    decoration = thing.startswith(_DECORATION)
    if match.group("item"):
        part, number, text = _in_body(roots[BODY], int(match.group("item")), near)
    else:
        part, number, text = _in_story(roots, match.group("story"), near)
    lost = "akan hilang dari surat"
    advice = "Hapus, atau ganti dengan gambar PNG atau JPEG." if decoration else _advice(thing)
    return Finding(
        Severity.WARNING if decoration else Severity.ERROR, "unsupported_object",
        f"{thing} tidak dapat dicetak ke PDF, jadi {lost}. {advice}", number, None, text, part,
    )  # fmt: skip


def _advice(thing: str) -> str:
    if thing.startswith("Gambar"):
        return "Sisipkan lagi sebagai gambar PNG atau JPEG."
    if thing.startswith("Catatan"):
        return "Tulis catatan itu sebagai teks biasa."
    return "Ganti dengan teks biasa, tabel, atau gambar PNG."


def _missing_font(font: str, note: str, roots: Mapping[str, Element]) -> Finding:
    for part, root in roots.items():
        for number, paragraph in enumerate(root.iter(f"{W}p"), start=1):
            if any(font in (node.get(f"{W}ascii"), node.get(f"{W}hAnsi")) for node in paragraph.iter(f"{W}rFonts")):
                return Finding(Severity.INFO, "missing_font", note, number, None, _shown(paragraph), part)
    return Finding(Severity.INFO, "missing_font", note)


def _in_body(root: Element, item: int, near: str) -> tuple[str, int | None, str]:
    body = root.find(f"{W}body")
    items = [node for node in body if node.tag != f"{W}sectPr"] if body is not None else []
    if not 0 < item <= len(items):
        return BODY, None, near
    number, text = _spot(root, items[item - 1], near)
    return BODY, number, text


def _in_story(roots: Mapping[str, Element], story: str | None, near: str) -> tuple[str, int | None, str]:
    kind = _STORIES.get(story or "", "")
    for part, root in roots.items():
        if kind and f"/{kind}" in part and any(_holds_object(paragraph) for paragraph in root.iter(f"{W}p")):
            return part, *_spot(root, root, near)
    return BODY, None, near


def _spot(root: Element, holder: Element, near: str) -> tuple[int | None, str]:
    inside = {id(node) for node in holder.iter(f"{W}p")} | {id(holder)}
    paragraphs = [(number, node) for number, node in enumerate(root.iter(f"{W}p"), start=1) if id(node) in inside]
    begun = near.rstrip("…").strip()
    for matches in (
        lambda node: bool(begun) and paragraph_text(node).strip().startswith(begun) and _holds_object(node),
        _holds_object,
        lambda _node: True,
    ):
        for number, node in paragraphs:
            if matches(node):
                return number, _shown(node)
    return None, near


def _holds_object(paragraph: Element) -> bool:
    return any(str(node.tag).rpartition("}")[2] in _OBJECTS for node in paragraph.iter())


def paragraph_text(paragraph: Element) -> str:
    """Return the text of a paragraph, that of text boxes inside it left out."""
    return "".join(node.text or "" for node in own_texts(paragraph))


def _shown(paragraph: Element) -> str:
    return " ".join(paragraph_text(paragraph).split())


def _bare(text: str) -> str:
    return "".join(text.split()).casefold()

"""Read a whole DOCX into a `Document`: sections, page set-up, headers and footers, and the shared parts behind them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from asn_desk.letters.pdf.model import Block, Document, PageSetup, Section
from asn_desk.letters.pdf.notes import Notes
from asn_desk.letters.pdf.numbering import Counters, Numbering, read_numbering
from asn_desk.letters.pdf.ooxml import attribute, child, children, damaged, integer, parse, points, short, switch, value
from asn_desk.letters.pdf.opc import Package
from asn_desk.letters.pdf.read_blocks import read_blocks
from asn_desk.letters.pdf.source import Shared, Source
from asn_desk.letters.pdf.styles import StyleSheet, read_styles
from asn_desk.letters.pdf.theme import Theme, read_theme

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_KINDS = {"default": "halaman", "first": "halaman pertama", "even": "halaman genap"}
_MIN_TAB = 4.0


@lru_cache(maxsize=8)
def _shared_parts(styles: bytes, numbering: bytes, theme: bytes) -> tuple[StyleSheet, Numbering, Theme]:
    """Parse styles, lists and theme once per template: all letters of a batch carry the same bytes."""
    look = read_theme(parse(theme) if theme else None)
    return (
        read_styles(parse(styles) if styles else None, look),
        read_numbering(parse(numbering) if numbering else None, look),
        look,
    )


def read_document(data: bytes, notes: Notes) -> Document:
    """Return the letter in a DOCX; raises DeskError when the file cannot be read as one."""
    package = Package.open(data)
    main = package.main_part()
    body = child(package.xml(main), "w:body")
    if body is None:
        raise damaged()
    parts = [_optional(package, main, kind) for kind in ("styles", "numbering", "theme")]
    styles, numbering, theme = _shared_parts(*parts)
    settings = package.related(main, "settings")
    root = package.xml(settings) if settings else None
    shared = Shared(package, styles, numbering, theme, notes, _compat(root))
    document = Document([], max(_MIN_TAB, points(value(root, "w:defaultTabStop")) or 36.0))
    document.even_and_odd = bool(switch(root, "w:evenAndOddHeaders"))
    source = Source(shared, main, Counters(numbering), read_blocks)
    _read_sections(source, body, document)
    return document


def _optional(package: Package, main: str, kind: str) -> bytes:
    name = package.related(main, kind)
    return package.read(name) if name else b""


def _compat(root: Element | None) -> int:
    """Return Word's compatibility mode (15 = Word 2013 and later, 12 where the file says nothing)."""
    for item in children(child(root, "w:compat"), "w:compatSetting"):
        if attribute(item, "w:name") == "compatibilityMode":
            return integer(attribute(item, "w:val"), 15) or 15
    return 15 if root is None else 12


def _read_sections(source: Source, body: Element, document: Document) -> None:
    pending: list[Element] = []
    previous: Section | None = None
    for item in body:
        name = short(item)
        if name == "w:sectPr":
            continue
        pending.append(item)
        end = child(child(item, "w:pPr"), "w:sectPr") if name == "w:p" else None
        if end is not None:
            previous = _section(source, pending, end, previous)
            document.sections.append(previous)
            pending = []
    last = child(body, "w:sectPr")
    if pending or not document.sections:
        document.sections.append(_section(source, pending, last, previous))


def _section(source: Source, items: list[Element], properties: Element | None, previous: Section | None) -> Section:
    blocks: list[Block] = []
    for item in items:
        source.body_number += 1
        source.notes.place = (
            f"paragraf ke-{source.body_number}" if short(item) == "w:p" else f"bagian ke-{source.body_number}"
        )
        blocks += read_blocks(source, (item,), {}, {})
    section = Section(blocks, _page_setup(properties, source.notes))
    if previous is not None:
        section.headers, section.footers = dict(previous.headers), dict(previous.footers)
    for name, stories in (("header", section.headers), ("footer", section.footers)):
        for reference in children(properties, f"w:{name}Reference"):
            kind = attribute(reference, "w:type") or "default"
            stories[kind] = _story(source, name, kind, attribute(reference, "r:id") or "")
    return section


def _story(source: Source, name: str, kind: str, relation_id: str) -> list[Block]:
    package = source.shared.package
    relation = package.relations(source.part).get(relation_id)
    if relation is None or relation.external or not package.has(relation.target):
        return []
    word = "kepala" if name == "header" else "kaki"
    source.notes.place = f"{word} {_KINDS.get(kind, 'halaman')}"
    story = Source(source.shared, relation.target, Counters(source.shared.numbering), read_blocks)
    return read_blocks(story, package.xml(relation.target), {}, {})


def _page_setup(properties: Element | None, notes: Notes) -> PageSetup:
    setup = PageSetup()
    if properties is None:
        return setup
    size, margins = child(properties, "w:pgSz"), child(properties, "w:pgMar")
    setup.width = _between(points(attribute(size, "w:w")), 72.0, 3_000.0, setup.width)
    setup.height = _between(points(attribute(size, "w:h")), 72.0, 3_000.0, setup.height)
    for side in ("top", "right", "bottom", "left", "header", "footer"):
        measure = points(attribute(margins, f"w:{side}"))
        if measure is not None:
            setattr(setup, side, max(-2_000.0, min(2_000.0, measure)))
    setup.left += max(0.0, points(attribute(margins, "w:gutter")) or 0.0)
    numbers = child(properties, "w:pgNumType")
    setup.number_start = integer(attribute(numbers, "w:start"))
    setup.number_format = attribute(numbers, "w:fmt") or "decimal"
    setup.title_page = bool(switch(properties, "w:titlePg"))
    setup.kind = value(properties, "w:type") or "nextPage"
    _sane(setup)
    columns = integer(attribute(child(properties, "w:cols"), "w:num"), 1) or 1
    if columns > 1:
        notes.add("Teks berkolom dicetak dalam satu kolom.")
    edges = child(properties, "w:pgBorders")
    if edges is not None and len(edges):
        notes.add("Garis tepi halaman tidak dicetak ke PDF.")
    return setup


def _between(measure: float | None, low: float, high: float, usual: float) -> float:
    return usual if measure is None else max(low, min(high, measure))


def _sane(setup: PageSetup) -> None:
    """Keep room for text on the page whatever the file says: margins that leave less than half an inch are halved away."""
    if setup.width - setup.left - setup.right < 36.0:
        setup.left = setup.right = setup.width / 8
    if setup.height - abs(setup.top) - abs(setup.bottom) < 36.0:
        setup.top = setup.bottom = setup.height / 8

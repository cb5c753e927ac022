"""Read a whole DOCX into a `Document`: sections, page set-up, headers and footers, and the shared parts behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from asn_desk.letters.pdf.model import Block, Break, Cell, Document, PageSetup, Paragraph, Row, Section, Table
from asn_desk.letters.pdf.notes import Notes
from asn_desk.letters.pdf.placing.page_edges import read_page_edges
from asn_desk.letters.pdf.reading import known
from asn_desk.letters.pdf.reading.footnotes import noted
from asn_desk.letters.pdf.reading.frames import framed
from asn_desk.letters.pdf.reading.known import Child, KnownTable, SectionEnd, Template
from asn_desk.letters.pdf.reading.numbering import Counters, Numbering, read_numbering
from asn_desk.letters.pdf.reading.ooxml import (
    attribute,
    child,
    children,
    damaged,
    integer,
    parse,
    points,
    short,
    switch,
    value,
)
from asn_desk.letters.pdf.reading.opc import Package
from asn_desk.letters.pdf.reading.read_blocks import label_of, read_blocks, read_paragraph
from asn_desk.letters.pdf.reading.read_columns import read_columns
from asn_desk.letters.pdf.reading.segments import Body, TableCut, split_body
from asn_desk.letters.pdf.reading.source import Shared, Source
from asn_desk.letters.pdf.reading.styles import StyleSheet, read_styles
from asn_desk.letters.pdf.reading.theme import Theme, read_theme
from asn_desk.letters.pdf.reading.unprinted import note_of_section, note_unprinted, remarks_on_settings
from asn_desk.letters.pdf.reading.worded import find_worded, keep_worded

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_KINDS = {"default": "halaman", "first": "halaman pertama", "even": "halaman genap"}
_MIN_TAB = 4.0
_LEAST_STEP, _LARGEST_STEP = 6.0, 150.0


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
    parts = known.take_apart(data)
    with known.one_at_a_time:
        template = known.find(parts)
        if template is None or parts is None:
            template, content = _new_template(data, notes)
            if parts is not None and parts.document == content:
                known.remember(parts, template)
        else:
            content = parts.document
        template.shared.notes = notes
        for sentence in template.remarks:
            notes.add(sentence)
        document = Document([], template.default_tab, template.even_and_odd)
        source = Source(template.shared, template.main, Counters(template.shared.numbering), read_blocks)
        _read_sections(source, template, content, document)
    return document


def _new_template(data: bytes, notes: Notes) -> tuple[Template, bytes]:
    """Read the parts that letters of one template share; returns them and the document part of this letter."""
    package = Package.open(data)
    main = package.main_part()
    content = package.read(main)
    styles, numbering, theme = _shared_parts(
        *(_optional(package, main, kind) for kind in ("styles", "numbering", "theme"))
    )
    settings = package.related(main, "settings")
    root = package.xml(settings) if settings else None
    shared = Shared(package, styles, numbering, theme, notes, _compat(root))
    default_tab = max(_MIN_TAB, points(value(root, "w:defaultTabStop")) or 36.0)
    even_and_odd = bool(switch(root, "w:evenAndOddHeaders"))
    return Template(package, main, shared, default_tab, even_and_odd, remarks_on_settings(root)), content


def _optional(package: Package, main: str, kind: str) -> bytes:
    name = package.related(main, kind)
    return package.read(name) if name else b""


def _compat(root: Element | None) -> int:
    """Return Word's compatibility mode (15 = Word 2013 and later, 12 where the file says nothing)."""
    for item in children(child(root, "w:compat"), "w:compatSetting"):
        if attribute(item, "w:name") == "compatibilityMode":
            return integer(attribute(item, "w:val"), 15) or 15
    return 15 if root is None else 12


def _read_sections(source: Source, template: Template, content: bytes, document: Document) -> None:
    pending: list[Block] = []
    previous: Section | None = None
    for item in _children(source, template, content):
        bare = item.end is not None and bool(pending) and _is_bare(item.blocks)
        pending += [] if bare else item.blocks
        if item.end is not None and (pending or not document.sections):
            previous = _section(source, pending, item.end, previous)
            previous.open_end = bare or _ends_page(item.blocks)
            document.sections.append(previous)
            pending = []
    if pending or not document.sections:
        document.sections.append(_section(source, pending, _section_end(source, None), previous))
    if source.cited:
        document.sections[-1].blocks += noted(source)


def _is_bare(blocks: list[Block]) -> bool:
    """Return whether an empty paragraph only ends its section: Word shows nothing of it."""
    only = blocks[0] if len(blocks) == 1 else None
    return isinstance(only, Paragraph) and not only.inlines and only.item is None and only.frame is None


def _ends_page(blocks: list[Block]) -> bool:
    last = blocks[-1] if blocks else None
    ending = last.inlines[-1] if isinstance(last, Paragraph) and last.inlines else None
    return isinstance(ending, Break) and ending.kind == "page"


def _section(source: Source, blocks: list[Block], end: SectionEnd, previous: Section | None) -> Section:
    for sentence in end.notes:
        source.notes.add(sentence)
    headers, footers = (previous.headers, previous.footers) if previous is not None else ({}, {})
    return Section(framed(blocks), end.setup, {**headers, **end.headers}, {**footers, **end.footers})


def _children(source: Source, template: Template, content: bytes) -> Iterator[Child]:
    """Yield what the children of the body hold; those that an earlier letter of the template had are not read again."""
    body = split_body(content)
    tables = {} if body is None else _known_tables(template, body)
    unread, worded = ([], {}) if body is None else _unread(template, body, tables)
    elements = None if body is None else body.read(unread) if unread else []
    if body is None or elements is None:
        root = child(parse(content), "w:body")
        if root is None:
            raise damaged()
        yield from (_read_child(source, element)[0] for element in root)
        return
    parsed = Parsed(body, dict(zip(unread, elements, strict=True)), worded)
    for item in body.items:
        kept = template.child(item) if not source.fields else None
        if kept is not None:
            source.body_number += 1
            yield _counted(source, kept)
        elif item in tables and not source.fields:
            yield Child([_refilled(source, template, tables[item], parsed)])
        elif item in worded and not source.fields:
            source.body_number += 1
            yield _worded(source, template, item, worded[item])
        else:
            yield _read_and_keep(source, template, parsed, item)


def _read_and_keep(source: Source, template: Template, parsed: Parsed, item: bytes) -> Child:
    read, lasting = _read_child(source, parsed.element(item))
    if lasting:
        template.keep(item, read)
        if read.end is None and isinstance(read.blocks[0], Paragraph):
            keep_worded(template, b"", item, read.blocks[0])
    if len(read.blocks) == 1 and isinstance(read.blocks[0], Table) and lasting is not None:
        template.keep_table(item, read.blocks[0])
    return read


def _worded(source: Source, template: Template, key: bytes, paragraph: Paragraph) -> Child:
    """Return a paragraph with other words than before, counted in this letter."""
    read = Child([paragraph])
    template.keep(key, read)
    return _counted(source, read)


def _known_tables(template: Template, body: Body) -> dict[bytes, tuple[KnownTable, TableCut]]:
    """Return the tables that earlier letters had with other words."""
    found = {item: template.table(item) for item in body.items if item not in template.children}
    return {item: known_table for item, known_table in found.items() if known_table is not None}


def _unread(
    template: Template, body: Body, tables: dict[bytes, tuple[KnownTable, TableCut]]
) -> tuple[list[bytes], dict[bytes, Paragraph]]:
    """Return all that must be parsed, each once, and the paragraphs of which only the words are new."""
    wanted: dict[bytes, None] = {}
    worded: dict[bytes, Paragraph] = {}
    for key, item in _pieces(body, tables):
        if key + item in template.children or key + item in worded:
            continue
        paragraph = find_worded(template, key, item)
        if paragraph is None:
            wanted[item] = None
        else:
            worded[key + item] = paragraph
    return list(wanted), worded


def _pieces(body: Body, tables: dict[bytes, tuple[KnownTable, TableCut]]) -> Iterator[tuple[bytes, bytes]]:
    """Yield the children of the body, and instead of a known table the paragraphs of its cells with their keys."""
    for item in body.items:
        if item not in tables:
            yield b"", item
            continue
        known_table, cut = tables[item]
        for key, items in zip(known_table.keys, cut.cells, strict=True):
            for xml in items:
                yield key, xml


def _refilled(source: Source, template: Template, found: tuple[KnownTable, TableCut], parsed: Parsed) -> Table:
    """Return a known table with the words of this letter."""
    source.body_number += 1
    source.notes.place = f"bagian ke-{source.body_number}"
    known_table, cut = found
    table, cells = known_table.table, iter(zip(known_table.keys, cut.cells, strict=True))
    rows = []
    for row in table.rows:
        filled = [_filled(source, template, cell, next(cells), parsed) for cell in row.cells]
        rows.append(Row(filled, row.height, row.height_rule, row.header, row.cant_split))
    return table.with_rows(rows)


def _filled(source: Source, template: Template, cell: Cell, found: tuple[bytes, list[bytes]], parsed: Parsed) -> Cell:
    key, items = found
    blocks: list[Block] = []
    for item in items:
        kept = template.child(key + item)
        if kept is not None:
            blocks += _counted(source, kept).blocks
            continue
        if key + item in parsed.worded:
            blocks += _worded(source, template, key + item, parsed.worded[key + item]).blocks
            continue
        with source.notes.heard() as heard:
            paragraph = read_paragraph(source, parsed.element(item), *cell.inherited)
        if not heard:
            template.keep(key + item, Child([paragraph]))
            keep_worded(template, key, item, paragraph)
        blocks.append(paragraph)
    return cell.filled(blocks)


@dataclass
class Parsed:
    """Parsed elements by their bytes. Each is handed out once; what stands in the letter twice is parsed again."""

    body: Body
    elements: dict[bytes, Element]
    worded: dict[bytes, Paragraph]

    def element(self, item: bytes) -> Element:
        """Return the element of a piece of the body."""
        found = self.elements.pop(item, None)
        if found is not None:
            return found
        again = self.body.read([item])
        if again is None:
            raise damaged()
        return again[0]


def _counted(source: Source, kept: Child) -> Child:
    """Return a child read before with its list number in this letter."""
    first = kept.blocks[0] if kept.blocks else None
    if not isinstance(first, Paragraph) or first.item is None:
        return kept
    label = label_of(first.item, source.counters)
    return Child([replace(first, label=label)], kept.end)


def _read_child(source: Source, element: Element) -> tuple[Child, bool | None]:
    """Read a child of the body; also tells whether other letters may use it.

    False when list numbers inside it count on, None when notes or an open field hang on its place.
    """
    name, counters, started = short(element), source.counters, bool(source.fields)
    if name == "w:sectPr":
        return Child([], _section_end(source, element)), True
    source.body_number += 1
    source.notes.place = f"{'paragraf' if name == 'w:p' else 'bagian'} ke-{source.body_number}"
    counted = counters.counted
    with source.notes.heard() as heard:
        source.body_child = (element,)
        blocks = read_blocks(source, source.body_child, {}, {})
        note_unprinted(element, source.notes)
    own = sum(isinstance(block, Paragraph) and block.item is not None for block in blocks)
    lasting = (
        counters.counted - counted == own and len(blocks) == 1 if not (heard or started or source.fields) else None
    )
    properties = child(child(element, "w:pPr"), "w:sectPr") if name == "w:p" else None
    return Child(blocks, None if properties is None else _section_end(source, properties)), lasting


def _section_end(source: Source, properties: Element | None) -> SectionEnd:
    """Read paper, margins, headers and footers of a section."""
    with source.notes.heard() as heard:
        end = SectionEnd(_page_setup(properties, source.notes), {}, {}, ())
        for name, stories in (("header", end.headers), ("footer", end.footers)):
            for reference in children(properties, f"w:{name}Reference"):
                kind = attribute(reference, "w:type") or "default"
                stories[kind] = _story(source, name, kind, attribute(reference, "r:id") or "")
    end.notes = tuple(dict.fromkeys(heard))
    return end


def _story(source: Source, name: str, kind: str, relation_id: str) -> list[Block]:
    package = source.shared.package
    relation = package.relations(source.part).get(relation_id)
    if relation is None or relation.external or not package.has(relation.target):
        return []
    word = "kepala" if name == "header" else "kaki"
    source.notes.place = f"{word} {_KINDS.get(kind, 'halaman')}"
    story = Source(source.shared, relation.target, Counters(source.shared.numbering), read_blocks)
    root = package.xml(relation.target)
    blocks = read_blocks(story, root, {}, {})
    note_unprinted(root, source.notes)
    for block in blocks:
        block.layouts = {}
    return blocks


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
    setup.valign = {"center": "center", "bottom": "bottom"}.get(value(properties, "w:vAlign") or "top", "top")
    read_columns(child(properties, "w:cols"), setup)
    setup.grid = _grid(child(properties, "w:docGrid"), notes)
    read_page_edges(child(properties, "w:pgBorders"), setup, notes)
    note_of_section(properties, notes)
    return setup


def _grid(element: Element | None, notes: Notes) -> float:
    """Return the height of the steps lines are set in: the East Asian grid, which some office programs write into every file."""
    kind = attribute(element, "w:type") or "default"
    if kind == "default":
        return 0.0
    if kind != "lines" and integer(attribute(element, "w:charSpace"), 0):
        notes.add("Kisi huruf (jarak tetap antarhuruf) tidak dicetak ke PDF; jarak barisnya tetap dipakai.")
    return _between(points(attribute(element, "w:linePitch")), _LEAST_STEP, _LARGEST_STEP, 0.0)


def _between(measure: float | None, low: float, high: float, usual: float) -> float:
    return usual if measure is None else max(low, min(high, measure))


def _sane(setup: PageSetup) -> None:
    """Keep room for text on the page whatever the file says: margins that leave less than half an inch are halved away."""
    if setup.width - setup.left - setup.right < 36.0:
        setup.left = setup.right = setup.width / 8
    if setup.height - abs(setup.top) - abs(setup.bottom) < 36.0:
        setup.top = setup.bottom = setup.height / 8

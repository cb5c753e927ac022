"""Read block content: paragraphs with their lists and styles, tables through `read_tables`, content controls."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from asn_desk.letters.pdf.model import Block, Inline, Label, ListItem, Paragraph, Props
from asn_desk.letters.pdf.reading.frames import framed, read_frame
from asn_desk.letters.pdf.reading.numbering import Counters, known_format
from asn_desk.letters.pdf.reading.ooxml import child, short
from asn_desk.letters.pdf.reading.props import layer, para_format, para_props, run_format, run_props
from asn_desk.letters.pdf.reading.read_runs import RunReader, chosen
from asn_desk.letters.pdf.reading.read_tables import read_table
from asn_desk.letters.pdf.reading.source import MAX_NESTING, Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element as Element

_WRAPPERS = frozenset({"w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag"})
_SKIPPED = {
    "m:oMath": "Rumus matematika",
    "m:oMathPara": "Rumus matematika",
    "w:altChunk": "Dokumen lain yang disisipkan (altChunk)",
}
_NEAR = 40


def read_blocks(source: Source, holder: Iterable[Element], table_para: Props, table_run: Props) -> list[Block]:
    """Return the paragraphs and tables of a body, cell, header or text box; table properties come from the table's style."""
    blocks: list[Block] = []
    source.depth += 1
    if source.depth <= MAX_NESTING:
        for item in holder:
            _read_block(source, item, (table_para, table_run), blocks)
    else:
        source.notes.skipped("Tabel yang bersarang terlalu dalam")
    source.depth -= 1
    return blocks if holder is source.body_child else framed(blocks)


def _read_block(source: Source, item: Element, table: tuple[Props, Props], blocks: list[Block]) -> None:
    name = short(item)
    if name == "w:p":
        read = read_paragraph(source, item, *table)
        in_body = source.depth == 1 and source.body_child is not None
        if not (read.mark.hidden and not read.inlines and (blocks or in_body)):
            blocks.append(read)
    elif name == "w:tbl":
        found = read_table(source, item)
        if found is not None:
            blocks.append(found)
    elif name == "w:sdt":
        content = child(item, "w:sdtContent")
        for sub in content if content is not None else ():
            _read_block(source, sub, table, blocks)
    elif name in _WRAPPERS:
        for sub in item:
            _read_block(source, sub, table, blocks)
    elif name == "mc:AlternateContent":
        for sub in chosen(item):
            _read_block(source, sub, table, blocks)
    elif name in _SKIPPED:
        source.notes.skipped(_SKIPPED[name])


def read_paragraph(source: Source, element: Element, table_para: Props, table_run: Props) -> Paragraph:
    """Return one paragraph with all inheritance resolved and its list number counted."""
    shared = source.shared
    properties = child(element, "w:pPr")
    direct = para_props(properties)
    style = shared.styles.para_style(direct.pop("para_style", None))
    merged = shared.styles.para(style, table_para, shared.numbering.para)
    if "num_id" in direct:
        layer(merged, shared.numbering.para(direct["num_id"], direct.get("level", 0)))
    layer(merged, direct)
    merged["para_style"] = style
    mark = run_props(child(properties, "w:rPr"), shared.theme)
    source.notes.near = _opening(element)
    inlines: list[Inline] = []
    reader = RunReader(source, style, table_run, inlines)
    reader.read(element)
    item = _list_item(source, merged, style, table_run, mark)
    mark_format = source.run_format(style, mark.pop("run_style", ""), table_run, mark)
    source.notes.near = ""
    label = None if item is None else label_of(item, source.counters)
    return Paragraph(para_format(merged), inlines, mark_format, label, item, frame=read_frame(properties))


def label_of(item: ListItem, counters: Counters) -> Label:
    """Count a paragraph of a list and return its label."""
    return Label(counters.next_text(item.number, item.level), item.format, item.align, item.suffix)


def _opening(element: Element) -> str:
    """Return the first words of a paragraph, to tell the clerk where something was left out."""
    text = ""
    for item in element.iter("{*}t"):
        text += item.text or ""
        if len(text) > _NEAR:
            return text[:_NEAR].rstrip() + "…"
    return text.strip()


def _list_item(source: Source, merged: Props, style: str, table_run: Props, mark: Props) -> ListItem | None:
    numbering, number = source.shared.numbering, merged.get("num_id", 0)
    level_number = merged.get("level", 0)
    level = numbering.level(number, level_number)
    if level is None:
        return None
    if level.odd:
        source.notes.add(f"Tanda butir (gambar atau huruf simbol) di {source.notes.place} dicetak sebagai tanda biasa.")
    if not known_format(level.style):
        source.notes.add(f'Format nomor "{level.style}" di {source.notes.place} dicetak sebagai angka biasa.')
    base = dict(source.shared.styles.run(style, "", table_run))
    base.update({key: item for key, item in mark.items() if key != "underline"})
    base["underline"] = "none"
    base.update(level.run)
    form = run_format({key: item for key, item in base.items() if key != "run_style"})
    return ListItem(number, level_number, replace(form, hidden=False), level.align, level.suffix)

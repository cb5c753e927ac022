"""Footnotes and endnotes: marked where they are cited, and printed together at the end of the letter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from asn_desk.letters.pdf.model import Block, Border, ParaFormat, Paragraph, RunFormat, Text
from asn_desk.letters.pdf.reading.numbering import Counters
from asn_desk.letters.pdf.reading.ooxml import attribute, children, is_on
from asn_desk.letters.pdf.reading.source import Source

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST = 500
_KINDS = {"w:footnoteReference": "footnote", "w:endnoteReference": "endnote"}
_TOLD = {"footnote": "Catatan kaki", "endnote": "Catatan akhir"}
_RULE = ParaFormat(before=12.0, line=4.0, line_rule="exact", keep_next=True, borders=(("top", Border("single", 0.5)),))


def cite(source: Source, name: str, element: Element, form: RunFormat) -> Text | None:
    """Return the mark of a note that is cited here; None where the letter sets one of its own, and where it has no such notes."""
    kind, number = _KINDS[name], attribute(element, "w:id") or ""
    if len(source.cited) >= MOST or source.shared.package.related(source.part, f"{kind}s") is None:
        source.notes.skipped(_TOLD[kind])
        return None
    source.notes.add(f"{_TOLD[kind]} dicetak di akhir surat, tidak di kaki halaman seperti di Word.")
    own_mark = attribute(element, "w:customMarkFollows")
    mark = "" if own_mark is not None and is_on(own_mark) else str(1 + sum(1 for _, _, one in source.cited if one))
    source.cited.append((kind, number, mark))
    return Text(mark, replace(form, vertical="superscript")) if mark else None


def noted(source: Source) -> list[Block]:
    """Return the notes a letter cites, in their order, under a thin line; [] where it cites none."""
    found: list[Block] = []
    for kind, told in _TOLD.items():
        part = source.shared.package.related(source.part, f"{kind}s")
        if part is None or not any(cited == kind for cited, _, _ in source.cited):
            continue
        bodies = {attribute(item, "w:id"): item for item in children(source.shared.package.xml(part), f"w:{kind}")}
        story = Source(source.shared, part, Counters(source.shared.numbering), source.read_blocks)
        source.notes.place = told.lower()
        for cited, number, mark in source.cited:
            if cited == kind and number in bodies:
                story.mark = mark
                found += story.read_blocks(story, bodies[number], {}, {})
    return [Paragraph(_RULE, [], RunFormat(size=1.0)), *found] if found else []

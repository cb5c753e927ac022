"""Paragraphs that differ from one letter to the next only in their words: read once, then filled with other words unparsed."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from asn_desk.letters.pdf.model import Paragraph, Text
from asn_desk.letters.pdf.reading.numbering import is_symbol_font
from asn_desk.letters.pdf.reading.ooxml import INVISIBLE

if TYPE_CHECKING:
    from asn_desk.letters.pdf.reading.known import Template

MAX_WORDED = 400
MAX_PARAGRAPH = 65_536
_WORDS = re.compile(rb'(<w:t(?: xml:space="preserve")?>)([^<]*)</w:t>')
_KEPT = b'<w:t xml:space="preserve">'
_NOT_PLAIN = re.compile(
    rb"<w:(?:fld|instr|drawing|pict|object|sdt|sym|footnote|endnote|txbx|sectPr|ruby|tbl|del|ins|move)|<!|<\?|<mc:|<v:|<m:|xmlns"
)
_ODD = re.compile("[\0-\x1f\ufffe\uffff]|]]>|&(?!(?:amp|lt|gt|quot|apos);)")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


class Cut(NamedTuple):
    """A paragraph as bytes: all but its words, and the words as they are printed."""

    skeleton: bytes
    texts: list[str]


def cut_words(xml: bytes) -> Cut | None:
    """Cut a paragraph into its skeleton and its words; None unless it is plain text whose reading needs no parser."""
    if not xml.startswith((b"<w:p>", b"<w:p ")) or len(xml) > MAX_PARAGRAPH or _NOT_PLAIN.search(xml) is not None:
        return None
    parts = _WORDS.split(xml)
    try:
        texts = [_printed(parts[at + 1], kept=parts[at] == _KEPT) for at in range(1, len(parts), 3)]
    except UnicodeDecodeError:
        return None
    if not texts or not all(texts):
        return None
    del parts[2::3]
    return Cut(b"\0".join(parts), texts)


def _printed(raw: bytes, *, kept: bool) -> str:
    """Return the words of a `w:t` as the reader of runs gives them; nothing for what only a parser can tell."""
    text = raw.decode()
    if _ODD.search(text) is not None:
        return ""
    if "&" in text:
        for entity, sign in _ENTITIES:
            text = text.replace(entity, sign)
    if not text.isascii():
        text = text.translate(INVISIBLE)
    return text if kept else text.strip(" ")


def keep_worded(template: Template, key: bytes, xml: bytes, paragraph: Paragraph) -> None:
    """Keep a paragraph read by the parser for the letters to come, if cutting it gives the same words."""
    cut = cut_words(xml)
    if cut is None:
        return
    found = [item for item in paragraph.inlines if isinstance(item, Text)]
    if [item.text for item in found] != cut.texts or any(is_symbol_font(item.format.font) for item in found):
        return
    template.worded[key + cut.skeleton] = replace(paragraph, label=None, layouts=None)
    if len(template.worded) > MAX_WORDED:
        template.worded.popitem(last=False)


def find_worded(template: Template, key: bytes, xml: bytes) -> Paragraph | None:
    """Return a paragraph with its words if an earlier letter had it with others; its list number is not counted yet."""
    if not template.worded:
        return None
    cut = cut_words(xml)
    known = template.worded.get(key + cut.skeleton) if cut is not None else None
    if cut is None or known is None:
        return None
    texts = iter(cut.texts)
    inlines = [Text(next(texts), item.format) if isinstance(item, Text) else item for item in known.inlines]
    return Paragraph(known.format, inlines, known.mark, None, known.item, None, known.frame)

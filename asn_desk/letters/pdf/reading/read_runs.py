"""Read the inside of a paragraph: runs, breaks, tabs, fields, links, tracked changes and alternate content."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from asn_desk.letters.pdf.model import Anchor, Break, Inline, PageField, Props, RunFormat, Tab, Text
from asn_desk.letters.pdf.reading.footnotes import cite
from asn_desk.letters.pdf.reading.numbering import is_symbol_font, symbol_text, unknown_symbols
from asn_desk.letters.pdf.reading.ooxml import (
    INVISIBLE,
    attribute,
    child,
    children,
    integer,
    local,
    q,
    short,
    switch,
    value,
)
from asn_desk.letters.pdf.reading.props import run_props
from asn_desk.letters.pdf.reading.read_drawings import legacy_picture, read_drawing
from asn_desk.letters.pdf.reading.source import FieldState, Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element as Element

_WHITE = re.compile(r"[\t\r\n]")
_CONTAINERS = frozenset(
    {
        "w:hyperlink",
        "w:ins",
        "w:smartTag",
        "w:customXml",
        "w:dir",
        "w:bdo",
        "w:sdt",
        "w:sdtContent",
        "w:moveTo",
        "w:fldSimple",
    }
)
_SKIPPED_PARTS = {
    "m:oMath": "Rumus matematika",
    "m:oMathPara": "Rumus matematika",
    "w:ruby": "Teks bertanda baca ruby",
    "w:contentPart": "Tulisan tangan",
}
_SILENT_FIELDS = frozenset(
    {
        "TC",
        "XE",
        "RD",
        "TA",
        "SET",
        "ASK",
        "PRIVATE",
        "ADVANCE",
        "FORMTEXT",
        "NEXT",
        "NEXTIF",
        "SKIPIF",
        "COMMENTS",
        "MACROBUTTON",
    }
)
"""Fields that show nothing, or nothing by themselves."""
_NUMBER_SWITCH = re.compile(r"\\\*\s*(\w+)")
_NUMBER_FORMATS = {
    "roman": "lowerRoman", "ROMAN": "upperRoman", "Roman": "upperRoman", "alphabetic": "lowerLetter",
    "ALPHABETIC": "upperLetter", "Alphabetic": "upperLetter", "arabic": "decimal", "Arabic": "decimal", "ARABIC": "decimal",
    "ArabicDash": "numberInDash", "CardText": "cardinalText", "Ordinal": "ordinal",
}  # fmt: skip


@dataclass
class RunReader:
    """Reads the inline content of one paragraph into `inlines`."""

    source: Source
    para_style: str
    table_run: Props
    inlines: list[Inline]

    def read(self, holder: Element) -> None:
        """Read all children of a paragraph or of a container inside it."""
        for item in holder:
            name = short(item)
            if name == "w:r":
                self._run(item)
            elif name in _CONTAINERS:
                self._container(item, name)
            elif name == "mc:AlternateContent":
                self.read(chosen(item))
            elif name in _SKIPPED_PARTS:
                self.source.notes.skipped(_SKIPPED_PARTS[name])

    def _container(self, item: Element, name: str) -> None:
        if name == "w:fldSimple":
            self._simple_field(item)
        elif name == "w:sdt":
            content = child(item, "w:sdtContent")
            if content is not None:
                self.read(content)
        else:
            self.read(item)

    def _run(self, run: Element) -> None:
        direct = run_props(child(run, "w:rPr"), self.source.shared.theme)
        form = self.source.run_format(self.para_style, direct.pop("run_style", ""), self.table_run, direct)
        self._pieces(run, form)

    def _pieces(self, run: Element, form: RunFormat) -> None:
        for item in run:
            name = short(item)
            if name == "w:t":
                self._text(item, form)
            elif name == "mc:AlternateContent":
                self._pieces(chosen(item), form)
            elif name in _SKIPPED_PARTS:
                self.source.notes.skipped(_SKIPPED_PARTS[name])
            elif name in _PIECES:
                _PIECES[name](self, item, form)

    def _emit(self, item: Inline) -> None:
        if not isinstance(item, Anchor) and item.format.hidden:
            return
        if all(state.in_result and not state.replaced for state in self.source.fields):
            self.inlines.append(item)

    def _text(self, item: Element, form: RunFormat) -> None:
        text = item.text or ""
        if item.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
            text = text.strip(" \t\r\n")
        text = _WHITE.sub(" ", text)
        if not text.isascii():
            text = text.translate(INVISIBLE)
        if is_symbol_font(form.font):
            self._note_symbol(text, form.font)
            text = symbol_text(text, form.font)
        if text:
            self._emit(Text(text, form))

    def _note_symbol(self, text: str, font: str) -> None:
        if unknown_symbols(text, font):
            self.source.notes.add(f'Tanda dari font "{font}" di {self.source.notes.place} dicetak sebagai bulatan.')

    def _tab(self, _item: Element, form: RunFormat) -> None:
        self._emit(Tab(form))

    def _citation(self, item: Element, form: RunFormat) -> None:
        mark = cite(self.source, short(item), item, form)
        if mark is not None:
            self._emit(mark)

    def _own_mark(self, _item: Element, form: RunFormat) -> None:
        if self.source.mark:
            self._emit(Text(self.source.mark, form))

    def _position_tab(self, item: Element, form: RunFormat) -> None:
        leaders = {"dot": "dot", "hyphen": "hyphen", "underscore": "underscore", "middleDot": "middleDot"}
        self._emit(
            Tab(form, attribute(item, "w:alignment") or "left", leaders.get(attribute(item, "w:leader") or "", "none"))
        )

    def _break(self, item: Element, form: RunFormat) -> None:
        kind = attribute(item, "w:type") or "line"
        self._emit(Break(kind if kind in ("page", "column") else "line", form))

    def _return(self, _item: Element, form: RunFormat) -> None:
        self._emit(Break("line", form))

    def _hard_hyphen(self, _item: Element, form: RunFormat) -> None:
        self._emit(Text("\u2011", form))

    def _soft_hyphen(self, _item: Element, form: RunFormat) -> None:
        self._emit(Text("\u00ad", form))

    def _symbol(self, item: Element, form: RunFormat) -> None:
        try:
            code = int(attribute(item, "w:char") or "", 16)
        except ValueError:
            return
        if 0 < code < 0xFFFF:
            self._note_symbol(chr(code), attribute(item, "w:font") or "")
            self._emit(Text(symbol_text(chr(code), attribute(item, "w:font") or ""), form))

    def _drawing(self, item: Element, form: RunFormat) -> None:
        for found in read_drawing(self.source, item, form):
            self._emit(found)

    def _legacy(self, item: Element, form: RunFormat) -> None:
        for found in legacy_picture(self.source, item, form):
            self._emit(found)

    def _page_number(self, _item: Element, form: RunFormat) -> None:
        self._emit(PageField("PAGE", "", form))

    def _field_text(self, item: Element, _form: RunFormat) -> None:
        if self.source.fields and not self.source.fields[-1].in_result:
            self.source.fields[-1].instruction += item.text or ""

    def _field_mark(self, item: Element, form: RunFormat) -> None:
        kind, fields = attribute(item, "w:fldCharType"), self.source.fields
        if kind == "begin":
            fields.append(FieldState(shown=form_field(child(item, "w:ffData"))))
        elif kind == "separate" and fields:
            fields[-1].in_result = True
            self._replace_field(fields[-1], form)
        elif kind == "end" and fields:
            if not fields[-1].in_result:
                fields[-1].in_result = True
                self._replace_field(fields[-1], form)
                self._note_field(fields[-1])
            fields.pop()

    def _replace_field(self, state: FieldState, form: RunFormat) -> None:
        found = page_field(state.instruction, form) or (Text(state.shown, form) if state.shown else None)
        if found is not None:
            self._emit(found)
            state.replaced = True

    def _note_field(self, state: FieldState) -> None:
        """Note a field that Word shows something for and that has no result in the file."""
        name = (state.instruction.split() or [""])[0].upper()
        if name and not state.replaced and name not in _SILENT_FIELDS:
            self.source.notes.skipped(f"Kolom (field) {name[:20]} tanpa hasil")

    def _simple_field(self, item: Element) -> None:
        instruction = attribute(item, "w:instr") or ""
        run = child(item, "w:r")
        direct = run_props(child(run, "w:rPr"), self.source.shared.theme)
        form = self.source.run_format(self.para_style, direct.pop("run_style", ""), self.table_run, direct)
        found = page_field(instruction, form)
        if found is not None:
            self._emit(found)
        else:
            self.read(item)


def form_field(data: Element | None) -> str:
    """Return what an old form field shows: the box of a tick box, the chosen entry of a list; nothing for others."""
    box, choices = child(data, "w:checkBox"), child(data, "w:ddList")
    if box is not None:
        marked = switch(box, "w:checked")
        return "\u2612" if (switch(box, "w:default") if marked is None else marked) else "\u2610"
    entries = [attribute(entry, "w:val") or "" for entry in children(choices, "w:listEntry")]
    chosen_entry = integer(value(choices, "w:result"), 0) or 0
    return entries[chosen_entry] if 0 <= chosen_entry < len(entries) else ""


def page_field(instruction: str, form: RunFormat) -> PageField | None:
    """Return the page number an instruction such as ` PAGE \\* roman ` asks for; None for every other field."""
    parts = instruction.split()
    if not parts or parts[0].upper() not in ("PAGE", "NUMPAGES", "SECTIONPAGES"):
        return None
    kind = "PAGE" if parts[0].upper() == "PAGE" else "NUMPAGES"
    switches = [_NUMBER_FORMATS[name] for name in _NUMBER_SWITCH.findall(instruction) if name in _NUMBER_FORMATS]
    return PageField(kind, switches[0] if switches else "", form)


_PIECES: dict[str, Callable[[RunReader, Element, RunFormat], None]] = {
    "w:tab": RunReader._tab,
    "w:ptab": RunReader._position_tab,
    "w:br": RunReader._break,
    "w:cr": RunReader._return,
    "w:noBreakHyphen": RunReader._hard_hyphen,
    "w:softHyphen": RunReader._soft_hyphen,
    "w:sym": RunReader._symbol,
    "w:drawing": RunReader._drawing,
    "w:pict": RunReader._legacy,
    "w:object": RunReader._legacy,
    "w:pgNum": RunReader._page_number,
    "w:fldChar": RunReader._field_mark,
    "w:instrText": RunReader._field_text,
    "w:footnoteReference": RunReader._citation,
    "w:endnoteReference": RunReader._citation,
    "w:footnoteRef": RunReader._own_mark,
    "w:endnoteRef": RunReader._own_mark,
}
_UNDERSTOOD = frozenset({"wps", "wpg", "wp14", "w14", "w15", "a14", "pic", "wp", "a", "w", "w16se", "w16cid", "w16"})


def chosen(alternate: Element) -> Element:
    """Return the branch of `mc:AlternateContent` to read: a Choice the writer understands, else the Fallback."""
    fallback = alternate.find(q("mc:Fallback"))
    choices = [item for item in alternate if local(item) == "Choice"]
    for choice in choices:
        if set((choice.get("Requires") or "").split()) <= _UNDERSTOOD:
            return choice
    if fallback is not None and len(fallback):
        return fallback
    return choices[0] if choices else alternate.makeelement("none", {}, None)

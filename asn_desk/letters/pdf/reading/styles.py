"""The styles part: document defaults, inheritance (basedOn), linked run and paragraph properties, table styles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from asn_desk.letters.pdf.model import Border, Color, Props
from asn_desk.letters.pdf.reading.ooxml import attribute, child, children, integer, is_on, points, value
from asn_desk.letters.pdf.reading.props import TOGGLE_KEYS, borders, layer, para_props, run_props, shading
from asn_desk.letters.pdf.reading.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element as Element

_MAX_DEPTH = 24


@dataclass
class TableLook:
    """What one table style (or one of its conditional parts, e.g. "firstRow") says."""

    run: Props = field(default_factory=dict)
    para: Props = field(default_factory=dict)
    borders: dict[str, Border | None] = field(default_factory=dict)
    cell_borders: dict[str, Border | None] = field(default_factory=dict)
    margins: dict[str, float] = field(default_factory=dict)
    shade: Color | None = None
    valign: str | None = None
    layout: str | None = None
    band_rows: int = 1
    band_columns: int = 1


@dataclass
class Style:
    """One style as written, before inheritance."""

    kind: str
    based_on: str
    run: Props
    para: Props
    table: dict[str, TableLook] = field(default_factory=dict)


@dataclass
class StyleSheet:
    """All styles of a document. Resolved property sets are kept: a letter uses few combinations."""

    styles: dict[str, Style]
    default_run: Props
    default_para: Props
    defaults: dict[str, str]
    _chains: dict[str, list[Style]] = field(default_factory=dict)
    _runs: dict[tuple[str, str], Props] = field(default_factory=dict)

    def chain(self, style: str) -> list[Style]:
        """Return a style and its ancestors, the root first; circles and missing styles are cut."""
        if style not in self._chains:
            found: list[Style] = []
            seen: set[str] = set()
            name = style
            while name in self.styles and name not in seen and len(found) < _MAX_DEPTH:
                seen.add(name)
                found.append(self.styles[name])
                name = self.styles[name].based_on
            self._chains[style] = found[::-1]
        return self._chains[style]

    def para_style(self, named: str | None) -> str:
        """Return the style id a paragraph uses: the named one if it exists, else the document's default."""
        known = named is not None and named in self.styles and self.styles[named].kind == "paragraph"
        return named if known and named is not None else self.defaults.get("paragraph", "")

    def para(self, style: str, table: Props, level: Callable[[int, int], Props]) -> Props:
        """Return the paragraph properties of a style over the defaults; `level(num_id, level)` gives a list level's own."""
        found: Props = {}
        layer(found, self.default_para)
        layer(found, table)
        for item in self.chain(style):
            if "num_id" in item.para:
                layer(found, level(item.para["num_id"], item.para.get("level", 0)))
            layer(found, item.para)
        return found

    def run(self, para_style: str, run_style: str, table: Props | None = None) -> Props:
        """Return the run properties of a paragraph style and a character style over the defaults, toggles as Word does."""
        key = (para_style, run_style)
        if table:
            return self._run(key, table)
        if key not in self._runs:
            self._runs[key] = self._run(key, {})
        return self._runs[key]

    def _run(self, key: tuple[str, str], table: Props) -> Props:
        found: Props = dict(self.default_run)
        layers = [table, *(self._flat_run(style) for style in key if style)]
        toggled: dict[str, bool] = {}
        for props in layers:
            for name, item in props.items():
                if name in TOGGLE_KEYS:
                    toggled[name] = toggled.get(name, False) ^ item
                else:
                    found[name] = item
        for name, on in toggled.items():
            found[name] = on or bool(self.default_run.get(name))
        return found

    def _flat_run(self, style: str) -> Props:
        found: Props = {}
        for item in self.chain(style):
            found.update(item.run)
        return found

    def table_looks(self, style: str | None) -> dict[str, TableLook]:
        """Return the merged parts ("wholeTable", "firstRow" ...) of a table style."""
        named = style if style in self.styles else self.defaults.get("table", "")
        merged: dict[str, TableLook] = {}
        for item in self.chain(named or ""):
            for part, look in item.table.items():
                _merge_look(merged.setdefault(part, TableLook()), look)
        return merged


def _merge_look(base: TableLook, over: TableLook) -> None:
    layer(base.run, over.run)
    layer(base.para, over.para)
    base.borders.update(over.borders)
    base.cell_borders.update(over.cell_borders)
    base.margins.update(over.margins)
    base.shade = over.shade or base.shade
    base.valign = over.valign or base.valign
    base.layout = over.layout or base.layout
    base.band_rows = max(base.band_rows, over.band_rows)
    base.band_columns = max(base.band_columns, over.band_columns)


def read_styles(root: Element | None, theme: Theme) -> StyleSheet:
    """Read `word/styles.xml`; a document without it gets Word's built-in defaults (Times New Roman 10)."""
    defaults = child(root, "w:docDefaults")
    sheet = StyleSheet(
        {},
        run_props(child(child(defaults, "w:rPrDefault"), "w:rPr"), theme),
        para_props(child(child(defaults, "w:pPrDefault"), "w:pPr")),
        {},
    )
    for item in children(root, "w:style"):
        name, kind = attribute(item, "w:styleId"), attribute(item, "w:type") or "paragraph"
        if name is None:
            continue
        sheet.styles[name] = Style(kind, value(item, "w:basedOn") or "", *_own(item, theme), _table_looks(item, theme))
        marked = attribute(item, "w:default")
        if marked is not None and is_on(marked):
            sheet.defaults.setdefault(kind, name)
    return sheet


def _own(item: Element, theme: Theme) -> tuple[Props, Props]:
    return run_props(child(item, "w:rPr"), theme), para_props(child(item, "w:pPr"))


def _table_looks(item: Element, theme: Theme) -> dict[str, TableLook]:
    if attribute(item, "w:type") != "table":
        return {}
    looks = {"wholeTable": _look(item, theme)}
    for part in children(item, "w:tblStylePr"):
        looks[attribute(part, "w:type") or ""] = _look(part, theme)
    return looks


def _look(holder: Element, theme: Theme) -> TableLook:
    table, cell = child(holder, "w:tblPr"), child(holder, "w:tcPr")
    look = TableLook(*_own(holder, theme))
    look.borders = borders(child(table, "w:tblBorders"))
    look.cell_borders = borders(child(cell, "w:tcBorders"))
    look.margins = cell_margins(child(table, "w:tblCellMar"))
    look.shade = shading(cell) or shading(table)
    look.valign = value(cell, "w:vAlign")
    look.layout = attribute(child(table, "w:tblLayout"), "w:type")
    look.band_rows = max(1, integer(value(table, "w:tblStyleRowBandSize"), 1) or 1)
    look.band_columns = max(1, integer(value(table, "w:tblStyleColBandSize"), 1) or 1)
    return look


def cell_margins(holder: Element | None) -> dict[str, float]:
    """Return cell margins by side ("top", "right", "bottom", "left") in points."""
    found: dict[str, float] = {}
    for side, names in (
        ("top", "w:top"),
        ("right", "w:end w:right"),
        ("bottom", "w:bottom"),
        ("left", "w:start w:left"),
    ):
        for name in names.split():
            measure = points(attribute(child(holder, name), "w:w"))
            if measure is not None:
                found[side] = max(0.0, measure)
    return found

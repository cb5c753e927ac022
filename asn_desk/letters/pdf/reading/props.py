"""Read run, paragraph and border properties from Word XML into partial property sets that can be layered on each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asn_desk.letters.pdf.model import Border, Color, ParaFormat, Props, RunFormat, TabStop
from asn_desk.letters.pdf.reading.ooxml import attribute, child, children, color, integer, local, points, switch, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from asn_desk.letters.pdf.reading.theme import Theme

TOGGLES = {
    "w:b": "bold", "w:i": "italic", "w:caps": "caps", "w:smallCaps": "small_caps", "w:strike": "strike",
    "w:dstrike": "double_strike", "w:vanish": "hidden",
}  # fmt: skip
TOGGLE_KEYS = frozenset(TOGGLES.values())
_HIGHLIGHTS = {
    "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF", "blue": "0000FF", "red": "FF0000",
    "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000",
    "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0", "black": "000000", "white": "FFFFFF",
}  # fmt: skip
_ALIGNMENTS = {
    "left": "left", "start": "left", "center": "center", "right": "right", "end": "right", "both": "justify",
    "distribute": "justify", "thaiDistribute": "justify", "lowKashida": "justify", "mediumKashida": "justify",
    "highKashida": "justify",
}  # fmt: skip
_SIDES = {
    "top": "top", "left": "left", "start": "left", "bottom": "bottom", "right": "right", "end": "right",
    "between": "between", "insideH": "insideH", "insideV": "insideV",
}  # fmt: skip
_NO_LINE = frozenset({"nil", "none"})
_TAB_KINDS = {"start": "left", "end": "right", "num": "left"}
_MAX_SIZE = 1638.0
MAX_STOPS = 64
"""As many tab stops as Word itself takes."""
_HUNDREDTHS_OF_MM = 2540 / 72
_SINGLE_LINE = 423
AUTO_SPACING = 14.0
"""What Word uses for spacing "auto" (14 points)."""


def shading(holder: Element | None) -> Color | None:
    """Return the filling colour of a `w:shd` child; patterns other than solid count as their filling."""
    shd = child(holder, "w:shd")
    if shd is None:
        return None
    if attribute(shd, "w:val") == "solid":
        return color(attribute(shd, "w:color")) or (0.0, 0.0, 0.0)
    return color(attribute(shd, "w:fill"))


def border(element: Element) -> Border | None:
    """Return the line an edge element describes, None for "no line"."""
    style = attribute(element, "w:val") or "none"
    if style in _NO_LINE:
        return None
    eighths = integer(attribute(element, "w:sz"), 4) or 4
    space = integer(attribute(element, "w:space"), 0) or 0
    paint = color(attribute(element, "w:color")) or (0.0, 0.0, 0.0)
    return Border(style, max(2, min(96, eighths)) / 8, float(max(0, min(31, space))), paint)


def borders(holder: Element | None) -> dict[str, Border | None]:
    """Return the lines of a `w:pBdr`, `w:tblBorders` or `w:tcBorders` element by side."""
    found: dict[str, Border | None] = {}
    if holder is not None:
        for item in holder:
            side = _SIDES.get(local(item))
            if side:
                found[side] = border(item)
    return found


def run_props(element: Element | None, theme: Theme) -> Props:
    """Read a `w:rPr` element."""
    found: Props = {}
    if element is None:
        return found
    for name, key in TOGGLES.items():
        on = switch(element, name)
        if on is not None:
            found[key] = on
    _run_font(element, theme, found)
    _run_colors(element, theme, found)
    _run_position(element, found)
    return found


def _run_font(element: Element, theme: Theme, found: Props) -> None:
    fonts = child(element, "w:rFonts")
    if fonts is not None:
        named = theme.font(attribute(fonts, "w:asciiTheme") or attribute(fonts, "w:hAnsiTheme"))
        named = named or attribute(fonts, "w:ascii") or attribute(fonts, "w:hAnsi")
        if named:
            found["font"] = named
    size = points(value(element, "w:sz"), 2.0)
    if size is not None and size > 0:
        found["size"] = min(size, _MAX_SIZE)
    style = value(element, "w:rStyle")
    if style:
        found["run_style"] = style


def _run_colors(element: Element, theme: Theme, found: Props) -> None:
    paint = child(element, "w:color")
    if paint is not None:
        themed = theme.color(attribute(paint, "w:themeColor"))
        found["color"] = color(attribute(paint, "w:val")) or themed or (0.0, 0.0, 0.0)
    line = child(element, "w:u")
    if line is not None:
        found["underline"] = attribute(line, "w:val") or "single"
        found["underline_color"] = color(attribute(line, "w:color"))
    mark = value(element, "w:highlight")
    if mark is not None:
        found["highlight"] = color(_HIGHLIGHTS.get(mark))
    if child(element, "w:shd") is not None:
        found["shade"] = shading(element)


def _run_position(element: Element, found: Props) -> None:
    vertical = value(element, "w:vertAlign")
    if vertical:
        found["vertical"] = vertical
    rise = points(value(element, "w:position"), 2.0)
    if rise is not None:
        found["rise"] = rise
    spacing = points(value(element, "w:spacing"))
    if spacing is not None:
        found["spacing"] = max(-50.0, min(200.0, spacing))
    kern = points(value(element, "w:kern"), 2.0)
    if kern is not None:
        found["kern"] = kern
    percent = integer((value(element, "w:w") or "").rstrip("%") or None)
    if percent:
        found["scale"] = max(1, min(600, percent)) / 100


def para_props(element: Element | None) -> Props:
    """Read a `w:pPr` element; keys that are no field of ParaFormat (num_id, level ...) are for the reader."""
    found: Props = {}
    if element is None:
        return found
    align = value(element, "w:jc")
    if align in _ALIGNMENTS:
        found["align"] = _ALIGNMENTS[align]
    for name, key in (
        ("w:keepNext", "keep_next"), ("w:keepLines", "keep_lines"), ("w:widowControl", "widow_control"),
        ("w:pageBreakBefore", "page_break_before"), ("w:contextualSpacing", "contextual"),
        ("w:snapToGrid", "snap"),
    ):  # fmt: skip
        on = switch(element, name)
        if on is not None:
            found[key] = on
    _indents(child(element, "w:ind"), found)
    _spacing(child(element, "w:spacing"), found)
    _tabs(child(element, "w:tabs"), found)
    _numbering(element, found)
    edges = child(element, "w:pBdr")
    if edges is not None:
        found["borders"] = borders(edges)
    if child(element, "w:shd") is not None:
        found["shade"] = shading(element)
    return found


def _indents(element: Element | None, found: Props) -> None:
    if element is None:
        return
    for key, names in (("left", ("w:start", "w:left")), ("right", ("w:end", "w:right"))):
        for name in names:
            measure = points(attribute(element, name))
            if measure is not None:
                found[key] = measure
    first = points(attribute(element, "w:firstLine"))
    hanging = points(attribute(element, "w:hanging"))
    if hanging is not None:
        found["first"] = -hanging
    elif first is not None:
        found["first"] = first


def _spacing(element: Element | None, found: Props) -> None:
    if element is None:
        return
    for key in ("before", "after"):
        measure = points(attribute(element, f"w:{key}"))
        automatic = attribute(element, f"w:{key}Autospacing")
        if automatic is not None and automatic not in ("0", "false", "off"):
            found[key] = AUTO_SPACING
        elif measure is not None:
            found[key] = max(0.0, measure)
    line = points(attribute(element, "w:line"))
    if line is not None and line > 0:
        rule = attribute(element, "w:lineRule") or "auto"
        found["line_rule"] = rule if rule in ("exact", "atLeast") else "auto"
        found["line"] = line if found["line_rule"] != "auto" else _line_factor(line)


def _line_factor(line: float) -> float:
    """Return how many times a line's own height a line is, by its spacing (12 points = single), in whole hundredths.

    LibreOffice goes by way of whole hundredths of a millimetre (a single line is 423), and leaves off what is over.
    """
    return (int(line * _HUNDREDTHS_OF_MM + 0.5) * 100 // _SINGLE_LINE) / 100


def _tabs(element: Element | None, found: Props) -> None:
    if element is None:
        return
    stops: dict[float, TabStop | None] = {}
    for item in children(element, "w:tab"):
        position = points(attribute(item, "w:pos"))
        kind = attribute(item, "w:val") or "left"
        if position is None or len(stops) >= MAX_STOPS:
            continue
        kind = _TAB_KINDS.get(kind, kind)
        stops[round(position, 2)] = (
            None if kind == "clear" else TabStop(position, kind, attribute(item, "w:leader") or "none")
        )
    found["tabs"] = stops


def _numbering(element: Element, found: Props) -> None:
    style = value(element, "w:pStyle")
    if style:
        found["para_style"] = style
    numbering = child(element, "w:numPr")
    if numbering is not None:
        number = integer(value(numbering, "w:numId"))
        level = integer(value(numbering, "w:ilvl"))
        if number is not None:
            found["num_id"] = number
        if level is not None:
            found["level"] = max(0, min(8, level))


def layer(base: Props, over: Props) -> None:
    """Put `over` on top of `base` in place; tab stops and borders add up, everything else is replaced."""
    for key, item in over.items():
        if key in ("tabs", "borders") and key in base:
            base[key] = {**base[key], **item}
        else:
            base[key] = item


_RUN_FIELDS = frozenset(RunFormat.__dataclass_fields__)
_PARA_FIELDS = frozenset(ParaFormat.__dataclass_fields__)


def run_format(props: Props) -> RunFormat:
    """Return the finished character format of a merged property set."""
    return RunFormat(**{key: item for key, item in props.items() if key in _RUN_FIELDS})


def para_format(props: Props) -> ParaFormat:
    """Return the finished paragraph format of a merged property set."""
    fields = {key: item for key, item in props.items() if key in _PARA_FIELDS}
    stops = fields.get("tabs", {})
    fields["tabs"] = tuple(sorted((stop for stop in stops.values() if stop), key=lambda stop: stop.position))
    edges = fields.get("borders", {})
    fields["borders"] = tuple((side, edge) for side, edge in edges.items() if edge)
    fields["style"] = props.get("para_style", "")
    return ParaFormat(**fields)

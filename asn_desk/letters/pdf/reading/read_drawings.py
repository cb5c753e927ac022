"""Read drawings: pictures in the line or anchored, straight lines, rectangles and text boxes, in DrawingML and in VML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asn_desk.letters.pdf.model import Anchor, Border, Color, Inline, Picture, Place, RunFormat, Stroke, TextBox
from asn_desk.letters.pdf.reading.ooxml import EMU_PER_POINT, attribute, child, color, integer, points, q, short
from asn_desk.letters.pdf.reading.read_groups import css, group_objects, old_group_objects
from asn_desk.letters.pdf.reading.source import MAX_NESTING, Source

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from asn_desk.letters.pdf.output.images import Image

_LINES = frozenset({"line", "straightConnector1"})
_BOXES = frozenset({"rect", "flowChartProcess"})
_UNSUPPORTED = {
    "chart": "Grafik",
    "diagram": "SmartArt",
    "wordprocessingGroup": "Kelompok bentuk (shapes)",
    "wordprocessingCanvas": "Kanvas gambar",
    "lockedCanvas": "Kanvas gambar",
    "wordprocessingInk": "Tulisan tangan",
    "chartex": "Grafik",
    "slicer": "Filter tabel",
}
_MAX_POINTS = 4_000.0
_NAMES = {
    "black": "000000", "white": "ffffff", "red": "ff0000", "green": "008000", "blue": "0000ff", "yellow": "ffff00",
    "gray": "808080", "silver": "c0c0c0", "maroon": "800000", "navy": "000080", "lime": "00ff00", "aqua": "00ffff",
    "fuchsia": "ff00ff", "purple": "800080", "teal": "008080", "olive": "808000",
}  # fmt: skip


def _emu(text: str | None) -> float:
    number = integer(text, 0) or 0
    return max(-_MAX_POINTS, min(_MAX_POINTS, number / EMU_PER_POINT))


def read_drawing(source: Source, drawing: Element, form: RunFormat) -> list[Inline]:
    """Return what a `w:drawing` shows; what cannot be drawn is noted by name."""
    found: list[Inline] = []
    for holder in drawing:
        name = short(holder)
        if name not in ("wp:inline", "wp:anchor"):
            continue
        extent = child(holder, "wp:extent")
        group = child(child(child(holder, "a:graphic"), "a:graphicData"), "wpg:wgp")
        content = Stroke("rect", None) if group is not None else _content(source, holder)
        if content is None or extent is None:
            continue
        width, height = abs(_emu(extent.get("cx"))), abs(_emu(extent.get("cy")))
        if group is not None:
            found += group_objects(
                group, _holder(holder, name, content, (width, height)), lambda item: _member(source, item)
            )
            continue
        if name == "wp:inline" and not isinstance(content, Stroke | TextBox):
            found.append(Picture(content, width, height, form))
        elif name == "wp:anchor" and holder.get("hidden") not in ("1", "true"):
            found.append(_anchor(holder, content, width, height))
        elif name == "wp:inline":
            found.append(_holder(holder, name, content, (width, height)))
    return found


def _holder(holder: Element, name: str, content: Image | Stroke | TextBox, size: tuple[float, float]) -> Anchor:
    if name == "wp:anchor":
        return _anchor(holder, content, *size)
    return Anchor(content, *size, Place("character"), Place("paragraph"), "topAndBottom", grows=_grows(content))


def _grows(content: Image | Stroke | TextBox) -> bool:
    return isinstance(content, TextBox) and content.grows


def _member(source: Source, item: Element) -> Image | Stroke | TextBox | None:
    """Return what a picture or shape of a group shows."""
    return _picture(source, item) if short(item) == "pic:pic" else _shape(source, item)


def _content(source: Source, holder: Element) -> Image | Stroke | TextBox | None:
    data = child(child(holder, "a:graphic"), "a:graphicData")
    picture, shape = child(data, "pic:pic"), child(data, "wps:wsp")
    if picture is not None:
        return _picture(source, picture)
    if shape is not None:
        return _shape(source, shape)
    if data is not None:
        kind = (data.get("uri") or "").rpartition("/")[2]
        source.notes.skipped(_UNSUPPORTED.get(kind, "Objek gambar"))
    return None


def _picture(source: Source, picture: Element) -> Image | None:
    filling = child(picture, "pic:blipFill")
    blip = child(filling, "a:blip")
    image = source.image(attribute(blip, "r:embed") or attribute(blip, "r:link"))
    _note_picture(source, child(picture, "pic:spPr"))
    turned = child(child(picture, "pic:spPr"), "a:xfrm")
    if turned is not None and (integer(turned.get("rot"), 0) or 0) % 21_600_000:
        source.notes.add(f"Gambar yang diputar di {source.notes.place} dicetak tanpa putaran.")
    cut = child(filling, "a:srcRect")
    if image is None or cut is None:
        return image
    sides = [max(0.0, min(0.95, (integer(cut.get(side), 0) or 0) / 100_000)) for side in ("l", "t", "r", "b")]
    return type(image)(image.data, image.key, (sides[0], sides[1], sides[2], sides[3]))


def _note_picture(source: Source, properties: Element | None) -> None:
    """Note outlines, cut-out shapes and mirroring of a picture, which is printed whole and plain."""
    line, frame = child(properties, "a:ln"), child(properties, "a:xfrm")
    geometry = child(properties, "a:prstGeom")
    found = []
    if line is not None and child(line, "a:noFill") is None and len(line):
        found.append("Garis tepi gambar")
    if (geometry is not None and geometry.get("prst") not in (None, "rect")) or child(
        properties, "a:custGeom"
    ) is not None:
        found.append("Potongan bentuk gambar")
    if frame is not None and any(frame.get(name) in ("1", "true") for name in ("flipH", "flipV")):
        found.append("Pencerminan gambar")
    for thing in found:
        source.notes.add(f"{thing} di {source.notes.place} tidak dicetak ke PDF; gambarnya tetap dicetak.")


def _note_box(source: Source, kind: str | None) -> None:
    if kind is None or kind not in _BOXES:
        source.notes.add(f"Bentuk yang berisi teks di {source.notes.place} dicetak sebagai kotak biasa.")


def _shape(source: Source, shape: Element) -> Stroke | TextBox | None:
    properties = child(shape, "wps:spPr")
    geometry = child(properties, "a:prstGeom")
    kind = geometry.get("prst") if geometry is not None else None
    line, fill = _outline(shape, properties), _solid(child(properties, "a:solidFill"))
    text = child(child(shape, "wps:txbx"), "w:txbxContent")
    frame = child(properties, "a:xfrm")
    if frame is not None and (integer(frame.get("rot"), 0) or 0) % 21_600_000:
        source.notes.skipped("Bentuk atau teks yang diputar")
        return None
    if text is not None and _has_content(text):
        _note_box(source, kind)
        return _text_box(source, shape, text, line, fill)
    if kind in _LINES:
        flipped = frame is not None and (frame.get("flipV") in ("1", "true")) != (frame.get("flipH") in ("1", "true"))
        return Stroke("line", line or Border("single", 0.75), flip=flipped)
    if kind in _BOXES:
        return Stroke("rect", line, fill)
    source.notes.skipped("Bentuk gambar (shape)")
    return None


def _has_content(text: Element) -> bool:
    return any(short(item) in ("w:t", "w:drawing", "w:tbl", "w:pict") for item in text.iter())


def _outline(shape: Element, properties: Element | None) -> Border | None:
    line = child(properties, "a:ln")
    if line is not None and child(line, "a:noFill") is not None:
        return None
    if line is None:
        reference = child(child(shape, "wps:style"), "a:lnRef")
        return Border("single", 0.75) if reference is not None and reference.get("idx") != "0" else None
    width = _emu(line.get("w")) or 0.75
    style = {"dbl": "double", "thickThin": "thickThinSmallGap", "thinThick": "thinThickSmallGap"}.get(
        line.get("cmpd", ""), "single"
    )
    dash = child(line, "a:prstDash")
    if dash is not None and dash.get("val") not in (None, "solid"):
        style = "dashed"
    return Border(style, width, 0.0, _solid(child(line, "a:solidFill")) or (0.0, 0.0, 0.0))


def _solid(filling: Element | None) -> Color | None:
    if filling is None:
        return None
    for item in filling:
        if short(item) == "a:srgbClr":
            return color(item.get("val"))
        if short(item) == "a:sysClr":
            return color(item.get("lastClr"))
        if short(item) == "a:schemeClr":
            return (1.0, 1.0, 1.0) if item.get("val") in ("bg1", "lt1") else (0.0, 0.0, 0.0)
    return None


def _text_box(source: Source, shape: Element, text: Element, line: Border | None, fill: Color | None) -> TextBox | None:
    body = child(shape, "wps:bodyPr")
    if body is not None and body.get("vert", "horz") != "horz":
        source.notes.skipped("Kotak teks yang diputar")
        return None
    if source.depth >= MAX_NESTING:
        return None
    defaults = (("tIns", 45_720), ("rIns", 91_440), ("bIns", 45_720), ("lIns", 91_440))
    insets = [_emu((body.get(name) if body is not None else None) or str(usual)) for name, usual in defaults]
    valign = {"ctr": "center", "b": "bottom"}.get(body.get("anchor", "t") if body is not None else "t", "top")
    blocks = source.read_blocks(source, text, {}, {})
    grows = child(body, "a:spAutoFit") is not None
    return TextBox(blocks, (insets[0], insets[1], insets[2], insets[3]), line, fill, valign, grows=grows)


def _anchor(holder: Element, content: Image | Stroke | TextBox, width: float, height: float) -> Anchor:
    wrap = "none"
    for item in holder:
        name = short(item)
        if name in ("wp:wrapSquare", "wp:wrapTight", "wp:wrapThrough"):
            wrap = "square"
        elif name == "wp:wrapTopAndBottom":
            wrap = "topAndBottom"
    margins = [_emu(holder.get(name)) for name in ("distT", "distR", "distB", "distL")]
    return Anchor(
        content,
        width,
        height,
        _place(child(holder, "wp:positionH"), "column"),
        _place(child(holder, "wp:positionV"), "paragraph"),
        wrap,
        behind=holder.get("behindDoc") in ("1", "true"),
        margins=(margins[0], margins[1], margins[2], margins[3]),
        grows=_grows(content),
    )


def _place(position: Element | None, usual: str) -> Place:
    if position is None:
        return Place(usual)
    offset, align = child(position, "wp:posOffset"), child(position, "wp:align")
    return Place(
        position.get("relativeFrom") or usual,
        _emu((offset.text or "").strip() if offset is not None else None),
        (align.text or "").strip() if align is not None else "",
    )


def legacy_picture(source: Source, pict: Element, form: RunFormat) -> list[Inline]:
    """Return what a VML picture, line, rectangle or text box (`w:pict`, `w:object`) shows."""
    found: list[Inline] = []
    for shape in pict:
        name = short(shape)
        if name == "v:group":
            found += _vml_group(source, shape)
        elif name in ("v:shape", "v:rect", "v:line", "v:roundrect", "v:oval", "v:polyline"):
            item = _vml(source, shape, name, form)
            if item is not None:
                found.append(item)
        elif name.startswith("v:") and name != "v:shapetype":
            source.notes.skipped("Bentuk gambar (shape)")
    return found


def _vml_group(source: Source, group: Element) -> list[Inline]:
    style = css(group.get("style") or "")
    width, height = _css_points(style.get("width")), _css_points(style.get("height"))
    if width <= 0 and height <= 0:
        source.notes.skipped("Kelompok bentuk (shapes)")
        return []
    empty = Stroke("rect", None)
    whole = Anchor(empty, width, height, Place("character"), Place("paragraph"), "topAndBottom")
    if style.get("position") == "absolute":
        place = _css_points(style.get("margin-left")), _css_points(style.get("margin-top"))
        whole = _vml_anchor(group, empty, style, (*place, width, height))
    return [*old_group_objects(group, whole, lambda item: _vml_content(source, item, short(item)))]


def _vml(source: Source, shape: Element, name: str, form: RunFormat) -> Inline | None:
    style = css(shape.get("style") or "")
    content = _vml_content(source, shape, name)
    if content is None:
        return None
    width, height = _css_points(style.get("width")), _css_points(style.get("height"))
    if name == "v:line":
        return _vml_line(shape, content, style)
    if style.get("position") != "absolute":
        if isinstance(content, Stroke | TextBox):
            return Anchor(
                content, width, height, Place("character"), Place("paragraph"), "topAndBottom", grows=_grows(content)
            )
        return Picture(content, width, height, form)
    return _vml_anchor(
        shape,
        content,
        style,
        (_css_points(style.get("margin-left")), _css_points(style.get("margin-top")), width, height),
    )


def _vml_content(source: Source, shape: Element, name: str) -> Image | Stroke | TextBox | None:
    data = child(shape, "v:imagedata")
    if data is not None:
        return source.image(attribute(data, "r:id") or attribute(data, "r:pict"))
    if child(shape, "v:textpath") is not None:
        source.notes.skipped("WordArt")
        return None
    line, fill = _vml_colors(shape)
    box = child(shape, "v:textbox")
    text = child(box, "w:txbxContent")
    if text is not None and _has_content(text):
        if source.depth >= MAX_NESTING:
            return None
        if name in ("v:roundrect", "v:oval", "v:polyline"):
            _note_box(source, name)
        if box is not None and "vertical" in css(box.get("style") or "").get("layout-flow", ""):
            source.notes.add(f"Teks tegak dalam kotak di {source.notes.place} dicetak mendatar.")
        fitted = css(box.get("style") or "").get("mso-fit-shape-to-text") in ("t", "true") if box is not None else False
        return TextBox(source.read_blocks(source, text, {}, {}), border=line, fill=fill, grows=fitted)
    if name == "v:line" or shape.get(q("o:connectortype")) == "straight":
        return Stroke("line", line or Border("single", 0.75))
    if name == "v:rect":
        return Stroke("rect", line, fill)
    source.notes.skipped("Bentuk gambar (shape)")
    return None


def _vml_colors(shape: Element) -> tuple[Border | None, Color | None]:
    off = ("f", "false")
    stroke = child(shape, "v:stroke")
    style = {"thinThin": "double", "thickThin": "thickThinSmallGap", "thinThick": "thinThickSmallGap"}.get(
        (stroke.get("linestyle") if stroke is not None else None) or "", "single"
    )
    width = points(shape.get("strokeweight"), 1.0) or 0.75
    line = Border(style, width, 0.0, _named(shape.get("strokecolor")) or (0.0, 0.0, 0.0))
    fill = _named(shape.get("fillcolor"))
    return None if shape.get("stroked") in off else line, None if shape.get("filled") in off else fill


def _named(text: str | None) -> Color | None:
    """Return a colour of VML, which has names and Word's own number behind them ("white [3201]")."""
    name = (text or "").split("[")[0].strip()
    return color(_NAMES.get(name.lower(), name))


def _vml_line(shape: Element, content: Image | Stroke | TextBox, style: dict[str, str]) -> Anchor:
    ends = [[_css_points(part) for part in (shape.get(end) or "0,0").split(",")[:2]] for end in ("from", "to")]
    (left, top), (right, bottom) = [[*end, 0.0, 0.0][:2] for end in ends]
    box = (min(left, right), min(top, bottom), abs(right - left), abs(bottom - top))
    return _vml_anchor(shape, content, style, box)


def _vml_anchor(
    shape: Element, content: Image | Stroke | TextBox, style: dict[str, str], box: tuple[float, float, float, float]
) -> Anchor:
    relative = {"text": "column", "char": "character", "line": "paragraph"}
    across = style.get("mso-position-horizontal-relative", "text")
    down = style.get("mso-position-vertical-relative", "text")
    wrap = next((item.get("type") or "" for item in shape if item.tag.endswith("}wrap")), "")
    return Anchor(
        content,
        box[2],
        box[3],
        Place(relative.get(across, across), box[0], _absolute(style.get("mso-position-horizontal"))),
        Place(
            {"text": "paragraph", "line": "paragraph"}.get(down, down),
            box[1],
            _absolute(style.get("mso-position-vertical")),
        ),
        {"square": "square", "tight": "square", "topAndBottom": "topAndBottom"}.get(wrap, "none"),
        behind=style.get("z-index", "").startswith("-"),
        grows=_grows(content),
    )


def _absolute(align: str | None) -> str:
    return "" if align in (None, "absolute") else str(align)


def _css_points(text: str | None) -> float:
    return points(text, 1.0) or 0.0

"""Letterhead pictures in a template: a placeholder named `logo` or `lambang` gives its box, the office gives the picture."""

from __future__ import annotations

import posixpath
import re
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from asn_desk.letters.templates.compiling import Compiler

NAMES = ("logo", "lambang")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Slot:
    """A placeholder picture: its name, the media part behind it, and its box in EMU."""

    name: str
    media: str
    width: int
    height: int


def relationship_part(part: str) -> str:
    """Return the name of the part that holds another part's relationships."""
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def targets(relationships: Iterable[Element], part: str) -> dict[str, str]:
    """Return the parts that a part's relationship ids lead to."""
    folder = "/" + posixpath.dirname(part)
    return {
        node.get("Id", ""): posixpath.normpath(posixpath.join(folder, node.get("Target", ""))).lstrip("/")
        for node in relationships
        if node.get("TargetMode") != "External"
    }


def open_slots(compiler: Compiler, media: Mapping[str, str]) -> list[Slot]:
    """Make every placeholder depend on the office's picture: shown only when there is one, in its own proportions."""
    slots = []
    for drawing in list(compiler.root.iter(f"{_W}drawing")):
        slot = _slot(drawing, media)
        if slot is not None:
            slots.append(slot)
            _depend(compiler, drawing, slot)
    return slots


def _slot(drawing: Element, media: Mapping[str, str]) -> Slot | None:
    properties, extent = drawing.find(f".//{_WP}docPr"), drawing.find(f".//{_WP}extent")
    blip = drawing.find(f".//{_A}blip")
    if properties is None or extent is None or blip is None:
        return None
    words = {(properties.get(key) or "").strip().lower() for key in ("name", "descr", "title")}
    name = next((name for name in NAMES if name in words), None)
    part = media.get(blip.get(f"{_R}embed") or "")
    if name is None or part is None:
        return None
    return Slot(name, part, int(extent.get("cx", "0")), int(extent.get("cy", "0")))


def _depend(compiler: Compiler, drawing: Element, slot: Slot) -> None:
    place = compiler.place_of(drawing)
    parent, before = drawing.getparent(), drawing.getprevious()
    assert parent is not None
    opening = compiler.add(f"{{% if gambar.{slot.name} %}}", place, parent)
    for box in (*drawing.iter(f"{_WP}extent"), *drawing.iter(f"{_A}ext")):
        if box.get("cx") is not None:
            box.set("cx", compiler.add(f"{{{{ gambar.{slot.name}.cx }}}}", place, drawing))
            box.set("cy", compiler.add(f"{{{{ gambar.{slot.name}.cy }}}}", place, drawing))
    if before is None:
        parent.text = (parent.text or "") + opening
    else:
        before.tail = (before.tail or "") + opening
    drawing.tail = compiler.add("{% endif %}", place, parent) + (drawing.tail or "")


def png_size(data: bytes) -> tuple[int, int]:
    """Return width and height in pixels of a PNG; raises ValueError for anything else."""
    if not data.startswith(_PNG) or len(data) < 24:
        raise ValueError("letterhead pictures are PNG files")
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def fitted(slot: Slot, picture: bytes | None) -> dict[str, int] | None:
    """Return the size (EMU) at which a picture fills the slot's box without being distorted, or None without a picture."""
    if picture is None:
        return None
    width, height = png_size(picture)
    scale = min(slot.width / width, slot.height / height)
    return {"cx": max(round(width * scale), 1), "cy": max(round(height * scale), 1)}


_EMPTY_TABLE = re.compile(r"<w:tbl><w:tblPr>(?:(?!</?w:tbl>).)*?</w:tblGrid></w:tbl>")


def mended_tables(xml: str) -> str:
    """Return body XML without tables that lost all rows, and with a paragraph at the end of each cell, as Word requires."""
    if "</w:tblGrid></w:tbl>" in xml:  # the pattern is slow, and hardly a letter has such a table
        xml = _EMPTY_TABLE.sub("", xml)
    for before in ("</w:tcPr>", "</w:tbl>", "<w:tc>"):
        xml = xml.replace(f"{before}</w:tc>", f"{before}<w:p/></w:tc>")
    return xml.replace("<w:tc/>", "<w:tc><w:p/></w:tc>")

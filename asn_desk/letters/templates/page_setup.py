"""The office's paper, margins and font put into a template, so that the Word file and the PDF both follow."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from asn_desk.letters.templates import package
from asn_desk.letters.templates.compiling import W
from asn_desk.letters.templates.package import Member
from asn_desk.office.look import LetterLook
from asn_desk.office.terms import Paper

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MILLIMETRE = 1440 / 25.4
_FAR = 2268
"""Twips (4 cm) from which an indent or a tab stands for a place on the page, and moves with the text's width."""
_SIDES = ("top", "right", "bottom", "left")
_INDENTS = ("left", "right", "start", "end", "hanging")
_NEAR_SIZE = 120
_BODIES = ("word/document", "word/header", "word/footer")


@lru_cache(maxsize=32)
def with_look(data: bytes, look: LetterLook, label: str) -> bytes:
    """Return a template's bytes with the office's look; unchanged when the look is the one templates come with.

    Sections that lie across keep their direction; sections of another size than A4 and F4 (envelopes) stay as they are.
    Tables, and indents and tabs from 4 cm on, follow the width of the text. Raises DeskError as `package.read_package`.
    """
    if look.leaves_pages and not look.font_family and not look.font_size:
        return data
    members = package.read_package(data, label)
    roots = {member.name: package.parsed(member, label) for member in members if _concerned(member.name)}
    if not look.leaves_pages:
        ratio = _set_pages(roots["word/document.xml"], look)
        for root in roots.values():
            _stretch(root, ratio)
    if "word/styles.xml" in roots:
        _set_font(roots["word/styles.xml"], look)
    return package.write_package(_changed(member, roots.get(member.name)) for member in members)


def _concerned(name: str) -> bool:
    return name.endswith(".xml") and (name == "word/styles.xml" or name.startswith(_BODIES))


def _changed(member: Member, root: Element | None) -> Member:
    from lxml import etree

    if root is None:
        return member
    return package.deflated(member.name, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _twips(millimetres: float) -> int:
    return round(millimetres * _MILLIMETRE)


def _number(element: Element, name: str) -> int:
    try:
        return int(element.get(f"{W}{name}") or 0)
    except ValueError:
        return 0


def _set_pages(root: Element, look: LetterLook) -> float:
    """Set every section and return how much wider the text of the first one has become."""
    ratio = 0.0
    for section in root.iter(f"{W}sectPr"):
        size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        if size is None or margins is None or not _common(size):
            continue
        before = _text_width(size, margins)
        across = size.get(f"{W}orient") == "landscape"
        width, height = sorted(map(_twips, look.paper.size), reverse=across)
        size.set(f"{W}w", str(width))
        size.set(f"{W}h", str(height))
        for side, millimetres in zip(_SIDES, look.margins, strict=True):
            margins.set(f"{W}{side}", str(_twips(millimetres)))
        ratio = ratio or _text_width(size, margins) / max(before, 1)
    return ratio or 1.0


def _common(size: Element) -> bool:
    found = sorted((_number(size, "w"), _number(size, "h")))
    return any(
        all(abs(one - _twips(usual)) <= _NEAR_SIZE for one, usual in zip(found, paper.size, strict=True))
        for paper in Paper
    )


def _text_width(size: Element, margins: Element) -> int:
    return _number(size, "w") - _number(margins, "left") - _number(margins, "right")


def _stretch(root: Element, ratio: float) -> None:
    for tag in ("tblW", "tcW"):
        _scale((node for node in root.iter(f"{W}{tag}") if node.get(f"{W}type") == "dxa"), ("w",), ratio)
    _scale(root.iter(f"{W}gridCol"), ("w",), ratio)
    _scale(root.iter(f"{W}ind"), _INDENTS, ratio, _FAR)
    _scale(root.iter(f"{W}tab"), ("pos",), ratio, _FAR)


def _scale(nodes: Iterable[Element], names: tuple[str, ...], ratio: float, least: int = 1) -> None:
    for node in nodes:
        for name in names:
            if _number(node, name) >= least:
                node.set(f"{W}{name}", str(round(_number(node, name) * ratio)))


def _set_font(root: Element, look: LetterLook) -> None:
    """Put family and size into the defaults of the document; styles with a font or a size of their own keep it."""
    defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    if defaults is None:
        return
    fonts = defaults.find(f"{W}rFonts")
    if look.font_family and fonts is not None:
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(f"{W}{script}", look.font_family)
    for name in ("sz", "szCs"):
        size = defaults.find(f"{W}{name}")
        if look.font_size and size is not None:
            size.set(f"{W}val", str(look.font_size * 2))

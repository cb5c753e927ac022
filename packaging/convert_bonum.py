"""Convert TeX Gyre Bonum (CFF outlines) to TrueType under the name ASN Desk Bookman, because the PDF writer embeds TrueType only.

Usage: ``python packaging/convert_bonum.py FOLDER_WITH_OTF RESOURCES_FONTS_FOLDER``. The widths and the vertical metrics stay
those of Bonum; only the outlines are approximated by quadratic curves and the names changed, as its licence asks.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

FAMILY = "ASN Desk Bookman"
STYLES = {"regular": "Regular", "bold": "Bold", "italic": "Italic", "bolditalic": "Bold Italic"}
MAX_ERROR = 0.5
"""How far a quadratic curve may leave the original, in font units (1000 per em): invisible in print."""
NOTICE = (
    "Derived from TeX Gyre Bonum 2.004, Copyright 2007-2009 B. Jackowski and J. M. Nowacki (on behalf of TeX Users Groups). "
    "Outlines converted to TrueType and font renamed. GUST Font License, see GUST-FONT-LICENSE.txt."
)


def convert(source: Path, target: Path, style: str) -> None:
    """Write `target` as the TrueType twin of the OpenType/CFF font `source`."""
    font = TTFont(source, recalcTimestamp=False)
    _replace_outlines(font)
    _rename(font, style)
    for tag in ("CFF ", "VORG", "FFTM", "DSIG"):
        if tag in font:
            del font[tag]
    font.sfntVersion = "\000\001\000\000"
    font.save(target)


def _replace_outlines(font: TTFont) -> None:
    order = font.getGlyphOrder()
    glyphs = font.getGlyphSet()
    converted = {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
        converted[name] = pen.glyph()
    table = newTable("glyf")
    table.glyphOrder = order
    table.glyphs = converted
    font["loca"] = newTable("loca")
    font["glyf"] = table
    _side_bearings(font)
    _header_tables(font)


def _side_bearings(font: TTFont) -> None:
    """Give each glyph its left edge as side bearing; the bounds must be computed first or digits sit visibly wrong."""
    table = font["glyf"]
    metrics = font["hmtx"].metrics
    for name in font.getGlyphOrder():
        glyph = table[name]
        glyph.recalcBounds(table)
        metrics[name] = (metrics[name][0], glyph.xMin if glyph.numberOfContours else 0)


def _header_tables(font: TTFont) -> None:
    font["post"].formatType = 2.0
    font["post"].extraNames = []
    font["post"].mapping = {}
    font["post"].glyphOrder = font.getGlyphOrder()
    maxp = font["maxp"] = newTable("maxp")
    maxp.tableVersion = 0x00010000
    for field in (
        "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
        "maxSizeOfInstructions", "maxComponentElements", "maxComponentDepth", "maxPoints", "maxContours",
        "maxCompositePoints", "maxCompositeContours", "numGlyphs",
    ):  # fmt: skip
        setattr(maxp, field, 0)
    maxp.maxZones = 1
    maxp.recalc(font)


def _rename(font: TTFont, style: str) -> None:
    names = font["name"]
    postscript = FAMILY.replace(" ", "") + "-" + style.replace(" ", "")
    texts = {
        0: NOTICE,
        1: FAMILY,
        2: style,
        3: f"{postscript} 1.0",
        4: f"{FAMILY} {style}",
        5: "Version 1.0",
        6: postscript,
    }
    names.names = []
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)


def main(arguments: list[str]) -> int:
    """Convert the four styles; returns the exit code."""
    if len(arguments) != 2:
        print("usage: convert_bonum.py FOLDER_WITH_OTF RESOURCES_FONTS_FOLDER", file=sys.stderr)
        return 2
    source, target = Path(arguments[0]), Path(arguments[1])
    for stem, style in STYLES.items():
        convert(source / f"texgyrebonum-{stem}.otf", target / f"ASNDeskBookman-{style.replace(' ', '')}.ttf", style)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

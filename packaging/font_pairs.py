"""Work out which letters of the bundled fonts stand closer than their widths say (for asn_desk/letters/pdf/placing/pairs.py).

Usage: ``python packaging/font_pairs.py RESOURCES_FONTS_FOLDER``. Writes ``pairs/STEM.json`` beside the fonts: ``units`` per em,
``kern`` as [left letters, right letters, distance] (feature "kern" of GPOS, else the table "kern"), and ``ligatures.json``: by
how much a standard ligature (feature "liga" of GSUB) is narrower than its letters. Only for letters of Windows-1252.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

STEMS = (
    *(f"{family}-{style}" for family in ("LiberationSans", "LiberationSerif", "LiberationMono", "Carlito", "Caladea", "ASNDeskBookman")
      for style in ("Regular", "Bold", "Italic", "BoldItalic")),
    "DejaVuSans", "DejaVuSans-Bold",
)  # fmt: skip
LETTERS = [sign for code in range(32, 256) if (sign := bytes([code]).decode("cp1252", "ignore")).isprintable() and sign]
Pairs = dict[tuple[str, str], int]


def lookups(table: Any, feature: str) -> list[Any]:
    """Return the lookups of a feature for Latin letters without a language of their own."""
    scripts = {record.ScriptTag: record.Script for record in table.ScriptList.ScriptRecord}
    system = (scripts.get("latn") or scripts["DFLT"]).DefaultLangSys
    records = [table.FeatureList.FeatureRecord[index] for index in system.FeatureIndex]
    wanted = {index for record in records if record.FeatureTag == feature for index in record.Feature.LookupListIndex}
    return [table.LookupList.Lookup[index] for index in sorted(wanted)]


def subtables(lookup: Any) -> Iterator[Any]:
    """Yield the subtables of a lookup, those behind an extension too."""
    for table in lookup.SubTable:
        yield getattr(table, "ExtSubTable", table)


def distance(table: Any, left: str, right: str) -> int | None:
    """Return what a subtable says about a pair of glyphs; None when the next subtable is to be asked."""
    if left not in table.Coverage.glyphs:
        return None
    if table.Format == 1:
        found = table.PairSet[table.Coverage.glyphs.index(left)].PairValueRecord
        value = next((record.Value1 for record in found if record.SecondGlyph == right), None)
        return None if value is None else getattr(value, "XAdvance", 0)
    record = table.Class1Record[table.ClassDef1.classDefs.get(left, 0)]
    value = record.Class2Record[table.ClassDef2.classDefs.get(right, 0)].Value1
    return getattr(value, "XAdvance", 0) if value is not None else 0


def kerning(font: TTFont, glyphs: dict[str, str]) -> Pairs:
    """Return the distance of every pair of letters that has one."""
    found = lookups(font["GPOS"].table, "kern") if "GPOS" in font else []
    if not found and "kern" in font:
        table = {key: value for part in font["kern"].kernTables for key, value in part.kernTable.items()}
        pairs = {pair: table.get((glyphs[pair[0]], glyphs[pair[1]]), 0) for pair in product(glyphs, glyphs)}
    else:
        pairs = {pair: _placed(found, glyphs[pair[0]], glyphs[pair[1]]) for pair in product(glyphs, glyphs)}
    return {pair: value for pair, value in pairs.items() if value}


def _placed(found: list[Any], left: str, right: str) -> int:
    total = 0
    for lookup in found:
        told = (distance(table, left, right) for table in subtables(lookup))
        total += next((value for value in told if value is not None), 0)
    return total


def ligatures(font: TTFont, glyphs: dict[str, str]) -> dict[str, int]:
    """Return by how much each ligature is wider (or, negative, narrower) than the letters it stands for."""
    letters = {glyph: sign for sign, glyph in glyphs.items()}
    widths, found = font["hmtx"].metrics, {}
    for lookup in lookups(font["GSUB"].table, "liga") if "GSUB" in font else []:
        made: dict[str, str] = {}
        for table in subtables(lookup):
            for first, others in getattr(table, "ligatures", {}).items():
                for other in others:
                    text = "".join(letters.get(glyph, "\0") for glyph in (first, *other.Component))
                    if "\0" not in text:
                        made[other.LigGlyph] = text
                        found[text] = widths[other.LigGlyph][0] - sum(widths[glyphs[sign]][0] for sign in text)
        letters |= {glyph: text for glyph, text in made.items() if glyph not in letters}
    return dict(sorted(found.items()))


def grouped(pairs: Pairs) -> list[list[str | int]]:
    """Return pairs as [left letters, right letters, distance]: letters of one shape have the same distances."""
    rows: dict[str, dict[int, str]] = defaultdict(lambda: defaultdict(str))
    for (left, right), value in sorted(pairs.items()):
        rows[left][value] += right
    same: dict[tuple[tuple[str, int], ...], str] = defaultdict(str)
    for left, row in rows.items():
        same[tuple(sorted((right, value) for value, right in row.items()))] += left
    return [
        [left, right, value] for row, left in sorted(same.items(), key=lambda item: item[1]) for right, value in row
    ]


def main(arguments: list[str]) -> int:
    """Write the files; returns the exit code."""
    if len(arguments) != 1:
        print("usage: font_pairs.py RESOURCES_FONTS_FOLDER", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    (folder / "pairs").mkdir(exist_ok=True)
    joined = {}
    for stem in STEMS:
        with TTFont(folder / f"{stem}.ttf", lazy=True) as font:
            rows, narrower = measured(font)
        if rows:
            _write(folder / "pairs" / f"{stem}.json", rows)
        if narrower:
            joined[stem] = narrower
    _write(folder / "pairs" / "ligatures.json", joined)
    return 0


def measured(font: TTFont) -> tuple[dict[str, Any], dict[str, float]]:
    """Return what is written about a font: its pairs, and its joined letters in thousandths of an em."""
    cmap, units = font.getBestCmap(), font["head"].unitsPerEm
    glyphs = {sign: cmap[ord(sign)] for sign in LETTERS if ord(sign) in cmap}
    rows = grouped(kerning(font, glyphs))
    narrower = {text: round(value * 1000 / units, 1) for text, value in ligatures(font, glyphs).items()}
    return {"units": units, "kern": rows} if rows else {}, narrower


def _write(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

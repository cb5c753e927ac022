"""Fonts in the finished PDF: which codes stand for which characters, and the subset programs, made once and shared by letters.

Every face has one simple font whose codes are those of Windows-1252 with all of ASCII in its program, so that most letters
carry the very same bytes. Other characters live in fonts of their own, one for each 128 characters of Unicode.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_ASCII = range(32, 127)
_BLOCK = 128


def _windows_codes() -> dict[str, int]:
    codes = {}
    for code in range(0x80, 0x100):
        character = bytes([code]).decode("cp1252", "ignore")
        if character:
            codes[character] = code
    return codes


_WINDOWS = _windows_codes()
_WINDOWS_SIGN = {code: character for character, code in _WINDOWS.items()}


@dataclass(frozen=True, slots=True)
class FontParts:
    """The objects of one embedded font without their numbers: program, descriptor, widths and the way back to Unicode."""

    name: str
    program: bytes
    program_length: int
    descriptor: str
    first: int
    widths: str
    unicode: bytes


def coded(face: str, text: str) -> list[tuple[str, bytes]]:
    """Return a text as stretches of (font resource, codes)."""
    if text.isascii():
        return [(face, text.encode())]
    found: list[tuple[str, bytearray]] = []
    for character in text:
        font, code = _code(face, character)
        if not found or found[-1][0] != font:
            found.append((font, bytearray()))
        found[-1][1].append(code)
    return [(font, bytes(codes)) for font, codes in found]


def _code(face: str, character: str) -> tuple[str, int]:
    point = ord(character)
    if point < 0x80:
        return face, point
    code = _WINDOWS.get(character)
    if code is not None:
        return face, code
    return f"{face}.{point // _BLOCK:X}", 0x80 | point % _BLOCK


@lru_cache(maxsize=256)
def font_parts(resource: str, used: bytes) -> FontParts:
    """Return the parts of a font resource that must hold the codes `used` (sorted, above 127) besides ASCII."""
    from reportlab.pdfbase import pdfmetrics

    stem, _, block = resource.partition(".")
    font: Any = pdfmetrics.getFont(stem)
    inner = font.face
    points = _points(block, used)
    first, last = min(points), max(points)
    program = inner.makeSubset([points.get(code, 32) for code in range(last + 1)])
    widths = " ".join(
        f"{inner.getCharWidth(points[code]):g}" if code in points else "0" for code in range(first, last + 1)
    )
    name = f"{_tag(resource.encode() + used)}+{inner.name.decode()}"
    return FontParts(
        name,
        zlib.compress(program, 9),
        len(program),
        _descriptor(inner, name),
        first,
        widths,
        _to_unicode(name, points),
    )


def _points(block: str, used: bytes) -> dict[int, int]:
    """Return the character of every code of a font."""
    if block:
        return {code: int(block, 16) * _BLOCK + code - 0x80 for code in used}
    return {**{code: code for code in _ASCII}, **{code: ord(_WINDOWS_SIGN[code]) for code in used}}


def _tag(key: bytes) -> str:
    """Return the six letters that tell subsets of one font apart."""
    number = zlib.crc32(key)
    letters = ""
    for _ in range(6):
        number, digit = divmod(number, 26)
        letters += chr(65 + digit)
    return letters


def _descriptor(inner: Any, name: str) -> str:
    flags = inner.flags & ~32 | 4  # symbolic: the codes are those of the program itself
    box = " ".join(f"{edge:g}" for edge in inner.bbox)
    return (
        f"/Type /FontDescriptor /FontName /{name} /Flags {flags} /FontBBox [{box}] /Ascent {inner.ascent:g} "
        f"/Descent {inner.descent:g} /CapHeight {inner.capHeight:g} /ItalicAngle {inner.italicAngle:g} /StemV {inner.stemV:g}"
    )


def _to_unicode(name: str, points: dict[int, int]) -> bytes:
    """Return the map from codes to characters, for copying and searching text."""
    lines = [f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>" for code, point in sorted(points.items())]
    groups = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    body = "\n".join(f"{len(group)} beginbfchar\n" + "\n".join(group) + "\nendbfchar" for group in groups)
    text = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        f"/CMapName /{name} def\n/CMapType 2 def\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )
    return zlib.compress(text.encode(), 9)

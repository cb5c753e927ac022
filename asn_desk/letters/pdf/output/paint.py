"""Put finished sheets into a PDF: every line and row is stamped where it stands, layer by layer."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from asn_desk.letters.pdf.output import fonts
from asn_desk.letters.pdf.placing.fragments import Fragment, fragment_of, number, paint_color
from asn_desk.letters.pdf.placing.sheet import Ink, Sheet, Stamp, TextMark

if TYPE_CHECKING:
    from asn_desk.letters.pdf.output.pdf_file import PdfFile

_MARK_COLOR = (0.93, 0.93, 0.93)
_MARK_ANGLE = math.radians(45.0)
_LEVEL = 6
_Placed = tuple[Fragment, bytes]


def add_sheet(file: PdfFile, sheet: Sheet, watermark: str | None) -> None:
    """Add a sheet as a page; the watermark is under the text but over fillings."""
    placed: list[_Placed] = []
    _lay_down(sheet.stamps, sheet, (0.0, 0.0), placed)
    mark = _watermark(watermark, sheet.width, sheet.height) if watermark else None
    for fragment, _ in placed if mark is None else (*placed, (mark[0], b"")):
        for font, codes in fragment.fonts.items():
            file.use_font(font, codes)
        for image in fragment.images:
            file.use_image(image)
    layers = [
        *(_moved(at, fragment.behind) for fragment, at in placed if fragment.behind),
        *(_moved(at, fragment.fills) for fragment, at in placed if fragment.fills),
        *([] if mark is None else [mark[1]]),
        *_texts(placed),
        *(_moved(at, fragment.rules) for fragment, at in placed if fragment.rules),
        *(_moved(at, fragment.pictures) for fragment, at in placed if fragment.pictures),
    ]
    file.add_page(sheet.width, sheet.height, zlib.compress(b"\n".join(layers), _LEVEL))


def _lay_down(stamps: Iterable[Stamp], sheet: Sheet, corner: tuple[float, float], placed: list[_Placed]) -> None:
    """Collect what stamps print and where their corners are, as the ends of matrices; stamps inside follow their holder."""
    for stamp in stamps:
        x, y = corner[0] + stamp.x, corner[1] + stamp.y
        fragment = stamp.slab.prints.get(stamp.closing)
        if fragment is None:
            fragment, (x, y) = _print(stamp, sheet, (x, y))
        placed.append((fragment, f"{x:.2f} {sheet.height - y:.2f}".encode()))
        if fragment.inner:
            _lay_down(fragment.inner, sheet, (x, y), placed)


def _print(stamp: Stamp, sheet: Sheet, place: tuple[float, float]) -> tuple[Fragment, tuple[float, float]]:
    """Make a slab's fragment and keep it; one that hangs on the page is made for its place and measured from the page."""
    proof = sheet.blank()
    stamp.slab.place(proof, 0.0, 0.0, closing=stamp.closing)
    if proof.bound_to_page:
        proof = sheet.blank()
        stamp.slab.place(proof, *place, closing=stamp.closing)
        return fragment_of(proof), (0.0, 0.0)
    fragment = stamp.slab.prints[stamp.closing] = fragment_of(proof)
    return fragment, place


def _moved(at: bytes, operators: bytes) -> bytes:
    return b"q 1 0 0 1 %s cm\n%s\nQ" % (at, operators)


def _texts(placed: list[_Placed]) -> list[bytes]:
    parts = [b"BT"]
    font = b""
    for fragment, at in placed:
        if fragment.text:
            parts.append(b"1 0 0 1 %s Tm" % at)
            if fragment.opens != font:
                parts.append(fragment.opens)
            parts.append(fragment.text)
            font = fragment.closes
    return [*parts, b"ET"] if font else []


@lru_cache(maxsize=32)
def _watermark(text: str, width: float, height: float) -> tuple[Fragment, bytes]:
    face = fonts.face("sans", bold=True)
    size = min(140.0, 0.75 * math.hypot(width, height) / max(face.width(text), 0.5))
    ink = Ink(face, size, (0.0, 0.0, 0.0), 0.0, 0.0)
    proof = Sheet(width, height)
    proof.texts.append(TextMark(-face.width(text) * size / 2, 0.35 * size, text, ink))
    fragment = fragment_of(proof)
    turn = f"{math.cos(_MARK_ANGLE):.5f} {math.sin(_MARK_ANGLE):.5f} {-math.sin(_MARK_ANGLE):.5f} {math.cos(_MARK_ANGLE):.5f}"
    place = f"{turn} {number(width / 2)} {number(height / 2)} cm {paint_color(_MARK_COLOR, 'rg')} BT".encode()
    return fragment, b"\n".join((b"q", place, fragment.opens, fragment.text, b"ET Q"))

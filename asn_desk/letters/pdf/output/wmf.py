"""Play the drawing commands of a WMF file ([MS-WMF]) on a canvas."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from asn_desk.letters.pdf.output.metafile_canvas import MAX_RECORDS, Brush, Canvas, Font, Pen, color_of, ellipse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PLACEABLE = 22
_HEADER = 18
_HOLLOW = 1
_NO_PEN = 5
_OTHER_OBJECTS = frozenset({0x00F7, 0x0142, 0x01F9, 0x06FF, 0x00F8})
"""Palettes, patterns and regions: they take a place in the table of objects and are not used."""
Handmade = Pen | Brush | Font | None


def play_wmf(data: bytes) -> Canvas:
    """Return the finished drawing; raises struct.error and ValueError for a damaged file."""
    records = list(_records(data))
    return _Player(_frame(data, records)).play(records)


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = (_PLACEABLE if data.startswith(b"\xd7\xcd\xc6\x9a") else 0) + _HEADER
    for _ in range(MAX_RECORDS):
        if at + 6 > len(data):
            return
        words, kind = struct.unpack_from("<IH", data, at)
        if kind == 0 or words < 3:
            return
        yield kind, data[at + 6 : at + 2 * words]
        at += 2 * words


def _frame(data: bytes, records: list[tuple[int, bytes]]) -> tuple[float, float, float, float]:
    """Return the part of the drawing that is shown: its window, else the rectangle in the file's header."""
    found = dict(reversed(records))
    extent, origin = found.get(0x020C), found.get(0x020B)
    if extent is not None:
        height, width = struct.unpack_from("<hh", extent)
        top, left = struct.unpack_from("<hh", origin) if origin is not None else (0, 0)
        return left, top, width, height
    left, top, right, bottom = struct.unpack_from("<4h", data, 6)
    return left, top, right - left, bottom - top


class _Player:
    def __init__(self, frame: tuple[float, float, float, float]) -> None:
        self._canvas = Canvas(frame)
        self._canvas.set(window=frame, viewport=frame)
        self._frame = frame
        self._objects: dict[int, Handmade] = {}
        self._commands: dict[int, Callable[[bytes], None]] = {
            0x020B: self._origin, 0x020C: self._extent, 0x02FC: self._brush, 0x02FA: self._pen, 0x02FB: self._font,
            0x012D: self._select, 0x01F0: self._delete, 0x0324: self._polygon, 0x0325: self._polyline,
            0x0538: self._polygons, 0x041B: self._rectangle, 0x061C: self._rectangle, 0x0418: self._ellipse,
            0x0213: self._line_to, 0x0214: self._move_to, 0x0209: self._text_color, 0x012E: self._align,
            0x0A32: self._ext_text, 0x0521: self._text, 0x0F43: self._stretch_dib, 0x0B41: self._stretch_blt,
            0x001E: lambda _: self._canvas.save(), 0x0127: self._restore,
        }  # fmt: skip

    def play(self, records: list[tuple[int, bytes]]) -> Canvas:
        for kind, data in records:
            if kind in _OTHER_OBJECTS:
                self._keep(None)
            elif kind in self._commands:
                self._commands[kind](data)
        return self._canvas

    def _keep(self, made: Handmade) -> None:
        self._objects[next(index for index in range(len(self._objects) + 1) if index not in self._objects)] = made

    def _origin(self, data: bytes) -> None:
        top, left = struct.unpack_from("<hh", data)
        self._canvas.set(window=(left, top, *self._canvas.pencil.window[2:]))

    def _extent(self, data: bytes) -> None:
        height, width = struct.unpack_from("<hh", data)
        if width and height:
            self._canvas.set(window=(*self._canvas.pencil.window[:2], width, height))

    def _brush(self, data: bytes) -> None:
        style, color = struct.unpack_from("<HI", data)
        self._keep(Brush(None if style == _HOLLOW else color_of(color)))

    def _pen(self, data: bytes) -> None:
        style, width, _, color = struct.unpack_from("<HhhI", data)
        self._keep(Pen(None if style & 15 == _NO_PEN else color_of(color), abs(width)))

    def _font(self, data: bytes) -> None:
        height, _, _, _, weight, italic = struct.unpack_from("<5hB", data)
        name = data[18:50].partition(b"\0")[0].decode("cp1252", "replace")
        self._keep(Font(name, abs(height) or 12.0, weight >= 600, bool(italic)))

    def _select(self, data: bytes) -> None:
        made = self._objects.get(struct.unpack_from("<H", data)[0])
        if isinstance(made, Pen):
            self._canvas.set(pen=made)
        elif isinstance(made, Brush):
            self._canvas.set(brush=made)
        elif isinstance(made, Font):
            self._canvas.set(font=made)

    def _delete(self, data: bytes) -> None:
        self._objects.pop(struct.unpack_from("<H", data)[0], None)

    def _restore(self, data: bytes) -> None:
        self._canvas.restore(struct.unpack_from("<h", data)[0])

    def _polygon(self, data: bytes) -> None:
        self._canvas.shapes([_points(data, 2, _count(data, 0))], fill=True, stroke=True, closed=True)

    def _polyline(self, data: bytes) -> None:
        self._canvas.shapes([_points(data, 2, _count(data, 0))], fill=False, stroke=True, closed=False)

    def _polygons(self, data: bytes) -> None:
        number = _count(data, 0)
        counts = struct.unpack_from(f"<{number}H", data, 2)
        at, parts = 2 + 2 * number, []
        for count in counts:
            parts.append(_points(data, at, count))
            at += 4 * count
        self._canvas.shapes(parts, fill=True, stroke=True, closed=True)

    def _rectangle(self, data: bytes) -> None:
        bottom, right, top, left = struct.unpack_from("<4h", data, len(data) - 8)
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        self._canvas.shapes([corners], fill=True, stroke=True, closed=True)

    def _ellipse(self, data: bytes) -> None:
        bottom, right, top, left = struct.unpack_from("<4h", data)
        self._canvas.shapes([ellipse(left, top, right, bottom)], fill=True, stroke=True, closed=True)

    def _move_to(self, data: bytes) -> None:
        y, x = struct.unpack_from("<hh", data)
        self._canvas.set(at=(x, y))

    def _line_to(self, data: bytes) -> None:
        y, x = struct.unpack_from("<hh", data)
        self._canvas.shapes([[self._canvas.pencil.at, (x, y)]], fill=False, stroke=True, closed=False)
        self._canvas.set(at=(x, y))

    def _text_color(self, data: bytes) -> None:
        self._canvas.set(text_color=color_of(struct.unpack_from("<I", data)[0]))

    def _align(self, data: bytes) -> None:
        self._canvas.set(align=struct.unpack_from("<H", data)[0])

    def _text(self, data: bytes) -> None:
        length = _count(data, 0)
        y, x = struct.unpack_from("<hh", data, 2 + length + length % 2)
        self._canvas.text(data[2 : 2 + length].decode("cp1252", "replace"), (x, y))

    def _ext_text(self, data: bytes) -> None:
        y, x, length, options = struct.unpack_from("<hhHH", data)
        start = 16 if options & 6 else 8
        self._canvas.text(data[start : start + length].decode("cp1252", "replace"), (x, y))

    def _stretch_dib(self, data: bytes) -> None:
        height, width, y, x = struct.unpack_from("<4h", data, 14)
        self._canvas.bitmap(data[22:], (x, y), (width, height))

    def _stretch_blt(self, data: bytes) -> None:
        height, width, y, x = struct.unpack_from("<4h", data, 12)
        if len(data) > 20 + 40:
            self._canvas.bitmap(data[20:], (x, y), (width, height))


def _count(data: bytes, at: int) -> int:
    found: int = struct.unpack_from("<H", data, at)[0]
    return found


def _points(data: bytes, at: int, count: int) -> list[tuple[float, float]]:
    flat = struct.unpack_from(f"<{2 * count}h", data, at)
    return list(zip(flat[::2], flat[1::2], strict=True))

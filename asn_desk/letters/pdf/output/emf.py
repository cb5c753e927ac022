"""Play the drawing commands of an EMF file ([MS-EMF]) on a canvas."""

from __future__ import annotations

import struct
from functools import partial
from typing import TYPE_CHECKING

from asn_desk.letters.pdf.output.metafile_canvas import (
    MAX_RECORDS,
    Brush,
    Canvas,
    Font,
    Pen,
    Point,
    color_of,
    curve,
    ellipse,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_END = 14
_HOLLOW, _NO_PEN = 1, 5
_STOCK: dict[int, Pen | Brush] = {
    0: Brush((255, 255, 255)), 1: Brush((192, 192, 192)), 2: Brush((128, 128, 128)), 3: Brush((64, 64, 64)),
    4: Brush((0, 0, 0)), 5: Brush(None), 6: Pen((255, 255, 255)), 7: Pen((0, 0, 0)), 8: Pen(None),
}  # fmt: skip
"""Pens and brushes Windows has ready, by the low bits of their number."""
_READY = 0x80000000
_PER_MM = {2: 10.0, 3: 100.0, 4: 3.937, 5: 39.37, 6: 56.69}
"""Units per millimetre of the mapping modes that measure lengths; their y runs upward."""
_Matrix = tuple[float, float, float, float, float, float]


def play_emf(data: bytes) -> Canvas:
    """Return the finished drawing; raises struct.error and ValueError for a damaged file."""
    return _Player(data).play(_records(data))


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    for _ in range(MAX_RECORDS):
        if at + 8 > len(data):
            return
        kind, size = struct.unpack_from("<II", data, at)
        if kind == _END or size < 8:
            return
        yield kind, data[at : at + size]
        at += size


def _times(one: _Matrix, two: _Matrix) -> _Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


class _Player:
    def __init__(self, data: bytes) -> None:
        left, top, right, bottom = struct.unpack_from("<4i", data, 24)
        pixels, lengths = struct.unpack_from("<2i", data, 72), struct.unpack_from("<2i", data, 80)
        self._per_mm = tuple(count / length if length else 1.0 for count, length in zip(pixels, lengths, strict=True))
        across, down = (scale / 100 for scale in self._per_mm)
        frame = left * across, top * down, (right - left) * across, (bottom - top) * down
        self._canvas = Canvas(frame)
        self._canvas.set(scaled=False)
        self._objects: dict[int, Pen | Brush | Font] = {}
        self._path: list[list[Point]] | None = None
        self._commands = self._simple() | self._figures()

    def _simple(self) -> dict[int, Callable[[bytes], None]]:
        return {
            9: partial(self._measure, "window", 2), 10: partial(self._measure, "window", 0),
            11: partial(self._measure, "viewport", 2), 12: partial(self._measure, "viewport", 0), 17: self._mode,
            22: self._align, 24: self._text_color, 33: lambda _: self._canvas.save(), 34: self._restore, 35: self._world,
            36: self._modify_world, 37: self._select, 38: self._pen, 39: self._brush, 95: self._ext_pen, 40: self._delete,
            82: self._font, 84: self._text, 81: self._stretch_dib, 76: partial(self._blt, 84), 77: partial(self._blt, 92),
        }  # fmt: skip

    def _figures(self) -> dict[int, Callable[[bytes], None]]:
        found: dict[int, Callable[[bytes], None]] = {
            27: self._move_to, 54: self._line_to, 42: self._ellipse, 43: self._rectangle, 44: self._rectangle,
            59: self._begin_path, 60: lambda _: None, 61: self._close_figure, 62: partial(self._paint, fill=True, stroke=False),
            63: partial(self._paint, fill=True, stroke=True), 64: partial(self._paint, fill=False, stroke=True), 67: self._drop_path,
            68: self._drop_path,
        }  # fmt: skip
        for wide, first in (("i", 2), ("h", 85)):
            found |= {
                first: partial(self._curve, wide, on=False), first + 1: partial(self._polygon, wide, fill=True),
                first + 2: partial(self._polygon, wide, fill=False), first + 3: partial(self._curve, wide, on=True),
                first + 4: partial(self._line_on, wide), first + 5: partial(self._many, wide, fill=False),
                first + 6: partial(self._many, wide, fill=True),
            }  # fmt: skip
        return found

    def play(self, records: Iterator[tuple[int, bytes]]) -> Canvas:
        for kind, data in records:
            command = self._commands.get(kind)
            if command is not None:
                command(data)
        return self._canvas

    # --- measures ---------------------------------------------------------------------------------------------------

    def _measure(self, name: str, at: int, data: bytes) -> None:
        one, two = struct.unpack_from("<2i", data, 8)
        if at and not (one and two):
            return
        now = getattr(self._canvas.pencil, name)
        self._canvas.set(**{name: (*now[:at], one, two, *now[at + 2 :])})

    def _mode(self, data: bytes) -> None:
        mode = struct.unpack_from("<I", data, 8)[0]
        units = _PER_MM.get(mode)
        self._canvas.set(scaled=mode != 1)
        if units is not None:
            self._canvas.set(window=(0.0, 0.0, units, units), viewport=(0.0, 0.0, self._per_mm[0], -self._per_mm[1]))

    def _world(self, data: bytes) -> None:
        self._canvas.set(world=struct.unpack_from("<6f", data, 8))

    def _modify_world(self, data: bytes) -> None:
        *matrix, mode = struct.unpack_from("<6fI", data, 8)
        other: _Matrix = (matrix[0], matrix[1], matrix[2], matrix[3], matrix[4], matrix[5])
        now = self._canvas.pencil.world
        same: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        self._canvas.set(world={1: same, 2: _times(other, now), 3: _times(now, other)}.get(mode, other))

    def _restore(self, data: bytes) -> None:
        self._canvas.restore(struct.unpack_from("<i", data, 8)[0])

    # --- pens, brushes, letters -------------------------------------------------------------------------------------

    def _select(self, data: bytes) -> None:
        number = struct.unpack_from("<I", data, 8)[0]
        made = _STOCK.get(number & 255) if number & _READY else self._objects.get(number)
        if isinstance(made, Pen):
            self._canvas.set(pen=made)
        elif isinstance(made, Brush):
            self._canvas.set(brush=made)
        elif isinstance(made, Font):
            self._canvas.set(font=made)

    def _delete(self, data: bytes) -> None:
        self._objects.pop(struct.unpack_from("<I", data, 8)[0], None)

    def _pen(self, data: bytes) -> None:
        number, style, width, _, color = struct.unpack_from("<IIiiI", data, 8)
        self._objects[number] = Pen(None if style & 15 == _NO_PEN else color_of(color), abs(width))

    def _ext_pen(self, data: bytes) -> None:
        number, _, _, _, _, style, width, brush, color = struct.unpack_from("<9I", data, 8)
        hidden = style & 15 == _NO_PEN or brush == _HOLLOW
        self._objects[number] = Pen(None if hidden else color_of(color), width)

    def _brush(self, data: bytes) -> None:
        number, style, color = struct.unpack_from("<3I", data, 8)
        self._objects[number] = Brush(None if style == _HOLLOW else color_of(color))

    def _font(self, data: bytes) -> None:
        number, height, _, _, _, weight, italic = struct.unpack_from("<I5iB", data, 8)
        name = data[40:104].decode("utf-16-le", "replace").partition("\0")[0]
        self._objects[number] = Font(name, abs(height) or 12.0, weight >= 600, bool(italic))

    def _align(self, data: bytes) -> None:
        self._canvas.set(align=struct.unpack_from("<I", data, 8)[0])

    def _text_color(self, data: bytes) -> None:
        self._canvas.set(text_color=color_of(struct.unpack_from("<I", data, 8)[0]))

    def _text(self, data: bytes) -> None:
        x, y, count, start = struct.unpack_from("<iiII", data, 36)
        self._canvas.text(data[start : start + 2 * count].decode("utf-16-le", "replace"), (x, y))

    # --- bitmaps ----------------------------------------------------------------------------------------------------

    def _stretch_dib(self, data: bytes) -> None:
        corner, size = struct.unpack_from("<2i", data, 24), struct.unpack_from("<2i", data, 72)
        self._bitmap(data, 48, corner, size)

    def _blt(self, at: int, data: bytes) -> None:
        corner, size = struct.unpack_from("<2i", data, 24), struct.unpack_from("<2i", data, 32)
        if struct.unpack_from("<I", data, at)[0]:
            self._bitmap(data, at, corner, size)

    def _bitmap(self, data: bytes, at: int, corner: Point, size: Point) -> None:
        head, head_size, bits, bits_size = struct.unpack_from("<4I", data, at)
        self._canvas.bitmap(data[head : head + head_size] + data[bits : bits + bits_size], corner, size)

    # --- figures ----------------------------------------------------------------------------------------------------

    def _shape(self, parts: list[list[Point]], *, fill: bool) -> None:
        if self._path is not None:
            self._path += parts
        else:
            self._canvas.shapes(parts, fill=fill, stroke=True, closed=fill)

    def _on(self, points: list[Point]) -> None:
        """Go on from the current point."""
        at = self._canvas.pencil.at
        if self._path is not None:
            if not self._path or self._path[-1][-1:] != [at]:
                self._path.append([at])
            self._path[-1] += points
        else:
            self._canvas.shapes([[at, *points]], fill=False, stroke=True, closed=False)
        self._canvas.set(at=points[-1] if points else at)

    def _move_to(self, data: bytes) -> None:
        at = struct.unpack_from("<2i", data, 8)
        self._canvas.set(at=at)
        if self._path is not None:
            self._path.append([at])

    def _line_to(self, data: bytes) -> None:
        self._on([struct.unpack_from("<2i", data, 8)])

    def _line_on(self, wide: str, data: bytes) -> None:
        self._on(_points(data, wide))

    def _curve(self, wide: str, data: bytes, *, on: bool) -> None:
        points = _points(data, wide)
        if on:
            self._on(curve(self._canvas.pencil.at, points))
        elif points:
            self._shape([[points[0], *curve(points[0], points[1:])]], fill=False)

    def _polygon(self, wide: str, data: bytes, *, fill: bool) -> None:
        self._shape([_points(data, wide)], fill=fill)

    def _many(self, wide: str, data: bytes, *, fill: bool) -> None:
        number, total = struct.unpack_from("<2I", data, 24)
        counts = struct.unpack_from(f"<{number}I", data, 32)
        flat = _flat(data, wide, 32 + 4 * number, total)
        parts, at = [], 0
        for count in counts:
            parts.append(flat[at : at + count])
            at += count
        self._shape(parts, fill=fill)

    def _rectangle(self, data: bytes) -> None:
        left, top, right, bottom = struct.unpack_from("<4i", data, 8)
        self._shape([[(left, top), (right, top), (right, bottom), (left, bottom)]], fill=True)

    def _ellipse(self, data: bytes) -> None:
        self._shape([ellipse(*struct.unpack_from("<4i", data, 8))], fill=True)

    def _begin_path(self, _data: bytes) -> None:
        self._path = []

    def _drop_path(self, _data: bytes) -> None:
        self._path = None

    def _close_figure(self, _data: bytes) -> None:
        if self._path and self._path[-1]:
            self._path[-1].append(self._path[-1][0])

    def _paint(self, _data: bytes, *, fill: bool, stroke: bool) -> None:
        parts, self._path = self._path or [], None
        self._canvas.shapes(parts, fill=fill, stroke=stroke, closed=False)


def _points(data: bytes, wide: str) -> list[Point]:
    return _flat(data, wide, 28, struct.unpack_from("<I", data, 24)[0])


def _flat(data: bytes, wide: str, at: int, count: int) -> list[Point]:
    flat = struct.unpack_from(f"<{2 * count}{wide}", data, at)
    return list(zip(flat[::2], flat[1::2], strict=True))

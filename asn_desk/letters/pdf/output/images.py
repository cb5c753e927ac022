"""Pictures of a letter: which kinds can be drawn, whether they open, and how they are packed into the PDF."""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from asn_desk.letters.pdf.output.metafiles import drawn, is_metafile

MAX_PIXELS = 60_000_000
_DRAWABLE = {
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
}
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_SPACES = {0: (1, "/DeviceGray"), 2: (3, "/DeviceRGB"), 3: (1, "")}
"""Colour components and space by the colour type of a PNG without transparency (3: by palette)."""
_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF")


@dataclass(frozen=True, slots=True)
class Image:
    """One picture file. `crop` is the part cut away left, top, right, bottom (0 to 1 of the picture)."""

    data: bytes
    key: str
    crop: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Image) and (self.key, self.crop) == (other.key, other.crop)

    def __hash__(self) -> int:
        return hash((self.key, self.crop))


def load(data: bytes) -> Image | None:
    """Return the picture if it is of a drawable kind, opens and is not monstrous; else None.

    Drawings of Windows (WMF, EMF) become pictures here.
    """
    if is_metafile(data):
        data = drawn(data) or b""
    if not any(data.startswith(mark) for mark in _DRAWABLE):
        return None
    key = hashlib.sha256(data).hexdigest()
    return Image(data, key) if _opens(key, data) else None


_checked: dict[str, bool] = {}


def _opens(key: str, data: bytes) -> bool:
    """Decode the picture once, so that a damaged one is reported at reading and not met at painting."""
    if key not in _checked:
        if len(_checked) > 256:
            _checked.clear()
        _checked[key] = _decodes(data)
    return _checked[key]


def _decodes(data: bytes) -> bool:
    from PIL import Image as Pillow

    try:
        with Pillow.open(io.BytesIO(data), formats=_FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS or min(picture.size) < 1:
                return False
            picture.load()
    except (
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        Pillow.DecompressionBombError,
        OverflowError,
        ZeroDivisionError,
    ):
        return False
    return True


@dataclass(frozen=True, slots=True)
class PictureParts:
    """A picture as objects of a PDF: dictionary entries and packed bytes, and the same of its transparency."""

    entries: str
    data: bytes
    mask: tuple[str, bytes] | None = None


@lru_cache(maxsize=256)
def resource_name(image: Image) -> str:
    """Return the name pages call a picture by: equal pictures have equal names."""
    cut = "".join(f"{round(side * 100_000):05X}" for side in image.crop) if any(image.crop) else ""
    return f"I{image.key[:20]}{cut}"


@lru_cache(maxsize=12)
def picture_parts(image: Image) -> PictureParts:
    """Return the picture packed for a PDF; kept, because packing a logo costs more than laying out its letter."""
    from PIL import Image as Pillow

    ready = None if any(image.crop) else _as_packed(image.data)
    if ready is not None:
        return ready
    picture: Any = Pillow.open(io.BytesIO(image.data), formats=_FORMATS)
    if not any(image.crop) and picture.format == "JPEG" and picture.mode in ("L", "RGB"):
        return PictureParts(_entries(picture, "/Filter /DCTDecode"), image.data)
    left, top, right, bottom = image.crop
    if any(image.crop):
        width, height = picture.size
        box = (int(width * left), int(height * top), int(width * (1 - right)), int(height * (1 - bottom)))
        picture = picture.crop(box) if box[2] > box[0] and box[3] > box[1] else picture
    if picture.mode not in ("L", "RGB", "RGBA"):
        transparent = picture.mode in ("LA", "PA") or "transparency" in picture.info
        picture = picture.convert("RGBA" if transparent else "RGB")
    if picture.mode != "RGBA":
        return PictureParts(*_packed(picture))
    return PictureParts(*_packed(picture.convert("RGB")), _packed(picture.getchannel("A")))


def _as_packed(data: bytes) -> PictureParts | None:
    """Return a PNG's own packed rows where PDF reads them as they are: 8 bits or less, no transparency, not interlaced."""
    if not data.startswith(_PNG) or data[12:16] != b"IHDR":
        return None
    width, height, bits, kind, _, _, interlaced = struct.unpack_from(">IIBBBBB", data, 16)
    chunks = dict(_chunks(data))
    if bits > 8 or kind not in _PNG_SPACES or interlaced or b"tRNS" in chunks or (kind == 3 and b"PLTE" not in chunks):
        return None
    colors, space = _PNG_SPACES[kind]
    if kind == 3:
        palette = chunks[b"PLTE"]
        space = f"[/Indexed /DeviceRGB {len(palette) // 3 - 1} <{palette.hex().upper()}>]"
    how = f"/DecodeParms << /Predictor 15 /Colors {colors} /BitsPerComponent {bits} /Columns {width} >>"
    size = f"/Width {width} /Height {height} /BitsPerComponent {bits}"
    rows = b"".join(content for name, content in _chunks(data) if name == b"IDAT")
    return PictureParts(f"/Type /XObject /Subtype /Image {size} /ColorSpace {space} /Filter /FlateDecode {how}", rows)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of a PNG file: name and content."""
    at = len(_PNG)
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += length + 12


def _packed(picture: Any) -> tuple[str, bytes]:
    """Return the entries and the rows of a picture, filtered and deflated as PNG does."""
    target = io.BytesIO()
    picture.save(target, "PNG", compress_level=9)
    rows = [content for name, content in _chunks(target.getvalue()) if name == b"IDAT"]
    colors = 3 if picture.mode == "RGB" else 1
    how = f"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors {colors} /Columns {picture.width} >>"
    return _entries(picture, how), b"".join(rows)


def _entries(picture: Any, how: str) -> str:
    space = "/DeviceRGB" if picture.mode == "RGB" else "/DeviceGray"
    size = f"/Width {picture.width} /Height {picture.height}"
    return f"/Type /XObject /Subtype /Image {size} /ColorSpace {space} /BitsPerComponent 8 {how}"

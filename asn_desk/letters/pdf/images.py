"""Pictures of a letter: which kinds can be drawn, whether they open, and how they are packed into the PDF."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

MAX_PIXELS = 60_000_000
_DRAWABLE = {
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
}
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
    """Return the picture if it is of a drawable kind, opens and is not monstrous; else None."""
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


def _packed(picture: Any) -> tuple[str, bytes]:
    """Return the entries and the rows of a picture, filtered and deflated as PNG does."""
    target = io.BytesIO()
    picture.save(target, "PNG", compress_level=9)
    data, at, rows = target.getvalue(), 8, []
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] == b"IDAT":
            rows.append(data[at + 8 : at + 8 + length])
        at += length + 12
    colors = 3 if picture.mode == "RGB" else 1
    how = f"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors {colors} /Columns {picture.width} >>"
    return _entries(picture, how), b"".join(rows)


def _entries(picture: Any, how: str) -> str:
    space = "/DeviceRGB" if picture.mode == "RGB" else "/DeviceGray"
    size = f"/Width {picture.width} /Height {picture.height}"
    return f"/Type /XObject /Subtype /Image {size} /ColorSpace {space} /BitsPerComponent 8 {how}"

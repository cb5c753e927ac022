"""Pictures of a letter: which kinds can be drawn, their size in pixels, and the reader reportlab draws them from."""

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


@lru_cache(maxsize=12)
def reader(image: Image) -> Any:
    """Return reportlab's reader of a picture; kept, because decoding a logo costs more than laying out its letter."""
    from PIL import Image as Pillow
    from reportlab.lib.utils import ImageReader

    picture: Any = Pillow.open(io.BytesIO(image.data), formats=_FORMATS)
    if not any(image.crop) and picture.format == "JPEG" and picture.mode in ("L", "RGB"):
        return ImageReader(io.BytesIO(image.data))
    left, top, right, bottom = image.crop
    if any(image.crop):
        width, height = picture.size
        box = (int(width * left), int(height * top), int(width * (1 - right)), int(height * (1 - bottom)))
        picture = picture.crop(box) if box[2] > box[0] and box[3] > box[1] else picture
    if picture.mode not in ("L", "RGB", "RGBA"):
        transparent = picture.mode in ("LA", "PA") or "transparency" in picture.info
        picture = picture.convert("RGBA" if transparent else "RGB")
    picture.load()
    return ImageReader(picture)

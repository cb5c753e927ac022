"""Checking the pictures an office gives for its letterheads, and making small, clean PNG files of them."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from asn_desk.errors import DeskError

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
MIN_SIDE = 64
KEPT_SIDE = 800
_FORMATS = ("PNG", "JPEG")


def clean_picture(data: bytes, field: str, what: str) -> bytes:
    """Return a letterhead picture as PNG, at most 800 pixels on its longer side, without the camera's extra data.

    `field` and `what` name the form field and the picture in sentences, e.g. "logo" and "Logo daerah".
    Raises DeskError("picture") for anything but a readable PNG or JPEG of sensible size.
    """
    from PIL import Image, UnidentifiedImageError

    if len(data) > MAX_BYTES:
        raise _refused(field, f"{what} berukuran lebih dari 8 MB. Perkecil gambarnya, lalu pilih kembali.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                _check_size(picture.size, field, what)
                return _as_png(picture)
    except UnidentifiedImageError as error:
        raise _refused(field, f"{what} harus berupa gambar PNG atau JPEG. Simpan ulang dalam bentuk itu.") from error
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _refused(field, f"{what} tidak dapat dibaca; berkas gambarnya rusak. Pilih berkas lain.") from error


def _check_size(size: tuple[int, int], field: str, what: str) -> None:
    if size[0] * size[1] > MAX_PIXELS:
        raise _refused(field, f"{what} terlalu besar ({size[0]} x {size[1]} titik). Perkecil sampai 4000 x 4000 titik.")
    if min(size) < MIN_SIDE:
        raise _refused(
            field,
            f"{what} terlalu kecil ({size[0]} x {size[1]} titik) untuk dicetak. Pakai paling sedikit {MIN_SIDE} titik.",
        )


def _as_png(picture: Image) -> bytes:
    from PIL import Image, ImageOps

    upright = ImageOps.exif_transpose(picture)
    plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    plain.thumbnail((KEPT_SIDE, KEPT_SIDE), Image.Resampling.LANCZOS)
    plain.info.clear()
    buffer = io.BytesIO()
    plain.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _refused(field: str, sentence: str) -> DeskError:
    return DeskError("picture", sentence, fields={field: sentence})

"""A PDF page that is nothing but one JPEG, as document feeders write it: decoded as it is, which is far faster than drawing it.

Whatever makes the page more than that (text, a clip, an annotation, transparency, unusual colours) leaves it to PDFium.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

_EDGE = 1.0  # points by which the picture may miss the edge of the page
_COARSER, _FINER = 0.8, 1.25  # of the wanted fineness: within these a picture is taken as it is
_STRETCHED = 1.02  # fax machines have other finenesses across and down


def page_picture(page: Any, size: tuple[int, int], most_pixels: int) -> Image | None:
    """Return the only picture of a pdfium page in grey, upright as the page is shown, about `size` pixels large.

    None when the page must be drawn, also when its picture is coarser than wanted or larger than `most_pixels`.
    """
    import pypdfium2

    try:
        found = _only_picture(page)
        data = None if found is None else bytes(found.get_data())
    except pypdfium2.PdfiumError:  # it will not say; drawing may still do
        return None
    turned = page.get_rotation()
    wanted = (size[1], size[0]) if turned in (90, 270) else size
    grey = None if data is None else _decoded(data, wanted, most_pixels)
    return None if grey is None else _turned(grey, turned)


def _only_picture(page: Any) -> Any:
    """Return the page's picture object, or None where there is anything else on the page or about the picture."""
    import pypdfium2.raw as pdfium

    if pdfium.FPDFPage_CountObjects(page) != 1 or pdfium.FPDFPage_GetAnnotCount(page):
        return None
    found = next(iter(page.get_objects(max_depth=1)))
    if found.type != pdfium.FPDF_PAGEOBJ_IMAGE or found.get_filters() != ["DCTDecode"]:
        return None
    clipped = pdfium.FPDFClipPath_CountPaths(pdfium.FPDFPageObj_GetClipPath(found)) > 0
    if clipped or pdfium.FPDFPageObj_HasTransparency(found) or not _covers(found, page):
        return None
    plain = {pdfium.FPDF_COLORSPACE_DEVICEGRAY, pdfium.FPDF_COLORSPACE_DEVICERGB, pdfium.FPDF_COLORSPACE_ICCBASED,
             pdfium.FPDF_COLORSPACE_CALGRAY, pdfium.FPDF_COLORSPACE_CALRGB}  # fmt: skip
    return found if found.get_metadata().colorspace in plain else None


def _covers(found: Any, page: Any) -> bool:
    """Return whether the picture stands upright and fills what is shown of the page."""
    across, down, up, along, _, _ = found.get_matrix().get()
    if down or up or across <= 0 or along <= 0:
        return False
    return all(abs(at - edge) <= _EDGE for at, edge in zip(found.get_bounds(), page.get_cropbox(), strict=True))


def _decoded(data: bytes, wanted: tuple[int, int], most_pixels: int) -> Image | None:
    from PIL import Image as Images

    try:
        with Images.open(io.BytesIO(data), formats=("JPEG",)) as picture:
            if picture.mode not in {"L", "RGB"} or picture.width * picture.height > most_pixels:
                return None
            across, down = picture.width / wanted[0], picture.height / wanted[1]
            if min(across, down) < _COARSER:
                return None
            picture.draft("L", wanted)
            grey = picture.convert("L")
    except (OSError, ValueError, TypeError, SyntaxError, Images.DecompressionBombError):  # PDFium forgives more
        return None
    if max(across, down) <= min(_FINER, min(across, down) * _STRETCHED):
        return grey
    return grey.resize(wanted, Images.Resampling.BICUBIC, reducing_gap=2.0)


def _turned(grey: Image, degrees: int) -> Image:
    """Return the picture turned clockwise, as `/Rotate` of the page says."""
    from PIL import Image as Images

    ways = {
        90: Images.Transpose.ROTATE_270,
        180: Images.Transpose.ROTATE_180,
        270: Images.Transpose.ROTATE_90,
    }
    return grey.transpose(ways[degrees]) if degrees in ways else grey

"""From a scanned file to grey pixels: PDF pages are rasterised, pictures decoded, both within bounds.

Scans come from outside, so their sizes are looked at before anything is decoded.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, Any, BinaryIO

from asn_desk.circulars.scanning.page_picture import page_picture
from asn_desk.errors import DeskError

if TYPE_CHECKING:
    from PIL.Image import Image

SUFFIXES = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff"})
MEDIA_TYPES = {
    ".pdf": "application/pdf", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png",
    ".tif": "image/tiff", ".tiff": "image/tiff",
}  # fmt: skip
MOST_BYTES = 500 * 2**20
MOST_PAGES = 5_000
MOST_PIXELS = 60_000_000
"""A sheet of A3 at 400 dpi has 31 million."""
DPI = 200
CLOSE_DPI = 300
"""For a second look at a page on which nothing was found."""
_SHEET_INCHES = 11.7


def page_count(path: Path) -> int:
    """Return how many pages a scanned file has.

    Raises DeskError("scan_too_big" | "scan_unreadable") with what to do, OSError when the file cannot be opened.
    """
    stat = path.stat()
    if not S_ISREG(stat.st_mode):  # a pipe would be waited at for ever
        raise unreadable(path.name)
    if stat.st_size > MOST_BYTES:
        raise _too_big(path.name, f"lebih dari {MOST_BYTES >> 20} MB")
    count = _pdf_pages(path) if path.suffix.lower() == ".pdf" else _frames(path)
    if count > MOST_PAGES:
        raise _too_big(path.name, f"lebih dari {MOST_PAGES} halaman")
    if not count:
        raise unreadable(path.name)
    return count


def _too_big(name: str, why: str) -> DeskError:
    return DeskError("scan_too_big", f"Berkas pindaian {name} terlalu besar ({why}). Pecah menjadi beberapa berkas.")


def unreadable(name: str) -> DeskError:
    """Return the error for a file that is no scan, or a damaged one."""
    return DeskError("scan_unreadable", f"Berkas pindaian {name} rusak atau bukan PDF/gambar. Pindai ulang halamannya.")


def _pdf_pages(path: Path) -> int:
    with _opened_pdf(path) as document:
        return len(document)


@contextmanager
def _opened_pdf(path: Path) -> Iterator[Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise unreadable(path.name) from error
    try:
        yield document
    finally:
        document.close()


def _frames(path: Path) -> int:
    with _opened_picture(path) as picture:
        try:
            return int(getattr(picture, "n_frames", 1))
        except (ValueError, TypeError, KeyError, SyntaxError, EOFError) as error:  # a page behind the first is damaged
            raise unreadable(path.name) from error


@contextmanager
def _opened_picture(source: Path | BinaryIO) -> Iterator[Image]:
    from PIL import Image, UnidentifiedImageError

    try:
        picture = Image.open(source, formats=("JPEG", "PNG", "TIFF"))
    except (UnidentifiedImageError, Image.DecompressionBombError, ValueError, TypeError, SyntaxError) as error:
        raise unreadable(_name(source)) from error
    with picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise _too_big(_name(source), "gambarnya terlalu besar")
        yield picture


class Pages:
    """The pages of one scan, a file or its bytes, as grey pictures; a PDF stays open between pages.

    `picture(page, dpi)` counts pages from 1. Raises DeskError("scan_unreadable") for a page that cannot be drawn.
    """

    def __init__(self, source: Path | BinaryIO, suffix: str = "") -> None:
        self.source = source
        self._suffix = suffix or (source.suffix.lower() if isinstance(source, Path) else "")
        self._document: Any = None

    def picture(self, page: int, dpi: int = DPI) -> Image:
        """Return one page in grey, about `dpi` fine; pictures keep their own fineness within reason."""
        return self._rasterised(page, dpi) if self._suffix == ".pdf" else self._decoded(page, dpi)

    def close(self) -> None:
        """Let go of the file."""
        if self._document is not None:
            self._document.close()
            self._document = None

    def _rasterised(self, page: int, dpi: int) -> Image:
        import pypdfium2

        try:
            if self._document is None:
                self._document = pypdfium2.PdfDocument(self.source)
            sheet = self._document[page - 1]
            try:
                width, height = sheet.get_size()
                scale = _scale(width, height, dpi)
                size = (max(round(width * scale), 1), max(round(height * scale), 1))
                picture = page_picture(sheet, size, MOST_PIXELS)
                return picture or sheet.render(scale=scale, grayscale=True).to_pil().convert("L")
            finally:
                sheet.close()
        except (pypdfium2.PdfiumError, ValueError, IndexError, MemoryError) as error:
            raise unreadable(_name(self.source)) from error

    def _decoded(self, page: int, dpi: int) -> Image:
        with _opened_picture(self.source) as picture:
            try:
                picture.seek(page - 1)
                picture.draft("L", picture.size)
                grey = _grey(picture)
            except (OSError, ValueError, TypeError, SyntaxError, EOFError, MemoryError) as error:
                raise unreadable(_name(self.source)) from error
        longest = round(dpi * _SHEET_INCHES)
        if max(grey.size) > 1.25 * longest:
            grey.thumbnail((longest, longest), reducing_gap=2.0)
        return grey


def _grey(picture: Image) -> Image:
    """Return a decoded picture in 256 greys: 16 bits a pixel are scaled down, what is transparent is white paper."""
    from PIL import Image as Images

    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if not picture.has_transparency_data:
        return picture.convert("L")
    paper = Images.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture.convert("RGBA"))
    return paper.convert("L")


def _name(source: Path | BinaryIO) -> str:
    return source.name if isinstance(source, Path) else "ini"


def _scale(width: float, height: float, dpi: int) -> float:
    """Return the scale for a page of so many points, smaller for a page that would be too large a picture."""
    wanted = dpi / 72
    area = max(width, 1.0) * max(height, 1.0)
    return float(min(wanted, (MOST_PIXELS / area) ** 0.5))


def as_png(data: bytes, media_type: str, page: int, dpi: int) -> bytes:
    """Return one page of stored bytes as a grey PNG for the screen. Raises DeskError("scan_unreadable")."""
    import io

    suffix = next((key for key, value in MEDIA_TYPES.items() if value == media_type), ".pdf")
    source = Pages(io.BytesIO(data), suffix)
    try:
        picture = source.picture(page, dpi)
    finally:
        source.close()
    stream = io.BytesIO()
    picture.save(stream, "PNG", compress_level=1)
    return stream.getvalue()

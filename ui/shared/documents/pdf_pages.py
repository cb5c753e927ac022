"""Pages of a PDF as pixels. PDFium is not safe for threads, so every call goes through one lock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from asn_desk.letters.pdf.pdfium import PDFIUM as _PDFIUM

POINTS_PER_INCH = 72.0


@dataclass(frozen=True)
class PageImage:
    """A rendered page: 32-bit pixels, blue first, `stride` bytes per line."""

    width: int
    height: int
    stride: int
    pixels: bytes


class PdfPages:
    """An open PDF. Close it when it is no longer shown."""

    def __init__(self, data: bytes) -> None:
        """Open a PDF from its bytes. Raises ValueError when it cannot be read."""
        import pypdfium2

        with _PDFIUM:
            try:
                self._document: Any = pypdfium2.PdfDocument(data)
            except pypdfium2.PdfiumError as error:
                raise ValueError("the bytes are not a readable PDF") from error
            self.sizes: list[tuple[float, float]] = [
                self._document.get_page_size(n) for n in range(len(self._document))
            ]

    def render(self, number: int, scale: float) -> PageImage:
        """Return page `number` (from 0) at `scale` pixels per point. Raises ValueError after `close`."""
        with _PDFIUM:
            if self._document is None:
                raise ValueError("the PDF was closed")
            page = self._document[number]
            bitmap = page.render(scale=scale, prefer_bgrx=True, may_draw_forms=False)
            image = PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            bitmap.close()
            page.close()
            return image

    def close(self) -> None:
        """Let the memory go; safe to call twice."""
        with _PDFIUM:
            if self._document is not None:
                self._document.close()
                self._document = None

"""The way from a Word file to a PDF: read the DOCX, lay it out, draw it. The only module other packages use."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asn_desk.wording import Secrecy


@dataclass(frozen=True)
class PdfMeta:
    """Document information of the PDF; `watermark` (e.g. "CONTOH", "DRAF") is printed large and light behind every page.

    `secrecy` is how secret the file is, None where the program does not know (files that are not its own).
    """

    title: str
    author: str
    subject: str = ""
    watermark: str | None = None
    secrecy: Secrecy | None = None


@dataclass(frozen=True)
class PdfResult:
    """The PDF, its number of pages, and Indonesian sentences about what could not be printed as in Word."""

    data: bytes
    pages: int
    notes: tuple[str, ...]


def docx_to_pdf(docx: bytes, meta: PdfMeta) -> PdfResult:
    """Lay a Word file out as PDF, the same bytes for the same input.

    Raises DeskError with code "not_docx", "docx_damaged" or "docx_too_large" when the file cannot be read.
    """
    from asn_desk.letters.pdf.output.batch import BatchPdf

    target = io.BytesIO()
    file = BatchPdf(target, meta)
    added = file.add(docx)
    file.close()
    return PdfResult(target.getvalue(), added.pages, added.notes)

"""The way from a Word file to a PDF: read the DOCX, lay it out, draw it. The only module other packages use."""

from __future__ import annotations

import io
from dataclasses import dataclass

from asn_desk.letters.pdf.model import PdfMeta

__all__ = ["PdfMeta", "PdfResult", "docx_to_pdf"]


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

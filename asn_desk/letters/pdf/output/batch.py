"""One PDF of many letters, written as it grows: fonts and pictures stored once, memory the same for ten letters or ten thousand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from asn_desk.letters.pdf.notes import Notes
from asn_desk.letters.pdf.output.paint import add_sheet
from asn_desk.letters.pdf.output.pdf_file import PdfFile
from asn_desk.letters.pdf.placing.pages import make_pages
from asn_desk.letters.pdf.reading.reader import read_document

if TYPE_CHECKING:
    from asn_desk.letters.pdf.model import PdfMeta


@dataclass(frozen=True)
class Added:
    """The letter just added: its first page in the file (from 0), its number of pages, and what could not be printed."""

    first: int
    pages: int
    notes: tuple[str, ...]


class BatchPdf:
    """Adds letters to one PDF on a stream that need not be seekable; `close` ends the file and leaves the stream open.

    Every letter keeps its own page numbers. A letter that cannot be read raises before anything of it is written.
    """

    def __init__(self, stream: BinaryIO, meta: PdfMeta) -> None:
        self._file = PdfFile(stream, meta)
        self._watermark = meta.watermark

    @property
    def pages(self) -> int:
        """Return the number of pages so far."""
        return self._file.pages

    def add(self, docx: bytes, bookmark: str | None = None) -> Added:
        """Lay out a Word file and append its pages, with a bookmark to the first if one is named.

        Raises DeskError with code "not_docx", "docx_damaged" or "docx_too_large" when the file cannot be read.
        """
        notes, first = Notes(), self._file.pages
        sheets = make_pages(read_document(docx, notes), notes)
        for sheet in sheets:
            add_sheet(self._file, sheet, self._watermark)
        if bookmark is not None:
            self._file.add_bookmark(bookmark, first)
        return Added(first, len(sheets), notes.all())

    def close(self) -> None:
        """Write what all pages share and the end of the file. Call it once, after the last letter."""
        self._file.close()

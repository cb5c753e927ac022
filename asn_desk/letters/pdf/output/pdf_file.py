"""A PDF file written as it grows: pages at once, pictures once each, fonts and bookmarks at the end. Nothing is kept but counts."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, BinaryIO

from asn_desk.letters.pdf.output.embed import font_parts
from asn_desk.letters.pdf.output.images import Image, picture_parts, resource_name
from asn_desk.letters.pdf.placing.fragments import number
from asn_desk.wording import secrecy_words

if TYPE_CHECKING:
    from asn_desk.letters.pdf.model import PdfMeta

LANGUAGE = "id-ID"
_CATALOG, _PAGES, _INFO, _RESOURCES = 1, 2, 3, 4
_HEADER = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"


class PdfFile:
    """Writes one PDF to a stream that need not be seekable. The same calls give the same bytes."""

    def __init__(self, stream: BinaryIO, meta: PdfMeta) -> None:
        self._stream, self._meta = stream, meta
        self._offsets = [0] * (_RESOURCES + 1)
        self._at = 0
        self._pages: list[int] = []
        self._images: dict[str, int] = {}
        self._fonts: dict[str, set[int]] = {}
        self._bookmarks: list[tuple[str, int]] = []
        self._digest = hashlib.sha256()
        self._write(_HEADER)

    @property
    def pages(self) -> int:
        """Return the number of pages so far."""
        return len(self._pages)

    def use_font(self, resource: str, codes: frozenset[int]) -> None:
        """Remember that pages show these codes (above 127) of a font."""
        known = self._fonts.get(resource)
        if known is None:
            self._fonts[resource] = set(codes)
        elif codes:
            known |= codes

    def use_image(self, image: Image) -> None:
        """Store a picture unless it is stored already."""
        name = resource_name(image)
        if name in self._images:
            return
        parts = picture_parts(image)
        mask = ""
        if parts.mask is not None:
            mask = f" /SMask {self._stream_object(*parts.mask)} 0 R"
        self._images[name] = self._stream_object(parts.entries + mask, parts.data)

    def add_page(self, width: float, height: float, packed: bytes) -> None:
        """Add a page with its content, deflated."""
        self._digest.update(packed)
        content = self._stream_object("/Filter /FlateDecode", packed)
        page = (
            f"<< /Type /Page /Parent {_PAGES} 0 R /MediaBox [0 0 {number(width)} {number(height)}] "
            f"/Resources {_RESOURCES} 0 R /Contents {content} 0 R >>"
        )
        self._pages.append(self._object(page.encode()))

    def add_bookmark(self, title: str, page: int) -> None:
        """Add a bookmark that leads to a page (counted from 0)."""
        self._bookmarks.append((title, self._pages[page]))

    def close(self) -> None:
        """Write fonts, bookmarks, page list and directory. The stream stays open."""
        fonts = " ".join(f"/{name} {self._font(name, codes)} 0 R" for name, codes in sorted(self._fonts.items()))
        images = " ".join(f"/{name} {at} 0 R" for name, at in sorted(self._images.items()))
        self._object(f"<< /Font << {fonts} >> /XObject << {images} >> >>".encode(), _RESOURCES)
        kids = " ".join(f"{page} 0 R" for page in self._pages)
        self._object(f"<< /Type /Pages /Count {len(self._pages)} /Kids [{kids}] >>".encode(), _PAGES)
        self._object(self._information().encode(), _INFO)
        outline = self._outline()
        catalog = f"<< /Type /Catalog /Pages {_PAGES} 0 R /Lang ({LANGUAGE}) /ViewerPreferences << /DisplayDocTitle true >>{outline} >>"
        self._object(catalog.encode(), _CATALOG)
        self._directory()

    def _font(self, resource: str, codes: set[int]) -> int:
        parts = font_parts(resource, bytes(sorted(codes)))
        program = self._stream_object(f"/Filter /FlateDecode /Length1 {parts.program_length}", parts.program)
        unicode = self._stream_object("/Filter /FlateDecode", parts.unicode)
        descriptor = self._object(f"<< {parts.descriptor} /FontFile2 {program} 0 R >>".encode())
        last = parts.first + parts.widths.count(" ")
        font = (
            f"<< /Type /Font /Subtype /TrueType /BaseFont /{parts.name} /FirstChar {parts.first} /LastChar {last} "
            f"/Widths [{parts.widths}] /FontDescriptor {descriptor} 0 R /ToUnicode {unicode} 0 R >>"
        )
        return self._object(font.encode())

    def _information(self) -> str:
        meta = self._meta
        told = secrecy_words(meta.secrecy) if meta.secrecy else ""
        entries = (("Title", meta.title), ("Author", meta.author), ("Subject", meta.subject), ("Keywords", told))
        written = " ".join(f"/{name} {_string(text)}" for name, text in entries if text)
        return f"<< {written} /Creator (ASN Desk) /Producer (ASN Desk) >>"

    def _outline(self) -> str:
        if not self._bookmarks:
            return ""
        root, first = len(self._offsets), len(self._offsets) + 1
        last = first + len(self._bookmarks) - 1
        self._object(
            f"<< /Type /Outlines /First {first} 0 R /Last {last} 0 R /Count {len(self._bookmarks)} >>".encode()
        )
        for index, (title, page) in enumerate(self._bookmarks, first):
            beside = (f" /Prev {index - 1} 0 R" if index > first else "") + (
                f" /Next {index + 1} 0 R" if index < last else ""
            )
            self._object(f"<< /Title {_string(title)} /Parent {root} 0 R{beside} /Dest [{page} 0 R /Fit] >>".encode())
        return f" /Outlines {root} 0 R /PageMode /UseOutlines"

    def _directory(self) -> None:
        start, count = self._at, len(self._offsets)
        lines = "".join([f"{offset:010d} 00000 n \n" for offset in self._offsets[1:]])
        self._digest.update(repr(self._meta).encode())
        key = self._digest.hexdigest()[:32]
        self._write(f"xref\n0 {count}\n0000000000 65535 f \n{lines}".encode())
        trailer = f"/Size {count} /Root {_CATALOG} 0 R /Info {_INFO} 0 R /ID [<{key}> <{key}>]"
        self._write(f"trailer\n<< {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode())

    def _stream_object(self, entries: str, data: bytes) -> int:
        head = f"<< {entries} /Length {len(data)} >>\nstream\n".encode()
        return self._object(b"".join((head, data, b"\nendstream")))

    def _object(self, body: bytes, at: int | None = None) -> int:
        if at is None:
            at = len(self._offsets)
            self._offsets.append(self._at)
        else:
            self._offsets[at] = self._at
        self._write(b"".join((b"%d 0 obj\n" % at, body, b"\nendobj\n")))
        return at

    def _write(self, data: bytes) -> None:
        self._stream.write(data)
        self._at += len(data)


def _string(text: str) -> str:
    """Return a text string of PDF: plain where it is ASCII, else UTF-16."""
    if text.isascii() and text.isprintable():
        return "(" + text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")"
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"

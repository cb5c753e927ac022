"""Putting finished PDFs together as they are: pages copied unchanged, an index in front, a bookmark for each part.

The copying is pdfium's. The bookmarks and the document's title are added as an update at the end of the file, the way PDF
provides for, so that no byte of the copied pages is touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from asn_desk.letters.pdf.pdfium import PDFIUM
from asn_desk.wording import Secrecy, long_date, secrecy_words

HEADERS, _SHARES = ("No.", "Berkas", "Tanggal", "Halaman"), (6, 62, 18, 14)
UNREADABLE = "pindaian rusak, tidak ikut dibundel"


@dataclass(frozen=True)
class BoundPart:
    """One paper of the binder: what the index calls it, its date if known, and its PDF."""

    title: str
    dated: date | None
    pdf: bytes


@dataclass(frozen=True)
class Bound:
    """The whole file, its pages, and the titles of papers that could not be read and are missing from it."""

    pdf: bytes
    pages: int
    unreadable: tuple[str, ...]


def bind(title: str, subtitle: str, parts: Sequence[BoundPart], secrecy: Secrecy) -> Bound:
    """Return the parts as one PDF behind an index. A part that cannot be read is named in the index as missing.

    How secret it is stands at the foot of the index and in the properties; the papers themselves are left as they are.
    """
    counts = [_page_count(part.pdf) for part in parts]
    front = 1
    while (length := _page_count(index := _index(title, subtitle, parts, counts, front, secrecy))) != front:
        front = length
    merged = _merged([index, *(part.pdf for part, count in zip(parts, counts, strict=True) if count)])
    marks = [("Daftar isi", 0), *_marks(parts, counts, front)]
    return Bound(
        _with_bookmarks(merged, title, marks, secrecy),
        front + sum(counts),
        tuple(part.title for part, count in zip(parts, counts, strict=True) if not count),
    )


def _marks(parts: Sequence[BoundPart], counts: Sequence[int], front: int) -> Iterator[tuple[str, int]]:
    page = front
    for part, count in zip(parts, counts, strict=True):
        if count:
            yield part.title, page
        page += count


def _index(
    title: str, subtitle: str, parts: Sequence[BoundPart], counts: Sequence[int], front: int, secrecy: Secrecy
) -> bytes:
    from asn_desk.letters.numbers.table_pdf import Part, table_pdf

    rows, page = [], front + 1
    for place, (part, count) in enumerate(zip(parts, counts, strict=True), 1):
        span = f"{page}-{page + count - 1}" if count > 1 else str(page) if count else UNREADABLE
        rows.append((str(place), part.title, long_date(part.dated) if part.dated else "", span))
        page += count
    closing = f"{len(parts)} berkas, {front + sum(counts)} halaman bersama daftar isi."
    return table_pdf(title, HEADERS, _SHARES, [Part(title, subtitle, rows, closing)], secrecy)


def _page_count(data: bytes) -> int:
    import pypdfium2

    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            return 0
        try:
            return len(document)
        finally:
            document.close()


def _merged(files: Sequence[bytes]) -> bytes:
    import pypdfium2

    with PDFIUM:
        target: Any = pypdfium2.PdfDocument.new()
        try:
            for data in files:
                source = pypdfium2.PdfDocument(data)
                target.import_pages(source)
                source.close()
            stream = BytesIO()
            target.save(stream)
            return stream.getvalue()
        finally:
            target.close()


def _with_bookmarks(data: bytes, title: str, marks: Sequence[tuple[str, int]], secrecy: Secrecy) -> bytes:
    """Return the file with an update that adds the outline and the properties. `marks`: title and page from 0."""
    root, size, before = _trailer(data)
    catalog = _object(data, root)
    found = re.search(rb"/Pages\s+(\d+)\s+0\s+R", catalog)
    assert found is not None, "pdfium's own output has a page tree"
    pages = _kids(data, int(found.group(1)))
    outline, info = size, size + 1
    first = size + 2
    last = first + len(marks) - 1
    changed = {
        root: catalog.rstrip()[:-2] + f" /Outlines {outline} 0 R /PageMode /UseOutlines /Lang (id-ID) >>".encode(),
        outline: f"<< /Type /Outlines /First {first} 0 R /Last {last} 0 R /Count {len(marks)} >>".encode(),
        info: (
            f"<< /Title {_string(title)} /Keywords {_string(secrecy_words(secrecy))} "
            "/Creator (ASN Desk) /Producer (ASN Desk) >>"
        ).encode(),
    }
    for place, (text, page) in enumerate(marks):
        at = first + place
        beside = (f" /Prev {at - 1} 0 R" if place else "") + (f" /Next {at + 1} 0 R" if at < last else "")
        entry = f"<< /Title {_string(text)} /Parent {outline} 0 R{beside} /Dest [{pages[page]} 0 R /Fit] >>"
        changed[at] = entry.encode()
    return _updated(data, changed, root, info, before)


def _updated(data: bytes, changed: dict[int, bytes], root: int, info: int, before: int) -> bytes:
    written, table = bytearray(data), bytearray(b"xref\n")
    for key in sorted(changed):
        table += f"{key} 1\n{len(written):010d} 00000 n \n".encode()
        written += b"%d 0 obj\n" % key + changed[key] + b"\nendobj\n"
    start = len(written)
    trailer = f"trailer\n<< /Root {root} 0 R /Info {info} 0 R /Size {max(changed) + 1} /Prev {before} >>\n"
    return bytes(written + table + trailer.encode() + b"startxref\n%d\n%%%%EOF\n" % start)


def _trailer(data: bytes) -> tuple[int, int, int]:
    """Return the catalog's number, the count of objects and where the table starts, from the end of pdfium's file."""
    tail = data[data.rindex(b"trailer") :]
    root = re.search(rb"/Root\s+(\d+)\s+0\s+R", tail)
    size = re.search(rb"/Size\s+(\d+)", tail)
    start = re.search(rb"startxref\s+(\d+)", tail)
    assert root is not None, "pdfium names the catalog"
    assert size is not None, "pdfium counts its objects"
    assert start is not None, "pdfium says where its table starts"
    return int(root.group(1)), int(size.group(1)), int(start.group(1))


def _object(data: bytes, key: int) -> bytes:
    found = re.search(rb"(?:^|[\r\n])%d 0 obj\s*(<<.*?>>)\s*endobj" % key, data, re.DOTALL)
    assert found is not None, "pdfium writes its dictionaries plainly"
    return found.group(1)


def _kids(data: bytes, node: int) -> list[int]:
    """Return the numbers of the page objects below a node of the page tree, in order."""
    body = _object(data, node)
    found = re.search(rb"/Kids\s*\[(.*?)\]", body, re.DOTALL)
    if found is None:
        return [node]
    numbers = re.findall(rb"(\d+)\s+0\s+R", found.group(1))
    return [page for number in numbers for page in _kids(data, int(number))]


def _string(text: str) -> str:
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"

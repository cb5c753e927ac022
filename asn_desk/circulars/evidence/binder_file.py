"""The file of an evidence binder: a PDF with attachments and picture pages behind it, and a last line that seals every byte.

What is added goes behind the finished pages as one incremental update (ISO 32000-1, 7.5.6), written piece by piece, so
that thousands of pictures need no more memory than one.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from asn_desk.circulars.seals import Seal

MANIFEST, PEOPLE = "manifes.json", "penerima.csv"
LAST_LINE = re.compile(
    rb"%ASNDESK-BINDEL ([0-9a-f]{64}) ([0-9a-f]{1,40}) ([0-9a-f]{64})(?: ([0-9a-f]{16}))?\nstartxref\n(\d{1,12})\n%%EOF\n\Z"
)
LAST_LINE_WITHIN = 400
_TITLE = b"Bundel bukti edaran"
_A4 = (595.28, 841.89)
_MARGIN, _CAPTION = 36.0, 8.0
_TRAILER = re.compile(rb"/Root (\d+) 0 R.*?/Size (\d+).*?startxref\s+(\d+)", re.DOTALL)


@dataclass(frozen=True)
class Picture:
    """One picture of a page: grey JPEG bytes, its size in pixels, and what it shows, in ASCII."""

    jpeg: bytes
    width: int
    height: int
    caption: str


def seal_of(seal: Seal, digest: str) -> str:
    """Return the office's seal over a binder with this hash."""
    return seal.over(["binder", digest])


def line_check(*parts: str) -> str:
    """Return a check over the sealing line's own words, which no hash of the file can cover."""
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:16]


class BinderFile:
    """Writes a finished PDF to a stream, then pictures and attachments, then the line that seals it all."""

    def __init__(self, stream: BinaryIO, base: bytes) -> None:
        found = _TRAILER.search(base, base.rindex(b"trailer"))
        if found is None:
            raise ValueError("the pages were not written as expected")
        self._root, self._next, self._previous = (int(group) for group in found.groups())
        self._catalog, (self._pages, self._tree) = _object(base, self._root), _page_tree(base, self._root)
        self._stream, self._hash, self._size = stream, hashlib.sha256(), 0
        self._places: dict[int, int] = {}
        self._attached: list[tuple[str, int]] = []
        self._pictures: list[int] = []
        self._node, self._font = self._reserved(), 0
        self._put(base)

    def attach(self, name: str, data: bytes, media_type: str) -> None:
        """Add a file that travels inside the PDF."""
        kind = media_type.replace("/", "#2F").encode()
        content = self._stream_object(
            b"/Type/EmbeddedFile/Subtype/" + kind + b"/Filter/FlateDecode", zlib.compress(data, 6)
        )
        title = name.encode("ascii")
        spec = b"<</Type/Filespec/F(%s)/UF(%s)/EF<</F %d 0 R>>/AFRelationship/Data>>" % (title, title, content)
        self._attached.append((name, self._object(spec)))

    def show(self, picture: Picture) -> None:
        """Add a page with a picture and its caption."""
        if not self._font:
            self._font = self._object(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
        image = self._stream_object(
            b"/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode/Width %d/Height %d"
            % (picture.width, picture.height),
            picture.jpeg,
        )
        content = self._stream_object(b"", _drawn(picture))
        self._pictures.append(self._object(
            b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %.2f %.2f]/Contents %d 0 R/Resources<</XObject<</P %d 0 R>>"
            b"/Font<</H %d 0 R>>>>>>" % (self._node, *_A4, content, image, self._font)
        ))  # fmt: skip

    def finish(self, seal: Seal, told: str) -> str:
        """Write catalogue, properties, the table of places and the sealing line; return the hash that is sealed.

        `told`: how secret the file is, in ASCII.
        """
        names = b" ".join(b"(%s) %d 0 R" % (name.encode("ascii"), spec) for name, spec in sorted(self._attached))
        extra = b"/Names<</EmbeddedFiles<</Names[%s]>>>>/PageMode/UseNone" % names
        top = self._joined_pages() if self._pictures else self._pages
        catalog = re.sub(rb"/Pages \d+ 0 R", b"/Pages %d 0 R" % top, self._catalog, count=1)
        self._object(catalog[:-2] + extra + b">>", self._root)
        about = self._object(b"<</Title(%s)/Keywords(%s)/Creator(ASN Desk)>>" % (_TITLE, told.encode("ascii")))
        table = self._size
        places = (self._root, about, self._next, self._previous)
        self._put(self._table() + b"trailer\n<</Root %d 0 R/Info %d 0 R/Size %d/Prev %d>>\n" % places)
        digest = self._hash.hexdigest()
        words = (digest, seal.name, seal_of(seal, digest))
        self._put(f"%ASNDESK-BINDEL {' '.join(words)} {line_check(*words, str(table))}\n".encode())
        self._put(b"startxref\n%d\n%%%%EOF\n" % table)
        return digest

    def _joined_pages(self) -> int:
        """Put the old pages and the pictures under one new top of the tree."""
        top = self._reserved()
        count = re.search(rb"/Count (\d+)", self._tree)
        before = int(count[1]) if count else 0
        self._object(self._tree[:-2] + b"/Parent %d 0 R>>" % top, self._pages)
        kids = b" ".join(b"%d 0 R" % page for page in self._pictures)
        shown = len(self._pictures)
        self._object(b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%s]>>" % (top, shown, kids), self._node)
        return self._object(
            b"<</Type/Pages/Count %d/Kids[%d 0 R %d 0 R]>>" % (before + shown, self._pages, self._node), top
        )

    def _reserved(self) -> int:
        self._next += 1
        return self._next - 1

    def _object(self, body: bytes, number: int | None = None) -> int:
        number = self._reserved() if number is None else number
        self._places[number] = self._size
        self._put(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        return number

    def _stream_object(self, about: bytes, data: bytes) -> int:
        return self._object(b"<<%s/Length %d>>\nstream\n%s\nendstream" % (about, len(data), data))

    def _put(self, data: bytes) -> None:
        self._stream.write(data)
        self._hash.update(data)
        self._size += len(data)

    def _table(self) -> bytes:
        lines = [b"xref\n"]
        numbers = sorted(self._places)
        for _, run in groupby(enumerate(numbers), lambda one: one[1] - one[0]):
            part = [number for _, number in run]
            lines.append(b"%d %d\n" % (part[0], len(part)))
            lines.extend(b"%010d 00000 n \n" % self._places[number] for number in part)
        return b"".join(lines)


def _object(base: bytes, number: int) -> bytes:
    """Return the dictionary of an object of the finished PDF."""
    found = re.search(rb"[\r\n]%d 0 obj\s+(<<.*?>>)\s+endobj" % number, base, re.DOTALL)
    if found is None:
        raise ValueError("the pages were not written as expected")
    return found[1]


def _page_tree(base: bytes, root: int) -> tuple[int, bytes]:
    found = re.search(rb"/Pages (\d+) 0 R", _object(base, root))
    if found is None:
        raise ValueError("the pages were not written as expected")
    return int(found[1]), _object(base, int(found[1]))


def _drawn(picture: Picture) -> bytes:
    room = (_A4[0] - 2 * _MARGIN, _A4[1] - 2 * _MARGIN - 2 * _CAPTION)
    scale = min(room[0] / picture.width, room[1] / picture.height)
    width, height = picture.width * scale, picture.height * scale
    left, bottom = (_A4[0] - width) / 2, _A4[1] - _MARGIN - height
    text = re.sub(r"([\\()])", r"\\\1", picture.caption).encode("ascii", "replace")
    return b"q %.3f 0 0 %.3f %.3f %.3f cm /P Do Q BT /H %.1f Tf %.1f %.1f Td (%s) Tj ET" % (
        width, height, left, bottom, _CAPTION, _MARGIN, _MARGIN, text,
    )  # fmt: skip


def page_text_hashes(texts: Sequence[str]) -> list[str]:
    """Return a hash per page over its words, however the lines are broken."""
    return [hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:32] for text in texts]


def page_texts(content: bytes) -> Iterator[str]:
    """Yield the text of each page of a PDF. Raises pypdfium2.PdfiumError."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(content)) as document:
        for page in document:
            with closing(page), closing(page.get_textpage()) as text:
                yield text.get_text_bounded()

"""A plain printed list: title, wrapped columns, a header repeated on every page, and page numbers; A4 on its side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from asn_desk.letters.pdf.output.fonts import Face, face, fallback_for
from asn_desk.wording import Secrecy, secrecy_words

PAGE_WIDTH, PAGE_HEIGHT = 841.89, 595.28
MARGIN = 36.0
SIZE, LEADING, PAD = 8.5, 10.5, 3.0
_TITLE, _SUBTITLE = 13.0, 9.0
_LINE_GRAY, _HEADER_GRAY = 0.65, 0.9


@dataclass(frozen=True)
class Part:
    """One table: what stands above and below it, and its rows as texts per column."""

    title: str
    subtitle: str
    rows: Sequence[tuple[str, ...]]
    closing: str = ""


@dataclass(frozen=True)
class _Row:
    cells: tuple[tuple[str, ...], ...]

    @property
    def height(self) -> float:
        return max(len(lines) for lines in self.cells) * LEADING + 2 * PAD


@dataclass
class _Page:
    part: Part
    rows: list[_Row]
    closing: bool = False


def table_pdf(
    title: str,
    headers: Sequence[str],
    shares: Sequence[float],
    parts: Sequence[Part],
    secrecy: Secrecy = Secrecy.LIMITED,
) -> bytes:
    """Return the tables as one PDF, each on its own pages. `shares`: the columns' parts of the width.

    How secret it is stands at the foot of every page and in the properties.
    """
    room = PAGE_WIDTH - 2 * MARGIN
    widths = [room * share / sum(shares) for share in shares]
    pages = [page for part in parts for page in _pages(part, widths)]
    target = BytesIO()
    canvas = _canvas(target, title)
    canvas.setKeywords(secrecy_words(secrecy))
    header = _Row(tuple((text,) for text in headers))
    for place, page in enumerate(pages, 1):
        _draw(canvas, page, header, widths, f"{secrecy_words(secrecy)} · Halaman {place} dari {len(pages)}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _pages(part: Part, widths: Sequence[float]) -> Iterator[_Page]:
    top = MARGIN + _TITLE + 2 * _SUBTITLE + 14
    room = PAGE_HEIGHT - top - MARGIN - 2 * LEADING - (LEADING + 2 * PAD)
    page, used = _Page(part, []), 0.0
    plain = face("sans")
    for cells in part.rows:
        row = _Row(
            tuple(tuple(_wrapped(text, width - 2 * PAD, plain)) for text, width in zip(cells, widths, strict=True))
        )
        if page.rows and used + row.height > room:
            yield page
            page, used = _Page(part, []), 0.0
        page.rows.append(row)
        used += row.height
    page.closing = True
    yield page


def _wrapped(text: str, room: float, plain: Face) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        for piece in _pieces(word, room, plain):
            longer = f"{line} {piece}" if line else piece
            if line and plain.width(longer) * SIZE > room:
                lines.append(line)
                line = piece
            else:
                line = longer
    return [*lines, line]


def _pieces(word: str, room: float, plain: Face) -> Iterator[str]:
    """Break a word that is wider than its column, after a stroke or comma where there is one."""
    while plain.width(word) * SIZE > room and len(word) > 1:
        fits = max(1, next((cut for cut in range(len(word), 0, -1) if plain.width(word[:cut]) * SIZE <= room), 1))
        stroke = max(word.rfind(sign, 0, fits) for sign in "/-,")
        cut = stroke + 1 if stroke > 0 else fits
        yield word[:cut]
        word = word[cut:]
    yield word


def _canvas(target: BytesIO, title: str) -> Any:
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0
    settings: dict[str, Any] = {
        "pageCompression": 1,
        "invariant": 1,
        "lang": "id-ID",
        "initialFontName": face("sans").name,
    }
    canvas = Canvas(target, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), **settings)
    canvas.setTitle(title)
    canvas.setCreator("ASN Desk")
    return canvas


def _draw(canvas: Any, page: _Page, header: _Row, widths: Sequence[float], foot: str) -> None:
    bold = face("sans", bold=True)
    y = PAGE_HEIGHT - MARGIN - _TITLE
    _text(canvas, MARGIN, y, page.part.title, bold, _TITLE)
    y -= _SUBTITLE + 5
    _text(canvas, MARGIN, y, page.part.subtitle, face("sans"), _SUBTITLE)
    y -= _SUBTITLE
    canvas.setFillGray(_HEADER_GRAY)
    canvas.rect(MARGIN, y - header.height, sum(widths), header.height, stroke=0, fill=1)
    canvas.setFillGray(0)
    y = _draw_row(canvas, header, widths, y, bold)
    for row in page.rows:
        y = _draw_row(canvas, row, widths, y, face("sans"))
    if page.closing:
        _text(canvas, MARGIN, y - LEADING - PAD, page.part.closing, bold, SIZE)
    canvas.setFont(face("sans").name, SIZE)
    canvas.drawRightString(PAGE_WIDTH - MARGIN, MARGIN - LEADING, foot)


def _draw_row(canvas: Any, row: _Row, widths: Sequence[float], top: float, font: Face) -> float:
    x = MARGIN
    for lines, width in zip(row.cells, widths, strict=True):
        for place, line in enumerate(lines):
            _text(canvas, x + PAD, top - PAD - SIZE - place * LEADING, line, font, SIZE)
        x += width
    canvas.setStrokeGray(_LINE_GRAY)
    canvas.setLineWidth(0.4)
    canvas.line(MARGIN, top - row.height, MARGIN + sum(widths), top - row.height)
    return top - row.height


def _text(canvas: Any, x: float, y: float, text: str, font: Face, size: float) -> None:
    if not font.covers(text):
        font = fallback_for(text, bold=font.name.endswith("Bold")) or font
    canvas.setFont(font.name, size)
    canvas.drawString(x, y, text)

"""One program that makes the letters of bench/_letter.py, in a process of its own: limits, usual ways and ours.

python -m bench._letter_programs NAME COUNT FOLDER     prints CPU and wall seconds, peak memory, bytes and pages as JSON
"""

from __future__ import annotations

import io
import json
import re
import sys
import time
import zlib
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import _letter
from bench._letter import Person

FONT, BOLD = "LiberationSans-Regular", "LiberationSans-Bold"
LEFT, RIGHT, TOP, LEADING = 85.0, 538.0, 780.0, 12.65
Made = tuple[int, int]
"""Bytes and pages."""


def _fonts() -> None:
    from asn_desk.letters.pdf.output.fonts import face

    face("sans")
    face("sans", bold=True)


def filled(text: str, person: Person) -> str:
    return text.format_map(asdict(person))


def plain_lines(person: Person) -> list[str]:
    """Return the letter as ready lines, for programs that do not lay out."""
    lines = [f"{name:<10}: {filled(value, person)}" for name, value in _letter.HEAD] + [
        f"Yth. Kepala {person.unit}",
        "di Tempat",
    ]
    for text in _letter.BODY:
        whole = filled(text, person)
        lines += [whole[start : start + 92] for start in range(0, len(whole), 92)]
    lines += [f"{name:<30}{filled(value, person)}" for name, value in _letter.TABLE]
    return [*lines, *_letter.SIGNATURE, "Tembusan:", *_letter.COPIES]


# --- limits ---------------------------------------------------------------------------------------------------------


def raw_canvas(count: int, folder: Path) -> Made:
    """Ready lines on reportlab's canvas, picture and rules, one file: no layout, no Word."""
    from reportlab import rl_config
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0
    _fonts()
    picture, target = ImageReader(io.BytesIO(_letter.logo())), folder / "raw.pdf"
    settings: dict[str, Any] = {"pageCompression": 1, "invariant": 1, "initialFontName": FONT}
    canvas = Canvas(str(target), pagesize=(595.3, 841.9), **settings)
    for person in timed_people(count):
        canvas.drawImage(picture, LEFT, TOP - 40, 60, 72)
        text = canvas.beginText(LEFT + 120, TOP)
        text.setFont(BOLD, 14)
        for line in _letter.KOP:
            text.textLine(line)
        text.setFont(FONT, 11, LEADING)
        text.setTextOrigin(LEFT, TOP - 70)
        for line in plain_lines(person):
            text.textLine(line)
        canvas.drawText(text)
        for row in range(6):
            canvas.line(LEFT, 420 - row * 13, RIGHT, 420 - row * 13)
        canvas.showPage()
    canvas.save()
    return target.stat().st_size, count


class _Layout:
    """Wraps and justifies with kept word widths and writes the operators of a page: the least a layout can cost."""

    def __init__(self) -> None:
        from reportlab.pdfbase import pdfmetrics

        self._widths: dict[str, float] = {}
        self._measure = pdfmetrics.stringWidth
        self._out: list[str] = []
        self._y = TOP

    def _width(self, word: str) -> float:
        found = self._widths.get(word)
        if found is None:
            found = self._widths[word] = self._measure(word, FONT, 11)
        return found

    def _line(self, text: str, stretch: float, x: float = LEFT) -> None:
        shown = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        self._out.append(f"{stretch:.3f} Tw 1 0 0 1 {x:.2f} {self._y:.2f} Tm ({shown}) Tj")
        self._y -= LEADING

    def _paragraph(self, text: str) -> None:
        room, space = RIGHT - LEFT, self._width(" ")
        line: list[str] = []
        used = 0.0
        for word in text.split():
            width = self._width(word)
            if line and used + space + width > room:
                self._line(" ".join(line), (room - used) / max(1, len(line) - 1))
                line, used = [], 0.0
            used += width + (space if line else 0.0)
            line.append(word)
        self._line(" ".join(line), 0.0)

    def page(self, person: Person) -> bytes:
        self._out, self._y = [f"q 60 0 0 72 {LEFT} {TOP - 40} cm /L Do Q", "BT /F 11 Tf"], TOP
        for line in (*_letter.KOP, _letter.ADDRESS):
            self._line(line, 0.0, LEFT + 120)
        for name, value in (*_letter.HEAD, *_letter.TABLE):
            self._line(name, 0.0)
            self._y += LEADING
            self._line(filled(value, person), 0.0, LEFT + 150)
        for text in _letter.BODY:
            self._paragraph(filled(text, person))
        for line in (*_letter.SIGNATURE, *_letter.COPIES):
            self._line(line, 0.0)
        self._out.append("ET")
        self._out += [f"{LEFT} {420 - row * 13} m {RIGHT} {420 - row * 13} l S" for row in range(6)]
        return "\n".join(self._out).encode("cp1252")


def shared_bytes(count: int, folder: Path) -> Made:
    """Wrap and justify, then a file of bytes that are the same every time (fonts, picture) and its page: no Word."""
    from asn_desk.letters.pdf.output.images import load, picture_parts

    _fonts()
    layout, size = _Layout(), 0
    image = load(_letter.logo())
    assert image is not None
    parts = picture_parts(image)
    shared = (
        b"%PDF-1.4\n1 0 obj\n<< " + parts.entries.encode() + b" >>\nstream\n" + parts.data + b"\nendstream\nendobj\n"
    )
    shared += (
        b"2 0 obj\n<< /Type /Font >>\nstream\n" + bytes(34_000) + b"\nendstream\nendobj\n"
    )  # two subset programs' worth
    for index, person in enumerate(timed_people(count)):
        page = zlib.compress(layout.page(person))
        body = b"3 0 obj\n<< /Length %d >>\nstream\n" % len(page) + page + b"\nendstream\nendobj\n"
        table = "".join(f"{len(shared) + entry:010d} 00000 n \n" for entry in range(8)).encode()
        data = b"".join((shared, body, b"xref\n0 9\n", table, b"trailer\n<< >>\nstartxref\n%d\n%%%%EOF" % len(shared)))
        (folder / f"{index}.pdf").write_bytes(data)
        size += len(data)
    return size, count


def raw_zip(count: int, folder: Path) -> Made:
    """DOCX files from parts that stay deflated and a document part filled by replacing: no template engine."""
    from asn_desk.letters.templates import package

    members = package.read_package(_letter.word_file(), "templat")
    document = next(member for member in members if member.name == "word/document.xml").unpacked().decode()
    pieces = re.split(r"\{\{ (\w+) \}\}", document)
    size = 0
    for index, person in enumerate(timed_people(count)):
        values = {name: value.replace("&", "&amp;") for name, value in asdict(person).items()}
        xml = "".join(values[piece] if at % 2 else piece for at, piece in enumerate(pieces))
        new = package.deflated("word/document.xml", xml.encode())
        data = package.write_package(new if member.name == new.name else member for member in members)
        (folder / f"{index}.docx").write_bytes(data)
        size += len(data)
    return size, count


# --- usual ways -----------------------------------------------------------------------------------------------------


def _story(person: Person, logo: bytes) -> list[Any]:
    from reportlab.lib.enums import TA_JUSTIFY
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Image, Paragraph, Spacer, Table

    plain = ParagraphStyle("plain", fontName=FONT, fontSize=11, leading=LEADING)
    both = ParagraphStyle("both", plain, alignment=TA_JUSTIFY, firstLineIndent=28, spaceBefore=6)
    big = ParagraphStyle("big", plain, fontName=BOLD, fontSize=14, leading=16, alignment=1)

    def written(text: str) -> str:
        return filled(text, person).replace("&", "&amp;")

    kop = Table([[Image(io.BytesIO(logo), 60, 72), [Paragraph(line, big) for line in _letter.KOP]]], [70, 383])
    head = Table([[name, ":", filled(value, person)] for name, value in _letter.HEAD], [60, 10, 383])
    rows = [[f"{number}.", name, filled(value, person)] for number, (name, value) in enumerate(_letter.TABLE, 1)]
    table = Table(
        rows, [30, 150, 273], style=[("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)), ("FONTNAME", (0, 0), (-1, -1), FONT)]
    )
    end = [Paragraph(line or "&nbsp;", plain) for line in (*_letter.SIGNATURE, "Tembusan:", *_letter.COPIES)]
    body = [Paragraph(written(text), both) for text in _letter.BODY]
    return [kop, head, Paragraph(written("Yth. Kepala {unit}"), plain), body[0], Spacer(1, 6), table, *body[1:], *end]


def platypus_each(count: int, folder: Path) -> Made:
    """reportlab's own layout engine, one file each."""
    from reportlab.platypus import SimpleDocTemplate

    _fonts()
    logo, size, pages = _letter.logo(), 0, 0
    for index, person in enumerate(timed_people(count)):
        target = folder / f"{index}.pdf"
        document = SimpleDocTemplate(str(target), pagesize=(595.3, 841.9), topMargin=40, bottomMargin=30)
        document.build(_story(person, logo))
        size, pages = size + target.stat().st_size, pages + document.page
    return size, pages


def platypus_one(count: int, folder: Path) -> Made:
    """reportlab's own layout engine, one file."""
    from reportlab.platypus import PageBreak, SimpleDocTemplate

    _fonts()
    logo, target = _letter.logo(), folder / "platypus.pdf"
    story: list[Any] = []
    for person in timed_people(count):
        story += [*_story(person, logo), PageBreak()]
    document = SimpleDocTemplate(str(target), pagesize=(595.3, 841.9), topMargin=40, bottomMargin=30)
    document.build(story)
    return target.stat().st_size, count


def docxtpl(count: int, folder: Path) -> Made:
    """The usual library for Word templates: the template is read and compiled for every letter."""
    from docxtpl import DocxTemplate

    source, size = folder / "templat.docx", 0
    source.write_bytes(_letter.word_file())
    for index, person in enumerate(timed_people(count)):
        template = DocxTemplate(str(source))
        template.render(asdict(person), autoescape=True)
        template.save(str(folder / f"{index}.docx"))
        size += (folder / f"{index}.docx").stat().st_size
    return size, count


# --- ours -----------------------------------------------------------------------------------------------------------


def our_template() -> Any:
    from asn_desk.letters.templates.template import compile_template

    return compile_template(_letter.word_file(), "templat")


def our_docx(count: int, folder: Path) -> Made:
    """Our template engine, one DOCX each."""
    from asn_desk.letters.templates.template import fill

    template, size = our_template(), 0
    for index, person in enumerate(timed_people(count)):
        data = fill(template, asdict(person))
        (folder / f"{index}.docx").write_bytes(data)
        size += len(data)
    return size, count


def our_pdf_each(count: int, folder: Path) -> Made:
    """Our writer: Word files in (made before the clock starts), one PDF each."""
    from asn_desk.letters.pdf.writer import PdfMeta, docx_to_pdf

    letters = folder / "docx"
    letters.mkdir()
    our_docx(count, letters)
    meta, size, pages = PdfMeta("Surat", "BKPSDM Kota Contoh"), 0, 0
    start_clock()
    for index in range(count):
        result = docx_to_pdf((letters / f"{index}.docx").read_bytes(), meta)
        (folder / f"{index}.pdf").write_bytes(result.data)
        size, pages = size + len(result.data), pages + result.pages
    return size, pages


def our_pdf_one(count: int, folder: Path) -> Made:
    """Our writer: filled and laid out one after the other into one print file, with bookmarks; nothing else is kept."""
    template = our_template()
    return printed(template, timed_people(count), folder / "cetak.pdf")


def printed(template: Any, people: list[Person], target: Path) -> Made:
    """Fill and lay out one letter after the other into one print file."""
    from asn_desk.letters.pdf.output.batch import BatchPdf
    from asn_desk.letters.pdf.writer import PdfMeta
    from asn_desk.letters.templates.template import fill

    with target.open("wb") as stream:
        file = BatchPdf(stream, PdfMeta("Surat", "BKPSDM Kota Contoh"))
        for person in people:
            file.add(fill(template, asdict(person)), person.nama)
        file.close()
    return target.stat().st_size, file.pages


# --- measuring ------------------------------------------------------------------------------------------------------

_began: list[float] = []


def timed_people(count: int) -> list[Person]:
    """Return the people and start the clock."""
    people = _letter.people(count)
    start_clock()
    return people


def start_clock() -> None:
    _began[:] = [time.process_time(), time.perf_counter()]


def peak_mib() -> float:
    """Return the largest memory of this process so far (0 where the system does not tell)."""
    try:
        import resource
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


PROGRAMS: dict[str, Callable[[int, Path], Made]] = {
    program.__name__: program
    for program in (
        raw_canvas, shared_bytes, raw_zip, platypus_each, platypus_one, docxtpl, our_docx, our_pdf_each, our_pdf_one,
    )
}  # fmt: skip


def main() -> int:
    name, count, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    size, pages = PROGRAMS[name](count, folder)
    cpu, wall = time.process_time() - _began[0], time.perf_counter() - _began[1]
    print(json.dumps({"cpu": cpu, "wall": wall, "peak": peak_mib(), "bytes": size, "pages": pages}))
    return 0


if __name__ == "__main__":
    sys.exit(main())

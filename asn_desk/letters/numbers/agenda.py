"""The agenda of outgoing letters with every number accounted for: used, void, reserved, or missing; its Excel file and its PDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date
from io import BytesIO
from itertools import groupby
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk import saving
from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.database.trail.head import printed_mark
from asn_desk.database.work import today, work_of
from asn_desk.errors import DeskError
from asn_desk.letters.model import NumberSeries
from asn_desk.letters.numbers.table_xlsx import OPTIONS, add_sheet
from asn_desk.letters.queries import RegisterRow, register_rows
from asn_desk.letters.terms import RegisterSource, RegisterStatus
from asn_desk.wording import Secrecy, long_date, number, sheet_properties, short_date

USED, RESERVED, VOID, MISSING = "Terpakai", "Dicadangkan", "Batal", "Tidak tercatat"
_STATUS = {RegisterStatus.USED: USED, RegisterStatus.RESERVED: RESERVED, RegisterStatus.VOID: VOID}
_SOURCE = {
    RegisterSource.TAKEN: "",
    RegisterSource.OUTSIDE: "Ditulis di luar program",
    RegisterSource.BY_HAND: "Nomor menyusul",
}
GAP_NOTE = "Belum dicatat sebagai surat luar dan belum dinyatakan tidak dipakai"
HEADERS = ("No.", "Nomor surat", "Tanggal", "Perihal", "Kepada", "Keadaan", "Keterangan")
_WIDTHS = (9, 28, 13, 52, 36, 15, 40)
_SHARES = (5, 17, 9, 27, 19, 9, 14)


@dataclass(frozen=True)
class AgendaLine:
    """One printed line; `first` and `last` say which running numbers it accounts for (None: outside the pattern)."""

    order: str
    number: str
    dated: date | None
    subject: str
    addressee: str
    status: str
    note: str
    first: int | None
    last: int | None

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the line as the columns of `HEADERS`."""
        dated = short_date(self.dated) if self.dated else ""
        return (self.order, self.number, dated, self.subject, self.addressee, self.status, self.note)


@dataclass(frozen=True)
class Gap:
    """Running numbers of a series that nobody recorded, as a line between the others; `id` is negative."""

    id: int
    series: str
    year: int
    first: int
    last: int

    @property
    def order(self) -> str:
        """Return the numbers as counted: `4`, or the first and the last of them."""
        return str(self.first) if self.first == self.last else f"{self.first}\u2013{self.last}"


@dataclass(frozen=True)
class SeriesAgenda:
    """One series in one year: its lines in order, and in words how its numbers add up."""

    code: str
    title: str
    lines: tuple[AgendaLine, ...]
    total: str


@dataclass(frozen=True)
class Agenda:
    """The agenda as printed: heading, series, the day it was made, and how secret the words on it are."""

    year: int
    heading: str
    made: str
    series: tuple[SeriesAgenda, ...]
    secrecy: Secrecy = Secrecy.LIMITED


def agenda(session: Session, year: int, series_code: str | None = None) -> Agenda:
    """Return the agenda of a year, of one series or all that have numbers. Raises DeskError("agenda_empty")."""
    require(session, Action.SEE_LETTERS)
    rows: dict[str, list[RegisterRow]] = {}
    for row in register_rows(session, year, series_code):
        rows.setdefault(row.series, []).append(row)
    if not rows:
        raise DeskError("agenda_empty", f"Belum ada nomor dalam agenda tahun {year}, jadi tidak ada yang dicetak.")
    titles = {series.code: series.title for series in session.scalars(select(NumberSeries))}
    practice = "CONTOH (data latihan). " if work_of(session).practice else ""
    made = f"{practice}Keadaan {long_date(today(session))}{printed_mark(session)}"
    parts = tuple(_series(code, titles[code], found) for code, found in rows.items())
    secret = any(row.confidential for found in rows.values() for row in found)
    secrecy = Secrecy.CONFIDENTIAL if secret else Secrecy.LIMITED
    return Agenda(year, f"Agenda Surat Keluar Tahun {year}", made, parts, secrecy)


def with_gaps(rows: Sequence[RegisterRow]) -> list[RegisterRow | Gap]:
    """Return the rows of one year with the gaps between them. `rows` are in order, by series."""
    found: list[RegisterRow | Gap] = []
    for series, group in groupby(rows, key=lambda row: row.series):
        of_series = list(group)
        gaps = {gap.stop: gap for gap in missing(of_series)}
        for row in of_series:
            gap = gaps.pop(row.sequence, None) if row.sequence else None
            if gap is not None:
                found.append(Gap(-len(found) - 1, series, row.year, gap.start, gap.stop - 1))
            found.append(row)
    return found


def missing(rows: Sequence[RegisterRow]) -> list[range]:
    """Return the runs of running numbers that no line of a series has. `rows` are of one series and year, in order."""
    gaps, expected = [], 1
    for sequence in sorted({row.sequence for row in rows if row.sequence}):
        if sequence > expected:
            gaps.append(range(expected, sequence))
        expected = sequence + 1
    return gaps


def save_xlsx(session: Session, year: int, series_code: str | None, target: Path) -> None:
    """Write the agenda as an .xlsx file, one sheet per series. Raises DeskError("agenda_empty"), EnvironmentProblem."""
    require(session, Action.EXPORT)
    content = _workbook(session, agenda(session, year, series_code))
    saving.write(target, content)


def save_pdf(session: Session, year: int, series_code: str | None, target: Path) -> None:
    """Write the agenda as a PDF file. Raises as `save_xlsx`."""
    require(session, Action.EXPORT)
    content = agenda_pdf(agenda(session, year, series_code))
    saving.write(target, content)


def agenda_pdf(made: Agenda) -> bytes:
    """Return the agenda as a PDF: each series on its own pages, with how its numbers add up at the end."""
    from asn_desk.letters.numbers.table_pdf import Part, table_pdf

    parts = [
        Part(f"{made.heading}: {series.title}", f"{made.made}.", [line.cells for line in series.lines], series.total)
        for series in made.series
    ]
    return table_pdf(made.heading, HEADERS, _SHARES, parts, made.secrecy)


def _series(code: str, title: str, rows: list[RegisterRow]) -> SeriesAgenda:
    lines = tuple(_line(row) for row in with_gaps(rows))
    return SeriesAgenda(code, title, lines, _total(lines))


def _line(row: RegisterRow | Gap) -> AgendaLine:
    if isinstance(row, Gap):
        return AgendaLine(row.order, "", None, "", "", MISSING, GAP_NOTE, row.first, row.last)
    note = "; ".join(part for part in (_SOURCE[row.source], row.void_reason) if part)
    counted = row.sequence if row.inserted == 0 else None
    return AgendaLine(
        row.order, row.number, row.dated, row.subject, row.addressee, _STATUS[row.status], note, counted, counted
    )


def _total(lines: Sequence[AgendaLine]) -> str:
    counts: Counter[str] = Counter()
    for line in lines:
        if line.first is not None and line.last is not None:
            counts[line.status] += line.last - line.first + 1
    last = max((line.last or 0 for line in lines), default=0)
    parts = [
        f"{number(counts[status])} {status.lower()}" for status in (USED, RESERVED, VOID, MISSING) if counts[status]
    ]
    inserted = sum(1 for line in lines if line.first is None and line.order)
    outside = sum(1 for line in lines if not line.order)
    parts += [f"ditambah {number(inserted)} nomor sisipan"] if inserted else []
    parts += [f"ditambah {number(outside)} nomor di luar pola seri"] if outside else []
    return f"Nomor 1 sampai {number(last)}: {', '.join(parts)}." if last else f"{', '.join(parts)}.".capitalize()


def _workbook(session: Session, made: Agenda) -> bytes:
    import xlsxwriter

    content = BytesIO()
    columns = list(zip(HEADERS, _WIDTHS, strict=True))
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        made_at = work_of(session).now.astimezone(UTC)
        book.set_properties({"title": made.heading, "created": made_at, **sheet_properties(made.secrecy)})
        for series in made.series:
            heading = (f"{made.heading}: {series.title}", f"{made.made}. {series.total}")
            add_sheet(book, series.title, heading, columns, (line.cells for line in series.lines), made.secrecy)
    return content.getvalue()

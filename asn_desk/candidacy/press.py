"""What may be told to the press: counts without names, with small groups merged so that nobody can be picked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.candidacy.model import Declaration
from asn_desk.candidacy.states import STATUS_WORDS
from asn_desk.database.work import today
from asn_desk.employees.model import Employee
from asn_desk.regulations.office_packs import packs_of
from asn_desk.wording import Secrecy, long_date

LEAST = 3
"""A group of one or two could be known by name in a small office."""
FEW, OTHERS, TOTAL = f"kurang dari {LEAST}", "Lainnya", "Jumlah"
TITLE = "Ringkasan pencalonan untuk pers"
FILE_NAME = "ringkasan-pencalonan.pdf"


@dataclass(frozen=True)
class PressTable:
    """One breakdown: what it counts by, and label and count as words. Empty when the whole is too small to be parted."""

    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PressReport:
    """Counts over all files of an election, or of all. `total`: the count in words, never below the least group."""

    election: str
    made_on: date
    total: str
    tables: tuple[PressTable, ...]

    def lines(self) -> tuple[str, ...]:
        """Return the report as plain lines."""
        found = [TITLE, self.election, f"Keadaan pada {long_date(self.made_on)}", f"{TOTAL}: {self.total}"]
        for table in self.tables:
            found += ["", table.title, *(f"  {label}: {count}" for label, count in table.rows)]
        return tuple(found)


def press_report(session: Session, election_id: str = "") -> PressReport:
    """Return the counts. Raises DeskError("not_allowed" | "unknown_election")."""
    require(session, Action.SEE_COUNTS)
    library = packs_of(session)
    election = library.book(election_id).calendar.title if election_id else "Semua pemilihan"
    offices = {code: row.title for code, row in library.offices.items()}
    kinds = {code: row.title for code, row in library.kinds.items()}
    elections = {code: row.title for code, row in library.calendars.items()}
    asked: list[tuple[str, ColumnElement[Any], Mapping[str, str]]] = [
        ("Menurut jabatan yang dituju", Declaration.office_code.expression, offices),
        ("Menurut tahap di KPU", Declaration.kpu_status.expression, STATUS_WORDS),
        ("Menurut jenis kepegawaian", Employee.kind.expression, kinds),
    ]
    if not election_id:
        asked.append(("Menurut pemilihan", Declaration.election_id.expression, elections))
    counted = [(title, _counts(session, column, election_id, words)) for title, column, words in asked]
    total = sum(counted[0][1].values())
    tables = (PressTable(title, merged(counts)) for title, counts in counted) if total >= LEAST else ()
    return PressReport(election, today(session), _number(total), tuple(tables))


def _counts(session: Session, column: ColumnElement[Any], election_id: str, words: Mapping[str, str]) -> dict[str, int]:
    query = (
        select(column, func.count())
        .select_from(Declaration)
        .join(Employee, Employee.id == Declaration.employee_id)
        .group_by(column)
    )
    if election_id:
        query = query.where(Declaration.election_id == election_id)
    found: dict[str, int] = {}
    for code, count in session.execute(query):
        label = words.get(str(code), str(code))
        found[label] = found.get(label, 0) + count
    return found


def merged(counts: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """Return the groups by size, those below the least size as one that is itself not below it.

    When the small ones together are still too few, the smallest of the others joins them: else the rest of the total would
    give them away.
    """
    large = sorted(
        ((name, count) for name, count in counts.items() if count >= LEAST), key=lambda row: (-row[1], row[0])
    )
    rest = sum(count for count in counts.values() if count < LEAST)
    while 0 < rest < LEAST and large:
        rest += large.pop()[1]
    rows = [(name, str(count)) for name, count in large]
    return (*rows, (OTHERS, _number(rest))) if rest else tuple(rows)


def _number(count: int) -> str:
    return FEW if 0 < count < LEAST else str(count)


def press_pdf(report: PressReport) -> bytes:
    """Return the report on paper."""
    from asn_desk.letters.numbers.table_pdf import Part, table_pdf

    subtitle = f"{report.election}. Keadaan pada {long_date(report.made_on)}. Kelompok di bawah {LEAST} orang digabung."
    closing = f"{TOTAL}: {report.total}"
    rows = [(table.title, label, count) for table in report.tables for label, count in table.rows]
    return table_pdf(
        TITLE, ("Rincian", "Kelompok", TOTAL), (40, 45, 15), [Part(TITLE, subtitle, rows, closing)], Secrecy.OPEN
    )

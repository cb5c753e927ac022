"""A small invented office with an issued surat edaran, for the tests of circulars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from asn_desk.circulars import queries, service
from asn_desk.circulars.recipients import RecipientFilter, RecipientRow
from asn_desk.circulars.rules import Audience
from asn_desk.database import files
from asn_desk.desk import Desk, PracticeClock
from asn_desk.employees.model import Employee
from asn_desk.employees.terms import EmployeeKind
from asn_desk.letters.model import Letter, NumberSeries, RegisterEntry
from tests.factories import add_employee, add_unit

SUBJECT = "Netralitas Pegawai ASN dalam Pilkada Tahun 2024"
TODAY = date(2024, 9, 9)


@dataclass(frozen=True)
class Office:
    """Ids of the units and people; `letter` is an issued, not yet published surat edaran of 5 September 2024."""

    health: int
    hospital: int
    schools: int
    people: tuple[int, ...]
    letter: int


def an_office(session: Session) -> Office:
    """Add two OPDs (Kesehatan with an RSUD below it, Pendidikan) and five people."""
    health = add_unit(session, "Dinas Kesehatan")
    hospital = add_unit(session, "RSUD Kota Contoh", health)
    schools = add_unit(session, "Dinas Pendidikan")
    people = (
        _person(session, hospital, "198001012005011001", "Siti Nurhaliza Rahmawati", title_back="A.Md.Kep."),
        _person(session, hospital, "198202022006021002", "Endang Sulistyaningsih", title_front="Hj."),
        _person(session, health, "198303032007031003", "Yusuf"),
        _person(session, schools, "199004042022212004", "Robertus Tampubolon", kind="PPPK"),
        _person(session, schools, None, "Slamet Riyadi", kind="NON_ASN", local_number="NABAN-017"),
    )
    return Office(health.id, hospital.id, schools.id, people, a_letter(session))


def _person(session: Session, unit: Any, nip: str | None, name: str, **values: Any) -> int:
    return add_employee(session, unit=unit, nip=nip, name=name, post_name="Analis", **values).id


def a_letter(session: Session, number: str = "800.1.6/10/BKPSDM/2024") -> int:
    """Add an issued letter of 5 September 2024 with its number taken from the register."""
    content = files.store(session, number.encode(), files.PDF)
    series = NumberSeries(code=number, title="Surat edaran", pattern="{urut}")
    session.add(series)
    session.flush()
    dated = date(2024, 9, 5)
    entry = RegisterEntry(series_id=series.id, year=2024, sequence=1, number=number, dated=dated, subject=SUBJECT)
    session.add(entry)
    session.flush()
    letter = Letter(
        kind="surat_edaran_netralitas",
        title=SUBJECT,
        dated=dated,
        register_entry_id=entry.id,
        data="{}",
        template_sha256=content,
        docx_sha256=content,
        pdf_sha256=content,
        pages=2,
        issued_at=datetime(2024, 9, 5, 2, 0, tzinfo=UTC),
        issued_by="Ratna Wulandari",
    )
    session.add(letter)
    session.flush()
    return letter.id


def published(desk: Desk, audience: Audience | None = None, **values: Any) -> service.Published:
    """Make the office and publish a circular to it; the same codes each time."""

    def work(session: Session) -> service.Published:
        office = an_office(session)
        command = service.PublishCircular(
            subject=SUBJECT,
            election_id="pilkada-2024",
            letter_id=office.letter,
            due_on=date(2024, 9, 20),
            audience=audience or Audience(),
        )
        return service.publish(session, command, rng=Random(7), **values)

    return desk.write(work).value


def people_of(desk: Desk, version_id: int, **wanted: Any) -> list[RecipientRow]:
    """Return the recipients that a filter leaves, in its order."""
    return desk.read(
        lambda session: queries.recipient_rows(
            session, queries.recipient_ids(session, RecipientFilter(version_id, **wanted))
        )
    )


def person(desk: Desk, version_id: int, name: str) -> RecipientRow:
    """Return the one recipient whose name contains `name`."""
    (found,) = people_of(desk, version_id, text=name)
    return found


def crowd(session: Session, unit: Any, count: int, first: int = 0) -> list[int]:
    """Add many active PNS of one unit at once and return their ids."""
    people = [
        Employee(
            nip=f"1980010120050{place:05d}", name=f"PEGAWAI {place:05d}", sort_name=f"pegawai {place:05d}",
            kind=EmployeeKind.PNS, post_name="Analis", unit_id=unit.id, opd_id=unit.opd_id,
        )
        for place in range(first, first + count)
    ]  # fmt: skip
    session.add_all(people)
    session.flush()
    return [person.id for person in people]


def on_day(desk: Desk, day: date) -> Desk:
    """Let the practice office stand on another day."""
    desk.clock = PracticeClock(day)
    return desk

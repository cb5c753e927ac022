"""The life of a circular: 800 people, an editorial fix, a material version, and everything that happens to people meanwhile."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random

import pypdfium2
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asn_desk.circulars import progress, queries, service
from asn_desk.circulars.model import Acknowledgement, Recipient
from asn_desk.circulars.papers import slips
from asn_desk.circulars.recipients import RecipientFilter
from asn_desk.circulars.rules import AckStatus, Tally
from asn_desk.circulars.service import Acknowledge, MarkResult, PublishCircular, ReviseCircular, Signed
from asn_desk.database.trail import verify
from asn_desk.desk import Desk, open_desk
from asn_desk.employees.model import Employee
from asn_desk.employees.terms import EmploymentState
from asn_desk.office.model import Unit
from tests.core.circulars_office import SUBJECT, a_letter, crowd, on_day, people_of
from tests.factories import add_unit

Lived = tuple[Desk, service.Published, service.Published, service.Published, list[int]]
PEOPLE, SIGNED = 800, 500
FIRST, FIX, MATERIAL = date(2024, 9, 9), date(2024, 9, 12), date(2024, 9, 23)


def publish(session: Session) -> service.Published:
    health = add_unit(session, "Dinas Kesehatan")
    schools = add_unit(session, "Dinas Pendidikan")
    crowd(session, health, 400)
    crowd(session, schools, 400, first=400)
    return service.publish(session, PublishCircular(SUBJECT, letter_id=a_letter(session)), rng=Random(1))


def revise(desk: Desk, circular_id: int, *, material: bool, reason: str, number: str) -> service.Published:
    def work(session: Session) -> service.Published:
        seen = queries.circular_detail(session, circular_id).version
        letter = a_letter(session, number)
        return service.revise(session, ReviseCircular(circular_id, seen, material, reason, letter), rng=Random(2))

    return desk.write(work).value


def by_hand(desk: Desk, recipient_id: int, status: AckStatus, on: date, **notes: object) -> None:
    command = Acknowledge(recipient_id, status, on, None, **notes)  # type: ignore[arg-type]
    desk.write(lambda session: service.acknowledge(session, command))


def happenings(desk: Desk, made: service.Published) -> list[int]:
    """A refusal, a leave, a transfer, a retiree and a joiner; return the recipients of the first four."""
    waiting = [row for row in people_of(desk, made.version_id) if row.status is AckStatus.WAITING][:4]
    refuses, away, moves, retires = waiting
    by_hand(desk, refuses.id, AckStatus.REFUSED, date(2024, 9, 13), note="Keberatan", party="Kepala dinas")
    by_hand(desk, away.id, AckStatus.POSTPONED, date(2024, 9, 13), note="cuti besar", until=date(2024, 10, 1))

    def change(session: Session) -> None:
        mover, retiree = session.get_one(Employee, moves.employee_id), session.get_one(Employee, retires.employee_id)
        other = session.scalars(select(Unit).where(Unit.id != mover.opd_id)).first()
        assert other is not None
        mover.unit_id = mover.opd_id = other.id
        retiree.state = EmploymentState.ENDED
        crowd(session, other, 1, first=PEOPLE)

    desk.write(change)
    desk.write(lambda session: service.refresh_audience(session, service.plan_refresh(session, made.circular_id)))
    return [row.id for row in waiting]


def expected(day: date) -> Tally:
    """Return what the circular's first audience must show at the end of a day."""
    if day < FIRST:
        return Tally(PEOPLE)
    if day < date(2024, 9, 13):
        return Tally(PEOPLE, SIGNED)
    if day < date(2024, 9, 16):
        return Tally(PEOPLE, SIGNED, refused=1, postponed=1)
    return Tally(PEOPLE + 1, SIGNED, refused=1, postponed=1, left=1)


def as_known(day: date) -> Tally:
    """Return what the office knew on an evening: nothing before publishing, and not yet what was recorded on 16 September."""
    if day < FIRST:
        return Tally()
    return Tally(PEOPLE, SIGNED) if date(2024, 9, 13) <= day < date(2024, 9, 16) else expected(day)


class TakenBack(Exception):
    """Rolls a write back, so that every test finds the same office."""


@pytest.fixture(scope="module")
def lived(migrated_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    """Version 1 (500 of 800 signed), an editorial fix, changes among the people, then a material version; tests only read."""
    root = tmp_path_factory.mktemp("life") / "data"
    shutil.copytree(migrated_folder, root)
    desk = open_desk(root, practice_day=FIRST)
    first = desk.write(publish).value
    signing = [row.id for row in people_of(desk, first.version_id)][:SIGNED]
    desk.write(lambda session: service.sign_many(session, [Signed(one) for one in signing]))
    on_day(desk, FIX)
    fix = revise(desk, first.circular_id, material=False, reason="Salah ketik nomor pasal", number="800.1.6/11")
    on_day(desk, date(2024, 9, 16))
    marked = happenings(desk, first)
    on_day(desk, MATERIAL)
    second = revise(desk, first.circular_id, material=True, reason="Larangan baru", number="800.1.6/12")
    yield desk, first, fix, second, marked
    desk.close()


def test_an_editorial_fix_resets_nobody_and_a_material_version_reopens_everyone(
    lived: Lived,
) -> None:
    desk, first, fix, second, _marked = lived
    rows = desk.read(lambda session: queries.versions(session, first.circular_id))
    assert [(row.ordinal, row.editorial) for row in rows] == [(3, False), (2, True), (1, False)]
    assert rows[1].tally == rows[2].tally == expected(MATERIAL)
    assert (fix.recipients, second.recipients) == (PEOPLE, PEOPLE)  # one left, one came
    assert rows[0].tally == Tally(PEOPLE)
    assert len({row.text_sha256 for row in rows}) == 3
    assert all(row.reason for row in rows[:2])


@pytest.mark.parametrize("as_recorded", [False, True])
def test_totals_add_up_for_every_past_day(lived: Lived, as_recorded: bool) -> None:
    desk, first, fix, _second, _marked = lived
    for day in (date(2024, 9, 8 + past) for past in range(16)):
        want = as_known(day) if as_recorded else expected(day)
        for version_id in (first.version_id, fix.version_id):
            found = desk.read(lambda s, v=version_id, d=day: progress.progress_on(s, v, d, as_recorded=as_recorded))
            units = desk.read(lambda s, v=version_id, d=day: progress.units_on(s, v, d, as_recorded=as_recorded))
            assert found == want, day
            assert sum((unit.tally.total for unit in units), 0) == found.total
            assert sum((unit.tally.signed for unit in units), 0) == found.signed


def test_a_transfer_is_chased_where_the_person_is_now_and_counted_before_where_they_were(
    lived: Lived,
) -> None:
    desk, first, _fix, _second, marked = lived
    (mover,) = desk.read(lambda session: queries.recipient_rows(session, [marked[2]]))
    assert (mover.frozen_opd, mover.opd) == ("Dinas Pendidikan", "Dinas Kesehatan")

    def totals(day: date) -> dict[str, int]:
        rows = desk.read(lambda session: progress.units_on(session, first.version_id, day))
        return {row.name: row.tally.total for row in rows}

    assert totals(date(2024, 9, 15)) == {"Dinas Kesehatan": 400, "Dinas Pendidikan": 400}
    assert totals(date(2024, 9, 16)) == {"Dinas Kesehatan": 402, "Dinas Pendidikan": 399}


def test_the_first_versions_evidence_still_prints_and_a_late_slip_counts_for_it(
    lived: Lived,
) -> None:
    desk, first, _fix, second, marked = lived
    stream = BytesIO()
    wanted = RecipientFilter(first.version_id, statuses=(AckStatus.SIGNED,))
    made = desk.read(lambda session: slips.slips_pdf(session, wanted, stream))
    assert (made.slips, len(pypdfium2.PdfDocument(stream.getvalue()))) == (SIGNED, made.pages)
    (late,) = desk.read(lambda session: queries.recipient_rows(session, [marked[1]]))
    marks = []

    def scan(session: Session) -> None:
        marks.append(service.acknowledge_code(session, late.code))
        again = queries.version_detail(session, second.version_id)
        assert again.tally == Tally(PEOPLE)
        raise TakenBack

    with pytest.raises(TakenBack):
        desk.write(scan)
    (mark,) = marks
    assert (mark.result, mark.superseded, mark.version_id) == (MarkResult.ACCEPTED, True, first.version_id)
    assert "versi yang lebih baru" in mark.sentence


def test_nothing_recorded_is_ever_erased(
    lived: Lived,
) -> None:
    desk, _first, _fix, _second, _marked = lived

    def counts(session: Session) -> tuple[int, int]:
        marks = session.scalar(select(func.count()).select_from(Acknowledgement)) or 0
        return marks, session.scalar(select(func.count()).select_from(Recipient)) or 0

    assert desk.read(counts) == (SIGNED + 3, 2 * PEOPLE + 1)
    assert verify.verify(desk.paths).findings == ()

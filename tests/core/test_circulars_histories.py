"""Totals of every past day against an independent recount, over random lives of a circular: marks, undoing, moves, leaving, returning."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.circulars import progress, queries, rules, service
from asn_desk.circulars.evidence import binder_rows
from asn_desk.circulars.model import Recipient
from asn_desk.circulars.recipients import RecipientRow
from asn_desk.circulars.rules import AckStatus, Signature, Tally
from asn_desk.circulars.service import Acknowledge, PublishCircular
from asn_desk.database.trail import verify
from asn_desk.desk import Desk
from asn_desk.employees.model import Employee
from asn_desk.employees.terms import EmploymentState
from asn_desk.errors import DeskError
from asn_desk.office.model import Unit
from tests.core.circulars_office import SUBJECT, a_letter, crowd, on_day, people_of
from tests.factories import add_unit

FIRST, DAYS, PEOPLE = date(2024, 9, 9), 20, 9
LETTER = date(2024, 9, 5)


@dataclass
class Told:
    """One mark as the test itself wrote it down."""

    id: int
    status: AckStatus
    happened: date
    recorded: date
    undone: date | None = None


@dataclass
class Life:
    """One person as the test itself wrote them down: since when a recipient, where and since when, every mark."""

    since: date
    places: list[tuple[date, int | None]]
    marks: list[Told] = field(default_factory=list)

    def stands(self, day: date, *, as_recorded: bool) -> AckStatus:
        if as_recorded:
            valid = [one for one in self.marks if one.recorded <= day and (one.undone is None or one.undone > day)]
        else:
            valid = [one for one in self.marks if one.undone is None and one.happened <= day]
        return valid[-1].status if valid else AckStatus.WAITING

    def opd(self, day: date) -> int | None:
        return [opd for since, opd in self.places if since <= day][-1]


class History:
    """Does random things to a circular, day by day, and keeps its own book."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk, self.random = desk, Random(seed)
        self.units: list[int] = []
        self.made = desk.write(self._publish).value
        self.book: dict[int, Life] = {}
        self.joined = PEOPLE
        for row in self.rows():
            self.book[row.id] = Life(LETTER, [(LETTER, row.opd_id)])
        self.day = FIRST

    def _publish(self, session: Session) -> service.Published:
        units = [add_unit(session, f"Dinas {name}") for name in ("Satu", "Dua", "Tiga")]
        self.units = [unit.id for unit in units]
        for place, unit in enumerate(units):
            crowd(session, unit, PEOPLE // 3, first=place * PEOPLE // 3)
        return service.publish(session, PublishCircular(SUBJECT, letter_id=a_letter(session)), rng=Random(1))

    def rows(self) -> list[RecipientRow]:
        return people_of(self.desk, self.made.version_id)

    def live(self) -> None:
        for past in range(DAYS):
            self.day = FIRST + timedelta(days=past)
            on_day(self.desk, self.day)
            for _ in range(self.random.randint(0, 4)):
                self.random.choice((self.mark, self.mark, self.mark, self.undo, self.change))()
            if self.random.random() < 0.6:
                self.refresh()

    def mark(self) -> None:
        row = self.random.choice(self.rows())
        possible = sorted(rules.allowed(row.status) - {AckStatus.PRINTED})
        if not possible:
            return
        status = self.random.choice(possible)
        happened = self.day - timedelta(days=self.random.randint(0, (self.day - LETTER).days))
        signature = Signature.WET if status is AckStatus.SIGNED else None
        until = self.day + timedelta(days=3) if status is AckStatus.POSTPONED else None
        command = Acknowledge(row.id, status, happened, row.version, "alasan", "saksi", until, signature)
        made = self.desk.write(lambda session: service.acknowledge(session, command)).value
        self.book[row.id].marks.append(Told(made, status, happened, self.day))

    def undo(self) -> None:
        marks = [one for life in self.book.values() for one in life.marks if one.undone is None]
        if marks:
            wrong = self.random.choice(marks)
            self.desk.write(lambda session: service.undo(session, wrong.id, "keliru"))
            wrong.undone = self.day

    def change(self) -> None:
        """Somebody moves, ends, serves again, or comes."""

        def work(session: Session) -> None:
            person = self.random.choice(session.scalars(select(Employee).order_by(Employee.id)).all())
            what = self.random.randint(0, 3)
            if what == 0:
                crowd(session, session.get_one(Unit, self.random.choice(self.units)), 1, first=self.joined)
                self.joined += 1
            elif what == 1:
                ended = person.state is EmploymentState.ENDED
                person.state = EmploymentState.ACTIVE if ended else EmploymentState.ENDED
            else:
                person.unit_id = person.opd_id = self.random.choice(self.units)

        self.desk.write(work)

    def refresh(self) -> None:
        before = {row.id: row for row in self.rows()}
        self.desk.write(
            lambda session: service.refresh_audience(session, service.plan_refresh(session, self.made.circular_id))
        )
        for row in self.rows():
            if row.id not in before:
                self.book[row.id] = Life(self.day, [(self.day, row.opd_id)])
                continue
            life = self.book[row.id]
            if row.opd_id != life.places[-1][1]:
                life.places.append((self.day, row.opd_id))
            if row.status is not before[row.id].status:
                (newest,) = self.desk.read(lambda s, key=row.id: queries.recent_marks(s, recipient_id=key, limit=1))
                life.marks.append(Told(newest.id, newest.status, self.day, self.day))

    def expected(self, day: date, *, as_recorded: bool) -> dict[int | None, Tally]:
        begun = FIRST if as_recorded else LETTER
        counts: dict[int | None, Counter[AckStatus]] = {}
        for life in self.book.values():
            if begun <= day and life.since <= day:
                status = life.stands(day, as_recorded=as_recorded)
                counts.setdefault(life.opd(day), Counter())[status] += 1
        return {opd: Tally.of(found) for opd, found in counts.items()}


@pytest.mark.parametrize("seed", range(6))
def test_every_past_day_adds_up_as_an_independent_recount_says(practice_desk: Desk, seed: int) -> None:
    history = History(practice_desk, seed)
    history.live()
    version = history.made.version_id
    for day in (LETTER + timedelta(days=past) for past in range(-2, DAYS + 5)):
        for known in (False, True):
            units = practice_desk.read(lambda s, d=day, k=known: progress.units_on(s, version, d, as_recorded=k))
            total = practice_desk.read(lambda s, d=day, k=known: progress.progress_on(s, version, d, as_recorded=k))
            want = history.expected(day, as_recorded=known)
            assert {unit.opd_id: unit.tally for unit in units} == want, (day, known)
            assert total == sum_of(want), (day, known)
    now = practice_desk.read(lambda s: queries.version_detail(s, version))
    assert now.tally == sum_of(history.expected(history.day, as_recorded=False))
    listed = practice_desk.read(lambda s: binder_rows.counts(s, now, history.day))
    assert all(tally == sum_of(history.expected(day, as_recorded=False)) for day, tally in listed)
    assert verify.verify(practice_desk.paths).findings == ()


def sum_of(tallies: dict[int | None, Tally]) -> Tally:
    together = Tally()
    for one in tallies.values():
        together = together.plus(one)
    return together


def gone_and_back(desk: Desk) -> tuple[service.Published, RecipientRow]:
    """One of nine ends, is closed by a refresh, and serves again in another OPD."""
    history = History(desk, 1)
    first = history.rows()[0]

    def state(value: EmploymentState, unit: int | None = None) -> None:
        def work(session: Session) -> None:
            person = session.get_one(Employee, first.employee_id)
            person.state = value
            person.unit_id = person.opd_id = unit or person.opd_id

        desk.write(work)

    state(EmploymentState.ENDED)
    history.refresh()
    state(EmploymentState.ACTIVE, next(unit for unit in history.units if unit != first.opd_id))
    return history.made, first


def test_who_serves_again_is_asked_again_where_they_work_now(practice_desk: Desk) -> None:
    made, first = gone_and_back(practice_desk)
    plan = practice_desk.read(lambda s: service.plan_refresh(s, made.circular_id))
    assert [one.employee_id for one in plan.joiners] == [first.employee_id]
    practice_desk.write(lambda s: service.refresh_audience(s, plan))
    (again,) = practice_desk.read(lambda s: queries.recipient_rows(s, [first.id]))
    assert (again.status, again.opd_id == first.opd_id, again.code) == (AckStatus.WAITING, False, first.code)
    history = practice_desk.read(lambda s: queries.recent_marks(s, recipient_id=first.id))
    assert [mark.status for mark in history] == [AckStatus.WAITING, AckStatus.LEFT]
    assert practice_desk.read(lambda s: service.plan_refresh(s, made.circular_id)).nothing_to_do


def test_who_was_put_out_by_hand_is_not_brought_back_by_the_registry(practice_desk: Desk) -> None:
    history = History(practice_desk, 1)
    first, second = history.rows()[:2]
    practice_desk.write(lambda s: service.remove_person(s, first.id, "Salah pilih"))
    left = Acknowledge(second.id, AckStatus.LEFT, FIRST, None, "Pindah ke daerah lain")
    practice_desk.write(lambda s: service.acknowledge(s, left))
    assert practice_desk.read(lambda s: service.plan_refresh(s, history.made.circular_id)).nothing_to_do


def test_who_came_back_and_is_then_put_out_by_hand_stays_out(practice_desk: Desk) -> None:
    made, first = gone_and_back(practice_desk)
    practice_desk.write(lambda s: service.refresh_audience(s, service.plan_refresh(s, made.circular_id)))
    left = Acknowledge(first.id, AckStatus.LEFT, FIRST, None, "Pindah ke daerah lain")
    practice_desk.write(lambda s: service.acknowledge(s, left))
    assert practice_desk.read(lambda s: service.plan_refresh(s, made.circular_id)).nothing_to_do


def test_taking_in_by_name_lets_somebody_wait_again_who_had_left(practice_desk: Desk) -> None:
    history = History(practice_desk, 1)
    first, circular = history.rows()[0], history.made.circular_id
    practice_desk.write(lambda s: service.remove_person(s, first.id, "Salah pilih"))
    again = practice_desk.write(lambda s: service.add_people(s, circular, [first.employee_id], "Ternyata penerima"))
    assert again.value == 1
    (now,) = practice_desk.read(lambda s: queries.recipient_rows(s, [first.id]))
    assert (now.status, now.code) == (AckStatus.WAITING, first.code)
    (mark, _left) = practice_desk.read(lambda s: queries.recent_marks(s, recipient_id=first.id))
    assert mark.note == "Ternyata penerima"
    assert practice_desk.write(lambda s: service.add_people(s, circular, [first.employee_id], "lagi")).value == 0


def test_undoing_a_removal_lets_the_next_version_reach_the_person_again(practice_desk: Desk) -> None:
    history = History(practice_desk, 1)
    first = history.rows()[0]
    practice_desk.write(lambda s: service.remove_person(s, first.id, "Salah pilih"))
    (mark,) = practice_desk.read(lambda s: queries.recent_marks(s, recipient_id=first.id))
    practice_desk.write(lambda s: service.undo(s, mark.id, "Ternyata penerima"))

    def revise(session: Session) -> service.Published:
        seen = queries.circular_detail(session, history.made.circular_id).version
        letter = a_letter(session, "800.1.6/99")
        return service.revise(session, service.ReviseCircular(history.made.circular_id, seen, True, "Baru", letter))

    again = practice_desk.write(revise).value
    assert again.recipients == PEOPLE
    assert first.employee_id in practice_desk.read(
        lambda s: s.scalars(select(Recipient.employee_id).where(Recipient.version_id == again.version_id)).all()
    )


def test_who_refused_and_moves_is_followed(practice_desk: Desk) -> None:
    history = History(practice_desk, 1)
    first = history.rows()[0]
    refused = Acknowledge(first.id, AckStatus.REFUSED, FIRST, None, "keberatan", "Kepala dinas")
    practice_desk.write(lambda s: service.acknowledge(s, refused))
    other = next(unit for unit in history.units if unit != first.opd_id)

    def move(session: Session) -> None:
        person = session.get_one(Employee, first.employee_id)
        person.unit_id = person.opd_id = other

    practice_desk.write(move)
    history.refresh()
    (now,) = practice_desk.read(lambda s: queries.recipient_rows(s, [first.id]))
    assert (now.opd_id, now.status) == (other, AckStatus.REFUSED)


def test_a_signature_by_hand_says_of_which_kind_it_is(practice_desk: Desk) -> None:
    history = History(practice_desk, 1)
    first = history.rows()[0]
    command = Acknowledge(first.id, AckStatus.SIGNED, FIRST, first.version)
    with pytest.raises(DeskError) as caught:
        practice_desk.write(lambda s: service.acknowledge(s, command))
    assert set(caught.value.fields) == {"signature"}


def test_a_kind_of_signature_or_a_day_that_the_status_has_not_is_not_kept(practice_desk: Desk) -> None:
    history = History(practice_desk, 1)
    first = history.rows()[0]
    odd = Acknowledge(
        first.id, AckStatus.REFUSED, FIRST, None, "keberatan", "Saksi", FIRST + timedelta(days=3), Signature.WET
    )
    practice_desk.write(lambda s: service.acknowledge(s, odd))
    (mark,) = practice_desk.read(lambda s: queries.recent_marks(s, recipient_id=first.id))
    assert (mark.signature, mark.until) == (None, None)

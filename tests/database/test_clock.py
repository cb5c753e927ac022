"""A clock that was set back: work goes on, the clerk is told, and the trail says from which entry on days are doubtful."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from asn_desk.database.trail.audit import AuditEntry
from asn_desk.desk import Desk, open_desk
from asn_desk.letters.numbers import numbering
from tests.factories import add_unit

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)


class SetClock:
    """A clock that stands where the test puts it."""

    def __init__(self) -> None:
        self.moment = NOON

    def now(self) -> datetime:
        """Return the set moment."""
        return self.moment

    def today(self) -> date:
        """Return its day."""
        return self.moment.date()


@pytest.fixture
def clock() -> SetClock:
    """The clock of the desk."""
    return SetClock()


@pytest.fixture
def timed(data_folder: Path, clock: SetClock) -> Iterator[Desk]:
    """A desk that reads the test's clock and has one entry on its trail."""
    desk = open_desk(data_folder)
    desk.clock = clock
    desk.write(lambda session: add_unit(session, "Dinas Kesehatan").id)
    yield desk
    desk.close()


def add(desk: Desk) -> None:
    desk.write(lambda session: add_unit(session, "Dinas Sosial").id)


def set_back_entries(desk: Desk) -> list[tuple[int, str]]:
    query = select(AuditEntry.seq, AuditEntry.after).where(AuditEntry.action == "clock:set_back")
    return [(seq, json.loads(after)["at"]) for seq, after in desk.read(lambda session: session.execute(query).all())]


def test_a_clock_set_back_is_told_and_noted_once_on_the_trail(timed: Desk, clock: SetClock) -> None:
    clock.moment = NOON - timedelta(days=400)
    told = timed.clock_doubt()
    assert told is not None
    assert told.endswith("Periksa jam komputer sebelum menerbitkan surat.")
    assert "26 Jan 2025" in told
    assert "2 Mar 2026" in told
    for _ in range(3):
        add(timed)
    assert [at for _, at in set_back_entries(timed)] == [clock.moment.isoformat()]
    assert timed.verify().findings == ()


@pytest.mark.parametrize("change", [timedelta(minutes=-4), timedelta(0), timedelta(days=400)])
def test_small_corrections_and_a_clock_that_goes_on_are_no_matter(
    timed: Desk, clock: SetClock, change: timedelta
) -> None:
    clock.moment = NOON + change
    assert timed.clock_doubt() is None
    add(timed)
    assert set_back_entries(timed) == []


def test_numbers_go_on_upwards_whatever_the_clock_says(timed: Desk, clock: SetClock) -> None:
    timed.write(lambda session: numbering.ensure_default_series(session, "BKPSDM"))
    taken = []
    for days in (0, -300, -10, 5):
        clock.moment = NOON + timedelta(days=days)
        number = timed.write(lambda session: numbering.take(session, "umum", date(2026, 3, 2), "Undangan")).value
        taken.append(number.number)
    assert len(set(taken)) == 4
    assert timed.verify().findings == ()


def test_backups_under_a_clock_set_back_do_not_write_over_each_other(timed: Desk, clock: SetClock) -> None:
    first = timed.backup().path
    content = first.read_bytes()
    add(timed)
    assert timed.backup().path != first
    assert first.read_bytes() == content


def test_the_practice_office_stands_still_and_doubts_no_clock(practice_desk: Desk) -> None:
    add(practice_desk)
    assert practice_desk.clock_doubt() is None

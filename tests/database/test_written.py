"""What bulk statements wrote, kept on the trail and read back: the same rows, whatever stands in them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from asn_desk.accounts.trail import TrailFilter, trail_ids, trail_rows
from asn_desk.circulars import audience
from asn_desk.database.bulk import highest_id, new_ids
from asn_desk.database.trail import written
from asn_desk.database.trail.audit import as_json, record
from asn_desk.database.trail.replay import SEALED, same
from asn_desk.desk import Desk
from asn_desk.office.model import Unit
from tests.core.circulars_office import people_of, published

COLUMNS = ("name", "parent_id", "on")


def kept(part: written.Part) -> written.Part:
    """Return a part as it comes back from the trail."""
    found: written.Part = json.loads(as_json({written.MADE: [part]}))[written.MADE][0]
    return found


@pytest.mark.parametrize("count", [1, 7, 8, 300])
def test_rows_come_back_as_they_were_short_or_packed(count: int) -> None:
    values = [(f"Siti {one}\n\x1f'", None if one % 2 else one, date(2024, 9, 9)) for one in range(count)]
    part = kept(written.rows("units", COLUMNS, range(5, 5 + count), values))
    assert written.count(part) == count
    assert [(one, *row.values()) for one, row in written.read(part)] == [
        (5 + place, name, parent, "2024-09-09") for place, (name, parent, _) in enumerate(values)
    ]


def test_rows_given_as_text_come_back_as_text_with_what_is_the_same_everywhere() -> None:
    text = "Siti\x1f3\x1fNone\nYusuf\x1fNone\x1fNone"
    values = [("Siti", 3, None), ("Yusuf", None, None)]
    part = kept(written.rows("units", COLUMNS, (9, 4), values, text=text, everywhere={"v": 1}, copied={"at": "name"}))
    (one, siti), (two, yusuf) = written.read(part)
    assert (one, two) == (9, 4)
    assert siti == {"name": "Siti", "parent_id": "3", "on": "None", "v": 1, "at": "Siti"}
    assert written.printed(part)
    assert yusuf["on"] == "None"


def test_a_text_whose_values_hold_the_parting_sign_is_not_used() -> None:
    part = kept(written.rows("units", ("name",), (1,), [("a\nb",)], text="a\nb"))
    assert list(written.read(part)) == [(1, {"name": "a\nb"})]


@pytest.mark.parametrize(
    ("ids", "text"),
    [
        ((), ""),
        ((7,), "7"),
        (range(1, 501), "1-500"),
        ((3, 4, 5, 9, 2), "3-5,9,2"),
        (range(5, 6), "5"),
        ((4, 3), "4,3"),
    ],
)
def test_ids_are_kept_as_runs_in_their_order(ids: Any, text: str) -> None:
    assert written.runs(ids) == text
    assert written.ids_of({"ids": text}) == list(ids)


@pytest.mark.parametrize("part", [{"packed": "!!"}, {"packed": "AAAA"}, {"rows": []}, {"packed": "eJwDAAAAAAE="}])
def test_a_part_that_was_meddled_with_is_no_part(part: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        list(written.read({"table": "units", "columns": ["name"], "ids": "1-2", **part}))


@pytest.mark.parametrize(
    ("current", "told", "equal"),
    [
        (1, True, True),
        (0, True, False),
        (None, "", False),
        ("", None, False),
        ("2024-09-09 03:00:00.000000", "2024-09-09T10:00:00+07:00", True),
        ("2024-09-09 03:00:00.000000", datetime(2024, 9, 9, 4, tzinfo=UTC).isoformat(), False),
        ("PENGUMUMAN UTAMA", "PENGUMUMANTUTAMA", False),
        ("rahasia", SEALED + "0" * 64, False),
        (0.25, 0.25, True),
    ],
)
def test_a_value_is_compared_in_whatever_form_the_trail_has_it(current: Any, told: Any, *, equal: bool) -> None:
    assert same(current, told) is equal


def test_ids_are_known_only_when_nobody_elses_rows_came_between(desk: Desk) -> None:
    def work(session: Session) -> list[range | None]:
        table = Unit.metadata.tables["units"]
        before = highest_id(session, table)
        session.connection().execute(insert(table), [{"name": name, "active": True, "version": 1} for name in "abc"])
        return [new_ids(session, table, before, 3), new_ids(session, table, before, 2)]

    assert desk.write(work).value == [range(1, 4), None]


def test_recipients_whose_ids_are_not_in_a_row_are_looked_up_by_person(practice_desk: Desk) -> None:
    made = published(practice_desk)
    known = {row.employee_id: row.id for row in people_of(practice_desk, made.version_id)}
    backwards = sorted(known, reverse=True)
    found = practice_desk.read(lambda session: audience._ids(session, made.version_id, backwards))
    assert found == [known[one] for one in backwards]


def test_the_viewer_shows_how_many_rows_a_bulk_statement_wrote(desk: Desk) -> None:
    parts = [written.rows("recipients", ("code",), range(1, 1201), [("ADE1",)] * 1200), written.gone("units", (1, 2))]
    desk.write(lambda s: record(s, "recipients:frozen", "circular_versions:1", after={written.MADE: parts}))
    (row,) = desk.read(lambda s: trail_rows(s, trail_ids(s, TrailFilter())))
    (change,) = row.changes
    assert change.after == "Penerima edaran: 1.200 baris; Unit kerja: 2 baris"

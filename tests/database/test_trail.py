"""The audit trail: every change is on it, in the same transaction, chained, and neither bulk work nor reads slip past."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from asn_desk.database.trail.audit import GENESIS, AuditEntry, AuditHead, entry_hash, record
from asn_desk.desk import Desk
from asn_desk.employees.model import Employee
from asn_desk.office.model import Unit
from asn_desk.topics import Topic
from tests.factories import add_employee, add_unit


def trail(desk: Desk) -> list[dict[str, Any]]:
    """Return the trail's rows, oldest first."""
    columns = AuditEntry.__table__.columns

    def look(session: Session) -> list[dict[str, Any]]:
        return [dict(row) for row in session.execute(select(*columns).order_by(AuditEntry.seq)).mappings()]

    return desk.read(look)


def a_unit(desk: Desk, name: str = "Dinas Kesehatan") -> int:
    return desk.write(lambda session: add_unit(session, name).id).value


def test_a_new_record_is_recorded_with_its_values_and_actor(desk: Desk) -> None:
    unit = a_unit(desk)
    created, _changed = trail(desk)
    assert (created["action"], created["subject"], created["actor"]) == (
        "units:created",
        f"units:{unit}",
        "Ratna Wulandari",
    )
    assert created["before"] == "{}"
    assert json.loads(created["after"])["name"] == "Dinas Kesehatan"


def test_a_change_is_recorded_with_only_the_columns_that_changed(desk: Desk) -> None:
    unit = a_unit(desk)

    def rename(session: Session) -> None:
        session.get_one(Unit, unit).name = "Dinas Sosial"

    desk.write(rename, actor="Bagus Setiawan")
    entry = trail(desk)[-1]
    assert (entry["action"], entry["actor"]) == ("units:changed", "Bagus Setiawan")
    assert (json.loads(entry["before"]), json.loads(entry["after"])) == (
        {"name": "Dinas Kesehatan"},
        {"name": "Dinas Sosial"},
    )


def test_a_deletion_is_recorded_with_what_was_lost(desk: Desk) -> None:
    unit = a_unit(desk)
    desk.write(lambda session: session.delete(session.get_one(Unit, unit)))
    entry = trail(desk)[-1]
    assert (entry["action"], entry["after"]) == ("units:deleted", "{}")
    assert json.loads(entry["before"])["name"] == "Dinas Kesehatan"


def test_setting_the_same_value_again_is_no_change(desk: Desk) -> None:
    unit = a_unit(desk)
    before = len(trail(desk))

    def same(session: Session) -> None:
        session.get_one(Unit, unit).name = "Dinas Kesehatan"

    outcome = desk.write(same)
    assert len(trail(desk)) == before
    assert outcome.topics == frozenset()


def test_days_and_statuses_are_written_as_plain_text(desk: Desk) -> None:
    desk.write(lambda session: add_employee(session).id)
    after = json.loads(next(row["after"] for row in trail(desk) if row["action"] == "employees:created"))
    assert (after["birth_date"], after["kind"], after["state"]) == ("1980-01-01", "PNS", "aktif")


def test_the_chain_binds_every_entry_to_the_one_before_and_the_head_to_the_last(desk: Desk) -> None:
    a_unit(desk)
    a_unit(desk, "Dinas Sosial")
    rows = trail(desk)
    head = desk.read(lambda session: session.execute(select(AuditHead.seq, AuditHead.hash)).one())
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    assert [row["previous"] for row in rows] == [GENESIS, *(row["hash"] for row in rows[:-1])]
    assert all(entry_hash(row) == row["hash"] for row in rows)
    assert tuple(head) == (len(rows), rows[-1]["hash"])


def test_a_write_that_fails_leaves_no_entry_and_no_record(desk: Desk) -> None:
    def fail(session: Session) -> None:
        add_unit(session, "Dinas Sosial")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        desk.write(fail)
    assert trail(desk) == []
    assert desk.read(lambda session: session.scalars(select(Unit.id)).all()) == []


@pytest.mark.parametrize("statement", ["UPDATE audit_entries SET actor = 'x'", "DELETE FROM audit_entries"])
def test_the_database_itself_refuses_to_change_the_trail(desk: Desk, statement: str) -> None:
    a_unit(desk)
    with pytest.raises(IntegrityError, match="jejak perubahan"):
        desk.write(lambda session: session.execute(text(statement)))
    assert trail(desk)[0]["actor"] == "Ratna Wulandari"


BULK = {
    "insert": insert(Unit).values(name="x", active=True, version=1),
    "update": update(Unit).values(name="x"),
    "delete": delete(Unit),
}


@pytest.mark.parametrize("kind", sorted(BULK))
def test_a_bulk_statement_without_its_record_is_refused(desk: Desk, kind: str) -> None:
    unit = a_unit(desk)
    with pytest.raises(RuntimeError, match=r"audit\.record"):
        desk.write(lambda session: session.execute(BULK[kind]))
    assert desk.read(lambda session: session.scalars(select(Unit.name)).all()) == ["Dinas Kesehatan"]
    assert unit


def test_a_bulk_statement_with_its_record_is_one_entry(desk: Desk) -> None:
    a_unit(desk)

    def work(session: Session) -> None:
        session.execute(BULK["update"], execution_options={"recorded": True})
        record(session, "units:renamed", "units:all", after={"count": 1, "on": date(2024, 9, 9)})

    desk.write(work)
    assert trail(desk)[-1]["after"] == '{"count": 1, "on": "2024-09-09"}'


def test_a_write_tells_which_topics_it_touched(desk: Desk) -> None:
    assert desk.write(lambda session: add_employee(session).id).topics == {Topic.EMPLOYEES}


def add_and_flush(session: Session) -> None:
    session.add(Unit(name="Dinas Sosial"))
    session.flush()


def change_and_flush(session: Session) -> None:
    session.scalars(select(Unit)).one().name = "Dinas Sosial"
    session.flush()


def delete_and_flush(session: Session) -> None:
    session.delete(session.scalars(select(Unit)).one())
    session.flush()


@pytest.mark.parametrize("work", [add_and_flush, change_and_flush, delete_and_flush])
def test_a_read_cannot_change_records(desk: Desk, work: Any) -> None:
    a_unit(desk)
    with pytest.raises(RuntimeError, match=r"Desk\.write"):
        desk.read(work)
    assert desk.read(lambda session: session.scalars(select(Unit.name)).all()) == ["Dinas Kesehatan"]


def test_a_read_that_forgets_to_flush_or_runs_a_recorded_bulk_statement_changes_nothing(desk: Desk) -> None:
    a_unit(desk)

    def work(session: Session) -> None:
        session.add(Employee(name="x", sort_name="x", kind="PNS", nip="1" * 18))
        session.execute(BULK["update"], execution_options={"recorded": True})

    desk.read(work)
    assert desk.read(lambda session: session.scalars(select(Unit.name)).all()) == ["Dinas Kesehatan"]
    assert desk.read(lambda session: session.scalars(select(Employee.id)).all()) == []

"""Filling the search table in bulk leaves the index and its triggers as the row-by-row way does."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, select, text

from asn_desk.database.search import matches
from asn_desk.database.search_loading import many_new_rows
from asn_desk.desk import Desk
from asn_desk.employees.model import EmployeeSearch
from tests.factories import add_employee


def _load(session: Any, rows: list[dict[str, Any]]) -> None:
    with many_new_rows(session, EmployeeSearch.employee_id, EmployeeSearch.content):
        session.execute(insert(EmployeeSearch), rows)


def _found(session: Any, query: str) -> list[int]:
    condition = matches(session, EmployeeSearch.employee_id, EmployeeSearch.content, query)
    assert condition is not None
    return sorted(session.scalars(select(EmployeeSearch.employee_id).where(condition)))


def _triggers(session: Any) -> list[Any]:
    return session.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")).all()  # type: ignore[no-any-return]


def _fill(session: Any) -> None:
    for number in range(1, 4):
        employee = add_employee(session, nip=f"19800101200501200{number}")
        if number > 1:
            session.execute(text("DELETE FROM employee_search WHERE employee_id = :one"), {"one": employee.id})


def test_bulk_rows_are_found_and_later_changes_too(desk: Desk) -> None:
    desk.write(_fill)
    before = desk.read(_triggers)
    desk.write(
        lambda session: _load(
            session, [{"employee_id": 2, "content": "kenanga"}, {"employee_id": 3, "content": "melati"}]
        )
    )
    assert desk.read(_triggers) == before
    assert desk.read(lambda session: _found(session, "kenanga")) == [2]
    desk.write(
        lambda session: session.execute(text("UPDATE employee_search SET content = 'mawar' WHERE employee_id = 2"))
    )
    assert desk.read(lambda session: (_found(session, "mawar"), _found(session, "kenanga"))) == ([2], [])


def test_a_failure_inside_brings_the_triggers_back(desk: Desk) -> None:
    desk.write(_fill)
    before = desk.read(_triggers)
    with pytest.raises(KeyError):
        desk.write(lambda session: _load(session, [{"employee_id": 2, "content": "kenanga"}]) or {}["x"])
    assert desk.read(_triggers) == before
    assert desk.read(lambda session: _found(session, "kenanga")) == []


def test_rows_below_the_present_keys_are_refused(desk: Desk) -> None:
    desk.write(_fill)
    desk.write(lambda session: _load(session, [{"employee_id": 3, "content": "melati"}]))
    with pytest.raises(RuntimeError, match="beyond"):
        desk.write(lambda session: _load(session, [{"employee_id": 2, "content": "kenanga"}]))

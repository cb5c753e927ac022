"""New people stored column by column: the same as one by one, and with every index of the tables there again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Table, select, text

from asn_desk.database import bulk
from asn_desk.database.bulk import indexes_afterwards
from asn_desk.database.search import folded
from asn_desk.database.search_loading import folded_all
from asn_desk.desk import Desk
from asn_desk.employees.model import Employee, EmployeeSearch, Posting
from asn_desk.employees.placement import refresh_people, search_text
from tests.sample_registry import fill_registry

TABLES: tuple[Table, ...] = (Employee.metadata.tables["employees"], Posting.metadata.tables["postings"])
PLAIN = ["MELATI CONTOH", "Drs. Budi, M.Si", "a", "12 34"]


@pytest.mark.parametrize(
    "texts",
    [
        [],
        PLAIN,
        [*PLAIN, ""],
        *([*PLAIN, odd] for odd in ("ab ", " ab", "a  b", "a\tb", "a\nb", "a\0b", "a\r", "JOSÉ", "a\u00a0b", "Straße")),
    ],
)
def test_texts_are_folded_together_as_one_by_one(texts: list[str]) -> None:
    assert folded_all(texts) == [folded(one) for one in texts]
    assert folded_all(texts[::-1]) == [folded(one) for one in texts[::-1]]


@given(st.lists(st.text(max_size=12), max_size=6))
def test_any_texts_are_folded_together_as_one_by_one(texts: list[str]) -> None:
    assert folded_all(texts) == [folded(one) for one in texts]


def test_search_finds_new_people_by_the_same_text_as_after_a_correction(desk: Desk) -> None:
    desk.write(lambda session: fill_registry(session, 500))
    before = desk.read(_texts)
    desk.write(_written_anew)
    assert desk.read(_texts) == before
    assert search_text("NI KADEK AYU", "dr.", "Sp.A", "1980", "DOKTER", "rsud") in (
        " dr. ni kadek ayu, sp.a 1980 dokter rsud nikadekayu"
    )


def _written_anew(session: Any) -> None:
    session.execute(text("UPDATE employee_search SET content = ''"))
    refresh_people(session)


def _texts(session: Any) -> list[tuple[int, str]]:
    rows = session.execute(
        select(EmployeeSearch.employee_id, EmployeeSearch.content).order_by(EmployeeSearch.employee_id)
    )
    return [(one, content) for one, content in rows]


def _indexes(session: Any) -> set[tuple[str, str]]:
    return {
        (name, sql) for name, sql in session.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'index'"))
    }


@pytest.mark.parametrize(("rows", "during"), [(20, True), (6_000, False)])
def test_indexes_are_built_at_the_end_of_many_rows_only(desk: Desk, rows: int, during: bool) -> None:
    before = desk.read(_indexes)

    def insert(session: Any) -> bool:
        with indexes_afterwards(session, TABLES, rows):
            return _indexes(session) == before

    assert desk.write(insert).value is during
    assert desk.read(_indexes) == before


def test_indexes_of_a_longer_table_stay_and_an_error_brings_all_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.write(lambda session: fill_registry(session, 500))
    before = desk.read(_indexes)

    def fail(session: Any) -> None:
        with indexes_afterwards(session, TABLES, 6_000):
            assert len(_indexes(session)) < len(before)
            raise LookupError

    with pytest.raises(LookupError):
        desk.write(fail)
    assert desk.read(_indexes) == before
    monkeypatch.setattr(bulk, "_MANY_ROWS", 100)
    desk.write(lambda session: _unchanged(session, before))


def _unchanged(session: Any, before: set[tuple[str, str]]) -> None:
    with indexes_afterwards(session, TABLES, 499):
        assert _indexes(session) == before


def test_postings_begin_where_the_data_say_so(desk: Desk) -> None:
    desk.write(lambda session: fill_registry(session, 500))
    rows = desk.read(
        lambda session: session.execute(
            select(
                Employee.post_from,
                Posting.held_from,
                Posting.post_name,
                Employee.post_name,
                Posting.unit_id,
                Employee.unit_id,
            ).join(Posting, Posting.employee_id == Employee.id)
        ).all()
    )
    assert len(rows) == 500
    for begins, held, *pairs in rows:
        assert held == begins or (begins is None and held <= date(2024, 9, 9))
        assert pairs[0] == pairs[1]
        assert pairs[2] == pairs[3]

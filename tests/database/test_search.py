"""Search finds parts of names and numbers, and whatever is typed is only ever a text."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from asn_desk.database.search import folded, matches
from asn_desk.desk import Desk
from asn_desk.employees.model import EmployeeSearch
from tests.factories import add_employee

NAMES = {
    1: ("Siti Nurhaliza Rahmawati", "198001012005011001"),
    2: ("André Müller-Wijaya", "198202022006021002"),
    3: ("H. M. Yusuf O'Reilly 100%", "198303032007031003"),
    4: ('Bo_Ba "Kutip" (Ahli)', "198404042008041004"),
}


@pytest.fixture
def office(desk: Desk) -> Desk:
    def work(session: Session) -> None:
        for name, nip in NAMES.values():
            add_employee(session, name=name, nip=nip, post_name="Analis")

    desk.write(work)
    return desk


def found(desk: Desk, query: str) -> list[int]:
    def look(session: Session) -> list[int]:
        condition = matches(session, EmployeeSearch.employee_id, EmployeeSearch.content, query)
        assert condition is not None
        ids = select(EmployeeSearch.employee_id).where(condition).order_by(EmployeeSearch.employee_id)
        return list(session.scalars(ids))

    return desk.read(look)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("rahma", [1]),
        ("NURHALIZA siti", [1]),
        ("siti yusuf", []),
        ("andre", [2]),
        ("ANDRÉ muller", [2]),
        ("mu", [2]),
        ("m", [1, 2, 3]),
        ("20060210", [2]),
        ("1984", [4]),
        ("analis", [1, 2, 3, 4]),
        ("o'reilly", [3]),
        ("100%", [3]),
        ("0%", [3]),
        ("%", [3]),
        ("bo_ba", [4]),
        ("o_", [4]),
        ('"kutip"', [4]),
        ("(ahli)", [4]),
        ("siti OR yusuf", []),
        ("siti AND nurhaliza", []),
        ("NOT yusuf", []),
        ("rahma*", []),
        ("content:siti", []),
        ("NEAR(siti nurhaliza)", []),
        ("'; DROP TABLE employees; --", []),
    ],
)
def test_parts_of_words_are_found_whatever_the_case_accents_or_signs(office: Desk, query: str, ids: list[int]) -> None:
    assert found(office, query) == ids


@pytest.mark.parametrize("query", ["", "   ", "\t\n", "\u0301"])
def test_an_empty_query_is_no_condition(office: Desk, query: str) -> None:
    assert office.read(lambda s: matches(s, EmployeeSearch.employee_id, EmployeeSearch.content, query)) is None


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30) | st.text("\"'*^:()-+{}%_\\ANDORTe\x00 ", max_size=20))
def test_no_typed_text_whatever_breaks_the_search_or_the_data(office: Desk, query: str) -> None:
    def look(session: Session) -> list[int]:
        condition = matches(session, EmployeeSearch.employee_id, EmployeeSearch.content, query)
        ids = select(EmployeeSearch.employee_id)
        return list(session.scalars(ids if condition is None else ids.where(condition)))

    assert set(office.read(look)) <= set(NAMES)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(NAMES)), st.data())
def test_every_part_of_a_stored_text_finds_its_person(office: Desk, key: int, data: st.DataObject) -> None:
    content = folded(" ".join(NAMES[key]))
    start = data.draw(st.integers(0, len(content) - 1))
    part = content[start : data.draw(st.integers(start + 1, len(content)))]
    if part.strip():
        assert key in found(office, part)


def test_the_index_follows_changes_and_deletions(office: Desk) -> None:
    def change(session: Session) -> None:
        where = EmployeeSearch.employee_id
        session.execute(update(EmployeeSearch).where(where == 1).values(content="dewi lestari"))
        session.execute(delete(EmployeeSearch).where(where == 3))

    office.write(change)
    assert (found(office, "rahma"), found(office, "lestari"), found(office, "yusuf")) == ([], [1], [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [("  Siti   NUR\t", "siti nur"), ("Müller É ñ", "muller e n"), ("İstanbul", "istanbul"), ("ﬁ ½", "fi 1⁄2")],
)
def test_texts_are_folded_alike_in_store_and_query(text: str, expected: str) -> None:
    assert folded(text) == expected

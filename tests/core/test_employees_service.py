"""Entering and correcting one person by hand, with the same checks as an import."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from asn_desk.desk import Desk
from asn_desk.employees import queries, service
from asn_desk.employees.queries import EmployeeDetail
from asn_desk.employees.service import SavedPerson, SavePerson, SetState
from asn_desk.employees.terms import EmployeeKind, EmploymentState, PostClass, Sex
from asn_desk.errors import DeskError, StaleRecord
from tests.factories import add_unit

NIP = "198001012005012001"
PERSON = SavePerson(
    name="SITI RAHMAWATI", kind=EmployeeKind.PNS, nip="19800101 200501 2 001", birth_date=date(1980, 1, 1), sex=Sex.FEMALE,
    grade="iii/C", post_name="Arsiparis Ahli Muda", post_class=PostClass.JF_AHLI_MUDA, post_from=date(2020, 1, 1), unit_id=1,
)  # fmt: skip


@pytest.fixture
def office(desk: Desk) -> Desk:
    def fill(session: Any) -> None:
        add_unit(session, "Dinas Contoh")
        add_unit(session, "Badan Contoh")

    desk.write(fill)
    return desk


def _save(desk: Desk, command: SavePerson) -> SavedPerson:
    return desk.write(lambda session: service.save_person(session, command)).value


def _detail(desk: Desk, employee_id: int = 1) -> EmployeeDetail:
    return desk.read(lambda session: queries.employee_detail(session, employee_id))


def test_a_new_person_is_found_and_holds_the_post(office: Desk) -> None:
    saved = _save(office, PERSON)
    detail = _detail(office, saved.id)
    assert (detail.nip, detail.grade, detail.opd) == (NIP, "III/c", "Dinas Contoh")
    assert [(row.post, row.held_from, row.source) for row in detail.postings] == [
        ("Arsiparis Ahli Muda", date(2020, 1, 1), "isian")
    ]
    assert [row.id for row in office.read(lambda session: queries.search(session, "rahmawati dinas"))] == [saved.id]


def test_a_correction_of_the_name_keeps_the_posting(office: Desk) -> None:
    _save(office, PERSON)
    _save(office, replace(PERSON, name="SITI RAHMAWATY", employee_id=1, version=1))
    detail = _detail(office)
    assert (detail.name, detail.version, len(detail.postings)) == ("SITI RAHMAWATY", 2, 1)
    assert office.read(lambda session: queries.search(session, "rahmawaty"))


def test_a_transfer_closes_the_old_posting(office: Desk) -> None:
    _save(office, PERSON)
    _save(office, replace(PERSON, unit_id=2, post_from=date(2024, 1, 1), employee_id=1, version=1))
    assert [(row.unit, row.held_from, row.held_until) for row in _detail(office).postings] == [
        ("Badan Contoh", date(2024, 1, 1), None),
        ("Dinas Contoh", date(2020, 1, 1), date(2024, 1, 1)),
    ]


def test_another_class_of_the_same_post_corrects_the_posting(office: Desk) -> None:
    _save(office, PERSON)
    _save(office, replace(PERSON, post_class=PostClass.JF_AHLI_MADYA, employee_id=1, version=1))
    assert [row.post_class for row in _detail(office).postings] == [PostClass.JF_AHLI_MADYA]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "A" * 201}, "name"),
        ({"nip": "123"}, "nip"),
        ({"nip": "1,98E+17"}, "nip"),
        ({"grade": "III/z"}, "grade"),
        ({"unit_id": 99}, "unit_id"),
        ({"kind": EmployeeKind.NON_ASN, "nip": ""}, "local_number"),
        ({"title_back": "x" * 121}, "title_back"),
    ],
)
def test_each_wrong_field_gets_its_sentence(office: Desk, change: dict[str, Any], field: str) -> None:
    with pytest.raises(DeskError) as refusal:
        _save(office, replace(PERSON, **change))
    assert list(refusal.value.fields) == [field]
    assert office.read(lambda session: queries.search(session, "siti")) == []


def test_a_number_belongs_to_one_person(office: Desk) -> None:
    _save(office, PERSON)
    with pytest.raises(DeskError) as refusal:
        _save(office, replace(PERSON, name="LAIN"))
    assert refusal.value.fields == {"nip": "NIP ini sudah tercatat untuk pegawai lain."}
    local = replace(PERSON, kind=EmployeeKind.NON_ASN, nip="", local_number="77")
    _save(office, local)
    with pytest.raises(DeskError) as refusal:
        _save(office, local)
    assert list(refusal.value.fields) == ["local_number"]


def test_a_deviating_birth_date_is_stored_with_a_warning(office: Desk) -> None:
    saved = _save(office, replace(PERSON, birth_date=date(1980, 1, 2)))
    assert len(saved.warnings) == 1
    assert _detail(office).birth_date == date(1980, 1, 2)


def test_a_stale_form_changes_nothing(office: Desk) -> None:
    _save(office, PERSON)
    _save(office, replace(PERSON, name="BARU", employee_id=1, version=1))
    with pytest.raises(StaleRecord):
        _save(office, replace(PERSON, name="LAMA", employee_id=1, version=1))
    with pytest.raises(StaleRecord):
        office.write(lambda session: service.set_state(session, SetState(1, EmploymentState.ENDED, 1)))
    assert _detail(office).name == "BARU"


def test_the_state_is_set_by_hand(office: Desk) -> None:
    _save(office, PERSON)
    office.write(lambda session: service.set_state(session, SetState(1, EmploymentState.ENDED, 1)))
    assert _detail(office).state is EmploymentState.ENDED

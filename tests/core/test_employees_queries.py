"""Finding people: lists, pickers, one person's page, the person of a letter's day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from asn_desk.desk import Desk
from asn_desk.employees import queries
from asn_desk.employees.queries import EmployeeFilter, Sort
from asn_desk.employees.terms import EmployeeKind, EmploymentState
from asn_desk.errors import DeskError
from asn_desk.office import units
from asn_desk.office.model import Unit
from tests.factories import add_employee, add_unit

PEOPLE: tuple[dict[str, Any], ...] = (
    {
        "nip": "198001012005012001",
        "name": "SITI NURHALIZA RAHMAWATI",
        "title_back": "S.E.",
        "grade": "III/c",
        "post_name": "Arsiparis",
    },
    {
        "nip": "197505052000031002",
        "name": "Muhammad Ma'ruf",
        "title_front": "Drs.",
        "grade": "IV/a",
        "post_name": "Camat Contoh",
    },
    {
        "nip": "199001012021212001",
        "name": "ADI",
        "grade": "IX",
        "kind": EmployeeKind.PPPK,
        "post_name": "AHLI PERTAMA - GURU KELAS",
    },
    {
        "nip": "198505052010011003",
        "name": "BUDI RAHMAN",
        "grade": "II/d",
        "state": EmploymentState.CHECK,
        "post_name": "Pengemudi",
    },
)


@pytest.fixture
def office(desk: Desk) -> Desk:
    def fill(session: Any) -> None:
        dinas, badan = add_unit(session, "Dinas Contoh"), add_unit(session, "Badan Contoh")
        for index, values in enumerate(PEOPLE):
            add_employee(session, unit=(dinas, badan)[index % 2], **values)

    desk.write(fill)
    return desk


def _names(desk: Desk, wanted: EmployeeFilter) -> list[str]:
    def read(session: Any) -> list[str]:
        return [row.name for row in queries.employee_rows(session, queries.employee_ids(session, wanted))]

    return desk.read(read)


SITI, MARUF, ADI, BUDI = "Siti Nurhaliza Rahmawati, S.E.", "Drs. Muhammad Ma'ruf", "Adi", "Budi Rahman"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [ADI, BUDI, MARUF, SITI]),
        ("rahma", [BUDI, SITI]),
        ("RAHMAWATI siti", [SITI]),
        ("ma'ruf", [MARUF]),
        ("19800101 200501 2 001", [SITI]),
        ("198001012005012001", [SITI]),
        ("2001", [ADI, SITI]),
        ("19800101 2005", [SITI]),
        ("camat", [MARUF]),
        ("guru kelas", [ADI]),
        ("s", [SITI]),
        ("mu", [MARUF]),
        ("zzz", []),
        ('"; DROP', []),
        ("%", []),
    ],
)
def test_search_looks_in_name_number_and_post(office: Desk, text: str, expected: list[str]) -> None:
    assert _names(office, EmployeeFilter(text=text)) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (EmployeeFilter(kind=EmployeeKind.PPPK), [ADI]),
        (EmployeeFilter(state=EmploymentState.CHECK), [BUDI]),
        (EmployeeFilter(grade="IV/a"), [MARUF]),
        (EmployeeFilter(opd_id=1), [ADI, SITI]),
        (EmployeeFilter(unit_ids=(2,)), [BUDI, MARUF]),
        (EmployeeFilter(without_opd=True), []),
        (EmployeeFilter(text="rahma", state=EmploymentState.ACTIVE), [SITI]),
        (EmployeeFilter(descending=True), [SITI, MARUF, BUDI, ADI]),
        (EmployeeFilter(sort=Sort.GRADE), [ADI, BUDI, SITI, MARUF]),
        (EmployeeFilter(sort=Sort.NIP), [MARUF, SITI, BUDI, ADI]),
        (EmployeeFilter(sort=Sort.UNIT), [BUDI, MARUF, ADI, SITI]),
        (EmployeeFilter(sort=Sort.OPD, descending=True), [SITI, ADI, MARUF, BUDI]),
        (EmployeeFilter(sort=Sort.POST), [ADI, SITI, MARUF, BUDI]),
        (EmployeeFilter(sort=Sort.KIND), [BUDI, MARUF, SITI, ADI]),
        (EmployeeFilter(sort=Sort.STATE), [ADI, MARUF, SITI, BUDI]),
    ],
)
def test_filters_and_sorting_combine(office: Desk, wanted: EmployeeFilter, expected: list[str]) -> None:
    assert _names(office, wanted) == expected


def test_rows_come_in_the_order_of_their_ids_and_gone_ones_are_left_out(office: Desk) -> None:
    rows = office.read(lambda session: queries.employee_rows(session, [3, 99, 1]))
    assert [(row.id, row.unit, row.opd) for row in rows] == [
        (3, "Dinas Contoh", "Dinas Contoh"),
        (1, "Dinas Contoh", "Dinas Contoh"),
    ]


def test_the_picker_ranks_the_exact_number_then_beginnings_then_the_rest(office: Desk) -> None:
    office.write(lambda session: add_employee(session, nip="196501011990031009", name="RAHMAN HAKIM"))
    assert [row.name for row in office.read(lambda session: queries.search(session, "rahma"))] == [
        "Rahman Hakim",
        BUDI,
        SITI,
    ]
    assert [row.name for row in office.read(lambda session: queries.search(session, "19800101 200501 2 001"))] == [SITI]
    assert [row.name for row in office.read(lambda session: queries.search(session, "rahma", limit=1))] == [
        "Rahman Hakim"
    ]
    assert office.read(lambda session: queries.search(session, "  ")) == []


def test_a_number_finds_its_person_in_any_grouping(office: Desk) -> None:
    found = office.read(lambda session: queries.find_by_nip(session, "'19800101 200501 2 001"))
    assert found is not None
    assert found.name == SITI
    assert office.read(lambda session: queries.find_by_nip(session, "1")) is None


def test_the_detail_has_what_a_correction_needs(office: Desk) -> None:
    detail = office.read(lambda session: queries.employee_detail(session, 1))
    assert (detail.version, detail.name, detail.unit_path) == (1, "SITI NURHALIZA RAHMAWATI", ("Dinas Contoh",))
    assert (detail.rank, detail.opd_id, len(detail.postings)) == ("Penata", 1, 1)


def test_a_person_who_is_gone_is_said_plainly(office: Desk) -> None:
    for read in (
        lambda session: queries.employee_detail(session, 99),
        lambda session: queries.person_on(session, 99, date(2024, 9, 9)),
    ):
        with pytest.raises(DeskError) as missing:
            office.read(read)
        assert missing.value.code == "employee_missing"


def test_the_person_of_a_day_is_ready_for_a_letter(office: Desk) -> None:
    on = office.read(lambda session: queries.person_on(session, 2, date(2024, 9, 9)))
    assert (on.name, on.number, on.rank_line) == (MARUF, "197505052000031002", "Pembina (IV/a)")
    assert (on.post, on.unit, on.opd, on.certain) == ("Camat Contoh", "Badan Contoh", "Badan Contoh", True)


def test_counts_say_how_many_serve_and_what_wants_attention(office: Desk) -> None:
    office.write(lambda session: add_employee(session, nip="196501011990031009", name="TANPA UNIT"))
    counts = office.read(queries.counts)
    assert (counts.active, counts.to_check, counts.ended, counts.without_opd) == (4, 1, 0, 1)
    assert counts.by_kind == {EmployeeKind.PNS: 3, EmployeeKind.PPPK: 1}


def test_choices_for_filters(office: Desk) -> None:
    assert office.read(queries.opd_choices) == [(2, "Badan Contoh"), (1, "Dinas Contoh")]
    assert office.read(queries.grade_choices) == ["IX", "II/d", "III/c", "IV/a"]


def test_a_closed_opd_is_offered_as_long_as_somebody_stands_there_and_says_that_it_is_closed(office: Desk) -> None:
    def close(session: Any, unit_id: int) -> None:
        unit = session.get(Unit, unit_id)
        assert unit is not None
        unit.active = False

    office.write(lambda session: add_unit(session, "Kantor Lama"))
    assert (3, "Kantor Lama") in office.read(queries.opd_choices)
    for unit_id in (2, 3):
        office.write(lambda session, unit_id=unit_id: close(session, unit_id))
    assert office.read(queries.opd_choices) == [(2, "Badan Contoh (ditutup)"), (1, "Dinas Contoh")]
    assert (3, "Kantor Lama") in office.read(units.opd_choices)

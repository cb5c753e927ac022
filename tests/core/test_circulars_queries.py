"""What the screens ask: circulars, progress per OPD, the people table, the lookup of Pindai."""

from __future__ import annotations

from datetime import date

import pytest

from asn_desk.circulars import queries, service
from asn_desk.circulars.queries import CircularFilter
from asn_desk.circulars.recipients import RecipientFilter, RecipientOrder
from asn_desk.circulars.rules import AckStatus, Audience, EmployeeKind, Tally
from asn_desk.desk import Desk
from asn_desk.errors import DeskError
from tests.core.circulars_office import SUBJECT, a_letter, an_office, people_of, person, published


def scan(desk: Desk, version_id: int, name: str) -> None:
    code = person(desk, version_id, name).code
    desk.write(lambda session: service.acknowledge_code(session, code))


def test_progress_lists_the_opd_furthest_behind_first_and_adds_up(practice_desk: Desk) -> None:
    made = published(practice_desk)
    scan(practice_desk, made.version_id, "Siti")
    progress = practice_desk.read(lambda s: queries.progress_by_unit(s, made.version_id))
    assert [(unit.name, unit.tally) for unit in progress] == [
        ("Dinas Pendidikan", Tally(1, 0)),
        ("Dinas Kesehatan", Tally(3, 1)),
    ]


def test_people_without_a_unit_are_counted_under_their_own_heading(practice_desk: Desk) -> None:
    from tests.factories import add_employee

    practice_desk.write(lambda s: add_employee(s, nip="197501012000011009", name="Tanpa Unit").id)
    made = published(practice_desk)
    progress = practice_desk.read(lambda s: queries.progress_by_unit(s, made.version_id))
    assert (None, queries.NO_UNIT) in {(unit.opd_id, unit.name) for unit in progress}
    assert person(practice_desk, made.version_id, "Tanpa Unit").unit == queries.NO_UNIT


def test_a_circular_row_carries_number_dates_and_progress(practice_desk: Desk) -> None:
    made = published(practice_desk)
    scan(practice_desk, made.version_id, "Siti")
    row = practice_desk.read(lambda s: queries.circular_detail(s, made.circular_id))
    assert (row.subject, row.number, row.dated) == (SUBJECT, "800.1.6/10/BKPSDM/2024", date(2024, 9, 5))
    assert (row.published_on, row.published_by) == (date(2024, 9, 9), "Ratna Wulandari")
    assert (row.due_on, row.closed_on, row.overdue) == (date(2024, 9, 20), None, False)
    assert row.tally == Tally(4, 1)
    assert practice_desk.read(lambda s: queries.version_detail(s, made.version_id)) == row


@pytest.mark.parametrize("read", [queries.circular_detail, queries.version_detail])
def test_an_unknown_circular_is_told_in_words(practice_desk: Desk, read: object) -> None:
    with pytest.raises(DeskError) as caught:
        practice_desk.read(lambda s: read(s, 99))  # type: ignore[operator]
    assert caught.value.code == "circular_unknown"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (CircularFilter(), 1),
        (CircularFilter(text="netralitas PILKADA"), 1),
        (CircularFilter(text="bkpsdm/2024"), 1),
        (CircularFilter(text="cuti"), 0),
        (CircularFilter(text="100%_'"), 0),
        (CircularFilter(running_only=True), 0),
    ],
)
def test_circulars_are_found_by_words_number_and_state(practice_desk: Desk, wanted: CircularFilter, found: int) -> None:
    made = published(practice_desk)
    practice_desk.write(lambda s: service.close(s, made.circular_id, 1))
    assert len(practice_desk.read(lambda s: queries.circular_ids(s, wanted))) == found


def test_beranda_shows_running_circulars_with_the_nearest_due_date_first(practice_desk: Desk) -> None:
    first = published(practice_desk)

    def second(session: object, due: date | None, number: str) -> int:
        letter = a_letter(session, number)  # type: ignore[arg-type]
        command = service.PublishCircular("Cuti bersama", letter_id=letter, due_on=due)
        return service.publish(session, command).circular_id  # type: ignore[arg-type]

    undated = practice_desk.write(lambda s: second(s, None, "11")).value
    sooner = practice_desk.write(lambda s: second(s, date(2024, 9, 12), "12")).value
    rows = practice_desk.read(queries.running)
    assert [row.id for row in rows] == [sooner, first.circular_id, undated]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({}, ["Yusuf", "Hj. Endang", "Siti", "Robertus"]),
        ({"order": RecipientOrder.NAME}, ["Hj. Endang", "Robertus", "Siti", "Yusuf"]),
        ({"order": RecipientOrder.NAME, "descending": True}, ["Yusuf", "Siti", "Robertus", "Hj. Endang"]),
        ({"order": RecipientOrder.STATUS}, ["Siti", "Hj. Endang", "Robertus", "Yusuf"]),
        ({"order": RecipientOrder.DAY, "descending": True}, ["Siti", "Yusuf", "Robertus", "Hj. Endang"]),
        ({"statuses": (AckStatus.WAITING,)}, ["Yusuf", "Hj. Endang", "Robertus"]),
        ({"text": "rsud"}, []),
        ({"text": "endang 19820202"}, ["Hj. Endang"]),
        ({"text": "19820202 200602 1 002"}, ["Hj. Endang"]),
        ({"text": "zz"}, []),
    ],
)
def test_the_people_table_filters_searches_and_sorts(
    practice_desk: Desk, wanted: dict[str, object], names: list[str]
) -> None:
    made = published(practice_desk)
    scan(practice_desk, made.version_id, "Siti")
    rows = people_of(practice_desk, made.version_id, **wanted)
    assert [row.name for row in rows] == [next(row.name for row in rows if row.name.startswith(name)) for name in names]
    assert len(rows) == len(names)


def test_the_people_table_narrows_to_opds_units_and_single_people(practice_desk: Desk) -> None:
    made = published(practice_desk)
    siti = person(practice_desk, made.version_id, "Siti")
    assert siti.opd_id is not None
    assert siti.unit_id is not None
    by_opd = people_of(practice_desk, made.version_id, opd_ids=(siti.opd_id,))
    by_unit = people_of(practice_desk, made.version_id, unit_ids=(siti.unit_id,))
    alone = people_of(practice_desk, made.version_id, recipient_ids=(siti.id,))
    assert (len(by_opd), len(by_unit), [row.id for row in alone]) == (3, 2, [siti.id])


def test_rows_come_in_the_asked_order_without_those_that_are_gone(practice_desk: Desk) -> None:
    made = published(practice_desk)
    ids = practice_desk.read(lambda s: queries.recipient_ids(s, RecipientFilter(made.version_id)))
    asked = [ids[2], 999, ids[0]]
    rows = practice_desk.read(lambda s: queries.recipient_rows(s, asked))
    assert [row.id for row in rows] == [ids[2], ids[0]]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("siti", ["Siti Nurhaliza Rahmawati, A.Md.Kep."]),
        ("198001012005011001", ["Siti Nurhaliza Rahmawati, A.Md.Kep."]),
        ("19800101 200501 1 001", ["Siti Nurhaliza Rahmawati, A.Md.Kep."]),
        ("naban-017", []),
        ("", []),
        ('"; DROP', []),
    ],
)
def test_pindai_finds_people_by_name_or_number(practice_desk: Desk, typed: str, names: list[str]) -> None:
    published(practice_desk)
    assert [row.name for row in practice_desk.read(lambda s: queries.lookup(s, typed))] == names


def test_pindai_offers_people_without_a_mark_first_and_nobody_of_a_closed_circular(practice_desk: Desk) -> None:
    made = published(practice_desk, Audience(kinds=tuple(EmployeeKind)))
    scan(practice_desk, made.version_id, "Endang")
    found = practice_desk.read(lambda s: queries.lookup(s, "analis"))
    assert [row.name for row in found][-1] == "Hj. Endang Sulistyaningsih"
    assert practice_desk.read(lambda s: queries.lookup(s, "analis", version_id=made.version_id)) == found
    assert practice_desk.read(lambda s: queries.lookup(s, "analis", version_id=99)) == []
    practice_desk.write(lambda s: service.close(s, made.circular_id, 1))
    assert practice_desk.read(lambda s: queries.lookup(s, "analis")) == []


def test_marks_are_listed_newest_first_and_can_be_limited_to_a_version(practice_desk: Desk) -> None:
    made = published(practice_desk)
    scan(practice_desk, made.version_id, "Siti")
    scan(practice_desk, made.version_id, "Yusuf")
    marks = practice_desk.read(lambda s: queries.recent_marks(s, version_id=made.version_id, limit=5))
    assert [mark.person for mark in marks] == ["Yusuf", "Siti Nurhaliza Rahmawati, A.Md.Kep."]
    assert marks[0].opd == "Dinas Kesehatan"
    assert practice_desk.read(lambda s: queries.recent_marks(s, version_id=99)) == []


def test_one_persons_circulars_are_listed(practice_desk: Desk) -> None:
    made = published(practice_desk)
    siti = person(practice_desk, made.version_id, "Siti")
    assert practice_desk.read(lambda s: queries.of_employee(s, siti.employee_id)) == [siti]


def test_the_lookup_keeps_to_one_version_when_asked(practice_desk: Desk) -> None:
    made = published(practice_desk)
    here = practice_desk.read(lambda s: queries.lookup(s, "analis", version_id=made.version_id))
    elsewhere = practice_desk.read(lambda s: queries.lookup(s, "analis", version_id=made.version_id + 1))
    assert (len(here), elsewhere) == (4, [])


def test_every_version_of_a_circular_is_listed_with_its_own_progress(practice_desk: Desk) -> None:
    made = published(practice_desk)
    scan(practice_desk, made.version_id, "Siti")
    (only,) = practice_desk.read(lambda s: queries.versions(s, made.circular_id))
    assert (only.version_id, only.ordinal, only.tally) == (made.version_id, 1, Tally(4, 1))


def sizes(desk: Desk, audience: Audience) -> list[tuple[str, int]]:
    found = desk.read(lambda session: queries.audience_units(session, audience))
    return [(unit.name, unit.people) for unit in found]


def test_the_units_to_choose_from_come_with_their_people_whatever_was_chosen_before(practice_desk: Desk) -> None:
    published(practice_desk)
    assert sizes(practice_desk, Audience(opd_ids=(), unit_ids=(99,))) == [
        ("Dinas Kesehatan", 1), ("Dinas Pendidikan", 1), ("RSUD Kota Contoh", 2),
    ]  # fmt: skip
    everybody = Audience(kinds=tuple(EmployeeKind))
    assert sum(people for _name, people in sizes(practice_desk, everybody)) == 5


def test_whole_opds_and_single_units_are_reached_together(practice_desk: Desk) -> None:
    office = practice_desk.write(an_office).value

    def reached(**chosen: tuple[int, ...]) -> tuple[int, int]:
        size = practice_desk.read(lambda session: queries.audience_size(session, Audience(**chosen)))  # type: ignore[arg-type]
        return size.people, size.opds

    assert reached(opd_ids=(office.schools,), unit_ids=(office.hospital,)) == (3, 2)
    assert reached(opd_ids=(office.health,), unit_ids=(office.hospital,)) == (3, 1)
    assert reached(unit_ids=(office.health,)) == (1, 1)
    assert reached(opd_ids=(), unit_ids=()) == (0, 0)


def test_a_mark_names_the_version_it_belongs_to(practice_desk: Desk) -> None:
    made = published(practice_desk)
    code = person(practice_desk, made.version_id, "Siti").code
    mark = practice_desk.write(lambda session: service.acknowledge_code(session, code)).value
    assert mark.version_id == made.version_id


def test_the_versions_of_a_circular_carry_their_own_progress(practice_desk: Desk) -> None:
    made = published(practice_desk)
    scan(practice_desk, made.version_id, "Siti")
    (row,) = practice_desk.read(lambda s: queries.versions(s, made.circular_id))
    assert (row.version_id, row.ordinal, row.tally) == (made.version_id, 1, Tally(4, 1))
    assert practice_desk.read(lambda s: queries.versions(s, 99)) == []

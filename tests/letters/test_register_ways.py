"""The register's other ways: reserved blocks, inserted numbers, outside letters, numbers by hand; nothing twice, no silent gap."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from asn_desk.desk import Desk
from asn_desk.errors import DeskError, StaleRecord
from asn_desk.letters import queries, service
from asn_desk.letters.contents.kinds import RESIGNATION, RESIGNATION_RECEIPT
from asn_desk.letters.model import NumberSeries
from asn_desk.letters.numbers.numbering import SaveSeries, insert_mark, save_series, take
from asn_desk.letters.numbers.register import (
    FillNumber,
    NumberRequest,
    NumberWish,
    RecordOutside,
    Reserve,
    fill_number,
    insert,
    place_of,
    record_outside,
    reserve,
    return_reserved,
    void_unused,
)
from asn_desk.letters.queries import RegisterRow, register_rows
from asn_desk.letters.service import IssueLetter, issue
from asn_desk.letters.terms import InsertStyle, NumberWay, RegisterSource, RegisterStatus
from tests.letters.letter_office import Ids, settle

DAY = date(2024, 9, 9)
RECEIPT = {
    "pencalonan.jabatan": "Wakil Wali Kota Contoh",
    "pencalonan.pemilihan": "Pemilihan Wali Kota dan Wakil Wali Kota Contoh Tahun 2024",
    "diterima.tanggal_surat": date(2024, 9, 6),
}


@pytest.fixture
def ids(practice_desk: Desk) -> Ids:
    """What the invented office has."""
    return practice_desk.write(settle).value


def taken(desk: Desk, day: date = DAY, code: str = "umum") -> str:
    return desk.write(lambda session: take(session, code, day, "Perihal")).value.number


def lines(desk: Desk, code: str = "umum", year: int = 2024) -> list[RegisterRow]:
    return desk.read(lambda session: register_rows(session, year, code))


def letter(person: int, **values: Any) -> IssueLetter:
    return IssueLetter(RESIGNATION_RECEIPT, DAY, person, RECEIPT, **values)


def outside(desk: Desk, number: str, *, day: date = DAY, allow_gap: bool = False) -> str:
    command = RecordOutside("umum", number, day, "Undangan rapat", "Camat", allow_gap=allow_gap)
    return desk.write(lambda session: record_outside(session, command)).value.number


@pytest.mark.usefixtures("ids")
def test_a_reserved_block_is_skipped_by_later_letters_and_shown_with_its_purpose(practice_desk: Desk) -> None:
    block = practice_desk.write(lambda session: reserve(session, Reserve("umum", DAY, 3, "Pelantikan"))).value
    assert [one.number for one in block] == ["1/BKPSDM/2024", "2/BKPSDM/2024", "3/BKPSDM/2024"]
    assert taken(practice_desk) == "4/BKPSDM/2024"
    assert [(row.status, row.subject) for row in lines(practice_desk)][:3] == [
        (RegisterStatus.RESERVED, "Pelantikan")
    ] * 3


def test_a_reserved_number_is_used_by_a_letter_of_the_same_year_once(practice_desk: Desk, ids: Ids) -> None:
    block = practice_desk.write(lambda session: reserve(session, Reserve("umum", DAY, 2, "Pelantikan"))).value
    wish = NumberWish(NumberWay.RESERVED, block[0].entry_id)
    command = letter(ids.person, numbering=wish)
    assert practice_desk.read(lambda session: service.preview(session, command)).number == "800.1.6/1/BKPSDM/2024"
    assert practice_desk.write(lambda session: issue(session, command)).value.number == "800.1.6/1/BKPSDM/2024"
    with pytest.raises(DeskError) as caught:
        practice_desk.write(lambda session: issue(session, command))
    assert caught.value.code == "not_reserved"
    assert [row.status for row in lines(practice_desk)] == [RegisterStatus.USED, RegisterStatus.RESERVED]


def test_reserved_numbers_come_back_as_void_with_the_reason(practice_desk: Desk, ids: Ids) -> None:
    block = practice_desk.write(lambda session: reserve(session, Reserve("umum", DAY, 2, "Pelantikan"))).value
    entries = [one.entry_id for one in block if one.entry_id is not None]
    assert practice_desk.write(lambda session: return_reserved(session, entries, "Pelantikan batal")).value == 2
    assert {(row.status, row.void_reason) for row in lines(practice_desk)} == {
        (RegisterStatus.VOID, "Pelantikan batal")
    }
    assert taken(practice_desk) == "3/BKPSDM/2024"
    assert ids.person


@pytest.mark.parametrize(("count", "purpose", "field"), [(0, "x", "count"), (501, "x", "count"), (1, "  ", "purpose")])
@pytest.mark.usefixtures("ids")
def test_reserving_says_what_is_wrong_beside_the_field(
    practice_desk: Desk, count: int, purpose: str, field: str
) -> None:
    with pytest.raises(DeskError) as caught:
        practice_desk.write(lambda session: reserve(session, Reserve("umum", DAY, count, purpose)))
    assert set(caught.value.fields) == {field}


@pytest.mark.usefixtures("ids")
def test_a_backdated_number_goes_behind_the_last_one_of_its_day_and_moves_nothing(practice_desk: Desk) -> None:
    for day in (date(2024, 9, 2), date(2024, 9, 2), date(2024, 9, 6)):
        taken(practice_desk, day)
    wish = NumberRequest("umum", date(2024, 9, 3), "Terlambat")
    made = [practice_desk.write(lambda session: insert(session, wish)).value.number for _ in range(2)]
    assert made == ["2a/BKPSDM/2024", "2b/BKPSDM/2024"]
    assert [row.order for row in lines(practice_desk)] == ["1", "2", "2a", "2b", "3"]
    assert taken(practice_desk) == "4/BKPSDM/2024"


@pytest.mark.parametrize(("day", "code"), [(date(2024, 9, 9), "insert_needless"), (date(2024, 1, 2), "insert_first")])
@pytest.mark.usefixtures("ids")
def test_a_number_is_not_inserted_where_there_is_no_place_for_it(practice_desk: Desk, day: date, code: str) -> None:
    taken(practice_desk, date(2024, 9, 2))
    taken(practice_desk, date(2024, 9, 6))
    with pytest.raises(DeskError) as caught:
        practice_desk.write(lambda session: insert(session, NumberRequest("umum", day, "Terlambat")))
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("style", "count", "expected"),
    [
        (InsertStyle.LOWER, 1, "a"),
        (InsertStyle.LOWER, 27, "aa"),
        (InsertStyle.UPPER, 2, "B"),
        (InsertStyle.POINT, 3, ".3"),
        (InsertStyle.LOWER, 0, ""),
    ],
)
def test_inserted_numbers_follow_the_offices_style(style: InsertStyle, count: int, expected: str) -> None:
    assert insert_mark(style, count) == expected


@pytest.mark.usefixtures("ids")
def test_an_outside_letter_takes_its_place_and_the_series_counts_on_behind_it(practice_desk: Desk) -> None:
    taken(practice_desk)
    assert outside(practice_desk, " 800/2/BKPSDM/2024 ") == "800/2/BKPSDM/2024"
    assert taken(practice_desk) == "3/BKPSDM/2024"
    second = lines(practice_desk)[1]
    assert (second.sequence, second.source) == (2, RegisterSource.OUTSIDE)


@pytest.mark.usefixtures("ids")
def test_an_outside_number_that_leaves_a_gap_needs_the_clerks_word_and_the_gap_can_be_filled(
    practice_desk: Desk,
) -> None:
    taken(practice_desk)
    with pytest.raises(DeskError, match="Nomor 2 sampai 4 belum tercatat") as caught:
        outside(practice_desk, "800/5/BKPSDM/2024")
    assert caught.value.code == "number_gap"
    outside(practice_desk, "800/5/BKPSDM/2024", allow_gap=True)
    outside(practice_desk, "800/3/BKPSDM/2024")
    practice_desk.write(lambda session: void_unused(session, "umum", 2024, [2, 4], "Salah hitung"))
    assert [(row.sequence, row.status) for row in lines(practice_desk)] == [
        (1, RegisterStatus.USED),
        (2, RegisterStatus.VOID),
        (3, RegisterStatus.USED),
        (4, RegisterStatus.VOID),
        (5, RegisterStatus.USED),
    ]


@pytest.mark.usefixtures("ids")
def test_only_numbers_inside_the_agenda_are_declared_unused(practice_desk: Desk) -> None:
    taken(practice_desk)
    for sequences in ([2], [0]):
        with pytest.raises(DeskError) as caught:
            practice_desk.write(lambda session, wanted=sequences: void_unused(session, "umum", 2024, wanted, "x"))
        assert caught.value.code == "no_gap"


@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize("number", ["1/BKPSDM/2024", "900/1/BKPSDM/2024"])
def test_a_number_in_the_agenda_is_refused_however_its_code_is_written(practice_desk: Desk, number: str) -> None:
    taken(practice_desk)
    with pytest.raises(DeskError) as caught:
        outside(practice_desk, number)
    assert caught.value.code == "number_taken"
    assert "number" in caught.value.fields


@pytest.mark.usefixtures("ids")
def test_an_outside_letter_of_tomorrow_or_without_subject_is_refused(practice_desk: Desk) -> None:
    command = RecordOutside("umum", " ", date(2024, 9, 10), " ")
    with pytest.raises(DeskError) as caught:
        practice_desk.write(lambda session: record_outside(session, command))
    assert set(caught.value.fields) == {"number", "dated", "subject"}


def test_a_letter_issued_without_number_gets_it_once_by_hand(practice_desk: Desk, ids: Ids) -> None:
    command = letter(ids.person, numbering=NumberWish(NumberWay.LATER))
    assert (
        practice_desk.read(lambda session: service.preview(session, command)).number == "800.1.6/......../BKPSDM/2024"
    )
    issued = practice_desk.write(lambda session: issue(session, command)).value
    assert (issued.number, lines(practice_desk)) == ("", [])
    filled = FillNumber(issued.id, "800.1.6/1/BKPSDM/2024", 1)
    practice_desk.write(lambda session: fill_number(session, filled))
    assert practice_desk.read(lambda session: queries.letter_detail(session, issued.id)).number == filled.number
    (row,) = lines(practice_desk)
    assert (row.sequence, row.source, row.letter_id) == (1, RegisterSource.BY_HAND, issued.id)
    with pytest.raises(StaleRecord):
        practice_desk.write(lambda session: fill_number(session, filled))
    with pytest.raises(DeskError) as caught:
        practice_desk.write(lambda session: fill_number(session, FillNumber(issued.id, "x", 2)))
    assert caught.value.code == "number_filled"
    assert taken(practice_desk) == "2/BKPSDM/2024"


def test_letters_that_wait_for_their_number_are_listed(practice_desk: Desk, ids: Ids) -> None:
    waiting = practice_desk.write(
        lambda session: issue(session, letter(ids.person, numbering=NumberWish(NumberWay.LATER)))
    ).value
    practice_desk.write(lambda session: issue(session, letter(ids.person)))
    rows = practice_desk.read(queries.letters_without_number)
    assert [row.id for row in rows] == [waiting.id]


def test_a_duplicate_number_by_hand_is_refused_and_the_letter_keeps_waiting(practice_desk: Desk, ids: Ids) -> None:
    taken(practice_desk)
    issued = practice_desk.write(
        lambda session: issue(session, letter(ids.person, numbering=NumberWish(NumberWay.LATER)))
    ).value
    with pytest.raises(DeskError) as caught:
        practice_desk.write(lambda session: fill_number(session, FillNumber(issued.id, "1/BKPSDM/2024", 1)))
    assert caught.value.code == "number_taken"
    assert [row.id for row in practice_desk.read(queries.letters_without_number)] == [issued.id]


def test_personal_letters_never_wait_for_a_number(practice_desk: Desk, ids: Ids) -> None:
    data = {**RECEIPT, "pencalonan.kode": "WALKOT"}
    data.pop("diterima.tanggal_surat")
    made = practice_desk.write(lambda session: issue(session, IssueLetter(RESIGNATION, DAY, ids.person, data))).value
    with pytest.raises(DeskError) as caught:
        practice_desk.write(lambda session: fill_number(session, FillNumber(made.id, "1/BKPSDM/2024", 1)))
    assert caught.value.code == "number_filled"
    assert practice_desk.read(queries.letters_without_number) == []


PLACES = (
    ("{kode}/{urut}/{unit}/{tahun}", "800.1.6/12/BKD/2024", (12, 0)),
    ("{kode}/{urut}/{unit}/{tahun}", "12/BKD/2024", (12, 0)),
    ("{kode}/{urut}/{unit}/{tahun}", "800/012a/BKD/2024", (12, 1)),
    ("{kode}/{urut}/{unit}/{tahun}", "800/12/BKD/2023", None),
    ("{kode}/{urut}/{unit}/{tahun}", "800/12/LAIN/2024", None),
    ("{urut} TAHUN {tahun}", "7 TAHUN 2024", (7, 0)),
    ("{prefiks}{urut}/{bulan_romawi}/{tahun}", "B/7.2/IX/2024", (7, 2)),
    ("{prefiks}{urut}/{bulan_romawi}/{tahun}", "B/7/XIII/2024", None),
    ("{urut}/{bulan}", "7/13", None),
)


@pytest.mark.parametrize(("pattern", "number", "expected"), PLACES)
def test_the_running_number_is_read_from_a_number_written_by_hand(
    pattern: str, number: str, expected: tuple[int, int] | None
) -> None:
    series = NumberSeries(code="x", title="X", pattern=pattern, unit_code="BKD", prefix="B/", classification="")
    assert place_of(series, number, 2024) == expected


@pytest.mark.usefixtures("ids")
def test_the_style_of_a_series_is_kept_when_saved(practice_desk: Desk) -> None:
    command = SaveSeries("sk", "Keputusan", "{urut}", insert_style=InsertStyle.POINT)
    practice_desk.write(lambda session: save_series(session, command))
    rows = practice_desk.read(lambda session: queries.series_rows(session, DAY))
    assert next(row.insert_style for row in rows if row.code == "sk") is InsertStyle.POINT

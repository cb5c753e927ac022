"""Reading the trail: filters, words without names, values only with the right to the record, export."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from asn_desk.accounts.terms import RIGHTS, Action, Role
from asn_desk.accounts.trail import (
    HIDDEN,
    Change,
    TrailFilter,
    change_words,
    trail_ids,
    trail_rows,
    trail_users,
    trail_xlsx,
)
from asn_desk.accounts.trail_columns import column_words, known
from asn_desk.accounts.trail_words import TABLE_WORDS, happened, record_words, subject_of
from asn_desk.database.base import Base
from asn_desk.database.trail.audit import record
from asn_desk.desk import Desk
from asn_desk.wording import Secrecy, secrecy_words
from tests.factories import add_employee, add_unit

NAME = "Hartati Puspaningrum"


class FixedClock:
    """Stands on one moment."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.astimezone().date()


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """A desk at which two clerks worked on two days."""
    desk.clock = FixedClock(datetime(2024, 9, 9, 12, tzinfo=UTC))
    desk.write(lambda s: add_employee(s, name=NAME, unit=add_unit(s, "Dinas Sosial")) and None)
    desk.actor = "Agus Salim"
    desk.clock = FixedClock(datetime(2024, 9, 10, 12, tzinfo=UTC))
    desk.write(lambda s: record(s, "letters:issued", "letters:7", after={"employee_id": 1, "number": "7/BKPSDM"}))
    desk.write(lambda s: record(s, "letters:issued", "letters:8", after={"number": "8/BKPSDM", "employee_id": 11}))
    desk.write(lambda s: record(s, "declarations:viewed", "declarations:3"))
    return desk


def subjects(desk: Desk, **wanted: Any) -> list[str]:
    def read(session: Any) -> list[str]:
        return [
            row.subject for row in trail_rows(session, trail_ids(session, TrailFilter(**wanted, newest_first=False)))
        ]

    return desk.read(read)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"user": "Agus Salim"}, ["letters:7", "letters:8", "declarations:3"]),
        ({"subject": "letters:7"}, ["letters:7"]),
        ({"subject": "letters"}, ["letters:7", "letters:8"]),
        ({"subject": "letter"}, []),
        ({"action": "viewed"}, ["declarations:3"]),
        ({"employee_id": 1}, ["employees:1", "postings:1", "letters:7"]),
        ({"employee_id": 11}, ["letters:8"]),
        ({"first": date(2024, 9, 10)}, ["letters:7", "letters:8", "declarations:3"]),
        ({"last": date(2024, 9, 8)}, []),
        ({"first": date(2024, 9, 10), "last": date(2024, 9, 10), "subject": "letters:8"}, ["letters:8"]),
        ({"user": "100%"}, []),
    ],
)
def test_entries_are_found_by_person_record_user_and_day(
    filled: Desk, wanted: dict[str, Any], found: list[str]
) -> None:
    assert subjects(filled, **wanted) == found


def test_the_newest_entry_comes_first(filled: Desk) -> None:
    ids = filled.read(lambda s: trail_ids(s, TrailFilter()))
    assert ids == sorted(ids, reverse=True)
    assert filled.read(trail_users) == ["Agus Salim", "Ratna Wulandari"]


def test_an_auditor_sees_what_happened_but_no_name(filled: Desk) -> None:
    filled.rights = frozenset(RIGHTS[Role.AUDITOR])
    rows = filled.read(lambda s: trail_rows(s, trail_ids(s, TrailFilter(newest_first=False))))
    assert NAME not in repr(rows)
    (added,) = [row for row in rows if row.subject == "employees:1"]
    assert added.what == "Pegawai nomor 1 dibuat"
    assert {change.after for change in added.changes} == {HIDDEN}
    (unit,) = [row for row in rows if row.subject == "units:1" and row.action.endswith("created")]
    assert "Dinas Sosial" in {change.after for change in unit.changes}


def test_with_the_right_the_values_are_shown(filled: Desk) -> None:
    filled.rights = frozenset({Action.SEE_TRAIL, Action.SEE_EMPLOYEES})
    rows = filled.read(lambda s: trail_rows(s, trail_ids(s, TrailFilter())))
    assert NAME in repr([row for row in rows if row.subject == "employees:1"])
    assert "BKPSDM" not in repr([row for row in rows if row.subject == "letters:7"])


@pytest.mark.parametrize("read", [lambda s: trail_ids(s, TrailFilter()), lambda s: trail_rows(s, [1]), trail_users])
def test_the_trail_needs_its_right(filled: Desk, read: Any) -> None:
    filled.rights = frozenset(RIGHTS[Role.VERIFIKATOR])
    with pytest.raises(Exception, match="tidak berhak"):
        filled.read(read)


def test_the_export_is_text_states_its_class_and_is_on_the_trail(filled: Desk, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    target = tmp_path / "jejak.xlsx"
    filled.write(lambda s: record(s, "letters:changed", "letters:9", after={"note": "=1+1"}))
    count = filled.write(lambda s: trail_xlsx(s, TrailFilter(newest_first=False), target)).value
    book = load_workbook(target)
    sheet = book["Jejak perubahan"]
    assert sheet.max_row == count + 3
    assert book.properties.category == secrecy_words(Secrecy.CONFIDENTIAL)
    assert "Rahasia" in str(sheet.oddFooter.left.text)
    assert "catatan: =1+1" in [cell.value for cell in sheet["F"]]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert subjects(filled, action="exported") == ["audit_entries:all"]


def test_an_auditors_export_holds_no_name_either(filled: Desk, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    filled.rights = frozenset(RIGHTS[Role.AUDITOR])
    filled.write(lambda s: trail_xlsx(s, TrailFilter(), tmp_path / "jejak.xlsx"))
    sheet = load_workbook(tmp_path / "jejak.xlsx")["Jejak perubahan"]
    assert NAME not in repr([cell.value for cell in sheet["F"]])
    assert f"nama: {HIDDEN}" in repr([cell.value for cell in sheet["F"]])


@pytest.mark.parametrize(
    ("action", "subject", "words"),
    [
        ("declarations:viewed", "declarations:3", "Berkas pencalonan nomor 3 dilihat"),
        ("users:sign_in_failed", "users:0", "Pengguna gagal masuk"),
        (
            "approvals:done_alone", "register_entries:4",
            "Nomor agenda nomor 4 tindakan dua orang dilakukan oleh satu orang",
        ),
        ("new_things:made_up", "new_things:1", "New things nomor 1 made up"),
    ],
)  # fmt: skip
def test_an_entry_reads_as_a_sentence(action: str, subject: str, words: str) -> None:
    assert happened(action, subject) == words


@pytest.mark.parametrize(
    ("typed", "subject"),
    [("Surat 12", "letters:12"), ("surat", "letters"), ("Surat nomor 12", "letters:12"), ("letters:12", "letters:12"), ("", "")],
)  # fmt: skip
def test_a_record_is_found_by_its_words(typed: str, subject: str) -> None:
    assert subject_of(typed) == subject


def test_every_recorded_table_and_column_has_words() -> None:
    audited = [mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__audited__]
    assert {table.__tablename__ for table in audited} - set(TABLE_WORDS) == set()
    columns = {name.key for table in audited for name in table.__mapper__.column_attrs}
    hidden = {name for table in audited for name in table.__audit_hidden__}
    assert sorted(column for column in columns - hidden if not known(column)) == []


@pytest.mark.parametrize(
    ("column", "words"),
    [("received_on", "tanggal diterima"), ("employee_id", "nomor pegawai"), ("odd_thing", "odd thing")],
)
def test_columns_read_in_the_offices_words(column: str, words: str) -> None:
    assert column_words(column) == words


def test_a_change_reads_in_one_line() -> None:
    assert change_words(Change("name", "Siti", "Sinta")) == "nama: Siti → Sinta"
    assert change_words(Change("name", "Siti", "")) == "nama: Siti (dikosongkan)"
    assert record_words("register_entries:12") == "Nomor agenda nomor 12"

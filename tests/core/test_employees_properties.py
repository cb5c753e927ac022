"""No content of a cell makes the import crash, or accept a number that differs from the cell."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from asn_desk.desk import Desk
from asn_desk.employees import importing
from asn_desk.employees.importing import Known, KnownPerson, NewUnit, Person
from asn_desk.employees.imports.plans import KnownUnit
from asn_desk.employees.nip import digits_of
from asn_desk.employees.reading.columns import Column, Field, Mapping
from asn_desk.employees.reading.sheets import RawSheet, Row, Sheet, SkippedSheet, Ticker, Workbook, read_sheet
from tests.core.registry_tables import registry_tables

TODAY = date(2024, 9, 9)
FIELDS = tuple(Field)
_nips = st.builds(
    lambda year, month, code, sex, serial: f"{year}{month:02d}01{year + 25}{code:02d}{sex}{serial:03d}",
    st.integers(1960, 1999), st.integers(0, 14), st.integers(0, 30), st.integers(0, 3), st.integers(0, 20),
)  # fmt: skip
_texts = st.one_of(
    st.text(max_size=30), st.sampled_from(["", "NIP", "Jumlah", "III/c", "P", "Aktif", "01-02-1980", "BUDI", "Dinas A"])
)
_cells = st.one_of(
    _texts,
    _nips,
    st.floats(),
    st.integers(-(10**20), 10**20),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


def _book(rows: list[tuple[Any, ...]]) -> Workbook:
    mapping = Mapping({key: index for index, key in enumerate(FIELDS)})
    columns = tuple(Column(index, key) for index, key in enumerate(FIELDS))
    data = tuple(Row(number, cells) for number, cells in enumerate(rows, 2))
    return Workbook("a.xlsx", "0" * 64, (Sheet("a.xlsx", "Data", 1, columns, mapping, data),))


def _row(nip: Any, name: Any, others: list[Any]) -> tuple[Any, ...]:
    cells = dict(zip(FIELDS, others, strict=True)) | {Field.NIP: nip, Field.NAME: name}
    return tuple(cells[key] for key in FIELDS)


_rows = st.builds(_row, st.one_of(_nips, _cells), _cells, st.lists(_cells, min_size=len(FIELDS), max_size=len(FIELDS)))


@given(st.lists(_rows, max_size=6))
@settings(max_examples=120, deadline=None)
def test_every_row_is_planned_or_refused_and_no_number_is_invented(rows: list[tuple[Any, ...]]) -> None:
    plan = importing.plan([_book(rows)], Known(), TODAY, full=True)
    cells = [row[FIELDS.index(Field.NIP)] for row in rows]
    written = {digits_of(cell) for cell in cells if isinstance(cell, str)}
    assert {entry.person.nip for entry in plan.new if entry.person.nip} <= written
    assert len(plan.new) + len(plan.refused) == len(rows)
    assert all(entry.reason and entry.code for entry in plan.refused)


@given(st.lists(st.tuples(_nips, st.sampled_from(["BUDI", "SITI", "Dr. A, S.E."]), _texts, _texts), max_size=8))
@settings(max_examples=60, deadline=None)
def test_a_plan_that_was_applied_has_nothing_left_to_do(rows: list[tuple[str, ...]]) -> None:
    blank = [""] * len(FIELDS)
    book = _book([_row(nip, name, [*blank[:-3], post, unit, ""]) for nip, name, post, unit in rows])
    first = importing.plan([book], Known(), TODAY)
    again = importing.plan([book], _as_known(first), TODAY, full=True)
    assert again.nothing_to_do
    assert again.same == len(first.new)


_ids = st.sampled_from(["U-1", "u-1", "U-2", "U-3"])
_units = st.sampled_from(["", "Dinas A", "DINAS  A", "Dinas B", "Bagian Umum"])
_placed = st.tuples(_nips, st.sampled_from(["BUDI", "SITI"]), _ids, _units, st.sampled_from(["", "Induk A", "Induk B"]))


@given(st.lists(_placed, max_size=8))
@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_was_stored_is_the_same_next_time_and_can_be_undone(desk: Desk, rows: list[tuple[str, ...]]) -> None:
    where = (Field.UNIT_ID, Field.UNIT_NAME, Field.OPD_NAME)
    cells = [dict.fromkeys(FIELDS, "") | dict(zip((Field.NIP, Field.NAME, *where), row, strict=True)) for row in rows]
    book = _book([tuple(row[key] for key in FIELDS) for row in cells])
    before = registry_tables(desk)
    plan = importing.plan([book], desk.read(importing.load_known), TODAY)
    result = desk.write(lambda session: importing.apply(session, plan)).value
    again = importing.plan([book], desk.read(importing.load_known), TODAY, full=True)
    assert again.nothing_to_do
    assert {one.person.nip for one in plan.new} >= {one.person.nip for one in again.missing}
    if result.run_id is not None:
        undone = result.run_id
        desk.write(lambda session: importing.undo_import(session, undone))
    assert registry_tables(desk) == before


def _as_known(plan: importing.ImportPlan) -> Known:
    """Return the registry as it is after applying: units created first, then everybody."""
    units: dict[NewUnit, int] = {entry.unit: number for number, entry in enumerate(plan.new_units, 1)}
    people = {}
    for number, entry in enumerate(plan.new, 1):
        unit = units[entry.person.unit] if isinstance(entry.person.unit, NewUnit) else entry.person.unit
        person: Person = entry.person._replace(unit=unit)
        people[person.key] = KnownPerson(number, 1, person)
    known_units = {one: KnownUnit(one, unit.siasn_id, unit.name, one, None) for unit, one in units.items()}
    return Known(people, known_units)


@given(st.lists(st.lists(_cells, max_size=8), max_size=12), st.integers(0, 12))
@settings(max_examples=80, deadline=None)
def test_no_sheet_makes_reading_crash(rows: list[list[Any]], header_at: int) -> None:
    rows.insert(min(header_at, len(rows)), ["NO", "NIP", "NAMA", "JABATAN", "UNIT KERJA", "TANGGAL LAHIR"])
    merged = (((0, 0), (2, 1)), ((1, 2), (1, 4)))
    read = read_sheet(RawSheet("Data", rows, len(rows), 3, merged), "a.xlsx", Ticker(len(rows)))
    assert isinstance(read, Sheet | SkippedSheet)
    if isinstance(read, Sheet) and not read.mapping.missing():
        importing.plan([Workbook("a.xlsx", "", (read,))], Known(), TODAY)


def test_cells_of_every_type_are_shown_plainly() -> None:
    row = _row(
        1.98001012005011e17,
        "BUDI",
        [True, 2.5, date(2024, 9, 9), datetime(2024, 9, 9, 8), time(8), timedelta(1), *[""] * (len(FIELDS) - 6)],
    )
    plan = importing.plan([_book([row])], Known(), TODAY)
    assert [(entry.value, entry.code) for entry in plan.refused] == [("1.98001E+17", "nip_number")]

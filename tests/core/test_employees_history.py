"""History and as-of: what a letter says depends on its day, an old letter never changes, and every change says where it came from."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from asn_desk.desk import Desk, PracticeClock
from asn_desk.employees import importing, queries, workbook
from asn_desk.employees.history import HistoryRow, StandingOn, What, history, standing_on
from asn_desk.employees.service import SavePerson, SetState, save_person, set_state
from asn_desk.employees.terms import EmployeeKind, EmploymentState, PostClass
from asn_desk.letters import queries as letters
from asn_desk.letters import service
from asn_desk.letters.contents.kinds import RESIGNATION
from asn_desk.letters.service import IssueLetter
from tests.core.employee_files import HEADERS, write_xlsx
from tests.core.employee_files import person as cells_of
from tests.factories import add_unit
from tests.letters.letter_facts import FIELDS
from tests.letters.letter_office import settle
from tests.letters.words import docx_words, pdf_words

NIP = "198001012005011001"
MOVED = date(2024, 6, 1)


def person(**values: Any) -> SavePerson:
    plain = {
        "name": "Siti Rahmawati", "kind": EmployeeKind.PNS, "nip": NIP, "birth_date": date(1980, 1, 1), "grade": "III/c",
        "service_from": date(2005, 1, 1), "post_name": "Analis", "post_class": PostClass.PELAKSANA, "post_from": date(2019, 1, 1),
    }  # fmt: skip
    return SavePerson(**{**plain, **values})


@pytest.fixture
def moved(practice_desk: Desk) -> tuple[Desk, int]:
    """Somebody who went from one unit to another on 1 June 2024, and was promoted with it."""

    def enter(session: Any) -> int:
        first, second = add_unit(session, "Dinas Kesehatan"), add_unit(session, "Badan Kepegawaian")
        one = save_person(session, person(unit_id=first.id)).id
        new = person(
            unit_id=second.id, post_name="Kepala Bidang Mutasi", post_class=PostClass.ADMINISTRATOR, post_from=MOVED,
            grade="III/d", employee_id=one, version=1,
        )  # fmt: skip
        save_person(session, new)
        return one

    return practice_desk, practice_desk.write(enter).value


@pytest.mark.parametrize(
    ("day", "post", "unit"),
    [
        (date(2024, 5, 31), "Analis", "Dinas Kesehatan"),
        (MOVED, "Kepala Bidang Mutasi", "Badan Kepegawaian"),
        (date(2024, 9, 9), "Kepala Bidang Mutasi", "Badan Kepegawaian"),
    ],
)
def test_a_letter_of_a_day_names_the_post_of_that_day(moved: tuple[Desk, int], day: date, post: str, unit: str) -> None:
    desk, one = moved
    found = desk.read(lambda session: queries.person_on(session, one, day))
    assert (found.post, found.unit, found.certain) == (post, unit, True)


def test_a_transfer_closes_the_old_post_and_keeps_it(moved: tuple[Desk, int]) -> None:
    desk, one = moved
    newest, oldest = desk.read(lambda session: queries.employee_detail(session, one)).postings
    assert (oldest.held_until, newest.held_from, newest.held_until) == (MOVED, MOVED, None)


def test_the_history_says_what_changed_when_and_where_from(moved: tuple[Desk, int]) -> None:
    desk, one = moved
    rows = desk.read(lambda session: history(session, one))
    of_move = {row.what: (row.old, row.new) for row in rows if row.on == MOVED}
    assert of_move == {
        What.POST: ("Analis", "Kepala Bidang Mutasi"),
        What.UNIT: ("Dinas Kesehatan", "Badan Kepegawaian"),
        What.GRADE: ("III/c", "III/d"),
    }
    assert {row.source for row in rows} == {"diisi tangan", "diisi tangan oleh Ratna Wulandari"}


def test_retirement_closes_the_post_and_stands_in_the_history(moved: tuple[Desk, int]) -> None:
    desk, one = moved
    version = desk.read(lambda session: queries.employee_detail(session, one)).version
    desk.write(lambda session: set_state(session, SetState(one, EmploymentState.ENDED, version)))
    detail = desk.read(lambda session: queries.employee_detail(session, one))
    assert detail.postings[0].held_until == date(2024, 9, 9)
    state = next(row for row in desk.read(lambda session: history(session, one)) if row.what is What.STATE)
    assert (state.old, state.new, state.source) == ("Aktif", "Berakhir", "diisi tangan oleh Ratna Wulandari")
    before = desk.read(lambda session: standing_on(session, one, date(2024, 9, 8)))
    after = desk.read(lambda session: standing_on(session, one, date(2024, 9, 9)))
    assert (before, after) == (
        StandingOn(EmployeeKind.PNS, EmploymentState.ACTIVE, certain=False), StandingOn(EmployeeKind.PNS, EmploymentState.ENDED),
    )  # fmt: skip


def test_whoever_serves_again_holds_the_last_post_again(moved: tuple[Desk, int]) -> None:
    desk, one = moved
    for state in (EmploymentState.ENDED, EmploymentState.ACTIVE):
        version = desk.read(lambda session: queries.employee_detail(session, one)).version
        desk.write(partial(set_state, command=SetState(one, state, version)))
    postings = desk.read(lambda session: queries.employee_detail(session, one)).postings
    assert postings[0].held_until is None
    assert postings[0].post == "Kepala Bidang Mutasi"


def _letter_of(desk: Desk, one: int, day: date) -> int:
    command = IssueLetter(RESIGNATION, day, one, FIELDS[RESIGNATION])
    return desk.write(lambda session: service.issue(session, command)).value.id


def _papers(desk: Desk, letter: int) -> tuple[bytes, bytes]:
    return desk.read(lambda session: (letters.stored_docx(session, letter), letters.stored_pdf(session, letter)))


def test_letters_around_a_transfer_name_the_right_post_and_the_old_one_never_changes(practice_desk: Desk) -> None:
    def enter(session: Any) -> tuple[int, int]:
        settle(session)
        first, second = add_unit(session, "Dinas Pariwisata"), add_unit(session, "Badan Keuangan")
        one = save_person(session, person(unit_id=first.id, nip="197901012004011002", birth_date=date(1979, 1, 1))).id
        return one, second.id

    desk = practice_desk
    one, unit = desk.write(enter).value
    old = _letter_of(desk, one, date(2024, 5, 31))
    papers, detail = _papers(desk, old), desk.read(lambda session: letters.letter_detail(session, old))
    transfer = person(
        unit_id=unit, post_name="Kepala Bidang Mutasi", post_class=PostClass.ADMINISTRATOR, post_from=MOVED,
        nip="197901012004011002", birth_date=date(1979, 1, 1), employee_id=one, version=1,
    )  # fmt: skip
    desk.write(lambda session: save_person(session, transfer))
    new, belated = _letter_of(desk, one, MOVED), _letter_of(desk, one, date(2024, 5, 31))
    assert _papers(desk, old) == papers
    assert desk.read(lambda session: letters.letter_detail(session, old)).data == detail.data
    for letter, said, unsaid in (
        (old, "Pariwisata", "Mutasi"),
        (belated, "Pariwisata", "Mutasi"),
        (new, "Mutasi", "Pariwisata"),
    ):
        for words in (docx_words(_papers(desk, letter)[0]), pdf_words(_papers(desk, letter)[1])):
            assert any(said in word for word in words)
            assert not any(unsaid in word for word in words)


RETIRED = {"KEDUDUKAN HUKUM ID": "99", "KEDUDUKAN HUKUM NAMA": "Pensiun"}
JULY, AUGUST, SEPTEMBER = date(2024, 7, 1), date(2024, 8, 1), date(2024, 9, 2)


class Office:
    """A practice office whose registry is filled by imports on chosen days."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self._folder = desk, folder

    def _go_to(self, day: date) -> None:
        self.desk.clock = PracticeClock(day)

    def bring(self, day: date, name: str = "pegawai.xlsx", **cells: Any) -> int:
        """Import one row on a day and return the number of the import."""
        self._go_to(day)
        path = write_xlsx(self._folder / name, [cells_of(1) | {"STATUS CPNS PNS": "C"} | cells], headers=HEADERS)
        plan = importing.plan([workbook.read(path)], self.desk.read(importing.load_known), day)
        run = self.desk.write(lambda session: importing.apply(session, plan)).value.run_id
        assert run is not None
        return run

    def take_back(self, day: date, run: int) -> None:
        self._go_to(day)
        self.desk.write(lambda session: importing.undo_import(session, run))

    def standings(self) -> list[tuple[date, What, str, str, str]]:
        rows = self.desk.read(lambda session: history(session, 1))
        return [(row.on, row.what, row.old, row.new, row.source) for row in rows if row.what in (What.KIND, What.STATE)]

    def on(self, day: date) -> tuple[EmployeeKind, EmploymentState, bool]:
        found = self.desk.read(lambda session: standing_on(session, 1, day))
        return found.kind, found.state, found.certain

    def held(self) -> list[tuple[str, date, date | None]]:
        rows = self.desk.read(lambda session: queries.employee_detail(session, 1)).postings
        return [(row.post, row.held_from, row.held_until) for row in rows]


@pytest.fixture
def office(practice_desk: Desk, tmp_path: Path) -> Office:
    return Office(practice_desk, tmp_path)


CPNS, PNS, ACTIVE, ENDED = EmployeeKind.CPNS, EmployeeKind.PNS, EmploymentState.ACTIVE, EmploymentState.ENDED
FIRST = [
    (JULY, What.KIND, "", "CPNS", "impor (pegawai.xlsx)"), (JULY, What.STATE, "", "Aktif", "impor (pegawai.xlsx)"),
]  # fmt: skip


def test_kind_and_status_stand_in_the_history_with_the_import_they_came_from(office: Office) -> None:
    office.bring(JULY)
    office.bring(AUGUST, "agustus.xlsx", **{"STATUS CPNS PNS": "P"})
    office.bring(SEPTEMBER, "september.xlsx", **{"STATUS CPNS PNS": "P"}, **RETIRED)
    assert office.standings() == [
        (SEPTEMBER, What.STATE, "Aktif", "Berakhir", "impor (september.xlsx)"),
        (AUGUST, What.KIND, "CPNS", "PNS", "impor (agustus.xlsx)"),
        *FIRST,
    ]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2020, 1, 1), (CPNS, ACTIVE, False)),
        (JULY, (CPNS, ACTIVE, True)),
        (date(2024, 7, 31), (CPNS, ACTIVE, True)),
        (AUGUST, (PNS, ACTIVE, True)),
        (date(2024, 9, 1), (PNS, ACTIVE, True)),
        (SEPTEMBER, (PNS, ENDED, True)),
    ],
)
def test_kind_and_status_can_be_asked_for_any_day(
    office: Office, day: date, found: tuple[EmployeeKind, EmploymentState, bool]
) -> None:
    office.bring(JULY)
    office.bring(AUGUST, **{"STATUS CPNS PNS": "P"})
    office.bring(SEPTEMBER, **{"STATUS CPNS PNS": "P"}, **RETIRED)
    assert office.on(day) == found
    assert office.desk.read(lambda session: queries.person_on(session, 1, day)).kind is found[0]


def test_what_an_import_changed_and_was_taken_back_never_held(office: Office) -> None:
    office.bring(JULY)
    office.take_back(SEPTEMBER, office.bring(AUGUST, **{"STATUS CPNS PNS": "P"}, **RETIRED))
    assert office.standings() == FIRST
    assert {office.on(day) for day in (JULY, AUGUST, SEPTEMBER)} == {(CPNS, ACTIVE, True)}
    assert office.held() == [("Penelaah Teknis Kebijakan", date(2021, 2, 1), None)]


def test_a_change_after_an_import_was_taken_back_is_told_with_its_own_import(office: Office) -> None:
    office.bring(JULY)
    office.take_back(AUGUST, office.bring(AUGUST, "salah.xlsx", **RETIRED))
    office.bring(SEPTEMBER, "benar.xlsx", **{"STATUS CPNS PNS": "P"})
    assert office.standings() == [(SEPTEMBER, What.KIND, "CPNS", "PNS", "impor (benar.xlsx)"), *FIRST]


@pytest.mark.parametrize("post_class", ["4", "2"])
def test_whoever_retires_by_an_import_holds_no_post_from_that_day(office: Office, post_class: str) -> None:
    office.bring(JULY)
    office.bring(AUGUST, **RETIRED, **{"JENIS JABATAN ID": post_class})
    assert office.held() == [("Penelaah Teknis Kebijakan", date(2021, 2, 1), AUGUST)]
    office.bring(SEPTEMBER, **RETIRED, **{"JENIS JABATAN ID": post_class, "GELAR DEPAN": "Dra."})
    assert office.held() == [("Penelaah Teknis Kebijakan", date(2021, 2, 1), AUGUST)], "a corrected title opens no post"


def test_whoever_moved_before_retiring_held_that_post_until_the_import(office: Office) -> None:
    office.bring(JULY)
    office.bring(AUGUST, **RETIRED, **{"JABATAN NAMA": "Arsiparis", "TMT JABATAN": "01-03-2024"})
    assert office.held() == [
        ("Arsiparis", date(2024, 3, 1), AUGUST), ("Penelaah Teknis Kebijakan", date(2021, 2, 1), date(2024, 3, 1)),
    ]  # fmt: skip


def test_whoever_retires_and_is_named_without_a_post_keeps_only_the_old_one(office: Office) -> None:
    office.bring(JULY)
    office.bring(AUGUST, **RETIRED, **{"JABATAN NAMA": "Pensiunan", "TMT JABATAN": ""})
    assert office.held() == [("Penelaah Teknis Kebijakan", date(2021, 2, 1), AUGUST)]


def test_whoever_comes_into_the_registry_retired_holds_no_post(office: Office) -> None:
    office.bring(JULY, **RETIRED)
    assert office.held() == [("Penelaah Teknis Kebijakan", date(2021, 2, 1), JULY)]


@pytest.mark.parametrize(
    ("tmt", "held_from"), [("01-02-2021", SEPTEMBER), ("15-08-2024", date(2024, 8, 15)), ("01-12-2024", SEPTEMBER)]
)
def test_whoever_serves_again_by_an_import_held_no_post_in_between(office: Office, tmt: str, held_from: date) -> None:
    office.bring(JULY)
    office.bring(AUGUST, **RETIRED)
    run = office.bring(SEPTEMBER, **{"TMT JABATAN": tmt})
    closed = ("Penelaah Teknis Kebijakan", date(2021, 2, 1), AUGUST)
    assert office.held() == [("Penelaah Teknis Kebijakan", held_from, None), closed]
    office.take_back(SEPTEMBER, run)
    assert office.held() == [closed]


def test_a_posting_says_which_file_it_came_from_and_when(office: Office) -> None:
    office.bring(JULY)
    origin = office.desk.read(lambda session: queries.employee_detail(session, 1)).postings[0].origin
    assert origin == "impor (pegawai.xlsx), 1 Jul 2024"


def test_a_change_by_hand_names_who_made_it(office: Office) -> None:
    office.bring(JULY)
    office.desk.write(lambda session: set_state(session, SetState(1, EmploymentState.ENDED, 1)))
    newest: HistoryRow = office.desk.read(lambda session: history(session, 1))[0]
    assert (newest.what, newest.source) == (What.STATE, "diisi tangan oleh Ratna Wulandari")


class EarlyMorning:
    """Half past five on 2 September in western Indonesia, which is still 1 September in UTC."""

    def now(self) -> datetime:
        return datetime(2024, 9, 1, 22, 30, tzinfo=UTC)

    def today(self) -> date:
        return SEPTEMBER


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process can be set on POSIX only")
def test_a_change_in_the_early_morning_counts_for_the_offices_day(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Jakarta")
    time.tzset()
    try:
        desk.clock = EarlyMorning()
        one = desk.write(lambda session: save_person(session, person()).id).value
        rows = desk.read(lambda session: history(session, one))
        before = desk.read(lambda session: standing_on(session, one, date(2024, 9, 1)))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert [row.on for row in rows if row.what is What.KIND] == [SEPTEMBER]
    assert not before.certain


def test_after_the_last_post_the_last_one_stands_in_not_the_first(office: Office) -> None:
    office.bring(JULY)
    office.bring(AUGUST, **RETIRED, **{"JABATAN NAMA": "Arsiparis", "TMT JABATAN": "01-03-2024"})
    days = (date(2020, 1, 1), date(2024, 2, 1), date(2024, 4, 1), SEPTEMBER)
    found = [office.desk.read(partial(queries.person_on, employee_id=1, day=day)) for day in days]
    assert [(one.post, one.certain) for one in found] == [
        ("Penelaah Teknis Kebijakan", False), ("Penelaah Teknis Kebijakan", True), ("Arsiparis", True), ("Arsiparis", False),
    ]  # fmt: skip

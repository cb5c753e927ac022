"""History and as-of: what a letter says depends on its day, an old letter never changes, and every change says where it came from."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import pytest

from asn_desk.desk import Desk
from asn_desk.employees import queries
from asn_desk.employees.history import What, history, standing_on
from asn_desk.employees.retirement import AGES, Facts, PensionRule, retirement, worked_out
from asn_desk.employees.service import SavePerson, SetState, save_person, set_state
from asn_desk.employees.terms import EmployeeKind, EmploymentState, PostClass
from asn_desk.errors import DeskError
from asn_desk.letters import queries as letters
from asn_desk.letters import service
from asn_desk.letters.contents.kinds import RESIGNATION
from asn_desk.letters.service import IssueLetter
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
    assert {row.source for row in rows} == {"diisi tangan"}


def test_retirement_closes_the_post_and_stands_in_the_history(moved: tuple[Desk, int]) -> None:
    desk, one = moved
    version = desk.read(lambda session: queries.employee_detail(session, one)).version
    desk.write(lambda session: set_state(session, SetState(one, EmploymentState.ENDED, version)))
    detail = desk.read(lambda session: queries.employee_detail(session, one))
    assert detail.postings[0].held_until == date(2024, 9, 9)
    state = next(row for row in desk.read(lambda session: history(session, one)) if row.what is What.STATE)
    assert (state.new, state.source) == ("Berakhir", "diisi Ratna Wulandari")
    before = desk.read(lambda session: standing_on(session, one, date(2024, 9, 8)))
    after = desk.read(lambda session: standing_on(session, one, date(2024, 9, 9)))
    assert (before.state, after.state) == (EmploymentState.ACTIVE, EmploymentState.ENDED)


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


@pytest.mark.parametrize(
    ("born", "kind", "leaves"),
    [
        (date(1966, 9, 8), PostClass.PELAKSANA, date(2024, 10, 1)),
        (date(1966, 12, 31), PostClass.JPT_PRATAMA, date(2027, 1, 1)),
        (date(1968, 2, 29), PostClass.JF_AHLI_UTAMA, date(2033, 4, 1)),
    ],
)
def test_the_retirement_day_is_the_first_of_the_month_after_the_birthday(
    born: date, kind: PostClass, leaves: date
) -> None:
    found = worked_out(Facts(EmployeeKind.PNS, born, date(1995, 3, 1)), AGES[kind], None, date(2024, 9, 9))
    assert found.leaves_on == leaves
    assert "Pasal" in found.explanation[0]
    assert found.missing == ()


@pytest.mark.parametrize(
    ("born", "since", "right"),
    [
        (date(1974, 9, 9), date(2004, 9, 9), True),
        (date(1974, 9, 10), date(2004, 9, 9), False),
        (date(1974, 9, 9), date(2004, 9, 10), False),
        (None, date(2004, 9, 9), None),
    ],
)
def test_the_pension_right_needs_age_and_service(born: date | None, since: date, right: bool | None) -> None:
    rule = PensionRule(50, 20, "uu11-1969.9", "Sumber lain menyebut 45 dan 20 tahun.")
    found = worked_out(Facts(EmployeeKind.PNS, born, since), AGES[PostClass.PELAKSANA], rule, date(2024, 9, 9))
    assert found.pension is right
    assert rule.doubt in found.doubts
    assert ("tanggal lahir" in found.missing) is (born is None)


def test_the_office_rule_is_quoted_and_missing_data_named(practice_desk: Desk) -> None:
    one = practice_desk.write(lambda s: save_person(s, person(birth_date=None, post_class=PostClass.UNKNOWN)).id).value
    found = practice_desk.read(lambda session: retirement(session, one, date(2024, 9, 9)))
    assert found.leaves_on is None
    assert found.missing == ("tanggal lahir", "kelompok jabatan atau BUP jabatan")
    with pytest.raises(DeskError, match="tidak ditemukan"):
        practice_desk.read(lambda session: retirement(session, 999, date(2024, 9, 9)))

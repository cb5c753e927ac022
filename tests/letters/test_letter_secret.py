"""Confidential letters: every number stays in the agenda, the words and names only for those who may see them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy.orm import Session

from asn_desk.accounts.terms import RIGHTS, Role
from asn_desk.database.work import work_of
from asn_desk.desk import Desk
from asn_desk.errors import DeskError
from asn_desk.letters import export, queries
from asn_desk.letters.model import Letter
from asn_desk.letters.numbers import numbering, register
from asn_desk.letters.numbers.agenda import agenda
from asn_desk.letters.queries import LetterFilter
from asn_desk.letters.service import issue
from tests.letters.batch_office import COMMAND, DAY, fill_office

T = TypeVar("T")
NAME = "Pegawai Contoh 000"


def as_role(role: Role, fn: Callable[[Session], T]) -> Callable[[Session], T]:
    """Return the work as a user of this role would do it."""

    def run(session: Session) -> T:
        work_of(session).rights = RIGHTS[role]
        return fn(session)

    return run


@pytest.fixture
def secret(practice_desk: Desk) -> int:
    """A confidential letter beside an ordinary one."""
    people = practice_desk.write(lambda session: fill_office(session, 2)).value
    first, _second = [
        practice_desk.write(lambda session, person=person: issue(session, replace(COMMAND, employee_id=person))).value
        for person in people
    ]

    def hide(session: Session) -> None:
        session.get_one(Letter, first.id).confidential = True

    practice_desk.write(hide)
    return first.id


def test_lists_and_agenda_show_number_and_kind_but_no_name(practice_desk: Desk, secret: int) -> None:
    def seen(session: Session) -> str:
        rows = queries.letter_rows(session, queries.letter_ids(session))
        return f"{rows} {queries.register_rows(session, 2024)} {agenda(session, 2024)} {queries.letter_detail(session, secret)}"

    hidden = practice_desk.read(as_role(Role.OPERATOR, seen))
    assert NAME not in hidden
    assert "Pegawai Contoh 001" in hidden
    assert hidden.count("800.1.6/1/BKPSDM/2024") == 4
    assert queries.MASKED in hidden
    assert practice_desk.read(as_role(Role.VERIFIKATOR, seen)).count(NAME) > 3
    assert NAME in practice_desk.read(seen)


def test_a_search_by_name_or_person_does_not_betray_it(practice_desk: Desk, secret: int) -> None:
    person = practice_desk.read(lambda session: queries.letter_detail(session, secret)).employee_id
    for wanted in (LetterFilter(text=NAME), LetterFilter(employee_id=person)):
        assert practice_desk.read(as_role(Role.OPERATOR, lambda s, w=wanted: queries.letter_ids(s, w))) == []
        assert practice_desk.read(as_role(Role.VERIFIKATOR, lambda s, w=wanted: queries.letter_ids(s, w))) == [secret]
    assert practice_desk.read(as_role(Role.PIMPINAN, queries.letter_ids)) == []


def test_its_files_are_handed_out_only_to_those_who_may_see_it(
    practice_desk: Desk, secret: int, tmp_path: Path
) -> None:
    for ask in (queries.stored_pdf, queries.stored_docx, queries.stored_scan):
        with pytest.raises(DeskError) as caught:
            practice_desk.read(as_role(Role.OPERATOR, lambda session, ask=ask: ask(session, secret)))
        assert caught.value.code == "letter_secret"
    with pytest.raises(DeskError, match="rahasia"):
        practice_desk.read(
            as_role(Role.OPERATOR, lambda session: export.save_copy(session, secret, tmp_path / "salinan"))
        )
    assert not (tmp_path / "salinan").exists()
    assert practice_desk.read(as_role(Role.VERIFIKATOR, lambda session: queries.stored_pdf(session, secret)))


def test_looking_at_it_is_noted(practice_desk: Desk, secret: int) -> None:
    def views(session: Session) -> list[str]:
        queries.letter_detail(session, secret)
        return list(work_of(session).views)

    assert practice_desk.read(as_role(Role.VERIFIKATOR, views)) == [f"letters:{secret}"]
    assert practice_desk.read(as_role(Role.OPERATOR, views)) == []


DENIED = (
    (Role.PIMPINAN, lambda s: register.reserve(s, register.Reserve("umum", DAY, 1, "x"))),
    (Role.PIMPINAN, lambda s: queries.register_rows(s, 2024)),
    (Role.AUDITOR, lambda s: agenda(s, 2024)),
    (Role.OPERATOR, lambda s: register.return_reserved(s, [1], "x")),
    (Role.OPERATOR, lambda s: numbering.void(s, 1, "x", 1)),
    (Role.OPERATOR, lambda s: numbering.save_series(s, numbering.SaveSeries("x", "X", "{urut}"))),
)


@pytest.mark.parametrize(("role", "verb"), DENIED)
def test_who_may_not_is_refused(practice_desk: Desk, role: Role, verb: Callable[[Session], object]) -> None:
    with pytest.raises(DeskError) as caught:
        practice_desk.write(as_role(role, verb))
    assert caught.value.code == "not_allowed"

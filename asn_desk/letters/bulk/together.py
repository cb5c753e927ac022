"""Letters of one chunk together: all their numbers first, then all their files (on all cores), or none of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace

from sqlalchemy.orm import Session

from asn_desk.database.work import work_of
from asn_desk.errors import DeskError, EnvironmentProblem
from asn_desk.letters.bulk.workshop import Maker
from asn_desk.letters.export import NameWords
from asn_desk.letters.papers import PaperOrder, Papers
from asn_desk.letters.service import IssueLetter, PreparedLetter, complete, prepare


def issue_together(
    session: Session, command: IssueLetter, employee_ids: Sequence[int], maker: Maker
) -> dict[int, NameWords | str]:
    """Return for each employee what the issued letter's file may be named after, or the sentence why it was refused.

    The numbers follow the order of the employees. Whose letter cannot be made gives the number back: the numbers behind are then
    taken anew, so that none is missing. Raises EnvironmentProblem.
    """
    refused: dict[int, NameWords | str] = {}
    while True:
        left = [employee_id for employee_id in employee_ids if employee_id not in refused]
        try:
            with _undone_on_error(session):
                return refused | _all_or_nothing(session, command, left, maker)
        except _PapersRefused as refusal:
            refused[refusal.employee_id] = refusal.sentence


class _PapersRefused(Exception):
    """The files of one letter cannot be made, after its number and those behind it were taken."""

    def __init__(self, employee_id: int, sentence: str) -> None:
        super().__init__(sentence)
        self.employee_id, self.sentence = employee_id, sentence


def _all_or_nothing(
    session: Session, command: IssueLetter, employee_ids: Sequence[int], maker: Maker
) -> dict[int, NameWords | str]:
    result: dict[int, NameWords | str] = {}
    prepared: list[tuple[int, PreparedLetter]] = []

    def orders() -> Iterator[PaperOrder]:
        for employee_id in employee_ids:
            letter = _prepared(session, replace(command, employee_id=employee_id))
            if isinstance(letter, str):
                result[employee_id] = letter
            else:
                prepared.append((employee_id, letter))
                yield letter.order

    made = maker.make(orders())  # helpers begin with the first order while the others are gathered
    place = 0
    while (papers := _next_papers(made, prepared, place)) is not None:
        employee_id, letter = prepared[place]
        issued, facts = complete(session, letter, papers), letter.facts
        title, data, secret = facts.kind.title, letter.order.data, letter.command.confidential
        result[employee_id] = NameWords(issued.id, title, facts.dated, issued.number, data, secret)
        place += 1
    return result


def _prepared(session: Session, command: IssueLetter) -> PreparedLetter | str:
    """Return the letter with its number, or why it is refused."""
    try:
        with _undone_on_error(session):
            return prepare(session, command)
    except EnvironmentProblem:
        raise
    except DeskError as error:
        return error.sentence


def _next_papers(made: Iterator[Papers], prepared: list[tuple[int, PreparedLetter]], place: int) -> Papers | None:
    try:
        return next(made, None)
    except EnvironmentProblem:
        raise
    except DeskError as error:
        raise _PapersRefused(prepared[place][0], error.sentence) from error


@contextmanager
def _undone_on_error(session: Session) -> Iterator[None]:
    """Run a part of the unit of work that leaves nothing when it fails: no rows, no trail, no stored files."""
    work = work_of(session)
    entries, stored = len(work.trail), len(work.new_files)
    try:
        with session.begin_nested():
            yield
    except BaseException:
        del work.trail[entries:]
        for sha256 in work.new_files[stored:]:
            with suppress(OSError):  # the next opening sets aside what stays
                work.files.path(sha256).unlink(missing_ok=True)
        del work.new_files[stored:]
        raise

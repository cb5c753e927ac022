"""Before a batch begins: the three records that strain the layout most, as real pages, and whether the disk has room."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.database.file_store import disk_problem, write_durably
from asn_desk.database.work import work_of
from asn_desk.employees.model import Employee
from asn_desk.errors import DeskError, EnvironmentProblem
from asn_desk.letters.service import IssueLetter, PreviewLetter, preview
from asn_desk.office.model import Unit
from asn_desk.wording import number, readable_name, titled_name

_AT_ONCE = 500
_SPARE = 64 * 1024 * 1024
_MIB = 1024 * 1024
_ROOMY = 1.3


@dataclass(frozen=True)
class Person:
    """One of the awkward records and why it was chosen."""

    employee_id: int
    name: str
    unit: str
    why: str


@dataclass(frozen=True)
class Trial:
    """An awkward record with its letter, or with the sentence why there is none."""

    person: Person
    letter: PreviewLetter | None
    problem: str = ""


def awkward(session: Session, employee_ids: Sequence[int]) -> list[Person]:
    """Return up to three people: the longest name, one without a title, the longest unit; nobody twice."""
    people = [
        row
        for start in range(0, len(employee_ids), _AT_ONCE)
        for row in _people(session, employee_ids[start : start + _AT_ONCE])
    ]
    rules: tuple[tuple[str, Callable[[_Known], tuple[int, int]]], ...] = (
        ("nama terpanjang", lambda one: (len(one.name), -one.id)),
        ("tanpa gelar", lambda one: (not one.titled, -one.id)),
        ("nama unit terpanjang", lambda one: (len(one.unit), -one.id)),
    )
    chosen: list[Person] = []
    for why, rule in rules:
        left = [one for one in people if one.id not in {person.employee_id for person in chosen}]
        if left:
            best = max(left, key=rule)
            chosen.append(Person(best.id, best.name, best.unit, why))
    return chosen


def trials(session: Session, command: IssueLetter, employee_ids: Sequence[int]) -> list[Trial]:
    """Return the draft letters of the awkward three; nothing is stored or taken.

    Raises what `service.preview` raises when it refuses all three for the same reason: then the whole batch would fail.
    """
    require(session, Action.ISSUE_LETTERS)
    made: list[Trial] = []
    refusals: list[DeskError] = []
    for person in awkward(session, employee_ids):
        try:
            made.append(Trial(person, preview(session, replace(command, employee_id=person.employee_id))))
        except EnvironmentProblem:
            raise
        except DeskError as error:
            refusals.append(error)
            made.append(Trial(person, None, error.sentence))
    if refusals and len(refusals) == len(made) and len({error.code for error in refusals}) == 1:
        raise refusals[0]
    return made


def save_trials(made: Sequence[Trial], folder: Path) -> list[Path | None]:
    """Write the drafts as PDF files named after why they were chosen; None where there is no letter. Raises EnvironmentProblem."""
    written: list[Path | None] = []
    for trial in made:
        target = folder / f"{trial.person.why}.pdf"
        if trial.letter is not None:
            try:
                folder.mkdir(parents=True, exist_ok=True)
                write_durably(target, trial.letter.pdf)
            except OSError as error:
                raise disk_problem(error, folder) from error
        written.append(target if trial.letter is not None else None)
    return written


def space_needed(made: Sequence[Trial], count: int, *, with_docx: bool) -> tuple[int, int]:
    """Return the bytes that `count` letters need in the data folder and in the target folder."""
    letters = [trial.letter for trial in made if trial.letter is not None]
    if not letters:
        return 0, 0
    docx = sum(len(letter.docx) for letter in letters) / len(letters)
    pdf = sum(len(letter.pdf) for letter in letters) / len(letters)
    copies = pdf + (docx if with_docx else 0)
    return round((docx + pdf) * count * _ROOMY), round((copies + pdf) * count * _ROOMY)


def check_space(session: Session, target: Path, needed: tuple[int, int]) -> None:
    """Refuse when the data folder or the target folder has no room for the whole batch. Raises EnvironmentProblem("disk_full")."""
    require(session, Action.ISSUE_LETTERS)
    data_folder = work_of(session).files.folder
    places = [(_existing(data_folder), needed[0]), (_existing(target), needed[1])]
    if places[0][0].stat().st_dev == places[1][0].stat().st_dev:
        places = [(places[1][0], sum(needed))]
    for place, bytes_needed in places:
        free = shutil.disk_usage(place).free
        if free < bytes_needed + _SPARE:
            raise EnvironmentProblem(
                "disk_full",
                f"Ruang di {place} tidak cukup untuk cetak massal ini: perlu sekitar {_mib(bytes_needed + _SPARE)} MB, "
                f"tersedia {_mib(free)} MB. Kosongkan ruang atau pilih folder lain.",
            )


@dataclass(frozen=True)
class _Known:
    id: int
    name: str
    unit: str
    titled: bool


def _people(session: Session, ids: Sequence[int]) -> list[_Known]:
    wanted = (
        select(Employee.id, Employee.name, Employee.title_front, Employee.title_back, func.coalesce(Unit.name, ""))
        .outerjoin(Unit, Unit.id == Employee.unit_id)
        .where(Employee.id.in_(ids))
    )
    return [
        _Known(key, titled_name(readable_name(name), front, back), unit, bool(front or back))
        for key, name, front, back, unit in session.execute(wanted)
    ]


def _existing(folder: Path) -> Path:
    found = folder.expanduser().absolute()
    while not found.exists() and found != found.parent:
        found = found.parent
    return found


def _mib(size: int) -> str:
    return number(-(-size // _MIB))

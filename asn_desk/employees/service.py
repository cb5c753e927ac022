"""Entering and correcting one person by hand, with the same checks as an import."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.database.search import folded
from asn_desk.database.work import check_version, today
from asn_desk.employees import nip as numbers
from asn_desk.employees.grades import parse_grade
from asn_desk.employees.imports.plans import Person
from asn_desk.employees.model import Employee, EmployeeSearch, Posting
from asn_desk.employees.placement import folded_places, search_text
from asn_desk.employees.postings import BY_HAND, first_posting, next_posting
from asn_desk.employees.reading.rows import LONGEST
from asn_desk.employees.search_words import forget_words, lost_words, note_words
from asn_desk.employees.terms import EmployeeKind, EmploymentState, PostClass, Sex
from asn_desk.errors import DeskError
from asn_desk.office.model import Unit

_WHAT = "Data pegawai ini"
_LONGEST = {key.name.lower(): longest for key, longest in LONGEST.items()}


@dataclass(frozen=True)
class SavePerson:
    """A person as entered. `employee_id` and `version` are those of the person corrected, None for a new one."""

    name: str
    kind: EmployeeKind
    nip: str = ""
    local_number: str = ""
    title_front: str = ""
    title_back: str = ""
    birth_place: str = ""
    birth_date: date | None = None
    sex: Sex | None = None
    service_from: date | None = None
    grade: str = ""
    grade_from: date | None = None
    education: str = ""
    post_name: str = ""
    post_class: PostClass = PostClass.UNKNOWN
    post_from: date | None = None
    unit_id: int | None = None
    employee_id: int | None = None
    version: int | None = None


@dataclass(frozen=True)
class SavedPerson:
    """The stored person's id, and sentences about what is worth a look (the number disagrees with birth date or sex)."""

    id: int
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class SetState:
    """Mark a person as active, to be checked, or ended."""

    employee_id: int
    state: EmploymentState
    version: int


def save_person(session: Session, command: SavePerson) -> SavedPerson:
    """Add a person or correct one; a new post, unit or grade opens a posting and closes the old one.

    Raises StaleRecord, DeskError("not_allowed"), and DeskError("person_invalid") with a sentence for each field: name, nip,
    local_number, grade, ...
    """
    require(session, Action.EDIT_EMPLOYEES)
    fields: dict[str, str] = {}
    number = _number(session, command, fields)
    unit = _unit(session, command, fields)
    grade = _grade(command, fields)
    _check_texts(command, fields)
    if fields:
        raise DeskError("person_invalid", "Data belum disimpan. Perbaiki isian yang ditandai.", fields=fields)
    record = _record(session, command)
    before = _person(record) if command.employee_id is not None else None
    _fill(record, command, number, grade, unit)
    session.flush()
    _store_posting(session, record, before)
    _store_search_text(session, record, unit)
    found = (
        []
        if number is None
        else numbers.findings(number, birth_date=command.birth_date, sex=command.sex, today=today(session))
    )
    return SavedPerson(record.id, tuple(finding.sentence for finding in found))


def set_state(session: Session, command: SetState) -> None:
    """Change whether a person still serves. Raises StaleRecord and DeskError("not_allowed" | "employee_missing")."""
    require(session, Action.EDIT_EMPLOYEES)
    record = _loaded(session, command.employee_id)
    check_version(record, command.version, _WHAT)
    if command.state is not record.state:
        _close_or_reopen(session, record, command.state)
    record.state = command.state


def _close_or_reopen(session: Session, record: Employee, state: EmploymentState) -> None:
    """Who no longer serves holds no post from today; who serves again holds the last one, if it was closed that way."""
    last = session.scalars(
        select(Posting)
        .where(Posting.employee_id == record.id)
        .order_by(Posting.held_from.desc(), Posting.id.desc())
        .limit(1)
    ).first()
    if last is None:
        return
    if state is EmploymentState.ENDED and last.held_until is None:
        last.held_until = max(today(session), last.held_from)
    elif record.state is EmploymentState.ENDED and last.held_until is not None:
        last.held_until = None


def _number(session: Session, command: SavePerson, fields: dict[str, str]) -> numbers.Nip | None:
    if command.kind is EmployeeKind.NON_ASN and not command.nip.strip():
        local = numbers.digits_of(command.local_number)
        if not local:
            fields["local_number"] = "Isi nomor pegawai non-ASN."
        elif _taken(session, Employee.local_number == local, command.employee_id):
            fields["local_number"] = "Nomor ini sudah dipakai pegawai lain."
        return None
    try:
        number = numbers.parse(command.nip)
    except DeskError as error:
        fields["nip"] = error.sentence
        return None
    if _taken(session, Employee.nip == number.digits, command.employee_id):
        fields["nip"] = "NIP ini sudah tercatat untuk pegawai lain."
    return number


def _taken(session: Session, condition: ColumnElement[bool], employee_id: int | None) -> bool:
    owner = session.scalar(select(Employee.id).where(condition))
    return owner is not None and owner != employee_id


def _unit(session: Session, command: SavePerson, fields: dict[str, str]) -> Unit | None:
    unit = session.get(Unit, command.unit_id) if command.unit_id is not None else None
    if command.unit_id is not None and unit is None:
        fields["unit_id"] = "Unit kerja ini tidak ada lagi. Pilih yang lain."
    return unit


def _grade(command: SavePerson, fields: dict[str, str]) -> str:
    if not command.grade.strip():
        return ""
    grade = parse_grade(command.grade)
    if grade is None:
        fields["grade"] = "Golongan tidak dikenal. Tulis seperti III/c, atau IX untuk PPPK."
    return grade or ""


def _check_texts(command: SavePerson, fields: dict[str, str]) -> None:
    if not command.name.strip():
        fields["name"] = "Isi nama pegawai."
    for name, longest in _LONGEST.items():
        if len(getattr(command, name, "")) > longest:
            fields[name] = f"Paling banyak {longest} huruf."


def _record(session: Session, command: SavePerson) -> Employee:
    if command.employee_id is None:
        record = Employee()
        session.add(record)
        return record
    record = _loaded(session, command.employee_id)
    check_version(record, command.version or 0, _WHAT)
    return record


def _loaded(session: Session, employee_id: int) -> Employee:
    record = session.get(Employee, employee_id)
    if record is None:
        raise DeskError("employee_missing", "Pegawai ini tidak ditemukan lagi. Muat ulang daftar pegawai.")
    return record


def _fill(record: Employee, command: SavePerson, number: numbers.Nip | None, grade: str, unit: Unit | None) -> None:
    texts = ("name", "title_front", "title_back", "birth_place", "education", "post_name")
    for name in texts:
        setattr(record, name, " ".join(getattr(command, name).split()))
    for name in ("kind", "birth_date", "sex", "service_from", "grade_from", "post_class", "post_from"):
        setattr(record, name, getattr(command, name))
    record.nip = number.digits if number else None
    record.local_number = numbers.digits_of(command.local_number) or None
    record.grade = grade
    record.sort_name = folded(record.name)
    record.unit_id = unit.id if unit else None
    record.opd_id = unit.opd_id if unit else None


def _person(record: Employee) -> Person:
    return Person._make(getattr(record, "unit_id" if name == "unit" else name) for name in Person._fields)


def _store_posting(session: Session, record: Employee, before: Person | None) -> None:
    person = _person(record)
    current = session.scalars(
        select(Posting)
        .where(Posting.employee_id == record.id, Posting.held_until.is_(None))
        .order_by(Posting.held_from.desc())
        .limit(1)
    ).first()
    if before is None:
        verb, values = "open", first_posting(person, today(session))
    else:
        verb, values = next_posting(before, person, current, today(session))
    if verb == "correct" and current is not None:
        current.post_class = person.post_class
    elif verb == "open":
        if current is not None:
            current.held_until = values["held_from"]
        session.add(Posting(**{**values, "source": BY_HAND}, employee_id=record.id, unit_id=record.unit_id))


def _store_search_text(session: Session, record: Employee, unit: Unit | None) -> None:
    opd = session.get(Unit, unit.opd_id) if unit and unit.opd_id else None
    places = folded_places(unit.name if unit else "", opd.name if opd else "")
    number = record.nip or record.local_number or ""
    content = search_text(record.name, record.title_front, record.title_back, number, record.post_name, places)
    row = session.get(EmployeeSearch, record.id)
    lost = lost_words(row.content, content) if row is not None else set()
    if row is None:
        session.add(EmployeeSearch(employee_id=record.id, content=content))
    else:
        row.content = content
    note_words(session, [record.name, record.post_name, unit.name if unit else "", opd.name if opd else ""])
    forget_words(session, lost)

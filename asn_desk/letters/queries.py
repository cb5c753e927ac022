"""Reading issued letters and the outgoing register."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import allowed, require, require_user
from asn_desk.accounts.terms import Action
from asn_desk.database import files
from asn_desk.database.trail import audit
from asn_desk.employees.model import Employee
from asn_desk.errors import DeskError
from asn_desk.letters.contents.kinds import KINDS
from asn_desk.letters.model import Letter, LetterVersion, NumberSeries, RegisterEntry
from asn_desk.letters.numbers.numbering import insert_mark, preview_number
from asn_desk.letters.terms import InsertStyle, LetterStatus, RegisterSource, RegisterStatus
from asn_desk.wording import readable_name, titled_name


@dataclass(frozen=True)
class LetterFilter:
    """Which letters to list: part of a number, title or name; and exact values (None: any). `newest_first` orders by date."""

    text: str = ""
    kind: str | None = None
    status: LetterStatus | None = None
    employee_id: int | None = None
    since: date | None = None
    until: date | None = None
    newest_first: bool = True


@dataclass(frozen=True)
class LetterRow:
    """One letter as lists show it; `number` is empty for personal letters, `person` for letters about nobody."""

    id: int
    kind: str
    kind_title: str
    title: str
    number: str
    dated: date
    person: str
    status: LetterStatus
    pages: int
    version: int


@dataclass(frozen=True)
class EditedRow:
    """A letter's Word file as edited after issue and taken back."""

    id: int
    docx_sha256: str
    pdf_sha256: str
    pages: int
    note: str
    made_at: datetime
    made_by: str


@dataclass(frozen=True)
class LetterDetail:
    """Everything about one letter but its files; `data` is the snapshot it was filled with.

    `docx_sha256` and `pdf_sha256` are the files as issued, `edited` those taken back since, the newest (which is printed) last.
    `hidden` says that the letter is confidential and this user sees only its kind, number and day.
    """

    id: int
    kind: str
    kind_title: str
    title: str
    number: str
    dated: date
    addressee: str
    employee_id: int | None
    person: str
    status: LetterStatus
    pages: int
    issued_at: datetime
    issued_by: str
    signed_on: date | None
    handed_over_on: date | None
    handed_over_to: str
    void_reason: str
    docx_sha256: str
    pdf_sha256: str
    template_sha256: str
    scan_sha256: str | None
    replaces_id: int | None
    replaced_by_id: int | None
    data: dict[str, Any]
    edited: tuple[EditedRow, ...]
    confidential: bool
    version: int
    hidden: bool = False


@dataclass(frozen=True)
class RegisterRow:
    """One line of the agenda: a number in use, reserved or void, with its letter when there is one.

    `order` is the running number as counted (`12`, `12a`; empty for a number outside the pattern). `confidential`: its words
    are those of a confidential letter, and this user may read them.
    """

    id: int
    series: str
    year: int
    sequence: int | None
    inserted: int
    order: str
    source: RegisterSource
    number: str
    dated: date
    subject: str
    addressee: str
    status: RegisterStatus
    void_reason: str
    letter_id: int | None
    version: int
    confidential: bool = False


@dataclass(frozen=True)
class SeriesRow:
    """One number series, as its form shows it, with the number that a letter dated on the asked day would get."""

    id: int
    code: str
    title: str
    pattern: str
    classification: str
    unit_code: str
    prefix: str
    padding: int
    insert_style: InsertStyle
    version: int
    next_number: str


MASKED = "Surat rahasia"
"""What stands in the place of subject, addressee and name of a confidential letter for those who may not see it."""


def sees_secrets(session: Session) -> bool:
    """Return whether the user of this unit of work may see confidential letters."""
    return allowed(session, Action.SEE_CANDIDACY)


def letter_ids(session: Session, wanted: LetterFilter | None = None) -> list[int]:
    """Return the ids of the letters that match, in order; none for those who may see no letters.

    Those who may not see confidential letters do not find them by their words or their person.
    """
    if not allowed(session, Action.SEE_LETTERS):
        return []
    chosen = wanted or LetterFilter()
    order = (Letter.dated.desc(), Letter.id.desc()) if chosen.newest_first else (Letter.dated, Letter.id)
    found = select(Letter.id).outerjoin(RegisterEntry).outerjoin(Employee).where(*_conditions(chosen)).order_by(*order)
    if (chosen.text.strip() or chosen.employee_id is not None) and not sees_secrets(session):
        found = found.where(Letter.confidential.is_(False))
    return list(session.scalars(found))


def _conditions(wanted: LetterFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.text.strip():
        part = f"%{_literal(wanted.text.strip().lower())}%"
        columns = (RegisterEntry.number, Letter.title, Employee.name)
        conditions.append(or_(*(func.lower(column).like(part, escape="\\") for column in columns)))
    exact = ((Letter.kind, wanted.kind), (Letter.status, wanted.status), (Letter.employee_id, wanted.employee_id))
    conditions += [column == value for column, value in exact if value is not None]
    if wanted.since is not None:
        conditions.append(Letter.dated >= wanted.since)
    if wanted.until is not None:
        conditions.append(Letter.dated <= wanted.until)
    return conditions


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def letter_rows(session: Session, ids: Sequence[int]) -> list[LetterRow]:
    """Return the letters with these ids, in the order of the ids; ids that are gone are left out.

    None for those who may see no letters.
    """
    if not allowed(session, Action.SEE_LETTERS):
        return []
    open_book = sees_secrets(session)
    found = {
        letter.id: _row(letter, entry, person, hidden=letter.confidential and not open_book)
        for letter, entry, person in session.execute(_joined(ids))
    }
    return [found[wanted] for wanted in ids if wanted in found]


def _joined(ids: Sequence[int]) -> Select[Letter, RegisterEntry, Employee]:
    return (
        select(Letter, RegisterEntry, Employee).outerjoin(RegisterEntry).outerjoin(Employee).where(Letter.id.in_(ids))
    )


def _row(letter: Letter, entry: RegisterEntry | None, person: Employee | None, *, hidden: bool = False) -> LetterRow:
    return LetterRow(
        letter.id, letter.kind, _kind_title(letter.kind), MASKED if hidden else letter.title,
        entry.number if entry else "", letter.dated, "" if hidden else _person(person), letter.status, letter.pages,
        letter.version,
    )  # fmt: skip


def _kind_title(code: str) -> str:
    return KINDS[code].title if code in KINDS else code


def _person(person: Employee | None) -> str:
    return titled_name(readable_name(person.name), person.title_front, person.title_back) if person else ""


def letter_detail(session: Session, letter_id: int) -> LetterDetail:
    """Return everything about one letter; of a confidential one only its kind, number and day to those who may not see more.

    Raises DeskError("letter_missing" | "not_allowed").
    """
    require(session, Action.SEE_LETTERS)
    found = session.execute(_joined([letter_id])).one_or_none()
    if found is None:
        raise DeskError("letter_missing", "Surat ini tidak ada. Muat ulang daftar surat.")
    letter, entry, person = found
    detail = _detail(session, letter, entry, person)
    if not letter.confidential:
        return detail
    if sees_secrets(session):
        audit.viewed(session, f"letters:{letter_id}")
        return detail
    return replace(
        detail, title=MASKED, addressee=MASKED, person="", employee_id=None, handed_over_to="", void_reason="", data={},
        edited=(), hidden=True,
    )  # fmt: skip


def _detail(session: Session, letter: Letter, entry: RegisterEntry | None, person: Employee | None) -> LetterDetail:
    row, letter_id = _row(letter, entry, person), letter.id
    same = ("id", "kind", "kind_title", "title", "number", "dated", "person", "status", "pages", "version")
    kept = (
        "employee_id", "issued_at", "issued_by", "signed_on", "handed_over_on", "handed_over_to", "void_reason",
        "docx_sha256", "pdf_sha256", "template_sha256", "scan_sha256", "replaces_id",
    )  # fmt: skip
    values: dict[str, Any] = {name: getattr(row, name) for name in same} | {
        name: getattr(letter, name) for name in kept
    }
    newer = session.scalar(select(Letter.id).where(Letter.replaces_id == letter_id))
    return LetterDetail(
        **values, addressee=_addressee(entry), replaced_by_id=newer, data=json.loads(letter.data),
        edited=_edited(session, letter_id), confidential=letter.confidential,
    )  # fmt: skip


def _edited(session: Session, letter_id: int) -> tuple[EditedRow, ...]:
    found = select(LetterVersion).where(LetterVersion.letter_id == letter_id).order_by(LetterVersion.id)
    names = list(EditedRow.__dataclass_fields__)
    return tuple(EditedRow(**{name: getattr(row, name) for name in names}) for row in session.scalars(found))


def _addressee(entry: RegisterEntry | None) -> str:
    return entry.addressee if entry else ""


def stored_pdf(session: Session, letter_id: int, version_id: int | None = None) -> bytes:
    """Return the stored PDF, which is what is printed: the newest version, or the one asked for (0: as issued).

    Raises DeskError("letter_missing") and as files.fetch.
    """
    letter = _seen(session, letter_id)
    return files.fetch(session, _version(letter, version_id).pdf_sha256)


def stored_docx(session: Session, letter_id: int, version_id: int | None = None) -> bytes:
    """Return the stored Word file. Raises as `stored_pdf`."""
    letter = _seen(session, letter_id)
    return files.fetch(session, _version(letter, version_id).docx_sha256)


def _seen(session: Session, letter_id: int) -> LetterDetail:
    """Return a letter whose files may be handed out. Raises DeskError("letter_missing" | "not_allowed" | "letter_secret")."""
    letter = letter_detail(session, letter_id)
    if letter.hidden:
        raise DeskError("letter_secret", "Surat ini rahasia. Minta verifikator atau administrator membukanya.")
    return letter


def _version(letter: LetterDetail, version_id: int | None) -> LetterDetail | EditedRow:
    if version_id == 0 or not letter.edited:
        return letter
    if version_id is None:
        return letter.edited[-1]
    found = next((row for row in letter.edited if row.id == version_id), None)
    if found is None:
        raise DeskError("letter_missing", "Versi surat ini tidak ada. Muat ulang daftar surat.")
    return found


def stored_scan(session: Session, letter_id: int) -> bytes:
    """Return the scan of the signed paper. Raises DeskError("letter_missing" | "scan_missing") and as files.fetch."""
    found = _seen(session, letter_id).scan_sha256
    if found is None:
        raise DeskError("scan_missing", "Surat ini belum dilampiri pindaian.")
    return files.fetch(session, found)


def register_rows(session: Session, year: int, series_code: str | None = None) -> list[RegisterRow]:
    """Return the agenda of a year, every number accounted for, by series and sequence; confidential letters keep their words.

    Raises DeskError("not_allowed").
    """
    require(session, Action.SEE_LETTERS)
    wanted = (
        select(RegisterEntry, NumberSeries, Letter.id, Letter.kind, Letter.confidential)
        .join(NumberSeries, NumberSeries.id == RegisterEntry.series_id)
        .outerjoin(Letter, Letter.register_entry_id == RegisterEntry.id)
        .where(RegisterEntry.year == year)
        .order_by(
            NumberSeries.code,
            RegisterEntry.sequence.nulls_last(),
            RegisterEntry.inserted,
            RegisterEntry.dated,
            RegisterEntry.id,
        )
    )
    if series_code is not None:
        wanted = wanted.where(NumberSeries.code == series_code)
    open_book, rows = sees_secrets(session), list[RegisterRow]()
    for entry, series, letter_id, kind, confidential in session.execute(wanted):
        row = _register_row(entry, series, letter_id)
        secret = replace(row, confidential=True) if open_book else _masked(row, kind)
        rows.append(secret if confidential else row)
    return rows


def _masked(row: RegisterRow, kind: str) -> RegisterRow:
    reason = MASKED if row.void_reason else ""
    return replace(row, subject=f"{MASKED}: {_kind_title(kind)}", addressee=MASKED, void_reason=reason)


def _register_row(entry: RegisterEntry, series: NumberSeries, letter_id: int | None) -> RegisterRow:
    order = "" if entry.sequence is None else f"{entry.sequence}{insert_mark(series.insert_style, entry.inserted)}"
    return RegisterRow(
        entry.id, series.code, entry.year, entry.sequence, entry.inserted, order, entry.source, entry.number, entry.dated,
        entry.subject, entry.addressee, entry.status, entry.void_reason, letter_id, entry.version,
    )  # fmt: skip


def register_years(session: Session) -> list[int]:
    """Return the years in which numbers were taken, newest first."""
    require(session, Action.SEE_LETTERS)
    return list(session.scalars(select(RegisterEntry.year).distinct().order_by(RegisterEntry.year.desc())))


def series_rows(session: Session, day: date) -> list[SeriesRow]:
    """Return the number series by title; `next_number` is that of a letter dated on `day`."""
    require_user(session)
    names = [name for name in SeriesRow.__dataclass_fields__ if name != "next_number"]
    return [
        SeriesRow(**{name: getattr(row, name) for name in names}, next_number=preview_number(session, row.code, day))
        for row in session.scalars(select(NumberSeries).order_by(NumberSeries.title))
    ]


def letters_without_number(session: Session) -> list[LetterRow]:
    """Return the letters that were issued with an empty number slot and wait for their number, newest first."""
    require(session, Action.SEE_LETTERS)
    numbered = [kind.code for kind in KINDS.values() if kind.numbered]
    waiting = (
        select(Letter.id)
        .where(Letter.register_entry_id.is_(None), Letter.kind.in_(numbered), Letter.status != LetterStatus.VOID)
        .order_by(Letter.dated.desc(), Letter.id.desc())
    )
    return letter_rows(session, list(session.scalars(waiting)))


def reserved_rows(session: Session) -> list[RegisterRow]:
    """Return the numbers that are kept for a purpose, oldest first."""
    require(session, Action.SEE_LETTERS)
    years = select(RegisterEntry.year).where(RegisterEntry.status == RegisterStatus.RESERVED).distinct()
    rows = [row for year in session.scalars(years.order_by(RegisterEntry.year)) for row in register_rows(session, year)]
    return [row for row in rows if row.status == RegisterStatus.RESERVED]

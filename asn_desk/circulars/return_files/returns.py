"""Return files: a workbook per OPD for units without network, filled in there, taken in here; nothing recorded is overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.circulars import many, marking, queries, recipients, rules, seals
from asn_desk.circulars.marking import FOUND, Evidence, NewMark
from asn_desk.circulars.model import Acknowledgement, Recipient
from asn_desk.circulars.queries import CircularRow
from asn_desk.circulars.recipients import AnyRow, RecipientFilter
from asn_desk.circulars.return_files import returns_sheet as form
from asn_desk.circulars.return_files.returns_model import ReturnFile
from asn_desk.circulars.return_files.returns_reading import Filled, ReturnBook, day_of, filled_rows, head_of, open_book
from asn_desk.circulars.return_files.returns_sheet import Head, Line
from asn_desk.circulars.rules import STATUS_WORDS, MarkNotes
from asn_desk.circulars.terms import AckMethod, AckStatus, Signature
from asn_desk.database import files
from asn_desk.database.file_store import disk_problem, write_durably
from asn_desk.database.work import today, work_of
from asn_desk.errors import DeskError
from asn_desk.wording import long_date

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_READ_AT_ONCE = 500
_UNANSWERED = frozenset({AckStatus.WAITING, AckStatus.PRINTED, AckStatus.HANDED})
_MEANT = {STATUS_WORDS[status].casefold(): status for status in form.CHOICES}


@dataclass(frozen=True)
class Exported:
    """A return file that was written, and how many people it lists."""

    path: Path
    people: int
    opd: str


@dataclass(frozen=True)
class Expected:
    """What the clerk says a file belongs to; None leaves it to the file."""

    circular_id: int | None = None
    opd_id: int | None = None


@dataclass(frozen=True)
class ReturnRow:
    """One filled row: the cell it is about, who, what the unit says, and in `sentence` what that means."""

    cell: str
    person: str
    number: str
    recipient_id: int | None = None
    status: AckStatus | None = None
    on: date | None = None
    note: str = ""
    party: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class ReturnPlan:
    """What a return file would do: `new` marks, `same` already on record, `conflicts` that contradict it, `problems` in open cells.

    Conflicts and problems change nothing; they are for the clerk. `blank` people have not answered.
    """

    file: str
    sha256: str
    circular_id: int
    version_id: int
    circular: str
    opd_id: int
    opd: str
    new: tuple[ReturnRow, ...]
    same: tuple[ReturnRow, ...]
    conflicts: tuple[ReturnRow, ...]
    problems: tuple[ReturnRow, ...]
    blank: int


def export_return_file(session: Session, version_id: int, opd_id: int, target: Path) -> Exported:
    """Write the workbook for the people of one OPD who have not answered yet.

    Raises DeskError("circular_unknown" | "closed" | "nobody_missing" | "not_allowed"), EnvironmentProblem.
    """
    require(session, Action.ACKNOWLEDGE)
    circular = queries.version_detail(session, version_id)
    if circular.closed_on is not None:
        raise DeskError(
            "closed", f"Edaran ini sudah ditutup pada {long_date(circular.closed_on)}. Buka kembali edarannya."
        )
    wanted = RecipientFilter(circular.version_id, opd_ids=(opd_id,), statuses=rules.OPEN)
    people = [one for one in recipients.stream(session, wanted) if one.status in _UNANSWERED]
    if not people:
        raise DeskError(
            "nobody_missing", "Tidak ada penerima di OPD ini yang belum menjawab, jadi tidak ada berkas balasan."
        )
    lines = [Line(one.code, one.number, one.name, one.post, one.unit) for one in people]
    head = Head(
        circular.id, circular.version_id, circular.ordinal, circular.text_sha256, opd_id, people[0].opd, len(lines),
        today(session).isoformat(),
    )  # fmt: skip
    now = work_of(session).now.replace(tzinfo=None)
    content = form.workbook(
        circular.subject, _reference(session, circular), head, lines, seals.office_seal(session), now
    )
    try:
        write_durably(target, content)
    except OSError as error:
        raise disk_problem(error, target.parent) from error
    return Exported(target, len(lines), head.opd)


def _reference(session: Session, circular: CircularRow) -> str:
    practice = "CONTOH (data latihan). " if work_of(session).practice else ""
    named = f"Nomor {circular.number}, tanggal" if circular.number else "Tanggal"
    return f"{practice}{named} {long_date(circular.dated)}"


def plan_return(session: Session, path: Path, expected: Expected = Expected()) -> ReturnPlan:
    """Say what a return file would do, without doing it.

    Raises DeskError("return_unreadable" | "return_foreign" | "return_office" | "return_altered" | "return_circular" |
    "return_opd" | "closed" | "not_allowed"), EnvironmentProblem.
    """
    require(session, Action.ACKNOWLEDGE)
    return _planned(session, open_book(path), expected)


def take_return(session: Session, path: Path, expected: Expected = Expected()) -> ReturnPlan:
    """Record what a return file says of people who had not answered, with the file as evidence; the same file again does nothing.

    Raises as `plan_return`.
    """
    require(session, Action.ACKNOWLEDGE)
    book = open_book(path)
    plan = _planned(session, book, expected)
    if not plan.new:
        return plan
    work = work_of(session)
    sha256 = files.store(session, book.data, XLSX)
    by_id = {row.recipient_id: row for row in plan.new}
    many.mark_all(
        session, [key for key in by_id if key is not None], lambda row: _mark(by_id[row.Recipient.id], sha256)
    )
    if session.scalar(select(ReturnFile.id).where(ReturnFile.sha256 == sha256)) is None:
        session.add(ReturnFile(
            sha256=sha256, name=book.file[:260], version_id=plan.version_id, opd_id=plan.opd_id, marked=len(plan.new),
            taken_in_at=work.now, taken_in_by=work.actor,
        ))  # fmt: skip
    session.flush()
    return plan


def _mark(row: ReturnRow, sha256: str) -> NewMark:
    assert row.status is not None, "only understood rows are recorded"
    assert row.on is not None, "only understood rows are recorded"
    signature = Signature.WET if row.status is AckStatus.SIGNED else None
    notes = MarkNotes(row.note, row.party)
    return NewMark(row.status, AckMethod.RETURN_FILE, row.on, notes, signature, Evidence(sha256, int(row.cell[1:])))


def _planned(session: Session, book: ReturnBook, expected: Expected) -> ReturnPlan:
    seal = seals.known_seal(session, book.key)
    if seal is None:
        raise DeskError(
            "return_office",
            f"Berkas {book.file} bukan dibuat oleh data kantor ini (kantor lain, atau data latihan). Tidak ada yang dicatat.",
        )
    head = head_of(book, seal)
    circular = _checked(session, book, head, expected)
    rows = filled_rows(book, head)
    found = _people(session, head.version_id, [row.code for row in rows if not row.blank])
    last = _last_marks(session, [one.Recipient.id for one in found.values()])
    sorted_rows: dict[str, list[ReturnRow]] = {"new": [], "same": [], "conflicts": [], "problems": []}
    for row in rows:
        if not row.blank:
            kind, shown = _judged(session, row, found.get(row.code), last)
            sorted_rows[kind].append(shown)
    return ReturnPlan(
        book.file, book.sha256, circular.id, head.version_id, circular.subject, head.opd_id, head.opd,
        blank=sum(row.blank for row in rows), **{kind: tuple(listed) for kind, listed in sorted_rows.items()},
    )  # fmt: skip


def _checked(session: Session, book: ReturnBook, head: Head, expected: Expected) -> CircularRow:
    """Return the circular that the file is for, when it is the expected one and still open."""
    circular = queries.version_detail(session, head.version_id)
    if expected.circular_id is not None and circular.id != expected.circular_id:
        raise DeskError(
            "return_circular",
            f"Berkas {book.file} adalah balasan edaran “{circular.subject}”, bukan edaran yang dipilih. Tidak ada yang dicatat.",
        )
    if expected.opd_id is not None and head.opd_id != expected.opd_id:
        raise DeskError(
            "return_opd",
            f"Berkas {book.file} adalah balasan {head.opd}, bukan OPD yang dipilih. Tidak ada yang dicatat.",
        )
    if circular.closed_on is not None:
        raise DeskError(
            "closed",
            f"Edaran berkas {book.file} sudah ditutup pada {long_date(circular.closed_on)}. Buka kembali untuk mencatat.",
        )
    return circular


def _people(session: Session, version_id: int, codes: Sequence[str]) -> dict[str, AnyRow]:
    found: dict[str, AnyRow] = {}
    for start in range(0, len(codes), _READ_AT_ONCE):
        part = codes[start : start + _READ_AT_ONCE]
        rows = session.execute(FOUND.where(Recipient.version_id == version_id, Recipient.code.in_(part)))
        found.update({row.Recipient.code: row for row in rows})
    return found


def _last_marks(session: Session, ids: Sequence[int]) -> dict[int, Acknowledgement]:
    last: dict[int, Acknowledgement] = {}
    for start in range(0, len(ids), _READ_AT_ONCE):
        query = select(Acknowledgement).where(
            Acknowledgement.recipient_id.in_(ids[start : start + _READ_AT_ONCE]), Acknowledgement.undone_at.is_(None)
        )
        last.update({mark.recipient_id: mark for mark in session.scalars(query.order_by(Acknowledgement.id))})
    return last


def _judged(
    session: Session, row: Filled, found: AnyRow | None, last: Mapping[int, Acknowledgement]
) -> tuple[str, ReturnRow]:
    """Return in which list a filled row belongs, and how it is shown there."""
    shown = ReturnRow(f"{form.STATUS}{row.row}", row.person, row.number, note=row.note, party=row.party)
    if found is None:
        return "problems", replace(shown, sentence=f"{row.person}: tidak lagi menjadi penerima edaran ini.")
    shown = replace(
        shown, recipient_id=found.Recipient.id, status=_MEANT.get(row.status.casefold()), on=day_of(row.day)
    )
    if shown.status is None:
        choices = ", ".join(STATUS_WORDS[status] for status in form.CHOICES)
        return "problems", replace(shown, sentence=f"{shown.cell}: pilih status ({choices}), bukan “{row.status}”.")
    if shown.on is None:
        cell = f"{form.DAY}{row.row}"
        return "problems", replace(shown, cell=cell, sentence=f"{cell}: tulis tanggal seperti 09-09-2024.")
    if found.Recipient.status not in _UNANSWERED:
        return _against_record(shown, found, last.get(found.Recipient.id))
    try:
        marking.check_new(session, found, _mark(shown, ""))
    except DeskError as error:
        cell = f"{form.DAY if error.code == 'day' else form.NOTE}{row.row}"
        return "problems", replace(shown, cell=cell, sentence=f"{cell}: {error.sentence}")
    return "new", replace(shown, sentence="Dicatat.")


def _against_record(shown: ReturnRow, found: AnyRow, mark: Acknowledgement | None) -> tuple[str, ReturnRow]:
    """Return whether the record says the same as the file; when it does not, the record stands."""
    if mark is not None and _says_the_same(shown, mark):
        return "same", replace(shown, sentence="Sudah tercatat sama.")
    word, day = STATUS_WORDS[found.Recipient.status], f" {long_date(mark.happened_on)}" if mark is not None else ""
    said = " ".join((STATUS_WORDS[shown.status] if shown.status else "", long_date(shown.on) if shown.on else ""))
    sentence = (
        f"{shown.cell}: {shown.person} tercatat {word}{day}, berkas ini menyebut {said}. "
        "Yang tercatat tidak diubah; batalkan dulu bila keliru."
    )
    return "conflicts", replace(shown, sentence=sentence)


def _says_the_same(shown: ReturnRow, mark: Acknowledgement) -> bool:
    if (mark.status, mark.happened_on) != (shown.status, shown.on):
        return False
    return mark.method is not AckMethod.RETURN_FILE or (mark.note, mark.party) == (shown.note, shown.party)

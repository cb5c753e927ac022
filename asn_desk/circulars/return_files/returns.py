"""Return files: a workbook per OPD for units without network, filled in there, taken in here; nothing recorded is overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asn_desk import saving
from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.circulars import many, queries, recipients, seals
from asn_desk.circulars.marking import FOUND
from asn_desk.circulars.model import Acknowledgement, Recipient
from asn_desk.circulars.queries import CircularRow
from asn_desk.circulars.recipients import AnyRow, RecipientFilter
from asn_desk.circulars.return_files import returns_sheet as form
from asn_desk.circulars.return_files.returns_judging import (
    ASKED_AGAIN,
    READ_AT_ONCE,
    UNANSWERED,
    ReturnRow,
    judged,
    new_mark,
    record_of,
    unread,
)
from asn_desk.circulars.return_files.returns_model import ReturnFile
from asn_desk.circulars.return_files.returns_reading import ReturnBook, filled_rows, head_of, open_book
from asn_desk.circulars.return_files.returns_sheet import Head, Line
from asn_desk.database import files
from asn_desk.database.work import today, work_of
from asn_desk.errors import DeskError
from asn_desk.wording import long_date

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
class ReturnPlan:
    """What a return file would do: `new` marks, `same` already on record, `conflicts` that contradict it, `problems` in open cells.

    Conflicts and problems change nothing; they are for the clerk. `blank` people have not answered. `superseded`: the file
    belongs to version `ordinal`, which a newer one has replaced; it counts for that version.
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
    ordinal: int = 1
    superseded: bool = False


def export_return_file(session: Session, version_id: int, opd_id: int, target: Path) -> Exported:
    """Write the workbook for the people of one OPD who have not answered yet, or could not sign yet.

    A return file that somebody has filled in is not written over.
    Raises DeskError("circular_unknown" | "closed" | "superseded" | "nobody_missing" | "return_filled" | "target_..." |
    "not_allowed"), EnvironmentProblem.
    """
    require(session, Action.ACKNOWLEDGE)
    circular = queries.version_detail(session, version_id)
    if circular.closed_on is not None:
        raise DeskError(
            "closed", f"Edaran ini sudah ditutup pada {long_date(circular.closed_on)}. Buka kembali edarannya."
        )
    if _superseded(session, circular):
        sentence = (
            f"Versi {circular.ordinal} edaran ini sudah diganti versi yang lebih baru. Buat berkas untuk versi terbaru."
        )
        raise DeskError("superseded", sentence)
    wanted = RecipientFilter(circular.version_id, opd_ids=(opd_id,), statuses=(*UNANSWERED, *ASKED_AGAIN))
    people = list(recipients.stream(session, wanted))
    if not people:
        raise DeskError(
            "nobody_missing", "Tidak ada penerima di OPD ini yang belum menjawab, jadi tidak ada berkas balasan."
        )
    lines = [Line(one.code, one.number, one.name, one.post, one.unit) for one in people]
    head = Head(
        circular.id, circular.version_id, circular.ordinal, circular.text_sha256, opd_id, people[0].opd, len(lines),
        today(session).isoformat(), last_mark=session.scalar(select(func.max(Acknowledgement.id))) or 0,
    )  # fmt: skip
    now = work_of(session).now.replace(tzinfo=None)
    content = form.workbook(
        circular.subject, _reference(session, circular), head, lines, seals.office_seal(session), now
    )
    _keep_filled(target)
    saving.write(target, content)
    return Exported(target, len(lines), head.opd)


def _superseded(session: Session, circular: CircularRow) -> bool:
    return queries.circular_detail(session, circular.id).version_id != circular.version_id


def _keep_filled(target: Path) -> None:
    """Raise DeskError("return_filled") when the file there is a return file with answers in it."""
    if not target.is_file():
        return
    try:
        book = open_book(target)
    except DeskError:
        return
    if any(form.is_answer(address) for address in book.people):
        raise DeskError(
            "return_filled",
            f"{target.name} adalah berkas balasan yang sudah diisi. Pilih nama lain supaya isinya tidak hilang.",
        )


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
        session, [key for key in by_id if key is not None], lambda row: new_mark(by_id[row.Recipient.id], sha256)
    )
    if session.scalar(select(ReturnFile.id).where(ReturnFile.sha256 == sha256)) is None:
        session.add(ReturnFile(
            sha256=sha256, name=book.file[:260], version_id=plan.version_id, opd_id=plan.opd_id, marked=len(plan.new),
            taken_in_at=work.now, taken_in_by=work.actor,
        ))  # fmt: skip
    session.flush()
    return plan


def _planned(session: Session, book: ReturnBook, expected: Expected) -> ReturnPlan:
    seal = seals.known_seal(session, book.key)
    if seal is None:
        raise DeskError(
            "return_office",
            f"Berkas {book.file} bukan dibuat oleh data kantor ini (kantor lain, atau data latihan). Tidak ada yang dicatat.",
        )
    head = head_of(book, seal)
    circular = _checked(session, book, head, expected)
    superseded = _superseded(session, circular)
    rows = filled_rows(book, head)
    found = _people(session, head.version_id, [row.code for row in rows if not row.blank])
    record = record_of(session, [one.Recipient.id for one in found.values()], head.last_mark)
    word = "Dicatat."
    if superseded:
        word = f"Dicatat untuk versi {circular.ordinal}; edaran ini sudah diganti versi baru, yang masih ditunggu."
    sorted_rows: dict[str, list[ReturnRow]] = {"new": [], "same": [], "conflicts": [], "problems": unread(book, head)}
    for row in rows:
        if not row.blank:
            kind, shown = judged(session, row, found.get(row.code), record)
            sorted_rows[kind].append(replace(shown, sentence=word) if kind == "new" else shown)
    return ReturnPlan(
        book.file, book.sha256, circular.id, head.version_id, circular.subject, head.opd_id, head.opd,
        blank=sum(row.blank for row in rows), ordinal=circular.ordinal, superseded=superseded,
        **{kind: tuple(listed) for kind, listed in sorted_rows.items()},
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
    for start in range(0, len(codes), READ_AT_ONCE):
        part = codes[start : start + READ_AT_ONCE]
        rows = session.execute(FOUND.where(Recipient.version_id == version_id, Recipient.code.in_(part)))
        found.update({row.Recipient.code: row for row in rows})
    return found

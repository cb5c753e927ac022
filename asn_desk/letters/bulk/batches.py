"""Letters for many people: frozen as a list at the start, issued in chunks of one transaction each, so that a crash, a kill or a
power cut repeats nobody and skips nobody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import Table, func, insert, select, update
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require, require_any
from asn_desk.accounts.terms import Action
from asn_desk.database.trail import audit
from asn_desk.database.work import work_of
from asn_desk.employees.queries import employee_rows
from asn_desk.errors import DeskError
from asn_desk.letters.bulk.together import issue_together
from asn_desk.letters.bulk.workshop import Alone, Maker
from asn_desk.letters.contents.entries import entered
from asn_desk.letters.contents.kinds import kind_of
from asn_desk.letters.export import DEFAULT_PATTERN, NameWords, check_pattern, file_stem
from asn_desk.letters.kept_command import as_text, from_text
from asn_desk.letters.model import Batch, BatchItem, Letter
from asn_desk.letters.queries import sees_secrets
from asn_desk.letters.service import IssueLetter
from asn_desk.letters.terms import BatchState, ItemState, NumberWay

CHUNK = 20
MOST_PEOPLE = 50_000
_ITEMS: Table = BatchItem.metadata.tables["letter_batch_items"]
_OPEN = (BatchState.RUNNING, BatchState.PAUSED)


@dataclass(frozen=True)
class StartBatch:
    """The letters to issue: `command` without the person, for whom, and the folder and file names of the copies."""

    command: IssueLetter
    employee_ids: tuple[int, ...]
    folder: Path
    pattern: str = DEFAULT_PATTERN
    with_docx: bool = False


@dataclass(frozen=True)
class BatchRow:
    """How far a batch is. `waiting` counts the people without a letter who were not refused.

    Of a `confidential` batch those who may not see confidential letters learn numbers, no names.
    """

    id: int
    kind: str
    kind_title: str
    dated: date
    folder: Path
    with_docx: bool
    state: BatchState
    total: int
    issued: int
    refused: int
    created_by: str
    confidential: bool = False

    @property
    def waiting(self) -> int:
        """Return how many people are still to come."""
        return self.total - self.issued - self.refused

    @property
    def open(self) -> bool:
        """Return whether the batch can go on."""
        return self.state in _OPEN


def start(session: Session, command: StartBatch) -> int:
    """Freeze the list of people, sorted by OPD, unit and name, and return the batch's id; no letter is issued yet.

    Raises DeskError("letter_data" | "batch_kind" | "batch_people" | "batch_folder" | "file_pattern" | "not_allowed").
    """
    require(session, Action.ISSUE_LETTERS)
    wanted = replace(command.command, employee_id=None)
    _check(session, command)
    people = employee_rows(session, list(dict.fromkeys(command.employee_ids)))
    ordered = sorted(people, key=lambda row: (row.opd.casefold(), row.unit.casefold(), row.name.casefold(), row.id))
    if not 0 < len(ordered) <= MOST_PEOPLE:
        raise DeskError("batch_people", "Tidak ada pegawai yang cocok dengan pilihan ini. Ubah pilihannya.")
    work = work_of(session)
    batch = Batch(
        kind=wanted.kind, dated=wanted.dated, command=as_text(wanted), folder=str(folder_key(command.folder)),
        pattern=command.pattern, with_docx=command.with_docx, total=len(ordered), created_at=work.now,
        created_by=work.actor,
    )  # fmt: skip
    session.add(batch)
    session.flush()
    rows = [
        {"batch_id": batch.id, "place": place, "employee_id": row.id, "state": ItemState.WAITING, "problem": ""}
        for place, row in enumerate(ordered, 1)
    ]
    session.execute(insert(_ITEMS), rows)
    return batch.id


def run_chunk(session: Session, batch_id: int, size: int = CHUNK, maker: Maker | None = None) -> BatchRow:
    """Issue the next letters of a running batch in this unit of work, letters and progress together; say how far it is.

    `maker` makes the files; None makes them here. A person whose letter the core refuses is kept with the sentence, and the
    others go on. Raises DeskError("batch_missing" | "not_allowed"), EnvironmentProblem when the disk refuses or a helping
    process is lost (then nothing of the chunk is stored).
    """
    require(session, Action.ISSUE_LETTERS)
    batch = _batch(session, batch_id)
    if batch.state != BatchState.RUNNING:
        return _row(batch)
    waiting = (BatchItem.batch_id == batch_id, BatchItem.state == ItemState.WAITING)
    items = session.scalars(select(BatchItem).where(*waiting).order_by(BatchItem.place).limit(size)).all()
    names = set(session.scalars(select(func.lower(BatchItem.file_name)).where(BatchItem.batch_id == batch_id)))
    result = issue_together(session, frozen_command(batch), [item.employee_id for item in items], maker or Alone())
    for item in items:
        _note(batch, item, result[item.employee_id], names)
    session.flush()
    return _row(batch)


def finish(session: Session, batch_id: int) -> BatchRow:
    """Say that letters and outputs of a batch are complete. Raises DeskError("batch_missing" | "batch_waiting").

    Where confidential letters were left out of the folder, because this user may not see them, the batch rests: somebody who
    may see them completes it.
    """
    require(session, Action.ISSUE_LETTERS)
    batch = _batch(session, batch_id)
    if _row(batch).waiting:
        raise DeskError("batch_waiting", "Masih ada surat yang belum terbit dalam cetak massal ini.")
    if batch.state == BatchState.RUNNING:
        batch.state = BatchState.PAUSED if _letters_left_out(session, batch_id) else BatchState.DONE
    return _row(batch)


def _letters_left_out(session: Session, batch_id: int) -> bool:
    secret = select(BatchItem.id).join(Letter, Letter.id == BatchItem.letter_id)
    found = session.scalar(secret.where(BatchItem.batch_id == batch_id, Letter.confidential).limit(1))
    return found is not None and not sees_secrets(session)


def pause(session: Session, batch_id: int) -> BatchRow:
    """Let a running batch rest after the present chunk. Raises DeskError("batch_missing")."""
    require(session, Action.ISSUE_LETTERS)
    batch = _batch(session, batch_id)
    if batch.state == BatchState.RUNNING:
        batch.state = BatchState.PAUSED
    return _row(batch)


def resume(session: Session, batch_id: int) -> BatchRow:
    """Go on with a batch that rests, was killed, or is done: people who were refused get another try.

    Raises DeskError("batch_missing" | "batch_cancelled").
    """
    require(session, Action.ISSUE_LETTERS)
    batch = _batch(session, batch_id)
    if batch.state == BatchState.CANCELLED:
        raise DeskError(
            "batch_cancelled", "Cetak massal di folder ini sudah dihentikan. Pilih folder lain untuk memulai yang baru."
        )
    if batch.state != BatchState.RUNNING or batch.refused:
        refused = (BatchItem.batch_id == batch_id, BatchItem.state == ItemState.REFUSED)
        session.execute(update(_ITEMS).where(*refused).values(state=ItemState.WAITING, problem=""))
        batch.refused, batch.state = 0, BatchState.RUNNING
    return _row(batch)


def cancel(session: Session, batch_id: int) -> BatchRow:
    """Stop a batch for good; the letters that were issued stay issued. Raises DeskError("batch_missing")."""
    require(session, Action.ISSUE_LETTERS)
    batch = _batch(session, batch_id)
    if batch.state in _OPEN:
        batch.state = BatchState.CANCELLED
        done = {"terbit": batch.issued, "dari": batch.total}
        audit.record(session, "letter_batches:cancelled", f"letter_batches:{batch.id}", after=done)
    return _row(batch)


def batch_row(session: Session, batch_id: int) -> BatchRow:
    """Return how far a batch is. Raises DeskError("batch_missing")."""
    require(session, Action.ISSUE_LETTERS)
    return _row(_batch(session, batch_id))


def batch_rows(session: Session) -> list[BatchRow]:
    """Return all batches, the newest first."""
    require_any(session, Action.SEE_LETTERS, Action.ISSUE_LETTERS)
    return [_row(batch) for batch in session.scalars(select(Batch).order_by(Batch.id.desc()))]


def open_batch(session: Session) -> int | None:
    """Return the newest batch that can go on; None when all are complete or stopped."""
    require_any(session, Action.SEE_LETTERS, Action.ISSUE_LETTERS)
    return session.scalar(select(func.max(Batch.id)).where(Batch.state.in_(_OPEN)))


def batch_in(session: Session, folder: Path) -> BatchRow | None:
    """Return the batch whose copies go to a folder, the newest one; None when there is none."""
    require_any(session, Action.SEE_LETTERS, Action.ISSUE_LETTERS)
    found = select(Batch).where(Batch.folder == str(folder_key(folder))).order_by(Batch.id.desc()).limit(1)
    batch = session.scalar(found)
    return _row(batch) if batch is not None else None


def folder_key(folder: Path) -> Path:
    """Return a folder in the one form in which batches are compared."""
    return folder.expanduser().resolve()


def frozen_command(batch: Batch) -> IssueLetter:
    """Return the letter that a batch issues, without the person."""
    return from_text(batch.command, batch.dated)


def same_letter(session: Session, batch_id: int, command: IssueLetter) -> bool:
    """Return whether a batch issues just this letter (its date apart). Raises DeskError("batch_missing")."""
    require(session, Action.ISSUE_LETTERS)
    batch = _batch(session, batch_id)
    return as_text(frozen_command(batch)) == as_text(command)


def _check(session: Session, command: StartBatch) -> None:
    kind = kind_of(command.command.kind)
    if not kind.needs_person:
        raise DeskError("batch_kind", f"{kind.title} bukan surat perorangan, jadi tidak dapat dicetak massal.")
    if command.command.numbering.way not in (NumberWay.NEXT, NumberWay.LATER):
        raise DeskError("batch_kind", "Cetak massal memakai nomor berikutnya, atau nomor menyusul.")
    entered(kind, command.command.data)
    check_pattern(command.pattern)
    known = batch_in(session, command.folder)
    if known is not None:
        raise DeskError(
            "batch_folder", "Folder ini sudah dipakai cetak massal lain. Lanjutkan yang itu, atau pilih folder lain."
        )


def _note(batch: Batch, item: BatchItem, result: NameWords | str, names: set[str]) -> None:
    """Enter what became of one person: the letter, or the sentence of the refusal."""
    if isinstance(result, str):
        item.state, item.problem = ItemState.REFUSED, result
        batch.refused += 1
        return
    name = _free_name(file_stem(result, batch.pattern), names)
    item.state, item.letter_id, item.file_name = ItemState.ISSUED, result.letter_id, name
    batch.issued += 1


def _free_name(stem: str, names: set[str]) -> str:
    """Return a file name that no other letter of the batch has, also where capitals do not count (Windows)."""
    name, count = stem, 1
    while name.lower() in names:
        count += 1
        name = f"{stem} ({count})"
    names.add(name.lower())
    return name


def _batch(session: Session, batch_id: int) -> Batch:
    writing = work_of(session).writing
    batch = session.get(Batch, batch_id, with_for_update=writing or None)
    if batch is None:
        raise DeskError("batch_missing", "Cetak massal ini tidak ada. Muat ulang daftarnya.")
    return batch


def _row(batch: Batch) -> BatchRow:
    return BatchRow(
        batch.id, batch.kind, kind_of(batch.kind).title, batch.dated, Path(batch.folder), batch.with_docx, batch.state,
        batch.total, batch.issued, batch.refused, batch.created_by, frozen_command(batch).confidential,
    )  # fmt: skip

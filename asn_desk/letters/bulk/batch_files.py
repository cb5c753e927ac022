"""What a batch leaves in its folder: a file per person, one print PDF sorted by unit with covers, and the control list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import groupby
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.database import files
from asn_desk.database.file_store import disk_problem, move_durably, write_durably
from asn_desk.database.trail import audit
from asn_desk.database.trail.head import printed_mark
from asn_desk.database.work import work_of
from asn_desk.employees.model import Employee
from asn_desk.letters.bulk.batches import BatchRow, batch_row
from asn_desk.letters.bulk.print_file import Pile, PrintJob, Progress
from asn_desk.letters.bulk.workshop import Alone, Maker
from asn_desk.letters.model import BatchItem, Letter, RegisterEntry
from asn_desk.letters.pdf.writer import PdfMeta
from asn_desk.letters.queries import MASKED, sees_secrets
from asn_desk.letters.terms import ItemState
from asn_desk.office import queries as office
from asn_desk.office.model import Unit
from asn_desk.wording import Secrecy, grouped_nip, long_date, number, readable_name, sheet_properties, titled_name

LETTERS_FOLDER, PRINT_FILE, LIST_FILE = "surat", "Cetak semua.pdf", "Daftar kendali.xlsx"
UNFINISHED, UNFINISHED_PRINT = ".tulis-*", ".tulis-cetak-semua"
PRACTICE = "CONTOH"
_COLUMNS = (
    ("No.", 6), ("Nomor surat", 30), ("Nama", 36), ("NIP", 24), ("Jabatan", 34), ("Unit kerja", 34),
    ("Perangkat daerah", 34), ("Keadaan", 12), ("Halaman cetak", 10), ("Nama berkas", 44), ("Keterangan", 40),
    ("Tanda terima", 22),
)  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One person of a batch with the letter, as the outputs need it.

    `hidden`: the letter is confidential and this user may not see it; then it has a number and a state, no person and no files.
    """

    place: int
    name: str
    nip: str
    post: str
    unit: str
    opd: str
    state: ItemState
    problem: str
    file_name: str
    number: str
    docx_sha256: str
    pdf_sha256: str
    confidential: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Outputs:
    """Where everything lies; `written` counts the files per person written now (those that were right already are not).

    `hidden` counts the confidential letters that are left out because this user may not see them.
    """

    folder: Path
    print_file: Path
    list_file: Path
    written: int
    pages: int
    hidden: int = 0


def items(session: Session, batch_id: int, *, after: int = 0, limit: int | None = None) -> list[Item]:
    """Return the people of a batch in order, those behind place `after`; confidential letters without their people for those
    who may not see them. Raises DeskError("batch_missing").
    """
    require(session, Action.ISSUE_LETTERS)
    secret, open_book = batch_row(session, batch_id).confidential, sees_secrets(session)
    opd = aliased(Unit)
    wanted = (
        select(BatchItem, Employee, Letter, RegisterEntry.number, Unit.name, opd.name)
        .join(Employee, Employee.id == BatchItem.employee_id)
        .outerjoin(Letter, Letter.id == BatchItem.letter_id)
        .outerjoin(RegisterEntry, RegisterEntry.id == Letter.register_entry_id)
        .outerjoin(Unit, Unit.id == Employee.unit_id)
        .outerjoin(opd, opd.id == Employee.opd_id)
        .where(BatchItem.batch_id == batch_id, BatchItem.place > after)
        .order_by(BatchItem.place)
        .limit(limit)
    )
    found = (_item(*row, secret=secret) for row in session.execute(wanted))
    return [_masked(item) if item.confidential and not open_book else item for item in found]


def _masked(item: Item) -> Item:
    note = MASKED if item.problem else ""
    return replace(
        item, name=MASKED, nip="", post="", unit="", opd="", problem=note, file_name="", docx_sha256="", pdf_sha256="",
        hidden=True,
    )  # fmt: skip


def write_letters(
    session: Session, batch_id: int, *, after: int = 0, limit: int | None = None, progress: Progress | None = None
) -> int:
    """Write the copies that are missing or differ from the stored letters, and return how many; each is whole or absent.

    Confidential letters are written only by those who may see them.
    `after` and `limit` choose by place. Raises DeskError("file_missing" | "file_changed"), EnvironmentProblem.
    """
    require(session, Action.ISSUE_LETTERS)
    batch = batch_row(session, batch_id)
    folder = batch.folder / LETTERS_FOLDER
    issued = _shown(items(session, batch_id, after=after, limit=limit))
    written = 0
    for place, item in enumerate(issued):
        if progress is not None:
            progress(place, len(issued))
        written += _written(session, folder / f"{item.file_name}.pdf", item.pdf_sha256)
        if batch.with_docx:
            written += _written(session, folder / f"{item.file_name}.docx", item.docx_sha256)
    return written


def write_outputs(
    session: Session, batch_id: int, progress: Progress | None = None, maker: Maker | None = None
) -> Outputs:
    """Complete the folder of a batch: copies, print PDF and control list. Raises as `write_letters`.

    Safe to repeat; what `progress` raises stops the work and leaves whole files only. `maker` lays the print file out.
    """
    require(session, Action.ISSUE_LETTERS)
    batch = batch_row(session, batch_id)
    _sweep(batch.folder)
    written = write_letters(session, batch_id)
    everyone = items(session, batch_id)
    if any(item.confidential and not item.hidden for item in everyone):
        audit.viewed(session, f"letter_batches:{batch_id}")
    printed = batch.folder / PRINT_FILE
    places, pages = _print_file(session, batch, everyone, progress or _unheard, maker or Alone())
    listed = batch.folder / LIST_FILE
    _write(listed, _control_list(session, batch, everyone, places))
    return Outputs(batch.folder, printed, listed, written, pages, sum(item.hidden for item in everyone))


def _shown(everyone: Sequence[Item]) -> list[Item]:
    """Return the people whose letters this user may have."""
    return [item for item in everyone if item.state == ItemState.ISSUED and not item.hidden]


def _secrecy(everyone: Sequence[Item]) -> Secrecy:
    """Return the class of the office's own files about a batch."""
    return Secrecy.CONFIDENTIAL if any(item.confidential for item in everyone) else Secrecy.LIMITED


def _unheard(_done: int, _total: int) -> None:
    """Nobody asked how far it is."""


def _sweep(folder: Path) -> None:
    """Delete the unfinished files that a killed run left in the batch's folder."""
    for place in (folder, folder / LETTERS_FOLDER):
        for left in place.glob(UNFINISHED):
            left.unlink(missing_ok=True)


def _item(
    item: BatchItem, person: Employee, letter: Letter | None, taken: str | None, unit: str | None, opd: str | None,
    *, secret: bool,
) -> Item:  # fmt: skip
    return Item(
        item.place, titled_name(readable_name(person.name), person.title_front, person.title_back), person.nip or "",
        person.post_name, unit or "", opd or "", item.state, item.problem, item.file_name or "", taken or "",
        letter.docx_sha256 if letter else "", letter.pdf_sha256 if letter else "",
        letter.confidential if letter else secret,
    )  # fmt: skip


def _written(session: Session, target: Path, sha256: str) -> int:
    data = files.fetch(session, sha256)
    if target.exists() and target.read_bytes() == data:
        return 0
    _write(target, data)
    return 1


def _write(target: Path, data: bytes) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_durably(target, data)
    except OSError as error:
        raise disk_problem(error, target.parent) from error


def _print_file(
    session: Session, batch: BatchRow, everyone: Sequence[Item], progress: Progress, maker: Maker
) -> tuple[dict[int, int], int]:
    """Write the print PDF and return the page (from 1) of each place, and the number of pages."""
    issued = _shown(everyone)
    if not issued:
        return {}, 0
    agency = office.office_required(session).agency
    watermark = PRACTICE if work_of(session).practice else None
    meta = PdfMeta(batch.kind_title, agency, watermark=watermark, secrecy=_secrecy(everyone))
    unfinished = batch.folder / UNFINISHED_PRINT
    piles = tuple(_piles(batch, issued))
    printed = maker.print_file(PrintJob(work_of(session).files, unfinished, meta, piles), progress)
    try:
        move_durably(unfinished, batch.folder / PRINT_FILE)
    except OSError as error:
        raise disk_problem(error, batch.folder) from error
    return {item.place: first for item, first in zip(issued, printed.firsts, strict=True)}, printed.pages


def _piles(batch: BatchRow, issued: Sequence[Item]) -> Iterator[Pile]:
    for (opd, unit), people in groupby(issued, key=lambda item: (item.opd, item.unit)):
        pile = list(people)
        letters = tuple(item.docx_sha256 for item in pile)
        yield Pile(unit or opd or "Tanpa unit kerja", tuple(_cover_lines(batch, opd, unit, pile)), letters)


def _cover_lines(batch: BatchRow, opd: str, unit: str, pile: Sequence[Item]) -> list[str]:
    names = [part for part in dict.fromkeys((unit, opd)) if part] or ["Tanpa unit kerja"]
    numbers = [item.number for item in pile if item.number]
    span = [f"Nomor {numbers[0]}" + (f" sampai {numbers[-1]}" if len(numbers) > 1 else "")] if numbers else []
    people = [f"{place}. {item.name}, {item.nip}" for place, item in enumerate(pile, 1)]
    heading = f"{batch.kind_title}, {long_date(batch.dated)}: {number(len(pile))} surat"
    return [*names, heading, *span, "", *people]


def _control_list(session: Session, batch: BatchRow, everyone: Sequence[Item], places: dict[int, int]) -> bytes:
    import xlsxwriter

    from asn_desk.letters.numbers.table_xlsx import OPTIONS, add_sheet

    content = BytesIO()
    practice = "CONTOH (data latihan). " if work_of(session).practice else ""
    refused = f", {number(batch.refused)} ditolak" if batch.refused else ""
    waiting = f", {number(batch.waiting)} belum terbit" if batch.waiting else ""
    note = f"{practice}Tanggal surat {long_date(batch.dated)}: {number(batch.issued)} terbit{refused}{waiting}{printed_mark(session)}."
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        title, made_at = f"Daftar kendali {batch.kind_title}", work_of(session).now
        book.set_properties({"title": title, "created": made_at, **sheet_properties(_secrecy(everyone))})
        heading = (f"Daftar Kendali: {batch.kind_title}", note)
        add_sheet(book, "Daftar kendali", heading, _COLUMNS, _cells(everyone, places), _secrecy(everyone))
    return content.getvalue()


def _cells(everyone: Sequence[Item], places: dict[int, int]) -> Iterator[tuple[str, ...]]:
    words = {ItemState.ISSUED: "Terbit", ItemState.REFUSED: "Ditolak", ItemState.WAITING: "Belum"}
    for item in everyone:
        page = str(places[item.place]) if item.place in places else ""
        file_name = f"{item.file_name}.pdf" if item.file_name else ""
        yield (
            str(item.place), item.number, item.name, grouped_nip(item.nip), item.post, item.unit, item.opd,
            words[item.state], page, file_name, item.problem, "",
        )  # fmt: skip

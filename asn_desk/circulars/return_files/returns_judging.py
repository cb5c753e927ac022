"""What each filled row of a return file means against the record: new, the same, a contradiction, or not understood."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.circulars import marking
from asn_desk.circulars.marking import Evidence, NewMark
from asn_desk.circulars.model import Acknowledgement, Recipient
from asn_desk.circulars.recipients import AnyRow
from asn_desk.circulars.return_files import returns_extras as extras
from asn_desk.circulars.return_files import returns_sheet as form
from asn_desk.circulars.return_files.returns_days import day_of
from asn_desk.circulars.return_files.returns_reading import Filled, ReturnBook
from asn_desk.circulars.return_files.returns_sheet import Head
from asn_desk.circulars.rules import STATUS_WORDS, MarkNotes
from asn_desk.circulars.terms import AckMethod, AckStatus, Signature
from asn_desk.errors import DeskError
from asn_desk.wording import long_date

READ_AT_ONCE = 500
UNANSWERED = frozenset({AckStatus.WAITING, AckStatus.PRINTED, AckStatus.HANDED})
ASKED_AGAIN = frozenset({AckStatus.UNREACHABLE, AckStatus.POSTPONED})
"""Who could not sign yet: a later file may say that they did."""
_MEANT = {STATUS_WORDS[status].casefold(): status for status in form.CHOICES}


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
class Record:
    """What is on record about the people of a file: the mark that stands, and those taken back. `known` as Head.last_mark."""

    known: int
    last: dict[int, Acknowledgement]
    undone: dict[int, list[Acknowledgement]]

    def may_answer(self, recipient: Recipient) -> bool:
        """Return whether the file may say something new: nobody has answered, or not more than the file knew."""
        if recipient.status in UNANSWERED:
            return True
        mark = self.last.get(recipient.id)
        return recipient.status in ASKED_AGAIN and mark is not None and mark.id <= self.known


def record_of(session: Session, ids: Sequence[int], known: int) -> Record:
    """Return what is on record about these people; `known` is the newest mark that the file could know."""
    record = Record(known, {}, {})
    for start in range(0, len(ids), READ_AT_ONCE):
        query = select(Acknowledgement).where(Acknowledgement.recipient_id.in_(ids[start : start + READ_AT_ONCE]))
        for mark in session.scalars(query.order_by(Acknowledgement.id)):
            if mark.undone_at is None:
                record.last[mark.recipient_id] = mark
            else:
                record.undone.setdefault(mark.recipient_id, []).append(mark)
    return record


def judged(session: Session, row: Filled, found: AnyRow | None, record: Record) -> tuple[str, ReturnRow]:
    """Return in which list a filled row belongs, and how it is shown there."""
    shown = ReturnRow(f"{form.STATUS}{row.row}", row.person, row.number, note=row.note, party=row.party)
    if found is None:
        return "problems", replace(shown, sentence=f"{row.person}: tidak lagi menjadi penerima edaran ini.")
    if row.formula:
        sentence = f"{row.formula}: berisi rumus. Tulis nilainya langsung, tanpa rumus."
        return "problems", replace(shown, cell=row.formula, recipient_id=found.Recipient.id, sentence=sentence)
    shown = replace(
        shown, recipient_id=found.Recipient.id, status=_MEANT.get(_visible(row.status).casefold()), on=day_of(row.day)
    )
    if shown.status is None:
        choices = ", ".join(STATUS_WORDS[status] for status in form.CHOICES)
        alike = "" if row.status.isascii() else " Ada huruf asing yang mirip di dalamnya."
        said = f"{shown.cell}: pilih status ({choices}), bukan “{row.status}”.{alike}"
        return "problems", replace(shown, sentence=said)
    if shown.on is None:
        cell = f"{form.DAY}{row.row}"
        instead = f", bukan “{row.day}”" if row.day not in (None, "") else ""
        return "problems", replace(shown, cell=cell, sentence=f"{cell}: tulis tanggal seperti 09-09-2024{instead}.")
    mark = record.last.get(found.Recipient.id)
    if not record.may_answer(found.Recipient) or shown.status is found.Recipient.status:
        return _againstrecord_of(shown, found, mark)
    if taken_back := _taken_back(shown, record.undone.get(found.Recipient.id, ())):
        return "conflicts", replace(shown, sentence=taken_back)
    try:
        marking.check_new(session, found, new_mark(shown, ""))
    except DeskError as error:
        cell = f"{form.DAY if error.code == 'day' else form.NOTE}{row.row}"
        return "problems", replace(shown, cell=cell, sentence=f"{cell}: {error.sentence}")
    return "new", shown


def _visible(text: str) -> str:
    """Return the text without signs that nobody sees, as copying from a chat leaves them."""
    return "".join(char for char in text if unicodedata.category(char) != "Cf").strip()


def _taken_back(shown: ReturnRow, undone: Sequence[Acknowledgement]) -> str:
    """Return a sentence when a return file said the same before and a clerk took it back: a merge must not bring it back."""
    for mark in undone:
        if mark.method is AckMethod.RETURN_FILE and _says_the_same(shown, mark):
            return (
                f"{shown.cell}: catatan yang sama untuk {shown.person} sudah dibatalkan ({mark.undo_reason}). "
                "Tidak dicatat lagi; catat dengan tangan bila memang benar."
            )
    return ""


def _againstrecord_of(shown: ReturnRow, found: AnyRow, mark: Acknowledgement | None) -> tuple[str, ReturnRow]:
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


def unread(book: ReturnBook, head: Head) -> list[ReturnRow]:
    """Return what the unit put into the file that is no answer in an open cell, so that nobody takes it for recorded."""
    found = [
        ReturnRow(place.partition(":")[0], "", "", sentence=f"{place}: sel digabung, jadi hanya baris {row} yang dibaca. "
                  "Pisahkan selnya dan isi setiap baris.")
        for row, place in extras.merged_answers(book.merged, head.people)
    ]  # fmt: skip
    found += [
        ReturnRow(
            name,
            f"Lembar “{name}”",
            "",
            sentence=f"Lembar “{name}” ditambahkan di luar berkas balasan dan tidak dibaca.",
        )
        for name in book.others
    ]
    if extras.has_comments(book.data):
        sentence = f"Lembar “{form.SHEET}”: ada komentar sel, yang tidak dibaca. Tulis di kolom {form.OPEN[2]}."
        found.append(ReturnRow("komentar", "Komentar sel", "", sentence=sentence))
    return found


def new_mark(row: ReturnRow, sha256: str) -> NewMark:
    """Return the mark of a row that was understood, with the file as evidence."""
    assert row.status is not None, "only understood rows are recorded"
    assert row.on is not None, "only understood rows are recorded"
    signature = Signature.WET if row.status is AckStatus.SIGNED else None
    notes = MarkNotes(row.note, row.party)
    return NewMark(row.status, AckMethod.RETURN_FILE, row.on, notes, signature, Evidence(sha256, int(row.cell[1:])))

"""Issuing letters: number, Word file and PDF in one unit of work, kept for ever as issued; and what happens to them later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.database import files
from asn_desk.database.trail import audit
from asn_desk.database.work import check_version, today, work_of
from asn_desk.employees.queries import person_on
from asn_desk.errors import DeskError
from asn_desk.letters import aftercare, papers
from asn_desk.letters.contents import content, signing
from asn_desk.letters.contents.content import Facts
from asn_desk.letters.contents.entries import entered
from asn_desk.letters.contents.kinds import LetterKind, kind_of
from asn_desk.letters.contents.signing import Signing
from asn_desk.letters.model import Letter, NumberSeries
from asn_desk.letters.numbers import numbering, register
from asn_desk.letters.numbers.register import NumberRequest, NumberWish
from asn_desk.letters.papers import PaperOrder, Papers
from asn_desk.letters.pdf.writer import PdfMeta
from asn_desk.letters.rules import allowed, open_title, secrecy_of
from asn_desk.letters.templates import template_store
from asn_desk.letters.templates.template import CompiledTemplate
from asn_desk.letters.terms import LetterStatus
from asn_desk.office import queries as office
from asn_desk.office.look import letter_look
from asn_desk.office.queries import OfficialRow
from asn_desk.wording import Secrecy, long_date

DRAFT = "[DRAF]"
PRACTICE = "CONTOH"
_GENERAL = "umum"
FIRST_DAY, LATEST_DAYS = date(2014, 1, 15), 366
"""Letters dated before the civil-service law of 2014, or more than a year ahead, are slips of the keyboard."""


@dataclass(frozen=True)
class IssueLetter:
    """A letter to issue.

    `kind` is a code of `kinds.KINDS`; `data` its fields, dotted or nested. `signer_id` None takes who signs in the kind's
    usual role on that day; `series`, `classification`, `subject` and `addressee` empty take the kind's usual ones. `numbering` says how
    the number comes: the next one, inserted by date, a reserved one, or later by hand. `replaces_id` is the letter that this one corrects.
    `electronic` leaves the place of an electronic signature; a `confidential` letter's file properties name nobody.
    """

    kind: str
    dated: date
    employee_id: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    signer_id: int | None = None
    signing: Signing = field(default_factory=Signing)
    series: str = ""
    classification: str = ""
    subject: str = ""
    addressee: str = ""
    numbering: NumberWish = field(default_factory=NumberWish)
    replaces_id: int | None = None
    electronic: bool = False
    confidential: bool = False


@dataclass(frozen=True)
class IssuedLetter:
    """What issuing made. `number` is empty for a personal letter; `notes` are sentences about what to check."""

    id: int
    number: str
    docx_sha256: str
    pdf_sha256: str
    pages: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class PreviewLetter:
    """A letter as it would look, with the number it would get; nothing was stored."""

    docx: bytes
    pdf: bytes
    pages: int
    number: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class PreparedLetter:
    """A letter that has its number, and what its files are to be made from; it is complete in the same unit of work or never."""

    command: IssueLetter
    facts: Facts
    subject: str
    taken: numbering.TakenNumber | None
    order: PaperOrder


@dataclass(frozen=True)
class _Mark:
    """What the files say of themselves, and the word across the pages."""

    title: str
    watermark: str | None
    secrecy: Secrecy


def issue(session: Session, command: IssueLetter) -> IssuedLetter:
    """Take the number, make both files and keep them with the data and the template: all of it or nothing.

    Raises DeskError: "letter_data" (fields), "person_needed", "signer_missing", "office_missing", "series_missing",
    "number_taken", "template_...", "not_electronic", "not_allowed"; EnvironmentProblem when the disk refuses.
    """
    prepared = prepare(session, command)
    return complete(session, prepared, papers.make(prepared.order))


def prepare(session: Session, command: IssueLetter) -> PreparedLetter:
    """Take the number and gather what the files are made from. Raises as `issue`."""
    require(session, Action.ISSUE_LETTERS)
    facts = _facts(session, command)
    if command.replaces_id is not None:
        aftercare.check_replaced(session, command.replaces_id, command.kind)
    template = template_store.ready(session, facts.kind)
    subject = command.subject or content.subject(facts)
    taken = _taken(session, command, facts, subject)
    number = taken.number if taken else ""
    order = _order(
        session, facts, template, number, _mark(command, facts, number, PRACTICE if facts.practice else None)
    )
    return PreparedLetter(command, facts, subject, taken, order)


def complete(session: Session, prepared: PreparedLetter, made: Papers) -> IssuedLetter:
    """Keep a prepared letter with its files, in the unit of work that prepared it. Raises EnvironmentProblem."""
    command, facts, taken, subject = prepared.command, prepared.facts, prepared.taken, prepared.subject
    letter = Letter(
        kind=facts.kind.code, title=subject[:300], dated=command.dated, employee_id=command.employee_id,
        register_entry_id=taken.entry_id if taken else None, status=LetterStatus.ISSUED,
        replaces_id=command.replaces_id,
        data=json.dumps(content.plain(prepared.order.data), ensure_ascii=False, sort_keys=True),
        template_sha256=files.store(session, prepared.order.template.data, files.DOCX),
        docx_sha256=files.store(session, made.docx, files.DOCX),
        pdf_sha256=files.store(session, made.pdf, files.PDF),
        pages=made.pages, issued_at=work_of(session).now, issued_by=work_of(session).actor,
        electronic=command.electronic, confidential=command.confidential,
    )  # fmt: skip
    session.add(letter)
    session.flush()
    number = taken.number if taken and taken.entry_id is not None else ""
    told = facts.kind.title if command.confidential else subject
    audit.record(session, "letters:issued", f"letters:{letter.id}", after={"nomor": number, "perihal": told})
    notes = (*_doubts(facts), *made.notes)
    return IssuedLetter(letter.id, number, letter.docx_sha256, letter.pdf_sha256, made.pages, notes)


def preview(session: Session, command: IssueLetter) -> PreviewLetter:
    """Make both files as issuing would, marked as a draft, with the next free number; store nothing. Raises as `issue`."""
    require(session, Action.ISSUE_LETTERS)
    facts = _facts(session, command)
    number = ""
    if facts.kind.numbered:
        number = register.preview_for(
            session, command.numbering, _request(session, command, facts, content.subject(facts))
        )
    mark = _mark(command, facts, number, DRAFT)
    made = papers.make(_order(session, facts, template_store.ready(session, facts.kind), number, mark))
    return PreviewLetter(made.docx, made.pdf, made.pages, number, (*_doubts(facts), *made.notes))


def mark_signed(session: Session, letter_id: int, on: date, version: int) -> None:
    """Say that the paper was signed on a day. Raises DeskError("letter_missing" | "letter_state" | "letter_date"), StaleRecord."""
    require(session, Action.ISSUE_LETTERS)
    letter = _letter(session, letter_id, version)
    if LetterStatus.SIGNED not in allowed(letter.status):
        raise _wrong_state(letter, "ditandatangani")
    _check_day(session, letter, on)
    letter.status, letter.signed_on = LetterStatus.SIGNED, on


def mark_handed_over(session: Session, letter_id: int, on: date, to: str, version: int) -> None:
    """Say that the paper was given to somebody on a day. Raises as `mark_signed`."""
    require(session, Action.ISSUE_LETTERS)
    letter = _letter(session, letter_id, version)
    if LetterStatus.HANDED_OVER not in allowed(letter.status):
        raise _wrong_state(letter, "diserahkan")
    _check_day(session, letter, on)
    letter.status, letter.handed_over_on = LetterStatus.HANDED_OVER, on
    letter.handed_over_to = " ".join(to.split())[:200]


def void(session: Session, letter_id: int, reason: str, version: int) -> None:
    """Void a letter and its number, with the reason; both stay in the register and the files are kept.

    Raises DeskError("letter_missing" | "letter_state" | "reason_missing") and StaleRecord.
    """
    require(session, Action.VOID_LETTERS)
    letter = _letter(session, letter_id, version)
    clean = " ".join(reason.split())
    if LetterStatus.VOID not in allowed(letter.status):
        raise _wrong_state(letter, "dibatalkan lagi")
    if not clean:
        sentence = "Isi alasan pembatalan surat."
        raise DeskError("reason_missing", sentence, fields={"reason": sentence})
    letter.status, letter.void_reason = LetterStatus.VOID, clean
    if letter.register_entry_id is not None:
        numbering.void_entry(session, letter.register_entry_id, clean)


def _facts(session: Session, command: IssueLetter) -> Facts:
    kind = kind_of(command.kind)
    _check_dated(session, command.dated)
    fields = entered(kind, command.data)
    identity = office.office_required(session)
    signer = _signer(session, command, kind)
    work = work_of(session)
    person = None
    if kind.needs_person:
        if command.employee_id is None:
            sentence = "Pilih pegawai untuk surat ini."
            raise DeskError("person_needed", sentence, fields={"employee_id": sentence})
        person = person_on(session, command.employee_id, command.dated)
    return Facts(
        kind=kind, dated=command.dated, office=identity, fields=fields, moment=work.now, practice=work.practice,
        person=person, signer=signer, electronic=_signature_tag(session, command, kind),
        signature=signing.signature_block(signer, kind.document, command.signing) if signer else None,
        letterhead=signing.letterhead_for(signer, command.signing) if signer else None,
    )  # fmt: skip


def _signature_tag(session: Session, command: IssueLetter, kind: LetterKind) -> str:
    if not command.electronic:
        return ""
    if not kind.electronic:
        sentence = f"{kind.title} ditandatangani dengan tangan, jadi tidak dapat memakai tanda tangan elektronik."
        raise DeskError("not_electronic", sentence, fields={"electronic": sentence})
    return letter_look(session).signature_tag


def _signer(session: Session, command: IssueLetter, kind: LetterKind) -> OfficialRow | None:
    if kind.signer is None:
        return None
    if command.signer_id is not None:
        return office.official(session, command.signer_id)
    found = office.official_on(session, kind.signer, command.dated)
    if found is None:
        sentence = (
            f"Belum ada pejabat penanda tangan untuk {kind.title} pada tanggal itu. "
            "Tambahkan di Pengaturan, Pejabat penanda tangan."
        )
        raise DeskError("signer_missing", sentence, fields={"signer_id": sentence})
    return found


def _series(session: Session, command: IssueLetter, kind: LetterKind) -> str:
    """Return the series that numbers the letter; an office without one for its decrees counts them with its letters."""
    if command.series:
        return command.series
    own = session.scalar(select(NumberSeries.code).where(NumberSeries.code == kind.series))
    return own or _GENERAL


def _classification(command: IssueLetter, kind: LetterKind) -> str:
    return command.classification or kind.classification


def _taken(session: Session, command: IssueLetter, facts: Facts, subject: str) -> numbering.TakenNumber | None:
    if not facts.kind.numbered:
        return None
    return register.number_for(session, command.numbering, _request(session, command, facts, subject))


def _request(session: Session, command: IssueLetter, facts: Facts, subject: str) -> NumberRequest:
    return NumberRequest(
        series=_series(session, command, facts.kind),
        dated=command.dated,
        subject=subject,
        addressee=command.addressee or content.addressee(facts),
        classification=_classification(command, facts.kind),
    )


def _mark(command: IssueLetter, facts: Facts, number: str, watermark: str | None) -> _Mark:
    title = open_title(facts.kind.title, number) if command.confidential else content.subject(facts)
    return _Mark(title, watermark, secrecy_of(confidential=command.confidential))


def _order(session: Session, facts: Facts, template: CompiledTemplate, number: str, mark: _Mark) -> PaperOrder:
    pictures = {"logo": office.logo(session), "lambang": office.emblem(session)}
    meta = PdfMeta(mark.title, facts.office.agency, facts.kind.title, mark.watermark, mark.secrecy)
    return PaperOrder(template, content.letter_data(facts, number), pictures, meta)


def _doubts(facts: Facts) -> tuple[str, ...]:
    if facts.person is None or facts.person.certain:
        return ()
    return (
        f"Jabatan {facts.person.name} pada tanggal surat tidak tercatat; dipakai jabatan yang terdekat. Periksa riwayatnya.",
    )


def _letter(session: Session, letter_id: int, version: int) -> Letter:
    letter = session.get(Letter, letter_id)
    if letter is None:
        raise DeskError("letter_missing", "Surat ini tidak ada dalam agenda. Muat ulang daftar surat.")
    check_version(letter, version, "Surat ini")
    return letter


def _wrong_state(letter: Letter, wanted: str) -> DeskError:
    return DeskError("letter_state", f"Surat ini berstatus {letter.status.value}, jadi tidak dapat {wanted}.")


def _check_dated(session: Session, dated: date) -> None:
    if not FIRST_DAY <= dated <= today(session) + timedelta(days=LATEST_DAYS):
        sentence = f"Tanggal surat {long_date(dated)} tidak masuk akal. Periksa tahunnya."
        raise DeskError("letter_date", sentence, fields={"dated": sentence})


def _check_day(session: Session, letter: Letter, on: date) -> None:
    sentence = ""
    if on < letter.dated:
        sentence = "Tanggal ini mendahului tanggal surat."
    elif on > today(session):
        sentence = "Tanggal ini belum tiba."
    if sentence:
        raise DeskError("letter_date", sentence, fields={"on": sentence})

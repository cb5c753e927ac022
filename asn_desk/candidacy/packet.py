"""The whole packet of letters a file needs on its track: what is missing for each, and all of them issued in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.candidacy import filling
from asn_desk.candidacy.facts import Situation
from asn_desk.candidacy.loading import book_of, current_facts, declaration_of
from asn_desk.candidacy.model import Declaration, DeclarationLetter
from asn_desk.candidacy.papers import issue_letter, letter_command, offered_letters
from asn_desk.candidacy.secrecy import open_file
from asn_desk.database.work import today
from asn_desk.errors import DeskError
from asn_desk.letters.contents.entries import entered
from asn_desk.letters.contents.kinds import LetterKind, kind_of
from asn_desk.letters.model import Letter, RegisterEntry
from asn_desk.letters.numbers.register import NumberWish
from asn_desk.letters.service import IssuedLetter, IssueLetter
from asn_desk.letters.terms import LetterStatus, NumberWay
from asn_desk.office.queries import official_on
from asn_desk.regulations.terms import Fact, Track
from asn_desk.wording import long_date

RESIGNATION, RECEIPT, ACTING_ORDER = "L-1", "L-5", "L-14"
_BY_TRACK: Mapping[Track, tuple[str, ...]] = {
    Track.RESIGN: (RESIGNATION, "L-4", RECEIPT, "L-6", "L-7", ACTING_ORDER),
    Track.PARTY: (RESIGNATION, "L-4", RECEIPT, "L-7", ACTING_ORDER),
    Track.APS: ("L-2", "L-4", "L-7", ACTING_ORDER),
    Track.RETIREMENT: ("L-2", "L-7", ACTING_ORDER),
    Track.VILLAGE_PERMIT: ("L-4", "L-10"),
}
_ORDER = (RESIGNATION, "L-2", "L-3", "L-11", "L-4", RECEIPT, "L-6", "L-7", "L-10", "L-12", ACTING_ORDER)
"""The receipt before what quotes its number."""
_COPIES = {RESIGNATION: 2}
"""One original for the BKD, one for the KPU (section 8)."""
_DRAFTS = frozenset({ACTING_ORDER})
"""Prepared now, numbered when it is signed: the order takes effect with the TMT only."""


@dataclass(frozen=True)
class Missing:
    """A field that must be filled before a letter of the packet can be issued; `key` as in the letter's form."""

    key: str
    title: str
    sentence: str


@dataclass(frozen=True)
class PacketLetter:
    """One letter of the packet. `values`: what the file fills in. `issued_id`: the letter that is there already, else None.

    `numbered`: it takes a number of the register now; `draft`: its number comes when it is signed. `event`: what to record
    once it was handed out. `copies`: how many originals are signed.
    """

    code: str
    kind: str
    title: str
    copies: int
    numbered: bool
    draft: bool
    values: Mapping[str, str]
    missing: tuple[Missing, ...]
    issued_id: int | None
    issued_number: str
    event: str

    @property
    def ready(self) -> bool:
        """Return whether it can be issued as it stands."""
        return self.issued_id is None and not self.missing


@dataclass(frozen=True)
class PacketPlan:
    """The packet of a file on its track, in the order of issuing; `dated` is the letters' date."""

    declaration_id: int
    dated: date
    track: Track
    letters: tuple[PacketLetter, ...]

    @property
    def open(self) -> tuple[PacketLetter, ...]:
        """Return the letters that are not there yet."""
        return tuple(row for row in self.letters if row.issued_id is None)

    @property
    def ready(self) -> bool:
        """Return whether everything that is not there yet can be issued now."""
        return bool(self.open) and all(row.ready for row in self.open)


@dataclass(frozen=True)
class IssuePacket:
    """Issue the packet. `codes`: which letters (`L-5`), empty for all that are not there yet; `extra`: by code, more field values."""

    declaration_id: int
    dated: date
    codes: tuple[str, ...] = ()
    extra: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class PacketIssued:
    """One letter that was issued with the packet, and the event to record once it was handed out."""

    code: str
    title: str
    letter: IssuedLetter
    event: str


def packet_plan(
    session: Session,
    declaration_id: int,
    *,
    dated: date | None = None,
    extra: Mapping[str, Mapping[str, Any]] | None = None,
) -> PacketPlan:
    """Return which letters the file needs and what each of them lacks. `dated` None: today.

    Raises DeskError("not_allowed" | "unknown_declaration").
    """
    open_file(session, declaration_id)
    declaration = declaration_of(session, declaration_id)
    situation = Situation(current_facts(session, declaration).as_of(today(session)), book_of(declaration))
    day = dated or today(session)
    offers = {offer.code: offer for offer in offered_letters(session, declaration_id)}
    known = _assumed(day) | filling.values(session, declaration_id)
    there = _issued(session, declaration_id)
    letters = []
    for code in _needed(situation, declaration):
        if (offer := offers.get(code)) is None:
            continue
        kind = kind_of(offer.kind)
        values = {item.key: known[item.key] for item in kind.inputs if item.key in known}
        given = {**values, **((extra or {}).get(code, {}))}
        issued_id, number = there.get(offer.kind, (None, ""))
        letters.append(
            PacketLetter(
                code, offer.kind, offer.title, _COPIES.get(code, 1), kind.numbered and code not in _DRAFTS,
                code in _DRAFTS, values, _missing(session, kind, given, day), issued_id, number, offer.event,
            )
        )  # fmt: skip
    return PacketPlan(declaration_id, day, situation.track, tuple(letters))


def _needed(situation: Situation, declaration: Declaration) -> tuple[str, ...]:
    codes = set(_BY_TRACK[situation.track])
    post = situation.book.library.posts.get(declaration.post_class)
    if not (post and post.vacates):
        codes.discard(ACTING_ORDER)
    if declaration.path == "perseorangan" and situation.track is Track.RESIGN:
        codes.add("L-3")
    if Fact.ACTING_HEAD in situation.known:
        codes.add("L-11")
    if "TERCATAT_SIPOL" in situation.happened:
        codes = {"L-12"} if declaration.office_code == "PARPOL" else codes | {"L-12"}
    return tuple(code for code in _ORDER if code in codes)


def _assumed(day: date) -> dict[str, str]:
    """Return the days of a letter that is handed in and received with the packet itself."""
    return {"diterima.tanggal_surat": day.isoformat(), "diterima.tanggal": day.isoformat()}


def _missing(session: Session, kind: LetterKind, values: Mapping[str, Any], day: date) -> tuple[Missing, ...]:
    titles = {item.key: item.title for item in kind.inputs}
    lacking = []
    try:
        entered(kind, values)
    except DeskError as error:
        lacking = [Missing(key, titles.get(key, key), sentence) for key, sentence in error.fields.items()]
    if kind.signer is not None and official_on(session, kind.signer, day) is None:
        sentence = "Belum ada pejabat penanda tangan pada tanggal itu. Tambahkan di Pengaturan, Pejabat penanda tangan."
        lacking.append(Missing("signer_id", "Pejabat penanda tangan", sentence))
    return tuple(lacking)


def _issued(session: Session, declaration_id: int) -> dict[str, tuple[int, str]]:
    query = (
        select(Letter.kind, Letter.id, RegisterEntry.number)
        .join(DeclarationLetter, DeclarationLetter.letter_id == Letter.id)
        .outerjoin(RegisterEntry, RegisterEntry.id == Letter.register_entry_id)
        .where(DeclarationLetter.declaration_id == declaration_id, Letter.status != LetterStatus.VOID)
        .order_by(Letter.id)
    )
    return {row.kind: (row.id, row.number or "") for row in session.execute(query)}


def issue_packet(session: Session, command: IssuePacket) -> tuple[PacketIssued, ...]:
    """Issue all letters of the packet in one unit of work: every one of them with its number, or none.

    Raises DeskError("packet_incomplete") with a field per letter and key (`L-4.atasan.nama`), "packet_empty", "closed", and as
    `letters.service.issue`.
    """
    require(session, Action.EDIT_CANDIDACY)
    require(session, Action.ISSUE_LETTERS)
    declaration = declaration_of(session, command.declaration_id)
    if declaration.closed_on is not None:
        raise DeskError("closed", f"Berkas ini ditutup pada {long_date(declaration.closed_on)}.")
    plan = packet_plan(session, command.declaration_id, dated=command.dated, extra=command.extra)
    chosen = [row for row in plan.open if not command.codes or row.code in command.codes]
    _refuse_incomplete(chosen)
    made: list[PacketIssued] = []
    receipt: dict[str, str] = _receipt_of(plan)
    for row in chosen:
        issued = issue_letter(session, declaration.id, _command(session, row, command, receipt))
        if row.code == RECEIPT:
            receipt = {"tanda_terima.nomor": issued.number, "tanda_terima.tanggal": command.dated.isoformat()}
        made.append(PacketIssued(row.code, row.title, issued, row.event))
    return tuple(made)


def _refuse_incomplete(chosen: list[PacketLetter]) -> None:
    if not chosen:
        raise DeskError("packet_empty", "Semua surat paket ini sudah terbit. Cetak ulang dari daftar surat berkas ini.")
    faults = {f"{row.code}.{item.key}": item.sentence for row in chosen for item in row.missing}
    if faults:
        titles = ", ".join(row.title for row in chosen if row.missing)
        raise DeskError(
            "packet_incomplete", f"Isian belum lengkap untuk {titles}. Tidak ada surat yang terbit.", fields=faults
        )


def _receipt_of(plan: PacketPlan) -> dict[str, str]:
    number = next((row.issued_number for row in plan.letters if row.code == RECEIPT), "")
    return {"tanda_terima.nomor": number} if number else {}


def _command(session: Session, row: PacketLetter, command: IssuePacket, receipt: Mapping[str, str]) -> IssueLetter:
    known = {item.key for item in kind_of(row.kind).inputs}
    quoted = {key: value for key, value in receipt.items() if key in known and not row.values.get(key)}
    extra = {**row.values, **quoted, **command.extra.get(row.code, {})}
    made = letter_command(session, command.declaration_id, row.kind, command.dated, extra)
    return IssueLetter(
        made.kind, made.dated, made.employee_id, made.data,
        numbering=NumberWish(NumberWay.LATER) if row.draft else NumberWish(),
    )  # fmt: skip

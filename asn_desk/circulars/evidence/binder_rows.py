"""What stands in an evidence binder: who was asked, what each answered and how it is known, counts by day, the files behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice

from sqlalchemy import String, cast, literal, or_, select
from sqlalchemy.orm import Session

from asn_desk.circulars import progress, recipients
from asn_desk.circulars.model import Acknowledgement, CircularEvidence, Recipient
from asn_desk.circulars.queries import CircularRow
from asn_desk.circulars.recipients import RecipientFilter, RecipientRow
from asn_desk.circulars.rules import KIND_WORDS, METHOD_WORDS, SIGNATURE_WORDS, STATUS_WORDS, Tally
from asn_desk.circulars.terms import AckStatus
from asn_desk.database.files import StoredFile
from asn_desk.database.trail.audit import AuditEntry
from asn_desk.office.model import UnitChange
from asn_desk.office.terms import UnitChangeKind

BATCH = 500
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
Renamed = dict[int, list[tuple[date, str]]]
COLUMNS = (
    "versi", "penerima", "opd", "unit", "nama", "nomor", "jenis", "jabatan", "status", "tanggal", "cara", "tanda_tangan",
    "catatan", "pihak", "dicatat_oleh", "dicatat_pada", "id_catatan", "bukti_sha256", "bukti_halaman",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One person and the mark that stands."""

    person: RecipientRow
    mark: Acknowledgement | None
    ordinal: int

    def values(self) -> tuple[str, ...]:
        """Return the texts of `COLUMNS`."""
        one, mark = self.person, self.mark
        about = (
            str(self.ordinal), str(one.id), one.frozen_opd, one.frozen_unit, one.name, one.number, KIND_WORDS[one.kind],
            one.post, one.status.value,
        )  # fmt: skip
        values = (*about, *(_mark_values(mark) if mark is not None else [""] * 10))
        return tuple(inert(value) for value in values)

    def cells(self) -> tuple[str, ...]:
        """Return the texts of the printed list."""
        one, mark = self.person, self.mark
        if mark is None:
            return one.name, one.number, one.frozen_unit, STATUS_WORDS[one.status], "", "", "", ""
        way = METHOD_WORDS[mark.method] + (f", {SIGNATURE_WORDS[mark.signature]}" if mark.signature else "")
        remark = "; ".join(text for text in (mark.note, mark.party) if text)
        proof = f"{mark.evidence_sha256[:12]} hal. {mark.evidence_page or 1}" if mark.evidence_sha256 else ""
        recorded = f"{mark.recorded_by}, {mark.recorded_at.astimezone():%d-%m-%Y %H.%M}"
        day = f"{mark.happened_on:%d-%m-%Y}"
        return (
            one.name,
            one.number,
            one.frozen_unit,
            STATUS_WORDS[one.status],
            day,
            way,
            recorded,
            f"{remark} {proof}".strip(),
        )


def inert(text: str) -> str:
    """Return a text that a spreadsheet does not take for a formula when somebody opens the list in one."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


LIST_HEADERS = (
    "Nama",
    "NIP / nomor",
    "Unit saat terbit",
    "Status",
    "Tanggal",
    "Cara",
    "Dicatat",
    "Keterangan dan bukti",
)
LIST_SHARES = (18, 13, 17, 10, 7, 12, 12, 13)


def _mark_values(mark: Acknowledgement) -> list[str]:
    return [
        mark.happened_on.isoformat(), mark.method.value, mark.signature.value if mark.signature else "", mark.note, mark.party,
        mark.recorded_by, mark.recorded_at.isoformat(), str(mark.id), mark.evidence_sha256,
        str(mark.evidence_page) if mark.evidence_page else "",
    ]  # fmt: skip


def lines(session: Session, version: CircularRow) -> Iterator[Line]:
    """Yield the people of a version in the order of its slips, each with the mark that stands; some hundred in memory at a time."""
    people = recipients.stream(session, RecipientFilter(version.version_id))
    renamed = _renamed(session)
    while batch := list(islice(people, BATCH)):
        batch = _as_then(session, batch, renamed, version.published_on) if renamed else batch
        marks = _standing(session, [one.id for one in batch])
        for one in batch:
            yield Line(one, marks.get(one.id), version.ordinal)


def _renamed(session: Session) -> Renamed:
    """Return what units were called before each of their renamings, the oldest first."""
    query = select(UnitChange).where(UnitChange.kind == UnitChangeKind.RENAMED).order_by(UnitChange.id)
    found: Renamed = {}
    for change in session.scalars(query):
        found.setdefault(change.unit_id, []).append((change.changed_on, change.before))
    return found


def _as_then(session: Session, people: Sequence[RecipientRow], renamed: Renamed, day: date) -> list[RecipientRow]:
    """Return the people with unit and OPD called what they were called when the person became a recipient."""
    query = select(Recipient.id, Recipient.unit_id, Recipient.opd_id).where(
        Recipient.id.in_([one.id for one in people])
    )
    places = {row.id: row for row in session.execute(query)}

    def called(unit_id: int | None, since: date, now: str) -> str:
        return next((before for on, before in renamed.get(unit_id or 0, ()) if on > since), now)

    return [
        replace(
            one,
            frozen_opd=called(places[one.id].opd_id, one.added_on or day, one.frozen_opd),
            frozen_unit=called(places[one.id].unit_id or places[one.id].opd_id, one.added_on or day, one.frozen_unit),
        )
        for one in people
    ]


def _standing(session: Session, ids: Sequence[int]) -> dict[int, Acknowledgement]:
    query = (
        select(Acknowledgement)
        .where(Acknowledgement.recipient_id.in_(ids), Acknowledgement.undone_at.is_(None))
        .order_by(Acknowledgement.id)
    )
    found = {mark.recipient_id: mark for mark in session.scalars(query)}
    for mark in found.values():
        session.expunge(mark)
    return found


def counts(session: Session, version: CircularRow, last: date) -> list[tuple[date, Tally]]:
    """Return how the version stood at the end of every day on which that changed, up to `last`."""
    people = Recipient.version_id == version.version_id
    marked = (
        select(Acknowledgement.happened_on).join(Recipient, Recipient.id == Acknowledgement.recipient_id).where(people)
    )
    came = select(Recipient.added_on).where(people, Recipient.added_on.is_not(None))
    days = {*session.scalars(marked.distinct()), *session.scalars(came.distinct()), version.published_on, last}
    listed = sorted(day for day in days if day is not None and day <= last)
    return [(day, progress.progress_on(session, version.version_id, day)) for day in listed]


@dataclass(frozen=True)
class Proof:
    """One stored file that the record leans on: what it is, and from the register its size, type and day."""

    sha256: str
    what: str
    size: int
    media_type: str
    stored_at: datetime | None
    pages: tuple[int, ...] = ()


def proofs(session: Session, versions: Sequence[CircularRow], collecting: Sequence[int]) -> list[Proof]:
    """Return every file behind a circular: its texts, the scans and return files that marks name, minutes and photographs."""
    pages = _marked_pages(session, collecting)
    what = dict.fromkeys(pages, "Bukti tanda terima (pindaian atau berkas balasan)")
    query = select(CircularEvidence).where(CircularEvidence.version_id.in_([row.text_id for row in versions]))
    for kept in session.scalars(query):
        withdrawn = f" (ditarik: {kept.withdrawn_reason})" if kept.withdrawn_at is not None else ""
        what[kept.file_sha256] = f"{kept.kind.value.replace('_', ' ').capitalize()}: {kept.file_name}{withdrawn}"
    what |= {row.text_sha256: f"Surat edaran versi {row.ordinal}" for row in versions if row.text_sha256}
    found: list[Proof] = []
    for sha256 in sorted(what):
        stored = session.get(StoredFile, sha256)
        shown = tuple(sorted(pages.get(sha256, ())))
        if stored is None:
            found.append(Proof(sha256, what[sha256], 0, "tidak tercatat", None, shown))
        else:
            found.append(Proof(sha256, what[sha256], stored.size, stored.media_type, stored.stored_at, shown))
    return found


def _marked_pages(session: Session, collecting: Sequence[int]) -> dict[str, set[int]]:
    query = (
        select(Acknowledgement.evidence_sha256, Acknowledgement.evidence_page)
        .join(Recipient, Recipient.id == Acknowledgement.recipient_id)
        .where(Recipient.version_id.in_(collecting), Acknowledgement.evidence_sha256 != "")
        .distinct()
    )
    found: dict[str, set[int]] = {}
    for sha256, page in session.execute(query):
        found.setdefault(sha256, set()).add(page or 1)
    return found


@dataclass(frozen=True)
class Trace:
    """One line of the audit trail."""

    seq: int
    at: str
    actor: str
    action: str
    subject: str
    hash: str

    def cells(self) -> tuple[str, ...]:
        """Return the texts of the printed extract."""
        moment = datetime.fromisoformat(self.at).astimezone()
        return str(self.seq), f"{moment:%d-%m-%Y %H.%M.%S}", self.actor, self.action, self.subject, self.hash[:24]


TRAIL_HEADERS = ("Nomor", "Saat", "Pelaku", "Perubahan", "Tentang", "Hash (24 angka pertama)")
TRAIL_SHARES = (6, 12, 18, 22, 20, 22)


def trail(
    session: Session, circular_id: int, versions: Sequence[CircularRow], collecting: Sequence[int]
) -> Iterator[Trace]:
    """Yield the trail's entries about a circular, its versions, its marks, in order."""
    subjects = [f"circulars:{circular_id}", *(f"circular_versions:{row.text_id}" for row in versions)]
    people = select(Recipient.id).where(Recipient.version_id.in_(collecting))
    marks = select(literal("acknowledgements:") + cast(Acknowledgement.id, String)).where(
        Acknowledgement.recipient_id.in_(people)
    )
    query = (
        select(AuditEntry.seq, AuditEntry.at, AuditEntry.actor, AuditEntry.action, AuditEntry.subject, AuditEntry.hash)
        .where(or_(AuditEntry.subject.in_(subjects), AuditEntry.subject.in_(marks)))
        .order_by(AuditEntry.seq)
    )
    for row in session.execute(query, execution_options={"yield_per": BATCH}):
        yield Trace(*row)


def status_counts(found: dict[AckStatus, int]) -> dict[str, int]:
    """Return counts by the status' stored word, those that occur."""
    return {status.value: count for status, count in sorted(found.items()) if count}

"""Papers around a circular: covering letters with the slips, numbered reminders to late heads, files that show an oath."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.circulars import progress, rules
from asn_desk.circulars.model import Circular, CircularEvidence, CircularLetter, CircularVersion
from asn_desk.circulars.publishing import due_after
from asn_desk.circulars.queries import CircularRow, circular_detail, version_detail
from asn_desk.circulars.recipients import RecipientFilter, collecting, stream
from asn_desk.circulars.rules import Tally
from asn_desk.circulars.terms import EvidenceKind, Purpose
from asn_desk.database import files
from asn_desk.database.work import today, work_of
from asn_desk.errors import DeskError
from asn_desk.letters.contents.kinds_desk import COVERING, REMINDER
from asn_desk.office.model import Unit
from asn_desk.wording import long_date, number

if TYPE_CHECKING:
    from asn_desk.letters.service import IssueLetter

_HEADS = (
    ("sekretariat daerah", "Sekretaris Daerah"), ("sekretariat dprd", "Sekretaris DPRD"), ("sekretariat", "Sekretaris"),
    ("kantor kecamatan", "Camat"), ("kantor camat", "Camat"), ("kecamatan", "Camat"), ("kantor kelurahan", "Lurah"),
    ("kantor lurah", "Lurah"), ("kelurahan", "Lurah"), ("inspektorat", "Inspektur"), ("rumah sakit", "Direktur"),
    ("rsud", "Direktur"),
)  # fmt: skip
_NAMED_ITSELF = ("Sekretaris Daerah", "Sekretaris DPRD")
_FILE_TYPES = {b"%PDF": files.PDF, b"\x89PNG": files.PNG, b"\xff\xd8\xff": "image/jpeg"}
LARGEST_FILE = 20 * 1024 * 1024


@dataclass(frozen=True)
class Sent:
    """One letter to the head of an OPD: its register number, and for a reminder which one it is."""

    opd_id: int
    opd: str
    letter_id: int
    number: str
    ordinal: int
    people: int


@dataclass(frozen=True)
class SentRow:
    """A letter sent earlier, as the log shows it."""

    id: int
    purpose: Purpose
    opd: str
    ordinal: int
    letter_id: int
    sent_on: date
    people: int


@dataclass(frozen=True)
class ReminderDay:
    """A planned day of reminders. `sent` counts the reminders issued from that day until the next planned one."""

    day: date
    offset: int
    sent: int
    passed: bool


@dataclass(frozen=True)
class AttachEvidence:
    """A file for a circular: minutes of an oath, a photograph (PDF, PNG or JPEG, at most 20 MB). `opd_id` None: the whole office."""

    version_id: int
    kind: EvidenceKind
    held_on: date
    file_name: str
    content: bytes
    opd_id: int | None = None
    note: str = ""


@dataclass(frozen=True)
class EvidenceRow:
    """A file kept with a circular; `withdrawn_reason` is set for one that was withdrawn."""

    id: int
    kind: EvidenceKind
    opd: str
    held_on: date
    file_sha256: str
    file_name: str
    note: str
    recorded_by: str
    withdrawn_reason: str


def remind(session: Session, version_id: int, opd_ids: Sequence[int | None], dated: date | None = None) -> list[Sent]:
    """Issue one numbered nota dinas per OPD to its head, with the names of who still owes a signature, and log it.

    OPDs where nobody is missing are passed over. Raises DeskError("due_missing" | "closed" | "superseded" | "dated" |
    "nobody_missing" | "unit_missing" | "not_allowed"), and as `letters.service.issue`.
    """
    circular = _collecting_circular(session, version_id)
    if circular.due_on is None:
        raise DeskError(
            "due_missing", "Edaran ini tidak memiliki batas pengembalian. Isi batasnya sebelum mengingatkan."
        )
    late = {row.opd_id: row for row in progress.progress_by_unit(session, circular.version_id) if row.tally.missing}

    def letter(opd: Unit, day: date) -> tuple[IssueLetter, int]:
        names = _missing(session, circular.version_id, opd.id)
        return _reminder(circular, opd.name, late[opd.id].tally, names, day), len(names)

    return _send(session, circular, Purpose.REMINDER, [key for key in opd_ids if key in late], dated, letter)


def cover(session: Session, version_id: int, opd_ids: Sequence[int | None], dated: date | None = None) -> list[Sent]:
    """Issue the surat pengantar that goes with the slips of each OPD, and log it. Raises as `remind`."""
    circular = _collecting_circular(session, version_id)
    found = {row.opd_id: row.tally for row in progress.progress_by_unit(session, circular.version_id)}

    def letter(opd: Unit, day: date) -> tuple[IssueLetter, int]:
        count = found[opd.id].missing
        return _covering(circular, opd.name, count, day), count

    reached = [key for key in opd_ids if key in found and found[key].missing]
    return _send(session, circular, Purpose.COVERING, reached, dated, letter)


def _collecting_circular(session: Session, version_id: int) -> CircularRow:
    require(session, Action.PUBLISH_CIRCULARS)
    circular = version_detail(session, newest_text(session, version_id))
    if circular.closed_on is not None:
        raise DeskError("closed", f"Edaran ini sudah ditutup pada {long_date(circular.closed_on)}.")
    newest = circular_detail(session, circular.id)
    if newest.version_id != circular.version_id:
        sentence = f"Versi {circular.ordinal} edaran ini sudah diganti versi {newest.ordinal}. Kirim surat untuk versi terbaru."
        raise DeskError("superseded", sentence)
    return circular


def newest_text(session: Session, version_id: int) -> int:
    """Return the newest text for which the same people count: the letters name its number and day."""
    owner = collecting(session, version_id)
    later = session.scalars(
        select(CircularVersion.id).where(CircularVersion.collects_id == owner).order_by(CircularVersion.ordinal.desc())
    ).first()
    return later or owner


def _send(
    session: Session,
    circular: CircularRow,
    purpose: Purpose,
    opd_ids: Sequence[int | None],
    dated: date | None,
    letter: Callable[[Unit, date], tuple[IssueLetter, int]],
) -> list[Sent]:
    from asn_desk.letters.service import issue

    if not opd_ids:
        raise DeskError("nobody_missing", "Tidak ada yang ditunggu pada perangkat daerah yang dipilih.")
    if None in opd_ids:
        sentence = (
            "Ada penerima tanpa unit kerja, jadi tidak ada kepala OPD yang disurati. Lengkapi dulu data pegawainya."
        )
        raise DeskError("unit_missing", sentence)
    named = [key for key in dict.fromkeys(opd_ids) if key is not None]
    day = dated or today(session)
    if day < circular.dated:
        sentence = f"Tanggal surat tidak boleh sebelum surat edarannya ({long_date(circular.dated)})."
        raise DeskError("dated", sentence, fields={"dated": sentence})
    sent = []
    for opd_id in named:
        opd = session.get_one(Unit, opd_id)
        command, people = letter(opd, day)
        issued = issue(session, command)
        ordinal = _last_ordinal(session, circular.version_id, opd_id, purpose) + 1
        session.add(
            CircularLetter(
                version_id=circular.version_id, opd_id=opd_id, purpose=purpose, ordinal=ordinal, letter_id=issued.id,
                sent_on=day, people=people,
            )
        )  # fmt: skip
        sent.append(Sent(opd_id, opd.name, issued.id, issued.number, ordinal, people))
    session.flush()
    return sent


def _last_ordinal(session: Session, version_id: int, opd_id: int, purpose: Purpose) -> int:
    found = session.scalar(
        select(func.max(CircularLetter.ordinal)).where(
            CircularLetter.version_id == version_id, CircularLetter.opd_id == opd_id, CircularLetter.purpose == purpose
        )
    )
    return found or 0


def _missing(session: Session, version_id: int, opd_id: int) -> list[dict[str, str]]:
    wanted = RecipientFilter(version_id, opd_ids=(opd_id,), statuses=rules.OPEN)
    return [{"nama": row.name, "nip": row.number, "jabatan": row.post or "-"} for row in stream(session, wanted)]


def _reminder(circular: CircularRow, opd: str, tally: Tally, names: list[dict[str, str]], day: date) -> IssueLetter:
    from asn_desk.letters.service import IssueLetter

    data = {
        "surat": {"kepada": head_of(opd), "sifat": "Segera"},
        "edaran": {
            "nomor": circular.number or "-", "tanggal": circular.dated, "tentang": circular.subject,
            "batas": circular.due_on,
        },
        "pengingat": {
            "sudah": number(tally.done), "seluruh": number(tally.total - tally.left), "daftar": names,
        },
    }  # fmt: skip
    return IssueLetter(REMINDER, day, data=data, addressee=head_of(opd))


def _covering(circular: CircularRow, opd: str, count: int, day: date) -> IssueLetter:
    from asn_desk.letters.service import IssueLetter

    until = f", kembali paling lambat {long_date(circular.due_on)}" if circular.due_on else ""
    reference = f"Nomor {circular.number} " if circular.number else ""
    listed = [
        {
            "jenis": f"Lembar tanda terima Surat Edaran {reference}tentang {circular.subject}",
            "banyak": f"{number(count)} lembar",
            "keterangan": f"Untuk ditandatangani{until}",
        }
    ]
    data = {"surat": {"kepada": head_of(opd)}, "kiriman": {"daftar": listed}}
    return IssueLetter(COVERING, day, data=data, addressee=head_of(opd))


def head_of(opd: str) -> str:
    """Return how the head of an OPD is addressed: `Kepala Dinas Kesehatan`, `Camat Contoh Utara`."""
    for start, title in _HEADS:
        if opd.lower().startswith(start):
            rest = opd if title == "Direktur" else opd[len(start) :].strip()
            return title if title in _NAMED_ITSELF else f"{title} {rest}".strip()
    return f"Kepala {opd}"


def sent_letters(session: Session, version_id: int) -> list[SentRow]:
    """Return the covering letters and reminders of a version, the newest first."""
    require(session, Action.SEE_CIRCULARS)
    query = (
        select(CircularLetter, Unit.name)
        .join(Unit, Unit.id == CircularLetter.opd_id)
        .where(CircularLetter.version_id == collecting(session, version_id))
        .order_by(CircularLetter.id.desc())
    )
    return [
        SentRow(row.id, row.purpose, opd, row.ordinal, row.letter_id, row.sent_on, row.people)
        for row, opd in session.execute(query)
    ]


def reminder_schedule(session: Session, version_id: int) -> list[ReminderDay]:
    """Return the planned days of reminders, in working days around the due day; none without a due day."""
    require(session, Action.SEE_CIRCULARS)
    found = session.execute(
        select(Circular).join(CircularVersion, CircularVersion.circular_id == Circular.id)
        .where(CircularVersion.id == version_id)
    ).scalar_one_or_none()  # fmt: skip
    if found is None or found.due_on is None:
        return []
    offsets = rules.reminder_offsets(found.reminder_plan)
    days = [due_after(found.due_on, offset, found.election_id) for offset in offsets]
    sent = [row.sent_on for row in sent_letters(session, version_id) if row.purpose is Purpose.REMINDER]
    ends: list[Any] = [*days[1:], date.max]
    now = today(session)
    return [
        ReminderDay(day, offset, sum(day <= on < end for on in sent), day <= now)
        for day, offset, end in zip(days, offsets, ends, strict=True)
    ]


def attach_evidence(session: Session, command: AttachEvidence) -> int:
    """Keep a file with a circular and return its id. Raises DeskError("file_kind" | "file_too_large" | "day" | "circular_unknown")."""
    require(session, Action.ACKNOWLEDGE)
    circular = version_detail(session, command.version_id)
    media_type = next((kind for start, kind in _FILE_TYPES.items() if command.content.startswith(start)), None)
    if media_type is None:
        raise DeskError("file_kind", "Berkas ini bukan PDF, PNG, atau JPEG. Pilih berita acara atau foto yang benar.")
    if len(command.content) > LARGEST_FILE:
        raise DeskError("file_too_large", "Berkas ini lebih dari 20 MB. Perkecil dahulu ukurannya.")
    rules.check_day(command.held_on, rules.begun(circular.dated, circular.published_on), today(session))
    work = work_of(session)
    sha256 = files.store(session, command.content, media_type)
    session.flush()  # the register row of the file comes first: the other one points to it
    kept = CircularEvidence(
        version_id=circular.version_id, opd_id=command.opd_id, kind=command.kind, held_on=command.held_on,
        file_sha256=sha256, file_name=command.file_name[:260],
        note=command.note.strip(), recorded_at=work.now, recorded_by=work.actor,
    )  # fmt: skip
    session.add(kept)
    session.flush()
    return kept.id


def withdraw_evidence(session: Session, evidence_id: int, reason: str) -> None:
    """Withdraw a file kept by mistake, with a reason; it stays on record. Raises DeskError("evidence_unknown" | "reason_missing")."""
    require(session, Action.ACKNOWLEDGE)
    kept = session.get(CircularEvidence, evidence_id)
    if kept is None or kept.withdrawn_at is not None:
        raise DeskError("evidence_unknown", "Berkas ini tidak ada atau sudah ditarik. Muat ulang daftar.")
    if not reason.strip():
        sentence = "Tulis alasan penarikan berkas."
        raise DeskError("reason_missing", sentence, fields={"reason": sentence})
    kept.withdrawn_at, kept.withdrawn_reason = work_of(session).now, reason.strip()
    session.flush()


def evidence_of(session: Session, version_id: int) -> list[EvidenceRow]:
    """Return the files kept with a version, the oldest first, withdrawn ones included."""
    require(session, Action.SEE_CIRCULARS)
    query = (
        select(CircularEvidence, Unit.name)
        .outerjoin(Unit, Unit.id == CircularEvidence.opd_id)
        .where(CircularEvidence.version_id == collecting(session, version_id))
        .order_by(CircularEvidence.id)
    )
    return [
        EvidenceRow(
            row.id, row.kind, opd or "", row.held_on, row.file_sha256, row.file_name, row.note, row.recorded_by,
            row.withdrawn_reason,
        )
        for row, opd in session.execute(query)
    ]  # fmt: skip

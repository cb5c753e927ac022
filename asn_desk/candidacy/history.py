"""What the program held about a candidacy at any past moment: particulars by revision, events by when they were recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from asn_desk.candidacy.facts import Facts
from asn_desk.candidacy.loading import facts_of
from asn_desk.candidacy.model import Declaration, DeclarationEvent, DeclarationRevision
from asn_desk.candidacy.secrecy import open_file
from asn_desk.database.work import work_of
from asn_desk.employees.model import Employee
from asn_desk.regulations.packs import RuleBook
from asn_desk.wording import long_date

_OF_FILE = (
    "office_code", "election_id", "office_name", "region", "constituency", "path", "party", "running_mate", "is_acting_head",
    "flags", "employer", "non_asn_policy", "declared_on", "post_class",
)  # fmt: skip
_OF_PERSON = ("kind", "birth_date", "service_from")
_WORDS = {
    "office_name": "jabatan yang dituju", "region": "daerah pemilihan", "constituency": "dapil", "path": "jalur",
    "party": "partai", "running_mate": "pasangan calon", "is_acting_head": "penjabat", "flags": "keterangan tambahan",
    "employer": "instansi", "non_asn_policy": "kebijakan non-ASN", "declared_on": "tanggal deklarasi",
    "kind": "jenis kepegawaian", "birth_date": "tanggal lahir", "service_from": "mulai masa kerja",
    "office_code": "jenis jabatan", "election_id": "pemilihan", "post_class": "kelas jabatan",
}  # fmt: skip


@dataclass(frozen=True)
class ChangedField:
    """One particular before and after, as texts; `name` in the clerk's words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class RevisionRow:
    """One revision of a file's particulars: who entered it when, and what differs from the one before (none: the first)."""

    id: int
    recorded_at: datetime
    recorded_by: str
    changes: tuple[ChangedField, ...]


def note_revision(session: Session, declaration: Declaration, employee: Employee) -> bool:
    """Keep a revision when the particulars or the person's facts differ from the newest one; return whether they did."""
    values = {name: getattr(declaration, name) for name in _OF_FILE} | {
        name: getattr(employee, name) for name in _OF_PERSON
    }
    newest = _revision_at(session, declaration.id, None)
    if newest is not None and all(getattr(newest, name) == value for name, value in values.items()):
        return False
    work = work_of(session)
    session.add(
        DeclarationRevision(declaration_id=declaration.id, recorded_at=work.now, recorded_by=work.actor, **values)
    )
    session.flush()
    return True


def declaration_as_of(
    session: Session, declaration_id: int, moment: datetime, book: RuleBook | None = None
) -> Facts | None:
    """Return the facts of a file as the program knew them at a moment; None when the file was not there yet.

    Events count that were recorded by then and not voided by then, whatever day they are about. `book`: the rules by which
    age and service are measured, those of today when left out. Raises DeskError("not_allowed").
    """
    open_file(session, declaration_id)
    revision = _revision_at(session, declaration_id, moment)
    if revision is None:
        return None
    query = select(DeclarationEvent).where(
        DeclarationEvent.declaration_id == declaration_id,
        DeclarationEvent.recorded_at <= moment,
        or_(DeclarationEvent.voided_at.is_(None), DeclarationEvent.voided_at > moment),
    )
    events = session.scalars(query.order_by(DeclarationEvent.happened_on, DeclarationEvent.id))
    return facts_of(revision, revision, events, book)


def _revision_at(session: Session, declaration_id: int, moment: datetime | None) -> DeclarationRevision | None:
    query = select(DeclarationRevision).where(DeclarationRevision.declaration_id == declaration_id)
    if moment is not None:
        query = query.where(DeclarationRevision.recorded_at <= moment)
    newest = query.order_by(DeclarationRevision.recorded_at.desc(), DeclarationRevision.id.desc())
    return session.scalars(newest.limit(1)).one_or_none()


def revisions(session: Session, declaration_id: int) -> tuple[RevisionRow, ...]:
    """Return the revisions of a file's particulars, oldest first. Raises DeskError("not_allowed")."""
    open_file(session, declaration_id)
    query = select(DeclarationRevision).where(DeclarationRevision.declaration_id == declaration_id)
    rows = list(session.scalars(query.order_by(DeclarationRevision.recorded_at, DeclarationRevision.id)))
    earlier = [None, *rows]
    return tuple(
        RevisionRow(row.id, row.recorded_at, row.recorded_by, _changes(before, row))
        for before, row in zip(earlier, rows, strict=False)
    )


def _changes(before: DeclarationRevision | None, after: DeclarationRevision) -> tuple[ChangedField, ...]:
    if before is None:
        return ()
    return tuple(
        ChangedField(_WORDS[name], _text(getattr(before, name)), _text(getattr(after, name)))
        for name in (*_OF_FILE, *_OF_PERSON)
        if getattr(before, name) != getattr(after, name)
    )


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, date):
        return long_date(value)
    return "" if value is None else str(value)

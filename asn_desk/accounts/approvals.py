"""Two-person acts: asked for by one, agreed to by another who has the right, used once.

A desk where no second person could agree does the act at once, and the trail says that one person did it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from asn_desk.accounts.access import rights_of
from asn_desk.accounts.model import Approval, User, UserSecret
from asn_desk.accounts.rights import allowed, require, require_any
from asn_desk.accounts.terms import ACT_RIGHTS, ACT_WORDS, Act, ApprovalState
from asn_desk.database.trail.audit import record
from asn_desk.database.work import work_of
from asn_desk.errors import DeskError

MAX_REASON = 500
CONSENT_DAYS = 7
"""How long an approval that is not used holds; then the act must be asked for again."""


class NeedsSecondPerson(DeskError):
    """An act waits for a second person; nothing was changed. `request_id` is set once the request is on file."""

    def __init__(self, act: Act, subject: str, reason: str, request_id: int | None = None) -> None:
        told = f"Permintaan nomor {request_id} sudah dicatat. " if request_id is not None else ""
        super().__init__(
            "needs_second_person",
            f"{ACT_WORDS[act]} memerlukan persetujuan orang kedua; belum ada yang diubah. {told}Minta pengguna lain yang "
            "berhak menyetujuinya di Pengaturan, Pengguna, Persetujuan. Sesudah disetujui, ulangi tindakan ini dalam "
            f"{CONSENT_DAYS} hari; sesudah itu persetujuannya tidak berlaku lagi.",
        )
        self.act, self.subject, self.reason, self.request_id = act, subject, reason, request_id


@dataclass(frozen=True)
class Consent:
    """That an act may go on. `alone`: nobody else could have agreed, and the trail says so."""

    alone: bool
    request_id: int | None = None


@dataclass(frozen=True)
class ApprovalRow:
    """A request that waits. `own`: the user who looks asked for it; `decidable`: they may agree to it or refuse.

    `until`: it was agreed to and may be used up to this moment; None while nobody has decided.
    """

    id: int
    act: Act
    subject: str
    reason: str
    requested_name: str
    requested_at: datetime
    own: bool
    decidable: bool
    until: datetime | None = None


def consent(session: Session, act: Act, subject: str, reason: str = "") -> Consent:
    """Return when the act on `subject` ("table:id") may be done now; called once per act, before anything is changed.

    Raises DeskError("not_allowed") without the act's right, and NeedsSecondPerson when somebody else must agree first:
    `Desk.write` then files the request by itself.
    """
    given = agreed(session, act, subject, reason)
    if given.alone:
        after = {"act": act.value, "persons": 1, "reason": reason[:MAX_REASON]}
        record(session, "approvals:done_alone", subject, after=after)
        return given
    session.get_one(Approval, given.request_id).state = ApprovalState.USED
    return given


def agreed(session: Session, act: Act, subject: str, reason: str = "") -> Consent:
    """Return the same without using an approval up or recording anything; one older than CONSENT_DAYS counts no more.

    Raises as `consent` does.
    """
    require(session, ACT_RIGHTS[act])
    if not _others_who_may(session, act):
        return Consent(alone=True)
    found = session.scalars(
        select(Approval.id)
        .where(Approval.act == act, Approval.subject == subject, *_in_force(session))
        .order_by(Approval.id)
    ).first()
    if found is None:
        raise NeedsSecondPerson(act, subject, reason)
    return Consent(alone=False, request_id=found)


def _in_force(session: Session) -> tuple[ColumnElement[bool], ...]:
    """Return what is true of an approval that may still be used."""
    oldest = work_of(session).now - timedelta(days=CONSENT_DAYS)
    return Approval.state == ApprovalState.APPROVED, Approval.decided_at > oldest


def _others_who_may(session: Session, act: Act) -> bool:
    work = work_of(session)
    if work.rights is None:
        return False
    others = session.execute(
        select(User.role, User.grants)
        .join(UserSecret, UserSecret.user_id == User.id)
        .where(User.active.is_(True), User.id != (work.user_id or 0))
    )
    return any(ACT_RIGHTS[act] in rights_of(other.role, other.grants) for other in others)


def request(session: Session, act: Act, subject: str, reason: str) -> int:
    """Ask for a second person's consent and return the request's id; the same request is kept once.

    Raises DeskError("not_allowed") for a user who could not do the act.
    """
    require(session, ACT_RIGHTS[act])
    work = work_of(session)
    waiting = session.scalar(
        select(Approval.id).where(
            Approval.act == act, Approval.subject == subject, Approval.state == ApprovalState.OPEN,
            Approval.requested_by == work.user_id,
        )
    )  # fmt: skip
    if waiting is not None:
        return waiting
    asked = Approval(
        act=act, subject=subject, reason=" ".join(reason.split())[:MAX_REASON], state=ApprovalState.OPEN,
        requested_by=work.user_id, requested_name=work.actor, requested_at=work.now,
    )  # fmt: skip
    session.add(asked)
    session.flush()
    return asked.id


def approve(session: Session, request_id: int) -> None:
    """Agree to a request of somebody else. Raises DeskError("approval_missing" | "own_request" | "not_allowed")."""
    require_any(session, *ACT_RIGHTS.values())
    _decide(session, request_id, ApprovalState.APPROVED)


def refuse(session: Session, request_id: int) -> None:
    """Turn a request down; its own author may withdraw it so. Raises DeskError("approval_missing" | "not_allowed")."""
    require_any(session, *ACT_RIGHTS.values())
    _decide(session, request_id, ApprovalState.REFUSED)


def _decide(session: Session, request_id: int, state: ApprovalState) -> None:
    work, asked = work_of(session), session.get(Approval, request_id)
    if asked is None or asked.state is not ApprovalState.OPEN:
        raise DeskError("approval_missing", f"Permintaan nomor {request_id} tidak ada lagi atau sudah diputuskan.")
    require(session, ACT_RIGHTS[asked.act])
    if state is ApprovalState.APPROVED and (work.user_id is None or asked.requested_by == work.user_id):
        raise DeskError(
            "own_request", "Permintaan Anda sendiri harus disetujui orang lain. Minta pengguna lain membukanya."
        )
    asked.state, asked.decided_by, asked.decided_name, asked.decided_at = state, work.user_id, work.actor, work.now


def pending(session: Session) -> list[ApprovalRow]:
    """Return the open requests that the user made or may decide, oldest first."""
    user_id = work_of(session).user_id
    found = session.scalars(select(Approval).where(Approval.state == ApprovalState.OPEN).order_by(Approval.id))
    rows = [_row(session, asked, user_id) for asked in found]
    return [row for row in rows if row.own or row.decidable]


def ready(session: Session) -> list[ApprovalRow]:
    """Return the user's own requests that were agreed to and not used yet, oldest first, with the end of each."""
    user_id = work_of(session).user_id
    found = session.scalars(
        select(Approval).where(Approval.requested_by == user_id, *_in_force(session)).order_by(Approval.id)
    )
    return [_row(session, asked, user_id) for asked in found]


def listed(session: Session) -> list[ApprovalRow]:
    """Return what concerns the user: requests that wait (`pending`), then agreed ones that may be used (`ready`)."""
    return [*pending(session), *ready(session)]


def _row(session: Session, asked: Approval, user_id: int | None) -> ApprovalRow:
    own = user_id is not None and asked.requested_by == user_id
    until = None if asked.decided_at is None else asked.decided_at + timedelta(days=CONSENT_DAYS)
    return ApprovalRow(
        asked.id, asked.act, asked.subject, asked.reason, asked.requested_name, asked.requested_at,
        own, not own and allowed(session, ACT_RIGHTS[asked.act]), until,
    )  # fmt: skip

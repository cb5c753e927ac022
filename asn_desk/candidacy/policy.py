"""What the office asks of non-ASN staff who stand for election: a switch of the office, with its document and history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.accounts.approvals import consent
from asn_desk.accounts.rights import require, require_user
from asn_desk.accounts.terms import Act, Action
from asn_desk.candidacy.checking import refuse_fields
from asn_desk.candidacy.facts import NON_ASN_POLICIES
from asn_desk.candidacy.loading import current_facts
from asn_desk.candidacy.model import Declaration, NonAsnPolicy
from asn_desk.candidacy.settling import settle
from asn_desk.candidacy.terms import NON_ASN_WORDS
from asn_desk.database.work import work_of
from asn_desk.employees.model import Employee
from asn_desk.employees.terms import EmployeeKind

DEFAULT = "none"


@dataclass(frozen=True)
class SetNonAsnPolicy:
    """Decide what the office asks of non-ASN candidates from now on; open files of non-ASN staff follow."""

    policy: str
    reason: str
    document_number: str = ""
    document_date: date | None = None


@dataclass(frozen=True)
class PolicyRow:
    """One decision of the office; `words` says it in Indonesian."""

    policy: str
    words: str
    reason: str
    document_number: str
    document_date: date | None
    recorded_at: datetime
    recorded_by: str


def policy_in_force(session: Session) -> str:
    """Return the office's present policy, a code of NON_ASN_POLICIES."""
    return session.scalar(select(NonAsnPolicy.policy).order_by(NonAsnPolicy.id.desc()).limit(1)) or DEFAULT


def policy_history(session: Session) -> tuple[PolicyRow, ...]:
    """Return the office's decisions, newest first; the first one is in force."""
    require_user(session)
    rows = session.scalars(select(NonAsnPolicy).order_by(NonAsnPolicy.id.desc()))
    return tuple(
        PolicyRow(
            row.policy, NON_ASN_WORDS[row.policy], row.reason, row.document_number, row.document_date, row.recorded_at,
            row.recorded_by,
        )
        for row in rows
    )  # fmt: skip


def set_non_asn_policy(session: Session, command: SetNonAsnPolicy) -> int:
    """Put a policy in force and return how many open files follow it. Raises DeskError, NeedsSecondPerson."""
    require(session, Action.CHANGE_RULES)
    faults = {}
    if command.policy not in NON_ASN_POLICIES:
        faults["policy"] = "Pilih kebijakan dari daftar."
    if not command.reason.strip():
        faults["reason"] = "Tulis alasan atau dasar kebijakan ini."
    refuse_fields(faults)
    before = policy_in_force(session)
    consent(session, Act.CHANGE_RULE, f"non_asn_policies:{command.policy}", reason=command.reason.strip())
    session.add(
        NonAsnPolicy(
            policy=command.policy, reason=command.reason.strip(), document_number=command.document_number.strip()[:120],
            document_date=command.document_date, recorded_at=work_of(session).now, recorded_by=work_of(session).actor,
        )
    )  # fmt: skip
    return _follow(session, before, command.policy)


def _follow(session: Session, before: str, policy: str) -> int:
    query = (
        select(Declaration)
        .join(Employee, Employee.id == Declaration.employee_id)
        .where(
            Declaration.closed_on.is_(None),
            Declaration.non_asn_policy == before,
            Employee.kind == EmployeeKind.NON_ASN,
        )
    )
    found = list(session.scalars(query))
    for declaration in found:
        declaration.non_asn_policy = policy
        session.flush()
        settle(session, declaration, current_facts(session, declaration))
    return len(found)

"""Bringing a file up to date after anything changed: statuses, stored duties, the revision of its particulars."""

from __future__ import annotations

from sqlalchemy import Integer, and_, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session, aliased

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.candidacy import rules
from asn_desk.candidacy.duties import DutyStatus
from asn_desk.candidacy.facts import Facts, Situation
from asn_desk.candidacy.history import note_revision
from asn_desk.candidacy.loading import book_of, current_facts, declaration_of, employee_of
from asn_desk.candidacy.model import Declaration, DeclarationDuty, DeclarationRevision
from asn_desk.candidacy.states import DisciplineStatus, KpuStatus, State
from asn_desk.candidacy.transitions import UNRESIGNED
from asn_desk.database.work import today, touched, work_of
from asn_desk.employees.model import Employee
from asn_desk.regulations.office_packs import packs_of, remember_shipped
from asn_desk.topics import Topic

_BULK = {"recorded": True, "synchronize_session": False}


def settle(session: Session, declaration: Declaration, facts: Facts) -> None:
    """Show the statuses, keep the revision and work the duties out after a change to the file."""
    show_state(declaration, Situation(facts, book_of(declaration)).state(today(session)))
    declaration.touched_at = work_of(session).now
    session.flush()
    note_revision(session, declaration, employee_of(session, declaration.employee_id))
    _write_duties(session, declaration, facts)


def show_state(declaration: Declaration, state: State) -> None:
    """Store the three statuses."""
    declaration.kpu_status = state.kpu.value
    declaration.staff_status = state.staff.value
    declaration.discipline_status = state.discipline.value


def forget_open_duties(session: Session, declaration_id: int) -> None:
    """Drop the unmet duties of a file that is put away."""
    session.execute(
        delete(DeclarationDuty).where(
            DeclarationDuty.declaration_id == declaration_id, DeclarationDuty.met_on.is_(None)
        )
    )


def refresh(session: Session) -> int:
    """Bring open files up to date after a start, a new day or a change of rules, and return how many changed.

    Duties are worked out anew where the rule packs or the person's facts changed; a status that mere lapse of time changes
    (LALAI_MUNDUR on the day after the determination) is shown from then on.
    """
    require(session, Action.CHANGE_RULES)
    remember_shipped(session)
    changed = _stale_duties(session) | _stale_facts(session)
    for declaration_id in changed:
        declaration = declaration_of(session, declaration_id)
        note_revision(session, declaration, employee_of(session, declaration.employee_id))
        _write_duties(session, declaration, current_facts(session, declaration))
    return len(changed | _lapsed_states(session))


def _stale_duties(session: Session) -> set[int]:
    library = packs_of(session)
    query = select(Declaration.id, Declaration.election_id, Declaration.rules_digest)
    digests = {key: library.book(key).digest for key in library.calendars}
    rows = session.execute(query.where(Declaration.closed_on.is_(None)))
    return {row.id for row in rows if row.rules_digest != digests.get(row.election_id)}


def _stale_facts(session: Session) -> set[int]:
    """Return the open files whose person's kind, birth date or service differs from the newest revision."""
    newest = (
        select(DeclarationRevision.declaration_id, func.max(DeclarationRevision.id, type_=Integer).label("id"))
        .group_by(DeclarationRevision.declaration_id)
        .subquery()
    )
    known = aliased(DeclarationRevision)
    same = and_(
        known.kind == Employee.kind,
        known.birth_date.is_not_distinct_from(Employee.birth_date),
        known.service_from.is_not_distinct_from(Employee.service_from),
    )
    query = (
        select(Declaration.id)
        .join(Employee, Employee.id == Declaration.employee_id)
        .outerjoin(newest, newest.c.declaration_id == Declaration.id)
        .outerjoin(known, known.id == newest.c.id)
        .where(Declaration.closed_on.is_(None), or_(known.id.is_(None), ~same))
    )
    return set(session.scalars(query))


def _lapsed_states(session: Session) -> set[int]:
    query = select(Declaration).where(
        Declaration.closed_on.is_(None),
        Declaration.kpu_status == KpuStatus.DETERMINED,
        Declaration.staff_status.in_(UNRESIGNED),
        Declaration.discipline_status.in_([DisciplineStatus.NONE, DisciplineStatus.ETHICS]),
    )
    changed = set()
    for declaration in session.scalars(query):
        state = Situation(current_facts(session, declaration), book_of(declaration)).state(today(session))
        if state.discipline != declaration.discipline_status:
            show_state(declaration, state)
            changed.add(declaration.id)
    return changed


def _write_duties(session: Session, declaration: Declaration, facts: Facts) -> None:
    book = book_of(declaration)
    found = rules.obligations(facts, book, today(session))
    session.execute(delete(DeclarationDuty).where(DeclarationDuty.declaration_id == declaration.id))
    rows = [
        {
            "declaration_id": declaration.id,
            "rule_id": row.id,
            "due": row.due,
            "met_on": row.met_on,
            "owed_by": row.owed_by,
            "owed_to": row.owed_to,
            "text": row.text,
            "doubtful": row.doubtful,
            "letter_code": row.letter or "",
            "rules_digest": book.digest,
        }
        for row in found
        if row.status is not DutyStatus.NOT_APPLICABLE
    ]
    if rows:
        session.execute(insert(DeclarationDuty), rows)
    done = update(Declaration).where(Declaration.id == declaration.id).values(rules_digest=book.digest)
    session.execute(done, execution_options=_BULK)
    touched(session, Topic.CANDIDACY)

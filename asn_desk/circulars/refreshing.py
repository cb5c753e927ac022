"""The audience after publishing: who joined is added, who left is closed, who moved is chased where they are now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random, SystemRandom
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.circulars import audience, rules
from asn_desk.circulars.many import mark_all
from asn_desk.circulars.marking import NewMark
from asn_desk.circulars.model import Acknowledgement, CircularVersion, Recipient, RecipientMove
from asn_desk.circulars.publishing import kept_audience, open_circular, texts
from asn_desk.circulars.recipients import NO_UNIT, AnyRow
from asn_desk.circulars.rules import Audience, MarkNotes
from asn_desk.circulars.terms import AckMethod, AckStatus
from asn_desk.database.work import today, work_of
from asn_desk.employees.model import Employee
from asn_desk.employees.terms import EmploymentState
from asn_desk.errors import DeskError
from asn_desk.office.model import Unit
from asn_desk.wording import long_date, readable_name, titled_name

_CHASED = frozenset(rules.OPEN) - {AckStatus.REFUSED}
_JOINED = "Masuk sasaran edaran menurut data pegawai tanggal {}."
_ENDED = "Tidak lagi bekerja di kantor ini menurut data pegawai tanggal {}."
_BACK = "Bekerja lagi di kantor ini menurut data pegawai tanggal {}."
_NAMED_AT_ONCE = 500


@dataclass(frozen=True)
class Joiner:
    """Somebody the rule reaches now who is no recipient yet, or whom the registry had sent away and serves again."""

    employee_id: int
    name: str
    number: str
    opd: str


@dataclass(frozen=True)
class Leaver:
    """A recipient who owes a signature but no longer serves; `reason` is what the mark will say."""

    recipient_id: int
    name: str
    number: str
    opd: str
    reason: str


@dataclass(frozen=True)
class Mover:
    """A recipient who owes a signature and works elsewhere now."""

    recipient_id: int
    name: str
    number: str
    before: str
    after: str


@dataclass(frozen=True)
class RefreshPlan:
    """What bringing the audience up to date would do. `to_check`: recipients whom the registry itself doubts; left alone."""

    circular_id: int
    version_id: int
    on: date
    joiners: tuple[Joiner, ...]
    leavers: tuple[Leaver, ...]
    movers: tuple[Mover, ...]
    to_check: int

    @property
    def nothing_to_do(self) -> bool:
        """Return whether the audience is as the registry says."""
        return not (self.joiners or self.leavers or self.movers)


def plan_refresh(session: Session, circular_id: int) -> RefreshPlan:
    """Compare the newest audience with the registry of today. Raises DeskError("circular_unknown" | "closed")."""
    require(session, Action.SEE_CIRCULARS)
    open_circular(session, circular_id, None)
    owner = _owner(session, circular_id)
    rows = session.execute(
        select(Recipient, Employee.state, Employee.unit_id, Employee.opd_id)
        .join(Employee, Employee.id == Recipient.employee_id)
        .where(Recipient.version_id == owner.id)
        .order_by(Recipient.id)
    ).all()
    wanted = {row[0]: row for row in audience.read(session, kept_audience(session, owner))}
    stay = {found.Recipient.employee_id for found in rows} - _sent_away(session, owner.id).keys()
    new = [row for key, row in wanted.items() if key not in stay]
    chased = [row for row in rows if row.Recipient.status in _CHASED]
    left = [row for row in chased if row.state is EmploymentState.ENDED]
    serving = [row for row in rows if row.Recipient.status in rules.OPEN and row.state is not EmploymentState.ENDED]
    moved = [row for row in serving if _place(row) != _chased_at(row)]
    names = _names(session, [*(row[2] for row in new), *(key for row in [*left, *moved] for key in _units(row))])
    day = today(session)
    reason = _ENDED.format(long_date(day))
    return RefreshPlan(
        circular_id, owner.id, day,
        tuple(Joiner(row[0], titled_name(readable_name(row[4]), row[5], row[6]), row[7], names.get(row[2], NO_UNIT)) for row in new),
        tuple(Leaver(*_who(row.Recipient), names.get(row.Recipient.at_opd_id, NO_UNIT), reason) for row in left),
        tuple(Mover(*_who(row.Recipient), _words(_chased_at(row), names), _words(_place(row), names)) for row in moved),
        sum(row.state is EmploymentState.CHECK for row in chased),
    )  # fmt: skip


def refresh_audience(session: Session, plan: RefreshPlan, *, rng: Random | None = None) -> None:
    """Do what the plan says: all of it or nothing. Raises DeskError("plan_stale") when the registry changed meanwhile."""
    require(session, Action.PUBLISH_CIRCULARS)
    if plan_refresh(session, plan.circular_id) != plan:
        raise DeskError("plan_stale", "Data pegawai atau catatan berubah sejak rencana ini dibuat. Susun rencana lagi.")
    _join(session, plan, rng)
    reasons = {one.recipient_id: one.reason for one in plan.leavers}
    mark_all(session, reasons, lambda row: _leave(plan.on, reasons[row.Recipient.id]))
    for mover in plan.movers:
        _follow(session, mover.recipient_id, plan.on)
    session.flush()


def _join(session: Session, plan: RefreshPlan, rng: Random | None) -> None:
    """Add who is new, and let those wait again who came back."""
    joining = [one.employee_id for one in plan.joiners]
    away = _sent_away(session, plan.version_id)
    words = long_date(plan.on)
    _wait_again(session, [away[key] for key in joining if key in away], _BACK.format(words))
    if new := [key for key in joining if key not in away]:
        _add(session, plan.version_id, new, _JOINED.format(words), rng)


def _wait_again(session: Session, recipient_ids: Sequence[int], reason: str) -> None:
    """Let people who left wait again, where they work now; that they had left stays on record."""
    on = today(session)
    back = NewMark(AckStatus.WAITING, AckMethod.BY_HAND, on, MarkNotes(reason))
    mark_all(session, recipient_ids, lambda _row: back)
    for recipient_id in recipient_ids:
        _follow(session, recipient_id, on)


def _sent_away(session: Session, version_id: int) -> dict[int, int]:
    """Return, by employee, the recipients whom a refresh put out last; who was put out by hand stays out."""
    left = (
        select(func.max(Acknowledgement.id))
        .join(Recipient, Recipient.id == Acknowledgement.recipient_id)
        .where(Recipient.version_id == version_id, Recipient.status == AckStatus.LEFT)
        .where(Acknowledgement.undone_at.is_(None))
        .group_by(Acknowledgement.recipient_id)
    )
    query = (
        select(Recipient.employee_id, Recipient.id)
        .join(Acknowledgement, Acknowledgement.recipient_id == Recipient.id)
        .where(Acknowledgement.id.in_(left))
        .where(Acknowledgement.note.startswith(_ENDED.partition("{")[0], autoescape=True))
    )
    return {row.employee_id: row.id for row in session.execute(query)}


def add_people(
    session: Session, circular_id: int, employee_ids: Sequence[int], reason: str, *, rng: Random | None = None
) -> int:
    """Take single people in, with a reason; return how many were added, for who is a recipient already stays as is.

    Who had left waits again. Raises DeskError("circular_unknown" | "closed" | "reason_missing" | "person_ended").
    """
    require(session, Action.PUBLISH_CIRCULARS)
    open_circular(session, circular_id, None)
    words = _reason(reason)
    owner = _owner(session, circular_id)
    query = select(Recipient.employee_id, Recipient.id, Recipient.status).where(Recipient.version_id == owner.id)
    known = {row.employee_id: row for row in session.execute(query)}
    new = sorted(set(employee_ids) - known.keys())
    back = sorted(key for key in set(employee_ids) & known.keys() if known[key].status is AckStatus.LEFT)
    _check_serving(session, [*new, *back])
    if new or back:
        _change_rule(session, owner, also=(*new, *back))
    _wait_again(session, [known[key].id for key in back], words)
    if new:
        _add(session, owner.id, new, words, rng)
    return len(new) + len(back)


def _check_serving(session: Session, employee_ids: Sequence[int]) -> None:
    serving = session.scalars(
        select(Employee.id).where(Employee.id.in_(employee_ids), Employee.state != EmploymentState.ENDED)
    ).all()
    if len(serving) != len(employee_ids):
        raise DeskError("person_ended", "Ada pegawai yang sudah tidak bekerja atau tidak dikenal. Periksa pilihannya.")


def remove_person(session: Session, recipient_id: int, reason: str) -> None:
    """Put a recipient out, with a reason: closed, never erased. Raises DeskError as `marking.acknowledge`, "reason_missing"."""
    require(session, Action.PUBLISH_CIRCULARS)
    words = _reason(reason)
    mark_all(session, [recipient_id], lambda _row: _leave(today(session), words))
    person = session.get_one(Recipient, recipient_id)
    _change_rule(session, session.get_one(CircularVersion, person.version_id), without=(person.employee_id,))


def _owner(session: Session, circular_id: int) -> CircularVersion:
    """Return the newest version that has people of its own."""
    return next(version for version in reversed(texts(session, circular_id)) if version.collects_id is None)


def _change_rule(
    session: Session, owner: CircularVersion, *, also: tuple[int, ...] = (), without: tuple[int, ...] = ()
) -> None:
    rule = rules.audience_from(owner.audience)
    kept_out = (set(rule.without) | set(without)) - set(also)
    taken_in = (set(rule.also) | set(also)) - set(without)
    changed = replace(rule, also=tuple(sorted(taken_in)), without=tuple(sorted(kept_out)))
    owner.audience = rules.with_rule(owner.audience, changed)
    session.flush()


def _add(session: Session, version_id: int, employee_ids: Sequence[int], reason: str, rng: Random | None) -> None:
    rule: Audience = kept_audience(session, session.get_one(CircularVersion, version_id))
    people: list[Any] = []
    for start in range(0, len(employee_ids), _NAMED_AT_ONCE):
        part = employee_ids[start : start + _NAMED_AT_ONCE]
        people += audience.read_some(session, part, heads_first=rule.heads_first)
    audience.add(session, version_id, audience.coded(session, people, rng or SystemRandom()), today(session), reason)


def _leave(on: date, reason: str) -> NewMark:
    return NewMark(AckStatus.LEFT, AckMethod.BY_HAND, on, MarkNotes(reason))


def _follow(session: Session, recipient_id: int, on: date) -> None:
    person = session.get_one(Recipient, recipient_id)
    now = session.get_one(Employee, person.employee_id)
    if (person.at_unit_id, person.at_opd_id) == (now.unit_id, now.opd_id):
        return
    work = work_of(session)
    session.add(
        RecipientMove(
            recipient_id=person.id, moved_on=on, from_unit_id=person.at_unit_id, from_opd_id=person.at_opd_id,
            to_unit_id=now.unit_id, to_opd_id=now.opd_id, recorded_at=work.now, recorded_by=work.actor,
        )
    )  # fmt: skip
    person.at_unit_id, person.at_opd_id = now.unit_id, now.opd_id


def _reason(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        sentence = "Tulis alasan perubahan daftar penerima."
        raise DeskError("reason_missing", sentence, fields={"reason": sentence})
    return words


def _place(row: AnyRow) -> tuple[int | None, int | None]:
    return row.unit_id, row.opd_id


def _chased_at(row: AnyRow) -> tuple[int | None, int | None]:
    return row.Recipient.at_unit_id, row.Recipient.at_opd_id


def _units(row: AnyRow) -> tuple[int | None, ...]:
    return *_place(row), *_chased_at(row)


def _who(person: Recipient) -> tuple[int, str, str]:
    name = titled_name(readable_name(person.person_name), person.title_front, person.title_back)
    return person.id, name, person.person_number


def _names(session: Session, ids: Sequence[int | None]) -> dict[int | None, str]:
    wanted = sorted({key for key in ids if key is not None})
    return {row.id: row.name for row in session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(wanted)))}


def _words(place: tuple[int | None, int | None], names: dict[int | None, str]) -> str:
    unit, opd = names.get(place[0], ""), names.get(place[1], "")
    return unit if unit in (opd, "") and unit else ", ".join(part for part in (unit, opd) if part) or NO_UNIT

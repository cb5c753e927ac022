"""The audit trail: every change in the transaction that makes it, each entry chained to the one before by SHA-256.

Single rows changed through the session are recorded by themselves (`watch`); bulk statements say what they did (`record`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, String, Text, event, insert, inspect, select, update
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, UOWTransaction, mapped_column

from asn_desk.database.base import Base
from asn_desk.database.trail.replay import SEALED
from asn_desk.database.work import work_of
from asn_desk.wording import clock_time, short_date

GENESIS = "0" * 64
CLOCK_TOLERANCE = timedelta(minutes=5)
"""Clocks of PCs that share a server differ a little, and a clock is corrected by seconds every day."""


class AuditEntry(Base):
    """One line of the trail. `before` and `after` are JSON objects of the columns that changed."""

    __tablename__ = "audit_entries"
    __audited__ = False

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(80), index=True)
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """The newest entry's place and hash: a deleted last line is noticed, and writers queue on this row."""

    __tablename__ = "audit_head"
    __audited__ = False
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


def entry_hash(entry: Mapping[str, Any]) -> str:
    """Return the SHA-256 (hex) that binds one entry to the one before it."""
    parts = [entry[key] for key in ("previous", "seq", "at", "actor", "action", "subject", "before", "after")]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=_plain)  # StrEnum members are text already


def as_json(values: Mapping[str, Any] | None) -> str:
    """Return the canonical JSON of a row's values, keys sorted; moments and days in ISO form."""
    return _ENCODER.encode(dict(values)) if values else "{}"


def record(
    session: Session,
    action: str,
    subject: str,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Put one entry on the trail of this unit of work. `action` reads `table:verb`, `subject` reads `table:id`."""
    work_of(session).trail.append(
        {"action": action, "subject": subject, "before": as_json(before), "after": as_json(after)}
    )


def viewed(session: Session, subject: str) -> None:
    """Mark that this unit of work hands out a confidential record; `subject` reads `table:id` and holds no name.

    While a user is signed in the view goes on the trail as `table:viewed`; a view that cannot be recorded is refused.
    """
    work_of(session).views.append(subject)


def record_views(session: Session, subjects: Iterable[str]) -> None:
    """Put views on the trail of this unit of work."""
    for subject in subjects:
        record(session, f"{subject.partition(':')[0]}:viewed", subject)


def append_trail(session: Session) -> None:
    """Write the collected entries with their hashes; called once by Desk just before the commit."""
    work = work_of(session)
    if not work.trail:
        return
    head = session.execute(
        select(AuditHead.seq, AuditHead.hash).where(AuditHead.id == 1).with_for_update()
    ).one_or_none()
    seq, previous = (0, GENESIS) if head is None else (head.seq, head.hash)
    _note_clock(session, seq)
    rows = list(_chained(work.trail, seq, previous, work.actor, work.now.isoformat(timespec="microseconds")))
    session.connection().execute(insert(AuditEntry.__table__), rows)  # type: ignore[arg-type]
    last = {"seq": rows[-1]["seq"], "hash": rows[-1]["hash"]}
    if head is None:
        session.execute(insert(AuditHead).values(id=1, **last))
    else:
        session.execute(update(AuditHead).where(AuditHead.id == 1).values(**last))
    work.trail.clear()


def _note_clock(session: Session, newest: int) -> None:
    """Put it on the trail when the PC's clock was set back since the newest entry: from then on days may be wrong."""
    work = work_of(session)
    last = session.scalar(select(AuditEntry.at).where(AuditEntry.seq == newest))
    if not work.practice and last is not None and _behind(last, work.now):
        record(session, "clock:set_back", f"audit_entries:{newest}", before={"at": last}, after={"at": work.now})


def _behind(last: str, now: datetime) -> bool:
    return datetime.fromisoformat(last) - now > CLOCK_TOLERANCE


def clock_doubt(session: Session, now: datetime) -> str | None:
    """Return a sentence when `now` lies before the newest entry of the trail by more than the tolerance, else None."""
    last = session.scalar(select(AuditEntry.at).order_by(AuditEntry.seq.desc()).limit(1))
    if last is None or not _behind(last, now):
        return None
    written = datetime.fromisoformat(last).astimezone()
    here = now.astimezone()
    return (
        f"Jam komputer menunjukkan {short_date(here.date())} pukul {clock_time(here)}, padahal perubahan terakhir dicatat "
        f"{short_date(written.date())} pukul {clock_time(written)}. Periksa jam komputer sebelum menerbitkan surat."
    )


def _chained(trail: Iterable[dict[str, Any]], seq: int, previous: str, actor: str, at: str) -> Iterator[dict[str, Any]]:
    for entry in trail:
        seq += 1
        full = {**entry, "seq": seq, "at": at, "actor": actor, "previous": previous}
        full["hash"] = previous = entry_hash(full)
        yield full


def watch(session: Session) -> None:
    """Record every row that this session creates, changes or deletes, and refuse bulk statements that would slip past."""
    event.listen(session, "before_flush", _refuse_write_in_read)
    event.listen(session, "after_flush", _record_flush)
    event.listen(session, "do_orm_execute", _refuse_unrecorded)


def _refuse_write_in_read(session: Session, _context: UOWTransaction, _instances: object) -> None:
    if not work_of(session).writing and (
        session.new or session.deleted or any(session.is_modified(row) for row in session.dirty)
    ):
        raise RuntimeError("a read must not change records; use Desk.write")


def _record_flush(session: Session, _context: UOWTransaction) -> None:
    for row in session.new:
        _record_row(session, row, "created", {}, _unset(row) | _values(row))
    for row in session.deleted:
        _record_row(session, row, "deleted", _values(row), {})
    for row in session.dirty:
        before, after = _changes(row)
        if after:
            _record_row(session, row, "changed", before, after)


def _record_row(session: Session, row: Any, verb: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    if row.__topic__ is not None:
        work_of(session).topics.add(row.__topic__)
    if row.__audited__:
        table = row.__tablename__
        key = "/".join(str(part) for part in inspect(row).mapper.primary_key_from_instance(row))
        record(session, f"{table}:{verb}", f"{table}:{key}", before=before, after=after)


def _values(row: Any) -> dict[str, Any]:
    state = inspect(row)
    names = (attribute.key for attribute in state.mapper.column_attrs)
    return {name: _told(row, name, state.dict[name]) for name in names if name in state.dict and _shown(row, name)}


def _unset(row: Any) -> dict[str, Any]:
    """Return the columns that nobody gave a value: they are empty in the database, and the trail says so."""
    columns = inspect(row).mapper.column_attrs
    return dict.fromkeys(one.key for one in columns if one.columns[0].server_default is None and _shown(row, one.key))


def _shown(row: Any, name: str) -> bool:
    return name not in row.__audit_hidden__


def _told(row: Any, name: str, value: Any) -> Any:
    """Return a value as the trail holds it: that of a sealed column as a digest."""
    if name not in row.__audit_sealed__ or value is None:
        return value
    return SEALED + hashlib.sha256(str(value).encode()).hexdigest()


def _changes(row: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    state = inspect(row)
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        key = attribute.key
        if history.has_changes() and _shown(row, key) and key != "version":
            before[key] = _told(row, key, history.deleted[0] if history.deleted else None)
            after[key] = _told(row, key, history.added[0] if history.added else None)
    return before, after


def _refuse_unrecorded(state: ORMExecuteState) -> None:
    if not (state.is_update or state.is_delete or state.is_insert) or state.execution_options.get("recorded"):
        return
    mapper = state.bind_mapper
    if mapper is not None and getattr(mapper.class_, "__audited__", True):
        raise RuntimeError(
            f"bulk statement on {mapper.class_.__tablename__}: call audit.record and pass execution_options(recorded=True)"
        )


def broken_entry(rows: Iterable[Mapping[str, Any]], head: tuple[int, str] | None) -> str | None:
    """Walk the chain in order and return an Indonesian sentence naming the first broken entry, or None when whole."""
    seq, previous = 0, GENESIS
    for row in rows:
        seq += 1
        if row["seq"] != seq:
            return f"Jejak perubahan nomor {seq} hilang."
        if row["previous"] != previous or entry_hash(row) != row["hash"]:
            return f"Jejak perubahan nomor {seq} telah diubah di luar program."
        previous = row["hash"]
    if head is None:
        return None if seq == 0 else "Penanda akhir jejak perubahan hilang."
    if head[0] > seq:
        return f"Jejak perubahan nomor {seq + 1} hilang."
    if head != (seq, previous):
        return f"Penanda akhir jejak perubahan tidak cocok dengan jejak nomor {seq}."
    return None

"""Which rules hold in this office: the shipped packs with the office's changes, now or as they stood at a moment."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from asn_desk.database.work import work_of
from asn_desk.paths import resource
from asn_desk.regulations.changes import Change, fitting
from asn_desk.regulations.model import RuleChange, SeenPack
from asn_desk.regulations.packs import Library, parse_pack, shipped_library, whole
from asn_desk.wording import long_date

_KEY = "asn_desk.rules"


def packs_of(session: Session) -> Library:
    """Return the rules and calendars that hold in this office; read once per unit of work."""
    known = session.info.get(_KEY)
    if not isinstance(known, Library):
        rows = session.scalars(select(RuleChange).where(RuleChange.ended_at.is_(None)).order_by(RuleChange.id))
        known = session.info[_KEY] = _with_changes(tuple(change_of(row) for row in rows))
    return known


def forget(session: Session) -> None:
    """Read the changes anew at the next question; called by whoever changes them."""
    session.info.pop(_KEY, None)


def packs_at(session: Session, moment: datetime) -> Library:
    """Return the rules as they stood at a moment: packs shipped by then, and changes in force then."""
    query = select(RuleChange).where(
        RuleChange.recorded_at <= moment, or_(RuleChange.ended_at.is_(None), RuleChange.ended_at > moment)
    )
    changes = tuple(change_of(row) for row in session.scalars(query.order_by(RuleChange.id)))
    seen = _seen_at(session, moment)
    return _with_changes(changes) if seen is None else _rebuilt(seen, changes)


def change_of(row: RuleChange) -> Change:
    """Return a stored change as the pure rules want it."""
    document = f"{row.document_number} tanggal {long_date(row.document_date)}"
    story = f"dicatat {row.recorded_by} pada {long_date(row.recorded_at.astimezone().date())}; alasan: {row.reason}"
    return Change(row.id, row.kind, row.target, row.content, document, story)


@lru_cache(maxsize=8)
def _with_changes(changes: tuple[Change, ...]) -> Library:
    return fitting(shipped_library(), changes)[0]


@lru_cache(maxsize=4)
def _rebuilt(files: tuple[tuple[str, str], ...], changes: tuple[Change, ...]) -> Library:
    packs = tuple(parse_pack(file, content.encode()) for file, content in files)
    return fitting(whole(Library(packs)), changes)[0]


def unfit_changes(session: Session) -> frozenset[int]:
    """Return the changes in force that no longer fit the shipped packs, as may happen after an update of the program."""
    rows = session.scalars(select(RuleChange).where(RuleChange.ended_at.is_(None)).order_by(RuleChange.id))
    return fitting(shipped_library(), tuple(change_of(row) for row in rows))[1]


def _seen_at(session: Session, moment: datetime) -> tuple[tuple[str, str], ...] | None:
    """Return (file, text) of the packs as shipped then, or None when they are those of today or nothing older is known."""
    rows = session.scalars(select(SeenPack).where(SeenPack.seen_at <= moment).order_by(SeenPack.seen_at))
    newest = {row.file: row for row in rows}
    shipped = {pack.sha256 for pack in shipped_library().packs}
    if not newest or {row.sha256 for row in newest.values()} == shipped:
        return None
    return tuple((file, newest[file].content) for file in sorted(newest))


def remember_shipped(session: Session) -> None:
    """Keep a copy of every shipped pack that was not seen before; called when the program opens the office's data."""
    known = set(session.scalars(select(SeenPack.sha256)))
    folder = resource("regulations", "paket")
    for pack in shipped_library().packs:
        if pack.sha256 not in known:
            text = (folder / pack.file).read_bytes().decode()
            session.add(SeenPack(sha256=pack.sha256, file=pack.file, content=text, seen_at=work_of(session).now))
    session.flush()

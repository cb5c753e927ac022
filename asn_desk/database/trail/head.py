"""The trail's head of a day: a short mark to write down or print, so that a copy of it exists outside the database.

Whoever lays yesterday's database in place, or writes the whole trail anew, cannot make the old mark appear in it:
each hash binds every line before it (`audit.entry_hash`).
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.database.trail.audit import AuditEntry
from asn_desk.errors import DeskError
from asn_desk.wording import long_date

DIGITS = 16
"""Hex digits of the short form: nobody can make another trail that ends in the same 64 bits within a working life."""
_GROUP = 4
_NOT_HEX = re.compile("[^0-9a-f]")


@dataclass(frozen=True)
class DayHead:
    """The newest line of the trail: its number, its local day, its hash."""

    seq: int
    day: date
    hash: str

    @property
    def short(self) -> str:
        """Return the hash's beginning in groups, as it is printed."""
        return short_form(self.hash)

    @property
    def printed(self) -> str:
        """Return the line for reports and the status bar."""
        return f"Tanda jejak {self.short}"


@dataclass(frozen=True)
class Outside:
    """A head that was written down outside, and the day on which it was; None when the day is not known."""

    head: str
    day: date | None = None


def short_form(digest: str) -> str:
    """Return the first sixteen digits of a hash in groups of four."""
    return " ".join(digest[place : place + _GROUP] for place in range(0, DIGITS, _GROUP))


def day_head(session: Session) -> DayHead | None:
    """Return the newest line of the trail; None in an office without one."""
    query = select(AuditEntry.seq, AuditEntry.at, AuditEntry.hash).order_by(AuditEntry.seq.desc()).limit(1)
    row = session.execute(query).one_or_none()
    return None if row is None else DayHead(row.seq, _day_of(row.at), row.hash)


def printed_mark(session: Session) -> str:
    """Return what a report's heading ends with, as `. Tanda jejak 1a2b 3c4d ...`, so that a copy exists outside.

    Empty in an office without a trail. The caller puts the sentence's full stop after it.
    """
    head = day_head(session)
    return "" if head is None else f". {head.printed}"


def outside(text: str, day: date | None = None) -> Outside:
    """Return a head as somebody typed it, blanks and dashes left out. Raises DeskError("head") when it cannot be one."""
    head = text.lower().replace(" ", "").replace("-", "")
    if not DIGITS <= len(head) <= 64 or _NOT_HEX.search(head):
        raise DeskError(
            "head", f"Tanda jejak terdiri dari {DIGITS} sampai 64 angka heksadesimal. Periksa salinannya: {text}."
        )
    return Outside(head, day)


def objection(database: sqlite3.Connection, known: Outside) -> str | None:
    """Return a sentence when the head from outside is not in this trail, or younger than its day says; else None."""
    query = "SELECT seq, at FROM audit_entries WHERE hash >= ? AND hash < ?"
    found = database.execute(query, (known.head, known.head + "g")).fetchone()
    if found is None:
        dated = "" if known.day is None else f" dari {long_date(known.day)}"
        return (
            f"Tanda jejak {short_form(known.head)}{dated} tidak ada dalam jejak perubahan; {_end(database)}. "
            "Basis data telah diganti dengan salinan lama, atau jejaknya ditulis ulang."
        )
    day = _day_of(found[1])
    if known.day is not None and day > known.day:
        return (
            f"Tanda jejak {short_form(known.head)} tercatat {long_date(day)}, sesudah {long_date(known.day)}. "
            "Periksa tanggal salinannya."
        )
    return None


def _end(database: sqlite3.Connection) -> str:
    newest = database.execute("SELECT at FROM audit_entries ORDER BY seq DESC LIMIT 1").fetchone()
    return "jejaknya kosong" if newest is None else f"jejak berakhir {long_date(_day_of(newest[0]))}"


def _day_of(moment: str) -> date:
    return datetime.fromisoformat(moment).astimezone().date()

"""The open dates as an iCalendar file (RFC 5545), for the calendar program of the office.

A date keeps its UID for ever, so that a second import moves it instead of doubling it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import and_
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.candidacy.home import OPEN_DUTY, due_rows
from asn_desk.candidacy.model import Declaration
from asn_desk.candidacy.rows import DueRow
from asn_desk.database.work import today, work_of
from asn_desk.wording import Secrecy, secrecy_words

FILE_NAME = "tenggat-pencalonan.ics"
_LONGEST_LINE = 75
"""Octets, without the line end (RFC 5545, 3.1)."""


def agenda(session: Session, *, anonymous: bool = False) -> bytes:
    """Return every open dated duty the user may see as a day-long event; `anonymous` leaves persons and seats out.

    Raises DeskError("not_allowed").
    """
    require(session, Action.EXPORT)
    condition = and_(OPEN_DUTY, Declaration.closed_on.is_(None))
    rows = due_rows(session, today(session), condition)
    return calendar_file(rows, work_of(session).now, anonymous=anonymous)


def calendar_file(rows: tuple[DueRow, ...], now: datetime, *, anonymous: bool) -> bytes:
    """Return the rows as iCalendar text, lines folded at 75 octets and ended by CR LF.

    How secret it is stands in the calendar's description, and in the class of each event (RFC 5545, 3.8.1.3).
    """
    secret = not anonymous and any(row.confidential for row in rows)
    told = secrecy_words(Secrecy.CONFIDENTIAL if secret else Secrecy.LIMITED)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//ASN Desk//Tenggat pencalonan//ID",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Tenggat pencalonan",
        f"X-WR-CALDESC:{_escaped(told)}",
    ]
    for row in rows:
        lines += _event(row, now, anonymous=anonymous)
    lines.append("END:VCALENDAR")
    return "".join(folded for line in lines for folded in _folded(line)).encode()


def _event(row: DueRow, now: datetime, *, anonymous: bool) -> Iterator[str]:
    file = f"Berkas nomor {row.declaration_id}"
    person = file if anonymous else f"{row.name} ({row.office_name})"
    mark = " Perlu diperiksa: dasar aturannya diragukan." if row.doubtful else ""
    said = f"{row.owed_by} kepada {row.owed_to}. {row.action}. {file}, aturan {row.rule_id}.{mark}"
    yield "BEGIN:VEVENT"
    yield f"UID:kewajiban-{row.declaration_id}-{row.rule_id}@asn-desk"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{_day(row.due)}"
    yield f"DTEND;VALUE=DATE:{_day(row.due + timedelta(days=1))}"
    yield f"SUMMARY:{_escaped(f'{person}: {row.text}')}"
    yield f"DESCRIPTION:{_escaped(said)}"
    yield f"CLASS:{'CONFIDENTIAL' if row.confidential else 'PRIVATE'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _escaped(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Break a line before it passes 75 octets, never inside a character; what follows starts with a space."""
    piece, size, start = "", 0, ""
    for sign in line:
        width = len(sign.encode())
        if size + width > _LONGEST_LINE:
            yield f"{start}{piece}\r\n"
            start, piece, size = " ", "", 1
        piece += sign
        size += width
    yield f"{start}{piece}\r\n"

"""Reading the trail: who did what to which record, and when. Values are shown only with the right to the record itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from asn_desk import saving
from asn_desk.accounts.rights import allowed, require
from asn_desk.accounts.terms import Action
from asn_desk.accounts.trail_columns import column_words
from asn_desk.accounts.trail_words import happened, right_to_see, table_words
from asn_desk.database.trail import written
from asn_desk.database.trail.audit import AuditEntry, record
from asn_desk.database.trail.head import printed_mark
from asn_desk.database.work import today, work_of
from asn_desk.wording import Secrecy, clock_time, long_date, number, sheet_footer, sheet_properties

HIDDEN = "(disembunyikan)"
_EMPTY = (None, "")
_AT_ONCE = 500
_SHEET_LIMIT = 1_000_000
_LONGEST_CELL = 32_000
_HEADERS = (("Nomor", 10), ("Tanggal", 20), ("Pukul", 8), ("Pengguna", 28), ("Yang terjadi", 52), ("Perubahan", 90))


@dataclass(frozen=True)
class TrailFilter:
    """Which entries are wanted; what is empty does not filter.

    `user`: the name as it stood then. `subject`: `table:id`, or a table alone. `employee_id`: entries of this person and of
    records that name them by id. `first` and `last`: local days, both included. `action`: a verb such as `viewed`.
    """

    user: str = ""
    subject: str = ""
    employee_id: int | None = None
    first: date | None = None
    last: date | None = None
    action: str = ""
    newest_first: bool = True


@dataclass(frozen=True)
class Change:
    """One value before and after, as text; HIDDEN without the right to see it."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class TrailRow:
    """One entry. `what` is a sentence without names; `changes` hold values the viewer may see."""

    id: int
    at: datetime
    user: str
    action: str
    subject: str
    what: str
    changes: tuple[Change, ...]


def trail_ids(session: Session, wanted: TrailFilter) -> list[int]:
    """Return the numbers of the entries wanted, in order. Raises DeskError("not_allowed")."""
    require(session, Action.SEE_TRAIL)
    order = AuditEntry.seq.desc() if wanted.newest_first else AuditEntry.seq
    return list(session.scalars(select(AuditEntry.seq).where(*_conditions(wanted)).order_by(order)))


def trail_rows(session: Session, ids: Sequence[int]) -> list[TrailRow]:
    """Return the entries with these numbers, in their order. Raises DeskError("not_allowed")."""
    require(session, Action.SEE_TRAIL)
    found = {entry.seq: entry for entry in session.scalars(select(AuditEntry).where(AuditEntry.seq.in_(list(ids))))}
    return [_row(session, found[seq]) for seq in ids if seq in found]


def trail_users(session: Session) -> list[str]:
    """Return every name that stands on the trail. Raises DeskError("not_allowed")."""
    require(session, Action.SEE_TRAIL)
    return list(session.scalars(select(AuditEntry.actor).distinct().order_by(AuditEntry.actor)))


def trail_xlsx(session: Session, wanted: TrailFilter, target: Path) -> int:
    """Write the entries of a filter to an .xlsx file and return how many; that it was done is on the trail itself.

    Every cell is text; values that the viewer may not see are not in it either.
    Raises DeskError("not_allowed"), EnvironmentProblem when the file cannot be written.
    """
    ids = trail_ids(session, wanted)[:_SHEET_LIMIT]
    content = _workbook(session, ids)
    saving.write(target, content)
    record(session, "audit_entries:exported", "audit_entries:all", after={"entries": len(ids)})
    return len(ids)


def _conditions(wanted: TrailFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.user:
        yield AuditEntry.actor == wanted.user
    if ":" in wanted.subject:
        yield AuditEntry.subject == wanted.subject
    elif wanted.subject:
        yield AuditEntry.subject.startswith(f"{wanted.subject}:", autoescape=True)
    if wanted.action:
        yield AuditEntry.action.endswith(f":{wanted.action}", autoescape=True)
    if wanted.employee_id is not None:
        yield _about(wanted.employee_id)
    if wanted.first is not None:
        yield AuditEntry.at >= _stored(_midnight(wanted.first))
    if wanted.last is not None:
        yield AuditEntry.at < _stored(_midnight(wanted.last + timedelta(days=1)))


def _about(employee_id: int) -> ColumnElement[bool]:
    """Return the condition for a person's own record and for those whose values name them by id (as `as_json` writes it)."""
    named = [
        column.contains(f'"employee_id": {employee_id}{end}', autoescape=True)
        for column in (AuditEntry.after, AuditEntry.before)
        for end in (",", "}")
    ]
    return or_(AuditEntry.subject == f"employees:{employee_id}", *named)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone().astimezone(UTC)


def _stored(moment: datetime) -> str:
    """Return a moment as the trail's text begins: entries of the PC's clock are in UTC and compare as text."""
    return moment.isoformat(timespec="microseconds")


def _row(session: Session, entry: AuditEntry) -> TrailRow:
    right = right_to_see(entry.subject)
    changes = _changes(entry.before, entry.after, shown=right is None or allowed(session, right))
    what = happened(entry.action, entry.subject)
    moment = datetime.fromisoformat(entry.at)
    return TrailRow(entry.seq, moment, entry.actor, entry.action, entry.subject, what, changes)


def _changes(before: str, after: str, *, shown: bool) -> tuple[Change, ...]:
    old, new = _summed(json.loads(before)), _summed(json.loads(after))
    both = ((key, old.get(key), new.get(key)) for key in dict.fromkeys((*old, *new)))
    return tuple(
        Change(key, _text(was, shown=shown), _text(becomes, shown=shown))
        for key, was, becomes in both
        if was != becomes and not (was in _EMPTY and becomes in _EMPTY)
    )


def _summed(values: dict[str, object]) -> dict[str, object]:
    """Return the values of an entry, with what a bulk statement wrote as `Penerima edaran: 1.095 baris`."""
    return {key: _rows_told(value) if key in written.FORMS else value for key, value in values.items()}


def _rows_told(parts: object) -> object:
    assert isinstance(parts, list)
    return "; ".join(f"{table_words(part['table'])}: {number(written.count(part))} baris" for part in parts)


def _text(value: object, *, shown: bool) -> str:
    if value is None:
        return ""
    if not shown:
        return HIDDEN
    return {True: "ya", False: "tidak"}[value] if isinstance(value, bool) else str(value)


def _workbook(session: Session, ids: Sequence[int]) -> bytes:
    import xlsxwriter

    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        made_at = work_of(session).now.astimezone(UTC)
        about = {"title": "Jejak perubahan", "created": made_at, **sheet_properties(Secrecy.CONFIDENTIAL)}
        book.set_properties(about)
        sheet = book.add_worksheet("Jejak perubahan")
        text, bold = book.add_format({"num_format": "@", "valign": "top"}), book.add_format({"bold": True, "bottom": 1})
        note = f"{Secrecy.CONFIDENTIAL}. Keadaan {long_date(today(session))}: {number(len(ids))} catatan{printed_mark(session)}."
        sheet.write_string(0, 0, note, book.add_format({"bold": True}))
        for column, (header, width) in enumerate(_HEADERS):
            sheet.set_column(column, column, width, text)
            sheet.write_string(2, column, header, bold)
        for line, cells in enumerate(_cells(session, ids), 3):
            for column, cell in enumerate(cells):
                sheet.write_string(line, column, cell[:_LONGEST_CELL])
        sheet.freeze_panes(3, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(sheet_footer(Secrecy.CONFIDENTIAL))
    return content.getvalue()


def _cells(session: Session, ids: Sequence[int]) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(ids), _AT_ONCE):
        for row in trail_rows(session, ids[start : start + _AT_ONCE]):
            at = row.at.astimezone()
            told = "; ".join(change_words(change) for change in row.changes)
            yield str(row.id), long_date(at.date()), clock_time(at), row.user, row.what, told


def change_words(change: Change) -> str:
    """Return one change in a line: `nama: Siti → Sinta`."""
    column = column_words(change.column)
    if change.before and change.after:
        return f"{column}: {change.before} → {change.after}"
    return f"{column}: {change.after}" if change.after else f"{column}: {change.before} (dikosongkan)"

"""Reading the office's changes: which are in force, their history, and what is different, as plain text."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require_user
from asn_desk.database import files
from asn_desk.errors import DeskError
from asn_desk.paths import resource
from asn_desk.regulations import changes, schema
from asn_desk.regulations.model import RuleChange
from asn_desk.regulations.office_packs import packs_of, unfit_changes
from asn_desk.regulations.packs import Library, shipped_library
from asn_desk.regulations.terms import CHANGE_WORDS, ChangeKind
from asn_desk.wording import long_date

__all__ = ["ChangeRow", "changes_in_force", "differences", "history", "packs_of", "scan"]


@dataclass(frozen=True)
class ChangeRow:
    """One version of a change. `title` says what is changed; `ended_at` is None while it holds.

    `fits` is False when the packs of a newer program left it without a hold: it is then left out of account.
    """

    id: int
    kind: ChangeKind
    kind_words: str
    target: str
    title: str
    number: int
    reason: str
    document_number: str
    document_date: date
    has_scan: bool
    recorded_at: datetime
    recorded_by: str
    ended_at: datetime | None
    ended_by: str
    end_reason: str
    fits: bool


def changes_in_force(session: Session) -> list[ChangeRow]:
    """Return every change that holds now, newest first."""
    require_user(session)
    query = select(RuleChange).where(RuleChange.ended_at.is_(None)).order_by(RuleChange.id.desc())
    unfit = unfit_changes(session)
    return [_row(found, fits=found.id not in unfit) for found in session.scalars(query)]


def history(session: Session, kind: ChangeKind | None = None, target: str = "") -> list[ChangeRow]:
    """Return all versions, newest first: of one target, of one kind, or of everything."""
    require_user(session)
    query = select(RuleChange).order_by(RuleChange.id.desc())
    if kind is not None:
        query = query.where(RuleChange.kind == kind)
    if target:
        query = query.where(RuleChange.target == target)
    unfit = unfit_changes(session)
    return [_row(found, fits=found.id not in unfit) for found in session.scalars(query)]


def _row(found: RuleChange, *, fits: bool) -> ChangeRow:
    return ChangeRow(
        id=found.id,
        kind=found.kind,
        kind_words=CHANGE_WORDS[found.kind],
        target=found.target,
        title=_title(found),
        number=found.number,
        reason=found.reason,
        document_number=found.document_number,
        document_date=found.document_date,
        has_scan=found.file_sha256 is not None,
        recorded_at=found.recorded_at,
        recorded_by=found.recorded_by,
        ended_at=found.ended_at,
        ended_by=found.ended_by,
        end_reason=found.end_reason,
        fits=fits,
    )


def _title(found: RuleChange) -> str:
    if found.kind is ChangeKind.HOLIDAY:
        return f"{long_date(date.fromisoformat(found.target))}: {json.loads(found.content)['title']}"
    if found.kind is ChangeKind.STAGE:
        election, code, _offices = found.target.split(":", 2)
        calendar = shipped_library().calendars.get(election)
        return f"{json.loads(found.content).get('title', code)}, {calendar.title if calendar else election}"
    rule = _shipped_rule(found.target) if found.kind is ChangeKind.RULE else None
    return f"{found.target}: {rule.text}" if rule else found.target


def scan(session: Session, change_id: int) -> bytes:
    """Return the scanned document of a change. Raises DeskError("no_scan")."""
    require_user(session)
    found = session.get(RuleChange, change_id)
    if found is None or found.file_sha256 is None:
        raise DeskError("no_scan", "Perubahan ini tidak mempunyai pindaian dokumen.")
    return files.fetch(session, found.file_sha256)


def differences(session: Session, change_id: int) -> tuple[str, ...]:
    """Return what a version changes against the one before it, as lines: `-` what it was, `+` what it is now."""
    require_user(session)
    found = session.get(RuleChange, change_id)
    if found is None:
        raise DeskError("unknown_change", "Perubahan ini tidak ditemukan. Muat ulang daftarnya.")
    before = session.scalar(
        select(RuleChange).where(
            RuleChange.kind == found.kind, RuleChange.target == found.target, RuleChange.number == found.number - 1
        )
    )
    if found.kind is ChangeKind.PACK:
        return tuple(_text_differences(before.content if before else _shipped_text(found.target), found.content))
    old = json.loads(before.content) if before and _replaced(before, found) else {}
    return tuple(_value_differences({**_shipped_values(found), **old}, json.loads(found.content)))


def _replaced(before: RuleChange, found: RuleChange) -> bool:
    """Return whether the version before was still in force when this one came; a withdrawn one counts no more."""
    return before.ended_at is None or before.ended_at >= found.recorded_at


def _text_differences(before: str, after: str) -> Iterator[str]:
    for line in difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""):
        if not line.startswith(("---", "+++", "@@")):
            yield f"{line[0]} {line[1:]}"


_SHOWN = {"title": "nama", "works": "tetap kerja", "date_from": "hari pertama", "date_to": "hari terakhir"}
_HIDDEN = frozenset({"earlier", "code", "offices"})


def _value_differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for key, value in after.items():
        if key in _HIDDEN or before.get(key) == value:
            continue
        if key in before:
            yield f"- {_SHOWN.get(key, key)}: {_plain(before[key])}"
        yield f"+ {_SHOWN.get(key, key)}: {_plain(value)}"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, str):
        try:
            return long_date(date.fromisoformat(value))
        except ValueError:
            return value or "(kosong)"
    return json.dumps(value, ensure_ascii=False)


def _shipped_values(found: RuleChange) -> Mapping[str, Any]:
    if found.kind is ChangeKind.RULE:
        rule = _shipped_rule(found.target)
        return rule.model_dump(mode="json") if rule else {}
    if found.kind is ChangeKind.STAGE:
        stage = _shipped_stage(shipped_library(), found.target)
        return stage.model_dump(mode="json") if stage else {}
    return {}


def _shipped_rule(rule_id: str) -> schema.Rule | None:
    return next((rule for pack in shipped_library().packs for rule in pack.content.rules if rule.id == rule_id), None)


def _shipped_stage(library: Library, target: str) -> schema.CalendarEvent | None:
    calendar = library.calendars.get(target.split(":", 1)[0])
    events = calendar.events if calendar else ()
    return next((row for row in events if calendar and changes.stage_key(calendar.id, row) == target), None)


def _shipped_text(pack_id: str) -> str:
    found = next((pack for pack in shipped_library().packs if pack.id == pack_id), None)
    return (resource("regulations", "paket") / found.file).read_text(encoding="utf-8") if found else ""

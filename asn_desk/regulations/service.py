"""What an office may want different: rules, calendar dates, holidays, whole packs. Each change has a reason and a document."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asn_desk.accounts.approvals import consent
from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Act, Action
from asn_desk.database import files
from asn_desk.database.work import today, work_of
from asn_desk.errors import DeskError
from asn_desk.regulations import changes, schema
from asn_desk.regulations.changes import FIXED_KEYS, Change
from asn_desk.regulations.model import RuleChange
from asn_desk.regulations.office_packs import change_of, forget, packs_of, unfit_changes
from asn_desk.regulations.packs import OFFICE_PACK, Library, parse_pack, shipped_library
from asn_desk.regulations.terms import ChangeKind
from asn_desk.wording import long_date

LONGEST_NUMBER = 160


@dataclass(frozen=True)
class Why:
    """What a change rests on. `scan`: the document as PDF, when the office has it."""

    reason: str
    document_number: str
    document_date: date
    scan: bytes | None = None


@dataclass(frozen=True)
class OverrideRule:
    """Let a rule read otherwise in this office. `values`: keys of the rule as in a pack, with their new values."""

    rule_id: str
    values: Mapping[str, Any]
    why: Why


@dataclass(frozen=True)
class ChooseReading:
    """Record which reading of a due date the office follows in an election; `day` None: a reading that names no date.

    The strictest reading goes on driving the alarm; the choice and its document stand beside it.
    """

    rule_id: str
    election_id: str
    day: date | None
    text: str
    why: Why


@dataclass(frozen=True)
class CorrectCalendarDate:
    """Move a stage of an election. `office`: any office the stage is for; empty takes the first stage of that code."""

    election_id: str
    code: str
    date_from: date
    date_to: date
    why: Why
    office: str = ""


@dataclass(frozen=True)
class CorrectHoliday:
    """Add a holiday or cuti bersama, or (`works`) say that a day off was worked after all."""

    day: date
    title: str
    why: Why
    works: bool = False


@dataclass(frozen=True)
class AddPack:
    """Take in a pack of the office's own (TOML); a shipped pack of the same id is replaced by it."""

    content: bytes
    why: Why


def override_rule(session: Session, command: OverrideRule) -> int:
    """Put the office's version of a rule in force and return its id. Raises DeskError, NeedsSecondPerson."""
    require(session, Action.CHANGE_RULES)
    _check_why(session, command.why)
    rule = _rule(packs_of(session), command.rule_id)
    values = dict(command.values)
    fixed = sorted(FIXED_KEYS & set(values))
    if fixed or not values:
        sentence = f"Tidak dapat diubah: {', '.join(fixed)}." if fixed else "Isi sekurang-kurangnya satu perubahan."
        raise DeskError("invalid", sentence, fields={"values": sentence})
    current = _current(session, ChangeKind.RULE, rule.id)
    content = {**(json.loads(current.content) if current else {}), **values}
    return _put(session, ChangeKind.RULE, rule.id, _as_text(content), command.why)


def choose_reading(session: Session, command: ChooseReading) -> int:
    """Record the office's choice among readings and return the change's id. Raises DeskError, NeedsSecondPerson."""
    require(session, Action.CHANGE_RULES)
    library = packs_of(session)
    rule = _rule(library, command.rule_id)
    library.book(command.election_id)
    if rule.due is None or not (rule.due.other_readings or rule.due.choices):
        raise DeskError("one_reading", f"Tenggat aturan {rule.id} tidak dibaca berbeda-beda; tidak ada yang dipilih.")
    if not command.text.strip():
        raise DeskError("invalid", "Tulis bacaan yang diikuti.", fields={"text": "Tulis bacaan yang diikuti."})
    chosen = schema.Choice(election=command.election_id, day=command.day, text=command.text.strip())
    others = (row for row in rule.due.choices if row.election != command.election_id)
    due = rule.due.model_copy(update={"choices": (*others, chosen)}).model_dump(mode="json")
    return override_rule(session, OverrideRule(rule.id, {"due": due}, command.why))


def correct_calendar_date(session: Session, command: CorrectCalendarDate) -> int:
    """Move a stage of an election and return the change's id. Raises DeskError("unknown_stage"), NeedsSecondPerson."""
    require(session, Action.CHANGE_RULES)
    _check_why(session, command.why)
    if command.date_to < command.date_from:
        sentence = "Hari terakhir tahapan tidak boleh mendahului hari pertamanya."
        raise DeskError("invalid", sentence, fields={"date_to": sentence})
    stage = changes.stage_of(packs_of(session), command.election_id, command.code, command.office)
    if (stage.date_from, stage.date_to) == (command.date_from, command.date_to):
        raise DeskError("unchanged", "Tahapan itu sudah bertanggal demikian; tidak ada yang berubah.")
    content = changes.moved_stage(stage, command.date_from, command.date_to, today(session))
    target = changes.stage_key(command.election_id, stage)
    return _put(session, ChangeKind.STAGE, target, _as_text(content), command.why)


def correct_holiday(session: Session, command: CorrectHoliday) -> int:
    """Add a day off or take one away, and return the change's id. Raises DeskError, NeedsSecondPerson."""
    require(session, Action.CHANGE_RULES)
    _check_why(session, command.why)
    if not command.title.strip():
        sentence = "Isi nama hari liburnya, atau keterangan mengapa hari itu tetap kerja."
        raise DeskError("invalid", sentence, fields={"title": sentence})
    content = changes.holiday_content(command.title.strip(), works=command.works)
    return _put(session, ChangeKind.HOLIDAY, command.day.isoformat(), content, command.why)


def add_pack(session: Session, command: AddPack) -> int:
    """Take in a pack and return the change's id. Raises DeskError("rule_pack_invalid") with every place, NeedsSecondPerson."""
    require(session, Action.CHANGE_RULES)
    _check_why(session, command.why)
    pack = parse_pack("paket baru", command.content)
    if pack.id == OFFICE_PACK:
        raise DeskError("invalid", f"Nama paket '{OFFICE_PACK}' dipakai program. Pilih id lain.")
    known = next((row.content.pack for row in packs_of(session).packs if row.id == pack.id), None)
    if known is not None and pack.content.pack.version <= known.version:
        raise DeskError(
            "old_version", f"Paket '{pack.id}' versi {known.version} sudah berlaku. Naikkan version di dalam berkas."
        )
    return _put(session, ChangeKind.PACK, pack.id, command.content.decode(), command.why)


def withdraw(session: Session, change_id: int, reason: str) -> None:
    """Take a change back: the shipped rule or date holds again. Raises DeskError, NeedsSecondPerson."""
    require(session, Action.CHANGE_RULES)
    row = session.get(RuleChange, change_id)
    if row is None or row.ended_at is not None:
        raise DeskError("unknown_change", "Perubahan ini sudah tidak berlaku. Muat ulang daftarnya.")
    if not reason.strip():
        raise DeskError("invalid", "Tulis alasan pencabutan.", fields={"reason": "Tulis alasan pencabutan."})
    _refuse_unfit(session, [change_of(found) for found in _in_force(session) if found.id != row.id])
    consent(session, Act.CHANGE_RULE, f"rule_changes:{row.id}", reason=reason.strip())
    _end(session, row, reason.strip())
    session.flush()
    forget(session)


def _put(session: Session, kind: ChangeKind, target: str, content: str, why: Why) -> int:
    """Store a change as the newest version of its target, once the whole still fits together and a second person agreed."""
    current = _current(session, kind, target)
    kept = [change_of(row) for row in _in_force(session) if row is not current]
    planned = Change(0, kind, target, content, why.document_number, why.reason)
    _refuse_unfit(session, [*kept, planned])
    consent(session, Act.CHANGE_RULE, _subject(planned), reason=why.reason.strip())
    if current is not None:
        _end(session, current, "diganti versi berikutnya")
    row = RuleChange(
        kind=kind,
        target=target,
        number=1 + _versions(session, kind, target),
        content=content,
        reason=why.reason.strip(),
        document_number=why.document_number.strip(),
        document_date=why.document_date,
        file_sha256=_scan(session, why.scan),
        recorded_at=work_of(session).now,
        recorded_by=work_of(session).actor,
    )
    session.add(row)
    session.flush()
    forget(session)
    return row.id


def _refuse_unfit(session: Session, planned: list[Change]) -> None:
    """Refuse what does not fit together, and what would take away codes that files on record may use."""
    unfit = unfit_changes(session)
    after = changes.merged(shipped_library(), [row for row in planned if row.id not in unfit])
    lost = changes.lost_codes(packs_of(session), after)
    if lost:
        raise DeskError(
            "still_used",
            f"Kode ini akan hilang, padahal berkas pencalonan dapat memakainya: {', '.join(lost)}. Biarkan paketnya, atau "
            "masukkan versi baru yang masih memuatnya.",
        )


def _subject(change: Change) -> str:
    """Return what is to be agreed on: target and content, so that an agreement holds for this very change only.

    The days a stage had before are left out: they name the day of recording, and the agreement may come a day later.
    """
    content = change.content
    if change.kind is ChangeKind.STAGE:
        content = _as_text({key: value for key, value in json.loads(content).items() if key != "earlier"})
    seal = hashlib.sha256(f"{change.target}\0{content}".encode()).hexdigest()[:12]
    return f"rule_changes:{change.target[:50]}:{seal}"


def _as_text(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)


def _rule(library: Library, rule_id: str) -> schema.Rule:
    found = next((rule for pack in library.packs for rule in pack.content.rules if rule.id == rule_id), None)
    if found is None:
        raise DeskError("unknown_rule", f"Aturan '{rule_id}' tidak ada. Pilih aturan dari daftar.")
    return found


def _check_why(session: Session, why: Why) -> None:
    faults = {}
    if not why.reason.strip():
        faults["reason"] = "Tulis alasan perubahannya."
    if not why.document_number.strip():
        faults["document_number"] = "Tulis nomor dokumen yang menjadi dasar."
    elif len(why.document_number.strip()) > LONGEST_NUMBER:
        faults["document_number"] = f"Paling banyak {LONGEST_NUMBER} huruf."
    if why.document_date > today(session):
        faults["document_date"] = f"Tanggal dokumen tidak boleh sesudah {long_date(today(session))}."
    if why.scan is not None and not why.scan.startswith(b"%PDF-"):
        faults["scan"] = "Dokumen harus berupa berkas PDF."
    if faults:
        raise DeskError("invalid", "Perubahan belum dapat disimpan. " + " ".join(faults.values()), fields=faults)


def _scan(session: Session, data: bytes | None) -> str | None:
    if data is None:
        return None
    sha256 = files.store(session, data, files.PDF)
    session.flush()  # the change's row refers to the file's row, which must be there first
    return sha256


def _in_force(session: Session) -> list[RuleChange]:
    return list(session.scalars(select(RuleChange).where(RuleChange.ended_at.is_(None)).order_by(RuleChange.id)))


def _current(session: Session, kind: ChangeKind, target: str) -> RuleChange | None:
    rows = select(RuleChange).where(RuleChange.kind == kind, RuleChange.target == target, RuleChange.ended_at.is_(None))
    return session.scalar(rows)


def _versions(session: Session, kind: ChangeKind, target: str) -> int:
    count = select(func.count()).select_from(RuleChange)
    return session.scalar(count.where(RuleChange.kind == kind, RuleChange.target == target)) or 0


def _end(session: Session, row: RuleChange, reason: str) -> None:
    row.ended_at, row.ended_by, row.end_reason = work_of(session).now, work_of(session).actor, reason

"""How due dates and duties are said on the page: the chips, the short days, the lines about who owes whom."""

from __future__ import annotations

from datetime import date

from asn_desk.candidacy.duties import DUTY_WORDS, DutyStatus, Obligation
from asn_desk.candidacy.outcome import PENSION_WORDS, Outcome
from asn_desk.candidacy.rows import DeclarationDetail, DeclarationRow
from asn_desk.candidacy.service import PATHS
from asn_desk.regulations.terms import FORM_WORDS, Form, Lane
from asn_desk.wording import long_date, number, short_date
from ui.shared.chips import Chip, Kind

DOUBTFUL = "perlu diperiksa"


def near_day(day: date, today: date) -> str:
    """Return `22 Sep`, with the year only when it is not this year."""
    return short_date(day).rsplit(" ", 1)[0] if day.year == today.year else short_date(day)


def plain_day(day: date, today: date) -> str:
    """Return `22 September`, with the year only when it is not this year."""
    return long_date(day).rsplit(" ", 1)[0] if day.year == today.year else long_date(day)


def distance(day: date, today: date) -> str:
    """Return how far a due day is: `lewat 4 hari`, `hari ini`, `besok`, or the day itself."""
    days = (day - today).days
    if days < 0:
        return f"lewat {number(-days)} hari"
    return {0: "hari ini", 1: "besok"}.get(days, near_day(day, today))


_DAY_KINDS: dict[DutyStatus, Kind] = {
    DutyStatus.LATE: "late",
    DutyStatus.DUE_TODAY: "near",
    DutyStatus.DUE_SOON: "near",
}


def list_chip(row: DeclarationRow, today: date) -> Chip:
    """Return the nearest due date of a file as a chip."""
    if row.closed_on is not None:
        return Chip("ditutup", "neutral", "lock")
    duty = row.next_duty
    if duty is not None and duty.due is not None:
        return Chip(distance(duty.due, today), _DAY_KINDS.get(duty.status, "coming"))
    return Chip("menunggu", "neutral", "clock") if row.open_duties else Chip("lengkap", "done")


def list_note(row: DeclarationRow) -> str:
    """Return what the chip is about; a doubtful date is marked."""
    if row.closed_on is not None:
        return long_date(row.closed_on)
    if row.next_duty is None:
        return f"{number(row.open_duties)} kewajiban" if row.open_duties else "semua selesai"
    return f"{DOUBTFUL} · {row.next_duty.text}" if row.next_duty.doubtful else row.next_duty.text


def duty_chip(duty: Obligation, today: date) -> Chip:
    """Return how a duty stands."""
    if duty.status is DutyStatus.MET:
        return Chip(DUTY_WORDS[duty.status], "done")
    if duty.status is DutyStatus.MET_LATE:
        return Chip("terlambat", "near", "check")
    if duty.status is DutyStatus.LATE and duty.due is not None:
        return Chip(distance(duty.due, today), "late")
    if duty.status in {DutyStatus.DUE_TODAY, DutyStatus.DUE_SOON} and duty.due is not None:
        days = (duty.due - today).days
        return Chip(f"{days} hari lagi" if days > 1 else distance(duty.due, today), "near")
    return Chip(DUTY_WORDS[duty.status], "coming" if duty.status is DutyStatus.COMING else "neutral")


def doubt_chip(duty: Obligation) -> Chip | None:
    """Return the mark of a duty whose sources disagree or whose date is doubtful."""
    if duty.other_readings:
        return Chip(f"{1 + len(duty.other_readings)} bacaan sumber", "near", "scales")
    return Chip(DOUBTFUL, "near", "scales") if duty.doubtful else None


def basis_words(duty: Obligation) -> str:
    """Return the legal basis in one short line: the first article, and how many more."""
    if not duty.basis:
        return ""
    more = len(duty.basis) - 1
    return duty.basis[0].short + (f" · {more}\u00a0dasar\u00a0lain" if more else "")


def owing_words(duty: Obligation) -> str:
    """Return who owes it to whom."""
    return f"{duty.owed_by} kepada {duty.owed_to}"


def aim_words(file: DeclarationDetail) -> str:
    """Return what somebody runs for; a matter of party membership alone is no candidacy."""
    return f"Calon {file.office_name}" if file.lanes[Lane.KPU] else file.office_name


def path_words(file: DeclarationDetail) -> list[str]:
    """Return by which way and with whom somebody runs."""
    path = PATHS.get(file.path, "") if file.path else ""
    by = file.party or (f"jalur {path}" if path else "")
    mate = f"berpasangan dengan {file.running_mate}" if file.running_mate else ""
    return [part for part in (file.constituency, by, mate) if part]


def end_facts(outcome: Outcome) -> list[tuple[str, str]]:
    """Return how the employment is expected to end."""
    form = FORM_WORDS[outcome.form] if outcome.form else "belum diketahui"
    ends = outcome.form in {Form.HONOURABLE, Form.DISHONOURABLE} and outcome.ending
    rows = [
        ("Bentuk", f"{outcome.ending} {form}" if ends else form),
        ("Diusulkan oleh", outcome.proposer),
        ("Ditandatangani oleh", outcome.signer),
        ("Hak pensiun", PENSION_WORDS[outcome.pension]),
        ("TMT", f"{long_date(outcome.tmt)} ({outcome.tmt_text})" if outcome.tmt else "belum diketahui"),
    ]
    doubts = [(DOUBTFUL.capitalize(), doubt) for doubt in outcome.doubts]
    return [row for row in rows if row[1]] + doubts

"""What the program adds to pledges, covering letters, reminders, minutes, lists of those present, and examinations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from asn_desk.letters.contents import catalogue, kinds_desk, kinds_discipline
from asn_desk.letters.contents.completing_circular import complete_circular
from asn_desk.letters.contents.facts import Facts, listed
from asn_desk.wording import MONTHS, grouped_nip, number_words, weekday

_EMPTY_LINES = 20


def _grouped(rows: list[dict[str, str]]) -> None:
    for row in rows:
        row["nip"] = grouped_nip(row["nip"])


def _complete_pledge(facts: Facts, data: dict[str, Any]) -> None:
    pledge, seen = data["pakta"], data["mengetahui"]
    words = {"pemilihan": facts.fields["edaran.pemilihan"]}
    pledge["butir"] = listed(pledge["butir"] or catalogue.load().sentence("pakta", facts.dated, None, words))
    seen["nip"] = grouped_nip(seen["nip"])
    _grouped(pledge.get("daftar", []))


def _complete_reminder(_facts: Facts, data: dict[str, Any]) -> None:
    data["surat"]["sifat"] = data["surat"]["sifat"] or "Segera"
    _grouped(data["pengingat"]["daftar"])


def _complete_minutes(facts: Facts, data: dict[str, Any]) -> None:
    data["acara"]["kalimat"] = day_in_words(facts.fields["acara.tanggal"])
    data["acara"]["butir"] = listed(data["acara"]["butir"])
    for side in ("pihak_satu", "pihak_dua"):
        data[side]["nip"] = grouped_nip(data[side]["nip"])


def day_in_words(day: date) -> str:
    """Return `Senin tanggal sembilan bulan September tahun dua ribu dua puluh empat`."""
    return (
        f"{weekday(day)} tanggal {number_words(day.day)} bulan {MONTHS[day.month - 1]} tahun {number_words(day.year)}"
    )


def _complete_attendance(_facts: Facts, data: dict[str, Any]) -> None:
    present = data["hadir"]
    present["daftar"] = present["daftar"] or [dict.fromkeys(kinds_desk.NAMES, "") for _ in range(_EMPTY_LINES)]
    _grouped(present["daftar"])


def _complete_summons(_facts: Facts, data: dict[str, Any]) -> None:
    data["pemeriksa"]["nip"] = grouped_nip(data["pemeriksa"]["nip"])
    data["panggilan"]["dasar"] = listed(data["panggilan"]["dasar"])


def _complete_report(_facts: Facts, data: dict[str, Any]) -> None:
    examined = data["periksa"]
    _grouped(examined["tim"])
    for part in ("dasar", "uraian", "kesimpulan", "saran"):
        examined[part] = listed(examined[part])


COMPLETE: dict[str, Callable[[Facts, dict[str, Any]], None]] = {
    kinds_desk.CIRCULAR_A: complete_circular,
    kinds_desk.CIRCULAR_B: complete_circular,
    kinds_desk.PLEDGE: _complete_pledge,
    kinds_desk.PLEDGE_LIST: _complete_pledge,
    kinds_desk.REMINDER: _complete_reminder,
    kinds_desk.MINUTES: _complete_minutes,
    kinds_desk.ATTENDANCE: _complete_attendance,
    kinds_discipline.SUMMONS: _complete_summons,
    kinds_discipline.REPORT: _complete_report,
}

"""The rules on real cases and on combinations worked out by hand (tests/data/candidacy_cases.toml)."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from asn_desk.candidacy import rules
from asn_desk.candidacy.duties import DutyStatus
from asn_desk.candidacy.facts import Facts
from asn_desk.candidacy.states import FINAL_STAFF, STATUS_WORDS, DatedEvent, DisciplineStatus, KpuStatus, StaffStatus
from asn_desk.candidacy.transitions import STEPS
from asn_desk.regulations.packs import shipped_library
from asn_desk.regulations.terms import Fact

LIBRARY = shipped_library()
CASES = tomllib.loads((Path(__file__).parent.parent / "data" / "candidacy_cases.toml").read_text(encoding="utf-8"))[
    "case"
]


def facts_of(case: dict[str, Any]) -> Facts:
    values = dict(case["facts"])
    values["flags"] = frozenset(Fact(flag) for flag in values.get("flags", ()))
    events = []
    for code, days in case["events"].items():
        day, effective = days if isinstance(days, list) else (days, None)
        events.append(DatedEvent(code, day, effective))
    return Facts(events=tuple(events), **values)


def assessed(case: dict[str, Any]) -> rules.Assessment:
    facts = facts_of(case)
    return rules.assess(facts, LIBRARY.book(facts.election), case["on"])


def explained(case: dict[str, Any], seen: rules.Assessment) -> str:
    """Return the whole story of a case: shown with -s, and when the case fails."""
    head = [f"== {case['title']}, {case['on']}", *(f"{key}: {case[key]}" for key in ("expect", "why") if key in case)]
    states = f"{seen.state.kpu} / {seen.state.staff} / {seen.state.discipline}"
    lines = [f"{duty.id} {line.label}: {line.text}" for duty in seen.obligations for line in duty.explanation]
    tmt = [f"TMT {line.label}: {line.text}" for line in seen.outcome.tmt_explanation]
    cautions = [f"{row.id} Peringatan: {row.text}" for row in seen.warnings]
    return "\n".join((*head, states, *tmt, *lines, *cautions))


def test_all_real_cases_and_at_least_forty_more_are_in_the_table() -> None:
    real = {case["title"].split()[0] for case in CASES if re.match(r"T\d", case["title"])}
    assert {f"T{number}" for number in range(1, 22)} <= real
    others = [case for case in CASES if not re.match(r"T\d", case["title"])]
    assert len(others) >= 40
    seen = {(case["facts"]["office"], case["facts"]["kind"]) for case in CASES}
    assert {office for office, _kind in seen} == set(LIBRARY.offices)
    assert {kind for _office, kind in seen} == set(LIBRARY.kinds)
    assert all("expect" in case for case in CASES if re.match(r"T\d+ ", case["title"]))


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    seen = assessed(case)
    story = explained(case, seen)
    print(story)
    assert "Aturan:" in story or not seen.obligations
    found = {
        "kpu": seen.state.kpu.value,
        "staff": seen.state.staff.value,
        "discipline": seen.state.discipline.value,
        "form": seen.outcome.form.value if seen.outcome.form else None,
        "signer": seen.outcome.signer,
        "proposer": seen.outcome.proposer,
        "pension": seen.outcome.pension,
        "tmt": seen.outcome.tmt,
    }
    assert {key: found[key] for key in found if key in case} == {key: case[key] for key in found if key in case}
    assert [row.event.code for row in seen.refused] == case.get("refused", [])
    duties = {row.id: row for row in seen.obligations}
    for key, expected in case.get("duties", {}).items():
        assert f"{duties[key].due or '-'} {duties[key].status.value}" == expected, key
    for key, days in case.get("other_readings", {}).items():
        assert [row.due for row in duties[key].other_readings if row.due] == days
    for key, norm in case.get("basis", {}).items():
        assert duties[key].basis[0].norm.startswith(norm)
    assert all(duties[key].doubtful for key in case.get("doubtful", ()))
    assert not set(case.get("absent", ())) & set(duties)
    warnings = {row.id for row in seen.warnings}
    assert set(case.get("warnings", ())) <= warnings
    assert not set(case.get("no_warnings", ())) & warnings


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_every_duty_and_warning_shown_is_cited(case: dict[str, Any]) -> None:
    seen = assessed(case)
    for row in (*seen.obligations, *seen.warnings):
        assert row.basis, row.id
        assert all(basis.source or basis.doubt for basis in row.basis), row.id
    dated = [row for row in seen.obligations if row.due]
    assert all(row.trigger and row.trigger.day and row.trigger.origin for row in dated)
    if seen.outcome.tmt and seen.outcome.tmt_text and seen.outcome.form != "tidak_dengan_hormat":
        assert seen.outcome.tmt_basis
    bases = [basis for row in (*seen.obligations, *seen.warnings) for basis in row.basis]
    for basis in (*bases, *seen.outcome.basis, *seen.outcome.tmt_basis):
        assert basis.norm
        assert basis.article
        assert basis.confidence in {"V2", "V", "D", "M"}


def test_the_json_has_the_promised_keys() -> None:
    case = next(case for case in CASES if case["title"].startswith("SK final"))
    seen = json.loads(json.dumps(assessed(case).as_json()))
    assert set(seen) == {
        "kpu_status", "staff_status", "discipline_status", "form", "signer", "proposer", "pension", "tmt", "obligations", "warnings",
    }  # fmt: skip
    duty = next(row for row in seen["obligations"] if row["id"] == "K7")
    assert set(duty) == {"id", "text", "owed_by", "owed_to", "trigger", "due", "status", "basis", "other_readings"}
    assert set(duty["basis"][0]) == {"norm", "article", "source", "confidence"}
    assert duty["other_readings"][0]["due"] == "2024-10-28"
    assert duty["other_readings"][0]["source"].startswith("S48")


def test_the_explanation_names_trigger_count_and_holidays() -> None:
    events = (DatedEvent("SURAT_MUNDUR", date(2024, 8, 30)), DatedEvent("TANDA_TERIMA", date(2024, 8, 30)))
    complete = DatedEvent(
        "BERKAS_LENGKAP", date(2024, 9, 2), origin="dicatat oleh Ratna Wulandari pada 2 September 2024"
    )
    facts = Facts("WALKOT", "PNS", "pilkada-2024", events=(*events, complete))
    seen = rules.assess(facts, LIBRARY.book("pilkada-2024"), date(2024, 9, 9))
    duty = next(row for row in seen.obligations if row.id == "C3")
    text = {line.label: line.text for line in duty.explanation}
    assert text["Pemicu"] == (
        "Berkas dinyatakan lengkap, Senin 2 September 2024 (dicatat oleh Ratna Wulandari pada 2 September 2024)"
    )
    assert text["Tenggat"].startswith("Senin 23 September 2024, 14 hari kerja sesudah")
    assert text["Tidak dihitung"] == "6 hari Sabtu/Minggu; 16 September 2024 (Maulid Nabi Muhammad)"
    assert "Pasal 254 ayat (3) dan (5)" in text["Dasar"] or "angka 14" in text["Dasar"]


def test_the_law_of_the_day_counts() -> None:
    facts, book = Facts("DPR", "PNS", "pemilu-2024"), LIBRARY.book("pemilu-2024")

    def norms(day: date, rule: str) -> set[str]:
        seen = rules.assess(facts, book, day)
        return {
            row.norm[:9] for found in (*seen.obligations, *seen.warnings) if found.id == rule for row in found.basis
        }

    assert "UU 5/2014" in norms(date(2023, 5, 20), "L8")
    assert "UU 5/2014" not in norms(date(2023, 10, 31), "L8")
    assert norms(date(2023, 5, 20), "C1") >= {"UU 20/202"}  # the duty falls on 3 November 2023, under the new law
    old = Facts("BUP", "PNS", "pilkada-2020")
    seen = rules.assess(old, LIBRARY.book("pilkada-2020"), date(2020, 9, 1))
    assert any(row.norm.startswith("UU 5/2014") for duty in seen.obligations for row in duty.basis)


def test_the_tmt_is_explained_with_its_articles_and_doubts() -> None:
    facts = Facts("DPRD_KAB", "PNS", "pemilu-2024", events=(DatedEvent("SURAT_MUNDUR", date(2023, 5, 8)),))
    seen = rules.assess(facts, LIBRARY.book("pemilu-2024"), date(2023, 6, 1))
    labels = {line.label: line.text for line in seen.outcome.tmt_explanation}
    assert seen.outcome.tmt == date(2023, 11, 30)
    assert "3 November 2023" in labels["Pemicu"]
    assert "tidak menyebut DPRD" in labels["Perlu diperiksa"]
    assert "akhir bulan surat" in labels["Bacaan lain"]


def test_a_moved_determination_moves_what_hangs_on_it_and_leaves_the_rest() -> None:
    before = Facts("BUP", "PNS", "pilkada-2024", events=(DatedEvent("SURAT_MUNDUR", date(2024, 8, 26)),))
    after = Facts(
        before.office, before.kind, before.election, events=(*before.events, DatedEvent("PENETAPAN", date(2024, 10, 1)))
    )
    book, day = LIBRARY.book("pilkada-2024"), date(2024, 10, 1)
    was = {row.id: row for row in rules.obligations(before, book, day)}
    now = {row.id: row for row in rules.obligations(after, book, day)}
    assert was["K3"].due == date(2024, 9, 22)
    assert now["K3"].due == date(2024, 10, 1)
    assert now["K2.2"].met_on == was["K2.2"].met_on == date(2024, 8, 26)
    assert rules.assess(after, book, day).outcome.tmt == date(2024, 10, 31)


@pytest.mark.parametrize(
    ("days", "status"),
    [(-1, "late"), (0, "due_today"), (1, "due_soon"), (7, "due_soon"), (8, "coming")],
)
def test_status_by_the_day(days: int, status: str) -> None:
    today = date(2024, 9, 9)
    assert rules.status_on(today + timedelta(days=days), None, today) == status


def test_status_of_what_is_met_or_has_no_date() -> None:
    today = date(2024, 9, 9)
    assert rules.status_on(today, today, today) is DutyStatus.MET
    assert rules.status_on(today - timedelta(days=1), today, today) is DutyStatus.MET_LATE
    assert rules.status_on(None, None, today) is DutyStatus.WAITING


def recorded(*codes: str) -> Facts:
    start = date(2024, 8, 20)
    events = tuple(DatedEvent(code, start + timedelta(days=index)) for index, code in enumerate(codes))
    return Facts("WALKOT", "PNS", "pilkada-2024", events=events)


@pytest.mark.parametrize(
    ("codes", "action", "allowed"),
    [
        ((), "LAPOR", True),
        ((), "TANDA_TERIMA", False),
        (("LAPOR",), "SURAT_MUNDUR", True),
        (("SURAT_MUNDUR",), "TANDA_TERIMA", True),
        (("SURAT_MUNDUR",), "SURAT_MUNDUR", False),
        (("SURAT_MUNDUR",), "SK_TERBIT", False),
        (("SURAT_MUNDUR",), "BATAL", False),
        (("SURAT_MUNDUR", "TANDA_TERIMA"), "BERKAS_LENGKAP", True),
        (("SURAT_MUNDUR", "TANDA_TERIMA", "BERKAS_LENGKAP"), "MENUNGGU_PENETAPAN", True),
        (("SURAT_MUNDUR", "TANDA_TERIMA", "BERKAS_LENGKAP"), "KEMBALI_AKTIF", False),
        (("SURAT_MUNDUR", "TANDA_TERIMA", "BERKAS_LENGKAP", "TIDAK_DITETAPKAN"), "KEMBALI_AKTIF", True),
        (("LAPOR", "WAFAT"), "SURAT_MUNDUR", False),
        (("TERCATAT_SIPOL",), "BUKAN_ANGGOTA", True),
        ((), "BUKAN_ANGGOTA", False),
    ],
)
def test_what_may_be_recorded_next(codes: tuple[str, ...], action: str, allowed: bool) -> None:
    facts = recorded(*codes)
    actions = {row.code: row for row in rules.allowed(facts, LIBRARY.book(facts.election), date(2024, 9, 9))}
    assert actions[action].allowed is allowed
    assert bool(actions[action].reason) is not allowed


def test_only_fitting_actions_are_offered() -> None:
    day = date(2024, 9, 9)
    plain = {row.code for row in rules.allowed(recorded(), LIBRARY.book("pilkada-2024"), day)}
    assert not plain & {"IZIN_DIMINTA", "DCS", "MUNDUR_PJ", "DUKUNGAN", "MASA_TENANG", "PENDAMPINGAN"}
    village = Facts("KADES", "PNS", "pilkades")
    assert "IZIN_DIMINTA" in {row.code for row in rules.allowed(village, LIBRARY.book("pilkades"), day)}
    party = Facts("PARPOL", "PNS", "partai")
    assert "PENETAPAN" not in {row.code for row in rules.allowed(party, LIBRARY.book("partai"), day)}


@pytest.mark.parametrize(
    ("event", "part"),
    [
        (DatedEvent("PENETAPAN", date(2024, 9, 23)), "berbeda dari kalender"),
        (DatedEvent("PENETAPAN", date(2024, 9, 23), note="putusan sela"), None),
        (DatedEvent("PENETAPAN", date(2024, 9, 22)), None),
        (DatedEvent("SK_TERBIT", date(2024, 9, 5), date(2024, 9, 15)), "30 September 2024"),
        (DatedEvent("SK_TERBIT", date(2024, 9, 5), date(2024, 9, 30)), None),
        (DatedEvent("BUP_DITETAPKAN", date(2024, 9, 5)), "TMT pensiun"),
        (DatedEvent("BUP_DITETAPKAN", date(2024, 9, 5), date(2024, 10, 1)), "tidak mendahului"),
        (DatedEvent("TANDA_TERIMA", date(2024, 8, 1)), "Belum dapat"),
    ],
)
def test_a_new_event_is_questioned_about_its_days(event: DatedEvent, part: str | None) -> None:
    facts = recorded("SURAT_MUNDUR", "TANDA_TERIMA", "BERKAS_LENGKAP")
    reason = rules.refusal_of(facts, LIBRARY.book(facts.election), event)
    assert (reason is None) if part is None else (reason is not None and part in reason)


def test_every_recordable_event_moves_something_and_every_step_is_a_known_event() -> None:
    recordable = {code for code, kind in LIBRARY.events.items() if kind.recorded}
    assert recordable == {step.event for step in STEPS}


def test_every_status_has_words_and_can_be_reached() -> None:
    statuses = {*KpuStatus, *StaffStatus, *DisciplineStatus}
    assert {status.value for status in statuses} == set(STATUS_WORDS)
    reached = {step.target for step in STEPS} | {KpuStatus.NONE, StaffStatus.DRAFT, DisciplineStatus.NONE}
    assert statuses - {DisciplineStatus.FAILED_TO_RESIGN} == {target for target in reached if target}
    assert not any(set(step.sources) & FINAL_STAFF for step in STEPS if step.target and step.event != "SK_DI_KPU")


def test_an_unknown_rule_has_no_explanation_and_a_known_one_its_articles() -> None:
    book = LIBRARY.book("pilkada-2024")
    assert rules.explain("X9", book) == ()
    assert any("PKPU 8/2024" in line.text for line in rules.explain("K3", book))

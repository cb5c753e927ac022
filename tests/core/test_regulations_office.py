"""An office's own rules, dates, holidays and packs: put in force with a reason and a document, shown, taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from asn_desk.accounts import approvals
from asn_desk.accounts.approvals import NeedsSecondPerson
from asn_desk.accounts.terms import Action, Role
from asn_desk.candidacy import rules
from asn_desk.candidacy.facts import Facts
from asn_desk.candidacy.states import DatedEvent
from asn_desk.desk import Desk, open_desk
from asn_desk.errors import DeskError
from asn_desk.regulations import changes, queries, service
from asn_desk.regulations.model import RuleChange, SeenPack
from asn_desk.regulations.office_packs import packs_at, packs_of, remember_shipped
from asn_desk.regulations.packs import Library, shipped_library
from asn_desk.regulations.service import AddPack, ChooseReading, CorrectCalendarDate, CorrectHoliday, OverrideRule, Why
from asn_desk.regulations.terms import ChangeKind
from tests.accounts_office import NAMES, PASSWORD, open_accounts

WHY = Why("KPU Kota Contoh menjawab tertulis", "123/PL.02/2024", date(2024, 9, 1))
MOVED = CorrectCalendarDate("pilkada-2024", "PENETAPAN", date(2024, 10, 1), date(2024, 10, 1), WHY)
PACK = b"""
[pack]
id = "aturan-contoh"
title = "Aturan Kota Contoh"
version = 1
uses = ["aturan-asn"]

[[calendars]]
id = "pilkades-contoh"
title = "Pilkades Contoh 2024"
type = "pilkades"
offices = ["KADES"]
basis = ["permendagri112-2014.47-1"]
events = [
    { code = "PENDAFTARAN", title = "Pendaftaran", date_from = 2024-10-01, date_to = 2024-10-05, confidence = "V", sources = ["S65"] },
]
"""


def do(desk: Desk, verb: Callable[[Session, Any], Any], command: Any) -> Any:
    return desk.write(lambda session: verb(session, command)).value


def library(desk: Desk) -> Library:
    return desk.read(packs_of)


def test_an_office_without_changes_has_the_shipped_rules(practice_desk: Desk) -> None:
    assert library(practice_desk) is shipped_library()


def test_a_rule_reads_otherwise_and_cites_the_document(practice_desk: Desk) -> None:
    values = {"text": "Menyerahkan SK sebelum kampanye", "due": {"trigger": "KAMPANYE", "edge": "start"}, "doubt": ""}
    change_id = do(practice_desk, service.override_rule, OverrideRule("K7", values, WHY))
    facts = Facts("WALKOT", "PNS", "pilkada-2024")
    book = library(practice_desk).book("pilkada-2024")
    duty = next(row for row in rules.obligations(facts, book, date(2024, 9, 9)) if row.id == "K7")
    assert (duty.text, duty.due) == ("Menyerahkan SK sebelum kampanye", date(2024, 9, 25))
    told = next(line.text for line in duty.explanation if line.label == "Sumber")
    assert "123/PL.02/2024 tanggal 1 September 2024 (dicatat Ratna Wulandari pada 9 September 2024; alasan: KPU" in told
    assert book.digest != shipped_library().book("pilkada-2024").digest
    lines = practice_desk.read(lambda session: queries.differences(session, change_id))
    assert "- text: Menyerahkan SK pemberhentian final kepada KPU" in lines
    assert "+ text: Menyerahkan SK sebelum kampanye" in lines


def test_a_second_override_adds_to_the_first_and_both_stay_on_record(practice_desk: Desk) -> None:
    do(practice_desk, service.override_rule, OverrideRule("K7", {"text": "Pertama"}, WHY))
    second = do(practice_desk, service.override_rule, OverrideRule("K7", {"by_when": "pada penetapan"}, WHY))
    rule = next(row for row in library(practice_desk).book("pilkada-2024").rules if row.id == "K7")
    assert (rule.text, rule.by_when) == ("Pertama", "pada penetapan")
    rows = practice_desk.read(lambda session: queries.history(session, ChangeKind.RULE, "K7"))
    assert [(row.number, row.ended_at is None, row.end_reason) for row in rows] == [
        (2, True, ""), (1, False, "diganti versi berikutnya"),
    ]  # fmt: skip
    assert practice_desk.read(lambda session: queries.differences(session, second)) == (
        "- by_when: sumber berbeda; tanyakan KPU setempat",
        "+ by_when: pada penetapan",
    )


def test_a_moved_stage_moves_what_hangs_on_it_and_a_withdrawal_puts_it_back(practice_desk: Desk) -> None:
    change_id = do(practice_desk, service.correct_calendar_date, MOVED)
    stage = library(practice_desk).book("pilkada-2024").planned("PENETAPAN", "WALKOT")
    assert stage is not None
    assert (stage.date_to, stage.published) == (date(2024, 10, 1), (date(2024, 9, 22), date(2024, 9, 22)))
    row = practice_desk.read(queries.changes_in_force)[0]
    assert (row.title, row.kind_words) == ("Penetapan pasangan calon, Pilkada serentak 2024", "Tanggal tahapan")
    lines = practice_desk.read(lambda session: queries.differences(session, change_id))
    assert lines == (
        "- hari pertama: 22 September 2024", "+ hari pertama: 1 Oktober 2024",
        "- hari terakhir: 22 September 2024", "+ hari terakhir: 1 Oktober 2024",
    )  # fmt: skip
    practice_desk.write(lambda session: service.withdraw(session, change_id, "salah ketik"))
    assert library(practice_desk).book("pilkada-2024").digest == shipped_library().book("pilkada-2024").digest
    assert practice_desk.read(queries.changes_in_force) == []


def test_a_stage_moved_twice_keeps_every_date_it_had(practice_desk: Desk) -> None:
    do(practice_desk, service.correct_calendar_date, MOVED)
    third = date(2024, 10, 3)
    do(practice_desk, service.correct_calendar_date, replace(MOVED, date_from=third, date_to=third))
    stage = library(practice_desk).book("pilkada-2024").planned("PENETAPAN", "BUP")
    assert stage is not None
    assert [row.date_to for row in stage.earlier] == [date(2024, 9, 22), date(2024, 10, 1)]
    assert stage.as_on(date(2024, 9, 9)).date_to == date(2024, 9, 22)
    assert stage.as_on(date(2024, 9, 10)).date_to == date(2024, 10, 3)


def test_a_printed_date_ends_with_the_day_it_was_printed_for(practice_desk: Desk) -> None:
    do(practice_desk, service.correct_calendar_date, MOVED)
    book = library(practice_desk).book("pilkada-2024")
    duty = next(
        row
        for row in rules.obligations(Facts("WALKOT", "PNS", "pilkada-2024"), book, date(2024, 9, 9))
        if row.id == "K7"
    )
    assert duty.due == date(2024, 10, 1)
    outdated = next(row for row in duty.other_readings if row.due)
    assert (outdated.due, outdated.doubtful) == (date(2024, 10, 28), True)
    assert "sebelum digeser" in outdated.text
    assert "123/PL.02/2024" in next(line.text for line in duty.explanation if line.label == "Pemicu")


def test_the_offices_choice_is_recorded_and_the_strictest_reading_keeps_the_alarm(practice_desk: Desk) -> None:
    chosen = ChooseReading("K7", "pilkada-2024", date(2024, 10, 28), "jawaban tertulis KPU Kota Contoh", WHY)
    do(practice_desk, service.choose_reading, chosen)
    book = library(practice_desk).book("pilkada-2024")
    duties = rules.obligations(Facts("WALKOT", "PNS", "pilkada-2024"), book, date(2024, 9, 9))
    duty = next(row for row in duties if row.id == "K7")
    assert duty.due == date(2024, 9, 22)
    assert duty.due_date.choice is not None
    told = next(line.text for line in duty.explanation if line.label == "Pilihan kantor")
    assert told.startswith("28 Oktober 2024: jawaban tertulis KPU Kota Contoh")
    do(practice_desk, service.choose_reading, replace(chosen, day=None, text="surat proses cukup"))
    rule = next(row for row in library(practice_desk).book("pilkada-2024").rules if row.id == "K7")
    assert rule.due is not None
    assert [(row.day, row.text) for row in rule.due.choices] == [(None, "surat proses cukup")]
    for wrong in (replace(chosen, rule_id="K3"), replace(chosen, text=" "), replace(chosen, election_id="x")):
        with pytest.raises(DeskError):
            do(practice_desk, service.choose_reading, wrong)


def test_an_added_cuti_bersama_is_skipped_and_named_and_a_worked_holiday_counts(practice_desk: Desk) -> None:
    leave = CorrectHoliday(date(2024, 9, 17), "Cuti bersama daerah", WHY)
    do(practice_desk, service.correct_holiday, leave)
    do(practice_desk, service.correct_holiday, CorrectHoliday(date(2024, 9, 16), "Tetap kerja", WHY, works=True))
    events = (DatedEvent("SURAT_MUNDUR", date(2024, 8, 30)), DatedEvent("TANDA_TERIMA", date(2024, 8, 30)))
    facts = Facts("WALKOT", "PNS", "pilkada-2024", events=(*events, DatedEvent("BERKAS_LENGKAP", date(2024, 9, 2))))
    duties = rules.obligations(facts, library(practice_desk).book("pilkada-2024"), date(2024, 9, 9))
    duty = next(row for row in duties if row.id == "C3")
    assert duty.due == date(2024, 9, 23)
    skipped = next(line.text for line in duty.explanation if line.label == "Tidak dihitung")
    assert skipped == "6 hari Sabtu/Minggu; 17 September 2024 (Cuti bersama daerah)"
    do(practice_desk, service.correct_holiday, replace(leave, title="Batal libur", works=True))
    duties = rules.obligations(facts, library(practice_desk).book("pilkada-2024"), date(2024, 9, 9))
    assert next(row.due for row in duties if row.id == "C3") == date(2024, 9, 20)


def test_an_own_pack_brings_its_own_calendar_and_only_a_higher_version_replaces_it(practice_desk: Desk) -> None:
    first = do(practice_desk, service.add_pack, AddPack(PACK, WHY))
    stage = library(practice_desk).book("pilkades-contoh").planned("PENDAFTARAN", "KADES")
    assert stage is not None
    assert stage.date_from == date(2024, 10, 1)
    with pytest.raises(DeskError) as caught:
        do(practice_desk, service.add_pack, AddPack(PACK, WHY))
    assert caught.value.code == "old_version"
    newer = PACK.replace(b"version = 1", b"version = 2").replace(b"2024-10-05", b"2024-10-06")
    second = do(practice_desk, service.add_pack, AddPack(newer, WHY))
    lines = practice_desk.read(lambda session: queries.differences(session, second))
    assert "- version = 1" in lines
    assert "+ version = 2" in lines
    assert practice_desk.read(lambda session: queries.differences(session, first))[0].startswith("+ ")


@pytest.mark.parametrize(
    ("verb", "command", "code", "part"),
    [
        (service.override_rule, OverrideRule("X9", {"text": "x"}, WHY), "unknown_rule", "X9"),
        (service.override_rule, OverrideRule("K7", {}, WHY), "invalid", "sekurang-kurangnya"),
        (service.override_rule, OverrideRule("K7", {"id": "K9"}, WHY), "invalid", "id"),
        (service.override_rule, OverrideRule("K7", {"teks": "x"}, WHY), "rule_pack_invalid", "kunci teks"),
        (service.override_rule, OverrideRule("K7", {"basis": ["nah"]}, WHY), "rule_pack_invalid", "norma 'nah'"),
        (service.override_rule, OverrideRule("K7", {"text": "x"}, replace(WHY, reason=" ")), "invalid", "alasan"),
        (service.override_rule, OverrideRule("K7", {"text": "x"}, replace(WHY, document_number="")), "invalid", "nomor"),
        (service.override_rule, OverrideRule("K7", {"text": "x"}, replace(WHY, document_number="9" * 161)), "invalid", "160"),
        (service.override_rule, OverrideRule("K7", {"text": "x"}, replace(WHY, document_date=date(2025, 1, 1))), "invalid", "9 September"),
        (service.override_rule, OverrideRule("K7", {"text": "x"}, replace(WHY, scan=b"teks")), "invalid", "PDF"),
        (service.correct_calendar_date, replace(MOVED, code="HARI_LAIN"), "unknown_stage", "HARI_LAIN"),
        (service.correct_calendar_date, replace(MOVED, election_id="x"), "unknown_election", "kalender"),
        (service.correct_calendar_date, replace(MOVED, date_to=date(2024, 9, 1)), "invalid", "mendahului"),
        (service.correct_calendar_date, replace(MOVED, date_from=date(2024, 9, 22), date_to=date(2024, 9, 22)), "unchanged", "tidak ada"),
        (service.correct_holiday, CorrectHoliday(date(2024, 9, 17), " ", WHY), "invalid", "nama hari libur"),
        (service.add_pack, AddPack(b"[pack", WHY), "rule_pack_invalid", "TOML"),
        (service.add_pack, AddPack(PACK.replace(b"aturan-contoh", b"koreksi-kantor"), WHY), "invalid", "koreksi-kantor"),
        (service.add_pack, AddPack(PACK.replace(b"S65", b"S999"), WHY), "rule_pack_invalid", "S999"),
    ],
)  # fmt: skip
def test_a_change_that_cannot_hold_is_refused(
    practice_desk: Desk, verb: Callable[..., Any], command: Any, code: str, part: str
) -> None:
    with pytest.raises(DeskError) as caught:
        do(practice_desk, verb, command)
    assert caught.value.code == code
    assert part in caught.value.sentence
    assert practice_desk.read(queries.changes_in_force) == []


def test_a_scan_is_kept_with_the_change(practice_desk: Desk) -> None:
    why = replace(WHY, scan=b"%PDF-1.7 jawaban KPU")
    change_id = do(practice_desk, service.override_rule, OverrideRule("K7", {"text": "x"}, why))
    assert practice_desk.read(lambda session: queries.scan(session, change_id)) == b"%PDF-1.7 jawaban KPU"


def test_only_who_may_change_rules_changes_them(practice_desk: Desk) -> None:
    practice_desk.rights = frozenset({Action.SEE_CANDIDACY})
    with pytest.raises(DeskError, match="berhak"):
        do(practice_desk, service.correct_calendar_date, MOVED)
    with pytest.raises(DeskError, match="berhak"):
        practice_desk.write(lambda session: service.withdraw(session, 1, "x"))


def test_a_withdrawal_needs_a_reason_and_a_change_in_force(practice_desk: Desk) -> None:
    change_id = do(practice_desk, service.correct_calendar_date, MOVED)
    with pytest.raises(DeskError, match="alasan"):
        practice_desk.write(lambda session: service.withdraw(session, change_id, " "))
    practice_desk.write(lambda session: service.withdraw(session, change_id, "salah"))
    with pytest.raises(DeskError, match="tidak berlaku"):
        practice_desk.write(lambda session: service.withdraw(session, change_id, "salah"))


def test_the_change_is_on_the_trail_and_says_that_one_person_made_it(practice_desk: Desk) -> None:
    from asn_desk.database.trail.audit import AuditEntry

    do(practice_desk, service.correct_calendar_date, MOVED)
    actions = practice_desk.read(lambda session: [row.action for row in session.query(AuditEntry)])
    assert "rule_changes:created" in actions
    assert "approvals:done_alone" in actions


def test_rules_of_a_past_moment_are_those_that_held_then(practice_desk: Desk) -> None:
    def packs_on(day: date) -> Library:
        return practice_desk.read(
            lambda session: packs_at(session, datetime(day.year, day.month, day.day, 23, tzinfo=UTC))
        )

    do(practice_desk, service.correct_calendar_date, MOVED)
    before = packs_on(date(2024, 9, 7)).book("pilkada-2024").planned("PENETAPAN", "BUP")
    after = packs_on(date(2024, 9, 10)).book("pilkada-2024").planned("PENETAPAN", "BUP")
    assert before is not None
    assert after is not None
    assert (before.date_to, after.date_to) == (date(2024, 9, 22), date(2024, 10, 1))


def test_a_pack_as_it_was_shipped_once_is_found_again(practice_desk: Desk) -> None:
    practice_desk.write(remember_shipped)
    practice_desk.write(remember_shipped)
    assert practice_desk.read(lambda session: session.query(SeenPack).count()) == len(shipped_library().packs)
    practice_desk.write(_age_the_packs)
    moment = datetime(2024, 9, 9, 23, 59, tzinfo=UTC)
    rule = next(
        row
        for row in practice_desk.read(lambda session: packs_at(session, moment)).book("pilkada-2024").rules
        if row.id == "K7"
    )
    assert rule.by_when == "menurut versi lama"


def _age_the_packs(session: Session) -> None:
    """Let the pack seen first have read otherwise, as after an update of the program."""
    row = session.query(SeenPack).filter_by(file="pilkada-2024.toml").one()
    old = row.content.replace("sumber berbeda; tanyakan KPU setempat", "menurut versi lama")
    session.execute(
        update(SeenPack).where(SeenPack.sha256 == row.sha256).values(content=old, sha256="0" * 64),
        execution_options={"recorded": True},
    )


def test_a_changed_stage_and_rule_survive_their_way_through_json() -> None:
    stage = changes.stage_of(shipped_library(), "pilkada-2024", "PENDAFTARAN", "WALKOT")
    content = json.dumps(changes.moved_stage(stage, date(2024, 9, 1), date(2024, 9, 2), date(2024, 8, 1)))
    change = changes.Change(7, ChangeKind.STAGE, changes.stage_key("pilkada-2024", stage), content, "1/2024", "x")
    moved = changes.changed_stage(change)
    assert (moved.date_from, moved.title, moved.sources) == (date(2024, 9, 1), stage.title, ("KANTOR-7",))


def test_an_own_pack_may_replace_a_shipped_one(practice_desk: Desk, tmp_path: Path) -> None:
    from asn_desk.paths import resource

    text = (resource("regulations", "paket") / "aturan-kades.toml").read_text(encoding="utf-8")
    newer = text.replace("version = 1", "version = 2").replace("Isi dari ingatan.", "Isi dari ingatan; ditanyakan.")
    change_id = do(practice_desk, service.add_pack, AddPack(newer.encode(), WHY))
    rule = next(row for row in library(practice_desk).book("pilkades").rules if row.id == "D3")
    assert rule.doubt == "Isi dari ingatan; ditanyakan."
    lines = practice_desk.read(lambda session: queries.differences(session, change_id))
    assert [line[:1] for line in lines] == ["-", "+", "-", "+"]


def test_a_pack_whose_election_files_may_use_stays(practice_desk: Desk) -> None:
    change_id = do(practice_desk, service.add_pack, AddPack(PACK, WHY))
    with pytest.raises(DeskError) as caught:
        practice_desk.write(lambda session: service.withdraw(session, change_id, "keliru"))
    assert caught.value.code == "still_used"
    assert "pilkades-contoh" in caught.value.sentence
    without = PACK.replace(b"version = 1", b"version = 2").split(b"[[calendars]]")[0]
    with pytest.raises(DeskError, match="pilkades-contoh"):
        do(practice_desk, service.add_pack, AddPack(without, WHY))


def test_a_change_that_a_newer_program_left_without_hold_is_shown_and_the_rest_works(practice_desk: Desk) -> None:
    gone = do(practice_desk, service.override_rule, OverrideRule("K7", {"text": "x"}, WHY))
    broken = do(practice_desk, service.override_rule, OverrideRule("K3", {"text": "y"}, WHY))
    kept = do(practice_desk, service.correct_calendar_date, MOVED)

    def update_program(session: Session) -> None:
        for key, values in ((gone, {"target": "K99"}), (broken, {"content": '{"basis": ["norma-lama"]}'})):
            changed = update(RuleChange).where(RuleChange.id == key).values(**values)
            session.execute(changed, execution_options={"recorded": True})

    practice_desk.write(update_program)
    rows = practice_desk.read(queries.changes_in_force)
    assert {row.id: row.fits for row in rows} == {gone: False, broken: False, kept: True}
    stage = library(practice_desk).book("pilkada-2024").planned("PENETAPAN", "BUP")
    assert stage is not None
    assert stage.date_to == date(2024, 10, 1)
    practice_desk.write(lambda session: service.withdraw(session, broken, "paket baru"))
    do(practice_desk, service.override_rule, OverrideRule("K3", {"text": "z"}, WHY))


def test_with_accounts_a_second_person_must_agree_to_this_very_change(data_folder: Path) -> None:
    verifier, admin = NAMES[Role.VERIFIKATOR], NAMES[Role.ADMINISTRATOR]
    desk = open_desk(data_folder, practice_day=date(2024, 9, 9))
    desk.write(open_accounts)
    desk.sign_in(verifier, PASSWORD)
    with pytest.raises(NeedsSecondPerson) as caught:
        do(desk, service.correct_calendar_date, MOVED)
    assert desk.read(queries.changes_in_force) == []
    request = caught.value.request_id
    assert request is not None
    desk.sign_in(admin, PASSWORD)
    desk.write(lambda session: approvals.approve(session, request))
    desk.close()
    desk = open_desk(data_folder, practice_day=date(2024, 9, 10))  # the agreement came a day later
    desk.sign_in(verifier, PASSWORD)
    other = replace(MOVED, date_from=date(2024, 10, 2), date_to=date(2024, 10, 2))
    with pytest.raises(NeedsSecondPerson):
        do(desk, service.correct_calendar_date, other)
    do(desk, service.correct_calendar_date, MOVED)
    assert [row.recorded_by for row in desk.read(queries.changes_in_force)] == [verifier]
    with pytest.raises(NeedsSecondPerson):
        desk.write(lambda session: service.withdraw(session, 1, "salah"))
    desk.close()

"""A moved calendar before it is moved, what-if on a copy, and past days as the program showed them then."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from asn_desk.accounts.terms import Action
from asn_desk.candidacy import previews, queries, rules, service
from asn_desk.candidacy.duties import DutyStatus
from asn_desk.candidacy.model import Declaration, DeclarationDuty, DeclarationEvent, DeclarationRevision
from asn_desk.candidacy.preview_print import preview_list
from asn_desk.candidacy.previews import assess_as_of, compare_days, office_on_days, preview_calendar_change, try_out
from asn_desk.candidacy.service import DeclareCandidacy, RecordEvent, VoidEvent
from asn_desk.candidacy.states import DatedEvent
from asn_desk.candidacy.whatif import Changes, MovedStage
from asn_desk.desk import Desk, open_desk
from asn_desk.employees.terms import EmployeeKind, PostClass
from asn_desk.errors import DeskError
from asn_desk.regulations import service as regulations
from asn_desk.regulations.service import CorrectCalendarDate, Why
from tests.factories import add_employee

PILKADA = DeclareCandidacy(
    employee_id=0, office_code="BUP", election_id="pilkada-2024", region="Kabupaten Contoh", declared_on=date(2024, 8, 12),
    path="parpol", party="Partai Contoh",
)  # fmt: skip
DPRD = replace(PILKADA, office_code="DPRD_KAB", election_id="pemilu-2024", declared_on=date(2023, 5, 2))
WHY = Why("Jadwal KPU berubah", "77/PL.02/2024", date(2024, 9, 1))


@contextmanager
def open_on(folder: Path, day: date) -> Iterator[Desk]:
    """A practice desk standing on a day."""
    desk = open_desk(folder, practice_day=day)
    desk.actor = "Ratna Wulandari"
    yield desk
    desk.close()


def declare(desk: Desk, command: DeclareCandidacy, **person: Any) -> int:
    plausible = {"post_class": PostClass.JPT_PRATAMA, "birth_date": date(1970, 3, 14), "service_from": date(1995, 3, 1)}
    employee = desk.write(lambda session: add_employee(session, **{**plausible, **person}).id).value
    return desk.write(lambda session: service.declare(session, replace(command, employee_id=employee))).value


def record(desk: Desk, file_id: int, code: str, day: date, **values: Any) -> int:
    version = desk.read(lambda session: queries.declaration_detail(session, file_id)).version
    return desk.write(
        lambda session: service.record_event(session, RecordEvent(file_id, version, code, day, **values))
    ).value


def pdf_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return " ".join(" ".join(pages).split())


def test_moving_the_determination_by_nine_days_over_a_holiday(data_folder: Path) -> None:
    with open_on(data_folder, date(2024, 8, 30)) as desk:
        file_id = declare(desk, PILKADA)
        record(desk, file_id, "SURAT_MUNDUR", date(2024, 8, 26))
        record(desk, file_id, "TANDA_TERIMA", date(2024, 8, 26))
        untouched = declare(desk, DPRD, nip="197503012000031002", name="Bambang Hendrawan")
        seen = desk.read(
            lambda session: preview_calendar_change(
                session, "pilkada-2024", "PENETAPAN", date(2024, 10, 1), date(2024, 10, 1)
            )
        )
        after = desk.read(lambda session: queries.declaration_detail(session, file_id)).obligations
        paper = desk.read(lambda session: preview_list(session, seen))
    text = pdf_text(paper)
    assert "semula 22 September 2024, menjadi 1 Oktober 2024" in text
    assert f"5 tanggal milik 1 orang berubah; {seen.met} kewajiban yang sudah terpenuhi tidak berubah" in text
    assert text.count("[perlu diperiksa]") == sum(row.moved.doubtful for row in seen.rows) == 2
    rows = {row.moved.rule_id: row for row in seen.rows}
    assert {row.declaration_id for row in seen.rows} == {file_id} != {untouched}
    assert (seen.files, seen.people) == (1, 1)
    assert seen.met == sum(row.met_on is not None for row in after)
    assert {key: (row.moved.before, row.moved.after) for key, row in rows.items()} == {
        "K3": (date(2024, 9, 22), date(2024, 10, 1)),
        "K7": (date(2024, 9, 22), date(2024, 10, 1)),
        "K7.berkas": (date(2024, 9, 2), date(2024, 9, 10)),
        "C13": (date(2024, 9, 30), date(2024, 10, 31)),
        "TMT": (date(2024, 9, 30), date(2024, 10, 31)),
    }
    assert rows["K3"].before_words == "22 September 2024, belum waktunya"
    told = {line.label: line.text for line in rows["K7.berkas"].moved.explanation}
    assert told["Tidak dihitung"] == "6 hari Sabtu/Minggu; 16 September 2024 (Maulid Nabi Muhammad)"
    assert "1 Oktober 2024" in told["Pemicu"]
    assert "C1" not in rows, "the letter is in; what is met is not in the list"
    assert [row.due for row in after if row.id == "K3"] == [date(2024, 9, 22)], "a preview stores nothing"


def test_once_moved_the_open_duties_follow_and_the_met_ones_stay(data_folder: Path) -> None:
    with open_on(data_folder, date(2024, 9, 9)) as desk:
        file_id = declare(desk, PILKADA)
        record(desk, file_id, "SURAT_MUNDUR", date(2024, 8, 26))
        before = {row.id: row for row in desk.read(lambda s: queries.declaration_detail(s, file_id)).obligations}
        earlier = CorrectCalendarDate("pilkada-2024", "PENETAPAN", date(2024, 8, 20), date(2024, 8, 20), WHY)
        desk.write(lambda session: regulations.correct_calendar_date(session, earlier))
        desk.write(service.refresh)
        after = {row.id: row for row in desk.read(lambda s: queries.declaration_detail(s, file_id)).obligations}
        stored = desk.read(
            lambda session: session.scalar(
                select(DeclarationDuty.due).where(
                    DeclarationDuty.declaration_id == file_id, DeclarationDuty.rule_id == "K3"
                )
            )
        )
    met = [key for key, row in before.items() if row.met_on is not None]
    assert set(met) >= {"C1", "K2.2"}
    assert all((before[key].due, before[key].status) == (after[key].due, after[key].status) for key in met)
    assert after["C1"].status is DutyStatus.MET
    assert "22 September 2024" in next(line.text for line in after["C1"].explanation if line.label == "Pemicu")
    assert (after["K3"].due, stored) == (date(2024, 8, 20), date(2024, 8, 20))
    assert after["K3"].status is DutyStatus.LATE


def test_what_if_shows_both_sides_and_stores_nothing(data_folder: Path) -> None:
    changes = Changes(
        office="DPRD_KAB", election="pemilu-2024", kind="PPPK",
        with_events=(DatedEvent("PENDAFTARAN", date(2023, 5, 12)),), without=frozenset({"LAPOR"}),
    )  # fmt: skip
    with open_on(data_folder, date(2024, 9, 9)) as desk:
        file_id = declare(desk, PILKADA)
        record(desk, file_id, "LAPOR", date(2024, 8, 20))
        seen = desk.read(lambda session: try_out(session, file_id, changes))
        moved = Changes(moved=(MovedStage("PENETAPAN", date(2024, 9, 25), date(2024, 9, 25)),))
        shifted = desk.read(lambda session: try_out(session, file_id, moved))
        office = desk.read(lambda session: session.get_one(Declaration, file_id).office_code)
    assert (seen.left.state.staff, seen.right.state.staff) == ("DILAPORKAN", "DRAF")
    only = {row.rule_id: (row.left is None, row.right is None) for row in seen.changes}
    assert only["K3"] == (False, True)
    assert only["L2"] == (True, False)
    assert {row.rule_id for row in shifted.changes} == {"C1", "K3", "K7"}
    assert office == "BUP"


def test_a_past_day_is_shown_as_the_program_showed_it_then(data_folder: Path) -> None:
    shown: dict[date, tuple[rules.Assessment, rules.Assessment]] = {}
    first, second = date(2023, 11, 3), date(2024, 9, 22)
    with open_on(data_folder, date(2023, 5, 10)) as desk:
        dprd = declare(desk, DPRD)
        record(desk, dprd, "SURAT_MUNDUR", date(2023, 5, 8))
        wrong = record(desk, dprd, "TANDA_TERIMA", date(2023, 5, 9))
    with open_on(data_folder, first) as desk:
        shown[first] = (_seen(desk, dprd),) * 2
    with open_on(data_folder, date(2024, 8, 28)) as desk:
        version = desk.read(lambda session: queries.declaration_detail(session, dprd)).version
        desk.write(lambda session: service.void_event(session, VoidEvent(wrong, version, "keliru")))
        record(desk, dprd, "PENETAPAN", first)  # learnt only now
        pilkada = declare(desk, PILKADA, nip="197503012000031002", name="Bambang Hendrawan", kind=EmployeeKind.PNS)
        record(desk, pilkada, "SURAT_MUNDUR", date(2024, 8, 26))
    with open_on(data_folder, second) as desk:
        shown[second] = (_seen(desk, dprd), _seen(desk, pilkada))
    with open_on(data_folder, date(2024, 12, 1)) as desk:
        moved = CorrectCalendarDate("pilkada-2024", "PENETAPAN", date(2024, 9, 25), date(2024, 9, 25), WHY)
        desk.write(lambda session: regulations.correct_calendar_date(session, moved))
        record(desk, pilkada, "TANDA_TERIMA", date(2024, 8, 27))
        desk.write(lambda session: _correct_birth(session, pilkada))
        desk.write(service.refresh)
        on_first, on_second = _as_of(desk, dprd, first), _as_of(desk, pilkada, second)
        assert (on_first, on_second) == (shown[first][0], shown[second][1])
        assert _as_of(desk, pilkada, first) is None
        assert _seen(desk, pilkada) != shown[second][1]
        both = desk.read(lambda session: compare_days(session, dprd, first, second))
        assert both is not None
        assert (both.left, both.right) == (shown[first][0], shown[second][0])
        rows = desk.read(lambda session: office_on_days(session, first, second))
        assert {row.declaration_id: (row.left, row.right) for row in rows} == {
            dprd: (shown[first][0], shown[second][0]), pilkada: (None, shown[second][1]),
        }  # fmt: skip
        assert desk.read(lambda session: compare_days(session, pilkada, first, second)) is None


def _seen(desk: Desk, file_id: int) -> rules.Assessment:
    """Return what the program shows today."""
    from asn_desk.candidacy.loading import book_of, current_facts, declaration_of
    from asn_desk.database.work import today

    def read(session: Session) -> rules.Assessment:
        declaration = declaration_of(session, file_id)
        return rules.assess(current_facts(session, declaration), book_of(declaration), today(session))

    return desk.read(read)


def _as_of(desk: Desk, file_id: int, day: date) -> rules.Assessment | None:
    return desk.read(lambda session: assess_as_of(session, file_id, day))


def _correct_birth(session: Session, file_id: int) -> None:
    from asn_desk.employees.model import Employee

    session.get_one(Employee, session.get_one(Declaration, file_id).employee_id).birth_date = date(1980, 1, 1)


def test_previews_and_past_days_are_for_those_who_may_see_candidacies(data_folder: Path) -> None:
    with open_on(data_folder, date(2024, 9, 9)) as desk:
        file_id = declare(desk, PILKADA)
        desk.rights = frozenset({Action.SEE_COUNTS})
        day = date(2024, 9, 9)
        for asked in (
            lambda session: preview_calendar_change(session, "pilkada-2024", "PENETAPAN", day, day),
            lambda session: assess_as_of(session, file_id, day),
            lambda session: office_on_days(session, day, day),
            lambda session: try_out(session, file_id, Changes()),
        ):
            with pytest.raises(DeskError, match="berhak"):
                desk.read(asked)


def many_files(session: Session, count: int) -> None:
    """Add open files of one election, each with a letter; in bulk, as after years of work."""
    first = declare_one = add_employee(session, post_class=PostClass.JPT_PRATAMA)
    made = datetime(2024, 8, 26, 3, tzinfo=UTC)
    from asn_desk.employees.model import Employee

    person = {key: getattr(declare_one, key) for key in ("kind", "birth_date", "post_name", "post_class", "state")}
    recorded = {"execution_options": {"recorded": True}}
    people = [
        {**person, "name": f"Pegawai {n}", "sort_name": f"pegawai {n:05}", "nip": f"1980{n:014}"} for n in range(count)
    ]
    session.execute(insert(Employee), people, **recorded)
    ids = list(session.scalars(select(Employee.id).where(Employee.id != first.id)))
    file = {
        "office_code": "BUP", "election_id": "pilkada-2024", "office_name": "Bupati Contoh", "region": "Contoh",
        "constituency": "", "path": "parpol", "party": "", "running_mate": "", "is_acting_head": False, "flags": "",
        "declared_on": date(2024, 8, 12), "post_class": "jpt_pratama",
    }  # fmt: skip
    status = {"kpu_status": "BELUM_TERDAFTAR", "staff_status": "MENGUNDURKAN_DIRI", "discipline_status": "TIDAK_ADA"}
    session.execute(
        insert(Declaration), [{**file, **status, "employee_id": key, "touched_at": made} for key in ids], **recorded
    )
    files = list(session.scalars(select(Declaration.id)))
    event = {"code": "SURAT_MUNDUR", "happened_on": date(2024, 8, 26), "recorded_at": made, "recorded_by": "Ratna"}
    session.execute(insert(DeclarationEvent), [{**event, "declaration_id": key} for key in files], **recorded)
    known = {
        "employer": "daerah",
        "non_asn_policy": "none",
        "kind": EmployeeKind.PNS,
        "recorded_at": made,
        "recorded_by": "Ratna",
    }
    session.execute(
        insert(DeclarationRevision), [{**file, **known, "declaration_id": key} for key in files], **recorded
    )


def test_two_thousand_files_are_previewed_quickly(data_folder: Path) -> None:
    with open_on(data_folder, date(2024, 9, 9)) as desk:
        desk.write(lambda session: many_files(session, 2000))
        assert desk.read(lambda session: session.scalar(select(func.count()).select_from(Declaration))) == 2000
        day = date(2024, 10, 1)
        spent, seen = _cpu(
            lambda: desk.read(lambda s: preview_calendar_change(s, "pilkada-2024", "PENETAPAN", day, day))
        )
        assert seen.people == 2000
        print(f"preview of 2,000 files: {spent:.2f} CPU s")
        spent_back, rows = _cpu(lambda: desk.read(lambda s: office_on_days(s, day - timedelta(days=30), day)))
        print(f"2,000 files on two days: {spent_back:.2f} CPU s")
        assert len(rows) == 2000
        assert previews.end_of(day).date() == day
    assert spent < 5
    assert spent_back < 5


def _cpu(work: Any) -> tuple[float, Any]:
    start = time.process_time()
    done = work()
    return time.process_time() - start, done

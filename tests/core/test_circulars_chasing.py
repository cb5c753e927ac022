"""Papers around a circular: reminders with a number and a count, covering letters, files that show an oath, lists of the missing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from sqlalchemy.orm import Session

from asn_desk.circulars import chasing, export, queries, service, wordings
from asn_desk.circulars.chasing import AttachEvidence
from asn_desk.circulars.recipients import RecipientFilter
from asn_desk.circulars.terms import EvidenceKind, Purpose
from asn_desk.cli.main import main
from asn_desk.database import files
from asn_desk.desk import Desk, open_desk
from asn_desk.errors import DeskError
from asn_desk.letters.contents.catalogue import ProhibitionSet
from asn_desk.letters.model import Letter
from asn_desk.letters.numbers import numbering
from asn_desk.office import service as office
from asn_desk.office.terms import Letterhead, OfficialRole, RegionKind
from tests.core.circulars_office import on_day, person, published

TODAY = date(2024, 9, 9)


@pytest.fixture
def chased(practice_desk: Desk) -> tuple[Desk, service.Published]:
    """A published circular, one of four signed, in an office whose letters can be issued."""
    made = published(practice_desk)
    code = person(practice_desk, made.version_id, "Siti").code
    practice_desk.write(lambda session: service.acknowledge_code(session, code))

    def set_up(session: Session) -> None:
        identity = office.Identity(
            "Pemerintah Kota Contoh",
            RegionKind.KOTA,
            "Contoh",
            "Badan Kepegawaian",
            "BKPSDM",
            "Jalan Merdeka 1",
            "Contoh",
        )
        office.set_up_office(session, office.SetUpOffice(identity, "Ratna Wulandari"))
        numbering.ensure_default_series(session, "BKPSDM")
        role = OfficialRole.KEPALA_PERANGKAT_DAERAH
        head = office.SaveOfficial(role, "Kepala Badan", "Purwanto Raharjo", Letterhead.PERANGKAT_DAERAH)
        office.save_official(session, head)

    practice_desk.write(set_up)
    return practice_desk, made


def opds(desk: Desk, made: service.Published) -> dict[str, int]:
    rows = desk.read(lambda session: queries.progress_by_unit(session, made.version_id))
    return {row.name: row.opd_id or 0 for row in rows}


def test_one_click_reminds_each_late_head_with_the_names_and_the_second_is_number_two(
    chased: tuple[Desk, service.Published],
) -> None:
    desk, made = chased
    late = list(opds(desk, made).values())
    first = desk.write(lambda session: service.remind(session, made.version_id, late)).value
    second = desk.write(lambda session: service.remind(session, made.version_id, late[:1])).value
    assert [(one.ordinal, one.people) for one in first] == [(1, 1), (1, 2)]
    assert [(one.opd, one.ordinal) for one in second] == [("Dinas Pendidikan", 2)]
    assert len({one.number for one in (*first, *second)}) == 3
    data = json.loads(desk.read(lambda session: session.get_one(Letter, first[1].letter_id).data))
    names = [row["nama"] for row in data["pengingat"]["daftar"]]
    assert names == ["Yusuf", "Hj. Endang Sulistyaningsih"]
    assert (data["pengingat"]["sudah"], data["pengingat"]["seluruh"]) == ("1", "3")
    log = desk.read(lambda session: chasing.sent_letters(session, made.version_id))
    assert [(row.purpose, row.ordinal) for row in log] == [
        (Purpose.REMINDER, 2),
        (Purpose.REMINDER, 1),
        (Purpose.REMINDER, 1),
    ]


def test_a_covering_letter_says_how_many_slips_go_with_it(chased: tuple[Desk, service.Published]) -> None:
    desk, made = chased
    (sent,) = desk.write(lambda s: service.cover(s, made.version_id, [opds(desk, made)["Dinas Kesehatan"]])).value
    data = json.loads(desk.read(lambda session: session.get_one(Letter, sent.letter_id).data))
    assert data["kiriman"]["daftar"][0]["banyak"] == "2 lembar"
    assert data["surat"]["kepada"] == "Kepala Dinas Kesehatan"


def test_nobody_is_reminded_where_nobody_is_missing(chased: tuple[Desk, service.Published]) -> None:
    desk, made = chased
    code = person(desk, made.version_id, "Robertus").code
    desk.write(lambda session: service.acknowledge_code(session, code))
    with pytest.raises(DeskError) as caught:
        desk.write(lambda s: service.remind(s, made.version_id, [opds(desk, made)["Dinas Pendidikan"]]))
    assert caught.value.code == "nobody_missing"


def test_the_schedule_is_counted_in_working_days_around_the_due_day(chased: tuple[Desk, service.Published]) -> None:
    desk, made = chased
    desk = on_day(desk, date(2024, 9, 17))
    desk.write(lambda session: service.remind(session, made.version_id, list(opds(desk, made).values())))
    days = desk.read(lambda session: chasing.reminder_schedule(session, made.version_id))
    assert [(row.day, row.sent, row.passed) for row in days] == [
        (date(2024, 9, 17), 2, True), (date(2024, 9, 23), 0, False), (date(2024, 9, 27), 0, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("opd", "head"),
    [
        ("Dinas Kesehatan", "Kepala Dinas Kesehatan"),
        ("Sekretariat Daerah", "Sekretaris Daerah"),
        ("Kecamatan Contoh Utara", "Camat Contoh Utara"),
        ("Inspektorat", "Inspektur"),
        ("RSUD Kota Contoh", "Direktur RSUD Kota Contoh"),
    ],
)
def test_heads_are_addressed_by_their_office(opd: str, head: str) -> None:
    assert chasing.head_of(opd) == head


def test_minutes_and_photographs_are_kept_and_a_wrong_file_is_withdrawn_not_erased(
    chased: tuple[Desk, service.Published],
) -> None:
    desk, made = chased
    photo = AttachEvidence(made.version_id, EvidenceKind.PHOTO, TODAY, "ikrar.png", b"\x89PNG isi", note="apel")
    kept = desk.write(lambda session: service.attach_evidence(session, photo)).value
    desk.write(lambda session: service.withdraw_evidence(session, kept, "foto acara lain"))
    (row,) = desk.read(lambda session: chasing.evidence_of(session, made.version_id))
    assert (row.withdrawn_reason, row.kind) == ("foto acara lain", EvidenceKind.PHOTO)
    assert desk.read(lambda session: files.fetch(session, row.file_sha256)) == b"\x89PNG isi"


@pytest.mark.parametrize(
    ("content", "held_on", "code"),
    [(b"MZ program", TODAY, "file_kind"), (b"%PDF-1.7", date(2024, 9, 10), "day")],
)
def test_a_file_of_another_kind_or_of_tomorrow_is_refused(
    chased: tuple[Desk, service.Published], content: bytes, held_on: date, code: str
) -> None:
    desk, made = chased
    wrong = AttachEvidence(made.version_id, EvidenceKind.MINUTES, held_on, "a.pdf", content)
    with pytest.raises(DeskError) as caught:
        desk.write(lambda session: service.attach_evidence(session, wrong))
    assert caught.value.code == code


def test_the_missing_are_printed_by_opd(chased: tuple[Desk, service.Published], tmp_path: Path) -> None:
    desk, made = chased
    target = tmp_path / "belum.pdf"
    count = desk.read(lambda session: export.missing_pdf(session, RecipientFilter(made.version_id), target))
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(target.read_bytes())]
    assert (count, len(pages)) == (3, 2)
    assert "Endang" in pages[0]
    assert "Siti" not in pages[0]
    assert "Robertus" in pages[1]


def test_the_pick_lists_hold_what_is_in_force_on_the_day() -> None:
    before, after = (wordings.legal_bases(day) for day in (date(2023, 10, 30), date(2023, 10, 31)))
    assert "uu-5-2014" in {one.id for one in before}
    assert "uu-5-2014" not in {one.id for one in after}
    lists = wordings.prohibitions(TODAY)
    assert {chosen: len(acts) for chosen, acts in lists.items()} == {
        ProhibitionSet.PP94_5N: 7, ProhibitionSet.SKB_ETHICS: 7, ProhibitionSet.SKB_DISCIPLINE: 13,
        ProhibitionSet.BAWASLU16: 16,
    }  # fmt: skip


def answer(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any, str]:
    code = main([*map(str, words), "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out), err


def test_the_command_line_prints_slips_and_tells_progress(
    chased: tuple[Desk, service.Published], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk, _made = chased
    root = desk.paths.root
    desk.close()
    out = tmp_path / "lembar.pdf"
    code, told, _err = answer(capsys, "slips", "1", "--out", out, "--data", root)
    assert (code, told["slips"], len(pypdfium2.PdfDocument(out.read_bytes()))) == (0, 3, told["pages"])
    code, told, _err = answer(capsys, "slips", "netralitas", "--out", out, "--unit", "dinas pendidikan", "--data", root)
    assert (code, told["slips"]) == (0, 1)
    code, told, _err = answer(capsys, "slips", "1", "--lists", "--out", out, "--data", root)
    assert (code, told["lists"], told["people"]) == (0, 3, 3)
    code, told, _err = answer(capsys, "progress", "1", "--data", root)
    assert (code, told["total"], told["signed"], told["printed"], told["percent"]) == (0, 4, 1, 3, 25)
    assert [(unit["name"], unit["done"]) for unit in told["units"]] == [("Dinas Pendidikan", 0), ("Dinas Kesehatan", 1)]
    code, told, _err = answer(capsys, "progress", "1", "--on", "2024-09-08", "--data", root)
    assert (told["total"], told["done"], told["on"]) == (4, 0, "2024-09-08")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("progress", "9"), "circular_unknown"),
        (("progress", "1", "--on", "2024-12-01"), "day"),
        (("slips", "1", "--out", "a.pdf", "--unit", "Dinas Laut"), "unit_unknown"),
    ],
)
def test_the_command_line_refuses_what_is_not_there(
    chased: tuple[Desk, service.Published], capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: str
) -> None:
    desk, _made = chased
    desk.close()
    exit_code, told, err = answer(capsys, *words, "--data", desk.paths.root)
    assert (exit_code, told["error"]["code"], err.strip()) == (1, code, told["error"]["sentence"])


def test_the_circular_of_the_first_schema_keeps_its_people_names_and_text(data_folder: Path) -> None:
    backup = Path(__file__).resolve().parents[1] / "data" / "lama" / "cadangan-skema-0001.zip"
    desk = open_desk(data_folder, practice_day=TODAY)
    try:
        desk.restore(backup)
        (row,) = desk.read(queries.running)
        ids = desk.read(lambda session: queries.recipient_ids(session, RecipientFilter(row.version_id)))
        people = desk.read(lambda session: queries.recipient_rows(session, ids))
        then = desk.read(lambda session: queries.progress_on(session, row.version_id, TODAY))
        units = desk.read(lambda session: queries.progress_by_unit(session, row.version_id))
        plan = desk.read(lambda session: service.plan_refresh(session, row.id))
    finally:
        desk.close()
    assert then == row.tally
    assert row.tally.total == len(people) == sum(unit.tally.total for unit in units)
    assert all(one.name and one.number and one.opd == one.frozen_opd for one in people)
    assert len(row.text_sha256) == 64
    assert plan.nothing_to_do

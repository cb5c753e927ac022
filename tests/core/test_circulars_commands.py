"""The circular verbs against what people type: odd names and paths, wrong places to write, days and versions of the past."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from sqlalchemy.orm import Session

from asn_desk.circulars import chasing, export, places, queries, service
from asn_desk.circulars.papers import sheets, slips
from asn_desk.circulars.recipients import RecipientFilter, natural
from asn_desk.circulars.service import Acknowledge, PublishCircular, ReviseCircular
from asn_desk.circulars.terms import AckStatus
from asn_desk.cli.main import main
from asn_desk.database.trail import verify
from asn_desk.desk import Desk
from asn_desk.employees import placement
from asn_desk.employees.model import Employee
from asn_desk.errors import DeskError
from asn_desk.office.model import Unit
from asn_desk.office.units import MergeUnit, MoveUnit
from tests.core.circulars_office import SUBJECT, a_letter, on_day, people_of, person, published
from tests.factories import add_employee, add_unit

TODAY = date(2024, 9, 9)
Capsys = pytest.CaptureFixture[str]


def told(capsys: Capsys, *words: object) -> tuple[int, Any]:
    code = main([*map(str, words), "--json"])
    return code, json.loads(capsys.readouterr().out)


def refused(desk: Desk, work: Any) -> str:
    with pytest.raises(DeskError) as caught:
        desk.write(work)
    return caught.value.code


def revised(desk: Desk, made: service.Published, *, material: bool, number: str) -> service.Published:
    def work(session: Session) -> service.Published:
        seen = queries.circular_detail(session, made.circular_id).version
        command = ReviseCircular(made.circular_id, seen, material, "Perbaikan", a_letter(session, number))
        return service.revise(session, command)

    return desk.write(work).value


@pytest.fixture
def closed(practice_desk: Desk) -> Path:
    """The data folder of an office with a published circular, left by its desk."""
    published(practice_desk)
    practice_desk.close()
    return practice_desk.paths.root


@pytest.mark.parametrize("text", ["9" * 30, " ", "", "٣", "-1", "%%", "_", "'; drop table circulars; --"])
def test_a_circular_that_is_not_there_is_a_refusal_whatever_was_typed(closed: Path, capsys: Capsys, text: str) -> None:
    code = main(["progress", "--data", str(closed), "--json", "--", text])
    assert (code, json.loads(capsys.readouterr().out)["error"]["code"]) == (1, "circular_unknown")


def test_an_exact_number_is_meant_before_a_longer_one(practice_desk: Desk, capsys: Capsys) -> None:
    published(practice_desk)
    for number in ("800.1.6/1", "800.1.6/1/BKPSDM"):
        practice_desk.write(lambda s, n=number: service.publish(s, PublishCircular("Apel", letter_id=a_letter(s, n))))
    practice_desk.close()
    assert told(capsys, "progress", "800.1.6/1", "--data", practice_desk.paths.root)[1]["number"] == "800.1.6/1"
    code, answer = told(capsys, "progress", "apel", "--data", practice_desk.paths.root)
    assert (code, answer["error"]["code"]) == (1, "circular_unclear")


def _own_files(root: Path) -> list[Path]:
    return [root / "asn_desk.db", root / "asn_desk.db-wal", root / "berkas" / "x.pdf", root / "cadangan" / "x.pdf"]


VERBS = (
    ("slips", "1", "--out"), ("slips", "1", "--lists", "--out"), ("binder", "1", "--out"),
    ("return-file", "export", "1", "--opd", "Dinas Kesehatan", "--out"),
)  # fmt: skip


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: " ".join(verb[:3]))
@pytest.mark.parametrize("place", range(4))
def test_no_paper_is_ever_written_over_the_office_s_own_data(
    closed: Path, capsys: Capsys, verb: tuple[str, ...], place: int
) -> None:
    code, answer = told(capsys, *verb, _own_files(closed)[place], "--data", closed)
    assert code == 1
    assert answer["error"]["code"] in ("target_ours", "binder_text")
    assert told(capsys, "progress", "1", "--data", closed)[0] == 0
    assert not (closed / "berkas" / "x.pdf").exists()


def test_a_link_to_the_database_is_seen_through(closed: Path, tmp_path: Path, capsys: Capsys) -> None:
    (tmp_path / "lembar.pdf").symlink_to(closed / "asn_desk.db")
    code, answer = told(capsys, "slips", "1", "--out", tmp_path / "lembar.pdf", "--data", closed)
    assert (code, answer["error"]["code"]) == (1, "target_ours")


def test_a_folder_or_a_pipe_is_no_target(closed: Path, tmp_path: Path, capsys: Capsys) -> None:
    os.mkfifo(tmp_path / "pipa.pdf")
    for target in (tmp_path, tmp_path / "pipa.pdf"):
        code, answer = told(capsys, "slips", "1", "--out", target, "--data", closed)
        assert (code, answer["error"]["code"]) == (1, "target_kind")
    assert (tmp_path / "pipa.pdf").is_fifo()


@pytest.mark.parametrize(("length", "code"), [(251, 0), (300, 1)])
def test_a_long_file_name_is_written_or_refused_never_a_crash(
    closed: Path, tmp_path: Path, capsys: Capsys, length: int, code: int
) -> None:
    target = tmp_path / ("a" * (length - 4) + ".pdf")
    assert told(capsys, "slips", "1", "--out", target, "--data", closed)[0] == code
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_the_list_of_the_missing_is_guarded_too(practice_desk: Desk) -> None:
    made = published(practice_desk)
    for write in (export.missing_xlsx, export.missing_pdf):
        with pytest.raises(DeskError) as caught:
            practice_desk.read(lambda s, w=write: w(s, RecipientFilter(made.version_id), practice_desk.paths.database))
        assert caught.value.code == "target_ours"


@pytest.mark.parametrize("verb", [("progress", "1"), ("scan", "."), ("verify-binder", "a.pdf"), (*VERBS[0], "a.pdf")])
def test_a_mistyped_data_folder_is_told_and_no_office_is_made_there(
    tmp_path: Path, capsys: Capsys, verb: tuple[str, ...]
) -> None:
    wrong = tmp_path / "salah"
    code, answer = told(capsys, *verb, "--data", wrong)
    assert (code, wrong.exists()) == (1, False)
    assert answer["error"]["code"] in ("data_missing", "file_missing")


@pytest.mark.parametrize(
    ("option", "value"), [("--circular", "77"), ("--circular", "9" * 25), ("--date", "2099-01-01")]
)
def test_a_pile_for_no_circular_or_of_a_day_to_come_is_refused_before_it_is_read(
    closed: Path, tmp_path: Path, capsys: Capsys, option: str, value: str
) -> None:
    (tmp_path / "pindai").mkdir()
    main(["slips", "1", "--out", str(tmp_path / "pindai" / "lembar.pdf"), "--data", str(closed)])
    capsys.readouterr()
    assert told(capsys, "scan", tmp_path / "pindai", option, value, "--data", closed)[0] == 1


def test_progress_of_a_past_day_is_that_of_the_version_then_in_force(practice_desk: Desk, capsys: Capsys) -> None:
    made = published(practice_desk)
    code = person(practice_desk, made.version_id, "Yusuf").code
    practice_desk.write(lambda s: service.acknowledge_code(s, code))
    revised(on_day(practice_desk, date(2024, 9, 12)), made, material=False, number="11")
    revised(on_day(practice_desk, date(2024, 9, 20)), made, material=True, number="12")
    rows = {
        day: practice_desk.read(lambda s, d=day: queries.version_on(s, made.circular_id, d))
        for day in (date(2024, 9, 1), date(2024, 9, 11), date(2024, 9, 12), date(2024, 9, 19), date(2024, 9, 20))
    }
    assert [row.ordinal for row in rows.values()] == [1, 1, 2, 2, 3]
    assert [row.tally.signed for row in rows.values()] == [1, 1, 1, 1, 0]
    assert refused(practice_desk, lambda s: queries.version_on(s, 99, TODAY)) == "circular_unknown"


def test_progress_names_the_version_and_says_nothing_for_a_day_before_it_existed(closed: Path, capsys: Capsys) -> None:
    code, answer = told(capsys, "progress", "1", "--on", "2024-09-04", "--data", closed)
    assert (code, answer["version"], answer["total"], answer["percent"], answer["units"]) == (0, 1, 0, 0, [])
    assert told(capsys, "progress", "1", "--version", "1", "--data", closed)[1]["total"] == 4
    assert told(capsys, "progress", "1", "--version", "2", "--data", closed)[1]["error"]["code"] == "version_unknown"
    assert main(["progress", "1", "--on", "2024-09-04", "--data", str(closed)]) == 0
    assert "belum diedarkan" in capsys.readouterr().out


def test_a_material_version_does_not_inherit_a_deadline_that_has_passed(practice_desk: Desk) -> None:
    made = published(practice_desk)
    on_day(practice_desk, date(2024, 9, 23))

    def work(session: Session, due_on: date | None = None) -> service.Published:
        seen = queries.circular_detail(session, made.circular_id).version
        letter = a_letter(session, "12")
        return service.revise(session, ReviseCircular(made.circular_id, seen, True, "Baru", letter, due_on=due_on))

    assert refused(practice_desk, work) == "due"
    practice_desk.write(lambda s: work(s, date(2024, 9, 30)))
    assert practice_desk.read(lambda s: queries.circular_detail(s, made.circular_id)).due_on == date(2024, 9, 30)


def _two_offices(session: Session) -> None:
    for name in ("Dinas Satu", "Dinas Dua"):
        opd = add_unit(session, name)
        office = add_unit(session, "Sekretariat", opd)
        below = add_unit(session, f"Subbagian {name[6:]}", office)
        for place, unit in enumerate((opd, office, below)):
            add_employee(session, unit=unit, nip=f"1980010120050{opd.id:02d}{place:03d}", name=f"Orang {place}")


def test_a_unit_s_name_means_it_and_what_lies_below_and_must_be_clear(practice_desk: Desk) -> None:
    practice_desk.write(_two_offices)
    made = practice_desk.write(lambda s: service.publish(s, PublishCircular(SUBJECT, letter_id=a_letter(s)))).value

    def reached(name: str) -> int:
        chosen = practice_desk.read(lambda s: places.place_named(s, made.version_id, name))
        return len(people_of(practice_desk, made.version_id, opd_ids=chosen.opd_ids, unit_ids=chosen.unit_ids))

    assert [reached(name) for name in ("dinas satu", "Sekretariat, Dinas Dua", " subbagian dua ")] == [3, 2, 1]
    with pytest.raises(DeskError, match="Sekretariat, Dinas Dua; Sekretariat, Dinas Satu"):
        reached("Sekretariat")
    with pytest.raises(DeskError, match="Mungkin maksudnya Dinas Dua; Dinas Satu"):
        reached("Dinas")


@pytest.mark.parametrize(
    "names",
    [
        ["SD Negeri 2", "SD Negeri 10", "SMP Negeri 1"],
        ["badan keuangan", "Dinas Kesehatan", "Éselon", "RSUD"],
        ["Puskesmas 1 A", "Puskesmas 1 B", "Puskesmas 2"],
    ],
)
def test_names_are_put_in_order_as_people_do_it(names: list[str]) -> None:
    turned = names[::-1]
    turned.sort(key=natural)
    assert turned == names


def test_slips_and_lists_follow_that_order_and_covers_count_what_lies_behind_them(practice_desk: Desk) -> None:
    def work(session: Session) -> service.Published:
        schools = add_unit(session, "Dinas Pendidikan")
        for number in (10, 2):
            unit = add_unit(session, f"SD Negeri {number}", schools)
            for place in range(number):
                add_employee(session, unit=unit, nip=f"19800101200501{number:02d}{place:02d}", name=f"Guru {place}")
        add_employee(session, unit=add_unit(session, "badan keuangan"), nip="198001012005010990", name="A")
        add_employee(session, nip="198001012005010991", name="Tanpa Unit")
        return service.publish(session, PublishCircular(SUBJECT, letter_id=a_letter(session)))

    made = practice_desk.write(work).value
    listed = [row.unit for row in people_of(practice_desk, made.version_id)]
    order = ["badan keuangan", "SD Negeri 2", "SD Negeri 10", "Tanpa unit kerja"]
    assert list(dict.fromkeys(listed)) == order
    target = practice_desk.paths.root.parent / "lembar.pdf"
    practice_desk.read(lambda s: slips.slips_pdf(s, RecipientFilter(made.version_id), target, single=True))
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(target.read_bytes())]
    covers = [(place, page) for place, page in enumerate(pages) if "SAMPUL" in page]
    counts = [int(page.split(" lembar")[0].split()[-1]) for _, page in covers]
    ends = [place for place, _ in covers[1:]] + [len(pages)]
    assert counts == [end - place - 1 for (place, _), end in zip(covers, ends, strict=True)] == [1, 2, 10, 1]
    ids = practice_desk.write(lambda s: sheets.prepare_sheets(s, RecipientFilter(made.version_id))).value
    assert practice_desk.read(lambda s: sheets.sheet_ids(s, made.version_id)) == ids
    assert [practice_desk.read(lambda s, key=key: sheets.sheet(s, key)).unit for key in ids] == order


def test_who_moved_is_put_on_a_list_of_the_new_unit_too(practice_desk: Desk) -> None:
    made = published(practice_desk)
    everybody = RecipientFilter(made.version_id)
    practice_desk.write(lambda s: sheets.prepare_sheets(s, everybody))
    yusuf = person(practice_desk, made.version_id, "Yusuf")

    def move(session: Session) -> None:
        schools = session.query(Unit).filter(Unit.name == "Dinas Pendidikan").one()
        one = session.get_one(Employee, yusuf.employee_id)
        one.unit_id = one.opd_id = schools.id

    practice_desk.write(move)
    practice_desk.write(lambda s: service.refresh_audience(s, service.plan_refresh(s, made.circular_id)))
    (added,) = practice_desk.write(lambda s: sheets.prepare_sheets(s, everybody)).value
    made_now = practice_desk.read(lambda s: sheets.sheet(s, added))
    assert (made_now.opd, [line.person for line in made_now.lines]) == ("Dinas Pendidikan", ["Yusuf"])
    assert practice_desk.write(lambda s: sheets.prepare_sheets(s, everybody)).value == []


@pytest.mark.parametrize("merged", [False, True])
def test_a_whole_unit_that_moves_or_is_merged_takes_its_people_along(practice_desk: Desk, merged: bool) -> None:
    made = published(practice_desk)
    before = {row.id: row.unit for row in people_of(practice_desk, made.version_id)}

    def change(session: Session) -> None:
        hospital = session.query(Unit).filter(Unit.name == "RSUD Kota Contoh").one()
        schools = session.query(Unit).filter(Unit.name == "Dinas Pendidikan").one()
        if merged:
            placement.merge_unit(session, MergeUnit(hospital.id, schools.id, hospital.version))
        else:
            placement.move_unit(session, MoveUnit(hospital.id, schools.id, hospital.version))

    practice_desk.write(change)
    plan = practice_desk.read(lambda s: service.plan_refresh(s, made.circular_id))
    assert sorted(one.name for one in plan.movers) == [
        "Hj. Endang Sulistyaningsih",
        "Siti Nurhaliza Rahmawati, A.Md.Kep.",
    ]
    practice_desk.write(lambda s: service.refresh_audience(s, plan))
    rows = people_of(practice_desk, made.version_id)
    assert [row.opd for row in rows].count("Dinas Pendidikan") == 3
    assert {row.id: row.frozen_unit for row in rows} == before
    then = practice_desk.read(lambda s: queries.units_on(s, made.version_id, TODAY))
    assert sum(unit.tally.total for unit in then) == len(rows) == 4
    assert verify.verify(practice_desk.paths).findings == ()


def test_letters_are_not_sent_for_a_replaced_version_to_nobody_s_head_or_before_the_circular(
    practice_desk: Desk,
) -> None:
    made = published(practice_desk)
    health = people_of(practice_desk, made.version_id)[0].opd_id
    early = date(2024, 9, 4)
    for send in (service.remind, service.cover):
        assert refused(practice_desk, lambda s, f=send: f(s, made.version_id, [health], early)) == "dated"

    def without_unit(session: Session) -> service.Published:
        add_employee(session, nip="198001012005010991", name="Tanpa Unit")
        command = PublishCircular(SUBJECT, letter_id=a_letter(session, "7"), due_on=date(2024, 9, 30))
        return service.publish(session, command)

    lone = practice_desk.write(without_unit).value
    assert refused(practice_desk, lambda s: service.remind(s, lone.version_id, [None])) == "unit_missing"
    revised(practice_desk, made, material=True, number="12")
    for send in (service.remind, service.cover):
        assert refused(practice_desk, lambda s, f=send: f(s, made.version_id, [health])) == "superseded"
    assert practice_desk.read(lambda s: chasing.sent_letters(s, made.version_id)) == []


@pytest.mark.parametrize(
    ("opd", "head"),
    [
        ("Sekretariat DPRD", "Sekretaris DPRD"),
        ("Sekretariat Dewan Perwakilan Rakyat Daerah", "Sekretaris Dewan Perwakilan Rakyat Daerah"),
        ("Kantor Camat Contoh Utara", "Camat Contoh Utara"),
        ("Kantor Kelurahan Sukamaju", "Lurah Sukamaju"),
        ("Inspektorat Daerah", "Inspektur Daerah"),
        ("Satuan Polisi Pamong Praja", "Kepala Satuan Polisi Pamong Praja"),
    ],
)
def test_more_heads_are_addressed_by_their_office(opd: str, head: str) -> None:
    assert chasing.head_of(opd) == head


def test_two_clerks_at_the_same_person_one_is_told_and_nothing_is_lost(practice_desk: Desk) -> None:
    made = published(practice_desk)
    yusuf = person(practice_desk, made.version_id, "Yusuf")
    first = Acknowledge(yusuf.id, AckStatus.REFUSED, TODAY, yusuf.version, "keberatan", "Endang")
    second = Acknowledge(yusuf.id, AckStatus.UNREACHABLE, TODAY, yusuf.version)
    mark = practice_desk.write(lambda s: service.acknowledge(s, first)).value
    assert refused(practice_desk, lambda s: service.acknowledge(s, second)) == "stale"
    practice_desk.write(lambda s: service.undo(s, mark, "keliru"))
    assert refused(practice_desk, lambda s: service.undo(s, mark, "keliru")) == "already_undone"
    practice_desk.write(lambda s: service.acknowledge_code(s, yusuf.code))
    assert person(practice_desk, made.version_id, "Yusuf").status is AckStatus.SIGNED

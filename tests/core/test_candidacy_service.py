"""Candidacy files in a real database: declaring, events with guards, voiding, closing, lists, Beranda."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from asn_desk.candidacy import queries, service
from asn_desk.candidacy.model import Declaration, DeclarationDuty
from asn_desk.candidacy.rows import DeclarationDetail, DeclarationFilter
from asn_desk.candidacy.service import AmendDeclaration, CloseDeclaration, DeclareCandidacy, RecordEvent, VoidEvent
from asn_desk.database.trail.audit import AuditEntry
from asn_desk.desk import Desk, open_desk
from asn_desk.employees.model import Employee
from asn_desk.employees.terms import EmployeeKind, EmploymentState, PostClass
from asn_desk.errors import DeskError, StaleRecord
from asn_desk.regulations.terms import Fact, Lane
from asn_desk.topics import Topic
from tests.factories import add_employee, add_unit

DAY = date(2024, 9, 9)
DECLARED = DeclareCandidacy(
    employee_id=0, office_code="WALKOT", election_id="pilkada-2024", region="Kota Contoh", declared_on=date(2024, 8, 12),
    office_name="Wakil Wali Kota Contoh", path="parpol", party="Partai Contoh",
)  # fmt: skip


@contextmanager
def open_desk_on(folder: Path, day: date) -> Iterator[Desk]:
    """A practice desk that stands on a chosen day."""
    desk = open_desk(folder, practice_day=day)
    yield desk
    desk.close()


def changed(command: Any, **values: Any) -> Any:
    return replace(command, **values)


@pytest.fixture
def employee_id(practice_desk: Desk) -> int:
    def add(session: Session) -> int:
        unit = add_unit(session, "Dinas Perhubungan")
        values = {
            "post_class": PostClass.JPT_PRATAMA, "post_name": "Kepala Dinas Perhubungan", "unit": unit,
            "birth_date": date(1972, 3, 14), "service_from": date(1997, 3, 1), "nip": "197203141997031004",
        }  # fmt: skip
        return add_employee(
            session, name="Muhammad Syahrul Ramadhan", title_front="Drs. H.", title_back="M.Si.", **values
        ).id

    return practice_desk.write(add).value


@pytest.fixture
def file_id(practice_desk: Desk, employee_id: int) -> int:
    return practice_desk.write(
        lambda session: service.declare(session, changed(DECLARED, employee_id=employee_id))
    ).value


@pytest.fixture
def record(practice_desk: Desk, file_id: int) -> Callable[..., int]:
    def once(code: str, day: date, **values: Any) -> int:
        version = detail(practice_desk, file_id).version
        command = RecordEvent(file_id, version, code, day, **values)
        return practice_desk.write(lambda session: service.record_event(session, command)).value

    return once


def detail(desk: Desk, file_id: int) -> DeclarationDetail:
    return desk.read(lambda session: queries.declaration_detail(session, file_id))


def refused(desk: Desk, change: Callable[[Session], object]) -> DeskError:
    with pytest.raises(DeskError) as caught:
        desk.write(change)
    return caught.value


def test_a_declared_file_stands_at_draft_with_its_duties(practice_desk: Desk, file_id: int) -> None:
    seen = detail(practice_desk, file_id)
    assert (seen.kpu_status, seen.staff_status, seen.discipline_status) == ("BELUM_TERDAFTAR", "DRAF", "TIDAK_ADA")
    assert seen.name == "Drs. H. Muhammad Syahrul Ramadhan, M.Si."
    assert seen.unit_name == "Dinas Perhubungan"
    assert seen.post_class_title == "JPT Pratama"
    assert seen.confidential
    assert {"C1", "K2.1", "K2.2", "K3", "K7"} <= {row.id for row in seen.obligations}
    assert seen.outcome.pension == "ya"
    assert seen.outcome.tmt == date(2024, 9, 30)


def test_declaring_tells_the_topic_and_leaves_a_trail(practice_desk: Desk, employee_id: int) -> None:
    outcome = practice_desk.write(lambda session: service.declare(session, changed(DECLARED, employee_id=employee_id)))
    assert Topic.CANDIDACY in outcome.topics
    subject = f"declarations:{outcome.value}"
    count = select(func.count()).select_from(AuditEntry).where(AuditEntry.subject == subject)
    assert practice_desk.read(lambda session: session.scalar(count)) == 1


@pytest.mark.parametrize(
    "office", ["PRES", "DPR", "DPD", "DPRD_PROV", "DPRD_KAB", "GUB", "BUP", "WALKOT", "KADES", "PARPOL", "PJ_KADA"]
)
@pytest.mark.parametrize("kind", list(EmployeeKind))
def test_every_office_can_be_declared_by_every_kind(practice_desk: Desk, office: str, kind: EmployeeKind) -> None:
    elections = {"GUB": "pilkada-2024", "BUP": "pilkada-2024", "WALKOT": "pilkada-2024", "PJ_KADA": "pilkada-2024"}
    election = {**elections, "KADES": "pilkades", "PARPOL": "partai"}.get(office, "pemilu-2024")

    def declare(session: Session) -> int:
        person = add_employee(session, kind=kind)
        command = changed(DECLARED, employee_id=person.id, office_code=office, election_id=election, office_name="")
        return service.declare(session, command)

    seen = detail(practice_desk, practice_desk.write(declare).value)
    assert seen.office_name.endswith("Kota Contoh")
    assert seen.actions


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"office_code": "RAJA"}, "office_code"),
        ({"election_id": "pemilu-2024"}, "election_id"),
        ({"election_id": "pilkada-1945"}, "election_id"),
        ({"declared_on": DAY + timedelta(days=1)}, "declared_on"),
        ({"region": "  "}, "region"),
        ({"path": "jalan pintas"}, "path"),
        ({"party": "P" * 121}, "party"),
        ({"employee_id": 99_999}, "employee_id"),
        ({"flags": frozenset({Fact.PENSION_RIGHT})}, "flags"),
    ],
)
def test_a_faulty_declaration_is_refused_at_its_field(
    practice_desk: Desk, employee_id: int, values: dict[str, Any], field: str
) -> None:
    command = changed(DECLARED, employee_id=employee_id)
    error = refused(practice_desk, lambda session: service.declare(session, changed(command, **values)))
    assert list(error.fields) == [field]


def test_a_second_open_file_for_the_same_election_is_refused(
    practice_desk: Desk, employee_id: int, file_id: int
) -> None:
    error = refused(practice_desk, lambda session: service.declare(session, changed(DECLARED, employee_id=employee_id)))
    assert "masih terbuka" in error.sentence


def test_a_person_who_no_longer_serves_cannot_be_declared(practice_desk: Desk) -> None:
    def declare(session: Session) -> int:
        person = add_employee(session, state=EmploymentState.ENDED)
        return service.declare(session, changed(DECLARED, employee_id=person.id))

    assert "employee_id" in refused(practice_desk, declare).fields


def test_events_move_the_statuses_and_meet_duties(
    practice_desk: Desk, file_id: int, record: Callable[..., int]
) -> None:
    record("LAPOR", date(2024, 8, 12))
    record("SURAT_MUNDUR", date(2024, 8, 26), document_date=date(2024, 8, 25))
    record("PENDAFTARAN", date(2024, 8, 28))
    record("TANDA_TERIMA", date(2024, 8, 26), document_number="800/1/BKPSDM", received_by="Petugas Contoh")
    seen = detail(practice_desk, file_id)
    assert (seen.kpu_status, seen.staff_status) == ("TERDAFTAR", "TANDA_TERIMA")
    duties = {row.id: row for row in seen.obligations}
    assert duties["K2.2"].met_on == date(2024, 8, 26)
    assert duties["K3"].due == date(2024, 9, 22)
    assert [row.code for row in seen.events] == ["LAPOR", "SURAT_MUNDUR", "TANDA_TERIMA", "PENDAFTARAN"]
    assert "dicatat oleh Ratna Wulandari" in str(duties["K3.1"].explanation)


def test_the_lanes_show_done_due_and_missing(practice_desk: Desk, file_id: int, record: Callable[..., int]) -> None:
    record("SURAT_MUNDUR", date(2024, 8, 26))
    record("TANDA_TERIMA", date(2024, 8, 26))
    lanes = detail(practice_desk, file_id).lanes
    staff = {point.code: point for point in lanes[Lane.STAFF]}
    assert staff["SURAT_MUNDUR"].done
    assert staff["LAPOR"].late
    assert staff["LAPOR"].duty_id == "K2.1"
    assert (staff["SURAT_PROSES"].done, staff["SURAT_PROSES"].day) == (False, date(2024, 9, 22))
    assert staff["TMT"].day == date(2024, 9, 30)
    assert "PLT_DITUNJUK" in staff
    assert [point.title for point in lanes[Lane.KPU]] == ["Pendaftaran", "Penetapan", "Pemungutan suara", "Hasil"]


def test_an_event_out_of_turn_is_refused_with_the_reason(
    practice_desk: Desk, file_id: int, record: Callable[..., int]
) -> None:
    with pytest.raises(DeskError, match="Belum dapat dicatat") as caught:
        record("TANDA_TERIMA", date(2024, 8, 26))
    assert caught.value.code == "event_refused"
    with pytest.raises(DeskError, match="sesudah hari ini"):
        record("LAPOR", DAY + timedelta(days=1))
    with pytest.raises(DeskError, match="dari daftar"):
        record("MASA_TENANG", DAY)
    with pytest.raises(DeskError, match="Paling banyak 120 huruf"):
        record("LAPOR", DAY, document_number="1" * 121)
    assert detail(practice_desk, file_id).events == ()


def test_a_backdated_receipt_must_not_precede_its_letter(record: Callable[..., int]) -> None:
    record("SURAT_MUNDUR", date(2024, 8, 26))
    with pytest.raises(DeskError, match="Belum dapat dicatat"):
        record("TANDA_TERIMA", date(2024, 8, 25))


def test_a_stale_form_is_refused_although_no_status_changed(practice_desk: Desk, file_id: int) -> None:
    version = detail(practice_desk, file_id).version
    first = RecordEvent(file_id, version, "KTA_TERBIT", date(2024, 8, 20))
    practice_desk.write(lambda session: service.record_event(session, first))
    with pytest.raises(StaleRecord):
        practice_desk.write(lambda session: service.record_event(session, first))


def test_evidence_is_stored_and_must_be_a_pdf(practice_desk: Desk, file_id: int, record: Callable[..., int]) -> None:
    record("SURAT_MUNDUR", date(2024, 8, 26), evidence=b"%PDF-1.4 contoh")
    assert detail(practice_desk, file_id).events[0].file_sha256
    with pytest.raises(DeskError, match="PDF"):
        record("TANDA_TERIMA", date(2024, 8, 26), evidence=b"MZ")


def test_a_voided_event_stays_on_record_and_no_longer_counts(
    practice_desk: Desk, file_id: int, record: Callable[..., int]
) -> None:
    event = record("SURAT_MUNDUR", date(2024, 8, 26))
    version = detail(practice_desk, file_id).version
    practice_desk.write(lambda session: service.void_event(session, VoidEvent(event, version, "salah orang")))
    seen = detail(practice_desk, file_id)
    assert seen.staff_status == "DRAF"
    assert [(row.voided, row.void_reason) for row in seen.events] == [(True, "salah orang")]
    again = VoidEvent(event, seen.version, "lagi")
    assert refused(practice_desk, lambda session: service.void_event(session, again)).code == "unknown_event"


def test_an_event_that_others_rest_on_cannot_be_voided(
    practice_desk: Desk, file_id: int, record: Callable[..., int]
) -> None:
    event = record("SURAT_MUNDUR", date(2024, 8, 26))
    record("TANDA_TERIMA", date(2024, 8, 26))
    version = detail(practice_desk, file_id).version
    without_reason = VoidEvent(event, version, " ")
    assert "reason" in refused(practice_desk, lambda session: service.void_event(session, without_reason)).fields
    error = refused(practice_desk, lambda session: service.void_event(session, VoidEvent(event, version, "keliru")))
    assert error.code == "void_refused"
    assert "Tanda terima diterbitkan" in error.sentence


def test_particulars_can_be_corrected(practice_desk: Desk, file_id: int) -> None:
    version = detail(practice_desk, file_id).version
    command = AmendDeclaration(
        file_id, version, "Kota Contoh", "Wali Kota Contoh", path="perseorangan", is_acting_head=True
    )
    practice_desk.write(lambda session: service.amend(session, command))
    seen = detail(practice_desk, file_id)
    assert seen.office_name == "Wali Kota Contoh"
    assert {"K1", "J1"} <= {row.id for row in seen.obligations}


def test_office_and_days_can_be_corrected_while_the_history_still_fits(
    practice_desk: Desk, file_id: int, record: Callable[..., int]
) -> None:
    record("PENDAFTARAN", date(2024, 8, 28))
    command = AmendDeclaration(
        file_id, detail(practice_desk, file_id).version, "Kota Contoh", "", office_code="GUB", employer="kementerian",
        declared_on=date(2024, 8, 10),
    )  # fmt: skip
    practice_desk.write(lambda session: service.amend(session, command))
    seen = detail(practice_desk, file_id)
    assert (seen.office_code, seen.employer, seen.declared_on) == ("GUB", "kementerian", date(2024, 8, 10))
    assert seen.outcome.signer == "Menteri"
    wrong = changed(command, version=seen.version, office_code="DPR")
    assert list(refused(practice_desk, lambda session: service.amend(session, wrong)).fields) == ["election_id"]


def test_a_file_closes_only_when_its_end_is_recorded(
    practice_desk: Desk, file_id: int, record: Callable[..., int]
) -> None:
    version = detail(practice_desk, file_id).version
    early = CloseDeclaration(file_id, version)
    assert refused(practice_desk, lambda session: service.close(session, early)).code == "not_finished"
    record("BATAL", date(2024, 8, 20))
    final = CloseDeclaration(file_id, detail(practice_desk, file_id).version)
    practice_desk.write(lambda session: service.close(session, final))
    seen = detail(practice_desk, file_id)
    assert seen.closed_on == DAY
    assert seen.actions == ()
    with pytest.raises(DeskError, match="ditutup pada 9 September 2024"):
        record("LAPOR", DAY)
    assert practice_desk.read(lambda session: queries.declaration_ids(session, DeclarationFilter())) == []
    closed = DeclarationFilter(with_closed=True)
    assert practice_desk.read(lambda session: queries.declaration_ids(session, closed)) == [file_id]


def test_beranda_counts_and_names_who_blocks_and_the_one_action(
    practice_desk: Desk, file_id: int, record: Callable[..., int]
) -> None:
    record("SURAT_MUNDUR", date(2024, 9, 9))
    summary = practice_desk.read(lambda session: queries.obligations_due(session, DAY))
    rows = {row.rule_id: row for row in summary.rows}
    assert (summary.overdue, summary.due_today, summary.this_week) == (3, 1, 0)
    assert [row.due for row in summary.rows] == sorted(row.due for row in summary.rows)
    receipt = rows["K3.1"]
    assert (receipt.owed_by, receipt.letter_template) == ("BKD/BKPSDM", "tanda_terima_pengunduran_diri")
    assert receipt.action == "Buat Tanda Terima"
    assert receipt.status_words == "hari ini"
    assert rows["K2.1"].action == "Buat Laporan Pencalonan kepada PPK"
    assert rows["K2.3"].doubtful


def test_the_list_puts_the_most_urgent_first_and_filters(
    practice_desk: Desk, file_id: int, record: Callable[..., int]
) -> None:
    record("LAPOR", date(2024, 8, 12))
    record("SURAT_MUNDUR", date(2024, 8, 26))
    record("TANDA_TERIMA", date(2024, 8, 26))
    record("BERKAS_LENGKAP", date(2024, 8, 29))
    record("SURAT_PROSES", date(2024, 9, 5))

    def second(session: Session) -> int:
        person = add_employee(session, name="Dewi Anggraini Puspitasari", nip="198506172009032011")
        return service.declare(session, changed(DECLARED, employee_id=person.id, office_code="BUP", office_name=""))

    other = practice_desk.write(second).value

    def ids(**values: Any) -> list[int]:
        return practice_desk.read(lambda session: queries.declaration_ids(session, DeclarationFilter(**values)))

    assert ids() == [other, file_id]
    assert ids(text="syahrul") == [file_id]
    assert ids(text="19850617") == [other]
    assert ids(office_code="BUP") == [other]
    assert ids(staff_status="DIPROSES") == [file_id]
    assert ids(due_within_days=7) == [other]
    assert ids(election_id="pemilu-2024") == []
    rows = practice_desk.read(lambda session: queries.declaration_rows(session, [file_id, other]))
    assert [row.id for row in rows] == [file_id, other]
    assert rows[0].staff_words == "Sedang diproses"
    assert rows[0].next_duty is not None
    assert rows[0].next_duty.due == date(2024, 9, 19)
    assert rows[1].next_duty is not None
    assert rows[1].next_duty.status == "late"


def test_letters_get_their_values_from_the_file(practice_desk: Desk, file_id: int, record: Callable[..., int]) -> None:
    record("SURAT_MUNDUR", date(2024, 8, 26), document_date=date(2024, 8, 25))
    record("TANDA_TERIMA", date(2024, 8, 26), document_number="800/1/BKPSDM", document_date=date(2024, 8, 26))
    values = practice_desk.read(lambda session: queries.letter_values(session, file_id))
    assert values["pencalonan.jabatan"] == "Wakil Wali Kota Contoh"
    assert values["pencalonan.jalur"] == "diusulkan oleh Partai Contoh"
    assert values["diterima.tanggal_surat"] == "2024-08-25"
    assert (values["tanda_terima.nomor"], values["tanda_terima.tanggal"]) == ("800/1/BKPSDM", "2024-08-26")
    assert (values["keputusan.jenis"], values["keputusan.tmt"]) == ("dengan hormat", "2024-09-30")
    assert values["keputusan.alasan"] == "ditetapkan sebagai calon"
    assert len(values["usul.daftar"].split("|")) == 7
    assert values["usul.status"] == "Pegawai Negeri Sipil"


def test_duties_are_worked_out_anew_when_the_packs_change(practice_desk: Desk, file_id: int) -> None:
    assert practice_desk.write(service.refresh).value == 0

    def age(session: Session) -> None:
        for row in session.scalars(select(DeclarationDuty)):
            row.due = date(2000, 1, 1)
        declaration = session.get(Declaration, file_id)
        assert declaration is not None
        declaration.rules_digest = "lama"

    practice_desk.write(age)
    assert practice_desk.write(service.refresh).value == 1
    earliest = practice_desk.read(lambda session: session.scalar(select(func.min(DeclarationDuty.due))))
    assert earliest == date(2024, 8, 29)


def test_the_day_after_the_determination_shows_who_failed_to_resign(data_folder: Path) -> None:
    before, after = (open_desk_on(data_folder, day) for day in (date(2024, 9, 22), date(2024, 9, 23)))
    with before as desk:
        person = desk.write(lambda session: add_employee(session).id).value
        file = desk.write(lambda session: service.declare(session, changed(DECLARED, employee_id=person))).value
        command = RecordEvent(file, detail(desk, file).version, "PENETAPAN", date(2024, 9, 22))
        desk.write(lambda session: service.record_event(session, command))
        assert desk.write(service.refresh).value == 0
    with after as desk:
        assert desk.write(service.refresh).value == 1
        assert desk.write(service.refresh).value == 0
        rows = desk.read(lambda session: queries.declaration_rows(session, [file]))
        assert rows[0].discipline_status == "LALAI_MUNDUR"


def test_unknown_ids_are_said_plainly(practice_desk: Desk) -> None:
    with pytest.raises(DeskError, match="tidak ditemukan"):
        detail(practice_desk, 404)
    assert practice_desk.read(lambda session: queries.declaration_rows(session, [404])) == []


def copies(session: Session, model: type, rows: list[dict[str, Any]], count: int, **keys: int) -> None:
    """Insert `count` copies of stored rows with their keys counted on."""
    made = [{**row, **{key: step + number for key, step in keys.items()}} for number in range(count) for row in rows]
    session.execute(insert(model), made, execution_options={"recorded": True})


def columns(row: Any) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in type(row).__table__.columns}


def test_two_thousand_files_are_listed_and_counted(practice_desk: Desk, file_id: int) -> None:
    def fill(session: Session) -> None:
        declaration = columns(session.get(Declaration, file_id))
        person = columns(session.get(Employee, declaration["employee_id"])) | {"nip": None}
        duties = [columns(row) for row in session.scalars(select(DeclarationDuty))]
        people = [{**person, "id": 1000 + number, "local_number": str(number)} for number in range(1_999)]
        session.execute(insert(Employee), people, execution_options={"recorded": True})
        copies(session, Declaration, [declaration], 1_999, id=1000, employee_id=1000)
        copies(session, DeclarationDuty, duties, 1_999, declaration_id=1000)

    practice_desk.write(fill)

    def first_page(session: Session) -> list[int]:
        ids = queries.declaration_ids(session, DeclarationFilter())
        queries.declaration_rows(session, ids[:100])
        return ids

    assert len(practice_desk.read(first_page)) == 2_000
    assert practice_desk.read(lambda session: queries.obligations_due(session, DAY)).overdue > 2_000

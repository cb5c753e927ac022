"""The papers of a file: which are needed on which track, handed in, checked, waived; and the proof of a resignation."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from asn_desk.accounts.terms import RIGHTS, Role
from asn_desk.candidacy import checklist, service
from asn_desk.candidacy.checklist import AttachPaper, Checklist, PaperRow, VerifyPaper, WaivePaper
from asn_desk.candidacy.terms import PaperState
from asn_desk.desk import Desk
from asn_desk.employees.terms import EmployeeKind
from asn_desk.errors import DeskError, StaleRecord
from asn_desk.regulations.terms import Track
from tests.core.candidacy_office import DAY, SCAN, open_file, record, version_of


@pytest.fixture
def file_id(practice_desk: Desk) -> int:
    return open_file(practice_desk)


def papers(desk: Desk, file_id: int) -> Checklist:
    return desk.read(lambda session: checklist.checklist(session, file_id))


def paper(desk: Desk, file_id: int, code: str) -> PaperRow:
    return next(row for row in papers(desk, file_id).rows if row.code == code)


def test_a_resignation_asks_for_the_papers_of_its_track(practice_desk: Desk, file_id: int) -> None:
    seen = papers(practice_desk, file_id)
    codes = {row.code for row in seen.rows}
    assert seen.track is Track.RESIGN
    assert {"pernyataan_mundur", "permohonan", "sk_pangkat", "dpcp"} <= codes
    assert not codes & {"sk_kgb", "perjanjian_kerja"}
    assert paper(practice_desk, file_id, "dpcp").required, "born 1972, in service since 1997: with pension"
    assert (seen.missing, seen.complete) == (seen.required, False)
    assert seen.words.startswith(f"0 dari {seen.required} ")


@pytest.mark.parametrize(
    ("kind", "born", "needed", "spared"),
    [
        (EmployeeKind.PNS, date(1990, 1, 1), {"sk_cpns_pns"}, {"dpcp", "keluarga", "perjanjian_kerja"}),
        (
            EmployeeKind.PPPK,
            date(1972, 1, 1),
            {"perjanjian_kerja", "permohonan"},
            {"sk_cpns_pns", "karpeg_karis", "dpcp"},
        ),
    ],
)
def test_papers_follow_the_kind_of_employee_and_the_pension(
    practice_desk: Desk, kind: EmployeeKind, born: date, needed: set[str], spared: set[str]
) -> None:
    made = open_file(practice_desk, person={"kind": kind, "birth_date": born})
    codes = {row.code for row in papers(practice_desk, made).rows}
    assert needed <= codes
    assert not codes & spared


def test_asking_for_early_retirement_changes_the_list(practice_desk: Desk, file_id: int) -> None:
    record(practice_desk, file_id, "APS_DIAJUKAN", date(2024, 8, 20))
    seen = papers(practice_desk, file_id)
    assert seen.track is Track.APS
    assert "sk_kgb" in {row.code for row in seen.rows}
    assert "pernyataan_mundur" not in {row.code for row in seen.rows}


def test_entries_from_memory_say_so(practice_desk: Desk, file_id: int) -> None:
    assert "perlu diperiksa" in paper(practice_desk, file_id, "sk_jabatan").doubt
    assert paper(practice_desk, file_id, "pengantar_opd").doubt == ""
    assert paper(practice_desk, file_id, "pengantar_opd").basis


def test_a_paper_is_handed_in_and_checked_by_name(practice_desk: Desk, file_id: int) -> None:
    attach = AttachPaper(file_id, 0, "sk_pangkat", SCAN, "823/12/2021", date(2021, 4, 1), received_by="Loket BKPSDM")
    made = practice_desk.write(lambda session: checklist.attach_paper(session, attach)).value
    seen = paper(practice_desk, file_id, "sk_pangkat")
    assert (seen.state, seen.has_scan, seen.attached_by) == (PaperState.ATTACHED, True, "Ratna Wulandari")
    assert practice_desk.read(lambda session: checklist.paper_scan(session, made)) == SCAN
    verify = VerifyPaper(file_id, seen.version, "sk_pangkat")
    practice_desk.write(lambda session: checklist.verify_paper(session, verify), actor="Hendra Wijaya")
    seen = paper(practice_desk, file_id, "sk_pangkat")
    assert (seen.state, seen.verified_by, seen.verified_on) == (PaperState.VERIFIED, "Hendra Wijaya", DAY)
    with pytest.raises(StaleRecord):
        practice_desk.write(lambda session: checklist.verify_paper(session, verify))


def test_a_newer_scan_must_be_checked_again(practice_desk: Desk, file_id: int) -> None:
    for step in (AttachPaper, VerifyPaper, AttachPaper):
        now = paper(practice_desk, file_id, "karpeg_karis").version
        command = step(file_id, now, "karpeg_karis")
        verb = checklist.verify_paper if step is VerifyPaper else checklist.attach_paper
        practice_desk.write(lambda session, verb=verb, command=command: verb(session, command))
    assert paper(practice_desk, file_id, "karpeg_karis").state is PaperState.ATTACHED


def test_the_list_is_complete_when_all_is_checked_or_waived(practice_desk: Desk, file_id: int) -> None:
    def settle_all(session: Session) -> None:
        for row in checklist.checklist(session, file_id).rows:
            if row.code == "sk_jabatan":
                checklist.waive_paper(session, WaivePaper(file_id, 0, row.code, "tidak pernah menjabat"))
            elif row.required:
                checklist.attach_paper(session, AttachPaper(file_id, 0, row.code))
                checklist.verify_paper(session, VerifyPaper(file_id, 1, row.code))

    practice_desk.write(settle_all)
    seen = papers(practice_desk, file_id)
    assert seen.complete
    assert (seen.waived, seen.verified, seen.missing) == (1, seen.required - 1, 0)
    assert seen.words.endswith("lengkap")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (AttachPaper(1, 0, "sk_pangkat", b"MZ"), "invalid"),
        (AttachPaper(1, 0, "sk_pangkat", received_on=date(2025, 1, 1)), "invalid"),
        (AttachPaper(1, 0, "ijazah"), "unknown_paper"),
        (VerifyPaper(1, 0, "sk_pangkat"), "paper_missing"),
        (WaivePaper(1, 0, "sk_pangkat", " "), "invalid"),
    ],
)
def test_what_cannot_be_is_refused(
    practice_desk: Desk, file_id: int, command: AttachPaper | VerifyPaper | WaivePaper, code: str
) -> None:
    verbs = {
        AttachPaper: checklist.attach_paper, VerifyPaper: checklist.verify_paper, WaivePaper: checklist.waive_paper
    }  # fmt: skip
    with pytest.raises(DeskError) as caught:
        practice_desk.write(lambda session: verbs[type(command)](session, command))
    assert caught.value.code == code


def test_papers_are_only_for_those_with_the_right(practice_desk: Desk, file_id: int) -> None:
    attach = AttachPaper(file_id, 0, "sk_pangkat", SCAN)
    made = practice_desk.write(lambda session: checklist.attach_paper(session, attach)).value
    practice_desk.rights = frozenset(RIGHTS[Role.OPERATOR])
    for read in (lambda s: checklist.checklist(s, file_id), lambda s: checklist.paper_scan(s, made)):
        with pytest.raises(DeskError, match="tidak berhak"):
            practice_desk.read(read)
    with pytest.raises(DeskError, match="tidak berhak"):
        practice_desk.write(lambda session: checklist.verify_paper(session, VerifyPaper(file_id, 1, "sk_pangkat")))


def test_nobody_is_dismissed_without_a_signed_letter_and_its_receipt(practice_desk: Desk, file_id: int) -> None:
    record(practice_desk, file_id, "SURAT_MUNDUR", date(2024, 8, 26))
    record(practice_desk, file_id, "TANDA_TERIMA", date(2024, 8, 26))
    with pytest.raises(DeskError, match=r"surat pengunduran diri.*dan tanda terimanya") as caught:
        record(practice_desk, file_id, "SK_TERBIT", DAY)
    assert caught.value.code == "proof_missing"
    attach = AttachPaper(file_id, 0, "pernyataan_mundur", SCAN)
    practice_desk.write(lambda session: checklist.attach_paper(session, attach))
    with pytest.raises(DeskError, match="bukti tanda terimanya"):
        record(practice_desk, file_id, "SK_TERBIT", DAY)


def test_evidence_that_comes_later_completes_the_proof(practice_desk: Desk, file_id: int) -> None:
    record(practice_desk, file_id, "SURAT_MUNDUR", date(2024, 8, 26), received_by="Loket BKPSDM")
    receipt = record(practice_desk, file_id, "TANDA_TERIMA", date(2024, 8, 26))
    late = service.AttachEvidence(receipt, version_of(practice_desk, file_id), SCAN)
    practice_desk.write(lambda session: service.attach_evidence(session, late))
    again = service.AttachEvidence(receipt, version_of(practice_desk, file_id), SCAN)
    with pytest.raises(DeskError, match="sudah mempunyai pindaian"):
        practice_desk.write(lambda session: service.attach_evidence(session, again))
    record(practice_desk, file_id, "SK_TERBIT", DAY, document_number="800/1")

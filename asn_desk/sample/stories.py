"""The ten candidacies of the practice office: who stands for what, and what has happened so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from asn_desk.candidacy import papers, queries, service
from asn_desk.employees.queries import find_by_nip
from asn_desk.letters.contents.kinds import RESIGNATION, RESIGNATION_RECEIPT
from asn_desk.sample.candidates import DemoCandidate, demo_candidates
from asn_desk.sample.columns import SiasnRow

ELECTIONS = {"PILKADA_2024": "pilkada-2024", "PEMILU_2024": "pemilu-2024", "PILKADES": "pilkades", "": "partai"}
PATHS = {"PARPOL": "parpol", "PERSEORANGAN": "perseorangan", "": ""}


@dataclass(frozen=True)
class Step:
    """One dated event of a story, with the paper that proves it."""

    code: str
    day: date
    number: str = ""
    received_by: str = ""
    effective_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Story:
    """Where a candidate stands and what has happened; in the order of `demo_candidates`."""

    region: str
    declared_on: date
    steps: tuple[Step, ...]
    constituency: str = ""
    party: str = ""
    papers: bool = False


_DESK = "Loket BKPSDM"
STORIES = (
    Story("Kota Contoh", date(2024, 8, 12), (
        Step("LAPOR", date(2024, 8, 12), received_by=_DESK),
        Step("SURAT_MUNDUR", date(2024, 8, 26), received_by=_DESK),
        Step("TANDA_TERIMA", date(2024, 8, 26), "800.1.6/101/BKPSDM/2024"),
        Step("PENDAFTARAN", date(2024, 8, 28)),
        Step("BERKAS_LENGKAP", date(2024, 8, 29)),
        Step("SURAT_PROSES", date(2024, 8, 30), "800.1.6/117/SETDA/2024"),
    ), party="Gabungan Partai Contoh", papers=True),
    Story("Kabupaten Misal", date(2024, 8, 19), (
        Step("LAPOR", date(2024, 8, 19), received_by=_DESK),
        Step("SURAT_MUNDUR", date(2024, 8, 27), received_by=_DESK),
        Step("TANDA_TERIMA", date(2024, 8, 27), "800.1.6/104/BKPSDM/2024"),
        Step("PENDAFTARAN", date(2024, 8, 29)),
    ), party="Partai Misal", papers=True),
    Story("Provinsi Misal Raya", date(2024, 5, 6), (
        Step("LAPOR", date(2024, 5, 6), received_by=_DESK),
        Step("DUKUNGAN", date(2024, 5, 12)),
        Step("SURAT_MUNDUR", date(2024, 8, 27), received_by=_DESK),
        Step("TANDA_TERIMA", date(2024, 8, 28), "800.1.6/106/BKPSDM/2024"),
        Step("PENDAFTARAN", date(2024, 8, 29)),
        Step("BERKAS_KURANG", date(2024, 9, 2), note="DPCP dan keterangan atasan belum ada."),
    )),
    Story("Kota Contoh", date(2024, 8, 20), (
        Step("LAPOR", date(2024, 8, 20), received_by=_DESK),
        Step("PENDAFTARAN", date(2024, 8, 27)),
        Step("SURAT_MUNDUR", date(2024, 9, 5), received_by=_DESK),
    ), party="Partai Contoh Jaya"),
    Story("Kota Contoh", date(2023, 5, 2), (
        Step("LAPOR", date(2023, 5, 2), received_by=_DESK),
        Step("SURAT_MUNDUR", date(2023, 5, 8), received_by=_DESK),
        Step("TANDA_TERIMA", date(2023, 5, 8), "800/88/BKPSDM/2023"),
        Step("PENDAFTARAN", date(2023, 5, 12)),
        Step("TMS", date(2023, 8, 7)),
        Step("TIDAK_DITETAPKAN", date(2023, 11, 3)),
        Step("KEMBALI_AKTIF", date(2023, 11, 13)),
    ), "Dapil Contoh 2", "Partai Contoh Jaya"),
    Story("Provinsi Misal Raya", date(2023, 5, 3), (), "Dapil Misal Raya 1", "Partai Misal"),
    Story("Kabupaten Misal", date(2024, 9, 2), (
        Step("SURAT_MUNDUR", date(2024, 9, 3), received_by=_DESK),
    )),
    Story("Kabupaten Misal", date(2024, 9, 4), (
        Step("IZIN_DIMINTA", date(2024, 9, 4), received_by=_DESK),
    )),
    Story("Kota Contoh", date(2024, 8, 15), (
        Step("TERCATAT_SIPOL", date(2024, 8, 15), note="Nama tercantum tanpa persetujuan."),
        Step("BUKAN_ANGGOTA", date(2024, 8, 20), received_by="Bawaslu Kota Contoh"),
    )),
    Story("Kota Contoh", date(2024, 8, 14), (
        Step("LAPOR", date(2024, 8, 14), received_by=_DESK),
        Step("MUNDUR_PENCALONAN", date(2024, 8, 26)),
    ), party="Gabungan Partai Contoh"),
)  # fmt: skip


def declare_all(session: Session, rows: Iterable[SiasnRow]) -> list[int]:
    """Open the demo's files with their events, and return the declarations' ids in the order of `demo_candidates`.

    People who have left the office (the retired one) have no open file, as the program refuses it.
    """
    made = []
    for candidate, story in zip(demo_candidates(rows), STORIES, strict=True):
        if candidate.staff_stage == "PENSIUN":
            continue
        declaration_id = service.declare(session, _command(session, candidate, story))
        for step in story.steps:
            _record(session, declaration_id, step)
        if story.papers:
            issue_papers(session, declaration_id, story)
        made.append(declaration_id)
    return made


def issue_papers(session: Session, declaration_id: int, story: Story) -> None:
    """Issue the resignation letter and its receipt for a file that has both events."""
    days = {step.code: step.day for step in story.steps}
    counter = {
        "diterima.pukul": "09.15",
        "penerima.nama": "Dewi Anggraini, S.E.",
        "penerima.jabatan": "Petugas loket BKPSDM",
    }
    for kind, day, extra in (
        (RESIGNATION, days["SURAT_MUNDUR"], {}),
        (RESIGNATION_RECEIPT, days["TANDA_TERIMA"], counter),
    ):
        command = papers.letter_command(session, declaration_id, kind, day, extra)
        papers.issue_letter(session, declaration_id, command)


def _command(session: Session, candidate: DemoCandidate, story: Story) -> service.DeclareCandidacy:
    employee = find_by_nip(session, candidate.nip)
    assert employee is not None, "the candidates are drawn from the imported rows"
    return service.DeclareCandidacy(
        employee_id=employee.id,
        office_code=candidate.office,
        election_id=ELECTIONS[candidate.election],
        region=story.region,
        declared_on=story.declared_on,
        office_name=candidate.seat,
        constituency=story.constituency,
        path=PATHS[candidate.path],
        party=story.party,
        note=candidate.note,
    )


def _record(session: Session, declaration_id: int, step: Step) -> None:
    version = queries.declaration_detail(session, declaration_id).version
    service.record_event(
        session,
        service.RecordEvent(
            declaration_id,
            version,
            step.code,
            step.day,
            effective_on=step.effective_on,
            document_number=step.number,
            document_date=step.day if step.number else None,
            received_by=step.received_by,
            note=step.note,
        ),
    )

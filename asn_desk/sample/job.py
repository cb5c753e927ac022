"""The whole main job on the sample office, without a window: for the demonstration and for the program's self-test."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from asn_desk.candidacy.queries import declaration_ids
from asn_desk.candidacy.rows import DeclarationFilter
from asn_desk.circulars import export as circular_export
from asn_desk.circulars import queries as circulars
from asn_desk.circulars.papers.slips import slips_pdf
from asn_desk.circulars.recipients import RecipientFilter
from asn_desk.database.file_store import disk_problem, write_durably
from asn_desk.desk import Desk
from asn_desk.employees.queries import EmployeeFilter, employee_ids
from asn_desk.errors import DeskError
from asn_desk.letters import export
from asn_desk.letters.queries import LetterFilter, letter_ids
from asn_desk.sample.practice import open_practice
from asn_desk.wording import number

LETTER_NAMES = "{id} {jenis} {nama}"

Say = Callable[[str], None]


@dataclass(frozen=True)
class JobReport:
    """What the main job made. Paths are relative to the output folder."""

    employees: int
    declarations: int
    letters: tuple[str, ...]
    slips: int
    acknowledged: int
    recipients: int
    files: tuple[str, ...]

    def lines(self) -> tuple[str, ...]:
        """Return the summary as a clerk reads it."""
        return (
            f"Pegawai diimpor: {number(self.employees)}",
            f"Deklarasi pencalonan: {number(self.declarations)}",
            f"Surat diterbitkan: {number(len(self.letters) // 2)} (Word dan PDF)",
            f"Tanda terima edaran: {number(self.acknowledged)} dari {number(self.recipients)}",
            f"Lembar tanda terima dicetak: {number(self.slips)}",
            *(f"  {name}" for name in self.files),
        )


def run(out: Path, data: Path, say: Say) -> JobReport:
    """Do the main job in the practice office at `data` and write letters, slips, lists and a summary to `out`.

    Raises DeskError and EnvironmentProblem.
    """
    desk = open_practice(data, progress=say)
    try:
        out.mkdir(parents=True, exist_ok=True)
        report = _write_out(desk, out, say)
        summary = json.dumps(asdict(report), ensure_ascii=False, indent=2)
        write_durably(out / "ringkasan.json", summary.encode())
        write_durably(out / "ringkasan.txt", "\n".join(report.lines()).encode())
    except OSError as error:
        raise disk_problem(error, out) from error
    finally:
        desk.close()
    return report


def _write_out(desk: Desk, out: Path, say: Say) -> JobReport:
    say("Menyimpan surat")
    letters = desk.read(lambda session: _save_letters(session, out / "surat"))
    say("Mencetak lembar tanda terima")
    (out / "edaran").mkdir(exist_ok=True)
    circular = desk.read(circulars.running)[0]
    slips = desk.read(
        lambda session: slips_pdf(
            session, RecipientFilter(circular.version_id), out / "edaran" / "lembar-tanda-terima.pdf"
        )
    )
    missing = out / "edaran" / "belum-menyerahkan.xlsx"
    desk.read(lambda session: circular_export.missing_xlsx(session, RecipientFilter(circular.version_id), missing))
    files = sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file())
    return JobReport(
        employees=len(desk.read(lambda session: employee_ids(session, EmployeeFilter()))),
        declarations=len(desk.read(lambda session: declaration_ids(session, DeclarationFilter(with_closed=True)))),
        letters=tuple(str(path.relative_to(out)) for path in letters),
        slips=slips.slips,
        acknowledged=circular.tally.signed,
        recipients=circular.tally.total,
        files=tuple(files),
    )


def _save_letters(session: Session, folder: Path) -> list[Path]:
    ids = letter_ids(session, LetterFilter())
    return [path for letter_id in ids for path in export.save_copy(session, letter_id, folder, LETTER_NAMES)]


def self_test(folder: Path, say: Say) -> JobReport:
    """Do the main job in a fresh folder and check what came of it. Raises DeskError("self_test") when something is amiss."""
    report = run(folder / "hasil", folder / "data", say)
    say("Memeriksa keutuhan data")
    desk = open_practice(folder / "data")
    try:
        findings = desk.verify().findings
    finally:
        desk.close()
    if findings or not (report.employees and report.declarations and report.letters and report.acknowledged):
        detail = "; ".join(finding.sentence for finding in findings) or "hasil pekerjaan contoh tidak lengkap"
        raise DeskError("self_test", f"Uji mandiri gagal: {detail}. Pasang ulang program ini.")
    return report

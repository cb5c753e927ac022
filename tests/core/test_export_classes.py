"""Every file that leaves the program says how secret it is: in its properties always, in a footer where it is our own list."""

from __future__ import annotations

import ast
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from sqlalchemy.orm import Session

from asn_desk.accounts import recovery, recovery_sheet, trail
from asn_desk.candidacy import binder as candidacy_binder
from asn_desk.candidacy import checklist, ics, press
from asn_desk.candidacy.checklist import AttachPaper
from asn_desk.candidacy.preview_print import preview_list
from asn_desk.candidacy.previews import preview_calendar_change
from asn_desk.candidacy.weekly import weekly_list
from asn_desk.circulars import export as missing
from asn_desk.circulars import seals, service
from asn_desk.circulars.evidence.binder import write_binder
from asn_desk.circulars.papers import sheets, slips
from asn_desk.circulars.recipients import RecipientFilter
from asn_desk.desk import Desk
from asn_desk.employees import export as employees
from asn_desk.employees import importing
from asn_desk.employees.imports.plans import ImportPlan, Refused
from asn_desk.employees.queries import EmployeeFilter
from asn_desk.letters import aftercare
from asn_desk.letters import export as letters
from asn_desk.letters.bulk import batch_check, batch_files, batches
from asn_desk.letters.bulk.batch_run import run
from asn_desk.letters.bulk.batches import StartBatch
from asn_desk.letters.contents.kinds import RESIGNATION_RECEIPT
from asn_desk.letters.numbers import agenda
from asn_desk.letters.queries import stored_docx
from asn_desk.letters.service import IssueLetter, issue
from asn_desk.letters.templates import template_store
from asn_desk.wording import Secrecy
from tests.core.candidacy_office import SCAN, open_file
from tests.core.circulars_office import published
from tests.core.test_circulars_binder import a_circular
from tests.core.test_circulars_returns import exported
from tests.factories import add_employee
from tests.letters.batch_office import COMMAND, fill_office
from tests.letters.letter_office import settle
from tests.sources import ROOT, nodes, sources

OPEN, LIMITED, CONFIDENTIAL = Secrecy.OPEN, Secrecy.LIMITED, Secrecy.CONFIDENTIAL
ALL, FIRST, NONE = (
    "every page",
    "the pages that are ours, the first of them",
    "no page: the paper goes out of the office",
)
Files = list[Path]
Make = Callable[[Desk, Path], Files]


@dataclass(frozen=True)
class Case:
    """One export: how its files are made, their class, where the footer stands, and which modules it goes through."""

    make: Make
    secrecy: Secrecy
    foot: str
    modules: tuple[str, ...]


def kept(folder: Path, name: str, data: bytes) -> Files:
    target = folder / name
    target.write_bytes(data)
    return [target]


def issued(desk: Desk, *, confidential: bool = False) -> int:
    person = desk.write(lambda session: fill_office(session, 1)).value[0]
    command = replace(COMMAND, employee_id=person, confidential=confidential)
    return desk.write(lambda session: issue(session, command)).value.id


def a_letter(desk: Desk, folder: Path) -> Files:
    letter = issued(desk)
    return desk.read(lambda session: letters.save_copy(session, letter, folder))


def a_confidential_letter(desk: Desk, folder: Path) -> Files:
    letter = issued(desk, confidential=True)
    return desk.read(lambda session: letters.save_copy(session, letter, folder))


def an_edited_letter(desk: Desk, folder: Path) -> Files:
    letter = issued(desk, confidential=True)

    def work(session: Session) -> bytes:
        docx = io.BytesIO(stored_docx(session, letter))
        with zipfile.ZipFile(docx, "a") as package:
            package.writestr("docProps/tambahan.txt", "berubah")
        return aftercare.edited(session, letter, docx.getvalue()).pdf

    return kept(folder, "ubah.pdf", desk.read(work))


def a_template_example(desk: Desk, folder: Path) -> Files:
    desk.write(settle)
    return kept(
        folder, "contoh.pdf", desk.read(lambda session: template_store.example_pdf(session, RESIGNATION_RECEIPT))
    )


def drafts_of_a_batch(desk: Desk, folder: Path) -> Files:
    people = desk.write(lambda session: fill_office(session, 1)).value
    made = desk.read(lambda session: batch_check.trials(session, COMMAND, people))
    return [path for path in batch_check.save_trials(made, folder) if path is not None]


def batch(desk: Desk, folder: Path, command: IssueLetter = COMMAND) -> Files:
    people = desk.write(lambda session: fill_office(session, 2)).value
    started = desk.write(lambda session: batches.start(session, StartBatch(command, tuple(people), folder))).value
    run(desk, started, helpers=0)
    return [folder / batch_files.PRINT_FILE, folder / batch_files.LIST_FILE]


def a_confidential_batch(desk: Desk, folder: Path) -> Files:
    return batch(desk, folder, replace(COMMAND, confidential=True))


def the_agenda(desk: Desk, folder: Path) -> Files:
    issued(desk)
    return _agenda(desk, folder)


def an_agenda_with_secrets(desk: Desk, folder: Path) -> Files:
    issued(desk, confidential=True)
    return _agenda(desk, folder)


def _agenda(desk: Desk, folder: Path) -> Files:
    desk.read(lambda session: agenda.save_xlsx(session, 2024, None, folder / "agenda.xlsx"))
    desk.read(lambda session: agenda.save_pdf(session, 2024, None, folder / "agenda.pdf"))
    return [folder / "agenda.xlsx", folder / "agenda.pdf"]


def people_listed(desk: Desk, folder: Path) -> Files:
    desk.write(lambda session: add_employee(session).id)
    target = folder / "pegawai.xlsx"
    desk.read(lambda session: employees.employees_xlsx(session, EmployeeFilter(), list(employees.PARTS), target))
    return [target]


def refused_rows(_desk: Desk, folder: Path) -> Files:
    row = Refused("data.xlsx", "Pegawai", 2, "A2", "", "nip_missing", "NIP kosong")
    plan = ImportPlan((), date(2024, 9, 9), False, (), (), 0, (), (row,), (), ())
    importing.refused_workbook(plan, folder / "ditolak.xlsx")
    return [folder / "ditolak.xlsx"]


def the_trail(desk: Desk, folder: Path) -> Files:
    desk.write(settle)
    desk.write(lambda session: trail.trail_xlsx(session, trail.TrailFilter(), folder / "jejak.xlsx"))
    return [folder / "jejak.xlsx"]


def the_recovery_sheet(_desk: Desk, folder: Path) -> Files:
    recovery_sheet.save_sheet(folder / "lembar.pdf", recovery.new_code(), date(2024, 9, 9))
    return [folder / "lembar.pdf"]


def wanted(desk: Desk) -> RecipientFilter:
    return RecipientFilter(published(desk).version_id)


def printed_slips(desk: Desk, folder: Path) -> Files:
    found = wanted(desk)
    desk.read(lambda session: slips.slips_pdf(session, found, folder / "lembar.pdf"))
    return [folder / "lembar.pdf"]


def collective_lists(desk: Desk, folder: Path) -> Files:
    found = wanted(desk)
    ids = desk.write(lambda session: service.prepare_sheets(session, found)).value
    desk.read(lambda session: sheets.sheets_pdf(session, ids, folder / "daftar.pdf"))
    return [folder / "daftar.pdf"]


def who_is_missing(desk: Desk, folder: Path) -> Files:
    found = wanted(desk)
    desk.read(lambda session: missing.missing_xlsx(session, found, folder / "belum.xlsx"))
    desk.read(lambda session: missing.missing_pdf(session, found, folder / "belum.pdf"))
    return [folder / "belum.xlsx", folder / "belum.pdf"]


def a_return_file(desk: Desk, folder: Path) -> Files:
    return [exported(desk, published(desk).version_id, folder / "balasan.xlsx")]


def evidence(desk: Desk, folder: Path) -> Files:
    made = a_circular(desk)
    seal = desk.write(seals.office_seal).value
    return [desk.read(lambda session: write_binder(session, made.circular_id, folder / "bukti.pdf", seal)).path]


def a_file_of_a_candidate(desk: Desk, folder: Path) -> Files:
    file_id = open_file(desk)
    attach = AttachPaper(file_id, 0, "sk_pangkat", SCAN, document_number="823/12")
    desk.write(lambda session: checklist.attach_paper(session, attach))
    bound = desk.read(lambda session: candidacy_binder.binder(session, file_id))
    return kept(folder, "bundel.pdf", bound.pdf)


def the_weeks_duties(desk: Desk, folder: Path) -> Files:
    open_file(desk)
    return kept(folder, "minggu.pdf", desk.read(weekly_list))


def the_weeks_duties_without_names(desk: Desk, folder: Path) -> Files:
    open_file(desk)
    return kept(folder, "minggu.pdf", desk.read(lambda session: weekly_list(session, anonymous=True)))


def the_calendar(desk: Desk, folder: Path) -> Files:
    open_file(desk)
    return kept(folder, "tenggat.ics", desk.read(ics.agenda))


def the_press_report(desk: Desk, folder: Path) -> Files:
    open_file(desk)
    return kept(folder, "pers.pdf", press.press_pdf(desk.read(press.press_report)))


def a_moved_date(desk: Desk, folder: Path) -> Files:
    open_file(desk)
    day = date(2024, 9, 25)
    return kept(
        folder,
        "akibat.pdf",
        desk.read(
            lambda session: preview_list(
                session, preview_calendar_change(session, "pilkada-2024", "PENETAPAN", day, day)
            )
        ),
    )


CASES = (
    Case(a_letter, OPEN, NONE, ("letters/service.py", "letters/export.py")),
    Case(a_confidential_letter, CONFIDENTIAL, NONE, ("letters/service.py", "letters/export.py")),
    Case(an_edited_letter, CONFIDENTIAL, NONE, ("letters/aftercare.py",)),
    Case(a_template_example, OPEN, NONE, ("letters/templates/template_store.py",)),
    Case(drafts_of_a_batch, OPEN, NONE, ("letters/bulk/batch_check.py",)),
    Case(batch, LIMITED, FIRST, ("letters/bulk/batch_files.py",)),
    Case(a_confidential_batch, CONFIDENTIAL, FIRST, ("letters/bulk/batch_files.py",)),
    Case(the_agenda, LIMITED, ALL, ("letters/numbers/agenda.py",)),
    Case(an_agenda_with_secrets, CONFIDENTIAL, ALL, ("letters/numbers/table_pdf.py",)),
    Case(people_listed, LIMITED, ALL, ("employees/export.py",)),
    Case(refused_rows, LIMITED, ALL, ("employees/imports/refused.py",)),
    Case(the_trail, CONFIDENTIAL, ALL, ("accounts/trail.py",)),
    Case(the_recovery_sheet, CONFIDENTIAL, ALL, ("accounts/recovery_sheet.py",)),
    Case(printed_slips, LIMITED, ALL, ("circulars/papers/slips.py",)),
    Case(collective_lists, LIMITED, ALL, ("circulars/papers/sheets.py",)),
    Case(who_is_missing, LIMITED, ALL, ("circulars/export.py",)),
    Case(a_return_file, LIMITED, ALL, ("circulars/return_files/returns.py", "circulars/return_files/returns_sheet.py")),
    Case(evidence, LIMITED, FIRST, ("circulars/evidence/binder.py",)),
    Case(a_file_of_a_candidate, CONFIDENTIAL, FIRST, ("candidacy/binding.py", "candidacy/binder.py")),
    Case(the_weeks_duties, CONFIDENTIAL, ALL, ("candidacy/weekly.py",)),
    Case(the_weeks_duties_without_names, LIMITED, ALL, ("candidacy/weekly.py",)),
    Case(the_calendar, CONFIDENTIAL, ALL, ("candidacy/ics.py",)),
    Case(the_press_report, OPEN, ALL, ("candidacy/press.py",)),
    Case(a_moved_date, CONFIDENTIAL, ALL, ("candidacy/preview_print.py",)),
)
WITHOUT_CLASS: Mapping[str, str] = {
    "saving.py": "writes what others made",
    "letters/pdf/output/emf.py": "a picture in a letter",
    "letters/pdf/output/metafile_canvas.py": "a picture in a letter",
    "letters/pdf/output/wmf.py": "a picture in a letter",
    "cli/candidacy.py": "writes what candidacy/ made",
    "cli/jobs.py": "turns a Word file of the user's own into PDF: its class is not known",
    "cli/templates.py": "fills a Word file of the user's own: its class is not known",
    "sample/job.py": "counts of the invented office",
    "employees/workbook.py": "reads a workbook",
    "accounts/recovery_tries.py": "the data folder's own file",
    "database": "the data folder's and the backups' own files, no paper",
}
"""Modules that make or write files which are none of the office's papers, and why."""
MAKERS = {
    "Workbook", "Canvas", "table_pdf", "slip_canvas", "PdfMeta", "BinderFile", "write_durably", "bind",
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.make.__name__)
def test_what_leaves_the_program_says_how_secret_it_is(practice_desk: Desk, tmp_path: Path, case: Case) -> None:
    folder = tmp_path / "keluar"
    folder.mkdir()
    made = case.make(practice_desk, folder)
    assert made
    for path in made:
        told, feet = _CHECKS[path.suffix](path)
        assert told == f"Sifat: {case.secrecy.value}", path.name
        assert _fits(case.foot, [told in foot for foot in feet], path.suffix), path.name


def _fits(foot: str, told: list[bool], suffix: str) -> bool:
    if foot == NONE:
        return not any(told)
    return told[0] if foot == FIRST and suffix == ".pdf" else all(told)


def of_pdf(path: Path) -> tuple[str, list[str]]:
    with closing(pypdfium2.PdfDocument(path.read_bytes())) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
        return document.get_metadata_value("Keywords"), texts


def of_xlsx(path: Path) -> tuple[str, list[str]]:
    book = openpyxl.load_workbook(path)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return str(book.properties.category), [str(sheet.oddFooter.left.text) for sheet in shown]


def of_docx(path: Path) -> tuple[str, list[str]]:
    with zipfile.ZipFile(path) as package:
        core = package.read("docProps/core.xml").decode()
        footers = [package.read(name).decode() for name in package.namelist() if "/footer" in name]
    (told,) = re.findall(r"<cp:category>(.*?)</cp:category>", core)
    return told, footers


def of_ics(path: Path) -> tuple[str, list[str]]:
    lines = path.read_text(encoding="utf-8").replace("\r\n", "\n").split("\n")
    (told,) = [line.partition(":")[2] for line in lines if line.startswith("X-WR-CALDESC")]
    return told, [told]


_CHECKS: Mapping[str, Callable[[Path], tuple[str, list[str]]]] = {
    ".pdf": of_pdf,
    ".xlsx": of_xlsx,
    ".docx": of_docx,
    ".ics": of_ics,
}


def test_no_exporter_is_forgotten_in_the_table() -> None:
    listed = {module for case in CASES for module in case.modules} | set(WITHOUT_CLASS)
    found = {module for module in _makers() if module.partition("/")[0] not in listed}
    assert found - listed == set()
    assert {module for module in listed if "/" in module} <= set(_all_modules())


def _makers() -> Iterator[str]:
    for module, path in _all_modules().items():
        called = {_name(node) for node in nodes(path) if isinstance(node, ast.Call)}
        if called & MAKERS or any(_is_calendar(node) for node in nodes(path)):
            yield module


def _all_modules() -> dict[str, Path]:
    core = ROOT / "asn_desk"
    return {file.relative_to(core).as_posix(): file for file in sources() if file.is_relative_to(core)}


def _name(call: ast.Call) -> str:
    function: Any = call.func
    return str(getattr(function, "attr", getattr(function, "id", "")))


def _is_calendar(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value == "BEGIN:VCALENDAR"

"""The whole main job through the real window: its pages, its threads, its database, from an empty folder to a closed program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asn_desk.circulars.codes import new_code
from asn_desk.desk import open_desk
from asn_desk.employees import queries as employees
from asn_desk.employees.queries import EmployeeFilter
from asn_desk.letters.contents.kinds import RESIGNATION
from asn_desk.office.terms import Capacity, Letterhead, OfficialRole, RegionKind
from asn_desk.paths import resource
from asn_desk.sample.workbook import write_unit_hierarchy, write_workbook
from tests.ui import journey
from tests.ui.conftest import texts_of
from tests.ui.programs import started
from ui.employees.import_wizard import ImportWizard
from ui.employees.page import EmployeesPage
from ui.home.page import HomePage
from ui.main import PAGES, Program
from ui.scan.page import ScanPage
from ui.shared.dialogs import MessageDialog
from ui.shared.page import Page, PageContext
from ui.shared.theme.theme import Theme

PEOPLE = resource("sample", "pegawai-kota-contoh.xlsx")
UNITS = resource("sample", "hierarki-unor.xlsx")
LONGEST_STALL_MS = 250
MANY = 6500
NIP = "196808271992031001"
NAME = "Drs. Wahyu Kurniawan, M.Si."
OPD = "Dinas Sosial"
OFFICE = {
    "operator": "Ratna Wulandari",
    "region_kind": RegionKind.KOTA,
    "region_name": "Contoh",
    "government": "Pemerintah Kota Contoh",
    "agency": "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
    "agency_short": "BKPSDM",
    "place": "Contoh",
    "address": "Jalan Merdeka Nomor 1, Kota Contoh",
    "logo": resource("sample", "logo-kota-contoh.png"),
}
MAYOR = {
    "role": OfficialRole.KEPALA_DAERAH,
    "capacity": Capacity.DEFINITIF,
    "post": "Wali Kota Contoh",
    "name": "Wiryawan Adisangkala",
    "letterhead": Letterhead.KEPALA_DAERAH,
}
CANDIDACY = {
    "employee_id": NIP,
    "office_code": "WALKOT",
    "election_id": "pilkada-2024",
    "declared_on": "120824",
    "region": "Kota Contoh",
    "office_name": "Wakil Wali Kota Contoh",
    "path": "parpol",
    "party": "Partai Contoh Jaya",
}
RESIGNED = {"code": "SURAT_MUNDUR", "happened_on": "260824", "received_by": "Loket BKPSDM"}


class SlipClock:
    """The scanner's clock: every slip comes five seconds after the one before."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 5
        return self.now


def scan_page(context: PageContext) -> Page:
    return ScanPage(context, clock=SlipClock(), play=lambda _kind: None)


def at_work(app: QApplication, root: Path) -> Iterator[Program]:
    """The program as it starts in a folder; only the scanner's clock and sound are set."""
    pages = [replace(spec, factory=scan_page) if spec.key == "scan" else spec for spec in PAGES]
    yield from started(app, root, pages)


@pytest.fixture
def program(qapp: QApplication, theme: Theme, tmp_path: Path) -> Iterator[Program]:
    yield from at_work(qapp, tmp_path / "kantor")


def stored(program: Program) -> int:
    """Return how many people stand in the database."""
    return len(read(program, lambda session: employees.employee_ids(session, EmployeeFilter())))


def read(program: Program, fn: Any) -> Any:
    return program.bridge.desk.read(fn)


@pytest.fixture(scope="module")
def large_files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The SIASN export of a whole city and its units."""
    folder = tmp_path_factory.mktemp("kota")
    people, units = folder / "pegawai.xlsx", folder / "hierarki.xlsx"
    write_workbook(people, MANY)
    write_unit_hierarchy(units, MANY)
    return [people, units]


@pytest.mark.slow
def test_the_window_stays_usable_while_a_city_is_imported(
    program: Program, qtbot: QtBot, large_files: list[Path]
) -> None:
    wizard, people = journey.Wizard(qtbot, program), journey.People(qtbot, program)
    journey.FirstStart(qtbot, program).fill_in(OFFICE)
    wizard.page(HomePage)
    page = wizard.go("Pegawai", EmployeesPage)
    wizard.press(page.header, "Impor pegawai")
    begun = perf_counter()
    beat = journey.Heartbeat()
    beat.start()
    wizard.drop(large_files)
    assert wizard.make_plan()["new"] == MANY
    wizard.apply(meanwhile=lambda: search_during_import(people, page))
    stall = beat.stop()
    print(f"\n{MANY} people in {perf_counter() - begun:.1f} s; longest pause of the window: {stall:.0f} ms")
    assert stall < LONGEST_STALL_MS
    wizard.close()
    assert stored(program) == MANY
    close(program)


def search_during_import(people: journey.People, page: EmployeesPage) -> None:
    """The list answers from the data as they stand, and closing the window is put off."""
    assert people.find(page, "wahyu") == 0
    wizard = people.dialog(ImportWizard)
    assert wizard.is_applying()
    assert not people.window.close()
    assert "Impor sedang disimpan. Tunggu sampai selesai, atau batalkan dulu." in texts_of(wizard)


def test_a_folder_that_is_open_elsewhere_is_refused_in_plain_words(
    qapp: QApplication, theme: Theme, tmp_path: Path, qtbot: QtBot
) -> None:
    other = open_desk(tmp_path / "kantor")
    for program in at_work(qapp, tmp_path / "kantor"):
        dialog = journey.Clerk(qtbot, program).dialog(MessageDialog)
        assert "Data belum terbuka" in texts_of(program.window)
        assert "sedang dibuka" in dialog.text_label.text()
        assert not program.loaded
        dialog.accept()
    other.close()


@pytest.mark.slow
def test_the_main_job_from_an_empty_office_to_a_scanned_slip(program: Program, qtbot: QtBot) -> None:
    hands = (qtbot, program)
    journey.FirstStart(*hands).fill_in(OFFICE)
    home = journey.Clerk(*hands).page(HomePage)
    qtbot.waitUntil(home.empty.isVisible)
    assert program.bridge.desk.actor == "Ratna Wulandari"

    wizard = journey.Wizard(*hands)
    wizard.press(home, "Impor pegawai")
    import_cancelled_in_the_middle(wizard)
    import_with_the_window_in_use(wizard)

    people = journey.People(*hands)
    assert people.search(NIP) == [NAME]
    assert {NAME, "Riwayat jabatan (1)", "Belum ada surat."} <= set(people.open_person())

    candidates = journey.Candidates(*hands)
    declare_and_resign(candidates)
    make_the_letter(candidates)

    journey.Settings(*hands).add_official(MAYOR)
    publish_and_scan(journey.Circulars(*hands), journey.Desk(*hands), journey.Home(*hands))
    import_again(wizard)
    close(program)


def import_cancelled_in_the_middle(wizard: journey.Wizard) -> None:
    wizard.drop([PEOPLE, UNITS])
    figures = wizard.make_plan()
    assert (figures["new"], figures["changed"], figures["refused"]) == (1100, 0, 0)
    wizard.apply_and_cancel()
    assert "Impor dibatalkan. Tidak ada data yang berubah." in texts_of(wizard.wizard)
    assert stored(wizard.program) == 0
    assert read(wizard.program, lambda session: employees.opd_choices(session)) == []


def import_with_the_window_in_use(wizard: journey.Wizard) -> None:
    """The whole import again from the files on, with the UI thread's longest pause measured."""
    wizard.close()
    page = wizard.go("Pegawai", EmployeesPage)
    wizard.press(page.header, "Impor pegawai")
    beat = journey.Heartbeat()
    beat.start()
    wizard.drop([PEOPLE, UNITS])
    wizard.make_plan()
    wizard.apply()
    stall = beat.stop()
    print(f"\nlongest pause of the window during the import: {stall:.0f} ms")
    assert stall < LONGEST_STALL_MS
    assert "1.100" in texts_of(wizard.wizard.done_step)
    wizard.close()
    assert stored(wizard.program) == 1100


def declare_and_resign(candidates: journey.Candidates) -> None:
    page = candidates.declare(CANDIDACY)
    file = page.detail.file
    assert (file.name, file.office_name, file.election_id) == (NAME, "Wakil Wali Kota Contoh", "pilkada-2024")
    candidates.record(RESIGNED)
    assert [event.code for event in page.detail.file.events] == ["SURAT_MUNDUR"]
    assert "Menerbitkan tanda terima surat pengunduran diri" in texts_of(page.detail)


def make_the_letter(candidates: journey.Candidates) -> None:
    assert candidates.issue_letter(RESIGNATION, "260824") >= 1
    letters = candidates.open_issued()
    detail = letters.issued.detail
    candidates.until(lambda: detail.letter is not None)
    assert (detail.letter.kind, detail.letter.person) == (RESIGNATION, NAME)
    assert candidates.pages(detail.paper) == 1
    assert detail.paper.pdf.startswith(b"%PDF-")


def publish_and_scan(circulars: journey.Circulars, desk: journey.Desk, home: journey.Home) -> None:
    circulars.publish(OPD, {"election_id": "pilkada-2024"})
    people = circulars.recipients()
    assert {row.opd for row in people} == {OPD}
    circulars.wait_for_progress(0, len(people))
    home.wait_for_card("signed", f"Tanda terima edaran: 0 / {len(people)}")

    first, second, *_others = people
    assert desk.scan(first.code) == ("Diterima", first.name)
    word, title = desk.scan(first.code)
    assert (word[:13], title) == ("Sudah dicatat", first.name)
    assert desk.scan(damaged(second.code)) == ("Diabaikan", "Kode tidak terbaca utuh")
    damaged_said = desk.said()
    assert desk.scan(new_code(Random(1))) == ("Diabaikan", "Kode tidak dikenal")
    assert damaged_said.endswith(".")
    assert desk.said() not in {"", damaged_said}

    circulars.wait_for_progress(1, len(people))
    home.wait_for_card("signed", f"Tanda terima edaran: 1 / {len(people)}")
    home.wait_for_card("files", "Pencalonan aktif: 1.")


def damaged(code: str) -> str:
    """Return the code with its last character misread."""
    return code[:-1] + ("A" if code[-1] != "A" else "B")


def import_again(wizard: journey.Wizard) -> None:
    page = wizard.go("Pegawai", EmployeesPage)
    wizard.press(page.header, "Impor pegawai")
    wizard.drop([PEOPLE, UNITS])
    figures = wizard.make_plan()
    assert (figures["new"], figures["changed"], figures["missing"], figures["units"]) == (0, 0, 0, 0)
    assert figures["same"] == 1100
    assert not wizard.wizard.next_button.isEnabled()
    wizard.close()


def close(program: Program) -> None:
    desk = program.bridge.desk
    assert desk.verify().findings == ()
    assert program.window is not None
    program.window.close()
    assert program.window is None
    assert program.crashes == 0

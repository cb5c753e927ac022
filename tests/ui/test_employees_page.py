"""Pegawai: the list that narrows while typing, the person beside it, the export, and the import from file to summary."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from asn_desk.desk import Desk
from asn_desk.employees import queries
from asn_desk.employees.queries import EmployeeFilter, Sort
from asn_desk.employees.reading.columns import Field
from asn_desk.employees.terms import EmployeeKind, EmploymentState
from asn_desk.paths import resource
from tests.core.dirty_workbook import write_dirty
from tests.core.employee_files import HEADERS, person, write_xlsx
from tests.factories import add_employee, add_unit
from tests.ui.conftest import Recorder, make_context, texts_of
from ui.employees.export_list import write_list
from ui.employees.import_mapping import FIELD_WORDS
from ui.employees.import_wizard import COLUMNS, DONE, FILES, REVIEW, ImportWizard
from ui.employees.jump import find
from ui.employees.page import EmployeesPage
from ui.shared.bridge import Bridge
from ui.shared.dialogs import BaseDialog, CommandDialog
from ui.shared.theme.theme import Theme

PEOPLE: tuple[dict[str, Any], ...] = (
    {"name": "ADE RAHMAWATI", "nip": "198001012005012001", "grade": "III/c", "post_name": "Analis Kepegawaian"},
    {
        "name": "BUDI SANTOSO",
        "nip": "198102022006011002",
        "grade": "IX",
        "post_name": "Perawat",
        "kind": EmployeeKind.PPPK,
    },
    {"name": "CITRA LESTARI", "nip": "197503032000032003", "grade": "IV/b", "post_name": "Kepala Dinas Kesehatan"},
    {
        "name": "DEWI ANGGRAINI",
        "nip": "198504042010012004",
        "grade": "II/d",
        "post_name": "Pengemudi",
        "state": EmploymentState.CHECK,
    },
)


@pytest.fixture
def bridge(desk: Desk) -> Iterator[Bridge]:
    made = Bridge(desk, inline=True)
    yield made
    made.close()


@pytest.fixture
def people(desk: Desk) -> list[int]:
    """Four people in two OPD; Dewi is to be checked."""

    def fill(session: Any) -> list[int]:
        health, staff = add_unit(session, "Dinas Kesehatan"), add_unit(session, "Badan Kepegawaian")
        places = (staff, health, health, staff)
        return [add_employee(session, unit=unit, **values).id for unit, values in zip(places, PEOPLE, strict=True)]

    return desk.write(fill).value


class Driver:
    """The page as a clerk uses it."""

    def __init__(self, qtbot: QtBot, bridge: Bridge, theme: Theme, recorder: Recorder, folder: Path) -> None:
        self.context = make_context(bridge, theme, recorder, folder)
        self.page = EmployeesPage(self.context)
        self.page.resize(1100, 700)
        qtbot.addWidget(self.page)
        bridge.changed.connect(lambda _topics: self.page.reload())
        self.page.reload()
        self.recorder = recorder

    def names(self) -> list[str]:
        rows = (self.page.model.row_at(place) for place in range(self.page.model.rowCount()))
        return [row.name if row is not None else "…" for row in rows]

    def search(self, text: str) -> None:
        self.page.search.setText(text)
        self.page.search.returnPressed.emit()

    def wizard(self) -> ImportWizard:
        self.page.open_target({"import": True})
        assert self.page.wizard is not None
        return self.page.wizard

    def dialog(self) -> CommandDialog:
        return next(one for one in reversed(self.page.findChildren(CommandDialog)))


@pytest.fixture
def driver(qtbot: QtBot, bridge: Bridge, theme: Theme, recorder: Recorder, tmp_path: Path) -> Driver:
    return Driver(qtbot, bridge, theme, recorder, tmp_path)


def count(desk: Desk) -> int:
    return len(desk.read(lambda session: queries.employee_ids(session, EmployeeFilter())))


def to_review(wizard: ImportWizard, *paths: Path) -> None:
    wizard.files.add(paths)
    wizard.next()
    wizard.next()


def figures(wizard: ImportWizard) -> dict[str, str]:
    return {key: card.accessibleName().split(": ")[1].split(".")[0] for key, card in wizard.review.cards.items()}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("budi", ["Budi Santoso"]),
        ("19750303 200003 2 003", ["Citra Lestari"]),
        ("pengemudi", ["Dewi Anggraini"]),
        ("zzzz", []),
    ],
)
def test_search_narrows_the_list_by_name_number_and_post(
    driver: Driver, people: list[int], text: str, found: list[str]
) -> None:
    driver.page.reload()
    driver.search(text)
    assert driver.names() == found
    assert driver.page.count.text() == f"{len(found)} pegawai"


def test_filter_chips_narrow_the_list(driver: Driver, people: list[int]) -> None:
    driver.page.reload()
    driver.page.kind.set_value(EmployeeKind.PPPK)
    driver.page.kind.chosen.emit(EmployeeKind.PPPK)
    assert driver.names() == ["Budi Santoso"]
    driver.page.kind.set_value(None)
    driver.page.state.set_value(EmploymentState.CHECK)
    driver.page.state.chosen.emit(EmploymentState.CHECK)
    assert driver.names() == ["Dewi Anggraini"]


def test_a_header_click_sorts_in_the_source(driver: Driver, people: list[int]) -> None:
    driver.page.reload()
    driver.page.table.sort_requested.emit(Sort.GRADE, False)
    assert driver.names()[:2] == ["Citra Lestari", "Ade Rahmawati"]
    assert driver.page.model.source.filter.sort is Sort.GRADE  # type: ignore[union-attr]
    driver.page.table.sort_requested.emit(Sort.NAME, True)
    assert driver.names()[0] == "Ade Rahmawati"


def test_an_empty_office_offers_the_import(driver: Driver) -> None:
    assert "Belum ada pegawai" in texts_of(driver.page.table)
    button = next(one for one in driver.page.table.findChildren(QPushButton) if one.text() == "Impor pegawai")
    button.click()
    assert driver.page.wizard is not None
    driver.page.wizard.reject()
    assert driver.page.wizard is None


def test_no_match_offers_to_clear_the_filters(driver: Driver, people: list[int]) -> None:
    driver.search("zzzz")
    button = next(one for one in driver.page.table.findChildren(QPushButton) if one.text() == "Hapus saringan")
    button.click()
    assert len(driver.names()) == 4


def test_the_detail_shows_post_grade_and_history(driver: Driver, people: list[int]) -> None:
    driver.page.reload()
    driver.page.open_target(people[2])
    shown = texts_of(driver.page.detail)
    assert {"Citra Lestari", "NIP 19750303 200003 2 003", "Kepala Dinas Kesehatan"} <= set(shown)
    assert "IV/b, Pembina Tingkat I" in shown
    assert any(text.startswith("1 Jan 2019 sampai sekarang") for text in shown)


def test_opening_a_person_hidden_by_a_filter_clears_it(driver: Driver, people: list[int]) -> None:
    driver.search("budi")
    driver.page.open_target(people[0])
    assert driver.page.table.current_id() == people[0]
    assert driver.page.search.text() == ""


def test_letter_and_declaration_begin_with_the_person(driver: Driver, people: list[int]) -> None:
    driver.page.reload()
    driver.page.open_target(people[0])
    driver.page.detail.letter_button.click()
    driver.page.detail.declare()
    assert driver.recorder.navigated == [
        ("letters", {"new": None, "employee_id": people[0]}),
        ("candidacy", {"new": True, "employee_id": people[0]}),
    ]


def test_the_number_is_copied_as_digits(driver: Driver, people: list[int]) -> None:
    driver.page.reload()
    driver.page.open_target(people[0])
    driver.page.detail.copy_button.click()
    assert QGuiApplication.clipboard().text() == "198001012005012001"


def test_whoever_is_to_be_checked_can_be_marked_active_and_back(driver: Driver, people: list[int], desk: Desk) -> None:
    driver.page.reload()
    driver.page.open_target(people[3])
    link = next(one for one in driver.page.detail.findChildren(QPushButton) if one.text() == "Tandai aktif")
    link.click()
    state = desk.read(lambda session: queries.employee_detail(session, people[3]).state)
    assert state is EmploymentState.ACTIVE
    assert callable(driver.recorder.undo)
    driver.recorder.undo()
    assert desk.read(lambda session: queries.employee_detail(session, people[3]).state) is EmploymentState.CHECK


def test_a_person_is_corrected_and_the_old_post_kept(driver: Driver, people: list[int], desk: Desk) -> None:
    driver.page.reload()
    driver.page.open_target(people[0])
    driver.page.detail.edit_button.click()
    dialog = driver.dialog()
    dialog.form.put("post_name", "Kepala Bidang Mutasi")
    dialog.confirm_button.click()
    detail = desk.read(lambda session: queries.employee_detail(session, people[0]))
    assert detail.post == "Kepala Bidang Mutasi"
    assert [one.post for one in detail.postings] == ["Kepala Bidang Mutasi", "Analis Kepegawaian"]
    assert "Kepala Bidang Mutasi" in texts_of(driver.page.detail)


def test_a_wrong_number_marks_its_field_and_keeps_what_was_typed(driver: Driver, people: list[int], desk: Desk) -> None:
    driver.page.reload()
    driver.page.add_button.click()
    dialog = driver.dialog()
    dialog.form.put("name", "Eka Putra")
    dialog.form.put("nip", "123")
    dialog.confirm_button.click()
    field = dialog.form.field("nip")
    assert isinstance(field, QLineEdit)
    assert (field.text(), field.property("wrong")) == ("123", "true")
    assert count(desk) == 4
    dialog.form.mark_clean()
    dialog.reject()


def test_a_person_added_by_hand_is_shown(driver: Driver, people: list[int]) -> None:
    driver.page.reload()
    driver.page.add_button.click()
    dialog = driver.dialog()
    for key, value in {
        "name": "Eka Putri",
        "nip": "199001012015032001",
        "grade": "III/a",
        "post_name": "Bidan",
    }.items():
        dialog.form.put(key, value)
    dialog.confirm_button.click()
    assert driver.page.detail.name.text() == "Eka Putri"


def test_the_export_is_what_is_shown(driver: Driver, people: list[int], tmp_path: Path) -> None:
    driver.page.reload()
    header = driver.page.table.horizontalHeader()
    header.setSectionHidden(3, True)
    header.moveSection(header.visualIndex(4), 0)
    driver.page.table.sort_requested.emit(Sort.NIP, False)
    driver.search("kes")
    keys = [column.key for column in driver.page.table.visible_columns()]
    write_list(driver.page, driver.context, driver.page.filter, keys, "mengandung “kes”", tmp_path / "daftar.xlsx")
    sheet = CalamineWorkbook.from_path(str(tmp_path / "daftar.xlsx")).get_sheet_by_index(0).to_python()
    assert sheet[3] == ["Golongan", "Nama", "NIP / NI PPPK / Nomor", "Jabatan", "Unit kerja", "OPD", "Status"]
    assert [row[2] for row in sheet[4:]] == ["197503032000032003"]
    close_dialogs(driver)


def test_a_name_that_begins_with_an_equals_sign_stays_text(driver: Driver, desk: Desk, tmp_path: Path) -> None:
    desk.write(lambda session: add_employee(session, name="=1+1").id)
    driver.page.reload()
    write_list(driver.page, driver.context, driver.page.filter, ["name"], "", tmp_path / "daftar.xlsx")
    sheet = CalamineWorkbook.from_path(str(tmp_path / "daftar.xlsx")).get_sheet_by_index(0).to_python()
    assert sheet[4] == ["=1+1", "198001012005011001"]
    close_dialogs(driver)


def close_dialogs(driver: Driver) -> None:
    for dialog in driver.page.findChildren(BaseDialog):
        dialog.done(0)


def test_jumping_finds_people(desk: Desk, people: list[int]) -> None:
    items = desk.read(lambda session: find(session, "citra"))
    assert [(item.title, item.page, item.target) for item in items] == [("Citra Lestari", "employees", people[2])]


@pytest.mark.slow
def test_the_sample_workbook_is_imported_and_the_same_file_again_changes_nothing(driver: Driver, desk: Desk) -> None:
    sample, units = resource("sample", "pegawai-kota-contoh.xlsx"), resource("sample", "hierarki-unor.xlsx")
    wizard = driver.wizard()
    to_review(wizard, sample, units)
    assert figures(wizard) | {"warnings": ""} == {
        "new": "1", "changed": "0", "same": "0", "missing": "0", "refused": "0", "warnings": "", "units": "124",
    }  # fmt: skip
    wizard.next()
    assert wizard.step() == DONE
    assert {"Impor selesai", "1.100"} <= set(texts_of(wizard.done_step))
    assert (count(desk), driver.page.count.text()) == (1100, "1.100 pegawai")
    wizard.next()
    again = driver.wizard()
    to_review(again, sample, units)
    assert not again.review.nothing.isHidden()
    assert not again.next_button.isEnabled()
    again.reject()


def test_refused_rows_are_listed_and_saved_for_correction(driver: Driver, desk: Desk, tmp_path: Path) -> None:
    dirt = write_dirty(tmp_path / "kotor.xlsx")
    wizard = driver.wizard()
    to_review(wizard, dirt.path)
    assert (figures(wizard)["new"], figures(wizard)["refused"]) == ("124", "81")
    model = wizard.review.tables["refused"].model()
    assert (model.index(0, 0).data(), "Excel membulatkan" in wizard.review.note.text()) == ("PNS!B126", True)
    wizard.write_refused(tmp_path / "ditolak.xlsx")
    sheet = CalamineWorkbook.from_path(str(tmp_path / "ditolak.xlsx")).get_sheet_by_index(0).to_python()
    assert len(sheet) == 82
    for dialog in wizard.findChildren(BaseDialog):
        dialog.done(0)
    wizard.apply()
    assert count(desk) == 124
    assert "Baris yang ditolak belum diimpor. Simpan daftarnya, betulkan, lalu impor berkas itu." in texts_of(wizard)
    wizard.accept()


def test_changes_show_old_and_new_and_a_full_file_marks_the_missing(driver: Driver, desk: Desk, tmp_path: Path) -> None:
    first = write_xlsx(tmp_path / "a.xlsx", [person(1), person(2), person(3)])
    wizard = driver.wizard()
    to_review(wizard, first)
    wizard.apply()
    wizard.accept()
    second = write_xlsx(tmp_path / "b.xlsx", [person(1, GOL_AKHIR_NAMA="III/d"), person(2)])
    wizard = driver.wizard()
    to_review(wizard, second)
    assert (figures(wizard)["changed"], figures(wizard)["missing"]) == ("1", "0")
    assert wizard.review.note.text() == "Golongan: III/c → III/d"
    wizard.review.full_box.setChecked(True)
    assert figures(wizard)["missing"] == "1"
    wizard.apply()
    gone = desk.read(lambda session: queries.employee_ids(session, EmployeeFilter(state=EmploymentState.CHECK)))
    assert len(gone) == 1
    wizard.accept()


def test_a_column_shown_by_the_clerk_is_read(driver: Driver, tmp_path: Path) -> None:
    headers = ["SEBUTAN KERJA" if header == "JABATAN NAMA" else header for header in HEADERS]
    row = person(1) | {"SEBUTAN KERJA": "Bidan Ahli Muda"}
    wizard = driver.wizard()
    wizard.files.add([write_xlsx(tmp_path / "a.xlsx", [row], headers=headers)])
    wizard.next()
    wizard.next()
    assert wizard.step() == COLUMNS
    assert any("tidak memuat kolom JABATAN NAMA" in text for text in texts_of(wizard))
    wizard.mapping.choose(Field.POST_NAME, headers.index("SEBUTAN KERJA"))
    wizard.next()
    assert wizard.step() == REVIEW
    assert wizard.review.tables["new"].model().index(0, 1).data() == "Bidan Ahli Muda"
    wizard.reject()


def test_private_columns_are_not_offered(driver: Driver, tmp_path: Path) -> None:
    wizard = driver.wizard()
    wizard.files.add([write_xlsx(tmp_path / "a.xlsx", [person(1)])])
    wizard.next()
    box = wizard.mapping._boxes[Field.NAME]
    offered = [box.itemText(place) for place in range(box.count())]
    assert "C · NAMA" in offered
    assert not any("NIK" in text for text in offered)
    wizard.reject()


def test_a_file_that_is_no_workbook_is_refused_plainly_and_can_be_taken_away(driver: Driver, tmp_path: Path) -> None:
    (tmp_path / "surat.xlsx").write_bytes(b"%PDF-1.4 bukan buku kerja")
    wizard = driver.wizard()
    wizard.files.add([tmp_path / "surat.xlsx"])
    assert any("surat.xlsx" in text and text.endswith(".") for text in texts_of(wizard.files))
    assert not wizard.next_button.isEnabled()
    wizard.next()
    assert wizard.step() == FILES
    taken = next(one for one in wizard.files.findChildren(QPushButton) if one.accessibleName().startswith("Hapus"))
    taken.click()
    assert wizard.files.files == []
    wizard.reject()


def test_files_dropped_onto_the_dialog_are_read(driver: Driver, tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [person(1), person(2)])
    wizard = driver.wizard()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    wizard.dropEvent(
        QDropEvent(
            QPointF(10, 10), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )
    assert "2 baris pegawai" in texts_of(wizard.files)
    assert wizard.next_button.isEnabled()
    wizard.reject()


def test_a_hierarchy_alone_needs_no_columns(driver: Driver, desk: Desk) -> None:
    wizard = driver.wizard()
    to_review(wizard, resource("sample", "hierarki-unor.xlsx"))
    assert figures(wizard)["units"] == "124"
    wizard.apply()
    assert wizard.step() == DONE
    wizard.accept()


def test_a_plan_overtaken_by_another_change_is_not_stored(driver: Driver, desk: Desk, tmp_path: Path) -> None:
    wizard = driver.wizard()
    to_review(wizard, write_xlsx(tmp_path / "a.xlsx", [person(1)]))
    desk.write(lambda session: add_employee(session, nip=person(1)["NIP BARU"]).id)
    wizard.apply()
    assert wizard.step() == REVIEW
    assert any("berubah sejak pratinjau dibuat" in text for text in texts_of(wizard))
    assert count(desk) == 1
    wizard.reject()


def test_cancel_while_storing_changes_nothing(
    qtbot: QtBot, desk: Desk, theme: Theme, recorder: Recorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The storing is held in the middle until the clerk has pressed Batal, as a slow disk would."""
    bridge = Bridge(desk)
    driver = Driver(qtbot, bridge, theme, recorder, tmp_path)
    path = write_xlsx(tmp_path / "a.xlsx", [person(number) for number in range(1, 1201)])
    wizard = driver.wizard()
    wizard.files.add([path])
    qtbot.waitUntil(lambda: wizard.next_button.isEnabled(), timeout=20_000)
    wizard.next()
    wizard.next()
    qtbot.waitUntil(lambda: wizard.review.lists is not None, timeout=20_000)
    reached, go_on = hold_the_storing(monkeypatch)
    wizard.next()
    qtbot.waitUntil(reached.is_set, timeout=20_000)
    assert wizard.is_applying()
    assert not driver.page.may_leave()
    wizard.reject()
    go_on.set()
    qtbot.waitUntil(lambda: wizard.step() == REVIEW, timeout=20_000)
    assert "Impor dibatalkan. Tidak ada data yang berubah." in texts_of(wizard)
    assert count(desk) == 0
    wizard.reject()
    bridge.close()


def hold_the_storing(monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, threading.Event]:
    from asn_desk.employees.imports.storing import Store

    reached, go_on = threading.Event(), threading.Event()
    add: Callable[..., list[int]] = Store.add

    def held(self: Any, people: Any) -> list[int]:
        ids = add(self, people)
        reached.set()
        go_on.wait(20)
        return ids

    monkeypatch.setattr(Store, "add", held)
    return reached, go_on


def test_every_column_has_a_name_for_the_clerk() -> None:
    assert set(FIELD_WORDS) == set(Field)

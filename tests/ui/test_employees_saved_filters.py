"""Saringan tersimpan on the page Pegawai: saved, picked again, renamed, deleted, by keyboard as well."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from asn_desk.desk import Desk
from asn_desk.employees import saved_filters
from asn_desk.employees.queries import EmployeeFilter, Sort
from asn_desk.employees.terms import EmployeeKind, EmploymentState
from asn_desk.office.model import Unit
from tests.factories import add_employee, add_unit
from tests.ui.conftest import Recorder, make_context
from ui.employees.page import EmployeesPage
from ui.employees.saved_filters_dialog import SavedFiltersDialog
from ui.shared.bridge import Bridge
from ui.shared.dialogs import BaseDialog, CommandDialog, MessageDialog
from ui.shared.theme.theme import Theme

PEOPLE: tuple[dict[str, Any], ...] = (
    {"name": "ADE RAHMAWATI", "nip": "198001012005012001", "grade": "III/c"},
    {"name": "BUDI SANTOSO", "nip": "198102022006011002", "grade": "IX", "kind": EmployeeKind.PPPK},
    {"name": "CITRA LESTARI", "nip": "197503032000032003", "grade": "IV/b", "state": EmploymentState.CHECK},
)


@pytest.fixture
def bridge(desk: Desk) -> Iterator[Bridge]:
    made = Bridge(desk, inline=True)
    yield made
    made.close()


@pytest.fixture
def opd(desk: Desk) -> int:
    """Three people, all but the last in one OPD."""

    def fill(session: Any) -> int:
        unit = add_unit(session, "Dinas Kesehatan")
        for place, values in zip((unit, unit, None), PEOPLE, strict=True):
            add_employee(session, unit=place, **values)
        return unit.id

    return desk.write(fill).value


class Driver:
    """The page and its button Saringan tersimpan."""

    def __init__(self, qtbot: QtBot, bridge: Bridge, theme: Theme, recorder: Recorder, folder: Path) -> None:
        self.page = EmployeesPage(make_context(bridge, theme, recorder, folder))
        self.page.resize(1100, 700)
        qtbot.addWidget(self.page)
        bridge.changed.connect(lambda _topics: self.page.reload())
        self.page.reload()
        self.saved = self.page.saved

    def names(self) -> list[str]:
        rows = (self.page.model.row_at(place) for place in range(self.page.model.rowCount()))
        return [row.name.split()[0] if row is not None else "…" for row in rows]

    def menu(self) -> dict[str, Any]:
        self.saved.menu_of_names.aboutToShow.emit()
        return {action.text().replace("&", ""): action for action in self.saved.menu_of_names.actions()}

    def pick(self, text: str) -> None:
        self.menu()[text].trigger()

    def save(self, name: str) -> CommandDialog:
        self.pick("Simpan saringan ini…")
        return self.answer(name)

    def answer(self, name: str) -> CommandDialog:
        dialog: CommandDialog = self.dialogs(CommandDialog)[-1]
        field = dialog.form.field("name")
        assert isinstance(field, QLineEdit)
        field.setText(name)
        dialog.confirm_button.click()
        return dialog

    def dialogs(self, kind: type[Any]) -> list[Any]:
        return [one for one in self.page.findChildren(BaseDialog) if type(one) is kind]

    def manage(self) -> SavedFiltersDialog:
        self.pick("Kelola saringan…")
        dialog = self.dialogs(SavedFiltersDialog)[-1]
        assert isinstance(dialog, SavedFiltersDialog)
        return dialog

    def choose(self, **values: Any) -> None:
        for name, value in values.items():
            chip = getattr(self.page, name)
            chip.set_value(value)
            chip.chosen.emit(value)


@pytest.fixture
def driver(qtbot: QtBot, bridge: Bridge, theme: Theme, recorder: Recorder, tmp_path: Path, opd: int) -> Driver:
    return Driver(qtbot, bridge, theme, recorder, tmp_path)


def test_a_combination_is_saved_and_picked_again(driver: Driver, opd: int) -> None:
    driver.page.search.setText("budi")
    driver.choose(opd=opd, kind=EmployeeKind.PPPK, grade="IX")
    assert driver.names() == ["Budi"]
    driver.save("  Kontrak ")
    assert driver.saved.text() == "Kontrak"
    driver.page._clear_filters()
    assert (driver.names(), driver.saved.text()) == (["Ade", "Budi", "Citra"], "&Saringan tersimpan")
    driver.pick("Kontrak")
    assert (driver.names(), driver.page.search.text(), driver.page.grade.text()) == (["Budi"], "budi", "Golongan: IX")
    assert driver.menu()["Kontrak"].isChecked()
    driver.choose(grade=None)
    assert driver.saved.in_use is None, "a changed combination is not the saved one"
    driver.page._on_sort(Sort.NIP, ascending=False)
    driver.pick("Kontrak")
    assert driver.page.filter.descending, "the order of the list stays"


def test_an_empty_list_of_filters_says_so_and_nothing_can_be_saved_unfiltered(driver: Driver) -> None:
    assert not driver.menu()["Belum ada saringan tersimpan"].isEnabled()
    assert not driver.menu()["Simpan saringan ini…"].isEnabled()
    assert not driver.menu()["Kelola saringan…"].isEnabled()


def test_a_taken_name_is_refused_beside_the_field_and_keeps_what_was_typed(driver: Driver) -> None:
    driver.choose(kind=EmployeeKind.PNS)
    driver.save("Semua PNS")
    dialog = driver.save("semua pns")
    assert dialog.form.values()["name"] == "semua pns"
    assert dialog.isVisible()
    assert any(
        "Sudah ada saringan bernama “Semua PNS”" in one.text() for one in dialog.findChildren(type(driver.page.count))
    )
    dialog.form.mark_clean()
    dialog.reject()


def test_a_loaded_filter_is_brought_up_to_date(driver: Driver, desk: Desk) -> None:
    driver.choose(kind=EmployeeKind.PNS)
    driver.save("PNS & lain")
    assert not driver.menu()["Perbarui “PNS  lain”"].isEnabled()
    driver.choose(state=EmploymentState.CHECK)
    driver.pick("Perbarui “PNS  lain”")
    assert driver.saved.in_use is not None
    wanted = desk.read(lambda session: saved_filters.load_filter(session, 1)).filter
    assert wanted == EmployeeFilter(kind=EmployeeKind.PNS, state=EmploymentState.CHECK)


def test_an_opd_that_was_closed_is_said_above_the_list(driver: Driver, desk: Desk, opd: int) -> None:
    driver.choose(opd=opd, kind=EmployeeKind.PPPK)
    driver.save("Dinas")
    driver.page._clear_filters()
    assert driver.saved.banner_row.isHidden()
    desk.write(lambda session: setattr(session.get_one(Unit, opd), "active", False))
    driver.pick("Dinas")
    assert not driver.saved.banner_row.isHidden()
    said = "Saringan “Dinas”: OPD “Dinas Kesehatan” sudah ditutup. Bagian ini tidak dipakai."
    assert driver.saved.banner.text_label.text() == said
    assert (driver.page.opd.value(), driver.page.kind.value()) == (None, EmployeeKind.PPPK)
    driver.saved.banner.findChildren(QPushButton)[0].click()
    assert driver.saved.banner_row.isHidden(), "what remains was saved"
    driver.choose(kind=None)
    assert driver.saved.banner_row.isHidden()


def test_a_grade_that_nobody_has_any_more_still_filters_and_shows(driver: Driver, desk: Desk) -> None:
    desk.write(lambda session: saved_filters.save_filter(session, "Lama", EmployeeFilter(grade="IV/e")))
    driver.page.reload()
    driver.pick("Lama")
    assert (driver.names(), driver.page.grade.text()) == ([], "Golongan: IV/e")
    desk.write(lambda session: saved_filters.save_filter(session, "Luar", EmployeeFilter(without_opd=True)))
    driver.page.reload()
    driver.pick("Luar")
    assert (driver.names(), driver.page.opd.text()) == (["Citra"], "OPD: tanpa OPD")


def test_a_chosen_opd_that_disappears_does_not_leave_the_list_filtered_unseen(driver: Driver, desk: Desk) -> None:
    unit = desk.write(lambda session: add_unit(session, "Dinas Semu").id).value
    driver.page.reload()
    driver.choose(opd=unit)
    assert driver.names() == []
    desk.write(lambda session: session.delete(session.get_one(Unit, unit)))
    driver.page.reload()
    assert (driver.page.opd.text(), len(driver.names())) == ("OPD: semua", 3)


def test_filters_are_renamed_and_deleted_in_their_list(driver: Driver) -> None:
    driver.choose(kind=EmployeeKind.PNS)
    driver.save("Satu")
    driver.choose(kind=EmployeeKind.PPPK)
    driver.save("Dua")
    dialog = driver.manage()
    assert [row.name for row in dialog.model.rows] == ["Dua", "Satu"]
    dialog.rename_button.click()
    driver.answer("Tiga")
    assert [row.name for row in dialog.model.rows] == ["Satu", "Tiga"]
    dialog.table.select_id(dialog.model.rows[0].id)
    dialog.delete_button.click()
    driver.dialogs(MessageDialog)[-1].accept()
    assert [row.name for row in dialog.model.rows] == ["Tiga"]
    dialog.use_button.click()
    assert (driver.names(), driver.saved.text()) == (["Budi"], "Tiga")


def test_a_filter_deleted_in_another_window_is_said_to_be_gone(driver: Driver, desk: Desk, bridge: Bridge) -> None:
    driver.choose(kind=EmployeeKind.PNS)
    driver.save("Satu")
    said: list[Any] = []
    bridge.refused.connect(said.append)
    action = driver.menu()["Satu"]
    desk.write(lambda session: saved_filters.delete_filter(session, 1, 1))
    action.trigger()
    assert [error.code for error in said] == ["filter_missing"]
    assert "Satu" not in driver.menu()


def test_the_button_is_reached_and_opened_by_keyboard(driver: Driver, qtbot: QtBot) -> None:
    assert driver.saved.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert driver.saved.shortcut().toString() == "Alt+S"
    assert driver.saved.accessibleName() == "Saringan tersimpan"
    driver.page.show()
    driver.saved.setFocus()
    QTimer.singleShot(0, driver.saved.menu_of_names.close)
    with qtbot.waitSignal(driver.saved.menu_of_names.aboutToShow):
        QTest.keyClick(driver.saved, Qt.Key.Key_Space)

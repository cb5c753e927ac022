"""Impor pegawai: cells corrected in the preview, columns remembered, personal data switched on, lists of posts shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from asn_desk.desk import Desk
from asn_desk.employees import queries
from asn_desk.employees.imports import options
from asn_desk.employees.imports.post_references import load_posts
from asn_desk.employees.queries import EmployeeFilter
from asn_desk.employees.reading.columns import Field
from asn_desk.employees.reading.private_fields import PrivateField
from asn_desk.office.units import unit_tree
from tests.core.employee_files import HEADERS, nip, person, write_xlsx
from tests.ui.conftest import Recorder, make_context, texts_of
from ui.employees.import_wizard import DONE, REVIEW, ImportWizard
from ui.employees.page import EmployeesPage
from ui.shared.bridge import Bridge
from ui.shared.dialogs import CommandDialog
from ui.shared.theme.theme import Theme


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, theme: Theme, recorder: Recorder, tmp_path: Path) -> Iterator[EmployeesPage]:
    bridge = Bridge(desk, inline=True)
    made = EmployeesPage(make_context(bridge, theme, recorder, tmp_path))
    qtbot.addWidget(made)
    made.reload()
    yield made
    if made.wizard is not None:
        made.wizard.reject()
    bridge.close()


def opened(page: EmployeesPage, *paths: Path) -> ImportWizard:
    """The wizard with files chosen, in the step of the columns."""
    page.open_target({"import": True})
    assert page.wizard is not None
    page.wizard.files.add(paths)
    page.wizard.next()
    return page.wizard


def reviewed(page: EmployeesPage, *paths: Path) -> ImportWizard:
    wizard = opened(page, *paths)
    wizard.next()
    assert wizard.step() == REVIEW
    return wizard


def refused(wizard: ImportWizard) -> list[str]:
    assert wizard.review.lists is not None
    return [row.place for row in wizard.review.lists.lists["refused"]]


def fix(wizard: ImportWizard, text: str) -> None:
    wizard.review.fix.field.setText(text)
    wizard.review.fix.fix_button.click()


def dirty(folder: Path) -> Path:
    return write_xlsx(folder / "a.xlsx", [person(1, NIP_BARU=float(nip(1))), person(2, NAMA=""), person(3)])


def test_a_refused_cell_is_corrected_in_place_and_checked_again(
    page: EmployeesPage, desk: Desk, tmp_path: Path
) -> None:
    wizard = reviewed(page, dirty(tmp_path))
    assert refused(wizard) == ["Sheet1!B2", "Sheet1!C3"]
    fix(wizard, "123")
    assert refused(wizard) == ["Sheet1!B2", "Sheet1!C3"], "a wrong number is refused like any other"
    fix(wizard, nip(1))
    assert refused(wizard) == ["Sheet1!C3"]
    assert "1 sel dibetulkan di pratinjau; berkas aslinya tidak diubah." in texts_of(wizard.review)
    fix(wizard, "Mawar Contoh")
    assert refused(wizard) == []
    wizard.apply()
    assert wizard.step() == DONE
    assert len(desk.read(lambda session: queries.employee_ids(session, EmployeeFilter()))) == 3


def test_corrections_can_be_taken_back(page: EmployeesPage, tmp_path: Path) -> None:
    wizard = reviewed(page, dirty(tmp_path))
    fix(wizard, nip(1))
    wizard.review.fix.back_button.click()
    assert refused(wizard) == ["Sheet1!B2", "Sheet1!C3"]
    assert not wizard.review.fix.back_button.isVisibleTo(wizard.review)


def test_enter_corrects_the_cell_and_does_not_store_the_import(page: EmployeesPage, desk: Desk, tmp_path: Path) -> None:
    wizard = reviewed(page, dirty(tmp_path))
    wizard.review.fix.field.setText(nip(1))
    QTest.keyClick(wizard.review.fix.field, Qt.Key.Key_Return)
    assert (wizard.step(), refused(wizard)) == (REVIEW, ["Sheet1!C3"])
    assert desk.read(lambda session: queries.employee_ids(session, EmployeeFilter())) == []


def test_rows_of_units_and_posts_are_corrected_in_place_too(page: EmployeesPage, desk: Desk, tmp_path: Path) -> None:
    tree = [{"ID": "U-1", "NAMA UNOR": "Dinas Contoh"}, {"ID": "", "NAMA UNOR": "Bidang Satu", "ID ATASAN": "U-1"}]
    units = write_xlsx(tmp_path / "unor.xlsx", tree, headers=("ID", "NAMA UNOR", "ID ATASAN"))
    levels = [{"NAMA": "Pamong", "JENJANG": "AHLI MADYA", "BUP": "enam puluh"}]
    posts = write_xlsx(tmp_path / "jabatan.xlsx", levels, headers=("NAMA", "JENJANG", "BUP"), sheet="Jabatan")
    wizard = reviewed(page, units, posts, write_xlsx(tmp_path / "a.xlsx", [person(1)]))
    assert refused(wizard) == ["Sheet1!A3", "Jabatan!C2"]
    assert wizard.review.fix.caption.text() == "Isi baru Sheet1!A3"
    fix(wizard, "U-1")
    assert refused(wizard) == ["Sheet1!A3", "Jabatan!C2"], "checked like any other cell"
    fix(wizard, "U-2")
    assert refused(wizard) == ["Jabatan!C2"]
    fix(wizard, "60")
    assert refused(wizard) == []
    wizard.apply()
    assert wizard.step() == DONE
    assert sorted(node.name for node in desk.read(unit_tree)) == ["Bidang Satu", "Dinas Contoh"]
    assert [post.retirement_age for post in desk.read(load_posts)] == [60]


def test_only_refused_cells_offer_a_correction(page: EmployeesPage, tmp_path: Path) -> None:
    wizard = reviewed(page, dirty(tmp_path))
    assert not wizard.review.fix.isHidden()
    assert not wizard.review.fix.fix_button.isEnabled(), "nothing was typed yet"
    wizard.review.show_list("new")
    assert wizard.review.fix.isHidden()


def test_files_of_the_same_name_are_not_corrected_in_place(page: EmployeesPage, tmp_path: Path) -> None:
    (tmp_path / "lain").mkdir()
    other = write_xlsx(tmp_path / "lain" / "a.xlsx", [person(9)])
    wizard = reviewed(page, dirty(tmp_path), other)
    fix(wizard, nip(1))
    assert refused(wizard) == ["Sheet1!B2", "Sheet1!C3"]
    assert any("bernama sama" in text for text in texts_of(wizard))


def test_columns_chosen_once_are_remembered_for_the_next_file(page: EmployeesPage, tmp_path: Path) -> None:
    headers = [*(name for name in HEADERS if name != "JABATAN NAMA"), "SEBUTAN KERJA"]
    for number, name in enumerate(("september.xlsx", "oktober.xlsx"), 1):
        row = person(number) | {"SEBUTAN KERJA": "Bidan Ahli Muda"}
        wizard = opened(page, write_xlsx(tmp_path / name, [row], headers=headers))
        if number == 1:
            wizard.mapping.choose(Field.POST_NAME, headers.index("SEBUTAN KERJA"))
        wizard.next()
        assert wizard.step() == REVIEW
        assert wizard.review.tables["new"].model().index(0, 1).data() == "Bidan Ahli Muda"
        wizard.apply()
        wizard.accept()


def test_personal_data_is_taken_over_once_it_is_switched_on(page: EmployeesPage, desk: Desk, tmp_path: Path) -> None:
    page.open_target({"import": True})
    wizard = page.wizard
    assert wizard is not None
    wizard.files.add([write_xlsx(tmp_path / "a.xlsx", [person(1)])])
    assert any("tidak diambil dari berkas" in text for text in texts_of(wizard.files))
    wizard.files.private.change_button.click()
    (dialog,) = wizard.findChildren(CommandDialog)
    dialog.form.put("NIK", value=True)
    dialog.confirm_button.click()
    assert desk.read(options.switched_on) == (PrivateField.NIK,)
    assert "Data pribadi yang ikut diambil: NIK." in texts_of(wizard.files)
    wizard.next()
    wizard.next()
    wizard.apply()
    stored: Any = desk.read(lambda session: options.private_data(session, 1))
    assert stored == {PrivateField.NIK: "9911014101800001"}


def test_a_list_of_posts_shows_what_it_will_do(page: EmployeesPage, tmp_path: Path) -> None:
    headers = ("Nama", "JENJANG", "BUP")
    rows = [dict(zip(headers, row, strict=True)) for row in (("Pamong", "AHLI MADYA", 60.0), ("Arsiparis", "", 58.0))]
    wizard = reviewed(page, write_xlsx(tmp_path / "jabatan.xlsx", rows, headers=headers))
    assert "Daftar 2 jabatan" in texts_of(wizard.files)
    assert wizard.review.note.text() == "Pamong: (belum ada) → Ahli madya, BUP 60 tahun"
    wizard.apply()
    assert "Jabatan dalam daftar jabatan" in texts_of(wizard.done_step)

"""Pegawai: what was searched for is marked, whole groups of grades are filtered, retirement is explained, an import is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from asn_desk.desk import Desk
from asn_desk.employees import importing, queries, workbook
from asn_desk.employees.queries import EmployeeFilter
from tests.core.employee_files import person, write_xlsx
from tests.factories import add_employee
from tests.ui.conftest import texts_of
from ui.employees.import_list import ImportListDialog
from ui.employees.listing import COLUMNS
from ui.employees.page import EmployeesPage
from ui.shared.bridge import Bridge
from ui.shared.dialogs import BaseDialog
from ui.shared.page import PageContext


@pytest.fixture
def bridge(desk: Desk) -> Iterator[Bridge]:
    made = Bridge(desk, inline=True)
    yield made
    made.close()


def opened(qtbot: QtBot, context: PageContext) -> EmployeesPage:
    page = EmployeesPage(context)
    page.resize(1100, 700)
    qtbot.addWidget(page)
    page.reload()
    return page


def count(desk: Desk) -> int:
    return len(desk.read(lambda session: queries.employee_ids(session, EmployeeFilter())))


def test_the_words_searched_for_are_marked_in_the_row(desk: Desk, context: PageContext, qtbot: QtBot) -> None:
    desk.write(lambda s: add_employee(s, name="ADE RAHMAWATI", post_name="Analis").id)
    page = opened(qtbot, context)
    page.search.setText("rahma analis")
    page.search.returnPressed.emit()
    row = page.model.row_at(0)
    assert row is not None
    marks = {column.key: column.marks(row, column.text(row)) for column in COLUMNS if column.marks and column.text}
    assert marks == {"name": ((4, 9),), "post": ((0, 6),), "opd": ()}
    page.table.grab()


def test_a_whole_group_of_grades_can_be_chosen(desk: Desk, context: PageContext, qtbot: QtBot) -> None:
    def fill(session: Any) -> None:
        for number, grade in enumerate(("III/a", "III/d", "IV/a", "IX"), 1):
            add_employee(session, nip=f"19800101200501100{number}", grade=grade)

    desk.write(fill)
    page = opened(qtbot, context)
    page.grade.set_value("kelompok III")
    page.grade.chosen.emit("kelompok III")
    assert page.model.rowCount() == 2
    assert page.filter.group == "III"


def test_the_detail_explains_retirement_and_names_what_is_missing(
    desk: Desk, context: PageContext, qtbot: QtBot
) -> None:
    desk.write(lambda s: add_employee(s, birth_date=date(1980, 1, 1)).id)
    page = opened(qtbot, context)
    said = " ".join(texts_of(page.detail))
    assert "BUP 58 tahun (PP 11/2017 Pasal 239)" in said
    assert "1 Februari 2038" in said
    assert "lengkapi TMT CPNS/PPPK" in said


def test_a_stored_import_is_taken_back_from_the_list(
    desk: Desk, context: PageContext, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "pegawai.xlsx"
    write_xlsx(path, [person()])
    known = desk.read(importing.load_known)
    plan = importing.plan([workbook.read(path)], known, date(2024, 9, 9))
    desk.write(lambda session: importing.apply(session, plan))
    assert count(desk) == 1
    dialog = ImportListDialog(context)
    qtbot.addWidget(dialog)
    assert not dialog.undo_button.isEnabled()
    dialog.table.select_first()
    dialog.undo_button.click()
    asked = next(one for one in dialog.findChildren(BaseDialog) if one is not dialog)
    next(one for one in asked.findChildren(QPushButton) if one.text() == "Batalkan impor").click()
    assert count(desk) == 0
    assert dialog.model.rows == []

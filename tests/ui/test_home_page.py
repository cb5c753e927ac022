"""Beranda: the four figures, who owes what, one action each, and an empty office's way to begin."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from asn_desk.accounts.terms import Action
from asn_desk.candidacy import queries as candidacy
from asn_desk.candidacy import service
from asn_desk.candidacy.service import DeclareCandidacy, RecordEvent
from asn_desk.circulars import service as circulars
from asn_desk.desk import Desk
from asn_desk.employees.terms import PostClass
from tests.core.circulars_office import person, published
from tests.factories import add_employee, add_unit
from tests.ui.conftest import Recorder, make_context, texts_of
from ui.home import badge, work_list
from ui.home.orders import OrderDialog
from ui.home.page import HomePage, greeting
from ui.home.work_list import due_chip
from ui.shared.bridge import Bridge
from ui.shared.documents.paper import PaperDialog
from ui.shared.tables.columns import sentence
from ui.shared.tables.table_view import RecordTable
from ui.shared.theme.theme import Theme


@pytest.fixture
def page(practice_desk: Desk, theme: Theme, recorder: Recorder, tmp_path: Path, qtbot: QtBot) -> HomePage:
    """Beranda of an office without anybody, on 9 September 2024."""
    made = HomePage(make_context(Bridge(practice_desk, inline=True), theme, recorder, tmp_path))
    qtbot.addWidget(made)
    made.resize(1158, 740)
    made.reload()
    made.show()
    return made


@pytest.fixture
def file_id(page: HomePage, practice_desk: Desk) -> int:
    """A file whose resignation letter came in on 5 September; its receipt was due the next day."""
    declaration_id = practice_desk.write(_declared).value
    for code, day in (
        ("LAPOR", date(2024, 8, 12)),
        ("PENDAFTARAN", date(2024, 8, 28)),
        ("SURAT_MUNDUR", date(2024, 9, 5)),
    ):
        practice_desk.write(lambda session, code=code, day=day: _record(session, declaration_id, code, day))
    page.reload()
    return int(declaration_id)


def _declared(session: Any) -> int:
    person = add_employee(
        session, name="MUHAMMAD SYAHRUL RAMADHAN", nip="197203141997031004", birth_date=date(1972, 3, 14),
        post_class=PostClass.JPT_PRATAMA, post_name="Kepala Dinas Perhubungan", unit=add_unit(session, "Dinas Perhubungan"),
    )  # fmt: skip
    command = DeclareCandidacy(
        employee_id=person.id, office_code="WALKOT", election_id="pilkada-2024", region="Kota Contoh",
        declared_on=date(2024, 8, 12), office_name="Wakil Wali Kota Contoh", path="parpol",
    )  # fmt: skip
    return service.declare(session, command)


def _record(session: Any, declaration_id: int, code: str, day: date) -> None:
    version = candidacy.declaration_detail(session, declaration_id).version
    service.record_event(session, RecordEvent(declaration_id, version, code, day))


def click(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))


def press(inside: QWidget, text: str) -> None:
    found = inside.findChildren(QAbstractButton)
    next(one for one in found if one.text().replace("&", "") == text and one.isVisible()).click()


def test_an_empty_office_is_led_to_the_import(page: HomePage, recorder: Recorder) -> None:
    assert page.empty.isVisible()
    assert not page.content.isVisible()
    press(page.empty, "Impor pegawai")
    assert recorder.navigated == [("employees", {"import": True})]


def test_the_cards_count_files_and_dates(page: HomePage, practice_desk: Desk, file_id: int) -> None:
    due = practice_desk.read(lambda session: candidacy.obligations_due(session, date(2024, 9, 9)))
    assert due.overdue >= 1
    assert page.content.isVisible()
    assert page.files.accessibleName() == "Pencalonan aktif: 1. dari 1 pegawai"
    assert page.overdue.accessibleName().startswith(f"Lewat tenggat: {due.overdue}. tertua ")
    assert page.week.accessibleName().startswith(f"Tenggat minggu ini: {due.due_today + due.this_week}.")
    assert page.signed.accessibleName() == "Tanda terima edaran: –. belum ada edaran"


def test_each_line_says_what_who_and_how_late(page: HomePage, file_id: int) -> None:
    late = next(row for row in page.work.model.rows if "tanda terima surat pengunduran diri" in row.text)
    said = sentence(page.work.model.columns, late)
    assert "Lewat 4 hari" in said
    assert "Muhammad Syahrul Ramadhan · Wakil Wali Kota Contoh" in said
    assert f"Ditunggu dari {late.owed_by}" in said


def click_cell(qtbot: QtBot, table: RecordTable, row: int, column: int) -> None:
    place = table.visualRect(table.model().index(row, column)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_the_action_of_a_line_begins_what_helps_in_the_file(
    page: HomePage, recorder: Recorder, qtbot: QtBot, file_id: int
) -> None:
    row = next(at for at, row in enumerate(page.work.model.rows) if row.letter_template)
    click_cell(qtbot, page.work.table, row, 3)
    letter = page.work.model.rows[row].letter_template
    assert recorder.navigated == [("candidacy", {"declaration_id": file_id, "letter": letter})]


def test_a_line_itself_opens_the_file(page: HomePage, recorder: Recorder, qtbot: QtBot, file_id: int) -> None:
    click_cell(qtbot, page.work.table, 0, 1)
    assert recorder.navigated == [("candidacy", {"declaration_id": file_id})]


def test_a_long_list_goes_on_where_it_ends(
    page: HomePage, practice_desk: Desk, file_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = practice_desk.read(lambda session: candidacy.obligations_due(session, date(2024, 9, 9)))
    every = len(due.rows)
    assert every > 2
    monkeypatch.setattr(work_list, "SHOWN_ROWS", every - 1)
    page.work.more_wanted.emit(every - 1)
    work = page.work
    assert work.model.rowCount() == every - 1
    assert work.note.text() == f"Tampil {every - 1} dari {every} kewajiban."
    assert work.more_button.text() == "&Tampilkan 1 berikutnya"
    work.more_button.click()
    assert work.model.rows == list(due.rows)
    assert work.table.current_id() == every - 1
    assert not work.foot.isVisible()


def test_who_is_blocking_is_listed_and_leads_to_their_files(
    page: HomePage, recorder: Recorder, qtbot: QtBot, practice_desk: Desk, file_id: int
) -> None:
    due = practice_desk.read(lambda session: candidacy.obligations_due(session, date(2024, 9, 9)))
    assert [row.owed_by for row in page.blockers.model.rows] == [row.owed_by for row in due.blockers]
    click_cell(qtbot, page.blockers.table, 0, 0)
    assert recorder.navigated == [("candidacy", {"owed_by": due.blockers[0].owed_by})]


@pytest.mark.parametrize(
    ("name", "target"), [("files", None), ("overdue", {"due": "lewat"}), ("week", {"due": "minggu_ini"})]
)
def test_a_card_leads_to_the_files(
    page: HomePage, recorder: Recorder, qtbot: QtBot, file_id: int, name: str, target: object
) -> None:
    click(qtbot, getattr(page, name))
    assert recorder.navigated == [("candidacy", target)]


def test_without_the_right_only_counts_are_shown(
    practice_desk: Desk, theme: Theme, recorder: Recorder, tmp_path: Path, qtbot: QtBot, file_id: int
) -> None:
    rights = frozenset({Action.SEE_COUNTS})
    practice_desk.rights = rights
    bridge = Bridge(practice_desk, inline=True)
    made = HomePage(replace(make_context(bridge, theme, recorder, tmp_path), may=rights.__contains__))
    qtbot.addWidget(made)
    made.show()
    made.reload()
    assert made.overdue.accessibleName().startswith("Lewat tenggat: 3.")
    assert not any("Syahrul" in text for text in texts_of(made))
    assert made.work.model.rows == []
    assert "1 berkas rahasia tidak ditampilkan namanya." in made.work.note.text()
    told = [one.text() for one in made.work.table.viewport().findChildren(QLabel) if one.isVisible()]
    assert "Rincian tidak ditampilkan" in told
    assert "Semua beres" not in told
    assert not made.work.more_button.isVisible()
    assert not made.signed.isVisible()  # nothing is said about circulars that the user may not see
    made.resize(1158, 740)
    assert made.blockers.height() < made.content.height() // 2
    click(qtbot, made.overdue)
    assert recorder.navigated == []


def test_the_weeks_list_is_shown_on_paper(page: HomePage, file_id: int) -> None:
    press(page, "Cetak daftar minggu")
    press(page.findChildren(OrderDialog)[0], "Tampilkan")
    paper = page.findChildren(PaperDialog)[0]
    assert paper.paper.pdf.startswith(b"%PDF-")
    paper.reject()


def test_the_press_report_is_shown_on_paper(page: HomePage, file_id: int) -> None:
    press(page.work, "Ringkasan untuk pers")
    paper = page.findChildren(PaperDialog)[0]
    assert paper.paper.pdf.startswith(b"%PDF-")
    paper.reject()


def test_the_dates_are_saved_for_a_calendar(page: HomePage, file_id: int, tmp_path: Path) -> None:
    press(page, "Ekspor kalender")
    dialog = page.findChildren(OrderDialog)[0]
    dialog.form.put("anonymous", True)
    press(dialog, "Simpan…")
    chooser = page.findChildren(QFileDialog)[0]
    target = tmp_path / "tenggat.ics"
    chooser.fileSelected.emit(str(target))
    chooser.reject()
    text = target.read_text(encoding="utf-8")
    assert text.startswith("BEGIN:VCALENDAR")
    assert "Syahrul" not in text


def test_a_card_is_used_by_keyboard_too(page: HomePage, recorder: Recorder, qtbot: QtBot, file_id: int) -> None:
    qtbot.keyClick(page.signed, Qt.Key.Key_Return)
    assert recorder.navigated == [("circulars", None)]


def test_without_a_circular_the_way_to_publish_one_is_shown(page: HomePage, recorder: Recorder, file_id: int) -> None:
    assert page.no_circular.isVisible()
    press(page.no_circular, "Buka Edaran")
    assert recorder.navigated == [("circulars", None)]


def test_the_running_circular_shows_its_progress(page: HomePage, practice_desk: Desk) -> None:
    made = published(practice_desk)
    code = person(practice_desk, made.version_id, "Siti").code
    practice_desk.write(lambda session: circulars.acknowledge_code(session, code))
    page.reload()
    assert page.signed.accessibleName() == "Tanda terima edaran: 1 / 4. 25 %"
    assert page.circular.title_label.text() == "Edaran Nomor 800.1.6/10/BKPSDM/2024"
    assert [unit.name for unit in page.units.units] == ["Dinas Pendidikan", "Dinas Kesehatan"]
    assert not page.no_circular.isVisible()


def test_an_office_without_duties_is_told_so(page: HomePage, practice_desk: Desk) -> None:
    practice_desk.write(lambda session: add_employee(session).id)
    page.reload()
    assert "Tidak ada kewajiban yang lewat, jatuh hari ini, atau jatuh tempo minggu ini." in texts_of(page.work.table)


def test_the_number_beside_the_page_counts_what_is_urgent(page: HomePage, practice_desk: Desk, file_id: int) -> None:
    due = practice_desk.read(lambda session: candidacy.obligations_due(session, date(2024, 9, 9)))
    assert practice_desk.read(badge.count) == due.overdue + due.due_today


@pytest.mark.parametrize(
    ("hour", "words"),
    [(6, "Selamat pagi"), (11, "Selamat siang"), (15, "Selamat sore"), (18, "Selamat malam"), (2, "Selamat pagi")],
)
def test_the_greeting_follows_the_hour(hour: int, words: str) -> None:
    assert greeting(hour) == words


@pytest.mark.parametrize(
    ("due", "text", "kind"),
    [
        (date(2024, 9, 5), "Lewat 4 hari", "late"),
        (date(2024, 9, 9), "Hari ini", "near"),
        (date(2024, 9, 10), "Besok", "near"),
        (date(2024, 9, 14), "14 September", "coming"),
    ],
)
def test_a_due_day_is_told_in_a_word(due: date, text: str, kind: str) -> None:
    chip = due_chip(due, date(2024, 9, 9))
    assert (chip.text, chip.kind) == (text, kind)

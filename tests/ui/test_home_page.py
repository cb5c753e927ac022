"""Beranda: the four figures, who owes what, one action each, and an empty office's way to begin."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from asn_desk.candidacy import queries as candidacy
from asn_desk.candidacy import service
from asn_desk.candidacy.service import DeclareCandidacy, RecordEvent
from asn_desk.circulars import service as circulars
from asn_desk.desk import Desk
from asn_desk.employees.terms import PostClass
from tests.core.circulars_office import person, published
from tests.factories import add_employee, add_unit
from tests.ui.conftest import Recorder, make_context, texts_of
from ui.home import badge
from ui.home.page import HomePage, greeting
from ui.home.work_list import due_chip
from ui.shared.bridge import Bridge
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
    assert page.files.accessibleName() == "Berkas pencalonan aktif: 1. dari 1 pegawai"
    assert page.overdue.accessibleName().startswith(f"Lewat tenggat: {due.overdue}. tertua ")
    assert page.week.accessibleName().startswith(f"Jatuh tempo minggu ini: {due.due_today + due.this_week}.")
    assert page.signed.accessibleName() == "Tanda terima edaran: –. belum ada edaran"


def test_each_line_says_what_who_and_how_late(page: HomePage, file_id: int) -> None:
    late = next(row for row in page.work.rows if "tanda terima surat pengunduran diri" in row.accessibleName())
    assert "Lewat 4 hari" in late.accessibleName()
    assert "Muhammad Syahrul Ramadhan · Wakil Wali Kota Contoh" in late.accessibleName()


def test_the_action_of_a_line_opens_the_file(page: HomePage, recorder: Recorder, file_id: int) -> None:
    page.work.rows[0].button.click()
    assert recorder.navigated == [("candidacy", file_id)]


@pytest.mark.parametrize("name", ["files", "overdue", "week"])
def test_a_card_leads_to_the_files(page: HomePage, recorder: Recorder, qtbot: QtBot, file_id: int, name: str) -> None:
    click(qtbot, getattr(page, name))
    assert recorder.navigated == [("candidacy", None)]


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
    assert "Tidak ada kewajiban yang lewat, jatuh hari ini, atau jatuh tempo minggu ini." in texts_of(page.work)


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

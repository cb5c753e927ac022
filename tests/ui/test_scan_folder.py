"""Pindai with a folder: the run in the background, the tray with its pictures, the doubtful boxes one after the other."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from asn_desk.circulars import service
from asn_desk.circulars.queries import recent_marks
from asn_desk.circulars.scanning import queries as scans
from asn_desk.circulars.scanning import run
from asn_desk.circulars.terms import AckStatus
from asn_desk.desk import Desk
from tests.core import scan_pile
from tests.core.circulars_office import people_of, person, published
from tests.core.test_circulars_scanning import SIGN_ROW_1, list_page, read, saved, slip_page
from tests.ui.conftest import Recorder, make_context
from ui.scan import badge
from ui.scan.folder import FolderView
from ui.scan.page import BOXES, FOLDER, TRAY, ScanPage
from ui.scan.tray import find_recipients
from ui.shared.bridge import Bridge
from ui.shared.forms import PersonHit
from ui.shared.theme.theme import Theme


@dataclass
class Driver:
    """Works the views beside the scanner's."""

    page: ScanPage
    desk: Desk
    recorder: Recorder
    version_id: int

    def status(self, name: str) -> AckStatus:
        return person(self.desk, self.version_id, name).status

    def open(self, tab: int) -> None:
        self.page.tabs.setCurrentIndex(tab)


@pytest.fixture
def driver(practice_desk: Desk, theme: Theme, recorder: Recorder, tmp_path: Path, qtbot: QtBot) -> Iterator[Driver]:
    """The page with one circular of four people."""
    made = published(practice_desk)
    bridge = Bridge(practice_desk, inline=True)
    page = ScanPage(make_context(bridge, theme, recorder, tmp_path), play=lambda _kind: None, readers=1)
    qtbot.addWidget(page)
    bridge.changed.connect(lambda _topics: page.reload())
    page.resize(1158, 740)
    page.show()
    page.reload()
    yield Driver(page, practice_desk, recorder, made.version_id)
    bridge.close()


def blank(grey: int = 255) -> Image.Image:
    return Image.new("L", (800, 1100), grey)


def test_a_folder_is_read_and_its_result_told_in_numbers(driver: Driver, tmp_path: Path) -> None:
    slip = slip_page(driver.desk, person(driver.desk, driver.version_id, "Yusuf"))
    driver.open(FOLDER)
    assert driver.page.folder.empty.isVisible()
    driver.page.folder.read_folder(saved(tmp_path / "s", slip, blank()))
    folder = driver.page.folder
    assert driver.status("Yusuf") is AckStatus.SIGNED
    assert folder.text.text() == "Selesai."
    assert {key: card.accessibleName() for key, card in folder.cards.items() if key in ("pages", "marked", "tray")} == {
        "pages": "Halaman dibaca: 2. ",
        "marked": "Tanda terima dicatat: 1. ",
        "tray": "Ke nampan: 1. diselesaikan sendiri",
    }
    assert driver.page.tabs.tabText(TRAY) == "Nampan (1)"
    assert driver.desk.read(badge.count) == 1
    folder.tray_button.click()
    assert driver.page.tabs.currentIndex() == TRAY


def test_the_same_folder_again_marks_nobody_twice(driver: Driver, tmp_path: Path) -> None:
    slip = slip_page(driver.desk, person(driver.desk, driver.version_id, "Yusuf"))
    place = saved(tmp_path / "s", slip)
    driver.page.folder.read_folder(place)
    driver.page.folder.resume()
    totals = driver.page.folder.cards
    assert totals["marked"].accessibleName() == "Tanda terima dicatat: 1. "
    assert totals["already"].accessibleName() == "Sudah dicatat: 0. "


@contextmanager
def database_held(desk: Desk) -> Iterator[None]:
    """Hold the database as another program would: whoever wants to write waits meanwhile."""
    with closing(sqlite3.connect(desk.paths.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_a_run_is_paused_keeps_what_was_read_and_goes_on(
    practice_desk: Desk,
    theme: Theme,
    recorder: Recorder,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(run, "CHUNK", 1)
    made = published(practice_desk)
    people = people_of(practice_desk, made.version_id)
    place = saved(tmp_path / "s", *(slip_page(practice_desk, one) for one in people))
    bridge = Bridge(practice_desk)
    view = FolderView(make_context(bridge, theme, recorder, tmp_path), readers=1)
    qtbot.addWidget(view)
    view.show()
    with database_held(practice_desk):
        view.read_folder(place)
        qtbot.waitUntil(lambda: view.bar.maximum() == len(people), timeout=20_000)
        assert (view.pause_button.isVisible(), view.resume_button.isVisible()) == (True, False)
        assert not view.choose_button.isEnabled()
        view.activated()
        qtbot.mouseClick(view.pause_button, Qt.MouseButton.LeftButton)
        assert (view.pause_button.isEnabled(), view.running) == (False, True)
        assert view.text.text() == "Berhenti setelah halaman yang sedang dibaca…"
    qtbot.waitUntil(lambda: not view.running, timeout=20_000)
    assert view.text.text().startswith("Dijeda. Yang sudah dibaca tetap tercatat")
    assert (view.pause_button.isVisible(), view.resume_button.isVisible()) == (False, True)
    assert signed(practice_desk, made.version_id) == 1
    qtbot.mouseClick(view.resume_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.result.isVisible(), timeout=20_000)
    assert (view.text.text(), view.resume_button.text()) == ("Selesai.", "Baca la&gi")
    assert signed(practice_desk, made.version_id) == len(people)
    marks = practice_desk.read(recent_marks)
    assert len({mark.recipient_id for mark in marks}) == len(marks) == len(people)
    bridge.close()


def signed(desk: Desk, version_id: int) -> int:
    return sum(row.status is AckStatus.SIGNED for row in people_of(desk, version_id))


def test_a_folder_without_scans_and_a_broken_file_are_told(driver: Driver, tmp_path: Path) -> None:
    place = tmp_path / "s"
    place.mkdir()
    driver.page.folder.read_folder(place)
    assert "Tidak ada berkas" in driver.page.folder.problem.text_label.text()
    (place / "rusak.pdf").write_bytes(b"bukan pdf")
    driver.page.folder.read_folder(place)
    assert driver.page.folder.text.text() == "Tidak ada berkas yang dapat dibaca."


def in_tray(driver: Driver, tmp_path: Path, page: Image.Image) -> None:
    read(driver.desk, saved(tmp_path / "s", page))
    driver.page.reload()
    driver.open(TRAY)


def test_a_page_of_the_tray_is_shown_and_finished_with_a_typed_code(driver: Driver, tmp_path: Path) -> None:
    in_tray(driver, tmp_path, blank())
    tray = driver.page.tray
    assert not tray.picture.empty
    assert tray.why.text_label.text().startswith("Tidak ada kode pada halaman ini.")
    tray.form.put("code", person(driver.desk, driver.version_id, "Siti").code)
    tray.finish_button.click()
    assert driver.status("Siti") is AckStatus.SIGNED
    assert driver.recorder.toasts == ["Halaman diselesaikan."]
    assert (tray.model.rowCount(), driver.page.tabs.tabText(TRAY)) == (0, "Nampan")


def test_a_page_of_the_tray_is_finished_by_choosing_the_person(driver: Driver, tmp_path: Path) -> None:
    in_tray(driver, tmp_path, blank())
    (hit,) = driver.desk.read(lambda session: find_recipients(session, "endang"))
    assert isinstance(hit, PersonHit)
    driver.page.tray.form.put("person", hit)
    driver.page.tray.finish_button.click()
    assert driver.status("Endang") is AckStatus.SIGNED


@pytest.mark.parametrize(("code", "word"), [("", "Pilih orangnya"), ("ADE1ABCDEFGHJKMN", ".")])
def test_what_finishes_nothing_is_said_and_the_page_stays(driver: Driver, tmp_path: Path, code: str, word: str) -> None:
    in_tray(driver, tmp_path, blank())
    driver.page.tray.form.put("code", code)
    driver.page.tray.finish_button.click()
    assert driver.page.tray.model.rowCount() == 1
    assert all(row.status is AckStatus.WAITING for row in people_of(driver.desk, driver.version_id))


def test_a_page_that_shows_nothing_is_put_aside_with_a_reason(driver: Driver, tmp_path: Path) -> None:
    in_tray(driver, tmp_path, blank())
    dialog = driver.page.tray.dismiss()
    assert dialog is not None
    dialog.form.put("reason", "halaman sampul")
    dialog.confirm_button.click()
    assert driver.desk.read(scans.tray) == []
    assert driver.page.tray.empty.isVisible()


def doubtful(driver: Driver, tmp_path: Path) -> None:
    left, top, right, bottom = SIGN_ROW_1
    pages = [list_page(driver.desk, driver.version_id, place) for place in (0, 1)]
    for page in pages:
        scan_pile.scratch(page, (left + 2, top + 3), (right - 5, bottom - 3), 0.6, 40)
    read(driver.desk, saved(tmp_path / "s", *pages))
    driver.page.reload()
    driver.open(BOXES)


def test_doubtful_boxes_are_answered_by_two_keys_the_next_one_at_once(
    driver: Driver, tmp_path: Path, qtbot: QtBot
) -> None:
    doubtful(driver, tmp_path)
    boxes = driver.page.boxes
    first = boxes.current
    assert first is not None
    assert (boxes.person.text(), driver.page.tabs.tabText(BOXES)) == (first.person, "Kotak ragu (2)")
    assert boxes.picture.part().width() < 1000
    qtbot.keyClick(boxes, Qt.Key.Key_T)
    second = boxes.current
    assert second is not None
    assert second.id != first.id
    qtbot.keyClick(boxes, Qt.Key.Key_K)
    assert (boxes.current, boxes.empty.isVisible()) == (None, True)
    stands = {row.name: row.status for row in people_of(driver.desk, driver.version_id)}
    assert (stands[first.person], stands[second.person]) == (AckStatus.SIGNED, AckStatus.WAITING)


def test_an_answer_that_cannot_be_recorded_brings_its_box_back(driver: Driver, tmp_path: Path) -> None:
    doubtful(driver, tmp_path)
    box = driver.page.boxes.current
    assert box is not None
    driver.desk.write(lambda session: service.remove_person(session, box.recipient_id, "pensiun"))
    driver.desk.write(lambda session: service.close(session, 1, 1))
    driver.page.boxes.signed_button.click()
    assert driver.page.boxes.problem.isVisible()
    assert len(driver.desk.read(scans.unsure_boxes)) == 2


def test_a_list_with_a_torn_corner_is_finished_by_ticking_its_rows(driver: Driver, tmp_path: Path) -> None:
    page = list_page(driver.desk, driver.version_id, 0)
    page.paste(255, (0, page.height - 260, page.width, page.height))
    in_tray(driver, tmp_path, page)
    tray = driver.page.tray
    assert tray._list is not None
    assert tray._list.chosen() == []
    assert not tray.form.field("code").isVisible()
    tray._list._all(on=True)
    tray.finish_button.click()
    assert driver.status("Yusuf") is AckStatus.SIGNED

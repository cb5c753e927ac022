"""Pindai: one field that always has the keyboard, the last result large, the running list with undo."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from asn_desk.circulars.queries import RecipientRow
from asn_desk.circulars.terms import AckStatus
from asn_desk.desk import Desk
from tests.core.circulars_office import people_of, person, published
from tests.ui.conftest import Recorder, make_context
from ui.scan.page import ScanPage
from ui.scan.scanner import ScannerView
from ui.scan.sitting import Sitting
from ui.shared.bridge import Bridge
from ui.shared.dialogs import CommandDialog
from ui.shared.theme.theme import Theme


@dataclass
class Driver:
    """Works the page as a clerk with a scanner does."""

    page: ScanPage
    qtbot: QtBot
    desk: Desk
    recorder: Recorder
    version_id: int = 0
    now: float = 100.0
    sounds: list[str] = field(default_factory=list)

    @property
    def view(self) -> ScannerView:
        return self.page.scanner

    def scan(self, code: str, *, after: float = 5.0) -> None:
        """Type a code and Enter, some seconds after the last one."""
        self.now += after
        self.qtbot.keyClicks(self.view.field, code)
        self.qtbot.keyClick(self.view.field, Qt.Key.Key_Return)

    def paste(self, text: str) -> None:
        self.now += 5
        QGuiApplication.clipboard().setText(text)
        self.qtbot.keyClick(self.view.field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def person(self, name: str) -> RecipientRow:
        return person(self.desk, self.version_id, name)

    def status(self, name: str) -> AckStatus:
        return self.person(name).status

    def dialog(self) -> CommandDialog:
        (dialog,) = [one for one in self.page.findChildren(CommandDialog) if one.isVisible()]
        return dialog

    def words(self) -> tuple[str, str]:
        return self.view.card.word.text(), self.view.card.title.text()


@pytest.fixture
def empty(
    practice_desk: Desk, bridge: Bridge, theme: Theme, recorder: Recorder, tmp_path: Path, qtbot: QtBot
) -> Driver:
    """The page of an office without circulars."""
    sounds: list[str] = []
    driver = Driver(None, qtbot, practice_desk, recorder, sounds=sounds)  # type: ignore[arg-type]
    context = make_context(bridge, theme, recorder, tmp_path)
    driver.page = ScanPage(context, clock=lambda: driver.now, play=sounds.append)
    qtbot.addWidget(driver.page)
    bridge.changed.connect(lambda _topics: driver.page.reload())
    driver.page.resize(1158, 740)
    driver.page.show()
    driver.page.activateWindow()
    driver.page.reload()
    driver.page.activated()
    return driver


@pytest.fixture
def scanning(empty: Driver) -> Driver:
    """The page with one circular of four people."""
    empty.version_id = published(empty.desk).version_id
    empty.view.reload()
    return empty


def test_a_scanned_code_is_recorded_shown_large_and_sounded(scanning: Driver) -> None:
    row = scanning.person("Siti")
    scanning.scan(row.code)
    assert scanning.status("Siti") is AckStatus.SIGNED
    assert scanning.words() == ("Diterima", "Siti Nurhaliza Rahmawati, A.Md.Kep.")
    assert "Dinas Kesehatan · 19800101 200501 1 001" in scanning.view.card.secondary.text()
    assert scanning.sounds == ["done"]
    assert (scanning.view.field.text(), scanning.view.field.hasFocus()) == ("", True)


def test_progress_follows_each_scan(scanning: Driver) -> None:
    scanning.scan(scanning.person("Siti").code)
    units = {unit.name: (unit.tally.signed, unit.tally.total) for unit in scanning.view.progress.units.units}
    assert units == {"Dinas Kesehatan": (1, 3), "Dinas Pendidikan": (0, 1)}
    assert scanning.view.list_panel.title_label.text() == "Pindaian sesi ini · 1 diterima"


def test_the_same_code_again_within_two_seconds_is_not_heard(scanning: Driver) -> None:
    code = scanning.person("Siti").code
    scanning.scan(code)
    scanning.scan(code, after=1.5)
    assert len(scanning.view.sitting.scans) == 1


def test_a_slip_scanned_before_gives_a_neutral_answer_with_its_day(scanning: Driver) -> None:
    code = scanning.person("Siti").code
    scanning.scan(code)
    scanning.scan(code)
    assert scanning.words() == ("Sudah dicatat 9 September 2024", "Siti Nurhaliza Rahmawati, A.Md.Kep.")
    assert scanning.sounds == ["done", "neutral"]
    assert scanning.view.model.rows[0].chip.text == "sudah, 9 Sep 2024"


@pytest.mark.parametrize(
    ("code", "title", "word"),
    [
        ("ADE1ABCDEFGHJKMN", "Kode tidak terbaca utuh", "bukan kode"),
        ("HTTP://CONTOH/1", "Kode tidak dikenal", "bukan kode"),
    ],
)
def test_a_code_that_is_not_whole_or_not_ours_is_told_in_a_sentence(
    scanning: Driver, code: str, title: str, word: str
) -> None:
    scanning.scan(code)
    assert scanning.words() == ("Diabaikan", title)
    assert scanning.view.card.secondary.text().endswith(".")
    assert scanning.sounds == ["near"]
    assert all(row.status is AckStatus.WAITING for row in people_of(scanning.desk, scanning.version_id))


def test_many_pasted_codes_are_recorded_one_by_one(scanning: Driver) -> None:
    codes = [row.code for row in people_of(scanning.desk, scanning.version_id)]
    scanning.paste("\n".join([*codes, "", "ADE1XXXXXXXXXXXX"]))
    assert all(row.status is AckStatus.SIGNED for row in people_of(scanning.desk, scanning.version_id))
    assert scanning.view.sitting.summary() == "4 diterima, 1 diabaikan"
    assert not scanning.view.pile.isVisible()
    assert [scan.at for scan in scanning.view.sitting.scans] == sorted(
        (scan.at for scan in scanning.view.sitting.scans), reverse=True
    )


def test_a_wrong_scan_is_taken_back_with_the_reason_filled_in(scanning: Driver) -> None:
    scanning.scan(scanning.person("Siti").code)
    scanning.view.card.undo_button.click()
    dialog = scanning.dialog()
    assert dialog.form.values() == {"reason": "salah pindai"}
    dialog.confirm_button.click()
    assert scanning.status("Siti") is AckStatus.WAITING
    assert scanning.words()[0] == "Dibatalkan"
    assert scanning.view.sitting.summary() == "0 diterima, 1 dibatalkan"
    assert not scanning.view.card.undo_button.isVisible()
    assert scanning.view.field.hasFocus()


def test_an_older_scan_is_taken_back_from_the_list(scanning: Driver) -> None:
    scanning.scan(scanning.person("Siti").code)
    scanning.scan(scanning.person("Endang").code)
    scanning.view.table.select_id(1)
    scanning.view.undo_button.click()
    scanning.dialog().confirm_button.click()
    assert (scanning.status("Siti"), scanning.status("Endang")) == (AckStatus.WAITING, AckStatus.SIGNED)


def test_a_typed_name_offers_the_people_and_marks_one_by_hand(scanning: Driver) -> None:
    scanning.scan("endang")
    assert scanning.view.offers.count() == 1
    scanning.qtbot.keyClick(scanning.view.field, Qt.Key.Key_Return)
    dialog = scanning.dialog()
    dialog.form.put("status", AckStatus.REFUSED)
    dialog.form.put("note", "menolak di depan kepala dinas")
    dialog.form.put("witness", "Yusuf")
    dialog.confirm_button.click()
    assert scanning.status("Endang") is AckStatus.REFUSED
    assert scanning.words() == ("Dicatat: Menolak", "Hj. Endang Sulistyaningsih")
    assert scanning.view.field.hasFocus()


def test_a_nip_typed_in_groups_finds_its_person(scanning: Driver) -> None:
    scanning.scan("19830303 200703 1 003")
    assert [scanning.view.offers.item(0).text(), scanning.view.offers.count()] == ["Yusuf", 1]


def test_the_arrow_keys_choose_among_the_people_offered(scanning: Driver) -> None:
    scanning.scan("analis")
    scanning.qtbot.keyClick(scanning.view.field, Qt.Key.Key_Down)
    assert scanning.view.offers.currentRow() == 1
    scanning.qtbot.keyClick(scanning.view.field, Qt.Key.Key_Escape)
    assert (scanning.view.offers.isVisible(), scanning.view.field.text()) == (False, "")


def test_a_name_that_nobody_has_is_told(scanning: Driver) -> None:
    scanning.scan("zzzz")
    assert scanning.words()[0] == "Tidak ditemukan"
    assert scanning.view.sitting.scans == []


def test_a_person_who_has_signed_is_not_asked_again(scanning: Driver) -> None:
    scanning.scan(scanning.person("Yusuf").code)
    scanning.scan("yusuf")
    scanning.qtbot.keyClick(scanning.view.field, Qt.Key.Key_Return)
    assert scanning.words() == ("Sudah dicatat 9 September 2024", "Yusuf")
    assert not [one for one in scanning.view.findChildren(CommandDialog) if one.isVisible()]


def test_typing_elsewhere_on_the_page_goes_into_the_field(scanning: Driver) -> None:
    scanning.scan(scanning.person("Siti").code)
    scanning.view.table.setFocus()
    scanning.qtbot.keyClicks(scanning.view.table, "A")
    assert (scanning.view.field.text(), scanning.view.field.hasFocus()) == ("A", True)


def test_a_scanner_that_ends_with_tab_is_understood(scanning: Driver) -> None:
    scanning.qtbot.keyClicks(scanning.view.field, scanning.person("Siti").code)
    scanning.qtbot.keyClick(scanning.view.field, Qt.Key.Key_Tab)
    assert scanning.status("Siti") is AckStatus.SIGNED


def test_another_day_is_recorded_until_it_is_changed(scanning: Driver) -> None:
    scanning.view.day.set_day(date(2024, 9, 6))
    scanning.scan(scanning.person("Siti").code)
    assert scanning.person("Siti").acknowledged_on == date(2024, 9, 6)
    assert scanning.view.day.text() == "Tanggal lembar: 6 September 2024"


def test_a_day_before_the_circular_is_refused_and_said(scanning: Driver) -> None:
    scanning.view.day.set_day(date(2024, 1, 1))
    scanning.scan(scanning.person("Siti").code)
    assert scanning.view.card.word.text() == "Belum dicatat"
    assert scanning.sounds == ["late"]
    assert scanning.status("Siti") is AckStatus.WAITING


def test_without_a_circular_the_page_says_where_to_begin(empty: Driver) -> None:
    assert empty.view.progress.empty.isVisible()
    assert empty.view.source.text() == "Belum ada edaran yang berjalan"


def test_codes_heard_again_after_two_seconds_count_as_new() -> None:
    sitting = Sitting()
    assert [sitting.is_repeat("ade1 x", at) for at in (0.0, 1.0, 2.5, 4.6)] == [False, True, True, False]

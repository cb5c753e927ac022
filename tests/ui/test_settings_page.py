"""Pengaturan: identity, officials, number series, operators, backup and theme, on a real desk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from asn_desk.accounts import queries as accounts
from asn_desk.desk import Desk
from asn_desk.errors import StaleRecord
from asn_desk.office import queries as office
from asn_desk.office import service
from asn_desk.office.look import LetterLook, letter_look
from asn_desk.office.terms import Capacity, Letterhead, OfficialRole, Paper
from tests.letters.letter_office import IDENTITY, settle
from tests.ui.conftest import Recorder, make_context, texts_of
from ui.settings.backup_restore import RestoreDialog
from ui.settings.page import SettingsPage
from ui.shared.bridge import Bridge
from ui.shared.dialogs import CommandDialog, MessageDialog
from ui.shared.forms import FormWidget
from ui.shared.theme.theme import Theme

D = TypeVar("D", bound=QDialog)


@dataclass
class Driver:
    """Works the page as a clerk does."""

    page: SettingsPage
    desk: Desk
    recorder: Recorder
    qtbot: QtBot

    def open(self, key: str) -> Any:
        self.page.open_target(key)
        return self.page._sections[key]  # the section shown

    def press(self, inside: QWidget, text: str) -> None:
        found = inside.findChildren(QAbstractButton)
        next(one for one in found if one.text().replace("&", "") == text and one.isVisible()).click()

    def dialog(self, kind: type[D]) -> D:
        (found,) = [one for one in self.page.findChildren(kind) if one.isVisible()]
        return found

    def dialogs(self) -> list[QDialog]:
        return [one for one in self.page.findChildren(QDialog) if one.isVisible()]

    def say_yes(self) -> None:
        self.dialog(MessageDialog).accept()

    def menu(self, section: Any, text: str) -> None:
        """Choose from the right-click menu of the section's table."""
        next(action for action in section.table.actions() if action.text() == text).trigger()

    def read(self, fn: Any) -> Any:
        return self.desk.read(fn)


@pytest.fixture
def driver(practice_desk: Desk, theme: Theme, recorder: Recorder, tmp_path: Path, qtbot: QtBot) -> Iterator[Driver]:
    practice_desk.write(settle)
    bridge = Bridge(practice_desk, inline=True)
    page = SettingsPage(make_context(bridge, theme, recorder, tmp_path))
    bridge.changed.connect(lambda topics: page.reload() if page.topics & topics else None)
    qtbot.addWidget(page)
    page.resize(1158, 740)
    page.reload()
    page.show()
    yield Driver(page, practice_desk, recorder, qtbot)
    for dialog in page.findChildren(QDialog):
        QDialog.reject(dialog)
    page.close()
    bridge.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def error_at(form: FormWidget, key: str) -> str:
    """Return the sentence below a field."""
    return str(form._boxes[key]._error.text())  # what the clerk reads there


def shown(widget: QWidget) -> list[str]:
    """Return the texts of the labels in sight."""
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]


def changed_elsewhere(desk: Desk, **values: Any) -> None:
    """Another clerk changes the identity."""
    version = desk.read(office.office_required).version
    command = service.UpdateOffice(replace(IDENTITY, **values), version)
    desk.write(lambda session: service.update_office(session, command))


def test_the_identity_is_shown_and_saved(driver: Driver) -> None:
    section = driver.open("identity")
    assert section.form.values()["government"] == "Pemerintah Kota Contoh"
    section.form.put("address", "Jalan Pahlawan Nomor 7")
    section.save_button.click()
    assert driver.read(office.office_required).address == "Jalan Pahlawan Nomor 7"
    assert driver.recorder.toasts == ["Identitas kantor tersimpan."]
    assert not section.form.is_dirty()


def test_a_picture_that_is_there_already_is_told_in_its_field(driver: Driver) -> None:
    section = driver.open("identity")
    line = section.form.field("logo").findChild(QLineEdit)
    assert line.placeholderText().startswith("Sudah tersimpan")


def test_a_field_left_empty_is_marked_and_nothing_is_saved(driver: Driver) -> None:
    section = driver.open("identity")
    section.form.put("agency", "")
    section.save_button.click()
    assert error_at(section.form, "agency") == "Wajib diisi."
    assert driver.read(office.office_required).agency == IDENTITY.agency


def test_a_conflict_is_told_and_both_changes_can_be_kept(driver: Driver) -> None:
    section = driver.open("identity")
    section.form.put("address", "Jalan Pahlawan Nomor 7")
    changed_elsewhere(driver.desk, phone="(0411) 555000")
    section.save_button.click()
    assert section.stale.isVisible()
    assert section.stale.text_label.text() == StaleRecord("Identitas kantor").sentence
    assert section.form.values()["address"] == "Jalan Pahlawan Nomor 7"
    driver.press(section.stale, "Muat ulang")
    section.save_button.click()
    now = driver.read(office.office_required)
    assert (now.address, now.phone) == ("Jalan Pahlawan Nomor 7", "(0411) 555000")
    assert not section.stale.isVisible()


def test_what_is_being_typed_survives_a_reload(driver: Driver) -> None:
    section = driver.open("identity")
    section.form.put("address", "Jalan Pahla")
    changed_elsewhere(driver.desk, phone="(0411) 555000")
    driver.page.reload()
    assert section.form.values()["address"] == "Jalan Pahla"


def test_an_official_is_added_and_listed(driver: Driver) -> None:
    section = driver.open("officials")
    driver.press(section, "Tambah pejabat")
    form = driver.dialog(CommandDialog).form
    values = {
        "role": OfficialRole.SEKDA, "capacity": Capacity.PLH, "post": "Sekretaris Daerah Kota Contoh", "name": "Rahmat Hidayat",
        "nip": "19700101 199503 1 001", "letterhead": Letterhead.SEKRETARIAT_DAERAH,
    }  # fmt: skip
    for key, value in values.items():
        form.put(key, value)
    driver.dialog(CommandDialog).confirm_button.click()
    assert driver.dialogs() == []
    (row,) = [row for row in section.model.rows if row.role is OfficialRole.SEKDA]
    assert (row.name, row.nip, row.capacity) == ("Rahmat Hidayat", "197001011995031001", Capacity.PLH)
    assert driver.recorder.toasts == ["Data pejabat tersimpan."]


def test_a_wrong_nip_is_told_beside_its_field_and_the_form_stays(driver: Driver) -> None:
    section = driver.open("officials")
    section.table.select_first()
    driver.menu(section, "Ubah")
    dialog = driver.dialog(CommandDialog)
    dialog.form.put("nip", "1970")
    dialog.confirm_button.click()
    assert error_at(dialog.form, "nip") == "NIP terdiri atas 18 angka."
    assert dialog.form.values()["nip"] == "1970"


def test_an_official_is_removed_only_after_the_question(driver: Driver) -> None:
    section = driver.open("officials")
    section.table.select_first()
    driver.menu(section, "Hapus")
    assert len(driver.read(office.officials)) == 2
    driver.say_yes()
    assert [row.name for row in driver.read(office.officials)] == ["Dewi Anggraini"]
    assert len(section.model.rows) == 1


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("{kode}/{nomer}", "Pola memuat kata yang tidak dikenal."),
        ("{kode}/{tahun}", "Pola harus memuat {urut}"),
        ("{kode/{urut}", "Kurung kurawal pada pola"),
    ],
)
def test_a_wrong_pattern_is_told_beside_its_field(driver: Driver, pattern: str, sentence: str) -> None:
    section = driver.open("series")
    section.table.select_first()
    driver.menu(section, "Ubah")
    dialog = driver.dialog(CommandDialog)
    dialog.form.put("pattern", pattern)
    dialog.confirm_button.click()
    assert error_at(dialog.form, "pattern").startswith(sentence)
    assert dialog.form.values()["pattern"] == pattern


def test_a_series_is_changed_and_shows_its_next_number(driver: Driver) -> None:
    section = driver.open("series")
    section.table.select_id(next(row.id for row in section.model.rows if row.code == "umum"))
    driver.menu(section, "Ubah")
    dialog = driver.dialog(CommandDialog)
    dialog.form.put("pattern", "{urut}/{unit}/{bulan_romawi}/{tahun}")
    dialog.confirm_button.click()
    assert "1/BKPSDM/IX/2024" in {row.next_number for row in section.model.rows}


def test_an_operator_is_added_and_can_take_over(driver: Driver) -> None:
    section = driver.open("users")
    driver.press(section, "Tambah pengguna")
    dialog = driver.dialog(CommandDialog)
    dialog.form.put("name", "Andi Firmansyah")
    dialog.confirm_button.click()
    assert [user.name for user in driver.read(accounts.users)] == ["Andi Firmansyah", "Ratna Wulandari"]
    section.table.select_id(section.model.rows[0].id)
    driver.press(section, "Bekerja sebagai ini")
    assert driver.recorder.calls == ["work_as Andi Firmansyah"]


def test_a_name_that_is_taken_is_told_beside_its_field(driver: Driver) -> None:
    section = driver.open("users")
    driver.press(section, "Tambah pengguna")
    dialog = driver.dialog(CommandDialog)
    dialog.form.put("name", "ratna wulandari")
    dialog.confirm_button.click()
    assert "sudah ada" in error_at(dialog.form, "name")


def test_the_last_operator_cannot_be_switched_off(driver: Driver) -> None:
    section = driver.open("users")
    refused: list[Any] = []
    driver.page.bridge.refused.connect(refused.append)
    section.table.select_first()
    driver.menu(section, "Aktifkan atau nonaktifkan")
    assert [error.code for error in refused] == ["last_user"]


def test_a_backup_is_made_checked_and_shown(driver: Driver) -> None:
    section = driver.open("backup")
    driver.qtbot.waitUntil(lambda: "belum pernah" in shown(section))
    driver.press(section, "Buat cadangan sekarang")
    (made,) = driver.desk.paths.backups.glob("cadangan-*.zip")
    assert driver.recorder.toasts == [f"Cadangan {made.name} dibuat dan diperiksa."]
    driver.qtbot.waitUntil(lambda: any("pukul" in text for text in shown(section)))
    assert "belum pernah" not in shown(section)


def test_a_backup_that_misses_a_stored_file_says_so(driver: Driver) -> None:
    next(path for path in driver.desk.paths.files.rglob("*") if path.is_file()).unlink()
    section = driver.open("backup")
    driver.press(section, "Buat cadangan sekarang")
    assert "1 berkas tersimpan hilang atau rusak" in driver.dialog(MessageDialog).text_label.text()
    assert driver.recorder.toasts == []


def test_the_data_are_checked_and_the_result_is_told(driver: Driver) -> None:
    section = driver.open("backup")
    driver.press(section, "Periksa keutuhan data")
    assert "Data utuh" in texts_of(driver.dialog(MessageDialog))


def test_a_changed_stored_file_is_found(driver: Driver) -> None:
    stored = next(path for path in driver.desk.paths.files.rglob("*") if path.is_file())
    stored.chmod(0o644)
    stored.write_bytes(b"lain")
    driver.press(driver.open("backup"), "Periksa keutuhan data")
    assert "Data tidak utuh" in texts_of(driver.dialog(MessageDialog))


def test_very_many_findings_are_told_in_few_lines(driver: Driver) -> None:
    with closing(sqlite3.connect(driver.desk.paths.database)) as database:
        rows = ((f"{place:064x}", "application/pdf", 1, "2024-09-09 00:00:00.000000") for place in range(30))
        database.executemany("INSERT INTO stored_files (sha256, media_type, size, stored_at) VALUES (?, ?, ?, ?)", rows)
        database.commit()
    driver.press(driver.open("backup"), "Periksa keutuhan data")
    told = driver.dialog(MessageDialog).text_label.text()
    assert len(told.splitlines()) == 21
    assert "dan 40 temuan lagi" in told, "each one made behind the program's back, and without its file"


def test_a_restore_shows_what_it_changes_and_takes_three_clicks(driver: Driver) -> None:
    section = driver.open("backup")
    saved = driver.desk.backup().path
    changed_elsewhere(driver.desk, phone="(0411) 555000")
    driver.press(section, "Pulihkan dari cadangan…")
    dialog = driver.dialog(RestoreDialog)
    assert dialog.form.values()["source"] == saved
    assert "1 perubahan sesudahnya akan hilang" in dialog.told.text()
    assert driver.read(office.office_required).phone == "(0411) 555000"
    driver.press(dialog, "Pulihkan")
    assert driver.read(office.office_required).phone == ""
    told = next(one for one in driver.dialogs() if isinstance(one, MessageDialog))
    assert "Data telah dipulihkan" in texts_of(told)


def test_a_restore_that_is_not_wanted_changes_nothing(driver: Driver) -> None:
    section = driver.open("backup")
    driver.desk.backup()
    changed_elsewhere(driver.desk, phone="(0411) 555000")
    driver.press(section, "Pulihkan dari cadangan…")
    driver.dialog(RestoreDialog).reject()
    assert driver.read(office.office_required).phone == "(0411) 555000"


def test_a_file_that_is_no_backup_is_refused_before_anything_is_asked(driver: Driver, tmp_path: Path) -> None:
    wrong = tmp_path / "foto.zip"
    wrong.write_bytes(b"bukan cadangan")
    driver.press(driver.open("backup"), "Pulihkan dari cadangan…")
    dialog = driver.dialog(RestoreDialog)
    assert "Belum ada cadangan" in dialog.told.text()
    dialog._on_file(str(wrong))
    assert "bukan cadangan yang utuh" in dialog.told.text()
    assert not dialog.go.isEnabled()
    dialog.reject()


def test_the_second_place_is_saved_and_gets_its_backup(driver: Driver, tmp_path: Path) -> None:
    section = driver.open("backup")
    section.plan._put(tmp_path)
    driver.press(section, "Simpan pengaturan cadangan")
    assert driver.desk.backup_plan().second == str(tmp_path)
    assert driver.recorder.toasts == ["Pengaturan cadangan disimpan."]


def test_a_second_place_that_does_not_exist_is_said_at_its_field(driver: Driver, tmp_path: Path) -> None:
    section = driver.open("backup")
    section.plan._put(tmp_path / "tidak-ada")
    driver.press(section, "Simpan pengaturan cadangan")
    assert "Folder ini tidak ditemukan." in texts_of(section)
    assert driver.desk.backup_plan().second == ""


def test_the_theme_is_chosen(driver: Driver, theme: Theme) -> None:
    section = driver.open("appearance")
    section.mode.chosen.emit("dark")
    assert theme.mode == "dark"
    theme.set_mode("light")


def test_the_rules_in_force_are_shown_with_their_doubts(driver: Driver) -> None:
    section = driver.open("rules")
    assert any(row.rule.doubtful for row in section.texts.model.rows)
    assert all(pack.content.pack.version for pack in section.packs.model.rows)


def test_the_look_of_letters_is_saved_and_a_wrong_mark_is_told_at_its_field(driver: Driver) -> None:
    section = driver.open("look")
    section.form.put("signature_tag", "ab")
    section.save_button.click()
    assert error_at(section.form, "signature_tag").startswith("Isi satu tanda baca")
    for key, value in {"signature_tag": "^", "paper": Paper.F4, "margin_left": 25, "font_family": "Cambria"}.items():
        section.form.put(key, value)
    section.save_button.click()
    assert driver.read(letter_look) == LetterLook(Paper.F4, margin_left=25, font_family="Cambria", signature_tag="^")
    assert driver.recorder.toasts == ["Tampilan surat tersimpan."]

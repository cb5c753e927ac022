"""The main window: pages made once and late, told what changed, keys that work everywhere, the jump palette."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from asn_desk.errors import DeskError
from asn_desk.topics import Topic
from tests.ui.conftest import texts_of
from ui.main_window import MainWindow, WindowParts
from ui.shared.dialogs import MessageDialog
from ui.shared.filters import SearchField
from ui.shared.page import JumpItem, Page, PageSpec
from ui.shared.window.help_dialog import HelpDialog
from ui.shared.window.jump_palette import JumpPalette
from ui.shared.window.sidebar import Brand
from ui.shared.window.status_bar import StatusInfo


class PeoplePage(Page):
    title = "Pegawai"
    topics = frozenset({Topic.EMPLOYEES})
    made: ClassVar[list[Page]] = []

    def __init__(self, context):
        super().__init__(context)
        self.calls = []
        self.search = SearchField()
        self.body.addWidget(self.search)
        self.header.set_primary("Tambah", on_click=lambda: self.calls.append("new"))
        self.made.append(self)

    def reload(self):
        self.calls.append("reload")

    def activated(self):
        self.calls.append("activated")

    def open_target(self, target):
        self.calls.append(target)


class LettersPage(PeoplePage):
    title = "Surat"
    topics = frozenset({Topic.LETTERS})
    leave = True

    def may_leave(self):
        return self.leave


def _find(_session, text):
    return [JumpItem(f"{text.title()} Salim", "NIP", "person", "people", 7)]


SPECS = [
    PageSpec("people", "Pegawai", "people", "Ctrl+1", PeoplePage, count=lambda _session: 7, find=_find),
    PageSpec("letters", "Surat", "document", "Ctrl+2", LettersPage),
    PageSpec("hidden", "Mulai", "home", "", PeoplePage, listed=False),
]


@pytest.fixture
def parts(inline_bridge, theme, tmp_path):
    return WindowParts(inline_bridge, tmp_path / "jendela.ini", None, lambda: date(2024, 9, 9), theme)


@pytest.fixture
def window(parts, qtbot):
    PeoplePage.made.clear()
    made = MainWindow(parts, SPECS)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


def test_no_page_is_made_before_its_first_visit(window):
    assert PeoplePage.made == []
    window.open_page("people")
    window.open_page("people")
    assert len(PeoplePage.made) == 1


def test_a_page_is_read_before_it_is_first_seen(window):
    window.open_page("people")
    assert window.current_page().calls == ["reload", "activated"]


def test_a_target_is_opened_after_the_page(window):
    window.open_page("people", 42)
    assert window.current_page().calls[-1] == 42


def test_the_visible_page_is_read_again_when_hit(window, inline_bridge):
    window.open_page("people")
    page = window.current_page()
    inline_bridge.write(window, lambda session: session.touched.add(Topic.EMPLOYEES))
    inline_bridge.write(window, lambda session: session.touched.add(Topic.OFFICE))
    assert page.calls.count("reload") == 2


def test_a_hidden_page_is_read_again_only_when_visited(window, inline_bridge):
    window.open_page("people")
    page = window.current_page()
    window.open_page("letters")
    inline_bridge.write(window, lambda session: session.touched.add(Topic.EMPLOYEES))
    assert page.calls.count("reload") == 1
    window.open_page("people")
    assert page.calls.count("reload") == 2


def test_after_a_restore_everything_is_read_again(window):
    window.open_page("people")
    page = window.current_page()
    page.context.everything_changed()
    assert page.calls.count("reload") == 2


@pytest.mark.parametrize(
    ("key", "call"), [(Qt.Key.Key_N, "new"), (Qt.Key.Key_2, "activated")], ids=["Ctrl+N", "Ctrl+2"]
)
def test_keys_work_everywhere(window, qtbot, key, call):
    window.open_page("people")
    qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    assert window.current_page().calls[-1] == call


def test_ctrl_f_goes_to_the_search_field(window, qtbot):
    window.open_page("people")
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.focusWidget() is window.current_page().search


def test_f5_reads_again(window, qtbot):
    window.open_page("people")
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert window.current_page().calls == ["reload", "activated", "reload"]


def test_f1_lists_the_keys(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_F1)
    dialog = window.findChild(HelpDialog)
    assert {"Ctrl+1", "Halaman Pegawai", "Ctrl+K"} <= set(texts_of(dialog))
    dialog.accept()


def test_ctrl_k_finds_a_record_and_goes_there(window, qtbot):
    window.open_page("letters")
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = window.findChild(JumpPalette)
    qtbot.keyClicks(palette.line, "agus")
    qtbot.waitUntil(lambda: palette.list.count() == 1)
    assert palette.list.item(0).text() == "Agus Salim"
    qtbot.keyClick(palette, Qt.Key.Key_Return)
    assert window.current_page().title == "Pegawai"
    assert window.current_page().calls[-1] == 7


def test_ctrl_k_finds_pages_at_once(window, qtbot):
    window.open_search()
    palette = window.findChild(JumpPalette)
    assert [palette.list.item(row).text() for row in range(palette.list.count())] == ["Pegawai", "Surat"]
    palette.line.setText("z")
    assert palette.note.text() == "Tidak ada yang cocok."
    palette.reject()


def test_a_page_can_lead_to_another(window):
    window.open_page("people")
    window.current_page().context.navigate("letters", "L-1")
    assert window.current_page().calls[-1] == "L-1"


def test_the_numbers_beside_the_pages_are_read(window):
    window.read_counts()
    assert window.sidebar._entries["people"].accessibleDescription() == "7 menunggu"


def test_a_refusal_nobody_handled_is_shown(window, inline_bridge):
    def refuse(_session):
        raise DeskError("x", "Nomor sudah dipakai.")

    inline_bridge.read(window, refuse, lambda _value: None)
    dialog = window.findChild(MessageDialog)
    assert "Nomor sudah dipakai." in texts_of(dialog)
    dialog.accept()


def test_the_frame_shows_office_user_and_backup(window):
    window.set_brand(Brand("KC", "BKPSDM Kota Contoh"))
    window.set_status(StatusInfo(["Cadangan terakhir 08.15"], "Ratna, operator"))
    window.status.set_saved("Tersimpan")
    assert window.windowTitle() == "ASN Desk · BKPSDM Kota Contoh"
    assert {"KC", "Tersimpan", "Ratna, operator", "Cadangan terakhir 08.15"} <= set(texts_of(window))


def test_a_page_with_open_work_keeps_the_window(window):
    window.open_page("letters")
    window.current_page().leave = False
    assert not window.close()
    window.current_page().leave = True
    assert window.close()


def test_practice_mode_is_always_visible(parts, qtbot):
    from dataclasses import replace

    left = []
    text = "Mode latihan: Pemerintah Kota Contoh, tanggal simulasi 9 September 2024."
    window = MainWindow(replace(parts, practice_text=text, leave_practice=lambda: left.append(1)), SPECS)
    qtbot.addWidget(window)
    window.show()
    for key in ("people", "letters"):
        window.open_page(key)
        band = next(label for label in window.findChildren(QLabel) if label.text() == text)
        assert band.isVisible()
    assert window.current_page().context.practice


@pytest.mark.parametrize("size", [(1366, 768), (1024, 640)])
def test_the_window_fits_small_screens(window, size):
    window.open_page("people")
    window.resize(*size)
    assert (window.width(), window.height()) == size


def test_a_toast_appears_over_the_pages(window):
    window.open_page("people")
    window.current_page().context.toast("Tersimpan.", None)
    assert "Tersimpan." in texts_of(window)
    window._toast.hide()


def test_size_and_place_are_remembered(window, parts, qtbot):
    window.resize(800, 700)
    window.close()
    again = MainWindow(parts, SPECS)
    qtbot.addWidget(again)
    assert again.size() == window.size()

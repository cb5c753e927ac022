"""Messages, progress, toast, and what a crash says and keeps."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from asn_desk.errors import DeskError, EnvironmentProblem
from tests.ui.conftest import texts_of
from ui.shared.bridge import Bridge
from ui.shared.crash import CrashHandler, crash_dialog, describe, write_report
from ui.shared.dialogs import MessageDialog, confirm, show_info, show_refusal, show_warning
from ui.shared.progress import ProgressState
from ui.shared.progress_dialog import ProgressDialog, progress_text, run_with_progress
from ui.shared.toast import Toast

SECRET = "Drs. Budi Rahasia 198001012005011001"


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def test_a_refusal_says_what_to_do_and_folds_its_details(window):
    dialog = show_refusal(window, EnvironmentProblem("disk_full", "Disk penuh. Kosongkan ruang, lalu simpan lagi."))
    details = dialog.findChild(QPlainTextEdit)
    assert "Disk penuh. Kosongkan ruang, lalu simpan lagi." in texts_of(dialog)
    assert not details.isVisible()
    dialog._fold.click()
    assert details.isVisible()
    assert "disk_full" in details.toPlainText()
    dialog._copy.click()
    assert "disk_full" in QGuiApplication.clipboard().text()
    dialog.accept()


@pytest.mark.parametrize("show", [show_info, show_warning])
def test_messages_have_one_button(window, show):
    dialog = show(window, "Judul", "Isi")
    assert "Mengerti" in texts_of(dialog)
    dialog.accept()


@pytest.mark.parametrize(("answer", "calls"), [("accept", [1]), ("reject", [])])
def test_a_question_acts_only_on_yes(window, answer, calls):
    done = []
    dialog = confirm(window, "Hapus?", "Data akan hilang.", "Hapus", lambda: done.append(1))
    getattr(dialog, answer)()
    assert done == calls


def test_short_work_shows_no_progress_dialog(window, inline_bridge):
    done = []
    run_with_progress(
        window,
        "Mengimpor",
        lambda report, ending: inline_bridge.task(
            window, lambda progress: 5, ending(done.append), ending(), progress=report
        ),
    )
    assert done == [5]
    assert all(not dialog.isVisible() for dialog in window.findChildren(ProgressDialog))


def test_a_refusal_of_long_work_is_shown_when_nobody_handles_it(window, inline_bridge):
    def refuse(_progress):
        raise DeskError("x", "Berkas rusak.")

    run_with_progress(
        window,
        "Mengimpor",
        lambda report, ending: inline_bridge.task(window, refuse, ending(), ending(), progress=report),
    )
    dialog = window.findChild(MessageDialog)
    assert "Berkas rusak." in texts_of(dialog)
    dialog.accept()


def test_the_progress_dialog_goes_away_when_the_work_crashes(window, qtbot, fake_desk):
    bridge, gate = Bridge(fake_desk), threading.Event()

    def crash(_progress):
        gate.wait(5)
        raise ZeroDivisionError

    run_with_progress(
        window, "Kerja", lambda report, ending: bridge.task(window, crash, ending(), ending(), progress=report)
    )
    dialog = window.findChild(ProgressDialog)
    with qtbot.waitSignal(bridge.crashed):
        dialog.open()
        gate.set()
    assert not dialog.isVisible()
    bridge.close()


def test_cancelling_in_the_progress_dialog_stops_the_work(window, qtbot, fake_desk):
    bridge, started, told = Bridge(fake_desk), threading.Event(), []

    def work(progress):
        started.set()
        while True:
            progress.check()

    run_with_progress(
        window,
        "Kerja",
        lambda report, ending: bridge.task(
            window, work, ending(), ending(), progress=report, cancelled=ending(lambda: told.append("batal"))
        ),
    )
    started.wait(5)
    window.findChild(ProgressDialog).cancel_button.click()
    qtbot.waitUntil(lambda: bool(told))
    bridge.close()


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (ProgressState(1200, 5000, "", 9.2), "1.200 dari 5.000 · sisa ± 9 detik"),
        (ProgressState(1, 5000, "Membaca", 150), "Membaca · 1 dari 5.000 · sisa ± 2 menit"),
        (ProgressState(40, 0, "Menghitung", None), "Menghitung · 40"),
        (ProgressState(5, 5, "", 0.0), "5 dari 5"),
    ],
)
def test_progress_in_words(state, text):
    assert progress_text(state) == text


def test_a_toast_offers_the_way_back_once(window):
    toast, undone = Toast(window), []
    toast.show_text("Dipindahkan.", lambda: undone.append(1))
    assert toast.isVisible()
    assert toast.undo_button.isVisible()
    toast.undo_button.click()
    assert (undone, toast.isVisible()) == ([1], False)


def test_a_toast_stays_inside_its_window(window):
    toast = Toast(window)
    toast.show_text("Tersimpan.")
    window.resize(500, 400)
    assert window.rect().contains(toast.geometry())
    toast.hide()


def _crash() -> BaseException:
    try:
        raise KeyError(SECRET)
    except KeyError as error:
        return error


def test_a_crash_report_names_places_but_no_people():
    text = describe(_crash())
    assert "builtins.KeyError" in text
    assert "tests/ui/test_shared_dialogs.py" in text
    assert SECRET not in text


def test_a_crash_dialog_says_what_was_kept_and_where_the_report_is(window, tmp_path):
    report = write_report(tmp_path / "catatan", describe(_crash()))
    dialog = crash_dialog(window, "rincian", report)
    dialog.open()
    words = " ".join(texts_of(dialog))
    assert "tetap aman" in words
    assert report.name in words
    dialog.accept()


def test_a_folder_that_cannot_be_written_does_not_hide_the_crash(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("x")
    assert write_report(blocked, "x") is None


def test_errors_from_any_thread_reach_one_dialog(window, qtbot, tmp_path, capsys):
    handler = CrashHandler(lambda: tmp_path, lambda: window)
    handler.install()
    try:
        worker = threading.Thread(target=lambda: 1 // 0)
        worker.start()
        worker.join()
        handler.report(_crash())
        qtbot.waitUntil(lambda: len(list(tmp_path.glob("kesalahan-*.txt"))) == 2)
        shown = [dialog for dialog in window.findChildren(MessageDialog) if dialog.isVisible()]
        assert len(shown) == 1
        shown[0].accept()
    finally:
        handler.uninstall()
    assert sys.excepthook is sys.__excepthook__


def test_only_the_last_reports_are_kept(tmp_path: Path):
    for number in range(60):
        (tmp_path / f"kesalahan-20200101-000000-{number:06}.txt").write_text("x")
    write_report(tmp_path, "baru")
    assert len(list(tmp_path.glob("kesalahan-*.txt"))) == 50

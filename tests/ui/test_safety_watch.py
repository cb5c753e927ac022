"""Automatic backups while the window is open, the status bar's words about them, and the crash of last time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from asn_desk.database.backups.keeping import Plan, keep
from asn_desk.desk import Desk
from tests.factories import add_unit
from ui.shared.bridge import Bridge
from ui.shared.crash import describe, offer_last_crash, unseen_report, write_report
from ui.shared.window.safety_watch import Safety, SafetyWatch, backup_words, safety
from ui.shared.window.status_bar import StatusBar, StatusInfo

SECRET = "198501012006011001 Melati Contoh"


def test_the_watch_makes_the_backup_that_is_due_and_says_so(qapp: object, desk: Desk) -> None:
    desk.write(lambda session: add_unit(session, "Dinas Kesehatan").id)
    owner, seen = QObject(), list[Safety]()
    watch = SafetyWatch(owner, Bridge(desk, inline=True), desk)
    watch.looked.connect(seen.append)
    watch.look()
    assert "Belum ada cadangan yang baik" in seen[-1].warning
    watch.keep()
    assert seen[-1].warning == ""
    assert seen[-1].notes[0].startswith("Cadangan terakhir")
    head = desk.trail_head()
    assert head is not None
    assert seen[-1].notes[1] == f"Tanda jejak {head.short}"
    assert len(desk.backups()) == 1


def test_an_old_backup_makes_the_status_bar_red(qapp: object, desk: Desk, qtbot: object) -> None:
    keep(desk.paths, Plan(), datetime.now(UTC) - timedelta(days=8))
    found = safety(desk)
    bar = StatusBar()
    bar.set_info(StatusInfo(list(found.notes), "Ratna", found.warning))
    assert found.warning.startswith("Cadangan terakhir yang baik:")
    assert bar._warning.isVisibleTo(bar)
    bar.set_info(StatusInfo(["Cadangan terakhir 08.15"], "Ratna"))
    assert not bar._warning.isVisibleTo(bar)
    bar.deleteLater()


def test_the_practice_office_says_nothing_of_backups(practice_desk: Desk) -> None:
    assert safety(practice_desk) == Safety()


def test_backup_words_name_the_day_when_it_is_not_today() -> None:
    assert backup_words(None) == "Belum ada cadangan"
    assert backup_words(datetime(2024, 9, 3, 8, 15, tzinfo=UTC)).endswith("September 2024")


def a_crash() -> BaseException:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        return error


def test_a_report_is_offered_once_at_the_next_start_and_holds_no_name(tmp_path: Path) -> None:
    assert unseen_report(tmp_path) is None
    report = write_report(tmp_path, describe(a_crash()))
    assert report is not None
    assert unseen_report(tmp_path) == report
    assert unseen_report(tmp_path) is None
    assert SECRET not in report.read_text(encoding="utf-8")
    assert str(Path.home()) not in report.read_text(encoding="utf-8")


def test_the_last_crash_is_told_in_words_at_the_next_start(
    qapp: object, qtbot: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtWidgets import QWidget

    monkeypatch.setattr("faulthandler.is_enabled", lambda: True)
    window = QWidget()
    assert offer_last_crash(window, tmp_path) is None
    write_report(tmp_path, describe(a_crash()))
    dialog = offer_last_crash(window, tmp_path)
    assert dialog is not None
    assert "Terakhir kali program" in dialog.text_label.text()
    dialog.accept()
    window.deleteLater()


def test_a_sudden_end_leaves_a_report_without_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("faulthandler.is_enabled", lambda: False)
    sudden = tmp_path / "berhenti-mendadak.txt"
    sudden.write_text('Fatal Python error: Segmentation fault\n  File "/home/melati/asn/ui/main.py", line 3 in run\n')
    report = unseen_report(tmp_path)
    assert report is not None
    told = report.read_text(encoding="utf-8")
    assert 'File "main.py", line 3 in run' in told
    assert "melati" not in told
    assert not sudden.exists()

"""Starting: light before the first paint, the data after it, one window per data folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from ui.shared.window.office_state import backup_note, initials
from ui.shared.window.single_instance import Doorbell, server_name, wake_other

HEAVY = (
    "sqlalchemy",
    "alembic",
    "reportlab",
    "docx",
    "docxtpl",
    "pydantic",
    "openpyxl",
    "pypdfium2",
    "zxingcpp",
    "jinja2",
    "lxml",
)
FIRST_PAINT = """
import json, sys
from pathlib import Path
from ui.main import Program, make_application
app = make_application(["test"])
program = Program(app, Path(sys.argv[1]))
program.open(practice=False)
program.window.first_painted.disconnect(program._load)
program.window.first_painted.connect(lambda: app.exit(0))
app.exec()
print(json.dumps([name for name in sys.argv[2:] if name in sys.modules]))
program.shut_down()
"""
DATA_AFTER = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from ui.main import Program, make_application
from ui.shared.page import Page, PageSpec
app = make_application(["test"])
class Start(Page):
    title = "Mulai"
pages = [PageSpec("home", "Beranda", "home", "Ctrl+1", Start), PageSpec("first_start", "Mulai", "home", "", Start, listed=False)]
program = Program(app, Path(sys.argv[1]), pages)
program.open(practice=len(sys.argv) > 2)
timer = QTimer(app, interval=10)
timer.timeout.connect(lambda: app.exit(0) if program.window and program.window.current_page() else None)
timer.start()
QTimer.singleShot(80000, app, lambda: app.exit(3))
code = app.exec()
print(program.window.status._notes.text(), program._today(), sep="|")
timer.stop()
program.window.close()
program.shut_down()
raise SystemExit(code)
"""


def _run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=100, check=False)


@pytest.mark.fresh_process
def test_nothing_heavy_is_loaded_before_the_first_paint(tmp_path):
    done = _run(FIRST_PAINT, str(tmp_path / "data"), *HEAVY)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []


@pytest.mark.fresh_process
def test_the_data_open_after_the_window_and_an_empty_office_starts_with_the_first_page(tmp_path):
    done = _run(DATA_AFTER, str(tmp_path / "data"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Belum ada cadangan|")
    assert (tmp_path / "data" / "asn_desk.db").exists()


@pytest.mark.slow
@pytest.mark.fresh_process
def test_practice_stands_on_its_day_in_a_folder_of_its_own(tmp_path):
    done = _run(DATA_AFTER, str(tmp_path / "data"), "practice")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("|2024-09-09")
    assert (tmp_path / "data" / "latihan" / "asn_desk.db").exists()
    assert not (tmp_path / "data" / "asn_desk.db").exists()


def test_a_second_start_rings_at_the_first(qtbot, tmp_path):
    bell = Doorbell(tmp_path)
    with qtbot.waitSignal(bell.rung):
        assert wake_other(tmp_path)
    bell.close()
    assert not wake_other(tmp_path)


def test_other_folders_have_other_bells(tmp_path):
    assert server_name(tmp_path / "a") != server_name(tmp_path / "b")
    assert str(tmp_path) not in server_name(tmp_path)


@pytest.mark.parametrize(("region", "letters"), [("Kota Contoh", "KC"), ("Provinsi Contoh Utara", "PC"), ("", "AD")])
def test_the_office_in_two_letters(region, letters):
    assert initials(region) == letters


def test_the_last_backup_in_words(tmp_path: Path):
    today = date(2024, 9, 9)
    assert backup_note(tmp_path / "none", today) == "Belum ada cadangan"
    file = tmp_path / "a.zip"
    file.write_bytes(b"x")
    _set_time(file, datetime(2024, 9, 9, 8, 15))
    assert backup_note(tmp_path, today) == "Cadangan terakhir 08.15"
    _set_time(file, datetime(2024, 9, 3, 8, 15))
    assert backup_note(tmp_path, today) == "Cadangan terakhir 3 September 2024"


def _set_time(file: Path, moment: datetime) -> None:
    os.utime(file, (moment.timestamp(), moment.timestamp()))


VISIT = """
import sys
from pathlib import Path
from ui.main import Program, make_application, visit_when_ready
from ui.shared.page import Page, PageSpec
class Good(Page):
    title = "Baik"
class Bad(Page):
    title = "Buruk"
    def reload(self):
        raise ZeroDivisionError
app = make_application(["test"])
names = [("home", Good), ("first_start", Good), ("other", Bad if sys.argv[2] == "bad" else Good)]
program = Program(app, Path(sys.argv[1]), [PageSpec(key, key, "home", "", page) for key, page in names])
program.open(practice=False)
visit_when_ready(app, program)
code = app.exec()
print(program.crashes)
program.shut_down()
raise SystemExit(code)
"""


@pytest.mark.fresh_process
@pytest.mark.parametrize(("kind", "crashes"), [("good", 0), ("bad", 1)])
def test_the_self_test_notices_a_page_that_fails(tmp_path, kind, crashes):
    done = _run(VISIT, str(tmp_path / "data"), kind)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(crashes)

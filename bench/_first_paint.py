"""Start one window, leave right after its first paint, print what that took; started by bench/startup.py in a fresh process."""

from __future__ import annotations

import json
import os
import runpy
import sys
import time
from typing import Any, NoReturn

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

HEAVY = (
    "sqlalchemy",
    "alembic",
    "reportlab",
    "docx",
    "docxtpl",
    "jinja2",
    "lxml",
    "python_calamine",
    "xlsxwriter",
    "pypdfium2",
    "zxingcpp",
)


class FirstPaint(QObject):
    """Waits for the first paint of a real window; splash screens, popups and tool tips do not count."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Paint
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and is_window(watched)
        ):
            QTimer.singleShot(0, report)
        return False


def is_window(widget: QWidget) -> bool:
    return (widget.windowFlags() & Qt.WindowType.WindowType_Mask) == Qt.WindowType.Window


def report() -> NoReturn:
    """Print the CPU seconds of this process so far and which heavy libraries are loaded, and be gone at once."""
    loaded = [name for name in HEAVY if name in sys.modules]
    sys.stdout.write(json.dumps({"cpu": time.process_time(), "loaded": loaded}) + "\n")
    sys.stdout.flush()
    os._exit(0)


def watch_event_loop() -> None:
    """Make QApplication.exec watch for the first paint, so that the program itself needs no door for measurements."""
    plain = QApplication.exec

    def watched_exec(*_itself: Any) -> int:
        application = QApplication.instance()
        assert application is not None
        watcher = FirstPaint(application)
        application.installEventFilter(watcher)
        return plain()

    QApplication.exec = watched_exec  # type: ignore[method-assign]


def bare() -> None:
    """Show the smallest window that Qt can."""
    application = QApplication(sys.argv)
    window = QMainWindow()
    window.resize(1366, 768)
    window.show()
    application.exec()


if __name__ == "__main__":
    watch_event_loop()
    if sys.argv[1] == "bare":
        bare()
    else:
        sys.argv = ["ui", *sys.argv[2:]]
        runpy.run_module("ui", run_name="__main__", alter_sys=True)

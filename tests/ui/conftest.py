"""UI tests run without a screen, in our look, and leave nothing behind: no window, no thread, no running timer."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from asn_desk.desk import Desk
from tests.ui.fakes import FakeDesk
from ui.shared.bridge import Bridge
from ui.shared.page import PageContext
from ui.shared.theme.theme import Theme
from ui.shared.window.language import install_language

DAY = date(2024, 9, 9)
OFFSCREEN_TALK = "This plugin does not support"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What the screenless platform says about itself is no failure."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN_TALK, extend=True))


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """Our look and language on the one application of the test run."""
    install_language(qapp)
    return Theme(qapp, "light")


@pytest.fixture(autouse=True)
def nothing_left_behind(theme: Theme, qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves windows, threads or running timers behind."""
    gc.freeze()  # what was there before the test need not be looked through after it
    threads = set(threading.enumerate())
    yield
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    windows = [widget for widget in qapp.topLevelWidgets() if widget.isVisible()]
    timers = [timer for widget in qapp.topLevelWidgets() for timer in widget.findChildren(QTimer) if timer.isActive()]
    left_threads = set(threading.enumerate()) - threads
    for widget in qapp.topLevelWidgets():
        widget.close()
        widget.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not windows, f"windows left open: {windows}"
    assert not left_threads, f"threads left running: {left_threads}"
    assert not timers, f"timers left running: {timers}"


@pytest.fixture
def fake_desk() -> FakeDesk:
    """A desk without a database."""
    return FakeDesk()


@pytest.fixture
def inline_bridge(fake_desk: FakeDesk) -> Iterator[Bridge]:
    """A bridge that does everything at once."""
    bridge = Bridge(fake_desk, inline=True)
    yield bridge
    bridge.close()


class Recorder:
    """Remembers what a page asked its window to do."""

    def __init__(self) -> None:
        self.navigated: list[tuple[str, object | None]] = []
        self.toasts: list[str] = []
        self.undo: object = None
        self.calls: list[str] = []

    def navigate(self, key: str, target: object | None) -> None:
        self.navigated.append((key, target))

    def toast(self, text: str, undo: object) -> None:
        self.toasts.append(text)
        self.undo = undo


@pytest.fixture
def recorder() -> Recorder:
    """What the page asked for."""
    return Recorder()


@pytest.fixture
def page_context(inline_bridge: Bridge, theme: Theme, recorder: Recorder, tmp_path: Path) -> PageContext:
    """Everything a page is given, on the inline bridge, on 9 September 2024."""
    return make_context(inline_bridge, theme, recorder, tmp_path)


@pytest.fixture
def bridge(practice_desk: Desk) -> Iterator[Bridge]:
    """A bridge on the real core, on 9 September 2024; a module with another desk has its own."""
    made = Bridge(practice_desk, inline=True)
    yield made
    made.close()


@pytest.fixture
def context(bridge: Bridge, theme: Theme, recorder: Recorder, tmp_path: Path) -> PageContext:
    """Everything a page is given, on that bridge."""
    return make_context(bridge, theme, recorder, tmp_path)


def make_context(bridge: Bridge, theme: Theme, recorder: Recorder, folder: Path) -> PageContext:
    """Return a page context on another bridge (one with a real desk, for page tests)."""
    return PageContext(
        bridge=bridge,
        settings_file=folder / "jendela.ini",
        paths=None,
        today=lambda: DAY,
        navigate=recorder.navigate,
        toast=recorder.toast,
        open_search=lambda: recorder.calls.append("search"),
        practice=False,
        enter_practice=lambda: recorder.calls.append("enter_practice"),
        leave_practice=lambda: recorder.calls.append("leave_practice"),
        theme=theme,
        desk_info=lambda: bridge.desk,
        user=lambda: "Ratna Wulandari",
        work_as=lambda name: recorder.calls.append(f"work_as {name}"),
        everything_changed=lambda: recorder.calls.append("everything_changed"),
    )


def texts_of(widget: QWidget) -> list[str]:
    """Return every text a widget and its children show, for assertions in the clerk's words."""
    found: list[str] = []
    for child in [widget, *widget.findChildren(QWidget)]:
        for name in ("text", "title", "placeholderText", "windowTitle"):
            getter = getattr(child, name, None)
            if callable(getter) and isinstance(value := getter(), str) and value:
                found.append(value)
    return found

"""The program's entry: arguments, look, window first, then the data on a background thread."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from asn_desk.accounts.terms import ROLE_WORDS, Action
from asn_desk.errors import DeskError
from asn_desk.paths import APP_NAME, DataPaths, default_data_dir
from asn_desk.topics import Topic
from asn_desk.wording import long_date
from ui.main_window import MainWindow, WindowParts
from ui.shared.bridge import Bridge
from ui.shared.crash import CrashHandler, offer_last_crash
from ui.shared.page import JumpItem, Page, PageContext, PageSpec
from ui.shared.tables.table_layout import window_settings
from ui.shared.theme.theme import Theme
from ui.shared.window.language import install_language
from ui.shared.window.office_state import OfficeState, locked_state, read_state
from ui.shared.window.safety_watch import Safety, SafetyWatch
from ui.shared.window.seat import Seat, Welcome
from ui.shared.window.sidebar import Brand
from ui.shared.window.status_bar import StatusInfo

PRACTICE_DAY = date(2024, 9, 9)
PRACTICE_TEXT = (
    f"Mode latihan: Pemerintah Kota Contoh, tanggal simulasi {long_date(PRACTICE_DAY)}. "
    "Semua orang di sini rekaan; data kantor tidak tersentuh."
)
LONGEST_SELF_TEST_MS = 180_000
SELF_TEST_STEP_MS = 300
_STATE_TOPICS = frozenset({Topic.OFFICE, Topic.USERS, Topic.BACKUP})


def _page(feature: str, name: str) -> Callable[[PageContext], Page]:
    """Return the factory of a page; its module is imported on the first visit."""

    def make(context: PageContext) -> Page:
        page: Page = getattr(import_module(f"ui.{feature}.page"), name)(context)
        return page

    return make


def _count(feature: str) -> Callable[[Any], int]:
    """Return the reader of the number beside a page; imported when the data are open."""

    def count(session: Any) -> int:
        found: int = import_module(f"ui.{feature}.badge").count(session)
        return found

    return count


def _find(feature: str) -> Callable[[Any, str], list[JumpItem]]:
    """Return a feature's finder for the jump palette."""

    def find(session: Any, text: str) -> list[JumpItem]:
        return list(import_module(f"ui.{feature}.jump").find(session, text))

    return find


def _first_start(context: PageContext) -> Page:
    from ui.settings.first_start import FirstStartPage

    return FirstStartPage(context)


PAGES = (
    PageSpec(
        "home", "Beranda", "home", "Ctrl+1", _page("home", "HomePage"), _count("home"), action=Action.SEE_COUNTS
    ),
    PageSpec(
        "employees", "Pegawai", "people", "Ctrl+2", _page("employees", "EmployeesPage"), find=_find("employees"),
        action=Action.SEE_EMPLOYEES,
    ),
    PageSpec(
        "candidacy", "Pencalonan", "flag", "Ctrl+3", _page("candidacy", "CandidacyPage"), find=_find("candidacy"),
        action=Action.SEE_CANDIDACY,
    ),
    PageSpec(
        "letters", "Surat", "document", "Ctrl+4", _page("letters", "LettersPage"), find=_find("letters"),
        action=Action.SEE_LETTERS,
    ),
    PageSpec(
        "circulars", "Edaran", "megaphone", "Ctrl+5", _page("circulars", "CircularsPage"), _count("circulars"),
        _find("circulars"), action=Action.SEE_CIRCULARS,
    ),
    PageSpec("scan", "Pindai", "scan", "Ctrl+6", _page("scan", "ScanPage"), _count("scan"), action=Action.ACKNOWLEDGE),
    PageSpec("settings", "Pengaturan", "gear", "Ctrl+9", _page("settings", "SettingsPage"), bottom=True),
    PageSpec("first_start", "Mulai", "building", "", _first_start, listed=False),
)  # fmt: skip


class Program(QObject):
    """One open office at a time: its bridge, its window, and the change to the practice office and back."""

    def __init__(self, app: QApplication, root: Path, pages: Sequence[PageSpec] = PAGES) -> None:
        super().__init__(app)
        self._app = app
        self._office = DataPaths(root)
        self.pages = pages
        self._desk: Any = None
        self._practice = False
        self._user = ""
        self._state: OfficeState | None = None
        self._begun = False
        self._safety = Safety()
        self.seat: Seat | None = None
        self.bridge = Bridge()
        self.window: MainWindow | None = None
        self.theme = Theme(app, str(self._remembered("theme/mode") or "system"))
        self.theme.mode_changed.connect(partial(self._remember, "theme/mode"))
        self._crash = CrashHandler(lambda: self._office.logs, lambda: self.window)
        self._crash.install()
        app.setQuitOnLastWindowClosed(False)

    @property
    def loaded(self) -> bool:
        """Return whether the data are open."""
        return self._desk is not None

    @property
    def ready(self) -> bool:
        """Return whether the data are open and the window shows whose they are."""
        return self.loaded and self._state is not None

    @property
    def crashes(self) -> int:
        """Return how many unexpected errors were met."""
        return self._crash.seen

    def open(self, *, practice: bool) -> None:
        """Show a window at once; the data follow after its first paint."""
        self._practice = practice
        self.bridge = Bridge()
        self.bridge.crashed.connect(self._crash.report)
        self.bridge.changed.connect(self._on_changed)
        self.window = MainWindow(self._parts(), self.pages)
        self.window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.window.first_painted.connect(self._load)
        self.window.closed.connect(self._on_closed)
        self.seat = Seat(self.window, self.bridge, self._welcome)
        self.seat.taken.connect(self._on_taken)
        self.window.show()

    def raise_window(self) -> None:
        """Bring the window to the front; a second start asked for it."""
        if self.window is not None:
            self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
            self.window.raise_()
            self.window.activateWindow()

    def close(self) -> None:
        """Finish what is being written and let the data folder go."""
        self.window = self.seat = None
        self.bridge.close()
        if self._desk is not None:
            self._desk.close()
            self._desk = None
        self._state, self._begun, self._safety = None, False, Safety()

    def shut_down(self) -> None:
        """Close everything, at the end of the program."""
        window = self.window
        self.close()
        if window is not None:
            window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # widgets let go of their open PDFs
        self._crash.uninstall()

    @property
    def _paths(self) -> DataPaths:
        return self._office.practice() if self._practice else self._office

    def _parts(self) -> WindowParts:
        return WindowParts(
            bridge=self.bridge,
            settings_file=self._office.window_state,
            paths=self._paths,
            today=self._today,
            theme=self.theme,
            practice_text=PRACTICE_TEXT if self._practice else "",
            enter_practice=partial(self._switch, practice=True),
            leave_practice=partial(self._switch, practice=False),
            user=lambda: self._user,
            work_as=self._work_as,
            may=self._may,
        )

    def _today(self) -> date:
        return self._desk.clock.today() if self._desk is not None else datetime.now().astimezone().date()

    def _load(self) -> None:
        assert self.window is not None
        window, paths, practice = self.window, self._paths, self._practice
        self.bridge.task(
            window,
            lambda progress: open_data(paths, practice=practice, say=partial(progress, 0, 0)),
            self._on_loaded,
            self._on_load_refused,
            progress=lambda state: window.set_opening(f"{state.text}…"),
        )

    def _on_loaded(self, desk: Any) -> None:
        self._desk = desk
        self.bridge.attach(desk)
        self._watch_over(desk)
        self._read_state()

    def _watch_over(self, desk: Any) -> None:
        assert self.window is not None
        self._watch = SafetyWatch(self.window, self.bridge, desk)
        self._watch.looked.connect(self._show_safety)
        self._watch.start()
        offer_last_crash(self.window, self._office.logs)

    def _show_safety(self, found: Safety) -> None:
        self._safety = found
        self._set_user(self._user)
        if self.seat is not None:
            self.seat.warn(found.warning)

    def _on_load_refused(self, error: DeskError) -> None:
        from ui.shared.dialogs import show_refusal

        assert self.window is not None
        self.window.status.set_saved("Data belum terbuka", "late")
        show_refusal(self.window, error).finished.connect(lambda _code: self._app.quit())

    def _read_state(self) -> None:
        if self._desk is not None and self._desk.locked:
            self._show_state(locked_state())
        elif self.window is not None:
            backups, today = self._paths.backups, self._today()
            self.bridge.read(self.window, lambda session: read_state(session, backups, today), self._show_state)

    def _show_state(self, state: OfficeState) -> None:
        assert self.window is not None
        assert self.seat is not None
        was_empty = self._state is not None and not self._state.agency
        self._state = state
        self._set_user(self._chosen(state))
        self.window.set_brand(Brand(state.initials, state.agency))
        self.window.status.set_saved("Tersimpan")
        self.window.offer_pages()
        self.seat.look(state.accounts)
        self.window.status.offer(self.seat.actions())
        if not self.seat.waiting and (not self._begun or (was_empty and state.agency)):
            self._begin()

    def _begin(self) -> None:
        assert self.window is not None
        assert self._state is not None
        self._begun = True
        if self._state.agency:
            self.window.start_over()
        else:
            self.window.open_page("first_start")

    def _on_taken(self, viewer: Any) -> None:
        """Somebody signed in who was not here before: every page begins anew."""
        assert self.window is not None
        self._work_as(viewer.name)
        if self._state is not None and self._state.locked:  # the office is known only now; then its pages begin
            self._watch.start()
            self.bridge.task(self.window, lambda _progress: refresh_data(self._desk), lambda _none: self._read_state())
            return
        self._begin()
        self._read_state()

    def _chosen(self, state: OfficeState) -> str:
        if state.accounts.on:
            return "" if self._desk.viewer is None else str(self._desk.viewer.name)
        remembered = self._last_user()
        return remembered if remembered in state.operators else next(iter(state.operators), "")

    def _last_user(self) -> str:
        return str(self._remembered("user/name") or "")

    def _welcome(self) -> Welcome:
        return Welcome("" if self._state is None else self._state.agency, self._last_user())

    def _may(self, action: str) -> bool:
        if self._state is None or not self._state.accounts.on:
            return True
        viewer = self._desk.viewer
        return viewer is not None and action in viewer.rights

    def _work_as(self, name: str) -> None:
        encrypted = self._desk is not None and self._desk.encrypted  # then no name lies in the folder
        self._remember("user/name", "" if encrypted else name)
        self._set_user(name)

    def _set_user(self, name: str) -> None:
        self._user = name
        viewer = None if self._desk is None else self._desk.viewer
        if self._desk is not None and name and viewer is None:
            self._desk.actor = name
        if self.window is not None and self._state is not None:
            role = "operator" if viewer is None else ROLE_WORDS[viewer.role]
            notes = list(self._safety.notes) or [self._state.backup]
            user = f"{name}, {role}" if name else ""
            self.window.set_status(StatusInfo(notes, user, self._safety.warning))

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & _STATE_TOPICS:
            self._read_state()

    def _on_closed(self) -> None:
        self.close()
        self._app.quit()

    def _switch(self, *, practice: bool) -> None:
        if self.loaded and self.window is not None:
            QTimer.singleShot(0, self, partial(self._reopen, practice=practice))

    def _reopen(self, *, practice: bool) -> None:
        window = self.window
        if window is None:
            return
        window.closed.disconnect(self._on_closed)
        if not window.close():
            window.closed.connect(self._on_closed)
            return
        self.close()
        self.open(practice=practice)

    def _remembered(self, key: str) -> object:
        return window_settings(self._office.window_state).value(key)

    def _remember(self, key: str, value: str) -> None:
        window_settings(self._office.window_state).setValue(key, value)


def open_data(paths: DataPaths, *, practice: bool, say: Callable[[str], None]) -> Any:
    """Open a data folder's desk; on a worker thread, because it loads the database libraries (half a second)."""
    from asn_desk import logs

    logs.start(paths.logs)
    if practice:
        from asn_desk.sample.practice import open_practice

        desk = open_practice(paths.root, progress=say)
    else:
        from asn_desk.desk import open_desk

        desk = open_desk(paths.root)
    if not desk.locked:
        refresh_data(desk)
    return desk


def refresh_data(desk: Any) -> None:
    """Bring up to date what changes by the mere passing of days."""
    from asn_desk.candidacy.service import refresh

    desk.maintain(refresh)


def make_application(argv: Sequence[str]) -> QApplication:
    """Return the application object with name and language."""
    app = QApplication(list(argv))
    app.setApplicationName(APP_NAME)
    app.setApplicationDisplayName(APP_NAME)
    install_language(app)
    return app


def read_arguments(argv: Sequence[str]) -> argparse.Namespace:
    """Return the parsed command line; unknown words end the program with usage."""
    parser = argparse.ArgumentParser(prog="asn-desk", description="ASN Desk")
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="folder data kantor")
    parser.add_argument("--practice", action="store_true", help="buka kantor latihan")
    parser.add_argument("--self-test", action="store_true", help="uji program di folder sementara, lalu keluar")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    from ui.shared.window.single_instance import Doorbell, wake_other

    words = sys.argv[1:] if argv is None else list(argv)
    options = read_arguments(words)
    if options.self_test:
        return self_test()
    app = make_application([APP_NAME])
    root = (options.data or default_data_dir()).expanduser()
    if wake_other(root):
        return 0
    doorbell = Doorbell(root, app)
    program = Program(app, root)
    doorbell.rung.connect(program.raise_window)
    program.open(practice=options.practice)
    code = app.exec()
    program.shut_down()
    doorbell.close()
    return code


def self_test() -> int:
    """Open a practice office in a folder of its own, visit every page, and run the core's self-test. 0 means all is well."""
    import os
    import tempfile

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = make_application([APP_NAME])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        program = Program(app, Path(folder))
        program.open(practice=True)
        visit_when_ready(app, program)
        QTimer.singleShot(LONGEST_SELF_TEST_MS, app, partial(app.exit, 3))
        code = app.exec() or min(program.crashes, 1)
        program.shut_down()
    if code:
        return code
    from asn_desk.cli.main import main as core

    return core(["self-test"])


def visit_when_ready(app: QApplication, program: Program) -> None:
    """Visit every page once the data are open, give each a moment to read, and leave."""
    timer = QTimer(app, interval=SELF_TEST_STEP_MS)
    keys = iter([spec.key for spec in program.pages])

    def step() -> None:
        if program.window is None or program.window.current_page() is None:
            return
        key = next(keys, None)
        if key is None:
            timer.stop()
            app.exit(0)
        else:
            program.window.open_page(key)

    timer.timeout.connect(step)
    timer.start()

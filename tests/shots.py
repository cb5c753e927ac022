"""Pictures of every screen, in the sample office: `python3 dev.py shots`, or `python -m tests.shots --out DIR`.

The real program is started with the practice office; each page is opened, given time to read, and drawn to a PNG.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from tests import shots_checker, shots_circulars
from tests.shots_candidacy import candidacy_pictures
from tests.shots_circulars import Camera
from tests.shots_employees import employees_pictures
from tests.shots_letters import letters_pictures
from ui.main import PAGES, Program, make_application
from ui.main_window import MainWindow

SETTLE_MS = 900
LONGEST_WAIT_MS = 180_000


@dataclass(frozen=True)
class Setting:
    """How the window is shown: theme and size in pixels."""

    theme: str
    size: tuple[int, int]

    @property
    def name(self) -> str:
        """Return what the picture's file name carries."""
        return f"{self.theme}-{self.size[0]}x{self.size[1]}"


SETTINGS = (
    Setting("light", (1366, 768)),
    Setting("dark", (1366, 768)),
    Setting("light", (1024, 640)),
    Setting("light", (1920, 1080)),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Draw all pictures and say where they are."""
    parser = argparse.ArgumentParser(prog="tests.shots")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--few", action="store_true", help="only the pages, once, light")
    chosen = parser.parse_args(argv)
    out: Path = chosen.out
    out.mkdir(parents=True, exist_ok=True)
    app = make_application(["ASN Desk"])
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        made = [*_empty_office(app, Path(folder) / "kosong", out)]
        made += _practice(
            app, Path(folder) / "latihan", out, SETTINGS[:1] if chosen.few else SETTINGS, dialogs=not chosen.few
        )
    if not chosen.few:
        made += shots_checker.marked_copy(out)
    print(f"{len(made)} gambar di {out.resolve()}")
    return 0


def _empty_office(app: QApplication, root: Path, out: Path) -> Iterator[Path]:
    program = _opened(app, root, SETTINGS[0], practice=False)
    assert program.window is not None
    yield _picture(program.window, out / f"first_start-{SETTINGS[0].name}.png")
    _close(program)


def _practice(
    app: QApplication, root: Path, out: Path, settings: Sequence[Setting], *, dialogs: bool
) -> Iterator[Path]:
    for setting in settings:
        program = _opened(app, root, setting, practice=True)
        window = program.window
        assert window is not None
        for spec in PAGES:
            if spec.listed:
                window.open_page(spec.key)
                _settle()
                yield _picture(window, out / f"{spec.key}-{setting.name}.png")
        if dialogs and setting.size == SETTINGS[0].size:
            yield from _extra(window, out, setting)
            work = root.parent / f"impor-{setting.name}"
            yield from employees_pictures(window, work, out, setting.name, _settle, _picture)
            yield from _circular_life(program, root.parent / setting.name, out, setting)
        _close(program)


def _extra(window: MainWindow, out: Path, setting: Setting) -> Iterator[Path]:
    """Settings' sections, the dialogs of the main actions and the jump palette."""
    for section in ("officials", "units", "series", "look", "templates", "rules", "users", "backup", "appearance"):
        window.open_page("settings", section)
        _settle()
        yield _picture(window, out / f"settings_{section}-{setting.name}.png")
    dialog = shots_checker.findings_dialog(window)
    dialog.show()
    _settle()
    yield _picture(dialog, out / f"checker_findings-{setting.name}.png")
    dialog.close()
    for key in ("employees", "candidacy", "letters", "circulars"):
        yield from _dialog(window, key, out / f"{key}_new-{setting.name}.png")
    yield from candidacy_pictures(window, out, setting.name, _settle, _picture)
    yield from letters_pictures(window, out, setting.name, _settle, _picture)
    window.open_search()
    _settle()
    palette = QApplication.activeModalWidget() or QApplication.activePopupWidget()
    if palette is not None:
        yield _picture(palette, out / f"search-{setting.name}.png")
        palette.close()


def _circular_life(program: Program, work: Path, out: Path, setting: Setting) -> Iterator[Path]:
    camera = Camera(program.window, _settle, lambda widget, name: _picture(widget, out / f"{name}-{setting.name}.png"))
    yield from shots_circulars.pictures(program.bridge.desk, camera, work)


def _dialog(window: MainWindow, key: str, target: Path) -> Iterator[Path]:
    window.open_page(key)
    _settle()
    page = window.current_page()
    assert page is not None
    page.new_record()
    _settle()
    for dialog in [found for found in window.findChildren(QDialog) if found.isVisible()]:
        yield _picture(dialog, target)
        dialog.close()


def _opened(app: QApplication, root: Path, setting: Setting, *, practice: bool) -> Program:
    program = Program(app, root)
    program.theme.set_mode(setting.theme)
    program.open(practice=practice)
    assert program.window is not None
    program.window.resize(*setting.size)
    _wait_until(lambda: program.ready)
    _settle()
    return program


def _close(program: Program) -> None:
    if program.window is not None:
        program.window.closed.disconnect()
        program.window.close()
    program.shut_down()


def _picture(widget: QWidget, target: Path) -> Path:
    widget.grab().save(str(target))
    return target


def _settle() -> None:
    loop = QEventLoop()
    QTimer.singleShot(SETTLE_MS, loop.quit)
    loop.exec()


def _wait_until(true: Callable[[], bool]) -> None:
    loop = QEventLoop()
    look = QTimer(interval=50)
    look.timeout.connect(lambda: loop.quit() if true() else None)
    look.start()
    QTimer.singleShot(LONGEST_WAIT_MS, loop.quit)
    loop.exec()
    look.stop()
    if not true():
        sys.exit("Jendela tidak siap dalam tiga menit.")


if __name__ == "__main__":
    sys.exit(main())

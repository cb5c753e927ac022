"""When the program itself is wrong: say what was kept and what to do, and keep a report without personal data."""

from __future__ import annotations

import faulthandler
import platform
import re
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtWidgets import QWidget

from asn_desk.paths import program_root

if TYPE_CHECKING:
    from ui.shared.dialogs import MessageDialog

WHAT_HAPPENED = (
    "Terjadi kesalahan di dalam program, bukan karena isian Anda.\n\n"
    "Yang tetap aman: semua yang sudah Anda simpan atau terbitkan.\n"
    "Yang mungkin perlu diulang: isian di jendela ini yang belum disimpan.\n\n"
    "Ulangi langkah terakhir. Bila terjadi lagi, tutup program lalu buka kembali, dan kirim berkas laporan kepada pengelola program."
)
LAST_TIME = (
    "Terakhir kali program menemui kesalahan atau berhenti mendadak.\n\n"
    "Semua yang sudah disimpan atau diterbitkan waktu itu tetap ada. "
    "Kirim berkas laporan kepada pengelola program; isinya tempat kesalahan di dalam program, tanpa nama atau NIP."
)
_MOST_REPORTS = 50
_SUDDEN = "berhenti-mendadak.txt"
_SEEN = "laporan-terakhir-dilihat.txt"
_FILE = re.compile(r'File "([^"]*)"')


def describe(error: BaseException) -> str:
    """Return a report of types and places in the code; messages are left out because they can hold names or NIPs."""
    lines = [
        f"ASN Desk · Python {platform.python_version()} · Qt {qVersion()} · {platform.system()} {platform.release()}"
    ]
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines.append(f"\n{type(current).__module__}.{type(current).__qualname__}")
        lines.extend(_place(frame) for frame in traceback.extract_tb(current.__traceback__))
        current = current.__cause__ or current.__context__
    return "\n".join(lines)


def write_report(folder: Path, text: str) -> Path | None:
    """Keep the report in `folder`; None when that is impossible. Only the last 50 are kept."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"kesalahan-{datetime.now().astimezone():%Y%m%d-%H%M%S-%f}.txt"
        path.write_text(text + "\n", encoding="utf-8")
        for old in sorted(folder.glob("kesalahan-*.txt"))[:-_MOST_REPORTS]:
            old.unlink()
    except OSError:
        return None
    return path


def unseen_report(folder: Path) -> Path | None:
    """Return the newest report that was not offered at a start yet, a sudden end's included; None without one."""
    try:
        _keep_sudden(folder)
        newest = max(folder.glob("kesalahan-*.txt"), default=None)
        seen = folder / _SEEN
        if newest is None or (seen.exists() and seen.read_text(encoding="utf-8").strip() >= newest.name):
            return None
        seen.write_text(newest.name, encoding="utf-8")
    except (OSError, ValueError):  # reports are a help, never a reason to keep the clerk out
        return None
    return newest


def watch_for_sudden_end(folder: Path) -> None:
    """Let the interpreter write places in the code, and nothing else, when the process itself breaks."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stream = (folder / _SUDDEN).open("w", encoding="utf-8")
    except OSError:
        return
    faulthandler.enable(stream)


def _keep_sudden(folder: Path) -> None:
    sudden = folder / _SUDDEN
    if not faulthandler.is_enabled() and sudden.exists() and (text := sudden.read_text(encoding="utf-8").strip()):
        write_report(folder, _without_folders(text))
        sudden.unlink()


def _without_folders(text: str) -> str:
    """Return a sudden end's report without the folders that the program lies in: they can hold a user's name."""
    return _FILE.sub(lambda found: f'File "{Path(found[1]).name}"', text)


def offer_last_crash(window: QWidget, folder: Path) -> MessageDialog | None:
    """Offer the report of the last crash at the next start, once; then look out for the next sudden end."""
    report = unseen_report(folder)
    if not faulthandler.is_enabled():
        watch_for_sudden_end(folder)
    if report is None:
        return None
    dialog = crash_dialog(window, report.read_text(encoding="utf-8"), report, LAST_TIME)
    dialog.open()
    return dialog


class CrashHandler(QObject):
    """Receives every unexpected error of the program, from any thread, and shows one dialog at a time."""

    _arrived = Signal(object)

    def __init__(self, folder: Callable[[], Path], parent_window: Callable[[], QWidget | None]) -> None:
        super().__init__()
        self._folder = folder
        self._parent_window = parent_window
        self._shown: MessageDialog | None = None
        self.seen = 0
        self._arrived.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over from Python's own hooks."""
        sys.excepthook = self._on_main
        threading.excepthook = self._on_thread

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def report(self, error: BaseException) -> None:
        """Report an error; also from worker threads and from `Bridge.crashed`."""
        if isinstance(error, KeyboardInterrupt | SystemExit):
            return
        self._arrived.emit(error)

    def _on_main(self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        self.report(error)

    def _on_thread(self, failure: threading.ExceptHookArgs) -> None:
        if failure.exc_value is not None:
            self.report(failure.exc_value)

    def _show(self, error: BaseException) -> None:
        self.seen += 1
        text = describe(error)
        path = write_report(self._folder(), text)
        sys.stderr.write(text + "\n") if sys.stderr is not None else None
        if self._shown is not None:
            return
        self._shown = crash_dialog(self._parent_window(), text, path)
        self._shown.destroyed.connect(self._forget)
        self._shown.open()

    def _forget(self) -> None:
        self._shown = None


def crash_dialog(parent: QWidget | None, details: str, report: Path | None, text: str = WHAT_HAPPENED) -> MessageDialog:
    """Return the dialog that explains a crash, ready to be opened."""
    from ui.shared.basics import button
    from ui.shared.dialogs import MessageDialog
    from ui.shared.documents.open_files import open_folder

    kept = f"\n\nLaporan: {report.name} di folder catatan." if report is not None else ""
    dialog = MessageDialog("Program menemui kesalahan", text + kept, parent, kind="late", details=details)
    if report is not None:
        dialog.buttons.addWidget(button("Buka folder laporan", on_click=lambda: open_folder(report)))
    dialog.add_button("Lanjutkan", "primary", dialog.accept).setDefault(True)
    dialog.finish_layout()
    dialog.fit_to_screen()
    return dialog


def _place(frame: traceback.FrameSummary) -> str:
    path = Path(frame.filename)
    shown = path.relative_to(program_root()) if path.is_relative_to(program_root()) else Path(*path.parts[-3:])
    return f"  {shown.as_posix()}:{frame.lineno} {frame.name}"

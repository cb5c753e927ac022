"""Asks where a file or a copy is to be saved, without blocking the window, and says where it was saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.shared.dialogs import MessageDialog
from ui.shared.documents.open_files import open_file, open_folder

_UNSAFE = '<>:"/\\|?*'


def ask_save(parent: QWidget, title: str, file_name: str, kinds: str, done: Callable[[Path], None]) -> QFileDialog:
    """Ask for a file to write; `kinds` is Qt's filter, e.g. `Excel (*.xlsx)`. `done(path)` hears the choice."""
    dialog = QFileDialog(parent, title, str(documents() / safe_name(file_name)), kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(file_name).suffix.lstrip("."))
    return _opened(dialog, done)


def ask_folder(parent: QWidget, title: str, done: Callable[[Path], None]) -> QFileDialog:
    """Ask for a folder; `done(path)` hears the choice."""
    dialog = QFileDialog(parent, title, str(documents()))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _opened(dialog, done)


def saved_dialog(parent: QWidget, title: str, text: str, target: Path) -> None:
    """Say that a file was written and where, and offer to open it."""
    dialog = MessageDialog(title, f"{text}\n{target}", parent, kind="done")
    dialog.add_button("Buka &folder", on_click=lambda: open_folder(target))
    dialog.add_button("&Buka di Excel" if target.suffix == ".xlsx" else "&Buka", on_click=lambda: open_file(target))
    dialog.add_button("&Tutup", "primary", dialog.accept).setDefault(True)
    dialog.finish_layout()
    dialog.fit_to_screen()
    dialog.open()


def documents() -> Path:
    """Return the user's documents folder."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(found) if found else Path.home()


def safe_name(text: str) -> str:
    """Return a file name that every system accepts."""
    return " ".join("".join("-" if sign in _UNSAFE else sign for sign in text).split())[:120]


def _opened(dialog: QFileDialog, done: Callable[[Path], None]) -> QFileDialog:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: done(Path(name)))
    dialog.open()
    return dialog

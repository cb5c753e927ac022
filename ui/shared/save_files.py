"""Asks where a file or a copy is to be saved, without blocking the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

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

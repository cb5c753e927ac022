"""Hands files and folders to the programs of the PC: Word for letters, the file manager for folders."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_file(path: Path) -> bool:
    """Open a file with the PC's program for it. False when there is none or the file is gone."""
    return path.exists() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def open_in_word(path: Path) -> bool:
    """Open a DOCX in Word, or in whatever the PC opens DOCX with."""
    return open_file(path)


def open_folder(path: Path) -> bool:
    """Show a folder in the file manager; for a file, the folder it lies in."""
    return open_file(path if path.is_dir() else path.parent)

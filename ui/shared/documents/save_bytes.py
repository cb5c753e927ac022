"""Saves what the program made (a PDF, a calendar file) where the clerk says: whole, or not at all."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from asn_desk import saving
from ui.shared.documents.save_files import ask_save
from ui.shared.page import PageContext


def save_bytes(context: PageContext, owner: QWidget, title: str, file_name: str, kinds: str, data: bytes) -> None:
    """Ask where to save, write there on a worker thread, and say so. `kinds` is Qt's filter, e.g. `PDF (*.pdf)`."""
    ask_save(owner, title, file_name, kinds, partial(keep, context, owner, data))


def keep(context: PageContext, owner: QWidget, data: bytes, target: Path) -> None:
    """Write the file and say so; a refusal is shown by the bridge."""
    context.bridge.task(
        owner,
        lambda _progress: saving.write(target, data),
        lambda _none: context.toast(f"Disimpan: {target.name}", None),
    )

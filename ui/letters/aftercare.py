"""After issue: the scan of the signed paper, and the letter that corrects an earlier one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from asn_desk.errors import DeskError
from asn_desk.letters import queries
from asn_desk.letters.aftercare import attach_scan
from asn_desk.letters.queries import LetterDetail
from ui.shared.documents.paper import PaperDialog
from ui.shared.documents.save_files import documents
from ui.shared.page import PageContext


def ask_scan(parent: QWidget, context: PageContext, letter: LetterDetail) -> QFileDialog:
    """Ask for the scanned PDF and keep it with the letter."""
    dialog = QFileDialog(parent, "Pindaian surat yang sudah ditandatangani", str(documents()), "PDF (*.pdf)")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: _attach(parent, context, letter, Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def show_scan(parent: QWidget, context: PageContext, letter: LetterDetail) -> None:
    """Show the scan."""
    context.bridge.read(
        parent,
        lambda session: queries.stored_scan(session, letter.id),
        lambda pdf: PaperDialog(
            "Pindaian surat", context.bridge, pdf, parent, note=letter.number or letter.title
        ).open(),
    )


def correct(context: PageContext, letter: LetterDetail) -> None:
    """Begin a letter of the same kind with the same data, which refers to this one."""
    target = {
        "new": letter.kind, "employee_id": letter.employee_id, "values": dict(_flat(letter.data)), "replaces_id": letter.id,
    }  # fmt: skip
    context.navigate("letters", target)


def _attach(parent: QWidget, context: PageContext, letter: LetterDetail, source: Path) -> None:
    context.bridge.task(parent, lambda _progress: _read(source), lambda data: _store(parent, context, letter, data))


def _read(source: Path) -> bytes:
    try:
        return source.read_bytes()
    except OSError as error:
        raise DeskError("file_unreadable", f"Berkas {source.name} tidak dapat dibaca ({error.strerror}).") from error


def _store(parent: QWidget, context: PageContext, letter: LetterDetail, data: bytes) -> None:
    context.bridge.write(
        parent,
        lambda session: attach_scan(session, letter.id, data, letter.version),
        lambda _outcome: context.toast("Pindaian tersimpan bersama suratnya.", None),
    )


def _flat(data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value

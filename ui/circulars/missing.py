"""Daftar yang belum: the people who have not signed, as a workbook or PDF for the heads of their units."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk.circulars.queries import CircularRow, RecipientFilter
from asn_desk.wording import number
from ui.shared.documents.save_files import ask_save, saved_dialog
from ui.shared.page import PageContext
from ui.shared.progress_dialog import run_with_progress

_KINDS = "Excel (*.xlsx);;PDF (*.pdf)"


def export_missing(parent: QWidget, context: PageContext, circular: CircularRow, opd_id: int | None) -> None:
    """Ask for a file, Excel or PDF, and write the list, of one OPD or of all."""
    wanted = RecipientFilter(circular.version_id, opd_ids=(opd_id,) if opd_id is not None else ())
    name = f"Belum tanda terima {circular.number or circular.subject} {context.today().isoformat()}.xlsx"
    ask_save(
        parent,
        "Simpan daftar yang belum",
        name,
        _KINDS,
        lambda path: write_missing(parent, context, wanted, path),
    )


def write_missing(parent: QWidget, context: PageContext, wanted: RecipientFilter, target: Path) -> None:
    """Write the list with progress, as a workbook or (by the file's name) as PDF, then offer to open it."""
    run_with_progress(
        parent,
        "Menulis daftar yang belum",
        lambda report, ending: context.bridge.read_task(
            parent,
            lambda session, _progress: _write(session, wanted, target),
            ending(partial(_written, parent, target)),
            ending(),
            progress=report,
            cancelled=ending(),
        ),
        can_cancel=False,
    )


def _write(session: Any, wanted: RecipientFilter, target: Path) -> int:
    from asn_desk.circulars.export import missing_pdf, missing_xlsx

    write = missing_pdf if target.suffix.lower() == ".pdf" else missing_xlsx
    return write(session, wanted, target)


def _written(parent: QWidget, target: Path, count: int) -> None:
    saved_dialog(parent, "Daftar tersimpan", f"{number(count)} orang belum menandatangani.", target)

"""Ekspor: the list as it is shown, as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk.employees.queries import EmployeeFilter
from asn_desk.wording import number
from ui.shared.documents.save_files import ask_save, saved_dialog
from ui.shared.page import PageContext
from ui.shared.progress_dialog import run_with_progress


def export_list(
    parent: QWidget, context: PageContext, wanted: EmployeeFilter, columns: Sequence[str], shown_as: str
) -> None:
    """Ask for a file and write the list."""
    ask_save(
        parent,
        "Simpan daftar pegawai",
        f"Pegawai {context.today().isoformat()}.xlsx",
        "Excel (*.xlsx)",
        lambda path: write_list(parent, context, wanted, columns, shown_as, path),
    )


def write_list(
    parent: QWidget, context: PageContext, wanted: EmployeeFilter, columns: Sequence[str], shown_as: str, target: Path
) -> None:
    """Write the workbook with progress, then offer to open it."""
    run_with_progress(
        parent,
        "Menulis daftar pegawai",
        lambda report, ending: context.bridge.read_task(
            parent,
            lambda session, progress: _write(session, wanted, columns, shown_as, target, progress),
            ending(partial(_written, parent, target)),
            ending(),
            progress=report,
            cancelled=ending(),
        ),
    )


def _write(
    session: Any, wanted: EmployeeFilter, columns: Sequence[str], shown_as: str, target: Path, progress: Any
) -> int:
    from asn_desk.employees.export import employees_xlsx

    return employees_xlsx(session, wanted, columns, target, shown_as=shown_as, progress=progress)


def _written(parent: QWidget, target: Path, count: int) -> None:
    saved_dialog(parent, "Daftar tersimpan", f"{number(count)} pegawai.", target)

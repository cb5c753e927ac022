"""Daftar kolektif: put the people of a unit on sheets, print them, print them again: the same codes and rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk.circulars import service
from asn_desk.circulars.queries import CircularRow, RecipientFilter, UnitProgress
from asn_desk.wording import number
from ui.shared.dialogs import CommandDialog
from ui.shared.documents.paper import PaperDialog
from ui.shared.documents.save_files import ask_save
from ui.shared.forms import Choice, Field, FormWidget
from ui.shared.page import PageContext
from ui.shared.progress import Progress
from ui.shared.progress_dialog import run_with_progress

_TITLE = "Daftar tanda terima kolektif"


@dataclass(frozen=True)
class SheetsOrder:
    """Which lists to print: those of some OPDs of a version, or of all."""

    version_id: int
    opd_ids: tuple[int, ...] = ()

    def to_bytes(self, session: Any, progress: Progress) -> tuple[bytes, str]:
        """Return the PDF and a sentence about it."""
        stream = BytesIO()
        made = self._write(session, stream, progress)
        return stream.getvalue(), f"{number(made.people)} orang pada {number(made.pages)} lembar."

    def to_file(self, session: Any, progress: Progress, target: Path) -> Path:
        """Write the PDF into a file and return it."""
        self._write(session, target, progress)
        return target

    def _write(self, session: Any, target: Any, progress: Progress) -> Any:
        from asn_desk.circulars.papers.sheets import sheet_ids, sheets_pdf

        return sheets_pdf(session, sheet_ids(session, self.version_id, self.opd_ids), target, progress=progress)


def open_sheets(
    context: PageContext, parent: QWidget, circular: CircularRow, units: Sequence[UnitProgress]
) -> CommandDialog:
    """Ask for which OPD; who is on no list yet is put on one, then all lists open as a PDF."""
    opds = [Choice(unit.opd_id, unit.name) for unit in sorted(units, key=lambda unit: unit.name) if unit.opd_id]
    form = FormWidget([Field("opd_id", "OPD", "choice", choices=[Choice(None, "Semua OPD"), *opds])])
    form.set_values({"opd_id": None})

    def submit(values: dict[str, Any]) -> None:
        opd_ids = () if values["opd_id"] is None else (values["opd_id"],)
        order = SheetsOrder(circular.version_id, opd_ids)
        dialog.write(
            context.bridge,
            lambda session: service.prepare_sheets(session, RecipientFilter(circular.version_id, opd_ids=opd_ids)),
            lambda _outcome: print_sheets(parent, context, order),
        )

    intro = (
        "Satu lembar memuat paling banyak 16 orang dari satu unit kerja. Penerima yang belum ada di daftar dimasukkan; "
        "lembar yang sudah pernah dicetak tetap sama, kode dan urutannya."
    )
    dialog = CommandDialog(_TITLE, form, submit, parent, intro=intro, confirm="&Siapkan")
    dialog.open()
    return dialog


def print_sheets(owner: QWidget, context: PageContext, order: SheetsOrder) -> None:
    """Make the PDF with progress and show it."""
    run_with_progress(
        owner,
        "Menyiapkan daftar kolektif",
        lambda report, ending: context.bridge.read_task(
            owner, order.to_bytes, ending(partial(_show, owner, context, order)), ending(), progress=report,
            cancelled=ending(),
        ),
    )  # fmt: skip


def _show(owner: QWidget, context: PageContext, order: SheetsOrder, made: tuple[bytes, str]) -> None:
    pdf, note = made
    PaperDialog(_TITLE, context.bridge, pdf, owner, note=note, save=partial(_ask_save, owner, context, order)).open()


def _ask_save(owner: QWidget, context: PageContext, order: SheetsOrder) -> None:
    name = f"{_TITLE} {context.today().isoformat()}.pdf"
    ask_save(owner, f"Simpan {_TITLE.lower()}", name, "PDF (*.pdf)", partial(save_sheets, owner, context, order))


def save_sheets(owner: QWidget, context: PageContext, order: SheetsOrder, target: Path) -> None:
    """Write the lists into a file with progress."""
    run_with_progress(
        owner,
        "Menyimpan daftar kolektif",
        lambda report, ending: context.bridge.read_task(
            owner,
            lambda session, progress: order.to_file(session, progress, target),
            ending(lambda path: context.toast(f"Tersimpan: {path.name}", None)),
            ending(),
            progress=report,
            cancelled=ending(),
        ),
    )

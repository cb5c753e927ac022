"""Return files for units without network, and the evidence binder: written by the core, chosen and read here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from asn_desk.circulars.queries import CircularRow, UnitProgress
from asn_desk.wording import number
from ui.circulars.return_dialog import ReturnDialog
from ui.shared.dialogs import CommandDialog
from ui.shared.documents.save_files import ask_save, documents, saved_dialog
from ui.shared.forms import Choice, Field, FormWidget
from ui.shared.page import PageContext
from ui.shared.progress import Progress
from ui.shared.progress_dialog import run_with_progress

_XLSX, _PDF = "Excel (*.xlsx)", "PDF (*.pdf)"


def export_returns(
    context: PageContext, parent: QWidget, circular: CircularRow, units: Sequence[UnitProgress]
) -> CommandDialog:
    """Ask for which OPD and where, then write its return file."""
    opds = [
        Choice(unit.opd_id, unit.name, f"{number(unit.tally.missing)} belum")
        for unit in sorted(units, key=lambda unit: unit.name)
        if unit.opd_id
    ]
    form = FormWidget([Field("opd_id", "OPD", "choice", choices=opds, required=True)])

    def submit(values: dict[str, Any]) -> None:
        opd = next(unit.name for unit in units if unit.opd_id == values["opd_id"])
        dialog.succeed()
        name = f"Berkas balasan {opd} {context.today().isoformat()}.xlsx"
        write = partial(write_return_file, context, parent, circular.version_id, values["opd_id"])
        ask_save(parent, "Simpan berkas balasan", name, _XLSX, write)

    intro = (
        "Lembar Excel untuk OPD tanpa jaringan: kepala subbagian mengisi siapa yang sudah menandatangani, lalu mengirimnya "
        "kembali. Sel lain terkunci; perubahan di luar isian ditolak saat impor."
    )
    dialog = CommandDialog("Ekspor berkas balasan", form, submit, parent, intro=intro, confirm="&Pilih tempat…")
    dialog.open()
    return dialog


def write_return_file(context: PageContext, parent: QWidget, version_id: int, opd_id: int, target: Path) -> None:
    """Write one OPD's return file; the office's seal is made with the first one, hence a write."""

    def work(session: Any) -> Any:
        from asn_desk.circulars.return_files.returns import export_return_file

        return export_return_file(session, version_id, opd_id, target)

    context.bridge.write(parent, work, lambda outcome: _exported(context, target, outcome.value.people))


def _exported(context: PageContext, target: Path, people: int) -> None:
    context.toast(f"Tersimpan: {target.name}, {number(people)} orang.", None)


def import_returns(context: PageContext, parent: QWidget, circular: CircularRow) -> QFileDialog:
    """Ask for a filled return file and show what it would record."""
    dialog = QFileDialog(parent, "Buka berkas balasan", str(documents()), _XLSX)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: look_at_return(context, parent, circular, Path(name)))
    dialog.open()
    return dialog


def look_at_return(context: PageContext, parent: QWidget, circular: CircularRow, path: Path) -> None:
    """Plan the import without recording anything; a file that cannot be trusted is refused with its sentence."""

    def plan(session: Any, _progress: Progress) -> Any:
        from asn_desk.circulars.return_files.returns import Expected, plan_return

        return plan_return(session, path, Expected(circular_id=circular.id))

    run_with_progress(
        parent,
        "Memeriksa berkas balasan",
        lambda report, ending: context.bridge.read_task(
            parent, plan, ending(lambda made: ReturnDialog(context, parent, circular, path, made).open()), ending(),
            progress=report, cancelled=ending(),
        ),
        can_cancel=False,
    )  # fmt: skip


def open_binder(context: PageContext, parent: QWidget, circular: CircularRow) -> CommandDialog:
    """Ask whether page images go along, and where; then write the binder."""
    form = FormWidget([Field("images", "Sertakan gambar halaman yang dipindai (berkas menjadi besar)", "bool")])
    form.set_values({"images": False})

    def submit(values: dict[str, Any]) -> None:
        dialog.succeed()
        name = f"Bundel bukti {circular.number or circular.subject} {context.today().isoformat()}.pdf"
        ask_save(
            parent, "Simpan bundel bukti", name, _PDF,
            partial(write_binder_file, context, parent, circular.id, values["images"]),
        )  # fmt: skip

    intro = (
        "Surat edaran, sasaran, jumlah per tanggal, daftar penerima dengan tanggal, cara dan pencatatnya, petikan jejak "
        "perubahan, dan sidik berkas dalam satu PDF."
    )
    dialog = CommandDialog("Bundel bukti", form, submit, parent, intro=intro, confirm="&Pilih tempat…")
    dialog.open()
    return dialog


def write_binder_file(context: PageContext, parent: QWidget, circular_id: int, images: bool, target: Path) -> None:
    """Write the binder with progress, then offer to open it; the office's seal is made with the first one."""

    def seal(session: Any) -> Any:
        from asn_desk.circulars.seals import office_seal

        return office_seal(session)

    context.bridge.write(
        parent, seal, lambda outcome: _bind(context, parent, _BinderOrder(circular_id, images, target, outcome.value))
    )


@dataclass(frozen=True)
class _BinderOrder:
    """One binder to write: whose, with or without page images, where, and under which seal."""

    circular_id: int
    images: bool
    target: Path
    seal: Any

    def write(self, session: Any, progress: Progress) -> Any:
        """Write the file."""
        from asn_desk.circulars.evidence.binder import write_binder

        return write_binder(session, self.circular_id, self.target, self.seal, images=self.images, progress=progress)


def _bind(context: PageContext, parent: QWidget, order: _BinderOrder) -> None:
    run_with_progress(
        parent,
        "Menyusun bundel bukti",
        lambda report, ending: context.bridge.read_task(
            parent, order.write, ending(partial(_bound, parent, order.target)), ending(), progress=report,
            cancelled=ending(),
        ),
    )  # fmt: skip


def _bound(parent: QWidget, target: Path, made: Any) -> None:
    text = f"{number(made.people)} penerima pada {number(made.pages)} halaman. Sidik SHA-256: {made.sha256}"
    saved_dialog(parent, "Bundel bukti tersimpan", text, target)

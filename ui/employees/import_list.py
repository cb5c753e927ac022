"""Riwayat impor: all applied imports, and taking a whole one back as long as nothing later builds on it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from asn_desk.accounts.terms import Action
from asn_desk.employees import importing
from asn_desk.employees.imports.undo import ImportDone, Undone
from asn_desk.wording import number, short_date
from ui.shared.dialogs import BaseDialog, confirm
from ui.shared.page import PageContext
from ui.shared.progress_dialog import run_with_progress
from ui.shared.rights import only_with
from ui.shared.tables.columns import DATE_ROOM, Column
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.widgets import label

_WIDTH, _HEIGHT = 860, 460
_INTRO = "Membatalkan impor mengembalikan pegawai dan unit kerja persis seperti sebelumnya. Jejak perubahan menyimpan keduanya."

COLUMNS = [
    Column("id", "No.", text=lambda row: str(row.id), width=56),
    Column("files", "Berkas", text=lambda row: row.files, secondary=lambda row: row.applied_by, width=290),
    Column("at", "Tanggal", text=lambda row: short_date(row.applied_at.date()), width=116, least=DATE_ROOM),
    Column("added", "Baru", text=lambda row: number(row.added), width=80, align="right"),
    Column("changed", "Berubah", text=lambda row: number(row.changed), width=88, align="right"),
    Column("unchanged", "Tetap", text=lambda row: number(row.unchanged), width=80, align="right"),
    Column("refused", "Ditolak", text=lambda row: number(row.refused), width=80, align="right"),
]


class ImportListDialog(BaseDialog):
    """The list of imports, the newest first."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__("Riwayat impor", parent, _WIDTH)
        self._context = context
        self._build()
        self._read()

    def _build(self) -> None:
        self.model = RowsModel(COLUMNS)
        self.table = RecordTable(self.model, name="imports", settings_file=self._context.settings_file)
        self.table.setMinimumHeight(_HEIGHT - 180)
        self.table.set_empty_state("upload", "Belum ada impor", "Impor yang sudah disimpan tampil di sini.")
        self.outer.addWidget(label(_INTRO, role="secondary"))
        self.outer.addWidget(self.table, 1)
        self.undo_button = self.add_button("&Batalkan impor…", "danger", self._ask)
        self.add_button("&Tutup", "primary", self.accept).setDefault(True)
        only_with(self._context.may, Action.IMPORT_EMPLOYEES, self.undo_button)
        self.undo_button.setEnabled(False)
        self.table.current_changed.connect(lambda current: self.undo_button.setEnabled(current is not None))
        self.finish_layout()
        self.fit_to_screen()

    def _read(self) -> None:
        self._context.bridge.read(self, importing.imports, self.model.set_rows)

    def _ask(self) -> None:
        row = next((one for one in self.model.rows if one.id == self.table.current_id()), None)
        if isinstance(row, ImportDone):
            text = f"{number(row.added)} pegawai baru dikeluarkan dan {number(row.changed)} dikembalikan seperti sebelum impor {row.files}."
            confirm(self, "Batalkan seluruh impor?", text, "Batalkan impor", partial(self._undo, row.id))

    def _undo(self, run_id: int) -> None:
        run_with_progress(
            self, "Membatalkan impor",
            lambda report, ending: self._context.bridge.write_task(
                self, lambda session, _progress: importing.undo_import(session, run_id),
                ending(lambda outcome: self._undone(outcome.value)), ending(), progress=report, cancelled=ending(),
            ),
            can_cancel=False,
        )  # fmt: skip

    def _undone(self, done: Undone) -> None:
        self._context.toast(f"Impor nomor {done.run_id} dibatalkan: {number(done.removed)} pegawai dikeluarkan.", None)
        self._read()

"""Kelola saringan: the saved filters of who works here, to use, rename and delete; and the question for a name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from asn_desk.employees import saved_filters
from asn_desk.employees.saved_filters import LONGEST_NAME, FilterName
from ui.shared.dialogs import BaseDialog, CommandDialog, confirm
from ui.shared.forms import Field, FormWidget
from ui.shared.page import PageContext
from ui.shared.tables.columns import Column
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.widgets import label

_WIDTH, _TABLE_HEIGHT = 640, 240
_INTRO = "Pakai, ganti nama, atau hapus. Menghapus saringan tidak mengubah data pegawai."
_EMPTY = ("Belum ada saringan tersimpan", "Saring daftar pegawai, lalu pilih Simpan saringan ini.")

COLUMNS = [
    Column("name", "Nama", text=lambda row: row.name, width=220),
    Column("about", "Yang disaring", text=lambda row: row.about, width=340),
]


def ask_name(
    title: str,
    submit: Callable[[str, CommandDialog], None],
    parent: QWidget,
    *,
    intro: str = "",
    name: str = "",
) -> CommandDialog:
    """Open the dialog that asks for a saved filter's name; `submit` gets the name and the dialog, to write through it."""
    form = FormWidget([Field("name", "Nama saringan", required=True, help=f"Paling banyak {LONGEST_NAME} huruf.")])
    form.set_values({"name": name})
    form.mark_clean()
    dialog = CommandDialog(title, form, lambda values: submit(values["name"], dialog), parent, intro=intro)
    dialog.open()
    return dialog


class SavedFiltersDialog(BaseDialog):
    """The list. `changed` tells that a name is new or gone; `chosen` asks for a filter to be used."""

    changed = Signal()
    chosen = Signal(int)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__("Saringan tersimpan", parent, _WIDTH)
        self._context = context
        self._build()
        self._read()

    def _build(self) -> None:
        self.model = RowsModel(COLUMNS)
        self.table = RecordTable(self.model, name="saved_filters", settings_file=self._context.settings_file)
        self.table.setMinimumHeight(_TABLE_HEIGHT)
        self.table.set_empty_state("search", *_EMPTY)
        self.outer.addWidget(label(_INTRO, role="secondary"))
        self.outer.addWidget(self.table, 1)
        self.delete_button = self.add_button("&Hapus…", "danger", self._ask_deletion)
        self.rename_button = self.add_button("&Ganti nama…", "", self._ask_name)
        self.use_button = self.add_button("&Pakai", "", self._use)
        self.add_button("&Tutup", "primary", self.accept).setDefault(True)
        self.table.current_changed.connect(lambda _current: self._show_buttons())
        self.table.row_activated.connect(lambda _current: self._use())
        self._show_buttons()
        self.finish_layout()
        self.fit_to_screen()

    def current(self) -> FilterName | None:
        """Return the saved filter that is marked."""
        return next((one for one in self.model.rows if one.id == self.table.current_id()), None)

    def _read(self) -> None:
        self._context.bridge.read(self, saved_filters.saved_filters, self._show_rows)

    def _show_rows(self, rows: list[FilterName]) -> None:
        self.model.set_rows(rows)
        self.table.select_first()
        self._show_buttons()

    def _show_buttons(self) -> None:
        for one in (self.delete_button, self.rename_button, self.use_button):
            one.setEnabled(self.current() is not None)

    def _use(self) -> None:
        row = self.current()
        if row is not None:
            self.chosen.emit(row.id)
            self.accept()

    def _ask_name(self) -> None:
        row = self.current()
        if row is not None:
            ask_name("Ganti nama saringan", partial(self._rename, row), self, name=row.name)

    def _rename(self, row: FilterName, name: str, dialog: CommandDialog) -> None:
        dialog.write(
            self._context.bridge,
            lambda session: saved_filters.rename_filter(session, row.id, name, row.version),
            lambda _outcome: self._on_changed(),
        )

    def _ask_deletion(self) -> None:
        row = self.current()
        if row is not None:
            text = f"Saringan “{row.name}” ({row.about}) dihapus. Data pegawai tidak berubah."
            confirm(self, "Hapus saringan ini?", text, "Hapus", partial(self._delete, row))

    def _delete(self, row: FilterName) -> None:
        self._context.bridge.write(
            self,
            lambda session: saved_filters.delete_filter(session, row.id, row.version),
            lambda _outcome: self._on_changed(),
        )

    def _on_changed(self) -> None:
        self._read()
        self.changed.emit()

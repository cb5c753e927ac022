"""Pengaturan, Pengguna: who works with the program; the name stands beside every change in the trail."""

from __future__ import annotations

from typing import Any

from asn_desk.accounts import queries, service
from asn_desk.accounts.queries import UserRow
from ui.shared.basics import button
from ui.shared.chips import Chip
from ui.shared.columns import Column
from ui.shared.dialogs import CommandDialog
from ui.shared.fields import Field
from ui.shared.forms import FormWidget
from ui.shared.page import PageContext
from ui.shared.panels import Banner, Panel
from ui.shared.rows_model import RowsModel
from ui.shared.table_view import RecordTable

COLUMNS = [
    Column("name", "Nama", text=lambda row: row.name, width=320),
    Column(
        "state",
        "Keadaan",
        chip=lambda row: Chip("aktif", "done") if row.active else Chip("nonaktif", "neutral"),
        width=140,
    ),
]
NOTE = "Pada versi ini pengguna belum memakai kata sandi. Nama yang dipilih dicatat pada setiap perubahan."


class UsersSection(Panel):
    """The list of operators; one of them is at work."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Pengguna", padding=0)
        self.context = context
        self._build()

    def _build(self) -> None:
        self.model = RowsModel(COLUMNS)
        self.table = RecordTable(self.model, name="users", settings_file=self.context.settings_file)
        self.table.set_empty_state(
            "person", "Belum ada pengguna", "Tambahkan nama orang yang bekerja dengan program ini."
        )
        self.table.add_action("Bekerja sebagai pengguna ini", self._work_as, "check")
        self.table.add_action("Ubah nama", self._rename, "pencil")
        self.table.add_action("Aktifkan atau nonaktifkan", self._toggle, "lock")
        self.table.row_activated.connect(lambda _user_id: self._rename())
        self.add_title_widget(button("&Tambah pengguna", "", "plus", self._add))
        self.add_title_widget(button("Bekerja &sebagai ini", "", "check", self._work_as))
        self.body.addWidget(Banner(NOTE, "coming"))
        self.body.addWidget(self.table, 1)

    def reload(self) -> None:
        """Read the list anew."""
        self.context.bridge.read(self, queries.users, self.model.set_rows)

    def _current(self) -> UserRow | None:
        return next((row for row in self.model.rows if row.id == self.table.current_id()), None)

    def _add(self) -> None:
        self._open("Tambah pengguna", "", service.add_user)

    def _rename(self) -> None:
        row = self._current()
        if row is not None:
            self._open(
                "Ubah nama pengguna", row.name, lambda s, name: service.rename_user(s, row.id, name, row.version)
            )

    def _open(self, title: str, name: str, write: Any) -> None:
        form = FormWidget([Field("name", "Nama", required=True)])
        form.set_values({"name": name})
        dialog = CommandDialog(
            title,
            form,
            lambda values: dialog.write(self.context.bridge, lambda session: write(session, values["name"])),
            self,
        )
        dialog.open()

    def _toggle(self) -> None:
        row = self._current()
        if row is not None:
            self.context.bridge.write(
                self, lambda session: service.set_active(session, row.id, active=not row.active, version=row.version)
            )

    def _work_as(self) -> None:
        row = self._current()
        if row is not None and row.active:
            self.context.work_as(row.name)

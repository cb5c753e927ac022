"""Pengaturan, Pengguna: who works with the program, in which role, and what waits for a second person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from asn_desk.accounts import queries, service
from asn_desk.accounts.queries import AccountsView, UserRow
from asn_desk.accounts.terms import ROLE_WORDS, Action, Role
from ui.settings.users_approvals import ApprovalsPanel
from ui.settings.users_dialogs import LockTimeDialog, NewUserDialog, RightsDialog, TurnOnDialog, show_temporary
from ui.shared.basics import button
from ui.shared.chips import Chip
from ui.shared.dialogs import CommandDialog, confirm
from ui.shared.fields import Field
from ui.shared.forms import FormWidget
from ui.shared.page import PageContext
from ui.shared.panels import ActionBar, Banner, Panel
from ui.shared.tables.columns import Column
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable

OFF = (
    "Akun belum dinyalakan: siapa pun yang membuka program ini dapat mengerjakan semuanya, dan nama yang dipilih dicatat "
    "pada setiap perubahan."
)
ALONE = (
    "Hanya ada satu administrator. Bila ia lupa kata sandinya, tidak ada yang dapat mengatur ulang, kecuali dengan lembar "
    "pemulihan data yang terenkripsi. Angkat administrator kedua lewat Peran dan hak."
)
NOT_YOURS = "Daftar pengguna dikelola administrator. Kata sandi Anda sendiri diganti lewat nama Anda di kanan bawah."


def _password_chip(row: UserRow) -> Chip:
    if not row.has_password:
        return Chip("belum ada", "neutral")
    return Chip("sementara", "near") if row.must_change else Chip("ada", "done")


def _role_words(row: UserRow) -> str:
    extra = f", {len(row.grants)} hak tambahan" if row.grants else ""
    return ROLE_WORDS[row.role] + extra


COLUMNS = [
    Column("name", "Nama", text=lambda row: row.name, width=250),
    Column("role", "Peran", text=_role_words, width=230),
    Column("password", "Kata sandi", chip=_password_chip, width=120),
    Column(
        "state",
        "Keadaan",
        chip=lambda row: Chip("aktif", "done") if row.active else Chip("nonaktif", "neutral"),
        width=120,
    ),
]


class UsersSection(QWidget):
    """The list of users, what may be done with each, and the requests that wait for a second person."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self._on = False
        self._manages = context.may(Action.EDIT_USERS)
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self.panel = Panel("Pengguna", padding=0)
        self._build_table()
        self.off = Banner(OFF, "near", "Nyalakan akun…", self._turn_on)
        self.not_yours = Banner(NOT_YOURS, "coming")
        self.not_yours.setVisible(not self._manages)
        self.alone = Banner(ALONE, "near")
        for banner in (self.off, self.alone):
            banner.hide()
        self.panel.body.addWidget(self.off)
        self.panel.body.addWidget(self.alone)
        self.panel.body.addWidget(self.not_yours)
        self.panel.body.addWidget(self._actions())
        self.panel.body.addWidget(self.table, 1)
        self.approvals = ApprovalsPanel(self.context)
        column.addWidget(self.panel, 3 if self._manages else 0)
        column.addWidget(self.approvals, 2)
        if not self._manages:
            self.table.hide()
            column.addStretch(1)

    def _build_table(self) -> None:
        self.model = RowsModel(COLUMNS)
        self.table = RecordTable(self.model, name="users", settings_file=self.context.settings_file)
        self.table.set_empty_state(
            "person", "Belum ada pengguna", "Tambahkan nama orang yang bekerja dengan program ini."
        )
        self.table.add_action("Bekerja sebagai pengguna ini", self._work_as, "check")
        self.table.add_action("Ubah nama", self._rename, "pencil")
        self.table.add_action("Peran dan hak", self._rights, "shield")
        self.table.add_action("Kata sandi sementara", self._reset, "lock")
        self.table.add_action("Aktifkan atau nonaktifkan", self._toggle, "lock")
        self.table.add_action("Hapus pengguna", self._delete, "trash")
        self.table.row_activated.connect(lambda _user_id: self._rights())
        self.table.current_changed.connect(lambda _user_id: self._offer())

    def _actions(self) -> ActionBar:
        self.add_button = button("&Tambah pengguna", "", "plus", self._add)
        self.work_button = button("Bekerja &sebagai ini", "", "check", self._work_as)
        self.rights_button = button("&Peran dan hak", "", "shield", self._rights)
        self.reset_button = button("&Kata sandi sementara", "", "lock", self._reset)
        self.toggle_button = button("&Nonaktifkan", "", "stop", self._toggle)
        self.lock_button = button("&Waktu kunci layar", "", "clock", self._lock_time)
        bar = ActionBar(
            self.add_button, self.work_button, self.rights_button, self.reset_button, self.toggle_button,
            trailing=[self.lock_button],
        )  # fmt: skip
        bar.layout().setContentsMargins(14, 6, 14, 8)  # type: ignore[union-attr]
        bar.setVisible(self._manages)
        return bar

    def reload(self) -> None:
        """Read the list and the requests anew."""
        self.context.bridge.read(self, queries.accounts_view, self._show_view)
        if self._manages:
            self.context.bridge.read(self, queries.users, self._show_rows)

    def _show_view(self, view: AccountsView) -> None:
        self._on, self._minutes = view.on, view.lock_minutes
        self.off.setVisible(not view.on)
        self.approvals.setVisible(view.on)
        for only_with in (self.reset_button, self.lock_button):
            only_with.setVisible(view.on)
        self.work_button.setVisible(not view.on)
        self.approvals.reload()
        self._offer()

    def _show_rows(self, rows: list[UserRow]) -> None:
        self.model.set_rows(rows)
        able = [row for row in rows if row.active and row.has_password and row.role is Role.ADMINISTRATOR]
        self.alone.setVisible(len(able) == 1)
        self._offer()

    def _offer(self) -> None:
        row = self._current()
        for needs_row in (self.work_button, self.rights_button, self.reset_button, self.toggle_button):
            needs_row.setEnabled(row is not None)
        self.toggle_button.setText("&Aktifkan" if row is not None and not row.active else "&Nonaktifkan")

    def _current(self) -> UserRow | None:
        return next((row for row in self.model.rows if row.id == self.table.current_id()), None)

    def _with_current(self, fn: Callable[[UserRow], object]) -> None:
        row = self._current()
        if row is not None:
            fn(row)

    def _add(self) -> None:
        NewUserDialog(self.context.bridge, self).open()

    def _rights(self) -> None:
        self._with_current(lambda row: RightsDialog(self.context.bridge, row, self).open())

    def _lock_time(self) -> None:
        LockTimeDialog(self.context.bridge, self._minutes, self).open()

    def _turn_on(self) -> None:
        TurnOnDialog(self.context.bridge, [row for row in self.model.rows if row.active], self).open()

    def _rename(self) -> None:
        self._with_current(self._open_rename)

    def _open_rename(self, row: UserRow) -> None:
        form = FormWidget([Field("name", "Nama", required=True)])
        form.set_values({"name": row.name})

        def write(values: dict[str, Any]) -> None:
            dialog.write(
                self.context.bridge,
                lambda session: service.rename_user(session, row.id, values["name"], row.version),
            )

        dialog = CommandDialog("Ubah nama pengguna", form, write, self)
        dialog.open()

    def _reset(self) -> None:
        self._with_current(self._confirm_reset)

    def _confirm_reset(self, row: UserRow) -> None:
        text = f"{row.name} mendapat kata sandi sementara, yang harus diganti saat masuk. Kata sandi lamanya tidak berlaku lagi."
        confirm(self, "Kata sandi sementara", text, "Buat kata sandi", lambda: self._do_reset(row), danger=False)

    def _do_reset(self, row: UserRow) -> None:
        self.context.bridge.write(
            self,
            lambda session: service.set_password(session, row.id, row.version),
            lambda outcome: show_temporary(self, row.name, outcome.value),
        )

    def _toggle(self) -> None:
        self._with_current(
            lambda row: self.context.bridge.write(
                self, lambda session: service.set_active(session, row.id, active=not row.active, version=row.version)
            )
        )

    def _delete(self) -> None:
        self._with_current(self._confirm_delete)

    def _confirm_delete(self, row: UserRow) -> None:
        text = f"{row.name} hilang dari daftar. Namanya tetap tercatat pada semua yang pernah dikerjakannya."
        confirm(self, "Hapus pengguna?", text, "Hapus pengguna", lambda: self._do_delete(row))

    def _do_delete(self, row: UserRow) -> None:
        self.context.bridge.write(self, lambda session: service.delete_user(session, row.id, row.version))

    def _work_as(self) -> None:
        row = self._current()
        if row is not None and row.active and not self._on:
            self.context.work_as(row.name)

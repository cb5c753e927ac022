"""The dialogs of Pengaturan, Pengguna: a new user, role and rights, the first administrator, the time to the lock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk.accounts import service
from asn_desk.accounts.queries import UserRow
from asn_desk.accounts.terms import ACTION_WORDS, RIGHTS, ROLE_NOTES, ROLE_WORDS, Action, Role
from ui.shared.bridge import Bridge
from ui.shared.dialogs import CommandDialog, show_info
from ui.shared.fields import Field
from ui.shared.filters import Choice
from ui.shared.forms import FormWidget
from ui.shared.window.new_password import different, password_fields

_WIDE = 700
ROLES = tuple(Choice(role, ROLE_WORDS[role].capitalize(), ROLE_NOTES[role]) for role in Role)
WHAT_CHANGES = (
    "Sesudah akun dinyalakan, setiap orang masuk dengan nama dan kata sandi, layar terkunci sendiri bila ditinggalkan, dan "
    "setiap peran hanya dapat melakukan bagiannya. Pengguna di bawah ini menjadi administrator pertama; ia membuat kata "
    "sandi sementara bagi yang lain. Akun tidak dapat dimatikan lagi. Sebaiknya segera angkat administrator kedua: bila "
    "satu-satunya administrator lupa kata sandinya, tidak ada yang dapat mengatur ulang."
)
BY_ROLE = "Hak yang tercentang dan tidak dapat diubah sudah diberikan oleh peran."


class NewUserDialog(CommandDialog):
    """Asks for name and role."""

    def __init__(self, bridge: Bridge, parent: QWidget) -> None:
        form = FormWidget([Field("name", "Nama", required=True), Field("role", "Peran", "choice", choices=ROLES)])
        form.set_values({"role": Role.OPERATOR})

        def add(values: dict[str, Any]) -> None:
            self.write(bridge, lambda session: service.add_user(session, values["name"], values["role"]))

        super().__init__("Tambah pengguna", form, add, parent)


class RightsDialog(CommandDialog):
    """Asks for the role and single rights beyond it; only what differs is written."""

    def __init__(self, bridge: Bridge, row: UserRow, parent: QWidget) -> None:
        self._bridge, self._row = bridge, row
        boxes = [
            Field(action.value, words.capitalize(), "bool", width="half") for action, words in ACTION_WORDS.items()
        ]
        note = Field("note", "Hak tambahan", "note", help=BY_ROLE)
        form = FormWidget([Field("role", "Peran", "choice", choices=ROLES), note, *boxes])
        granted = {action.value: action in row.grants for action in Action}
        form.set_values({"role": row.role, **granted})
        super().__init__(f"Peran dan hak: {row.name}", form, self._write_rights, parent)
        self.setMinimumWidth(_WIDE)
        self.resize(_WIDE, self.height())
        form.value_changed.connect(self._on_changed)
        self._show_role(row.role)

    def _on_changed(self, key: str) -> None:
        if key == "role":
            self._show_role(self.form.values()["role"])

    def _show_role(self, role: Role) -> None:
        """Tick and fix what the role gives; leave the rest to the administrator."""
        for action in Action:
            given = action in RIGHTS[role]
            self.form.put(action.value, given or action in self._row.grants)
            self.form.set_enabled(action.value, not given)
        self.form.mark_clean()

    def _write_rights(self, values: dict[str, Any]) -> None:
        row, role = self._row, values["role"]
        grants = frozenset(action for action in Action if values[action.value]) - RIGHTS[role]
        self.write(self._bridge, lambda session: change_rights(session, row, role, grants))


def change_rights(session: Any, row: UserRow, role: Role, grants: frozenset[Action]) -> None:
    """Write a user's role and extra rights in one transaction."""
    version = row.version
    if grants != row.grants:
        service.set_grants(session, row.id, grants, version)
        session.flush()
        version += 1
    if role is not row.role:
        service.set_role(session, row.id, role, version)


class TurnOnDialog(CommandDialog):
    """Says what changes and asks for the first administrator and a password."""

    def __init__(self, bridge: Bridge, rows: Sequence[UserRow], parent: QWidget) -> None:
        self._bridge, self._rows = bridge, {row.id: row for row in rows}
        people = [Choice(row.id, row.name) for row in rows]
        first = Field("user", "Administrator pertama", "choice", required=True, choices=people)
        form = FormWidget([first, *password_fields()])
        if len(rows) == 1:
            form.set_values({"user": rows[0].id})
        super().__init__("Nyalakan akun", form, self._turn_on, parent, intro=WHAT_CHANGES, confirm="Nyalakan akun")

    def _turn_on(self, values: dict[str, Any]) -> None:
        if problems := different(values):
            self.form.set_errors(problems)
            return
        row, word = self._rows[values["user"]], values["new"]
        self.write(self._bridge, lambda session: service.turn_on(session, row.id, word, row.version, key="new"))


class LockTimeDialog(CommandDialog):
    """Asks after how many minutes without input the screen locks."""

    def __init__(self, bridge: Bridge, minutes: int, parent: QWidget) -> None:
        field = Field(
            "minutes", "Kunci layar sesudah (menit)", "int", required=True,
            minimum=service.SHORTEST_LOCK, maximum=service.LONGEST_LOCK,
            help="Dihitung sejak tombol atau tetikus terakhir disentuh. Berlaku untuk semua pengguna.",
        )  # fmt: skip
        form = FormWidget([field])
        form.set_values({"minutes": minutes})

        def change(values: dict[str, Any]) -> None:
            self.write(bridge, lambda session: service.set_lock_minutes(session, values["minutes"]))

        super().__init__("Waktu kunci layar", form, change, parent)


def show_temporary(parent: QWidget, name: str, word: str) -> None:
    """Show a temporary password, this once."""
    text = (
        f"Kata sandi sementara untuk {name}:\n\n{word}\n\nSampaikan langsung kepadanya. Kata sandi ini tidak ditampilkan lagi "
        "dan harus diganti saat masuk pertama kali."
    )
    show_info(parent, "Kata sandi sementara", text)

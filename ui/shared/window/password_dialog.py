"""The dialog in which a signed-in user chooses another password."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from ui.shared.bridge import Bridge
from ui.shared.dialogs import CommandDialog
from ui.shared.fields import Field
from ui.shared.forms import FormWidget
from ui.shared.window.new_password import different, password_fields


class PasswordDialog(CommandDialog):
    """Asks for the old password once and the new one twice."""

    def __init__(self, bridge: Bridge, parent: QWidget | None) -> None:
        self._bridge = bridge
        form = FormWidget([Field("old", "Kata sandi lama", "password", required=True), *password_fields()])
        super().__init__("Ganti kata sandi", form, self._change, parent, confirm="Ganti")

    def _change(self, values: dict[str, Any]) -> None:
        if problems := different(values):
            self.form.set_errors(problems)
            return
        desk, old, new = self._bridge.desk, values["old"], values["new"]
        self.set_busy(True)
        self._bridge.task(
            self, lambda _progress: desk.change_password(old, new), lambda _viewer: self.succeed(), self.refuse
        )

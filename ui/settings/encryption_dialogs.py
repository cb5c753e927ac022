"""The dialogs that switch encryption on and off and change the recovery sheet; each asks for the administrator's password."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from ui.shared.bridge import Bridge
from ui.shared.dialogs import CommandDialog
from ui.shared.fields import Field
from ui.shared.forms import FormWidget

_PASSWORD = Field("password", "Kata sandi Anda", "password", required=True)


class SheetDialog(CommandDialog):
    """Asks for two groups of a printed sheet and the password; then encrypts, or lets the new sheet replace the old one."""

    def __init__(self, bridge: Bridge, desk: Any, code: str, sheet: Path, parent: QWidget | None) -> None:
        from asn_desk.accounts import recovery

        self._bridge, self._desk, self._code = bridge, desk, code
        self.places = recovery.asked_places()
        hints = (f"Cetak {sheet.name}, lalu ketik kelompok ini dari kertasnya.", "")
        groups = [
            Field(f"group_{place}", f"Kelompok {place + 1}", required=True, help=hint)
            for place, hint in zip(self.places, hints, strict=True)
        ]
        title, confirm = ("Ganti lembar pemulihan", "Ganti") if desk.encrypted else ("Nyalakan enkripsi", "Nyalakan")
        super().__init__(title, FormWidget([*groups, _PASSWORD]), self._try, parent, confirm=confirm)

    def _try(self, values: dict[str, Any]) -> None:
        desk, code, password = self._desk, self._code, str(values["password"])
        typed = {place: str(values[f"group_{place}"]) for place in self.places}
        self.set_busy(True)
        self._bridge.task(
            self, lambda _progress: use_sheet(desk, password, code, typed), lambda _none: self.succeed(), self.refuse
        )


class PlainDialog(CommandDialog):
    """Switches encryption off again."""

    def __init__(self, bridge: Bridge, desk: Any, parent: QWidget | None) -> None:
        self._bridge, self._desk = bridge, desk
        super().__init__("Matikan enkripsi", FormWidget([_PASSWORD]), self._try, parent, confirm="Matikan")

    def _try(self, values: dict[str, Any]) -> None:
        from asn_desk.accounts import recovery_acts

        desk, password = self._desk, str(values["password"])
        self.set_busy(True)
        self._bridge.task(
            self, lambda _progress: recovery_acts.decrypt(desk, password), lambda _none: self.succeed(), self.refuse
        )


def use_sheet(desk: Any, password: str, code: str, typed: dict[int, str]) -> None:
    """Encrypt the office and make the first encrypted backup, or put the new sheet in force; runs on a worker thread."""
    from asn_desk.accounts import recovery_acts

    if desk.encrypted:
        recovery_acts.renew_sheet(desk, password, code, typed)
        return
    recovery_acts.encrypt(desk, password, code, typed)
    desk.backup(automatic=True)

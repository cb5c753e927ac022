"""Which personal data the office takes over from exports: said in the first step of the import, changed with the right to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from asn_desk.accounts.rights import allowed
from asn_desk.accounts.terms import Action
from asn_desk.employees.imports import options
from asn_desk.employees.reading.private_fields import PrivateField
from ui.shared.bridge import Bridge
from ui.shared.dialogs import CommandDialog
from ui.shared.forms import Field, FormWidget
from ui.shared.widgets import button, label

PRIVATE_WORDS: dict[PrivateField, str] = {
    PrivateField.NIK: "NIK", PrivateField.PHONE: "Nomor telepon", PrivateField.ADDRESS: "Alamat",
    PrivateField.NPWP: "NPWP", PrivateField.BPJS: "Nomor BPJS", PrivateField.EMAIL: "Surel",
}  # fmt: skip
_NONE = "Data pribadi yang tidak diperlukan (NIK, telepon, alamat, NPWP, BPJS, surel) tidak diambil dari berkas."
_INTRO = (
    "Program tidak memerlukan data ini. Ambil hanya bila kantor memang membutuhkannya. Data yang dimatikan langsung dihapus dari "
    "semua pegawai."
)


class PrivateLine(QWidget):
    """One sentence on what is taken over, and a link to change it. `changed` is told once another choice is stored."""

    changed = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._chosen: frozenset[PrivateField] = frozenset()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.said = label(_NONE, role="secondary")
        self.change_button = button("&Ubah…", "link", "", self.ask)
        self.change_button.setAccessibleName("Ubah data pribadi yang diambil")
        self.change_button.hide()
        row.addWidget(self.said, 1)
        row.addWidget(self.change_button, 0, Qt.AlignmentFlag.AlignTop)
        self._read()

    def ask(self) -> None:
        """Open the choice of personal data."""
        form = FormWidget([Field(key.name, words, kind="bool") for key, words in PRIVATE_WORDS.items()])
        form.set_values({key.name: key in self._chosen for key in PRIVATE_WORDS})
        form.mark_clean()
        dialog = CommandDialog(
            "Data pribadi dalam impor", form, lambda values: self._store(dialog, values), self, intro=_INTRO
        )
        dialog.open()

    def _store(self, dialog: CommandDialog, values: dict[str, Any]) -> None:
        wanted = [key for key in PRIVATE_WORDS if values[key.name]]
        dialog.write(self._bridge, lambda session: options.switch(session, wanted), lambda _outcome: self._on_stored())

    def _on_stored(self) -> None:
        self._read()
        self.changed.emit()

    def _read(self) -> None:
        self._bridge.read(self, _read, self._show)

    def _show(self, found: tuple[Sequence[PrivateField], bool]) -> None:
        chosen, may_change = found
        self._chosen = frozenset(chosen)
        words = ", ".join(PRIVATE_WORDS[key] for key in chosen)
        self.said.setText(f"Data pribadi yang ikut diambil: {words}." if words else _NONE)
        self.change_button.setVisible(may_change)


def _read(session: Any) -> tuple[Sequence[PrivateField], bool]:
    return options.switched_on(session), allowed(session, Action.EDIT_OFFICE)

"""Pengaturan, Cadangan: what opens an encrypted backup whose key is not held here, asked inside the restore dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from asn_desk.errors import DeskError
from ui.shared.basics import button
from ui.shared.bridge import Bridge
from ui.shared.fields import Field
from ui.shared.forms import FormWidget
from ui.shared.panels import Banner

ASKED = (
    "Cadangan ini terenkripsi. Ketik kode dari lembar pemulihan; atau nama dan kata sandi seorang pengguna, yang berlaku saat "
    "cadangan ini dibuat."
)
NOTHING = "Isi kode lembar pemulihan, atau nama dan kata sandi di bawahnya."
_FIELDS = (
    Field("code", "Kode lembar pemulihan", placeholder="8 kelompok, 40 huruf dan angka"),
    Field("name", "Nama pengguna", width="half"),
    Field("password", "Kata sandi", "password", width="half"),
)


class BackupKeyForm(QWidget):
    """Asks for the recovery sheet's code, or a name and password, until one of them opens the backup."""

    opened = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._source: Path | None = None
        self.banner = Banner(ASKED, "coming")
        self.form = FormWidget(_FIELDS)
        self.open_button = button("Buka &cadangan", "primary", "lock", self._try)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.banner)
        column.addWidget(self.form)
        row = QHBoxLayout()
        row.addWidget(self.open_button)
        row.addStretch(1)
        column.addLayout(row)

    def ask(self, source: Path) -> None:
        """Ask for what opens this backup."""
        self._source = source
        self.form.set_values({"code": "", "name": "", "password": ""})
        self.form.clear_errors()
        self.show()
        self.open_button.setDefault(True)
        self.form.focus_first()

    def _try(self) -> None:
        source, typed = self._source, self.form.values()
        if source is None or not self.open_button.isEnabled():
            return
        self.form.clear_errors()
        if not typed["code"] and not (typed["name"] and typed["password"]):
            self.form.set_errors({"code": NOTHING})
            return
        self.open_button.setEnabled(False)
        self._bridge.task(
            self, lambda _progress: open_key(source, **typed), lambda _none: self._on_opened(), self._refuse
        )

    def _on_opened(self) -> None:
        self.open_button.setEnabled(True)
        self.hide()
        self.opened.emit()

    def _refuse(self, error: DeskError) -> None:
        self.open_button.setEnabled(True)
        self.form.set_errors(error.fields or {"password" if self.form.values()["name"] else "code": error.sentence})


def open_key(source: Path, code: str, name: str, password: str) -> None:
    """Let this process open the backup; runs on a worker thread."""
    from asn_desk.accounts.recovery_keys import open_backup

    open_backup(source, code=code, name=name, password=password)

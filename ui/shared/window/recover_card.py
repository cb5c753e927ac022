"""The card on the sign-in page that opens encrypted data with the recovery sheet and gives an administrator a new password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from asn_desk.errors import DeskError
from ui.shared.basics import button, label
from ui.shared.bridge import Bridge
from ui.shared.fields import Field
from ui.shared.forms import FormWidget
from ui.shared.panels import Banner, Panel
from ui.shared.window.new_password import different, password_fields

WHAT = "Lembar pemulihan membuka data dan memberi seorang administrator kata sandi baru. Pemakaiannya tercatat pada jejak perubahan."
_PADDING = 28


class RecoverCard(Panel):
    """Asks for the sheet's code, an administrator's name and a new password; `done` hears who is signed in then."""

    def __init__(self, bridge: Bridge, done: Callable[[Any], None], back: Callable[[], object]) -> None:
        super().__init__(padding=_PADDING)
        self._bridge, self._done = bridge, done
        code = Field("code", "Kode lembar pemulihan", required=True, placeholder="8 kelompok, 40 huruf dan angka")
        self.form = FormWidget([code, Field("name", "Nama administrator", required=True), *password_fields()])
        self.banner = Banner("", "late")
        self.banner.hide()
        self.save_button = button("&Buka dan masuk", "primary", on_click=self._save)
        self.body.addWidget(label("Gunakan lembar pemulihan", role="title", wrap=False))
        self.body.addWidget(label(WHAT, role="secondary"))
        self.body.addWidget(self.banner)
        self.body.addWidget(self.form)
        row = QHBoxLayout()
        row.addWidget(button("&Kembali", "", on_click=back))
        row.addStretch(1)
        row.addWidget(self.save_button)
        self.body.addLayout(row)

    def _save(self) -> None:
        values = self.form.values()
        if problems := self.form.missing() or different(values):
            self.form.set_errors(problems)
            return
        desk = self._bridge.desk
        self.banner.hide()
        self.form.clear_errors()
        self.save_button.setEnabled(False)
        self._bridge.task(self, lambda _progress: recover(desk, values), self._done, self._refuse)

    def _refuse(self, error: DeskError) -> None:
        self.save_button.setEnabled(True)
        loose = self.form.set_errors(error.fields)
        self.banner.set_text(" ".join(loose) if error.fields else error.sentence)
        self.banner.setVisible(bool(loose) or not error.fields)


def recover(desk: Any, values: dict[str, Any]) -> Any:
    """Use the sheet, then sign in with the new password; runs on a worker thread."""
    from asn_desk.accounts import recovery_acts

    recovery_acts.recover(desk, values["code"], values["name"], values["new"])
    return desk.sign_in(values["name"], values["new"])

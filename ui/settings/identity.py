"""Pengaturan, Identitas kantor: what letterheads and screens show."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from asn_desk.errors import DeskError, StaleRecord
from asn_desk.office import queries, service
from asn_desk.office.queries import OfficeIdentity
from ui.settings.identity_form import identity_fields, identity_from, picture
from ui.shared.basics import button
from ui.shared.forms import FormWidget
from ui.shared.page import PageContext
from ui.shared.panels import Banner, Panel, ScrollBody

_STORED = "Sudah tersimpan; pilih berkas lain untuk menggantinya."


class IdentitySection(Panel):
    """Edits the office's identity in place; what is refused and the button stay in sight while the form scrolls."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Identitas kantor")
        self.context = context
        self._version = 0
        self._filled: dict[str, Any] = {}
        self._build()

    def _build(self) -> None:
        self.form = FormWidget(identity_fields())
        self.banner = Banner("", "late")
        self.stale = Banner("", "late", "Muat ulang", self._load_again)
        for told in (self.banner, self.stale):
            told.hide()
        self.save_button = button("&Simpan identitas", "primary", "check", self._save)
        row = QHBoxLayout()
        row.addWidget(self.save_button)
        row.addStretch(1)
        self.area = ScrollBody()
        self.area.layout_of_content.setContentsMargins(0, 0, 10, 0)
        self.area.layout_of_content.addWidget(self.form)
        self.body.setSpacing(12)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.stale)
        self.body.addWidget(self.area, 1)
        self.body.addLayout(row)

    def reload(self) -> None:
        """Fill the form anew, unless the clerk is in the middle of editing."""
        if not self.form.is_dirty():
            self.context.bridge.read(self, queries.office, self._fill)

    def _fill(self, office: OfficeIdentity | None) -> None:
        if office is not None:
            self._version = office.version
            self._filled = {name: getattr(office, name) for name in service.Identity.__dataclass_fields__}
            self.form.set_values(self._filled)
            self._show_pictures({"logo": office.logo_sha256, "emblem": office.emblem_sha256})

    def _show_pictures(self, stored: dict[str, str | None]) -> None:
        """Say in the empty field that a picture is there already."""
        for key, sha256 in stored.items():
            line = self.form.field(key).findChild(QLineEdit)
            assert line is not None, "a file field has a line"
            line.setPlaceholderText(_STORED if sha256 else "")

    def _load_again(self) -> None:
        """Take over what another clerk has changed; what was typed here stays."""
        self.context.bridge.read(self, queries.office, self._merge)

    def _merge(self, office: OfficeIdentity | None) -> None:
        typed = {key: value for key, value in self.form.values().items() if value != self._filled.get(key)}
        self._fill(office)
        for key, value in typed.items():
            self.form.put(key, value)
        self.stale.hide()

    def _save(self) -> None:
        self.banner.hide()
        self.stale.hide()
        values = self.form.values()
        if problems := self.form.missing():
            self.form.set_errors(problems)
            return
        try:
            command = self._command(values)
        except DeskError as error:
            self._refuse(error)
            return
        self.save_button.setEnabled(False)
        self.context.bridge.write(
            self, lambda session: service.update_office(session, command), lambda _outcome: self._saved(), self._refuse
        )

    def _command(self, values: dict[str, Any]) -> service.UpdateOffice:
        return service.UpdateOffice(
            identity_from(values), self._version, logo=picture(values, "logo"), emblem=picture(values, "emblem")
        )

    def _saved(self) -> None:
        self.save_button.setEnabled(True)
        self.form.set_values({"logo": None, "emblem": None})
        self.context.toast("Identitas kantor tersimpan.", None)
        self.reload()

    def _refuse(self, error: DeskError) -> None:
        self.save_button.setEnabled(True)
        if isinstance(error, StaleRecord):
            self.stale.set_text(error.sentence)
            self.stale.show()
            return
        loose = self.form.set_errors(error.fields)
        self.banner.set_text(" ".join(loose) if error.fields else error.sentence)
        self.banner.setVisible(bool(loose) or not error.fields)

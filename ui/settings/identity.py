"""Pengaturan, Identitas kantor: what letterheads and screens show."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from asn_desk.errors import DeskError
from asn_desk.office import queries, service
from asn_desk.office.queries import OfficeIdentity
from ui.settings.identity_form import identity_fields, identity_from, picture
from ui.shared.basics import button
from ui.shared.forms import FormWidget
from ui.shared.page import PageContext
from ui.shared.panels import Banner, ScrollPanel


class IdentitySection(ScrollPanel):
    """Edits the office's identity in place."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Identitas kantor")
        self.context = context
        self._version = 0
        self._build()

    def _build(self) -> None:
        self.form = FormWidget(identity_fields())
        self.banner = Banner("", "late")
        self.banner.hide()
        self.save_button = button("&Simpan identitas", "primary", "check", self._save)
        row = QHBoxLayout()
        row.addWidget(self.save_button)
        row.addStretch(1)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.form)
        self.body.addLayout(row)

    def reload(self) -> None:
        """Fill the form anew, unless the clerk is in the middle of editing."""
        if not self.form.is_dirty():
            self.context.bridge.read(self, queries.office, self._fill)

    def _fill(self, office: OfficeIdentity | None) -> None:
        if office is not None:
            self._version = office.version
            self.form.set_values({name: getattr(office, name) for name in service.Identity.__dataclass_fields__})

    def _save(self) -> None:
        self.banner.hide()
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
        self.form.mark_clean()
        self.context.toast("Identitas kantor tersimpan.", None)
        self.reload()

    def _refuse(self, error: DeskError) -> None:
        self.save_button.setEnabled(True)
        loose = self.form.set_errors(error.fields)
        self.banner.set_text(" ".join(loose) if error.fields else error.sentence)
        self.banner.setVisible(bool(loose) or not error.fields)

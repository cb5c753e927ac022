"""Keadaan per tanggal: a file as the program showed it on a past day, beside today. Read only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk.candidacy import previews
from asn_desk.candidacy.rows import DeclarationDetail
from asn_desk.candidacy.whatif import SideBySide
from asn_desk.wording import long_date
from ui.candidacy import explain
from ui.candidacy.compare import SideBySideView
from ui.candidacy.explain import ExplanationDialog
from ui.shared.dialogs import BaseDialog
from ui.shared.forms import Field, FormWidget
from ui.shared.page import PageContext
from ui.shared.widgets import label

_WIDTH = 940
_BACK = timedelta(days=30)


class PastDialog(BaseDialog):
    """Asks for a day and shows what was known and due then."""

    def __init__(self, context: PageContext, parent: QWidget, file: DeclarationDetail) -> None:
        super().__init__("Keadaan per tanggal", parent, _WIDTH)
        self._context, self._file = context, file
        self.form = FormWidget([Field("day", "Keadaan per tanggal", "date", required=True, width="half")])
        self.form.set_values({"day": max(file.declared_on, context.today() - _BACK)})
        self.view = SideBySideView("Hari itu", "Hari ini", "candidacy_past", context.settings_file)
        self._build()
        self.form.value_changed.connect(lambda _key: self.look())
        self.view.duty_chosen.connect(self._explain)
        self.look()

    def look(self) -> None:
        """Read the day that was entered."""
        problems = self.form.missing()
        self.form.set_errors(problems)
        day, today, wanted = self.form.values()["day"], self._context.today(), self._file.id
        if problems or day is None:
            return
        if day > today:
            self.form.set_errors({"day": f"Pilih tanggal sampai {long_date(today)}."})
            return
        self._context.bridge.read(self, lambda session: previews.compare_days(session, wanted, day, today), self._show)

    def _build(self) -> None:
        self.outer.addWidget(label(f"Keadaan berkas {self._file.name}", role="name"))
        note = "Dibangun kembali dari riwayat: data, kejadian, aturan, dan tanggal tahapan yang sudah dicatat pada hari itu."
        self.outer.addWidget(label(note, role="secondary"))
        self.outer.addWidget(self.form)
        self.outer.addWidget(self.view, 1)
        self.add_button("&Tutup", "primary", self.accept)
        self.finish_layout()
        room = self.screen().availableGeometry()
        self.resize(min(_WIDTH, room.width() - 40), round(room.height() * 0.86))

    def _show(self, sides: SideBySide | None) -> None:
        if sides is None:
            day = self.form.values()["day"]
            self.view.clear(f"Pada {long_date(day)} berkas ini belum ada di program.")
        else:
            self.view.show_sides(sides)

    def _explain(self, duty: Any) -> None:
        ExplanationDialog(explain.of_duty(duty, self._context.today()), self).open()

"""Keadaan kantor pada dua tanggal: every file as the program knew it on two days, side by side. Read only."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from asn_desk.candidacy import previews
from asn_desk.candidacy.duties import DutyStatus
from asn_desk.candidacy.previews import KnownFile
from asn_desk.candidacy.rules import Assessment
from asn_desk.candidacy.states import STATUS_WORDS
from asn_desk.wording import long_date, number
from ui.shared.dialogs import BaseDialog
from ui.shared.forms import Field, FormWidget
from ui.shared.page import PageContext
from ui.shared.tables.columns import Column, sided
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.widgets import label

_WIDTH = 960
_BACK = timedelta(days=30)
_DONE = frozenset({DutyStatus.MET, DutyStatus.MET_LATE, DutyStatus.NOT_APPLICABLE})


def state_words(seen: Assessment | None) -> str:
    """Return how a file stood on a day."""
    if seen is None:
        return "belum ada di program"
    return f"{STATUS_WORDS[seen.state.kpu]} / {STATUS_WORDS[seen.state.staff]}"


def duty_words(seen: Assessment | None) -> str:
    """Return how many duties were open on a day, and how many of them late."""
    if seen is None:
        return ""
    is_open = [row for row in seen.obligations if row.status not in _DONE]
    late = sum(row.status is DutyStatus.LATE for row in is_open)
    return f"{number(len(is_open))} kewajiban terbuka, {number(late)} lewat"


COLUMNS = [
    Column("name", "Pegawai", text=lambda row: row.name, secondary=lambda row: row.office_name, width=250),
    sided("left", "Tanggal pertama", state_words, duty_words, 320),
    sided("right", "Tanggal kedua", state_words, duty_words, 320),
]


class OfficePastDialog(BaseDialog):
    """Asks for two days and lists what was known on each."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__("Keadaan pada dua tanggal", parent, _WIDTH)
        self._context = context
        self.form = FormWidget(
            [
                Field("left", "Tanggal pertama", "date", required=True, width="half"),
                Field("right", "Tanggal kedua", "date", required=True, width="half"),
            ]
        )
        self.form.set_values({"left": context.today() - _BACK, "right": context.today()})
        self.model = RowsModel(COLUMNS)
        self.table = RecordTable(self.model, name="candidacy_days", settings_file=context.settings_file)
        self.table.set_empty_state("history", "Belum ada berkas", "Pada kedua tanggal itu belum ada berkas di program.")
        self._build()
        self.form.value_changed.connect(lambda _key: self.look())
        self.look()

    def look(self) -> None:
        """Read both days."""
        values, today = self.form.values(), self._context.today()
        late = {key: f"Pilih tanggal sampai {long_date(today)}." for key, day in values.items() if day and day > today}
        problems = self.form.missing() or late
        self.form.set_errors(problems)
        if not problems:
            left, right = values["left"], values["right"]
            self._context.bridge.read(self, lambda session: previews.office_on_days(session, left, right), self._show)

    def _build(self) -> None:
        self.outer.addWidget(label("Keadaan pada dua tanggal", role="name"))
        note = "Yang diketahui dan jatuh tempo pada tiap tanggal, dibangun kembali dari riwayat."
        self.outer.addWidget(label(note, role="secondary"))
        self.outer.addWidget(self.form)
        self.outer.addWidget(self.table, 1)
        self.add_button("&Tutup", "primary", self.accept)
        self.finish_layout()
        room = self.screen().availableGeometry()
        self.resize(min(_WIDTH, room.width() - 40), round(room.height() * 0.86))

    def _show(self, rows: tuple[KnownFile, ...]) -> None:
        self.model.set_rows(rows)

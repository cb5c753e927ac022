"""Perubahan kantor: every version of every change, what it changed, its document, and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from asn_desk.accounts.terms import Action
from asn_desk.regulations import queries, service
from asn_desk.regulations.queries import ChangeRow
from asn_desk.wording import clock_time, long_date, short_date
from ui.settings.rules_preview import StoryDialog
from ui.settings.rules_why import changing
from ui.shared.chips import Chip
from ui.shared.dialogs import CommandDialog
from ui.shared.documents.paper import PaperDialog
from ui.shared.forms import Field, FormWidget
from ui.shared.page import PageContext
from ui.shared.panels import Toolbar
from ui.shared.tables.columns import Column
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.widgets import button


def _when(row: ChangeRow) -> str:
    at = row.recorded_at.astimezone()
    return f"{short_date(at.date())} {clock_time(at)}"


def _chip(row: ChangeRow) -> Chip:
    if row.ended_at is not None:
        return Chip("tidak berlaku lagi", "neutral", "close")
    return Chip("berlaku", "done") if row.fits else Chip("tidak cocok lagi", "near")


COLUMNS = [
    Column(
        "title",
        "Perubahan",
        text=lambda row: row.title,
        secondary=lambda row: f"{row.kind_words}, versi {row.number}: {row.reason}",
        width=320,
    ),
    Column(
        "document",
        "Dokumen",
        text=lambda row: row.document_number,
        secondary=lambda row: f"tanggal {long_date(row.document_date)}",
        width=180,
    ),
    Column("who", "Dicatat", text=lambda row: row.recorded_by, secondary=_when, width=150),
    Column("state", "Keadaan", chip=_chip, width=150),
]


class HistoryTab(QWidget):
    """The versions as a table, newest first."""

    def __init__(self, context: PageContext, changed: Callable[[], None]) -> None:
        super().__init__()
        self._context, self._changed = context, changed
        self.model = RowsModel(COLUMNS)
        self.table = RecordTable(self.model, name="rule_history", settings_file=context.settings_file)
        self.table.set_empty_state("history", "Belum ada perubahan", "Kantor memakai aturan bawaan program.")
        self.difference_button = button("&Lihat perbedaan", "", "list", self.show_differences)
        self.scan_button = button("Lihat &dokumen", "", "pdf", self._show_scan)
        self.withdraw_button = button("&Cabut…", "", "undo", self.withdraw)
        self.withdraw_button.setVisible(context.may(Action.CHANGE_RULES))
        bar = Toolbar(self.difference_button, self.scan_button, trailing=[self.withdraw_button])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.table, 1)
        self.table.row_activated.connect(lambda _id: self.show_differences())
        self.table.current_changed.connect(lambda _id: self._offer())
        self._offer()

    def show_rows(self, rows: list[ChangeRow]) -> None:
        """Show other versions."""
        self.model.set_rows(rows)
        self._offer()

    @property
    def current(self) -> ChangeRow | None:
        """Return the chosen version."""
        return next((row for row in self.model.rows if row.id == self.table.current_id()), None)

    def show_differences(self) -> None:
        """Show what the chosen version changed against the one before."""
        row = self.current
        if row is not None:
            self._context.bridge.read(
                self,
                lambda session: queries.differences(session, row.id),
                lambda lines: StoryDialog(row.title, [_worded(line) for line in lines] + _end(row), self).open(),
            )

    def withdraw(self) -> None:
        """Ask why the chosen change is taken back."""
        if self.current is not None:
            WithdrawDialog(self._context, self, self.current, self._changed).open()

    def _offer(self) -> None:
        row = self.current
        self.difference_button.setEnabled(row is not None)
        self.scan_button.setEnabled(row is not None and row.has_scan)
        self.withdraw_button.setEnabled(row is not None and row.ended_at is None)

    def _show_scan(self) -> None:
        row, bridge = self.current, self._context.bridge
        if row is not None:
            bridge.read(
                self,
                lambda session: queries.scan(session, row.id),
                lambda pdf: PaperDialog(row.document_number, bridge, pdf, self).open(),
            )


def _worded(line: str) -> tuple[str, str]:
    return ("semula" if line.startswith("-") else "menjadi"), line[2:]


def _end(row: ChangeRow) -> list[tuple[str, str]]:
    if row.ended_at is None:
        return []
    return [("berakhir", f"{long_date(row.ended_at.astimezone().date())} oleh {row.ended_by}: {row.end_reason}")]


class WithdrawDialog(CommandDialog):
    """Takes a change back: the shipped rule or date holds again."""

    def __init__(self, context: PageContext, parent: QWidget, row: ChangeRow, done: Callable[[], None]) -> None:
        self._context, self._row, self._done = context, row, done
        form = FormWidget([Field("reason", "Alasan pencabutan", "multiline", rows=3, required=True)])
        intro = f"{row.title}. Aturan atau tanggal bawaan berlaku kembali; riwayatnya tetap tersimpan."
        super().__init__("Cabut perubahan", form, self._withdraw, parent, intro=intro, confirm="Cabut", danger=True)

    def _withdraw(self, values: dict[str, Any]) -> None:
        change_id, reason = self._row.id, values["reason"]
        self.write(
            self._context.bridge,
            changing(lambda session: service.withdraw(session, change_id, reason)),
            lambda _outcome: self._done(),
        )

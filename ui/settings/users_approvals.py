"""Pengaturan, Pengguna, Persetujuan: what one asked for and another must agree to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from asn_desk.accounts import approvals
from asn_desk.accounts.approvals import CONSENT_DAYS, ApprovalRow
from asn_desk.accounts.terms import ACT_WORDS
from asn_desk.accounts.trail_words import record_words
from asn_desk.wording import clock_time, long_date, short_date
from ui.shared.basics import button, label
from ui.shared.chips import Chip
from ui.shared.page import PageContext
from ui.shared.panels import Panel
from ui.shared.tables.columns import Column
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable

NOTE = (
    f"Persetujuan berlaku untuk satu kali, paling lama {CONSENT_DAYS} hari sesudah diberikan. Yang sudah disetujui: ulangi "
    "tindakannya."
)


def _when(row: ApprovalRow) -> str:
    at = row.requested_at.astimezone()
    return f"{long_date(at.date())} pukul {clock_time(at)}"


def _chip(row: ApprovalRow) -> Chip:
    if row.until is not None:
        return Chip(f"disetujui, s.d. {short_date(row.until.astimezone().date())}", "done")
    return Chip("menunggu orang lain", "coming") if row.own else Chip("menunggu Anda", "near")


COLUMNS = [
    Column(
        "act",
        "Tindakan",
        text=lambda row: ACT_WORDS[row.act],
        secondary=lambda row: record_words(row.subject),
        width=230,
    ),
    Column("who", "Diminta oleh", text=lambda row: row.requested_name, secondary=_when, width=220),
    Column("reason", "Alasan", text=lambda row: row.reason or "tanpa alasan", width=175),
    Column("state", "Keadaan", chip=_chip, width=225),
]


class ApprovalsPanel(Panel):
    """The open requests, with the two answers."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Persetujuan orang kedua", padding=0)
        self.context = context
        self.model = RowsModel(COLUMNS)
        self.table = RecordTable(self.model, name="approvals", settings_file=context.settings_file)
        self.table.set_empty_state(
            "check-circle",
            "Tidak ada yang menunggu",
            "Tindakan yang memerlukan dua orang muncul di sini untuk disetujui.",
        )
        self.approve_button = button("&Setujui", "primary", "check", lambda: self._decide(approvals.approve))
        self.refuse_button = button("&Tolak", "", "close", lambda: self._decide(approvals.refuse))
        self.add_title_widget(self.refuse_button)
        self.add_title_widget(self.approve_button)
        note = label(NOTE, role="hint")
        note.setContentsMargins(16, 0, 16, 8)
        self.body.addWidget(note)
        self.body.addWidget(self.table, 1)
        self.table.current_changed.connect(lambda _request_id: self._offer())
        self._offer()

    def reload(self) -> None:
        """Read the requests anew."""
        self.context.bridge.read(self, approvals.listed, self._show)

    def _show(self, rows: list[ApprovalRow]) -> None:
        self.model.set_rows(rows)
        self._offer()

    def _current(self) -> ApprovalRow | None:
        return next((row for row in self.model.rows if row.id == self.table.current_id()), None)

    def _offer(self) -> None:
        row = self._current()
        self.approve_button.setEnabled(row is not None and row.decidable)
        self.refuse_button.setEnabled(row is not None and row.until is None)
        self.refuse_button.setText("&Batalkan permintaan" if row is not None and row.own else "&Tolak")

    def _decide(self, verb: Callable[[Any, int], None]) -> None:
        row = self._current()
        if row is not None:
            self.context.bridge.write(self, lambda session: verb(session, row.id))

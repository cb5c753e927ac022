"""The texts of a circular: first, editorial and material ones, each with its reason, its progress and its hash."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from asn_desk.accounts.terms import Action
from asn_desk.circulars.queries import CircularRow
from asn_desk.circulars.rules import COMPANION_WORDS
from asn_desk.wording import number, short_date
from ui.shared.page import PageContext
from ui.shared.rights import only_with
from ui.shared.tables.columns import Column
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.widgets import Chip

_HASH_SHOWN = 8


def kind_chip(row: CircularRow) -> Chip:
    """Return what a version is: the first text, an editorial fix, or a material change."""
    if row.ordinal == 1:
        return Chip("Naskah awal", "neutral")
    return Chip("Redaksional", "done") if row.editorial else Chip("Material", "near")


def _reason(row: CircularRow) -> str:
    if row.ordinal == 1:
        return f"{COMPANION_WORDS[row.companion]}, untuk {number(row.tally.total)} orang"
    return row.reason


def _counts(row: CircularRow) -> str:
    return f"{number(row.tally.done)} / {number(row.tally.total - row.tally.left)}"


COLUMNS = [
    Column(
        "version", "Versi", text=lambda row: f"Versi {row.ordinal}", secondary=lambda row: f"terbit {short_date(row.published_on)}",
        width=136, least=132,
    ),
    Column("kind", "Sifat", chip=kind_chip, width=130),
    Column("reason", "Alasan", text=_reason, secondary=lambda row: f"oleh {row.published_by}", width=236),
    Column("count", "Kemajuan", text=_counts, align="right", width=104),
    Column("hash", "Sidik naskah", text=lambda row: row.text_sha256[:_HASH_SHOWN], copy=lambda row: row.text_sha256, width=116, least=104),
]  # fmt: skip


class VersionView(QWidget):
    """The texts, the newest first; Enter opens the letter of one."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.model = RowsModel(COLUMNS, parent=self)
        self.table = RecordTable(self.model, name="circular_versions", settings_file=context.settings_file)
        if only_with(context.may, Action.SEE_LETTERS, self.table.add_action("Buka suratnya", self._open, "document")):
            self.table.row_activated.connect(lambda _id: self._open())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)

    def show_versions(self, versions: Sequence[CircularRow]) -> None:
        """Show these texts."""
        self.model.set_rows(versions)

    def _open(self) -> None:
        row = self.model.row_at(self.table.currentIndex()) if self.table.currentIndex().isValid() else None
        if isinstance(row, CircularRow):
            self._context.navigate("letters", {"letter_id": row.letter_id})

"""The marks of a circular as they were recorded, the newest first, the undone ones with their reason."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from asn_desk.circulars import queries
from asn_desk.circulars.queries import CircularRow, MarkRow
from asn_desk.circulars.rules import METHOD_WORDS
from asn_desk.wording import clock_time, short_date
from ui.shared.columns import Column
from ui.shared.marking import status_chip, undo_dialog
from ui.shared.page import PageContext
from ui.shared.rows_model import RowsModel
from ui.shared.table_view import RecordTable
from ui.shared.widgets import Chip

_LISTED = 300


def _when(mark: MarkRow) -> str:
    moment = mark.recorded_at.astimezone()
    return f"{short_date(moment.date())}, {clock_time(moment)}"


def _chip(mark: MarkRow) -> Chip:
    return Chip("Dibatalkan", "neutral", "undo") if mark.undone_at is not None else status_chip(mark.status)


def _note(mark: MarkRow) -> str:
    if mark.undone_at is not None:
        return f"Alasan: {mark.undo_reason}"
    return mark.note or METHOD_WORDS[mark.method]


COLUMNS = [
    Column("when", "Dicatat", text=_when, secondary=lambda mark: mark.recorded_by, width=150),
    Column("person", "Pegawai", text=lambda mark: mark.person, secondary=lambda mark: mark.opd, width=230),
    Column("status", "Status", chip=_chip, width=150),
    Column("note", "Tanggal dan catatan", text=lambda mark: short_date(mark.happened_on), secondary=_note, width=190),
]


class HistoryView(QWidget):
    """The last marks; a wrong one can be taken back from here too."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._closed = False
        self.model = RowsModel(COLUMNS, parent=self)
        self.table = RecordTable(self.model, name="marks", settings_file=context.settings_file)
        self.table.set_empty_state("history", "Belum ada catatan", "Setiap lembar yang dicatat muncul di sini.")
        self.table.add_action("Batalkan catatan…", self._undo, "undo")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)

    def show_version(self, circular: CircularRow) -> None:
        """Read the last marks of this version."""
        self._closed = circular.closed_on is not None
        self._context.bridge.read(
            self,
            lambda session: queries.recent_marks(session, limit=_LISTED, version_id=circular.version_id),
            self.model.set_rows,
        )

    def _undo(self) -> None:
        mark = self.model.row_at(self.table.currentIndex())
        if isinstance(mark, MarkRow) and mark.undone_at is None and not self._closed:
            undo_dialog(
                self, self._context.bridge, mark.id, mark.person,
                lambda _outcome: self._context.toast("Catatan dibatalkan.", None),
            )  # fmt: skip

"""The marks of a circular as they were recorded, the newest first, the undone ones with their reason."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from asn_desk.accounts.terms import Action
from asn_desk.circulars import queries
from asn_desk.circulars.queries import CircularRow, MarkRow
from asn_desk.circulars.rules import METHOD_WORDS, SIGNATURE_WORDS
from asn_desk.wording import clock_time, short_date
from ui.shared.documents.picture import PictureDialog
from ui.shared.marking import status_chip, undo_dialog
from ui.shared.page import PageContext
from ui.shared.rights import only_with
from ui.shared.tables.columns import Column
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.widgets import Chip, button, label

_LISTED = 300


def _when(mark: MarkRow) -> str:
    moment = mark.recorded_at.astimezone()
    return f"{short_date(moment.date())} {clock_time(moment)}"


def _chip(mark: MarkRow) -> Chip:
    return Chip("Dibatalkan", "neutral", "undo") if mark.undone_at is not None else status_chip(mark.status)


def _note(mark: MarkRow) -> str:
    if mark.undone_at is not None:
        return f"Alasan: {mark.undo_reason}"
    until = f"sampai {short_date(mark.until)}" if mark.until else ""
    how = [METHOD_WORDS[mark.method], SIGNATURE_WORDS[mark.signature] if mark.signature else ""]
    return " · ".join(part for part in (mark.note, mark.party, until) if part) or ", ".join(filter(None, how))


COLUMNS = [
    Column("when", "Dicatat", text=_when, secondary=lambda mark: mark.recorded_by, width=170),
    Column("person", "Pegawai", text=lambda mark: mark.person, secondary=lambda mark: mark.opd, width=215),
    Column("status", "Status", chip=_chip, width=150),
    Column("note", "Tanggal dan catatan", text=lambda mark: short_date(mark.happened_on), secondary=_note, width=190),
]


class HistoryView(QWidget):
    """The last marks; a wrong one can be taken back from here too."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._closed = False
        self._version_id: int | None = None
        self._recipient_id: int | None = None
        self.model = RowsModel(COLUMNS, parent=self)
        self.table = RecordTable(self.model, name="marks", settings_file=context.settings_file)
        self.table.set_empty_state("history", "Belum ada catatan", "Setiap lembar yang dicatat muncul di sini.")
        self.table.add_action("Lihat halaman pindaian", self._look, "search")
        undo = self.table.add_action("Batalkan catatan…", self._undo, "undo")
        only_with(context.may, Action.ACKNOWLEDGE, undo)
        self.table.row_activated.connect(lambda _id: self._look())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.whose = label("", role="secondary")
        self.all_button = button("Tampilkan semua", "link", on_click=lambda: self.show_person(None))
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 16, 8)
        row.addWidget(self.whose, 1)
        row.addWidget(self.all_button)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.table, 1)

    def show_person(self, recipient_id: int | None) -> None:
        """Show the marks of one person only, None for all of the version."""
        self._recipient_id = recipient_id
        self._read()

    def show_version(self, circular: CircularRow) -> None:
        """Read the last marks of this version."""
        if self._version_id != circular.version_id:
            self._recipient_id = None
        self._version_id = circular.version_id
        self._closed = circular.closed_on is not None
        self._read()

    def _read(self) -> None:
        version_id, recipient_id = self._version_id, self._recipient_id
        self._context.bridge.read(
            self,
            lambda session: queries.recent_marks(
                session, limit=_LISTED, version_id=version_id, recipient_id=recipient_id
            ),
            self._show,
        )

    def _show(self, marks: Sequence[MarkRow]) -> None:
        self.model.set_rows(marks)
        self.all_button.setVisible(self._recipient_id is not None)
        name = marks[0].person if marks and self._recipient_id is not None else "semua penerima"
        self.whose.setText(f"Catatan {name}, yang terbaru di atas.")

    def _look(self) -> None:
        """Show the scanned page that a mark rests on."""
        mark = self.model.row_at(self.table.currentIndex()) if self.table.currentIndex().isValid() else None
        if isinstance(mark, MarkRow) and mark.evidence_sha256:
            title = f"Bukti tanda terima: {mark.person}"
            self._context.bridge.read(
                self, partial(_picture, mark.evidence_sha256, mark.evidence_page or 1),
                lambda png: PictureDialog(title, png, self).open(),
            )  # fmt: skip
        elif isinstance(mark, MarkRow):
            self._context.toast("Catatan ini tanpa gambar halaman.", None)

    def _undo(self) -> None:
        mark = self.model.row_at(self.table.currentIndex())
        if isinstance(mark, MarkRow) and mark.undone_at is None and not self._closed:
            undo_dialog(
                self, self._context.bridge, mark.id, mark.person,
                lambda _outcome: self._context.toast("Catatan dibatalkan.", None),
            )  # fmt: skip


def _picture(sha256: str, page: int, session: Any) -> bytes:
    from asn_desk.circulars.scanning.queries import evidence_picture

    return evidence_picture(session, sha256, page, 110)

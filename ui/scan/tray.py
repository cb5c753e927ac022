"""Nampan: pages the program could not finish, each with its picture, finished by hand or put aside with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from asn_desk.circulars import queries
from asn_desk.circulars.queries import RecipientRow
from asn_desk.circulars.scanning import queries as scans
from asn_desk.circulars.scanning import service as scanning
from asn_desk.circulars.scanning.queries import TrayRow
from asn_desk.circulars.scanning.service import FinishPage
from asn_desk.errors import DeskError
from asn_desk.wording import grouped_nip, number
from ui.scan.day_button import DayButton
from ui.shared.check_list import CheckList, Tick
from ui.shared.dialogs import CommandDialog
from ui.shared.documents.picture import PictureView
from ui.shared.forms import Field, FormWidget, PersonHit, person_search
from ui.shared.marking import standing_words
from ui.shared.page import PageContext
from ui.shared.panels import ScrollBody
from ui.shared.tables.columns import Column
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.widgets import ActionBar, Banner, EmptyState, Panel, button, clear_layout, label, split

_LOOKED_UP = 12
_DPI = 110
_FINISH_WIDTH = 300

COLUMNS = [
    Column(
        "page", "Halaman", text=lambda row: f"{row.file}, halaman {number(row.page)}", secondary=lambda row: row.sentence,
        width=260,
    ),
]  # fmt: skip


class TrayView(QWidget):
    """The pages at the left, the chosen one's picture and how to finish it at the right."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._row: TrayRow | None = None
        self._list: CheckList | None = None
        self._build()
        self._show(None)

    def reload(self) -> None:
        """Read the tray again; the page at work stays chosen."""
        self._context.bridge.read(self, scans.tray, self._fill)

    def activated(self) -> None:
        """Give the keyboard to the list of pages."""
        self.table.setFocus()

    def finish(self) -> None:
        """Record who signed on the page shown."""
        row = self._row
        if row is None:
            return
        values = self.form.values()
        people = [values["person"]] if values["person"] is not None else []
        people += self._list.chosen() if self._list is not None else []
        command = FinishPage(row.id, row.version, tuple(people), values["code"], self.day.day())
        self._context.bridge.write(
            self, lambda session: scanning.finish_page(session, command), lambda _o: self._told("Halaman diselesaikan."),
            self._refuse,
        )  # fmt: skip

    def dismiss(self) -> CommandDialog | None:
        """Put the page aside, with a reason."""
        row = self._row
        if row is None:
            return None
        form = FormWidget([Field("reason", "Alasan", required=True, placeholder="mis. halaman sampul, bukan lembar")])

        def submit(values: dict[str, Any]) -> None:
            dialog.write(
                self._context.bridge,
                lambda session: scanning.dismiss_page(session, row.id, values["reason"], row.version),
                lambda _outcome: self._told("Halaman diabaikan."),
            )

        intro = f"{row.file}, halaman {number(row.page)}. Gambarnya tetap tersimpan bersama alasannya."
        dialog = CommandDialog("Abaikan halaman", form, submit, self, intro=intro, confirm="&Abaikan")
        dialog.open()
        return dialog

    def _build(self) -> None:
        self.model = RowsModel(COLUMNS, parent=self)
        self.table = RecordTable(self.model, name="scan_tray", settings_file=self._context.settings_file)
        self.table.horizontalHeader().hide()
        self.table.set_empty_state("check-circle", "Nampan kosong", "Semua halaman pindaian sudah selesai.")
        self.table.current_changed.connect(self._choose)
        left = Panel(padding=0)
        left.body.addWidget(self.table)
        right = Panel(padding=0)
        right.body.setSpacing(0)
        self.content = self._content()
        self.empty = EmptyState("document", "Pilih halaman", "Gambar halaman dan cara menyelesaikannya tampil di sini.")
        right.body.addWidget(self.content, 1)
        right.body.addWidget(self.empty, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(
            split(left, right, sizes=(320, 780), name="scan_tray", settings_file=self._context.settings_file)
        )

    def _content(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        self.why = Banner("", "near")
        self.problem = Banner("", "late")
        self.picture = PictureView("Halaman pindaian")
        area = ScrollBody()
        area.layout_of_content.addWidget(self.picture)
        area.layout_of_content.addStretch(1)
        beside = QHBoxLayout()
        beside.setSpacing(16)
        beside.addWidget(area, 1)
        beside.addWidget(self._finishing())
        column.addWidget(self.why)
        column.addLayout(beside, 1)
        return content

    def _finishing(self) -> QWidget:
        part = QWidget()
        part.setFixedWidth(_FINISH_WIDTH)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        search = person_search(self._context.bridge, self, find_recipients)
        self.form = FormWidget(
            [
                Field("code", "Kode pada lembar", placeholder="mis. ADE1 7K2M …"),
                Field("person", "atau pilih penerima", "person", search=search),
            ]
        )
        self.rows_of = QVBoxLayout()
        self.day = DayButton(self._context.today, lambda: None)
        self.finish_button = button("&Selesaikan", "primary", "check", self.finish)
        self.dismiss_button = button("&Abaikan…", "", "close", self.dismiss)
        column.addWidget(self.problem)
        column.addLayout(self.rows_of, 1)
        column.addWidget(self.form)
        column.addWidget(self.day)
        column.addWidget(ActionBar(self.finish_button, self.dismiss_button))
        column.addStretch(0)
        return part

    def _fill(self, rows: Sequence[TrayRow]) -> None:
        standing = self._row.id if self._row is not None else None
        self.model.set_rows(rows)
        if standing is None or not self.table.select_id(standing):
            self.table.select_first()
        if not rows:
            self._show(None)

    def _choose(self, row_id: object) -> None:
        row = next((one for one in self.model.rows if one.id == row_id), None)
        if row is None or self._row is None or row.id != self._row.id:
            self._show(row)
        else:
            self._row = row

    def _show(self, row: TrayRow | None) -> None:
        self._row = row
        self.content.setVisible(row is not None)
        self.empty.setVisible(row is None)
        self.problem.hide()
        self._list = None
        clear_layout(self.rows_of)
        self.form.set_values({"code": "", "person": None})
        if row is None:
            self.picture.clear()
            return
        self.form.set_visible("code", row.sheet_id is None)  # a collective list has its own code, and wants the room
        self.why.set_text(row.sentence)
        page_id, sheet_id = row.id, row.sheet_id
        bridge = self._context.bridge
        bridge.read(self, lambda session: _picture(session, page_id), lambda png: self._paint(page_id, png))
        if sheet_id is not None:
            bridge.read(self, lambda session: _lines(session, sheet_id), lambda ticks: self._offer(page_id, ticks))

    def _paint(self, page_id: int, png: bytes) -> None:
        if self._row is not None and self._row.id == page_id:
            self.picture.show_picture(png)

    def _offer(self, page_id: int, ticks: Sequence[Tick]) -> None:
        """Offer the rows of a collective list to tick."""
        if self._row is None or self._row.id != page_id:
            return
        self._list = CheckList(ticks, "Siapa yang menandatangani lembar kolektif ini", "Cari nama")
        self.rows_of.addWidget(label("Siapa yang menandatangani lembar kolektif ini?", role="strong", wrap=True))
        self.rows_of.addWidget(self._list, 1)

    def _told(self, text: str) -> None:
        self._context.toast(text, None)

    def _refuse(self, error: DeskError) -> None:
        loose = self.form.set_errors(error.fields)
        sentences = loose if error.fields else [error.sentence]
        self.problem.set_text(" ".join(sentences))
        self.problem.setVisible(bool(sentences))


def find_recipients(session: Any, text: str) -> Sequence[PersonHit]:
    """Return people of running circulars for the picker."""
    return [_hit(row) for row in queries.lookup(session, text, limit=_LOOKED_UP)]


def _hit(row: RecipientRow) -> PersonHit:
    stands = standing_words(row.status, row.acknowledged_on)
    return PersonHit(row.id, row.name, f"{grouped_nip(row.number)} · {stands} · {row.circular}")


def _picture(session: Any, page_id: int) -> bytes:
    return scans.page_picture(session, page_id, _DPI)


def _lines(session: Any, sheet_id: int) -> list[Tick]:
    from asn_desk.circulars.papers.sheets import sheet

    found = sheet(session, sheet_id)
    return [
        Tick(line.recipient_id, f"{line.row}. {line.person}", grouped_nip(line.number), on=False)
        for line in found.lines
    ]

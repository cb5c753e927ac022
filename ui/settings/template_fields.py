"""The list of what a template may use: each field with its meaning and an example, and its tag for the clipboard."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from asn_desk.letters.contents.kinds import kind_of
from asn_desk.letters.templates.examples import shown_example, tag_of
from ui.shared.basics import button
from ui.shared.filters import SearchField
from ui.shared.page import PageContext
from ui.shared.panels import Toolbar
from ui.shared.tables.columns import Column
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable


@dataclass(frozen=True)
class FieldRow:
    """One field as the list shows it; `tag` is what to paste into the template."""

    id: int
    key: str
    title: str
    example: str
    tag: str


COLUMNS = [
    Column("field", "Isian", text=lambda row: row.title, secondary=lambda row: row.key, width=230),
    Column("example", "Contoh nilai", text=lambda row: row.example, width=240),
]


class FieldList(QWidget):
    """The fields of one kind of letter, searchable; Enter or "Salin isian" copies the tag."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._rows: list[FieldRow] = []
        self.model = RowsModel(COLUMNS)
        self.table = RecordTable(self.model, name="template-fields", settings_file=context.settings_file)
        self.table.set_empty_state("search", "Tidak ada isian yang cocok", "Ubah kata pencarian.")
        self.table.add_action("Salin isian", self.copy_tag, "copy")
        self.search = SearchField("Cari isian")
        self.copy_button = button("&Salin isian", "", "copy", self.copy_tag)
        self.copy_button.setToolTip("Salin tanda isian, lalu tempel di Word pada tempatnya")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(Toolbar(self.search, trailing=[self.copy_button]))
        layout.addWidget(self.table, 1)
        self.search.search_changed.connect(lambda _text: self._apply())
        self.table.row_activated.connect(lambda _row_id: self.copy_tag())

    def show_kind(self, code: str) -> None:
        """List the fields of a kind of letter."""
        self._rows = [
            FieldRow(place, field.key, field.title, shown_example(field), tag_of(field))
            for place, field in enumerate(kind_of(code).template_fields())
        ]
        self._apply()

    def copy_tag(self) -> None:
        """Put the chosen field's tag on the clipboard."""
        row = next((row for row in self.model.rows if row.id == self.table.current_id()), None)
        if row is not None:
            QGuiApplication.clipboard().setText(row.tag)
            first = row.tag.splitlines()[0]
            self._context.toast(f"Tersalin: {first}. Tempel di Word pada tempatnya.", None)

    def _apply(self) -> None:
        wanted = self.search.text().strip().casefold()
        self.model.set_rows([row for row in self._rows if wanted in f"{row.title} {row.key} {row.example}".casefold()])
        self.table.select_first()

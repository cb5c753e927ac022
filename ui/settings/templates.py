"""Pengaturan, Templat surat: the Word file behind each kind of letter, edited in Word and taken back after a check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from asn_desk import wording
from asn_desk.letters.templates import template_store
from asn_desk.letters.templates.template_store import TemplateRow, TextChange
from ui.settings.template_dialogs import ChangesDialog, FindingsDialog, StoreDialog, TakenBack, look_at
from ui.settings.template_fields import FieldList
from ui.settings.template_history import HistoryList
from ui.shared.basics import button
from ui.shared.dialogs import CommandDialog
from ui.shared.documents.open_files import open_in_word
from ui.shared.documents.paper import PaperView
from ui.shared.documents.save_files import documents
from ui.shared.fields import Field
from ui.shared.forms import FormWidget
from ui.shared.page import PageContext
from ui.shared.panels import ActionBar, Panel, split
from ui.shared.tables.columns import Column
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable

WORK_FOLDER = "Templat surat ASN Desk"
_FIELDS, _PREVIEW, _HISTORY = range(3)
_WAIT = "Menyiapkan halaman…"


def origin(row: TemplateRow) -> str:
    """Return where the template in force comes from, in words."""
    if row.changed_at is None:
        return "bawaan program"
    what = "versi kantor" if row.own else "bawaan dipulihkan"
    return f"{what} · {wording.long_date(row.changed_at.astimezone())} · {row.changed_by}"


COLUMNS = [Column("title", "Jenis surat", text=lambda row: row.title, secondary=origin, width=320)]


class TemplatesSection(QWidget):
    """The kinds of letters at the left; the chosen one's fields, pages and versions at the right."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self._shown = 0
        self._build()
        self._connect()

    def _build(self) -> None:
        self.model = RowsModel(COLUMNS)
        self.table = RecordTable(self.model, name="templates", settings_file=self.context.settings_file)
        self.table.set_empty_state("word", "Belum ada templat", "Pasang ulang program untuk memulihkan templat bawaan.")
        self.table.add_action("Buka di Word", self._open_in_word, "word")
        left = Panel("Templat surat", padding=0)
        left.body.addWidget(self.table, 1)
        self.detail = Panel(" ")
        self.detail.body.addWidget(self._actions())
        self.detail.body.addWidget(self._tabs())
        self.detail.body.addWidget(self._pages(), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        parts = split(
            left,
            self.detail,
            sizes=(340, 520),
            name="templates",
            settings_file=self.context.settings_file,
            narrow_below=760,
        )
        layout.addWidget(parts)

    def _actions(self) -> ActionBar:
        self.open_button = button("Buka di &Word", "primary", "word", self._open_in_word)
        self.take_button = button("&Ambil kembali hasil suntingan…", "", "upload", self._choose_file)
        self.restore_button = button("&Kembalikan bawaan", "", "undo", self._restore)
        return ActionBar(self.open_button, self.take_button, self.restore_button)

    def _tabs(self) -> QTabBar:
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("Isi templat")
        for title in ("Isian", "Pratinjau", "Riwayat"):
            self.tabs.addTab(title)
        return self.tabs

    def _pages(self) -> QStackedWidget:
        self.fields = FieldList(self.context)
        self.paper = PaperView(self.context.bridge, _WAIT)
        self.history = HistoryList()
        self.stack = QStackedWidget()
        for page in (self.fields, self.paper, self.history):
            self.stack.addWidget(page)
        return self.stack

    def _connect(self) -> None:
        self.table.current_changed.connect(self._show)
        self.table.row_activated.connect(lambda _row_id: self._open_in_word())
        self.tabs.currentChanged.connect(self._turn)
        self.history.asked.connect(self._compare)

    def reload(self) -> None:
        """Read the list anew; the kind shown stays chosen."""
        self.context.bridge.read(self, template_store.template_rows, self._fill)

    def _fill(self, rows: list[TemplateRow]) -> None:
        chosen = self._row()
        self.model.set_rows(rows)
        if chosen is None:
            self.table.select_first()
        else:
            self.table.select_id(chosen.id)
            self._show(chosen.id)

    def _row(self) -> Any | None:
        """Return the kind that is chosen."""
        return next((row for row in self.model.rows if row.id == self.table.current_id()), None)

    def _show(self, _row_id: object) -> None:
        row = self._row()
        for part in (self.open_button, self.take_button):
            part.setEnabled(row is not None)
        self.restore_button.setEnabled(row is not None and row.own)
        if row is not None:
            self.detail.set_title(row.title)
            self.fields.show_kind(row.kind)
            self._turn(self.tabs.currentIndex())

    def _turn(self, page: int) -> None:
        """Show a tab; its content is read when it is seen."""
        self.stack.setCurrentIndex(page)
        row = self._row()
        if row is not None and page == _PREVIEW:
            self._preview(row.kind)
        elif row is not None and page == _HISTORY:
            kind = row.kind
            self.context.bridge.read(
                self, lambda session: template_store.versions(session, kind), self.history.show_rows
            )

    def _preview(self, kind: str) -> None:
        self._shown += 1
        question = self._shown
        self.paper.say(_WAIT)
        self.context.bridge.read(
            self,
            lambda session: template_store.example_pdf(session, kind),
            lambda pdf: self.paper.show_bytes(pdf) if question == self._shown else None,
            lambda error: self.paper.say(error.sentence) if question == self._shown else None,
        )

    def _open_in_word(self) -> None:
        row = self._row()
        if row is not None:
            kind, folder = row.kind, documents() / WORK_FOLDER
            self.context.bridge.read(
                self, lambda session: template_store.save_working_copy(session, kind, folder), self._on_copied
            )

    def _on_copied(self, path: Path) -> None:
        opened = open_in_word(path)
        where = f"Salinan kerja: {path.parent.name}, {path.name}."
        self.context.toast(where if opened else f"{where} Belum ada program untuk membuka berkas Word.", None)

    def _choose_file(self) -> None:
        dialog = QFileDialog(
            self, "Pilih templat hasil suntingan", str(documents() / WORK_FOLDER), "Dokumen Word (*.docx)"
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.take_back(Path(name)))
        dialog.open()

    def take_back(self, path: Path) -> None:
        """Check an edited file; what is wrong is shown, what is right can be put in force."""
        row = self._row()
        if row is not None:
            self.context.bridge.read(
                self, lambda session: look_at(session, row.kind, path), lambda taken: self._on_looked_at(row, taken)
            )

    def _on_looked_at(self, row: Any, taken: TakenBack) -> None:
        dialog = (
            StoreDialog(self.context, row, taken, self)
            if taken.report.ok
            else FindingsDialog(self.context, taken, self)
        )
        dialog.open()

    def _restore(self) -> None:
        row = self._row()
        if row is None:
            return
        form = FormWidget([Field("note", "Alasan", "multiline", required=True, rows=2)])

        def submit(values: dict[str, Any]) -> None:
            dialog.write(
                self.context.bridge,
                lambda session: template_store.restore_shipped(session, row.kind, values["note"], row.version_id),
                lambda _outcome: self.context.toast(f"Templat bawaan {row.title} dipakai lagi.", None),
            )

        intro = "Surat berikutnya memakai templat bawaan program. Versi kantor tetap tersimpan di riwayat."
        dialog = CommandDialog("Kembalikan templat bawaan", form, submit, self, intro=intro, confirm="Kembalikan")
        dialog.open()

    def _compare(self, version_id: object) -> None:
        row = self._row()
        if row is not None and isinstance(version_id, int):
            kind, title = row.kind, row.title
            self.context.bridge.read(
                self,
                lambda session: template_store.version_changes(session, kind, version_id),
                lambda changes: self._on_compared(title, changes),
            )

    def _on_compared(self, title: str, changes: list[TextChange]) -> None:
        ChangesDialog(title, changes, self).open()

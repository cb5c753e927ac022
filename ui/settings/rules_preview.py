"""Another calendar in two steps: what changes with its document, then every person affected before and after; then the change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from asn_desk import wording
from asn_desk.accounts.terms import Action
from asn_desk.candidacy import preview_print
from asn_desk.candidacy.previews import AffectedRow, CalendarPreview
from ui.settings.rules_why import INTRO, changing, why_fields
from ui.shared.chips import Chip
from ui.shared.dialogs import BaseDialog
from ui.shared.documents.paper import PaperDialog
from ui.shared.documents.save_bytes import save_bytes
from ui.shared.forms import Field, FormWidget
from ui.shared.page import PageContext
from ui.shared.panels import ActionBar, Banner, ScrollBody
from ui.shared.steps import Step, StepDialog, form_page
from ui.shared.tables.columns import Column, sided
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.widgets import KeyValue, button, label


def _day(words: str) -> str:
    return words.split(", ", 1)[0]


def _state(words: str) -> str:
    return words.split(", ", 1)[1] if ", " in words else ""


COLUMNS = [
    Column("who", "Pegawai", text=lambda row: row.name, secondary=lambda row: row.office_name, width=200),
    Column("what", "Kewajiban", text=lambda row: row.moved.text, secondary=lambda row: row.moved.rule_id, width=300),
    sided("before", "Semula", _day, _state, 152, "before_words", least=152),
    sided("after", "Menjadi", _day, _state, 152, "after_words", least=152),
    Column(
        "mark",
        "Tanda",
        chip=lambda row: Chip("perlu diperiksa", "near", "scales") if row.moved.doubtful else None,
        width=148,
    ),
]


class PreviewView(QWidget):
    """The table of affected dates, with what stays untouched, and its way to paper."""

    def __init__(self, context: PageContext, owner: QWidget) -> None:
        super().__init__()
        self._context, self._owner = context, owner
        self.preview: CalendarPreview | None = None
        self.summary = label("", role="strong", wrap=True)
        self.met = Banner("", "done")
        self.model = RowsModel(COLUMNS)
        self.table = RecordTable(self.model, name="rule_preview", settings_file=context.settings_file)
        self.table.set_empty_state("check-circle", "Tidak ada yang berubah", "Tidak ada tenggat terbuka yang bergeser.")
        self.print_button = button("&Cetak daftar…", "", "printer", self._print)
        self.print_button.setVisible(context.may(Action.EXPORT))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.summary)
        column.addWidget(self.met)
        column.addWidget(self.table, 1)
        column.addWidget(ActionBar(self.print_button))
        self.table.row_activated.connect(self._explain)

    def show_preview(self, preview: CalendarPreview) -> None:
        """Show what a change would do."""
        self.preview = preview
        count, people = wording.number(len(preview.rows)), wording.number(preview.people)
        self.summary.setText(
            f"{count} tanggal milik {people} orang berubah, dari {wording.number(preview.files)} berkas."
        )
        self.met.set_text(f"{wording.number(preview.met)} kewajiban yang sudah terpenuhi tidak berubah.")
        self.met.setVisible(bool(preview.met))
        self.model.set_rows(preview.rows)

    def _print(self) -> None:
        preview, context = self.preview, self._context
        if preview is None:
            return

        def show(pdf: bytes) -> None:
            name = "akibat-perubahan-kalender.pdf"
            dialog = PaperDialog(
                preview_print.TITLE,
                context.bridge,
                pdf,
                self._owner,
                save=lambda: save_bytes(context, self._owner, "Simpan daftar", name, "PDF (*.pdf)", pdf),
            )
            dialog.open()

        context.bridge.read(self, lambda session: preview_print.preview_list(session, preview), show)

    def _explain(self, place: Any) -> None:
        row: AffectedRow | None = self.model.row_at(place)
        if row is not None:
            StoryDialog(row.moved.text, [(line.label, line.text) for line in row.moved.explanation], self._owner).open()


class StoryDialog(BaseDialog):
    """Shows lines of label and sentence, to read and copy."""

    def __init__(self, title: str, lines: list[tuple[str, str]], parent: QWidget) -> None:
        super().__init__("Penjelasan", parent, 640)
        self.outer.addWidget(label(title, role="name", selectable=True))
        area = ScrollBody()
        area.layout_of_content.addWidget(KeyValue(lines, label_width=112))
        self.outer.addWidget(area, 1)
        self.add_button("&Tutup", "primary", self.accept).setDefault(True)
        self.finish_layout()
        self.fit_to_screen()


class CalendarDialog(StepDialog):
    """Asks for the change, its reason and document, shows what it would do, and makes it.

    `look(session, values)` returns the preview, `change(session, values)` makes the change; `step_name` names the first step.
    """

    def __init__(
        self,
        context: PageContext,
        parent: QWidget,
        title: str,
        step_name: str,
        fields: list[Field],
        look: Callable[[Any, dict[str, Any]], CalendarPreview],
        change: Callable[[Any, dict[str, Any]], object],
        done: Callable[[], None],
    ) -> None:
        super().__init__(title, "&Simpan perubahan", self._save, parent, width=960)
        self._context, self._look, self._change, self._done = context, look, change, done
        self.form = FormWidget([*fields, *why_fields()])
        self.view = PreviewView(context, self)
        self.add_step(Step(step_name, form_page(label(INTRO, role="secondary"), self.form), [self.form]))
        self.add_step(Step("Akibatnya", self.view, entered=self._ask))

    def _ask(self) -> None:
        values = self.form.values()
        self.allow_next(allowed=False)
        self._context.bridge.read(self, lambda session: self._look(session, values), self._show, self.refuse)

    def _show(self, preview: CalendarPreview) -> None:
        self.view.show_preview(preview)
        self.allow_next(allowed=True)

    def _save(self) -> None:
        values = self.form.values()
        self.set_busy(busy=True, text="Menyimpan…")
        self._context.bridge.write(
            self, changing(lambda session: self._change(session, values)), lambda _outcome: self._saved(), self.refuse
        )

    def _saved(self) -> None:
        QDialog.accept(self)
        self._done()

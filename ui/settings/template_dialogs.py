"""The dialogs of "Templat surat": what the checker found, taking an edited file back, and what a version changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from asn_desk.letters.checker.checking import check
from asn_desk.letters.checker.findings import Finding, Report, Severity
from asn_desk.letters.templates import template_store
from asn_desk.letters.templates.template_store import ADDED, StoreTemplate, TextChange
from asn_desk.wording import number
from ui.shared.basics import label
from ui.shared.chips import Chip
from ui.shared.dialogs import BaseDialog, CommandDialog
from ui.shared.documents.save_files import ask_save
from ui.shared.fields import Field
from ui.shared.forms import FormWidget
from ui.shared.page import PageContext
from ui.shared.panels import ScrollBody
from ui.shared.widgets import ActionRow

_WIDTH = 720
_MOST_ROWS = 200
_CHIPS = {
    Severity.ERROR: Chip("harus diperbaiki", "late"),
    Severity.WARNING: Chip("perlu dilihat", "near"),
    Severity.INFO: Chip("catatan", "coming"),
}


@dataclass(frozen=True)
class TakenBack:
    """A file the clerk chose, and what the checker and the comparison say about it."""

    data: bytes
    name: str
    report: Report
    changes: Sequence[TextChange]


def look_at(session: Any, kind: str, path: Path) -> TakenBack:
    """Read a chosen file, check it, and compare it with the template in force; runs on a reading thread."""
    data = template_store.edited_file(path)
    report = check(data, kind)
    active = template_store.active_bytes(session, kind)
    return TakenBack(data, path.name, report, template_store.differences(active, data) if report.ok else ())


class FindingsDialog(BaseDialog):
    """The findings of a template that cannot be used yet, with the marked copy to mend it by."""

    def __init__(self, context: PageContext, taken: TakenBack, parent: QWidget) -> None:
        super().__init__("Hasil pemeriksaan templat", parent, _WIDTH)
        self._context = context
        self._taken = taken
        count = number(len(taken.report.errors))
        self.outer.addWidget(label(f"{taken.name} belum dapat dipakai", role="name"))
        text = f"{count} hal harus diperbaiki di Word, lalu ambil kembali berkas itu. Templat yang sedang dipakai tidak berubah."
        self.outer.addWidget(label(text, role="secondary"))
        self.outer.addWidget(finding_rows(taken.report.findings), 1)
        self.add_button("Simpan &salinan bertanda…", on_click=self._ask_where)
        self.add_button("&Tutup", "primary", self.accept).setDefault(True)
        self.finish_layout()
        self.fit_to_screen()

    def _ask_where(self) -> None:
        name = f"{Path(self._taken.name).stem} - bertanda.docx"
        ask_save(self, "Simpan salinan bertanda", name, "Dokumen Word (*.docx)", self.save_marked)

    def save_marked(self, target: Path) -> None:
        """Write the copy with Word comments at every finding."""
        taken = self._taken
        self._context.bridge.task(
            self,
            lambda _progress: template_store.save_marked(taken.data, taken.report.findings, target),
            lambda _done: self._context.toast(f"Salinan bertanda disimpan: {target.name}", None),
        )


class StoreDialog(CommandDialog):
    """Asks why, and puts the checked file in force; shows what changes and what the checker would like to be seen."""

    def __init__(self, context: PageContext, row: Any, taken: TakenBack, parent: QWidget) -> None:
        self._context = context
        self._row = row
        self._taken = taken
        form = FormWidget([Field("note", "Alasan perubahan", "multiline", required=True, rows=2)])
        intro = f"Surat berikutnya memakai {taken.name}. Surat yang sudah terbit tidak berubah."
        super().__init__("Pakai templat ini", form, self._on_submit, parent, intro=intro, confirm="Pakai templat")
        self._show_below(
            [
                label(_change_words(taken.changes), role="strong"),
                *(rows for rows in (finding_rows(taken.report.findings), change_rows(taken.changes)) if rows.count),
            ]
        )

    def _show_below(self, widgets: Sequence[QWidget]) -> None:
        """Place widgets between the form and the buttons."""
        end = self.outer.count() - 2
        for place, widget in enumerate(widgets, start=end):
            self.outer.insertWidget(place, widget, 2 if isinstance(widget, _Rows) else 0)
        self.resize(_WIDTH, self.height())
        self.fit_to_screen()

    def _on_submit(self, values: dict[str, Any]) -> None:
        command = StoreTemplate(self._row.kind, self._taken.data, values["note"], self._row.version_id)
        self.write(
            self._context.bridge,
            lambda session: template_store.store_version(session, command),
            lambda _outcome: self._context.toast(f"Templat {self._row.title} diganti.", None),
        )


class ChangesDialog(BaseDialog):
    """What a version changed, paragraph by paragraph."""

    def __init__(self, title: str, changes: Sequence[TextChange], parent: QWidget) -> None:
        super().__init__("Perbedaan templat", parent, _WIDTH)
        self.outer.addWidget(label(title, role="name"))
        self.outer.addWidget(label(_change_words(changes), role="secondary"))
        if changes:
            self.outer.addWidget(change_rows(changes), 1)
        self.add_button("&Tutup", "primary", self.accept).setDefault(True)
        self.finish_layout()
        self.fit_to_screen()


class _Rows(ScrollBody):
    """A scrolling list of rows; `count` says how many."""

    def __init__(self, rows: Sequence[QWidget]) -> None:
        super().__init__()
        self.count = len(rows)
        self.layout_of_content.setContentsMargins(0, 0, 8, 0)
        for row in rows:
            self.layout_of_content.addWidget(row)


def finding_rows(findings: Sequence[Finding]) -> _Rows:
    """Return the findings as rows: what is wrong, and where."""
    return _Rows(
        [
            ActionRow(finding.sentence, finding.where, _CHIPS[finding.severity], chip_last=True)
            for finding in findings[:_MOST_ROWS]
        ]
    )


def change_rows(changes: Sequence[TextChange]) -> _Rows:
    """Return the changed paragraphs as rows."""
    return _Rows(
        [
            ActionRow(change.text, "", Chip(change.what, "done" if change.what == ADDED else "late"), chip_last=True)
            for change in changes[:_MOST_ROWS]
        ]
    )


def _change_words(changes: Sequence[TextChange]) -> str:
    if not changes:
        return "Tidak ada teks yang berubah; hanya bentuk (huruf, jarak, gambar)."
    added = sum(change.what == ADDED for change in changes)
    return f"{number(added)} alinea ditambah, {number(len(changes) - added)} alinea dihapus."

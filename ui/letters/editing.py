"""A letter edited in Word: taken back as a new version with its differences shown, and the versions looked at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from asn_desk.errors import DeskError
from asn_desk.letters import aftercare, queries
from asn_desk.letters.aftercare import EditedFile, TakeBack
from asn_desk.letters.queries import LetterDetail
from asn_desk.letters.templates.template_store import ADDED, TextChange
from asn_desk.wording import clock_time, long_date
from ui.shared.dialogs import BaseDialog, CommandDialog
from ui.shared.documents.paper import PaperDialog
from ui.shared.documents.save_files import documents
from ui.shared.forms import Field, FormWidget
from ui.shared.page import PageContext
from ui.shared.panels import ScrollBody
from ui.shared.widgets import ActionRow, Chip, button, label

_WIDTH, _MOST_ROWS = 720, 200


class TakeBackDialog(CommandDialog):
    """What the edited file changes, its pages, and why it was edited."""

    def __init__(self, context: PageContext, letter: LetterDetail, file: EditedFile, parent: QWidget) -> None:
        self._context, self._letter, self._file = context, letter, file
        form = FormWidget([Field("note", "Apa yang diubah dan mengapa", "multiline", required=True, rows=2)])
        intro = "Berkas ini menjadi versi yang dicetak. Surat seperti saat terbit tetap tersimpan."
        super().__init__(
            "Ambil kembali surat yang diubah", form, self._on_submit, parent, intro=intro, confirm="&Simpan versi ini"
        )
        below: list[QWidget] = [label(" ".join([aftercare.summary(file.changes), *file.notes]), role="strong")]
        if file.changes:
            below.append(change_rows(file.changes))
        below.append(button("Lihat halaman…", "link", on_click=self._show_pages))
        for place, widget in enumerate(below, start=self.outer.count() - 2):
            self.outer.insertWidget(place, widget, 2 if isinstance(widget, ScrollBody) else 0)
        self.resize(_WIDTH, self.height())
        self.fit_to_screen()

    def _show_pages(self) -> None:
        PaperDialog("Surat yang diubah", self._context.bridge, self._file.pdf, self).open()

    def _on_submit(self, values: dict[str, Any]) -> None:
        command = TakeBack(self._letter.id, self._file.docx, values["note"], self._letter.version)
        self.write(
            self._context.bridge,
            lambda session: aftercare.take_back(session, command),
            lambda _outcome: self._context.toast("Versi baru surat tersimpan dan menjadi yang dicetak.", None),
        )


class VersionsDialog(BaseDialog):
    """The letter as issued and every version since: who, when, why, what changed, and the pages."""

    def __init__(self, context: PageContext, letter: LetterDetail, parent: QWidget) -> None:
        super().__init__("Versi surat", parent, _WIDTH)
        self._context, self._letter = context, letter
        self.outer.addWidget(label("Versi surat", role="name"))
        self.outer.addWidget(label(letter.number or letter.title, role="secondary"))
        rows = ScrollBody()
        rows.layout_of_content.setContentsMargins(0, 0, 8, 0)
        for version in reversed(letter.edited):
            moment = version.made_at.astimezone()
            made = f"{long_date(moment.date())} pukul {clock_time(moment)} oleh {version.made_by}"
            rows.layout_of_content.addWidget(self._row(version.id, version.note, made))
        rows.layout_of_content.addWidget(self._row(0, "Surat seperti saat terbit", long_date(letter.dated)))
        self.outer.addWidget(rows, 1)
        self.add_button("&Tutup", "primary", self.accept).setDefault(True)
        self.finish_layout()
        self.fit_to_screen()

    def show_version(self, version_id: int) -> None:
        """Show the pages of a version, 0 as issued; those edited together with what they changed."""
        letter_id = self._letter.id
        self._context.bridge.read(
            self,
            lambda session: queries.stored_pdf(session, letter_id, version_id),
            lambda pdf: self._pages(version_id, pdf),
        )

    def show_changes(self, version_id: int) -> None:
        """Show what a version changed against the one before it."""
        letter_id = self._letter.id
        self._context.bridge.read(
            self,
            lambda session: aftercare.version_changes(session, letter_id, version_id),
            lambda changes: ChangesDialog(changes, self).open(),
        )

    def _row(self, version_id: int, title: str, made: str) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(ActionRow(title, made, action="Lihat", on_action=lambda: self.show_version(version_id)), 1)
        if version_id:
            line.addWidget(button("Perbedaan", "link", on_click=lambda: self.show_changes(version_id)))
        return row

    def _pages(self, version_id: int, pdf: bytes) -> None:
        title = "Versi yang diubah" if version_id else "Surat seperti saat terbit"
        PaperDialog(title, self._context.bridge, pdf, self, note=self._letter.number or self._letter.title).open()


class ChangesDialog(BaseDialog):
    """The paragraphs that differ between two versions."""

    def __init__(self, changes: Sequence[TextChange], parent: QWidget) -> None:
        super().__init__("Perbedaan surat", parent, _WIDTH)
        self.outer.addWidget(label(aftercare.summary(changes), role="strong"))
        if changes:
            self.outer.addWidget(change_rows(changes), 1)
        self.add_button("&Tutup", "primary", self.accept).setDefault(True)
        self.finish_layout()
        self.fit_to_screen()


def ask_edited(parent: QWidget, context: PageContext, letter: LetterDetail) -> QFileDialog:
    """Ask for the edited Word file, then show what it changes."""
    dialog = QFileDialog(parent, "Surat yang diubah di Word", str(documents()), "Dokumen Word (*.docx)")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: _look(parent, context, letter, Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def change_rows(changes: Sequence[TextChange]) -> ScrollBody:
    """Return the changed paragraphs as rows that scroll."""
    rows = ScrollBody()
    rows.layout_of_content.setContentsMargins(0, 0, 8, 0)
    for change in changes[:_MOST_ROWS]:
        chip = Chip(change.what, "done" if change.what == ADDED else "late")
        rows.layout_of_content.addWidget(ActionRow(change.text, "", chip, chip_last=True))
    return rows


def _look(parent: QWidget, context: PageContext, letter: LetterDetail, source: Path) -> None:
    context.bridge.read_task(
        parent,
        lambda session, _progress: aftercare.edited(session, letter.id, _read(source)),
        lambda file: TakeBackDialog(context, letter, file, parent).open(),
    )


def _read(source: Path) -> bytes:
    try:
        return source.read_bytes()
    except OSError as error:
        sentence = f"Berkas {source.name} tidak dapat dibaca. Simpan dan tutup berkas itu di Word, lalu coba lagi."
        raise DeskError("file_unreadable", sentence) from error

"""Step 1 of the import: choose files or drop them; each is read at once, off the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from asn_desk.employees import workbook
from asn_desk.employees.imports import options, remembered
from asn_desk.employees.reading.columns import Mapping
from asn_desk.employees.reading.sheets import Sheet, Workbook
from asn_desk.errors import DeskError
from asn_desk.wording import number
from ui.employees.import_private import PrivateLine
from ui.employees.steady import steady
from ui.shared.basics import ElidedLabel, set_state
from ui.shared.bridge import Bridge
from ui.shared.documents.save_files import documents
from ui.shared.panels import ScrollBody
from ui.shared.progress import Progress, ProgressState, Task
from ui.shared.widgets import button, icon_label, label

KINDS = "Data pegawai (*.xlsx *.xls *.xlsm *.csv);;Semua berkas (*)"
_HINT = (
    "Ekspor SIASN atau daftar pegawai lain dengan kolom NIP, nama, jabatan dan unit kerja. Berkas hierarki unit (HierarkiUnor) "
    "dan daftar jabatan boleh ditambahkan sekaligus; isinya dikenali sendiri. Berkas hanya dibaca, tidak diubah."
)


def stopper(progress: Progress) -> Callable[[], bool]:
    """Return the core's question whether to stop; it ends the work the way the bridge expects."""

    def stopped() -> bool:
        progress.check()
        return False

    return stopped


@dataclass
class ChosenFile:
    """A file of the import: what it holds once it was read, or why it cannot be read."""

    path: Path
    row: FileRow
    task: Task | None = None
    book: Workbook | None = None

    @property
    def reading(self) -> bool:
        """Return whether the file is still being read."""
        return self.task is None or not self.task.finished


class FileRow(QFrame):
    """One chosen file: its name, how far the reading is or what was found, and a button that takes it away."""

    def __init__(self, path: Path, remove: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("row", "true")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 9, 8, 9)
        row.setSpacing(12)
        row.addWidget(icon_label("excel", 20), 0, Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout()
        lines.setSpacing(3)
        name = ElidedLabel(path.name)
        self.found = label("Membaca…", role="secondary")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximum(0)
        for part in (name, self.found, self.bar):
            lines.addWidget(part)
        row.addLayout(lines, 1)
        taken = button("", "quiet", "close", remove)
        taken.setAccessibleName(f"Hapus {path.name} dari daftar")
        taken.setToolTip("Hapus dari daftar")
        row.addWidget(taken, 0, Qt.AlignmentFlag.AlignTop)

    def show_progress(self, state: ProgressState) -> None:
        """Show how many rows were read."""
        self.bar.setMaximum(max(state.total, 0))
        self.bar.setValue(state.done)
        self.found.setText(f"Membaca… {number(state.done)} dari {number(state.total)} baris")

    def show_result(self, text: str, *, good: bool) -> None:
        """Show what was found, or why the file cannot be read."""
        self.bar.hide()
        self.found.setText(text)
        set_state(self.found, "role", "secondary" if good else "error")


class FilesStep(QWidget):
    """The chosen files. `changed` is told whenever one is added, read or removed."""

    changed = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self.files: list[ChosenFile] = []
        self._build()

    def workbooks(self) -> list[tuple[Path, Workbook]]:
        """Return what was read, in the order chosen."""
        return [(file.path, file.book) for file in self.files if file.book is not None]

    def problem(self) -> str:
        """Return why the next step must wait, or an empty text."""
        if any(file.reading for file in self.files):
            return "Berkas masih dibaca. Tunggu sebentar."
        if any(file.book is None for file in self.files):
            return "Hapus dulu berkas yang tidak dapat dibaca, atau perbaiki lalu pilih lagi."
        return "" if self.files else "Pilih sedikitnya satu berkas."

    def add(self, paths: Iterable[Path]) -> None:
        """Take files into the list and read them; one chosen again is read again."""
        for path in paths:
            for known in [file for file in self.files if file.path == path]:
                self._remove(known)
            self._read(path)
        self.changed.emit()

    def ask(self) -> None:
        """Open the file chooser."""
        dialog = QFileDialog(self, "Pilih berkas pegawai", str(self._folder()), KINDS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.add([Path(name) for name in names]))
        dialog.open()

    def stop(self) -> None:
        """Stop whatever is being read."""
        for file in self.files:
            if file.task is not None:
                file.task.cancel()

    def mark_target(self, *, over: bool) -> None:
        """Show that dropping here is possible."""
        set_state(self.target, "banner", "coming" if over else "")

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        self.target = QFrame()
        self.target.setObjectName("dropTarget")
        self.target.setProperty("panel", "true")
        inner = QVBoxLayout(self.target)
        inner.setContentsMargins(24, 22, 24, 22)
        inner.setSpacing(8)
        inner.addWidget(icon_label("upload", 28, "ink3"), 0, Qt.AlignmentFlag.AlignHCenter)
        title = label("Seret berkas Excel atau CSV ke sini", role="section", wrap=False)
        inner.addWidget(title, 0, Qt.AlignmentFlag.AlignHCenter)
        self.choose_button = button("&Pilih berkas…", "", "folder", self.ask)
        inner.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.target)
        column.addWidget(label(_HINT, role="secondary"))
        self.private = PrivateLine(self._bridge, self)
        self.private.changed.connect(lambda: self.add([file.path for file in list(self.files)]))
        column.addWidget(self.private)
        self.list = ScrollBody()
        self.list.layout_of_content.setSpacing(0)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.choose_button)

    def _folder(self) -> Path:
        return self.files[-1].path.parent if self.files else documents()

    def _read(self, path: Path) -> None:
        file = ChosenFile(path, FileRow(path, lambda: self._remove(file)))
        self.files.append(file)
        self.list.layout_of_content.addWidget(file.row)
        file.task = self._bridge.read_task(
            file.row,
            lambda session, progress: read_again(session, path, progress),
            lambda book: self._take(file, book),
            lambda error: self._refuse(file, error),
            progress=file.row.show_progress,
        )
        self.changed.emit()

    def _take(self, file: ChosenFile, book: Workbook) -> None:
        file.book = book
        file.row.show_result(found_words(book), good=True)
        self.changed.emit()

    def _refuse(self, file: ChosenFile, error: DeskError) -> None:
        file.row.show_result(error.sentence, good=False)
        self.changed.emit()

    def _remove(self, file: ChosenFile) -> None:
        if file.task is not None:
            file.task.cancel()
        self.files.remove(file)
        file.row.hide()
        file.row.deleteLater()
        self.changed.emit()


def read_again(session: Any, path: Path, progress: Progress, mappings: dict[str, Mapping] | None = None) -> Workbook:
    """Return what a file holds: with these columns, else with those remembered for its header row; on a worker thread."""
    private, stop = options.switched_on(session), stopper(progress)
    with steady():
        book = workbook.read(path, mappings=mappings, private=private, progress=progress, cancelled=stop)
        known = {} if mappings else remembered.recalled(session, book)
        return (
            workbook.read(path, mappings=known, private=private, progress=progress, cancelled=stop) if known else book
        )


def found_words(book: Workbook) -> str:
    """Return what a file holds: `1.100 pegawai di lembar Data Utama · lembar Catatan dilewati (tidak ada baris judul …)`."""
    people = [f"{number(len(sheet.rows))} baris pegawai{_sheet(sheet, book.sheets)}" for sheet in book.sheets]
    units = [f"hierarki {number(len(sheet.rows))} unit kerja" for sheet in book.units]
    posts = [f"daftar {number(len(sheet.rows))} jabatan" for sheet in book.posts]
    skipped = [f"lembar {sheet.name} dilewati ({sheet.reason})" for sheet in book.skipped]
    text = " · ".join([*people, *units, *posts, *skipped])
    return text[:1].upper() + text[1:]


def _sheet(sheet: Sheet, sheets: Sequence[Sheet]) -> str:
    return f" di lembar {sheet.name}" if sheet.name and len(sheets) > 1 else ""

"""Step 2 of the import: which column each piece of data is read from, as guessed, open to correction."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from asn_desk.employees.reading.columns import REQUIRED, Field, Mapping
from asn_desk.employees.reading.sheets import Sheet, Workbook
from asn_desk.errors import DeskError
from ui.shared.basics import ElidedLabel, role_font
from ui.shared.panels import ScrollBody
from ui.shared.widgets import EmptyState, label

Place = tuple[Path, str]

FIELD_WORDS: dict[Field, str] = {
    Field.NIP: "NIP / NI PPPK", Field.NAME: "Nama", Field.POST_NAME: "Jabatan", Field.UNIT_NAME: "Unit kerja",
    Field.UNIT_ID: "ID unit kerja (UNOR ID)", Field.OPD_NAME: "OPD (unor induk)", Field.TITLE_FRONT: "Gelar depan",
    Field.TITLE_BACK: "Gelar belakang", Field.GRADE: "Golongan", Field.GRADE_FROM: "TMT golongan",
    Field.STATUS: "Status CPNS/PNS", Field.TYPE_NAME: "Jenis pegawai", Field.LEGAL_NAME: "Kedudukan hukum",
    Field.LEGAL_ID: "ID kedudukan hukum", Field.POST_FROM: "TMT jabatan", Field.POST_TYPE: "Jenis jabatan",
    Field.POST_TYPE_ID: "ID jenis jabatan", Field.ESELON: "Eselon", Field.ESELON_ID: "ID eselon",
    Field.SERVICE_FROM: "TMT CPNS/PPPK", Field.BIRTH_DATE: "Tanggal lahir", Field.BIRTH_PLACE: "Tempat lahir",
    Field.SEX: "Jenis kelamin", Field.EDUCATION: "Pendidikan", Field.SIASN_ID: "PNS ID",
    Field.LOCAL_NUMBER: "Nomor pegawai non-ASN",
}  # fmt: skip
"""The fields in the order shown, the required ones first."""

_INTRO = (
    "Kolom di bawah ini dikenali dari baris judul. Betulkan bila keliru: pilihan itu diingat untuk berkas berikutnya dengan "
    "judul yang sama. Kolom lain (NIK, alamat, telepon dan sebagainya) tidak dibaca di sini."
)


class ColumnBox(QComboBox):
    """A choice of columns that the mouse wheel passes by, so that scrolling the list never changes it."""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class MappingStep(QWidget):
    """The columns of one sheet at a time; the corrections of all sheets are kept."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._sheets: list[tuple[Path, Sheet]] = []
        self._corrected: dict[Place, Mapping] = {}
        self._boxes: dict[Field, ColumnBox] = {}
        self._samples: dict[Field, ElidedLabel] = {}
        self._build()

    def set_workbooks(self, books: list[tuple[Path, Workbook]]) -> None:
        """Offer the sheets of these files; corrections of sheets that are gone are forgotten."""
        sheets = [(path, sheet) for path, book in books for sheet in book.sheets]
        if sheets == self._sheets:
            return
        if not self._boxes:
            self._build_grid()
        self._sheets = sheets
        places = {(path, sheet.name) for path, sheet in sheets}
        self._corrected = {place: mapping for place, mapping in self._corrected.items() if place in places}
        with QSignalBlocker(self.sheet_box):
            self.sheet_box.clear()
            self.sheet_box.addItems(
                [f"{path.name} · {sheet.name}" if sheet.name else path.name for path, sheet in sheets]
            )
        self._sheet_row.setVisible(len(sheets) > 1)
        self.area.setVisible(bool(sheets))
        self.intro.setVisible(bool(sheets))
        self.empty.setVisible(not sheets)
        self._show_sheet(0)

    def corrections(self) -> dict[Path, dict[str, Mapping]]:
        """Return the mappings of every sheet of the files in which the clerk corrected one, by file and sheet."""
        touched = {path for path, _ in self._corrected}
        found: dict[Path, dict[str, Mapping]] = {}
        for path, sheet in self._sheets:
            if path in touched:
                found.setdefault(path, {})[sheet.name] = self._mapping(path, sheet)
        return found

    def problem(self) -> str:
        """Return which required column a sheet lacks, or an empty text; that sheet is then shown."""
        for place, (path, sheet) in enumerate(self._sheets):
            try:
                self._mapping(path, sheet).check(sheet.name or path.name)
            except DeskError as error:
                self.sheet_box.setCurrentIndex(place)
                return error.sentence
        return ""

    def choose(self, field: Field, column: int | None) -> None:
        """Read a field of the sheet shown from another column, or from none."""
        path, sheet = self._sheets[self._shown()]
        mapping = self._mapping(path, sheet).corrected(field, column)
        self._corrected[path, sheet.name] = mapping
        self._show_mapping(sheet, mapping)
        self.changed.emit()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.intro = label(_INTRO, role="secondary")
        column.addWidget(self.intro)
        self._sheet_row = QWidget()
        row = QHBoxLayout(self._sheet_row)
        row.setContentsMargins(0, 0, 0, 0)
        caption = label("Lembar", role="strong", wrap=False)
        self.sheet_box = QComboBox()
        self.sheet_box.setAccessibleName("Lembar")
        caption.setBuddy(self.sheet_box)
        row.addWidget(caption)
        row.addWidget(self.sheet_box, 1)
        column.addWidget(self._sheet_row)
        self.area = ScrollBody()
        column.addWidget(self.area, 1)
        self.empty = EmptyState(
            "check-circle",
            "Tidak ada kolom yang perlu dipetakan",
            "Berkas yang dipilih hanya memuat hierarki unit kerja atau daftar jabatan.",
        )
        column.addWidget(self.empty, 1)
        self.sheet_box.currentIndexChanged.connect(self._show_sheet)

    def _build_grid(self) -> None:
        """Make the rows of all fields; for the first file, since it takes as long as all the rest of the dialog."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setContentsMargins(0, 0, 10, 0)
        for column, (title, stretch) in enumerate((("Data", 3), ("Dibaca dari kolom", 4), ("Contoh isi", 4))):
            grid.addWidget(label(title, role="secondary", wrap=False), 0, column)
            grid.setColumnStretch(column, stretch)
        for line, (field, words) in enumerate(FIELD_WORDS.items(), 1):
            grid.addWidget(self._caption(field, words), line, 0)
            grid.addWidget(self._boxes[field], line, 1)
            grid.addWidget(self._samples[field], line, 2)
        self.area.layout_of_content.addLayout(grid)

    def _caption(self, field: Field, words: str) -> QWidget:
        box = self._boxes[field] = ColumnBox()
        box.setAccessibleName(words)
        box.setMaxVisibleItems(14)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(12)
        box.activated.connect(lambda place: self.choose(field, box.itemData(place)))
        sample = self._samples[field] = ElidedLabel()
        sample.setProperty("role", "secondary")
        sample.setFont(role_font("secondary"))
        caption = label(
            f"{words} *" if field in REQUIRED else words, role="strong" if field in REQUIRED else "", wrap=False
        )
        caption.setBuddy(box)
        return caption

    def _shown(self) -> int:
        return max(self.sheet_box.currentIndex(), 0)

    def _mapping(self, path: Path, sheet: Sheet) -> Mapping:
        return self._corrected.get((path, sheet.name), sheet.mapping)

    def _show_sheet(self, place: int) -> None:
        if not 0 <= place < len(self._sheets):
            return
        path, sheet = self._sheets[place]
        offer = QStandardItemModel(self)
        offer.appendRow(_item("– tidak dibaca –", None))
        for column in sheet.columns:
            if not column.private:
                offer.appendRow(_item(f"{column.letters} · {column.header or 'tanpa judul'}", column.index))
        for box in self._boxes.values():
            box.setModel(offer)
        self._show_mapping(sheet, self._mapping(path, sheet))

    def _show_mapping(self, sheet: Sheet, mapping: Mapping) -> None:
        samples = {column.index: ", ".join(column.samples) for column in sheet.columns}
        for field, box in self._boxes.items():
            column = mapping.columns.get(field)
            box.setCurrentIndex(box.findData(column) if column is not None else 0)
            self._samples[field].set_text("" if column is None else samples.get(column) or "kosong pada baris pertama")


def _item(text: str, column: int | None) -> QStandardItem:
    item = QStandardItem(text)
    item.setData(column, Qt.ItemDataRole.UserRole)
    return item

"""Below the refused rows of the import's preview: what the chosen cell should say; the file itself stays as it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from asn_desk.wording import number
from ui.employees.import_lists import RemarkLine
from ui.shared.widgets import button, label

_PLACEHOLDER = "Isi yang benar menurut dokumen aslinya"
_LONGEST = 300
_ROUNDED = "E+"  # a number that Excel rounded is no start for typing


class FixField(QLineEdit):
    """A field whose Enter key stays in it: it must never reach the dialog's button that stores the import."""

    entered = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class FixLine(QWidget):
    """The line. `fixed` gives file, cell and the new text; `taken_back` asks for the files as they are."""

    fixed = Signal(str, str, str)
    taken_back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._row: RemarkLine | None = None
        self._given = ""
        self.count = 0
        self._build()
        self.offer(None)
        self.show_count(0)

    def offer(self, row: RemarkLine | None) -> None:
        """Ask for the right content of this refused cell, or of none."""
        self._row = row
        self._entry.setVisible(row is not None)
        if row is not None:
            self.caption.setText(f"Isi baru {row.place}")
            self._given = "" if _ROUNDED in row.value else row.value
            self.field.setText(self._given)
            self.field.setCursorPosition(0)
            self.field.setAccessibleName(f"Isi baru sel {row.place}")
        self._look()

    def begin(self) -> None:
        """Put the cursor into the field, everything marked."""
        if self._row is not None:
            self.field.setFocus()
            self.field.selectAll()

    def show_count(self, count: int) -> None:
        """Say how many cells were corrected so far."""
        self.count = count
        self.said.setText(f"{number(count)} sel dibetulkan di pratinjau; berkas aslinya tidak diubah.")
        self._made.setVisible(count > 0)
        self._look()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 0, 14, 10)
        column.setSpacing(6)
        self._entry, row = _line()
        self.caption = label("", role="strong", wrap=False)
        self.field = FixField()
        self.field.setPlaceholderText(_PLACEHOLDER)
        self.field.setMaxLength(_LONGEST)
        self.caption.setBuddy(self.field)
        self.fix_button = button("&Betulkan", "", "check", self._on_fix)
        row.addWidget(self.caption)
        row.addWidget(self.field, 1)
        row.addWidget(self.fix_button)
        column.addWidget(self._entry)
        self._made, row = _line()
        self.said = label("", role="secondary", wrap=False)
        self.back_button = button("Batalkan pembetulan", "link", "", self.taken_back.emit)
        row.addWidget(self.said)
        row.addWidget(self.back_button)
        row.addStretch(1)
        column.addWidget(self._made)
        self.field.entered.connect(self._on_fix)
        self.field.textChanged.connect(self._look)

    def _look(self) -> None:
        """Show the line when it has something to offer; a fix that changes nothing is none."""
        row = self._row
        self.setVisible(row is not None or self.count > 0)
        self.fix_button.setEnabled(row is not None and self.field.text().strip() != self._given)

    def _on_fix(self) -> None:
        row, text = self._row, self.field.text().strip()
        if row is not None and text != self._given:
            self.fixed.emit(row.file, row.place, text)


def _line() -> tuple[QWidget, QHBoxLayout]:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    return holder, row

"""The last step of the import: the storing with its progress, then what was stored."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from asn_desk.employees.imports.office_import import OfficeResult
from asn_desk.wording import number
from ui.employees.import_review import WorkingView
from ui.shared.widgets import KeyValue, button, icon_label, label

_TEXT_WIDTH = 520


class DoneStep(QWidget):
    """Progress while the plan is stored; the summary afterwards."""

    save_refused = Signal()

    def __init__(self) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget()
        self.working = WorkingView()
        self.summary = self._build_summary()
        for view in (self.working, self.summary):
            self._stack.addWidget(view)
        outer.addWidget(self._stack)

    def begin(self) -> None:
        """Show that the plan is being stored."""
        self.working.begin("Menyimpan pegawai")
        self._stack.setCurrentWidget(self.working)

    def say_cancelling(self) -> None:
        """Say that the storing is being taken back."""
        self.working.text.setText("Membatalkan…")

    def show_result(self, result: OfficeResult, refused: int) -> None:
        """Show what was stored."""
        people = result.people
        lines = [
            ("Pegawai baru", number(people.added)),
            ("Pegawai diperbarui", number(people.changed)),
            ("Tetap sama", number(people.same)),
            ("Ditandai perlu dicek", number(people.gone)),
            ("Unit kerja baru atau berubah", number(result.units + people.units)),
            ("Baris ditolak", number(refused)),
        ]
        if result.posts:
            lines.insert(-1, ("Jabatan dalam daftar jabatan", number(result.posts)))
        self.facts.set(lines)
        self.refused_note.setVisible(refused > 0)
        self.refused_button.setVisible(refused > 0)
        self._stack.setCurrentWidget(self.summary)

    def _build_summary(self) -> QWidget:
        view = QWidget()
        column = QVBoxLayout(view)
        column.setSpacing(10)
        column.addStretch(1)
        column.addWidget(icon_label("check-circle", 36, "done"), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(label("Impor selesai", role="title", wrap=False), 0, Qt.AlignmentFlag.AlignHCenter)
        holder = QWidget()
        holder.setFixedWidth(_TEXT_WIDTH)
        inner = QVBoxLayout(holder)
        inner.setSpacing(12)
        self.facts = KeyValue(label_width=220)
        self.refused_note = label(
            "Baris yang ditolak belum diimpor. Simpan daftarnya, betulkan, lalu impor berkas itu.", role="secondary"
        )
        self.refused_button = button("&Simpan daftar ditolak…", "", "excel", self.save_refused.emit)
        inner.addWidget(self.facts)
        inner.addWidget(self.refused_note)
        inner.addWidget(self.refused_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(holder, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        return view

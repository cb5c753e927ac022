"""F1: the keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.shared.basics import label
from ui.shared.dialogs import BaseDialog
from ui.shared.panels import ScrollBody

KEYS = (
    ("Ctrl+K", "Cari pegawai, nomor surat, atau halaman"),
    ("Ctrl+F", "Cari di halaman ini"),
    ("Ctrl+N", "Tindakan utama halaman ini, misalnya berkas baru"),
    ("F5", "Muat ulang halaman ini"),
    ("Enter", "Buka baris yang dipilih"),
    ("Esc", "Tutup jendela kecil, kosongkan pencarian"),
    ("Panah, Page Up, Page Down", "Bergerak di tabel"),
    ("Ctrl+C", "Salin baris terpilih untuk Excel; NIP tetap utuh"),
    ("Ctrl+Enter", "Simpan isian"),
    ("Menu atau Shift+F10", "Menu tindakan untuk baris terpilih"),
    ("F1", "Bantuan ini"),
    ("Ctrl+Q", "Keluar"),
)


class HelpDialog(BaseDialog):
    """Lists the keys: those of the pages first."""

    def __init__(self, pages: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__("Bantuan", parent, 520)
        self.outer.addWidget(label("Tombol pintas", role="name"))
        area = ScrollBody()
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        for line, (key, meaning) in enumerate([*((key, f"Halaman {title}") for key, title in pages), *KEYS]):
            cap = label(key, role="strong", wrap=False)
            grid.addWidget(cap, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(meaning, wrap=True), line, 1)
        area.layout_of_content.setContentsMargins(0, 0, 8, 0)
        area.layout_of_content.addLayout(grid)
        self.outer.addWidget(area, 1)
        self.add_button("Tutup", "primary", self.accept).setDefault(True)
        self.finish_layout()
        self.fit_to_screen()

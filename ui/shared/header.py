"""The head of a page: its title at the left, the search button and the actions at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui.shared.basics import ElidedLabel, button, icon_label, label

HEIGHT = 56


class PageHeader(QFrame):
    """Title left, Ctrl+K button and actions right."""

    def __init__(self, title: str, on_search: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageHeader")
        self.setFixedHeight(HEIGHT)
        self.primary: QPushButton | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 0, 24, 0)
        self._row.setSpacing(8)
        self.title_label = label(title, role="title")
        self.title_label.setMinimumWidth(80)
        self.title_label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row.addWidget(self.title_label, 3)
        self.search_button = search_button(on_search)
        self._row.addWidget(self.search_button, 2)

    def set_title(self, title: str) -> None:
        """Show another title."""
        self.title_label.setText(title)

    def set_primary(self, text: str, icon_name: str = "", on_click: Callable[[], object] | None = None) -> QPushButton:
        """Add the page's main action; Ctrl+N triggers it."""
        self._make_room()
        self.primary = button(text, "primary", icon_name, on_click)
        self._row.addWidget(self.primary)
        return self.primary

    def add_action(self, text: str, icon_name: str = "", on_click: Callable[[], object] | None = None) -> QPushButton:
        """Add a further action; it stands left of the main one."""
        self._make_room()
        made = button(text, "", icon_name, on_click)
        place = self._row.indexOf(self.primary) if self.primary is not None else self._row.count()
        self._row.insertWidget(place, made)
        return made

    def _make_room(self) -> None:
        if self._row.indexOf(self.search_button) == self._row.count() - 1:
            self._row.addSpacing(8)


def search_button(on_search: Callable[[], None]) -> QPushButton:
    """Return the button that looks like a field and opens the jump palette."""
    made = QPushButton()
    made.setProperty("kind", "search")
    made.setAutoDefault(False)
    made.setAccessibleName("Cari pegawai, nomor surat, atau halaman, Ctrl+K")
    made.setToolTip("Cari pegawai, nomor surat, atau halaman (Ctrl+K)")
    made.setMinimumWidth(150)
    made.setMaximumWidth(300)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    made.clicked.connect(lambda _checked=False: on_search())
    row = QHBoxLayout(made)
    row.setContentsMargins(10, 0, 7, 0)
    row.setSpacing(8)
    cap = label("Ctrl K", role="hint", wrap=False)
    cap.setObjectName("keycap")
    cap.setFixedHeight(20)
    words = ElidedLabel("Cari pegawai, surat, halaman…")
    words.setProperty("role", "hint")
    for part in (icon_label("search", 16, "ink3"), words, cap):
        part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row.addWidget(part, 1 if part is words else 0)
    return made

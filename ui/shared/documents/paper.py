"""Paper on screen: the real pages with zoom and page count, alone or in a dialog with Cetak and Simpan PDF."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from asn_desk.wording import number
from ui.shared.basics import HandingOn, label
from ui.shared.bridge import Bridge
from ui.shared.dialogs import BaseDialog
from ui.shared.documents.pdf_view import PdfView
from ui.shared.documents.printing import print_pdf
from ui.shared.empty_state import EmptyState
from ui.shared.theme.icons import icon
from ui.shared.theme.tokens import GRID

_HEIGHT_SHARE = 0.86


class PaperView(HandingOn):
    """A PdfView with its small toolbar; before there are pages it says what is missing."""

    loaded = Signal(int)

    def __init__(
        self, bridge: Bridge, empty: str = "Belum ada yang ditampilkan.", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._pdf = b""
        self.view = self.heir = PdfView(bridge)
        self._pages = label("", role="secondary", wrap=False)
        self._waiting = EmptyState("document", "Pratinjau", empty)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._waiting)
        self._stack.addWidget(self.view)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(6)
        outer.addLayout(self._toolbar())
        outer.addWidget(self._stack, 1)
        self.view.loaded.connect(self._on_loaded)
        self.view.failed.connect(self.say)
        self.view.verticalScrollBar().valueChanged.connect(lambda _place: self._show_page())

    @property
    def pdf(self) -> bytes:
        """Return the PDF shown, empty when there is none."""
        return self._pdf

    def show_bytes(self, pdf: bytes) -> None:
        """Show these pages."""
        self._pdf = pdf
        self.view.show_bytes(pdf)

    def say(self, text: str, title: str = "Pratinjau") -> None:
        """Show a sentence instead of pages."""
        self._pdf = b""
        self.view.clear()
        waiting = EmptyState("document", title, text)
        self._stack.removeWidget(self._waiting)
        self._waiting.deleteLater()
        self._waiting = waiting
        self._stack.insertWidget(0, waiting)
        self._stack.setCurrentWidget(waiting)
        self._pages.setText("")
        self._enable(on=False)

    def _toolbar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID // 2)
        self._pages.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(self._pages, 1)
        self._tools = [
            _tool("zoom-out", "Perkecil (Ctrl+-)", self.view.zoom_out),
            _tool("zoom-in", "Perbesar (Ctrl++)", self.view.zoom_in),
            _tool("fit-width", "Selebar jendela (Ctrl+0)", self.view.fit_width),
        ]
        for tool in self._tools:
            row.addWidget(tool)
        self._enable(on=False)
        return row

    def _enable(self, *, on: bool) -> None:
        for tool in self._tools:
            tool.setEnabled(on)

    def _on_loaded(self, pages: int) -> None:
        self._stack.setCurrentWidget(self.view)
        self._enable(on=True)
        self._show_page()
        self.loaded.emit(pages)

    def _show_page(self) -> None:
        if self.view.page_count:
            self._pages.setText(f"Halaman {number(self.view.current_page() + 1)} dari {number(self.view.page_count)}")


class PaperDialog(BaseDialog):
    """Pages to look at, print and save.

    `save` asks where and writes; without it there is no such button. `printed` hears the end of printing.
    """

    def __init__(
        self,
        title: str,
        bridge: Bridge,
        pdf: bytes,
        parent: QWidget | None,
        *,
        note: str = "",
        save: Callable[[], None] | None = None,
        printed: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(title, parent, 860)
        self.outer.addWidget(label(title, role="name"))
        if note:
            self.outer.addWidget(label(note, role="secondary"))
        self.paper = PaperView(bridge, "Menyiapkan halaman…")
        self.outer.addWidget(self.paper, 1)
        self.add_button("&Tutup", on_click=self.reject)
        if save is not None:
            self.add_button("&Simpan PDF…", on_click=save)
        self.print_button = self.add_button("&Cetak…", "primary", lambda: print_pdf(self, bridge, pdf, title, printed))
        self.finish_layout()
        self.paper.show_bytes(pdf)
        self.resize(self.width(), round(self.screen().availableGeometry().height() * _HEIGHT_SHARE))


def _tool(icon_name: str, hint: str, on_click: Callable[[], None]) -> QToolButton:
    made = QToolButton()
    made.setIcon(icon(icon_name))
    made.setToolTip(hint)
    made.setAccessibleName(hint)
    made.clicked.connect(lambda _checked=False: on_click())
    return made

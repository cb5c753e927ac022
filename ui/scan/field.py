"""The field that the scanner types into: one code per Enter, many codes per paste, a name or NIP by hand."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget
from typing_extensions import override

from asn_desk.circulars.codes import looks_like_code
from ui.shared.theme.fonts import text_font
from ui.shared.theme.icons import icon

_PAUSE_MS = 250
_SHORTEST_NAME = 3


class ScanField(QLineEdit):
    """Tells `codes_entered` (list of texts) after Enter, Tab or a paste of several lines, `name_typed` while a name is typed."""

    codes_entered = Signal(object)
    name_typed = Signal(str)
    name_entered = Signal(str)
    step_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("large", "true")
        self.setFont(text_font(15))
        self.setPlaceholderText("Pindai kode, atau ketik nama atau NIP")
        self.setAccessibleName("Kode lembar, nama, atau NIP")
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        self.textEdited.connect(self._on_edited)
        self.returnPressed.connect(self.enter)

    def enter(self) -> None:
        """Take what stands in the field: a code is handed over and cleared, anything else is looked for."""
        self._pause.stop()
        text = self.text().strip()
        if looks_like_code(text):
            self.clear()
            self.codes_entered.emit([text])
        elif text:
            self.name_entered.emit(text)

    def paste_lines(self, text: str) -> None:
        """Take a pasted text: several lines are codes one by one, a single line goes into the field."""
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if len(lines) > 1:
            self.clear()
            self.codes_entered.emit(lines)
        elif lines:
            self.insert(lines[0])
            self._on_edited(self.text())

    def reset(self) -> None:
        """Empty the field without looking for anything."""
        self._pause.stop()
        self.clear()

    def _on_edited(self, text: str) -> None:
        self._pause.stop()
        if not text.strip():
            self.name_typed.emit("")
        elif len(text.strip()) >= _SHORTEST_NAME and not looks_like_code(text):
            self._pause.start()

    def _on_pause(self) -> None:
        self.name_typed.emit(self.text().strip())

    def _paste(self) -> None:
        self.paste_lines(QGuiApplication.clipboard().text())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step_asked.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.reset()
            self.name_typed.emit("")
        else:
            super().keyPressEvent(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        if next and looks_like_code(self.text()):
            self.enter()  # some scanners end a code with Tab
            return True
        return super().focusNextPrevChild(next)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        paste = menu.addAction(icon("copy"), "Tempel kode\tCtrl+V", self._paste)
        paste.setEnabled(bool(QGuiApplication.clipboard().text()))
        menu.addAction(icon("close"), "Kosongkan\tEsc", self.reset).setEnabled(bool(self.text()))
        menu.popup(event.globalPos())

"""The last result, large: a coloured edge and disc, an icon, a word, whose slip it was, and Batalkan."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from asn_desk.errors import DeskError
from asn_desk.wording import grouped_nip
from ui.scan.sitting import Scan
from ui.shared.theme.icons import icon_pixmap
from ui.shared.theme.tokens import RADIUS, tokens
from ui.shared.widgets import button, label, set_state

_EDGE = 6
_DISC = 56
_SIGN = 26
_IDLE = "Siap memindai"
_IDLE_TEXT = "Arahkan pemindai ke kode pada lembar tanda terima, atau ketik nama atau NIP."


class Disc(QWidget):
    """A round soft ground with an icon."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(_DISC, _DISC)
        self._icon, self._kind = "scan", "accent"

    def set(self, icon_name: str, kind: str) -> None:
        """Show another icon and colour."""
        self._icon, self._kind = icon_name, kind
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        table = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(table.soft_of(self._kind)))
        painter.drawEllipse(self.rect())
        sign = icon_pixmap(self._icon, table.ink_of(self._kind), _SIGN, _SIGN, self.devicePixelRatioF())
        place = (_DISC - _SIGN) / 2
        painter.drawPixmap(QRectF(place, place, _SIGN, _SIGN), sign, QRectF(sign.rect()))
        painter.end()


class ResultCard(QFrame):
    """Shows one result; `undo_asked` when the clerk wants it taken back. The field and the offers go into `below`."""

    undo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "true")
        self._kind = ""
        self._build()
        self.show_idle()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(26 + _EDGE, 18, 26, 24)
        outer.setSpacing(14)
        self.source = QHBoxLayout()
        outer.addLayout(self.source)
        row = QHBoxLayout()
        row.setSpacing(18)
        self.disc = Disc()
        row.addWidget(self.disc, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._words(), 1)
        self.undo_button = button("&Batalkan", icon_name="undo", on_click=self.undo_asked.emit)
        row.addWidget(self.undo_button)
        outer.addLayout(row)
        self.below = QVBoxLayout()
        self.below.setSpacing(8)
        outer.addLayout(self.below)

    def _words(self) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(1)
        self.word = label("", role="strong")
        self.title = label("", role="big", wrap=True)
        self.secondary = label("", role="secondary", wrap=True)
        for part in (self.word, self.title, self.secondary):
            words.addWidget(part)
        return words

    def show_idle(self) -> None:
        """Show that the page waits for a first slip."""
        self._show("", "", _IDLE, _IDLE_TEXT, "scan")

    def show_scan(self, scan: Scan) -> None:
        """Show one entry of the running list."""
        mark = scan.mark
        facts = [mark.unit, grouped_nip(mark.number)] if mark.person else []
        told = mark.sentence if not scan.can_undo and not scan.undone else f"dicatat {scan.at:%H.%M.%S}"
        self._show(
            scan.kind,
            scan.word,
            scan.title,
            " · ".join(filter(None, [*facts, f"{told} {scan.question}".strip()])),
            scan.icon,
        )
        self.undo_button.setVisible(scan.can_undo)

    def show_refusal(self, error: DeskError) -> None:
        """Show why nothing could be recorded."""
        self._show("late", "Belum dicatat", "Tidak dapat dicatat", error.sentence, "alert")

    def show_nobody(self, typed: str) -> None:
        """Show that a typed name or NIP fits nobody."""
        text = f"Tidak ada penerima edaran ini dengan nama atau NIP “{typed}”. Periksa ejaannya, atau pindai kode lembarnya."
        self._show("near", "Tidak ditemukan", "Tidak ada penerima yang cocok", text, "search")

    def _show(self, kind: str, word: str, title: str, secondary: str, icon_name: str) -> None:
        self._kind = kind
        self.disc.set(icon_name, kind or "accent")
        self.word.setText(word)
        self.word.setVisible(bool(word))
        set_state(self.word, "kind", kind)
        self.title.setText(title)
        self.secondary.setText(secondary)
        self.undo_button.hide()
        self.setAccessibleName(f"{word}. {title}. {secondary}")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._kind:
            return
        table = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(table.ink_of(self._kind)))
        painter.setClipRect(0, 0, _EDGE, self.height())
        painter.drawRoundedRect(0, 0, 4 * RADIUS, self.height(), RADIUS, RADIUS)
        painter.end()

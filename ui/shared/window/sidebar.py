"""The dark column at the left: the office, the pages, and how many things wait on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.shared.basics import ElidedLabel, label
from ui.shared.theme.fonts import text_font
from ui.shared.theme.icons import icon
from ui.shared.theme.tokens import SECONDARY_PX, tokens

WIDTH = 208
COMPACT_WIDTH = 60
_ENTRY = 35
_ICON = 17


@dataclass(frozen=True)
class Brand:
    """The office in the corner: two letters and its name."""

    initials: str = "AD"
    office: str = ""


class SidebarEntry(QAbstractButton):
    """One page: icon, word, count."""

    def __init__(self, title: str, icon_name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(title)
        self.setCheckable(True)
        self.setToolTip(hint)
        self.setAccessibleName(title.replace("&", ""))
        self.setFixedHeight(_ENTRY)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._icon_name = icon_name
        self._count = 0
        self._hovered = False
        self._compact = False

    def set_compact(self, compact: bool) -> None:
        """Show the icon only, or icon and word."""
        self._compact = compact
        self.update()

    def set_count(self, count: int) -> None:
        """Show how many things wait; 0 shows nothing."""
        self._count = count
        self.setAccessibleDescription(f"{count} menunggu" if count else "")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(COMPACT_WIDTH - 24, _ENTRY)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        table = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ground = table.sidebar_active if self.isChecked() else table.sidebar_hover if self._hovered else ""
        painter.setPen(QColor(table.brand) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground) if ground else Qt.BrushStyle.NoBrush)
        if ground or self.hasFocus():
            painter.drawRoundedRect(rect, 6, 6)
        ink = "#ffffff" if self.isChecked() else table.sidebar_ink
        icon(self._icon_name, "sidebar_ink").paint(
            painter, 11, (_ENTRY - _ICON) // 2, _ICON, _ICON, mode=QIcon.Mode.Normal
        )
        painter.setFont(
            text_font(weight=text_font().weight().Medium if self.isChecked() else text_font().weight().Normal)
        )
        painter.setPen(QColor(ink))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextHideMnemonic
        if not self._compact:
            painter.drawText(self.rect().adjusted(38, 0, -44, 0), int(flags), self.text())
        if self._count:
            self._paint_count(painter)
        painter.end()

    def _paint_count(self, painter: QPainter) -> None:
        table = tokens()
        painter.setFont(text_font(SECONDARY_PX))
        text = str(self._count) if self._count < 1000 else "999+"
        width = max(20, painter.fontMetrics().horizontalAdvance(text) + 14)
        rect = QRectF(self.width() - width - 9, (_ENTRY - 18) / 2, width, 18)
        if self._compact:
            rect = QRectF(self.width() - 11, 5, 7, 7)
            text = ""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(table.near) if self._compact else QColor(table.sidebar_badge))
        painter.drawRoundedRect(rect, 9, 9)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


class Sidebar(QFrame):
    """Tells which page was chosen."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setFixedWidth(WIDTH)
        self._entries: dict[str, SidebarEntry] = {}
        self._group = QButtonGroup(self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(12, 16, 12, 16)
        self._layout.setSpacing(2)
        self._tile = label("AD", role="section", wrap=False)
        self._office = ElidedLabel()
        self._add_brand()
        self._layout.addSpacing(14)

    def add_entries(self, entries: Sequence[tuple[str, str, str, str, bool]]) -> None:
        """Add pages as (key, title, icon, hint, at the bottom)."""
        for bottom in (False, True):
            for key, title, icon_name, hint, at_bottom in entries:
                if at_bottom == bottom:
                    self._add_entry(key, SidebarEntry(title, icon_name, hint))
            if not bottom:
                self._layout.addStretch(1)

    def set_compact(self, compact: bool) -> None:
        """Show icons only, where the window is narrow."""
        self.setFixedWidth(COMPACT_WIDTH if compact else WIDTH)
        self._names.setVisible(not compact)
        for entry in self._entries.values():
            entry.set_compact(compact)

    def set_brand(self, brand: Brand) -> None:
        """Show the office."""
        self._tile.setText(brand.initials)
        self._office.set_text(brand.office)
        self._office.setVisible(bool(brand.office))

    def set_offered(self, key: str, offered: bool) -> None:
        """Show a page's entry, or hide it from who lacks the right."""
        if key in self._entries:
            self._entries[key].setVisible(offered)

    def set_current(self, key: str) -> None:
        """Mark a page; one that has no entry leaves none marked."""
        entry = self._entries.get(key)
        self._group.setExclusive(entry is not None)
        if entry is not None:
            entry.setChecked(True)
            return
        for other in self._entries.values():
            other.setChecked(False)

    def set_count(self, key: str, count: int) -> None:
        """Show how many things wait on a page."""
        if key in self._entries:
            self._entries[key].set_count(count)

    def _add_entry(self, key: str, entry: SidebarEntry) -> None:
        self._entries[key] = entry
        self._group.addButton(entry)
        self._layout.addWidget(entry)
        entry.clicked.connect(lambda _checked=False: self.chosen.emit(key))

    def _add_brand(self) -> None:
        self._tile.setObjectName("brandTile")
        self._tile.setFixedSize(28, 28)
        self._tile.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout()
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._tile)
        self._names = QWidget()
        names = QVBoxLayout(self._names)
        names.setContentsMargins(0, 0, 0, 0)
        names.setSpacing(0)
        names.addWidget(label("ASN Desk", role="section"))
        self._office.setProperty("role", "secondary")
        self._office.setFont(text_font(SECONDARY_PX))
        names.addWidget(self._office)
        row.addWidget(self._names, 1)
        self._layout.addLayout(row)

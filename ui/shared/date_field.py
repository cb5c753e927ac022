"""A date typed by keyboard or picked from a calendar."""

from __future__ import annotations

from datetime import date
from typing import cast

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QWidget, QWidgetAction
from typing_extensions import override

from asn_desk.wording import long_date, weekday
from ui.shared.date_text import read_date
from ui.shared.theme.icons import icon


class DateField(QLineEdit):
    """Accepts `220924`, `22-09-2024`, `22/9/24` and `22 September 2024`; shows `22 September 2024` when left."""

    value_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("mis. 220924 atau 22 September 2024")
        pick = self.addAction(icon("calendar"), QLineEdit.ActionPosition.TrailingPosition)
        pick.setToolTip("Pilih dari kalender")
        pick.triggered.connect(lambda _checked=False: self._open_calendar())
        self.textChanged.connect(lambda _text: self._on_text())
        self.editingFinished.connect(self._tidy)

    def value(self) -> date | None:
        """Return the date, or None when the field is empty or cannot be read."""
        return read_date(self.text())

    def set_value(self, value: date | None) -> None:
        """Show a date."""
        self.setText(long_date(value) if value is not None else "")

    def is_valid(self) -> bool:
        """Return whether the field is empty or holds a date."""
        return not self.text().strip() or self.value() is not None

    def _on_text(self) -> None:
        value = self.value()
        self.setToolTip(f"{weekday(value)}, {long_date(value)}" if value is not None else "")
        self.value_changed.emit()

    def _tidy(self) -> None:
        value = self.value()
        if value is not None and self.text() != long_date(value):
            self.setText(long_date(value))

    def _open_calendar(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget(menu)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setMinimumSize(300, 220)
        current = self.value()
        if current is not None:
            calendar.setSelectedDate(QDate(current.year, current.month, current.day))
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)
        calendar.clicked.connect(lambda day: self._pick(day, menu))
        calendar.activated.connect(lambda day: self._pick(day, menu))
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _pick(self, day: QDate, menu: QMenu) -> None:
        self.set_value(cast("date", day.toPython()))
        menu.close()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

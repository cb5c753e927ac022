"""Presses everything that a window offers, as a clerk without mercy: buttons, menus, Enter in tables, and filled dialogs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QMenu, QTabBar, QWidget

from asn_desk.desk import Desk
from asn_desk.errors import DeskError
from tests.ui.conftest import DAY
from ui.shared.dialogs import BaseDialog
from ui.shared.fields import Field
from ui.shared.filters import FilterChip
from ui.shared.forms import FieldBox, FormWidget, PersonHit
from ui.shared.tables.table_view import RecordTable

LEAVING = {"Batal", "Tutup", "Kembali", "Mengerti", "Selesai", "Salin rincian"}
DEEPEST = 4
TRIED = "tried"


def take_back_every_write(desk: Desk) -> None:
    """From now on what is written is taken back at once, so that each press finds the same office."""
    write = desk.write

    def trying(fn: Callable[[Any], Any]) -> Any:
        def work(session: Any) -> Any:
            fn(session)
            session.flush()
            raise DeskError(TRIED, "Dicoba saja.")

        return write(work)

    desk.write = trying  # type: ignore[assignment, method-assign]


class Presser:
    """Presses the controls of a page one by one; `person` is who is chosen in forms, `file` what is opened and saved."""

    def __init__(self, person: int, file: Path) -> None:
        self._person, self._file = person, file
        self.pressed: list[str] = []
        self._known: dict[int, QAbstractButton | QAction] = {}  # kept alive, so that no id is used twice

    def press_all(self, page: QWidget) -> None:
        """Press what the page shows, on each of its tabs; what a press opens is filled, pressed too, and put away."""
        self._known.clear()
        tabs = [(bar, tab) for bar in page.findChildren(QTabBar) if bar.isVisible() for tab in range(1, bar.count())]
        self._press_shown(page)
        for bar, tab in tabs:
            if bar.isTabVisible(tab) and bar.isTabEnabled(tab):
                bar.setCurrentIndex(tab)
                self._press_shown(page)

    def _press_shown(self, page: QWidget) -> None:
        for table in page.findChildren(RecordTable):
            if shiboken6.isValid(table) and table.isVisible():
                table.select_first()
        for control in _controls(page):
            if _usable(control) and not isinstance(control, FilterChip) and id(control) not in self._known:
                self._known[id(control)] = control
                self._press(control)
                self._choose_each(control)
                self._answer(0)
        for table in page.findChildren(RecordTable):
            if shiboken6.isValid(table) and table.isVisible() and table.current_id() is not None:
                table.row_activated.emit(table.current_id())
                self._answer(0)

    def _choose_each(self, control: QAbstractButton | QAction) -> None:
        """Choose each line of the menu that a press opened; the menu closes with each choice and is opened again."""
        place = 0
        while (menu := _open_menu()) is not None:
            lines = [line for line in menu.actions() if _usable(line) and not line.isSeparator()]
            if place < len(lines):
                self._press(lines[place])
            _close(menu)
            self._answer(0)
            place += 1
            if place < len(lines) and _usable(control):
                self._press(control)

    def _press(self, control: QAbstractButton | QAction) -> None:
        self.pressed.append(control.text() or control.toolTip())
        control.trigger() if isinstance(control, QAction) else control.click()
        QApplication.processEvents()

    def _answer(self, depth: int) -> None:
        """Go through every dialog that is open now, then put it away."""
        while dialog := _open_dialog():
            self._go_through(dialog, depth)
            _put_away(dialog)

    def _go_through(self, dialog: QDialog, depth: int) -> None:
        if isinstance(dialog, QFileDialog):
            dialog.fileSelected.emit(str(self._file))
            return
        if not isinstance(dialog, BaseDialog) or depth > DEEPEST:
            return
        known = set(_dialogs())
        for form in dialog.findChildren(FormWidget):
            self._fill(form)
        for control in _controls(dialog):
            if _usable(control) and control.text().replace("&", "") not in LEAVING:
                self._press(control)
                for other in [one for one in _dialogs() if one not in known]:
                    self._go_through(other, depth + 1)
                    _put_away(other)

    def _fill(self, form: FormWidget) -> None:
        for box in form.findChildren(FieldBox):
            if box.isVisibleTo(form) and box.input.widget.isEnabled() and box.is_empty():
                value = self._value(box.field, box)
                if value is not None:
                    form.put(box.field.key, value)

    def _value(self, field: Field, box: FieldBox) -> object:
        if field.kind in ("choice", "unit"):
            widget: Any = box.input.widget
            found = [widget.itemData(place) for place in range(widget.count())]
            return next((one for one in found if one not in (None, "")), None)
        values = {
            "text": "Contoh 1", "multiline": "Contoh", "password": "kata sandi contoh 1", "int": max(field.minimum, 1),
            "date": DAY, "person": PersonHit(self._person, "Contoh"), "file": self._file, "bool": True,
        }  # fmt: skip
        return values.get(field.kind)


def _controls(page: QWidget) -> list[QAbstractButton | QAction]:
    tables = [table for table in page.findChildren(RecordTable) if table.isVisible()]
    return [*page.findChildren(QAbstractButton), *(action for table in tables for action in table.actions())]


def _usable(control: QAbstractButton | QAction) -> bool:
    return shiboken6.isValid(control) and control.isVisible() and control.isEnabled()


def _close(menu: QMenu) -> None:
    if shiboken6.isValid(menu):
        menu.close()
        menu.deleteLater()
        QApplication.sendPostedEvents(menu, QEvent.Type.DeferredDelete)


def _put_away(dialog: QDialog) -> None:
    if shiboken6.isValid(dialog):
        QDialog.reject(dialog)
    QApplication.processEvents()


def _dialogs() -> list[QDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]


def _open_dialog() -> QDialog | None:
    return next(iter(reversed(_dialogs())), None)


def _open_menu() -> QMenu | None:
    menus = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible()]
    return next(iter(menus), None)

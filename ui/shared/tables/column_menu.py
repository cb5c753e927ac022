"""The menu that shows and hides a table's columns; the last visible one stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from ui.shared.tables.columns import Column


def column_menu(
    header: QHeaderView, columns: Sequence[Column], show: Callable[[int, bool], None], parent: QWidget
) -> QMenu:
    """Return the menu; `show(place, shown)` is called for what the clerk ticks or unticks."""
    menu = QMenu("Kolom", parent)
    visible = sum(not header.isSectionHidden(place) for place in range(len(columns)))
    for place, column in enumerate(columns):
        action = menu.addAction(column.title)
        action.setCheckable(True)
        action.setChecked(not header.isSectionHidden(place))
        action.setEnabled(visible > 1 or not action.isChecked())
        action.toggled.connect(partial(show, place))
    return menu


def pop_up(menu: QMenu, place: QPoint) -> None:
    """Open a menu that is gone once it was used."""
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(place)

"""Saringan tersimpan: a combination of search and filters is kept under a name and picked again with two keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from asn_desk.employees import saved_filters
from asn_desk.employees.queries import EmployeeFilter, Sort
from asn_desk.employees.saved_filters import FilterName, LoadedFilter
from ui.employees.saved_filters_dialog import SavedFiltersDialog, ask_name
from ui.shared.basics import role_font, set_state
from ui.shared.page import PageContext
from ui.shared.panels import Banner
from ui.shared.theme.icons import icon

_CAPTION = "&Saringan tersimpan"
_KEYS = "Alt+S"
_WIDEST = 130
_NONE = "Belum ada saringan tersimpan"


class SavedFilters(QPushButton):
    """The button with its menu. `loaded` hands out a saved filter for the page to use; `banner` says what no longer applies.

    The page tells by `follow` what it shows now; `describe` gives that in words.
    """

    loaded = Signal(object)

    def __init__(self, context: PageContext, describe: Callable[[], str]) -> None:
        super().__init__(_CAPTION)
        self._context, self._describe = context, describe
        self._names: list[FilterName] = []
        self._last: LoadedFilter | None = None
        self._shown = EmployeeFilter()
        self._build()
        self._look()

    def read(self) -> None:
        """Read the names again: another program of the same user may have saved some."""
        self._context.bridge.read(self, saved_filters.saved_filters, self._set_names)

    def follow(self, shown: EmployeeFilter) -> None:
        """Note what the page shows now; a loaded filter that was changed is in use no more."""
        self._shown = replace(shown, sort=Sort.NAME, descending=False, guess=False)
        self._look()

    def save(self) -> None:
        """Ask for a name and keep what is shown under it."""
        shown = self._shown

        def submit(name: str, dialog: Any) -> None:
            dialog.write(
                self._context.bridge,
                lambda session: saved_filters.save_filter(session, name, shown),
                lambda outcome: self._on_saved(outcome.value, name),
            )

        ask_name("Simpan saringan", submit, self.window(), intro=f"Yang disimpan: {self._describe()}.")

    def use(self, filter_id: int) -> None:
        """Load a saved filter; the page shows it."""
        self._context.bridge.read(
            self, lambda session: saved_filters.load_filter(session, filter_id), self._on_loaded, self._on_refused
        )

    def update_last(self) -> None:
        """Keep what is shown under the name that was loaded last."""
        last, shown = self._last, self._shown
        if last is not None:
            self._context.bridge.write(
                self,
                lambda session: saved_filters.replace_filter(session, last.id, shown, last.version),
                lambda _outcome: self._on_updated(last.id, last.name),
            )

    def manage(self) -> None:
        """List the saved filters, to rename and delete them."""
        dialog = SavedFiltersDialog(self._context, self.window())
        dialog.changed.connect(self._on_managed)
        dialog.chosen.connect(self.use)
        dialog.open()

    @property
    def in_use(self) -> LoadedFilter | None:
        """Return the saved filter that the page shows, None when it shows something else."""
        return self._last if self._last is not None and self._last.filter == self._shown else None

    def _build(self) -> None:
        self.setProperty("kind", "chip")
        self.setFont(role_font("secondary"))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setIconSize(QSize(11, 11))
        self.menu_of_names = QMenu(self)
        self.menu_of_names.setToolTipsVisible(True)
        self.menu_of_names.aboutToShow.connect(self._fill)
        self.setMenu(self.menu_of_names)
        self.banner = Banner("", "near", "Perbarui saringan", self.update_last)
        self.banner_row = _with_margins(self.banner)
        self.banner_row.hide()

    def _fill(self) -> None:
        menu, used = self.menu_of_names, self.in_use
        menu.clear()
        for one in self._names:
            action = menu.addAction(_plain(one.name))
            action.setToolTip(one.about)
            action.setCheckable(True)
            action.setChecked(used is not None and used.id == one.id)
            action.triggered.connect(partial(self._on_picked, one.id))
        if not self._names:
            menu.addAction(_NONE).setEnabled(False)
        menu.addSeparator()
        something = self._shown != EmployeeFilter()
        menu.addAction("&Simpan saringan ini…", self.save).setEnabled(something)
        if self._last is not None:
            said = f"&Perbarui “{_plain(self._last.name)}”"
            menu.addAction(said, self.update_last).setEnabled(something and (used is None or bool(used.remarks)))
        menu.addAction("&Kelola saringan…", self.manage).setEnabled(bool(self._names))

    def _on_picked(self, filter_id: int, _checked: bool = False) -> None:
        self.use(filter_id)

    def _on_loaded(self, found: LoadedFilter) -> None:
        self._last = found
        self.loaded.emit(found)
        self._look()

    def _on_refused(self, error: Any) -> None:
        self._last = None
        self.read()
        self._look()
        self._context.bridge.refused.emit(error)

    def _on_saved(self, filter_id: int, name: str) -> None:
        self._context.toast(f"Saringan “{' '.join(name.split())}” disimpan.", None)
        self.read()
        self.use(filter_id)

    def _on_updated(self, filter_id: int, name: str) -> None:
        self._context.toast(f"Saringan “{name}” diperbarui.", None)
        self.read()
        self.use(filter_id)

    def _on_managed(self) -> None:
        """Read the names again; what is shown stays, but under no name that is gone or different."""
        self._last = None
        self.read()
        self._look()

    def _set_names(self, names: list[FilterName]) -> None:
        self._names = names

    def _look(self) -> None:
        used = self.in_use
        name = "" if used is None else self.fontMetrics().elidedText(used.name, Qt.TextElideMode.ElideRight, _WIDEST)
        self.setText(_plain(name) if used is not None else _CAPTION)
        self.setShortcut(_KEYS)  # a new text takes the old one's key along
        self.setToolTip(
            "Simpan saringan yang sedang tampil, atau pakai yang sudah disimpan" if used is None else used.name
        )
        self.setAccessibleName("Saringan tersimpan" if used is None else f"Saringan tersimpan: {used.name}")
        self.setIcon(icon("chevron-down", "ink2" if used is None else "coming"))
        set_state(self, "set", "false" if used is None else "true")
        remarks = () if used is None else used.remarks
        if used is not None and remarks:
            self.banner.set_text(f"Saringan “{used.name}”: {' '.join(remarks)}")
        self.banner_row.setVisible(bool(remarks))


def _plain(name: str) -> str:
    """Return a name whose & is shown, not taken for a key."""
    return name.replace("&", "&&")


def _with_margins(widget: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(14, 10, 14, 10)
    column.addWidget(widget)
    return holder

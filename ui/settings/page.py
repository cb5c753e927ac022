"""Pengaturan: one list of sections at the left, the chosen one at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol, cast

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from asn_desk.accounts.terms import Action
from asn_desk.topics import Topic
from ui.settings.appearance import AppearanceSection
from ui.settings.backup import BackupSection
from ui.settings.encryption import EncryptionSection
from ui.settings.identity import IdentitySection
from ui.settings.look import LookSection
from ui.settings.officials import OfficialsSection
from ui.settings.rules import RulesSection
from ui.settings.series import SeriesSection
from ui.settings.templates import TemplatesSection
from ui.settings.trail import TrailSection
from ui.settings.units import UnitsSection
from ui.settings.users import UsersSection
from ui.shared.basics import button
from ui.shared.page import Page, PageContext
from ui.shared.panels import Panel


class Section(Protocol):
    """What a section answers besides being a widget."""

    def reload(self) -> None:
        """Read again what is shown."""


SECTIONS: tuple[tuple[str, str, str, Callable[[PageContext], QWidget]], ...] = (
    ("identity", "Identitas kantor", "building", IdentitySection),
    ("officials", "Pejabat penanda tangan", "stamp", OfficialsSection),
    ("units", "Unit kerja", "building", UnitsSection),
    ("series", "Nomor surat", "list", SeriesSection),
    ("look", "Tampilan surat", "document", LookSection),
    ("templates", "Templat surat", "word", TemplatesSection),
    ("rules", "Kalender dan aturan", "scales", RulesSection),
    ("users", "Pengguna", "people", UsersSection),
    ("trail", "Jejak perubahan", "history", TrailSection),
    ("backup", "Cadangan", "backup", BackupSection),
    ("encryption", "Keamanan", "lock", EncryptionSection),
    ("appearance", "Tampilan", "sun", AppearanceSection),
)

RIGHTS: dict[str, Action] = {
    "identity": Action.EDIT_OFFICE,
    "officials": Action.EDIT_OFFICE,
    "units": Action.EDIT_UNITS,
    "series": Action.EDIT_OFFICE,
    "look": Action.EDIT_OFFICE,
    "templates": Action.EDIT_TEMPLATES,
    "trail": Action.SEE_TRAIL,
    "backup": Action.BACK_UP,
    "encryption": Action.EDIT_USERS,
}
"""Sections that only users with a right are offered; the core checks every reading and writing again."""


class SettingsPage(Page):
    """The office's settings, section by section; a section is built on its first visit."""

    title = "Pengaturan"
    topics = frozenset({Topic.OFFICE, Topic.UNITS, Topic.USERS, Topic.LETTERS, Topic.BACKUP})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._sections: dict[str, QWidget] = {}
        self._current = next(key for key, *_rest in SECTIONS if self._offered(key))
        self._build()
        self.open_target(self._current)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._list())
        self._stack = QStackedWidget()
        row.addWidget(self._stack, 1)
        self.body.addLayout(row)

    def _list(self) -> Panel:
        panel = Panel(padding=8)
        panel.setFixedWidth(236)
        self._buttons = QButtonGroup(self)
        column = QVBoxLayout()
        column.setSpacing(2)
        for key, title, icon_name, _factory in SECTIONS:
            entry = button(title, "quiet", icon_name, partial(self.open_target, key))
            entry.setCheckable(True)
            entry.setProperty("entry", "true")
            entry.setVisible(self._offered(key))
            self._buttons.addButton(entry)
            column.addWidget(entry)
        column.addStretch(1)
        panel.body.addLayout(column)
        return panel

    def open_target(self, target: object) -> None:
        """Show a section by its key."""
        keys = [key for key, *_rest in SECTIONS]
        if target not in keys or not self._offered(str(target)):
            return
        self._current = str(target)
        section = self._sections.get(self._current) or self._make(self._current)
        self._stack.setCurrentWidget(section)
        self._buttons.buttons()[keys.index(self._current)].setChecked(True)
        cast("Section", section).reload()

    def _offered(self, key: str) -> bool:
        return key not in RIGHTS or self.context.may(RIGHTS[key])

    def reload(self) -> None:
        """Read the visible section anew; the others read when they are opened."""
        cast("Section", self._sections[self._current]).reload()

    def _make(self, key: str) -> QWidget:
        factory = next(factory for other, _title, _icon, factory in SECTIONS if other == key)
        section = factory(self.context)
        self._sections[key] = section
        self._stack.addWidget(section)
        return section

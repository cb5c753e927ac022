"""Pengaturan, Kalender dan aturan: what is in force, with sources and doubts, and the office's own changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar

from asn_desk.accounts.terms import Action
from asn_desk.candidacy import policy
from asn_desk.regulations import queries
from asn_desk.regulations.packs import Library
from asn_desk.regulations.queries import ChangeRow
from asn_desk.regulations.terms import ChangeKind
from ui.settings.rules_history import HistoryTab
from ui.settings.rules_holidays import HolidaysTab
from ui.settings.rules_packs import PacksTab
from ui.settings.rules_policy import PolicyDialog
from ui.settings.rules_stages import StagesTab
from ui.settings.rules_texts import TextsTab
from ui.shared.page import PageContext
from ui.shared.panels import Panel
from ui.shared.widgets import button

TABS = ("Tahapan", "Aturan", "Hari libur", "Perubahan kantor", "Paket")


@dataclass(frozen=True)
class RulesView:
    """The rules in force and every version of the office's changes."""

    library: Library
    changes: tuple[ChangeRow, ...]

    @property
    def changed_rules(self) -> frozenset[str]:
        """Return the ids of the rules that read otherwise in this office."""
        return frozenset(row.target for row in self.changes if row.kind is ChangeKind.RULE and row.ended_at is None)


def read_rules(session: Any) -> RulesView:
    """Return the rules and the changes; runs on a reading thread, because it loads the packs."""
    return RulesView(queries.packs_of(session), tuple(queries.history(session)))


class RulesSection(Panel):
    """Tabs over the rules, each a table with its own changes."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Kalender dan aturan", padding=0)
        self.context = context
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Bagian aturan")
        self.tabs.setExpanding(False)
        self.stages = StagesTab(context, self._changed)
        self.texts = TextsTab(context, self._changed)
        self.holidays = HolidaysTab(context, self._changed)
        self.history = HistoryTab(context, self._changed)
        self.packs = PacksTab(context, self._changed)
        self._stack = QStackedWidget()
        every = (self.stages, self.texts, self.holidays, self.history, self.packs)
        for title, tab in zip(TABS, every, strict=True):
            self.tabs.addTab(title)
            self._stack.addWidget(tab)
        self.policy_button = button("&Kebijakan non-ASN…", "link", on_click=self._ask_policy)
        self.policy_button.setVisible(context.may(Action.CHANGE_RULES))
        self.add_title_widget(self.policy_button)
        self.tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self.body.setContentsMargins(0, 0, 0, 4)
        self.body.setSpacing(0)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(16, 0, 16, 0)
        tabs.addWidget(self.tabs, 1)
        self.body.addLayout(tabs)
        self.body.addWidget(self._stack, 1)

    def reload(self) -> None:
        """Read the rules anew."""
        self.context.bridge.read(self, read_rules, self._show)

    def _ask_policy(self) -> None:
        self.context.bridge.read(
            self, policy.policy_history, lambda found: PolicyDialog(self.context, self, found, self._changed).open()
        )

    def _changed(self) -> None:
        self.context.toast("Perubahan aturan berlaku.", None)
        self.reload()

    def _show(self, view: RulesView) -> None:
        self.stages.show_library(view.library)
        self.texts.show_library(view.library, view.changed_rules)
        self.holidays.show_library(view.library)
        self.history.show_rows(list(view.changes))
        self.packs.show_library(view.library)

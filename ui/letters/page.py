"""The page Surat: the letters that were issued, the agenda with every number, and the way to a new letter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QTabBar

from asn_desk.accounts.terms import Action
from asn_desk.letters.bulk import batches
from asn_desk.topics import Topic
from ui.letters.agenda import AgendaView
from ui.letters.batch import BatchDialog
from ui.letters.batch_run import BatchRunDialog
from ui.letters.create import LetterDialog
from ui.letters.issued import IssuedView
from ui.letters.wanted import Wanted
from ui.shared.page import Page, PageContext
from ui.shared.rights import only_with

_ISSUED, _AGENDA = range(2)


class LettersPage(Page):
    """Two views, "Surat terbit" and "Agenda surat keluar", and the wizard "Buat surat"."""

    title = "Surat"
    topics = frozenset({Topic.LETTERS})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._run: BatchRunDialog | None = None
        self._stale = {_ISSUED, _AGENDA}
        self._build()
        self._connect()

    def _build(self) -> None:
        create = self.header.set_primary("&Buat surat", "plus", self._create)
        batch = self.header.add_action("Cetak &massal", "printer", self._batch)
        self._may_issue = only_with(self.context.may, Action.ISSUE_LETTERS, create, batch)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("Tampilan surat")
        self.tabs.addTab("Surat terbit")
        self.tabs.addTab("Agenda surat keluar")
        self.issued = IssuedView(self.context, self._create, self._on_issued)
        self.agenda = AgendaView(self.context)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.issued)
        self.stack.addWidget(self.agenda)
        self.body.setContentsMargins(24, 10, 24, 20)
        self.body.setSpacing(10)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._on_tab)
        self.agenda.letter_chosen.connect(self._show_letter)

    def reload(self) -> None:
        """Read the view shown again, the other one when it is chosen; during a batch neither, the dialog covers them."""
        if self._run is not None and self._run.running:
            return
        self._stale = {_ISSUED, _AGENDA}
        self._read_shown()

    def _read_shown(self) -> None:
        shown = self.tabs.currentIndex()
        if shown in self._stale:
            self._stale.discard(shown)
            self.agenda.reload() if shown == _AGENDA else self.issued.reload()

    def activated(self) -> None:
        """Give the keyboard to the table."""
        view = self.issued if self.tabs.currentIndex() == _ISSUED else self.agenda
        view.table.setFocus()

    def focus_search(self) -> None:
        """Bring the keyboard to the search field of the view shown."""
        view = self.issued if self.tabs.currentIndex() == _ISSUED else self.agenda
        view.search.setFocus()
        view.search.selectAll()

    def open_target(self, target: object) -> None:
        """Show a letter ({"letter_id": id} or its id), or begin one ({"new": kind, "employee_id": id, "values": {...}})."""
        if isinstance(target, int):
            self._show_letter(target)
        elif isinstance(target, Mapping) and target.get("letter_id") is not None:
            self._show_letter(target["letter_id"])
        elif isinstance(target, Mapping) and "new" in target and self._may_issue:
            values = dict(target.get("values") or {})
            self._create(Wanted(target["new"], target.get("employee_id"), values, target.get("replaces_id")))

    def _on_tab(self, shown: int) -> None:
        self.stack.setCurrentIndex(shown)
        self._read_shown()

    def _show_letter(self, letter_id: Any) -> None:
        self.tabs.setCurrentIndex(_ISSUED)
        self.issued.show_letter(letter_id)

    def _create(self, wanted: Wanted | None = None) -> None:
        LetterDialog(self.context, self, self._on_issued, wanted).start()

    def _batch(self) -> None:
        """Go on with a batch that is not complete, or begin one."""
        self.context.bridge.read(self, batches.open_batch, self._show_batch)

    def _show_batch(self, open_batch: int | None) -> None:
        if open_batch is None:
            self._new_batch()
        else:
            self._run_dialog(open_batch)

    def _new_batch(self) -> None:
        BatchDialog(self.context, self, self._run_batch).start()

    def _run_batch(self, batch_id: int) -> None:
        self._run_dialog(batch_id).begin()

    def _run_dialog(self, batch_id: int) -> BatchRunDialog:
        dialog = BatchRunDialog(self.context, self, batch_id, self._new_batch)
        dialog.run_ended.connect(self.reload)
        dialog.finished.connect(self._on_run_closed)
        self._run = dialog
        dialog.open()
        return dialog

    def _on_run_closed(self) -> None:
        self._run = None

    def _on_issued(self, issued: Any) -> None:
        self.context.toast(f"Surat terbit dengan nomor {issued.number}." if issued.number else "Surat terbit.", None)
        self._show_letter(issued.id)

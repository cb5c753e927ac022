"""The drafts: letters entered but not issued yet; look at their pages, go on, issue, or discard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from asn_desk.accounts.terms import Action
from asn_desk.letters import drafts
from asn_desk.letters.drafts import DraftRow
from asn_desk.letters.service import IssuedLetter, IssueLetter
from asn_desk.wording import clock_time, long_date, short_date
from ui.letters.wanted import OFFERED, Wanted, of_draft
from ui.shared.dialogs import BaseDialog, confirm, show_refusal
from ui.shared.documents.paper import PaperDialog
from ui.shared.page import PageContext
from ui.shared.panels import ScrollBody
from ui.shared.widgets import ActionRow, Chip, button, clear_layout, label

_WIDTH = 760
_GONE = "Isian draf ini hilang. Draf belum bernomor, jadi agenda tidak berubah."


class DraftsDialog(BaseDialog):
    """The list of drafts; `issued(letter)` is called when one became a letter, `go_on(wanted)` to open one in the wizard."""

    def __init__(
        self,
        context: PageContext,
        parent: QWidget,
        issued: Callable[[IssuedLetter], None],
        go_on: Callable[[Wanted], None],
    ) -> None:
        super().__init__("Draf surat", parent, _WIDTH)
        self._context, self._issued, self._go_on = context, issued, go_on
        self.outer.addWidget(label("Draf surat", role="name"))
        self.outer.addWidget(label("Belum bernomor dan belum tercatat dalam agenda.", role="secondary"))
        self.rows = ScrollBody()
        self.rows.layout_of_content.setContentsMargins(0, 0, 8, 0)
        self.outer.addWidget(self.rows, 1)
        self.add_button("&Tutup", "primary", self.accept).setDefault(True)
        self.finish_layout()
        self.resize(_WIDTH, 420)
        self.reload()

    def reload(self) -> None:
        """Read the drafts again."""
        self._context.bridge.read(self, drafts.draft_rows, self._show)

    def look(self, row: DraftRow) -> None:
        """Show the pages with the word across them."""
        self._context.bridge.read_task(
            self,
            lambda session, _progress: drafts.draft_pages(session, row.id),
            lambda made: PaperDialog("Draf surat", self._context.bridge, made.pdf, self, note=row.kind_title).open(),
        )

    def edit(self, row: DraftRow) -> None:
        """Open a draft in the wizard with everything that was entered."""
        self._context.bridge.read(
            self, lambda session: drafts.draft_letter(session, row.id), lambda command: self._edit(row, command)
        )

    def _edit(self, row: DraftRow, command: IssueLetter) -> None:
        self.accept()
        self._go_on(of_draft(row, command))

    def issue(self, row: DraftRow) -> None:
        """Issue a draft as it was entered."""
        self.setEnabled(False)
        self._context.bridge.write(
            self, lambda session: drafts.issue_draft(session, row.id, row.version), self._on_issued, self._on_refused
        )

    def discard(self, row: DraftRow) -> None:
        """Take a draft away after asking."""
        confirm(self, "Buang draf ini?", _GONE, "Buang", partial(self._discard, row))

    def _discard(self, row: DraftRow) -> None:
        self._context.bridge.write(
            self, lambda session: drafts.discard_draft(session, row.id, row.version), lambda _outcome: self.reload()
        )

    def _show(self, rows: Sequence[DraftRow]) -> None:
        clear_layout(self.rows.layout_of_content)
        for row in rows:
            self.rows.layout_of_content.addWidget(self._row(row))
        if not rows:
            self.rows.layout_of_content.addWidget(label("Tidak ada draf.", role="secondary"))

    def _row(self, row: DraftRow) -> QWidget:
        moment = row.made_at.astimezone()
        made = f"{row.person} · disimpan {short_date(moment.date())} pukul {clock_time(moment)} oleh {row.made_by}"
        line = QWidget()
        parts = QHBoxLayout(line)
        parts.setContentsMargins(0, 0, 0, 0)
        title = f"{row.kind_title}, {long_date(row.dated)}"
        parts.addWidget(ActionRow(title, made.removeprefix(" · "), Chip("Draf", "neutral")), 1)
        for tool in () if row.hidden else self._tools(row):
            parts.addWidget(tool)
        return line

    def _tools(self, row: DraftRow) -> list[QPushButton]:
        go_on = [("Buka", self.edit)] if row.kind in OFFERED else []
        may_issue = self._context.may(Action.ISSUE_LETTERS)
        acts = (*go_on, ("Terbitkan", self.issue), ("Buang…", self.discard)) if may_issue else ()
        ways = (("Lihat", self.look), *acts)
        made = [button(text, "link", on_click=partial(act, row)) for text, act in ways]
        for tool, (text, _act) in zip(made, ways, strict=True):
            tool.setAccessibleName(f"{text} {row.kind_title} {row.person}")
        return made

    def _on_issued(self, outcome: Any) -> None:
        self.accept()
        self._issued(outcome.value)

    def _on_refused(self, error: Any) -> None:
        self.setEnabled(True)
        show_refusal(self, error)

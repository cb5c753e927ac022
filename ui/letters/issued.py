"""Surat terbit: the letters at the left, the chosen one with its real pages at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from asn_desk.accounts.terms import Action
from asn_desk.letters import queries
from asn_desk.letters.contents.kinds import KINDS
from asn_desk.letters.drafts import draft_rows
from asn_desk.letters.queries import LetterFilter, LetterRow
from asn_desk.letters.rules import STATUS_WORDS
from asn_desk.letters.service import IssuedLetter
from asn_desk.letters.terms import LetterStatus
from asn_desk.wording import number, short_date
from ui.letters.detail import LetterDetailPanel
from ui.letters.drafts import DraftsDialog
from ui.letters.words import status_chip
from ui.shared.page import PageContext
from ui.shared.rights import only_with
from ui.shared.tables.columns import Column
from ui.shared.tables.paged_model import PagedTableModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.widgets import Chip, Choice, FilterChip, Panel, SearchField, Toolbar, button, label, split


@dataclass(frozen=True)
class LetterSource:
    """The letters that the filter leaves."""

    filter: LetterFilter

    def ids(self, session: Any) -> Sequence[int]:
        """Return their ids."""
        return queries.letter_ids(session, self.filter)

    def rows(self, session: Any, ids: Sequence[int]) -> Sequence[LetterRow]:
        """Return their rows."""
        return queries.letter_rows(session, ids)


def _below(row: LetterRow) -> str:
    return " · ".join(part for part in (row.number or "tanpa nomor", row.person or row.title) if part)


def _void_chip(row: LetterRow) -> Chip | None:
    return status_chip(row.status) if row.status is LetterStatus.VOID else None


COLUMNS = [
    Column("kind", "Surat", text=lambda row: row.kind_title, secondary=_below, chip=_void_chip, width=280),
    Column(
        "dated",
        "Tanggal",
        text=lambda row: short_date(row.dated),
        secondary=lambda row: STATUS_WORDS[row.status],
        width=132,
        sort_key="dated",
    ),
]


class IssuedView(QWidget):
    """Search, filters, table and detail."""

    def __init__(
        self, context: PageContext, create: Callable[..., None], issued: Callable[[IssuedLetter], None]
    ) -> None:
        super().__init__()
        self._create, self._draft_issued = create, issued
        self._context = context
        self._wanted: int | None = None
        self._newest_first = True
        self._build()
        self._connect()

    def reload(self) -> None:
        """Read list and detail again."""
        self.model.refresh()
        self.detail.reload()
        self._context.bridge.read(self, draft_rows, lambda rows: self._offer_drafts(len(rows)))

    def show_letter(self, letter_id: int) -> None:
        """Choose a letter, taking the filters away if they hide it."""
        if self.table.select_id(letter_id):
            return
        self._wanted = letter_id
        self.search.clear()
        for chip in (self.kind, self.status, self.year):
            chip.set_value(None)
        self._apply()

    def _build(self) -> None:
        self.search = SearchField("Cari nomor, nama, atau perihal")
        kinds = [Choice(kind.code, kind.title) for kind in KINDS.values()]
        self.kind = FilterChip("Jenis", [Choice(None, "semua"), *kinds])
        self.kind.setMaximumWidth(220)
        words = [Choice(status, word.lower()) for status, word in STATUS_WORDS.items()]
        self.status = FilterChip("Status", [Choice(None, "semua"), *words])
        self.year = FilterChip("Tahun", [Choice(None, "semua")])
        self.count = label("", role="secondary", wrap=False)
        self.drafts_button = button("Draf", "link", on_click=self._show_drafts)
        self.drafts_button.hide()
        self.model = PagedTableModel(self._context.bridge, LetterSource(LetterFilter()), COLUMNS, parent=self)
        self.table = RecordTable(self.model, name="letters", settings_file=self._context.settings_file)
        self.table.set_sort("dated", ascending=False)
        self.table.set_empty_state(
            "document",
            "Belum ada surat",
            "Buat surat di sini, atau dari berkas pencalonan.",
            *(("Buat surat", self._create) if self._context.may(Action.ISSUE_LETTERS) else ()),
        )
        panel = Panel(padding=0)
        panel.body.setSpacing(0)
        panel.body.addWidget(
            Toolbar(self.search, self.kind, self.status, self.year, trailing=[self.drafts_button, self.count])
        )
        panel.body.addWidget(self.table)
        self.detail = LetterDetailPanel(self._context)
        self._add_menu()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(
            split(panel, self.detail, sizes=(510, 590), name="letters", settings_file=self._context.settings_file)
        )

    def _add_menu(self) -> None:
        self.table.add_action("Cetak…", self.detail.print_letter, "printer")
        word = self.table.add_action("Buka di Word", self.detail.open_word, "word")
        save = self.table.add_action("Simpan salinan…", self.detail.save_copy, "download")
        only_with(self._context.may, Action.EXPORT, word, save)

    def _connect(self) -> None:
        self.search.search_changed.connect(lambda _text: self._apply())
        for chip in (self.kind, self.status, self.year):
            chip.chosen.connect(lambda _value: self._apply())
        self.table.sort_requested.connect(self._on_sort)
        self.table.current_changed.connect(self.detail.show_letter)
        self.table.row_activated.connect(lambda _id: self.detail.paper.setFocus())
        self.model.loaded.connect(self._on_loaded)

    def _filter(self) -> LetterFilter:
        year = self.year.value()
        return LetterFilter(
            text=self.search.text().strip(),
            kind=self.kind.value(),
            status=self.status.value(),
            since=date(year, 1, 1) if isinstance(year, int) else None,
            until=date(year, 12, 31) if isinstance(year, int) else None,
            newest_first=self._newest_first,
        )

    def _apply(self) -> None:
        self.model.set_source(LetterSource(self._filter()))

    def _on_sort(self, _key: str, ascending: bool) -> None:
        self._newest_first = not ascending
        self._apply()

    def _on_loaded(self, count: int) -> None:
        self.count.setText(f"{number(count)} surat")
        if self._wanted is not None and self.table.select_id(self._wanted):
            self._wanted = None
        self.table.select_first()
        self._context.bridge.read(self, queries.register_years, self._offer_years)

    def _offer_drafts(self, count: int) -> None:
        self.drafts_button.setText(f"Draf ({number(count)})")
        self.drafts_button.setVisible(count > 0)

    def _show_drafts(self) -> None:
        DraftsDialog(self._context, self, self._draft_issued, self._create).open()

    def _offer_years(self, years: Sequence[int]) -> None:
        self.year.set_choices([Choice(None, "semua"), *(Choice(year, str(year)) for year in years)])

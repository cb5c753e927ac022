"""The page Edaran: the circulars at the left, the chosen one with its progress and people at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from asn_desk.accounts.terms import Action
from asn_desk.circulars import queries
from asn_desk.circulars.queries import CircularFilter, CircularRow
from asn_desk.circulars.service import Published
from asn_desk.topics import Topic
from asn_desk.wording import number, short_date
from ui.circulars.detail import CircularDetail
from ui.circulars.publish import PublishDialog
from ui.shared.page import Page, PageContext
from ui.shared.rights import only_with
from ui.shared.tables.columns import Column
from ui.shared.tables.paged_model import PagedTableModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.unit_progress import tally_kind
from ui.shared.widgets import Choice, FilterChip, Panel, SearchField, Toolbar, split


@dataclass(frozen=True)
class CircularSource:
    """The circulars that the filter leaves, newest first."""

    filter: CircularFilter

    def ids(self, session: Any) -> Sequence[int]:
        """Return their ids."""
        return queries.circular_ids(session, self.filter)

    def rows(self, session: Any, ids: Sequence[int]) -> Sequence[CircularRow]:
        """Return their rows."""
        return queries.circular_rows(session, ids)


def _above(row: CircularRow) -> str:
    return row.number or f"Tanggal {short_date(row.dated)}"


def _progress(row: CircularRow) -> str:
    return f"{number(row.tally.done)} / {number(row.tally.total - row.tally.left)}"


COLUMNS = [
    Column("subject", "Edaran", text=_above, secondary=lambda row: row.subject, width=160),
    Column(
        "progress",
        "Kemajuan",
        text=_progress,
        bar=lambda row: (row.tally.done, row.tally.total - row.tally.left, tally_kind(row.tally, overdue=row.overdue)),
        align="right",
        width=124,
    ),
]


class CircularsPage(Page):
    """Lists the circulars and shows one of them beside the list."""

    title = "Edaran"
    topics = frozenset({Topic.CIRCULARS})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._wanted: int | None = None
        self._person: tuple[CircularRow, int] | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self.publish_button = self.header.set_primary("&Terbitkan edaran", "plus", self._publish)
        may_publish = only_with(self.context.may, Action.PUBLISH_CIRCULARS, self.publish_button)
        self.search = SearchField("Cari perihal atau nomor")
        self.state = FilterChip("Tampilkan", [Choice("", "semua"), Choice("running", "masih berjalan")])
        self.model = PagedTableModel(self.bridge, CircularSource(CircularFilter()), COLUMNS, parent=self)
        self.table = RecordTable(self.model, name="circulars", settings_file=self.context.settings_file)
        self.table.set_empty_state(
            "megaphone",
            "Belum ada edaran",
            "Terbitkan edaran netralitas, cetak lembarnya, lalu catat yang kembali di halaman Pindai.",
            *(("Terbitkan edaran", self._publish) if may_publish else ()),
        )
        panel = Panel(padding=0)
        panel.body.setSpacing(0)
        panel.body.addWidget(Toolbar(self.search, self.state))
        panel.body.addWidget(self.table)
        self.detail = CircularDetail(self.context)
        self.body.addWidget(
            split(panel, self.detail, sizes=(320, 780), name="circulars", settings_file=self.context.settings_file)
        )

    def _connect(self) -> None:
        self.search.search_changed.connect(lambda _text: self._apply_filter())
        self.state.chosen.connect(lambda _value: self._apply_filter())
        self.table.current_changed.connect(self.detail.show_circular)
        self.table.row_activated.connect(lambda _id: self.detail.focus_people())
        self.model.loaded.connect(self._on_loaded)

    def reload(self) -> None:
        """Read list and detail again; the chosen circular stays chosen."""
        self.model.refresh()
        self.detail.reload()

    def activated(self) -> None:
        """Give the keyboard to the list."""
        self.table.setFocus()

    def open_target(self, target: object) -> None:
        """Show a circular by its id, or one person of a version: {"version_id": id, "recipient_id": id}."""
        if isinstance(target, int) and not self.table.select_id(target):
            self._wanted = target
            self.state.set_value("")
            self.search.clear()
            self._apply_filter()
        elif isinstance(target, Mapping):
            version_id, recipient_id = target["version_id"], target["recipient_id"]
            self.bridge.read(
                self, lambda session: _collecting(session, version_id), partial(self._show_person, recipient_id)
            )

    def _show_person(self, recipient_id: int, circular: CircularRow) -> None:
        self._person = (circular, recipient_id)
        self.open_target(circular.id)
        self._choose_person()

    def _choose_person(self) -> None:
        """Show the person asked for, once their circular is the chosen one."""
        if self._person is not None and self._wanted is None:
            (circular, recipient_id), self._person = self._person, None
            self.detail.show_recipient(circular, recipient_id)

    def _apply_filter(self) -> None:
        wanted = CircularFilter(text=self.search.text().strip(), running_only=bool(self.state.value()))
        self.model.set_source(CircularSource(wanted))

    def _on_loaded(self, _count: int) -> None:
        if self._wanted is not None and self.table.select_id(self._wanted):
            self._wanted = None
            self._choose_person()
        self.table.select_first()

    def _publish(self) -> None:
        PublishDialog(self.context, self, self._on_published).start()

    def _on_published(self, published: Published) -> None:
        self._wanted = published.circular_id
        self.context.toast(f"Edaran terbit untuk {number(published.recipients)} orang.", None)
        self.model.refresh()


def _collecting(session: Any, version_id: int) -> CircularRow:
    """Return the circular with the newest text that these people are asked to sign."""
    asked = queries.version_detail(session, version_id)
    newest = queries.circular_detail(session, asked.id)
    return newest if newest.version_id == asked.version_id else asked

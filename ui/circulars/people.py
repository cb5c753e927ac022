"""The people of a circular: filters, status, and marking one by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from asn_desk.accounts.terms import Action
from asn_desk.circulars import queries
from asn_desk.circulars.queries import CircularRow, MarkRow, RecipientFilter, RecipientOrder, RecipientRow, UnitProgress
from asn_desk.circulars.rules import OPEN, STATUS_WORDS, allowed
from asn_desk.circulars.terms import AckStatus
from asn_desk.wording import grouped_nip, number, short_date
from ui.circulars.audience_changes import remove_person
from ui.circulars.slips import reprint
from ui.shared.marking import mark_dialog, status_chip, undo_dialog
from ui.shared.page import PageContext
from ui.shared.rights import only_with
from ui.shared.tables.columns import NIP_ROOM, Column
from ui.shared.tables.paged_model import PagedTableModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.widgets import Choice, ElidedLabel, FilterChip, SearchField, Toolbar, button, label

_MISSING = OPEN


@dataclass(frozen=True)
class RecipientSource:
    """The people that the filter leaves."""

    filter: RecipientFilter

    def ids(self, session: Any) -> Sequence[int]:
        """Return their ids."""
        return queries.recipient_ids(session, self.filter)

    def rows(self, session: Any, ids: Sequence[int]) -> Sequence[RecipientRow]:
        """Return their rows."""
        return queries.recipient_rows(session, ids)


def _day(row: RecipientRow) -> str:
    return short_date(row.acknowledged_on) if row.acknowledged_on else ""


def _below(row: RecipientRow) -> str:
    """Return the person's number, and what makes the person special: joined later, or put off until a day."""
    until = f"ditunda sampai {short_date(row.until)}" if row.until else ""
    joined = f"masuk {short_date(row.added_on)}" if row.added_on else ""
    return " · ".join(part for part in (grouped_nip(row.number), until or joined) if part)


def _place(row: RecipientRow) -> str:
    """Return where the person is chased now; who moved shows from where."""
    moved = row.frozen_unit and row.frozen_unit != row.unit
    return f"pindahan dari {row.frozen_unit}" if moved else row.post


COLUMNS = [
    Column(
        "name", "Pegawai", text=lambda row: row.name, secondary=_below,
        width=205, least=NIP_ROOM, sort_key=RecipientOrder.NAME, copy=lambda row: f"{row.name} ({row.number})",
    ),
    Column("status", "Status", chip=lambda row: status_chip(row.status), width=152, sort_key=RecipientOrder.STATUS),
    Column("unit", "Unit kerja", text=lambda row: row.unit, secondary=_place, width=200, sort_key=RecipientOrder.UNIT),
    Column("day", "Tanggal", text=_day, width=108, sort_key=RecipientOrder.DAY, align="right"),
]  # fmt: skip


class PeopleView(QWidget):
    """Toolbar, table, and what can be done with the chosen person. `history_asked(recipient id)` opens their marks."""

    history_asked = Signal(int)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._filter: RecipientFilter | None = None
        self._wanted: int | None = None
        self._build()
        self._connect()

    def show_version(self, circular: CircularRow, units: Sequence[UnitProgress]) -> None:
        """Show the people of a circular's version; the filters stay."""
        choices = [Choice(unit.opd_id, unit.name) for unit in sorted(units, key=lambda unit: unit.name) if unit.opd_id]
        self.opd.set_choices([Choice(None, "semua"), *choices])
        order, descending = (
            (self._filter.order, self._filter.descending) if self._filter else (RecipientOrder.UNIT, False)
        )
        self._filter = RecipientFilter(circular.version_id, order=order, descending=descending)
        self._apply()

    def offer_stages(self, *, several: bool) -> None:
        """Offer the stages where a circular has more than one."""
        self.stage.setVisible(several)
        if not several:
            self.stage.set_value(None)

    def filter_by_opd(self, opd_id: int | None) -> None:
        """Show the people of one OPD only."""
        self.opd.set_value(opd_id)
        self._apply()

    def choose(self, recipient_id: int) -> None:
        """Choose this person as soon as the version's people are listed; no filter hides anybody then."""
        self._wanted = recipient_id
        self.search.clear()
        self.status.set_value(())
        for chip in (self.opd, self.stage):
            chip.set_value(None)

    def opd_filter(self) -> int | None:
        """Return the OPD chosen, None for all."""
        value = self.opd.value()
        return value if isinstance(value, int) else None

    def _build(self) -> None:
        self.search = SearchField("Cari nama atau NIP")
        statuses = [Choice((status,), STATUS_WORDS[status].lower()) for status in AckStatus]
        self.status = FilterChip("Status", [Choice((), "semua"), Choice(_MISSING, "belum menandatangani"), *statuses])
        self.opd = FilterChip("OPD", [Choice(None, "semua")])
        self.opd.setMaximumWidth(190)
        stages = [Choice(1, "pertama (kepala OPD)"), Choice(2, "kedua (semua pegawai)")]
        self.stage = FilterChip("Tahap", [Choice(None, "semua"), *stages])
        self.stage.hide()
        self.count = label("", role="secondary", wrap=False)
        self.model = PagedTableModel(self._context.bridge, None, COLUMNS, parent=self)
        self.table = RecordTable(self.model, name="recipients", settings_file=self._context.settings_file)
        self.table.set_sort(RecipientOrder.UNIT, ascending=True)
        self.table.set_empty_state("people", "Tidak ada yang cocok", "Longgarkan pencarian atau saringannya.")
        self._add_menu()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Toolbar(self.search, self.status, self.opd, self.stage))
        column.addWidget(self.table, 1)
        column.addLayout(self._foot())

    def _add_menu(self) -> None:
        add, may = self.table.add_action, self._context.may
        mark = add("Catat tanda terima…", self._mark, "check")
        only_with(may, Action.ACKNOWLEDGE, mark, add("Batalkan catatan…", self._undo, "undo"))
        add("Riwayat catatan", self._tell_history, "history")
        papers = (Action.PUBLISH_CIRCULARS, Action.ACKNOWLEDGE)
        only_with(may, papers, add("Cetak ulang lembar", self._reprint, "printer"))
        only_with(may, Action.PUBLISH_CIRCULARS, add("Keluarkan dari penerima…", self._remove, "minus"))
        only_with(may, Action.SEE_EMPLOYEES, add("Buka pegawai", self._open_person, "person"))

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 16, 10)
        row.setSpacing(8)
        self.chosen = ElidedLabel("")
        self.mark_button = button("Ca&tat tanda terima…", "", "check", self._mark)
        self.undo_button = button("Batalkan &catatan…", "", "undo", self._undo)
        row.addWidget(self.count)
        row.addWidget(self.chosen, 1)
        row.addWidget(self.undo_button)
        row.addWidget(self.mark_button)
        only_with(self._context.may, Action.ACKNOWLEDGE, self.mark_button, self.undo_button)
        self._offer_actions()
        return row

    def _connect(self) -> None:
        self.search.search_changed.connect(lambda _text: self._apply())
        self.status.chosen.connect(lambda _value: self._apply())
        self.stage.chosen.connect(lambda _value: self._apply())
        self.opd.chosen.connect(lambda _value: self._apply())
        self.table.sort_requested.connect(self._on_sort)
        self.table.current_changed.connect(lambda _id: self._offer_actions())
        self.table.row_activated.connect(lambda _id: self._mark())
        self.model.loaded.connect(self._on_loaded)
        self.model.dataChanged.connect(lambda *_: self._offer_actions())

    def _apply(self) -> None:
        if self._filter is None:
            return
        opd_id = self.opd_filter()
        self._filter = replace(
            self._filter,
            stages=(self.stage.value(),) if self.stage.value() else (),
            text=self.search.text().strip(),
            statuses=tuple(self.status.value() or ()),
            opd_ids=(opd_id,) if opd_id is not None else (),
        )
        self.model.set_source(RecipientSource(self._filter))

    def _on_loaded(self, count: int) -> None:
        self.count.setText(f"{number(count)} orang")
        if self._wanted is not None and self.table.select_id(self._wanted):
            self._wanted = None
        self._offer_actions()

    def _on_sort(self, key: str, ascending: bool) -> None:
        if self._filter is not None:
            self._filter = replace(self._filter, order=RecipientOrder(key), descending=not ascending)
            self._apply()

    def current(self) -> RecipientRow | None:
        """Return the person chosen, None when nobody is or the row is still being read."""
        row = self.model.row_at(self.table.currentIndex()) if self.table.currentIndex().isValid() else None
        return row if isinstance(row, RecipientRow) else None

    def _offer_actions(self) -> None:
        person, may = self.current(), self._context.may(Action.ACKNOWLEDGE)
        asked = "Pilih seorang penerima." if may else ""
        self.chosen.set_text(person.name if person else asked)
        self.mark_button.setEnabled(may and person is not None and bool(allowed(person.status, closed=person.closed)))
        self.undo_button.setEnabled(
            may and person is not None and person.status is not AckStatus.WAITING and not person.closed
        )

    def _mark(self) -> None:
        person = self.current()
        if person is not None and self.mark_button.isEnabled():
            mark_dialog(self, self._context.bridge, person, self._context.today(), self._on_marked)

    def _on_marked(self, values: dict[str, Any], _mark_id: int) -> None:
        self._context.toast(f"Dicatat: {STATUS_WORDS[values['status']].lower()}.", None)

    def _undo(self) -> None:
        person = self.current()
        if person is not None and self.undo_button.isEnabled():
            self._context.bridge.read(
                self, lambda session: queries.recent_marks(session, recipient_id=person.id), self._ask_undo
            )

    def _ask_undo(self, marks: Sequence[MarkRow]) -> None:
        last = next((mark for mark in marks if mark.undone_at is None), None)
        if last is not None:
            undo_dialog(self, self._context.bridge, last.id, last.person, lambda _outcome: self._told_undone())

    def _told_undone(self) -> None:
        self._context.toast("Catatan dibatalkan.", None)

    def _tell_history(self) -> None:
        person = self.current()
        if person is not None:
            self.history_asked.emit(person.id)

    def _reprint(self) -> None:
        person = self.current()
        if person is not None:
            chosen = [key for key in self.table.selected_ids() if isinstance(key, int)] or [person.id]
            reprint(self, self._context, person.version_id, chosen)

    def _remove(self) -> None:
        person = self.current()
        if person is not None and AckStatus.LEFT in allowed(person.status, closed=person.closed):
            remove_person(self._context, self, person, lambda text: self._context.toast(text, None))

    def _open_person(self) -> None:
        person = self.current()
        if person is not None:
            self._context.navigate("employees", person.employee_id)

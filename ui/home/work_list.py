"""The list "Siapa harus melakukan apa": each line says who is blocking it and carries one action."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from asn_desk import wording
from asn_desk.candidacy.home import SHOWN_ROWS
from asn_desk.candidacy.rows import Blocker, DueRow, DueSummary
from ui.shared.chips import Chip
from ui.shared.panels import Panel
from ui.shared.tables.columns import Column
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.widgets import button, label

_CALM = (
    "check-circle", "Semua beres", "Tidak ada kewajiban yang lewat, jatuh hari ini, atau jatuh tempo minggu ini.",
)  # fmt: skip
_HIDDEN = (
    "lock",
    "Rincian tidak ditampilkan",
    "Kewajibannya ada pada berkas rahasia. Hanya yang berhak melihat rinciannya.",
)
_ACTION = "action"


def due_chip(due: date, today: date) -> Chip:
    """Return how near a due date is, in a word."""
    days = (due - today).days
    if days < 0:
        return Chip(f"Lewat {wording.number(-days)} hari", "late")
    if days <= 1:
        return Chip("Besok" if days else "Hari ini", "near")
    return Chip(f"{due.day} {wording.MONTHS[due.month - 1]}", "coming")


def short_action(row: DueRow) -> str:
    """Return the one thing that helps, in a word or two; the file itself says the rest."""
    if row.letter_template:
        return "Buat surat"
    return "Catat" if row.event_code else "Lihat"


def target_of(row: DueRow) -> dict[str, object]:
    """Return where the action leads: the file, with the letter or the event begun there."""
    target: dict[str, object] = {"declaration_id": row.declaration_id}
    if row.letter_template:
        target["letter"] = row.letter_template
    elif row.event_code:
        target["event"] = row.event_code
    return target


def columns(today: Callable[[], date]) -> list[Column]:
    """Return the columns of the list."""
    return [
        Column(
            "due",
            "Tenggat",
            chip=lambda row: due_chip(row.due, today()),
            secondary=_day,
            width=140,
        ),
        Column("what", "Kewajiban", text=lambda row: row.text, secondary=_about, width=300, accessible=_spoken),
        Column("who", "Ditunggu dari", text=lambda row: row.owed_by, secondary=_to, width=168, least=116),
        Column(_ACTION, "Tindakan", chip=lambda row: Chip(short_action(row), "coming", ""), width=116),
    ]


def _about(row: DueRow) -> str:
    return f"{row.name} · {row.office_name}"


def _day(row: DueRow) -> str:
    return "perlu diperiksa" if row.doubtful else wording.short_date(row.due)


def _spoken(row: DueRow) -> str:
    return f"{row.text}, {_about(row)}{', perlu diperiksa' if row.doubtful else ''}"


def _to(row: DueRow) -> str:
    return f"kepada {row.owed_to}"


class WorkList(Panel):
    """The most urgent duties over all open files. `opened(DueRow, bool)`: a row, and whether its action was asked for.

    `more_wanted(int)` asks for so many rows instead.
    """

    opened = Signal(object, bool)
    more_wanted = Signal(int)

    def __init__(self, settings_file: Path, today: Callable[[], date], *, may_open: bool, may_act: bool) -> None:
        super().__init__("Siapa harus melakukan apa", padding=0)
        self._first_new: int | None = None
        shown = columns(today)
        self.model = RowsModel(shown if may_act else shown[:-1])
        self.table = RecordTable(self.model, name="home_work", settings_file=settings_file)
        self._calm = True
        self.table.set_empty_state(*_CALM)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._foot())
        if may_open:
            self.table.setCursor(Qt.CursorShape.PointingHandCursor)
            self.table.clicked.connect(self._on_clicked)
            self.table.row_activated.connect(lambda place: self._open(place, act=may_act))

    def _foot(self) -> QWidget:
        """Return the line below the table: what is left out, and the way to it."""
        self.foot = QWidget()
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(16, 6, 16, 10)
        self.note = label("", role="hint")
        self.more_button = button("", "link", on_click=self._ask_more)
        row.addWidget(self.note, 1)
        row.addWidget(self.more_button)
        return self.foot

    def show_due(self, due: DueSummary) -> None:
        """Show these lines, the most urgent first, and say what is left out; with more lines, go to the first new one."""
        first_new, self._first_new = self._first_new, None
        self.model.set_rows(due.rows)
        if first_new is not None and self.table.select_id(first_new):
            self.table.setFocus()
        every = due.overdue + due.due_today + due.this_week
        self._say_why_empty(calm=not every)
        parts = []
        if due.hidden:
            parts.append(f"{wording.number(due.hidden)} berkas rahasia tidak ditampilkan namanya.")
        if every > len(due.rows):
            parts.append(f"Tampil {wording.number(len(due.rows))} dari {wording.number(every)} kewajiban.")
        self.note.setText(" ".join(parts))
        self.more_button.setText(f"&Tampilkan {wording.number(min(SHOWN_ROWS, every - len(due.rows)))} berikutnya")
        self.more_button.setVisible(0 < len(due.rows) < every and len(due.rows) % SHOWN_ROWS == 0)
        self.foot.setVisible(bool(parts))

    def _say_why_empty(self, *, calm: bool) -> None:
        """An empty table means that all is done, or that what is open may not be shown to this user."""
        if calm is not self._calm:
            self._calm = calm
            self.table.set_empty_state(*_CALM if calm else _HIDDEN)

    def _ask_more(self) -> None:
        self._first_new = self.model.rowCount()
        self.more_wanted.emit(self._first_new + SHOWN_ROWS)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._open(index.row(), act=self.model.columns[index.column()].key == _ACTION)

    def _open(self, place: Any, *, act: bool) -> None:
        row = self.model.row_at(place)
        if row is not None:
            self.opened.emit(row, act)


class BlockerList(Panel):
    """Who holds files up, the worst first. `chosen(str)` names one of them."""

    chosen = Signal(str)
    MOST = 6

    def __init__(self, settings_file: Path, *, may_open: bool) -> None:
        super().__init__("Yang ditunggu", padding=0)
        who = Column("who", "Pihak", text=lambda row: row.owed_by, secondary=_counts, width=200)
        late = Column(
            "late", "Lewat", chip=lambda row: Chip(str(row.overdue), "late") if row.overdue else None, width=76
        )
        self.model = RowsModel([who, late])
        self.table = RecordTable(self.model, name="home_blockers", settings_file=settings_file)
        self.table.set_empty_state("check-circle", "Tidak ada", "Tidak ada yang menahan berkas.")
        self.body.addWidget(self.table)
        if may_open:
            self.table.setCursor(Qt.CursorShape.PointingHandCursor)
            self.table.clicked.connect(lambda index: self._choose(index.row()))
            self.table.row_activated.connect(self._choose)

    def show_blockers(self, blockers: tuple[Blocker, ...]) -> None:
        """Show these parties."""
        self.model.set_rows(blockers[: self.MOST])
        rows = max(1, min(len(blockers), self.MOST))
        header = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(header + max(rows * self.table.verticalHeader().defaultSectionSize(), 110) + 2)

    def _choose(self, place: Any) -> None:
        row = self.model.row_at(place)
        if row is not None:
            self.chosen.emit(row.owed_by)


def _counts(row: Blocker) -> str:
    parts = ((row.overdue, "lewat"), (row.due_today, "hari ini"), (row.this_week, "minggu ini"))
    return " · ".join(f"{wording.number(count)} {words}" for count, words in parts if count)

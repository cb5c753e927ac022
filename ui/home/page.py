"""Beranda: who owes what to whom by when, and how far the running circulars are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from asn_desk import wording
from asn_desk.accounts.rights import allowed
from asn_desk.accounts.terms import Action
from asn_desk.candidacy import queries as candidacy
from asn_desk.candidacy.home import SHOWN_ROWS
from asn_desk.candidacy.rows import DueRow, DueSummary
from asn_desk.candidacy.terms import DueWithin
from asn_desk.circulars import queries as circulars
from asn_desk.circulars.queries import CircularRow, UnitProgress
from asn_desk.employees import queries as employees
from asn_desk.topics import Topic
from ui.home.orders import agenda_dialog, show_press_report, weekly_dialog
from ui.home.work_list import BlockerList, WorkList, target_of
from ui.shared.page import Page, PageContext
from ui.shared.panels import Banner, Panel
from ui.shared.rights import only_with
from ui.shared.unit_progress import UnitProgressList
from ui.shared.widgets import EmptyState, StatCard, button

_NOON, _EVENING, _NIGHT = 11, 15, 18


@dataclass(frozen=True)
class HomeFacts:
    """All that Beranda shows, read in one go."""

    people: int
    files: int
    due: DueSummary
    circular: CircularRow | None
    units: tuple[UnitProgress, ...]


def read_facts(session: Any, today: date, rows: int = SHOWN_ROWS) -> HomeFacts:
    """Return what Beranda shows, at most so many duties; the running circular is the one due first."""
    running = circulars.running(session) if allowed(session, Action.SEE_CIRCULARS) else ()
    current = running[0] if running else None
    units = circulars.progress_by_unit(session, current.version_id) if current else ()
    return HomeFacts(
        people=employees.counts(session).active,
        files=candidacy.open_count(session),
        due=candidacy.obligations_due(session, today, limit=rows),
        circular=current,
        units=tuple(units),
    )


def greeting(hour: int) -> str:
    """Return the greeting for an hour of the day, as offices in Indonesia use it."""
    if hour < _NOON:
        return "Selamat pagi"
    if hour < _EVENING:
        return "Selamat siang"
    return "Selamat sore" if hour < _NIGHT else "Selamat malam"


class HomePage(Page):
    """The first page: what is urgent at the left, the circular's progress at the right."""

    title = "Beranda"
    topics = frozenset({Topic.CANDIDACY, Topic.CIRCULARS, Topic.EMPLOYEES, Topic.LETTERS})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._rows = SHOWN_ROWS
        self._build()
        self._connect()

    def _build(self) -> None:
        if self.context.may(Action.EXPORT):
            self.header.add_action("&Cetak daftar minggu", "printer", lambda: weekly_dialog(self.context, self).open())
            self.header.add_action("&Ekspor kalender", "calendar", lambda: agenda_dialog(self.context, self).open())
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(self._left(), 7)
        row.addWidget(self._right(), 3)
        self.content = QWidget()
        self.content.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        importing = ("Impor pegawai", self._start_import) if self.context.may(Action.IMPORT_EMPLOYEES) else ()
        self.empty = EmptyState("people", "Belum ada pegawai", "Mulai dengan mengimpor ekspor SIASN.", *importing)
        self.doubt = Banner("", "near")
        self.content.hide()
        self.empty.hide()
        self.doubt.hide()
        self.body.addWidget(self.doubt)
        self.body.addWidget(self.content, 1)
        self.body.addWidget(self.empty, 1)

    def _left(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self.files = StatCard("Pencalonan aktif")
        self.overdue = StatCard("Lewat tenggat")
        self.week = StatCard("Tenggat minggu ini")
        self.signed = StatCard("Tanda terima edaran")
        cards = QHBoxLayout()
        cards.setSpacing(12)
        for card in (self.files, self.overdue, self.week, self.signed):
            cards.addWidget(card, 1)
        may_act = self._may_open() and self.context.may(Action.EDIT_CANDIDACY)
        self.work = WorkList(self.context.settings_file, self.context.today, may_open=self._may_open(), may_act=may_act)
        if self.context.may(Action.SEE_COUNTS):
            told = button("&Ringkasan untuk pers", "link", on_click=lambda: show_press_report(self.context, self))
            self.work.add_title_widget(told)
        column.addLayout(cards)
        column.addWidget(self.work, 1)
        return holder

    def _right(self) -> QWidget:
        self.circular = Panel("Edaran", padding=0)
        self.units = UnitProgressList(choosable=True)
        self.no_circular = EmptyState(
            "megaphone", "Belum ada edaran", "Terbitkan surat edaran netralitas.", "Buka Edaran", self._open_circulars
        )
        self.circular.body.addWidget(self.units, 1)
        self.circular.body.addWidget(self.no_circular, 1)
        self.blockers = BlockerList(self.context.settings_file, may_open=self._may_open())
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.blockers)
        column.addWidget(self.circular, 1)
        if not only_with(self.context.may, Action.SEE_CIRCULARS, self.circular, self.signed):
            column.addStretch(1)
        return holder

    def _may_open(self) -> bool:
        return self.context.may(Action.SEE_CANDIDACY)

    def _connect(self) -> None:
        if self._may_open():
            self._link(self.files, None)
            self._link(self.overdue, {"due": DueWithin.LATE})
            self._link(self.week, {"due": DueWithin.WEEK})
        if self.context.may(Action.SEE_CIRCULARS):
            self.signed.set_clickable()
            self.signed.clicked.connect(self._open_circulars)
        self.work.opened.connect(self._open_duty)
        self.work.more_wanted.connect(self._show_more)
        self.blockers.chosen.connect(lambda who: self.context.navigate("candidacy", {"owed_by": who}))
        self.units.chosen.connect(lambda _opd_id: self._open_circulars())

    def _link(self, card: StatCard, target: object) -> None:
        card.set_clickable()
        card.clicked.connect(lambda: self.context.navigate("candidacy", target))

    def _open_duty(self, row: DueRow, act: bool) -> None:
        self.context.navigate("candidacy", target_of(row) if act else {"declaration_id": row.declaration_id})

    def reload(self) -> None:
        """Read everything anew."""
        today, rows = self.context.today(), self._rows
        self.header.set_title(self._greeting())
        self.bridge.read(self, lambda session: read_facts(session, today, rows), self._show)
        desk = self.context.desk_info()
        if desk is not None:
            self.bridge.task(self, lambda _progress: desk.clock_doubt(), self._show_doubt)

    def _show_more(self, rows: int) -> None:
        self._rows = rows
        self.reload()

    def _show_doubt(self, sentence: str | None) -> None:
        self.doubt.set_text(sentence or "")
        self.doubt.setVisible(bool(sentence))

    def _greeting(self) -> str:
        from datetime import datetime

        first = self.context.user().split(" ")[0]
        words = greeting(datetime.now().astimezone().hour)
        return f"{words}, {first}" if first else words

    def _show(self, facts: HomeFacts) -> None:
        nothing = not facts.people and not facts.files
        self.empty.setVisible(nothing)
        self.content.setVisible(not nothing)
        self._show_cards(facts)
        self.work.show_due(facts.due)
        self.blockers.show_blockers(facts.due.blockers)
        self._show_circular(facts)

    def _show_cards(self, facts: HomeFacts) -> None:
        due, today = facts.due, self.context.today()
        self.files.set(wording.number(facts.files), f"dari {wording.number(facts.people)} pegawai")
        late = [row.due for row in due.rows if row.due < today]
        none_late = "" if due.overdue else "tidak ada"
        oldest = f"tertua {wording.number((today - min(late)).days)} hari" if late else none_late
        self.overdue.set(wording.number(due.overdue), oldest, "late" if due.overdue else "")
        coming = [row.due for row in due.rows if row.due >= today]
        none_coming = "" if due.due_today + due.this_week else "tidak ada"
        soonest = f"berikutnya {wording.long_date(min(coming))}" if coming else none_coming
        self.week.set(wording.number(due.due_today + due.this_week), soonest)
        tally = facts.circular.tally if facts.circular else None
        share = f"{round(100 * tally.signed / tally.total)} %" if tally and tally.total else "belum ada edaran"
        self.signed.set(f"{wording.number(tally.signed)} / {wording.number(tally.total)}" if tally else "–", share)

    def _show_circular(self, facts: HomeFacts) -> None:
        row = facts.circular
        self.circular.set_title(f"Edaran Nomor {row.number}" if row and row.number else "Edaran")
        self.units.setVisible(row is not None)
        self.no_circular.setVisible(row is None)
        if row is not None:
            self.units.set_units(facts.units, overdue=row.overdue)

    def _start_import(self) -> None:
        self.context.navigate("employees", {"import": True})

    def _open_circulars(self) -> None:
        self.context.navigate("circulars", None)

"""One circular: what it is, how far it is, and its three views: per OPD, the people, the marks."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from asn_desk.circulars import queries, service
from asn_desk.circulars.queries import CircularRow, UnitProgress
from asn_desk.wording import long_date, number
from ui.circulars.history import HistoryView
from ui.circulars.missing import export_missing
from ui.circulars.people import PeopleView
from ui.circulars.slips import SlipsDialog
from ui.shared.page import PageContext
from ui.shared.theme.icons import icon
from ui.shared.unit_progress import UnitProgressList, tally_kind
from ui.shared.widgets import (
    ActionBar,
    Chip,
    Choice,
    EmptyState,
    FilterChip,
    Panel,
    ProgressRow,
    StatusChip,
    button,
    label,
)

_UNITS, _PEOPLE, _HISTORY = range(3)


class CircularDetail(Panel):
    """The right side of the page Edaran."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(padding=0)
        self._context = context
        self._circular_id: int | None = None
        self._version_id: int | None = None
        self.circular: CircularRow | None = None
        self._build()
        self._connect()
        self._show_content(shown=False)

    def show_circular(self, circular_id: object) -> None:
        """Show another circular, or nothing."""
        if circular_id != self._circular_id:
            self._circular_id = circular_id if isinstance(circular_id, int) else None
            self._version_id = None
        self.reload()

    def reload(self) -> None:
        """Read what is shown again."""
        if self._circular_id is None:
            self.circular = None
            self._show_content(shown=False)
            return
        wanted, version_id = self._circular_id, self._version_id
        self._context.bridge.read(self, lambda session: _read(session, wanted, version_id), self._fill)

    def focus_people(self) -> None:
        """Bring the keyboard to the people."""
        self.tabs.setCurrentIndex(_PEOPLE)
        self.people.table.setFocus()

    def _build(self) -> None:
        self.content = QWidget()
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("Bagian edaran")
        for name in ("Per OPD", "Penerima", "Riwayat catatan"):
            self.tabs.addTab(name)
        tab_row = QHBoxLayout()
        tab_row.setContentsMargins(16, 0, 16, 0)
        tab_row.addWidget(self.tabs)
        tab_row.addStretch(1)
        column.addLayout(tab_row)
        self.units = UnitProgressList(choosable=True)
        self.people = PeopleView(self._context)
        self.history = HistoryView(self._context)
        self.stack = QStackedWidget()
        for view in (self.units, self.people, self.history):
            self.stack.addWidget(view)
        column.addWidget(self.stack, 1)
        self.empty = EmptyState("megaphone", "Pilih edaran", "Kemajuan dan penerimanya tampil di sini.")
        self.body.addWidget(self.content)
        self.body.addWidget(self.empty)

    def _head(self) -> QWidget:
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(16, 14, 16, 10)
        column.setSpacing(6)
        top = QHBoxLayout()
        top.setSpacing(10)
        self.subject = label("", role="name")
        self.chip = StatusChip(Chip(""))
        top.addWidget(self.subject, 1)
        top.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        facts = QHBoxLayout()
        facts.setSpacing(8)
        self.facts = label("", role="secondary")
        self.versions = FilterChip("Versi", [Choice(None, "1")])
        facts.addWidget(self.facts, 1)
        facts.addWidget(self.versions)
        column.addLayout(facts)
        self.total = ProgressRow()
        column.addWidget(self.total)
        column.addWidget(self._actions())
        return head

    def _actions(self) -> QWidget:
        self.slips_button = button("&Cetak lembar…", "", "printer", self._print_slips)
        self.missing_button = button("Daftar &belum…", "", "excel", self._export_missing)
        self.scan_button = button("&Pindai", "", "scan", self._scan)
        self.more_button = button("", "quiet", "more", self._open_menu)
        self.more_button.setToolTip("Lainnya: surat edarannya, tutup pengumpulan")
        self.more_button.setAccessibleName("Lainnya")
        return ActionBar(self.slips_button, self.missing_button, self.scan_button, trailing=[self.more_button])

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._show_tab)
        self.units.chosen.connect(self._on_unit_chosen)
        self.versions.chosen.connect(self._on_version_chosen)

    def _fill(self, found: tuple[CircularRow, list[CircularRow], list[UnitProgress]]) -> None:
        circular, versions, units = found
        if circular.id != self._circular_id:
            return
        self.circular = circular
        self._version_id = circular.version_id
        self._show_content(shown=True)
        self._fill_head(circular, versions)
        self.units.set_units(units, overdue=circular.overdue)
        self.people.show_version(circular, units)
        self.history.show_version(circular)
        self.tabs.setTabText(_UNITS, f"Per OPD ({number(len(units))})")
        self.tabs.setTabText(_PEOPLE, f"Penerima ({number(circular.tally.total)})")

    def _fill_head(self, circular: CircularRow, versions: list[CircularRow]) -> None:
        tally = circular.tally
        self.subject.setText(circular.subject)
        self.chip.set_chip(circular_chip(circular))
        self.facts.setText(" · ".join(_facts(circular)))
        self.total.set(
            f"{tally.percent} % sudah menandatangani",
            tally.signed,
            tally.total,
            tally_kind(tally, overdue=circular.overdue),
        )
        self.versions.set_choices([Choice(row.version_id, str(row.ordinal)) for row in versions])
        self.versions.set_value(circular.version_id)
        self.versions.setVisible(len(versions) > 1)
        self.missing_button.setEnabled(tally.missing > 0)
        self.scan_button.setEnabled(circular.closed_on is None)

    def _show_content(self, *, shown: bool) -> None:
        self.content.setVisible(shown)
        self.empty.setVisible(not shown)

    def _show_tab(self, place: int) -> None:
        self.stack.setCurrentIndex(place)

    def _on_unit_chosen(self, opd_id: object) -> None:
        self.people.filter_by_opd(opd_id if isinstance(opd_id, int) else None)
        self.focus_people()

    def _on_version_chosen(self, version_id: object) -> None:
        self._version_id = version_id if isinstance(version_id, int) else None
        self.reload()

    def _print_slips(self) -> None:
        if self.circular is not None:
            SlipsDialog(self._context, self.circular, self.units.units, self).open()

    def _export_missing(self) -> None:
        if self.circular is not None:
            export_missing(self, self._context, self.circular, self.people.opd_filter())

    def _scan(self) -> None:
        if self.circular is not None:
            self._context.navigate("scan", self.circular.version_id)

    def _open_menu(self) -> None:
        circular = self.circular
        if circular is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("document"), "Buka surat edarannya", partial(self._open_letter, circular.letter_id))
        menu.addSeparator()
        closing = circular.closed_on is None
        text = "Tutup pengumpulan" if closing else "Buka kembali pengumpulan"
        menu.addAction(icon("lock" if closing else "refresh"), text, self._toggle_closed)
        menu.popup(self.more_button.mapToGlobal(QPoint(0, self.more_button.height() + 2)))

    def _open_letter(self, letter_id: int) -> None:
        self._context.navigate("letters", {"letter_id": letter_id})

    def _toggle_closed(self) -> None:
        circular = self.circular
        if circular is None:
            return
        verb = service.close if circular.closed_on is None else service.reopen
        told = "Pengumpulan ditutup." if circular.closed_on is None else "Pengumpulan dibuka kembali."
        self._context.bridge.write(
            self,
            lambda session: verb(session, circular.id, circular.version),
            lambda _outcome: self._context.toast(told, None),
        )


def circular_chip(circular: CircularRow) -> Chip:
    """Return where a circular stands."""
    if circular.closed_on is not None:
        return Chip(f"Ditutup {long_date(circular.closed_on)}", "neutral", "lock")
    if circular.overdue:
        return Chip("Lewat batas", "late")
    return Chip("Lengkap", "done") if circular.tally.missing == 0 else Chip("Berjalan", "coming")


def _facts(circular: CircularRow) -> list[str]:
    due = [f"kembali paling lambat {long_date(circular.due_on)}"] if circular.due_on else []
    tally = circular.tally
    others = [
        f"{number(count)} {word}"
        for count, word in ((tally.refused, "menolak"), (tally.unreachable, "tidak ditemui"))
        if count
    ]
    published = f"terbit {long_date(circular.published_on)} oleh {circular.published_by}"
    return [f"Nomor {circular.number}", published, *due, *others]


def _read(
    session: Any, circular_id: int, version_id: int | None
) -> tuple[CircularRow, list[CircularRow], list[UnitProgress]]:
    versions = queries.versions(session, circular_id) or [queries.circular_detail(session, circular_id)]
    chosen = next((row for row in versions if row.version_id == version_id), versions[0])
    return chosen, versions, queries.progress_by_unit(session, chosen.version_id)

"""Step 3 of the import: what would happen, in figures and lists, before anything is stored."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QProgressBar, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from asn_desk.wording import number
from ui.employees.import_fix import FixLine
from ui.employees.import_lists import LISTS, PlanLists
from ui.shared.panels import Panel
from ui.shared.progress import ProgressState
from ui.shared.progress_dialog import progress_text
from ui.shared.tables.record_model import ROW_ROLE
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.widgets import Banner, StatCard, button, label

_CARDS = {
    "new": ("Baru", "done"), "changed": ("Berubah", ""), "same": ("Tetap", ""), "missing": ("Tidak ada lagi", "near"),
    "refused": ("Ditolak", "late"), "warnings": ("Peringatan", "near"), "units": ("Unit kerja", ""),
}  # fmt: skip
_NOTES = {
    "new": "akan ditambahkan", "changed": "akan diperbarui", "same": "sudah sama", "missing": "perlu dicek",
    "refused": "tidak diimpor", "warnings": "tetap diimpor", "units": "baru/berubah",
}  # fmt: skip
_NOTHING = "Tidak ada yang berubah: semua pegawai dalam berkas ini sudah tercatat sama persis."
_NOTHING_REFUSED = (
    "Tidak ada yang dapat diimpor: baris yang diterima sudah tercatat sama persis; yang ditolak tercantum di bawah ini."
)
_FULL = "Berkas ini memuat seluruh &pegawai"
_FULL_HELP = "Pegawai aktif yang tidak ada di dalamnya ditandai “Perlu dicek”; tidak ada yang dihapus."


class WorkingView(QWidget):
    """A bar and a sentence while the plan is being made or stored."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(80, 0, 80, 0)
        column.setSpacing(10)
        column.addStretch(1)
        self.title = label("", role="section", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.text = label("", role="secondary", wrap=True)
        for part in (self.title, self.bar, self.text):
            column.addWidget(part)
        column.addStretch(2)

    def begin(self, title: str) -> None:
        """Say what is being done."""
        self.title.setText(title)
        self.text.setText("Menyiapkan…")
        self.bar.setMaximum(0)

    def report(self, state: ProgressState) -> None:
        """Show how far the work is and how long it will take."""
        self.bar.setMaximum(max(state.total, 0))
        self.bar.setValue(state.done)
        self.text.setText(progress_text(state))


class ReviewStep(QWidget):
    """The plan. `full_changed` asks for a new one; `save_refused` for the workbook of refused rows."""

    full_changed = Signal()
    save_refused = Signal()

    def __init__(self, settings_file: Path) -> None:
        super().__init__()
        self._settings_file = settings_file
        self.lists: PlanLists | None = None
        self.cards: dict[str, StatCard] = {}
        self.tables: dict[str, RecordTable] = {}
        self._pages: dict[str, QWidget] = {}
        self._build()

    @property
    def full(self) -> bool:
        """Return whether the files are said to hold everybody."""
        return self.full_box.isChecked()

    def begin(self) -> None:
        """Show that the plan is being made."""
        self.lists = None
        self.working.begin("Membandingkan berkas dengan data pegawai")
        self._stack.setCurrentWidget(self.working)

    def show_plan(self, lists: PlanLists, fixed: int = 0) -> None:
        """Show a plan: figures first, and the list that most wants attention; `fixed` cells were corrected for it."""
        self.lists = lists
        for key, card in self.cards.items():
            count = lists.count(key)
            card.set(number(count), _NOTES[key], _CARDS[key][1] if count else "")
        for place, key in enumerate(LISTS):
            self.tabs.setTabText(place, f"{LISTS[key][0]} ({number(lists.count(key))})")
        self.tabs.setTabVisible(list(LISTS).index("posts"), lists.count("posts") > 0)
        one_more = fixed > self.fix.count
        self.fix.show_count(fixed)
        nothing = lists.plan.nothing_to_do
        self.nothing.set_text(_NOTHING_REFUSED if lists.plan.refused else _NOTHING)
        self.nothing.setVisible(nothing)
        self.refused_button.setEnabled(bool(lists.plan.refused))
        self._clear_tables()
        self.show_list(
            next(
                (
                    key
                    for key in ("refused", "changed", "new", "missing", "units", "posts", "warnings")
                    if lists.count(key)
                ),
                "new",
            )
        )
        self._stack.setCurrentWidget(self.content)
        if one_more:
            self.fix.begin()

    def show_list(self, key: str) -> None:
        """Bring a list to the front."""
        place = list(LISTS).index(key)
        self.tabs.setCurrentIndex(place)
        self._on_tab(place)

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget()
        self.working = WorkingView()
        self.content = QWidget()
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._build_cards())
        self.nothing = Banner(_NOTHING, "done")
        self.nothing.hide()
        column.addWidget(self.nothing)
        column.addWidget(self._build_lists(), 1)
        column.addLayout(self._build_foot())
        for view in (self.working, self.content):
            self._stack.addWidget(view)
        outer.addWidget(self._stack)

    def _build_cards(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for key, (caption, _kind) in _CARDS.items():
            card = self.cards[key] = StatCard(caption)
            _tighten(card)
            if key in LISTS:
                card.set_clickable()
                card.clicked.connect(lambda key=key: self.show_list(key))
            row.addWidget(card, 1)
        return row

    def _build_lists(self) -> Panel:
        panel = Panel(padding=0)
        panel.body.setSpacing(0)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("Daftar rencana impor")
        self._list_stack = QStackedWidget()
        for key, (title, _nothing, _columns) in LISTS.items():
            self.tabs.addTab(title)
            page = self._pages[key] = QWidget()
            QVBoxLayout(page).setContentsMargins(0, 0, 0, 0)
            self._list_stack.addWidget(page)
        row = QHBoxLayout()
        row.setContentsMargins(14, 2, 14, 0)
        row.addWidget(self.tabs, 1)
        panel.body.addLayout(row)
        panel.body.addWidget(self._list_stack, 1)
        self.note = label("", role="secondary", selectable=True)
        self.note.setContentsMargins(14, 8, 14, 10)
        panel.body.addWidget(self.note)
        self.fix = FixLine()
        panel.body.addWidget(self.fix)
        self.tabs.currentChanged.connect(self._on_tab)
        return panel

    def _build_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(1)
        self.full_box = QCheckBox(_FULL)
        words.addWidget(self.full_box)
        words.addWidget(label(_FULL_HELP, role="hint"))
        row.addLayout(words, 1)
        self.refused_button = button("&Simpan daftar ditolak…", "", "excel", self.save_refused.emit)
        row.addWidget(self.refused_button)
        self.full_box.toggled.connect(lambda _on: self.full_changed.emit())
        return row

    def _clear_tables(self) -> None:
        for table in self.tables.values():
            table.hide()
            table.deleteLater()
        self.tables.clear()

    def _on_tab(self, place: int) -> None:
        """Show a list; its table is made on the first visit."""
        key = list(LISTS)[place]
        self._list_stack.setCurrentIndex(place)
        if self.lists is not None and key not in self.tables:
            self._make_table(key, self.lists)
        self._show_note(key)

    def _make_table(self, key: str, lists: PlanLists) -> None:
        _title, nothing, columns = LISTS[key]
        model = RowsModel(columns, lists.lists[key])
        table = self.tables[key] = RecordTable(model, name=f"import-{key}", settings_file=self._settings_file)
        model.setParent(table)
        table.set_empty_state("check-circle", nothing, "")
        layout = self._pages[key].layout()
        assert layout is not None
        layout.addWidget(table)
        table.current_changed.connect(lambda _id: self._show_note(key))
        table.row_activated.connect(lambda _id: self.fix.begin())
        table.select_first()

    def _show_note(self, key: str) -> None:
        """Show the whole text of the current row, which the list cuts where it is long."""
        table = self.tables.get(key)
        index = table.currentIndex() if table is not None else None
        row = index.data(ROW_ROLE) if index is not None and index.isValid() else None
        self.note.setText(getattr(row, "note", ""))
        self.note.setVisible(bool(self.note.text()))
        self.fix.offer(row if getattr(row, "fixable", False) else None)


def _tighten(card: StatCard) -> None:
    """Take some of the card's margin, so that seven stand side by side."""
    layout = card.layout()
    assert layout is not None
    layout.setContentsMargins(12, 9, 8, 9)

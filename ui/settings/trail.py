"""Pengaturan, Jejak perubahan: who did what to which record, and when; filtered, and exported for an inspector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from asn_desk.accounts import trail
from asn_desk.accounts.terms import Action
from asn_desk.accounts.trail import TrailFilter, TrailRow, change_words
from asn_desk.accounts.trail_words import TABLE_WORDS, subject_of
from asn_desk.employees.queries import EmployeeFilter, employee_ids, employee_rows
from asn_desk.wording import clock_time, number, short_date
from ui.shared.basics import button, label
from ui.shared.date_field import DateField
from ui.shared.documents.save_files import ask_save
from ui.shared.filters import Choice, FilterChip, SearchField
from ui.shared.page import PageContext
from ui.shared.panels import Panel, Toolbar
from ui.shared.person_picker import PersonHit, PersonPicker, person_search
from ui.shared.tables.columns import DATE_ROOM, Column
from ui.shared.tables.paged_model import PagedTableModel
from ui.shared.tables.table_view import RecordTable

_MOST_HITS = 8
EVERYBODY = Choice("", "semua")
TABLES = (EVERYBODY, *(Choice(table, words) for table, words in sorted(TABLE_WORDS.items(), key=lambda pair: pair[1])))
VERBS = (
    EVERYBODY,
    Choice("viewed", "dilihat"),
    Choice("changed", "diubah"),
    Choice("deleted", "dihapus"),
    Choice("signed_in", "masuk"),
    Choice("sign_in_failed", "gagal masuk"),
    Choice("done_alone", "oleh satu orang"),
)


def _when(row: TrailRow) -> str:
    return short_date(row.at.astimezone().date())


COLUMNS = [
    Column(
        "at",
        "Waktu",
        text=_when,
        secondary=lambda row: f"pukul {clock_time(row.at.astimezone())}",
        width=120,
        least=DATE_ROOM,
    ),
    Column("user", "Pengguna", text=lambda row: row.user, width=140),
    Column(
        "what", "Yang terjadi", text=lambda row: row.what, secondary=lambda row: f"catatan {number(row.id)}", width=230
    ),
    Column("changes", "Perubahan", text=lambda row: "; ".join(map(change_words, row.changes)), width=300),
]


@dataclass(frozen=True)
class TrailSource:
    """The entries of a filter, for the paged table."""

    wanted: TrailFilter

    def ids(self, session: Any) -> Sequence[int]:
        """Return the entries' numbers in order."""
        return trail.trail_ids(session, self.wanted)

    def rows(self, session: Any, ids: Sequence[int]) -> Sequence[TrailRow]:
        """Return the entries."""
        return trail.trail_rows(session, ids)


def _people(session: Any, text: str) -> list[PersonHit]:
    ids = employee_ids(session, EmployeeFilter(text=text))[:_MOST_HITS]
    return [PersonHit(row.id, row.name, row.number) for row in employee_rows(session, ids)]


class TrailSection(Panel):
    """The trail as a table, newest first."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Jejak perubahan", padding=0)
        self.context = context
        self._build()
        self._connect()

    def _build(self) -> None:
        self.search = SearchField("Catatan, misalnya Surat 12")
        self.person = PersonPicker(person_search(self.context.bridge, self, _people))
        self.person.setPlaceholderText("Pegawai: nama atau NIP")
        self.person.setAccessibleName("Pegawai")
        self.person.setFixedWidth(220)
        self.person.setVisible(self.context.may(Action.SEE_EMPLOYEES))
        self.user = FilterChip("Pengguna", [EVERYBODY])
        self.table_filter = FilterChip("Tentang", list(TABLES))
        self.verb = FilterChip("Kejadian", list(VERBS))
        self.day = DateField()
        self.day.setPlaceholderText("Hari: 220924")
        self.day.setFixedWidth(150)
        self.day.setAccessibleName("Hari")
        self.count = label("", role="secondary", wrap=False)
        self.export_button = button("&Simpan ke Excel", "", "excel", self._export)
        self.add_title_widget(self.export_button)
        self.model = PagedTableModel(self.context.bridge, TrailSource(TrailFilter()), COLUMNS, parent=self)
        self.table = RecordTable(self.model, name="trail", settings_file=self.context.settings_file)
        self.table.set_empty_state("history", "Tidak ada catatan", "Ubah saringan di atas untuk melihat catatan lain.")
        self.body.addWidget(
            Toolbar(self.search, self.person, self.day, self.user, self.table_filter, self.verb, trailing=[self.count])
        )
        self.body.addWidget(self.table, 1)

    def _connect(self) -> None:
        self.search.search_changed.connect(lambda _text: self._apply())
        for chip in (self.user, self.table_filter, self.verb):
            chip.chosen.connect(lambda _value: self._apply())
        self.day.value_changed.connect(self._apply)
        self.person.value_changed.connect(self._apply)
        self.model.loaded.connect(lambda count: self.count.setText(f"{number(count)} catatan"))

    def reload(self) -> None:
        """Read the entries and the names anew."""
        self.model.refresh()
        self.context.bridge.read(self, trail.trail_users, self._offer_users)

    def _offer_users(self, names: list[str]) -> None:
        chosen = self.user.value()
        self.user.set_choices([EVERYBODY, *(Choice(name, name) for name in names)])
        self.user.set_value(chosen)

    def wanted(self) -> TrailFilter:
        """Return the filter as the clerk set it; a record named exactly goes before the kind of record."""
        day = self.day.value() if self.day.is_valid() else None
        typed = subject_of(self.search.text())
        base = TrailFilter(
            str(self.user.value() or ""), typed or str(self.table_filter.value() or ""), first=day, last=day
        )
        return replace(base, action=str(self.verb.value() or ""), employee_id=self.person.value())

    def _apply(self) -> None:
        self.model.set_source(TrailSource(self.wanted()))

    def _export(self) -> None:
        name = f"Jejak perubahan {self.context.today().isoformat()}.xlsx"
        ask_save(self, "Simpan jejak perubahan", name, "Excel (*.xlsx)", self._write)

    def _write(self, target: Path) -> None:
        wanted = self.wanted()
        self.context.bridge.write(
            self,
            lambda session: trail.trail_xlsx(session, wanted, target),
            lambda outcome: self.context.toast(f"{number(outcome.value)} catatan disimpan.", None),
        )

"""The page Pegawai: everybody in the office at the left, the chosen person at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from asn_desk.accounts.terms import Action
from asn_desk.employees import queries
from asn_desk.employees.grades import GRADES, GROUPS
from asn_desk.employees.queries import EmployeeFilter, EmployeeRow, Sort
from asn_desk.employees.saved_filters import LoadedFilter
from asn_desk.employees.words import KIND_WORDS, STATE_WORDS
from asn_desk.topics import Topic
from asn_desk.wording import number
from ui.employees.detail import EmployeeDetailPanel
from ui.employees.export_list import export_list
from ui.employees.import_list import ImportListDialog
from ui.employees.import_wizard import ImportWizard
from ui.employees.listing import COLUMNS, EmployeeSource
from ui.employees.person_form import add_person, change_person
from ui.employees.saved_filters import SavedFilters
from ui.shared.page import Page, PageContext
from ui.shared.rights import only_with
from ui.shared.tables.paged_model import PagedTableModel
from ui.shared.tables.table_view import RecordTable
from ui.shared.widgets import Choice, FilterChip, Panel, SearchField, Toolbar, button, label, split

_ALL = Choice(None, "semua")
_NARROWEST_LIST, _NARROWEST_DETAIL, _UNLIMITED = 590, 304, 16_777_215
_WITHOUT_OPD = "tanpa OPD"
_GROUP = "kelompok "
_EMPTY = ("people", "Belum ada pegawai", "Impor ekspor SIASN (xlsx atau csv), atau tambahkan satu per satu.")
_NOTHING = ("search", "Tidak ada yang cocok", "Periksa ejaannya, atau longgarkan saringannya.")


class EmployeesPage(Page):
    """Lists the office's people and shows one of them beside the list."""

    title = "Pegawai"
    topics = frozenset({Topic.EMPLOYEES, Topic.UNITS})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.filter = EmployeeFilter(guess=True)
        self._wanted: int | None = None
        self.wizard: ImportWizard | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        self.import_button = self.header.set_primary("&Impor pegawai", "upload", self.open_import)
        self.export_button = self.header.add_action("&Ekspor", "excel", self.export)
        self.export_button.setToolTip("Simpan daftar ini ke Excel: kolom, saringan dan urutan yang sedang tampil")
        self.add_button = self.header.add_action("&Tambah", "plus", self.add)
        self.add_button.setToolTip("Tambah seorang pegawai")
        self._build_filters()
        self._build_table()
        panel = Panel(padding=0)
        panel.body.setSpacing(0)
        panel.body.addWidget(self._search_row())
        panel.body.addWidget(Toolbar(self.opd, self.kind, self.grade, self.state, trailing=[self.saved]))
        panel.body.addWidget(self.saved.banner_row)
        panel.body.addWidget(self.table)
        self.detail = EmployeeDetailPanel(self.context)
        parts = split(panel, self.detail, sizes=(748, 352), name="employees", settings_file=self.context.settings_file)
        panel.setMinimumWidth(_NARROWEST_LIST)
        self.detail.setMinimumWidth(_NARROWEST_DETAIL)
        self.body.addWidget(parts)

    def _build_filters(self) -> None:
        self.search = SearchField("Cari nama, NIP, jabatan, atau unit kerja")
        self.search.setMaximumWidth(_UNLIMITED)
        self.opd = FilterChip("OPD", [_ALL])
        self.opd.setMaximumWidth(220)
        self.kind = FilterChip("Jenis", [_ALL, *(Choice(kind, word) for kind, word in KIND_WORDS.items())])
        self.grade = FilterChip("Golongan", [_ALL])
        self.state = FilterChip("Status", [_ALL, *(Choice(state, word.lower()) for state, word in STATE_WORDS.items())])
        self.saved = SavedFilters(self.context, self._filter_words)
        self.count = label("", role="secondary", wrap=False)

    def _search_row(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(14, 10, 16, 0)
        row.setSpacing(16)
        row.addWidget(self.search, 1)
        row.addWidget(self.count)
        self.imports_button = button("Riwayat impor", "link", on_click=self.open_imports)
        row.addWidget(self.imports_button)
        return holder

    def _build_table(self) -> None:
        self.model = PagedTableModel(self.bridge, EmployeeSource(self.filter), COLUMNS, parent=self)
        self.table = RecordTable(self.model, name="employees", settings_file=self.context.settings_file)
        self.table.set_sort(Sort.NAME, ascending=True)
        self._offer(
            self.table.add_action("Ubah…", self._edit, "pencil"),
            self.table.add_action("Buat surat", self._write_letter, "document"),
            self.table.add_action("Deklarasi baru", self._declare, "flag"),
        )
        self._explain_empty()
        self.table.add_action("Salin NIP", self._copy_numbers, "copy", "Ctrl+Shift+C")

    def _offer(self, edit: QAction, write_letter: QAction, declare: QAction) -> None:
        """Leave to each user what the user may do."""
        may = self.context.may
        self._may_import = only_with(may, Action.IMPORT_EMPLOYEES, self.import_button)
        self._may_edit = only_with(may, Action.EDIT_EMPLOYEES, self.add_button, edit)
        only_with(may, Action.EXPORT, self.export_button)
        only_with(may, Action.ISSUE_LETTERS, write_letter)
        only_with(may, Action.EDIT_CANDIDACY, declare)

    def _connect(self) -> None:
        self.search.search_changed.connect(lambda _text: self._apply_if_different())
        self.saved.loaded.connect(self._use_saved)
        for chip in (self.opd, self.kind, self.grade, self.state):
            chip.chosen.connect(lambda _value: self._apply_filter())
        self.table.sort_requested.connect(self._on_sort)
        self.table.current_changed.connect(self.detail.show_person)
        self.table.row_activated.connect(lambda _id: self._edit())
        self.detail.edit_requested.connect(self._change)
        self.model.loaded.connect(self._on_loaded)

    def reload(self) -> None:
        """Read list, choices and detail again; the chosen person stays chosen."""
        self.bridge.read(self, _read_choices, self._fill_choices)
        self.saved.read()
        self.model.refresh()
        self.detail.reload()

    def activated(self) -> None:
        """Give the keyboard to the search field."""
        self.search.setFocus()

    def open_target(self, target: object) -> None:
        """Show the employee with this id, or begin an import (`{"import": True}`)."""
        if isinstance(target, dict) and target.get("import"):
            if self._may_import:
                self.open_import()
        elif isinstance(target, int) and not self.table.select_id(target):
            self._wanted = target
            self._clear_filters()

    def may_leave(self) -> bool:
        """Keep the window open while an import is being stored; the wizard comes to the front."""
        if self.wizard is None or not self.wizard.is_applying():
            return True
        self.wizard.raise_()
        self.wizard.say("Impor sedang disimpan. Tunggu sampai selesai, atau batalkan dulu.")
        return False

    def open_import(self, files: Sequence[Path] = ()) -> None:
        """Open the import wizard, or bring the open one to the front."""
        if self.wizard is None:
            self.wizard = ImportWizard(self.context, self)
            self.wizard.finished.connect(self._on_wizard_closed)
            self.wizard.start()
        self.wizard.raise_()
        self.wizard.activateWindow()
        self.wizard.files.add(files)

    def open_imports(self) -> None:
        """List the imports that were stored; a whole one can be taken back."""
        ImportListDialog(self.context, self).open()

    def add(self) -> None:
        """Open the form for a person who is in no file."""
        add_person(self.context, self, self._on_saved)

    def export(self) -> None:
        """Save the list as it is shown."""
        keys = [column.key for column in self.table.visible_columns()]
        export_list(self, self.context, self.filter, keys, self._filter_words())

    def _on_wizard_closed(self, _result: int) -> None:
        self.wizard = None

    def _chosen_filter(self) -> EmployeeFilter:
        opd, grade = self.opd.value(), self.grade.value()
        return replace(
            self.filter,
            text=self.search.text().strip(),
            opd_id=opd if isinstance(opd, int) else None,
            without_opd=opd == _WITHOUT_OPD,
            kind=self.kind.value(),
            grade=None if _is_group(grade) else grade,
            group=grade.removeprefix(_GROUP) if _is_group(grade) else None,
            state=self.state.value(),
        )

    def _apply_filter(self) -> None:
        self.filter = self._chosen_filter()
        self.saved.follow(self.filter)
        self.model.set_source(EmployeeSource(self.filter))

    def _apply_if_different(self) -> None:
        if self._chosen_filter() != self.filter:
            self._apply_filter()

    def _use_saved(self, found: LoadedFilter) -> None:
        wanted = found.filter
        self.search.setText(wanted.text)
        self.opd.set_value(_WITHOUT_OPD if wanted.without_opd else wanted.opd_id)
        self.kind.set_value(wanted.kind)
        self.grade.set_value(f"{_GROUP}{wanted.group}" if wanted.group else wanted.grade)
        self.state.set_value(wanted.state)
        self._apply_filter()
        self.bridge.read(self, _read_choices, self._fill_choices)

    def _clear_filters(self) -> None:
        self.search.clear()
        for chip in (self.opd, self.kind, self.grade, self.state):
            chip.set_value(None)
        self._apply_filter()

    def _filter_words(self) -> str:
        text = self.search.text().strip()
        chips = [chip.words() for chip in (self.opd, self.kind, self.grade, self.state) if chip.value() is not None]
        return "; ".join([*([f"mengandung “{text}”"] if text else []), *chips])

    def _explain_empty(self) -> None:
        if self._filter_words():
            self.table.set_empty_state(*_NOTHING, "Hapus saringan", self._clear_filters)
        elif self._may_import:
            self.table.set_empty_state(*_EMPTY, "Impor pegawai", self.open_import)
        else:
            self.table.set_empty_state(*_EMPTY)

    def _on_sort(self, key: str, ascending: bool) -> None:
        self.filter = replace(self.filter, sort=Sort(key), descending=not ascending)
        self._apply_filter()

    def _fill_choices(self, found: tuple[list[tuple[int, str]], list[str], bool]) -> None:
        """Offer what occurs, and what is chosen; a chosen OPD that is gone is let go of, and the list follows."""
        opds, occurring, stray = found
        chosen = self.grade.value()
        rest = [Choice(_WITHOUT_OPD, _WITHOUT_OPD)] if stray or self.opd.value() == _WITHOUT_OPD else []
        self.opd.set_choices([_ALL, *rest, *(Choice(opd_id, name) for opd_id, name in opds)])
        grades = [grade for grade in GRADES if grade in occurring or grade == chosen]
        groups = [one for one in GROUPS if chosen == f"{_GROUP}{one}" or any(g.startswith(f"{one}/") for g in grades)]
        whole = [Choice(f"{_GROUP}{one}", f"semua golongan {one} (PNS)") for one in groups]
        self.grade.set_choices([_ALL, *whole, *(Choice(grade, grade) for grade in grades)])
        self._apply_if_different()

    def _on_loaded(self, count: int) -> None:
        self.count.setText(f"{number(count)} pegawai")
        self.export_button.setEnabled(count > 0)
        if count == 0:
            self._explain_empty()
        if self._wanted is not None and self.table.select_id(self._wanted):
            self._wanted = None
        self.table.select_first()

    def _on_saved(self, employee_id: int) -> None:
        if not self.table.select_id(employee_id):
            self._wanted = employee_id

    def _edit(self) -> None:
        current = self.table.current_id()
        if isinstance(current, int) and self._may_edit:
            self._change(current)

    def _change(self, employee_id: int) -> None:
        change_person(self.context, self, employee_id, self._on_saved)

    def _write_letter(self) -> None:
        self.detail.write_letter()

    def _declare(self) -> None:
        self.detail.declare()

    def _copy_numbers(self) -> None:
        ids = self.table.selected_ids()
        self.bridge.read(self, lambda session: queries.employee_rows(session, ids), self._put_numbers)

    def _put_numbers(self, rows: list[EmployeeRow]) -> None:
        QGuiApplication.clipboard().setText("\n".join(row.number for row in rows))
        self.context.toast("NIP disalin." if len(rows) == 1 else f"{number(len(rows))} NIP disalin.", None)


def _is_group(grade: Any) -> bool:
    return isinstance(grade, str) and grade.startswith(_GROUP)


def _read_choices(session: Any) -> tuple[list[tuple[int, str]], list[str], bool]:
    stray = queries.counts(session).without_opd > 0
    return queries.opd_choices(session), queries.grade_choices(session), stray

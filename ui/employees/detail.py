"""One person beside the list: identity, posts over time, candidacy, letters, acknowledgements, and what can be done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from asn_desk.accounts.terms import Action
from asn_desk.employees import queries, service
from asn_desk.employees.queries import EmployeeDetail
from asn_desk.employees.service import SetState
from asn_desk.employees.terms import EmploymentState
from asn_desk.employees.words import STATE_WORDS
from asn_desk.errors import DeskError
from ui.employees.as_of import AsOfDialog
from ui.employees.facts import PersonFacts, number_line, read_facts
from ui.employees.listing import state_chip
from ui.employees.person_body import PersonActions, PersonBody
from ui.shared.page import PageContext
from ui.shared.panels import ScrollBody
from ui.shared.rights import only_with
from ui.shared.theme.icons import icon
from ui.shared.widgets import Chip, EmptyState, Panel, StatusChip, button, clear_layout, label


class EmployeeDetailPanel(Panel):
    """The right side of the page Pegawai."""

    edit_requested = Signal(int)

    def __init__(self, context: PageContext) -> None:
        super().__init__(padding=0)
        self._context = context
        self._wanted: int | None = None
        self.facts: PersonFacts | None = None
        self._inside = PersonActions(
            partial(self.set_state, EmploymentState.ACTIVE), self.declare, self.write_letter, self.look_back
        )
        self._build()
        self._show_content(shown=False)

    def show_person(self, employee_id: object) -> None:
        """Show another person, or nobody."""
        self._wanted = employee_id if isinstance(employee_id, int) else None
        self.reload()

    def reload(self) -> None:
        """Read the person again."""
        wanted = self._wanted
        if wanted is None:
            self.facts = None
            self._show_content(shown=False)
            return
        today = self._context.today()
        self._context.bridge.read(self, lambda session: read_facts(session, wanted, today), self._fill, self._lost)

    def copy_number(self) -> None:
        """Put the NIP on the clipboard, digits only."""
        if self.facts is not None:
            person = self.facts.person
            QGuiApplication.clipboard().setText(person.nip or person.local_number)
            self._context.toast("NIP disalin." if person.nip else "Nomor pegawai disalin.", None)

    def write_letter(self) -> None:
        """Begin a letter for the person."""
        if self.facts is not None:
            self._context.navigate("letters", {"new": None, "employee_id": self.facts.person.id})

    def declare(self) -> None:
        """Begin a declaration for the person."""
        if self.facts is not None:
            self._context.navigate("candidacy", {"new": True, "employee_id": self.facts.person.id})

    def look_back(self) -> None:
        """Show what the person was on a chosen day."""
        if self.facts is not None:
            AsOfDialog(self._context, self, self.facts.person).open()

    def set_state(self, state: EmploymentState) -> None:
        """Mark the person; the toast takes it back."""
        if self.facts is not None:
            person = self.facts.person
            self._write_state(person.id, person.version, state, f"{person.display_name}: {STATE_WORDS[state].lower()}.")

    def _write_state(self, employee_id: int, version: int, state: EmploymentState, told: str) -> None:
        before = self.facts.person.state if self.facts is not None else state
        self._context.bridge.write(
            self,
            lambda session: service.set_state(session, SetState(employee_id, state, version)),
            lambda _outcome: self._context.toast(told, partial(self._undo_state, employee_id, before)),
        )

    def _undo_state(self, employee_id: int, before: EmploymentState) -> None:
        self._context.bridge.read(
            self,
            lambda session: queries.employee_detail(session, employee_id).version,
            lambda version: self._context.bridge.write(
                self, lambda session: service.set_state(session, SetState(employee_id, before, version))
            ),
        )

    def _build(self) -> None:
        self.content = QWidget()
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        self.area = ScrollBody()
        self.area.layout_of_content.setContentsMargins(16, 4, 16, 16)
        self.area.layout_of_content.setSpacing(8)
        column.addWidget(self.area, 1)
        self.empty = EmptyState(
            "person", "Pilih pegawai", "Data, riwayat jabatan, surat dan tanda terimanya tampil di sini."
        )
        self.body.addWidget(self.content)
        self.body.addWidget(self.empty)

    def _head(self) -> QWidget:
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(16, 14, 16, 10)
        column.setSpacing(4)
        top = QHBoxLayout()
        top.setSpacing(10)
        self.name = label("", role="name", selectable=True)
        self.chip = StatusChip(Chip(""))
        top.addWidget(self.name, 1)
        top.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        self.number = label("", role="secondary", wrap=False, selectable=True)
        column.addLayout(self._number_row())
        column.addSpacing(6)
        column.addLayout(self._actions())
        return head

    def _number_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        self.copy_button = button("", "quiet", "copy", self.copy_number)
        row.addWidget(self.number)
        row.addWidget(self.copy_button)
        row.addStretch(1)
        return row

    def _actions(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.edit_button = button("&Ubah…", "", "pencil", self._edit)
        self.letter_button = button("&Buat surat", "", "document", self.write_letter)
        self.more_button = button("", "quiet", "more", self._open_menu)
        self.more_button.setToolTip("Lainnya: deklarasi baru, ubah status")
        self.more_button.setAccessibleName("Lainnya")
        self._offer()
        for one in (self.edit_button, self.letter_button):
            row.addWidget(one)
        row.addStretch(1)
        row.addWidget(self.more_button)
        return row

    def _offer(self) -> None:
        """Offer what the user may do; a person may be looked at by others."""
        may = self._context.may
        only_with(may, Action.EDIT_EMPLOYEES, self.edit_button)
        only_with(may, Action.ISSUE_LETTERS, self.letter_button)
        only_with(may, (Action.EDIT_EMPLOYEES, Action.EDIT_CANDIDACY), self.more_button)

    def _edit(self) -> None:
        if self.facts is not None:
            self.edit_requested.emit(self.facts.person.id)

    def _open_menu(self) -> None:
        if self.facts is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._context.may(Action.EDIT_CANDIDACY):
            menu.addAction(icon("flag"), "Deklarasi baru", self.declare)
            menu.addSeparator()
        others = (state for state in STATE_WORDS if state is not self.facts.person.state)
        for state in others if self._context.may(Action.EDIT_EMPLOYEES) else ():
            menu.addAction(f"Tandai {STATE_WORDS[state].lower()}", partial(self.set_state, state))
        menu.popup(self.more_button.mapToGlobal(QPoint(0, self.more_button.height() + 2)))

    def _show_content(self, *, shown: bool) -> None:
        self.content.setVisible(shown)
        self.empty.setVisible(not shown)

    def _lost(self, _error: DeskError) -> None:
        self.facts = None
        self._show_content(shown=False)

    def _fill(self, facts: PersonFacts) -> None:
        if facts.person.id != self._wanted:
            return
        same = self.facts is not None and self.facts.person.id == facts.person.id
        self.facts = facts
        self._fill_head(facts.person)
        self.setUpdatesEnabled(False)
        clear_layout(self.area.layout_of_content)
        self.area.layout_of_content.addWidget(PersonBody(facts, self._context, self._inside))
        self.setUpdatesEnabled(True)
        if not same:
            self.area.verticalScrollBar().setValue(0)
        self._show_content(shown=True)

    def _fill_head(self, person: EmployeeDetail) -> None:
        self.name.setText(person.display_name)
        self.number.setText(number_line(person))
        self.chip.set_chip(state_chip(person.state))
        self.copy_button.setToolTip("Salin NIP" if person.nip else "Salin nomor")
        self.copy_button.setAccessibleName(self.copy_button.toolTip())

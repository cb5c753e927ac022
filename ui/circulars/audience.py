"""Sasaran: the whole office or chosen OPDs and units, which kinds of people, and how many that is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from asn_desk.circulars import queries
from asn_desk.circulars.queries import AudienceSize, UnitSize
from asn_desk.circulars.rules import ASN_KINDS, KIND_WORDS, Audience
from asn_desk.employees.terms import EmployeeKind, EmploymentState
from asn_desk.employees.words import STATE_WORDS
from asn_desk.wording import number
from ui.circulars.audience_changes import find_people
from ui.circulars.unit_choice import UnitChoice
from ui.shared.bridge import Bridge
from ui.shared.person_picker import PersonPicker, person_search
from ui.shared.widgets import Banner, ElidedLabel, SearchField, button, label

_STATES = (EmploymentState.ACTIVE, EmploymentState.CHECK)
_WHO_ELSE = "Non-ASN ikut hanya bila kantor Anda mewajibkannya. “Perlu dicek” adalah pegawai yang tidak ada dalam impor terakhir."


class AudiencePicker(QWidget):
    """Builds an `Audience`; `changed` when it is another one."""

    changed = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._question = 0
        self._also: dict[int, str] = {}
        self.reach = AudienceSize(0, 0)
        self._build()
        self._connect()

    def audience(self) -> Audience:
        """Return what is chosen."""
        kinds = tuple(kind for kind, box in self.kinds.items() if box.isChecked())
        whole = self.whole.isChecked()
        states = tuple(state for state, box in self.states.items() if box.isChecked())
        return Audience(
            opd_ids=None if whole else self.units.opd_ids(), unit_ids=None if whole else self.units.unit_ids(),
            kinds=kinds, states=states, heads_first=self.heads_first.isChecked(), also=tuple(self._also),
        )  # fmt: skip

    def refresh(self) -> None:
        """Read the units and how many people are reached."""
        self._question += 1
        question, audience = self._question, self.audience()
        self._bridge.read(
            self,
            lambda session: (queries.audience_units(session, audience), queries.audience_size(session, audience)),
            lambda found: self._show(question, *found),
        )

    def problem(self) -> str:
        """Return what is missing, or nothing."""
        audience = self.audience()
        if audience.opd_ids == () and audience.unit_ids == ():
            return "Pilih paling sedikit satu OPD atau unit, atau pilih seluruh kantor."
        if not audience.kinds:
            return "Pilih paling sedikit satu jenis pegawai."
        if not audience.states:
            return "Pilih paling sedikit satu status pegawai."
        return (
            ""
            if self.reach.people
            else "Tidak ada pegawai yang cocok dengan sasaran ini. Ubah unit kerja atau jenis pegawai."
        )

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label("Jenis pegawai", role="section"))
        column.addLayout(self._kind_row())
        column.addLayout(self._state_row())
        column.addWidget(label(_WHO_ELSE, role="hint"))
        self.heads_first = QCheckBox("Kepala perangkat daerah &dahulu, lalu semua pegawai (dua tahap)")
        column.addWidget(self.heads_first)
        column.addWidget(label("Unit kerja", role="section"))
        self.whole = QRadioButton("&Seluruh kantor")
        self.some = QRadioButton("&OPD atau unit tertentu")
        self.whole.setChecked(True)
        choice = QHBoxLayout()
        choice.setSpacing(20)
        choice.addWidget(self.whole)
        choice.addWidget(self.some)
        choice.addStretch(1)
        column.addLayout(choice)
        column.addWidget(self._unit_part(), 1)
        self.told = Banner("", "coming")
        column.addLayout(self._also_row())
        column.addWidget(self.told)

    def _kind_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(20)
        self.kinds = {kind: QCheckBox(KIND_WORDS[kind]) for kind in EmployeeKind}
        for kind, box in self.kinds.items():
            box.setChecked(kind in ASN_KINDS)
            row.addWidget(box)
        row.addStretch(1)
        return row

    def _also_row(self) -> QHBoxLayout:
        """Single people whom the choice above does not reach."""
        self.person = PersonPicker(person_search(self._bridge, self, find_people))
        self.person.setPlaceholderText("Tambahkan orang tertentu: ketik nama atau NIP")
        self.person.setAccessibleName("Tambahkan orang tertentu")
        self.named = ElidedLabel("")
        self.none_button = button("Kosongkan", "link", on_click=self._name_nobody)
        self.none_button.hide()
        row = QHBoxLayout()
        row.addWidget(self.person, 1)
        row.addWidget(self.named, 1)
        row.addWidget(self.none_button)
        return row

    def _state_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(20)
        self.states = {state: QCheckBox(STATE_WORDS[state]) for state in _STATES}
        for state, box in self.states.items():
            box.setChecked(state is EmploymentState.ACTIVE)
            row.addWidget(box)
        row.addStretch(1)
        return row

    def _unit_part(self) -> QWidget:
        self.unit_part = QWidget()
        column = QVBoxLayout(self.unit_part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        tools = QHBoxLayout()
        self.search = SearchField("Cari OPD atau unit")
        tools.addWidget(self.search, 1)
        tools.addStretch(1)
        tools.addWidget(button("Pilih semua", "link", on_click=lambda: self.units.tick_all(on=True)))
        tools.addWidget(button("Kosongkan", "link", on_click=lambda: self.units.tick_all(on=False)))
        column.addLayout(tools)
        self.units = UnitChoice()
        column.addWidget(self.units, 1)
        self.unit_part.setEnabled(False)
        return self.unit_part

    def _connect(self) -> None:
        self.person.value_changed.connect(self._on_person)
        self.whole.toggled.connect(self._on_whole)
        for box in (*self.kinds.values(), *self.states.values()):
            box.toggled.connect(lambda _on: self._on_changed())
        self.search.search_changed.connect(self.units.search)
        self.units.changed.connect(self._on_changed)

    def _on_whole(self, whole: bool) -> None:
        self.unit_part.setEnabled(not whole)
        self._on_changed()

    def _on_person(self) -> None:
        hit = self.person.hit()
        if hit is not None:
            self._also[hit.id] = hit.title
            self.person.set_value(None)
            self._show_named()

    def _name_nobody(self) -> None:
        self._also.clear()
        self._show_named()

    def _show_named(self) -> None:
        self.named.set_text(f"Juga: {', '.join(self._also.values())}" if self._also else "")
        self.none_button.setVisible(bool(self._also))
        self._on_changed()

    def _on_changed(self) -> None:
        self.refresh()
        self.changed.emit()

    def _show(self, question: int, units: Sequence[UnitSize], size: AudienceSize) -> None:
        if question != self._question:
            return
        self.reach = size
        self.units.show_units(units)
        self.told.set_text(
            f"Sasaran hari ini: {number(size.people)} orang di {number(size.opds)} OPD. Daftar ini dibekukan saat terbit."
        )

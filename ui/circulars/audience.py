"""Sasaran: the whole office or chosen OPDs, which kinds of people, and how many that is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from asn_desk.circulars import queries
from asn_desk.circulars.queries import AudienceSize, OpdSize
from asn_desk.circulars.rules import ASN_KINDS, KIND_WORDS, Audience
from asn_desk.employees.terms import EmployeeKind, EmploymentState
from asn_desk.employees.words import STATE_WORDS
from asn_desk.wording import number
from ui.circulars.audience_changes import find_people
from ui.shared.bridge import Bridge
from ui.shared.panels import ScrollBody
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
        self._boxes: dict[int, QCheckBox] = {}
        self._also: dict[int, str] = {}
        self.reach = AudienceSize(0, 0)
        self._build()
        self._connect()

    def audience(self) -> Audience:
        """Return what is chosen."""
        kinds = tuple(kind for kind, box in self.kinds.items() if box.isChecked())
        chosen = tuple(opd_id for opd_id, box in self._boxes.items() if box.isChecked())
        states = tuple(state for state, box in self.states.items() if box.isChecked())
        return Audience(
            opd_ids=None if self.whole.isChecked() else chosen, kinds=kinds, states=states,
            heads_first=self.heads_first.isChecked(), also=tuple(self._also),
        )  # fmt: skip

    def refresh(self) -> None:
        """Read the OPDs and how many people are reached."""
        self._question += 1
        question, audience = self._question, self.audience()
        self._bridge.read(
            self,
            lambda session: (queries.audience_opds(session, audience), queries.audience_size(session, audience)),
            lambda found: self._show(question, *found),
        )

    def problem(self) -> str:
        """Return what is missing, or nothing."""
        audience = self.audience()
        if audience.opd_ids == ():
            return "Pilih paling sedikit satu OPD, atau pilih seluruh kantor."
        if not audience.kinds:
            return "Pilih paling sedikit satu jenis pegawai."
        if not audience.states:
            return "Pilih paling sedikit satu status pegawai."
        return (
            "" if self.reach.people else "Tidak ada pegawai yang cocok dengan sasaran ini. Ubah OPD atau jenis pegawai."
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
        self.some = QRadioButton("&OPD tertentu")
        self.whole.setChecked(True)
        choice = QHBoxLayout()
        choice.setSpacing(20)
        choice.addWidget(self.whole)
        choice.addWidget(self.some)
        choice.addStretch(1)
        column.addLayout(choice)
        column.addWidget(self._opd_part(), 1)
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

    def _opd_part(self) -> QWidget:
        self.opd_part = QWidget()
        column = QVBoxLayout(self.opd_part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        tools = QHBoxLayout()
        self.search = SearchField("Cari OPD")
        tools.addWidget(self.search, 1)
        tools.addStretch(1)
        tools.addWidget(button("Pilih semua", "link", on_click=lambda: self._check_all(checked=True)))
        tools.addWidget(button("Kosongkan", "link", on_click=lambda: self._check_all(checked=False)))
        column.addLayout(tools)
        self.area = ScrollBody()
        self.area.layout_of_content.setSpacing(2)
        column.addWidget(self.area, 1)
        self.opd_part.setEnabled(False)
        return self.opd_part

    def _connect(self) -> None:
        self.person.value_changed.connect(self._on_person)
        self.whole.toggled.connect(self._on_whole)
        for box in (*self.kinds.values(), *self.states.values()):
            box.toggled.connect(lambda _on: self._on_changed())
        self.search.search_changed.connect(lambda _text: self._filter())

    def _on_whole(self, whole: bool) -> None:
        self.opd_part.setEnabled(not whole)
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

    def _show(self, question: int, opds: Sequence[OpdSize], size: AudienceSize) -> None:
        if question != self._question:
            return
        self.reach = size
        self._show_opds(opds)
        self.told.set_text(
            f"Sasaran hari ini: {number(size.people)} orang di {number(size.opds)} OPD. Daftar ini dibekukan saat terbit."
        )

    def _show_opds(self, opds: Sequence[OpdSize]) -> None:
        for opd in opds:
            if opd.id not in self._boxes:
                self._add(opd)
            self._boxes[opd.id].setText(f"{opd.name} ({number(opd.people)})".replace("&", "&&"))

    def _add(self, opd: OpdSize) -> None:
        box = QCheckBox(opd.name)
        box.toggled.connect(lambda _on: self._on_changed())
        self._boxes[opd.id] = box
        self.area.layout_of_content.addWidget(box)

    def _check_all(self, *, checked: bool) -> None:
        for box in self._boxes.values():
            if self._fits(box):
                with QSignalBlocker(box):
                    box.setChecked(checked)
        self._on_changed()

    def _filter(self) -> None:
        for box in self._boxes.values():
            box.setVisible(self._fits(box))

    def _fits(self, box: QCheckBox) -> bool:
        return all(word in box.text().lower() for word in self.search.text().lower().split())

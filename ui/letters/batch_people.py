"""First step of Cetak massal: who gets a letter, and how many that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from asn_desk.errors import DeskError
from asn_desk.letters.bulk.batch_people import People, people_of
from asn_desk.office import units
from asn_desk.wording import number
from ui.shared.bridge import Bridge
from ui.shared.forms import Choice, Field, FormWidget
from ui.shared.theme.tokens import GRID
from ui.shared.widgets import label

_UNIT, _SEARCH, _LIST, _ALL = "unit", "cari", "daftar", "semua"
_WAYS = [
    Choice(_UNIT, "Satu unit", "beserta unit di bawahnya"),
    Choice(_SEARCH, "Hasil pencarian", "nama, NIP, atau jabatan"),
    Choice(_LIST, "Daftar NIP", "satu NIP per baris"),
    Choice(_ALL, "Semua pegawai aktif"),
]
_SHOWN_FOR = {"unit_id": _UNIT, "text": _SEARCH, "numbers": _LIST}
NOBODY = "Belum ada pegawai terpilih. Tentukan dahulu pegawainya."


class PeopleStep(QWidget):
    """The choice and the count. `ids` are the people chosen; `chosen` is emitted when they are known."""

    chosen = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._question = 0
        self.ids: list[int] = []
        self._problem = NOBODY
        self._build()
        self.form.value_changed.connect(lambda _key: self.count())
        bridge.read(self, units.unit_tree, self._offer_units)

    def count(self) -> None:
        """Ask who is chosen now."""
        self._show_fields()
        self._question += 1
        question, wanted = self._question, self._wanted()
        self.ids, self._problem = [], NOBODY
        if wanted == People():
            self.answer.setText("")
            return
        self._bridge.read(
            self,
            lambda session: people_of(session, wanted),
            lambda ids: self._show(question, ids, ""),
            lambda error: self._refuse(question, error),
        )

    def problem(self) -> str:
        """Return why one cannot go on yet; empty when people are chosen."""
        return "" if self.ids else self._problem

    def _build(self) -> None:
        self.form = FormWidget(
            [
                Field("way", "Untuk siapa", "choice", required=True, choices=_WAYS),
                Field("unit_id", "Unit", "unit", placeholder="Ketik nama unit"),
                Field("text", "Cari", placeholder="mis. guru ahli pertama"),
                Field(
                    "numbers", "Daftar NIP", "multiline", rows=8, placeholder="tempel dari Excel, satu NIP per baris"
                ),
            ]
        )
        self.form.set_values({"way": _UNIT})
        self.form.mark_clean()
        self.answer = label("", role="strong")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self.form)
        column.addWidget(self.answer)
        self._show_fields()

    def _show_fields(self) -> None:
        way = self.form.values()["way"]
        for key, shown_for in _SHOWN_FOR.items():
            self.form.set_visible(key, way == shown_for)

    def _wanted(self) -> People:
        values = self.form.values()
        if values["way"] == _LIST:
            return People(numbers=tuple(line.strip() for line in values["numbers"].splitlines() if line.strip()))
        if values["way"] == _SEARCH:
            return People(text=values["text"])
        if values["way"] == _UNIT:
            return People(unit_id=values["unit_id"])
        return People(everybody=values["way"] == _ALL)

    def _offer_units(self, tree: Sequence[Any]) -> None:
        names = {unit.id: unit.name for unit in tree}
        choices = [Choice(unit.id, unit.name, names.get(unit.parent_id, "")) for unit in tree if unit.active]
        clean = not self.form.is_dirty()
        self.form.set_choices("unit_id", choices)
        if clean:
            self.form.mark_clean()

    def _show(self, question: int, ids: list[int], problem: str) -> None:
        if question == self._question:
            self.ids, self._problem = ids, problem or NOBODY
            self.answer.setText(
                f"{number(len(ids))} pegawai terpilih" if ids else problem or "Tidak ada pegawai yang cocok"
            )
            self.chosen.emit()

    def _refuse(self, question: int, error: DeskError) -> None:
        self._show(question, [], error.sentence)

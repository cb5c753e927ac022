"""Pengaturan, Unit kerja: the tree, what a unit was called before, who heads it; move, rename, merge, add."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from asn_desk.employees import placement, queries, unit_heads
from asn_desk.employees.queries import EmployeeFilter
from asn_desk.employees.unit_heads import Head, SetHead
from asn_desk.office import units
from asn_desk.office.terms import UnitChangeKind
from asn_desk.office.units import MergeUnit, MoveUnit, RenameUnit, UnitChangeRow, UnitNode
from asn_desk.wording import grouped_nip, number, short_date
from ui.settings.units_tree import UnitTree
from ui.shared.dialogs import CommandDialog, confirm
from ui.shared.forms import Choice, Field, FormWidget, PersonHit, person_search
from ui.shared.page import PageContext
from ui.shared.widgets import ActionBar, KeyValue, Panel, SearchField, SectionTitle, button, clear_layout, label, split

_CHANGED = {
    UnitChangeKind.RENAMED: "Ganti nama: {before} menjadi {after}",
    UnitChangeKind.MOVED: "{unit} pindah dari {before} ke {after}",
    UnitChangeKind.MERGED: "{before} digabung ke {after}",
}
_UNLIMITED = 16_777_215
_HINT = "Tarik unit ke unit induknya untuk membetulkan susunan. Orang di dalamnya ikut; surat lama tidak berubah."


@dataclass(frozen=True)
class UnitFacts:
    """What is shown of one unit."""

    path: tuple[str, ...]
    people: int
    head: Head | None
    history: tuple[UnitChangeRow, ...]


def read_unit(session: Any, unit_id: int) -> UnitFacts:
    """Return everything about one unit."""
    path = tuple(name for _, name in units.parents(session, unit_id))
    people = len(queries.employee_ids(session, EmployeeFilter(unit_ids=(unit_id,))))
    return UnitFacts(path, people, unit_heads.head_of(session, unit_id), tuple(units.unit_history(session, unit_id)))


class UnitsSection(Panel):
    """The tree at the left, the chosen unit at the right."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Unit kerja", padding=0)
        self.context = context
        self.nodes: list[UnitNode] = []
        self._build()
        self.tree.chosen.connect(self._show)
        self.tree.moved.connect(self._move)
        self.search.search_changed.connect(self.tree.show_matching)

    def _build(self) -> None:
        self.search = SearchField("Cari unit kerja")
        self.search.setMaximumWidth(_UNLIMITED)
        self.tree = UnitTree()
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 8, 8, 16)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        column.addWidget(label(_HINT, role="hint"))
        settings_file = self.context.settings_file
        self.body.addWidget(split(left, self._detail(), sizes=(480, 380), name="units", settings_file=settings_file), 1)

    def _detail(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(8, 8, 16, 16)
        column.setSpacing(10)
        self.name = label("", role="name", selectable=True)
        self.facts = KeyValue(label_width=110)
        self.buttons = ActionBar(
            button("&Tambah unit di bawahnya", "", "plus", self._add),
            button("&Ganti nama…", "", "pencil", self._rename),
            button("&Pindahkan…", "", "arrow-right", self._ask_move),
            button("Ga&bungkan…", "", "folder", self._merge),
            button("&Kepala unit…", "", "person", self._set_head),
        )
        self.history = QVBoxLayout()
        self.history.setSpacing(4)
        for widget in (self.name, self.facts, self.buttons, SectionTitle("Riwayat unit")):
            column.addWidget(widget)
        column.addLayout(self.history)
        column.addStretch(1)
        return holder

    def reload(self) -> None:
        """Read the tree anew."""
        self.context.bridge.read(self, units.unit_tree, self._fill)

    def _fill(self, nodes: list[UnitNode]) -> None:
        self.nodes = nodes
        self.tree.fill(nodes)
        self.tree.show_matching(self.search.text())

    def _show(self, node: object) -> None:
        unit = node if isinstance(node, UnitNode) else None
        self.buttons.setEnabled(unit is not None)
        self.name.setText(unit.name if unit else "Belum ada unit kerja")
        if unit is None:
            self._show_facts(None)
            return
        self.context.bridge.read(self, lambda session: read_unit(session, unit.id), self._show_facts)

    def _show_facts(self, facts: UnitFacts | None) -> None:
        clear_layout(self.history)
        if facts is None:
            self.facts.set([])
            return
        above = " › ".join(facts.path[:-1]) or "tingkat paling atas"
        self.facts.set(
            [("Di bawah", above), ("Pegawai", number(facts.people)), ("Kepala unit", _head_words(facts.head))]
        )
        for row in facts.history:
            words = _CHANGED[row.kind].format(unit=row.unit, before=row.before or "atas", after=row.after or "atas")
            self.history.addWidget(label(f"{short_date(row.on)}: {words} ({row.by})", role="secondary"))
        if not facts.history:
            self.history.addWidget(label("Belum pernah diubah.", role="secondary"))

    def _move(self, unit: UnitNode, onto: UnitNode | None) -> None:
        where = f"ke bawah {onto.name}" if onto is not None else "ke tingkat paling atas, sebagai OPD"
        command = MoveUnit(unit.id, onto.id if onto is not None else None, unit.version)
        confirm(
            self, "Pindahkan unit?", f"{unit.name} beserta unit di bawahnya dipindah {where}.", "Pindahkan",
            lambda: self.context.bridge.write(self, lambda session: placement.move_unit(session, command), self._stored),
            danger=False,
        )  # fmt: skip

    def _stored(self, _outcome: object) -> None:
        self.context.toast("Unit kerja tersimpan.", None)
        self.reload()

    def _ask(self, title: str, fields: list[Field], fn: Any, values: dict[str, Any], intro: str = "") -> None:
        form = FormWidget(fields)
        form.set_values(values)
        dialog = CommandDialog(
            title, form, lambda said: dialog.write(self.context.bridge, lambda s: fn(s, said), self._stored), self, intro=intro
        )  # fmt: skip
        dialog.open()

    def _add(self) -> None:
        unit = self.tree.current()
        parent = unit.id if unit is not None else None
        self._ask(
            "Tambah unit kerja", [Field("name", "Nama unit kerja", required=True)],
            lambda session, said: placement.create_unit(session, said["name"], parent_id=parent), {},
        )  # fmt: skip

    def _rename(self) -> None:
        unit = self.tree.current()
        if unit is not None:
            self._ask(
                "Ganti nama unit", [Field("name", "Nama unit kerja", required=True)],
                lambda session, said: placement.rename_unit(session, RenameUnit(unit.id, said["name"], unit.version)),
                {"name": unit.name}, "Nama lama tetap tercatat pada riwayat unit.",
            )  # fmt: skip

    def _ask_move(self) -> None:
        unit = self.tree.current()
        if unit is not None:
            self._ask(
                "Pindahkan unit", [Field("parent_id", "Unit induk", "unit", choices=self._others(unit))],
                lambda session, said: placement.move_unit(session, MoveUnit(unit.id, said["parent_id"], unit.version)),
                {"parent_id": unit.parent_id}, "Kosongkan untuk menaruhnya di tingkat paling atas, sebagai OPD.",
            )  # fmt: skip

    def _merge(self) -> None:
        unit = self.tree.current()
        if unit is not None:
            self._ask(
                "Gabungkan unit", [Field("into_id", "Gabungkan ke", "unit", required=True, choices=self._others(unit))],
                lambda session, said: placement.merge_unit(session, MergeUnit(unit.id, said["into_id"], unit.version)), {},
                f"Pegawai {unit.name} pindah mulai hari ini, unit di bawahnya ikut, dan unit ini ditutup.",
            )  # fmt: skip

    def _set_head(self) -> None:
        unit = self.tree.current()
        if unit is None:
            return
        search = person_search(self.context.bridge, self, _people)
        fields = [
            Field("employee_id", "Pegawai", "person", search=search, help="Kosongkan untuk mengikuti jabatan lagi."),
            Field("heads_from", "Mulai", "date"),
        ]
        self._ask(
            "Kepala unit", fields, lambda session, said: unit_heads.set_head(session, SetHead(unit.id, **said)), {},
            "Hanya perlu diisi bila tidak terbaca dari jabatan pegawainya.",
        )  # fmt: skip

    def _others(self, unit: UnitNode) -> list[Choice]:
        return [Choice(node.id, node.name) for node in self.nodes if node.id != unit.id and node.active]


def _people(session: Any, text: str) -> list[PersonHit]:
    return [
        PersonHit(row.id, row.name, f"{grouped_nip(row.number)} · {row.post}")
        for row in queries.search(session, text, 8)
    ]


def _head_words(head: Head | None) -> str:
    if head is None:
        return "belum diketahui"
    return f"{head.name} ({head.post}{', diisi' if head.stated else ''})"

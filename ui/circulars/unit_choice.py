"""OPDs and the units below them to tick: an OPD as a whole, or single units of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from asn_desk.circulars.queries import UnitSize
from asn_desk.wording import number

_UNIT, _WORDS = int(Qt.ItemDataRole.UserRole), int(Qt.ItemDataRole.UserRole) + 1
_ON, _OFF, _PARTLY = Qt.CheckState.Checked, Qt.CheckState.Unchecked, Qt.CheckState.PartiallyChecked
_DIRECTLY = "Langsung di bawah {}"
_ROW = QSize(0, 26)


class UnitChoice(QTreeWidget):
    """The OPDs that have people, each with its units; `changed` when a tick came or went.

    A tick spreads to all below, and what stands above is ticked once all below it is. Every end of the tree stands for the
    people who work directly in one unit.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setAccessibleName("OPD dan unit kerja")
        self._shown: Sequence[UnitSize] = ()
        self.itemChanged.connect(self._on_changed)

    def show_units(self, units: Sequence[UnitSize]) -> None:
        """Show these units with their people; what was ticked and open stays so."""
        if units == self._shown:
            return
        self._shown = units
        ticked = {_id_of(item) for item in self._ends() if item.checkState(0) == _ON}
        opened = {_id_of(item) for item in self._items() if item.isExpanded()}
        with QSignalBlocker(self):
            self.clear()
            self._grow(units)
            for item in self._ends():
                item.setCheckState(0, _ON if _id_of(item) in ticked else _OFF)
            for item in self._opds():
                _settle(item)
        for item in self._items():
            item.setExpanded(_id_of(item) in opened)

    def opd_ids(self) -> tuple[int, ...]:
        """Return the OPDs ticked as a whole."""
        return tuple(_id_of(item) for item in self._opds() if item.checkState(0) == _ON)

    def unit_ids(self) -> tuple[int, ...]:
        """Return the single units ticked in OPDs that are not ticked as a whole."""
        partly = (item for item in self._opds() if item.checkState(0) == _PARTLY)
        return tuple(_id_of(end) for item in partly for end in _ends_of(item) if end.checkState(0) == _ON)

    def tick(self, unit_id: int, *, on: bool) -> None:
        """Tick an OPD or a unit with all below it, or take the ticks away."""
        found = next(item for item in self._items() if _id_of(item) == unit_id)
        found.setCheckState(0, _ON if on else _OFF)

    def tick_all(self, *, on: bool) -> None:
        """Tick all that the search leaves, or take the ticks away."""
        with QSignalBlocker(self):
            for item in self._ends():
                if not item.isHidden():
                    item.setCheckState(0, _ON if on else _OFF)
            for item in self._opds():
                _settle(item)
        self.changed.emit()

    def search(self, text: str) -> None:
        """Show only what has all words of the text in its name or in a name above it, opened."""
        wanted = text.lower().split()
        for item in self._opds():
            _filter(item, wanted, "")

    def _grow(self, units: Sequence[UnitSize]) -> None:
        children: dict[int | None, list[UnitSize]] = {}
        opd_of = {unit.id: unit.opd_id for unit in units}
        for unit in units:
            children.setdefault(_above(unit, opd_of), []).append(unit)
        for opd in children.get(None, ()):
            branch = _branch(opd, children)
            if branch is not None:
                self.addTopLevelItem(branch[0])

    def _on_changed(self, item: QTreeWidgetItem) -> None:
        state = item.checkState(0)
        with QSignalBlocker(self):
            for end in _ends_of(item):
                end.setCheckState(0, state)
            top = item
            while (above := _parent(top)) is not None:
                top = above
            _settle(top)
        self.changed.emit()

    def _opds(self) -> Iterator[QTreeWidgetItem]:
        for place in range(self.topLevelItemCount()):
            item = self.topLevelItem(place)
            if item is not None:
                yield item

    def _items(self) -> Iterator[QTreeWidgetItem]:
        for item in self._opds():
            yield from _all_of(item)

    def _ends(self) -> Iterator[QTreeWidgetItem]:
        for item in self._opds():
            yield from _ends_of(item)


def _above(unit: UnitSize, opd_of: dict[int, int]) -> int | None:
    """Return the unit under which one stands: its parent where that is of the same OPD, else the OPD; None for an OPD."""
    if unit.id == unit.opd_id:
        return None
    return unit.parent_id if unit.parent_id is not None and opd_of.get(unit.parent_id) == unit.opd_id else unit.opd_id


def _branch(unit: UnitSize, children: dict[int | None, list[UnitSize]]) -> tuple[QTreeWidgetItem, int] | None:
    """Return a unit with all below it and the people in them; None where nobody is."""
    below = [found for one in children.get(unit.id, ()) if (found := _branch(one, children)) is not None]
    people = unit.people + sum(count for _item, count in below)
    if not people:
        return None
    item = _item(unit.id, unit.name, people)
    if below and unit.people:
        item.addChild(_item(unit.id, _DIRECTLY.format(unit.name), unit.people))
    item.addChildren([one for one, _count in below])
    return item, people


def _item(unit_id: int, name: str, people: int) -> QTreeWidgetItem:
    item = QTreeWidgetItem([f"{name} ({number(people)})"])
    item.setData(0, _UNIT, unit_id)
    item.setData(0, _WORDS, name.lower())
    item.setToolTip(0, name)
    item.setSizeHint(0, _ROW)
    item.setCheckState(0, _OFF)
    return item


def _id_of(item: QTreeWidgetItem) -> int:
    return int(item.data(0, _UNIT))


def _parent(item: QTreeWidgetItem) -> QTreeWidgetItem | None:
    found: QTreeWidgetItem | None = item.parent()  # the stubs know no item without one
    return found


def _children(item: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
    for place in range(item.childCount()):
        child = item.child(place)
        if child is not None:
            yield child


def _all_of(item: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
    yield item
    for child in _children(item):
        yield from _all_of(child)


def _ends_of(item: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
    return (one for one in _all_of(item) if not one.childCount())


def _settle(item: QTreeWidgetItem) -> Qt.CheckState:
    """Tick what stands above others as they are; return its state."""
    if item.childCount():
        states = {_settle(child) for child in _children(item)}
        item.setCheckState(0, states.pop() if len(states) == 1 else _PARTLY)
    return item.checkState(0)


def _filter(item: QTreeWidgetItem, wanted: Sequence[str], above: str) -> bool:
    """Hide an item in whose line no words fit; return whether it is shown."""
    line = f"{above} {item.data(0, _WORDS)}"
    fits = all(word in line for word in wanted)
    below = [_filter(child, wanted, line) for child in _children(item)]
    shown = fits or any(below)
    item.setHidden(not shown)
    item.setExpanded(bool(wanted) and any(below))
    return shown

"""Pengaturan, Unit kerja: the tree is corrected by dragging, and every change stays visible."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from asn_desk.desk import Desk
from asn_desk.employees.terms import PostClass
from asn_desk.office import units
from tests.factories import add_employee, add_unit
from tests.ui.conftest import Recorder, make_context, texts_of
from ui.settings.units import UnitsSection
from ui.shared.bridge import Bridge
from ui.shared.dialogs import BaseDialog
from ui.shared.theme.theme import Theme


@pytest.fixture
def bridge(desk: Desk) -> Iterator[Bridge]:
    made = Bridge(desk, inline=True)
    yield made
    made.close()


@pytest.fixture
def section(qtbot: QtBot, bridge: Bridge, desk: Desk, theme: Theme, recorder: Recorder, tmp_path: Path) -> UnitsSection:
    def fill(session: Any) -> None:
        health, _staff = add_unit(session, "Dinas Kesehatan"), add_unit(session, "Badan Kepegawaian")
        division = add_unit(session, "Bidang Mutasi", health)
        add_employee(session, unit=division, post_name="Kepala Bidang", post_class=PostClass.ADMINISTRATOR)

    desk.write(fill)
    made = UnitsSection(make_context(bridge, theme, recorder, tmp_path))
    made.resize(1000, 600)
    qtbot.addWidget(made)
    made.reload()
    return made


def choose(section: UnitsSection, name: str) -> units.UnitNode:
    node = next(one for one in section.nodes if one.name == name)
    section.tree.select(node.id)
    return node


def test_a_unit_shows_where_it_stands_and_who_heads_it(section: UnitsSection) -> None:
    choose(section, "Bidang Mutasi")
    said = " ".join(texts_of(section))
    assert "Dinas Kesehatan" in said
    assert "Siti Nurhaliza Rahmawati (Kepala Bidang)" in said
    assert "Belum pernah diubah." in said


def test_a_drop_asks_and_then_moves_with_history(section: UnitsSection, desk: Desk) -> None:
    unit, onto = choose(section, "Bidang Mutasi"), next(n for n in section.nodes if n.name == "Badan Kepegawaian")
    section.tree.ask_move(unit, onto)
    dialog = section.findChildren(BaseDialog)[-1]
    next(one for one in dialog.findChildren(QPushButton) if one.text() == "Pindahkan").click()
    moved = next(node for node in desk.read(units.unit_tree) if node.name == "Bidang Mutasi")
    assert moved.parent_id == onto.id
    choose(section, "Bidang Mutasi")
    assert "pindah dari Dinas Kesehatan ke Badan Kepegawaian" in " ".join(texts_of(section))


def test_a_drop_on_itself_or_its_own_parent_asks_nothing(section: UnitsSection, qtbot: QtBot) -> None:
    unit = choose(section, "Bidang Mutasi")
    parent = next(node for node in section.nodes if node.id == unit.parent_id)
    with qtbot.assertNotEmitted(section.tree.moved):
        section.tree.ask_move(unit, unit)
        section.tree.ask_move(unit, parent)


def test_searching_shows_matching_units_and_those_above(section: UnitsSection) -> None:
    section.tree.show_matching("mutasi")
    shown = [item.text(0) for item in section.tree._items.values() if not item.isHidden()]
    assert shown == ["Dinas Kesehatan", "Bidang Mutasi"]

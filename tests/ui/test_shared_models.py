"""The table models: paged reading, late answers, Qt's own model checks, reading aloud."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester

from tests.ui.fakes import FakeRow, FakeSession, FakeSource
from ui.shared.chips import Chip
from ui.shared.tables.columns import Column, sentence
from ui.shared.tables.paged_model import FIRST_ROWS, PAGE, PAGES_KEPT, PagedTableModel
from ui.shared.tables.rows_model import RowsModel

COLUMNS = [
    Column("name", "Nama", text=lambda row: row.name, secondary=lambda row: row.nip),
    Column("status", "Status", chip=lambda row: Chip("aktif", "done")),
]
SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)


class PatientBridge:
    """Keeps reads until the test lets them run, in any order."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def read(self, owner: QObject, fn: Callable[[Any], Any], done: Callable[[Any], None], failed: Any = None) -> None:
        self.waiting.append(lambda: done(fn(FakeSession())))

    def run(self, place: int = 0) -> None:
        self.waiting.pop(place)()


@pytest.fixture
def model(inline_bridge):
    made = PagedTableModel(inline_bridge, FakeSource(250), COLUMNS)
    made.refresh()
    return made


def test_qt_accepts_the_models(model, qtmodeltester):
    qtmodeltester.check(model)
    qtmodeltester.check(RowsModel(COLUMNS, [FakeRow(1, "Agus")]))


def test_qt_accepts_the_paged_model_while_pages_arrive(qapp):
    bridge = PatientBridge()
    model = PagedTableModel(bridge, FakeSource(250), COLUMNS)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.refresh()
    bridge.run()
    model.row_at(0)
    bridge.run()
    assert model.data(model.index(0, 0)) == "Pegawai 1"
    tester.deleteLater()


def test_rows_are_read_a_page_at_a_time_when_asked_for(inline_bridge):
    source = FakeSource(250)
    model = PagedTableModel(inline_bridge, source, COLUMNS)
    model.refresh()
    assert source.asked == []
    assert model.row_at(120).name == "Pegawai 121"
    assert [ids[0] for ids in source.asked] == [101]


class QuickFakeSource(FakeSource):
    """One that knows its first records before the others."""

    def first_ids(self, session: Any) -> Sequence[int]:
        return range(1, min(self.count, PAGE) + 1)


@pytest.mark.parametrize("count", [30, 60, 250])
def test_what_a_screen_shows_comes_first_and_the_rest_of_its_page_when_somebody_looks(inline_bridge, count):
    source = QuickFakeSource(count)
    model = PagedTableModel(inline_bridge, source, COLUMNS)
    model.refresh()
    assert model.rowCount() == count
    assert model.row_at(min(count, FIRST_ROWS) - 1).id == min(count, FIRST_ROWS)
    assert source.asked == [list(range(1, min(count, FIRST_ROWS) + 1))]
    last = min(count, PAGE)
    assert model.row_at(last - 1).name == f"Pegawai {last}"
    assert model.row_at(0).id == 1
    assert len(source.asked) == (1 if count <= FIRST_ROWS else 2)


def test_only_the_last_pages_are_kept(inline_bridge):
    source = FakeSource(PAGE * (PAGES_KEPT + 1))
    model = PagedTableModel(inline_bridge, source, COLUMNS)
    model.refresh()
    for page in range(PAGES_KEPT + 1):
        model.row_at(page * PAGE)
    model.row_at(0)
    assert len(source.asked) == PAGES_KEPT + 2


def test_placeholders_until_the_page_arrives(qapp):
    bridge = PatientBridge()
    model = PagedTableModel(bridge, FakeSource(5), COLUMNS)
    model.refresh()
    bridge.run()
    assert model.data(model.index(0, 0)) == "…"
    bridge.run()
    assert model.data(model.index(0, 0)) == "Pegawai 1"


def test_late_answers_to_an_earlier_question_are_discarded(qapp):
    bridge = PatientBridge()
    model = PagedTableModel(bridge, FakeSource(5), COLUMNS)
    model.refresh()
    model.set_source(FakeSource(3))
    bridge.run(1)
    bridge.run(0)
    assert model.rowCount() == 3


def test_rows_asked_for_before_new_ids_arrived_do_not_fill_the_new_list(qapp):
    bridge = PatientBridge()
    model = PagedTableModel(bridge, FakeSource(5), COLUMNS)
    model.refresh()
    bridge.run()
    model.set_source(FakeSource(3))
    model.row_at(0)
    bridge.run(0)
    bridge.run(0)
    assert model.row_at(0) is None
    bridge.run(0)
    assert model.row_at(0).name == "Pegawai 1"


def test_a_page_is_asked_for_once(qapp):
    bridge = PatientBridge()
    model = PagedTableModel(bridge, FakeSource(5), COLUMNS)
    model.refresh()
    bridge.run()
    for _ in range(10):
        model.row_at(2)
    assert len(bridge.waiting) == 1


def test_ids_and_positions(model):
    assert model.id_at(120) == 121
    assert model.position_of(121) == 120
    assert model.position_of(999) is None
    assert model.id_at(-1) is None


def test_the_number_of_records_is_told(model, qtbot):
    with qtbot.waitSignal(model.loaded) as signal:
        model.set_source(FakeSource(17))
    assert signal.args == [17]


def test_a_row_reads_as_a_sentence(model):
    assert model.data(model.index(0, 1), SPOKEN) == "Nama Pegawai 1, Status aktif."


def test_empty_cells_are_left_out_of_the_sentence():
    columns = [Column("a", "Nama", text=lambda row: row), Column("b", "Catatan", text=lambda row: "")]
    assert sentence(columns, "Agus") == "Nama Agus."


def test_rows_without_id_are_known_by_position(qapp):
    model = RowsModel([Column("a", "Nama", text=lambda row: row)], ["satu", "dua"])
    assert model.id_at(1) == 1
    assert model.position_of(1) == 1

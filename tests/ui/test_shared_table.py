"""The record table: selection by id, copying, columns remembered, sorting asked for, empty state, keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHeaderView, QMenu

from tests.ui.conftest import texts_of
from tests.ui.fakes import FakeSource
from ui.shared.tables.columns import NIP_ROOM, Column
from ui.shared.tables.paged_model import PagedTableModel
from ui.shared.tables.rows_model import RowsModel
from ui.shared.tables.table_layout import share_width
from ui.shared.tables.table_view import RecordTable

COLUMNS = [
    Column("name", "Nama", text=lambda row: row.name, secondary=lambda row: row.nip, sort_key="name"),
    Column("nip", "NIP", text=lambda row: row.nip, copy=lambda row: row.nip),
    Column("note", "Catatan", text=lambda row: "", hidden=True),
]


@pytest.fixture
def make_table(inline_bridge, qtbot, tmp_path):
    def make(count: int = 5) -> RecordTable:
        model = PagedTableModel(inline_bridge, FakeSource(count), COLUMNS)
        table = RecordTable(model, name="people", settings_file=tmp_path / "jendela.ini")
        model.setParent(table)
        qtbot.addWidget(table)
        model.refresh()
        table.resize(700, 300)
        table.show()
        return table

    return make


def test_the_current_record_is_told_by_id(make_table, qtbot):
    table = make_table()
    with qtbot.waitSignal(table.current_changed) as signal:
        table.selectRow(2)
    assert signal.args == [3]


def test_the_current_record_survives_a_reload(make_table):
    table = make_table()
    table.select_id(4)
    table.model().refresh()
    assert table.current_id() == 4


def test_a_record_that_is_gone_after_a_reload_is_told(make_table, qtbot):
    table = make_table()
    table.select_id(4)
    with qtbot.waitSignal(table.current_changed) as signal:
        table.model().set_source(FakeSource(2))
    assert signal.args == [None]


def test_enter_opens_the_current_record(make_table, qtbot):
    table = make_table()
    table.select_id(2)
    with qtbot.waitSignal(table.row_activated) as signal:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert signal.args == [2]


def test_copied_rows_keep_the_nip_as_text_for_excel(make_table, qtbot):
    table = make_table()
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text().splitlines()[:2] == ["Nama\tNIP", "Pegawai 1\t198001012005011001"]
    assert "mso-number-format:'\\@'\">198001012005011001<" in data.html()


def test_one_copied_row_has_no_titles(make_table):
    table = make_table()
    table.select_id(1)
    table.copy_selection()
    assert QGuiApplication.clipboard().text() == "Pegawai 1\t198001012005011001"


def test_a_click_on_the_title_asks_for_an_order_and_again_for_its_reverse(make_table):
    table, asked = make_table(), []
    table.sort_requested.connect(lambda key, ascending: asked.append((key, ascending)))
    for _ in range(2):
        table.horizontalHeader().sectionClicked.emit(0)
    table.horizontalHeader().sectionClicked.emit(1)
    assert asked == [("name", True), ("name", False)]
    assert table.sort == ("name", False)


def test_hidden_and_moved_columns_are_remembered(make_table):
    first = make_table()
    first.horizontalHeader().moveSection(1, 0)
    first._show_column(2, shown=True)
    first._save()
    first.close()
    second = make_table()
    assert [column.key for column in second.visible_columns()] == ["nip", "name", "note"]


def test_the_last_visible_column_cannot_be_hidden(make_table):
    table = make_table()
    table._show_column(1, shown=False)
    menu = table._column_menu(table)
    assert [action.isEnabled() for action in menu.actions()] == [False, True, True]


def test_damaged_column_settings_are_passed_over(make_table, tmp_path):
    (tmp_path / "jendela.ini").write_text('[tables]\npeople="[{not json"\n', encoding="utf-8")
    assert [column.key for column in make_table().visible_columns()] == ["name", "nip"]


def test_an_empty_table_says_what_to_do(make_table, qtbot):
    table, pressed = make_table(0), []
    table.set_empty_state("people", "Belum ada pegawai", "Impor dari Excel.", "Impor", lambda: pressed.append(1))
    assert table._empty.isVisible()
    assert "Belum ada pegawai" in texts_of(table)
    table.model().set_source(FakeSource(1))
    assert not table._empty.isVisible()


def test_a_table_is_not_called_empty_before_it_was_read(inline_bridge, qtbot, tmp_path):
    model = PagedTableModel(inline_bridge, FakeSource(0), COLUMNS)
    table = RecordTable(model, name="waiting", settings_file=tmp_path / "j.ini")
    model.setParent(table)
    qtbot.addWidget(table)
    table.set_empty_state("people", "Belum ada pegawai", "Impor dari Excel.")
    table.show()
    assert not table._empty.isVisible()
    model.refresh()
    assert table._empty.isVisible()


def test_the_menu_offers_the_same_actions(make_table, qtbot):
    table, done = make_table(), []
    table.add_action("Buka berkas", lambda: done.append(table.current_id()), shortcut="Ctrl+O")
    table.select_id(3)
    table.actions()[0].trigger()
    assert done == [3]


def test_selected_ids_come_from_top_to_bottom(make_table):
    table = make_table()
    table.selectAll()
    assert table.selected_ids() == [1, 2, 3, 4, 5]


def test_columns_share_the_width_until_the_clerk_sizes_one(make_table):
    table = make_table()
    widths = [table.columnWidth(0), table.columnWidth(1)]
    assert sum(widths) == pytest.approx(table.viewport().width(), abs=4)


@pytest.mark.parametrize(
    ("room", "widths"),
    [
        (1000, [500, 250, 250]),  # room enough: all grow alike
        (360, [160, 100, 100]),  # short: texts give way, chips and figures keep their width
        (100, [120, 100, 100]),  # too short: most of what is asked for, and the table scrolls
    ],
)
def test_chips_and_figures_keep_their_width_where_the_room_is_short(qtbot, room, widths):
    columns = [
        Column("name", "Pegawai", text=str, width=200),
        Column("status", "Status", chip=lambda _row: None, width=100),
        Column("count", "Jumlah", text=str, align="right", width=100),
    ]
    assert shared(qtbot, columns, room) == widths


def test_a_nip_is_not_cut_off_where_the_room_is_short(qtbot):
    columns = [
        Column("name", "Pegawai", text=str, width=200, least=NIP_ROOM),
        Column("post", "Jabatan", text=str, width=200),
        Column("status", "Status", chip=lambda _row: None, width=100),
    ]
    assert shared(qtbot, columns, 420) == [176, 144, 100]
    assert shared(qtbot, columns, 1000) == [400, 400, 200]


def shared(qtbot, columns, room):
    """Return the widths that the columns of a table are given."""
    model = RowsModel(columns)
    header = QHeaderView(Qt.Orientation.Horizontal)
    qtbot.addWidget(header)
    header.setModel(model)
    share_width(header, columns, room)
    return [header.sectionSize(place) for place in range(len(columns))]


def test_painting_a_hundred_thousand_rows_reads_two_pages(inline_bridge, qtbot, tmp_path):
    source = FakeSource(100_000)
    model = PagedTableModel(inline_bridge, source, COLUMNS)
    table = RecordTable(model, name="many", settings_file=tmp_path / "j.ini")
    model.setParent(table)
    qtbot.addWidget(table)
    model.refresh()
    table.resize(700, 500)
    table.grab()
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum() // 2)
    table.grab()
    assert len(source.asked) <= 3


def test_the_right_click_menu_can_copy(make_table, qtbot, qapp):
    table = make_table()
    table.select_id(1)
    qapp.postEvent(table.viewport(), _context_event(table))
    qtbot.waitUntil(lambda: bool(_open_menus(qapp)))
    menu = _open_menus(qapp)[0]
    assert any("Salin untuk Excel" in action.text() for action in menu.actions())
    menu.close()


def _context_event(table):
    from PySide6.QtGui import QContextMenuEvent

    point = table.viewport().rect().center()
    return QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, point, table.viewport().mapToGlobal(point))


def _open_menus(qapp):
    return [widget for widget in qapp.topLevelWidgets() if isinstance(widget, QMenu) and widget.isVisible()]

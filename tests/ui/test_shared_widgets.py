"""Small widgets: what they say, to the eye and to a screen reader."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from tests.ui.conftest import texts_of
from ui.shared.chips import Chip, StatusChip, chip_width
from ui.shared.filters import Choice, FilterChip, SearchField
from ui.shared.panels import ScrollPanel, Toolbar, split
from ui.shared.widgets import ActionRow, ElidedLabel, EmptyState, KeyValue, Panel, ProgressRow, StatCard, label
from ui.shared.window.sidebar import Sidebar

LONG = "Dinas Pendidikan dan Kebudayaan Kota Contoh yang namanya sangat panjang sekali"


@pytest.fixture
def shown(qtbot):
    def show(widget, width=300, height=200):
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        return widget

    return show


@pytest.mark.parametrize(
    ("kind", "sign"),
    [("done", "check"), ("near", "diamond"), ("late", "triangle"), ("coming", "circle"), ("neutral", "")],
)
def test_colour_is_never_alone(kind, sign):
    assert Chip("x", kind).drawn_sign == sign


def test_a_chip_is_as_wide_as_its_words_and_read_aloud(shown):
    chip = shown(StatusChip(Chip("lewat 4 hari", "late")))
    assert chip.sizeHint().width() == chip_width(Chip("lewat 4 hari", "late"))
    assert chip.accessibleName() == "lewat 4 hari"
    chip.set_chip(Chip("hari ini", "near"))
    assert chip.accessibleName() == "hari ini"


def test_a_long_name_is_elided_with_all_of_it_in_the_hint(shown):
    made = shown(ElidedLabel(LONG), 120)
    assert made.text().endswith("…")
    assert made.toolTip() == LONG
    made.set_text("Pendek")
    assert (made.text(), made.toolTip()) == ("Pendek", "")


def test_a_figure_reads_with_caption_and_note(shown):
    card = shown(StatCard("Lewat tenggat"))
    card.set("2", "tertua 4 hari kerja", "late")
    assert card.accessibleName() == "Lewat tenggat: 2. tertua 4 hari kerja"


@pytest.mark.parametrize("clickable", [True, False])
def test_a_figure_is_a_button_only_when_asked_to_be(shown, qtbot, clickable):
    card, clicks = shown(StatCard("Lewat tenggat")), []
    card.clicked.connect(lambda: clicks.append(1))
    if clickable:
        card.set_clickable()
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    qtbot.keyClick(card, Qt.Key.Key_Return)
    assert clicks == ([1, 1] if clickable else [])


def test_progress_is_written_as_the_office_does(shown):
    row = shown(ProgressRow())
    row.set("RSUD", 1960, 2402, "late")
    assert "1.960 / 2.402" in texts_of(row)
    assert row.accessibleName() == "RSUD: 1.960 dari 2.402"


def test_progress_of_nothing_does_not_fail(shown):
    shown(ProgressRow()).set("Kosong", 0, 0)


def test_an_action_row_carries_one_action_that_names_its_object(shown, qtbot):
    done = []
    row = shown(
        ActionRow("Nota dinas", "6 OPD", Chip("besok", "near"), "BKPSDM", "Buat surat", lambda: done.append(1)), 600
    )
    qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
    assert done == [1]
    assert row.button.accessibleName() == "Buat surat: Nota dinas"
    assert row.accessibleName() == "besok, Nota dinas, 6 OPD, BKPSDM"


def test_facts_show_a_dash_for_nothing_and_can_be_copied(shown):
    facts = shown(KeyValue([("Agama", ""), ("Unit", "RSUD")]))
    values = [child for child in facts.findChildren(QLabel) if child.text() in {"–", "RSUD"}]
    assert len(values) == 2
    assert all(value.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse for value in values)
    facts.set([("Unit", "Inspektorat")])
    assert "Inspektorat" in texts_of(facts)


def test_a_panel_shows_its_title_only_when_it_has_one(shown):
    panel = shown(Panel())
    assert not panel.title_label.isVisible()
    panel.set_title("Kewajiban")
    assert panel.title_label.isVisible()


def test_rows_in_a_scrolling_panel_stand_at_the_top(shown, qtbot):
    panel = shown(ScrollPanel("Daftar", padding=0), 400, 400)
    row = ActionRow("Satu")
    panel.body.addWidget(row)
    qtbot.waitUntil(lambda: row.height() < 80)
    assert row.y() < 20
    panel.clear()
    assert panel.body.count() == 0


def test_an_empty_state_offers_its_button(shown, qtbot):
    done = []
    state = shown(EmptyState("people", "Belum ada", "Impor dahulu.", "Impor", lambda: done.append(1)), 400, 300)
    assert {"Belum ada", "Impor dahulu.", "Impor"} <= set(texts_of(state))


def test_a_filter_tells_only_a_new_choice(shown, qtbot):
    chip, told = shown(FilterChip("Tahap", [Choice(None, "semua"), Choice(1, "daftar")])), []
    chip.chosen.connect(told.append)
    assert chip.text() == "Tahap: semua"
    chip._fill()
    for place in (1, 1, 0):
        chip.menu().actions()[place].trigger()
    assert told == [1, None]


def test_a_filter_without_room_shortens_its_text_and_tells_the_whole_of_it(shown):
    name = "Dinas Pekerjaan Umum & Penataan Ruang"
    chip = FilterChip("OPD", [Choice(None, "semua"), Choice(1, name)])
    chip.setMaximumWidth(120)
    shown(chip, 120, 30).set_value(1)
    chip.grab()
    assert (chip.words(), chip.toolTip()) == (f"OPD: {name}", f"OPD: {name}")
    chip.setMaximumWidth(600)
    chip.resize(chip.sizeHint())
    chip.grab()
    assert chip.toolTip() == ""


def test_a_search_field_gives_way_in_a_narrow_toolbar(shown):
    field = SearchField("Cari")
    bar = shown(Toolbar(field), 200, 60)
    assert field.geometry().right() < bar.width()
    assert field.width() >= field.minimumWidth()


def test_what_trails_in_a_toolbar_stands_side_by_side_at_the_right(shown):
    first, count, drafts = QPushButton("Jenis"), label("5 surat", wrap=False), QPushButton("Draf")
    bar = shown(Toolbar(first, trailing=[count, drafts]), 500, 60)
    assert count.geometry().right() < drafts.geometry().left()
    assert drafts.geometry().right() > bar.width() - 20
    assert first.geometry().left() < 20


def test_a_low_control_stands_in_the_middle_of_its_line_before_a_high_one_too(shown):
    low, high = label("Pemilihan", wrap=False), QPushButton("Ubah")
    bar = shown(Toolbar(low, trailing=[high]), 500, 60)
    assert low.height() < high.height() <= bar.height()
    assert low.geometry().center().y() == pytest.approx(high.geometry().center().y(), abs=1)


def test_a_filter_falls_back_when_its_choice_is_gone(shown):
    chip = shown(FilterChip("OPD", [Choice(None, "semua"), Choice(1, "RSUD")]))
    chip.set_value(1)
    chip.set_choices([Choice(None, "semua"), Choice(2, "Dinas")])
    assert chip.value() is None


def test_a_search_is_told_once_the_typing_pauses(shown, qtbot):
    field, told = shown(SearchField("Cari")), []
    field.search_changed.connect(told.append)
    qtbot.keyClicks(field, "agus")
    assert told == []
    qtbot.waitUntil(lambda: bool(told))
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert told == ["agus", ""]


def test_parts_keep_the_widths_the_clerk_gave_them(shown, tmp_path):
    settings = tmp_path / "jendela.ini"
    first = shown(split(QLabel("a"), QLabel("b"), sizes=(300, 300), name="x", settings_file=settings), 616)
    first.setSizes([200, 400])
    first._save()
    second = shown(split(QLabel("a"), QLabel("b"), sizes=(300, 300), name="x", settings_file=settings), 616)
    assert second.sizes() == first.sizes()


def test_parts_stack_when_there_is_too_little_width(shown, tmp_path):
    made = split(QLabel("a"), QLabel("b"), sizes=(1, 1), name="x", settings_file=tmp_path / "j.ini", narrow_below=500)
    shown(made, 400)
    assert made.orientation() == Qt.Orientation.Vertical
    made.resize(700, 200)
    assert made.orientation() == Qt.Orientation.Horizontal


def test_the_sidebar_says_how_many_things_wait(shown):
    sidebar = shown(Sidebar(), 208, 400)
    sidebar.add_entries([("scan", "Pindai", "scan", "Pindai (Ctrl+6)", False)])
    sidebar.set_count("scan", 12)
    sidebar.set_count("unknown", 3)
    sidebar.set_current("scan")
    sidebar.grab()
    assert sidebar._entries["scan"].accessibleDescription() == "12 menunggu"
    sidebar.set_current("first_start")
    assert not sidebar._entries["scan"].isChecked()


def test_labels_never_read_markup(shown):
    assert shown(label("<b>Agus</b>")).textFormat() == Qt.TextFormat.PlainText

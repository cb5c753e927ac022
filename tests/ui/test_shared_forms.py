"""Forms: dates as clerks type them, errors beside the field, nothing typed is lost, people picked by id."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from asn_desk.errors import DeskError
from tests.ui.conftest import texts_of
from ui.shared.date_text import read_date
from ui.shared.dialogs import CommandDialog, MessageDialog
from ui.shared.fields import PICK_FROM_LIST, UNREADABLE_DATE
from ui.shared.forms import Choice, Field, FormWidget, PersonHit, person_search

DAY = date(2024, 9, 22)
HITS = [PersonHit(7, "Agus Salim", "19800101 200501 1 001"), PersonHit(8, "Agustina", "19900101 201501 2 002")]
FIELDS = [
    Field("person", "Pegawai", "person", required=True, search=lambda text, done: done(HITS)),
    Field("day", "Tanggal", "date", required=True, width="half"),
    Field("copies", "Rangkap", "int", width="half", minimum=1, maximum=9),
    Field("kind", "Jenis", "choice", choices=[Choice("a", "Satu"), Choice("b", "Dua")], width="half"),
    Field("unit", "Unit", "unit", choices=[Choice(1, "Dinas Contoh"), Choice(2, "Inspektorat")], width="half"),
    Field("secret", "Rahasia", "bool"),
    Field("note", "Catatan", "multiline"),
    Field("scan", "Pindaian", "file"),
    Field("hint", "", "note", help="Isi sesuai surat."),
]


@pytest.fixture
def form(qtbot):
    made = FormWidget(FIELDS)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    "typed",
    [
        "220924",
        "22092024",
        "22-09-2024",
        "22/9/24",
        "22.9.2024",
        "22 September 2024",
        "22 sep 2024",
        " 22 Sept. 24 ",
        "2024-09-22",
    ],
)
def test_dates_as_clerks_type_them(typed):
    assert read_date(typed) == DAY


@pytest.mark.parametrize(
    "typed", ["", "22", "310299x", "31/02/2024", "22 Sepuluh 2024", "2 M 2024", "hari ini", "99-99-9999"]
)
def test_what_is_no_date(typed):
    assert read_date(typed) is None


@pytest.mark.parametrize(("typed", "year"), [("010170", 1970), ("010169", 2069), ("010100", 2000)])
def test_two_figures_for_a_year(typed, year):
    assert read_date(typed).year == year


def test_a_date_is_shown_in_words_when_the_field_is_left(form, qtbot):
    qtbot.keyClicks(form.field("day"), "220924")
    qtbot.keyClick(form.field("day"), Qt.Key.Key_Return)
    assert form.field("day").text() == "22 September 2024"


def test_values_have_their_types(form):
    form.set_values(
        {
            "person": HITS[0],
            "day": DAY,
            "copies": 2,
            "kind": "b",
            "unit": 2,
            "secret": True,
            "note": " x ",
            "scan": Path("a.pdf"),
        }
    )
    assert form.values() == {
        "person": 7, "day": DAY, "copies": 2, "kind": "b", "unit": 2, "secret": True, "note": "x", "scan": Path("a.pdf"),
    }  # fmt: skip


def test_an_empty_form_gives_nothing_invented(form):
    assert form.values() == {
        "person": None, "day": None, "copies": None, "kind": None, "unit": None, "secret": False, "note": "", "scan": None,
    }  # fmt: skip


def test_required_and_unreadable_fields_are_missing(form):
    form.field("day").setText("kemarin")
    form.field("unit").lineEdit().setText("Dinas Antah")
    form.field("copies").setText("12")
    assert form.missing() == {
        "person": "Wajib diisi.",
        "day": UNREADABLE_DATE,
        "unit": PICK_FROM_LIST,
        "copies": "Isi dengan angka 1 sampai 9.",
    }


def test_a_hidden_field_is_not_asked_for(form):
    form.set_visible("person", visible=False)
    assert "person" not in form.missing()


def test_errors_stand_beside_their_fields_and_the_first_gets_the_keyboard(form, qtbot):
    loose = form.set_errors(
        {"day": "Tanggal sesudah pelantikan.", "copies": "Terlalu banyak.", "other": "Berkas lain masih terbuka."}
    )
    assert loose == ["Berkas lain masih terbuka."]
    assert "Tanggal sesudah pelantikan." in texts_of(form)
    assert form.focusWidget() is form.field("day")
    assert form.field("day").accessibleDescription() == "Tanggal sesudah pelantikan."


def test_typing_takes_the_error_away(form, qtbot):
    form.set_errors({"note": "Terlalu panjang."})
    form.field("note").setPlainText("pendek")
    assert form.field("note").accessibleDescription() == ""


def test_offering_other_choices_keeps_what_was_chosen(form):
    form.set_values({"kind": "b"})
    form.set_choices("kind", [Choice("b", "Dua"), Choice("c", "Tiga")])
    assert form.values()["kind"] == "b"
    form.set_choices("kind", [Choice("c", "Tiga")])
    assert form.values()["kind"] is None


def test_a_form_knows_whether_it_was_changed(form):
    assert not form.is_dirty()
    form.field("note").setPlainText("x")
    assert form.is_dirty()
    form.mark_clean()
    assert not form.is_dirty()


def test_a_person_is_found_by_typing_and_taken_by_keyboard(form, qtbot):
    picker = form.field("person")
    form.activateWindow()
    picker.setFocus()
    qtbot.keyClicks(picker, "agus")
    qtbot.waitUntil(lambda: picker._list.isVisible())
    qtbot.keyClick(picker, Qt.Key.Key_Down)
    qtbot.keyClick(picker, Qt.Key.Key_Return)
    assert form.values()["person"] == 8
    assert picker.text() == "Agustina"


def test_typing_after_a_choice_lets_the_person_go(form, qtbot):
    form.set_values({"person": HITS[0]})
    qtbot.keyClicks(form.field("person"), "x")
    form.field("person")._pause.stop()
    assert form.values()["person"] is None
    assert "person" in form.missing()


def test_a_search_for_people_runs_through_the_bridge(inline_bridge, qapp):
    found = []
    search = person_search(inline_bridge, qapp, lambda _session, text: [PersonHit(1, text)])
    search("agus", found.append)
    assert found == [[PersonHit(1, "agus")]]


@pytest.fixture
def dialog(qtbot, inline_bridge):
    form = FormWidget([Field("name", "Nama", required=True), Field("nip", "NIP")])
    outcomes = []

    def submit(values):
        made.write(inline_bridge, lambda session: _store(session, values), outcomes.append)

    made = CommandDialog("Tambah pegawai", form, submit)
    made.outcomes = outcomes
    made.open()
    return made


def _store(session, values):
    if values["nip"] == "1":
        raise DeskError("nip", "Data belum lengkap.", fields={"nip": "NIP harus 18 angka."})
    if values["nip"] == "2":
        raise DeskError("busy", "Pegawai ini sedang diubah orang lain.")
    session.touched.add("employees")
    return values["name"]


def test_a_command_is_not_sent_while_something_required_is_missing(dialog, fake_desk):
    dialog.confirm_button.click()
    assert fake_desk.writes == 0
    assert "Wajib diisi." in texts_of(dialog)
    dialog.reject()


def test_a_refusal_keeps_the_dialog_open_with_everything_typed(dialog, qtbot):
    dialog.form.set_values({"name": "Agus", "nip": "1"})
    dialog.confirm_button.click()
    assert dialog.isVisible()
    assert dialog.form.values() == {"name": "Agus", "nip": "1"}
    assert "NIP harus 18 angka." in texts_of(dialog)
    assert dialog.confirm_button.isEnabled()
    dialog.form.mark_clean()
    dialog.reject()


def test_a_refusal_of_the_whole_stands_above_the_form(dialog):
    dialog.form.set_values({"name": "Agus", "nip": "2"})
    dialog.confirm_button.click()
    assert "Pegawai ini sedang diubah orang lain." in texts_of(dialog)
    dialog.form.mark_clean()
    dialog.reject()


def test_success_closes_and_hands_over_the_outcome(dialog):
    outcomes = dialog.outcomes
    dialog.form.set_values({"name": "Agus"})
    dialog.confirm_button.click()
    assert [outcome.value for outcome in outcomes] == ["Agus"]
    assert not dialog.isVisible()


def test_closing_asks_only_when_something_typed_would_be_lost(dialog):
    dialog.form.field("name").setText("Agus")
    dialog.reject()
    question = dialog.findChild(MessageDialog)
    assert dialog.isVisible()
    assert "akan hilang" in question.text_label.text()
    question.accept()
    assert not dialog.isVisible()


def test_enter_confirms(dialog, qtbot):
    dialog.form.field("name").setText("Agus")
    qtbot.keyClick(dialog.form.field("name"), Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_a_choice_gives_back_the_very_value_it_was_given() -> None:
    from asn_desk.circulars.terms import AckStatus

    values = (AckStatus.REFUSED, (AckStatus.WAITING,), None)
    form = FormWidget([Field("one", "Status", "choice", choices=[Choice(value, str(value)) for value in values])])
    for value in values:
        form.set_values({"one": value})
        assert form.values()["one"] is value

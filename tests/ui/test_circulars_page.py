"""Edaran: the list, one circular with its progress and people, and publishing a new one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from asn_desk.circulars import queries, service
from asn_desk.circulars.queries import RecipientFilter
from asn_desk.circulars.rules import OPEN
from asn_desk.circulars.service import Published
from asn_desk.circulars.terms import AckStatus
from asn_desk.desk import Desk
from asn_desk.letters import queries as letters
from tests.core.circulars_office import SUBJECT, people_of, person, published
from tests.letters.letter_office import settle
from tests.ui.conftest import Recorder
from ui.circulars import badge, jump
from ui.circulars.elections import election_words
from ui.circulars.missing import write_missing
from ui.circulars.page import CircularsPage
from ui.circulars.publish import PublishDialog
from ui.circulars.slips import SlipsDialog, SlipsOrder, save_slips
from ui.shared.dialogs import CommandDialog, MessageDialog
from ui.shared.documents.paper import PaperDialog
from ui.shared.page import PageContext

D = TypeVar("D", bound=QDialog)


@dataclass
class Driver:
    """Works the page as a clerk does."""

    page: CircularsPage
    desk: Desk
    recorder: Recorder
    made: Published | None = None

    def dialog(self, kind: type[D]) -> D:
        (found,) = [one for one in self.page.findChildren(kind) if one.isVisible()]
        return found

    def choose(self, name: str) -> None:
        assert self.made is not None
        row = person(self.desk, self.made.version_id, name)
        assert self.page.detail.people.table.select_id(row.id)

    def status(self, name: str) -> AckStatus:
        assert self.made is not None
        return person(self.desk, self.made.version_id, name).status

    def names(self) -> list[str]:
        model = self.page.detail.people.model
        return [model.row_at(place).name for place in range(model.rowCount())]

    def scan(self, name: str) -> None:
        assert self.made is not None
        code = person(self.desk, self.made.version_id, name).code
        self.desk.write(lambda session: service.acknowledge_code(session, code))
        self.page.reload()


@pytest.fixture
def empty(context: PageContext, practice_desk: Desk, recorder: Recorder, qtbot: QtBot) -> Driver:
    """The page before anything was published."""
    page = CircularsPage(context)
    qtbot.addWidget(page)
    context.bridge.changed.connect(lambda _topics: page.reload())
    page.resize(1158, 740)
    page.show()
    page.reload()
    return Driver(page, practice_desk, recorder)


@pytest.fixture
def driver(empty: Driver) -> Driver:
    """The page with one circular of four people."""
    empty.made = published(empty.desk)
    empty.page.reload()
    return empty


def shown(widget: QWidget) -> bool:
    return widget.isVisible()


def test_an_office_without_circulars_is_told_what_to_do(empty: Driver) -> None:
    assert shown(empty.page.detail.empty)
    assert not shown(empty.page.detail.content)


def test_the_chosen_circular_shows_its_number_day_and_progress(driver: Driver) -> None:
    driver.scan("Siti")
    detail = driver.page.detail
    assert detail.head.subject.text() == SUBJECT
    assert detail.head.facts.text() == (
        "Nomor 800.1.6/10/BKPSDM/2024 · terbit 9 September 2024 oleh Ratna Wulandari · "
        "kembali paling lambat 20 September 2024"
    )
    assert detail.head.total.accessibleName() == "25 % sudah menandatangani: 1 dari 4"
    assert (detail.head.chip.chip.text, detail.head.chip.chip.kind) == ("Berjalan", "coming")


def test_opds_are_listed_the_one_furthest_behind_first(driver: Driver) -> None:
    driver.scan("Siti")
    assert [unit.name for unit in driver.page.detail.units.units] == ["Dinas Pendidikan", "Dinas Kesehatan"]
    assert driver.page.detail.tabs.tabText(0) == "Per OPD (2)"


def test_a_click_on_an_opd_shows_its_people_only(driver: Driver) -> None:
    detail = driver.page.detail
    schools = next(unit for unit in detail.units.units if unit.name == "Dinas Pendidikan")
    detail.units.chosen.emit(schools.opd_id)
    assert (detail.tabs.currentIndex(), driver.names()) == (1, ["Robertus Tampubolon"])


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ((), 4),
        ((AckStatus.SIGNED,), 1),
        (OPEN, 3),
        ((AckStatus.REFUSED,), 0),
    ],
)
def test_people_are_filtered_by_status(driver: Driver, chosen: tuple[AckStatus, ...], names: int) -> None:
    driver.scan("Siti")
    people = driver.page.detail.people
    people.status.set_value(chosen)
    people.status.chosen.emit(chosen)
    assert (len(driver.names()), people.count.text()) == (names, f"{names} orang")


def test_people_are_searched_and_sorted_by_the_core(driver: Driver) -> None:
    people = driver.page.detail.people
    people.table.sort_requested.emit("nama", False)
    assert driver.names()[0] == "Yusuf"
    people.search.setText("19820202 200602")
    people.search.returnPressed.emit()
    assert driver.names() == ["Hj. Endang Sulistyaningsih"]


def test_marking_by_hand_asks_for_a_reason_when_somebody_refused(driver: Driver) -> None:
    driver.choose("Endang")
    driver.page.detail.people.mark_button.click()
    dialog = driver.dialog(CommandDialog)
    dialog.form.put("status", AckStatus.REFUSED)
    dialog.confirm_button.click()
    assert shown(dialog)
    dialog.form.put("note", "menolak")
    dialog.form.put("witness", "Kepala Dinas Kesehatan")
    dialog.confirm_button.click()
    assert driver.status("Endang") is AckStatus.REFUSED
    assert driver.recorder.toasts == ["Dicatat: menolak."]


def test_a_mark_is_undone_with_a_reason_and_stays_in_the_history(driver: Driver) -> None:
    driver.scan("Siti")
    driver.choose("Siti")
    people = driver.page.detail.people
    assert not people.mark_button.isEnabled()
    people.undo_button.click()
    dialog = driver.dialog(CommandDialog)
    dialog.form.put("reason", "lembar orang lain")
    dialog.confirm_button.click()
    assert driver.status("Siti") is AckStatus.WAITING
    (mark,) = driver.page.detail.history.model.rows
    assert mark.undo_reason == "lembar orang lain"


def test_a_closed_circular_takes_no_more_marks_until_it_is_opened_again(driver: Driver) -> None:
    driver.page.detail.actions_of.toggle_closed()
    driver.choose("Siti")
    assert not driver.page.detail.people.mark_button.isEnabled()
    assert driver.page.detail.head.chip.chip.text == "Ditutup 9 September 2024"
    driver.page.detail.actions_of.toggle_closed()
    assert driver.page.detail.people.mark_button.isEnabled()


def test_slips_are_made_for_those_who_have_not_signed(driver: Driver) -> None:
    driver.scan("Siti")
    driver.page.detail.head.slips_button.click()
    asked = driver.dialog(SlipsDialog)
    asked.form.put("statuses", OPEN)
    asked.form.put("covers", False)
    asked.confirm_button.click()
    paper = driver.dialog(PaperDialog)
    assert paper.paper.view.page_count == 2
    paper.reject()


def test_slips_are_saved_as_a_file(driver: Driver, context: PageContext, tmp_path: Path) -> None:
    assert driver.made is not None
    target = tmp_path / "lembar.pdf"
    save_slips(driver.page, context, SlipsOrder(RecipientFilter(driver.made.version_id)), target)
    assert target.read_bytes().startswith(b"%PDF")
    assert driver.recorder.toasts == ["Tersimpan: lembar.pdf", "4 lembar dicatat sudah dicetak."]
    assert {row.status for row in people_of(driver.desk, driver.made.version_id)} == {AckStatus.PRINTED}


def test_the_list_of_the_missing_is_written_and_can_be_opened(
    driver: Driver, context: PageContext, tmp_path: Path
) -> None:
    assert driver.made is not None
    driver.scan("Siti")
    target = tmp_path / "belum.xlsx"
    write_missing(driver.page, context, RecipientFilter(driver.made.version_id), target)
    rows: list[list[Any]] = CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
    assert {row[3] for row in rows[5:]} == {"Hj. Endang Sulistyaningsih", "Yusuf", "Robertus Tampubolon"}
    told = driver.dialog(MessageDialog)
    assert told.text_label.text().startswith("3 orang belum menandatangani.")
    told.accept()


def test_the_scan_page_opens_with_this_circular(driver: Driver) -> None:
    assert driver.made is not None
    driver.page.detail.head.scan_button.click()
    assert driver.recorder.navigated == [("scan", driver.made.version_id)]


def test_another_page_can_ask_for_a_circular(driver: Driver) -> None:
    assert driver.made is not None
    driver.page.search.setText("tidak ada")
    driver.page.search.returnPressed.emit()
    assert driver.page.table.current_id() is None
    driver.page.open_target(driver.made.circular_id)
    assert driver.page.table.current_id() == driver.made.circular_id


@pytest.mark.parametrize("filtered", [False, True])
def test_another_page_can_ask_for_one_person_of_a_circular(driver: Driver, filtered: bool) -> None:
    assert driver.made is not None
    asked = person(driver.desk, driver.made.version_id, driver.names()[-1])
    driver.page.detail.people.search.setText("tidak ada")
    if filtered:
        driver.page.search.setText("tidak ada")
        driver.page.search.returnPressed.emit()
        assert driver.page.table.current_id() is None
    driver.page.open_target({"version_id": asked.version_id, "recipient_id": asked.id})
    detail = driver.page.detail
    assert driver.page.table.current_id() == driver.made.circular_id
    assert detail.stack.currentWidget() is detail.people
    assert detail.people.table.current_id() == asked.id


def publishing(driver: Driver) -> PublishDialog:
    driver.desk.write(settle)
    driver.page.publish_button.click()
    return driver.dialog(PublishDialog)


def test_the_wizard_suggests_the_election_of_the_year_and_who_signs(empty: Driver) -> None:
    dialog = publishing(empty)
    values = dialog.letter.values()
    assert values["election_id"] == "pilkada-2024"
    assert values["edaran.pemilihan"] == "Pemilihan Wali Kota dan Wakil Wali Kota Contoh Tahun 2024"
    assert values["subject"].startswith("Netralitas Pegawai Aparatur Sipil Negara dalam Penyelenggaraan Pemilihan")
    assert (values["dated"], values["due_on"]) == (date(2024, 9, 9), date(2024, 9, 24))
    assert values["signer_id"] is not None
    dialog.reject()


def test_what_the_clerk_wrote_is_not_replaced_by_another_election(empty: Driver) -> None:
    dialog = publishing(empty)
    dialog.letter.put("subject", "Netralitas menjelang pemilihan")
    dialog.letter.put("election_id", "pemilu-2024")
    assert dialog.letter.values()["subject"] == "Netralitas menjelang pemilihan"
    assert dialog.letter.values()["edaran.pemilihan"] == "Pemilihan Umum Tahun 2024"
    QDialog.reject(dialog)


def test_letter_and_audience_are_published_together(empty: Driver) -> None:
    dialog = publishing(empty)
    for _step in range(3):
        dialog.next()
    assert dialog.preview.paper.view.page_count >= 2
    assert dialog.preview.facts.text().startswith("Nomor yang akan dipakai: 1 TAHUN 2024")
    dialog.next()
    (row,) = empty.desk.read(lambda s: queries.circular_rows(s, queries.circular_ids(s)))
    assert (row.number, row.tally.total, row.due_on) == ("1 TAHUN 2024", 1, date(2024, 9, 24))
    assert len(empty.desk.read(letters.letter_ids)) == 1
    assert empty.recorder.toasts == ["Edaran terbit untuk 1 orang."]
    assert empty.page.table.current_id() == row.id


def test_an_audience_of_no_opd_is_not_left(empty: Driver) -> None:
    dialog = publishing(empty)
    dialog.next()
    dialog.next()
    dialog.audience.some.setChecked(True)
    dialog.next()
    assert dialog.step() == 2
    dialog.audience.units.tick_all(on=True)
    assert dialog.audience.told.text_label.text().startswith("Sasaran hari ini: 1 orang di 1 OPD.")
    dialog.next()
    assert dialog.step() == 3
    dialog.reject()


def test_what_the_core_refuses_is_marked_at_its_field(empty: Driver) -> None:
    dialog = publishing(empty)
    dialog.letter.put("due_on", date(2024, 9, 1))
    for _step in range(4):
        dialog.next()
    assert dialog.step() == 0
    assert empty.desk.read(queries.circular_ids) == []
    assert empty.desk.read(letters.letter_ids) == []
    QDialog.reject(dialog)


def test_the_palette_finds_circulars_and_the_sidebar_counts_the_overdue(driver: Driver) -> None:
    (item,) = driver.desk.read(lambda s: jump.find(s, "netralitas"))
    assert driver.made is not None
    assert (item.page, item.target) == ("circulars", driver.made.circular_id)
    assert driver.desk.read(badge.count) == 0


@pytest.mark.parametrize(
    ("title", "kind", "words"),
    [("Pemilu 2024", "pemilu", "Pemilihan Umum Tahun 2024"), ("Pilkada", "pilkada", "Pemilihan Kepala Daerah")],
)
def test_an_election_is_written_out_before_the_office_is_known(title: str, kind: str, words: str) -> None:
    assert election_words(title, kind, None) == words


def test_people_of_the_page_are_those_of_the_core(driver: Driver) -> None:
    assert driver.made is not None
    assert driver.names() == [row.name for row in people_of(driver.desk, driver.made.version_id)]

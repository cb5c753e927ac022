"""Surat: issued letters with their real pages, the agenda, and the wizard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QMenu
from pytestqt.qtbot import QtBot

from asn_desk.desk import Desk
from asn_desk.letters import queries, service
from asn_desk.letters.contents.kinds import RESIGNATION, RESIGNATION_RECEIPT
from asn_desk.letters.contents.kinds_candidacy import IN_PROCESS
from asn_desk.letters.rules import allowed
from asn_desk.letters.service import IssueLetter
from asn_desk.letters.terms import LetterStatus
from tests.letters.letter_office import Ids, settle
from tests.ui.conftest import Recorder, make_context
from ui.letters import jump
from ui.letters.create import LetterDialog
from ui.letters.page import LettersPage
from ui.shared.bridge import Bridge
from ui.shared.dialogs import CommandDialog
from ui.shared.forms import PersonHit
from ui.shared.theme.theme import Theme

D = TypeVar("D", bound=QDialog)
DAY = date(2024, 9, 9)
CANDIDACY = {
    "pencalonan.jabatan": "Wakil Wali Kota Contoh",
    "pencalonan.pemilihan": "Pemilihan Wali Kota dan Wakil Wali Kota Contoh Tahun 2024",
}
RECEIPT = {**CANDIDACY, "diterima.tanggal_surat": date(2024, 9, 6)}


@dataclass
class Driver:
    """Works the page as a clerk does."""

    page: LettersPage
    desk: Desk
    recorder: Recorder
    ids: Ids

    def dialog(self, kind: type[D]) -> D:
        (found,) = [one for one in self.page.findChildren(kind) if one.isVisible()]
        return found

    def issue(self, kind: str = RESIGNATION_RECEIPT, data: Any = RECEIPT) -> int:
        command = IssueLetter(kind, DAY, self.ids.person, data)
        made = self.desk.write(lambda session: service.issue(session, command)).value
        self.page.reload()
        return int(made.id)

    def detail(self, letter_id: int) -> queries.LetterDetail:
        return self.desk.read(lambda session: queries.letter_detail(session, letter_id))

    def mark(self, text: str) -> CommandDialog:
        menu = QMenu(self.page)
        actions = self.page.issued.detail.menu_actions(menu)
        next(action for action in actions if action.text() == text).trigger()
        return self.dialog(CommandDialog)

    def listed(self) -> list[tuple[str, str]]:
        model = self.page.issued.model
        rows = [model.row_at(place) for place in range(model.rowCount())]
        return [(row.kind_title, row.number) for row in rows]


@pytest.fixture
def driver(
    practice_desk: Desk, bridge: Bridge, theme: Theme, recorder: Recorder, tmp_path: Path, qtbot: QtBot
) -> Driver:
    """The page of an office that is set up and has no letters yet."""
    ids = practice_desk.write(settle).value
    page = LettersPage(make_context(bridge, theme, recorder, tmp_path))
    qtbot.addWidget(page)
    bridge.changed.connect(lambda _topics: page.reload())
    page.resize(1158, 740)
    page.show()
    page.reload()
    return Driver(page, practice_desk, recorder, ids)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files handed to the PC's programs."""
    found: list[Path] = []

    def remember(url: QUrl) -> bool:
        found.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", remember)
    return found


def test_an_issued_letter_is_listed_and_its_stored_pages_are_shown(driver: Driver) -> None:
    letter_id = driver.issue()
    detail = driver.page.issued.detail
    assert driver.listed() == [("Tanda Terima Surat Pernyataan Pengunduran Diri", "800.1.6/1/BKPSDM/2024")]
    assert detail.facts.text().startswith("Nomor 800.1.6/1/BKPSDM/2024 · 9 September 2024 · Siti Nurhaliza Rahmawati")
    assert detail.paper.pdf == driver.desk.read(lambda session: queries.stored_pdf(session, letter_id))
    assert detail.paper.view.page_count == driver.detail(letter_id).pages


def test_letters_are_found_by_number_and_kind(driver: Driver) -> None:
    driver.issue()
    driver.issue(RESIGNATION, {**CANDIDACY, "pencalonan.kode": "WALKOT"})
    view = driver.page.issued
    view.kind.set_value(RESIGNATION)
    view.kind.chosen.emit(RESIGNATION)
    assert driver.listed() == [("Surat Pernyataan Pengunduran Diri", "")]
    view.kind.set_value(None)
    view.search.setText("800.1.6/1")
    view.search.returnPressed.emit()
    assert driver.listed() == [("Tanda Terima Surat Pernyataan Pengunduran Diri", "800.1.6/1/BKPSDM/2024")]
    assert view.count.text() == "1 surat"


def test_a_letter_that_is_asked_for_is_shown_whatever_the_filters_say(driver: Driver) -> None:
    first = driver.issue()
    driver.issue()
    driver.page.issued.search.setText("tidak ada")
    driver.page.issued.search.returnPressed.emit()
    driver.page.open_target({"letter_id": first})
    assert driver.page.issued.table.current_id() == first


def test_the_paper_is_marked_signed_then_handed_over(driver: Driver) -> None:
    letter_id = driver.issue()
    driver.mark("Tandai ditandatangani…").confirm_button.click()
    handing = driver.mark("Tandai diserahkan…")
    handing.form.put("to", "Siti Nurhaliza Rahmawati")
    handing.confirm_button.click()
    letter = driver.detail(letter_id)
    assert (letter.status, letter.signed_on, letter.handed_over_to) == (
        LetterStatus.HANDED_OVER, DAY, "Siti Nurhaliza Rahmawati",
    )  # fmt: skip
    assert driver.page.issued.detail.facts.text().endswith(
        "Diserahkan 9 September 2024 kepada Siti Nurhaliza Rahmawati"
    )


def test_a_day_before_the_letter_is_refused_at_its_field(driver: Driver) -> None:
    letter_id = driver.issue()
    dialog = driver.mark("Tandai ditandatangani…")
    dialog.form.put("on", date(2024, 9, 1))
    dialog.confirm_button.click()
    assert dialog.isVisible()
    assert driver.detail(letter_id).status is LetterStatus.ISSUED
    QDialog.reject(dialog)


def test_a_void_number_stays_in_the_agenda_with_its_reason(driver: Driver) -> None:
    driver.issue()
    dialog = driver.mark("Batalkan nomor…")
    dialog.form.put("reason", "salah orang")
    dialog.confirm_button.click()
    driver.issue()
    driver.page.tabs.setCurrentIndex(1)
    numbers = [(row.number, row.status.value, row.void_reason) for row in driver.page.agenda.model.rows]
    assert numbers == [("800.1.6/1/BKPSDM/2024", "batal", "salah orang"), ("800.1.6/2/BKPSDM/2024", "terpakai", "")]
    assert driver.page.agenda.count.text() == "2 nomor, 1 batal"


def test_the_agenda_is_searched_and_opens_the_letter_of_a_number(driver: Driver) -> None:
    first = driver.issue()
    driver.issue()
    driver.page.tabs.setCurrentIndex(1)
    agenda = driver.page.agenda
    agenda.search.setText("/1/bkpsdm")
    agenda.search.returnPressed.emit()
    assert [row.sequence for row in agenda.model.rows] == [1]
    agenda.table.selectRow(0)
    agenda.table.row_activated.emit(agenda.table.current_id())
    assert (driver.page.tabs.currentIndex(), driver.page.issued.table.current_id()) == (0, first)


def test_word_gets_a_copy_and_the_original_stays(
    driver: Driver, opened: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.letters.detail.copies_folder", lambda: tmp_path / "salinan")
    letter_id = driver.issue()
    driver.page.issued.detail.open_word()
    (copy,) = opened
    assert copy.suffix == ".docx"
    assert copy.read_bytes() == driver.desk.read(lambda session: queries.stored_docx(session, letter_id))


def test_a_copy_is_saved_into_a_folder(driver: Driver, opened: list[Path], tmp_path: Path) -> None:
    driver.issue()
    detail = driver.page.issued.detail
    detail.copy_to(tmp_path / "arsip", detail.told_saved)
    assert sorted(path.suffix for path in (tmp_path / "arsip").iterdir()) == [".docx", ".pdf"]
    assert opened == [tmp_path / "arsip"]


def creating(driver: Driver, target: Any = None) -> LetterDialog:
    if target is None:
        driver.page.new_record()
    else:
        driver.page.open_target(target)
    return driver.dialog(LetterDialog)


def test_a_letter_is_made_step_by_step_and_issued(driver: Driver) -> None:
    dialog = creating(driver)
    dialog.letter.put("kind", RESIGNATION_RECEIPT)
    dialog.letter.put("employee_id", PersonHit(driver.ids.person, "Siti Nurhaliza Rahmawati"))
    dialog.next()
    for key, value in RECEIPT.items():
        dialog.data.put(key, value)
    dialog.next()
    assert dialog.preview.paper.view.page_count == 1
    assert dialog.preview.facts.text().startswith("Nomor yang akan dipakai: 800.1.6/1/BKPSDM/2024")
    dialog.next()
    assert driver.listed() == [("Tanda Terima Surat Pernyataan Pengunduran Diri", "800.1.6/1/BKPSDM/2024")]
    assert driver.recorder.toasts == ["Surat terbit dengan nomor 800.1.6/1/BKPSDM/2024."]


def test_a_step_with_an_empty_required_field_is_not_left(driver: Driver) -> None:
    dialog = creating(driver)
    dialog.next()
    assert dialog.step() == 0
    dialog.letter.put("employee_id", PersonHit(driver.ids.person, "Siti"))
    dialog.next()
    dialog.next()
    assert dialog.step() == 1
    QDialog.reject(dialog)


def test_a_personal_letter_asks_for_no_signer_and_takes_no_number(driver: Driver) -> None:
    dialog = creating(driver)
    assert not dialog.letter.field("signer_id").isVisible()
    dialog.letter.put("kind", RESIGNATION_RECEIPT)
    assert dialog.letter.field("signer_id").isVisible()
    assert dialog.letter.values()["signer_id"] == driver.ids.agency_head
    QDialog.reject(dialog)


def test_what_was_typed_for_one_kind_is_there_when_the_clerk_comes_back_to_it(driver: Driver) -> None:
    dialog = creating(driver)
    dialog.data.put("pegawai.alamat", "Jalan Melati Nomor 5")
    dialog.letter.put("kind", RESIGNATION_RECEIPT)
    assert not dialog.data.has("pegawai.alamat")
    dialog.letter.put("kind", RESIGNATION)
    assert dialog.data.values()["pegawai.alamat"] == "Jalan Melati Nomor 5"
    QDialog.reject(dialog)


def test_coded_choices_are_offered_in_words(driver: Driver) -> None:
    dialog = creating(driver)
    box: Any = dialog.data.field("pencalonan.kode")
    texts = [box.itemText(place) for place in range(box.count())]
    assert "WALKOT" not in texts
    assert any("Wali Kota" in text for text in texts)
    dialog.reject()


def test_another_page_begins_a_letter_with_what_it_knows(driver: Driver) -> None:
    values = {**CANDIDACY, "diterima.tanggal_surat": "2024-09-06", "diterima.lampiran": ["Fotokopi KTP", "Fotokopi SK"]}
    target = {"new": RESIGNATION_RECEIPT, "employee_id": driver.ids.person, "declaration_id": None, "values": values}
    dialog = creating(driver, target)
    assert dialog.letter.values()["employee_id"] == driver.ids.person
    assert dialog.data.values()["diterima.tanggal_surat"] == date(2024, 9, 6)
    for _step in range(3):
        dialog.next()
    (letter_id,) = driver.desk.read(queries.letter_ids)
    assert driver.detail(letter_id).data["diterima"]["lampiran"] == ["Fotokopi KTP; dan", "Fotokopi SK."]


def test_the_page_of_a_person_begins_a_letter_without_a_kind(driver: Driver) -> None:
    dialog = creating(driver, {"new": None, "employee_id": driver.ids.person})
    assert (dialog.kind.code, dialog.letter.values()["employee_id"]) == (RESIGNATION, driver.ids.person)
    dialog.reject()


def test_what_the_core_refuses_brings_the_clerk_back_to_the_field(driver: Driver) -> None:
    target = {
        "new": RESIGNATION_RECEIPT,
        "employee_id": driver.ids.person,
        "values": {**RECEIPT, "diterima.pukul": "jam 9"},
    }
    dialog = creating(driver, target)
    dialog.next()
    dialog.next()
    assert dialog.step() == 1
    assert driver.desk.read(queries.letter_ids) == []
    QDialog.reject(dialog)


def test_the_palette_finds_a_letter_by_its_number(driver: Driver) -> None:
    letter_id = driver.issue()
    (item,) = driver.desk.read(lambda session: jump.find(session, "800.1.6/1"))
    assert (item.title, item.page, item.target) == ("800.1.6/1/BKPSDM/2024", "letters", {"letter_id": letter_id})


@pytest.mark.parametrize(
    ("status", "texts"),
    [
        (LetterStatus.ISSUED, {LetterStatus.SIGNED, LetterStatus.HANDED_OVER, LetterStatus.VOID}),
        (LetterStatus.SIGNED, {LetterStatus.HANDED_OVER, LetterStatus.VOID}),
        (LetterStatus.HANDED_OVER, {LetterStatus.VOID}),
        (LetterStatus.VOID, set()),
    ],
)
def test_a_letter_goes_only_forward(status: LetterStatus, texts: set[LetterStatus]) -> None:
    assert allowed(status) == texts


def test_an_electronic_signature_is_offered_only_where_the_official_signs_alone(driver: Driver) -> None:
    dialog = creating(driver)
    dialog.letter.put("electronic", True)
    dialog.letter.put("confidential", True)
    wanted = {}
    for kind in (RESIGNATION_RECEIPT, IN_PROCESS):
        dialog.letter.put("kind", kind)
        wanted[kind] = (dialog.command().electronic, dialog.command().confidential)
    assert wanted == {RESIGNATION_RECEIPT: (False, True), IN_PROCESS: (True, True)}

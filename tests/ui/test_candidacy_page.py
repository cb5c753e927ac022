"""The page Pencalonan on a real desk: declaring, what is owed and why, events, letters, and what is not allowed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from asn_desk.candidacy import papers, queries, service
from asn_desk.candidacy.lanes import LanePoint
from asn_desk.candidacy.queries import urgent_count
from asn_desk.candidacy.rows import DeclarationFilter
from asn_desk.candidacy.service import DeclareCandidacy, RecordEvent
from asn_desk.desk import Desk
from asn_desk.employees.terms import PostClass
from asn_desk.errors import DeskError
from asn_desk.letters.contents.signing import Signing
from asn_desk.letters.terms import SignForm
from asn_desk.regulations.terms import Lane
from tests.factories import add_employee, add_unit
from tests.letters.letter_office import settle
from tests.ui.conftest import Recorder, make_context, texts_of
from ui.candidacy import explain, jump
from ui.candidacy.declare import AmendDialog, DeclareDialog
from ui.candidacy.detail import HISTORY, LETTERS
from ui.candidacy.explain import ExplanationDialog
from ui.candidacy.lane_layout import place_labels, time_axis
from ui.candidacy.letter import LetterDialog
from ui.candidacy.page import CandidacyPage
from ui.candidacy.record import RecordDialog, RefusedDialog, VoidDialog, read_evidence
from ui.shared.bridge import Bridge
from ui.shared.dialogs import MessageDialog
from ui.shared.documents.paper import PaperDialog
from ui.shared.forms import PersonHit
from ui.shared.theme.theme import Theme

DAY = date(2024, 9, 9)


class PageDriver:
    """Uses the page as a clerk does."""

    def __init__(self, page: CandidacyPage, desk: Desk) -> None:
        self.page, self.desk = page, desk

    def dialog(self, kind: type[QDialog]) -> Any:
        """Return the open dialog of a kind."""
        return next(one for one in self.page.findChildren(kind) if one.isVisible())

    def has_dialog(self, kind: type[QDialog]) -> bool:
        return any(one.isVisible() for one in self.page.findChildren(kind))

    def press(self, text: str, inside: QWidget | None = None) -> None:
        for one in (inside or self.page).findChildren(QPushButton):
            if one.text().replace("&", "") == text and one.isEnabled() and one.isVisibleTo(self.page):
                one.click()
                return
        raise AssertionError(f"no button {text}")

    def texts(self) -> list[str]:
        return texts_of(self.page.detail)

    def show_tab(self, place: int) -> None:
        self.page.detail.tabs.setCurrentIndex(place)

    def events(self) -> list[str]:
        file = self.page.detail.file
        assert file is not None
        return [row.code for row in file.events if not row.voided]


@pytest.fixture
def people(practice_desk: Desk) -> dict[str, int]:
    def add(session: Any) -> dict[str, int]:
        unit = add_unit(session, "Dinas Perhubungan")
        head = add_employee(
            session, name="MUHAMMAD SYAHRUL RAMADHAN", title_front="Drs. H.", title_back="M.Si.", nip="197203141997031004",
            post_class=PostClass.JPT_PRATAMA, post_name="Kepala Dinas Perhubungan", birth_date=date(1972, 3, 14), unit=unit,
        )  # fmt: skip
        other = add_employee(session, name="Dewi Anggraini Puspitasari", nip="198506172009032011", unit=unit)
        return {"head": head.id, "other": other.id}

    return practice_desk.write(add).value


@pytest.fixture
def driver(
    practice_desk: Desk, people: dict[str, int], qtbot: QtBot, theme: Theme, recorder: Recorder, tmp_path: Path
) -> Iterator[PageDriver]:
    bridge = Bridge(practice_desk, inline=True)
    page = CandidacyPage(make_context(bridge, theme, recorder, tmp_path))
    bridge.changed.connect(lambda topics: page.reload() if page.topics & topics else None)
    qtbot.addWidget(page)
    page.resize(1158, 712)
    page.reload()
    page.show()
    yield PageDriver(page, practice_desk)
    for dialog in page.findChildren(QDialog):
        QDialog.reject(dialog)
    page.close()
    bridge.close()


def declared(desk: Desk, employee_id: int, **values: Any) -> int:
    command = DeclareCandidacy(
        employee_id=employee_id, office_code="WALKOT", election_id="pilkada-2024", region="Kota Contoh",
        declared_on=date(2024, 8, 12), office_name="Wakil Wali Kota Contoh", path="parpol", **values,
    )  # fmt: skip
    return desk.write(lambda session: service.declare(session, command)).value


def record(desk: Desk, file_id: int, code: str, day: date, **values: Any) -> None:
    def write(session: Any) -> None:
        version = queries.declaration_detail(session, file_id).version
        service.record_event(session, RecordEvent(file_id, version, code, day, **values))

    desk.write(write)


@pytest.fixture
def late_file(driver: PageDriver, people: dict[str, int]) -> int:
    """A file whose resignation letter came in on 5 September and whose receipt is missing since."""
    file_id = declared(driver.desk, people["head"])
    record(driver.desk, file_id, "LAPOR", date(2024, 8, 12))
    record(driver.desk, file_id, "PENDAFTARAN", date(2024, 8, 28))
    record(driver.desk, file_id, "SURAT_MUNDUR", date(2024, 9, 5), received_by="Loket BKPSDM")
    driver.page.reload()
    driver.page.open_target(file_id)
    return file_id


def test_an_empty_office_is_told_how_to_begin(driver: PageDriver) -> None:
    assert "Belum ada berkas" in texts_of(driver.page.table)
    assert "Pilih berkas" in driver.texts()
    assert driver.page.count.text() == "0 berkas"


def test_a_declaration_made_in_the_dialog_is_listed_and_shown(
    driver: PageDriver, people: dict[str, int], recorder: Recorder
) -> None:
    driver.press("Deklarasi baru")
    dialog = driver.dialog(DeclareDialog)
    dialog.form.put("employee_id", PersonHit(people["head"], "Drs. H. Muhammad Syahrul Ramadhan, M.Si."))
    dialog.form.put("office_code", "WALKOT")
    dialog.form.put("region", "Kota Contoh")
    dialog.form.put("path", "parpol")
    dialog.form.put("party", "Partai Contoh")
    assert dialog.form.values()["election_id"] == "pilkada-2024"
    dialog.confirm_button.click()
    assert driver.page.count.text() == "1 berkas"
    assert recorder.toasts == ["Deklarasi dicatat."]
    file = driver.page.detail.file
    assert file is not None
    assert (file.name, file.party, file.declared_on) == (
        "Drs. H. Muhammad Syahrul Ramadhan, M.Si.",
        "Partai Contoh",
        DAY,
    )
    assert file.confidential
    assert driver.page.detail.head.badge.isVisibleTo(driver.page)


def test_a_refused_declaration_stays_open_with_its_field_marked(driver: PageDriver, people: dict[str, int]) -> None:
    declared(driver.desk, people["head"])
    driver.page.open_target({"new": True, "employee_id": people["head"]})
    dialog = driver.dialog(DeclareDialog)
    dialog.form.put("office_code", "WALKOT")
    dialog.form.put("region", "Kota Contoh")
    dialog.confirm_button.click()
    assert driver.has_dialog(DeclareDialog)
    assert any("sudah mempunyai berkas" in text for text in texts_of(dialog))
    assert dialog.form.values()["employee_id"] == people["head"]


@pytest.mark.parametrize(
    ("office", "shown", "hidden"),
    [
        ("WALKOT", {"path", "party", "running_mate"}, {"constituency"}),
        ("DPRD_KAB", {"constituency", "party"}, {"path", "running_mate"}),
        ("DPD", {"constituency"}, {"path", "party", "running_mate"}),
        ("KADES", set(), {"path", "party", "running_mate", "constituency"}),
    ],
)
def test_the_dialog_asks_what_the_office_needs(
    driver: PageDriver, office: str, shown: set[str], hidden: set[str]
) -> None:
    driver.page.declare()
    form = driver.dialog(DeclareDialog).form
    form.put("office_code", office)
    visible = {key for key in shown | hidden if form.field(key).isVisibleTo(form)}
    assert visible == shown


def test_elections_follow_the_office(driver: PageDriver) -> None:
    driver.page.declare()
    form = driver.dialog(DeclareDialog).form
    form.put("office_code", "WALKOT")
    form.put("office_code", "KADES")
    assert form.values()["election_id"] not in {None, "pilkada-2024"}


def test_duties_say_what_who_and_until_when(driver: PageDriver, late_file: int) -> None:
    texts = driver.texts()
    assert "Menerbitkan tanda terima surat pengunduran diri" in texts
    assert "BKD/BKPSDM kepada Pegawai" in texts
    assert "5 Sep 2024" in texts
    chips = [one.accessibleName() for one in driver.page.detail.findChildren(QWidget)]
    assert {"lewat 4 hari", "3 bacaan sumber"} <= set(chips)


def test_the_list_shows_the_nearest_due_date_in_words(driver: PageDriver, late_file: int) -> None:
    row = driver.page.model.row_at(0)
    column = next(one for one in driver.page.model.columns if one.key == "due")
    assert column.plain(row) == "lewat 7 hari"
    assert column.spoken(row).startswith("Tenggat terdekat lewat 7 hari, perlu diperiksa")


def test_an_explanation_names_article_source_trigger_and_other_readings(driver: PageDriver, late_file: int) -> None:
    file = driver.page.detail.file
    assert file is not None
    duty = next(row for row in file.obligations if row.id == "K7")
    driver.page.detail.duties.explain(duty)
    dialog = driver.dialog(ExplanationDialog)
    text = "\n".join(texts_of(dialog))
    assert "Minggu, 22 September 2024" in text
    assert duty.basis[0].short in text
    assert duty.basis[0].source in text
    assert "Penetapan pasangan calon" in text
    assert "28 Oktober 2024" in text
    assert "Perlu diperiksa" in text


def test_a_click_on_a_day_of_the_lanes_explains_it(driver: PageDriver, late_file: int) -> None:
    lanes = driver.page.detail.head.lanes
    button = next(one for one in lanes.buttons if "Tanda terima" in one.accessibleName())
    assert button.accessibleName() == "Kepegawaian: Tanda terima, lewat 4 hari, tenggat 5 September 2024"
    button.click()
    assert "Menerbitkan tanda terima surat pengunduran diri" in texts_of(driver.dialog(ExplanationDialog))


def test_the_lanes_are_walked_by_arrow_keys(driver: PageDriver, late_file: int, qtbot: Any) -> None:
    lanes = driver.page.detail.head.lanes
    driver.page.activateWindow()
    first = lanes.buttons[0]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    second = next(one for one in lanes.buttons if one.focusPolicy() == Qt.FocusPolicy.StrongFocus)
    assert (second.lane, second.accessibleName()) == (Lane.KPU, "KPU: Penetapan, belum, 22 September 2024")
    qtbot.keyClick(second, Qt.Key.Key_Down)
    below = next(one for one in lanes.buttons if one.focusPolicy() == Qt.FocusPolicy.StrongFocus)
    assert below.lane is Lane.STAFF
    qtbot.keyClick(below, Qt.Key.Key_Return)
    assert driver.has_dialog(ExplanationDialog)


def test_the_end_of_employment_is_explained_with_its_article(driver: PageDriver, late_file: int) -> None:
    file = driver.page.detail.file
    assert file is not None
    shown = explain.of_end(file)
    assert shown.day == date(2024, 9, 30)
    assert any("254" in row.article for row in shown.basis)


def test_an_event_recorded_in_the_dialog_meets_the_duty(driver: PageDriver, late_file: int, recorder: Recorder) -> None:
    driver.press("Catat kejadian")
    dialog = driver.dialog(RecordDialog)
    dialog.form.put("code", "TANDA_TERIMA")
    dialog.form.put("document_number", "800.1.6/12/BKPSDM/2024")
    assert any("nama pejabat penerima" in text for text in texts_of(dialog))
    dialog.confirm_button.click()
    assert "TANDA_TERIMA" in driver.events()
    assert recorder.toasts == ["Dicatat: Tanda terima diterbitkan."]
    driver.show_tab(HISTORY)
    assert any("800.1.6/12/BKPSDM/2024" in text for text in driver.texts())


def test_only_allowed_events_are_offered_and_the_others_have_a_reason(driver: PageDriver, late_file: int) -> None:
    driver.page.record()
    dialog = driver.dialog(RecordDialog)
    box = dialog.form.field("code")
    offered = {box.itemText(place).split(": ", 1)[1] for place in range(box.count())}
    file = driver.page.detail.file
    assert file is not None
    assert offered == {action.title for action in file.actions if action.allowed}
    assert "Surat pernyataan pengunduran diri diterima" not in offered
    driver.press("Mengapa yang lain tidak ada?", dialog)
    reasons = texts_of(driver.dialog(RefusedDialog))
    assert any("Belum dapat dicatat pada tahap sekarang" in text for text in reasons)


def test_an_event_before_its_time_is_refused_beside_the_field(driver: PageDriver, late_file: int) -> None:
    driver.page.record()
    dialog = driver.dialog(RecordDialog)
    dialog.form.put("code", "TANDA_TERIMA")
    dialog.form.put("happened_on", date(2024, 9, 12))
    dialog.confirm_button.click()
    assert "Tanggal kejadian tidak boleh sesudah hari ini." in texts_of(dialog)
    assert "TANDA_TERIMA" not in driver.events()


def test_evidence_is_kept_and_can_be_looked_at(driver: PageDriver, late_file: int, tmp_path: Path) -> None:
    scan = tmp_path / "pindaian.pdf"
    scan.write_bytes(b"%PDF-1.4 bukti")
    driver.page.record()
    dialog = driver.dialog(RecordDialog)
    dialog.form.put("code", "TANDA_TERIMA")
    dialog.form.put("evidence", scan)
    dialog.confirm_button.click()
    file = driver.page.detail.file
    assert file is not None
    kept = next(row for row in file.events if row.file_sha256)
    assert driver.desk.read(lambda session: queries.evidence(session, kept.id)) == b"%PDF-1.4 bukti"
    driver.show_tab(HISTORY)
    assert "Lihat bukti" in driver.texts()


def test_missing_evidence_is_refused_beside_its_field(tmp_path: Path) -> None:
    with pytest.raises(DeskError) as refused:
        read_evidence(tmp_path / "tidak-ada.pdf")
    assert "tidak-ada.pdf" in refused.value.fields["evidence"]


def test_a_voided_event_stays_struck_with_its_reason(driver: PageDriver, late_file: int) -> None:
    driver.show_tab(HISTORY)
    driver.press("Batalkan…")
    dialog = driver.dialog(VoidDialog)
    dialog.form.put("reason", "Surat milik orang lain.")
    dialog.confirm_button.click()
    assert "SURAT_MUNDUR" not in driver.events()
    assert "Dibatalkan: Surat milik orang lain." in driver.texts()
    struck = [one.text() for one in driver.page.detail.findChildren(QLabel) if one.font().strikeOut()]
    assert struck == ["Surat pernyataan pengunduran diri diterima"]


def test_a_file_in_progress_cannot_be_closed_and_says_why(driver: PageDriver, late_file: int) -> None:
    button = driver.page.detail.head.close_button
    assert not button.isEnabled()
    assert "Berkas belum dapat ditutup" in button.toolTip()


def test_a_finished_file_is_closed_and_then_nothing_can_be_changed(driver: PageDriver, people: dict[str, int]) -> None:
    file_id = declared(driver.desk, people["other"])
    record(driver.desk, file_id, "BATAL", date(2024, 8, 20))
    driver.page.reload()
    driver.page.open_target({"declaration_id": file_id})
    driver.press("Tutup berkas")
    driver.press("Tutup berkas", driver.dialog(MessageDialog))
    assert driver.page.count.text() == "0 berkas"
    driver.page.open_target(file_id)
    detail = driver.page.detail
    assert detail.file is not None
    assert detail.file.closed_on == DAY
    bar = detail.bar
    for button in (
        bar.letter_button,
        bar.event_button,
        bar.packet_button,
        detail.head.amend_button,
        detail.head.close_button,
    ):
        assert not button.isEnabled()
        assert button.toolTip() == "Berkas ini sudah ditutup."


def test_particulars_are_corrected(driver: PageDriver, late_file: int) -> None:
    driver.press("Ubah")
    dialog = driver.dialog(AmendDialog)
    dialog.form.put("path", "perseorangan")
    dialog.confirm_button.click()
    file = driver.page.detail.file
    assert file is not None
    assert (file.path, file.party) == ("perseorangan", "")


def test_filters_leave_the_files_that_fit(driver: PageDriver, late_file: int, people: dict[str, int]) -> None:
    declared(driver.desk, people["other"], running_mate="")
    driver.page.reload()
    driver.page.search.setText("syahrul")
    driver.page.search.returnPressed.emit()
    assert driver.page.count.text() == "1 berkas"
    driver.page.search.setText("")
    driver.page.search.returnPressed.emit()
    driver.page.staff._choose("MENGUNDURKAN_DIRI")
    assert driver.page.count.text() == "1 berkas"
    driver.page.kpu._choose("DCS")
    assert driver.page.count.text() == "0 berkas"


def test_a_target_outside_the_filter_is_found_again(driver: PageDriver, late_file: int) -> None:
    driver.page.kpu._choose("DCS")
    driver.page.open_target(late_file)
    assert driver.page.table.current_id() == late_file


def test_a_letter_is_filled_from_the_file_issued_and_linked(driver: PageDriver, late_file: int) -> None:
    driver.desk.write(settle)
    driver.press("Buat surat", driver.page.detail.bar)
    dialog = driver.dialog(LetterDialog)
    dialog.head.put("kind", "surat_pernyataan_pengunduran_diri")
    assert dialog.fields.values()["pencalonan.jabatan"] == "Wakil Wali Kota Contoh"
    dialog.next()
    assert dialog.next_button.isEnabled()
    dialog.next()
    file = driver.page.detail.file
    assert file is not None
    assert [letter.kind for letter in file.letters] == ["surat_pernyataan_pengunduran_diri"]
    driver.show_tab(LETTERS)
    assert "Buka surat" in driver.texts()


def test_a_letter_of_a_file_may_be_signed_for_the_secretary(driver: PageDriver, late_file: int) -> None:
    driver.desk.write(settle)
    driver.page.make_letter("tanda_terima_pengunduran_diri")
    dialog = driver.dialog(LetterDialog)
    wanted = Signing(SignForm.FOR, "Wali Kota Contoh", "Sekretaris Daerah Kota Contoh")
    dialog.fields.put("signing", wanted)
    assert dialog.command().signing == wanted
    dialog.reject()


def test_after_a_receipt_is_issued_its_event_is_offered_with_number_and_day(driver: PageDriver, late_file: int) -> None:
    driver.desk.write(settle)
    driver.page.make_letter("tanda_terima_pengunduran_diri")
    dialog = driver.dialog(LetterDialog)
    dialog.next()
    dialog.next()
    driver.press("Catat kejadiannya…", driver.dialog(PaperDialog))
    values = driver.dialog(RecordDialog).form.values()
    assert (values["code"], values["happened_on"], values["document_date"]) == ("TANDA_TERIMA", DAY, DAY)
    assert values["document_number"].startswith("800.1.6/")


def test_an_issued_letter_is_opened_on_the_page_surat(driver: PageDriver, late_file: int, recorder: Recorder) -> None:
    driver.desk.write(settle)
    driver.page.make_letter("surat_pernyataan_pengunduran_diri")
    dialog = driver.dialog(LetterDialog)
    dialog.next()
    dialog.next()
    driver.press("Buka halaman Surat", driver.dialog(PaperDialog))
    file = driver.page.detail.file
    assert file is not None
    assert recorder.navigated == [("letters", {"letter_id": file.letters[0].id})]


def test_letters_offered_follow_the_office(driver: PageDriver, people: dict[str, int]) -> None:
    command = DeclareCandidacy(people["other"], "KADES", "pilkades", "Kabupaten Misal", DAY)
    village_id = driver.desk.write(lambda session: service.declare(session, command)).value
    town_id = declared(driver.desk, people["head"])
    town, village = (
        [row.code for row in driver.desk.read(partial(papers.offered_letters, declaration_id=key))]
        for key in (town_id, village_id)
    )
    shared = ["L-2", "L-4", "L-5", "L-7", "L-8", "L-12", "L-14"]
    assert sorted(town) == sorted([*shared, "L-1", "L-3", "L-6"])
    assert sorted(village) == sorted([*shared, "L-10"])


def test_the_number_beside_the_page_counts_what_is_urgent(driver: PageDriver, late_file: int) -> None:
    file = driver.page.detail.file
    assert file is not None
    urgent = [row for row in file.obligations if row.status in {"late", "due_today"}]
    assert driver.desk.read(urgent_count) == len(urgent) > 0


def test_files_are_found_by_name_in_the_jump_palette(driver: PageDriver, late_file: int) -> None:
    (item,) = driver.desk.read(lambda session: jump.find(session, "syahrul"))
    assert (item.page, item.target) == ("candidacy", {"declaration_id": late_file})
    assert "Wakil Wali Kota Contoh" in item.subtitle


def test_open_duties_are_counted_for_files_without_a_date(driver: PageDriver, late_file: int) -> None:
    (row,) = driver.desk.read(
        lambda session: queries.declaration_rows(session, queries.declaration_ids(session, DeclarationFilter()))
    )
    file = driver.page.detail.file
    assert file is not None
    assert row.open_duties == sum(
        1 for duty in file.obligations if duty.met_on is None and duty.status != "not_applicable"
    )


def point(day: date | None, title: str = "Tahap") -> LanePoint:
    return LanePoint("X", title, day, done=False, late=False, duty_id="", origin="")


def test_points_stand_in_order_of_time_on_one_axis() -> None:
    kpu = [point(date(2024, 8, 27)), point(date(2024, 9, 22)), point(None)]
    staff = [point(date(2024, 8, 27)), point(None), point(date(2024, 9, 30))]
    axis = time_axis([kpu, staff], DAY, 480)
    assert axis.points[0][0] == axis.points[1][0] < axis.today < axis.points[1][1] < axis.points[0][1]
    assert axis.points[0][1] < axis.points[0][2] < axis.points[1][2] <= 480


def test_no_two_points_of_a_lane_share_a_place() -> None:
    same_day = [point(DAY), point(None), point(None), point(date(2024, 9, 22)), point(date(2024, 9, 22)), point(None)]
    (xs,) = time_axis([same_day], DAY, 480).points
    assert len(set(xs)) == len(xs)
    (waiting,) = time_axis([[point(None), point(None), point(None)]], DAY, 480).points
    assert len(set(waiting)) == 3


@pytest.mark.parametrize("width", [300, 420, 498, 900])
@pytest.mark.parametrize("count", [1, 4, 7, 9])
def test_labels_never_overlap_nor_leave_the_lane(width: int, count: int) -> None:
    days = [point(date(2024, 9, 1 + place // 2)) for place in range(count)]
    xs = time_axis([days], DAY, width).points[0]
    sizes = [88.0] * count
    places = place_labels(xs, sizes, width)
    for index, place in enumerate(places):
        assert 0 <= place.left <= width - 88
        same = [other.left for at, other in enumerate(places) if at != index and other.row == place.row]
        assert all(abs(left - place.left) >= 88 for left in same)


def test_nothing_waits_in_the_event_queue_after_a_change_of_file(
    driver: PageDriver, late_file: int, qapp: QApplication
) -> None:
    driver.page.detail.show_file(None)
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert "Pilih berkas" in driver.texts()
    assert driver.page.detail.file is None

"""Edaran after publishing: revisions, the audience brought up to date, letters to heads of units, files, papers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PIL import Image
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from asn_desk.accounts.terms import Action
from asn_desk.circulars import chasing, queries, service
from asn_desk.circulars.queries import RecipientFilter
from asn_desk.circulars.rules import OPEN, Audience
from asn_desk.circulars.service import Published
from asn_desk.circulars.terms import AckStatus, Companion, EvidenceKind, Purpose
from asn_desk.desk import Desk
from asn_desk.letters.contents.kinds_desk import CIRCULAR_B
from asn_desk.letters.contents.signing import Signing
from asn_desk.letters.numbers import numbering
from asn_desk.letters.terms import SignForm
from asn_desk.office import service as office
from tests.core.circulars_office import people_of, person, published
from tests.factories import add_employee
from tests.letters.letter_office import AGENCY_HEAD, IDENTITY, MAYOR
from tests.ui.conftest import Recorder, make_context, texts_of
from ui.circulars.audience_changes import RefreshDialog, add_person, find_people, hand_over, remove_person
from ui.circulars.detail import EVIDENCE, HISTORY, LETTERS, VERSIONS
from ui.circulars.missing import write_missing
from ui.circulars.page import CircularsPage
from ui.circulars.papers import export_returns, look_at_return, write_binder_file, write_return_file
from ui.circulars.picks import PickDialog
from ui.circulars.publish import PublishDialog
from ui.circulars.return_dialog import ReturnDialog
from ui.circulars.revise import ReviseDialog
from ui.circulars.send import SendDialog
from ui.circulars.slips import SlipsDialog, SlipsOrder, save_per_opd
from ui.circulars.unit_choice import UnitChoice
from ui.shared.bridge import Bridge
from ui.shared.dialogs import CommandDialog, MessageDialog
from ui.shared.documents.paper import PaperDialog
from ui.shared.documents.picture import PictureDialog
from ui.shared.page import PageContext
from ui.shared.theme.theme import Theme

D = TypeVar("D", bound=QDialog)


@dataclass
class Driver:
    """Works the page as a clerk does."""

    page: CircularsPage
    desk: Desk
    recorder: Recorder
    context: PageContext
    made: Published

    @property
    def detail(self) -> Any:
        return self.page.detail

    def dialog(self, kind: type[D]) -> D:
        (found,) = [one for one in self.page.findChildren(kind) if one.isVisible()]
        return found

    def row(self, name: str) -> Any:
        return person(self.desk, self.made.version_id, name)

    def sign(self, name: str) -> None:
        code = self.row(name).code
        self.desk.write(lambda session: service.acknowledge_code(session, code))
        self.page.reload()

    def tell(self, text: str) -> None:
        self.recorder.toasts.append(text)


def letters_ready(session: Any) -> None:
    """Set the office up so that letters can be issued."""
    office.set_up_office(session, office.SetUpOffice(IDENTITY, "Ratna Wulandari"))
    numbering.ensure_default_series(session, IDENTITY.agency_short)
    office.save_official(session, MAYOR)
    office.save_official(session, AGENCY_HEAD)


@pytest.fixture
def driver(practice_desk: Desk, theme: Theme, recorder: Recorder, tmp_path: Path, qtbot: QtBot) -> Iterator[Driver]:
    """The page with one circular of four people."""
    practice_desk.write(letters_ready)
    made = published(practice_desk)
    bridge = Bridge(practice_desk, inline=True)
    context = make_context(bridge, theme, recorder, tmp_path)
    page = CircularsPage(context)
    qtbot.addWidget(page)
    bridge.changed.connect(lambda _topics: page.reload())
    page.resize(1158, 740)
    page.show()
    page.reload()
    yield Driver(page, practice_desk, recorder, context, made)
    bridge.close()


def publishing(driver: Driver) -> PublishDialog:
    driver.page.publish_button.click()
    return driver.dialog(PublishDialog)


def test_the_due_day_follows_the_working_days_and_a_day_of_ones_own_replaces_them(driver: Driver) -> None:
    dialog = publishing(driver)
    dialog.letter.put("due_days", 3)
    assert (dialog.letter.values()["due_on"], dialog.publish_command().due_days) == (date(2024, 9, 12), 3)
    dialog.letter.put("due_on", date(2024, 9, 30))
    assert dialog.letter.values()["due_days"] is None
    assert dialog.publish_command().due_on == date(2024, 9, 30)
    QDialog.reject(dialog)


def test_form_b_companion_stages_and_non_asn_are_published_as_chosen(driver: Driver) -> None:
    dialog = publishing(driver)
    dialog.letter.put("kind", CIRCULAR_B)
    dialog.letter.put("companion", Companion.PLEDGE)
    dialog.audience.heads_first.setChecked(True)
    for box in dialog.audience.kinds.values():
        box.setChecked(True)
    command = dialog.publish_command()
    assert (dialog.letter_command().kind, command.companion) == (CIRCULAR_B, Companion.PLEDGE)
    assert (command.audience.heads_first, len(command.audience.kinds)) == (True, 5)
    for box in dialog.audience.states.values():
        box.setChecked(False)
    assert dialog.audience.problem() == "Pilih paling sedikit satu status pegawai."
    QDialog.reject(dialog)


def test_single_people_are_named_beside_the_rule(driver: Driver) -> None:
    dialog = publishing(driver)
    (hit,) = driver.desk.read(lambda session: find_people(session, "slamet"))
    dialog.audience.refresh()
    before = dialog.audience.reach.people
    dialog.audience.person.set_value(hit)
    assert dialog.audience.audience().also == (hit.id,)
    assert dialog.audience.reach.people == before + 1
    dialog.audience.none_button.click()
    assert dialog.audience.audience().also == ()
    QDialog.reject(dialog)


def chosen_units(dialog: PublishDialog) -> tuple[tuple[int, ...] | None, tuple[int, ...] | None, int]:
    """Return OPDs, single units and people of the audience."""
    audience = dialog.audience.audience()
    return audience.opd_ids, audience.unit_ids, dialog.audience.reach.people


def shown_units(choice: UnitChoice) -> list[str]:
    """Return the lines of the tree that are not hidden."""
    return [item.text(0) for item in choice._items() if not item.isHidden()]


def test_a_single_unit_below_an_opd_is_chosen_and_a_whole_opd_beside_it(driver: Driver) -> None:
    ids = {row.name: row.id for row in driver.desk.read(lambda s: queries.audience_units(s, Audience()))}
    health, hospital, schools = (ids[name] for name in ("Dinas Kesehatan", "RSUD Kota Contoh", "Dinas Pendidikan"))
    dialog = publishing(driver)
    dialog.audience.refresh()
    assert chosen_units(dialog) == (None, None, 4)
    dialog.audience.some.setChecked(True)
    units = dialog.audience.units
    assert shown_units(units) == [
        "Dinas Kesehatan (3)", "Langsung di bawah Dinas Kesehatan (1)", "RSUD Kota Contoh (2)", "Dinas Pendidikan (1)",
    ]  # fmt: skip
    units.tick(hospital, on=True)
    assert chosen_units(dialog) == ((), (hospital,), 2)
    units.tick(schools, on=True)
    assert chosen_units(dialog) == ((schools,), (hospital,), 3)
    assert dialog.audience.told.text_label.text().startswith("Sasaran hari ini: 3 orang di 2 OPD.")
    units.tick(health, on=True)
    assert chosen_units(dialog) == ((health, schools), (), 4)
    units.tick(hospital, on=False)
    assert chosen_units(dialog) == ((schools,), (health,), 2)
    for box in dialog.audience.kinds.values():
        box.setChecked(True)
    assert chosen_units(dialog) == ((schools,), (health,), 3)
    assert dialog.publish_command().audience.unit_ids == (health,)
    QDialog.reject(dialog)


def test_units_are_found_by_words_of_their_own_or_of_their_opd(driver: Driver) -> None:
    dialog = publishing(driver)
    dialog.audience.refresh()
    dialog.audience.some.setChecked(True)
    units = dialog.audience.units
    units.search("rsud")
    assert shown_units(units) == ["Dinas Kesehatan (3)", "RSUD Kota Contoh (2)"]
    units.tick_all(on=True)
    assert len(units.unit_ids()) == 1
    units.search("kesehatan rsud")
    assert shown_units(units) == ["Dinas Kesehatan (3)", "RSUD Kota Contoh (2)"]
    units.search("")
    assert len(shown_units(units)) == 4
    units.tick_all(on=False)
    assert dialog.audience.problem() == "Pilih paling sedikit satu OPD atau unit, atau pilih seluruh kantor."
    QDialog.reject(dialog)


def test_a_circular_is_signed_for_another_as_any_letter(driver: Driver) -> None:
    dialog = publishing(driver)
    dialog.letter.put("signing", Signing(SignForm.FOR, "Wali Kota Contoh", "Sekretaris Daerah Kota Contoh"))
    assert dialog.letter_command().signing.form is SignForm.FOR
    QDialog.reject(dialog)


def test_legal_bases_are_picked_from_those_in_force_on_the_letters_day(driver: Driver) -> None:
    dialog = publishing(driver)
    dialog.parts.bases_button.click()
    pick = driver.dialog(PickDialog)
    usual = pick.chosen()
    assert len(usual) >= 3
    pick.tick(usual[0], on=False)
    pick.take_button.click()
    assert dialog.texts.values()["edaran.dasar"].splitlines() == usual[1:]
    dialog.parts.acts_button.click()
    acts = driver.dialog(PickDialog)
    assert "Bawaslu: 16 larangan (bahan sosialisasi)" in texts_of(acts)
    acts.reject()
    QDialog.reject(dialog)


def revising(driver: Driver, nature: str) -> ReviseDialog:
    driver.detail.actions_of.revise()
    dialog = driver.dialog(ReviseDialog)
    dialog.nature.put("nature", nature)
    dialog.nature.put("reason", "nomor pasal diperbaiki")
    dialog.letter.put("edaran.pemilihan", "Pemilihan Wali Kota dan Wakil Wali Kota Contoh Tahun 2024")
    for _step in range(4):
        dialog.next()
    return dialog


@pytest.mark.parametrize(("nature", "signed", "told"), [("redaksional", 1, "tetap berlaku"), ("material", 0, "lagi")])
def test_a_revision_reopens_nobody_or_everybody_and_says_so(
    driver: Driver, nature: str, signed: int, told: str
) -> None:
    driver.sign("Siti")
    revising(driver, nature)
    assert driver.detail.circular.ordinal == 2
    assert driver.detail.circular.tally.done == signed
    assert told in driver.recorder.toasts[-1]
    driver.detail.tabs.setCurrentIndex(VERSIONS)
    newest, first = driver.detail.versions.model.rows
    assert (newest.reason, newest.editorial, first.tally.done) == (
        "nomor pasal diperbaiki", nature == "redaksional", 1,
    )  # fmt: skip


def test_an_older_version_can_be_looked_at(driver: Driver) -> None:
    driver.sign("Siti")
    revising(driver, "material")
    first = driver.detail.versions.model.rows[1]
    driver.detail.head.versions.chosen.emit(first.text_id)
    assert driver.detail.head.total.accessibleName() == "25 % sudah menandatangani: 1 dari 4"


def test_progress_is_shown_for_units_and_for_a_day_that_has_passed(driver: Driver) -> None:
    driver.sign("Siti")
    units = driver.detail.units
    units.detail.set_value("unit")
    units.detail.chosen.emit("unit")
    assert "RSUD Kota Contoh · Dinas Kesehatan" in [unit.name for unit in units.shown]
    units._ask()
    dialog = driver.dialog(CommandDialog)
    dialog.form.put("day", date(2025, 1, 1))
    dialog.confirm_button.click()
    assert dialog.isVisible()
    dialog.form.put("day", date(2024, 9, 9))
    dialog.confirm_button.click()
    assert units.note.text_label.text() == "Keadaan akhir 9 September 2024: 1 dari 4 sudah menandatangani, 3 belum."
    units.show_day(None)
    assert not units.note.isVisible()


def test_the_audience_is_brought_up_to_date_after_a_look_at_the_plan(driver: Driver) -> None:
    driver.detail.actions_of.refresh()
    driver.dialog(MessageDialog).accept()
    driver.desk.write(lambda session: add_employee(session, nip="199912122024041001", name="Pegawai Baru Contoh"))
    driver.detail.actions_of.refresh()
    dialog = driver.dialog(RefreshDialog)
    assert dialog.table.model().rowCount() == 1
    dialog.apply_button.click()
    assert driver.row("Baru").added_on == date(2024, 9, 9)
    assert driver.recorder.toasts == ["Sasaran sudah sesuai data pegawai hari ini."]


def test_single_people_are_taken_in_and_put_out_with_a_reason(driver: Driver) -> None:
    assert driver.detail.circular is not None
    (hit,) = driver.desk.read(lambda session: find_people(session, "slamet"))
    dialog = add_person(driver.context, driver.page, driver.detail.circular, driver.tell)
    dialog.form.put("employee_id", hit)
    dialog.form.put("reason", "tenaga kontrak yang ikut mendata")
    dialog.confirm_button.click()
    assert driver.row("Slamet").added_reason == "tenaga kontrak yang ikut mendata"
    gone = remove_person(driver.context, driver.page, driver.row("Yusuf"), driver.tell)
    gone.form.put("reason", "pensiun 1 September 2024")
    gone.confirm_button.click()
    assert driver.row("Yusuf").status is AckStatus.LEFT
    assert driver.recorder.toasts == ["Penerima ditambahkan.", "Dikeluarkan dari daftar penerima."]
    assert "1 keluar" in driver.detail.head.facts.text()


def test_a_hand_over_is_recorded_for_an_opd(driver: Driver) -> None:
    health = next(unit for unit in driver.detail.units.units if unit.name == "Dinas Kesehatan")
    dialog = hand_over(
        driver.context, driver.page, driver.detail.circular, driver.detail.units.units, driver.tell
    )  # fmt: skip
    dialog.form.put("opd_id", health.opd_id)
    dialog.form.put("note", "lewat kepala subbagian umum")
    dialog.form.put("party", "Rina Kusuma")
    dialog.confirm_button.click()
    assert driver.row("Siti").status is AckStatus.HANDED
    assert driver.row("Robertus").status is AckStatus.WAITING
    assert driver.recorder.toasts == ["3 lembar dicatat diserahkan."]


def test_reminders_go_to_the_ticked_units_and_are_counted_in_the_schedule(driver: Driver) -> None:
    driver.sign("Robertus")
    driver.detail.head.remind_button.click()
    dialog = driver.dialog(SendDialog)
    (only,) = dialog.list.chosen()
    dialog.list.tick(only, on=False)
    assert not dialog.send_button.isEnabled()
    dialog.list.tick(only, on=True)
    dialog.send_button.click()
    assert driver.recorder.toasts == ["1 nota dinas pengingat terbit untuk 3 orang."]
    driver.detail.tabs.setCurrentIndex(LETTERS)
    (sent,) = driver.detail.letters.model.rows
    assert (sent.purpose, sent.ordinal, sent.people) == (Purpose.REMINDER, 1, 3)
    driver.detail.letters.table.select_first()
    driver.detail.letters._open()
    assert driver.recorder.navigated == [("letters", {"letter_id": sent.letter_id})]


def test_covering_letters_are_issued_per_opd(driver: Driver) -> None:
    driver.detail.letters.cover_button.click()
    driver.dialog(SendDialog).send_button.click()
    sent = driver.desk.read(lambda session: chasing.sent_letters(session, driver.made.version_id))
    assert {row.purpose for row in sent} == {Purpose.COVERING}
    assert len(sent) == 2


def photo(path: Path) -> Path:
    stream = BytesIO()
    Image.new("RGB", (40, 30), "white").save(stream, "PNG")
    path.write_bytes(stream.getvalue())
    return path


def test_a_photograph_is_kept_looked_at_and_withdrawn_with_a_reason(driver: Driver, tmp_path: Path) -> None:
    driver.detail.tabs.setCurrentIndex(EVIDENCE)
    view = driver.detail.evidence
    view.add_button.click()
    dialog = driver.dialog(CommandDialog)
    dialog.form.put("kind", EvidenceKind.PHOTO)
    dialog.form.put("file", photo(tmp_path / "ikrar.png"))
    dialog.confirm_button.click()
    view.table.select_first()
    view._look()
    picture = driver.dialog(PictureDialog)
    assert not picture.picture.empty
    picture.reject()
    view._withdraw()
    driver.dialog(CommandDialog).form.put("reason", "foto kegiatan lain")
    driver.dialog(CommandDialog).confirm_button.click()
    assert view.model.rows[0].withdrawn_reason == "foto kegiatan lain"


def test_a_file_that_is_gone_is_told_beside_its_field(driver: Driver, tmp_path: Path) -> None:
    driver.detail.evidence.add_button.click()
    dialog = driver.dialog(CommandDialog)
    dialog.form.put("file", tmp_path / "tidak-ada.pdf")
    dialog.confirm_button.click()
    assert dialog.isVisible()
    QDialog.reject(dialog)


def test_collective_lists_are_prepared_once_and_printed_again_the_same(driver: Driver) -> None:
    for _time in range(2):
        driver.detail.actions_of.sheets()
        driver.dialog(CommandDialog).confirm_button.click()
        paper = driver.dialog(PaperDialog)
        assert paper.paper.view.page_count == 3
        paper.reject()


def test_slips_of_one_unit_one_to_a_page(driver: Driver) -> None:
    driver.detail.head.slips_button.click()
    dialog = driver.dialog(SlipsDialog)
    health = next(unit for unit in driver.detail.units.units if unit.name == "Dinas Kesehatan")
    dialog.form.put("opd_id", health.opd_id)
    hospital = driver.row("Siti").unit_id
    dialog.form.put("unit_id", hospital)
    dialog.form.put("covers", False)
    dialog.form.put("single", True)
    dialog.confirm_button.click()
    paper = driver.dialog(PaperDialog)
    assert paper.paper.view.page_count == 2
    paper.reject()


def test_slips_are_saved_as_one_file_per_opd(driver: Driver, tmp_path: Path) -> None:
    driver.sign("Robertus")
    order = SlipsOrder(RecipientFilter(driver.made.version_id, statuses=OPEN))
    save_per_opd(driver.page, driver.context, order, driver.detail.units.units, tmp_path)
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["Lembar tanda terima Dinas Kesehatan.pdf"]
    told = driver.dialog(MessageDialog)
    assert "Tanpa lembar: Dinas Pendidikan." in told.text_label.text()
    told.accept()
    assert driver.row("Siti").status is AckStatus.PRINTED


def test_a_single_slip_is_printed_again_and_its_marks_are_listed(driver: Driver) -> None:
    driver.sign("Siti")
    people = driver.detail.people
    assert people.table.select_id(driver.row("Siti").id)
    people._reprint()
    driver.dialog(PaperDialog).reject()
    people._tell_history()
    assert driver.detail.tabs.currentIndex() == HISTORY
    assert driver.detail.history.whose.text().startswith("Catatan Siti")
    driver.detail.history.all_button.click()
    assert driver.detail.history.whose.text() == "Catatan semua penerima, yang terbaru di atas."


def test_the_missing_list_is_written_as_pdf_too(driver: Driver, tmp_path: Path) -> None:
    target = tmp_path / "belum.pdf"
    write_missing(driver.page, driver.context, RecipientFilter(driver.made.version_id), target)
    assert target.read_bytes().startswith(b"%PDF")
    driver.dialog(MessageDialog).accept()


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        (AckStatus.SIGNED, {"signature"}),
        (AckStatus.REFUSED, {"witness"}),
        (AckStatus.ON_BEHALF, {"signer"}),
        (AckStatus.HANDED, {"giver"}),
        (AckStatus.POSTPONED, {"until"}),
        (AckStatus.UNREACHABLE, set()),
    ],
)
def test_each_mark_asks_for_what_it_needs(driver: Driver, status: AckStatus, asked: set[str]) -> None:
    people = driver.detail.people
    assert people.table.select_id(driver.row("Siti").id)
    people.mark_button.click()
    dialog = driver.dialog(CommandDialog)
    dialog.form.put("status", status)
    own = ("signature", "witness", "signer", "giver", "until")
    assert {key for key in own if dialog.form.field(key).isVisibleTo(dialog.form)} == asked
    QDialog.reject(dialog)


def test_a_postponed_person_shows_until_when(driver: Driver) -> None:
    people = driver.detail.people
    assert people.table.select_id(driver.row("Siti").id)
    people.mark_button.click()
    dialog = driver.dialog(CommandDialog)
    dialog.form.put("status", AckStatus.POSTPONED)
    dialog.form.put("until", date(2024, 9, 30))
    dialog.confirm_button.click()
    assert driver.row("Siti").until == date(2024, 9, 30)
    assert "1 ditunda" in driver.detail.head.facts.text()


def test_a_return_file_is_written_and_taken_in_after_a_look(driver: Driver, tmp_path: Path) -> None:
    health = next(unit for unit in driver.detail.units.units if unit.name == "Dinas Kesehatan")
    target = tmp_path / "balasan.xlsx"
    write_return_file(driver.context, driver.page, driver.made.version_id, health.opd_id or 0, target)
    assert driver.recorder.toasts == ["Tersimpan: balasan.xlsx, 3 orang."]
    look_at_return(driver.context, driver.page, driver.detail.circular, target)
    dialog = driver.dialog(ReturnDialog)
    assert not dialog.take_button.isEnabled()
    dialog.reject()


def test_the_return_file_is_asked_for_one_opd(driver: Driver) -> None:
    dialog = export_returns(driver.context, driver.page, driver.detail.circular, driver.detail.units.units)
    dialog.confirm_button.click()
    assert dialog.isVisible()
    QDialog.reject(dialog)


def test_a_file_that_is_no_return_file_is_refused_with_its_sentence(driver: Driver, tmp_path: Path) -> None:
    strange = tmp_path / "lain.xlsx"
    strange.write_bytes(b"bukan buku kerja")
    look_at_return(driver.context, driver.page, driver.detail.circular, strange)
    told = driver.dialog(MessageDialog)
    assert told.text_label.text()
    told.accept()


def test_the_binder_is_written_and_can_be_opened(driver: Driver, tmp_path: Path) -> None:
    dialog = publishing(driver)
    for _step in range(4):
        dialog.next()
    target = tmp_path / "bundel.pdf"
    write_binder_file(driver.context, driver.page, driver.detail.circular.id, False, target)
    told = driver.dialog(MessageDialog)
    assert "4 penerima" in told.text_label.text()
    assert target.read_bytes().startswith(b"%PDF")
    told.accept()


def test_a_closed_circular_offers_only_what_can_still_be_done(driver: Driver) -> None:
    driver.detail.actions_of.toggle_closed()
    words = [entry[0] for entry in driver.detail.actions_of.entries() if entry]
    assert words == ["Buka surat edarannya", "Bundel bukti (PDF)…", "Buka kembali pengumpulan"]
    assert not driver.detail.head.remind_button.isEnabled()
    assert len(people_of(driver.desk, driver.made.version_id)) == 4
    assert driver.desk.read(queries.running) == []


def test_who_may_only_look_is_offered_nothing_that_would_be_refused(driver: Driver, qtbot: QtBot) -> None:
    page = CircularsPage(replace(driver.context, may=lambda action: action == Action.SEE_LETTERS))
    qtbot.addWidget(page)
    page.show()
    page.reload()
    words = [entry[0] for entry in page.detail.actions_of.entries() if entry]
    assert words == ["Buka surat edarannya"]
    head = page.detail.head
    assert not page.publish_button.isVisible()
    assert not head.remind_button.isVisible()
    assert not head.scan_button.isVisible()
    assert page.detail.letters.cover_button.isHidden()

"""What is done to a file on the page Pencalonan: papers, packet, binder, trying out, looking back, readings, reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from asn_desk.accounts.terms import RIGHTS, Action, Role
from asn_desk.candidacy import packet, queries, suspicion
from asn_desk.candidacy.suspicion import RecordSuspicion
from asn_desk.candidacy.terms import DueWithin, PaperState, SuspicionState
from asn_desk.desk import Desk
from asn_desk.office.model import Unit
from tests.core.candidacy_office import SCAN, open_file, record
from tests.letters.letter_office import settle
from tests.ui.candidacy_driver import DAY, FilePage
from tests.ui.conftest import Recorder, make_context, texts_of
from ui.candidacy.detail import HISTORY, LETTERS, PAPERS
from ui.candidacy.explain import ExplanationDialog
from ui.candidacy.letter import LetterDialog
from ui.candidacy.packet import PacketDialog
from ui.candidacy.page import CandidacyPage
from ui.candidacy.papers_dialogs import AttachDialog, WaiveDialog
from ui.candidacy.past import PastDialog
from ui.candidacy.past_office import OfficePastDialog
from ui.candidacy.reading import ReadingDialog, readings_of
from ui.candidacy.record import RecordDialog
from ui.candidacy.suspicions import DismissDialog, LinkDialog, RecordSuspicionDialog, SuspicionsDialog
from ui.candidacy.trial import TrialDialog
from ui.shared.bridge import Bridge
from ui.shared.documents.paper import PaperDialog
from ui.shared.forms import PersonHit
from ui.shared.theme.theme import Theme


@pytest.fixture
def desk_with_file(practice_desk: Desk) -> tuple[Desk, int]:
    """An office with letterhead and officials, and one file whose resignation letter came in on 5 September."""
    practice_desk.write(settle)
    file_id = open_file(practice_desk)
    for code, day in (
        ("LAPOR", date(2024, 8, 12)),
        ("PENDAFTARAN", date(2024, 8, 28)),
        ("SURAT_MUNDUR", date(2024, 9, 5)),
    ):
        record(practice_desk, file_id, code, day, received_by="Loket BKPSDM")
    return practice_desk, file_id


def page_of(desk: Desk, theme: Theme, recorder: Recorder, tmp_path: Path, role: Role | None = None) -> CandidacyPage:
    """Return the page, as a user of a role sees it or as in an office without users."""
    bridge = Bridge(desk, inline=True)
    context = make_context(bridge, theme, recorder, tmp_path)
    if role is not None:
        desk.rights = RIGHTS[role]
        context = replace(context, may=RIGHTS[role].__contains__)
    page = CandidacyPage(context)
    bridge.changed.connect(lambda topics: page.reload() if page.topics & topics else None)
    page.resize(1158, 712)
    page.reload()
    page.show()
    return page


@pytest.fixture
def opened(
    desk_with_file: tuple[Desk, int], qtbot: QtBot, theme: Theme, recorder: Recorder, tmp_path: Path
) -> Iterator[FilePage]:
    desk, file_id = desk_with_file
    page = page_of(desk, theme, recorder, tmp_path)
    qtbot.addWidget(page)
    page.open_target(file_id)
    yield FilePage(page, desk, file_id, recorder)
    for dialog in page.findChildren(QDialog):
        QDialog.reject(dialog)
    page.close()
    page.bridge.close()


def papers_of(opened: FilePage, state: PaperState) -> list[str]:
    return [row.code for row in opened.view().papers.rows if row.state is state]


def test_only_the_tab_that_is_seen_is_filled(opened: FilePage) -> None:
    assert "Menerbitkan tanda terima surat pengunduran diri" in opened.texts()
    assert "Riwayat kejadian" in opened.texts()
    assert not any("Loket BKPSDM" in text for text in opened.texts())
    opened.page.detail.tabs.setCurrentIndex(HISTORY)
    assert any("Loket BKPSDM" in text for text in opened.texts())


def test_the_tabs_say_how_far_papers_letters_and_history_are(opened: FilePage) -> None:
    tabs = opened.page.detail.tabs
    wanted = opened.view().papers.required
    assert [tabs.tabText(place) for place in range(4)] == [
        "Kewajiban",
        f"Berkas syarat 0/{wanted}",
        "Surat 0",
        "Riwayat 3",
    ]


def test_a_paper_is_received_with_its_scan_and_then_checked(opened: FilePage, tmp_path: Path) -> None:
    opened.page.detail.tabs.setCurrentIndex(PAPERS)
    first = opened.view().papers.rows[0]
    opened.press("Terima berkas…")
    dialog = opened.dialog(AttachDialog)
    scan = tmp_path / "pindaian.pdf"
    scan.write_bytes(SCAN)
    dialog.form.put("scan", scan)
    dialog.form.put("document_number", "800/1/2024")
    dialog.confirm_button.click()
    assert papers_of(opened, PaperState.ATTACHED) == [first.code]
    assert any("800/1/2024" in text for text in opened.texts())
    opened.press("Sudah diperiksa")
    assert papers_of(opened, PaperState.VERIFIED) == [first.code]
    assert opened.recorder.toasts == [f"{first.title} diterima.", f"{first.title}: sudah diperiksa."]
    opened.press("Batal periksa")
    assert papers_of(opened, PaperState.ATTACHED) == [first.code]
    opened.press("Lihat pindaian")
    assert opened.dialog(PaperDialog).paper.pdf == SCAN


def test_a_paper_the_office_does_without_needs_a_reason(opened: FilePage) -> None:
    opened.page.detail.tabs.setCurrentIndex(PAPERS)
    opened.press("Tidak diperlukan…")
    dialog = opened.dialog(WaiveDialog)
    dialog.confirm_button.click()
    assert dialog.isVisible()
    dialog.form.put("reason", "Sudah ada di berkas kepegawaian.")
    dialog.confirm_button.click()
    assert len(papers_of(opened, PaperState.WAIVED)) == 1
    opened.press("Minta lagi")
    assert papers_of(opened, PaperState.WAIVED) == []


def test_a_missing_scan_is_refused_beside_its_field(opened: FilePage, tmp_path: Path) -> None:
    opened.page.detail.tabs.setCurrentIndex(PAPERS)
    opened.press("Terima berkas…")
    dialog = opened.dialog(AttachDialog)
    dialog.form.put("scan", tmp_path / "tidak-ada.pdf")
    dialog.confirm_button.click()
    assert any("tidak-ada.pdf" in text and "tidak dapat dibaca" in text for text in texts_of(dialog))


def fill_packet(dialog: PacketDialog) -> None:
    dialog.forms["L-4"].put("atasan.nama", "dr. Hendra Wijaya, M.Kes.")
    dialog.forms["L-4"].put("atasan.jabatan", "Sekretaris Daerah")
    dialog.forms["L-14"].put("pelaksana.nama", "Lestari Handayani")
    dialog.forms["L-14"].put("pelaksana.jabatan", "Sekretaris Dinas Perhubungan")


def test_the_packet_says_what_is_missing_and_issues_everything_at_once(opened: FilePage) -> None:
    opened.press("Buat semua surat")
    dialog = opened.dialog(PacketDialog)
    missing = [row.code for row in dialog.plan.letters if row.missing]
    assert set(missing) == set(dialog.forms) == {"L-4", "L-14"}
    dialog.issue_button.click()
    assert dialog.isVisible()
    assert opened.file().letters == ()
    fill_packet(dialog)
    dialog.issue_button.click()
    assert len(opened.file().letters) == 6
    assert opened.page.detail.tabs.currentIndex() == LETTERS
    assert opened.dialog(PaperDialog).paper.pdf.startswith(b"%PDF-")
    assert opened.recorder.toasts == ["6 surat terbit."]


def test_a_packet_that_was_issued_offers_nothing_more(opened: FilePage) -> None:
    plan = opened.desk.read(lambda session: packet.packet_plan(session, opened.file_id))
    extra = {row.code: {item.key: "Isian" for item in row.missing} for row in plan.letters}
    command = packet.IssuePacket(opened.file_id, DAY, extra=extra)
    opened.desk.write(lambda session: packet.issue_packet(session, command))
    opened.page.reload()
    opened.press("Buat semua surat")
    dialog = opened.dialog(PacketDialog)
    assert not dialog.issue_button.isEnabled()
    assert dialog.issue_button.text() == "Semua sudah terbit"


def test_the_binder_of_an_empty_file_is_refused_in_words(opened: FilePage) -> None:
    opened.page.detail.tabs.setCurrentIndex(LETTERS)
    opened.press("Bundel berkas (PDF)")
    shown = [text for dialog in opened.page.findChildren(QDialog) for text in texts_of(dialog)]
    assert "Belum ada surat atau pindaian dalam berkas ini." in shown


def test_another_office_is_tried_without_anything_being_stored(opened: FilePage) -> None:
    before = opened.desk.read(lambda session: queries.declaration_detail(session, opened.file_id))
    opened.press("Bagaimana jika…")
    dialog = opened.dialog(TrialDialog)
    assert dialog.view.summary.text() == "Kewajibannya sama."
    dialog.form.put("office", "DPRD_KAB")
    assert dialog.form.values()["election"] == "pemilu-2024"
    dialog.work_out()
    assert dialog.view.summary.text().endswith("kewajiban berbeda.")
    assert any(row.changed for row in dialog.view.model.rows)
    assert opened.desk.read(lambda session: queries.declaration_detail(session, opened.file_id)) == before


def test_a_later_determination_is_tried_and_its_dates_explained(opened: FilePage) -> None:
    opened.press("Bagaimana jika…")
    dialog = opened.dialog(TrialDialog)
    dialog.form.put("stage", date(2024, 10, 1))
    dialog.work_out()
    texts = texts_of(dialog.view)
    assert "30 September 2024" in texts
    assert "31 Oktober 2024" in texts
    place = next(at for at, row in enumerate(dialog.view.model.rows) if row.changed)
    dialog.view.table.row_activated.emit(place)
    assert dialog.findChildren(ExplanationDialog)
    opened.press("Kembalikan isian", dialog)
    assert dialog.form.values()["stage"] is None
    assert dialog.view.summary.text() == "Kewajibannya sama."


def test_a_day_before_the_file_says_that_it_was_not_there(opened: FilePage) -> None:
    opened.press("Keadaan per tanggal…")
    dialog = opened.dialog(PastDialog)
    dialog.form.put("day", date(2024, 9, 1))
    assert dialog.view.summary.text() == "Pada 1 September 2024 berkas ini belum ada di program."
    dialog.form.put("day", DAY)
    assert dialog.view.summary.text() == "Kewajibannya sama."
    dialog.form.put("day", date(2024, 9, 10))
    assert "Pilih tanggal sampai 9 September 2024." in texts_of(dialog)


def test_all_files_are_shown_as_known_on_two_days(opened: FilePage) -> None:
    opened.press("Dua tanggal…")
    dialog = opened.dialog(OfficePastDialog)
    (row,) = dialog.model.rows
    left, right = (column.text(row) for column in dialog.model.columns[1:])
    assert left == "belum ada di program"
    assert right.startswith("Terdaftar / ")
    dialog.form.put("left", date(2024, 9, 10))
    assert "Pilih tanggal sampai 9 September 2024." in texts_of(dialog)
    dialog.form.put("left", date(2024, 9, 1))
    dialog.form.put("right", date(2024, 9, 2))
    assert dialog.model.rows == []


def test_the_offices_reading_is_recorded_and_shown_beside_the_strictest(opened: FilePage) -> None:
    duty = next(row for row in opened.file().obligations if row.id == "K7")
    opened.page.detail.duties.explain(duty)
    opened.press("Pilih bacaan…", opened.dialog(ExplanationDialog))
    dialog = opened.dialog(ReadingDialog)
    later = next(row.value for row in readings_of(duty) if row.value.day == date(2024, 10, 28))
    values = {
        "reading": later,
        "reason": "Jawaban KPU setempat",
        "document_number": "12/PL.02/2024",
        "document_date": DAY,
    }
    for key, value in values.items():
        dialog.form.put(key, value)
    dialog.confirm_button.click()
    chosen = next(row for row in opened.file().obligations if row.id == "K7")
    assert chosen.due == duty.due
    assert chosen.due_date.choice is not None
    opened.page.detail.duties.explain(chosen)
    assert any("28 Oktober 2024" in text and "paling ketat" in text for text in texts_of(opened.page))


def test_a_target_with_a_letter_or_an_event_begins_it(opened: FilePage) -> None:
    opened.page.open_target({"declaration_id": opened.file_id, "letter": "tanda_terima_pengunduran_diri"})
    letter = opened.dialog(LetterDialog)
    assert letter.head.values()["kind"] == "tanda_terima_pengunduran_diri"
    QDialog.reject(letter)
    opened.page.open_target({"declaration_id": opened.file_id, "event": "TANDA_TERIMA"})
    assert opened.dialog(RecordDialog).form.values()["code"] == "TANDA_TERIMA"


def test_a_target_may_filter_the_list(opened: FilePage) -> None:
    opened.page.open_target({"due": DueWithin.TODAY})
    assert opened.page.count.text() == "0 berkas"
    opened.page.open_target({"due": DueWithin.LATE})
    assert opened.page.count.text() == "1 berkas"
    opened.page.open_target({"owed_by": "Mendagri"})
    assert opened.page.count.text() == "0 berkas"
    opened.page.open_target({"owed_by": "BKD/BKPSDM"})
    assert opened.page.count.text() == "1 berkas"


def test_the_list_is_sorted_by_its_columns(opened: FilePage) -> None:
    def second(session: Any) -> Any:
        return session.query(Unit).first()

    open_file(
        opened.desk,
        person={"name": "Aminah Contoh", "nip": "198506172009032011", "unit": opened.desk.read(second)},
        office_name="Bupati Contoh",
    )
    opened.page.reload()
    opened.page.table._on_header_clicked(0)
    assert [opened.page.model.row_at(at).name for at in range(2)] == ["Aminah Contoh", "Muhammad Syahrul Ramadhan"]
    opened.page.table._on_header_clicked(0)
    assert opened.page.model.row_at(0).name == "Muhammad Syahrul Ramadhan"


def report(opened: FilePage) -> int:
    command = RecordSuspicion(
        opened.file().employee_id,
        "TERCATAT_SIPOL",
        date(2024, 9, 1),
        "Bawaslu Kota Contoh",
        "Nama tercatat di SIPOL.",
        SCAN,
    )
    return opened.desk.write(lambda session: suspicion.record_suspicion(session, command)).value


def test_a_report_shows_on_no_card_until_it_is_linked_with_a_reason(opened: FilePage) -> None:
    report(opened)
    opened.page.detail.tabs.setCurrentIndex(HISTORY)
    assert not any("SIPOL" in text for text in opened.texts())
    opened.press("Dugaan…")
    opened.press("Kaitkan dengan berkas…", opened.dialog(SuspicionsDialog))
    dialog = opened.dialog(LinkDialog)
    dialog.form.put("file", (opened.file_id, opened.file().version))
    dialog.form.put("reason", "Sudah diklarifikasi dengan yang bersangkutan.")
    dialog.confirm_button.click()
    assert any("Nama tercatat di SIPOL." in text for text in opened.texts())
    assert any("Sudah diklarifikasi" in text for text in opened.texts())
    assert opened.dialog(SuspicionsDialog).model.rows == []


def test_a_report_is_recorded_and_put_away_as_unfounded(opened: FilePage) -> None:
    opened.page.show_suspicions()
    shown = opened.dialog(SuspicionsDialog)
    opened.press("Catat dugaan…", shown)
    dialog = opened.dialog(RecordSuspicionDialog)
    dialog.form.put("employee_id", PersonHit(opened.file().employee_id, "Muhammad Syahrul Ramadhan"))
    dialog.form.put("code", "PENDEKATAN_PARPOL")
    dialog.form.put("source", "Bawaslu Kota Contoh")
    dialog.form.put("account", "Hadir dalam rapat partai.")
    dialog.confirm_button.click()
    assert [row.source for row in shown.model.rows] == ["Bawaslu Kota Contoh"]
    opened.press("Tidak terbukti…", shown)
    opened.dialog(DismissDialog).form.put("reason", "Hadir atas tugas.")
    opened.dialog(DismissDialog).confirm_button.click()
    assert shown.model.rows == []
    shown.decided.setChecked(True)
    assert [row.state for row in shown.model.rows] == [SuspicionState.DISMISSED]
    assert not shown.link_button.isEnabled()


def test_who_may_only_read_is_offered_nothing_to_change(
    desk_with_file: tuple[Desk, int], qtbot: QtBot, theme: Theme, recorder: Recorder, tmp_path: Path
) -> None:
    desk, file_id = desk_with_file
    page = page_of(desk, theme, recorder, tmp_path, Role.PIMPINAN)
    qtbot.addWidget(page)
    page.open_target(file_id)
    bar, head = page.detail.bar, page.detail.head
    for one in (bar.letter_button, bar.packet_button, bar.event_button, head.amend_button, head.close_button):
        assert one.isHidden()
    page.detail.tabs.setCurrentIndex(PAPERS)
    texts = texts_of(page)
    assert not {"Deklarasi baru", "Dugaan…", "Terima berkas…", "Tidak diperlukan…", "Batalkan…"} & set(texts)
    page.record()
    page.make_letter()
    assert not page.findChildren(RecordDialog)
    assert not page.findChildren(LetterDialog)
    page.close()
    page.bridge.close()


def test_without_the_right_no_name_is_on_the_page(
    desk_with_file: tuple[Desk, int], qtbot: QtBot, theme: Theme, recorder: Recorder, tmp_path: Path
) -> None:
    desk, _file_id = desk_with_file
    page = page_of(desk, theme, recorder, tmp_path, Role.OPERATOR)
    qtbot.addWidget(page)
    assert Action.SEE_CANDIDACY not in RIGHTS[Role.OPERATOR]
    assert page.model.rowCount() == 0
    assert page.count.text() == "0 berkas, 1 dirahasiakan"
    assert not any("Syahrul" in text for text in texts_of(page))
    page.close()
    page.bridge.close()

"""A letter after issue: its scan is attached and shown, and a correction begins with the same data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from asn_desk.accounts.terms import RIGHTS, Role
from asn_desk.database.work import work_of
from asn_desk.desk import Desk
from asn_desk.letters import queries
from asn_desk.letters.contents.kinds import KINDS, circular_kinds
from asn_desk.letters.contents.signing import Signing
from asn_desk.letters.drafts import draft_letter, draft_rows, save_draft
from asn_desk.letters.model import Letter
from asn_desk.letters.numbers.register import NumberWish
from asn_desk.letters.service import IssueLetter, issue
from asn_desk.letters.terms import NumberWay, SignForm
from asn_desk.office.queries import official_on
from asn_desk.office.terms import OfficialRole
from tests.letters.batch_office import COMMAND, DAY, fill_office
from tests.letters.test_letter_edited import edited_in_word
from tests.ui.conftest import Recorder, make_context, texts_of
from ui.letters.create import LetterDialog
from ui.letters.drafts import DraftsDialog
from ui.letters.editing import ChangesDialog, TakeBackDialog, VersionsDialog
from ui.letters.page import LettersPage
from ui.shared.bridge import Bridge
from ui.shared.documents.paper import PaperDialog
from ui.shared.theme.theme import Theme


@pytest.fixture
def page(
    practice_desk: Desk, bridge: Bridge, theme: Theme, recorder: Recorder, tmp_path: Path, qtbot: QtBot
) -> LettersPage:
    """The page with one issued letter chosen."""
    person = practice_desk.write(lambda session: fill_office(session, 1)).value[0]
    letter = practice_desk.write(lambda session: issue(session, replace(COMMAND, employee_id=person))).value
    made = LettersPage(make_context(bridge, theme, recorder, tmp_path))
    qtbot.addWidget(made)
    bridge.changed.connect(lambda _topics: made.reload())
    made.show()
    made.reload()
    made.open_target({"letter_id": letter.id})
    return made


def choose(page: LettersPage, text: str) -> None:
    menu = QMenu(page)
    next(action for action in page.issued.detail.menu_actions(menu) if action.text() == text).trigger()


def texts(page: LettersPage) -> list[str]:
    return [action.text() for action in page.issued.detail.menu_actions(QMenu(page))]


def opened(page: LettersPage, kind: Any) -> Any:
    (found,) = [one for one in page.findChildren(kind) if one.isVisible()]
    return found


def test_a_scan_is_attached_and_shown(
    page: LettersPage, practice_desk: Desk, tmp_path: Path, recorder: Recorder
) -> None:
    letter = page.issued.detail.letter
    assert letter is not None
    scan = practice_desk.read(lambda session: queries.stored_pdf(session, letter.id))
    (tmp_path / "pindai.pdf").write_bytes(scan)
    choose(page, "Lampirkan pindaian…")
    asked = opened(page, QFileDialog)
    asked.fileSelected.emit(str(tmp_path / "pindai.pdf"))
    asked.close()
    assert recorder.toasts == ["Pindaian tersimpan bersama suratnya."]
    assert "Pindaian surat bertanda tangan terlampir" in page.issued.detail.facts.text()
    choose(page, "Lihat pindaian")
    shown = opened(page, PaperDialog)
    assert shown.paper.view.page_count >= 1
    shown.close()


def test_a_correction_begins_with_the_same_data_and_refers_to_the_letter(
    page: LettersPage, practice_desk: Desk, recorder: Recorder
) -> None:
    old = page.issued.detail.letter
    assert old is not None
    choose(page, "Buat surat perbaikan…")
    (key, target) = recorder.navigated[-1]
    assert key == "letters"
    page.open_target(target)
    wizard = opened(page, LetterDialog)
    command = wizard.command()
    assert (command.kind, command.replaces_id) == (old.kind, old.id)
    assert command.data["pencalonan.jabatan"] == COMMAND.data["pencalonan.jabatan"]
    for _ in range(3):
        wizard.next()
    new = page.issued.detail.letter
    assert new is not None
    assert new.replaces_id == old.id
    assert "Memperbaiki surat terdahulu" in page.issued.detail.facts.text()
    page.open_target(old.id)
    assert "Buat surat perbaikan…" not in texts(page)
    assert [one for one in page.findChildren(QDialog) if one.isVisible()] == []


def test_a_file_edited_in_word_is_taken_back_with_its_differences_and_becomes_what_is_printed(
    page: LettersPage, practice_desk: Desk, tmp_path: Path, recorder: Recorder
) -> None:
    letter = page.issued.detail.letter
    assert letter is not None
    before = practice_desk.read(lambda session: queries.stored_docx(session, letter.id))
    (tmp_path / "ubah.docx").write_bytes(
        edited_in_word(before, "Wakil Wali Kota Contoh", "Wakil Wali Kota Contoh Raya")
    )
    choose(page, "Ambil kembali berkas Word yang diubah…")
    asked = opened(page, QFileDialog)
    asked.fileSelected.emit(str(tmp_path / "ubah.docx"))
    asked.close()
    dialog = opened(page, TakeBackDialog)
    assert any("Contoh Raya" in text for text in texts_of(dialog))
    dialog.confirm_button.click()
    assert dialog.isVisible()
    dialog.form.put("note", "Nama jabatan kurang lengkap")
    dialog.confirm_button.click()
    assert recorder.toasts == ["Versi baru surat tersimpan dan menjadi yang dicetak."]
    assert page.issued.detail.paper.pdf == practice_desk.read(lambda session: queries.stored_pdf(session, letter.id))
    assert "Berkasnya diubah sesudah terbit (1 versi); yang dicetak versi terbaru" in page.issued.detail.facts.text()
    choose(page, "Versi surat…")
    versions = opened(page, VersionsDialog)
    assert "Nama jabatan kurang lengkap" in texts_of(versions)
    assert "Surat seperti saat terbit" in texts_of(versions)
    newest = practice_desk.read(lambda session: queries.letter_detail(session, letter.id)).edited[-1]
    versions.show_changes(newest.id)
    opened(page, ChangesDialog).close()
    versions.show_version(0)
    opened(page, PaperDialog).close()
    versions.close()


def test_a_confidential_letter_shows_no_page_and_offers_nothing_to_those_who_may_not_see_it(
    page: LettersPage, practice_desk: Desk
) -> None:
    letter = page.issued.detail.letter
    assert letter is not None

    def hidden(session: Any) -> queries.LetterDetail:
        session.get(Letter, letter.id).confidential = True
        session.flush()
        work_of(session).rights = RIGHTS[Role.OPERATOR]
        return queries.letter_detail(session, letter.id)

    page.issued.detail._fill(practice_desk.write(hidden).value)
    assert page.issued.detail.paper.pdf == b""
    assert not page.issued.detail.print_button.isEnabled()
    assert "Pegawai Contoh" not in " ".join(texts_of(page.issued.detail))


def test_a_draft_opens_again_with_everything_that_was_entered_and_goes_on(
    page: LettersPage, practice_desk: Desk, recorder: Recorder
) -> None:
    old = page.issued.detail.letter
    assert old is not None
    kept = replace(
        COMMAND, employee_id=old.employee_id, signing=Signing(SignForm.ON_BEHALF, giver="Wali Kota Contoh"),
        numbering=NumberWish(NumberWay.LATER), confidential=True, addressee="Wali Kota Contoh", dated=date(2024, 9, 2),
        data={"pencalonan": {"jabatan": "Wali Kota Contoh", "pemilihan": "Pilkada"}, "diterima.tanggal_surat": "2024-09-02"},
        signer_id=practice_desk.read(lambda session: official_on(session, OfficialRole.KEPALA_DAERAH, DAY)).id,
    )  # fmt: skip
    practice_desk.write(lambda session: save_draft(session, kept))
    wizard = reopened_draft(page)
    assert wizard.windowTitle() == "Lanjutkan draf surat"
    assert not wizard.is_dirty()
    same = replace(kept, data={
        "pencalonan.jabatan": "Wali Kota Contoh", "pencalonan.pemilihan": "Pilkada",
        "diterima.tanggal_surat": date(2024, 9, 2),
    })  # fmt: skip
    assert wizard.command() == same
    wizard.data.put("pencalonan.pemilihan", "Pemilihan Wali Kota Contoh")
    finish(wizard, wizard.draft_button)
    (row,) = practice_desk.read(draft_rows)
    assert draft_of(practice_desk, row.id).data["pencalonan.pemilihan"] == "Pemilihan Wali Kota Contoh"
    finish(reopened_draft(page), None)
    assert practice_desk.read(draft_rows) == []
    letter = page.issued.detail.letter
    assert letter is not None
    assert (letter.data["pencalonan"]["pemilihan"], letter.confidential) == ("Pemilihan Wali Kota Contoh", True)


def reopened_draft(page: LettersPage) -> Any:
    """Open the one draft from the list."""
    page.reload()
    page.issued.drafts_button.click()
    next(one for one in opened(page, DraftsDialog).findChildren(QPushButton) if one.text() == "Buka").click()
    return opened(page, LetterDialog)


def finish(wizard: LetterDialog, end: QPushButton | None) -> None:
    """Go to the last step and press a button there, or else issue."""
    for _step in range(wizard.last_step):
        wizard.next()
    end.click() if end is not None else wizard.next()


def draft_of(desk: Desk, draft_id: int) -> IssueLetter:
    return desk.read(lambda session: draft_letter(session, draft_id))


def test_no_circular_is_written_as_an_ordinary_letter(page: LettersPage) -> None:
    page.open_target({"new": circular_kinds()[1].code})
    box = opened(page, LetterDialog).letter.field("kind")
    assert isinstance(box, QComboBox)
    offered = {box.itemText(place) for place in range(box.count())}
    assert offered == {kind.title for kind in KINDS.values()} - {kind.title for kind in circular_kinds()}


def test_a_draft_is_kept_looked_at_issued_and_another_discarded(
    page: LettersPage, practice_desk: Desk, recorder: Recorder
) -> None:
    old = page.issued.detail.letter
    assert old is not None
    for _ in range(2):
        page.open_target({"new": old.kind, "employee_id": old.employee_id, "values": dict(COMMAND.data)})
        wizard = opened(page, LetterDialog)
        for _step in range(2):
            assert not wizard.draft_button.isVisible()
            wizard.next()
        wizard.draft_button.click()
    assert recorder.toasts == ["Draf tersimpan. Buka lagi dari daftar Surat terbit, Draf."] * 2
    assert page.issued.drafts_button.text() == "Draf (2)"
    page.issued.drafts_button.click()
    dialog = opened(page, DraftsDialog)
    first, second = practice_desk.read(draft_rows)
    dialog.look(first)
    opened(page, PaperDialog).close()
    dialog.discard(first)
    question = next(one for one in dialog.findChildren(QDialog) if one.isVisible())
    next(one for one in question.findChildren(QPushButton) if one.text().replace("&", "") == "Buang").click()
    dialog.issue(second)
    assert practice_desk.read(draft_rows) == []
    assert page.issued.detail.letter is not None
    assert page.issued.detail.letter.number == "800.1.6/2/BKPSDM/2024"
    assert not page.issued.drafts_button.isVisible()

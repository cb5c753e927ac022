"""A letter edited in Word after issue: the differences, the new version that is printed, and the original that stays."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdfium2
import pytest

from asn_desk.desk import Desk
from asn_desk.errors import DeskError, StaleRecord
from asn_desk.letters import aftercare, queries, service
from asn_desk.letters.aftercare import TakeBack
from asn_desk.letters.templates.template_store import ADDED, REMOVED
from tests.letters.batch_office import COMMAND, fill_office

DOCUMENT = "word/document.xml"


def edited_in_word(docx: bytes, old: str, new: str) -> bytes:
    """Return a Word file in which one text was replaced."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(docx)) as before, zipfile.ZipFile(target, "w") as after:
        for entry in before.infolist():
            data = before.read(entry)
            after.writestr(
                entry.filename, data.replace(old.encode(), new.encode()) if entry.filename == DOCUMENT else data
            )
    return target.getvalue()


def words(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.fixture
def letter(practice_desk: Desk) -> int:
    """An issued letter."""
    person = practice_desk.write(lambda session: fill_office(session, 1)).value[0]
    return practice_desk.write(lambda session: service.issue(session, replace(COMMAND, employee_id=person))).value.id


@pytest.fixture
def docx(practice_desk: Desk, letter: int) -> bytes:
    """Its Word file with another title for the post."""
    before = practice_desk.read(lambda session: queries.stored_docx(session, letter))
    return edited_in_word(before, "Wakil Wali Kota Contoh", "Wakil Wali Kota Contoh Raya")


def test_what_was_edited_is_shown_before_anything_is_stored(practice_desk: Desk, letter: int, docx: bytes) -> None:
    file = practice_desk.read(lambda session: aftercare.edited(session, letter, docx))
    assert {change.what for change in file.changes} == {ADDED, REMOVED}
    assert all("Contoh Raya" in change.text for change in file.changes if change.what == ADDED)
    assert "Contoh Raya" in words(file.pdf)
    assert practice_desk.read(lambda session: queries.letter_detail(session, letter)).edited == ()


def test_the_new_version_is_printed_and_the_original_stays(practice_desk: Desk, letter: int, docx: bytes) -> None:
    original = practice_desk.read(lambda session: queries.stored_pdf(session, letter))
    command = TakeBack(letter, docx, "Nama jabatan kurang lengkap", 1)
    version = practice_desk.write(lambda session: aftercare.take_back(session, command)).value
    now = practice_desk.read(lambda session: queries.stored_pdf(session, letter))
    assert "Contoh Raya" in words(now)
    assert practice_desk.read(lambda session: queries.stored_docx(session, letter)) == docx
    assert practice_desk.read(lambda session: queries.stored_pdf(session, letter, 0)) == original
    assert practice_desk.read(lambda session: queries.stored_pdf(session, letter, version)) == now
    (row,) = practice_desk.read(lambda session: queries.letter_detail(session, letter)).edited
    assert (row.note, row.made_by) == ("Nama jabatan kurang lengkap", "Ratna Wulandari")
    changes = practice_desk.read(lambda session: aftercare.version_changes(session, letter, version))
    assert aftercare.summary(changes).endswith("alinea dihapus.")
    with pytest.raises(DeskError, match="Versi surat ini tidak ada"):
        practice_desk.read(lambda session: queries.stored_pdf(session, letter, 99))


def test_what_cannot_be_taken_back_is_said(practice_desk: Desk, letter: int, docx: bytes) -> None:
    same = practice_desk.read(lambda session: queries.stored_docx(session, letter))
    for data, note, code in (
        (same, "x", "edited_same"),
        (docx, "  ", "reason_missing"),
        (b"bukan Word", "x", "not_docx"),
    ):
        command = TakeBack(letter, data, note, 1)
        with pytest.raises(DeskError) as caught:
            practice_desk.write(lambda session, wanted=command: aftercare.take_back(session, wanted))
        assert caught.value.code == code
    with pytest.raises(StaleRecord):
        practice_desk.write(lambda session: aftercare.take_back(session, TakeBack(letter, docx, "x", 7)))


def test_a_signed_letter_is_corrected_and_not_edited(practice_desk: Desk, letter: int, docx: bytes) -> None:
    practice_desk.write(lambda session: service.mark_signed(session, letter, date(2024, 9, 9), 1))
    with pytest.raises(DeskError, match="Buat surat perbaikan"):
        practice_desk.write(lambda session: aftercare.take_back(session, TakeBack(letter, docx, "x", 2)))

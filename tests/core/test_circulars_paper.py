"""Slips that a scanner reads back, and the list of the missing that a spreadsheet shows unharmed."""

from __future__ import annotations

import errno
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from asn_desk.circulars import export, recipients, service
from asn_desk.circulars.papers import slip_page, slips
from asn_desk.circulars.recipients import RecipientFilter
from asn_desk.circulars.rules import AckStatus, Audience, EmployeeKind
from asn_desk.desk import Desk
from asn_desk.employees.model import Employee
from asn_desk.errors import DeskError, EnvironmentProblem
from asn_desk.letters.pdf.output.fonts import face
from tests.core.circulars_office import SUBJECT, people_of, person, published
from tests.factories import add_employee, add_unit

EVERYBODY = Audience(kinds=tuple(EmployeeKind))


def slips_of(desk: Desk, wanted: RecipientFilter, **values: Any) -> tuple[slips.SlipsMade, pypdfium2.PdfDocument]:
    stream = BytesIO()
    made = desk.read(lambda session: slips.slips_pdf(session, wanted, stream, **values))
    return made, pypdfium2.PdfDocument(stream.getvalue())


def read_codes(document: pypdfium2.PdfDocument, dpi: int) -> list[str]:
    pages = (page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document)
    return [found.text for page in pages for found in zxingcpp.read_barcodes(page)]


def text_of(document: pypdfium2.PdfDocument) -> list[str]:
    return [page.get_textpage().get_text_range() for page in document]


@pytest.mark.parametrize("dpi", [150, 300])
def test_every_printed_code_is_read_back_from_a_scan(practice_desk: Desk, dpi: int) -> None:
    made = published(practice_desk, EVERYBODY)
    printed, document = slips_of(practice_desk, RecipientFilter(made.version_id))
    expected = sorted(row.code for row in people_of(practice_desk, made.version_id))
    assert sorted(read_codes(document, dpi)) == expected
    assert printed.slips == made.recipients == 5


def test_codes_are_printed_at_twenty_millimetres_or_more_in_the_smallest_symbol() -> None:
    assert slip_page.CODE_SIZE >= 20 * 72 / 25.4
    assert "/W 21 /H 21" in slip_page.qr_image("ADE17K3M9QX2WT00")


def test_slips_are_sorted_by_opd_and_unit_with_a_cover_each_and_a_new_page_per_opd(practice_desk: Desk) -> None:
    made = published(practice_desk)
    printed, document = slips_of(practice_desk, RecipientFilter(made.version_id))
    pages = text_of(document)
    assert (printed.pages, len(pages)) == (3, 3)
    health, rest, schools = pages
    assert health.index("SAMPUL") < health.index("Yusuf") < health.rindex("SAMPUL") < health.index("Endang")
    assert "2 lembar" in health
    assert "Siti" in rest
    assert "Robertus Tampubolon" in schools
    assert "Siti" not in schools


def test_a_slip_shows_person_circular_and_where_it_goes_back(practice_desk: Desk) -> None:
    made = published(practice_desk)
    siti = person(practice_desk, made.version_id, "Siti")
    wanted = RecipientFilter(made.version_id, recipient_ids=(siti.id,))
    _, document = slips_of(practice_desk, wanted, covers=False)
    (text,) = text_of(document)
    for part in (
        "LEMBAR TANDA TERIMA SURAT EDARAN",
        "Nomor 800.1.6/10/BKPSDM/2024 tanggal 5 September 2024",
        SUBJECT,
        "Siti Nurhaliza Rahmawati, A.Md.Kep.",
        "19800101 200501 1 001",
        "RSUD Kota Contoh, Dinas Kesehatan",
        "paling lambat 20 September 2024",
        "Tanda tangan",
        "CONTOH",
    ):
        assert part in text
    assert "SAMPUL" not in text


def test_outside_practice_no_slip_is_marked_as_a_sample(desk: Desk) -> None:
    made = published_now(desk)
    _, document = slips_of(desk, RecipientFilter(made.version_id))
    assert all("CONTOH" not in text for text in text_of(document))


def published_now(desk: Desk) -> service.Published:
    from tests.core.circulars_office import an_office

    def work(session: Session) -> service.Published:
        return service.publish(session, service.PublishCircular(SUBJECT, letter_id=an_office(session).letter))

    return desk.write(work).value


def test_a_reprint_is_the_same_bytes(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    files = [tmp_path / "a.pdf", tmp_path / "b.pdf"]
    for file in files:
        practice_desk.read(lambda s, file=file: slips.slips_pdf(s, RecipientFilter(made.version_id), file))
    assert files[0].read_bytes() == files[1].read_bytes()
    assert {file.name for file in tmp_path.iterdir() if file.is_file()} == {"a.pdf", "b.pdf"}


def test_only_our_embedded_fonts_are_named(practice_desk: Desk) -> None:
    made = published(practice_desk)
    stream = BytesIO()
    practice_desk.read(lambda s: slips.slips_pdf(s, RecipientFilter(made.version_id), stream))
    assert b"Helvetica" not in stream.getvalue()
    assert stream.getvalue().count(b"/FontFile2") == 3


def test_no_match_makes_no_file(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    with pytest.raises(DeskError) as caught:
        practice_desk.read(
            lambda s: slips.slips_pdf(s, RecipientFilter(made.version_id, text="tidak ada"), tmp_path / "a.pdf")
        )
    assert caught.value.code == "no_slips"
    assert not (tmp_path / "a.pdf").exists()


def test_cancelling_leaves_no_file(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)

    class Cancelled(Exception):
        pass

    def cancel(done: int, total: int) -> None:
        assert 0 < done <= total == 4
        raise Cancelled

    with pytest.raises(Cancelled):
        practice_desk.read(
            lambda s: slips.slips_pdf(s, RecipientFilter(made.version_id), tmp_path / "a.pdf", progress=cancel)
        )
    assert [file for file in tmp_path.iterdir() if file.is_file()] == []


def test_a_full_disk_is_told_in_words_and_leaves_no_file(
    practice_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = published(practice_desk)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    wanted = RecipientFilter(made.version_id)
    monkeypatch.setattr(Path, "replace", full)
    for write, name in ((slips.slips_pdf, "a.pdf"), (export.missing_xlsx, "a.xlsx")):
        with pytest.raises(EnvironmentProblem) as caught:
            practice_desk.read(lambda s, write=write, name=name: write(s, wanted, tmp_path / name))
        assert caught.value.code == "disk_full"
    assert [file for file in tmp_path.iterdir() if file.is_file()] == []


def test_the_longest_texts_stay_inside_their_slip(practice_desk: Desk) -> None:
    def work(session: Session) -> None:
        unit = add_unit(session, "Unit Pelaksana Teknis Daerah " * 10)
        add_employee(
            session,
            unit=unit,
            nip="197001012000011099",
            name="Muhammad Syahrul " * 11,
            title_back="S.Pd., M.Pd.",
            post_name="Analis " * 42,
        )

    practice_desk.write(work)
    made = published_now(practice_desk)
    _, document = slips_of(practice_desk, RecipientFilter(made.version_id, text="Syahrul"))
    (page,) = document
    words = page.get_textpage()
    assert "…" in words.get_text_range()
    boxes = [words.get_charbox(index) for index in range(words.count_chars())]
    code_left = page.get_width() - 42.5 - slip_page.CODE_SIZE
    slip_top = slip_page.PAGE_HEIGHT - slip_page.SLIP_HEIGHT
    beside_code = [box for box in boxes if slip_top - 70 > box[1] > slip_top - 140]
    assert max(box[2] for box in boxes) < page.get_width() - 40
    assert max(box[2] for box in beside_code if box[0] < code_left - 10) < code_left


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("pendek", ("pendek",)),
        ("Dinas Pekerjaan Umum dan Penataan", ("Dinas Pekerjaan", "Umum dan Penataan")),
        ("x" * 60, ("x" * 60,)),
        ("", ("",)),
    ],
)
def test_long_texts_break_at_a_blank(text: str, lines: tuple[str, ...]) -> None:
    assert slip_page.two_lines(face("sans"), text, 9.0) == lines


def test_the_list_of_the_missing_has_title_counts_and_numbers_as_text(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk, EVERYBODY)
    code = person(practice_desk, made.version_id, "Siti").code
    practice_desk.write(lambda s: service.acknowledge_code(s, code))
    target = tmp_path / "belum.xlsx"
    count = practice_desk.read(lambda s: export.missing_xlsx(s, RecipientFilter(made.version_id), target))
    rows = CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
    assert count == 4
    assert rows[0][0] == f"CONTOH (data latihan). Belum menandatangani tanda terima: {SUBJECT}"
    assert "1 dari 5 sudah menandatangani, 4 belum" in str(rows[1][0])
    assert tuple(rows[4]) == export.HEADERS
    assert [row[1:5] for row in rows[5:]] == [
        ["Dinas Kesehatan", "Dinas Kesehatan", "Yusuf", "198303032007031003"],
        ["Dinas Kesehatan", "RSUD Kota Contoh", "Hj. Endang Sulistyaningsih", "198202022006021002"],
        ["Dinas Pendidikan", "Dinas Pendidikan", "Robertus Tampubolon", "199004042022212004"],
        ["Dinas Pendidikan", "Dinas Pendidikan", "Slamet Riyadi", "NABAN-017"],
    ]
    assert {row[7] for row in rows[5:]} == {"Menunggu"}


def test_a_cell_that_begins_like_a_formula_stays_text(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)

    def rename(session: Session) -> None:
        yusuf = session.get_one(Employee, person_id)
        yusuf.name = '=HYPERLINK("http://contoh.example")'

    person_id = person(practice_desk, made.version_id, "Yusuf").employee_id
    practice_desk.write(rename)
    target = tmp_path / "belum.xlsx"
    practice_desk.read(lambda s: export.missing_xlsx(s, RecipientFilter(made.version_id), target))
    import zipfile

    with zipfile.ZipFile(target) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "xl/worksheets/_rels/sheet1.xml.rels" not in archive.namelist()
    assert "<f>" not in sheet
    assert 'state="frozen"' in sheet


def test_the_list_can_be_narrowed_by_status_and_unit(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    yusuf = person(practice_desk, made.version_id, "Yusuf")
    target = tmp_path / "belum.xlsx"
    for wanted, expected in (
        (RecipientFilter(made.version_id, statuses=(AckStatus.REFUSED,)), 0),
        (RecipientFilter(made.version_id, opd_ids=(yusuf.opd_id or 0,)), 3),
    ):
        assert practice_desk.read(lambda s, wanted=wanted: export.missing_xlsx(s, wanted, target)) == expected


def test_streaming_hands_out_the_same_people_as_the_table(practice_desk: Desk) -> None:
    made = published(practice_desk)
    streamed = practice_desk.read(lambda s: list(recipients.stream(s, RecipientFilter(made.version_id))))
    assert streamed == people_of(practice_desk, made.version_id)

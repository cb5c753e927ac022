"""Reading a chosen file: every shape an office sends, and a plain sentence for everything that is no export."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
import xlsxwriter

from asn_desk.employees import workbook
from asn_desk.employees.reading import containers
from asn_desk.employees.reading.columns import Field, Mapping, guess, is_private
from asn_desk.employees.reading.sheets import ImportCancelled
from asn_desk.errors import DeskError, EnvironmentProblem
from tests.core.employee_files import HEADERS, add_sheet, nip, person, write_csv, write_xlsx
from tests.core.xls_file import xls_bytes


def _refusal(path: Path) -> DeskError:
    with pytest.raises(DeskError) as refusal:
        workbook.read(path)
    return refusal.value


def test_header_names_are_recognised_in_all_their_variations() -> None:
    headers = [
        "NIP",
        "Nama Lengkap",
        "GELAR BLK",
        "gelarDpn",
        "unorNama",
        "UNOR INDUK NAMA",
        "tmtGolAkhir",
        "STATUS ASN",
        "JABATAN  NAMA",
    ]
    fields = [
        Field.NIP,
        Field.NAME,
        Field.TITLE_BACK,
        Field.TITLE_FRONT,
        Field.UNIT_NAME,
        Field.OPD_NAME,
        Field.GRADE_FROM,
        Field.TYPE_NAME,
        Field.POST_NAME,
    ]
    assert guess(headers).columns == {key: index for index, key in enumerate(fields)}


def test_the_full_siasn_name_wins_over_an_alias() -> None:
    assert guess(["NIP", "NIP BARU", "NAMA", "JABATAN", "JABATAN NAMA"]).columns[Field.NIP] == 1


@pytest.mark.parametrize(
    ("header", "private"),
    [
        ("NIK", True),
        ("NO HP", True),
        ("EMAIL_GOV", True),
        ("NPWP NOMOR", True),
        ("UNOR NAMA", False),
        ("TEKNIK", False),
    ],
)
def test_private_columns_are_known(header: str, private: bool) -> None:
    assert is_private(header) is private


def test_the_header_is_found_below_titles_and_beside_empty_columns(tmp_path: Path) -> None:
    read = workbook.read(write_xlsx(tmp_path / "a.xlsx", [person(1), person(2)], top=7, left=2))
    (sheet,) = read.sheets
    assert sheet.header_row == 8
    assert sheet.address(Field.NIP, sheet.rows[0].number) == "Sheet1!D9"
    assert sheet.rows[0].cells[sheet.fields.index(Field.NIP)] == nip(1)


def test_private_columns_are_not_read_nor_shown(tmp_path: Path) -> None:
    (sheet,) = workbook.read(write_xlsx(tmp_path / "a.xlsx", [person(1)])).sheets
    nik = next(column for column in sheet.columns if column.header == "NIK")
    assert nik.private
    assert not nik.samples
    assert "9911014101800001" not in repr(sheet)


def test_columns_show_samples_and_letters_for_the_mapping(tmp_path: Path) -> None:
    (sheet,) = workbook.read(write_xlsx(tmp_path / "a.xlsx", [person(1), person(2)])).sheets
    name = next(column for column in sheet.columns if column.header == "NAMA")
    assert (name.letters, name.samples) == ("C", ("MELATI CONTOH 1", "MELATI CONTOH 2"))


def test_several_sheets_are_read_and_others_are_named_with_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        add_sheet(book, [person(1)], headers=HEADERS, name="PNS")
        add_sheet(book, [person(2)], headers=HEADERS, name="PPPK")
        book.add_worksheet("Catatan").write(0, 0, "catatan")
        book.add_worksheet("Kosong")
        hidden = add_sheet(book, [person(3)], headers=HEADERS, name="Lama")
        hidden.hide()
    read = workbook.read(path)
    assert [sheet.name for sheet in read.sheets] == ["PNS", "PPPK"]
    assert {skipped.name for skipped in read.skipped} == {"Catatan", "Kosong", "Lama"}


def test_the_unit_hierarchy_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "u.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("HierarkiUnor")
        sheet.write_row(0, 0, ["ID", "NAMA_UNOR", "ID_ATASAN"])
        sheet.write_row(1, 0, ["A", "Pemerintah Kota Contoh", ""])
    read = workbook.read(path)
    assert [row[1:] for row in read.units[0].rows] == [("A", "Pemerintah Kota Contoh", "")]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_is_read_in_every_dialect(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = write_csv(tmp_path / "a.csv", [person(1, NAMA="RENÉ, CONTOH")], delimiter=delimiter, encoding=encoding)
    (sheet,) = workbook.read(path).sheets
    assert sheet.rows[0].cells[sheet.fields.index(Field.NAME)] == "RENÉ, CONTOH"
    assert sheet.address(Field.NIP, 2) == "B2"


def test_an_old_xls_workbook_is_read(tmp_path: Path) -> None:
    path = tmp_path / "lama.xls"
    rows = [["DAFTAR PEGAWAI"], ["NO", "NIP", "NAMA", "JABATAN", "UNIT KERJA"]]
    rows += [["1", nip(1), "MELATI", "Arsiparis", "Dinas Contoh"]]
    path.write_bytes(xls_bytes([*rows, [2.0, float(nip(2)), "MAWAR", "Arsiparis", "Dinas Contoh"]]))
    (sheet,) = workbook.read(path).sheets
    numbers = [row.cells[sheet.fields.index(Field.NIP)] for row in sheet.rows]
    assert numbers == [nip(1), float(nip(2))]
    assert [sheet.address(Field.NIP, row.number) for row in sheet.rows] == ["Data!B3", "Data!B4"]


XLS = xls_bytes([["NIP", "NAMA", "JABATAN", "UNIT KERJA"], [nip(1), "MELATI", "Arsiparis", "Dinas Contoh"]])


@pytest.mark.parametrize(
    ("offset", "value"),
    [
        (30, b"\x10"),  # size of a sector
        (44, b"\xff\xff\xff\x7f"),  # sectors of the allocation table
        (64, b"\xff\xff\xff\x7f"),  # sectors of the small table
        (512 + 8, b"\x02\x00\x00\x00"),  # a chain that runs in a ring
        (1024 + 128 + 120, b"\xff\xff\xff\x7f"),  # length of the workbook stream
        (1536 + 64, b"\xff\xff\xff\x7f"),  # first row beyond the last one
        (1536 + 68, b"\xff\xff\xff\x7f"),  # last row
        (1536 + 84, b"\xff\xff"),  # column of the first cell
    ],
)
def test_a_damaged_count_in_an_xls_is_refused_before_memory_is_taken(tmp_path: Path, offset: int, value: bytes) -> None:
    path = tmp_path / "lama.xls"
    path.write_bytes(XLS[:offset] + value + XLS[offset + len(value) :])
    assert _refusal(path).code == "not_a_workbook"


def test_damaged_bytes_never_end_the_program(tmp_path: Path) -> None:
    random = Random(2024)
    path = write_xlsx(tmp_path / "a.xlsx", [person(1), person(2)])
    for whole in (path.read_bytes(), XLS):
        for _ in range(120):
            damaged = bytearray(whole)
            for _ in range(random.randrange(1, 12)):
                damaged[random.randrange(len(damaged))] = random.randrange(256)
            path.write_bytes(damaged)
            with suppress(DeskError):
                assert workbook.read(path).sheets


def test_a_workbook_is_recognised_whatever_its_name(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [person(1)]).rename(tmp_path / "a.csv")
    assert len(workbook.read(path).sheets[0].rows) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"  \r\n ", "empty_file"),
        (b"%PDF-1.7\n\x00\x01\x02\x03", "not_a_workbook"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "not_a_workbook"),
        (b"PK\x03\x04" + b"\x00" * 100, "not_a_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2048, "not_a_workbook"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + b"\x00" * 600
            + "EncryptedPackage".encode("utf-16-le")
            + b"\x00" * 600,
            "password",
        ),
        (b"<html><table><tr><td>NIP</td></tr></table></html>", "no_header"),
        (b"<html><p>Sesi habis. Masuk lagi.</p></html>", "other_format"),
        (b"Halo, ini surat biasa.\nTanpa tabel.\n", "no_header"),
        (b"NIP;ALAMAT\n1;2\n", "no_header"),
    ],
)
def test_what_is_no_export_is_refused_in_a_sentence(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "ekspor.xlsx"
    path.write_bytes(content)
    refusal = _refusal(path)
    assert refusal.code == code
    assert "ekspor.xlsx" in refusal.sentence
    assert refusal.sentence.endswith(".")


def test_a_missing_file_is_a_problem_of_the_pc(tmp_path: Path) -> None:
    assert isinstance(_refusal(tmp_path / "tidak-ada.xlsx"), EnvironmentProblem)


@pytest.mark.parametrize("keep", [30, 200, 2000, -50])
def test_a_truncated_workbook_is_refused(tmp_path: Path, keep: int) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [person(number) for number in range(1, 40)])
    path.write_bytes(path.read_bytes()[:keep])
    assert _refusal(path).code in {"not_a_workbook", "no_header"}


def test_an_empty_workbook_has_no_header(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet()
    assert _refusal(path).code == "no_header"


def test_another_zip_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    assert _refusal(path).code == "not_a_workbook"


def test_two_cells_at_opposite_corners_are_refused_before_memory_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = add_sheet(book, [person(1)], headers=HEADERS, name="Data")
        sheet.write(1_048_575, 16_383, "x")
    assert _refusal(path).code == "too_wide"


def test_a_part_that_inflates_endlessly_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MAX_INFLATED_BYTES", 5_000_000)
    path = write_xlsx(tmp_path / "a.xlsx", [person(1)])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet9.xml", b" " * 6_000_000)
    assert _refusal(path).code == "too_large"


def test_a_file_beyond_200_mb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "besar.xlsx"
    with path.open("wb") as stream:
        stream.truncate(containers.MAX_FILE_BYTES + 1)
    assert _refusal(path).code == "too_large"


def test_cells_without_a_place_stand_in_their_order(tmp_path: Path) -> None:
    source = write_xlsx(tmp_path / "a.xlsx", [person(1)])
    target = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename.startswith("xl/worksheets/sheet"):
                data = b"".join(
                    piece if not index else piece[piece.index(b'"') + 1 :]
                    for index, piece in enumerate(data.split(b'<c r="'))
                )
                data = data.replace(b' t="s">', b'<c t="s">')
            new.writestr(part.filename, data)
    source.write_bytes(target.getvalue())
    (sheet,) = workbook.read(source).sheets
    assert sheet.rows[0].cells[sheet.fields.index(Field.NIP)] == nip(1)


def test_a_corrected_mapping_replaces_the_guess(tmp_path: Path) -> None:
    headers = ["NIP", "NAMA", "GOLONGAN", "PEKERJAAN", "TEMPAT TUGAS"]
    row = dict(zip(headers, [nip(1), "MELATI", "III/a", "Arsiparis", "Dinas Contoh"], strict=True))
    path = write_xlsx(tmp_path / "a.xlsx", [row], headers=headers)
    (sheet,) = workbook.read(path).sheets
    assert sheet.mapping.missing() == (Field.POST_NAME, Field.UNIT_NAME)
    mapping = sheet.mapping.corrected(Field.POST_NAME, 3).corrected(Field.UNIT_NAME, 4).corrected(Field.GRADE, None)
    (again,) = workbook.read(path, mappings={"Sheet1": mapping}).sheets
    assert again.mapping.missing() == ()
    assert dict(zip(again.fields, again.rows[0].cells, strict=True)) == {
        Field.NIP: nip(1), Field.NAME: "MELATI", Field.POST_NAME: "Arsiparis", Field.UNIT_NAME: "Dinas Contoh",
    }  # fmt: skip


def test_missing_columns_are_named() -> None:
    with pytest.raises(DeskError) as refusal:
        Mapping({Field.NIP: 0, Field.NAME: 1}).check("Data")
    assert refusal.value.code == "columns_missing"
    assert "JABATAN NAMA, UNOR NAMA" in refusal.value.sentence


def test_reading_tells_progress_and_can_be_cancelled(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [person(number) for number in range(1, 1201)])
    heard: list[tuple[int, int]] = []
    workbook.read(path, progress=lambda done, total: heard.append((done, total)))
    assert heard[-1] == (1201, 1201)
    assert len(heard) == 3
    with pytest.raises(ImportCancelled):
        workbook.read(path, cancelled=lambda: len(heard) > 0)

"""Lists in shapes that offices really send: titles, numbering, group rows, merged and joined cells, other headers, other writers."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from asn_desk.employees import importing, workbook
from asn_desk.employees.imports.corrections import corrected
from asn_desk.employees.imports.post_references import plan_posts
from asn_desk.employees.reading import slices
from asn_desk.employees.reading.columns import Field, guess, is_header
from asn_desk.employees.reading.picking import split_number
from asn_desk.errors import DeskError
from tests.core.employee_files import nip
from tests.core.grids import HEAD, TODAY, codes, line, only_sheet, plan_grid, plan_of, refusals, write_grid
from tests.core.xls_file import ENCRYPTED, ErrorCode, xls_bytes

NUMBERING = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]


# --- the header ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("TANGGAL LAHIR\n(yyyy-mm-dd)", Field.BIRTH_DATE), ("JENIS KELAMIN (L/P)", Field.SEX), ("L/P", Field.SEX),
        ("JABATAN [sesuai SK]", Field.POST_NAME), ("PANGKAT/ GOL.RUANG", Field.GRADE), ("Pangkat / Gol", Field.GRADE),
        ("NIP/NI PPPK", Field.NIP), ("N I P", Field.NIP), ("nip_pegawai", Field.NIP), ("Nama Pegawai *", Field.NAME),
        ("NAMA LENGKAP DAN GELAR", Field.NAME), ("TMT. Pangkat", Field.GRADE_FROM), ("tgl_lahir_pegawai", Field.BIRTH_DATE),
    ],
)  # fmt: skip
def test_a_column_is_recognised_whatever_stands_around_its_name(header: str, field: Field) -> None:
    assert guess([header]).columns == {field: 0}


def test_two_columns_of_one_name_are_asked_for_and_not_chosen_between(tmp_path: Path) -> None:
    headers = ["NIP", "NAMA", "JABATAN", "UNIT KERJA", "NIP", "NAMA", "JABATAN"]
    assert is_header(headers)
    people = [nip(1), "MELATI A", "Arsiparis", "Dinas Contoh", nip(2), "KENANGA B", "Kepala Dinas"]
    path = write_grid(tmp_path / "a.xlsx", [headers, people])
    assert only_sheet(path).mapping.missing() == (Field.NIP, Field.NAME, Field.POST_NAME)
    with pytest.raises(DeskError) as refusal:
        plan_of(path)
    assert refusal.value.code == "columns_missing"


@pytest.mark.parametrize(
    "merges", [(), ((1, 3, 1, 4), (1, 5, 1, 6), (1, 0, 2, 0), (1, 1, 2, 1))], ids=["plain", "merged"]
)
def test_a_header_of_two_rows_is_joined_merged_or_not(
    tmp_path: Path, merges: tuple[tuple[int, int, int, int], ...]
) -> None:
    grid = [
        ["DAFTAR URUT KEPANGKATAN"],
        ["NIP", "NAMA", "UNIT KERJA", "PANGKAT", "", "JABATAN", ""],
        ["", "", "", "GOL", "TMT", "NAMA", "TMT"],
        [nip(1), "MELATI A", "Dinas Contoh", "III/c", "01-04-2020", "Arsiparis", "01-02-2021"],
    ]
    plan = plan_grid(tmp_path, grid, merges=merges)
    person = plan.new[0].person
    assert (person.grade, str(person.grade_from)) == ("III/c", "2020-04-01")
    assert (person.post_name, str(person.post_from)) == ("Arsiparis", "2021-02-01")
    assert plan.refused == ()


def test_titles_numbering_groups_totals_and_signatures_are_named_and_make_nobody(tmp_path: Path) -> None:
    grid = [
        ["DAFTAR PEGAWAI"], [], list(HEAD), NUMBERING, ["", "DINAS CONTOH"], line(1), line(2), [],
        ["", "", "", "", "JUMLAH", 2.0], list(HEAD), line(3), ["", "", "", "", "", "Kota Contoh, 9 September 2024"],
    ]  # fmt: skip
    plan = plan_grid(tmp_path, grid)
    assert [one.person.nip for one in plan.new] == [nip(1), nip(2), nip(3)]
    assert refusals(plan) == [
        ("Data!B4", "numbering_row"), ("Data!B5", "nip_letters"), ("Data!E9", "totals_row"), ("Data!B10", "header_again"),
        ("Data!F12", "note_row"),
    ]  # fmt: skip


def test_rows_below_a_header_in_another_order_are_refused_not_shifted(tmp_path: Path) -> None:
    turned = ("NO", "NIP", "NAMA", "GOLONGAN", "UNIT KERJA", "JABATAN")
    below = line(2, JABATAN="Dinas Lain", UNIT_KERJA="Pengemudi")
    plan = plan_grid(tmp_path, [HEAD, line(1), turned, below, HEAD, line(3)])
    assert [one.person.nip for one in plan.new] == [nip(1), nip(3)]
    assert refusals(plan) == [
        ("Data!B3", "header_again"), ("Data!baris 4", "header_moved"), ("Data!B5", "header_again"),
    ]  # fmt: skip
    assert "baris 3" in plan.refused[1].reason


def test_people_above_the_header_are_named(tmp_path: Path) -> None:
    plan = plan_grid(tmp_path, [line(1), HEAD, line(2)])
    assert [one.person.nip for one in plan.new] == [nip(2)]
    assert refusals(plan) == [("Data!baris 1", "above_header")]


def test_an_unknown_header_is_found_by_the_numbers_below_and_its_columns_asked_for(tmp_path: Path) -> None:
    grid: list[list[Any]] = [
        ["DAFTAR"],
        ["URUT", "NOMOR POKOK", "SEBUTAN", "TUGAS", "TEMPAT"],
        [1.0, nip(1), "MELATI A", "Arsip", "Dinas"],
    ]
    path = write_grid(
        tmp_path / "a.xlsx", [*grid, [2.0, nip(2), "MELATI B", "Arsip", "Dinas"], [3.0, nip(3), "C", "", ""]]
    )
    sheet = only_sheet(path)
    assert (sheet.header_row, dict(sheet.mapping.columns)) == (2, {Field.NIP: 1})
    assert [column.header for column in sheet.columns] == ["URUT", "NOMOR POKOK", "SEBUTAN", "TUGAS", "TEMPAT"]
    mapping = sheet.mapping.corrected(Field.NAME, 2).corrected(Field.POST_NAME, 3).corrected(Field.UNIT_NAME, 4)
    plan = importing.plan([workbook.read(path, mappings={"Data": mapping})], importing.Known(), TODAY)
    assert [one.person.name for one in plan.new] == ["MELATI A", "MELATI B", "C"]


def test_a_file_without_a_header_is_told_which_row_comes_nearest(tmp_path: Path) -> None:
    grid = [["NAMA", "JABATAN", "KETERANGAN"], ["MELATI A", "Arsiparis", ""]]
    with pytest.raises(DeskError) as refusal:
        workbook.read(write_grid(tmp_path / "a.xlsx", grid))
    assert refusal.value.code == "no_header"
    assert "baris 1 lembar Data, dengan kolom NAMA, JABATAN NAMA" in refusal.value.sentence


# --- the cells -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MELATI CONTOH / 198001012005012001", ("198001012005012001", "MELATI CONTOH")),
        ("MELATI CONTOH NIP. 19800101 200501 2 001", ("198001012005012001", "MELATI CONTOH")),
        ("198001012005012001 - MELATI CONTOH", ("198001012005012001", "MELATI CONTOH")),
        ("Dra. MELATI CONTOH, M.Si. / 19800101.200501.2.001", ("198001012005012001", "Dra. MELATI CONTOH, M.Si.")),
        ("198001012005012001", ("198001012005012001", "")),
        ("MELATI CONTOH", ("MELATI CONTOH", "")),
        ("MELATI / 131234567", ("MELATI / 131234567", "")),
        ("A / 198001012005012001 B / 198001012005012002", ("A / 198001012005012001 B / 198001012005012002", "")),
    ],
)
def test_name_and_nip_of_one_cell_are_told_apart_or_left_whole(text: str, expected: tuple[str, str]) -> None:
    assert split_number(text) == expected


def test_a_column_of_name_and_nip_is_read(tmp_path: Path) -> None:
    grid: list[list[Any]] = [
        ["NO", "NAMA / NIP", "JABATAN", "UNIT KERJA"],
        [1.0, f"MELATI A\nNIP. {nip(1)}", "Arsiparis", "Dinas Contoh"],
        [2.0, "KENANGA B", "Arsiparis", "Dinas Contoh"],
    ]
    path = write_grid(tmp_path / "a.xlsx", grid)
    plan = plan_of(path)
    assert [(one.person.nip, one.person.name) for one in plan.new] == [(nip(1), "MELATI A")]
    assert refusals(plan) == [("Data!B3", "nip_letters")]
    mended = corrected([workbook.read(path)], {("a.xlsx", "Data!B3"): f"KENANGA B / {nip(2)}"})
    assert [one.person.name for one in importing.plan(mended, importing.Known(), TODAY).new] == [
        "MELATI A",
        "KENANGA B",
    ]


@pytest.mark.parametrize("slice_bytes", [1 << 22, 2_000])
def test_a_merged_unit_counts_for_all_rows_that_it_covers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slice_bytes: int
) -> None:
    monkeypatch.setattr(slices, "SLICE_BYTES", slice_bytes)
    people = [line(number, UNIT_KERJA="" if number in (2, 3, 6) else f"Dinas {number}") for number in range(1, 30)]
    plan = plan_grid(tmp_path, [HEAD, *people], merges=((1, 5, 3, 5),))
    units = [one.person.unit for one in plan.new]
    assert [unit.name if isinstance(unit, importing.NewUnit) else unit for unit in units[:6]] == [
        "Dinas 1", "Dinas 1", "Dinas 1", "Dinas 4", "Dinas 5", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "refused"),
    [
        ({"NIP": "#N/A"}, ("Data!B2", "cell_error")),
        ({"NAMA": "#REF!"}, ("Data!C2", "cell_error")),
        ({"UNIT_KERJA": "#VALUE!"}, ("Data!F2", "cell_error")),
        ({"NAMA": True}, ("Data!C2", "name_invalid")),
        ({"NAMA": "MELATI NIP 19800101 200501 2 001"}, ("Data!C2", "name_invalid")),
        ({"NAMA": "MELATI RENÃ‰"}, ("Data!C2", "name_garbled")),
        ({"NAMA": "MELATI REN\ufffd"}, ("Data!C2", "name_garbled")),
        ({"UNIT_KERJA": 45.0}, ("Data!F2", "unit_invalid")),
        ({"JABATAN": date(2020, 1, 1)}, ("Data!E2", "post_invalid")),
        ({"NIP": 131234567.0}, ("Data!B2", "nip_length")),
    ],
)
def test_what_is_no_value_is_refused_with_its_cell(
    tmp_path: Path, cells: dict[str, Any], refused: tuple[str, str]
) -> None:
    plan = plan_grid(tmp_path, [HEAD, line(1, **cells), line(2)])
    assert refusals(plan) == [refused]
    assert len(plan.new) == 1


def test_an_error_beside_the_needed_columns_says_nothing_and_is_warned_of(tmp_path: Path) -> None:
    plan = plan_grid(tmp_path, [HEAD, line(1, GOLONGAN="#N/A")])
    assert plan.new[0].person.grade == ""
    assert codes(plan) == ["cell_error"]


def _changed(path: Path, change: Callable[[bytes], bytes]) -> Path:
    target = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            data = old.read(one)
            new.writestr(one.filename, change(data) if one.filename == "xl/worksheets/sheet1.xml" else data)
    path.write_bytes(target.getvalue())
    return path


@pytest.mark.parametrize("slice_bytes", [1 << 22, 2_000])
@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (b'<c r="F3" t="e"><f>A1</f><v>#REF!</v></c>', "galat Excel"),
        (b'<c r="F3"><f>VLOOKUP(A1,B:C,2,0)</f></c>', "rumus yang hasilnya tidak tersimpan"),
        (b'<c r="F3"><f>A1</f><v></v></c>', "rumus yang hasilnya tidak tersimpan"),
        (b'<c r="F3"><f>A1</f><v/></c>', "rumus yang hasilnya tidak tersimpan"),
    ],
)
def test_errors_and_formulas_without_a_result_are_named_by_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cell: bytes, reason: str, slice_bytes: int
) -> None:
    path = write_grid(tmp_path / "a.xlsx", [HEAD, *(line(number) for number in range(1, 30))])
    _changed(path, lambda data: re.sub(rb'<c r="F3".*?</c>', lambda _: cell, data))
    monkeypatch.setattr(slices, "SLICE_BYTES", slice_bytes)
    plan = plan_of(path)
    assert refusals(plan) == [("Data!F3", "cell_error")]
    assert reason in plan.refused[0].reason
    assert len(plan.new) == 28


def test_errors_in_the_companion_files_make_no_unit_and_no_post(tmp_path: Path) -> None:
    units = write_grid(
        tmp_path / "unor.xlsx", [["ID", "NAMA_UNOR", "ID_ATASAN"], ["U-1", "#REF!", ""], ["U-2", "Dinas", "#N/A"]]
    )
    posts = write_grid(
        tmp_path / "jab.xlsx", [["NAMA_JABATAN", "NAMA_UNOR", "ESELON_ID"], ["#NAME?", "", "22"], ["Camat", "", "31"]]
    )
    book = workbook.read(units)
    plan = importing.plan_units([book], importing.Known())
    assert (plan.new, [(one.cell, one.code) for one in plan.refused]) == (
        (), [("Data!B2", "cell_error"), ("Data!C3", "cell_error")],
    )  # fmt: skip
    mended = importing.plan_units(corrected([book], {("unor.xlsx", "Data!C3"): ""}), importing.Known())
    assert ([unit.name for unit in mended.new], len(mended.refused)) == (["Dinas"], 1)
    listed = plan_posts([workbook.read(posts)], ())
    assert ([post.name for post in listed.new], [one.cell for one in listed.refused]) == (["Camat"], ["Data!A2"])


def test_error_cells_of_an_old_workbook_are_named_too(tmp_path: Path) -> None:
    people = [line(number)[1:] for number in (1, 2, 3)]
    people[1][4], people[2][1] = ErrorCode(0x2A), ErrorCode(0x17)
    (tmp_path / "a.xls").write_bytes(xls_bytes([HEAD[1:], *people]))
    plan = plan_of(tmp_path / "a.xls")
    assert refusals(plan) == [("Data!E3", "cell_error"), ("Data!B4", "cell_error")]
    assert [one.value for one in plan.refused] == ["#N/A", "#REF!"]


def test_an_old_workbook_with_a_password_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.xls").write_bytes(xls_bytes([["NIP"]], before=ENCRYPTED))
    with pytest.raises(DeskError) as refusal:
        workbook.read(tmp_path / "a.xls")
    assert refusal.value.code == "password"


def test_elements_with_a_prefix_are_the_same_elements(tmp_path: Path) -> None:
    path = write_grid(tmp_path / "a.xlsx", [HEAD, *(line(number) for number in range(1, 5))])
    main = b'xmlns="http:' + b"//schemas.openxmlformats.org/spreadsheetml"

    def prefixed(data: bytes) -> bytes:
        data = re.sub(rb"<(/?)([A-Za-z])", rb"<\1x:\2", data).replace(main, main.replace(b"xmlns", b"xmlns:x"))
        error = b'<x:c r="F3" t="e"><x:f>A</x:f><x:v>#N/A</x:v></x:c>'
        return re.sub(rb'<x:c r="F3".*?</x:c>', lambda _: error, data)

    plan = plan_of(_changed(path, prefixed))
    assert refusals(plan) == [("Data!F3", "cell_error")]
    assert [one.person.nip for one in plan.new] == [nip(1), nip(3), nip(4)]


def test_empty_formatted_cells_down_to_the_last_row_are_no_hindrance(tmp_path: Path) -> None:
    path = write_grid(tmp_path / "a.xlsx", [HEAD, line(1)])
    far = b'<row r="1048575" s="1"><c r="A1048575" s="1"/><c r="XFD1048575" s="1"></c></row><row r="1048576" ht="12.8"/></sheetData>'
    _changed(path, lambda data: data.replace(b"</sheetData>", far))
    assert [one.person.nip for one in plan_of(path).new] == [nip(1)]


def test_cells_whose_place_is_not_their_first_attribute_are_read(tmp_path: Path) -> None:
    path = write_grid(tmp_path / "a.xlsx", [HEAD, line(1)])
    _changed(path, lambda data: data.replace(b'<c r="B2" t="s">', b'<c t="s" r="B2">'))
    assert [one.person.nip for one in plan_of(path).new] == [nip(1)]


def test_invisible_letters_are_taken_out(tmp_path: Path) -> None:
    plan = plan_grid(tmp_path, [HEAD, line(1, NAMA="\u200eMELATI\u00ad \u200cA\u202c", NIP=f"\u202a{nip(1)}\u202c")])
    assert (plan.new[0].person.name, plan.new[0].person.nip) == ("MELATI A", nip(1))


def test_a_sheet_skipped_though_it_holds_people_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        first, second = book.add_worksheet("Satu"), book.add_worksheet("Dua")
        for number, cells in enumerate((HEAD, line(1))):
            first.write_row(number, 0, cells)
        second.write_row(0, 0, ["NOMOR POKOK", "SEBUTAN"])
        second.write_row(1, 0, [nip(2), "MELATI B"])
    (skipped,) = workbook.read(path).skipped
    assert skipped.name == "Dua"
    assert "padahal berisi NIP" in skipped.reason


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_rows_that_all_stand_in_one_column_are_taken_apart(tmp_path: Path, delimiter: str) -> None:
    def joined(*cells: str) -> str:
        return delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in cells)

    good = [joined(nip(number), "MELATI A, S.E.", "Arsiparis", f"Dinas{delimiter} {number}") for number in (1, 2)]
    torn = joined(nip(3), "MELATI B", "Arsi")
    head = joined("NIP", "NAMA", "JABATAN", "UNIT KERJA")
    plan = plan_grid(tmp_path, [["DAFTAR PEGAWAI"], [head], [good[0]], [], [good[1]], [torn, "paris;Dinas"]])
    assert [(one.person.nip, one.person.name) for one in plan.new] == [
        (nip(1), "MELATI A, S.E."),
        (nip(2), "MELATI A, S.E."),
    ]
    assert refusals(plan) == [("Data!baris 6", "row_shape")]
    quoted = "\n".join('"' + line.replace('"', '""') + '"' for line in (head, *good))
    (tmp_path / "a.csv").write_text(quoted, encoding="utf-8")
    assert len(plan_of(tmp_path / "a.csv").new) == 2


def test_people_below_a_header_in_another_order_are_not_missing(tmp_path: Path) -> None:
    turned = ("NO", "NAMA", "NIP", "GOLONGAN", "JABATAN", "UNIT KERJA")
    first = plan_grid(tmp_path, [HEAD, line(1), line(2)])
    people = {one.person.key: importing.KnownPerson(number, 1, one.person) for number, one in enumerate(first.new)}
    below = line(2, NIP="MELATI C", NAMA=nip(2))
    book = workbook.read(write_grid(tmp_path / "b.xlsx", [HEAD, line(1), turned, below]))
    plan = importing.plan([book], importing.Known(people), TODAY, full=True)
    assert ([one.code for one in plan.refused], plan.missing) == (["header_again", "header_moved"], ())


# --- CSV -----------------------------------------------------------------------------------------------------------


def _csv(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def test_a_row_shifted_by_a_stray_delimiter_is_refused_though_its_last_cell_is_empty(tmp_path: Path) -> None:
    good = f"{nip(1)};MELATI A;Jl. Contoh 1;Arsiparis;Dinas Contoh;"
    bad = f"{nip(2)};MELATI B;Jl. Contoh; No 2;Arsiparis;Dinas Contoh;"
    path = _csv(tmp_path / "a.csv", "NIP;NAMA;ALAMAT;JABATAN;UNIT KERJA;GOLONGAN", good, bad)
    plan = plan_of(path)
    assert [one.person.nip for one in plan.new] == [nip(1)]
    assert refusals(plan) == [("baris 3", "row_shape")]


def test_rows_that_all_end_with_a_delimiter_more_are_read(tmp_path: Path) -> None:
    rows = [f"{nip(number)};MELATI {'ABC'[number]};Arsiparis;Dinas Contoh;" for number in (1, 2)]
    assert len(plan_of(_csv(tmp_path / "a.csv", "NIP;NAMA;JABATAN;UNIT KERJA", *rows)).new) == 2


def test_rows_swallowed_by_an_open_quotation_mark_are_each_refused(tmp_path: Path) -> None:
    rows = [
        f"{nip(number)};MELATI {'ABCDEF'[number]};Jl. Contoh;Arsiparis {number};Dinas Contoh" for number in range(1, 6)
    ]
    rows[1] = rows[1].replace("Jl. Contoh", '"Jl. Contoh')
    rows[3] = rows[3].replace("Jl. Contoh", 'Jl. Contoh"')
    plan = plan_of(_csv(tmp_path / "a.csv", "NIP;NAMA;ALAMAT;JABATAN;UNIT KERJA", *rows))
    assert [one.person.nip for one in plan.new] == [nip(1), nip(5)]
    assert [one.code for one in plan.refused] == ["row_shape"] * 3
    assert [one.name for one in plan.refused] == ["MELATI C", "MELATI D", "MELATI E"]


def test_a_cell_of_two_lines_is_one_cell(tmp_path: Path) -> None:
    row = f'{nip(1)};MELATI A;"Jl. Contoh; No 1\nKota Contoh";Arsiparis;Dinas Contoh'
    assert len(plan_of(_csv(tmp_path / "a.csv", "NIP;NAMA;ALAMAT;JABATAN;UNIT KERJA", row)).new) == 1


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-8-sig"])
def test_csv_is_read_with_a_byte_order_mark_and_without(tmp_path: Path, encoding: str) -> None:
    row = f"{nip(1)}\tMELATI A\tArsiparis\tDinas Contoh"
    path = _csv(tmp_path / "a.csv", "NIP\tNAMA\tJABATAN\tUNIT KERJA", row, encoding=encoding)
    assert [one.person.nip for one in plan_of(path).new] == [nip(1)]

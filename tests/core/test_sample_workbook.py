from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from python_calamine import CalamineWorkbook

from asn_desk.sample.columns import HEADERS, UNIT_HEADERS
from asn_desk.sample.people import generate
from asn_desk.sample.units import sample_units
from asn_desk.sample.workbook import write_unit_hierarchy, write_workbook

STORED = Path(__file__).parents[2] / "resources" / "sample"


def cells(path: Path) -> list[list[object]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def test_stored_employees_are_what_the_generator_gives_today() -> None:
    expected = [list(HEADERS), *(list(row.values()) for row in generate(1100))]
    assert cells(STORED / "pegawai-kota-contoh.xlsx") == expected


def test_stored_units_are_what_the_generator_gives_today() -> None:
    expected = [list(UNIT_HEADERS), *([unit.id, unit.name, unit.parent_id] for unit in sample_units(1100))]
    assert cells(STORED / "hierarki-unor.xlsx") == expected


def test_same_sample_written_twice_has_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first", "second"):
        write_workbook(tmp_path / f"{name}.xlsx", 500)
        write_unit_hierarchy(tmp_path / f"{name}-units.xlsx", 500)
    assert (tmp_path / "first.xlsx").read_bytes() == (tmp_path / "second.xlsx").read_bytes()
    assert (tmp_path / "first-units.xlsx").read_bytes() == (tmp_path / "second-units.xlsx").read_bytes()


def test_numbers_are_text_cells_in_text_format(tmp_path: Path) -> None:
    write_workbook(tmp_path / "people.xlsx", 500)
    sheet = openpyxl.load_workbook(tmp_path / "people.xlsx").worksheets[0]
    for column in ("NIP BARU", "NIK", "NOMOR HP", "TMT CPNS"):
        cell = sheet.cell(row=2, column=HEADERS.index(column) + 1)
        assert (cell.data_type, cell.number_format) == ("s", "@")


def test_unwritable_place_is_reported(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="missing"):
        write_unit_hierarchy(tmp_path / "missing" / "units.xlsx", 500)


def test_logo_has_the_size_of_a_letterhead_and_a_clear_ground() -> None:
    with Image.open(STORED / "logo-kota-contoh.png") as logo:
        assert logo.size == (400, 480)
        assert logo.mode == "RGBA"
        assert logo.getpixel((0, 0))[3] == 0
        assert logo.getpixel((200, 240))[3] == 255

"""What leaves the program: cells are never formulas, and every file says how secret it is."""

from __future__ import annotations

import ast
import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from asn_desk.accounts import trail
from asn_desk.desk import Desk
from asn_desk.employees import export
from asn_desk.employees.queries import EmployeeFilter
from asn_desk.letters.numbers import agenda, numbering
from asn_desk.letters.numbers.table_pdf import Part, table_pdf
from asn_desk.wording import Secrecy
from tests.factories import add_employee, add_unit
from tests.letters.letter_office import settle

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1")
WRITERS = [
    file
    for file in sorted((ROOT / "asn_desk").rglob("*.py"))
    if "import xlsxwriter" in file.read_text(encoding="utf-8") or file.name == "table_xlsx.py"
]
FORMULA_CALLS = {"write", "write_row", "write_column", "write_formula", "write_array_formula", "write_rich_string"}


@pytest.mark.parametrize("file", WRITERS, ids=lambda file: file.name)
def test_no_exporter_lets_the_library_guess_what_a_text_is(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    guessing = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in FORMULA_CALLS]
    on_sheets = [call for call in guessing if "sheet" in ast.unparse(call.func).lower()]
    assert on_sheets == []
    opened = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "Workbook"]
    assert all(len(call.args) > 1 or call.keywords for call in opened), "a book without options makes formulas"


def employees(desk: Desk, target: Path) -> None:
    desk.read(lambda session: export.employees_xlsx(session, EmployeeFilter(), list(export.PARTS), target))


def register(desk: Desk, target: Path) -> None:
    desk.read(lambda session: agenda.save_xlsx(session, 2024, None, target))


def audit_trail(desk: Desk, target: Path) -> None:
    desk.read(lambda session: trail.trail_xlsx(session, trail.TrailFilter(), target))


@pytest.fixture
def hostile_office(practice_desk: Desk) -> Desk:
    """An office in which every text begins like a formula."""
    practice_desk.write(settle)
    for number, text in enumerate(HOSTILE):
        practice_desk.write(lambda session, text=text: add_unit(session, text).id)  # type: ignore[misc]
        practice_desk.write(
            lambda session, text=text, number=number: (
                add_employee(  # type: ignore[misc]
                    session, nip=f"19850101200601{number:04d}", name=text
                ).id
            )
        )
        practice_desk.write(
            lambda session, text=text: numbering.take(session, "umum", date(2024, 9, 9), text)  # type: ignore[misc]
        )
    return practice_desk


@pytest.mark.parametrize(
    ("save", "secrecy"), [(employees, "Terbatas"), (register, "Terbatas"), (audit_trail, "Rahasia")]
)
def test_what_looks_like_a_formula_stays_text_and_the_book_says_how_secret_it_is(
    hostile_office: Desk, tmp_path: Path, save: Callable[[Desk, Path], None], secrecy: str
) -> None:
    target = tmp_path / "keluar.xlsx"
    save(hostile_office, target)
    with zipfile.ZipFile(target) as package:
        sheets = [package.read(name) for name in package.namelist() if "worksheets/sheet" in name]
    assert sheets
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    assert all(secrecy.encode() in sheet for sheet in sheets)
    book = openpyxl.load_workbook(target)
    assert secrecy.lower() in str(book.properties.category).lower()


@pytest.mark.parametrize("secrecy", list(Secrecy))
def test_a_printed_list_says_on_every_page_and_in_its_properties_how_secret_it_is(secrecy: Secrecy) -> None:
    rows = [(str(number), "Pegawai Contoh") for number in range(120)]
    data = table_pdf("Daftar", ("No.", "Nama"), (1, 9), [Part("Daftar", "Catatan", rows)], secrecy)
    with pypdfium2.PdfDocument(io.BytesIO(data)) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
        told = document.get_metadata_value("Keywords")
    assert len(texts) > 2
    assert all(f"Sifat: {secrecy.value}" in text for text in texts)
    assert told == f"Sifat: {secrecy.value}"

"""The trail's head stands on the office's own lists and binders, so that a copy of it exists outside the database."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from asn_desk.database.trail import verify
from asn_desk.database.trail.head import objection, outside, printed_mark
from asn_desk.desk import Desk
from tests.core import test_export_classes as exports

MARK = re.compile(r"Tanda jejak ((?:[0-9a-f]{4}\s*){4})")
REPORTS = (
    exports.the_agenda, exports.people_listed, exports.the_trail, exports.who_is_missing, exports.evidence,
    exports.a_file_of_a_candidate, exports.the_weeks_duties, exports.a_moved_date, exports.batch,
)  # fmt: skip


def text_of(path: Path) -> str:
    """Return what a list says: all cells, or all pages."""
    if path.suffix == ".xlsx":
        sheets = openpyxl.load_workbook(path).worksheets
        return " ".join(str(cell) for sheet in sheets for row in sheet.values for cell in row if cell)
    with closing(pypdfium2.PdfDocument(path.read_bytes())) as document:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.parametrize("make", REPORTS, ids=lambda make: make.__name__)
def test_a_report_carries_the_trails_head_as_verify_takes_it(
    practice_desk: Desk, tmp_path: Path, make: exports.Make
) -> None:
    made = make(practice_desk, tmp_path)
    own = [
        path for path in made if path.name != exports.batch_files.PRINT_FILE
    ]  # the letters go out as they were issued
    for path in own:
        found = MARK.search(" ".join(text_of(path).split()))
        assert found is not None, path.name
        with closing(verify._open(practice_desk.paths.database)) as database:
            assert objection(database, outside(found[1])) is None


def test_an_office_without_a_trail_prints_none(practice_desk: Desk) -> None:
    assert practice_desk.read(printed_mark) == ""

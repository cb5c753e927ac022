"""A list as an Excel sheet: title, note, a header that stays and repeats on paper, and only text in the cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from asn_desk.wording import Secrecy, sheet_footer

HEADER_ROW = 3
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_LONGEST_CELL, _LONGEST_NAME = 32_000, 28


def add_sheet(
    book: Any,
    name: str,
    heading: tuple[str, str],
    columns: Sequence[tuple[str, float]],
    rows: Iterable[Sequence[str]],
    secrecy: Secrecy = Secrecy.LIMITED,
) -> None:
    """Add a sheet to an xlsxwriter book. `heading`: title and note; `columns`: header and width of each.

    A cell that begins with = stays text, and a number keeps all its digits. How secret it is stands at the foot of the page.
    """
    sheet = book.add_worksheet(_free_name(name, {sheet.get_name().lower() for sheet in book.worksheets()}))
    text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E3E7EC", "valign": "top"})
    sheet.write_string(0, 0, heading[0], book.add_format({"bold": True, "font_size": 13}))
    sheet.write_string(1, 0, heading[1], book.add_format({"num_format": "@"}))
    for column, (header, width) in enumerate(columns):
        sheet.set_column(column, column, width, text)
        sheet.write_string(HEADER_ROW, column, header, bold)
    last = HEADER_ROW
    for last, cells in enumerate(rows, HEADER_ROW + 1):
        for column, cell in enumerate(cells):
            sheet.write_string(last, column, cell[:_LONGEST_CELL], text)
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.set_footer(sheet_footer(secrecy))
    sheet.autofilter(HEADER_ROW, 0, last, len(columns) - 1)


def _free_name(title: str, names: set[str]) -> str:
    """Return a name that Excel accepts and no other sheet has."""
    plain = "".join(" " if sign in "[]:*?/\\'" else sign for sign in title).strip()[:_LONGEST_NAME] or "Daftar"
    name, count = plain, 1
    while name.lower() in names:
        count += 1
        name = f"{plain[:25]} {count}"
    return name

"""Where everything lies on a collective list, in millimetres from the top left of an A4 page. Print and scan share it.

A scanned page is registered by its four corner marks; then every signature box is known by its row. A printed sheet keeps
the number of the layout it was printed with, so a later layout never misreads an older paper.
"""

from __future__ import annotations

LAYOUT = 1
PAGE = (210.0, 297.0)
MARK = 6.0
MARK_CENTRES = ((10.0, 10.0), (200.0, 10.0), (10.0, 287.0), (200.0, 287.0))
QR_BOX = (168.0, 16.0, 192.0, 40.0)
ROWS = 16
ROW_HEIGHT = 12.0
TABLE_LEFT, TABLE_TOP, TABLE_RIGHT = 15.0, 64.0, 195.0
HEADER_HEIGHT = 7.0
COLUMNS = (15.0, 24.0, 96.0, 141.0, 195.0)
"""The vertical lines: number, name with its number, post, signature."""
_CLEAR = 1.0
_OUTSIDE = "a list of layout 1 has rows 1 to {}, not {}"


def row_top(row: int) -> float:
    """Return the upper line of a row, counted from 1. Raises ValueError for a row that no list has."""
    if not 1 <= row <= ROWS:
        raise ValueError(_OUTSIDE.format(ROWS, row))
    return TABLE_TOP + (row - 1) * ROW_HEIGHT


def signature_box(row: int) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of the inside of a row's signature box: no line or print is nearer than 1 mm."""
    top = row_top(row)
    return COLUMNS[3] + _CLEAR, top + _CLEAR, COLUMNS[4] - _CLEAR, top + ROW_HEIGHT - _CLEAR

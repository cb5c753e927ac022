"""What a table column shows: text, a second line, a status chip, and how it reads aloud."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal

from PySide6.QtCore import Qt

from ui.shared.chips import Chip

Spans = Sequence[tuple[int, int]]
Words = Callable[[Any], str]
Align = Literal["left", "right", "center"]
NIP_ROOM, DATE_ROOM = 176, 110
"""What a cell takes, with its margins, that shows a whole NIP, or a date such as `27 Agu 2024`."""
_FLAGS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
}


@dataclass(frozen=True)
class Column:
    """One column of a record table.

    `text`, `secondary` and `chip` turn a row into what the cell shows; `copy` replaces the text for the clipboard,
    `accessible` replaces it in the sentence that is read aloud. `bar` turns a row into (done, total, kind) and is drawn as a
    progress bar below the text.
    `marks` returns where a shown text of the row is highlighted, as (from, until).
    `sort_key` is what the source understands; None: not sortable.
    `least` is the width that a short room does not take from it, because what is cut off there would be lost: a NIP, a date.
    """

    key: str
    title: str
    text: Callable[[Any], str] | None = None
    secondary: Callable[[Any], str] | None = None
    chip: Callable[[Any], Chip | None] | None = None
    width: int = 160
    align: Align = "left"
    sort_key: str | None = None
    accessible: Callable[[Any], str] | None = None
    hidden: bool = False
    copy: Callable[[Any], str] | None = None
    bar: Callable[[Any], tuple[int, int, str]] | None = None
    marks: Callable[[Any, str], Spans] | None = None
    least: int = 0

    @property
    def flag(self) -> Qt.AlignmentFlag:
        """Return the horizontal alignment as Qt names it."""
        return _FLAGS[self.align]

    def plain(self, row: Any) -> str:
        """Return what the cell says without its second line: the text, or the chip's word."""
        if self.text is not None:
            return self.text(row)
        shown = self.chip(row) if self.chip is not None else None
        return shown.text if shown is not None else ""

    def copied(self, row: Any) -> str:
        """Return what the clipboard gets."""
        return self.copy(row) if self.copy is not None else self.plain(row)

    def spoken(self, row: Any) -> str:
        """Return the cell's part of the sentence read aloud: `Tenggat terdekat lewat 4 hari`."""
        words = self.accessible(row) if self.accessible is not None else self.plain(row)
        return f"{self.title} {words}" if words else ""


def sided(key: str, title: str, text: Words, secondary: Words, width: int, side: str = "", *, least: int = 0) -> Column:
    """Return the column of one side of a comparison: both lines are said of the row's attribute `side` (else `key`)."""
    of = attrgetter(side or key)
    return Column(
        key, title, text=lambda row: text(of(row)), secondary=lambda row: secondary(of(row)), width=width, least=least
    )


def sentence(columns: list[Column], row: Any) -> str:
    """Return the whole row as one sentence."""
    parts = [part for part in (column.spoken(row) for column in columns) if part]
    return ", ".join(parts) + "." if parts else ""

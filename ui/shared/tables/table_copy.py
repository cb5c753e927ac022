"""Copies rows for Excel: tab-separated text, and a table in which every cell is marked as text so that a NIP stays whole."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from PySide6.QtCore import QMimeData

from ui.shared.tables.columns import Column

_TEXT_CELL = "<td style=\"mso-number-format:'\\@'\">"


def clipboard_rows(columns: Sequence[Column], rows: Sequence[Any]) -> QMimeData:
    """Return what goes on the clipboard; two rows or more get the column titles above them."""
    cells = [[_one_line(column.copied(row)) for column in columns] for row in rows]
    if len(cells) > 1:
        cells.insert(0, [column.title for column in columns])
    data = QMimeData()
    data.setText("\n".join("\t".join(line) for line in cells))
    data.setHtml("<table>" + "".join(_html_row(line) for line in cells) + "</table>")
    return data


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _html_row(cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"{_TEXT_CELL}{escape(cell)}</td>" for cell in cells) + "</tr>"

"""Remembers a table's columns (order, width, hidden, sort) by their keys in the window's settings file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QHeaderView

from ui.shared.tables.columns import Column

_SMALLEST_SHARE = 0.8
_SMALLEST_TEXT = 0.6


def window_settings(file: Path) -> QSettings:
    """Open the settings file of the window; never the registry."""
    return QSettings(str(file), QSettings.Format.IniFormat)


def save_layout(header: QHeaderView, columns: Sequence[Column], file: Path, name: str) -> None:
    """Store the columns in the order they stand, with width and whether they are hidden."""
    order = sorted(range(len(columns)), key=header.visualIndex)
    layout = [
        {"key": columns[place].key, "width": header.sectionSize(place), "hidden": header.isSectionHidden(place)}
        for place in order
    ]
    window_settings(file).setValue(f"tables/{name}", json.dumps(layout))


def restore_layout(header: QHeaderView, columns: Sequence[Column], file: Path, name: str) -> bool:
    """Put the columns as they were stored; unknown keys are passed over, new columns keep their own place. True when done."""
    stored = window_settings(file).value(f"tables/{name}")
    if not isinstance(stored, str):
        return False
    try:
        layout = json.loads(stored)
    except json.JSONDecodeError:
        return False
    places = {column.key: place for place, column in enumerate(columns)}
    known = [entry for entry in layout if entry.get("key") in places]
    for target, entry in enumerate(known):
        place = places[entry["key"]]
        header.moveSection(header.visualIndex(place), target)
        if entry["width"] > 0:
            header.resizeSection(place, entry["width"])
        header.setSectionHidden(place, bool(entry["hidden"]))
    return bool(known)


def share_width(header: QHeaderView, columns: Sequence[Column], width: int) -> None:
    """Share `width` pixels among the visible columns by the widths they ask for.

    Where the room is short, chips, figures and bars keep what they ask for and texts give way; all together never get less
    than most of what they ask for, then the table scrolls sideways.
    """
    shown = [place for place in range(header.count()) if not header.isSectionHidden(place)]
    every = sum(columns[place].width for place in shown)
    firm = {place for place in shown if _is_firm(columns[place])} if width < every else set()
    kept = sum(columns[place].width for place in firm)
    share = (max(width, every * _SMALLEST_SHARE) - kept) / max(every - kept, 1)
    for place in shown:
        header.resizeSection(place, int(columns[place].width * (1 if place in firm else max(share, _SMALLEST_TEXT))))


def _is_firm(column: Column) -> bool:
    """Return whether a cell of this column cannot be shortened without losing what it says."""
    return column.chip is not None or column.bar is not None or column.align == "right"

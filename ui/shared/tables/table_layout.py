"""Remembers a table's columns (order, width, hidden, sort) by their keys in the window's settings file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
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

    Where the room is short, chips, figures and bars keep what they ask for and texts give way, down to their least; all
    together never get less than most of what they ask for, then the table scrolls sideways.
    """
    shown = {place: columns[place] for place in range(header.count()) if not header.isSectionHidden(place)}
    room = max(width, sum(column.width for column in shown.values()) * _SMALLEST_SHARE)
    for place, got in _shares(shown, room).items():
        header.resizeSection(place, int(got))


def _shares(shown: Mapping[int, Column], room: float) -> dict[int, float]:
    """Return each column's width: those whose share of `room` would be too narrow get their least, the others the rest."""
    given: dict[int, float] = {}
    while True:
        rest = {place: column for place, column in shown.items() if place not in given}
        share = (room - sum(given.values())) / max(sum(column.width for column in rest.values()), 1)
        tight = {place: _least(column) for place, column in rest.items() if column.width * share < _least(column)}
        if not tight:
            return given | {place: column.width * share for place, column in rest.items()}
        given |= tight


def _least(column: Column) -> float:
    """Return what a column keeps; chips, bars and figures cannot be shortened without losing what they say."""
    if column.chip is not None or column.bar is not None or column.align == "right":
        return column.width
    return max(column.least, column.width * _SMALLEST_TEXT)

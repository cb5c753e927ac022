"""Turns a token table into Qt's palette and the one style sheet."""

from __future__ import annotations

from dataclasses import asdict
from functools import lru_cache
from string import Template

from PySide6.QtGui import QColor, QPalette

from asn_desk.paths import resource
from ui.shared.theme.tokens import Tokens

_ROLES = {
    QPalette.ColorRole.Window: "ground",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "panel",
    QPalette.ColorRole.AlternateBase: "ground",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.Button: "panel",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.BrightText: "late",
    QPalette.ColorRole.ToolTipBase: "panel",
    QPalette.ColorRole.ToolTipText: "ink",
    QPalette.ColorRole.PlaceholderText: "ink3",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Light: "panel",
    QPalette.ColorRole.Midlight: "line",
    QPalette.ColorRole.Mid: "field_line",
    QPalette.ColorRole.Dark: "ink3",
    QPalette.ColorRole.Shadow: "shadow",
}
_OFF_ROLES = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


def palette(table: Tokens) -> QPalette:
    """Return the palette that the Fusion style and our own painting use."""
    result = QPalette()
    for role, name in _ROLES.items():
        result.setColor(role, QColor(getattr(table, name)))
    for role in _OFF_ROLES:
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(table.ink3))
    return result


@lru_cache(maxsize=2)
def sheet(table: Tokens) -> str:
    """Return the style sheet for a token table. Raises KeyError when the sheet names a token that does not exist."""
    glyphs = resource("icons", "dark" if table.dark else "light").as_posix()
    text = resource("style.qss").read_text(encoding="utf-8")
    return Template(text).substitute(asdict(table), glyphs=glyphs)

"""The look: readable contrast, one sheet for both tables, icons that follow, Indonesian everywhere."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor, QFontDatabase
from PySide6.QtWidgets import QApplication

from asn_desk.paths import resource
from ui.shared.theme.icons import icon, icon_pixmap
from ui.shared.theme.style import palette, sheet
from ui.shared.theme.theme import Theme
from ui.shared.theme.tokens import DARK, LIGHT, Tokens, tokens

PAIRS = [
    ("ink", "ground"), ("ink", "panel"), ("ink", "accent_soft"), ("ink", "hover"), ("ink2", "panel"), ("ink2", "ground"),
    ("ink2", "accent_soft"), ("ink2", "neutral_soft"), ("ink3", "panel"), ("ink3", "field"), ("accent", "panel"),
    ("on_accent", "accent"), ("on_accent", "accent_hover"), ("done", "panel"), ("near", "panel"), ("late", "panel"),
    ("coming", "panel"), ("done", "done_soft"), ("near", "near_soft"), ("late", "late_soft"), ("coming", "coming_soft"),
    ("sidebar_ink", "sidebar"), ("sidebar_ink2", "sidebar"), ("sidebar_ink", "sidebar_active"), ("accent", "accent_soft"),
]  # fmt: skip


@pytest.mark.parametrize("table", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_every_text_reaches_four_and_a_half_to_one(table, ink, ground):
    assert _contrast(getattr(table, ink), getattr(table, ground)) >= 4.5


@pytest.mark.parametrize("table", [LIGHT, DARK], ids=["light", "dark"])
def test_the_sheet_is_complete_and_its_marks_exist(table):
    text = sheet(table)
    assert "$" not in text
    files = re.findall(r"url\((.+?)\)", text)
    assert files
    assert all(resource("icons", "dark" if table.dark else "light", name.rsplit("/", 1)[1]).is_file() for name in files)


@pytest.mark.parametrize(("table", "folder"), [(LIGHT, "light"), (DARK, "dark")])
def test_the_drawn_marks_have_the_colours_of_the_table(table: Tokens, folder):
    wanted = {
        "chevron-down": table.ink2,
        "chevron-up": table.ink2,
        "check": table.on_accent,
        "check-accent": table.accent,
    }
    for name, colour in wanted.items():
        assert colour in resource("icons", folder, f"{name}.svg").read_text(encoding="utf-8")


def test_every_icon_draws_something(qapp):
    for file in resource("icons").glob("*.svg"):
        image = icon_pixmap(file.stem, "#000000", 20, 20).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(20) for y in range(20)), file.name


def test_icons_take_the_colour_of_the_theme_when_painted(qapp, theme):
    sign = icon("circle", "accent")
    light = sign.pixmap(20, 20).toImage().pixelColor(10, 10)
    theme.set_mode("dark")
    dark = sign.pixmap(20, 20).toImage().pixelColor(10, 10)
    theme.set_mode("light")
    assert (light, dark) == (QColor(LIGHT.accent), QColor(DARK.accent))


def test_an_unknown_icon_is_a_bug(qapp):
    with pytest.raises(FileNotFoundError):
        icon("tidak-ada")


def test_changing_the_mode_changes_the_tokens_in_force(qapp: QApplication, theme: Theme):
    theme.set_mode("dark")
    assert tokens() is DARK
    theme.set_mode("light")
    assert tokens() is LIGHT


def test_an_unknown_mode_is_a_bug(theme):
    with pytest.raises(KeyError):
        theme.set_mode("pink")


def test_the_interface_font_is_the_bundled_one(qapp):
    assert "Inter" in QFontDatabase.families()
    assert qapp.font().family() == "Inter"


def test_the_palette_covers_disabled_texts(qapp):
    from PySide6.QtGui import QPalette

    made = palette(LIGHT)
    assert made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == QColor(LIGHT.ink3)


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(QColor(one)), _luminance(QColor(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    parts = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

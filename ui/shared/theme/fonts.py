"""The interface font: Inter from the resources, with tabular figures; the system's font when it is missing."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from asn_desk.paths import resource
from ui.shared.theme.tokens import SECONDARY_PX, TEXT_PX

FAMILY = "Inter"
_POINTS_PER_INCH = 72.0


def load_fonts() -> None:
    """Make the bundled Inter files known to Qt. Does nothing when they were loaded before."""
    if FAMILY in QFontDatabase.families():
        return
    for file in sorted(resource("fonts").glob("Inter-*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def text_font(pixels: float = TEXT_PX, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the interface font at a size in logical pixels (halves allowed), figures of equal width."""
    font = QFont(FAMILY) if FAMILY in QFontDatabase.families() else QFont()
    screen = QGuiApplication.primaryScreen()
    font.setPointSizeF(pixels * _POINTS_PER_INCH / screen.logicalDotsPerInchY())
    font.setWeight(weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def secondary_font() -> QFont:
    """Return the font of second lines."""
    return text_font(SECONDARY_PX)

"""The design tokens: one table for light, one for dark. Every colour on screen comes from here."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QGuiApplication, QPalette

GRID = 8
RADIUS = 6
TEXT_PX = 13
SECONDARY_PX = 11.5
TITLE_PX = 18
ROW_TWO_LINES = 52
ROW_ONE_LINE = 36


@dataclass(frozen=True)
class Tokens:
    """One colour per purpose, as `#rrggbb`. Inks reach 4.5:1 on the grounds they are used on; a test measures it."""

    dark: bool
    ground: str
    panel: str
    field: str
    hover: str
    ink: str
    ink2: str
    ink3: str
    line: str
    field_line: str
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    sidebar: str
    sidebar_active: str
    sidebar_hover: str
    sidebar_ink: str
    sidebar_ink2: str
    sidebar_badge: str
    brand: str
    done: str
    done_soft: str
    near: str
    near_soft: str
    late: str
    late_soft: str
    coming: str
    coming_soft: str
    neutral_soft: str
    track: str
    shadow: str

    def ink_of(self, kind: str) -> str:
        """Return the ink of a status kind (done, near, late, coming, accent); any other word means neutral."""
        inks = {"done": self.done, "near": self.near, "late": self.late, "coming": self.coming, "accent": self.accent}
        return inks.get(kind, self.ink2)

    def soft_of(self, kind: str) -> str:
        """Return the soft ground of a status kind; any other word means neutral."""
        softs = {"done": self.done_soft, "near": self.near_soft, "late": self.late_soft, "coming": self.coming_soft}
        return {**softs, "accent": self.accent_soft}.get(kind, self.neutral_soft)


LIGHT = Tokens(
    dark=False,
    ground="#f5f6f8",
    panel="#ffffff",
    field="#ffffff",
    hover="#f1f4f6",
    ink="#1c2430",
    ink2="#5b6676",
    ink3="#69737f",
    line="#e3e7ec",
    field_line="#c6cdd6",
    accent="#0f5e6e",
    accent_hover="#0b4b58",
    accent_soft="#e1eff0",
    on_accent="#ffffff",
    sidebar="#10222b",
    sidebar_active="#1b3a46",
    sidebar_hover="#162d38",
    sidebar_ink="#dbe4e8",
    sidebar_ink2="#95a8b1",
    sidebar_badge="#234554",
    brand="#1c7b8c",
    done="#1f7a4d",
    done_soft="#e5f4ec",
    near="#8a5a00",
    near_soft="#fdf0d4",
    late="#b3261e",
    late_soft="#fce5e3",
    coming="#2456a6",
    coming_soft="#e3edfc",
    neutral_soft="#eff2f5",
    track="#e3e7ec",
    shadow="#1c2430",
)

DARK = Tokens(
    dark=True,
    ground="#12181d",
    panel="#1a2228",
    field="#151c21",
    hover="#202a31",
    ink="#e6ebef",
    ink2="#a3b0ba",
    ink3="#8b99a4",
    line="#2a353d",
    field_line="#3d4b55",
    accent="#4fb3c4",
    accent_hover="#6cc4d3",
    accent_soft="#16343b",
    on_accent="#0a1a1f",
    sidebar="#0c1216",
    sidebar_active="#17313b",
    sidebar_hover="#121f26",
    sidebar_ink="#d5dde2",
    sidebar_ink2="#8c9ba5",
    sidebar_badge="#1d3a46",
    brand="#1c7b8c",
    done="#63c795",
    done_soft="#16302a",
    near="#e2b35a",
    near_soft="#3a2c12",
    late="#f08a80",
    late_soft="#42211f",
    coming="#8db4f2",
    coming_soft="#1b2c4b",
    neutral_soft="#263038",
    track="#2a353d",
    shadow="#000000",
)


def tokens() -> Tokens:
    """Return the tokens in force. They are read from the application's palette, so nothing has to be passed around."""
    ground = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if ground.lightness() < 128 else LIGHT

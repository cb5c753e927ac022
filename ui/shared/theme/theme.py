"""Light or dark: follows the system, or what the clerk chose."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from ui.shared.theme.fonts import load_fonts, text_font
from ui.shared.theme.style import palette, sheet
from ui.shared.theme.tokens import DARK, LIGHT, Tokens

MODES = ("system", "light", "dark")
_SCHEMES = {"system": Qt.ColorScheme.Unknown, "light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


class Theme(QObject):
    """Puts fonts, palette and style sheet on the application, and changes them when the system or the clerk says so."""

    mode_changed = Signal(str)

    def __init__(self, app: QApplication, mode: str = "system") -> None:
        super().__init__(app)
        self._app = app
        self.mode = mode if mode in MODES else "system"
        app.setStyle("Fusion")
        load_fonts()
        app.setFont(text_font())
        app.styleHints().colorSchemeChanged.connect(self._apply)
        app.styleHints().setColorScheme(_SCHEMES[self.mode])
        self._apply()

    def set_mode(self, mode: str) -> None:
        """Choose `system`, `light` or `dark`. Raises KeyError for another word."""
        scheme = _SCHEMES[mode]
        self.mode = mode
        self._app.styleHints().setColorScheme(scheme)
        self._apply()
        self.mode_changed.emit(mode)

    def _table(self) -> Tokens:
        if self.mode != "system":
            return DARK if self.mode == "dark" else LIGHT
        return DARK if self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT

    def _apply(self) -> None:
        table = self._table()
        self._app.setPalette(palette(table))
        if self._app.styleSheet() != sheet(table):
            self._app.setStyleSheet(sheet(table))

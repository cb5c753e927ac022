"""The line at the bottom: is everything saved, when was the last backup, who is working."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from ui.shared.basics import ElidedLabel, button, icon_label, label, set_state

HEIGHT = 28


@dataclass(frozen=True)
class StatusInfo:
    """What the line says: `notes` from the left (backup, trail), `user` at the right; `warning` in red before the notes."""

    notes: list[str] = field(default_factory=list)
    user: str = ""
    warning: str = ""


class StatusBar(QFrame):
    """Shows a StatusInfo, and whether the last write is on disk."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(6)
        self._sign = icon_label("circle", 11, "ink3")
        self._saved = label("Membuka data…", role="secondary", wrap=False)
        self._notes = ElidedLabel()
        self._notes.setFont(self._saved.font())
        self._warning_sign = icon_label("triangle", 11, "late")
        self._warning = ElidedLabel()
        self._warning.setFont(self._saved.font())
        set_state(self._warning, "kind", "late")
        self._user = label("", role="secondary", wrap=False)
        self._menu = button("", "link")
        self._menu.setAccessibleName("Menu pengguna")
        self._menu.hide()
        row.addWidget(self._sign)
        row.addWidget(self._saved)
        row.addSpacing(16)
        row.addWidget(self._warning_sign)
        row.addWidget(self._warning, 2)
        row.addWidget(self._notes, 1)
        row.addWidget(self._user)
        row.addWidget(self._menu)

    def set_saved(self, text: str, kind: str = "done") -> None:
        """Say `Tersimpan` or what stands against it."""
        self._sign.set_icon("circle", kind if kind != "" else "ink3")
        self._saved.setText(text)
        set_state(self._saved, "kind", "late" if kind == "late" else "")

    def offer(self, actions: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Offer what the signed-in user can do with the sign-in itself; nothing in an office without accounts."""
        self._menu.setVisible(bool(actions))
        self._user.setVisible(not actions)
        if actions:
            menu = QMenu(self._menu)
            for text, fn in actions:
                menu.addAction(text).triggered.connect(lambda _checked=False, fn=fn: fn())
            self._menu.setMenu(menu)

    def set_info(self, info: StatusInfo) -> None:
        """Show the rest of the line."""
        self._notes.set_text("      ".join(info.notes))
        self._warning.set_text(info.warning)
        for part in (self._warning, self._warning_sign):
            part.setVisible(bool(info.warning))
        self._user.setText(info.user)
        self._menu.setText(f"{info.user}  ")  # room for the arrow

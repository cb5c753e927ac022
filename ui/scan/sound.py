"""A short sound for each result, from the system itself; where there is no sound nothing happens."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication

_WINDOWS_SOUNDS = {
    "done": 0x00,
    "neutral": 0x40,
    "near": 0x30,
    "late": 0x10,
}  # the system's own: OK, info, warning, error


def play(kind: str) -> None:
    """Sound a result of this kind (done, neutral, near, late); different sounds where the system has them."""
    if sys.platform == "win32":
        import winsound

        try:
            winsound.MessageBeep(_WINDOWS_SOUNDS.get(kind, 0x00))
        except RuntimeError:
            return
    else:
        QApplication.beep()

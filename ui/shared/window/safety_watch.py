"""Keeps the automatic backups going while the window is open, and tells the status bar how safe the data are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from asn_desk.wording import clock_time, long_date
from ui.shared.bridge import Bridge

FIRST_MS, EVERY_MS, SETTLE_MS = 60_000, 600_000, 400


@dataclass(frozen=True)
class Safety:
    """What the status bar says: `notes` beside each other, `warning` in red when somebody has to act."""

    notes: tuple[str, ...] = ()
    warning: str = ""


class SafetyWatch(QObject):
    """Looks at once, after every change, and every ten minutes makes the backups that are due; never blocks the window."""

    looked = Signal(object)

    def __init__(self, parent: QObject, bridge: Bridge, desk: Any) -> None:
        super().__init__(parent)
        self._bridge, self._desk = bridge, desk
        self._hourly, self._settled = QTimer(self), QTimer(self)
        self._settled.setSingleShot(True)
        self._hourly.timeout.connect(self.keep)
        self._settled.timeout.connect(self.look)
        bridge.changed.connect(self._on_changed)

    def start(self) -> None:
        """Look now; the first backup waits until the window has settled."""
        self._hourly.start(EVERY_MS)
        QTimer.singleShot(FIRST_MS, self, self.keep)
        self.look()

    def keep(self) -> None:
        """Make the automatic backups that are due, on a thread of their own."""
        self._bridge.task(self, lambda _progress: self._desk.keep_backups(), self._kept, self._kept)

    def look(self) -> None:
        """Read the trail's head and when the data were last safe."""
        self._bridge.task(self, lambda _progress: safety(self._desk), self.looked.emit, _nothing)

    def _kept(self, _places: object) -> None:
        self.look()

    def _on_changed(self, _topics: object) -> None:
        self._settled.start(SETTLE_MS)


def safety(desk: Any) -> Safety:
    """Return what the status bar says of a desk, or the sign-in page while its data are locked; runs on a worker thread."""
    light, head = desk.backup_light(), None if desk.locked else desk.trail_head()
    notes = [backup_words(light.good_at)] if not desk.practice else []
    return Safety((*notes, *([] if head is None else [head.printed])), light.warning)


def backup_words(good_at: datetime | None) -> str:
    """Return when the data were last in a good backup, in the status line's words."""
    if good_at is None:
        return "Belum ada cadangan"
    here = good_at.astimezone()
    today = datetime.now().astimezone().date()
    return f"Cadangan terakhir {clock_time(here) if here.date() == today else long_date(here.date())}"


def _nothing(_error: object) -> None:
    """Say nothing: what hinders the reading here hinders the pages too, and they say it."""

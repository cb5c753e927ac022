"""Who sits at the desk: signing in at the start, locking the screen, leaving, and handing over to somebody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.shared.bridge import Bridge

if TYPE_CHECKING:
    from asn_desk.accounts.queries import AccountsView
    from ui.shared.window.lock import Curtain, IdleWatch
    from ui.shared.window.sign_in import SignInPage

LOCK_KEY = "Ctrl+L"


class Coverable(Protocol):
    """What the seat needs of the main window."""

    def cover(self, curtain: QWidget) -> None:
        """Show this in place of everything else."""

    def uncover(self) -> None:
        """Show the pages again."""


@dataclass(frozen=True)
class Welcome:
    """What the sign-in page tells: whose office this is and who worked here last."""

    office: str
    last: str


class Seat(QObject):
    """One window's seat. Does nothing in an office without accounts."""

    taken = Signal(object)

    def __init__(self, window: QWidget, bridge: Bridge, welcome: Callable[[], Welcome]) -> None:
        super().__init__(window)
        self._window, self._bridge, self._welcome = window, bridge, welcome
        self._view: AccountsView | None = None
        self._page: SignInPage | None = None
        self._curtain: Curtain | None = None
        self._idle: IdleWatch | None = None
        self._user_id: int | None = None
        self._warning = ""
        self._lock_key = QShortcut(QKeySequence(LOCK_KEY), window, self.lock)

    @property
    def waiting(self) -> bool:
        """Return whether the window waits for somebody to sign in."""
        return self._page is not None

    def look(self, view: AccountsView) -> None:
        """Hear how the accounts stand; asks who is there where nobody is signed in."""
        self._view = view
        if view.on and self._bridge.desk.viewer is None:
            self._user_id = None
            self._ask()
        elif view.on:
            self._watch()
        elif self._idle is not None:
            self._idle.stop()

    def warn(self, text: str) -> None:
        """Hear what somebody has to do soon; whoever sits down reads it before signing in."""
        self._warning = text
        if self._page is not None:
            self._page.warn(text)

    def actions(self) -> list[tuple[str, Callable[[], object]]]:
        """Return what the status bar offers to a signed-in user."""
        if self._view is None or not self._view.on:
            return []
        return [
            (f"Kunci layar ({LOCK_KEY})", self.lock),
            ("Ganti kata sandi…", self.change_password),
            ("Keluar", self.leave),
        ]

    def lock(self) -> None:
        """Hide everything until the same user signs in again, or somebody else does."""
        viewer = self._bridge.desk.viewer if self._bridge.desk is not None else None
        if self._view is None or not self._view.on or viewer is None or self.waiting:
            return
        self._ask(locked_by=viewer.name)
        from asn_desk.accounts.sign_in import locked

        self._bridge.write(self, locked, failed=lambda _error: None)

    def leave(self) -> None:
        """Sign out; nothing of the user's stays open."""
        desk = self._bridge.desk
        self._bridge.task(self, lambda _progress: desk.sign_out(), lambda _none: self._left())

    def change_password(self) -> None:
        """Let the signed-in user choose another password."""
        from ui.shared.window.password_dialog import PasswordDialog

        PasswordDialog(self._bridge, self._window).open()

    def _left(self) -> None:
        self._user_id = None
        self._ask()

    def _ask(self, locked_by: str = "") -> None:
        if self.waiting or self._view is None:
            return
        from ui.shared.window.lock import Curtain
        from ui.shared.window.sign_in import SignInPage

        if self._idle is not None:
            self._idle.stop()
        welcome = self._welcome()
        self._page = SignInPage(self._bridge, self._view.names, welcome.office, locked_by)
        self._page.remember(welcome.last)
        self._page.warn(self._warning)
        self._page.passed.connect(self._on_passed)
        self._curtain = self._curtain or Curtain(self._window)
        self._curtain.draw(self._page)
        self._coverable().cover(self._page)

    def _on_passed(self, viewer: Any) -> None:
        page, self._page = self._page, None
        same = viewer.user_id == self._user_id
        if self._curtain is not None:
            self._curtain.lift(keep=same)
        if page is not None:
            page.hide()
            page.deleteLater()
        self._coverable().uncover()
        self._user_id = viewer.user_id
        self._watch()
        if not same:
            self._bridge.cancel_tasks()
            self.taken.emit(viewer)

    def _watch(self) -> None:
        from ui.shared.window.lock import IdleWatch

        if self._view is None or self.waiting:
            return
        if self._idle is None:
            self._idle = IdleWatch(self)
            self._idle.idle.connect(self.lock)
        self._idle.start(self._view.lock_minutes)

    def _coverable(self) -> Coverable:
        window: Any = self._window
        found: Coverable = window
        return found

"""What a user may not do is not offered: the one place where a control meets the right that it needs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from asn_desk.accounts.terms import Action


def only_with(may: Callable[[str], bool], needed: Action | tuple[Action, ...], *controls: QWidget | QAction) -> bool:
    """Return whether the user has the right, or one of several; without it the controls are hidden, and stay so.

    `may` is the page context's. What the window does with a control later, showing it for another record say, changes
    nothing for who lacks the right.
    """
    if any(may(one) for one in ((needed,) if isinstance(needed, Action) else needed)):
        return True
    for control in controls:
        control.setVisible(False)
        if isinstance(control, QWidget):
            control.installEventFilter(_Hidden(control))
    return False


class _Hidden(QObject):
    """Hides its parent again whenever something shows it."""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShowToParent and isinstance(watched, QWidget):
            watched.hide()
        return False

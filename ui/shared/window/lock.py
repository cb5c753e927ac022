"""The screen lock: nothing of the office stays in sight, neither in the window nor in a dialog, also not one that opens later."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid
from typing_extensions import override

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
_MINUTE_MS = 60_000


class IdleWatch(QObject):
    """Says when nobody has touched keyboard or mouse for a while. Watches the windows that get the keyboard, not every widget."""

    idle = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._watched: list[QWindow] = []
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.idle)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._watch)
        self._watch(QGuiApplication.focusWindow())

    def start(self, minutes: int) -> None:
        """Begin to wait; each key and each movement begins anew."""
        self._timer.start(minutes * _MINUTE_MS)

    def stop(self) -> None:
        """Wait no longer."""
        self._timer.stop()

    def _watch(self, window: QWindow | None) -> None:
        self._watched = [one for one in self._watched if isValid(one)]
        if window is not None and window not in self._watched:
            window.installEventFilter(self)
            self._watched.append(window)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT and self._timer.isActive():
            self._timer.start()
        return False


class Curtain(QObject):
    """Hides every window but the main one, and keeps hidden what would open meanwhile."""

    def __init__(self, main: QWidget) -> None:
        super().__init__(main)
        self._main = main
        self._page: QWidget | None = None
        self._hidden: list[QWidget] = []
        self._drawn = False

    def draw(self, page: QWidget) -> None:
        """Hide what is open; only `page`, which the main window shows meanwhile, may open lists of its own."""
        self._drawn, self._page = True, page
        for window in QApplication.topLevelWidgets():
            if window is not self._main and window.isVisible():
                self._hide(window)
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def lift(self, *, keep: bool) -> None:
        """Show again what was hidden; `keep` False: it belonged to somebody else and is thrown away."""
        self._drawn = False
        application = QApplication.instance()
        assert application is not None
        application.removeEventFilter(self)
        hidden, self._hidden = self._hidden, []
        for window in hidden:
            if isValid(window):
                window.setWindowOpacity(1)
                if keep:
                    window.show()
                else:
                    window.deleteLater()

    def _hide(self, window: QWidget) -> None:
        if window.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip):
            window.close()
            return
        if window not in self._hidden:
            self._hidden.append(window)
        window.hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and self._foreign(watched):
            watched.setWindowOpacity(
                0
            )  # a window cannot be hidden while it is being shown: not even its first frame is seen
            QTimer.singleShot(0, watched, lambda: self._hide(watched) if self._drawn else None)
        return False

    def _foreign(self, widget: QWidget) -> bool:
        if not widget.isWindow() or widget is self._main:
            return False
        holder: QWidget | None = widget
        while holder is not None and holder is not self._page:
            holder = holder.parentWidget()
        return holder is None

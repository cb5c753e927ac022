"""A second start on the same data folder brings the first window to the front instead of opening another."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 400


def server_name(folder: Path) -> str:
    """Return the name by which programs on the same folder find each other; it tells nothing about the folder."""
    return "asn-desk-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:20]


def wake_other(folder: Path) -> bool:
    """Ask a program that has the folder open to show itself. True when there is one."""
    socket = QLocalSocket()
    socket.connectToServer(server_name(folder))
    reached = socket.waitForConnected(_WAIT_MS)
    if reached:
        socket.disconnectFromServer()
    return reached


class Doorbell(QObject):
    """Listens for second starts; `rung` means: show the window."""

    rung = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        QLocalServer.removeServer(server_name(folder))
        self._server.listen(server_name(folder))

    def close(self) -> None:
        """Stop listening."""
        self._server.close()

    def _on_connection(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
        self.rung.emit()

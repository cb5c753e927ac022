"""The whole program in a test: started in a folder, waiting for somebody to sign in, and put away without a trace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asn_desk.office.service import SetUpOffice, set_up_office
from tests.accounts_office import open_accounts
from tests.letters.letter_office import IDENTITY
from ui.main import PAGES, Program
from ui.shared.page import PageSpec


def started(app: QApplication, root: Path, pages: Sequence[PageSpec] = PAGES) -> Iterator[Program]:
    """The program as it starts in a folder; closed at the end."""
    made = Program(app, root, pages)
    made.open(practice=False)
    yield made
    if made.window is not None:
        made.window.close()
    made.shut_down()
    for part in (made.theme, made):
        part.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def waiting(app: QApplication, root: Path, qtbot: QtBot) -> Iterator[Program]:
    """The program in an office with accounts, as it waits for a name and a password."""
    for made in started(app, root):
        qtbot.waitUntil(lambda made=made: made.seat is not None and made.seat.waiting, timeout=15_000)
        yield made


def furnish(session: object) -> None:
    """Give the office its identity and one account for each role."""
    set_up_office(session, SetUpOffice(IDENTITY, "Siti Rahma"))  # type: ignore[arg-type]
    open_accounts(session)

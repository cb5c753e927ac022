"""The page Pencalonan on a real desk with one file, for the tests of what is done to a file."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from asn_desk.desk import Desk
from tests.ui.conftest import Recorder, texts_of
from ui.candidacy.page import CandidacyPage

DAY = date(2024, 9, 9)


class FilePage:
    """Uses the page as a clerk does; one file is open."""

    def __init__(self, page: CandidacyPage, desk: Desk, file_id: int, recorder: Recorder) -> None:
        self.page, self.desk, self.file_id, self.recorder = page, desk, file_id, recorder

    def dialog(self, kind: type[QDialog]) -> Any:
        """Return the open dialog of a kind."""
        return next(one for one in self.page.findChildren(kind) if one.isVisible())

    def press(self, text: str, inside: QWidget | None = None, place: int = 0) -> None:
        """Press a button that can be seen, by its words; rows made just now are shown first."""
        QApplication.processEvents()
        found = [
            one
            for one in (inside or self.page).findChildren(QPushButton)
            if one.text().replace("&", "") == text and one.isEnabled() and one.isVisibleTo(self.page)
        ]
        assert len(found) > place, f"no button {text}"
        found[place].click()

    def texts(self) -> list[str]:
        """Return what the detail shows."""
        return texts_of(self.page.detail)

    def file(self) -> Any:
        """Return the file shown."""
        assert self.page.detail.file is not None
        return self.page.detail.file

    def view(self) -> Any:
        """Return all that is shown about the file."""
        assert self.page.detail.view is not None
        return self.page.detail.view

"""A letter after issue: its scan is attached and shown, and a correction begins with the same data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from asn_desk.desk import Desk
from asn_desk.letters import queries
from asn_desk.letters.service import issue
from tests.letters.batch_office import COMMAND, fill_office
from tests.ui.conftest import Recorder, make_context
from ui.letters.create import LetterDialog
from ui.letters.page import LettersPage
from ui.shared.bridge import Bridge
from ui.shared.paper import PaperDialog
from ui.shared.theme.theme import Theme


@pytest.fixture
def bridge(practice_desk: Desk) -> Iterator[Bridge]:
    made = Bridge(practice_desk, inline=True)
    yield made
    made.close()


@pytest.fixture
def page(
    practice_desk: Desk, bridge: Bridge, theme: Theme, recorder: Recorder, tmp_path: Path, qtbot: QtBot
) -> LettersPage:
    """The page with one issued letter chosen."""
    person = practice_desk.write(lambda session: fill_office(session, 1)).value[0]
    letter = practice_desk.write(lambda session: issue(session, replace(COMMAND, employee_id=person))).value
    made = LettersPage(make_context(bridge, theme, recorder, tmp_path))
    qtbot.addWidget(made)
    bridge.changed.connect(lambda _topics: made.reload())
    made.show()
    made.reload()
    made.open_target({"letter_id": letter.id})
    return made


def choose(page: LettersPage, text: str) -> None:
    menu = QMenu(page)
    next(action for action in page.issued.detail.menu_actions(menu) if action.text() == text).trigger()


def texts(page: LettersPage) -> list[str]:
    return [action.text() for action in page.issued.detail.menu_actions(QMenu(page))]


def opened(page: LettersPage, kind: Any) -> Any:
    (found,) = [one for one in page.findChildren(kind) if one.isVisible()]
    return found


def test_a_scan_is_attached_and_shown(
    page: LettersPage, practice_desk: Desk, tmp_path: Path, recorder: Recorder
) -> None:
    letter = page.issued.detail.letter
    assert letter is not None
    scan = practice_desk.read(lambda session: queries.stored_pdf(session, letter.id))
    (tmp_path / "pindai.pdf").write_bytes(scan)
    choose(page, "Lampirkan pindaian…")
    asked = opened(page, QFileDialog)
    asked.fileSelected.emit(str(tmp_path / "pindai.pdf"))
    asked.close()
    assert recorder.toasts == ["Pindaian tersimpan bersama suratnya."]
    assert "Pindaian surat bertanda tangan terlampir" in page.issued.detail.facts.text()
    choose(page, "Lihat pindaian")
    shown = opened(page, PaperDialog)
    assert shown.paper.view.page_count >= 1
    shown.close()


def test_a_correction_begins_with_the_same_data_and_refers_to_the_letter(
    page: LettersPage, practice_desk: Desk, recorder: Recorder
) -> None:
    old = page.issued.detail.letter
    assert old is not None
    choose(page, "Buat surat perbaikan…")
    (key, target) = recorder.navigated[-1]
    assert key == "letters"
    page.open_target(target)
    wizard = opened(page, LetterDialog)
    command = wizard.command()
    assert (command.kind, command.replaces_id) == (old.kind, old.id)
    assert command.data["pencalonan.jabatan"] == COMMAND.data["pencalonan.jabatan"]
    for _ in range(3):
        wizard.next()
    new = page.issued.detail.letter
    assert new is not None
    assert new.replaces_id == old.id
    assert "Memperbaiki surat terdahulu" in page.issued.detail.facts.text()
    page.open_target(old.id)
    assert "Buat surat perbaikan…" not in texts(page)
    assert [one for one in page.findChildren(QDialog) if one.isVisible()] == []

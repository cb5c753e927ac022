"""Pictures of a candidacy file: lanes, papers, explanation, packet, what if, past day, reports, and the date preview."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from ui.candidacy.page import CandidacyPage
from ui.candidacy.past import PastDialog
from ui.candidacy.trial import TrialDialog
from ui.main_window import MainWindow
from ui.settings.page import SettingsPage
from ui.settings.rules import TABS, RulesSection
from ui.settings.rules_holidays import HolidayDialog
from ui.settings.rules_preview import CalendarDialog
from ui.settings.rules_stage_dialog import StageDialog

_WIDE = (1120, 660)
Settle = Callable[[], None]
Picture = Callable[[QWidget, Path], Path]


def candidacy_pictures(window: MainWindow, out: Path, name: str, settle: Settle, picture: Picture) -> Iterator[Path]:
    """Yield the pictures of the first file and of a moved stage; `name` is the setting's part of the file names."""
    window.open_page("candidacy")
    settle()
    page = window.current_page()
    assert isinstance(page, CandidacyPage)
    yield from _tabs(window, page, out, name, settle, picture)
    for words, open_it in _dialogs(page):
        open_it()
        settle()
        _fill_in(window, page.context.today())
        settle()
        yield from _shown(window, out / f"candidacy_{words}-{name}.png", picture)
    yield from _date_preview(window, out, name, settle, picture)
    yield from _holiday_preview(window, out, name, settle, picture)


def _tabs(
    window: MainWindow, page: CandidacyPage, out: Path, name: str, settle: Settle, picture: Picture
) -> Iterator[Path]:
    page.table.select_first()
    settle()
    yield picture(page.detail.head, out / f"candidacy_lanes-{name}.png")
    for place, words in enumerate(("duties", "papers", "letters", "history")):
        page.detail.tabs.setCurrentIndex(place)
        settle()
        page.detail.area.verticalScrollBar().setValue(page.detail.tabs.y())
        yield picture(window, out / f"candidacy_{words}-{name}.png")
    page.detail.tabs.setCurrentIndex(0)


def _dialogs(page: CandidacyPage) -> Iterator[tuple[str, Callable[[], None]]]:
    file = page.detail.file
    assert file is not None
    told = next((row for row in file.obligations if row.other_readings), file.obligations[0])
    yield "explanation", lambda: page.detail.duties.explain(told)
    yield "packet", page.deeds.issue_packet
    yield "what_if", page.deeds.try_out
    yield "past", page.deeds.look_back
    yield "suspicions", page.show_suspicions


def _fill_in(window: MainWindow, today: date) -> None:
    """Look back at today, and try a determination three weeks later."""
    for past in (found for found in window.findChildren(PastDialog) if found.isVisible()):
        past.form.put("day", today)
    for trial in (found for found in window.findChildren(TrialDialog) if found.isVisible()):
        trial.form.put("stage", today + timedelta(days=22))


def _date_preview(window: MainWindow, out: Path, name: str, settle: Settle, picture: Picture) -> Iterator[Path]:
    stages = _rules(window, settle).stages
    place = next(at for at, row in enumerate(stages.model.rows) if row.stage.code == "PENETAPAN")
    stages.table.selectRow(place)
    stages.change()
    settle()
    dialog = next(one for one in window.findChildren(StageDialog) if one.isVisible())
    later = dialog.form.values()["date_to"] + timedelta(days=9)
    why = {"reason": "Jadwal KPU berubah", "document_number": "77/PL.02/2024", "document_date": stages.today()}
    _look_at(dialog, {"date_from": later, "date_to": later, **why})
    settle()
    yield from _shown(window, out / f"candidacy_date_preview-{name}.png", picture)


def _holiday_preview(window: MainWindow, out: Path, name: str, settle: Settle, picture: Picture) -> Iterator[Path]:
    """A day off that the region is given a few days from now, and the duties that it moves."""
    section = _rules(window, settle)
    section.tabs.setCurrentIndex(TABS.index("Hari libur"))
    section.holidays.correct()
    settle()
    dialog = next(one for one in window.findChildren(HolidayDialog) if one.isVisible())
    today = section.stages.today()
    why = {"reason": "Ditetapkan gubernur", "document_number": "800/12/2024", "document_date": today}
    _look_at(dialog, {"day": today + timedelta(days=3), "title": "Hari jadi daerah", "works": False, **why})
    settle()
    yield from _shown(window, out / f"candidacy_holiday_preview-{name}.png", picture)


def _rules(window: MainWindow, settle: Settle) -> RulesSection:
    window.open_page("settings", "rules")
    settle()
    page = window.current_page()
    assert isinstance(page, SettingsPage)
    return page.findChildren(RulesSection)[0]


def _look_at(dialog: CalendarDialog, values: Mapping[str, Any]) -> None:
    for key, value in values.items():
        dialog.form.put(key, value)
    dialog.next()


def _shown(window: MainWindow, target: Path, picture: Picture) -> Iterator[Path]:
    for dialog in [found for found in window.findChildren(QDialog) if found.isVisible()]:
        if isinstance(dialog, (PastDialog, TrialDialog, CalendarDialog)):
            dialog.resize(*_WIDE)
        yield picture(dialog, target)
        QDialog.reject(dialog)

"""Page drivers: they use the real window as a clerk does, and wait for what the screen shows, never for a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, TypeVar

from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from asn_desk.circulars.queries import RecipientRow
from asn_desk.circulars.recipients import RecipientFilter, recipient_ids, recipient_rows
from tests.ui.conftest import texts_of
from ui.candidacy.declare import DeclareDialog
from ui.candidacy.letter import LetterDialog
from ui.candidacy.page import CandidacyPage
from ui.candidacy.record import RecordDialog
from ui.circulars.page import CircularsPage
from ui.circulars.publish import PublishDialog
from ui.employees.import_wizard import COLUMNS, DONE, FILES, REVIEW, ImportWizard
from ui.employees.page import EmployeesPage
from ui.home.page import HomePage
from ui.letters.page import LettersPage
from ui.main import Program
from ui.main_window import MainWindow
from ui.scan.page import ScanPage
from ui.settings.first_start import FirstStartPage
from ui.settings.officials import OfficialsSection
from ui.settings.page import SettingsPage
from ui.shared.dialogs import CommandDialog
from ui.shared.documents.paper import PaperDialog, PaperView
from ui.shared.forms import FormWidget
from ui.shared.page import Page
from ui.shared.person_picker import PersonPicker
from ui.shared.steps import StepDialog
from ui.shared.window.sidebar import SidebarEntry

W = TypeVar("W", bound=QWidget)
P = TypeVar("P", bound=Page)
LONGEST_WAIT_MS = 15_000
BEAT_MS = 5


class Heartbeat(QObject):
    """Beats on the UI thread; the longest pause between two beats is how long the window did not answer.

    A pause counts as far as the program itself was at work in it, so that a busy machine fails no test.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = (0.0, 0.0)
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self.longest, self._last = 0.0, (perf_counter(), process_time())
        self._timer.start()

    def stop(self) -> float:
        """Return the longest pause in milliseconds."""
        self._beat()
        self._timer.stop()
        return self.longest * 1000

    def _beat(self) -> None:
        now = (perf_counter(), process_time())
        self.longest = max(self.longest, min(now[0] - self._last[0], now[1] - self._last[1]))
        self._last = now


@dataclass
class Clerk:
    """The hands and eyes at the window."""

    qtbot: QtBot
    program: Program

    @property
    def window(self) -> MainWindow:
        assert self.program.window is not None
        return self.program.window

    def until(self, true: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=LONGEST_WAIT_MS)

    def page(self, kind: type[P]) -> P:
        """Wait until the window shows a page of this kind."""
        self.until(lambda: isinstance(self.window.current_page(), kind))
        page = self.window.current_page()
        assert isinstance(page, kind)
        return page

    def go(self, title: str, kind: type[P]) -> P:
        """Choose a page in the sidebar."""
        (entry,) = [one for one in self.window.sidebar.findChildren(SidebarEntry) if one.text() == title]
        entry.click()
        return self.page(kind)

    def press(self, inside: QWidget, text: str) -> None:
        """Press the button with this text, once it can be pressed."""
        self.until(lambda: self._buttons(inside, text))
        self._buttons(inside, text)[0].click()

    def dialog(self, kind: type[W]) -> W:
        """Wait for an open dialog of this kind."""
        self.until(lambda: self.dialogs(kind))
        return self.dialogs(kind)[0]

    def dialogs(self, kind: type[W]) -> list[W]:
        return [one for one in self.window.findChildren(kind) if one.isVisible()]

    def type_into(self, line: QLineEdit, text: str) -> None:
        line.setFocus()
        line.selectAll()
        self.qtbot.keyClicks(line, text)

    def fill(self, form: FormWidget, values: dict[str, Any]) -> None:
        """Type texts and dates, choose choices."""
        for key, value in values.items():
            field = form.field(key)
            if isinstance(field, PersonPicker):
                self.pick_person(field, value)
            elif isinstance(field, QLineEdit):
                self.type_into(field, value)
            elif isinstance(field, QComboBox):
                self.until(lambda field=field: field.count())
                form.put(key, value)
            else:
                form.put(key, value)
        assert form.missing() == {}

    def pick_person(self, picker: PersonPicker, text: str) -> None:
        """Type, and take the first person offered."""
        self.type_into(picker, text)
        offers = picker.findChild(QListWidget)
        self.until(offers.isVisible)
        self.qtbot.keyClick(picker, Qt.Key.Key_Return)
        assert picker.value() is not None

    def pages(self, paper: PaperView) -> int:
        """Wait until paper shows its pages, painted, and return how many."""
        self.until(lambda: paper.view.isVisible() and paper.view.page_count)
        self.until(lambda: _painted(paper))
        return paper.view.page_count

    def _buttons(self, inside: QWidget, text: str) -> list[QAbstractButton]:
        found = inside.findChildren(QAbstractButton)
        return [one for one in found if one.text().replace("&", "") == text and one.isEnabled() and one.isVisible()]


def _painted(paper: PaperView) -> bool:
    """Return whether the middle of the view shows print: more than a few colours."""
    image = paper.view.viewport().grab().toImage()
    across = range(0, image.width(), 2)
    return len({image.pixel(x, y) for y in range(0, image.height(), 2) for x in across}) > 8


class FirstStart(Clerk):
    """The first page of an empty office."""

    def fill_in(self, values: dict[str, Any]) -> None:
        page = self.page(FirstStartPage)
        self.fill(page.form, values)
        self.press(page, "Simpan dan mulai")


class Wizard(Clerk):
    """The import wizard."""

    @property
    def wizard(self) -> ImportWizard:
        return self.dialog(ImportWizard)

    def drop(self, paths: Iterable[Path]) -> None:
        """Drop files on the wizard, as from the file manager, and wait until they are read."""
        wizard = self.wizard
        files = QMimeData()
        files.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        how = (Qt.DropAction.CopyAction, files, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(wizard, QDragEnterEvent(QPoint(20, 20), *how))
        QApplication.sendEvent(wizard, QDropEvent(QPointF(20, 20), *how))
        assert wizard.step() == FILES
        self.until(wizard.next_button.isEnabled)

    def make_plan(self) -> dict[str, int]:
        """Go on to the plan and return its figures."""
        wizard = self.wizard
        wizard.next_button.click()
        assert wizard.step() == COLUMNS
        wizard.next_button.click()
        assert wizard.step() == REVIEW
        self.until(lambda: wizard.review.lists is not None and wizard.review.content.isVisible())
        lists = wizard.review.lists
        assert lists is not None
        return {key: lists.count(key) for key in wizard.review.cards}

    def apply_and_cancel(self) -> None:
        """Store the plan, and stop as soon as some people are stored."""
        wizard = self.wizard
        bar = wizard.done_step.working.bar
        stopped: list[int] = []

        def stop(value: int) -> None:
            if 0 < value < bar.maximum() and not stopped:
                stopped.append(value)
                wizard.cancel_button.click()

        bar.valueChanged.connect(stop)
        wizard.next_button.click()
        self.until(lambda: wizard.step() == REVIEW)
        bar.valueChanged.disconnect(stop)
        assert stopped, "the import ended before it could be stopped"

    def apply(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Store the plan; `meanwhile` is done at the window while it is being stored."""
        wizard = self.wizard
        wizard.next_button.click()
        self.until(wizard.is_applying)
        meanwhile()
        self.until(wizard.done_step.summary.isVisible)

    def close(self) -> None:
        wizard = self.wizard
        (wizard.next_button if wizard.step() == DONE else wizard.cancel_button).click()
        self.until(lambda: not self.dialogs(ImportWizard))


class People(Clerk):
    """The page Pegawai."""

    def search(self, text: str) -> list[str]:
        """Type into the search field and return the names that are left."""
        page = self.go("Pegawai", EmployeesPage)
        count = self.find(page, text)
        self.until(lambda: all(page.model.row_at(place) is not None for place in range(min(count, 20))))
        return [page.model.row_at(place).name for place in range(min(count, 20))]

    def find(self, page: EmployeesPage, text: str) -> int:
        """Type into the search field and return how many people are left."""
        answers: list[tuple[str, int]] = []
        listener = page.model.loaded.connect(lambda count: answers.append((page.filter.text, count)))
        self.type_into(page.search, text)
        self.qtbot.keyClick(page.search, Qt.Key.Key_Return)
        self.until(lambda: answers and answers[-1][0] == text)
        page.model.loaded.disconnect(listener)
        return answers[-1][1]

    def open_person(self) -> list[str]:
        """Open the first person of the list and return what the detail shows."""
        page = self.page(EmployeesPage)
        page.table.select_first()
        self.until(lambda: page.detail.facts is not None and page.detail.facts.person.id == page.table.current_id())
        return texts_of(page.detail)


class Candidates(Clerk):
    """The page Pencalonan."""

    def declare(self, values: dict[str, Any]) -> CandidacyPage:
        page = self.go("Pencalonan", CandidacyPage)
        self.press(page.header, "Deklarasi baru")
        dialog = self.dialog(DeclareDialog)
        self.until(lambda: dialog.form.field("office_code").count())
        self.fill(dialog.form, values)
        dialog.confirm_button.click()
        self.until(lambda: page.detail.file is not None and not self.dialogs(DeclareDialog))
        return page

    def record(self, values: dict[str, Any]) -> None:
        page = self.page(CandidacyPage)
        before = len(page.detail.file.events)
        self.press(page.detail, "Catat kejadian")
        dialog = self.dialog(RecordDialog)
        self.fill(dialog.form, values)
        dialog.confirm_button.click()
        self.until(lambda: len(page.detail.file.events) == before + 1 and not self.dialogs(RecordDialog))

    def issue_letter(self, kind: str, dated: str) -> int:
        """Make a letter of the file shown, look at its pages, issue it, and return how many pages the preview had."""
        page = self.page(CandidacyPage)
        self.press(page.detail, "Buat surat")
        dialog = self.dialog(LetterDialog)
        dialog.head.put("kind", kind)
        self.type_into(dialog.head.field("dated"), dated)
        pages = self.preview(dialog, dialog.preview.paper)
        dialog.next_button.click()
        return pages

    def preview(self, dialog: StepDialog, paper: PaperView) -> int:
        """Go to the last step and wait for its pages."""
        while dialog.step() < dialog.last_step:
            self.until(dialog.next_button.isEnabled)
            step = dialog.step()
            dialog.next_button.click()
            assert dialog.step() == step + 1, texts_of(dialog)
        pages = self.pages(paper)
        self.until(dialog.next_button.isEnabled)
        return pages

    def open_issued(self) -> LettersPage:
        """From the issued pages go to the page Surat."""
        dialog = self.dialog(PaperDialog)
        self.pages(dialog.paper)
        self.press(dialog, "Buka halaman Surat")
        return self.page(LettersPage)


class Settings(Clerk):
    """The page Pengaturan."""

    def add_official(self, values: dict[str, Any]) -> None:
        page = self.go("Pengaturan", SettingsPage)
        self.press(page, "Pejabat penanda tangan")
        section = page.findChild(OfficialsSection)
        before = len(section.model.rows)
        self.press(section, "Tambah pejabat")
        dialog = self.dialog(CommandDialog)
        self.fill(dialog.form, values)
        dialog.confirm_button.click()
        self.until(lambda: len(section.model.rows) == before + 1 and not self.dialogs(CommandDialog))


class Circulars(Candidates):
    """The page Edaran."""

    def publish(self, opd: str, values: dict[str, Any]) -> CircularsPage:
        """Publish a circular to one OPD through the wizard, looking at its pages first."""
        page = self.go("Edaran", CircularsPage)
        self.press(page.header, "Terbitkan edaran")
        dialog = self.dialog(PublishDialog)
        self.until(lambda: dialog.letter.values()["signer_id"] is not None)
        self.fill(dialog.letter, values)
        dialog.next_button.click()
        dialog.next_button.click()
        self.choose_opd(dialog, opd)
        self.preview(dialog, dialog.preview.paper)
        dialog.next_button.click()
        self.until(lambda: page.detail.circular is not None and not self.dialogs(PublishDialog))
        return page

    def choose_opd(self, dialog: PublishDialog, opd: str) -> None:
        picker = dialog.audience
        picker.some.click()
        self.until(lambda: picker.units.findItems(f"{opd} (", Qt.MatchFlag.MatchStartsWith))
        (item,) = picker.units.findItems(f"{opd} (", Qt.MatchFlag.MatchStartsWith)
        item.setCheckState(0, Qt.CheckState.Checked)
        self.until(lambda: picker.reach.opds == 1)

    def recipients(self) -> list[RecipientRow]:
        """Return the people of the circular shown, with the codes on their slips."""
        circular = self.page(CircularsPage).detail.circular
        assert circular is not None
        wanted = RecipientFilter(circular.version_id)
        return self.program.bridge.desk.read(lambda session: recipient_rows(session, recipient_ids(session, wanted)))

    def wait_for_progress(self, signed: int, total: int) -> None:
        """Wait until the page shows that `signed` of `total` slips are back."""
        page = self.go("Edaran", CircularsPage)
        self.until(lambda: page.detail.circular is not None)
        self.until(lambda: (page.detail.circular.tally.signed, page.detail.circular.tally.total) == (signed, total))
        self.until(lambda: sum(unit.tally.signed for unit in page.detail.units.units) == signed)


class Desk(Clerk):
    """The page Pindai, where slips come back."""

    def scan(self, code: str) -> tuple[str, str]:
        """Type a code and Enter, as a scanner does; return the result's word and title."""
        page = self.go("Pindai", ScanPage).scanner
        self.until(lambda: page.progress.current is not None)
        scans = len(page.sitting.scans)
        self.qtbot.keyClicks(page.field, code)
        self.qtbot.keyClick(page.field, Qt.Key.Key_Return)
        self.until(lambda: len(page.sitting.scans) == scans + 1 and not page.feeder.busy)
        return page.card.word.text(), page.card.title.text()

    def said(self) -> str:
        return self.page(ScanPage).scanner.card.secondary.text()


class Home(Clerk):
    """Beranda."""

    def wait_for_card(self, name: str, value: str) -> None:
        """Wait until a card of Beranda reads like this."""
        page = self.go("Beranda", HomePage)
        card = getattr(page, name)
        self.until(lambda: card.isVisible() and card.accessibleName().startswith(value))

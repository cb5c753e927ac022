"""Cetak massal and the agenda's own work, as a clerk does them: choose, look, run, rest, go on; keep, enter, insert, fill, print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from asn_desk.accounts.model import User
from asn_desk.accounts.terms import Role
from asn_desk.desk import Desk
from asn_desk.letters import queries
from asn_desk.letters.bulk import batches
from asn_desk.letters.contents.kinds import RESIGNATION_RECEIPT
from asn_desk.letters.numbers import numbering, register
from asn_desk.letters.numbers.register import NumberWish
from asn_desk.letters.service import issue
from asn_desk.letters.terms import BatchState, NumberWay, RegisterStatus
from tests.accounts_office import NAMES, PASSWORD, open_accounts
from tests.letters.batch_office import COMMAND, RECEIPT, fill_office, nip_of
from tests.ui.conftest import Recorder, make_context
from ui.letters import batch_run
from ui.letters.batch import BatchDialog
from ui.letters.batch_run import BatchRunDialog
from ui.letters.page import LettersPage
from ui.shared.bridge import Bridge
from ui.shared.dialogs import CommandDialog
from ui.shared.theme.theme import Theme

D = TypeVar("D", bound=QDialog)
DAY = date(2024, 9, 9)
PEOPLE = 20


@dataclass
class Driver:
    """Works the page as a clerk does."""

    page: LettersPage
    desk: Desk
    recorder: Recorder
    people: list[int]
    folder: Path

    def dialog(self, kind: type[D]) -> D:
        (found,) = [one for one in self.page.findChildren(kind) if one.isVisible()]
        return found

    def wizard(self) -> BatchDialog:
        self.page._batch()
        return self.dialog(BatchDialog)

    def filled(self, **people: Any) -> BatchDialog:
        wizard = self.wizard()
        for key, value in people.items():
            wizard.people.form.put(key, value)
        wizard.next()
        wizard.letter.put("kind", RESIGNATION_RECEIPT)
        wizard.target.put("folder", str(self.folder))
        wizard.next()
        for key, value in {**RECEIPT, "diterima.tanggal_surat": date(2024, 9, 6)}.items():
            wizard.data.put(key, value)
        wizard.next()
        return wizard

    def state(self) -> batches.BatchRow:
        return self.desk.read(batches.batch_rows)[0]

    def show_agenda(self) -> None:
        self.page.tabs.setCurrentIndex(1)

    def ask(self, text: str) -> CommandDialog:
        self.show_agenda()
        buttons = self.page.agenda.findChildren(type(self.page.agenda.fill_button))
        next(one for one in buttons if one.text().startswith(text)).click()
        return self.dialog(CommandDialog)

    def orders(self) -> list[str]:
        return [row.order for row in self.page.agenda.model.rows]


@pytest.fixture
def driver(
    practice_desk: Desk, bridge: Bridge, theme: Theme, recorder: Recorder, tmp_path: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Driver:  # fmt: skip
    """The page of an office with twenty people in three units."""
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(tmp_path / "dokumen"))
    people = practice_desk.write(lambda session: fill_office(session, PEOPLE)).value
    page = LettersPage(make_context(bridge, theme, recorder, tmp_path))
    qtbot.addWidget(page)
    bridge.changed.connect(lambda _topics: page.reload())
    page.resize(1158, 740)
    page.show()
    page.reload()
    return Driver(page, practice_desk, recorder, people, tmp_path / "hasil")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files and folders handed to the PC's programs."""
    found: list[Path] = []

    def remember(url: QUrl) -> bool:
        found.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", remember)
    return found


def test_a_list_of_numbers_becomes_a_folder_of_letters(driver: Driver, opened: list[Path]) -> None:
    wizard = driver.filled(way="daftar", numbers="\n".join(nip_of(place) for place in range(5)))
    assert wizard.people.answer.text() == "5 pegawai terpilih"
    preview = wizard.preview
    assert [preview.tabs.tabText(place) for place in range(3)] == [
        "Nama terpanjang",
        "Tanpa gelar",
        "Nama unit terpanjang",
    ]
    assert preview.facts.text().startswith("5 surat akan terbit")
    assert preview.paper.view.page_count >= 1
    wizard.next()
    run = driver.dialog(BatchRunDialog)
    assert (driver.state().state, driver.state().issued) == (BatchState.DONE, 5)
    assert run.text.text() == "Selesai · 5 dari 5"
    assert len(list((driver.folder / "surat").iterdir())) == 5
    assert driver.recorder.toasts == ["Cetak massal selesai: 5 surat terbit."]
    run.go_button.click()
    run.folder_button.click()
    assert opened == [driver.folder / "Cetak semua.pdf", driver.folder]
    run.close_button.click()


def test_nobody_chosen_or_an_unknown_number_keeps_the_wizard_at_its_first_step(driver: Driver) -> None:
    wizard = driver.wizard()
    wizard.next()
    assert wizard.step() == 0
    wizard.people.form.put("way", "daftar")
    wizard.people.form.put("numbers", "123")
    assert wizard.people.answer.text() == "Tidak ada pegawai dengan NIP 123."
    wizard.next()
    assert wizard.step() == 0
    QDialog.reject(wizard)


def test_a_unit_and_everybody_are_counted(driver: Driver) -> None:
    wizard = driver.wizard()
    units = {row.opd: row.opd for row in driver.desk.read(lambda s: _rows(s, driver.people))}
    assert len(units) == 3
    wizard.people.form.put("way", "semua")
    assert wizard.people.answer.text() == "21 pegawai terpilih"
    wizard.people.form.put("way", "cari")
    wizard.people.form.put("text", "pegawai contoh 003")
    assert wizard.people.answer.text() == "1 pegawai terpilih"
    QDialog.reject(wizard)


def _rows(session: Any, ids: list[int]) -> Any:
    from asn_desk.employees.queries import employee_rows

    return employee_rows(session, ids)


def started(driver: Driver) -> int:
    command = batches.StartBatch(COMMAND, tuple(driver.people), driver.folder)
    return driver.desk.write(lambda session: batches.start(session, command)).value


def test_a_batch_that_was_killed_is_offered_again_and_goes_on(driver: Driver) -> None:
    batch_id = started(driver)
    driver.desk.write(lambda session: batches.run_chunk(session, batch_id, 6))
    driver.page._batch()
    run = driver.dialog(BatchRunDialog)
    assert run.text.text() == "Belum selesai · 6 dari 20"
    run.go_button.click()
    assert (driver.state().state, driver.state().issued) == (BatchState.DONE, PEOPLE)
    assert len(driver.desk.read(queries.letter_ids)) == PEOPLE
    assert len(list((driver.folder / "surat").iterdir())) == PEOPLE
    run.close_button.click()


@pytest.mark.slow
def test_closing_a_batch_at_work_lets_it_rest_and_it_goes_on_later(
    practice_desk: Desk, theme: Theme, recorder: Recorder, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_run, "CHUNK", 6)
    people = practice_desk.write(lambda session: fill_office(session, PEOPLE)).value
    command = batches.StartBatch(COMMAND, tuple(people), tmp_path / "hasil")
    batch_id = practice_desk.write(lambda session: batches.start(session, command)).value
    bridge = Bridge(practice_desk)
    parent = QWidget()
    qtbot.addWidget(parent)
    context = make_context(bridge, theme, recorder, tmp_path)

    def opened() -> BatchRunDialog:
        made = BatchRunDialog(context, parent, batch_id, lambda: None)
        made.open()
        qtbot.waitUntil(lambda: made.bar.maximum() == PEOPLE, timeout=60_000)
        return made

    run = opened()
    run.bar.valueChanged.connect(lambda _value: run.close_button.click())
    with qtbot.waitSignal(run.finished, timeout=60_000):
        run.begin()
    rested = practice_desk.read(lambda session: batches.batch_row(session, batch_id))
    assert (rested.state, 0 < rested.issued < PEOPLE) == (BatchState.PAUSED, True)
    again = opened()
    with qtbot.waitSignal(bridge.changed, timeout=60_000):
        again.go_button.click()
    qtbot.waitUntil(lambda: again.text.text() == "Selesai \N{MIDDLE DOT} 20 dari 20", timeout=60_000)
    again.close_button.click()
    bridge.close()
    assert len(practice_desk.read(queries.letter_ids)) == PEOPLE


def test_the_folder_is_completed_only_when_no_copies_are_being_written(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    started(driver)
    driver.page._batch()
    run = driver.dialog(BatchRunDialog)
    bridge = run._context.bridge
    begin, held = bridge.read_task, list[Callable[[], object]]()

    def hold_back(*call: Any, **more: Any) -> Any:
        if held:
            return begin(*call, **more)
        return held.append(lambda: begin(*call, **more))

    monkeypatch.setattr(bridge, "read_task", hold_back)
    run.begin()
    assert (driver.state().state, driver.state().issued) == (BatchState.RUNNING, PEOPLE)
    held[0]()
    assert driver.state().state == BatchState.DONE
    run.close_button.click()


def test_closing_while_the_folder_is_completed_closes_once_it_is_complete(driver: Driver) -> None:
    batch_id = started(driver)
    driver.page._batch()
    run = driver.dialog(BatchRunDialog)
    complete = run._complete

    def closed_meanwhile() -> None:
        run.close_button.click()
        complete()

    run._complete = closed_meanwhile  # type: ignore[method-assign]
    run.begin()
    assert driver.desk.read(lambda session: batches.batch_row(session, batch_id)).state == BatchState.DONE
    assert not run.isVisible()


def test_stopping_asks_first_and_ends_the_batch(driver: Driver) -> None:
    batch_id = started(driver)
    driver.desk.write(lambda session: batches.run_chunk(session, batch_id, 4))
    driver.page._batch()
    run = driver.dialog(BatchRunDialog)
    run.stop_button.click()
    question = next(one for one in run.findChildren(QDialog) if one.isVisible())
    next(
        one for one in question.findChildren(type(run.stop_button)) if one.text().replace("&", "") == "Hentikan"
    ).click()
    assert (driver.state().state, driver.state().issued) == (BatchState.CANCELLED, 4)
    assert run.text.text() == "Dihentikan · 4 dari 20"
    run.close_button.click()
    driver.page._batch()
    QDialog.reject(driver.dialog(BatchDialog))


def test_numbers_are_kept_and_the_agenda_shows_them(driver: Driver) -> None:
    dialog = driver.ask("Cadangkan nomor")
    dialog.form.put("count", 2)
    dialog.form.put("purpose", "Pelantikan")
    dialog.confirm_button.click()
    assert driver.recorder.toasts == ["Dicadangkan: 1/BKPSDM/2024 sampai 2/BKPSDM/2024."]
    assert driver.page.agenda.count.text() == "2 nomor, 2 dicadangkan"


def test_an_outside_letter_with_a_gap_needs_a_tick_and_the_gap_is_shown_and_closed(driver: Driver) -> None:
    dialog = driver.ask("Catat surat luar")
    dialog.form.put("number", "800/3/BKPSDM/2024")
    dialog.form.put("subject", "Undangan")
    dialog.confirm_button.click()
    assert dialog.isVisible()
    dialog.form.put("allow_gap", True)
    dialog.confirm_button.click()
    assert driver.orders() == ["1\N{EN DASH}2", "3"]
    assert driver.page.agenda.count.text() == "1 nomor, 2 tidak tercatat"
    driver.page.agenda.table.select_id(-1)
    driver.page.agenda._declare_unused()
    unused = driver.dialog(CommandDialog)
    unused.form.put("reason", "Salah hitung")
    unused.confirm_button.click()
    assert driver.orders() == ["1", "2", "3"]


def test_a_backdated_number_is_inserted(driver: Driver) -> None:
    for day in (date(2024, 9, 2), date(2024, 9, 6)):
        driver.desk.write(lambda session, day=day: numbering.take(session, "umum", day, "Perihal"))
    driver.page.reload()
    dialog = driver.ask("Nomor sisipan")
    dialog.form.put("dated", date(2024, 9, 3))
    dialog.form.put("subject", "Terlambat")
    dialog.confirm_button.click()
    assert driver.orders() == ["1", "1a", "2"]


def test_a_letter_that_waits_for_its_number_gets_it(driver: Driver) -> None:
    driver.show_agenda()
    assert not driver.page.agenda.fill_button.isVisibleTo(driver.page.agenda)
    wish = NumberWish(NumberWay.LATER)
    command = batches.replace(COMMAND, employee_id=driver.people[0], numbering=wish)
    driver.desk.write(lambda session: issue(session, command))
    driver.page.reload()
    dialog = driver.ask("Isi nomor menyusul (1)")
    dialog.form.put("number", "800.1.6/1/BKPSDM/2024")
    dialog.confirm_button.click()
    assert driver.orders() == ["1"]
    assert driver.desk.read(queries.letters_without_number) == []


def test_a_reserved_number_is_given_back_with_a_reason(driver: Driver) -> None:
    driver.desk.write(lambda session: register.reserve(session, register.Reserve("umum", DAY, 1, "Pelantikan")))
    driver.show_agenda()
    driver.page.agenda.table.select_first()
    driver.page.agenda._void()
    dialog = driver.dialog(CommandDialog)
    dialog.form.put("reason", "Pelantikan batal")
    dialog.confirm_button.click()
    (row,) = driver.desk.read(lambda session: queries.register_rows(session, 2024))
    assert (row.status, row.void_reason) == (RegisterStatus.VOID, "Pelantikan batal")


def test_a_reserved_block_is_returned_whole_and_stays_in_the_agenda(driver: Driver) -> None:
    for purpose, count in (("Pelantikan", 3), ("Rapat", 1)):
        wish = register.Reserve("umum", DAY, count, purpose)
        driver.desk.write(lambda session, wish=wish: register.reserve(session, wish))
    dialog = driver.ask("Kembalikan cadangan")
    dialog.form.put("reason", "Pelantikan batal")
    dialog.confirm_button.click()
    rows = driver.desk.read(lambda session: queries.register_rows(session, 2024))
    assert [row.status for row in rows] == [RegisterStatus.VOID] * 3 + [RegisterStatus.RESERVED]
    assert driver.page.agenda.count.text() == "4 nomor, 1 dicadangkan, 3 batal"


@pytest.mark.parametrize("excel", [False, True])
def test_the_agenda_is_saved_and_opened(driver: Driver, opened: list[Path], tmp_path: Path, *, excel: bool) -> None:
    driver.desk.write(lambda session: numbering.take(session, "umum", DAY, "Perihal"))
    driver.show_agenda()
    driver.page.agenda._save(excel=excel)
    (asked,) = driver.page.agenda.findChildren(QFileDialog)
    target = tmp_path / ("agenda.xlsx" if excel else "agenda.pdf")
    asked.fileSelected.emit(str(target))
    asked.close()
    assert opened == [target]
    assert target.stat().st_size > 1000


def with_accounts(session: Any) -> None:
    """Turn the accounts on; the one who set the office up has another name than the administrator among them."""
    session.get(User, 1).name = "Ratna Wulandari (lama)"
    open_accounts(session)


def test_an_operator_is_told_that_confidential_letters_wait_for_somebody_who_may_see_them(driver: Driver) -> None:
    driver.desk.write(with_accounts)
    driver.desk.sign_in(NAMES[Role.OPERATOR], PASSWORD)
    wizard = driver.filled(way="daftar", numbers=nip_of(0))
    wizard.letter.put("confidential", True)
    wizard.next()
    dialog = driver.dialog(BatchRunDialog)
    assert driver.state().state is BatchState.PAUSED
    assert dialog.problem.text_label.text().startswith("1 surat rahasia sudah terbit, tetapi tidak ditulis")
    assert dialog.go_button.text() == "&Lanjutkan"
    assert list(driver.folder.rglob("*.pdf")) == []
    driver.desk.sign_out()
    driver.desk.sign_in(NAMES[Role.VERIFIKATOR], PASSWORD)
    dialog.go_button.click()
    assert driver.state().state is BatchState.DONE
    assert len(list(driver.folder.rglob("*.pdf"))) == 2
    assert not dialog.problem.isVisible()

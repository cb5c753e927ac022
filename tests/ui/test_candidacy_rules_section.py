"""Pengaturan, Kalender dan aturan: stages, rules, holidays, packs and their history, changed by the office with a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from asn_desk.accounts.terms import RIGHTS, Role
from asn_desk.candidacy import queries
from asn_desk.candidacy.policy import policy_in_force
from asn_desk.desk import Desk
from asn_desk.paths import resource
from asn_desk.regulations.queries import packs_of
from tests.core.candidacy_office import open_file, record
from tests.ui.conftest import Recorder, make_context, texts_of
from ui.settings.rules import RulesSection
from ui.settings.rules_history import WithdrawDialog
from ui.settings.rules_holidays import HolidayDialog
from ui.settings.rules_packs import PackDialog
from ui.settings.rules_policy import PolicyDialog
from ui.settings.rules_preview import CalendarDialog, StoryDialog
from ui.settings.rules_stage_dialog import StageDialog
from ui.settings.rules_stages import span_words
from ui.settings.rules_texts import OverrideDialog
from ui.shared.bridge import Bridge
from ui.shared.dialogs import CommandDialog
from ui.shared.documents.paper import PaperDialog
from ui.shared.theme.theme import Theme

WHY = {"reason": "Jadwal KPU berubah", "document_number": "77/PL.02/2024", "document_date": date(2024, 9, 1)}
OCTOBER = date(2024, 10, 1)


@pytest.fixture
def file_id(practice_desk: Desk) -> int:
    found = open_file(practice_desk)
    for code in ("LAPOR", "SURAT_MUNDUR", "TANDA_TERIMA"):
        record(practice_desk, found, code, date(2024, 8, 26), received_by="Loket BKPSDM", document_number="800/1")
    return found


@pytest.fixture
def section(
    practice_desk: Desk, file_id: int, theme: Theme, recorder: Recorder, tmp_path: Path, qtbot: QtBot
) -> Iterator[RulesSection]:
    bridge = Bridge(practice_desk, inline=True)
    made = RulesSection(make_context(bridge, theme, recorder, tmp_path))
    qtbot.addWidget(made)
    made.resize(880, 640)
    made.reload()
    made.show()
    yield made
    for dialog in made.findChildren(QDialog):
        QDialog.reject(dialog)
    made.close()
    bridge.close()


def dialog_of(section: RulesSection, kind: type[QDialog]) -> Any:
    return next(one for one in section.findChildren(kind) if one.isVisible())


def fill(dialog: CommandDialog | CalendarDialog, **values: Any) -> None:
    for key, value in {**WHY, **values}.items():
        dialog.form.put(key, value)


def choose_stage(section: RulesSection, code: str) -> None:
    place = next(at for at, row in enumerate(section.stages.model.rows) if row.stage.code == code)
    section.stages.table.selectRow(place)


def move_determination(section: RulesSection) -> StageDialog:
    choose_stage(section, "PENETAPAN")
    section.stages.change()
    dialog: StageDialog = dialog_of(section, StageDialog)
    fill(dialog, date_from=OCTOBER, date_to=OCTOBER)
    dialog.next()
    return dialog


def due_of(desk: Desk, file_id: int, rule: str) -> date | None:
    file = desk.read(lambda session: queries.declaration_detail(session, file_id))
    return next(row.due for row in file.obligations if row.id == rule)


def test_the_going_election_is_shown_with_sources_and_doubts(section: RulesSection) -> None:
    assert section.stages.election.value() == "pilkada-2024"
    days = {row.stage.code: row.days for row in section.stages.model.rows}
    assert days["PENETAPAN"] == "22 September 2024"
    assert all(row.source for row in section.stages.model.rows)


def test_moving_a_stage_first_shows_everybody_before_and_after(
    section: RulesSection, practice_desk: Desk, file_id: int
) -> None:
    dialog = move_determination(section)
    preview = dialog.view.preview
    assert preview is not None
    assert (preview.files, preview.people) == (1, 1)
    moved = {row.moved.rule_id: (row.moved.before, row.moved.after) for row in dialog.view.model.rows}
    assert moved["TMT"] == (date(2024, 9, 30), date(2024, 10, 31))
    assert dialog.view.met.text_label.text() == f"{preview.met} kewajiban yang sudah terpenuhi tidak berubah."
    assert preview.met >= 1
    assert due_of(practice_desk, file_id, "K7") == date(2024, 9, 22)


def test_the_preview_is_printed_and_its_dates_explained(section: RulesSection) -> None:
    dialog = move_determination(section)
    dialog.view.print_button.click()
    paper = next(one for one in dialog.findChildren(PaperDialog) if one.isVisible())
    assert paper.paper.pdf.startswith(b"%PDF-")
    paper.reject()
    dialog.view.table.row_activated.emit(0)
    story = next(one for one in dialog.findChildren(StoryDialog) if one.isVisible())
    assert any("1 Oktober 2024" in text for text in texts_of(story))


def test_a_confirmed_move_is_followed_by_the_files_and_can_be_withdrawn(
    section: RulesSection, practice_desk: Desk, file_id: int
) -> None:
    move_determination(section).next()
    assert due_of(practice_desk, file_id, "K7") == OCTOBER
    row = next(row for row in section.stages.model.rows if row.stage.code == "PENETAPAN")
    assert (row.days, row.before) == ("1 Oktober 2024", "semula 22 September 2024")
    section.tabs.setCurrentIndex(3)
    section.history.table.select_first()
    section.history.show_differences()
    told = texts_of(dialog_of(section, StoryDialog))
    assert {"hari pertama: 22 September 2024", "hari pertama: 1 Oktober 2024"} <= set(told)
    section.history.withdraw()
    dialog = dialog_of(section, WithdrawDialog)
    dialog.form.put("reason", "Keliru")
    dialog.confirm_button.click()
    assert due_of(practice_desk, file_id, "K7") == date(2024, 9, 22)
    assert [row.ended_at is None for row in section.history.model.rows] == [False]


def test_days_in_the_wrong_order_are_refused_beside_the_field(section: RulesSection) -> None:
    choose_stage(section, "PENETAPAN")
    section.stages.change()
    dialog = dialog_of(section, StageDialog)
    fill(dialog, date_from=OCTOBER, date_to=date(2024, 9, 30))
    dialog.next()
    dialog.next()
    assert dialog.isVisible()
    assert "Hari terakhir tahapan tidak boleh mendahului hari pertamanya." in texts_of(dialog)


def test_rules_are_searched_and_explained_with_articles_and_sources(section: RulesSection) -> None:
    section.texts.search.setText("tanda terima")
    section.texts.search.returnPressed.emit()
    assert 0 < len(section.texts.model.rows) < 20
    section.texts.explain()
    labels = texts_of(dialog_of(section, StoryDialog))
    assert {"Aturan", "Dasar", "Sumber"} <= set(labels)


def test_doubtful_rules_carry_their_mark(section: RulesSection) -> None:
    section.texts.marked.set_value("doubtful")
    section.texts.marked.chosen.emit("doubtful")
    assert section.texts.model.rows
    column = section.texts.model.columns[-1]
    assert {column.plain(row) for row in section.texts.model.rows} == {"perlu diperiksa"}


def test_a_rule_is_overridden_with_reason_and_document(section: RulesSection, practice_desk: Desk) -> None:
    place = next(at for at, row in enumerate(section.texts.model.rows) if row.rule.id == "C3")
    section.texts.table.selectRow(place)
    section.texts.change()
    dialog = dialog_of(section, OverrideDialog)
    fill(dialog, number=10)
    dialog.confirm_button.click()
    rule = next(row.rule for row in section.texts.model.rows if row.rule.id == "C3")
    assert rule.due is not None
    assert rule.due.offset.number == 10
    assert next(row.changed for row in section.texts.model.rows if row.rule.id == "C3")


def test_an_override_that_changes_nothing_is_refused(section: RulesSection) -> None:
    section.texts.table.selectRow(0)
    section.texts.change()
    dialog = dialog_of(section, OverrideDialog)
    fill(dialog)
    dialog.confirm_button.click()
    assert "Isi sekurang-kurangnya satu perubahan." in texts_of(dialog)


def test_a_holiday_is_added_and_a_day_off_is_worked(section: RulesSection, practice_desk: Desk) -> None:
    section.holidays.correct()
    dialog = dialog_of(section, HolidayDialog)
    fill(dialog, day=date(2024, 9, 13), title="Cuti bersama daerah")
    dialog.next()
    preview = dialog.view.preview
    assert preview is not None
    assert preview.what == "Jumat, 13 September 2024, menjadi hari libur: Cuti bersama daerah."
    moved = {(row.moved.rule_id, row.moved.before, row.moved.after) for row in preview.rows}
    assert ("K7.berkas", date(2024, 9, 2), date(2024, 8, 30)) in moved
    assert {rule for rule, _, _ in moved} <= {"K7.berkas", "K6", "C3", "C4"}
    dialog.next()
    assert any(row.title == "Cuti bersama daerah" for row in section.holidays.model.rows)
    place = next(at for at, row in enumerate(section.holidays.model.rows) if row.day == date(2024, 12, 25))
    section.holidays.table.selectRow(place)
    section.holidays.correct()
    dialog = dialog_of(section, HolidayDialog)
    assert dialog.form.values()["works"]
    fill(dialog)
    dialog.next()
    dialog.next()
    work = practice_desk.read(lambda session: packs_of(session).book("pilkada-2024").work)
    assert work.rest(date(2024, 9, 13)) is not None
    assert work.rest(date(2024, 12, 25)) is None


def test_a_faulty_pack_is_refused_with_its_places(section: RulesSection, tmp_path: Path) -> None:
    file = tmp_path / "daerah.toml"
    file.write_text('[pack]\nid = "daerah"\ntitle = "Daerah"\nversion = 1\n\n[[rules]]\nid = "D1"\n', encoding="utf-8")
    section.packs.add()
    dialog = dialog_of(section, PackDialog)
    fill(dialog, file=file)
    dialog.confirm_button.click()
    told = texts_of(next(one for one in dialog.findChildren(StoryDialog) if one.isVisible()))
    assert any(text.startswith("baris ") for text in told)
    assert len(section.history.model.rows) == 0


def test_a_pack_of_the_offices_own_is_taken_in(section: RulesSection, tmp_path: Path) -> None:
    shipped = next(iter(sorted(resource("regulations", "paket").glob("pilkada-2020*.toml"))))
    text = shipped.read_text(encoding="utf-8")
    version = next(line for line in text.splitlines() if line.startswith("version"))
    file = tmp_path / shipped.name
    file.write_text(text.replace(version, "version = 99", 1), encoding="utf-8")
    section.packs.add()
    dialog = dialog_of(section, PackDialog)
    fill(dialog, file=file)
    dialog.confirm_button.click()
    assert 99 in [row.content.pack.version for row in section.packs.model.rows]


def test_without_the_right_rules_are_read_only(
    practice_desk: Desk, theme: Theme, recorder: Recorder, tmp_path: Path, qtbot: QtBot
) -> None:
    rights = RIGHTS[Role.OPERATOR]
    bridge = Bridge(practice_desk, inline=True)
    made = RulesSection(replace(make_context(bridge, theme, recorder, tmp_path), may=rights.__contains__))
    qtbot.addWidget(made)
    made.reload()
    QApplication.processEvents()
    shown = {one.text().replace("&", "") for one in made.findChildren(QPushButton) if not one.isHidden()}
    assert not {"Ubah tanggal…", "Ubah aturan…", "Koreksi hari libur…", "Tambah paket…", "Cabut…"} & shown
    made.close()
    bridge.close()


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (OCTOBER, OCTOBER, "1 Oktober 2024"),
        (date(2024, 8, 27), date(2024, 8, 29), "27–29 Agustus 2024"),
        (date(2024, 8, 27), date(2024, 9, 21), "27 Agu 2024 – 21 Sep 2024"),
    ],
)
def test_a_period_is_said_as_short_as_it_can_be(first: date, last: date, words: str) -> None:
    assert span_words(first, last) == words


def test_the_offices_policy_for_non_asn_staff_is_recorded(section: RulesSection, practice_desk: Desk) -> None:
    section.policy_button.click()
    dialog = dialog_of(section, PolicyDialog)
    assert any("bawaan program" in text for text in texts_of(dialog))
    for key, value in {"policy": "at_dct", "reason": "Peraturan wali kota", "document_number": "7/2024"}.items():
        dialog.form.put(key, value)
    dialog.confirm_button.click()
    assert practice_desk.read(policy_in_force) == "at_dct"
    section.policy_button.click()
    shown = dialog_of(section, PolicyDialog)
    assert shown.form.values()["policy"] == "at_dct"
    assert any("Peraturan wali kota" in text for text in texts_of(shown))

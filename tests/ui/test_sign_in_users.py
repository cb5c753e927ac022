"""Pengaturan, Pengguna and Jejak perubahan: switching accounts on, roles and rights, temporary passwords, approvals, the trail."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from asn_desk.accounts import approvals, queries, service
from asn_desk.accounts.terms import Act, Action, Role
from asn_desk.desk import Desk, open_desk
from asn_desk.errors import DeskError
from tests.accounts_office import NAMES, PASSWORD, SECOND_ADMINISTRATOR, open_accounts
from tests.ui.conftest import Recorder, make_context, texts_of
from ui.settings.trail import TrailSection
from ui.settings.users import UsersSection
from ui.settings.users_dialogs import LockTimeDialog, NewUserDialog, RightsDialog, TurnOnDialog
from ui.shared.bridge import Bridge
from ui.shared.dialogs import MessageDialog
from ui.shared.page import PageContext
from ui.shared.theme.theme import Theme

ADMIN, OPERATOR, VERIFIER = NAMES[Role.ADMINISTRATOR], NAMES[Role.OPERATOR], NAMES[Role.VERIFIKATOR]
D = TypeVar("D", bound=QDialog)


@pytest.fixture(scope="module")
def prepared(migrated_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of an office with accounts; copied, never opened, by the tests."""
    root = tmp_path_factory.mktemp("users") / "data"
    shutil.copytree(migrated_folder, root)
    desk = open_desk(root)
    desk.write(open_accounts)
    desk.close()
    return root


@pytest.fixture
def office(prepared: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk of that office; the administrator is signed in."""
    shutil.copytree(prepared, tmp_path / "kantor")
    desk = open_desk(tmp_path / "kantor")
    desk.sign_in(ADMIN, PASSWORD)
    yield desk
    desk.close()


def context_of(desk: Desk, theme: Theme, recorder: Recorder, folder: Path) -> PageContext:
    made = make_context(Bridge(desk, inline=True), theme, recorder, folder)
    rights = None if desk.viewer is None else desk.viewer.rights
    return replace(made, may=lambda action: rights is None or action in rights)


def shown(section: Any, qtbot: QtBot) -> Any:
    """Show a section and let it hear of every write, as the settings page does."""
    section.context.bridge.changed.connect(lambda _topics: section.reload())
    section.resize(860, 640)
    section.reload()
    section.show()
    return section


@pytest.fixture
def holder(qtbot: QtBot) -> Iterator[list[QWidget]]:
    """Sections put here are closed with their dialogs."""
    held: list[Any] = []
    yield held
    for section in held:
        for dialog in section.findChildren(QDialog):
            QDialog.reject(dialog)
        section.context.bridge.close()
        section.close()
        section.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def section(
    office: Desk, theme: Theme, recorder: Recorder, tmp_path: Path, qtbot: QtBot, holder: list[QWidget]
) -> UsersSection:
    """The users of the office, as the administrator sees them."""
    made = UsersSection(context_of(office, theme, recorder, tmp_path))
    holder.append(made)
    shown(made, qtbot)
    return made


def dialog(section: QWidget, kind: type[D]) -> D:
    (found,) = [one for one in section.findChildren(kind) if one.isVisible()]
    return found


def select(section: Any, name: str) -> None:
    section.table.select_id(next(row.id for row in section.model.rows if row.name == name))


def row_of(section: Any, name: str) -> queries.UserRow:
    return next(row for row in section.model.rows if row.name == name)


def test_accounts_are_switched_on_after_saying_what_changes(
    desk: Desk, theme: Theme, recorder: Recorder, tmp_path: Path, qtbot: QtBot, holder: list[QWidget]
) -> None:
    desk.write(lambda s: service.add_user(s, "Ratna Wulandari"))
    made = shown(UsersSection(context_of(desk, theme, recorder, tmp_path)), qtbot)
    holder.append(made)
    assert made.off.isVisible()
    assert not made.approvals.isVisible()
    made._turn_on()
    asked = dialog(made, TurnOnDialog)
    assert any("administrator pertama" in text for text in texts_of(asked))
    for key, word in (("new", "pendek"), ("again", "pendek")):
        asked.form.put(key, word)
    asked.confirm_button.click()
    assert any("paling sedikit" in text for text in texts_of(asked))
    for key in ("new", "again"):
        asked.form.put(key, PASSWORD)
    asked.confirm_button.click()
    assert desk.accounts_on()
    assert not made.off.isVisible()


def test_who_does_not_manage_users_reads_one_line_about_it(
    office: Desk, theme: Theme, recorder: Recorder, tmp_path: Path, qtbot: QtBot, holder: list[QWidget]
) -> None:
    context = replace(context_of(office, theme, recorder, tmp_path), may=lambda _action: False)
    made = UsersSection(context)
    holder.append(made)
    shown(made, qtbot)
    assert made.not_yours.isVisible()
    assert made.not_yours.height() < 80


def test_a_new_user_gets_a_role(section: UsersSection, office: Desk) -> None:
    section.add_button.click()
    asked = dialog(section, NewUserDialog)
    asked.form.put("name", "Sinta Dewi")
    asked.form.put("role", Role.VERIFIKATOR)
    asked.confirm_button.click()
    assert row_of(section, "Sinta Dewi").role is Role.VERIFIKATOR


def test_role_and_extra_rights_are_changed_together(section: UsersSection, office: Desk) -> None:
    select(section, OPERATOR)
    section.rights_button.click()
    asked = dialog(section, RightsDialog)
    assert asked.form.values()[Action.SEE_LETTERS.value] is True
    assert not asked.form.field(Action.SEE_LETTERS.value).isEnabled()
    asked.form.put("role", Role.PIMPINAN)
    assert asked.form.field(Action.SEE_LETTERS.value).isEnabled()
    asked.form.put(Action.EXPORT.value, True)
    asked.confirm_button.click()
    row = row_of(section, OPERATOR)
    assert (row.role, row.grants) == (Role.PIMPINAN, {Action.EXPORT})


def test_a_temporary_password_is_shown_once_and_works(section: UsersSection, office: Desk) -> None:
    select(section, OPERATOR)
    section.reset_button.click()
    dialog(section, MessageDialog).accept()
    told = dialog(section, MessageDialog).text_label.text()
    word = told.split("\n")[2]
    assert row_of(section, OPERATOR).must_change
    assert office.sign_in(OPERATOR, word).must_change


def test_to_shut_a_user_out_asks_for_a_second_person(section: UsersSection, office: Desk) -> None:
    refused: list[DeskError] = []
    section.context.bridge.refused.connect(refused.append)
    select(section, OPERATOR)
    section.toggle_button.click()
    assert refused[0].code == "needs_second_person"
    section.reload()
    (waiting,) = section.approvals.model.rows
    assert waiting.own
    section.approvals.table.select_id(waiting.id)
    assert not section.approvals.approve_button.isEnabled()
    assert section.approvals.refuse_button.text() == "&Batalkan permintaan"
    office.sign_in(SECOND_ADMINISTRATOR, PASSWORD)
    section.reload()
    section.approvals.table.select_id(waiting.id)
    section.approvals.approve_button.click()
    assert section.approvals.model.rows == []
    office.sign_in(ADMIN, PASSWORD)
    select(section, OPERATOR)
    section.toggle_button.click()
    assert not row_of(section, OPERATOR).active
    assert section.toggle_button.text() == "&Aktifkan"


def test_a_request_is_refused(section: UsersSection, office: Desk) -> None:
    office.sign_in(VERIFIER, PASSWORD)
    with pytest.raises(DeskError):
        office.write(lambda s: approvals.consent(s, Act.VOID_NUMBER, "register_entries:12", "Salah ketik"))
    office.sign_in(ADMIN, PASSWORD)
    section.reload()
    section.approvals.table.select_first()
    section.approvals.refuse_button.click()
    assert section.approvals.model.rows == []


def test_the_time_to_the_lock_is_set(section: UsersSection, office: Desk) -> None:
    section.lock_button.click()
    asked = dialog(section, LockTimeDialog)
    asked.form.put("minutes", 25)
    asked.confirm_button.click()
    assert office.read(queries.accounts_view).lock_minutes == 25


def test_who_does_not_manage_users_sees_the_requests_only(
    office: Desk, theme: Theme, recorder: Recorder, tmp_path: Path, qtbot: QtBot, holder: list[QWidget]
) -> None:
    office.sign_in(VERIFIER, PASSWORD)
    made = shown(UsersSection(context_of(office, theme, recorder, tmp_path)), qtbot)
    holder.append(made)
    assert made.not_yours.isVisible()
    assert not made.table.isVisible()
    assert not made.add_button.isVisible()
    assert made.approvals.isVisible()


def test_the_trail_is_shown_filtered_and_saved(
    office: Desk, theme: Theme, recorder: Recorder, tmp_path: Path, qtbot: QtBot, holder: list[QWidget]
) -> None:
    made = shown(TrailSection(context_of(office, theme, recorder, tmp_path)), qtbot)
    holder.append(made)
    everything = made.model.rowCount()
    assert everything > 6
    made.verb.set_value("signed_in")
    made._apply()
    assert made.model.rowCount() == 1
    assert made.model.row_at(0).user == ADMIN
    assert made.count.text() == "1 catatan"
    made._write(tmp_path / "jejak.xlsx")
    assert recorder.toasts == ["1 catatan disimpan."]
    made.verb.set_value("")
    made.search.setText("Pengguna 1")
    made.day.set_value(datetime.now(UTC).astimezone().date())
    wanted = made.wanted()
    assert (wanted.subject, wanted.first) == ("users:1", datetime.now(UTC).astimezone().date())
    made.search.clear()
    made.search._tell()


def test_an_office_with_one_administrator_is_told_to_make_a_second_one(section: UsersSection, office: Desk) -> None:
    assert not section.alone.isVisible()
    row = office.read(lambda session: queries.user_named(session, SECOND_ADMINISTRATOR))
    assert row is not None
    office.maintain(lambda session: service.set_role(session, row.id, Role.OPERATOR, row.version))
    section.reload()
    assert section.alone.isVisible()


def test_an_approved_request_is_shown_with_its_end_until_it_is_used(section: UsersSection, office: Desk) -> None:
    with pytest.raises(DeskError) as caught:
        office.write(lambda session: approvals.consent(session, Act.VOID_NUMBER, "register_entries:12"))
    office.sign_in(SECOND_ADMINISTRATOR, PASSWORD)
    office.write(lambda session: approvals.approve(session, caught.value.request_id))  # type: ignore[attr-defined]
    office.sign_in(ADMIN, PASSWORD)
    section.reload()
    panel = section.approvals
    (row,) = panel.model.rows
    assert row.until is not None
    panel.table.select_id(row.id)
    assert not panel.refuse_button.isEnabled()
    assert f"{approvals.CONSENT_DAYS} hari" in " ".join(texts_of(panel))
    office.write(lambda session: approvals.consent(session, Act.VOID_NUMBER, "register_entries:12"))
    section.reload()
    assert panel.model.rows == []

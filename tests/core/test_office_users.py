"""The office's operators."""

from __future__ import annotations

import pytest

from asn_desk.accounts.queries import users
from asn_desk.accounts.rights import allowed, require
from asn_desk.accounts.service import add_user, rename_user, set_active
from asn_desk.accounts.terms import RIGHTS, Action, Role
from asn_desk.desk import Desk
from asn_desk.errors import DeskError, StaleRecord


def test_users_are_listed_by_name(desk: Desk) -> None:
    for name in ("Ratna Wulandari", "Agus  Salim "):
        desk.write(lambda session, name=name: add_user(session, name))
    assert [row.name for row in desk.read(users)] == ["Agus Salim", "Ratna Wulandari"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "ratna wulandari"])
def test_empty_long_and_taken_names_are_refused(desk: Desk, name: str) -> None:
    desk.write(lambda session: add_user(session, "Ratna Wulandari"))
    with pytest.raises(DeskError) as caught:
        desk.write(lambda session: add_user(session, name))
    assert set(caught.value.fields) == {"name"}


def test_a_user_may_be_renamed_even_in_letter_case_only(desk: Desk) -> None:
    user_id = desk.write(lambda session: add_user(session, "ratna")).value
    desk.write(lambda session: rename_user(session, user_id, "Ratna", 1))
    assert [row.name for row in desk.read(users)] == ["Ratna"]
    with pytest.raises(StaleRecord):
        desk.write(lambda session: rename_user(session, user_id, "Lain", 1))


def test_the_last_active_user_stays(desk: Desk) -> None:
    first = desk.write(lambda session: add_user(session, "Ratna")).value
    with pytest.raises(DeskError, match="terakhir"):
        desk.write(lambda session: set_active(session, first, active=False, version=1))
    desk.write(lambda session: add_user(session, "Agus"))
    desk.write(lambda session: set_active(session, first, active=False, version=1))
    assert [row.name for row in desk.read(lambda session: users(session, active_only=True))] == ["Agus"]


def test_an_office_without_accounts_allows_everything(desk: Desk) -> None:
    assert desk.read(lambda session: all(allowed(session, action) for action in Action))


def test_a_signed_in_user_may_what_the_role_gives(desk: Desk) -> None:
    desk.rights = frozenset(RIGHTS[Role.AUDITOR])
    desk.read(lambda session: require(session, Action.SEE_TRAIL))
    with pytest.raises(DeskError, match="tidak berhak"):
        desk.read(lambda session: require(session, Action.ISSUE_LETTERS))

"""The office's operators."""

from __future__ import annotations

import pytest

from asn_desk.accounts.queries import user_named, users
from asn_desk.accounts.service import Action, add_user, may, rename_user, set_active
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


def test_active_users_may_everything_and_others_nothing(desk: Desk) -> None:
    first = desk.write(lambda session: (add_user(session, "Agus"), add_user(session, "Ratna"))[1]).value
    ratna = desk.read(lambda session: user_named(session, "Ratna"))
    assert all(may(ratna, action) for action in Action)
    desk.write(lambda session: set_active(session, first, active=False, version=1))
    gone = desk.read(lambda session: user_named(session, "Ratna"))
    assert not any(may(gone, action) for action in Action)
    assert not may(None, Action.ISSUE_LETTERS)

"""Two-person acts: asked for, agreed to by another, used once; alone only where nobody else could agree."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from asn_desk.accounts import approvals, queries, service
from asn_desk.accounts.approvals import NeedsSecondPerson
from asn_desk.accounts.terms import Act, Role
from asn_desk.desk import Desk, open_desk
from asn_desk.errors import DeskError
from tests.accounts_office import NAMES, PASSWORD, SECOND_ADMINISTRATOR, open_accounts

ADMIN, OPERATOR, VERIFIER = NAMES[Role.ADMINISTRATOR], NAMES[Role.OPERATOR], NAMES[Role.VERIFIKATOR]
SUBJECT = "register_entries:12"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def prepared(migrated_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of an office with accounts; copied, never opened, by the tests."""
    root = tmp_path_factory.mktemp("approvals") / "data"
    shutil.copytree(migrated_folder, root)
    desk = open_desk(root)
    desk.write(open_accounts)
    desk.close()
    return root


@pytest.fixture
def office(prepared: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk of that office, at which a verifier sits."""
    shutil.copytree(prepared, tmp_path / "data")
    desk = open_desk(tmp_path / "data")
    desk.sign_in(VERIFIER, PASSWORD)
    yield desk
    desk.close()


def void(desk: Desk, subject: str = SUBJECT) -> approvals.Consent:
    return desk.write(lambda s: approvals.consent(s, Act.VOID_NUMBER, subject, "salah ketik")).value


def asked(desk: Desk) -> int:
    with pytest.raises(NeedsSecondPerson) as caught:
        void(desk)
    assert caught.value.code == "needs_second_person"
    assert caught.value.request_id is not None
    assert f"nomor {caught.value.request_id}" in caught.value.sentence
    return caught.value.request_id


def trail(desk: Desk, action: str) -> list[tuple[str, str, str]]:
    with closing(sqlite3.connect(desk.paths.database)) as database:
        return database.execute(
            "SELECT actor, subject, after FROM audit_entries WHERE action = ? ORDER BY seq", (action,)
        ).fetchall()


def row_of(desk: Desk, name: str) -> queries.UserRow:
    return desk.maintain(lambda s: queries.user_named(s, name)).value  # type: ignore[return-value]


def test_an_act_waits_for_a_second_person_and_is_then_done_once(office: Desk) -> None:
    request = asked(office)
    assert asked(office) == request  # asking again files no second request
    office.sign_in(ADMIN, PASSWORD)
    assert [row.decidable for row in office.read(approvals.pending)] == [True]
    office.write(lambda s: approvals.approve(s, request))
    office.sign_in(VERIFIER, PASSWORD)
    assert void(office) == approvals.Consent(alone=False, request_id=request)
    assert asked(office) != request


def test_an_approval_holds_for_its_own_record_only(office: Desk) -> None:
    request = asked(office)
    office.sign_in(ADMIN, PASSWORD)
    office.write(lambda s: approvals.approve(s, request))
    with pytest.raises(NeedsSecondPerson):
        void(office, "register_entries:13")


def test_nobody_agrees_to_the_own_request(office: Desk) -> None:
    request = asked(office)
    with pytest.raises(DeskError) as caught:
        office.write(lambda s: approvals.approve(s, request))
    assert caught.value.code == "own_request"
    own = office.read(approvals.pending)
    assert [(row.own, row.decidable) for row in own] == [(True, False)]


def test_who_lacks_the_right_neither_sees_nor_decides_requests(office: Desk) -> None:
    request = asked(office)
    office.sign_in(OPERATOR, PASSWORD)
    assert office.read(approvals.pending) == []
    for decide in (approvals.approve, approvals.refuse):
        with pytest.raises(DeskError, match="tidak berhak"):
            office.write(lambda s, decide=decide: decide(s, request))


def test_a_refused_request_helps_nobody(office: Desk) -> None:
    request = asked(office)
    office.sign_in(ADMIN, PASSWORD)
    office.write(lambda s: approvals.refuse(s, request))
    with pytest.raises(DeskError) as caught:
        office.write(lambda s: approvals.approve(s, request))
    assert caught.value.code == "approval_missing"
    office.sign_in(VERIFIER, PASSWORD)
    assert asked(office) != request


class FixedClock:
    """Stands on one moment."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.date()


@pytest.mark.parametrize(("days", "holds"), [(6.9, True), (7.1, False)])
def test_an_approval_that_is_not_used_ends_after_seven_days(office: Desk, days: float, *, holds: bool) -> None:
    office.clock = FixedClock(NOON)
    request = asked(office)
    office.sign_in(ADMIN, PASSWORD)
    office.write(lambda s: approvals.approve(s, request))
    office.sign_in(VERIFIER, PASSWORD)
    (row,) = office.read(approvals.listed)
    assert (row.id, row.until) == (request, NOON + timedelta(days=approvals.CONSENT_DAYS))
    office.clock = FixedClock(NOON + timedelta(days=days))
    assert [row.id for row in office.read(approvals.ready)] == ([request] if holds else [])
    if holds:
        assert void(office).request_id == request
    else:
        assert asked(office) != request


def test_the_sentence_says_how_long_an_approval_holds(office: Desk) -> None:
    with pytest.raises(NeedsSecondPerson, match=f"dalam {approvals.CONSENT_DAYS} hari"):
        void(office)


def test_an_act_that_fails_afterwards_keeps_its_approval(office: Desk) -> None:
    request = asked(office)
    office.sign_in(ADMIN, PASSWORD)
    office.write(lambda s: approvals.approve(s, request))
    office.sign_in(VERIFIER, PASSWORD)

    def fails(session: object) -> None:
        approvals.consent(session, Act.VOID_NUMBER, SUBJECT)  # type: ignore[arg-type]
        raise DeskError("x", "Gagal.")

    with pytest.raises(DeskError):
        office.write(fails)
    assert void(office).request_id == request


def test_without_accounts_the_act_is_done_and_recorded_as_one_persons(desk: Desk) -> None:
    assert void(desk).alone
    ((actor, subject, after),) = trail(desk, "approvals:done_alone")
    assert (actor, subject) == ("Ratna Wulandari", SUBJECT)
    assert '"persons": 1' in after


def test_with_a_single_user_the_act_is_done_and_recorded_as_one_persons(desk: Desk) -> None:
    only = desk.write(lambda s: service.add_user(s, "Ratna")).value
    desk.write(lambda s: service.add_user(s, "Agus"))  # without a password nobody can agree
    desk.write(lambda s: service.turn_on(s, only, PASSWORD, 1))
    desk.sign_in("Ratna", PASSWORD)
    assert void(desk).alone
    assert [actor for actor, _, _ in trail(desk, "approvals:done_alone")] == ["Ratna"]


@pytest.mark.parametrize(
    "act",
    [
        lambda s, row: service.set_active(s, row.id, active=False, version=row.version),
        lambda s, row: service.delete_user(s, row.id, row.version),
    ],
    ids=["deactivate", "delete"],
)
def test_to_shut_a_user_out_takes_two_administrators(office: Desk, act: object) -> None:
    office.sign_in(ADMIN, PASSWORD)
    row = row_of(office, OPERATOR)
    with pytest.raises(NeedsSecondPerson) as caught:
        office.write(lambda s: act(s, row))  # type: ignore[operator]
    assert office.write(queries.users).value[0].active
    office.sign_in(SECOND_ADMINISTRATOR, PASSWORD)
    office.write(lambda s: approvals.approve(s, caught.value.request_id or 0))
    office.sign_in(ADMIN, PASSWORD)
    office.write(lambda s: act(s, row))  # type: ignore[operator]
    with pytest.raises(DeskError):
        office.sign_in(OPERATOR, PASSWORD)


def test_of_two_administrators_one_may_lower_the_other_and_it_reads_as_one_persons_act(office: Desk) -> None:
    office.sign_in(ADMIN, PASSWORD)
    row = row_of(office, SECOND_ADMINISTRATOR)
    office.write(lambda s: service.set_role(s, row.id, Role.AUDITOR, row.version))
    assert [subject for _, subject, _ in trail(office, "approvals:done_alone")] == [f"users:{row.id}"]


def test_a_restore_takes_two_administrators_and_ends_the_sign_in(office: Desk) -> None:
    office.sign_in(ADMIN, PASSWORD)
    made = office.backup()
    with pytest.raises(NeedsSecondPerson) as caught:
        office.restore(made.path)
    office.sign_in(SECOND_ADMINISTRATOR, PASSWORD)
    office.write(lambda s: approvals.approve(s, caught.value.request_id or 0))
    office.sign_in(ADMIN, PASSWORD)
    assert office.restore(made.path) is not None
    assert office.viewer is None
    ((actor, subject, _),) = trail(office, "backup:restored")
    assert (actor, subject.partition(":")[0]) == (ADMIN, "backup")
    office.sign_in(ADMIN, PASSWORD)
    assert office.verify().findings == ()

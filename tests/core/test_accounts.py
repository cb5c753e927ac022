"""Accounts: signing in and out, rights by role, changes that are in force at once, and secrets that stay secret."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from asn_desk.accounts import approvals, passwords, queries, service, sign_in, trail
from asn_desk.accounts.rights import allowed, require
from asn_desk.accounts.terms import ACT_RIGHTS, RIGHTS, Act, Action, Role
from asn_desk.database.trail import audit
from asn_desk.desk import Desk, open_desk
from asn_desk.errors import DeskError, StaleRecord
from tests.accounts_office import NAMES, PASSWORD, SECOND_ADMINISTRATOR, open_accounts

ADMIN, OPERATOR = NAMES[Role.ADMINISTRATOR], NAMES[Role.OPERATOR]


@pytest.fixture(scope="module")
def prepared(migrated_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of an office with accounts; copied, never opened, by the tests."""
    root = tmp_path_factory.mktemp("accounts") / "data"
    shutil.copytree(migrated_folder, root)
    desk = open_desk(root)
    desk.write(open_accounts)
    desk.close()
    return root


class MovingClock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.moment = datetime(2024, 9, 9, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return self.moment.date()


@pytest.fixture
def root(prepared: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    folder = tmp_path / "data"
    shutil.copytree(prepared, folder)
    return folder


@pytest.fixture
def office(root: Path) -> Iterator[Desk]:
    """A desk of that office; nobody is signed in. Its clock stands still."""
    desk = open_desk(root)
    desk.clock = MovingClock()
    yield desk
    desk.close()


def id_of(desk: Desk, name: str) -> int:
    return desk.maintain(lambda s: queries.user_named(s, name).id).value  # type: ignore[union-attr]


def row_of(desk: Desk, name: str) -> queries.UserRow:
    return desk.maintain(lambda s: queries.user_named(s, name)).value  # type: ignore[return-value]


def entries(desk: Desk, action: str) -> list[tuple[str, str]]:
    """Return (actor, subject) of the trail's entries with this action."""
    with closing(sqlite3.connect(desk.paths.database)) as database:
        return database.execute(
            "SELECT actor, subject FROM audit_entries WHERE action = ? ORDER BY seq", (action,)
        ).fetchall()


def test_nobody_signed_in_may_nothing(office: Desk) -> None:
    assert office.accounts_on()
    for ask in (office.read, lambda fn: office.write(fn).value):
        assert not any(ask(lambda s: [allowed(s, action) for action in Action]))


@pytest.mark.parametrize("role", Role)
def test_a_user_may_what_the_role_gives_and_nothing_else(office: Desk, role: Role) -> None:
    viewer = office.sign_in(NAMES[role], PASSWORD)
    assert (viewer.role, viewer.name, office.actor, office.user_id) == (
        role, NAMES[role], NAMES[role], viewer.user_id,
    )  # fmt: skip
    assert {action for action in Action if office.read(lambda s, a=action: allowed(s, a))} == RIGHTS[role]
    assert {action for action in Action if office.write(lambda s, a=action: allowed(s, a)).value} == RIGHTS[role]


def test_the_name_may_be_typed_in_small_letters(office: Desk) -> None:
    assert office.sign_in("ratna  wulandari", PASSWORD).name == ADMIN


@pytest.mark.parametrize(
    ("name", "password"), [(ADMIN, "salah sekali"), ("Tidak Ada", PASSWORD), (ADMIN, ""), (ADMIN, "x" * 5000)]
)
def test_wrong_name_and_wrong_password_read_alike(office: Desk, name: str, password: str) -> None:
    with pytest.raises(DeskError) as caught:
        office.sign_in(name, password)
    assert (caught.value.code, caught.value.sentence) == ("sign_in", sign_in.WRONG)
    assert office.viewer is None


def test_an_unknown_name_costs_the_same_work(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    worked = []
    plain = passwords.hashed
    monkeypatch.setattr(passwords, "hashed", lambda word: worked.append(1) or plain(word))
    with pytest.raises(DeskError):
        office.sign_in("Tidak Ada", PASSWORD)
    assert worked == [1]


def test_sign_in_failures_and_sign_out_are_on_the_trail(office: Desk) -> None:
    with pytest.raises(DeskError):
        office.sign_in(ADMIN, "salah sekali")
    with pytest.raises(DeskError):
        office.sign_in("rahasia saya", PASSWORD)
    office.sign_in(ADMIN, PASSWORD)
    office.sign_out()
    subject = f"users:{id_of(office, ADMIN)}"
    assert entries(office, "users:sign_in_failed") == [("sistem", subject), ("sistem", "users:0")]
    assert entries(office, "users:signed_in") == [(ADMIN, subject)]
    assert entries(office, "users:signed_out") == [(ADMIN, subject)]
    assert office.viewer is None
    assert not office.read(lambda s: allowed(s, Action.SEE_COUNTS))


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (11, 60), (400, 60)]
)
def test_the_delay_grows_with_each_wrong_try(failures: int, minutes: int) -> None:
    assert sign_in.delay_after(failures) == timedelta(minutes=minutes)


def test_after_five_wrong_tries_even_the_right_password_waits(office: Desk) -> None:
    for _ in range(5):
        with pytest.raises(DeskError) as caught:
            office.sign_in(ADMIN, "salah sekali")
    assert caught.value.code == "locked_out"
    with pytest.raises(DeskError, match=r"Coba lagi pukul \d\d\.\d\d"):
        office.sign_in(ADMIN, PASSWORD)
    office.clock.moment += timedelta(seconds=61)
    assert office.sign_in(ADMIN, PASSWORD).name == ADMIN
    with closing(sqlite3.connect(office.paths.database)) as database:
        assert database.execute("SELECT max(failed_tries) FROM user_secrets").fetchone() == (0,)


def test_rights_taken_away_are_gone_in_another_open_program(office: Desk, root: Path) -> None:
    office.sign_in(NAMES[Role.VERIFIKATOR], PASSWORD)
    assert office.read(lambda s: allowed(s, Action.SEE_CANDIDACY))
    with closing(open_desk(root, exclusive=False)) as other:
        other.sign_in(ADMIN, PASSWORD)
        row = row_of(other, NAMES[Role.VERIFIKATOR])
        other.write(lambda s: service.set_role(s, row.id, Role.AUDITOR, row.version))
        assert not office.read(lambda s: allowed(s, Action.SEE_CANDIDACY))
        row = row_of(other, NAMES[Role.VERIFIKATOR])
        other.write(lambda s: service.set_grants(s, row.id, {Action.SEE_CANDIDACY}, row.version))
        assert office.read(lambda s: allowed(s, Action.SEE_CANDIDACY))
    assert office.viewer is not None
    assert office.viewer.role is Role.AUDITOR


def test_an_extra_right_is_added_to_the_roles_own(office: Desk) -> None:
    office.sign_in(ADMIN, PASSWORD)
    row = row_of(office, OPERATOR)
    office.write(lambda s: service.set_grants(s, row.id, [Action.SEE_CANDIDACY, Action.EDIT_CANDIDACY], row.version))
    viewer = office.sign_in(OPERATOR, PASSWORD)
    assert viewer.rights == RIGHTS[Role.OPERATOR] | {Action.SEE_CANDIDACY, Action.EDIT_CANDIDACY}


VERBS: dict[str, tuple[Action, Callable[[Any, queries.UserRow], object]]] = {
    "add_user": (Action.EDIT_USERS, lambda s, row: service.add_user(s, "Sinta Dewi")),
    "rename_user": (Action.EDIT_USERS, lambda s, row: service.rename_user(s, row.id, "Lain", row.version)),
    "set_active": (Action.EDIT_USERS, lambda s, row: service.set_active(s, row.id, active=True, version=row.version)),
    "delete_user": (Action.EDIT_USERS, lambda s, row: service.delete_user(s, row.id, row.version)),
    "set_role": (Action.EDIT_USERS, lambda s, row: service.set_role(s, row.id, Role.PIMPINAN, row.version)),
    "set_grants": (Action.EDIT_USERS, lambda s, row: service.set_grants(s, row.id, (), row.version)),
    "set_password": (Action.EDIT_USERS, lambda s, row: service.set_password(s, row.id, row.version)),
    "turn_on": (Action.EDIT_USERS, lambda s, row: service.turn_on(s, row.id, PASSWORD, row.version)),
    "set_lock_minutes": (Action.EDIT_USERS, lambda s, row: service.set_lock_minutes(s, 5)),
    "users": (Action.EDIT_USERS, lambda s, row: queries.users(s)),
    "user_named": (Action.EDIT_USERS, lambda s, row: queries.user_named(s, OPERATOR)),
    "trail_ids": (Action.SEE_TRAIL, lambda s, row: trail.trail_ids(s, trail.TrailFilter())),
    "trail_rows": (Action.SEE_TRAIL, lambda s, row: trail.trail_rows(s, [1])),
    "trail_users": (Action.SEE_TRAIL, lambda s, row: trail.trail_users(s)),
    "trail_xlsx": (Action.SEE_TRAIL, lambda s, row: trail.trail_xlsx(s, trail.TrailFilter(), Path("/dev/null/x"))),
    **{
        f"{verb.__name__}_{act.name}": (ACT_RIGHTS[act], lambda s, row, verb=verb, act=act: verb(s, act, "x:1", "y"))
        for act in Act
        for verb in (approvals.request, approvals.consent)
    },
}


class WentOn(Exception):
    """Ends a unit of work whose verb was let through, so that nothing of it stays."""


def code_of(desk: Desk, verb: Callable[[Any, queries.UserRow], object], row: queries.UserRow) -> str:
    def run(session: Any) -> None:
        verb(session, row)
        raise WentOn

    try:
        desk.write(run)
    except WentOn:
        return "went on"
    except DeskError as error:
        return error.code
    raise AssertionError("unreachable")


@pytest.mark.parametrize("role", Role)
def test_every_verb_is_refused_without_its_right(office: Desk, role: Role) -> None:
    office.sign_in(NAMES[role], PASSWORD)
    row = row_of(office, OPERATOR)
    codes = {name: code_of(office, verb, row) for name, (_, verb) in VERBS.items()}
    for name, (action, _) in VERBS.items():
        assert (codes[name] == "not_allowed") == (action not in RIGHTS[role]), (name, role, codes[name])
    assert codes["delete_user"] in ("not_allowed", "needs_second_person")


@pytest.mark.parametrize("role", [role for role in Role if Action.BACK_UP not in RIGHTS[role]])
def test_backup_and_restore_need_their_rights(office: Desk, role: Role) -> None:
    made = office.backup(automatic=True)
    office.sign_in(NAMES[role], PASSWORD)
    for forbidden in (office.backup, lambda: office.restore(made.path)):
        with pytest.raises(DeskError, match="tidak berhak"):
            forbidden()


def test_a_reset_password_opens_nothing_but_its_own_change(office: Desk) -> None:
    office.sign_in(ADMIN, PASSWORD)
    row = row_of(office, OPERATOR)
    word = office.write(lambda s: service.set_password(s, row.id, row.version)).value
    with pytest.raises(DeskError):
        office.sign_in(OPERATOR, PASSWORD)
    viewer = office.sign_in(OPERATOR, word)
    assert viewer.must_change
    assert not office.read(lambda s: any(allowed(s, action) for action in Action))
    viewer = office.change_password(word, "sawah hijau membentang")
    assert (viewer.must_change, viewer.rights) == (False, RIGHTS[Role.OPERATOR])
    office.sign_out()
    assert office.sign_in(OPERATOR, "sawah hijau membentang").name == OPERATOR


def test_an_administrator_does_not_reset_the_own_password(office: Desk) -> None:
    office.sign_in(ADMIN, PASSWORD)
    row = row_of(office, ADMIN)
    with pytest.raises(DeskError) as caught:
        office.write(lambda s: service.set_password(s, row.id, row.version))
    assert caught.value.code == "own_password"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("salah sekali", "sawah hijau membentang", "old"),
        (PASSWORD, "pendek", "new"),
        (PASSWORD, PASSWORD, "new"),
        (PASSWORD, "aaaaaaaaaaaa", "new"),
        (PASSWORD, "Agus-Salim", "new"),
        (PASSWORD, "x1y2" * 60, "new"),
    ],
)
def test_a_weak_or_wrongly_proved_password_is_refused(office: Desk, old: str, new: str, field: str) -> None:
    office.sign_in(OPERATOR, PASSWORD)
    with pytest.raises(DeskError) as caught:
        office.change_password(old, new)
    assert set(caught.value.fields) == {field}


def test_accounts_are_switched_on_by_the_first_administrator(desk: Desk) -> None:
    first = desk.write(lambda s: service.add_user(s, "Ratna")).value
    assert not desk.accounts_on()
    with pytest.raises(DeskError):
        desk.write(lambda s: service.turn_on(s, first, "pendek", 1))
    desk.write(lambda s: service.turn_on(s, first, PASSWORD, 1))
    assert desk.accounts_on()
    assert not desk.read(lambda s: allowed(s, Action.SEE_COUNTS))
    assert desk.sign_in("Ratna", PASSWORD).role is Role.ADMINISTRATOR
    view = desk.read(queries.accounts_view)
    assert (view.on, view.names, view.lock_minutes) == (True, ("Ratna",), 10)


@pytest.mark.parametrize(
    "verb",
    [
        lambda s, row: service.set_active(s, row.id, active=False, version=row.version),
        lambda s, row: service.set_role(s, row.id, Role.VERIFIKATOR, row.version),
        lambda s, row: service.delete_user(s, row.id, row.version),
    ],
)
def test_the_last_administrator_stays(desk: Desk, verb: Callable[[Any, Any], None]) -> None:
    first = desk.write(lambda s: service.add_user(s, "Ratna")).value
    desk.write(lambda s: service.add_user(s, "Agus", Role.ADMINISTRATOR))  # an administrator, but without a password
    desk.write(lambda s: service.turn_on(s, first, PASSWORD, 1))
    desk.sign_in("Ratna", PASSWORD)
    row = row_of(desk, "Ratna")
    with pytest.raises(DeskError) as caught:
        desk.write(lambda s: verb(s, row))
    assert caught.value.code == "last_administrator"
    assert desk.accounts_on()


def test_a_stale_edit_of_a_user_is_refused(office: Desk) -> None:
    office.sign_in(ADMIN, PASSWORD)
    row = row_of(office, OPERATOR)
    office.write(lambda s: service.rename_user(s, row.id, "Agus S.", row.version))
    with pytest.raises(StaleRecord):
        office.write(lambda s: service.set_role(s, row.id, Role.AUDITOR, row.version))


def test_no_password_and_no_hash_is_on_the_trail_in_logs_or_settings(
    office: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    office.sign_in(ADMIN, PASSWORD)
    row = row_of(office, OPERATOR)
    word = office.write(lambda s: service.set_password(s, row.id, row.version)).value
    office.sign_in(OPERATOR, word)
    office.change_password(word, "sawah hijau membentang")
    with pytest.raises(DeskError):
        office.sign_in(PASSWORD, word)
    with closing(sqlite3.connect(office.paths.database)) as database:
        told = repr(database.execute("SELECT action, subject, before, after, actor FROM audit_entries").fetchall())
        hashes = [found for (found,) in database.execute("SELECT password_hash FROM user_secrets")]
    others = [file.read_text("utf-8", "replace") for file in office.paths.logs.glob("*")]
    others += [office.paths.settings.read_text("utf-8")] if office.paths.settings.exists() else []
    for secret in (PASSWORD, word, "sawah hijau membentang", *hashes, "argon2"):
        assert secret not in told + caplog.text + "".join(others)


def test_a_viewed_confidential_record_is_on_the_trail_once_in_ten_minutes(office: Desk) -> None:
    office.sign_in(ADMIN, PASSWORD)
    moments = iter([0.0, 0.0, 599.0, 601.0, 601.0, 601.0, 601.0])
    office._views._now = lambda: next(moments)
    for _ in range(3):
        assert office.read(lambda s: audit.viewed(s, "declarations:12") or 7) == 7
    assert entries(office, "declarations:viewed") == [(ADMIN, "declarations:12")] * 2
    office.write(lambda s: audit.viewed(s, "declarations:13"))
    assert entries(office, "declarations:viewed")[-1] == (ADMIN, "declarations:13")
    assert not office.verify().findings


def test_views_of_two_users_are_two_entries(office: Desk) -> None:
    for name in (ADMIN, SECOND_ADMINISTRATOR):
        office.sign_in(name, PASSWORD)
        office.read(lambda s: audit.viewed(s, "declarations:12"))
    assert [actor for actor, _ in entries(office, "declarations:viewed")] == [ADMIN, SECOND_ADMINISTRATOR]


def test_a_view_that_cannot_be_recorded_is_refused(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    office.sign_in(ADMIN, PASSWORD)
    with closing(sqlite3.connect(office.paths.database)) as database:
        database.execute(
            "CREATE TRIGGER full BEFORE INSERT ON audit_entries BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
        )
        with pytest.raises(Exception, match=r"penuh|habis|full"):
            office.read(lambda s: audit.viewed(s, "declarations:12"))
        database.execute("DROP TRIGGER full")
    office.read(lambda s: audit.viewed(s, "declarations:12"))
    assert entries(office, "declarations:viewed") == [(ADMIN, "declarations:12")]


def test_an_office_without_accounts_records_no_views(desk: Desk) -> None:
    desk.read(lambda s: audit.viewed(s, "declarations:12"))
    assert entries(desk, "declarations:viewed") == []


def test_the_programs_own_housekeeping_needs_no_sign_in(office: Desk) -> None:
    office.maintain(lambda s: require(s, Action.EDIT_CANDIDACY))
    office.maintain(lambda s: service.set_lock_minutes(s, 5))
    assert entries(office, "accounts:lock_minutes") == [("sistem", "accounts_state:1")]


@pytest.mark.parametrize("minutes", [0, 121])
def test_the_lock_time_has_limits(office: Desk, minutes: int) -> None:
    office.sign_in(ADMIN, PASSWORD)
    with pytest.raises(DeskError) as caught:
        office.write(lambda s: service.set_lock_minutes(s, minutes))
    assert set(caught.value.fields) == {"minutes"}


def test_temporary_passwords_pass_the_rules_and_differ() -> None:
    drawn = {passwords.temporary() for _ in range(200)}
    assert len(drawn) == 200
    for word in drawn:
        passwords.check(word, "Agus Salim")

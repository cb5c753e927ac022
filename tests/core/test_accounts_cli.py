"""The command line of an office with accounts: who acts is asked, refused without, and stands on the trail."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from asn_desk.accounts.terms import Role
from asn_desk.cli.folders import NEW_PASSWORD_VARIABLE, PASSWORD_VARIABLE
from asn_desk.cli.main import main
from asn_desk.desk import open_desk
from tests.accounts_office import NAMES, PASSWORD, SECOND_ADMINISTRATOR, open_accounts

ADMIN = NAMES[Role.ADMINISTRATOR]


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any, str]:
    """Run the command with --json and return exit code, answer and error channel."""
    code = main([*map(str, words), "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else None, err


@pytest.fixture(scope="module")
def prepared(migrated_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of an office with accounts; copied, never opened, by the tests."""
    root = tmp_path_factory.mktemp("accounts-cli") / "data"
    shutil.copytree(migrated_folder, root)
    desk = open_desk(root)
    desk.write(open_accounts)
    desk.close()
    return root


@pytest.fixture
def root(prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it for one test; the shell knows the password."""
    monkeypatch.setenv(PASSWORD_VARIABLE, PASSWORD)
    monkeypatch.delenv(NEW_PASSWORD_VARIABLE, raising=False)
    folder = tmp_path / "data"
    shutil.copytree(prepared, folder)
    return folder


@pytest.mark.parametrize("words", [("users", "list"), ("trail",), ("backup",), ("import", "tidak-ada.xlsx")])
def test_without_a_name_nothing_is_done(capsys: pytest.CaptureFixture[str], root: Path, words: tuple[str, ...]) -> None:
    code, answer, err = run(capsys, *words, "--data", root)
    assert (code, answer["error"]["code"]) == (1, "sign_in_needed")
    assert "--as NAMA" in err


def test_without_a_terminal_the_password_must_be_in_the_environment(
    capsys: pytest.CaptureFixture[str], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(PASSWORD_VARIABLE)
    code, answer, _ = run(capsys, "users", "list", "--data", root, "--as", ADMIN)
    assert (code, answer["error"]["code"]) == (1, "sign_in_needed")


def test_a_wrong_password_is_refused(
    capsys: pytest.CaptureFixture[str], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSWORD_VARIABLE, "salah sekali")
    assert run(capsys, "users", "list", "--data", root, "--as", ADMIN)[1]["error"]["code"] == "sign_in"


def test_the_users_are_listed_with_their_roles(capsys: pytest.CaptureFixture[str], root: Path) -> None:
    code, answer, _ = run(capsys, "users", "list", "--data", root, "--as", ADMIN)
    assert (code, answer["accounts_on"]) == (0, True)
    assert {(one["name"], one["role"]) for one in answer["users"]} >= {(NAMES[role], role.value) for role in Role}
    assert "argon2" not in json.dumps(answer)


def test_who_lacks_the_right_is_refused(capsys: pytest.CaptureFixture[str], root: Path) -> None:
    for words in (("users", "list"), ("trail",)):
        code, answer, _ = run(capsys, *words, "--data", root, "--as", NAMES[Role.OPERATOR])
        assert (code, answer["error"]["code"]) == (1, "not_allowed")


def test_a_user_is_added_gets_a_role_and_a_temporary_password(
    capsys: pytest.CaptureFixture[str], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = ("--data", root, "--as", ADMIN)
    assert run(capsys, "users", "add", "Sinta Dewi", "--role", "verifikator", *seat)[1]["role"] == "verifikator"
    assert run(capsys, "users", "role", "sinta dewi", "--role", "auditor", *seat)[1]["role"] == "auditor"
    word = run(capsys, "users", "password", "Sinta Dewi", *seat)[1]["temporary_password"]
    monkeypatch.setenv(PASSWORD_VARIABLE, word)
    own = ("--data", root, "--as", "Sinta Dewi")
    assert run(capsys, "trail", *own)[1]["error"]["code"] == "not_allowed"
    monkeypatch.setenv(NEW_PASSWORD_VARIABLE, "sawah hijau membentang")
    assert run(capsys, "users", "password", "Sinta Dewi", *own)[1]["changed"]
    monkeypatch.setenv(PASSWORD_VARIABLE, "sawah hijau membentang")
    assert run(capsys, "trail", *own)[0] == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("users", "role", "Tidak Ada", "--role", "auditor"), "user_missing"),
        (("users", "role", "Agus Salim"), "role_missing"),
        (("users", "add"), "name_missing"),
    ],
)
def test_what_is_missing_is_said(
    capsys: pytest.CaptureFixture[str], root: Path, words: tuple[str, ...], code: str
) -> None:
    assert run(capsys, *words, "--data", root, "--as", ADMIN)[1]["error"]["code"] == code


def test_accounts_are_switched_on_from_the_command_line(
    capsys: pytest.CaptureFixture[str], data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(capsys, "users", "add", "Ratna", "--data", data_folder)[0] == 0
    monkeypatch.setenv(NEW_PASSWORD_VARIABLE, PASSWORD)
    assert run(capsys, "users", "on", "Ratna", "--data", data_folder)[1]["accounts_on"]
    assert run(capsys, "users", "list", "--data", data_folder)[1]["error"]["code"] == "sign_in_needed"


def test_the_trail_is_filtered_by_user_record_and_day(capsys: pytest.CaptureFixture[str], root: Path) -> None:
    seat = ("--data", root, "--as", NAMES[Role.AUDITOR])
    code, answer, _ = run(capsys, "trail", "--user", NAMES[Role.AUDITOR], *seat)
    assert code == 0
    assert {entry["action"] for entry in answer["entries"]} == {"users:signed_in"}
    one = answer["entries"][0]["subject"]
    assert {entry["subject"] for entry in run(capsys, "trail", "--subject", one, *seat)[1]["entries"]} == {one}
    assert run(capsys, "trail", "--day", "2001-01-01", *seat)[1] == {"total": 0, "entries": []}
    assert len(run(capsys, "trail", "--limit", 2, *seat)[1]["entries"]) == 2


def test_a_restore_asks_for_the_second_administrator(capsys: pytest.CaptureFixture[str], root: Path) -> None:
    seat = ("--data", root, "--as", ADMIN)
    made = run(capsys, "backup", *seat)[1]["path"]
    code, answer, err = run(capsys, "restore", made, *seat)
    assert (code, answer["error"]["code"]) == (1, "needs_second_person")
    assert "orang kedua" in err
    desk = open_desk(root)
    desk.sign_in(SECOND_ADMINISTRATOR, PASSWORD)
    from asn_desk.accounts import approvals

    (waiting,) = desk.read(approvals.pending)
    desk.write(lambda session: approvals.approve(session, waiting.id))
    desk.close()
    assert run(capsys, "restore", made, *seat)[0] == 0


def test_a_damaged_database_is_restored_without_a_sign_in(capsys: pytest.CaptureFixture[str], root: Path) -> None:
    made = run(capsys, "backup", "--data", root, "--as", ADMIN)[1]["path"]
    (root / "asn_desk.db").write_bytes(b"bukan basis data" * 1000)
    assert run(capsys, "restore", made, "--data", root)[0] == 0
    assert run(capsys, "users", "list", "--data", root, "--as", ADMIN)[0] == 0

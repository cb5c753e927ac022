"""The table of rights: no function is forgotten, and every role is refused or answered as the table says."""

from __future__ import annotations

import inspect
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NoReturn

import pytest

from asn_desk.accounts.terms import RIGHTS, Action, Role
from asn_desk.desk import Desk, open_desk
from asn_desk.errors import DeskError
from tests.accounts_office import NAMES, PASSWORD, open_accounts
from tests.rights_table import DESK, PAGE, Line, discovered, entries, page, table

NOBODY = "nobody signed in"
SEATS = (*Role, NOBODY)
EVERYTHING = frozenset[str](Action)
ASKED = sorted(line.name for line in table().values() if line.kind == "needs" and line.name in discovered())
NEED_ACCOUNTS = "accounts.recovery_acts."  # acts of a signed-in administrator; an office without accounts has none
ONLY_DENIED = {"desk.restore", "desk.verify"}  # what they do for who may is looked at in tests/database


class Untouched:
    """An argument that nobody may look at before the right was asked for."""

    def _refuse(self, *_arguments: object) -> NoReturn:
        raise AssertionError("an argument was looked at before the right was asked for")

    __getattr__ = __iter__ = __len__ = __bool__ = __eq__ = __hash__ = __call__ = __getitem__ = __fspath__ = _refuse


@pytest.fixture(scope="module")
def seats(migrated_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Desk]]:
    """A desk for each role on one office with accounts, each with its user signed in; at one nobody is."""
    root = tmp_path_factory.mktemp("rights") / "data"
    shutil.copytree(migrated_folder, root)
    with ExitStack() as stack:
        desks = {}
        for seat in SEATS:
            desk = open_desk(root, exclusive=False)
            stack.callback(desk.close)
            desks[str(seat)] = desk
        desks[NOBODY].maintain(open_accounts)
        for role in Role:
            desks[role].sign_in(NAMES[role], PASSWORD)
        yield desks


@pytest.fixture(scope="module")
def granted(migrated_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk of an office without accounts, to which a test gives the rights that it wants."""
    root = tmp_path_factory.mktemp("granted") / "data"
    shutil.copytree(migrated_folder, root)
    desk = open_desk(root)
    yield desk
    desk.close()


def called(name: str, desk: Desk) -> str:
    """Call a function with arguments that may not be looked at; return the refusal's code, or "answered"."""
    function = discovered()[name]
    first, *others = inspect.signature(function).parameters.values()
    empty, varied = inspect.Parameter.empty, (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    wanted = [one for one in others if one.default is empty and one.kind not in varied]
    positional = [Untouched() for one in wanted if one.kind is not inspect.Parameter.KEYWORD_ONLY]
    named = {one.name: Untouched() for one in wanted if one.kind is inspect.Parameter.KEYWORD_ONLY}

    def work(given: Any) -> None:
        answer = function(given, *positional, **named)
        if isinstance(answer, Iterator):
            next(answer, None)

    if name.startswith(f"{DESK}.") or first.name != "session":
        return _code(lambda: work(desk))
    return _code(lambda: desk.read(work))


def _code(call: Callable[[], object]) -> str:
    try:
        call()
    except DeskError as error:
        return error.code
    except Exception as error:  # every further step may fail with such arguments: only the refusal counts
        return type(error).__name__
    return "answered"


def refused(code: str) -> bool:
    """Return whether a right was missing; the acts around encryption say it in their own words to who has not signed in."""
    return code in ("not_allowed", "accounts_needed")


def test_every_function_has_a_line_and_every_line_a_function() -> None:
    lines = {name for name in table() if not name.startswith("cli.")}
    assert {"without a line": sorted(discovered().keys() - lines), "without a function": sorted(lines - discovered().keys())} == {
        "without a line": [], "without a function": [],
    }  # fmt: skip


def test_nothing_that_the_window_or_the_command_line_calls_is_an_inner_function() -> None:
    called_inside = {
        name: files for name, files in entries().items() if name in table() and table()[name].kind == "inner"
    }
    assert called_inside == {}


def test_the_window_and_the_command_line_are_looked_through() -> None:
    known = entries()
    assert "ui/employees/page.py" in known["employees.queries.counts"]
    assert any(file.startswith("asn_desk/cli/") for file in known["candidacy.weekly.weekly_list"])
    assert "circulars.publishing.close" in known, "found although it is handed on by circulars.service"
    assert "desk.set_backup_plan" in known


def test_every_exception_says_why() -> None:
    assert [line.name for line in table().values() if not line.why and (line.kind != "needs" or line.masked)] == []


@pytest.mark.parametrize("name", ASKED)
def test_each_role_is_answered_or_refused_as_the_table_says(name: str, seats: dict[str, Desk]) -> None:
    line, wrong = table()[name], {}
    for seat, desk in seats.items():
        may = line.allows(RIGHTS[Role(seat)] if seat != NOBODY else frozenset())
        if may and name in ONLY_DENIED:
            continue
        code = called(name, desk)
        if refused(code) == may:
            wrong[seat] = code
    assert wrong == {}


@pytest.mark.parametrize("name", [name for name in ASKED if not name.startswith(NEED_ACCOUNTS)])
def test_each_right_of_a_line_is_needed_and_they_are_enough(name: str, granted: Desk) -> None:
    line = table()[name]
    granted.rights = EVERYTHING
    for way in line.needs or ():
        granted.rights = EVERYTHING - way
        assert refused(called(name, granted)), f"answers without {sorted(way)}"
    for rights in _just_enough(line):
        granted.rights = rights
        assert name in ONLY_DENIED or not refused(called(name, granted)), f"refuses who has {sorted(rights)}"


def _just_enough(line: Line) -> Iterator[frozenset[str]]:
    """Yield sets of rights with one right for each thing that is asked for, every alternative once."""
    ways = [sorted(way) for way in line.needs or ()]
    for turn in range(max((len(way) for way in ways), default=0)):
        yield frozenset(way[turn % len(way)] for way in ways)


def test_page_for_administrators_is_current_and_shown() -> None:
    print(page())
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m tests.rights_table"

"""Stand-ins for the core, for tests of the window's shared pieces."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class FakeOutcome:
    """What FakeDesk.write returns."""

    value: Any
    topics: frozenset[str]


@dataclass
class FakeSession:
    """Passed to the functions; `touched` becomes the outcome's topics."""

    touched: set[str] = field(default_factory=set)


class FakeDesk:
    """Runs functions on a FakeSession, in the calling thread, and counts."""

    practice = locked = encrypted = False

    def __init__(self) -> None:
        self.reads = 0
        self.writes = 0

    def read(self, fn: Callable[[Any], Any]) -> Any:
        self.reads += 1
        return fn(FakeSession())

    def write(self, fn: Callable[[Any], Any]) -> FakeOutcome:
        self.writes += 1
        session = FakeSession()
        value = fn(session)
        return FakeOutcome(value, frozenset(session.touched))


@dataclass(frozen=True)
class FakeRow:
    """A row of FakeSource."""

    id: int
    name: str
    nip: str = "198001012005011001"


@dataclass
class FakeSource:
    """`count` invented people; remembers which ids were asked for."""

    count: int
    asked: list[list[int]] = field(default_factory=list)

    def ids(self, session: Any) -> Sequence[int]:
        return range(1, self.count + 1)

    def rows(self, session: Any, ids: Sequence[int]) -> list[FakeRow]:
        self.asked.append(list(ids))
        return [FakeRow(number, f"Pegawai {number}") for number in ids]

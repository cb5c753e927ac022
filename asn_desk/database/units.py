"""What long work, such as a batch or a folder of scans, needs of the desk it runs on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlalchemy.orm import Session

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Written(Protocol[T_co]):
    """What a unit of work returned."""

    @property
    def value(self) -> T_co:
        """Return the function's own result."""


class Units(Protocol):
    """Whatever runs units of work: a Desk."""

    def read(self, fn: Callable[[Session], T]) -> T:
        """Run fn without storing anything."""

    def write(self, fn: Callable[[Session], T]) -> Written[T]:
        """Run fn in one transaction."""

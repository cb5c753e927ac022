"""Units of work side by side, or one act alone: a restore replaces the files under everybody's feet."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """Counts who is inside; whoever must be alone waits until the rest has left and keeps newcomers out meanwhile."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._taken = False

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Work beside others. A unit of work may hold another one (a read inside a write)."""
        with self._changed:
            self._changed.wait_for(lambda: not self._taken)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Work with nobody else inside; never called from inside `shared`."""
        with self._changed:
            # those who wait do not keep newcomers out, else a read inside a running write could never begin
            self._changed.wait_for(lambda: not self._taken and self._inside == 0)
            self._taken = True
        try:
            yield
        finally:
            with self._changed:
                self._taken = False
                self._changed.notify_all()

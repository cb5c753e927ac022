"""Keeps Python's search for reference cycles from holding up the window while an import has very many values in memory.

Each full search looks at every row of the files read and stops all threads meanwhile: 0.1 s for 6,500 people.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_lock = Lock()
_working = 0


@contextmanager
def steady() -> Iterator[None]:
    """Do bulk work without such searches; what it made is left out of later ones until `release`. For worker threads."""
    global _working  # noqa: PLW0603 - the switch is the process's own
    with _lock:
        _working += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _working -= 1
            if not _working:
                gc.freeze()
                gc.enable()


def release() -> None:
    """Let everything be searched again; called when the import's values are no longer needed."""
    gc.unfreeze()

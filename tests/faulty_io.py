"""A disk that begins to fail at a chosen call: whatever was confirmed stays, and every trouble is told in a sentence.

Run as `python -m tests.faulty_io BASE WORK POINTS` with LD_PRELOAD set to the compiled tests/faulty_io.c; tests/database/test_io_errors.py
does that. BASE is a closed data folder; each point works in a copy of it.
"""

from __future__ import annotations

import ctypes
import errno
import json
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from asn_desk.database import files
from asn_desk.desk import Desk, open_desk
from asn_desk.errors import EnvironmentProblem
from asn_desk.office.model import Unit
from tests.factories import add_unit

ERRORS = (errno.EIO, errno.ENOSPC, errno.EROFS)


@dataclass
class Result:
    """What all points together saw; `failures` must stay empty."""

    points: int = 0
    hit: int = 0
    confirmed: int = 0
    told: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


class FaultyDisk:
    """The switch inside the preloaded library."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)

    def fail(self, folder: Path, after: int, error: int) -> None:
        """Let every writing call under the folder fail after so many more."""
        self._library.faulty_io_set(str(folder).encode(), ctypes.c_long(after), error)

    def heal(self) -> int:
        """Let the disk work again, and return how many calls had failed."""
        met = int(self._library.faulty_io_met())
        self._library.faulty_io_set(b"", ctypes.c_long(-1), 0)
        return met


def one_point(disk: FaultyDisk, root: Path, after: int, error: int, result: Result) -> None:
    """Work on a disk that fails from one call on, then look on a sound one."""
    desk = open_desk(root)
    done: list[str] = []
    acts: list[Callable[[], object]] = [
        *(lambda number=number: _unit(desk, f"Dinas {number}", done) for number in range(3)),
        lambda: desk.write(lambda session: files.store(session, b"surat " * 900, files.PDF)),
        desk.backup,
        lambda: _unit(desk, "Dinas Akhir", done),
    ]
    disk.fail(root, after, error)
    for act in acts:
        try:
            act()
        except EnvironmentProblem as problem:
            result.told[problem.code] += 1
            if not problem.sentence.strip():
                result.failures.append(f"point {after}: no sentence for {problem.code}")
        except Exception as bug:
            result.failures.append(f"point {after}: {bug!r:.200}")
    result.hit += disk.heal() > 0
    desk.close()
    result.confirmed += len(done)
    result.failures += [f"point {after}: {found}" for found in _looked_at(root, done)]


def _unit(desk: Desk, name: str, done: list[str]) -> None:
    desk.write(lambda session: add_unit(session, name).id)
    done.append(name)


def _looked_at(root: Path, done: list[str]) -> list[str]:
    desk = open_desk(root)
    try:
        there = set(desk.read(lambda session: session.scalars(select(Unit.name)).all()))
        lost = [f"confirmed but gone: {name}" for name in done if name not in there]
        return [*lost, *(finding.sentence for finding in desk.verify().findings)]
    finally:
        desk.close()


def main(base: Path, work: Path, points: int) -> Result:
    """Try every point and return what was seen."""
    disk, result = FaultyDisk(), Result(points=points)
    for point in range(points):
        root = work / f"titik-{point}"
        shutil.copytree(base, root)
        one_point(disk, root, point, ERRORS[point % len(ERRORS)], result)
        shutil.rmtree(root)
    return result


if __name__ == "__main__":
    print(json.dumps(vars(main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))))

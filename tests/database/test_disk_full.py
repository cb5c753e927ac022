"""A disk that is really full, at many moments of each act: a sentence, nothing half-done, nothing confirmed lost."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asn_desk.database import files
from asn_desk.database.backups import backup as backups
from asn_desk.database.trail.audit import AuditEntry
from asn_desk.database.trail.verify import verify
from asn_desk.desk import Desk, open_desk
from asn_desk.errors import EnvironmentProblem
from asn_desk.letters import service as letters
from asn_desk.letters.model import Letter
from asn_desk.paths import DataPaths
from tests import torture

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only the administrator may mount a small disk"),
]
SIZE_KB = 12_000
PAGE_KB = 4
POINTS = [PAGE_KB * pages for pages in (0, 1, 2, 4, 6, 10, 16, 25, 40, 100, 300, 600)]


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> torture.Ground:
    """An office with people and a circular, to be copied to the small disk."""
    made = torture.Ground(tmp_path_factory.mktemp("kantor"))
    torture.prepare(made)
    return made


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes, gone after the test."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_KB}k", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("a small disk cannot be mounted here")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)  # also when a failed test left a file open


class SmallDisk:
    """The office on the small disk, and a filler that leaves only so much room."""

    def __init__(self, place: Path, ground: torture.Ground) -> None:
        self.root = place / "kantor"
        self.filler = place / "pengisi"
        self.ground = ground
        shutil.copytree(ground.base, self.root)

    def leave(self, kilobytes: int) -> None:
        """Fill the disk so that only this much is free."""
        free = shutil.disk_usage(self.root).free - kilobytes * 1024
        with self.filler.open("wb") as filler:
            os.posix_fallocate(filler.fileno(), 0, max(free, 1))

    def free(self) -> None:
        """Give the room back."""
        self.filler.unlink(missing_ok=True)


@pytest.fixture
def disk(small_disk: Path, ground: torture.Ground) -> SmallDisk:
    """The office on its small disk."""
    return SmallDisk(small_disk, ground)


def letter(desk: Desk, _ground: torture.Ground) -> object:
    return desk.write(lambda session: letters.issue(session, torture.circular_letter())).value


def letters_at_once(desk: Desk, _ground: torture.Ground) -> object:
    return desk.write(lambda session: [letters.issue(session, torture.circular_letter("umum")) for _ in range(3)]).value


def people(desk: Desk, ground: torture.Ground) -> object:
    book = "b.xlsx" if desk.read(entries) % 2 else "c.xlsx"
    return torture.import_book(desk, ground.book(book))


def scan(desk: Desk, _ground: torture.Ground) -> object:
    data = random.randbytes(100_000)
    return desk.write(lambda session: files.store(session, data, files.PDF)).value


def backup(desk: Desk, _ground: torture.Ground) -> object:
    return desk.backup()


def entries(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(AuditEntry)) or 0


def state(desk: Desk) -> tuple[int, list[str]]:
    """Return how long the trail is, and which letters there are."""
    return desk.read(lambda session: (entries(session), list(session.scalars(select(Letter.docx_sha256)))))


def stored(desk: Desk) -> set[str]:
    return {file.name for file in desk.paths.files.rglob("*") if file.is_file()}


@pytest.mark.parametrize("act", [letter, letters_at_once, people, scan, backup])
def test_a_full_disk_is_told_in_words_at_every_moment_and_everything_works_again_with_room(
    disk: SmallDisk, act: Callable[[Desk, torture.Ground], object]
) -> None:
    refused = 0
    for kilobytes in POINTS:
        with closing(open_desk(disk.root)) as desk:
            refused += refused_with_nothing_stored(desk, disk, kilobytes, act)
        assert verify(desk.paths).findings == ()
        only_whole_backups(desk.paths)
    with closing(open_desk(disk.root)) as desk:
        act(desk, disk.ground)
    assert refused >= 2


def refused_with_nothing_stored(
    desk: Desk, disk: SmallDisk, kilobytes: int, act: Callable[[Desk, torture.Ground], object]
) -> bool:
    """Do the act with little room; where it is refused, look whether reading works and nothing of the act is there."""
    before, on_disk = state(desk), stored(desk)
    disk.leave(kilobytes)
    problem = None
    try:
        act(desk, disk.ground)
    except EnvironmentProblem as caught:
        problem = caught
        assert (state(desk), stored(desk)) == (before, on_disk)
    finally:
        disk.free()
    assert problem is None or (problem.code, "habis" in problem.sentence) == ("disk_full", True)
    return problem is not None


def only_whole_backups(paths: DataPaths) -> None:
    for file in list(paths.backups.iterdir()):
        backups.check(file)
        file.unlink()


@pytest.mark.parametrize("kilobytes", [0, 4, 40, 200])
def test_opening_a_new_office_on_a_full_disk_is_told_in_words_and_succeeds_with_room(
    disk: SmallDisk, kilobytes: int
) -> None:
    root = disk.root.with_name("baru")
    root.mkdir()
    disk.leave(kilobytes)
    with pytest.raises(EnvironmentProblem) as caught:
        open_desk(root)
    disk.free()
    assert caught.value.code == "disk_full"
    open_desk(root).close()
    assert verify(DataPaths(root)).findings == ()


def test_a_restore_on_a_full_disk_leaves_the_present_state(disk: SmallDisk) -> None:
    desk = open_desk(disk.root)
    made = desk.backup(disk.ground.root / "cadangan.zip")
    letter(desk, disk.ground)
    before = state(desk)
    for kilobytes in (0, 100, 400, 800):
        disk.leave(kilobytes)
        with pytest.raises(EnvironmentProblem) as caught:
            desk.restore(made.path)
        disk.free()
        assert caught.value.code == "disk_full"
        assert state(desk) == before
        assert desk.verify().findings == ()
        only_whole_backups(desk.paths)
    desk.restore(made.path)
    assert state(desk) != before
    desk.close()


def test_a_disk_that_became_read_only_is_told_in_words(disk: SmallDisk) -> None:
    desk = open_desk(disk.root)
    desk.close()
    remount(disk.root.parent, "ro")
    try:
        with pytest.raises(EnvironmentProblem) as caught:
            open_desk(disk.root)
        assert caught.value.code == "read_only"
        assert verify(DataPaths(disk.root)).findings == (), "checking needs no right to write"
    finally:
        remount(disk.root.parent, "rw")
    open_desk(disk.root).close()


def remount(place: Path, mode: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{mode}", str(place)], check=True)

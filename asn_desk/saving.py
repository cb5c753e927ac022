"""Files made for the office: never over the office's own data, a folder or a device; whole or absent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from asn_desk.database.file_store import disk_problem, move_durably, write_durably
from asn_desk.errors import DeskError
from asn_desk.paths import DataPaths

_PAPERS = (".pdf", ".xlsx", ".docx", ".ics", ".zip")


@contextmanager
def opened(target: Path | BinaryIO) -> Iterator[BinaryIO]:
    """Hand out a stream; a named file gets its name only when it is complete.

    Raises DeskError as `check_target`, EnvironmentProblem.
    """
    if not isinstance(target, Path):
        yield target
        return
    check_target(target)
    # not the name with something added: that may be longer than the disk takes
    unfinished = target.with_name(f".tulis-{hashlib.sha256(target.name.encode()).hexdigest()[:16]}")
    try:
        with unfinished.open("wb") as stream:
            yield stream
        move_durably(unfinished, target)
    except OSError as error:
        raise disk_problem(error, target.parent) from error
    finally:
        with suppress(OSError):  # the first trouble is what the clerk must hear about
            unfinished.unlink(missing_ok=True)


def write(target: Path, data: bytes) -> None:
    """Write a finished paper, whole or not at all. Raises DeskError as `check_target`, EnvironmentProblem."""
    check_target(target)
    try:
        write_durably(target, data)
    except OSError as error:
        raise disk_problem(error, target.parent) from error


def check_target(target: Path) -> None:
    """Raise DeskError("target_ours" | "target_kind") when writing there would replace office data or something that is no file."""
    try:
        if target.exists() and not target.is_file():
            what = "sebuah folder" if target.is_dir() else "bukan berkas biasa"
            raise DeskError("target_kind", f"{target} adalah {what}. Sebut nama berkas hasilnya, lalu ulangi.")
        place = target.resolve()
        ours = any(_belongs(place, DataPaths(folder)) for folder in place.parents)
    except OSError as error:
        raise disk_problem(error, target.parent) from error
    if ours:
        raise DeskError(
            "target_ours", f"{target} berada di antara data kantor. Pilih folder lain untuk hasilnya, lalu ulangi."
        )


def _belongs(place: Path, office: DataPaths) -> bool:
    """Return whether a file there is one of an office's own, or would lie among them."""
    if not office.database.exists():
        return False
    inner = place.relative_to(office.root).parts
    if len(inner) == 1:
        return place.suffix.lower() not in _PAPERS
    own = (office.files, office.backups, office.logs, office.practice().root, office.set_aside)
    return inner[0] in {folder.name for folder in own}

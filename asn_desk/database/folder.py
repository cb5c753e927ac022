"""The data folder itself: made, writable, and not on a network share (SQLite's write-ahead log is unsafe there)."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from asn_desk.database.file_store import disk_problem
from asn_desk.errors import EnvironmentProblem
from asn_desk.paths import DataPaths

NETWORK_TYPES = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "fuse.sshfs",
        "davfs",
        "fuse.davfs",
        "ncpfs",
        "afs",
        "glusterfs",
        "fuse.gvfsd-fuse",
        "fuse.rclone",
    }
)
_WINDOWS_REMOTE_DRIVE = 4


def prepare(paths: DataPaths) -> None:
    """Make the folder's layout and prove that it can be written. Raises EnvironmentProblem."""
    try:
        for folder in (paths.root, paths.files, paths.backups, paths.logs):
            folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=paths.root) as probe:
            probe.write(b"x")
    except (FileExistsError, NotADirectoryError) as error:
        raise EnvironmentProblem("not_a_folder", f"{paths.root} bukan folder. Pilih folder lain untuk data.") from error
    except OSError as error:
        raise disk_problem(error, paths.root) from error


def refuse_network_share(root: Path) -> None:
    """Raise EnvironmentProblem("network_share") when the folder lies on a network share."""
    if _is_remote(root):
        raise EnvironmentProblem(
            "network_share",
            f"Folder data {root} berada di jaringan. Basis data bawaan hanya aman di disk komputer ini. "
            "Pilih folder di komputer ini; untuk bekerja bersama gunakan server PostgreSQL.",
        )


def _is_remote(root: Path) -> bool:
    if os.name == "nt":
        return _is_remote_windows(root)
    mounts = Path("/proc/mounts")
    return mounts.exists() and mount_type(root.resolve(), mounts.read_text(encoding="utf-8")) in NETWORK_TYPES


def mount_type(path: Path, mounts: str) -> str:
    """Return the file system type below `path`, from text in the form of /proc/mounts; empty when unknown."""
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split()
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ")
        if len(point) >= len(best) and path.is_relative_to(point):
            best, kind = point, fields[2]
    return kind


def _is_remote_windows(root: Path) -> bool:
    import ctypes

    text = str(root.absolute())
    if text.startswith("\\\\"):
        return True
    drive_type = ctypes.windll.kernel32.GetDriveTypeW(Path(text).anchor)  # type: ignore[attr-defined, unused-ignore]
    return bool(drive_type == _WINDOWS_REMOTE_DRIVE)

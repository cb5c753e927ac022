"""The data folder: one writing process, on a disk of this PC, writable, or refused in words."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from asn_desk.database import folder
from asn_desk.database.lock import FolderLock
from asn_desk.desk import open_desk
from asn_desk.errors import DeskError, EnvironmentProblem
from asn_desk.paths import DataPaths
from tests.conftest import PRACTICE_DAY

HOLDER = """
import sys
from pathlib import Path
from asn_desk.database.lock import FolderLock
lock = FolderLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(data_folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the data folder open."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(DataPaths(data_folder).lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def refusal(root: Path) -> DeskError:
    with pytest.raises(DeskError) as caught:
        open_desk(root)
    return caught.value


@pytest.mark.fresh_process
def test_a_second_process_is_refused_and_told_who_has_the_folder_since_when(
    data_folder: Path, holder: subprocess.Popen[str]
) -> None:
    import getpass
    import platform

    error = refusal(data_folder)
    assert isinstance(error, EnvironmentProblem)
    assert error.code == "in_use"
    assert f"oleh {getpass.getuser()} di komputer {platform.node()} sejak pukul" in error.sentence
    assert str(data_folder) in error.sentence


@pytest.mark.fresh_process
def test_a_folder_is_free_again_when_its_process_was_killed(data_folder: Path, holder: subprocess.Popen[str]) -> None:
    holder.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
    holder.wait()
    open_desk(data_folder).close()


def test_a_folder_is_free_again_after_closing_and_after_a_refused_start(data_folder: Path) -> None:
    open_desk(data_folder).close()
    DataPaths(data_folder).settings.write_text("ini bukan = = toml", encoding="utf-8")
    assert refusal(data_folder).code == "settings_damaged"
    DataPaths(data_folder).settings.unlink()
    open_desk(data_folder).close()


def test_a_second_window_of_the_same_process_is_refused_too(data_folder: Path) -> None:
    first = open_desk(data_folder)
    assert refusal(data_folder).code == "in_use"
    first.close()


@pytest.mark.parametrize("note", [b"", b"\xff\xfe", b"{}", b'{"sejak": "kapan"}', b"[1]"])
def test_a_lock_with_an_unreadable_note_is_still_a_refusal_in_words(tmp_path: Path, note: bytes) -> None:
    held = FolderLock(tmp_path / "kunci.lock")
    held.acquire()
    held.path.write_bytes(note)
    with pytest.raises(EnvironmentProblem, match="sedang dibuka oleh program lain"):
        FolderLock(held.path).acquire()
    held.release()
    held.release()


def test_a_user_without_a_name_can_hold_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr("getpass.getuser", nameless)
    held = FolderLock(tmp_path / "kunci.lock")
    held.acquire()
    with pytest.raises(EnvironmentProblem, match="oleh pengguna tanpa nama"):
        FolderLock(held.path).acquire()
    held.release()


def test_settings_that_cannot_be_written_leave_the_old_ones_and_free_the_folder(
    data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(path: Path, _settings: object) -> None:
        path.write_text("practice_day = 20", encoding="utf-8")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr("asn_desk.settings.save", half)
        with pytest.raises(EnvironmentProblem) as caught:
            open_desk(data_folder, practice_day=PRACTICE_DAY)
    assert caught.value.code == "disk_full"
    assert [file.name for file in data_folder.iterdir() if "pengaturan" in file.name] == []
    open_desk(data_folder, practice_day=PRACTICE_DAY).close()


MOUNTS = """\
sysfs /sys sysfs rw 0 0
/dev/sda1 / ext4 rw,relatime 0 0
/dev/sdb1 /home ext4 rw 0 0
//server/bkpsdm /home/kantor cifs rw,vers=3.0 0 0
server:/data /mnt/nfs nfs4 rw 0 0
user@host: /mnt/Data\\040Kantor fuse.sshfs rw 0 0
/dev/sdc1 /home/kantor/lokal ext4 rw 0 0
tmpfs
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/ratna/data", "ext4"),
        ("/home/kantor/data", "cifs"),
        ("/home/kantor", "cifs"),
        ("/home/kantor2/data", "ext4"),
        ("/mnt/nfs/a/b", "nfs4"),
        ("/mnt/Data Kantor/a", "fuse.sshfs"),
        ("/home/kantor/lokal/data", "ext4"),
        ("/srv", "ext4"),
    ],
)
def test_the_file_system_below_a_folder_is_found_by_the_longest_mount_point(path: str, kind: str) -> None:
    assert folder.mount_type(Path(path), MOUNTS) == kind


@pytest.mark.parametrize("mounts", ["", "x\n", "none /andere tmpfs rw 0 0\n"])
def test_an_unknown_mount_is_no_reason_to_refuse(mounts: str) -> None:
    assert folder.mount_type(Path("/home/data"), mounts) == ""


@pytest.mark.parametrize("kind", ["cifs", "nfs4", "smb3", "fuse.sshfs"])
def test_a_folder_on_a_network_share_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(folder, "mount_type", lambda _path, _mounts: kind)
    error = refusal(tmp_path / "data")
    assert error.code == "network_share"
    assert "jaringan" in error.sentence
    assert not DataPaths(tmp_path / "data").database.exists()


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"x")
    assert refusal(tmp_path / "data").code == "not_a_folder"
    assert refusal(tmp_path / "data" / "dalam").code == "not_a_folder"
    assert (tmp_path / "data").read_bytes() == b"x"


@pytest.mark.parametrize(
    ("number", "code"), [(errno.EROFS, "read_only"), (errno.EACCES, "no_permission"), (errno.ENOSPC, "disk_full")]
)
def test_a_folder_that_cannot_be_made_is_refused_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def fail(_self: Path, *_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "mkdir", fail)
        error = refusal(tmp_path / "data")
    assert error.code == code
    assert str(tmp_path / "data") in error.sentence
    assert not (tmp_path / "data").exists()


def test_a_folder_that_cannot_be_written_is_refused_before_anything_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(folder.tempfile, "TemporaryFile", fail)
    assert refusal(tmp_path / "data").code == "no_permission"
    assert [file for file in (tmp_path / "data").iterdir() if file.is_file()] == []

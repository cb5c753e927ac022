"""Backups: whole or refused, restored or not at all, and never outside the data folder."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from asn_desk.database import files
from asn_desk.database.backups.backup import DATABASE_NAME, MANIFEST_NAME, backup, check, restore
from asn_desk.database.backups.backup_parts import SEAL_MARK, seal
from asn_desk.database.trail.verify import verify
from asn_desk.database.upgrade import refuse_unusable
from asn_desk.desk import Desk, open_desk
from asn_desk.errors import DeskError, EnvironmentProblem
from asn_desk.office.model import Unit
from asn_desk.paths import DataPaths
from tests.factories import add_unit


def units(root: Path) -> list[str]:
    desk = open_desk(root)
    try:
        return list(desk.read(lambda session: session.scalars(select(Unit.name).order_by(Unit.id)).all()))
    finally:
        desk.close()


@pytest.fixture
def saved(desk: Desk, tmp_path: Path) -> Path:
    """A backup of an office with one unit and one stored file; afterwards the office went on working."""
    desk.write(lambda session: add_unit(session, "Dinas Kesehatan").id)
    desk.write(lambda session: files.store(session, b"surat pertama " * 500, files.PDF))
    made = backup(desk.paths, tmp_path / "cadangan.zip")
    assert (made.size, made.files) == (made.path.stat().st_size, 2)
    desk.write(lambda session: add_unit(session, "Dinas Sosial").id)
    desk.close()
    return made.path


@pytest.fixture
def office(saved: Path, data_folder: Path) -> DataPaths:
    return DataPaths(data_folder)


def refused(source: Path, paths: DataPaths) -> str:
    with pytest.raises(DeskError) as caught:
        restore(source, paths, accept=refuse_unusable)
    assert units(paths.root) == ["Dinas Kesehatan", "Dinas Sosial"]
    assert not (paths.root / ".pemulihan").exists()
    return caught.value.code


def test_a_backup_is_taken_while_the_office_works_and_leaves_only_the_zip(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "luar" / "cadangan.zip"
    target.parent.mkdir()

    def work(session: object) -> int:
        return backup(desk.paths, target).files

    desk.write(lambda session: add_unit(session, "Dinas Kesehatan").id)
    assert desk.read(work) == 1
    assert [file.name for file in target.parent.iterdir()] == ["cadangan.zip"]


def test_a_round_trip_brings_the_old_state_back_and_keeps_a_copy_of_the_present(saved: Path, office: DataPaths) -> None:
    before = restore(saved, office, accept=refuse_unusable)
    assert units(office.root) == ["Dinas Kesehatan"]
    assert verify(office).findings == ()
    assert before is not None
    restore(before, office, accept=refuse_unusable)
    assert units(office.root) == ["Dinas Kesehatan", "Dinas Sosial"]


def test_a_backup_moves_an_office_to_an_empty_folder_with_its_files_and_settings(saved: Path, tmp_path: Path) -> None:
    paths = DataPaths(tmp_path / "pc-baru")
    paths.root.mkdir()
    assert restore(saved, paths, accept=refuse_unusable) is None
    assert units(paths.root) == ["Dinas Kesehatan"]
    verdict = verify(paths)
    assert (verdict.files, verdict.findings) == (1, ())


def test_a_lost_stored_file_comes_back_with_the_restore(saved: Path, office: DataPaths) -> None:
    victim = next(file for file in office.files.rglob("*") if file.is_file())
    victim.write_bytes(b"rusak")
    restore(saved, office, accept=refuse_unusable)
    assert verify(office).findings == ()


def rewrite(source: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with zipfile.ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(source, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
        archive.comment = SEAL_MARK + b"0" * 64
    seal(source)  # whoever can write a zip can write this too: what is inside must stand by itself


def with_manifest(members: dict[str, bytes], **values: object) -> None:
    members[MANIFEST_NAME] = json.dumps({**json.loads(members[MANIFEST_NAME]), **values}).encode()


def with_settings(text: str) -> Callable[[dict[str, bytes]], None]:
    """Return a change that gives the backup other settings, correctly hashed."""

    def change(members: dict[str, bytes]) -> None:
        listed = json.loads(members[MANIFEST_NAME])["files"]
        members["pengaturan.toml"] = text.encode()
        with_manifest(members, files={**listed, "pengaturan.toml": hashlib.sha256(text.encode()).hexdigest()})

    return change


def slip(name: str) -> Callable[[dict[str, bytes]], None]:
    """Return a change that adds a member with a treacherous name, correctly hashed."""

    def change(members: dict[str, bytes]) -> None:
        listed = json.loads(members[MANIFEST_NAME])["files"]
        members[name] = b"jahat"
        with_manifest(members, files={**listed, name: hashlib.sha256(b"jahat").hexdigest()})

    return change


DAMAGE: dict[str, Callable[[dict[str, bytes]], None]] = {
    "no manifest": lambda members: members.pop(MANIFEST_NAME),  # type: ignore[dict-item, return-value]
    "manifest not json": lambda members: members.update({MANIFEST_NAME: b"{"}),
    "manifest a list": lambda members: members.update({MANIFEST_NAME: b"[]"}),
    "manifest of a list of files": lambda members: with_manifest(members, files=[]),
    "manifest of no files": lambda members: with_manifest(members, files={}),
    "manifest without format": lambda members: members.update({MANIFEST_NAME: b'{"files": {}}'}),
    "format of another kind": lambda members: with_manifest(members, format="x"),
    "database gone": lambda members: members.pop(DATABASE_NAME),  # type: ignore[dict-item, return-value]
    "database changed": lambda members: members.update({DATABASE_NAME: members[DATABASE_NAME][:-1] + b"!"}),
    "a foreign file": slip("catatan.txt"),
    "a stored file under another's name": slip(f"berkas/ab/{'ab' * 32}"),
    "parent folder": slip("../luar.txt"),
    "parent folder in the middle": slip("berkas/../../luar.txt"),
    "absolute": slip("/tmp/luar.txt"),
    "backslashes": slip("..\\luar.txt"),
    "drive": slip("C:luar.txt"),
}


@pytest.mark.parametrize("kind", sorted(DAMAGE))
def test_a_damaged_or_treacherous_backup_is_refused_and_the_office_untouched(
    saved: Path, office: DataPaths, kind: str
) -> None:
    rewrite(saved, DAMAGE[kind])
    assert refused(saved, office) == "backup_damaged"
    assert not list(office.root.parent.rglob("luar.txt"))


def test_members_that_the_manifest_does_not_name_are_not_unpacked(saved: Path, office: DataPaths) -> None:
    rewrite(saved, lambda members: members.update({"../luar.txt": b"jahat", "berkas/xx/y": b"jahat"}))
    restore(saved, office, accept=refuse_unusable)
    assert not list(office.root.parent.rglob("luar.txt"))
    assert not (office.files / "xx").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"bukan zip" * 100])
def test_a_file_that_is_no_zip_is_refused(saved: Path, office: DataPaths, content: bytes) -> None:
    saved.write_bytes(content)
    assert refused(saved, office) == "backup_damaged"


def test_a_backup_of_a_newer_program_and_a_missing_one_are_told_apart(saved: Path, office: DataPaths) -> None:
    rewrite(saved, lambda members: with_manifest(members, format=99))
    assert refused(saved, office) == "backup_newer"
    saved.unlink()
    assert refused(saved, office) == "backup_missing"


def test_a_cut_backup_is_refused_wherever_it_is_cut(saved: Path) -> None:
    data = saved.read_bytes()
    for part in range(0, len(data), len(data) // 20):
        saved.write_bytes(data[:part])
        with pytest.raises(DeskError) as caught:
            check(saved)
        assert caught.value.code == "backup_damaged"


@pytest.mark.parametrize("seed", range(4))
def test_one_flipped_bit_anywhere_is_found(saved: Path, seed: int) -> None:
    data, rng = saved.read_bytes(), random.Random(seed)
    ends = [*range(12), *range(len(data) - 120, len(data), 3)]
    for place in [*(rng.randrange(len(data)) for _ in range(120)), *ends[seed::4]]:
        saved.write_bytes(data[:place] + bytes([data[place] ^ (1 << rng.randrange(8))]) + data[place + 1 :])
        with pytest.raises(DeskError) as caught:
            check(saved)
        assert caught.value.code == "backup_damaged", place


def test_a_restore_that_stops_before_the_end_leaves_the_old_state(
    saved: Path, office: DataPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace

    def stop(self: Path, target: Path) -> Path:
        if target == office.database:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(EnvironmentProblem) as caught:
        restore(saved, office, accept=refuse_unusable)
    monkeypatch.undo()
    assert caught.value.code == "disk_full"
    assert units(office.root) == ["Dinas Kesehatan", "Dinas Sosial"]
    assert verify(office).findings == ()


def test_a_restore_interrupted_while_unpacking_leaves_the_old_state(
    saved: Path, office: DataPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    from asn_desk.database.backups import backup as module

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module.shutil, "copyfileobj", stop)
    with pytest.raises(KeyboardInterrupt):
        restore(saved, office, accept=refuse_unusable)
    monkeypatch.undo()
    assert units(office.root) == ["Dinas Kesehatan", "Dinas Sosial"]


def test_a_backup_that_cannot_be_written_is_told_in_words_and_leaves_nothing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "x")

    target = tmp_path / "luar" / "cadangan.zip"
    target.parent.mkdir()
    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(EnvironmentProblem) as caught:
        backup(desk.paths, target)
    assert caught.value.code == "disk_full"
    assert list(target.parent.iterdir()) == []


def test_a_folder_without_data_has_no_backup_and_gets_no_database_by_the_attempt(tmp_path: Path) -> None:
    paths = DataPaths(tmp_path / "kosong")
    paths.root.mkdir()
    with pytest.raises(DeskError) as caught:
        backup(paths, tmp_path / "cadangan.zip")
    assert caught.value.code == "no_data"
    assert list(paths.root.iterdir()) == []


@pytest.mark.parametrize("harm", [Path.unlink, lambda file: file.write_bytes(b"lain")])
def test_a_harmed_stored_file_is_named_and_does_not_stop_the_backup_or_the_restore_that_brings_it_back(
    saved: Path, office: DataPaths, tmp_path: Path, harm: Callable[[Path], object]
) -> None:
    victim = next(file for file in office.files.rglob("*") if file.is_file())
    harm(victim)
    made = backup(office, tmp_path / "kedua.zip")
    assert (made.files, made.harmed) == (1, (victim.name,))
    restore(saved, office, accept=refuse_unusable)
    assert verify(office).findings == ()


def test_a_backup_of_a_newer_program_is_refused_before_anything_is_replaced(
    migrated_folder: Path, office: DataPaths, tmp_path: Path
) -> None:
    newer = DataPaths(tmp_path / "baru")
    shutil.copytree(migrated_folder, newer.root)
    with closing(sqlite3.connect(newer.database)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    source = backup(newer, tmp_path / "baru.zip").path
    before = office.database.read_bytes()
    with pytest.raises(DeskError) as caught:
        restore(source, office, accept=refuse_unusable)
    assert caught.value.code == "database_newer"
    assert office.database.read_bytes() == before


def test_a_stick_that_was_pulled_out_is_told_in_words_and_gets_no_folder_on_this_disk(
    desk: Desk, tmp_path: Path
) -> None:
    with pytest.raises(EnvironmentProblem, match="Colokkan diska lepasnya") as caught:
        desk.backup(tmp_path / "stik" / "cadangan.zip")
    assert caught.value.code == "folder_missing"
    assert not (tmp_path / "stik").exists()


def test_the_folder_of_backups_is_made_again_when_it_was_deleted(desk: Desk) -> None:
    desk.paths.backups.rmdir()
    assert desk.backup().path.exists()


def test_a_backup_of_the_practice_office_is_refused_for_the_real_one_and_the_other_way_round(
    saved: Path, office: DataPaths, tmp_path: Path
) -> None:
    practice = shutil.copyfile(saved, tmp_path / "latihan.zip")
    rewrite(practice, with_settings("practice_day = 2024-09-09\n"))
    assert refused(practice, office) == "backup_other_office"
    office.settings.write_text("practice_day = 2024-09-09\n", encoding="utf-8")
    assert refused(saved, office) == "backup_other_office"
    restore(practice, office, accept=refuse_unusable)
    assert units(office.root) == ["Dinas Kesehatan"]


def test_a_backup_cannot_send_the_office_to_a_server(saved: Path, office: DataPaths) -> None:
    rewrite(saved, with_settings('database_url = "postgresql+psycopg://jauh/x"\n'))
    restore(saved, office, accept=refuse_unusable)
    assert units(office.root) == ["Dinas Kesehatan"]


def test_a_manifest_of_monstrous_size_is_refused_before_it_is_read(
    saved: Path, office: DataPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    from asn_desk.database.backups import backup as module

    monkeypatch.setattr(module, "LARGEST_MANIFEST", 10)
    assert refused(saved, office) == "backup_damaged"

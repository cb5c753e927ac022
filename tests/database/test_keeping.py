"""Automatic backups: when, where, how long; each read back, each restorable, none that lies about being good."""

from __future__ import annotations

import random
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from asn_desk.database import files
from asn_desk.database.backups import backup_parts, keeping, tiers
from asn_desk.database.backups.backup import check, restore
from asn_desk.database.backups.keeping import Plan
from asn_desk.database.sealing import vault
from asn_desk.database.sealing.vault import Vault
from asn_desk.database.trail.verify import verify
from asn_desk.database.upgrade import refuse_unusable
from asn_desk.desk import Desk, open_desk
from asn_desk.errors import DeskError, EnvironmentProblem
from asn_desk.paths import DataPaths
from tests.factories import add_unit

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def office(desk: Desk) -> Desk:
    """An office with one unit and one stored file."""
    desk.write(lambda session: add_unit(session, "Dinas Kesehatan").id)
    desk.write(lambda session: files.store(session, b"surat pertama " * 500, files.PDF))
    return desk


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stik"
    folder.mkdir()
    return folder


def store_of(desk: Desk) -> Vault:
    return Vault(desk.paths.backups / keeping.FOLDER)


def keep(desk: Desk, now: datetime, **plan: object) -> tuple[keeping.Place, ...]:
    return keeping.keep(desk.paths, Plan.model_validate(plan), now)


def lines_of(desk: Desk) -> int:
    """Return how many lines the trail has."""
    return int(backup_parts.head_of(desk.paths.database)["seq"])


def change(desk: Desk, name: str) -> None:
    desk.write(lambda session: add_unit(session, name).id)


def test_a_backup_is_made_when_one_is_due_and_something_changed(office: Desk) -> None:
    assert keep(office, NOON)[0].made is not None
    change(office, "Dinas Sosial")
    assert keep(office, NOON + HOUR / 2)[0].made is None
    later = keep(office, NOON + HOUR)[0]
    assert later.made is not None
    unchanged = keep(office, NOON + 3 * HOUR)[0]
    assert (unchanged.made, unchanged.good_at) == (None, NOON + 3 * HOUR)
    assert len(store_of(office).manifests()) == 2


def test_stored_files_are_kept_once_however_many_backups_there_are(office: Desk) -> None:
    for hour in range(5):
        change(office, f"Dinas {hour}")
        keep(office, NOON + hour * HOUR)
    contents = [file for file in (store_of(office).folder / "isi").rglob("*") if file.is_file()]
    stored = [file for file in office.paths.files.rglob("*") if file.is_file()]
    assert len(store_of(office).manifests()) == 5
    assert len(contents) == 5 + len(stored)


def test_every_automatic_backup_restores_on_another_pc(office: Desk, tmp_path: Path) -> None:
    keep(office, NOON)
    change(office, "Dinas Sosial")
    keep(office, NOON + HOUR)
    for manifest, units in zip(store_of(office).manifests(), (1, 2), strict=True):
        paths = DataPaths(tmp_path / manifest.stem)
        paths.root.mkdir()
        restore(manifest, paths, accept=refuse_unusable)
        assert verify(paths).findings == ()
        other = open_desk(paths.root)
        assert lines_of(other) > units
        other.close()


def test_a_bit_flipped_anywhere_in_the_store_is_found(office: Desk) -> None:
    keep(office, NOON)
    (manifest,) = store_of(office).manifests()
    rng = random.Random(5)
    for file in [manifest, *(file for file in (store_of(office).folder / "isi").rglob("*") if file.is_file())]:
        data = file.read_bytes()
        for place in (0, len(data) - 1, *(rng.randrange(len(data)) for _ in range(40))):
            file.write_bytes(data[:place] + bytes([data[place] ^ (1 << rng.randrange(8))]) + data[place + 1 :])
            with pytest.raises(DeskError) as caught:
                check(manifest)
            assert caught.value.code == "backup_damaged"
        file.write_bytes(data)
    assert check(manifest)["files"]


def test_a_content_that_went_bad_is_told_and_made_good_by_the_next_backup(office: Desk) -> None:
    keep(office, NOON)
    stored = next(file for file in office.paths.files.rglob("*") if file.is_file())
    store_of(office).content(stored.name).write_bytes(b"rusak")
    change(office, "Dinas Sosial")
    told = keep(office, NOON + HOUR)[0]
    assert "berubah di disk" in told.problem
    assert len(store_of(office).manifests()) == 1
    assert keep(office, NOON + 2 * HOUR)[0].made is not None
    assert all(check(manifest) for manifest in store_of(office).manifests())


def test_the_second_place_gets_its_backup_as_soon_as_it_is_there(office: Desk, stick: Path) -> None:
    away = stick.rename(stick.with_name("dicabut"))
    first, second = keep(office, NOON, second=str(stick))
    assert first.made is not None
    assert "Colokkan" in second.problem
    assert not stick.exists()
    away.rename(stick)
    first, second = keep(office, NOON + HOUR / 4, second=str(stick))
    assert first.made is None
    assert second.made is not None
    assert second.made.is_relative_to(stick)
    assert check(second.made)["files"]


@pytest.mark.parametrize(("days", "told"), [(0, ""), (2, ""), (4, "Cadangan terakhir yang baik: 20 November 2026")])
def test_the_light_turns_red_when_the_last_good_backup_is_too_old(office: Desk, days: int, told: str) -> None:
    keep(office, NOON)
    warning = keeping.light(office.paths, Plan(), NOON + timedelta(days=days)).warning
    assert warning.startswith(told)
    assert bool(warning) == bool(told)


def test_without_any_backup_and_with_backups_off_the_light_is_red(office: Desk, stick: Path) -> None:
    assert "Belum ada cadangan" in keeping.light(office.paths, Plan(), NOON).warning
    assert "dimatikan" in keeping.light(office.paths, Plan(enabled=False), NOON).warning
    keep(office, NOON)
    assert "tidak terjangkau" in keeping.light(office.paths, Plan(second=str(stick)), NOON).warning


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_left(
    office: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "x")

    with monkeypatch.context() as patched:
        patched.setattr(vault, "seal", full)
        told = keep(office, NOON)[0]
    assert "habis" in told.problem
    assert told.good_at is None
    assert [file.name for file in store_of(office).folder.iterdir()] == ["isi"]
    assert keep(office, NOON)[0].made is not None


def test_the_tiers_keep_a_day_of_hours_two_weeks_of_days_and_a_quarter_of_weeks() -> None:
    moments = [NOON - hour * HOUR for hour in range(24 * 200)]
    stay = tiers.kept(moments, NOON)
    assert all(NOON - hour * HOUR in stay for hour in range(25))
    assert 24 + 13 + 11 <= len(stay) <= 25 + 14 + 13
    assert min(stay) >= NOON - tiers.KEEP_WEEKLY - timedelta(days=7)
    assert tiers.kept(stay, NOON) == stay


def test_thinning_again_and_again_keeps_the_same_tiers_and_never_the_newest_or_the_future() -> None:
    stay: set[datetime] = set()
    for hour in range(24 * 40):
        stay = tiers.kept({*stay, NOON + hour * HOUR}, NOON + hour * HOUR)
    assert 24 + 13 + 3 <= len(stay) <= 25 + 14 + 5
    old, future = NOON - timedelta(days=900), NOON + timedelta(days=400)
    assert tiers.kept({old}, NOON) == {old}
    assert tiers.kept({old, future}, NOON) == {future}


def test_old_backups_go_and_their_contents_with_them(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "_LEFT_ALONE", -1)
    for day in (200, 190, 180, 1):
        change(office, f"Dinas {day}")
        keep(office, NOON - timedelta(days=day))
    keeping.thin(store_of(office), NOON)
    assert len(store_of(office).manifests()) == 1
    named = {content.name for content in (store_of(office).folder / "isi").rglob("*") if content.is_file()}
    assert len(named) == 2
    assert check(store_of(office).manifests()[0])["files"]


@pytest.mark.parametrize("second", ["relatif", "{data}", "{data}/cadangan", "{tmp}/tidak-ada"])
def test_a_second_place_that_would_help_nobody_is_refused(office: Desk, tmp_path: Path, second: str) -> None:
    wanted = second.format(data=office.paths.root, tmp=tmp_path)
    with pytest.raises(DeskError) as caught:
        office.set_backup_plan(Plan(second=wanted))
    assert caught.value.code == "second_place"
    assert office.backup_plan() == Plan()


def test_the_plan_is_remembered_and_a_broken_file_means_the_usual_plan(office: Desk, stick: Path) -> None:
    plan = Plan(second=str(stick), warn_days=7)
    office.set_backup_plan(plan)
    assert office.backup_plan() == plan
    (office.paths.root / "pengaturan-cadangan.toml").write_text("enabled = ya", encoding="utf-8")
    assert office.backup_plan() == Plan()


def test_the_practice_office_has_no_automatic_backups(practice_desk: Desk) -> None:
    assert practice_desk.keep_backups(at_once=True) == ()
    assert practice_desk.backup_light().warning == ""


def test_the_desk_lists_what_can_be_restored_and_restores_it(office: Desk, stick: Path) -> None:
    office.set_backup_plan(Plan(second=str(stick)))
    office.keep_backups()
    office.backup()
    hows = sorted(backup.how for backup in office.backups())
    assert hows == ["dibuat sendiri", "otomatis, di komputer ini", "otomatis, di tempat kedua"]
    (automatic,) = (backup for backup in office.backups() if backup.how.endswith("kedua"))
    before = lines_of(office)
    change(office, "Dinas Sosial")
    lines = lines_of(office) - before
    found = office.preview_restore(automatic.path)
    assert (found.lost, found.gained, found.same_trail) == (lines, 0, True)
    office.restore(automatic.path)
    assert office.verify().findings == ()


def test_a_preview_tells_two_offices_that_went_their_own_ways(office: Desk, tmp_path: Path) -> None:
    copy = tmp_path / "salinan"
    office.close()
    shutil.copytree(office.paths.root, copy)
    other = open_desk(copy)
    change(other, "Dinas Lain")
    made = other.backup()
    other.close()
    mine = open_desk(office.paths.root)
    before = lines_of(mine)
    change(mine, "Dinas Sosial")
    lines = lines_of(mine) - before
    change(mine, "Dinas Kominfo")
    found = mine.preview_restore(made.path)
    mine.close()
    assert (found.same_trail, found.lost, found.gained) == (False, 2 * lines, lines)
    assert {topic.topic: (topic.there, topic.here) for topic in found.topics}["Berkas tersimpan"] == (1, 1)


def test_a_half_written_automatic_backup_of_a_killed_program_is_cleared_at_the_next_opening(office: Desk) -> None:
    keep(office, NOON)
    for place in (store_of(office).folder / ".cadangan-x.asnd.tulis", store_of(office).folder / "isi" / ".x"):
        place.write_bytes(b"x")
    half = store_of(office).content("ab" * 32).with_name(".tulis-ab")
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"x")
    office._tidy = False  # as after a kill: the next opening clears away
    office.close()
    open_desk(office.paths.root).close()
    assert not half.exists()
    assert not list(store_of(office).folder.glob(".*"))


def test_trouble_with_the_database_is_told_and_not_raised(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        raise EnvironmentProblem("locked", "Basis data sedang dipakai program lain.")

    monkeypatch.setattr(vault, "copy_database", locked)
    assert keep(office, NOON)[0].problem == "Basis data sedang dipakai program lain."

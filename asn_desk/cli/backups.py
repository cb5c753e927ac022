"""The verbs `backup` and `restore`: a backup by hand or the automatic ones now, what a restore would change, and the restore."""

from __future__ import annotations

import argparse
from pathlib import Path

from asn_desk import wording
from asn_desk.cli.encryption import open_backup_key
from asn_desk.cli.folders import data_root, embedded, office_desk
from asn_desk.cli.output import DONE, REFUSED, Answer
from asn_desk.database import folder, upgrade
from asn_desk.database.backups import backup as backups
from asn_desk.database.backups.keeping import Place
from asn_desk.database.backups.preview import Preview
from asn_desk.database.backups.preview import preview as look
from asn_desk.database.lock import FolderLock
from asn_desk.database.sealing.cipher import is_locked
from asn_desk.errors import DeskError
from asn_desk.paths import DataPaths


def add_backup(parser: argparse.ArgumentParser) -> None:
    """Add the words of `backup`."""
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--to", type=Path, metavar="BERKAS.zip", help="tempat cadangan (bawaan: folder cadangan)")
    ways.add_argument(
        "--automatic",
        action="store_true",
        help="buat cadangan otomatis sekarang, di semua tempatnya; yang tidak berubah tidak diulang",
    )


def add_restore(parser: argparse.ArgumentParser) -> None:
    """Add the words of `restore`."""
    parser.add_argument("backup", type=Path, metavar="CADANGAN")
    parser.add_argument(
        "--recovery",
        action="store_true",
        help="cadangan terenkripsi dibuka dengan lembar pemulihan (ASN_DESK_PEMULIHAN)",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="hanya periksa cadangan dan tampilkan apa yang akan berubah"
    )
    parser.add_argument(
        "--plain", action="store_true", help="setuju bahwa data yang terenkripsi menjadi tidak terenkripsi"
    )


def backup(arguments: argparse.Namespace) -> Answer:
    """Write a backup and read it back before saying that it is good."""
    paths = embedded(arguments)
    if not paths.database.exists():
        raise DeskError("no_data", f"Tidak ada basis data di {paths.root}. Periksa nama foldernya.")
    if arguments.automatic:
        return _automatic(arguments)
    with office_desk(arguments, exclusive=False) as desk:
        made = desk.backup(arguments.to)
    line = f"Cadangan dibuat dan diperiksa: {made.path} ({wording.number(made.size // 1024)} KB, {made.files} berkas)."
    complaints = tuple(
        f"Berkas tersimpan {sha256} hilang atau rusak dan tidak ikut dicadangkan." for sha256 in made.harmed
    )
    data = {"path": made.path, "size": made.size, "files": made.files, "harmed": made.harmed}
    return Answer(data, (line,), complaints=complaints)


def _automatic(arguments: argparse.Namespace) -> Answer:
    """Make the automatic backups without waiting for their hour; exit code 1 when a place has none that is good now."""
    with office_desk(arguments, exclusive=False) as desk:
        if not desk.backup_plan().enabled:
            raise DeskError("automatic_off", "Cadangan otomatis dimatikan. Nyalakan di Pengaturan, Cadangan.")
        places = desk.keep_backups(at_once=True)
    if not places:
        raise DeskError("automatic_off", "Kantor latihan tidak mempunyai cadangan otomatis.")
    lines = tuple(_told(place) for place in places if not place.problem)
    problems = tuple(f"Otomatis {place.name}: {place.problem}" for place in places if place.problem)
    data = {"places": [_data(place) for place in places]}
    return Answer(data, lines, REFUSED if problems else DONE, problems)


def _told(place: Place) -> str:
    if place.made is None:
        return f"Otomatis {place.name}: tidak ada perubahan sejak cadangan terakhir di {place.folder}."
    return f"Otomatis {place.name}: cadangan dibuat dan diperiksa, {place.made}."


def _data(place: Place) -> dict[str, object]:
    return {
        "name": place.name, "folder": place.folder, "good_at": place.good_at, "made": place.made,
        "problem": place.problem,
    }  # fmt: skip


def restore(arguments: argparse.Namespace) -> Answer:
    """Put a checked backup in place; the present state is saved first. An office with accounts is asked who does it."""
    paths = DataPaths(data_root(arguments))
    open_backup_key(arguments)
    asked = is_locked(paths.database) or upgrade.can_open(paths.database)
    if arguments.dry_run:
        return _shown(_preview_in_office(arguments) if asked else look(arguments.backup, paths))
    saved = _restore_in_office(arguments) if asked else _restore_beside(paths, arguments)
    lines = [f"Data di {paths.root} telah dipulihkan dari {arguments.backup}."]
    if saved is not None:
        lines.append(f"Keadaan sebelumnya disimpan di {saved}.")
    return Answer({"restored": paths.root, "from": arguments.backup, "saved_before": saved}, tuple(lines))


def _preview_in_office(arguments: argparse.Namespace) -> Preview:
    with office_desk(arguments, exclusive=False) as desk:
        return desk.preview_restore(arguments.backup)


def _shown(found: Preview) -> Answer:
    counts = {topic.topic: {"backup": topic.there, "now": topic.here} for topic in found.topics}
    data = {
        "made_at": found.made_at, "schema": found.schema, "counts": counts, "last_change": found.last_there,
        "last_change_now": found.last_here, "lost": found.lost, "gained": found.gained, "same_trail": found.same_trail,
        "harmed": found.harmed, "encrypted": found.encrypted, "turns_plain": found.turns_plain,
    }  # fmt: skip
    lines = [
        f"Cadangan utuh, dibuat {found.made_at}. Tidak ada yang diubah.",
        f"Perubahan yang akan hilang: {wording.number(found.lost)}; yang akan kembali: {wording.number(found.gained)}.",
        *(
            f"{name}: {_count(seen['backup'])} di cadangan, {_count(seen['now'])} sekarang"
            for name, seen in counts.items()
        ),
    ]
    plain = "Sesudah dipulihkan, data kantor tidak lagi terenkripsi; pemulihan memerlukan --plain."
    return Answer(data, tuple(lines), complaints=(plain,) if found.turns_plain else ())


def _count(value: int | None) -> str:
    return "belum ada" if value is None else wording.number(value)


def _restore_in_office(arguments: argparse.Namespace) -> Path | None:
    with office_desk(arguments) as desk:
        return desk.restore(arguments.backup, plain=arguments.plain)


def _restore_beside(paths: DataPaths, arguments: argparse.Namespace) -> Path | None:
    """Restore where there is no office that could be asked: an empty folder, or a database that cannot be opened."""
    folder.prepare(paths)
    lock = FolderLock(paths.lock)
    lock.acquire()
    try:
        return backups.restore(arguments.backup, paths, accept=upgrade.refuse_unusable, plain=arguments.plain)
    finally:
        lock.release(tidy=False)  # the next opening sets files of the replaced data aside

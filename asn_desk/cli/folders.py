"""Verbs about a data folder as a whole: verify, backup, restore."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from asn_desk import settings, wording
from asn_desk.cli.output import DONE, REFUSED, Answer
from asn_desk.database import backup as backups
from asn_desk.database import folder, upgrade
from asn_desk.database.cipher import is_locked
from asn_desk.database.head import outside
from asn_desk.database.lock import FolderLock
from asn_desk.database.verify import verify as look
from asn_desk.desk import Desk, open_desk
from asn_desk.errors import DeskError
from asn_desk.paths import DataPaths, default_data_dir

PASSWORD_VARIABLE, NEW_PASSWORD_VARIABLE = "ASN_DESK_SANDI", "ASN_DESK_SANDI_BARU"


def data_root(arguments: argparse.Namespace) -> Path:
    """Return the data folder that the command names, else the user's own."""
    return arguments.data or default_data_dir()


def verify(arguments: argparse.Namespace) -> Answer:
    """Check a data folder; exit code 1 and a sentence per finding when something is wrong."""
    from asn_desk.cli.encryption import unlock_for_reading

    paths = _embedded(arguments)
    unlock_for_reading(paths, arguments.as_name)
    verdict = look(paths, None if arguments.head is None else outside(arguments.head, arguments.day))
    sentences = tuple(finding.sentence for finding in verdict.findings)
    data = {
        "ok": not sentences,
        "entries": verdict.entries,
        "files": verdict.files,
        "findings": [{"code": finding.code, "sentence": finding.sentence} for finding in verdict.findings],
    }
    entries, files = wording.number(verdict.entries), wording.number(verdict.files)
    good = f"Utuh: {entries} jejak perubahan, {files} berkas tersimpan."
    return Answer(data, () if sentences else (good,), REFUSED if sentences else DONE, sentences)


def backup(arguments: argparse.Namespace) -> Answer:
    """Write a backup and read it back before saying that it is good."""
    paths = _embedded(arguments)
    if not paths.database.exists():
        raise DeskError("no_data", f"Tidak ada basis data di {paths.root}. Periksa nama foldernya.")
    with office_desk(arguments, exclusive=False) as desk:
        made = desk.backup(arguments.to)
    line = f"Cadangan dibuat dan diperiksa: {made.path} ({wording.number(made.size // 1024)} KB, {made.files} berkas)."
    complaints = tuple(
        f"Berkas tersimpan {sha256} hilang atau rusak dan tidak ikut dicadangkan." for sha256 in made.harmed
    )
    data = {"path": made.path, "size": made.size, "files": made.files, "harmed": made.harmed}
    return Answer(data, (line,), complaints=complaints)


def restore(arguments: argparse.Namespace) -> Answer:
    """Put a checked backup in place; the present state is saved first. An office with accounts is asked who does it."""
    from asn_desk.cli.encryption import open_backup_key

    paths = DataPaths(data_root(arguments))
    open_backup_key(arguments)
    asked = is_locked(paths.database) or upgrade.can_open(paths.database)
    saved = _restore_in_office(arguments) if asked else _restore_beside(paths, arguments)
    lines = [f"Data di {paths.root} telah dipulihkan dari {arguments.backup}."]
    if saved is not None:
        lines.append(f"Keadaan sebelumnya disimpan di {saved}.")
    return Answer({"restored": paths.root, "from": arguments.backup, "saved_before": saved}, tuple(lines))


def _restore_in_office(arguments: argparse.Namespace) -> Path | None:
    with office_desk(arguments) as desk:
        return desk.restore(arguments.backup)


def _restore_beside(paths: DataPaths, arguments: argparse.Namespace) -> Path | None:
    """Restore where there is no office that could be asked: an empty folder, or a database that cannot be opened."""
    folder.prepare(paths)
    lock = FolderLock(paths.lock)
    lock.acquire()
    try:
        return backups.restore(arguments.backup, paths, accept=upgrade.refuse_unusable)
    finally:
        lock.release(tidy=False)  # the next opening sets files of the replaced data aside


def add_verify(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments of `verify`."""
    from asn_desk.cli.parser import day

    parser.add_argument("--head", metavar="TANDA", help="tanda jejak yang dicatat di luar, misalnya dari laporan cetak")
    parser.add_argument("--day", type=day, metavar="TTTT-BB-HH", help="hari tanda jejak itu dicatat")


@contextmanager
def office_desk(arguments: argparse.Namespace, *, exclusive: bool = True) -> Iterator[Desk]:
    """Open the office's data for one verb; where accounts are on, signed in as `--as` says.

    Raises what `open_desk` raises, DeskError("sign_in_needed" | "sign_in" | "locked_out").
    """
    desk = open_desk(data_root(arguments), exclusive=exclusive)
    try:
        _take_seat(desk, arguments.as_name)
        yield desk
    finally:
        desk.close()


def _take_seat(desk: Desk, name: str | None) -> None:
    if not desk.accounts_on():
        desk.actor = name or "baris perintah"
        return
    if not name:
        raise DeskError("sign_in_needed", "Kantor ini memakai akun. Tambahkan --as NAMA dan kata sandinya.")
    desk.sign_in(name, secret(PASSWORD_VARIABLE, f"Kata sandi {name}: "))


def secret(variable: str, prompt: str) -> str:
    """Return a password from the environment, else asked for on a terminal. Raises DeskError("sign_in_needed")."""
    given = os.environ.get(variable)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise DeskError("sign_in_needed", f"Kata sandi belum diberikan. Isi {variable}, atau jalankan di terminal.")
    return getpass.getpass(prompt)


def _embedded(arguments: argparse.Namespace) -> DataPaths:
    paths = DataPaths(data_root(arguments))
    if settings.load(paths.settings).database_url is not None:
        raise DeskError("server_database", "Data ini berada di server PostgreSQL; gunakan alat cadangan server itu.")
    return paths

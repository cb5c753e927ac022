"""Verbs about a data folder as a whole: verify, backup, restore."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from asn_desk import settings, wording
from asn_desk.cli.output import DONE, REFUSED, Answer
from asn_desk.database import backup as backups
from asn_desk.database import folder, upgrade
from asn_desk.database.lock import FolderLock
from asn_desk.database.verify import verify as look
from asn_desk.errors import DeskError
from asn_desk.paths import DataPaths, default_data_dir


def data_root(arguments: argparse.Namespace) -> Path:
    """Return the data folder that the command names, else the user's own."""
    return arguments.data or default_data_dir()


def verify(arguments: argparse.Namespace) -> Answer:
    """Check a data folder; exit code 1 and a sentence per finding when something is wrong."""
    paths = _embedded(arguments)
    verdict = look(paths)
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
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    made = backups.backup(paths, arguments.to or paths.backups / f"cadangan-{stamp}.zip")
    line = f"Cadangan dibuat dan diperiksa: {made.path} ({wording.number(made.size // 1024)} KB, {made.files} berkas)."
    complaints = tuple(
        f"Berkas tersimpan {sha256} hilang atau rusak dan tidak ikut dicadangkan." for sha256 in made.harmed
    )
    data = {"path": made.path, "size": made.size, "files": made.files, "harmed": made.harmed}
    return Answer(data, (line,), complaints=complaints)


def restore(arguments: argparse.Namespace) -> Answer:
    """Put a checked backup in place; the present state is saved first."""
    paths = DataPaths(data_root(arguments))
    folder.prepare(paths)
    lock = FolderLock(paths.lock)
    lock.acquire()
    try:
        saved = backups.restore(arguments.backup, paths, accept=upgrade.refuse_unusable)
    finally:
        lock.release(tidy=False)  # the next opening sets files of the replaced data aside
    lines = [f"Data di {paths.root} telah dipulihkan dari {arguments.backup}."]
    if saved is not None:
        lines.append(f"Keadaan sebelumnya disimpan di {saved}.")
    return Answer({"restored": paths.root, "from": arguments.backup, "saved_before": saved}, tuple(lines))


def _embedded(arguments: argparse.Namespace) -> DataPaths:
    paths = DataPaths(data_root(arguments))
    if settings.load(paths.settings).database_url is not None:
        raise DeskError("server_database", "Data ini berada di server PostgreSQL; gunakan alat cadangan server itu.")
    return paths

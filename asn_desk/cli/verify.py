"""The verb `verify`: is everything in the data folder as the program wrote it."""

from __future__ import annotations

import argparse

from asn_desk import wording
from asn_desk.cli.arguments import day
from asn_desk.cli.encryption import unlock_for_reading
from asn_desk.cli.folders import embedded
from asn_desk.cli.output import DONE, REFUSED, Answer
from asn_desk.database.trail.head import outside
from asn_desk.database.trail.verify import verify as look


def verify(arguments: argparse.Namespace) -> Answer:
    """Check a data folder; exit code 1 and a sentence per finding when something is wrong."""
    paths = embedded(arguments)
    unlock_for_reading(paths, arguments.as_name)
    verdict = look(paths, None if arguments.head is None else outside(arguments.head, arguments.day))
    sentences = tuple(finding.sentence for finding in verdict.findings)
    data = {
        "ok": not sentences,
        "entries": verdict.entries,
        "files": verdict.files,
        "findings": [{"code": finding.code, "sentence": finding.sentence} for finding in verdict.findings],
        "notes": list(verdict.notes),
    }
    entries, files = wording.number(verdict.entries), wording.number(verdict.files)
    good = f"Utuh: {entries} jejak perubahan, {files} berkas tersimpan."
    return Answer(
        data, verdict.notes if sentences else (good, *verdict.notes), REFUSED if sentences else DONE, sentences
    )


def add_verify(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments of `verify`."""
    parser.add_argument("--head", metavar="TANDA", help="tanda jejak yang dicatat di luar, misalnya dari laporan cetak")
    parser.add_argument("--day", type=day, metavar="TTTT-BB-HH", help="hari tanda jejak itu dicatat")

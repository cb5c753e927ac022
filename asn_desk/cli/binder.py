"""The verbs `binder` and `verify-binder`: the evidence of a circular in one PDF, and its check."""

from __future__ import annotations

import argparse
from pathlib import Path

from asn_desk.cli.circulars import circulars_desk, found
from asn_desk.cli.output import DONE, REFUSED, Answer
from asn_desk.wording import number


def add_binder(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments of `binder`."""
    parser.add_argument("circular", metavar="EDARAN", help="nomor urut edaran, nomor surat, atau kata dari perihalnya")
    parser.add_argument("--out", type=Path, required=True, metavar="HASIL.pdf")
    parser.add_argument("--images", action="store_true", help="sertakan gambar setiap halaman bukti")


def add_verify_binder(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments of `verify-binder`."""
    parser.add_argument("file", type=Path, metavar="BINDEL.pdf", help="dengan --data juga dicocokkan dengan basis data")


def binder(arguments: argparse.Namespace) -> Answer:
    """Write the evidence binder of a circular."""
    from asn_desk.circulars import seals
    from asn_desk.circulars.evidence import binder as binders

    with circulars_desk(arguments) as desk:
        circular = desk.read(lambda session: found(session, arguments.circular))
        seal = desk.write(seals.office_seal).value
        made = desk.read(
            lambda session: binders.write_binder(session, circular.id, arguments.out, seal, images=arguments.images)
        )
    data = {
        "circular": circular.id, "out": made.path, "pages": made.pages, "people": made.people, "pictures": made.pictures,
        "sha256": made.sha256,
    }  # fmt: skip
    line = f"Bundel bukti: {number(made.pages)} halaman, {number(made.people)} penerima, {number(made.pictures)} gambar: {made.path}"
    return Answer(data, (line,))


def verify_binder(arguments: argparse.Namespace) -> Answer:
    """Check a binder by itself, and with `--data` against the database; exit code 1 when something does not fit."""
    from asn_desk.circulars.evidence.binder_check import check_file

    verdict = check_file(arguments.file)
    if arguments.data is not None:
        from asn_desk.circulars.evidence.binder_compare import compare

        with circulars_desk(arguments, exclusive=False) as desk:
            verdict = desk.read(lambda session: compare(session, verdict))
    facts = verdict.facts
    data = {
        "ok": verdict.whole, "findings": verdict.findings, "compared": arguments.data is not None, "sha256": verdict.sha256,
        "circular": facts.get("circular"), "made_at": facts.get("made_at"), "people": facts.get("people"),
        "pages": facts.get("pages"), "pictures": facts.get("pictures"),
    }  # fmt: skip
    compared = " dan cocok dengan basis data" if arguments.data is not None else ""
    line = f"Bundel utuh{compared}: {arguments.file.name}, {number(facts.get('people', 0))} penerima."
    return Answer(
        data,
        (line,) if verdict.whole else (),
        exit_code=DONE if verdict.whole else REFUSED,
        complaints=verdict.findings,
    )

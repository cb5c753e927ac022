"""The verb `return-file`: workbooks for units without network, written out and taken in again."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asn_desk.cli.circulars import circulars_desk, found
from asn_desk.cli.output import DONE, REFUSED, Answer
from asn_desk.errors import DeskError
from asn_desk.wording import number

if TYPE_CHECKING:
    from asn_desk.circulars.return_files.returns import ReturnPlan
    from asn_desk.desk import Desk

_LISTED = 5


def add_return_file(parser: argparse.ArgumentParser) -> None:
    """Describe the verb's arguments."""
    what = parser.add_subparsers(dest="what", metavar="export|import", required=True)
    out = what.add_parser("export", help="Tulis berkas balasan (.xlsx) untuk satu OPD.")
    out.add_argument("circular", metavar="EDARAN", help="nomor urut edaran, nomor surat, atau kata dari perihalnya")
    out.add_argument("--opd", required=True, metavar="NAMA", help="nama OPD atau nomor idnya")
    out.add_argument("--out", type=Path, required=True, metavar="HASIL.xlsx")
    back = what.add_parser("import", help="Catat berkas balasan yang sudah diisi.")
    back.add_argument("files", type=Path, nargs="+", metavar="BERKAS")
    back.add_argument("--circular", metavar="EDARAN", help="hanya berkas edaran ini")
    back.add_argument("--opd", metavar="NAMA", help="hanya berkas OPD ini (dengan --circular)")
    back.add_argument("--dry-run", action="store_true", help="hanya rencana, tidak ada yang disimpan")
    for verb in (out, back):  # the shared options may stand behind the second word too
        verb.add_argument("--data", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        verb.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        verb.add_argument("--as", dest="as_name", default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def return_file(arguments: argparse.Namespace) -> Answer:
    """Write a return file, or take return files in; exit code 1 when a file was refused or something in it is left over."""
    with circulars_desk(arguments) as desk:
        return _export(desk, arguments) if arguments.what == "export" else _import(desk, arguments)


def _export(desk: Desk, arguments: argparse.Namespace) -> Answer:
    from asn_desk.circulars.return_files import returns

    circular = desk.read(lambda session: found(session, arguments.circular))
    opd = desk.read(lambda session: _opd(session, circular.version_id, arguments.opd))
    made = desk.write(
        lambda session: returns.export_return_file(session, circular.version_id, opd, arguments.out)
    ).value
    data = {"circular": circular.id, "opd_id": opd, "opd": made.opd, "people": made.people, "out": made.path}
    return Answer(data, (f"Berkas balasan {made.opd}, {number(made.people)} orang: {made.path}",))


def _import(desk: Desk, arguments: argparse.Namespace) -> Answer:
    from asn_desk.circulars.return_files.returns import Expected

    expected = Expected()
    if arguments.circular is not None:
        circular = desk.read(lambda session: found(session, arguments.circular))
        opd = arguments.opd and desk.read(lambda session: _opd(session, circular.version_id, arguments.opd))
        expected = Expected(circular.id, opd or None)
    elif arguments.opd is not None:
        raise DeskError("circular_missing", "Sebut juga edarannya: --circular EDARAN --opd NAMA.")
    taken = [_taken(desk, path, expected, dry=arguments.dry_run) for path in arguments.files]
    complaints = tuple(sentence for one in taken for sentence in one["complaints"])
    data = {
        "marked": sum(one["marked"] for one in taken), "same": sum(one["same"] for one in taken),
        "conflicts": sum(len(one["conflicts"]) for one in taken), "dry_run": arguments.dry_run, "files": taken,
    }  # fmt: skip
    lines = tuple(one["line"] for one in taken if one["line"])
    return Answer(data, lines, exit_code=REFUSED if complaints else DONE, complaints=complaints)


def _taken(desk: Desk, path: Path, expected: Any, *, dry: bool) -> dict[str, Any]:
    """Take one file in and describe what came of it; a refused file leaves the others alone."""
    from asn_desk.circulars.return_files import returns

    try:
        if dry:
            plan = desk.read(lambda session: returns.plan_return(session, path, expected))
        else:
            plan = desk.write(lambda session: returns.take_return(session, path, expected)).value
    except DeskError as error:
        refused = {"code": error.code, "sentence": error.sentence, "cells": list(error.fields)}
        return {
            "file": path.name, "marked": 0, "same": 0, "blank": 0, "conflicts": [], "problems": [], "refused": refused,
            "complaints": [error.sentence], "line": "",
        }  # fmt: skip
    return _described(plan)


def _described(plan: ReturnPlan) -> dict[str, Any]:
    return {
        "file": plan.file, "circular": plan.circular_id, "opd": plan.opd, "marked": len(plan.new), "same": len(plan.same),
        "blank": plan.blank, "version": plan.ordinal, "superseded": plan.superseded, "conflicts": [asdict(row) for row in plan.conflicts],
        "problems": [asdict(row) for row in plan.problems], "refused": None,
        "complaints": [f"{plan.file}: {row.sentence}" for row in (*plan.conflicts, *plan.problems)],
        "line": f"{plan.file} ({plan.opd}): {number(len(plan.new))} dicatat, {number(len(plan.same))} sudah sama, "
        f"{number(len(plan.conflicts))} bertentangan, {number(len(plan.problems))} perlu diperbaiki, "
        f"{number(plan.blank)} belum menjawab.{_for_old(plan)}",
    }  # fmt: skip


def _for_old(plan: ReturnPlan) -> str:
    if not plan.superseded:
        return ""
    return f" Dicatat untuk versi {plan.ordinal}; edaran ini sudah diganti versi baru, yang masih ditunggu."


def _opd(session: Any, version_id: int, text: str) -> int:
    """Return which OPD of a version's people a name or id means. Raises DeskError("opd_unknown")."""
    from asn_desk.circulars.progress import progress_by_unit

    rows = [row for row in progress_by_unit(session, version_id) if row.opd_id is not None]
    folded = text.strip().casefold()
    exact = [row for row in rows if row.name.casefold() == folded or str(row.opd_id) == folded]
    near = exact or [row for row in rows if folded in row.name.casefold()]
    if len(near) == 1 and near[0].opd_id is not None:
        return near[0].opd_id
    hint = f" Mungkin maksudnya {'; '.join(row.name for row in near[:_LISTED])}." if near else ""
    raise DeskError("opd_unknown", f"Tidak ada penerima edaran ini di OPD “{text}”.{hint}")

"""The verbs `import` and `undo-import`: SIASN workbooks into the registry, with plan and report, and out of it again."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from asn_desk import wording
from asn_desk.cli.folders import office_desk
from asn_desk.cli.output import Answer
from asn_desk.desk import Desk
from asn_desk.employees import importing, workbook
from asn_desk.employees.imports import office_import, options, remembered
from asn_desk.employees.imports.office_import import OfficePlan
from asn_desk.employees.reading.sheets import Workbook


def import_files(arguments: argparse.Namespace) -> Answer:
    """Plan and, unless `--dry-run`, apply an import; refused rows are listed by cell and reason."""
    with office_desk(arguments) as desk:
        return _import(desk, arguments)


def undo_import(arguments: argparse.Namespace) -> Answer:
    """Undo a whole import, or say what already builds on it."""
    with office_desk(arguments) as desk:
        done = desk.write(lambda session: importing.undo_import(session, arguments.import_id)).value
    said = f"{wording.number(done.removed)} pegawai dikeluarkan, {wording.number(done.restored)} dikembalikan seperti semula"
    return Answer(asdict(done), (f"Impor nomor {done.run_id} dibatalkan: {said}.",))


def _import(desk: Desk, arguments: argparse.Namespace) -> Answer:
    paths = [*([arguments.hierarchy] if arguments.hierarchy is not None else []), *arguments.files]
    books = desk.read(lambda session: [_read(session, path) for path in paths])
    known = desk.read(importing.load_known)
    plan = office_import.plan_all(books, known, desk.clock.today(), full=arguments.full)
    if arguments.report is not None:
        office_import.refused_workbook_of(plan, arguments.report)
    run = None
    if not (arguments.dry_run or plan.nothing_to_do):
        run = desk.write(lambda session: office_import.apply_all(session, plan, books)).value.people.run_id
    return Answer(_data(plan), _lines(plan, run, dry_run=arguments.dry_run), complaints=_complaints(plan))


def _read(session: Session, path: Path) -> Workbook:
    """Read a file with the columns that were chosen for its source before, and the personal data that is switched on."""
    private = options.switched_on(session)
    book = workbook.read(path, private=private)
    mappings = remembered.recalled(session, book)
    return workbook.read(path, mappings=mappings, private=private) if mappings else book


def _data(plan: OfficePlan) -> dict[str, Any]:
    people = plan.people
    return {
        "new": len(people.new),
        "changed": len(people.changed),
        "same": people.same,
        "gone": len(people.missing),
        "refused": [_place(row) for row in plan.refused],
        "warnings": [_place(row) for row in people.warnings],
    }


def _place(row: importing.Refused | importing.Warned) -> dict[str, str]:
    return {name: getattr(row, name) for name in ("file", "sheet", "cell", "value", "code", "reason")}


def _lines(plan: OfficePlan, run: int | None, *, dry_run: bool) -> tuple[str, ...]:
    people = plan.people
    counts = (
        f"baru {wording.number(len(people.new))}",
        f"berubah {wording.number(len(people.changed))}",
        f"tetap {wording.number(people.same)}",
        f"tidak ada lagi {wording.number(len(people.missing))}",
        f"ditolak {wording.number(len(plan.refused))}",
        f"peringatan {wording.number(len(people.warnings))}",
    )
    done = "Diimpor" if run is None else f"Diimpor sebagai impor nomor {run}"
    return (f"{'Rencana, belum disimpan' if dry_run else done}: {', '.join(counts)}.",)


def _complaints(plan: OfficePlan) -> tuple[str, ...]:
    return tuple(f"{row.file}, {row.sheet}, {row.cell}: {row.reason}" for row in plan.refused)

"""The verb `import`: SIASN workbooks into the registry, with plan and report."""

from __future__ import annotations

import argparse
from typing import Any

from asn_desk import wording
from asn_desk.cli.folders import data_root
from asn_desk.cli.output import Answer
from asn_desk.desk import Desk, open_desk
from asn_desk.employees import importing, workbook


def import_files(arguments: argparse.Namespace) -> Answer:
    """Plan and, unless `--dry-run`, apply an import; refused rows are listed by cell and reason."""
    desk = open_desk(data_root(arguments))
    desk.actor = "baris perintah"
    try:
        return _import(desk, arguments)
    finally:
        desk.close()


def _import(desk: Desk, arguments: argparse.Namespace) -> Answer:
    if arguments.hierarchy is not None:
        units = workbook.read(arguments.hierarchy)
        unit_plan = importing.plan_units([units], desk.read(importing.load_known))
        if not arguments.dry_run:
            desk.write(lambda session: importing.apply_units(session, unit_plan))
    books = [workbook.read(path) for path in arguments.files]
    plan = importing.plan(books, desk.read(importing.load_known), desk.clock.today(), full=arguments.full)
    if arguments.report is not None:
        importing.refused_workbook(plan, arguments.report)
    if not arguments.dry_run:
        desk.write(lambda session: importing.apply(session, plan))
    return Answer(_data(plan), _lines(plan, dry_run=arguments.dry_run), complaints=_complaints(plan))


def _data(plan: importing.ImportPlan) -> dict[str, Any]:
    return {
        "new": len(plan.new),
        "changed": len(plan.changed),
        "same": plan.same,
        "gone": len(plan.missing),
        "refused": [_place(row) for row in plan.refused],
        "warnings": [_place(row) for row in plan.warnings],
    }


def _place(row: importing.Refused | importing.Warned) -> dict[str, str]:
    return {name: getattr(row, name) for name in ("file", "sheet", "cell", "value", "code", "reason")}


def _lines(plan: importing.ImportPlan, *, dry_run: bool) -> tuple[str, ...]:
    counts = (
        f"baru {wording.number(len(plan.new))}",
        f"berubah {wording.number(len(plan.changed))}",
        f"tetap {wording.number(plan.same)}",
        f"tidak ada lagi {wording.number(len(plan.missing))}",
        f"ditolak {wording.number(len(plan.refused))}",
        f"peringatan {wording.number(len(plan.warnings))}",
    )
    return (f"{'Rencana, belum disimpan' if dry_run else 'Diimpor'}: {', '.join(counts)}.",)


def _complaints(plan: importing.ImportPlan) -> tuple[str, ...]:
    return tuple(f"{row.file}, {row.sheet}, {row.cell}: {row.reason}" for row in plan.refused)

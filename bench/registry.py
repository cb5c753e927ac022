"""Importing an office's SIASN workbook, as ratios to reading it with the library alone and storing its cells with nothing checked."""

from __future__ import annotations

import argparse
import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar

from asn_desk.desk import Desk, open_desk
from asn_desk.employees import importing, workbook
from asn_desk.sample.workbook import write_unit_hierarchy, write_workbook

T = TypeVar("T")
TODAY = date(2024, 9, 9)
MUST_RATIO, MUST_AGAIN, MUST_MB = 2.0, 1.5, 600.0


@dataclass(frozen=True)
class Timed(Generic[T]):
    """What a step returned, and its CPU and wall seconds."""

    value: T
    cpu: float
    wall: float


def timed(step: Callable[[], T]) -> Timed[T]:
    cpu, wall = time.process_time(), time.perf_counter()
    value = step()
    return Timed(value, time.process_time() - cpu, time.perf_counter() - wall)


def read_raw(source: Path) -> int:
    """Read every row with calamine and return how many."""
    from python_calamine import CalamineWorkbook

    return sum(1 for _ in CalamineWorkbook.from_path(source).get_sheet_by_index(0).iter_rows())


def store_raw(source: Path, database: Path) -> int:
    """Read every cell with calamine and store it as text with executemany; return the number of rows."""
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_path(source).get_sheet_by_index(0).iter_rows()
    header = next(rows)
    columns = ", ".join(f"c{number} TEXT" for number in range(len(header)))
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"CREATE TABLE people ({columns})")
        connection.execute("CREATE INDEX people_key ON people (c0)")
        marks = ", ".join("?" * len(header))
        stored = connection.executemany(
            f"INSERT INTO people VALUES ({marks})", ([str(cell) for cell in row] for row in rows)
        ).rowcount
    connection.close()
    return stored


def import_units(desk: Desk, source: Path) -> None:
    """Import the units first, as an office does."""
    plan = importing.plan_units([workbook.read(source)], desk.read(importing.load_known))
    desk.write(lambda session: importing.apply_units(session, plan))


def planned(desk: Desk, source: Path) -> importing.ImportPlan:
    return importing.plan([workbook.read(source)], desk.read(importing.load_known), TODAY)


def applied(desk: Desk, plan: importing.ImportPlan) -> importing.ImportResult:
    return desk.write(lambda session: importing.apply(session, plan)).value


def peak_mb() -> float:
    """Return the most memory that this process has held, in MB; 0 where the system does not tell.

    Not `getrusage`: after an exec that still counts what the parent held.
    """
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def measure(root: Path) -> int:
    """Import the workbook of a folder, and once more, in this process, and print the figures as JSON."""
    source = root / "pegawai.xlsx"
    desk = open_desk(root / "data")
    import_units(desk, root / "unor.xlsx")
    plan = timed(lambda: planned(desk, source))
    result = timed(lambda: applied(desk, plan.value))
    again = timed(lambda: planned(desk, source))
    undone = timed(lambda: desk.write(lambda session: importing.undo_import(session, result.value.run_id or 0)))
    desk.close()
    steps: dict[str, Timed[Any]] = {"plan": plan, "apply": result, "again": again, "undo": undone}
    figures: dict[str, Any] = {name: (step.cpu, step.wall) for name, step in steps.items()}
    figures["peak"] = peak_mb()
    same = again.value.nothing_to_do and again.value.same
    print(json.dumps(figures | {"added": result.value.added, "refused": result.value.refused, "same": same}))
    return 0


def line(name: str, cpu: float, wall: float, limit: float) -> None:
    print(f"{name:<44}{cpu:8.2f}{wall:8.2f}{cpu / limit:9.2f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--search", action="store_true", help="search, list and export instead of the import")
    parser.add_argument("--times", type=int, default=1, help="with --search: so many times as many people")
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.search:
        from bench import registry_search

        return registry_search.run(arguments.people, arguments.times)
    if arguments.folder is not None:
        return measure(arguments.folder)
    with tempfile.TemporaryDirectory() as folder:
        root, people = Path(folder), arguments.people
        write_workbook(root / "pegawai.xlsx", people)
        write_unit_hierarchy(root / "unor.xlsx", people)
        read = timed(lambda: read_raw(root / "pegawai.xlsx"))
        raw = timed(lambda: store_raw(root / "pegawai.xlsx", root / "raw.db"))
        child = [sys.executable, "-m", "bench.registry", "--folder", folder]
        figures = json.loads(subprocess.run(child, check=True, capture_output=True, text=True).stdout)
    return report(people, read, raw, figures)


def report(people: int, read: Timed[int], raw: Timed[int], figures: dict[str, Any]) -> int:
    """Print the table and return 1 when a limit is passed."""
    plan, apply, again, undo = (Timed(None, *figures[name]) for name in ("plan", "apply", "again", "undo"))
    both = Timed(None, plan.cpu + apply.cpu, plan.wall + apply.wall)
    print(f"{f'import of {people} people, 69 columns':<44}   CPU s  wall s    ratio")
    line("limit A: read alone", read.cpu, read.wall, read.cpu)
    line("limit B: cells read and stored raw", raw.cpu, raw.wall, raw.cpu)
    line("read and plan, to B", plan.cpu, plan.wall, raw.cpu)
    line("apply, with search, trail and undo, to B", apply.cpu, apply.wall, raw.cpu)
    line(f"plan and apply, to B (at most {MUST_RATIO})", both.cpu, both.wall, raw.cpu)
    line(f"the same file again, to A (at most {MUST_AGAIN})", again.cpu, again.wall, read.cpu)
    line("undo of the whole import, to B", undo.cpu, undo.wall, raw.cpu)
    print(f"peak memory {figures['peak']:.0f} MB (at most {MUST_MB:.0f})")
    print(f"added {figures['added']}, refused {figures['refused']}; again: {figures['same']} the same")
    return int(
        both.cpu > MUST_RATIO * raw.cpu
        or again.cpu > MUST_AGAIN * read.cpu
        or figures["peak"] > MUST_MB
        or figures["added"] + figures["refused"] != raw.value
        or figures["same"] != figures["added"]
    )


if __name__ == "__main__":
    sys.exit(main())

"""Importing an office's SIASN workbook (plan and apply), as a ratio to reading it and storing its cells with nothing checked."""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from asn_desk.desk import Desk, open_desk
from asn_desk.employees import importing, workbook
from asn_desk.sample.workbook import write_unit_hierarchy, write_workbook

T = TypeVar("T")
TODAY = date(2024, 9, 9)
MUST_SECONDS = 10.0


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


def line(name: str, step: Timed[T], limit: float) -> None:
    print(f"{name:<34}{step.cpu:8.2f}{step.wall:8.2f}{step.cpu / limit:9.2f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=6500)
    people = parser.parse_args().people
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        source, units = root / "pegawai.xlsx", root / "unor.xlsx"
        write_workbook(source, people)
        write_unit_hierarchy(units, people)
        raw = timed(lambda: store_raw(source, root / "raw.db"))
        desk = open_desk(root / "data")
        import_units(desk, units)
        plan = timed(lambda: planned(desk, source))
        result = timed(lambda: applied(desk, plan.value))
        again = timed(lambda: planned(desk, source))
        desk.close()
    print(f"import of {people} people, 69 columns     CPU s  wall s    ratio")
    line("limit: cells read and stored raw", raw, raw.cpu)
    line("read and plan", plan, raw.cpu)
    line("apply, with search and trail", result, raw.cpu)
    both = Timed(None, plan.cpu + result.cpu, plan.wall + result.wall)
    line("plan and apply", both, raw.cpu)
    line("the same file again", again, raw.cpu)
    stored, unchanged = result.value, again.value
    print(f"added {stored.added}, refused {stored.refused}")
    print(f"the same file again: {unchanged.same} the same, nothing to do: {unchanged.nothing_to_do}")
    return int(
        both.wall > MUST_SECONDS * people / 6500
        or not unchanged.nothing_to_do
        or stored.added + stored.refused != raw.value
    )


if __name__ == "__main__":
    sys.exit(main())

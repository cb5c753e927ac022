"""What encryption at rest costs: opening, searching, importing and a batch of letters, with it and without, in CPU seconds.

Both offices do the same steps in turn in one run, each in a process of its own; told is the least of the rounds and the ratio.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from asn_desk.accounts import recovery, recovery_acts, service
from asn_desk.accounts.queries import users
from asn_desk.desk import Desk, open_desk
from asn_desk.employees import importing, workbook
from asn_desk.employees.queries import EmployeeFilter, employee_ids, employee_rows
from asn_desk.letters.contents.kinds import RESIGNATION_RECEIPT
from asn_desk.letters.service import IssueLetter, issue
from asn_desk.sample.practice import PRACTICE_DAY, open_practice
from asn_desk.sample.workbook import write_workbook

MUST_RATIO = 1.3
PASSWORD = "gunung tujuh berkabut"
WORDS = ("wulan", "bud", "setiawan", "19850", "analis", "dinas", "sari utami", "zz")
FIELDS = {
    "pencalonan.jabatan": "Wakil Wali Kota Contoh",
    "pencalonan.pemilihan": "Pemilihan Wali Kota dan Wakil Wali Kota Contoh Tahun 2024",
    "diterima.tanggal_surat": "2024-09-06",
}
STEPS = ("open", "import", "search", "batch")


def prepare(root: Path, *, encrypted: bool) -> str:
    """Make an office with the sample people and one administrator, encrypted or not, and return the administrator's name."""
    desk = open_practice(root)
    row = desk.read(users)[0]
    desk.write(lambda session: service.turn_on(session, row.id, PASSWORD, row.version))
    desk.sign_in(row.name, PASSWORD)
    if encrypted:
        code = recovery.new_code()
        recovery_acts.encrypt(desk, PASSWORD, code, dict(enumerate(recovery.groups(code))))
    desk.close()
    return row.name


def work(root: Path, name: str, source: Path, letters: int) -> dict[str, float]:
    """Do all steps on an office and return the CPU seconds of each; signing in itself is not counted, it is slow by intent."""
    took = {"open": cpu(lambda: reopen(root))}
    desk = open_desk(root)
    desk.sign_in(name, PASSWORD)
    took["import"] = cpu(lambda: import_all(desk, source))
    took["search"] = cpu(lambda: search(desk))
    took["batch"] = cpu(lambda: batch(desk, letters))
    desk.close()
    return took


def cpu(step: Callable[[], object]) -> float:
    """Return the CPU seconds of a step."""
    begun = time.process_time()
    step()
    return time.process_time() - begun


def reopen(root: Path) -> None:
    """Open the office twenty times, the key being held, and read once each time."""
    for _ in range(20):
        desk = open_desk(root)
        desk.accounts_on()
        desk.close()


def import_all(desk: Desk, source: Path) -> None:
    """Read the workbook and store its units and people."""
    books = [workbook.read(source)]
    units = importing.plan_units(books, desk.read(importing.load_known))
    desk.write(lambda session: importing.apply_units(session, units))
    plan = importing.plan(books, desk.read(importing.load_known), PRACTICE_DAY)
    desk.write(lambda session: importing.apply(session, plan))


def search(desk: Desk) -> None:
    """Search as a clerk does, each word as far as the first page."""
    for word in WORDS * 25:
        desk.read(partial(first_page, EmployeeFilter(text=word)))


def first_page(wanted: EmployeeFilter, session: Any) -> int:
    """Read the first hundred rows of a search."""
    return len(employee_rows(session, employee_ids(session, wanted)[:100]))


def batch(desk: Desk, letters: int) -> None:
    """Issue letters in chunks of twenty, as the batch does."""
    people = desk.read(lambda session: employee_ids(session, EmployeeFilter()))[:letters]
    for start in range(0, len(people), 20):
        desk.write(partial(issue_some, people[start : start + 20]))


def issue_some(people: Sequence[int], session: Any) -> None:
    """Issue one letter for each of some people."""
    for person in people:
        issue(session, IssueLetter(RESIGNATION_RECEIPT, PRACTICE_DAY, person, FIELDS))


def measure(rows: int, letters: int, rounds: int) -> dict[str, dict[str, float]]:
    """Return the least CPU seconds of each step for both offices."""
    best: dict[str, dict[str, float]] = {"plain": {}, "encrypted": {}}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "pegawai.xlsx"
        write_workbook(source, rows)
        for number in range(rounds):
            for kind, least in best.items():
                told = one_office(Path(folder) / f"{kind}-{number}", source, letters, kind)
                for step, seconds in told.items():
                    least[step] = min(seconds, least.get(step, seconds))
    return best


def one_office(root: Path, source: Path, letters: int, kind: str) -> dict[str, float]:
    """Return what the steps took on a fresh office in a process of its own."""
    command = [sys.executable, "-m", "bench.encryption", "--work", str(root), "--source", str(source), "--kind", kind]
    done = subprocess.run([*command, "--letters", str(letters)], stdout=subprocess.PIPE, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print the table, and return 1 when a ratio is over the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--letters", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--source", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--kind", choices=("plain", "encrypted"), default="plain", help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.work is not None:
        name = prepare(options.work, encrypted=options.kind == "encrypted")
        print(json.dumps(work(options.work, name, options.source, options.letters)))
        return 0
    best = measure(options.rows, options.letters, options.rounds)
    ratios = {step: best["encrypted"][step] / best["plain"][step] for step in STEPS}
    for step in STEPS:
        print(f"{step:8} {best['plain'][step]:8.3f} s {best['encrypted'][step]:8.3f} s  x{ratios[step]:.2f}")
    return int(max(ratios.values()) > MUST_RATIO)


if __name__ == "__main__":
    sys.exit(main())

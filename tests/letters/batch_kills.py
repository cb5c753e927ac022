"""A batch that is killed at random, with all its helping processes, and called again: nobody twice, nobody left out.

python -m tests.letters.batch_kills --people 1000 --kills 5
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2

from asn_desk.database.trail.verify import verify
from asn_desk.desk import open_desk
from asn_desk.letters.bulk.batch_files import LIST_FILE, PRINT_FILE
from asn_desk.letters.queries import register_rows, register_years
from asn_desk.paths import DataPaths
from tests.letters.batch_office import batch_command, fill_office, nip_of

ROOT = Path(__file__).parents[2]
SEED = 20240909


@dataclass(frozen=True)
class Ground:
    """An office with people, a list of their NIPs, and the folder of the batch."""

    data: Path
    out: Path
    nips: Path

    def command(self, chunk: int) -> list[str]:
        """Return the command line that begins the batch, or goes on with it."""
        return batch_command(self.data, self.out, self.nips, "--chunk", str(chunk))


def ground(data: Path, work: Path, people: int) -> Ground:
    """Return an office ready for a batch of so many people."""
    made = Ground(data, work / "hasil", work / "nip.txt")
    made.nips.write_text("\n".join(nip_of(place) for place in range(people)), encoding="utf-8")
    desk = open_desk(data)
    desk.write(lambda session: fill_office(session, people))
    desk.close()
    return made


def kill_and_resume(place: Ground, kills: int, chunk: int, *, most_chunks: int, longest: float) -> list[int]:
    """Kill the command at random moments, then let it run to its end; return how many letters each life had reported."""
    chance = random.Random(SEED)
    reached = [
        _killed(place.command(chunk), chance.randint(1, most_chunks), chance.uniform(0.0, longest))
        for _ in range(kills)
    ]
    subprocess.run(place.command(chunk), cwd=ROOT, check=True, capture_output=True)
    return reached


def _killed(command: list[str], lines: int, seconds: float) -> int:
    """Start the command, and some time after it has told of so many chunks kill it and every process that it started."""
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as running:
        assert running.stderr is not None
        told = [running.stderr.readline() for _ in range(lines)]
        try:
            running.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
    assert running.returncode == -signal.SIGKILL, "the batch was complete before it could be killed"
    return int(re.sub(r"\D", "", told[-1].split(" dari ")[0]))


def listed(place: Ground) -> list[tuple[Any, ...]]:
    """Return the rows of the control list."""
    with closing(openpyxl.load_workbook(place.out / LIST_FILE, read_only=True)) as book:
        assert book.active is not None
        return list(book.active.iter_rows(min_row=5, values_only=True))


def check(place: Ground, people: int) -> None:
    """Assert that everybody has one letter, and that files, numbers, agenda, control list and print file say the same."""
    rows, copies = listed(place), {file.name for file in (place.out / "surat").iterdir()}
    assert len(copies) == len(rows) == people
    assert {row[9] for row in rows} == copies
    assert sorted(row[3].replace(" ", "") for row in rows) == [nip_of(number) for number in range(people)]
    assert [int(row[1].split("/")[1]) for row in rows] == list(range(1, people + 1))
    assert _agenda(place) == list(range(1, people + 1))
    assert {file.name for file in place.out.iterdir()} == {"surat", PRINT_FILE, LIST_FILE}
    with pypdfium2.PdfDocument(place.out / PRINT_FILE) as document:
        for row in rows:
            assert row[1] in document[int(row[8]) - 1].get_textpage().get_text_bounded()
    assert verify(DataPaths(place.data)).findings == ()


def _agenda(place: Ground) -> list[int | None]:
    desk = open_desk(place.data)
    try:
        (year,) = desk.read(register_years)
        return [row.sequence for row in desk.read(lambda session: register_rows(session, year))]
    finally:
        desk.close()


def main() -> int:
    """Do it in a folder of its own and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=5)
    chosen = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        place = ground(Path(name) / "data", Path(name), chosen.people)
        most = max(1, chosen.people // 20 // (chosen.kills + 2))
        reached = kill_and_resume(place, chosen.kills, 20, most_chunks=most, longest=0.4)
        check(place, chosen.people)
    print(
        f"killed {len(reached)} times after {', '.join(map(str, reached))} letters, then resumed: {chosen.people} files,"
    )
    print(f"numbers 1 to {chosen.people} unbroken, list and print file match ({time.perf_counter() - began:.0f} s).")
    return 0


if __name__ == "__main__":
    sys.exit(main())

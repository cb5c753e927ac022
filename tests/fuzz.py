"""Hostile files for every reader: each is read, or refused in a sentence, in bounded time and memory.

    python3 dev.py fuzz --inputs 100000 [--seed 7] [--readers workbook,scan]

Each input is made from its number, so a finding is told as (reader, seed, number) and made again with
`tests.fuzz_inputs.hostile`. Worker processes with limits do the reading; one that dies or hangs is itself a finding.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from asn_desk.circulars import codes
from asn_desk.circulars.return_files import returns_days, returns_reading
from asn_desk.circulars.scanning import pixels
from asn_desk.circulars.scanning.reading import read_page
from asn_desk.database.backups import backup
from asn_desk.employees import workbook
from asn_desk.errors import DeskError
from asn_desk.letters.checker import checking
from asn_desk.letters.contents.kinds import RESIGNATION_RECEIPT
from tests.fuzz_inputs import HEAD, SEAL, hostile

SHARES = {"workbook": 0.22, "template": 0.08, "backup": 0.25, "return": 0.15, "code": 0.24, "scan": 0.06}
"""How many of the inputs each reader gets: the quick ones more, so that a night's work is not spent on pictures."""
SECONDS_EACH = 20
SILENCE = 60.0
MEMORY = 3 << 30
MOST_RESIDENT = 900 << 20


class Hang(BaseException):
    """An input took too long."""


@dataclass
class Tally:
    """What came of the inputs of a run."""

    answers: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    resident: int = 0
    findings: list[str] = field(default_factory=list)


# --- the readers ---------------------------------------------------------------------------------------------------


def _read_workbook(path: Path) -> None:
    workbook.read(path)


def _read_template(path: Path) -> None:
    checking.check(path.read_bytes(), RESIGNATION_RECEIPT)


def _read_backup(path: Path) -> None:
    backup.check(path)


def _read_return(path: Path) -> None:
    book = returns_reading.open_book(path)
    returns_reading.filled_rows(book, HEAD)
    returns_reading.head_of(book, SEAL)


def _read_code(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    codes.looks_like_code(text)
    codes.readable(codes.parse(text))
    returns_days.day_of(text)


def _read_scan(path: Path) -> None:
    pages = pixels.Pages(path)
    try:
        for page in range(1, min(pixels.page_count(path), 2) + 1):
            read_page(lambda dpi, page=page: pages.picture(page, dpi), pixels.DPI, pixels.CLOSE_DPI)  # type: ignore[misc]
    finally:
        pages.close()


READERS: dict[str, Callable[[Path], None]] = {
    "workbook": _read_workbook,
    "template": _read_template,
    "backup": _read_backup,
    "return": _read_return,
    "code": _read_code,
    "scan": _read_scan,
}


def suffix(reader: str, data: bytes) -> str:
    """Return the file name's end that the content would be sent under."""
    if reader == "workbook":
        return ".xlsx" if data[:2] == b"PK" else ".csv"
    if reader == "scan":
        known = {b"\x89P": ".png", b"\xff\xd8": ".jpg", b"II": ".tiff", b"MM": ".tiff"}
        return known.get(data[:2], ".pdf")
    return {"template": ".docx", "return": ".xlsx", "backup": ".zip"}.get(reader, ".txt")


def feed(reader: str, data: bytes, folder: Path) -> str:
    """Give one input to a reader and return how it answered: "read" or the refusal's code. Anything else is a finding."""
    path = folder / f"masukan{suffix(reader, data)}"
    path.write_bytes(data)
    try:
        READERS[reader](path)
    except DeskError as error:
        if not error.sentence.strip():
            raise RuntimeError(f"{error.code}: a refusal without a sentence") from error
        return error.code
    except OSError as error:  # the scanner's own process tells these per page (`readers._read`)
        if reader != "scan":
            raise
        return f"page broken: {type(error).__name__}"
    return "read"


# --- worker processes ----------------------------------------------------------------------------------------------


def _too_long(_signal: int, _frame: object) -> None:
    raise Hang


def serve(told: Connection, at: Any, reader: str, seed: int, numbers: tuple[int, int, int]) -> None:
    """Read inputs `first, first + step ...` and send what came of them; `at` says which is being read."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGALRM, _too_long)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    with tempfile.TemporaryDirectory(prefix="asn-desk-fuzz-") as name:
        tally = Tally()
        for number in range(*numbers):
            at.value = number
            began = time.perf_counter()
            _try(reader, seed, number, Path(name), tally)
            tally.slowest = max(tally.slowest, time.perf_counter() - began)
        tally.resident = _most_resident()
        if tally.resident > MOST_RESIDENT:
            tally.findings.append(f"{reader}: {tally.resident >> 20} MiB of memory")
        told.send(tally)


def _most_resident() -> int:
    """Return the most bytes this program held; getrusage would also count its parent's before the exec."""
    import resource

    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) * 1024


def _try(reader: str, seed: int, number: int, folder: Path, tally: Tally) -> None:
    signal.setitimer(signal.ITIMER_REAL, SECONDS_EACH)
    try:
        tally.answers[feed(reader, hostile(reader, seed, number), folder)] += 1
    except Hang:
        tally.findings.append(f"{reader} seed {seed} number {number}: longer than {SECONDS_EACH} s")
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        tally.findings.append(
            f"{reader} seed {seed} number {number}: {error!r:.200} at {place.filename}:{place.lineno}"
        )
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def lot(reader: str, seed: int, first: int, last: int) -> Tally:
    """Read a lot of inputs in a process of its own, again from behind the one that killed it."""
    whole = Tally()
    context = multiprocessing.get_context("spawn")
    while first < last:
        ours, theirs = context.Pipe(duplex=False)
        at = context.Value("q", first)
        worker = context.Process(target=serve, args=(theirs, at, reader, seed, (first, last, 1)), daemon=True)
        worker.start()
        theirs.close()
        part = _awaited(ours, at, worker)
        if part is not None:
            return _added(whole, part)
        whole.findings.append(f"{reader} seed {seed} number {at.value}: the process died or hung ({worker.exitcode})")
        first = at.value + 1
    return whole


def _awaited(ours: Connection, at: Any, worker: Any) -> Tally | None:
    reached, since = at.value, time.monotonic()
    while not ours.poll(1.0):
        if at.value != reached:
            reached, since = at.value, time.monotonic()
        if time.monotonic() - since > SILENCE:
            worker.kill()
            worker.join()
            return None
    with contextlib.suppress(EOFError):
        found: Tally = ours.recv()
        worker.join()
        return found
    worker.join()
    return None


def _added(whole: Tally, part: Tally) -> Tally:
    whole.answers.update(part.answers)
    whole.slowest = max(whole.slowest, part.slowest)
    whole.resident = max(whole.resident, part.resident)
    whole.findings += part.findings
    return whole


# --- the run -------------------------------------------------------------------------------------------------------


def lots(inputs: int, readers: list[str], size: int = 1000) -> Iterator[tuple[str, int, int]]:
    """Yield (reader, first, last) so that together there are at least so many inputs."""
    whole = sum(SHARES[reader] for reader in readers)
    for reader in readers:
        wanted = int(inputs * SHARES[reader] / whole) + 1
        for first in range(0, wanted, size):
            yield reader, first, min(first + size, wanted)


def main() -> int:
    """Run from the command line; exit code 1 when a reader crashed, hung or ate too much memory."""
    parser = argparse.ArgumentParser(description="Give hostile files to every reader.")
    parser.add_argument("--inputs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--readers", default=",".join(READERS))
    chosen = parser.parse_args()
    if os.name != "posix":
        sys.exit("The fuzz harness needs a system with memory limits (Linux, macOS).")
    began, findings = time.perf_counter(), 0
    for reader in chosen.readers.split(","):
        tally = Tally()
        share = chosen.inputs * SHARES[reader] / sum(SHARES[name] for name in chosen.readers.split(","))
        for _, first, last in lots(int(share), [reader]):
            _added(tally, lot(reader, chosen.seed, first, last))
        findings += len(tally.findings)
        print(
            f"{reader:9} {tally.answers.total():7} inputs, slowest {tally.slowest:.2f} s, {tally.resident >> 20} MiB, "
            f"{len(tally.findings)} findings: {dict(tally.answers.most_common(8))}", flush=True,
        )  # fmt: skip
        for finding in tally.findings:
            print(f"  {finding}", flush=True)
    print(f"seed {chosen.seed}, {findings} findings, {time.perf_counter() - began:.0f} s")
    return int(findings > 0)


if __name__ == "__main__":
    sys.exit(main())

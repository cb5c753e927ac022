"""Making letters: ours as a ratio to limits kept beside it and to the usual libraries, the same one-page letter in one run."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

MUST_MIB, MUST_BYTES = 200.0, 2_500.0


@dataclass(frozen=True)
class Run:
    """What one program needed: seconds, MiB, bytes and pages, for `count` letters."""

    count: int
    cpu: float
    wall: float
    peak: float
    size: int
    pages: int

    @property
    def rate(self) -> float:
        """Return letters per CPU second."""
        return self.count / self.cpu


def start(name: str, count: int, folder: Path) -> subprocess.Popen[str]:
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "bench._letter_programs", name, str(count), str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str], count: int) -> Run:
    output, errors = process.communicate(timeout=1800)
    if process.returncode != 0:
        sys.exit(f"A letter program failed (exit code {process.returncode}):\n{output}{errors}")
    answer = json.loads(output.splitlines()[-1])
    return Run(count, answer["cpu"], answer["wall"], answer["peak"], answer["bytes"], answer["pages"])


def run(name: str, count: int, root: Path) -> Run:
    folder = root / name
    done = finish(start(name, count, folder), count)
    shutil.rmtree(folder)
    return done


def line(name: str, done: Run, ratio: float, note: str = "") -> None:
    print(
        f"{name:<46}{done.count:>7}{done.rate:>10.0f}{ratio:>8.2f}{done.peak:>9.0f}{done.size / done.count / 1000:>9.1f}   {note}",
        flush=True,
    )


def office_suite(root: Path) -> float | None:
    """Return letters per CPU second of LibreOffice, many files in one process; None where it is absent."""
    program = shutil.which("soffice")
    if program is None:
        return None
    import resource

    folder, count = root / "office", 20
    finish(start("our_docx", count, folder), count)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    files = [str(path) for path in sorted(folder.glob("*.docx"))]
    profile = f"-env:UserInstallation={(root / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return count / (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def two_processes(count: int, root: Path) -> float:
    """Return how much sooner two processes finish than one, for the same letters."""
    one = run("our_pdf_each", count, root)
    processes = [start("our_pdf_each", count // 2, root / str(part)) for part in (1, 2)]
    both = [finish(process, count // 2) for process in processes]
    return one.wall / max(part.wall for part in both)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=5000, help="letters in the print file (one file each: a fifth)")
    parser.add_argument("--many", type=int, default=10_000, help="letters of the memory test; 0 leaves it out")
    parser.add_argument("--profile", action="store_true", help="only tell where the time of a print file goes")
    chosen = parser.parse_args()
    if chosen.profile:
        from bench import _letter_profile

        _letter_profile.report(max(100, chosen.letters // 5))
        return 0
    print(
        f"{'one-page letter, logo, table, justified':<46}{'letters':>7}{'per CPU s':>10}{'ratio':>8}{'peak MiB':>9}{'KB each':>9}"
    )
    with tempfile.TemporaryDirectory() as name:
        return report(Path(name), chosen.letters, chosen.many)


def report(root: Path, letters: int, many: int) -> int:
    """Print the table; the ratio is to the limit above it. Return 1 when a must of the project is missed."""
    each, slow = max(20, letters // 5), max(10, letters // 50)
    zipped, usual = run("raw_zip", each, root), run("docxtpl", slow, root)
    ours = run("our_docx", each, root)
    line("limit: raw zip, document part replaced", zipped, 1.0)
    line("docxtpl", usual, zipped.rate / usual.rate)
    line(
        "ours: DOCX, one file each",
        ours,
        zipped.rate / ours.rate,
        f"{ours.rate / usual.rate:.0f}x docxtpl (must 25), goal ratio 1.6",
    )
    failed = ours.rate < 25 * usual.rate
    limit, platypus = run("shared_bytes", each, root), run("platypus_each", slow, root)
    single = run("our_pdf_each", each, root)
    line("limit: own layout, shared bytes, no Word", limit, 1.0)
    line("Platypus, one file each", platypus, limit.rate / platypus.rate)
    line("ours: PDF from DOCX, one file each", single, limit.rate / single.rate,
         f"{single.rate / platypus.rate:.1f}x Platypus (must 5), goal ratio 1.6")  # fmt: skip
    failed |= single.rate < 5 * platypus.rate
    return int(print_file(root, letters, many) or failed)


def print_file(root: Path, letters: int, many: int) -> bool:
    limit, platypus = run("raw_canvas", letters, root), run("platypus_one", letters // 10, root)
    batch = run("our_pdf_one", letters, root)
    office = office_suite(root)
    line("limit: ready lines on reportlab's canvas", limit, 1.0)
    line("Platypus, one file", platypus, limit.rate / platypus.rate)
    beside = f"{batch.rate / office:.0f}x LibreOffice (must 12), " if office else ""
    line("ours: filled and printed, one file", batch, limit.rate / batch.rate, f"{beside}must ratio 3, goal 1.4")
    failed = limit.rate / batch.rate > 3 or batch.peak > MUST_MIB or bool(office and batch.rate < 12 * office)
    if many:
        more = run("our_pdf_one", many, root)
        line(
            "the same, many more",
            more,
            limit.rate / more.rate,
            f"must {MUST_MIB:.0f} MiB and {MUST_BYTES / 1000} KB a page",
        )
        failed |= more.peak > MUST_MIB or more.size / more.pages > MUST_BYTES
        print(
            f"memory from {letters} to {many} letters: {more.peak - batch.peak:+.0f} MiB; {more.size / more.pages:.0f} bytes a page"
        )
    print(
        f"two processes: {two_processes(max(40, letters // 5), root):.2f} times as fast as one (goal 1.8 on two free cores)"
    )
    if office is None:
        print("LibreOffice is not here; the comparison with it was left out.")
    return failed


if __name__ == "__main__":
    sys.exit(main())

"""Try the built program as on a PC that never saw Python: an empty environment, a home folder of its own.

    python packaging/try_built.py dist/asn-desk

Runs the self-test of both programs, then measures the start. Exits with 1 when a program fails.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WINDOWS = sys.platform == "win32"
NEEDED_BY_WINDOWS = ("SYSTEMROOT", "WINDIR", "COMSPEC")
STARTS = 5
PATIENCE = 180  # seconds; a program that waits for somebody to press a button has failed


def bare_environment(home: Path) -> dict[str, str]:
    """Return an environment with nothing of Python, no PATH, and home and temporary folders of its own."""
    places = {
        name: str(home)
        for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TMPDIR", "TEMP", "TMP", "XDG_RUNTIME_DIR")
    }
    system = {name: os.environ[name] for name in NEEDED_BY_WINDOWS if name in os.environ}
    return {**places, **system, "PATH": "", "LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"}


def attempt(command: list[str], home: Path) -> bool:
    """Run one command in the bare environment and say how it ended and how long it took."""
    began = time.perf_counter()
    try:
        code = subprocess.run(command, env=bare_environment(home), cwd=home, check=False, timeout=PATIENCE).returncode
        verdict = "ok" if code == 0 else f"FAILED (exit code {code})"
    except subprocess.TimeoutExpired:
        verdict = "FAILED (did not end by itself)"
    print(
        f"{Path(command[0]).name} {' '.join(command[1:])}: {verdict}, {time.perf_counter() - began:.1f} s", flush=True
    )
    return verdict == "ok"


def start_seconds(command: list[str], home: Path) -> float:
    """Return the median wall time of a start that loads Python, Qt and the window's code, and ends before a window shows."""
    times = []
    for _ in range(STARTS):
        began = time.perf_counter()
        subprocess.run(
            [*command, "--help"], env=bare_environment(home), cwd=ROOT, check=True, stdout=subprocess.DEVNULL
        )
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def main(folder: Path) -> int:
    """Try both programs of the folder; return the exit code."""
    suffix = ".exe" if WINDOWS else ""
    window, console = folder / f"asn-desk{suffix}", folder / f"asn-desk-cli{suffix}"
    with tempfile.TemporaryDirectory(prefix="asn-desk-") as name:
        home = Path(name)
        passed = [attempt([str(window), "--self-test"], home), attempt([str(console), "self-test"], home)]
        if not all(passed):
            return 1
        built = start_seconds([str(window)], home)
        checkout = start_seconds([sys.executable, "-m", "ui"], home)
        ratio = built / checkout
        print(
            f"start of asn-desk: {built:.2f} s, from the checkout {checkout:.2f} s, ratio {ratio:.2f} (median of {STARTS})"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))

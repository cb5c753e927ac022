"""CPU time until the first paint of our window, as a ratio to a bare Qt window in the same run."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

GOAL, LIMIT = 1.8, 3.0


def first_paint(kind: str, arguments: list[str], home: str) -> tuple[float, list[str]]:
    """Return (CPU seconds, heavy libraries loaded) of one start in a fresh process."""
    places = {"HOME": home, "XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home, "LOCALAPPDATA": home, "APPDATA": home}
    command = [sys.executable, "-m", "bench._first_paint", kind, *arguments]
    done = subprocess.run(
        command, env={**os.environ, **places}, capture_output=True, text=True, check=False, timeout=120
    )
    if done.returncode != 0:
        sys.exit(f"The start failed (exit code {done.returncode}):\n{done.stdout}{done.stderr}")
    answer = json.loads(done.stdout.splitlines()[-1])
    return answer["cpu"], answer["loaded"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=9)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        data = str(Path(home) / "data")
        bare, ours = [], []
        loaded: set[str] = set()
        for _ in range(chosen.repeats + 1):  # taking turns, so that a slow moment of the machine hits both
            bare.append(first_paint("bare", [], home)[0])
            seconds, heavy = first_paint("ours", ["--data", data], home)
            ours.append(seconds)
            loaded.update(heavy)
    limit, mine = statistics.median(bare[1:]), statistics.median(ours[1:])  # the first pair warms the disk cache
    print("first paint, CPU seconds (median)        s    ratio")
    print(f"bare Qt window                      {limit:6.3f}     1.00")
    print(f"ASN Desk                            {mine:6.3f}   {mine / limit:6.2f}   (goal {GOAL}, must {LIMIT})")
    print(f"heavy libraries loaded before it: {', '.join(sorted(loaded)) or 'none'}")
    return int(mine / limit > LIMIT or bool(loaded))


if __name__ == "__main__":
    sys.exit(main())

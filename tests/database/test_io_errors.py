"""A dying disk: writing fails from the n-th call on, at a hundred places, with three kinds of error."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
POINTS = 100
COMPILER = shutil.which("cc") or shutil.which("gcc")


@pytest.mark.slow
@pytest.mark.fresh_process
@pytest.mark.skipif(COMPILER is None or sys.platform != "linux", reason="the faulty disk needs Linux and a C compiler")
def test_nothing_confirmed_is_lost_on_a_disk_that_begins_to_fail_at_any_of_a_hundred_calls(
    data_folder: Path, tmp_path: Path
) -> None:
    library, work = tmp_path / "faulty_io.so", tmp_path / "kerja"
    work.mkdir()
    source = ROOT / "tests" / "faulty_io.c"
    subprocess.run([str(COMPILER), "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"], check=True)
    command = [sys.executable, "-m", "tests.faulty_io", str(data_folder), str(work), str(POINTS)]
    environment = {**os.environ, "LD_PRELOAD": str(library)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["failures"] == []
    assert seen["hit"] >= POINTS * 0.4
    assert {"disk_full", "disk_error"} <= seen["told"].keys()

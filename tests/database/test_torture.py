"""The short form of `dev.py torture`: some kills on every run of the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KILLS = 20


@pytest.mark.slow
@pytest.mark.fresh_process
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the torture makes its workers by fork")
def test_nothing_confirmed_is_lost_when_the_program_is_killed_at_random_moments() -> None:
    command = [sys.executable, "-m", "tests.torture", "--kills", str(KILLS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"kills                 {KILLS}\n" in done.stdout
    assert "failures              0\n" in done.stdout

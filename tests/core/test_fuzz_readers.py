"""The short form of `dev.py fuzz`: hostile files for every reader, and the files that once hurt one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz import READERS, feed, lot, lots
from tests.fuzz_inputs import hostile, seeds

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow warns of damaged TIFF files
CORPUS = Path(__file__).resolve().parents[1] / "data" / "fuzz"
INPUTS = {"workbook": 60, "template": 15, "backup": 150, "return": 60, "code": 300, "scan": 12}


@pytest.mark.parametrize("reader", sorted(READERS))
def test_hostile_files_are_read_or_refused_in_a_sentence(reader: str, tmp_path: Path) -> None:
    answers = [feed(reader, hostile(reader, 7, number), tmp_path) for number in range(INPUTS[reader])]
    assert len(answers) == INPUTS[reader]
    assert all(answers)


@pytest.mark.parametrize("reader", sorted(READERS))
def test_the_files_that_the_hostile_ones_are_made_of_are_good(reader: str, tmp_path: Path) -> None:
    assert {feed(reader, data, tmp_path) for data in seeds(reader)} == {"read"}


@pytest.mark.parametrize("finding", sorted(CORPUS.glob("*-*")), ids=lambda file: file.name)
def test_what_once_hurt_a_reader_does_so_no_more(finding: Path, tmp_path: Path) -> None:
    assert feed(finding.name.partition("-")[0], finding.read_bytes(), tmp_path)


def test_the_same_number_makes_the_same_file() -> None:
    assert hostile("workbook", 3, 11) == hostile("workbook", 3, 11) != hostile("workbook", 3, 12)


def test_a_run_covers_at_least_the_inputs_that_were_asked_for() -> None:
    assert sum(last - first for _, first, last in lots(100_000, list(READERS))) >= 100_000


@pytest.mark.fresh_process
def test_a_lot_is_read_in_a_process_of_its_own() -> None:
    tally = lot("code", 7, 0, 40)
    assert tally.answers.total() == 40
    assert tally.findings == []

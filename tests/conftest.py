"""Fixtures for all tests: a fresh data folder per test, made by copying one migrated template."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from asn_desk.desk import Desk, open_desk

PRACTICE_DAY = date(2024, 9, 9)


@pytest.fixture(scope="session")
def migrated_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an empty, current database; copied, never opened, by the tests."""
    root = tmp_path_factory.mktemp("template") / "data"
    open_desk(root).close()
    return root


@pytest.fixture
def data_folder(migrated_folder: Path, tmp_path: Path) -> Path:
    """A data folder of this test's own."""
    root = tmp_path / "data"
    shutil.copytree(migrated_folder, root)
    return root


@pytest.fixture
def desk(data_folder: Path) -> Iterator[Desk]:
    """An open desk in normal mode."""
    opened = open_desk(data_folder)
    opened.actor = "Ratna Wulandari"
    yield opened
    opened.close()


@pytest.fixture
def practice_desk(data_folder: Path) -> Iterator[Desk]:
    """An open desk of the practice office, standing on 9 September 2024."""
    opened = open_desk(data_folder, practice_day=PRACTICE_DAY)
    opened.actor = "Ratna Wulandari"
    yield opened
    opened.close()

"""Offices that are expensive to make, once per run: with accounts, plain and encrypted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from asn_desk.desk import Desk
from tests import encrypted_office


@pytest.fixture
def own_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin and end with no key held, as a program does, and derive keys cheaply."""
    encrypted_office.derive_cheaply(monkeypatch)
    yield
    encrypted_office.forget()


@pytest.fixture(scope="session")
def plain_folder(migrated_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with accounts, a person, a stored file and a plain backup; copied, never opened, by the tests."""
    root = tmp_path_factory.mktemp("plain") / "data"
    shutil.copytree(migrated_folder, root)
    encrypted_office.furnish(root)
    return root


@pytest.fixture(scope="session")
def sealed_folder(plain_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same office, encrypted."""
    root = tmp_path_factory.mktemp("sealed") / "data"
    shutil.copytree(plain_folder, root)
    encrypted_office.shut(root)
    return root


@pytest.fixture
def plain_office(plain_folder: Path, tmp_path: Path, own_process: None) -> Iterator[Desk]:
    """A plain office of this test's own; an administrator is signed in."""
    shutil.copytree(plain_folder, tmp_path / "data")
    desk = encrypted_office.signed_in(tmp_path / "data")
    yield desk
    desk.close()


@pytest.fixture
def encrypted(sealed_folder: Path, tmp_path: Path, own_process: None) -> Iterator[Desk]:
    """An encrypted office of this test's own; an administrator is signed in."""
    shutil.copytree(sealed_folder, tmp_path / "data")
    desk = encrypted_office.signed_in(tmp_path / "data")
    yield desk
    desk.close()

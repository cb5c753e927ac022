"""The data folder that a verb works on: which, who asks, and the verb `verify`."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from asn_desk import settings
from asn_desk.desk import Desk, open_desk
from asn_desk.errors import DeskError
from asn_desk.paths import DataPaths, default_data_dir

PASSWORD_VARIABLE, NEW_PASSWORD_VARIABLE = "ASN_DESK_SANDI", "ASN_DESK_SANDI_BARU"


def data_root(arguments: argparse.Namespace) -> Path:
    """Return the data folder that the command names, else the user's own."""
    return arguments.data or default_data_dir()


@contextmanager
def office_desk(arguments: argparse.Namespace, *, exclusive: bool = True) -> Iterator[Desk]:
    """Open the office's data for one verb; where accounts are on, signed in as `--as` says.

    Raises what `open_desk` raises, DeskError("sign_in_needed" | "sign_in" | "locked_out").
    """
    desk = open_desk(data_root(arguments), exclusive=exclusive)
    try:
        _take_seat(desk, arguments.as_name)
        yield desk
    finally:
        desk.close()


def _take_seat(desk: Desk, name: str | None) -> None:
    if not desk.accounts_on():
        desk.actor = name or "baris perintah"
        return
    if not name:
        raise DeskError("sign_in_needed", "Kantor ini memakai akun. Tambahkan --as NAMA dan kata sandinya.")
    desk.sign_in(name, secret(PASSWORD_VARIABLE, f"Kata sandi {name}: "))


def secret(variable: str, prompt: str) -> str:
    """Return a password from the environment, else asked for on a terminal. Raises DeskError("sign_in_needed")."""
    given = os.environ.get(variable)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise DeskError("sign_in_needed", f"Kata sandi belum diberikan. Isi {variable}, atau jalankan di terminal.")
    return getpass.getpass(prompt)


def embedded(arguments: argparse.Namespace) -> DataPaths:
    """Return the data folder's layout. Raises DeskError("server_database") where a server keeps the data."""
    paths = DataPaths(data_root(arguments))
    if settings.load(paths.settings).database_url is not None:
        raise DeskError("server_database", "Data ini berada di server PostgreSQL; gunakan alat cadangan server itu.")
    return paths

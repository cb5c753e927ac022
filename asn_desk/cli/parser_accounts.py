"""The grammar of the verbs about users and the trail."""

from __future__ import annotations

import argparse
from datetime import date

ROLES = ("operator", "verifikator", "pimpinan", "auditor", "administrator")


def add_users(parser: argparse.ArgumentParser) -> None:
    """Add the words of `users`."""
    parser.add_argument("what", choices=("list", "add", "role", "password", "on"), metavar="list|add|role|password|on")
    parser.add_argument("name", nargs="?", metavar="NAMA", help="pengguna yang dimaksud")
    parser.add_argument("--role", choices=ROLES, metavar="PERAN", help=", ".join(ROLES))


def add_trail(parser: argparse.ArgumentParser) -> None:
    """Add the filters of `trail`."""
    parser.add_argument("--user", default="", metavar="NAMA", help="hanya perubahan oleh pengguna ini")
    parser.add_argument("--subject", default="", metavar="CATATAN", help="hanya catatan ini, misalnya letters:12")
    parser.add_argument("--day", type=_day, metavar="TANGGAL", help="hanya hari ini, misalnya 2024-09-22")
    parser.add_argument("--limit", type=int, default=200, metavar="JUMLAH", help="paling banyak sekian (bawaan: 200)")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"tulis tanggal seperti 2024-09-22, bukan {text}") from error

"""Recognising a row that was imported before: its digest, and the units under which that digest still means the same.

A stored digest saves reading the row again. It is kept only for rows that read without a warning, and counts only while the
person's version, the sheet's columns and the office's units are the same; else the row is read as ever.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asn_desk.employees.imports.plans import KnownUnit
    from asn_desk.employees.reading.cells import Cell
    from asn_desk.employees.terms import PostClass

_RULES = b"2"  # raise it when cells are understood in another way: all rows are then read anew once
_SIZE = 16


def layout_of(columns: tuple[str, ...], month_first: tuple[str, ...]) -> bytes:
    """Return what a row's digest depends on besides its cells: the columns in order, and dates read month first."""
    said = "\x1f".join((*columns, "\x1e", *month_first)).encode()
    return hashlib.blake2b(said + _RULES, digest_size=_SIZE).digest()


def digest_of(layout: bytes, cells: tuple[Cell, ...]) -> bytes:
    """Return the digest of a row's cleaned cells; a number and the same digits as text differ."""
    try:
        said = "\x1f".join(cells)  # type: ignore[arg-type]
    except TypeError:
        said = "\x1e" + repr(cells)
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=_SIZE, key=layout).digest()


def context_of(units: Mapping[int, KnownUnit], posts: Mapping[str, PostClass]) -> bytes:
    """Return a digest of all units and listed posts: rows name them, and what a name means depends on them."""
    known = [tuple(unit) for unit in sorted(units.values(), key=lambda unit: unit.id)]
    said = repr((known, sorted((name, one.value) for name, one in posts.items()))).encode()
    return hashlib.blake2b(said, digest_size=_SIZE).digest()

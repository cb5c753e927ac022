"""A collective list as plain values: what is printed on it and read back from it."""

from __future__ import annotations

from dataclasses import dataclass

from asn_desk.circulars.terms import AckStatus


@dataclass(frozen=True)
class SheetLine:
    """One row of a list: who is to sign there, and where that person stands."""

    row: int
    recipient_id: int
    person: str
    number: str
    post: str
    status: AckStatus


@dataclass(frozen=True)
class Sheet:
    """One list of a unit: page `page` of `pages`, with its code and the layout it is printed with."""

    id: int
    code: str
    layout: int
    circular_id: int
    version_id: int
    opd: str
    unit: str
    page: int
    pages: int
    closed: bool
    lines: tuple[SheetLine, ...]

"""Which elections a circular can be about, and how the office would write each of them out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from asn_desk.letters.contents.catalogue import ElectionType
from asn_desk.office import queries as office
from asn_desk.office.queries import HEADS, OfficeIdentity

_YEAR = re.compile(r"\b(20\d\d)\b")
_TYPES = {kind.value for kind in ElectionType}


@dataclass(frozen=True)
class Election:
    """One election of the rule packs: `words` is what a letter calls it, `type` pemilu, pilkada or empty."""

    id: str
    title: str
    type: str
    words: str


def read_elections(session: Any) -> list[Election]:
    """Return the elections for a circular, those still expected left out; loads the rule packs, so on a reading thread."""
    from asn_desk.regulations.queries import packs_of

    identity = office.office(session)
    calendars = (row for row in packs_of(session).calendars.values() if row.type in _TYPES and not row.expected)
    return [Election(row.id, row.title, row.type, election_words(row.title, row.type, identity)) for row in calendars]


def election_words(title: str, kind: str, identity: OfficeIdentity | None) -> str:
    """Return an election as a letter of this office writes it: `Pemilihan Wali Kota dan Wakil Wali Kota Contoh Tahun 2024`."""
    found = _YEAR.search(title)
    year = f" Tahun {found[1]}" if found else ""
    if kind == ElectionType.PEMILU:
        return f"Pemilihan Umum{year}"
    if identity is None:
        return f"Pemilihan Kepala Daerah{year}"
    head = HEADS[identity.region_kind]
    return f"Pemilihan {head} dan Wakil {head} {identity.region_name}{year}"

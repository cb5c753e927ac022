"""What a clerk may ask of a candidacy file: one frozen command for each form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from asn_desk.regulations.terms import Fact


@dataclass(frozen=True)
class DeclareCandidacy:
    """Open a file: this person stands for this office in this election.

    `office_name`: the very seat, e.g. `Wakil Wali Kota Contoh`; empty takes the office's title and region. `path`: a key of
    PATHS. `flags`: some of PERSONAL_FLAGS. `employer`: a key of EMPLOYER_WORDS; `non_asn_policy` None takes the office's.
    """

    employee_id: int
    office_code: str
    election_id: str
    region: str
    declared_on: date
    office_name: str = ""
    constituency: str = ""
    path: str = ""
    party: str = ""
    running_mate: str = ""
    is_acting_head: bool = False
    flags: frozenset[Fact] = frozenset()
    note: str = ""
    employer: str = "daerah"
    non_asn_policy: str | None = None


@dataclass(frozen=True)
class AmendDeclaration:
    """Correct what the file says about the candidacy itself; the person stays. What is None stays as it is."""

    declaration_id: int
    version: int
    region: str
    office_name: str
    constituency: str = ""
    path: str = ""
    party: str = ""
    running_mate: str = ""
    is_acting_head: bool = False
    flags: frozenset[Fact] = frozenset()
    note: str = ""
    office_code: str | None = None
    election_id: str | None = None
    declared_on: date | None = None
    employer: str | None = None
    non_asn_policy: str | None = None


@dataclass(frozen=True)
class RecordEvent:
    """Record that something happened on a day. `effective_on`: the TMT the paper names. `evidence`: a scanned PDF."""

    declaration_id: int
    version: int
    code: str
    happened_on: date
    effective_on: date | None = None
    document_number: str = ""
    document_date: date | None = None
    received_by: str = ""
    note: str = ""
    evidence: bytes | None = None


@dataclass(frozen=True)
class AttachEvidence:
    """Add the scan of an event's paper that came in later."""

    event_id: int
    version: int
    evidence: bytes


@dataclass(frozen=True)
class VoidEvent:
    """Take back an event that was recorded by mistake; it stays on record with the reason."""

    event_id: int
    version: int
    reason: str


@dataclass(frozen=True)
class CloseDeclaration:
    """Put a finished file away."""

    declaration_id: int
    version: int

"""The frozen rows that candidacy queries hand to screens and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from asn_desk.candidacy.duties import Caution, DutyStatus, Obligation
from asn_desk.candidacy.lanes import LanePoint
from asn_desk.candidacy.outcome import Outcome
from asn_desk.candidacy.rules import Action
from asn_desk.candidacy.terms import DeclarationOrder, DueWithin
from asn_desk.regulations.terms import Lane


@dataclass(frozen=True)
class DeclarationFilter:
    """What the list shows and in which order; empty values ask nothing.

    `due_within_days`: files with an open duty due by then, late ones too; `due` asks about the most urgent open duty.
    `owed_by`: files in which this party owes something now, in the words of `DueRow.owed_by`.
    """

    text: str = ""
    election_id: str = ""
    office_code: str = ""
    kpu_status: str = ""
    staff_status: str = ""
    opd_id: int | None = None
    due_within_days: int | None = None
    with_closed: bool = False
    discipline_status: str = ""
    due: DueWithin = DueWithin.ANY
    owed_by: str = ""
    order: DeclarationOrder = DeclarationOrder.DUE
    descending: bool = False


@dataclass(frozen=True)
class NextDuty:
    """The most urgent open duty of a file."""

    rule_id: str
    text: str
    due: date | None
    status: DutyStatus
    doubtful: bool


@dataclass(frozen=True)
class DeclarationRow:
    """One line of the list. Statuses are codes; the `..._words` say them in Indonesian.

    `next_duty`: the open duty due first, None when none has a date yet; `open_duties` counts those without a date too.
    `confidential`: not determined yet; only people with the right see it.
    """

    id: int
    employee_id: int
    name: str
    nip: str
    office_name: str
    election_title: str
    region: str
    kpu_status: str
    kpu_words: str
    staff_status: str
    staff_words: str
    discipline_status: str
    next_duty: NextDuty | None
    open_duties: int
    declared_on: date
    closed_on: date | None
    discipline_words: str = ""
    unit_name: str = ""
    confidential: bool = True


@dataclass(frozen=True)
class EventRow:
    """One event on record, also the voided ones."""

    id: int
    code: str
    title: str
    happened_on: date
    effective_on: date | None
    document_number: str
    document_date: date | None
    received_by: str
    note: str
    file_sha256: str | None
    recorded_by: str
    voided: bool
    void_reason: str
    recorded_at: datetime | None = None


@dataclass(frozen=True)
class LinkedLetter:
    """A letter that was made for the file."""

    id: int
    kind: str
    title: str
    number: str
    dated: date


@dataclass(frozen=True)
class DeclarationDetail:
    """One file in full. `version` goes back into the commands. `post_name` is of the declaring day.

    `closing_refusal`: why the file cannot be put away yet, empty when it can.
    """

    id: int
    version: int
    employee_id: int
    name: str
    nip: str
    kind: str
    post_name: str
    post_class_title: str
    unit_name: str
    grade: str
    office_code: str
    office_name: str
    election_id: str
    election_title: str
    region: str
    constituency: str
    path: str
    party: str
    running_mate: str
    is_acting_head: bool
    flags: frozenset[str]
    note: str
    declared_on: date
    closed_on: date | None
    kpu_status: str
    staff_status: str
    discipline_status: str
    confidential: bool
    lanes: Mapping[Lane, tuple[LanePoint, ...]]
    obligations: tuple[Obligation, ...]
    warnings: tuple[Caution, ...]
    outcome: Outcome
    events: tuple[EventRow, ...]
    letters: tuple[LinkedLetter, ...]
    actions: tuple[Action, ...]
    closing_refusal: str
    employer: str = "daerah"
    non_asn_policy: str = "none"


@dataclass(frozen=True)
class DueRow:
    """A line of Beranda: who owes what to whom, and the one action that helps.

    `letter_code` (`L-5`) and `letter_template` when a letter is to be made, else `event_code` is to be recorded; `action` says
    it in words.
    """

    declaration_id: int
    rule_id: str
    name: str
    nip: str
    office_name: str
    text: str
    owed_by: str
    owed_to: str
    due: date
    status: DutyStatus
    status_words: str
    doubtful: bool
    letter_code: str
    letter_template: str
    event_code: str
    action: str
    confidential: bool = True


@dataclass(frozen=True)
class Blocker:
    """Somebody whose duties hold files up: how many of theirs are late, due today and due within the week."""

    owed_by: str
    overdue: int
    due_today: int
    this_week: int

    @property
    def total(self) -> int:
        """Return all of them."""
        return self.overdue + self.due_today + self.this_week


@dataclass(frozen=True)
class DueSummary:
    """Counts over all open files, the most urgent rows first, and who is blocking, the worst first.

    `rows` holds only what the user may see by name; `hidden`: how many open files they may not.
    """

    overdue: int
    due_today: int
    this_week: int
    rows: tuple[DueRow, ...]
    blockers: tuple[Blocker, ...] = ()
    hidden: int = 0

"""Trying things out: other facts or another calendar, and what that would change. Pure; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from asn_desk.candidacy import rules
from asn_desk.candidacy.duties import DutyStatus, Obligation
from asn_desk.candidacy.facts import Facts, Situation
from asn_desk.candidacy.outcome import Outcome, outcome
from asn_desk.candidacy.rules import Assessment
from asn_desk.candidacy.states import DatedEvent
from asn_desk.regulations.changes import planned_move
from asn_desk.regulations.due import ExplanationLine
from asn_desk.regulations.packs import Library, RuleBook
from asn_desk.regulations.terms import Fact

MET = frozenset({DutyStatus.MET, DutyStatus.MET_LATE})


@dataclass(frozen=True)
class MovedStage:
    """A stage of the election that is thought to fall on other days."""

    code: str
    date_from: date
    date_to: date


@dataclass(frozen=True)
class Changes:
    """What to try on a copy of the facts; None leaves a fact as it is.

    `with_events` are added, and take the place of a recorded event of the same code; `without` names events to leave out.
    """

    office: str | None = None
    kind: str | None = None
    election: str | None = None
    post: str | None = None
    path: str | None = None
    employer: str | None = None
    age: int | None = None
    service_years: int | None = None
    flags: frozenset[Fact] | None = None
    non_asn_policy: str | None = None
    with_events: tuple[DatedEvent, ...] = ()
    without: frozenset[str] = frozenset()
    moved: tuple[MovedStage, ...] = field(default=())


@dataclass(frozen=True)
class Compared:
    """One duty or date on both sides; a side is None where it does not arise.

    `changed`: the two sides say something else.
    """

    rule_id: str
    text: str
    left: Obligation | None
    right: Obligation | None

    @property
    def changed(self) -> bool:
        """Return whether date, state or debtor differ."""
        return _face(self.left) != _face(self.right)


@dataclass(frozen=True)
class SideBySide:
    """Two assessments of the same file and their duties in one list: those that differ first."""

    left: Assessment
    right: Assessment
    rows: tuple[Compared, ...]

    @property
    def changes(self) -> tuple[Compared, ...]:
        """Return only the rows that differ."""
        return tuple(row for row in self.rows if row.changed)


@dataclass(frozen=True)
class MovedDate:
    """A date that a change of the calendar moves: of a duty, or of the end of employment (`rule_id` TMT)."""

    rule_id: str
    text: str
    before: date | None
    after: date | None
    before_status: DutyStatus | None
    after_status: DutyStatus | None
    source: Obligation | Outcome | None = field(repr=False, compare=False)

    @property
    def doubtful(self) -> bool:
        """Return whether the mark `perlu diperiksa` must be shown."""
        if isinstance(self.source, Outcome):
            return any(line.label == "Perlu diperiksa" for line in self.explanation)
        return self.source is not None and self.source.doubtful

    @property
    def explanation(self) -> tuple[ExplanationLine, ...]:
        """Return how the new date came about; worked out when somebody asks."""
        if isinstance(self.source, Outcome):
            return self.source.tmt_explanation
        return self.source.explanation if self.source else ()


def what_if(facts: Facts, changes: Changes, library: Library, today: date) -> SideBySide:
    """Return the file as it is and as it would be. Raises DeskError("unknown_election", "unknown_stage")."""
    tried_facts, book = tried(facts, library, changes, today)
    as_is = rules.assess(facts, library.book(facts.election), today)
    return side_by_side(as_is, rules.assess(tried_facts, book, today))


def tried(facts: Facts, library: Library, changes: Changes, today: date) -> tuple[Facts, RuleBook]:
    """Return the facts and rules with the changes made. Raises DeskError("unknown_election", "unknown_stage")."""
    names = (
        "office",
        "kind",
        "election",
        "post",
        "path",
        "employer",
        "age",
        "service_years",
        "flags",
        "non_asn_policy",
    )
    given: dict[str, Any] = {key: value for key in names if (value := getattr(changes, key)) is not None}
    replaced = changes.without | {event.code for event in changes.with_events}
    kept = tuple(event for event in facts.events if event.code not in replaced)
    facts = replace(facts, events=(*kept, *changes.with_events), **given)
    for stage in changes.moved:
        days = (stage.date_from, stage.date_to)
        library = planned_move(library, facts.election, stage.code, facts.office, days, today)
    return facts, library.book(facts.election)


def side_by_side(left: Assessment, right: Assessment) -> SideBySide:
    """Return two assessments with their duties matched by rule, those that differ first."""
    return SideBySide(left, right, _compared(left.obligations, right.obligations))


def _compared(left: Iterable[Obligation], right: Iterable[Obligation]) -> tuple[Compared, ...]:
    ours, theirs = {row.id: row for row in left}, {row.id: row for row in right}
    rows = [
        Compared(key, (theirs.get(key) or ours[key]).text, ours.get(key), theirs.get(key)) for key in {**ours, **theirs}
    ]
    return tuple(sorted(rows, key=lambda row: not row.changed))


@dataclass(frozen=True)
class MovedFile:
    """What a moved stage does to one file: the dates that move, and how many duties are met and so stay as they are."""

    dates: tuple[MovedDate, ...]
    met: int


def moved_dates(facts: Facts, before: RuleBook, after: RuleBook, triggers: frozenset[str], today: date) -> MovedFile:
    """Return every open date of a file that another calendar would change; `triggers`: codes of the events whose dates it moves."""
    facts = facts.as_of(today)
    left, right = Situation(facts, before), Situation(facts, after)
    sides = _duties_touched(left, right, triggers, today)
    moved = [_moved(row) for row in _compared(*sides) if row.changed and _open(row)]
    return MovedFile((*moved, *_moved_tmt(left, right, today)), rules.met_count(left))


def _duties_touched(
    left: Situation, right: Situation, triggers: frozenset[str], today: date
) -> tuple[tuple[Obligation, ...], tuple[Obligation, ...]]:
    """Return both sides' duties that hang on these events; all of them when a fact about the person hangs on them too."""
    if left.known != right.known:
        return rules.obligations(left.facts, left.book, today), rules.obligations(right.facts, right.book, today)
    triggers |= {"TMT"}
    return rules.duties_set_by(left, today, triggers), rules.duties_set_by(right, today, triggers)


def _moved_tmt(left: Situation, right: Situation, today: date) -> Iterator[MovedDate]:
    if left.tmt == right.tmt and left.known == right.known:
        return
    was, would = outcome(left, today), outcome(right, today)
    if was.tmt != would.tmt:
        text = would.tmt_text or was.tmt_text
        yield MovedDate("TMT", text, was.tmt, would.tmt, None, None, would)


def _open(row: Compared) -> bool:
    return not any(side is not None and side.status in MET for side in (row.left, row.right))


def _moved(row: Compared) -> MovedDate:
    left, right = row.left, row.right
    return MovedDate(
        row.rule_id,
        row.text,
        left.due if left else None,
        right.due if right else None,
        left.status if left else None,
        right.status if right else None,
        right,
    )


def _face(row: Obligation | None) -> tuple[object, ...] | None:
    return (row.due, row.status, row.debtor, row.creditor, row.met_on) if row else None

"""The shape of a rule pack: cited, dated data in TOML. What does not fit this shape is refused with its exact place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pydantic import BaseModel, ConfigDict, Field, model_validator

from asn_desk.regulations.terms import (
    Confidence,
    Direction,
    Edge,
    Fact,
    Form,
    Lane,
    Need,
    Owes,
    RuleKind,
    Track,
    Unit,
)


class Strict(BaseModel):
    """Frozen, and no unknown keys: a misspelt key must not pass in silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Cited(Strict):
    """What carries a confidence and sources. `doubt`: in Indonesian, why a legal reader should look at it."""

    confidence: Confidence
    sources: tuple[str, ...] = ()
    doubt: str = ""

    @property
    def doubtful(self) -> bool:
        """Return whether screens and prints must carry the mark `perlu diperiksa`."""
        return bool(self.doubt) or self.confidence is Confidence.MEMORY

    @model_validator(mode="after")
    def _source_unless_memory(self) -> Cited:
        if not self.sources and self.confidence in {Confidence.TWO_SOURCES, Confidence.ONE_SOURCE}:
            raise ValueError("keyakinan V atau V2 memerlukan sumber (sources)")
        return self


class InForce(Strict):
    """A period of force; an end left out means still in force, a start left out means since before our records."""

    in_force_from: date | None = None
    in_force_to: date | None = None

    def in_force(self, day: date) -> bool:
        """Return whether it was in force on that day, both ends included."""
        return (self.in_force_from is None or self.in_force_from <= day) and (
            self.in_force_to is None or day <= self.in_force_to
        )

    @model_validator(mode="after")
    def _in_order(self) -> InForce:
        if self.in_force_from and self.in_force_to and self.in_force_to < self.in_force_from:
            raise ValueError("in_force_to mendahului in_force_from")
        return self


class PackHead(InForce):
    """Who a pack is. `uses` names packs whose rules and tables hold for this pack's elections too."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str
    version: int = Field(ge=1)
    note: str = ""
    uses: tuple[str, ...] = ()


class Source(Strict):
    """Where a statement was read."""

    site: str
    title: str = ""


class Norm(Cited, InForce):
    """One article of one regulation, or a named practice. `kinds`, `posts`, `offices`: whom it binds (empty: all)."""

    id: str
    title: str
    article: str
    gist: str
    kinds: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()


class Named(Strict):
    """A code with the word the clerk sees."""

    code: str
    title: str


class Office(Named, Cited):
    """An office one can run for (section 1). `acts_as`: rules naming these offices hold for this overlay too."""

    election_type: str
    organiser: str
    determined_by: str
    party_membership: bool
    acts_as: tuple[str, ...] = ()
    note: str = ""


class Kind(Named, Cited):
    """A kind of employee (section 2). `ending`: the legal word for how the employment ends."""

    counts_as_asn: bool
    ending: str
    note: str = ""


class Post(Named):
    """A class of post. `vacates`: somebody must be put in charge when its holder leaves."""

    vacates: bool = False


class Authority(Cited):
    """Who proposes and who signs the dismissal; the first fitting row counts. Empty lists fit everybody."""

    kinds: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    employers: tuple[str, ...] = ()
    proposes: Owes
    signs: Owes
    note: str = ""
    basis: tuple[str, ...]


class EventKind(Named):
    """Something that can happen to a file or in an election.

    `recorded`: a clerk records it (a mere stage of the calendar is not); `papers`: what to note as evidence;
    `effective`: the paper names a TMT.
    """

    lane: Lane
    recorded: bool = True
    papers: str = ""
    effective: bool = False
    offices: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()


class LetterKind(Named):
    """A letter of section 8. `template`: the kind our letters package makes, empty when the office writes it itself."""

    template: str = ""
    addressed_to: str
    signs: Owes
    note: str = ""


class Offset(Strict):
    """A distance from the trigger."""

    number: int = Field(default=0, ge=0)
    unit: Unit = Unit.DAY
    direction: Direction = Direction.AFTER


class ExplicitDate(Cited):
    """A due date as the sources print it for one election."""

    election: str
    day: date
    note: str


class OtherReading(Cited):
    """Another due date that other officials name. Without `day` and `offset` it says that no date is asked at all."""

    text: str
    election: str = ""
    day: date | None = None
    offset: Offset | None = None


class Choice(Strict):
    """Which reading an office follows in one election. It is shown beside the others; the strictest still drives the alarm."""

    election: str
    day: date | None = None
    text: str


class Due(Strict):
    """When a duty falls due. Printed dates of an election win over counting.

    `own_day`: the day recorded in the file counts even inside a published window (a pair's own hand-in day). `choices`: what
    an office follows where the sources disagree, at most one for an election.
    """

    trigger: str
    own_day: bool = False
    edge: Edge = Edge.END
    offset: Offset = Offset()
    dates: tuple[ExplicitDate, ...] = ()
    other_readings: tuple[OtherReading, ...] = ()
    choices: tuple[Choice, ...] = ()


class Condition(Strict):
    """When a rule applies; empty lists ask nothing. `happened`/`not_happened` name events of the file."""

    offices: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    not_facts: tuple[Fact, ...] = ()
    happened: tuple[str, ...] = ()
    not_happened: tuple[str, ...] = ()
    non_asn_policies: tuple[str, ...] = ()


class Rule(Cited, InForce):
    """One rule of sections 3a-3h. `met_by`: alternatives, each one event or several joined by `+`."""

    id: str
    kind: RuleKind = RuleKind.DUTY
    text: str
    by_when: str = ""
    owed_by: Owes | None = None
    owed_to: Owes | None = None
    when: Condition = Condition()
    due: Due | None = None
    met_by: tuple[str, ...] = ()
    letter: str = ""
    form: Form | None = None
    basis: tuple[str, ...] = Field(min_length=1)

    @cached_property
    def alternatives(self) -> tuple[tuple[str, ...], ...]:
        """Return the ways to meet the duty, each a tuple of event codes that must all have happened."""
        return tuple(tuple(part.strip() for part in way.split("+")) for way in self.met_by)

    @model_validator(mode="after")
    def _whole(self) -> Rule:
        if self.kind is RuleKind.DUTY and (self.owed_by is None or self.owed_to is None or not self.met_by):
            raise ValueError("kewajiban memerlukan owed_by, owed_to, dan met_by")
        if self.kind is RuleKind.DUTY and self.due is None and not self.by_when:
            raise ValueError("kewajiban tanpa due memerlukan by_when")
        if (self.kind is RuleKind.EFFECT) != (self.form is not None):
            raise ValueError("form hanya dan selalu untuk kind = effect")
        return self


class EffectiveDate(Cited, InForce):
    """How the TMT is worked out on a track. `stated`: the decree's own TMT counts; else trigger and offset."""

    track: Track
    offices: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    trigger: str
    stated: bool = False
    offset: Offset = Offset()
    text: str
    other_readings: tuple[OtherReading, ...] = ()
    basis: tuple[str, ...] = Field(min_length=1)


class RetirementAge(Cited, InForce):
    """The age at which a post is left (BUP); the first fitting row counts. `names`: what such posts are called (empty: all)."""

    kinds: tuple[str, ...] = Field(min_length=1)
    posts: tuple[str, ...] = Field(min_length=1)
    names: tuple[str, ...] = ()
    age: int = Field(ge=40, le=80)
    basis: tuple[str, ...] = Field(min_length=1)


class RetirementStart(Cited, InForce):
    """On the first day of which month after the retirement age retirement begins: `months` 1 is the next one."""

    months: int = Field(ge=0, le=12)
    basis: tuple[str, ...] = Field(min_length=1)


class PensionReading(Cited):
    """Another threshold that other officials name; it is shown beside the one that counts."""

    age: int = Field(ge=0, le=80)
    service_years: int = Field(ge=0, le=60)
    basis: tuple[str, ...] = Field(min_length=1)


class Pension(Cited):
    """From which age and years of service a dismissal with honour carries a pension."""

    kinds: tuple[str, ...]
    age: int = Field(ge=0, le=80)
    service_years: int = Field(ge=0, le=60)
    basis: tuple[str, ...] = Field(min_length=1)
    other_readings: tuple[PensionReading, ...] = ()


class EarlierDates(Cited):
    """The days of a stage as they stood until (and on) a day, before they were corrected."""

    date_from: date
    date_to: date
    until: date


class CalendarEvent(Cited):
    """A stage of an election. `offices`: only for these (empty: all).

    `earlier`: what the stage's days were before the office corrected them, oldest first; empty in a published pack.
    """

    code: str
    title: str
    date_from: date
    date_to: date
    offices: tuple[str, ...] = ()
    note: str = ""
    earlier: tuple[EarlierDates, ...] = ()

    @property
    def published(self) -> tuple[date, date]:
        """Return the first and last day as the pack published them."""
        first = self.earlier[0] if self.earlier else self
        return first.date_from, first.date_to

    def as_on(self, day: date) -> CalendarEvent:
        """Return the stage as it stood on a day: what was done by then is judged by the days known then."""
        row = next((row for row in self.earlier if day <= row.until), None)
        if row is None:
            return self
        known = {"date_from": row.date_from, "date_to": row.date_to}
        cited = {"confidence": row.confidence, "sources": row.sources, "doubt": row.doubt}
        return self.model_copy(update={**known, **cited})

    @model_validator(mode="after")
    def _in_order(self) -> CalendarEvent:
        if self.date_to < self.date_from:
            raise ValueError("date_to mendahului date_from")
        return self


class Calendar(Strict):
    """One election with its stages. `expected`: a frame for planning, no stage is settled yet."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str
    type: str
    offices: tuple[str, ...]
    expected: bool = False
    local: bool = False
    note: str = ""
    basis: tuple[str, ...] = Field(min_length=1)
    events: tuple[CalendarEvent, ...] = ()


class ExtraHoliday(Cited):
    """A day off that the holiday tables do not know, or (`works`) one that was worked after all."""

    day: date
    title: str
    works: bool = False


class ChecklistItem(Cited):
    """A paper of section 7 and on which track it is needed. `unsure`: tracks whose entry is memory only."""

    doc: str
    title: str
    mundur: Need
    aps: Need
    bup: Need
    izin_kades: Need
    unsure: tuple[Track, ...] = ()


class Pack(Strict):
    """One file of `resources/regulations/`, or an office's own."""

    pack: PackHead
    sources: dict[str, Source] = {}
    norms: tuple[Norm, ...] = ()
    offices: tuple[Office, ...] = ()
    kinds: tuple[Kind, ...] = ()
    posts: tuple[Post, ...] = ()
    officials: tuple[Authority, ...] = ()
    events: tuple[EventKind, ...] = ()
    letters: tuple[LetterKind, ...] = ()
    rules: tuple[Rule, ...] = ()
    effective_dates: tuple[EffectiveDate, ...] = ()
    retirement_ages: tuple[RetirementAge, ...] = ()
    retirement_starts: tuple[RetirementStart, ...] = ()
    pensions: tuple[Pension, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    holidays: tuple[ExtraHoliday, ...] = ()
    checklists: tuple[ChecklistItem, ...] = ()


@dataclass(frozen=True)
class LoadedPack:
    """A pack with the file it came from and the SHA-256 of that file's bytes."""

    file: str
    sha256: str
    content: Pack

    @property
    def id(self) -> str:
        """Return the pack's id."""
        return self.content.pack.id

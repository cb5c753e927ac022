"""What is known about one candidacy, and what follows from it before any rule is asked: days, facts, track, state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from asn_desk.candidacy.states import DatedEvent, State
from asn_desk.candidacy.transitions import Setting, advance, lapsed
from asn_desk.regulations import schema
from asn_desk.regulations.calendar import shifted
from asn_desk.regulations.due import Trigger, stage_trigger
from asn_desk.regulations.packs import RuleBook
from asn_desk.regulations.terms import Fact, Track

PERSONAL_FLAGS = frozenset({
    Fact.ACTING_HEAD, Fact.APS_GROUND, Fact.TEACHER_OR_HEALTH, Fact.SPOUSE, Fact.OTHER_REGION,
})  # fmt: skip
NON_ASN_POLICIES = ("none", "at_registration", "at_dct", "per_contract")


@dataclass(frozen=True)
class Facts:
    """The facts of one file; codes are those of the rule packs.

    `age` and `service_years` in whole years at the expected TMT, None when unknown. `employer`: `daerah` or `kementerian`.
    `path`: `parpol`, `perseorangan` or empty. `flags`: some of PERSONAL_FLAGS.
    """

    office: str
    kind: str
    election: str
    post: str = "tidak_diketahui"
    path: str = ""
    employer: str = "daerah"
    age: int | None = None
    service_years: int | None = None
    flags: frozenset[Fact] = frozenset()
    non_asn_policy: str = "none"
    events: tuple[DatedEvent, ...] = ()

    def as_of(self, day: date) -> Facts:
        """Return the facts without what happened after that day."""
        return replace(self, events=tuple(event for event in self.events if event.day <= day))


@dataclass(frozen=True)
class Refused:
    """An event that does not fit the file's history, with the sentence why."""

    event: DatedEvent
    sentence: str


@dataclass(frozen=True)
class Situation:
    """Facts read against a rule book. Everything is worked out once, on first use.

    `fresh` is the event that is just being recorded: only its own days are questioned, those on record are not.
    """

    facts: Facts
    book: RuleBook
    fresh: DatedEvent | None = None

    @cached_property
    def offices(self) -> frozenset[str]:
        """Return the office codes whose rules hold for this file."""
        return self.book.library.acts_as(self.facts.office)

    @cached_property
    def ordered(self) -> tuple[DatedEvent, ...]:
        """Return the events by day; on one day in the order in which the pack lists them, which is the usual course."""
        rank = {code: index for index, code in enumerate(self.book.library.events)}
        return tuple(sorted(self.facts.events, key=lambda event: (event.day, rank.get(event.code, 0))))

    @cached_property
    def happened(self) -> frozenset[str]:
        """Return the codes of all events; a withdrawal before determination counts as not determined."""
        codes = {event.code for event in self.facts.events}
        if "MUNDUR_PENCALONAN" in codes and "PENETAPAN" not in codes:
            codes.add("TIDAK_DITETAPKAN")
        return frozenset(codes)

    def first(self, code: str) -> DatedEvent | None:
        """Return the first event of a code."""
        return next((event for event in self.ordered if event.code == code), None)

    def last(self, code: str) -> DatedEvent | None:
        """Return the last event of a code."""
        return next((event for event in reversed(self.ordered) if event.code == code), None)

    @cached_property
    def determination(self) -> date | None:
        """Return P: the recorded day of determination, else the calendar's, else None."""
        recorded = self.first("PENETAPAN")
        planned = self.book.planned("PENETAPAN", self.facts.office)
        return recorded.day if recorded else planned.date_to if planned else None

    @cached_property
    def is_permit(self) -> bool:
        """Return whether the person runs for village head with a permit instead of resigning (D1)."""
        return self.facts.office == "KADES" and self.facts.kind in {"PNS", "CPNS"}

    @cached_property
    def known(self) -> frozenset[Fact]:
        """Return the facts that rules may ask about."""
        derived = {
            Fact.PENSION_RIGHT: self.pension_right is True,
            Fact.RETIRES_BEFORE: self._before_determination("BUP_DITETAPKAN"),
            Fact.LEFT_BEFORE: self._before_determination("SK_TERBIT"),
            Fact.IN_PARTY: bool(self.happened & {"KTA_TERBIT", "TERBUKTI_ANGGOTA"}),
            Fact.ACTING_HEAD: self.facts.office == "PJ_KADA",
        }
        return self.facts.flags | {fact for fact, holds in derived.items() if holds}

    def _before_determination(self, code: str) -> bool:
        event = self.first(code)
        day = event.effective if event else None
        return day is not None and self.determination is not None and day < self.determination

    @cached_property
    def pension(self) -> schema.Pension | None:
        """Return the condition for a pension of this kind of employee, or None when there is none."""
        return next((row for row in self.book.pensions if self.facts.kind in row.kinds), None)

    @cached_property
    def pension_right(self) -> bool | None:
        """Return whether a dismissal with honour carries a pension; None while age or service is unknown."""
        row = self.pension
        if row is None:
            return False
        age, years = self.facts.age, self.facts.service_years
        if (age is not None and age < row.age) or (years is not None and years < row.service_years):
            return False
        return None if age is None or years is None else True

    @cached_property
    def track(self) -> Track:
        """Return by which way the employment ends."""
        if self.is_permit:
            return Track.VILLAGE_PERMIT
        if Fact.RETIRES_BEFORE in self.known:
            return Track.RETIREMENT
        if self.facts.office == "PARPOL":
            return Track.PARTY
        pending = "APS_DIAJUKAN" in self.happened and not self.happened & {"SURAT_MUNDUR", "APS_DITOLAK"}
        return Track.APS if pending or "APS_DISETUJUI" in self.happened else Track.RESIGN

    @cached_property
    def tmt_row(self) -> schema.EffectiveDate | None:
        """Return the rule by which the TMT is worked out on this track, or None when no rule was found."""
        return next((row for row in self.book.effective_dates if self._fits_tmt(row)), None)

    def _fits_tmt(self, row: schema.EffectiveDate) -> bool:
        return (
            row.track is self.track
            and (not row.offices or bool(self.offices & set(row.offices)))
            and (not row.kinds or self.facts.kind in row.kinds)
            and bool(self.norms(row.basis, self.determination or date.max))
        )

    @cached_property
    def tmt_by_rule(self) -> date | None:
        """Return the TMT as the rule counts it; None without rule or trigger, or when the decree must state it."""
        row = self.tmt_row
        if row is None or row.stated:
            return None
        start = self.trigger_day(row.trigger)
        if start is None:
            return None
        return shifted(start, row.offset.number, row.offset.unit, row.offset.direction, self.book.work)[0]

    @cached_property
    def tmt(self) -> date | None:
        """Return the day on which the employment ends: as the decree says, else as the rule counts it."""
        code = "BUP_DITETAPKAN" if self.track is Track.RETIREMENT else "SK_TERBIT"
        decree = self.last(code)
        if decree is not None and decree.effective is not None:
            return decree.effective
        if self.tmt_row is not None and self.tmt_row.stated and decree is not None:
            return decree.day
        return self.tmt_by_rule

    def trigger_day(self, code: str) -> date | None:
        """Return the recorded day of an event, else the last day of the calendar's stage."""
        event = self.last(code)
        if event is not None:
            return event.day
        stage = self.book.planned(code, self.facts.office)
        return stage.date_to if stage else None

    def trigger(self, due: schema.Due, met_on: date | None = None) -> Trigger:
        """Return what sets the clock of a rule.

        A published window (days of registration) stays the measure although the person came on one of its days. What was
        met by a day (`met_on`) is judged by the calendar as it stood then: a later correction does not touch it.
        """
        title = self._title(due.trigger)
        event, stage = self.last(due.trigger), self.book.planned(due.trigger, self.facts.office)
        if stage is not None and met_on is not None:
            stage = stage.as_on(met_on)
        if stage is not None:
            window = stage.date_from < stage.date_to and not due.own_day
            if event is None or (window and stage.date_from <= event.day <= stage.date_to):
                return stage_trigger(stage, due, self.book)
        if event is not None:
            return Trigger(due.trigger, title, event.day, recorded=True, origin=event.origin)
        if due.trigger == "TMT":
            return Trigger("TMT", "TMT berhenti", self.tmt, recorded=False, origin="dihitung dari aturan TMT")
        return Trigger(due.trigger, title, None, recorded=False, origin="")

    def _title(self, code: str) -> str:
        kind = self.book.library.events.get(code)
        return kind.title if kind else code

    def norms(self, ids: Iterable[str], day: date) -> tuple[schema.Norm, ...]:
        """Return those norms that were in force on the day and bind this person."""
        return tuple(norm for norm in self.book.library.norms_in_force(ids, day) if self._binds(norm))

    def _binds(self, norm: schema.Norm) -> bool:
        return (
            (not norm.kinds or self.facts.kind in norm.kinds)
            and (not norm.posts or self.facts.post in norm.posts)
            and (not norm.offices or bool(self.offices & set(norm.offices)))
        )

    @cached_property
    def setting(self) -> Setting:
        """Return what the guards of the state machine may know."""
        planned = self.book.planned("PENETAPAN", self.facts.office)
        elected = self.facts.office not in {"KADES", "PARPOL"}
        return Setting(
            acting_head=Fact.ACTING_HEAD in self.known,
            must_resign=elected and self.facts.kind != "NON_ASN" and Fact.LEFT_BEFORE not in self.known,
            village_permit=self.is_permit,
            aps_ground=Fact.APS_GROUND in self.facts.flags,
            determination=self.determination,
            published_determination=planned.date_to if planned else None,
            tmt=self.tmt,
        )

    @cached_property
    def _replayed(self) -> tuple[State, tuple[Refused, ...]]:
        state, refused = State(), []
        for event in self.ordered:
            setting = replace(self.setting, tmt=self.tmt_by_rule) if event.code == "SK_TERBIT" else self.setting
            reached = advance(state, event, setting, with_days=event is self.fresh)
            if isinstance(reached, str):
                refused.append(Refused(event, reached))
            else:
                state = reached
        return state, tuple(refused)

    @property
    def recorded_state(self) -> State:
        """Return the state that the events alone have made."""
        return self._replayed[0]

    @property
    def refused(self) -> tuple[Refused, ...]:
        """Return the events that do not fit the history; a service refuses them, a what-if shows them."""
        return self._replayed[1]

    def state(self, today: date) -> State:
        """Return the state as it stands today, what mere lapse of time brought about included."""
        return lapsed(self.recorded_state, today, self.setting)

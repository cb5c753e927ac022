"""What follows from the facts of a candidacy: obligations, warnings, the way it ends, and what may be done next. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from asn_desk.candidacy.duties import Caution, DutyStatus, Obligation, status_on
from asn_desk.candidacy.facts import Facts, Refused, Situation
from asn_desk.candidacy.matching import excluded, norms_for, rules_of
from asn_desk.candidacy.outcome import Outcome, outcome, signer_of
from asn_desk.candidacy.states import STATUS_WORDS, DatedEvent, KpuStatus, StaffStatus, State
from asn_desk.candidacy.transitions import STEPS, refusal
from asn_desk.regulations import due as due_dates
from asn_desk.regulations import schema
from asn_desk.regulations.packs import Library, RuleBook
from asn_desk.regulations.terms import Lane, Owes, RuleKind


@dataclass(frozen=True)
class Action:
    """An event that may be recorded now, or the reason why not."""

    code: str
    title: str
    lane: Lane
    allowed: bool
    reason: str


@dataclass(frozen=True)
class Assessment:
    """Everything the rules say about a file on one day."""

    state: State
    outcome: Outcome
    obligations: tuple[Obligation, ...]
    warnings: tuple[Caution, ...]
    refused: tuple[Refused, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the whole as the command line prints it."""
        return {
            "kpu_status": self.state.kpu.value,
            "staff_status": self.state.staff.value,
            "discipline_status": self.state.discipline.value,
            **self.outcome.as_json(),
            "obligations": [row.as_json() for row in self.obligations],
            "warnings": [f"{row.id}: {row.text}" for row in self.warnings]
            + [f"{row.event.code} {row.event.day.isoformat()}: {row.sentence}" for row in self.refused],
        }


def assess(facts: Facts, book: RuleBook, today: date) -> Assessment:
    """Return what the rules say on `today`; what happened later than that is left out of account."""
    situation = Situation(facts.as_of(today), book)
    return Assessment(
        situation.state(today),
        outcome(situation, today),
        _obligations(situation, today),
        _warnings(situation, today),
        situation.refused,
    )


def obligations(facts: Facts, book: RuleBook, today: date) -> tuple[Obligation, ...]:
    """Return the duties of a file, open ones first by due date, then those met, then those that do not apply."""
    return _obligations(Situation(facts.as_of(today), book), today)


def allowed(facts: Facts, book: RuleBook, today: date) -> tuple[Action, ...]:
    """Return every event a clerk could record for this office and kind, each allowed or with the reason why not."""
    situation = Situation(facts.as_of(today), book)
    state, setting = situation.state(today), situation.setting
    actions = []
    for kind in _recordable(situation):
        found = refusal(state, DatedEvent(kind.code, today), setting, with_days=False)
        reason = found if isinstance(found, str) else ""
        actions.append(Action(kind.code, kind.title, kind.lane, not reason, reason))
    return tuple(actions)


def refusal_of(facts: Facts, book: RuleBook, event: DatedEvent) -> str | None:
    """Return why this event cannot be recorded, in Indonesian, or None: the whole history must still fit with it."""
    before = set(Situation(facts, book).refused)
    with_it = Situation(replace(facts, events=(*facts.events, event)), book, fresh=event)
    return next((row.sentence for row in with_it.refused if row not in before), None)


def closing_refusal(state: State) -> str:
    """Return why a file in this state cannot be put away yet, in Indonesian; empty when it can."""
    if state.closed:
        return ""
    return (
        f"Berkas belum dapat ditutup: tahap kepegawaian masih '{STATUS_WORDS[state.staff]}'. "
        "Catat dahulu akhir prosesnya (misalnya TMT tercapai, tetap bertugas, atau dibatalkan)."
    )


def _recordable(situation: Situation) -> Iterator[schema.EventKind]:
    stepped = {step.event for step in STEPS}
    without_election = situation.book.calendar.type == "partai"
    for kind in situation.book.library.events.values():
        if kind.code not in stepped or (without_election and kind.lane is Lane.KPU):
            continue
        if kind.recorded and _possible(kind, situation):
            yield kind


def _possible(kind: schema.EventKind, situation: Situation) -> bool:
    return (
        (not kind.offices or bool(situation.offices & set(kind.offices)))
        and (not kind.kinds or situation.facts.kind in kind.kinds)
        and (not kind.paths or situation.facts.path in kind.paths)
        and set(kind.facts) <= situation.known
    )


def duties_set_by(situation: Situation, today: date, triggers: frozenset[str]) -> tuple[Obligation, ...]:
    """Return only the duties whose clock one of these events sets."""
    duties = rules_of(RuleKind.DUTY, situation)
    found = (rule for rule in duties if rule.due is not None and rule.due.trigger in triggers)
    return tuple(row for rule in found if (row := _obligation(rule, situation, today)) is not None)


def met_count(situation: Situation) -> int:
    """Return how many duties of a file are met."""
    return sum(_met_on(rule, situation) is not None for rule in rules_of(RuleKind.DUTY, situation))


def _obligations(situation: Situation, today: date) -> tuple[Obligation, ...]:
    rows = [_obligation(rule, situation, today) for rule in rules_of(RuleKind.DUTY, situation)]
    return tuple(sorted((row for row in rows if row is not None), key=_order))


def _order(row: Obligation) -> tuple[int, date, str]:
    rank = {DutyStatus.MET: 1, DutyStatus.MET_LATE: 1, DutyStatus.NOT_APPLICABLE: 2}.get(row.status, 0)
    return rank, row.due or date.max, row.id


def _obligation(rule: schema.Rule, situation: Situation, today: date) -> Obligation | None:
    met_on = _met_on(rule, situation)
    trigger = situation.trigger(rule.due, met_on) if rule.due else None
    norms = norms_for(rule, trigger, situation, today)
    if not norms:
        return None
    due = _due(rule, trigger, situation)
    over = excluded(rule, situation) or (met_on is None and _moot(rule, situation, today))
    basis = due_dates.basis_lines(situation.book.library, norms)
    return Obligation(
        id=rule.id,
        text=rule.text,
        debtor=_party(rule.owed_by, situation),
        creditor=_party(rule.owed_to, situation),
        by_when=rule.by_when,
        trigger=trigger,
        due_date=due,
        met_on=met_on,
        status=DutyStatus.NOT_APPLICABLE if over else status_on(due.due, met_on, today),
        basis=basis,
        doubt=_doubt(rule) or due.doubt,
        letter=rule.letter or None,
        rule=rule,
        library=situation.book.library,
    )


def _due(rule: schema.Rule, trigger: due_dates.Trigger | None, situation: Situation) -> due_dates.DueDate:
    if rule.due is None or trigger is None:
        return due_dates.DueDate(None, rule.by_when)
    return due_dates.work_out(rule.due, trigger, situation.book, situation.facts.office)


def _met_on(rule: schema.Rule, situation: Situation) -> date | None:
    days = [
        max(event.day for event in found if event is not None)
        for way in rule.alternatives
        if all(found := [situation.first(code) for code in way])
    ]
    return min(days, default=None)


_OVER_KPU = frozenset({KpuStatus.NOT_DETERMINED, KpuStatus.WITHDRAWN})
_OVER_STAFF = frozenset(
    {StaffStatus.STAYS, StaffStatus.CANCELLED, StaffStatus.DIED, StaffStatus.RETIRED, StaffStatus.RETURNED}
)


def _moot(rule: schema.Rule, situation: Situation, today: date) -> bool:
    """Return whether an unmet duty fell away because the candidacy is over; duties that follow from its end stay."""
    state = situation.state(today)
    if state.staff in _OVER_STAFF:
        return True
    over = state.kpu in _OVER_KPU and "PENETAPAN" not in situation.happened
    return over and "TIDAK_DITETAPKAN" not in rule.when.happened


def _party(owes: Owes | None, situation: Situation) -> Owes:
    assert owes is not None
    return signer_of(situation) if owes is Owes.SIGNER else owes


def _doubt(rule: schema.Rule) -> str:
    return rule.doubt or ("Belum ada sumber; perlu diperiksa." if rule.doubtful else "")


def _warnings(situation: Situation, today: date) -> tuple[Caution, ...]:
    rules = rules_of(RuleKind.WARNING, situation)
    return tuple(row for rule in rules if (row := _warning(rule, situation, today)) is not None)


def _warning(rule: schema.Rule, situation: Situation, today: date) -> Caution | None:
    if excluded(rule, situation):
        return None
    trigger = situation.trigger(rule.due) if rule.due else None
    due = _due(rule, trigger, situation)
    if rule.due is not None and (due.due is None or today <= due.due):
        return None
    norms = norms_for(rule, trigger, situation, today)
    if not norms:
        return None
    return Caution(rule.id, rule.text, due_dates.basis_lines(situation.book.library, norms), _doubt(rule))


def explain(rule_id: str, book: RuleBook) -> tuple[due_dates.ExplanationLine, ...]:
    """Return a rule of an election in plain words, without a file. Empty when the id is unknown."""
    rule = next((row for row in book.rules if row.id == rule_id), None)
    return explain_rule(rule, book.library) if rule else ()


def rule_ids(library: Library) -> tuple[str, ...]:
    """Return the ids of all rules, as the packs list them."""
    return tuple(rule.id for pack in library.packs for rule in pack.content.rules)


def find_rule(library: Library, rule_id: str) -> schema.Rule | None:
    """Return a rule by its id in any case, or None."""
    rules = (rule for pack in library.packs for rule in pack.content.rules)
    return next((rule for rule in rules if rule.id.lower() == rule_id.strip().lower()), None)


def explain_rule(rule: schema.Rule, library: Library) -> tuple[due_dates.ExplanationLine, ...]:
    """Return a rule in plain words: duty, articles, sources, how its date is found, printed dates, doubts."""
    basis = due_dates.basis_lines(library, tuple(library.norms[key] for key in rule.basis))
    due = due_dates.DueDate(None, rule.by_when or "tanpa tanggal")
    told = due_dates.explain(rule, basis, None, due, library)
    title = library.events[rule.due.trigger].title if rule.due else ""
    return (*told, *due_dates.printed_lines(rule, title, library))

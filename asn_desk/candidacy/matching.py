"""Whether a rule is about a file, and the law of which day counts for it. Pure."""

from __future__ import annotations

from datetime import date

from asn_desk.candidacy.facts import Situation
from asn_desk.regulations import due as due_dates
from asn_desk.regulations import schema
from asn_desk.regulations.terms import Fact, RuleKind


def rules_of(kind: RuleKind, situation: Situation) -> tuple[schema.Rule, ...]:
    """Return the rules of a kind that are about this file: office, kind, post, path, facts and events."""
    return tuple(rule for rule in _for_person(kind, situation) if _happens(rule.when, situation))


def _for_person(kind: RuleKind, situation: Situation) -> tuple[schema.Rule, ...]:
    """Return the rules for people like this one, whatever happened; shared by all files of such people."""
    facts, book = situation.facts, situation.book
    key = ("rules", kind, facts.office, facts.kind, facts.post, facts.path, facts.non_asn_policy)
    return book.remember(key, lambda: tuple(r for r in book.rules if r.kind is kind and _fits(r.when, situation)))


def _fits(when: schema.Condition, situation: Situation) -> bool:
    facts = situation.facts
    return (
        (not when.offices or bool(situation.offices & set(when.offices)))
        and (not when.kinds or facts.kind in when.kinds)
        and (not when.posts or facts.post in when.posts)
        and (not when.paths or facts.path in when.paths)
        and (not when.non_asn_policies or facts.non_asn_policy in when.non_asn_policies)
    )


def _happens(when: schema.Condition, situation: Situation) -> bool:
    spouse = Fact.SPOUSE in situation.facts.flags
    return (
        spouse == (Fact.SPOUSE in when.facts)
        and situation.known.issuperset(when.facts)
        and situation.happened.issuperset(when.happened)
        and situation.happened.isdisjoint(when.not_happened)
    )


def reference_day(rule: schema.Rule, trigger: due_dates.Trigger | None, situation: Situation, today: date) -> date:
    """Return the day whose law counts: of the trigger, of the event the rule is about, of the determination, or today.

    A warning without an event of its own speaks of the present, so the law of today counts.
    """
    if trigger is not None and trigger.day is not None:
        return trigger.day
    if rule.when.happened and (event := situation.last(rule.when.happened[-1])):
        return event.day
    if rule.kind is RuleKind.WARNING:
        return today
    return situation.determination or today


def excluded(rule: schema.Rule, situation: Situation) -> bool:
    """Return whether a fact takes the file out of a rule that is otherwise about it."""
    return bool(situation.known & set(rule.when.not_facts))


def norms_for(
    rule: schema.Rule, trigger: due_dates.Trigger | None, situation: Situation, today: date
) -> tuple[schema.Norm, ...]:
    """Return the norms that carry a rule on the day that counts; empty when the rule was not in force."""
    day, facts = reference_day(rule, trigger, situation, today), situation.facts
    key = ("norms", rule.id, day, facts.office, facts.kind, facts.post)
    return situation.book.remember(key, lambda: situation.norms(rule.basis, day) if rule.in_force(day) else ())

"""How the employment of a candidate ends: form, who proposes and signs, pension, TMT. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from asn_desk.candidacy.facts import Situation
from asn_desk.candidacy.matching import excluded, norms_for, rules_of
from asn_desk.regulations import due as due_dates
from asn_desk.regulations import schema
from asn_desk.regulations.terms import OWES_CODES, OWES_WORDS, Form, Owes, RuleKind, Track

PENSION_WORDS = {
    "ya": "dengan hak pensiun",
    "tidak": "tanpa hak pensiun",
    "belum_diketahui": "usia atau masa kerja belum diisi",
    "tidak_berlaku": "tidak berlaku",
}


@dataclass(frozen=True)
class Outcome:
    """The expected or actual end. `form` is None when no rule says it; `tmt_text` says how the TMT was found.

    `tmt_basis` and `tmt_readings`: what the TMT rests on, and the days others name.
    `pension`: a key of PENSION_WORDS. `doubts`: what a legal reader should look at, in Indonesian.
    """

    track: Track
    form: Form | None
    ending: str
    proposes: Owes | None
    signs: Owes | None
    pension: str
    tmt: date | None
    tmt_text: str
    tmt_basis: tuple[due_dates.Basis, ...]
    tmt_readings: tuple[due_dates.Reading, ...]
    basis: tuple[due_dates.Basis, ...]
    doubts: tuple[str, ...]
    situation: Situation = field(repr=False, compare=False)

    @cached_property
    def tmt_explanation(self) -> tuple[due_dates.ExplanationLine, ...]:
        """Return how the TMT came about; worked out when somebody asks."""
        return _explain_tmt(self.situation, self.tmt)

    @property
    def proposer(self) -> str:
        """Return who proposes the decree, as the clerk reads it; empty when no rule says it."""
        return OWES_WORDS[self.proposes] if self.proposes else ""

    @property
    def signer(self) -> str:
        """Return who signs the decree, as the clerk reads it; empty when no rule says it."""
        return OWES_WORDS[self.signs] if self.signs else ""

    def as_json(self) -> dict[str, Any]:
        """Return the keys of the command line's JSON."""
        return {
            "form": self.form.value if self.form else None,
            "signer": OWES_CODES[self.signs] if self.signs else None,
            "proposer": OWES_CODES[self.proposes] if self.proposes else None,
            "pension": self.pension,
            "tmt": self.tmt.isoformat() if self.tmt else None,
        }


def outcome(situation: Situation, today: date) -> Outcome:
    """Return how the employment ends by what is known; before the determination, how it would end."""
    form_rule = _form_rule(situation, today)
    form = form_rule.form if form_rule else None
    authority = _authority(situation)
    tmt, tmt_text = _tmt(situation, form)
    kind = situation.book.library.kinds.get(situation.facts.kind)
    rows = (form_rule, authority, situation.tmt_row if tmt else None, kind)
    norms = situation.norms(form_rule.basis, situation.determination or today) if form_rule else ()
    return Outcome(
        track=situation.track,
        form=form,
        ending=kind.ending if kind else "",
        proposes=authority.proposes if authority else None,
        signs=authority.signs if authority else None,
        pension=_pension(situation, form),
        tmt=tmt,
        tmt_text=tmt_text,
        tmt_basis=_tmt_basis(situation, tmt),
        tmt_readings=_tmt_readings(situation, tmt),
        basis=due_dates.basis_lines(situation.book.library, norms),
        doubts=tuple(row.doubt for row in rows if row is not None and row.doubt) + _pension_doubt(situation, form),
        situation=situation,
    )


def signer_of(situation: Situation) -> Owes:
    """Return who signs the decree; `SIGNER` while no rule says who that is."""
    authority = _authority(situation)
    return authority.signs if authority else Owes.SIGNER


def _authority(situation: Situation) -> schema.Authority | None:
    facts = situation.facts
    for row in situation.book.officials:
        if row.kinds and facts.kind not in row.kinds:
            continue
        if row.posts and facts.post not in row.posts:
            continue
        if not row.employers or facts.employer in row.employers:
            return row
    return None


def _form_rule(situation: Situation, today: date) -> schema.Rule | None:
    for rule in rules_of(RuleKind.EFFECT, situation):
        if not excluded(rule, situation) and norms_for(rule, None, situation, today):
            return rule
    return None


def _pension(situation: Situation, form: Form | None) -> str:
    if situation.pension is None or form in {Form.PERMIT, Form.STAYS, Form.LOCAL}:
        return "tidak_berlaku"
    if form is Form.DISHONOURABLE:
        return "tidak"
    if form is Form.RETIREMENT:
        return "ya"
    right = situation.pension_right
    return "belum_diketahui" if right is None else "ya" if right else "tidak"


def _pension_doubt(situation: Situation, form: Form | None) -> tuple[str, ...]:
    row, facts = situation.pension, situation.facts
    if row is None or form is not Form.HONOURABLE or facts.age is None or facts.service_years is None:
        return ()
    near = row.age - 5 <= facts.age < row.age and facts.service_years >= row.service_years
    return (row.doubt,) if near and row.doubt else ()


def _tmt(situation: Situation, form: Form | None) -> tuple[date | None, str]:
    if form is Form.DISHONOURABLE:
        decree = situation.last("SK_PTDH")
        return (decree.effective if decree else None), "menurut SK pemberhentian tidak dengan hormat"
    if form in {Form.PERMIT, Form.STAYS, Form.LOCAL, None}:
        return None, ""
    row = situation.tmt_row
    return situation.tmt, row.text if row else ""


def _explain_tmt(situation: Situation, tmt: date | None) -> tuple[due_dates.ExplanationLine, ...]:
    row = situation.tmt_row
    if row is None or tmt is None:
        return ()
    trigger = situation.trigger(schema.Due(trigger=row.trigger))
    how = row.text if tmt == situation.tmt_by_rule or row.stated else f"menurut SK; {row.text} adalah aturannya"
    readings = _tmt_readings(situation, tmt)
    due = due_dates.DueDate(tmt, how, doubt=row.doubt or trigger.doubt, other_readings=readings)
    return due_dates.explain_date("TMT", row.text, _tmt_basis(situation, tmt), trigger, due)


def _tmt_basis(situation: Situation, tmt: date | None) -> tuple[due_dates.Basis, ...]:
    row = situation.tmt_row
    if row is None or tmt is None:
        return ()
    norms = situation.norms(row.basis, situation.determination or tmt)
    return due_dates.basis_lines(situation.book.library, norms)


def _tmt_readings(situation: Situation, tmt: date | None) -> tuple[due_dates.Reading, ...]:
    row = situation.tmt_row
    if row is None or tmt is None:
        return ()
    words = situation.book.library.source_words
    return tuple(
        due_dates.Reading(other.day, other.text, words(other.sources), other.confidence.value, doubtful=True)
        for other in row.other_readings
    )

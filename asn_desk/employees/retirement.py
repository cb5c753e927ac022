"""When a person reaches the retirement age (BUP), and whether a dismissal would carry a pension: computed, with the rule quoted.

The ages and thresholds are data of the rule packs. What is missing is named and nothing is guessed; the decree decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.employees.imports.post_references import retirement_age_of
from asn_desk.employees.model import Employee
from asn_desk.employees.terms import EmployeeKind, PostClass
from asn_desk.employees.words import KIND_WORDS
from asn_desk.errors import DeskError
from asn_desk.regulations import retirement as rules
from asn_desk.regulations.office_packs import packs_of
from asn_desk.regulations.packs import Library
from asn_desk.wording import long_date

_OFFERED = "daftar referensi jabatan kantor"
_OF_POST = frozenset(PostClass) - {PostClass.UNKNOWN}


@dataclass(frozen=True)
class AgeRule:
    """A retirement age with where it stands; `doubts` say why a legal reader should look at it."""

    age: int
    basis: str
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class StartRule:
    """On the first day of which month after the retirement age retirement begins: `months` 1 is the next one."""

    months: int
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class PensionRule:
    """From which age and years of service a dismissal with honour carries a pension; `others` are thresholds read elsewhere."""

    age: int
    years: int
    basis: str
    doubts: tuple[str, ...] = ()
    others: tuple[PensionRule, ...] = ()


@dataclass(frozen=True)
class Rules:
    """What the packs and the office's list of posts say for one person. `has_age`: the kind of employee has a BUP at all."""

    age: AgeRule | None
    start: StartRule | None
    pension: PensionRule | None
    has_age: bool = True


@dataclass(frozen=True)
class Facts:
    """What the computation looks at."""

    kind: EmployeeKind
    birth_date: date | None
    service_from: date | None
    post_class: PostClass = PostClass.UNKNOWN
    post_name: str = ""


@dataclass(frozen=True)
class Retirement:
    """What can be said of one person. `missing` names the data without which a part stays open (None)."""

    age: AgeRule | None
    reached_on: date | None
    leaves_on: date | None
    pension: bool | None
    explanation: tuple[str, ...]
    doubts: tuple[str, ...]
    missing: tuple[str, ...]


def retirement(session: Session, employee_id: int, day: date) -> Retirement:
    """Return retirement date and pension right of a person as seen on `day`, by the rules in force in this office.

    The office's list of posts goes before the class of the post. Raises DeskError("not_allowed" | "employee_missing").
    """
    require(session, Action.SEE_EMPLOYEES)
    person = session.get(Employee, employee_id)
    if person is None:
        raise DeskError("employee_missing", "Pegawai ini tidak ditemukan lagi. Muat ulang daftar pegawai.")
    listed = retirement_age_of(session, person.post_name) if person.post_name else None
    facts = Facts(person.kind, person.birth_date, person.service_from, person.post_class, person.post_name)
    return worked_out(facts, rules_for(packs_of(session), facts, day, listed), day)


def rules_for(library: Library, facts: Facts, day: date, listed: int | None = None) -> Rules:
    """Return the rules that hold for somebody on a day; `listed` is the age that the office's own list of posts gives."""
    has_age = rules.has_ages(library, facts.kind)
    age = rules.age_row(library, facts.kind, facts.post_class, facts.post_name, day)
    start, pension = rules.start_row(library, day), rules.pension_row(library, facts.kind)
    found = AgeRule(age.age, rules.cited(library, age.basis, day), rules.doubts(library, age)) if age else None
    return Rules(
        AgeRule(listed, _OFFERED) if listed is not None and has_age else found,
        StartRule(start.months, rules.doubts(library, start)) if start else None,
        PensionRule(
            pension.age, pension.service_years, rules.cited(library, pension.basis, day), rules.doubts(library, pension),
            tuple(
                PensionRule(row.age, row.service_years, rules.cited(library, row.basis, day))
                for row in pension.other_readings
            ),
        ) if pension else None,
        has_age,
    )  # fmt: skip


def worked_out(facts: Facts, known: Rules, day: date) -> Retirement:
    """Work it out from plain values."""
    reached = _years_after(facts.birth_date, known.age.age) if facts.birth_date and known.age else None
    leaves = _month_after(reached, known.start.months) if reached and known.start else None
    right, said = _pension(facts, known.pension, day)
    doubts = [*(known.age.doubts if known.age else ()), *(known.start.doubts if leaves and known.start else ())]
    doubts += known.pension.doubts if known.pension else ()
    return Retirement(
        known.age, reached, leaves, right, (*_age_lines(facts, known, reached, leaves), *said), tuple(doubts),
        tuple(_missing(facts, known)),
    )  # fmt: skip


def _missing(facts: Facts, known: Rules) -> list[str]:
    class_known = facts.post_class in _OF_POST or known.age is not None
    found = []
    if facts.birth_date is None and (known.has_age or known.pension is not None):
        found.append("tanggal lahir")
    if known.has_age and not class_known:
        found.append("kelompok jabatan atau BUP jabatan")
    if known.pension is not None and facts.service_from is None:
        found.append("TMT CPNS/PPPK")
    return found


def _age_lines(facts: Facts, known: Rules, reached: date | None, leaves: date | None) -> list[str]:
    if not known.has_age:
        return [f"BUP untuk {KIND_WORDS[facts.kind]} tidak ada dalam paket aturan."]
    if known.age is None:
        no_row = facts.post_class in _OF_POST
        return ["BUP kelompok jabatan ini tidak ada dalam paket aturan yang berlaku."] if no_row else []
    if reached is None:
        return [f"BUP {known.age.age} tahun ({known.age.basis})."]
    begins = f", TMT pensiun {long_date(leaves)}" if leaves else ""
    return [f"BUP {known.age.age} tahun ({known.age.basis}): genap {long_date(reached)}{begins}."]


def _pension(facts: Facts, pension: PensionRule | None, day: date) -> tuple[bool | None, list[str]]:
    """Return whether there is a right (None: not known) and the sentences that say so, other readings after the one that counts."""
    if pension is None:
        return None, [f"Hak pensiun untuk {KIND_WORDS[facts.kind]} tidak ada dalam paket aturan."]
    if facts.birth_date is None or facts.service_from is None:
        return None, []
    age, years = full_years(facts.birth_date, day), full_years(facts.service_from, day)
    first = f"Hak pensiun bila berhenti {long_date(day)}: usia {age} dan masa kerja {years} tahun"
    lines = [
        f"{first}, {_met(pension, age, years)} (paling sedikit {pension.age} dan {pension.years} tahun; {pension.basis})."
    ]
    lines += [
        f"Bacaan lain: paling sedikit {other.age} dan {other.years} tahun ({other.basis}), {_met(other, age, years)}."
        for other in pension.others
    ]
    return _has_right(pension, age, years), lines


def _has_right(pension: PensionRule, age: int, years: int) -> bool:
    return age >= pension.age and years >= pension.years


def _met(pension: PensionRule, age: int, years: int) -> str:
    return "terpenuhi" if _has_right(pension, age, years) else "belum terpenuhi"


def full_years(start: date, day: date) -> int:
    """Return the completed years between two days."""
    return day.year - start.year - ((day.month, day.day) < (start.month, start.day))


def _years_after(start: date, years: int) -> date:
    """Return the same day `years` later; 29 February becomes 1 March where there is none."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return date(start.year + years, 3, 1)


def _month_after(day: date, months: int) -> date:
    """Return the first day of the month `months` after that of a day."""
    place = day.year * 12 + day.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)

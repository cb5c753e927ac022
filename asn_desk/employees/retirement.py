"""When a person reaches the retirement age (BUP), and whether a dismissal would carry a pension: computed, with the rule quoted.

What is missing is named and nothing is guessed. A date is a help for the clerk; the decree decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.employees.model import Employee
from asn_desk.employees.post_references import retirement_age_of
from asn_desk.employees.terms import EmployeeKind, PostClass
from asn_desk.errors import DeskError
from asn_desk.regulations.office_packs import packs_of
from asn_desk.regulations.packs import Library
from asn_desk.wording import long_date

_LAW = "UU 20/2023 Pasal 55"
_FUNCTIONAL = "PP 11/2017 Pasal 239"
_FUNCTIONAL_DOUBT = (
    "Jabatan fungsional tertentu (guru, dokter, dosen, peneliti) punya BUP tersendiri; periksa peraturannya."
)
_OFFERED = "daftar referensi jabatan kantor"
_MONTH_DOUBT = "TMT pensiun dihitung tanggal 1 bulan berikutnya, seperti kebiasaan; SK pensiun yang menentukan."


@dataclass(frozen=True)
class AgeRule:
    """A retirement age with where it stands; `doubt` says why a legal reader should look at it."""

    age: int
    basis: str
    doubt: str = ""


@dataclass(frozen=True)
class Retirement:
    """What can be said of one person. `missing` names the data without which a part stays open (None)."""

    age: AgeRule | None
    reached_on: date | None
    leaves_on: date | None
    pension: bool | None
    pension_rule: str
    explanation: tuple[str, ...]
    doubts: tuple[str, ...]
    missing: tuple[str, ...]


AGES: Mapping[PostClass, AgeRule] = MappingProxyType({
    **dict.fromkeys((PostClass.JPT_UTAMA, PostClass.JPT_MADYA, PostClass.JPT_PRATAMA), AgeRule(60, _LAW)),
    **dict.fromkeys((PostClass.ADMINISTRATOR, PostClass.PENGAWAS, PostClass.PELAKSANA), AgeRule(58, _LAW)),
    **dict.fromkeys(
        (PostClass.JF_KETERAMPILAN, PostClass.JF_AHLI_PERTAMA, PostClass.JF_AHLI_MUDA),
        AgeRule(58, _FUNCTIONAL, _FUNCTIONAL_DOUBT),
    ),
    PostClass.JF_AHLI_MADYA: AgeRule(60, _FUNCTIONAL, _FUNCTIONAL_DOUBT),
    PostClass.JF_AHLI_UTAMA: AgeRule(65, _FUNCTIONAL, _FUNCTIONAL_DOUBT),
})  # fmt: skip
"""Retirement ages by class of post. Not checked against the gazette: every answer carries its source."""


def retirement(session: Session, employee_id: int, day: date) -> Retirement:
    """Return retirement date and pension right of a person as seen on `day`.

    The office's list of posts goes before the class of the post. Raises DeskError("not_allowed" | "employee_missing").
    """
    require(session, Action.SEE_EMPLOYEES)
    person = session.get(Employee, employee_id)
    if person is None:
        raise DeskError("employee_missing", "Pegawai ini tidak ditemukan lagi. Muat ulang daftar pegawai.")
    listed = retirement_age_of(session, person.post_name) if person.post_name else None
    age = AgeRule(listed, _OFFERED) if listed is not None else AGES.get(person.post_class)
    library = packs_of(session)
    conditions = (row for pack in library.packs for row in pack.content.pensions)
    condition = next((row for row in conditions if person.kind.value in row.kinds), None)
    rule = (
        None
        if condition is None
        else PensionRule(condition.age, condition.service_years, _cited(library, condition.basis), condition.doubt)
    )
    return worked_out(Facts(person.kind, person.birth_date, person.service_from), age, rule, day)


def _cited(library: Library, norms: Iterable[str]) -> str:
    """Return the articles as a reader wants them, by the ids of their norms."""
    return "; ".join(f"{norm.title} {norm.article}" for norm in (library.norms[one] for one in norms))


@dataclass(frozen=True)
class Facts:
    """What the computation looks at."""

    kind: EmployeeKind
    birth_date: date | None
    service_from: date | None


@dataclass(frozen=True)
class PensionRule:
    """From which age and years of service a dismissal with honour carries a pension."""

    age: int
    years: int
    basis: str
    doubt: str = ""


def worked_out(facts: Facts, age: AgeRule | None, pension: PensionRule | None, day: date) -> Retirement:
    """Work it out from plain values."""
    missing = [
        words
        for words, there in (
            ("tanggal lahir", facts.birth_date), ("kelompok jabatan atau BUP jabatan", age), ("TMT CPNS/PPPK", facts.service_from),
        )
        if there is None
    ]  # fmt: skip
    reached = _years_after(facts.birth_date, age.age) if facts.birth_date and age else None
    leaves = _first_of_next_month(reached) if reached else None
    lines, doubts = [], [age.doubt] if age and age.doubt else []
    if age is not None and reached is not None and leaves is not None:
        lines.append(f"BUP {age.age} tahun ({age.basis}): genap {long_date(reached)}, TMT pensiun {long_date(leaves)}.")
        doubts.append(_MONTH_DOUBT)
    right, rule = _pension(facts, pension, day)
    if rule:
        lines.append(rule)
    if pension is not None and pension.doubt:
        doubts.append(pension.doubt)
    return Retirement(age, reached, leaves, right, rule, tuple(lines), tuple(doubts), tuple(missing))


def _pension(facts: Facts, pension: PensionRule | None, day: date) -> tuple[bool | None, str]:
    if pension is None:
        return None, "Aturan hak pensiun hanya ada untuk PNS." if facts.kind is not EmployeeKind.PNS else ""
    if facts.birth_date is None or facts.service_from is None:
        return None, ""
    age, years = full_years(facts.birth_date, day), full_years(facts.service_from, day)
    right = age >= pension.age and years >= pension.years
    said = "terpenuhi" if right else "belum terpenuhi"
    return right, (
        f"Hak pensiun bila berhenti {long_date(day)}: usia {age} dan masa kerja {years} tahun, {said} "
        f"(paling sedikit {pension.age} dan {pension.years} tahun; {pension.basis})."
    )


def full_years(start: date, day: date) -> int:
    """Return the completed years between two days."""
    return day.year - start.year - ((day.month, day.day) < (start.month, start.day))


def _years_after(start: date, years: int) -> date:
    """Return the same day `years` later; 29 February becomes 1 March where there is none."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return date(start.year + years, 3, 1)


def _first_of_next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)

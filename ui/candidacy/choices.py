"""What the rule packs offer to choose from when somebody declares: offices, their elections, further facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from asn_desk.candidacy.service import PATHS
from asn_desk.employees import queries as employees
from asn_desk.office import queries as office
from asn_desk.regulations.queries import packs_of
from asn_desk.regulations.terms import Fact
from ui.shared.filters import Choice
from ui.shared.forms import PersonHit

FLAG_TITLES = {
    Fact.TEACHER_OR_HEALTH: "Guru atau tenaga kesehatan",
    Fact.OTHER_REGION: "Maju di daerah lain",
    Fact.SPOUSE: "Pasangan calonnya adalah suami atau istri",
    Fact.APS_GROUND: "Ada alasan menolak permintaan berhenti",
}
PATH_CHOICES = [Choice(key, words[:1].upper() + words[1:]) for key, words in PATHS.items()]


@dataclass(frozen=True)
class OfficeChoice:
    """An office one can run for. `elections`: id and title; `usual`: the one that is going on, or empty;
    `newest`: the last one that is settled, or empty."""

    code: str
    title: str
    type: str
    by_party: bool
    elections: tuple[Choice, ...]
    usual: str
    newest: str

    @property
    def local(self) -> bool:
        """Return whether a pair runs for it in a pilkada."""
        return self.type == "pilkada"


@dataclass(frozen=True)
class DeclareChoices:
    """The offices of the library, and the office's own region as the likely one."""

    offices: tuple[OfficeChoice, ...]
    region: str

    def office(self, code: object) -> OfficeChoice | None:
        """Return an office by its code."""
        return next((row for row in self.offices if row.code == code), None)


def read_choices(session: Any, today: date) -> DeclareChoices:
    """Return what can be chosen; runs on a reading thread and loads the rule packs there."""
    library = packs_of(session)
    identity = office.office(session)
    offices = tuple(
        OfficeChoice(
            row.code,
            row.title,
            row.election_type,
            row.party_membership,
            tuple(Choice(calendar.id, calendar.title) for calendar in library.elections_for(row.code)),
            _usual(library.elections_for(row.code), today),
            next((found.id for found in reversed(library.elections_for(row.code)) if not found.expected), ""),
        )
        for row in library.offices.values()
    )
    return DeclareChoices(offices, identity.region if identity else "")


def _usual(calendars: Any, today: date) -> str:
    """Return the election that is going on: the only one, or the first whose stages are not over."""
    if len(calendars) == 1:
        return str(calendars[0].id)
    for calendar in calendars:
        ends = [stage.date_to for stage in calendar.events]
        if ends and not calendar.expected and max(ends) >= today:
            return str(calendar.id)
    return ""


def election_choices(session: Any) -> list[Choice]:
    """Return all elections, for the list's filter; loads the rule packs."""
    return [Choice(row.id, row.title) for row in packs_of(session).calendars.values()]


def find_people(session: Any, text: str) -> list[PersonHit]:
    """Return people for the picker."""
    return [person_hit(row) for row in employees.search(session, text)]


def person_hit(row: Any) -> PersonHit:
    """Return a person as the picker shows one; `row` is an EmployeeRow or EmployeeDetail."""
    from asn_desk.wording import grouped_nip

    return PersonHit(row.id, row.name, " · ".join(part for part in (grouped_nip(row.number), row.post) if part))


def read_person(session: Any, employee_id: int) -> PersonHit | None:
    """Return one person for the picker, None when there is no such person."""
    return next((person_hit(row) for row in employees.employee_rows(session, [employee_id])), None)

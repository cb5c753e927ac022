"""What the detail panel shows of one person, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from asn_desk.accounts.rights import allowed
from asn_desk.accounts.terms import Action
from asn_desk.candidacy import queries as candidacy
from asn_desk.candidacy.rows import DeclarationRow
from asn_desk.circulars import recipients
from asn_desk.circulars.recipients import RecipientRow
from asn_desk.employees import queries
from asn_desk.employees.history import HistoryRow, What, history
from asn_desk.employees.queries import EmployeeDetail, PostingRow
from asn_desk.employees.retirement import Retirement, retirement
from asn_desk.employees.words import CLASS_WORDS, KIND_WORDS, SEX_WORDS
from asn_desk.letters import queries as letters
from asn_desk.letters.queries import LetterFilter, LetterRow
from asn_desk.wording import grouped_nip, long_date, readable_name, short_date


@dataclass(frozen=True)
class PersonFacts:
    """A person with all that hangs on them."""

    person: EmployeeDetail
    letters: tuple[LetterRow, ...]
    circulars: tuple[RecipientRow, ...]
    files: tuple[DeclarationRow, ...]
    retirement: Retirement
    changes: tuple[HistoryRow, ...]


def read_facts(session: Any, employee_id: int, today: date) -> PersonFacts:
    """Return everything about one person that the user may see. Raises DeskError("not_allowed" | "employee_missing")."""
    letter_ids = letters.letter_ids(session, LetterFilter(employee_id=employee_id))
    circulars = recipients.of_employee(session, employee_id) if allowed(session, Action.SEE_CIRCULARS) else ()
    file_ids = candidacy.files_of_employee(session, employee_id) if allowed(session, Action.SEE_CANDIDACY) else ()
    return PersonFacts(
        queries.employee_detail(session, employee_id),
        tuple(letters.letter_rows(session, letter_ids)),
        tuple(circulars),
        tuple(candidacy.declaration_rows(session, file_ids)) if file_ids else (),
        retirement(session, employee_id, today),
        tuple(row for row in history(session, employee_id) if row.what in (What.KIND, What.STATE)),
    )


def number_line(person: EmployeeDetail) -> str:
    """Return the number people are known by, with its name: `NIP 19800101 200501 1 001`."""
    if not person.nip:
        return f"Nomor pegawai {person.local_number}"
    return f"{'NI PPPK' if person.kind.value.startswith('PPPK') else 'NIP'} {grouped_nip(person.nip)}"


def identity(person: EmployeeDetail) -> list[tuple[str, str]]:
    """Return the facts of the upper part; what is not known is left out, except what every office asks for."""
    born = ", ".join(
        part
        for part in (readable_name(person.birth_place), long_date(person.birth_date) if person.birth_date else "")
        if part
    )
    always = [
        ("Jabatan", person.post),
        ("Unit kerja", person.unit),
        ("OPD", person.opd),
        ("Jenis", KIND_WORDS[person.kind]),
        ("Golongan", ", ".join(part for part in (person.grade, person.rank) if part)),
    ]
    known = [
        ("TMT golongan", long_date(person.grade_from) if person.grade_from else ""),
        ("Kelompok jabatan", CLASS_WORDS[person.post_class]),
        ("Lahir", born),
        ("Jenis kelamin", SEX_WORDS[person.sex] if person.sex else ""),
        ("TMT CPNS/PPPK", long_date(person.service_from) if person.service_from else ""),
        ("Kedudukan hukum", person.legal_position),
        ("Pendidikan", person.education),
    ]
    return [pair for pair in always if pair != ("OPD", person.unit)] + [pair for pair in known if pair[1]]


def retirement_lines(found: Retirement) -> list[str]:
    """Return what can be said of retirement and pension, and what data is missing."""
    open_part = [f"Belum dapat dihitung seluruhnya; lengkapi {', '.join(found.missing)}."] if found.missing else []
    return [*found.explanation, *open_part]


def doubt_lines(found: Retirement) -> list[str]:
    """Return what a legal reader should look at before anybody relies on the figures."""
    return [f"Perlu diperiksa: {doubt}" for doubt in found.doubts]


def change_title(row: HistoryRow) -> str:
    """Return what changed: `Status: Berakhir`."""
    return f"{row.what.capitalize()}: {row.new}"


def change_text(row: HistoryRow) -> str:
    """Return since when and from where: `Tercatat 9 Sep 2024, sebelumnya Aktif`, and the source below it."""
    before = f", sebelumnya {row.old}" if row.old else ""
    return f"Tercatat {short_date(row.on)}{before}\nSumber: {row.source}"


def held(posting: PostingRow) -> str:
    """Return when a post was held: `1 Jan 2019 sampai sekarang`."""
    until = f"sampai {short_date(posting.held_until)}" if posting.held_until else "sampai sekarang"
    return f"{short_date(posting.held_from)} {until}"

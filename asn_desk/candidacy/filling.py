"""What a candidacy file knows about the letters made for it, by the letters' field keys."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy.orm import Session

from asn_desk.candidacy import rules
from asn_desk.candidacy.loading import book_of, declaration_of, employee_of, events_of, facts_of
from asn_desk.candidacy.model import Declaration, DeclarationEvent
from asn_desk.candidacy.outcome import PENSION_WORDS, Outcome
from asn_desk.database.work import today as today_of
from asn_desk.employees.grades import rank_line
from asn_desk.employees.model import Employee
from asn_desk.employees.terms import EmployeeKind
from asn_desk.letters.contents.kinds_candidacy import (
    CANDIDATE,
    DISHONOURABLE,
    HONOURABLE,
    OWN_REQUEST,
    PARTY,
    PNS,
    PPPK,
    RETIREMENT,
)
from asn_desk.office.model import Unit
from asn_desk.regulations.terms import Form, Track
from asn_desk.wording import long_date, readable_name, titled_name

_FORMS = {Form.HONOURABLE: HONOURABLE, Form.DISHONOURABLE: DISHONOURABLE, Form.RETIREMENT: HONOURABLE}
_REASONS = {Track.RESIGN: CANDIDATE, Track.APS: OWN_REQUEST, Track.RETIREMENT: RETIREMENT, Track.PARTY: PARTY}
_PAPERS = (("TANDA_TERIMA", "tanda_terima"), ("PENETAPAN", "penetapan"), ("PERTEK", "pertek"))
_CIVIL = {EmployeeKind.PNS, EmployeeKind.CPNS}
_PENSION = {"ya", "tidak"}


def values(session: Session, declaration_id: int) -> dict[str, str]:
    """Return the fields a file fills; unknown ones are left out. Raises DeskError("unknown_declaration")."""
    declaration = declaration_of(session, declaration_id)
    employee = employee_of(session, declaration.employee_id)
    events = events_of(session, declaration_id)
    book = book_of(declaration)
    end = rules.assess(facts_of(declaration, employee, events), book, today_of(session)).outcome
    found = {
        **_standing(declaration, book.calendar.title),
        **_papers(events),
        **_ending(end),
        **_post(session, declaration, employee, end),
    }
    return {key: value for key, value in found.items() if value}


def _standing(declaration: Declaration, election: str) -> dict[str, str]:
    return {
        "pencalonan.kode": declaration.office_code,
        "pencalonan.jabatan": declaration.office_name,
        "pencalonan.pemilihan": election,
        "pencalonan.daerah_pemilihan": declaration.constituency,
        "pencalonan.wilayah": declaration.region,
        "pencalonan.pasangan": declaration.running_mate,
        "pencalonan.jalur": _path_words(declaration),
        "permohonan.alasan": f"pencalonan saya sebagai {declaration.office_name} dalam {election}",
        "sipol.partai": declaration.party,
    }


def _path_words(declaration: Declaration) -> str:
    if declaration.path == "perseorangan":
        return "jalur perseorangan"
    return f"diusulkan oleh {declaration.party}" if declaration.party else ""


def _papers(events: Iterable[DeclarationEvent]) -> dict[str, str]:
    first: dict[str, DeclarationEvent] = {}
    for event in events:
        first.setdefault(event.code, event)
    found = {}
    if (letter := first.get("SURAT_MUNDUR")) is not None:
        found["diterima.tanggal"] = letter.happened_on.isoformat()
        found["diterima.tanggal_surat"] = _dated(letter)
    for code, group in _PAPERS:
        if (paper := first.get(code)) is not None:
            found[f"{group}.nomor"] = paper.document_number
            found[f"{group}.tanggal"] = _dated(paper)
    if (registered := first.get("PENDAFTARAN")) is not None:
        found["pencalonan.pendaftaran"] = registered.happened_on.isoformat()
    if (listed := first.get("TERCATAT_SIPOL")) is not None:
        found["sipol.tanggal"] = listed.happened_on.isoformat()
    return found


def _dated(event: DeclarationEvent) -> str:
    return (event.document_date or event.happened_on).isoformat()


def _ending(end: Outcome) -> dict[str, str]:
    pension = PENSION_WORDS[end.pension] if end.pension in _PENSION else ""
    day = _iso(end.tmt)
    return {
        "keputusan.jenis": _FORMS.get(end.form, "") if end.form else "",
        "keputusan.alasan": _REASONS.get(end.track, ""),
        "keputusan.tmt": day,
        "keputusan.pensiun": pension,
        "permohonan.tmt": day,
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _post(session: Session, declaration: Declaration, employee: Employee, end: Outcome) -> dict[str, str]:
    unit = session.get(Unit, declaration.unit_id) if declaration.unit_id else None
    place = f"{declaration.post_name} pada {unit.name}" if unit else declaration.post_name
    row = (
        titled_name(readable_name(employee.name), employee.title_front, employee.title_back),
        employee.nip or employee.local_number or "",
        rank_line(employee.grade),
        place,
        "",
        long_date(end.tmt) if end.tmt else "",
        PENSION_WORDS[end.pension] if end.pension in _PENSION else "",
    )
    return {
        "perintah.jabatan": declaration.post_name,
        "perintah.sebutan": "Pelaksana Tugas" if end.tmt else "",
        "perintah.mulai": _iso(end.tmt + timedelta(days=1)) if end.tmt else "",
        "usul.status": PNS if employee.kind in _CIVIL else PPPK,
        "usul.daftar": " | ".join(part.replace("|", "/") for part in row),
    }

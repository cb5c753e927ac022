"""An office with one candidacy file, for the tests of papers, packet, secrecy and history."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from asn_desk.candidacy import queries, service
from asn_desk.candidacy.service import DeclareCandidacy, RecordEvent
from asn_desk.desk import Desk
from asn_desk.employees.terms import PostClass
from tests.factories import add_employee, add_unit

DAY = date(2024, 9, 9)
NAME, NIP = "Muhammad Syahrul Ramadhan", "197203141997031004"
SCAN = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
    b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n0000000105 00000 n \n"
    b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n168\n%%EOF\n"
)


def open_file(desk: Desk, **values: Any) -> int:
    """Declare one candidate for deputy mayor and return the file's id; `values` override the declaration."""

    def declare(session: Session) -> int:
        person = {
            "name": NAME, "nip": NIP, "post_class": PostClass.JPT_PRATAMA, "post_name": "Kepala Dinas Perhubungan",
            "unit": add_unit(session, "Dinas Perhubungan"), "birth_date": date(1972, 3, 14),
            "service_from": date(1997, 3, 1),
        }  # fmt: skip
        person |= values.pop("person", {})
        command = {
            "employee_id": add_employee(session, **person).id, "office_code": "WALKOT", "election_id": "pilkada-2024",
            "region": "Kota Contoh", "declared_on": date(2024, 8, 12), "office_name": "Wakil Wali Kota Contoh",
            "path": "parpol", "party": "Partai Contoh",
        }  # fmt: skip
        return service.declare(session, DeclareCandidacy(**(command | values)))

    return desk.write(declare).value


def version_of(desk: Desk, file_id: int) -> int:
    """Return the file's present version, as a form would have it."""
    return desk.read(lambda session: queries.declaration_detail(session, file_id)).version


def record(desk: Desk, file_id: int, code: str, day: date, **values: Any) -> int:
    """Record an event on the file's present version and return the event's id."""
    command = RecordEvent(file_id, version_of(desk, file_id), code, day, **values)
    return desk.write(lambda session: service.record_event(session, command)).value

"""Real case T5 with people in the register: matched by the NIP, never by what an identity card says."""

from __future__ import annotations

from datetime import date

import pytest

from asn_desk.candidacy import queries, service
from asn_desk.candidacy.service import DeclareCandidacy
from asn_desk.desk import Desk
from asn_desk.employees import queries as employees
from asn_desk.employees.terms import EmploymentState, PostClass
from asn_desk.errors import DeskError
from tests.factories import add_employee

HEAD, PENSIONER = "196903141995031002", "196201011985031001"


def test_the_number_tells_the_serving_head_from_the_pensioner_of_the_same_name(desk: Desk) -> None:
    """The organiser's list names two people; both identity cards still say PNS."""
    name = "Bambang Hendrawan"
    desk.write(lambda s: add_employee(s, name=name, nip=HEAD, post_class=PostClass.JPT_PRATAMA).id)
    ended = desk.write(lambda s: add_employee(s, name=name, nip=PENSIONER, state=EmploymentState.ENDED).id).value
    found = {
        number: desk.read(lambda s, n=number: [row.id for row in employees.search(s, n)])
        for number in (HEAD, PENSIONER)
    }
    assert len(found[HEAD]) == 1
    assert ended not in found[HEAD]
    command = DeclareCandidacy(
        employee_id=found[HEAD][0], office_code="DPRD_KAB", election_id="pemilu-2024", region="Kabupaten Contoh",
        declared_on=date(2023, 5, 12), path="parpol",
    )  # fmt: skip
    file_id = desk.write(lambda s: service.declare(s, command)).value
    seen = desk.read(lambda s: queries.declaration_detail(s, file_id))
    assert {"L1", "L2", "C1.DPRD"} <= {row.id for row in seen.obligations}
    cleared = DeclareCandidacy(**{**vars(command), "employee_id": ended})
    with pytest.raises(DeskError, match="sudah tidak bertugas"):
        desk.write(lambda s: service.declare(s, cleared))

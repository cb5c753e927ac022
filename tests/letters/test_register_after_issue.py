"""After issue: the scan of the signed paper is kept with its letter, and a corrected letter refers to the old one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from asn_desk.desk import Desk
from asn_desk.errors import DeskError, StaleRecord
from asn_desk.letters import queries
from asn_desk.letters.aftercare import LARGEST_SCAN, attach_scan
from asn_desk.letters.contents.kinds import RESIGNATION
from asn_desk.letters.service import issue
from tests.letters.batch_office import COMMAND, fill_office

SCAN = b"%PDF-1.4\nan invented scan\n%%EOF\n"


@pytest.fixture
def letter_id(practice_desk: Desk) -> int:
    """An issued letter."""
    person = practice_desk.write(lambda session: fill_office(session, 1)).value[0]
    return practice_desk.write(lambda session: issue(session, replace(COMMAND, employee_id=person))).value.id


def detail(desk: Desk, letter_id: int) -> queries.LetterDetail:
    return desk.read(lambda session: queries.letter_detail(session, letter_id))


def attached(desk: Desk, letter_id: int, data: bytes, version: int) -> str:
    return desk.write(lambda session: attach_scan(session, letter_id, data, version)).value


def test_the_scan_comes_back_as_it_was_and_the_issued_files_stay(practice_desk: Desk, letter_id: int) -> None:
    before = detail(practice_desk, letter_id)
    attached(practice_desk, letter_id, SCAN, before.version)
    after = detail(practice_desk, letter_id)
    assert practice_desk.read(lambda session: queries.stored_scan(session, letter_id)) == SCAN
    assert (after.pdf_sha256, after.docx_sha256) == (before.pdf_sha256, before.docx_sha256)
    with pytest.raises(StaleRecord):
        attached(practice_desk, letter_id, SCAN, before.version)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 %%EOF", b"%PDF-1.4 cut off", b"%PDF-" + bytes(LARGEST_SCAN)])
def test_what_is_no_whole_pdf_is_refused(practice_desk: Desk, letter_id: int, data: bytes) -> None:
    with pytest.raises(DeskError) as caught:
        attached(practice_desk, letter_id, data, 1)
    assert caught.value.code == "scan"
    with pytest.raises(DeskError, match="belum dilampiri"):
        practice_desk.read(lambda session: queries.stored_scan(session, letter_id))


def test_a_corrected_letter_refers_to_the_old_one_which_is_corrected_only_once(
    practice_desk: Desk, letter_id: int
) -> None:
    old = detail(practice_desk, letter_id)
    command = replace(COMMAND, employee_id=old.employee_id, replaces_id=letter_id)
    new_id = practice_desk.write(lambda session: issue(session, command)).value.id
    assert detail(practice_desk, new_id).replaces_id == letter_id
    assert detail(practice_desk, letter_id).replaced_by_id == new_id
    with pytest.raises(DeskError, match="sudah ada perbaikannya"):
        practice_desk.write(lambda session: issue(session, command))


@pytest.mark.parametrize(
    ("values", "code"), [({"replaces_id": 999}, "letter_missing"), ({"kind": RESIGNATION}, "replaces_kind")]
)
def test_only_a_letter_of_the_same_kind_is_corrected(
    practice_desk: Desk, letter_id: int, values: dict[str, Any], code: str
) -> None:
    person = detail(practice_desk, letter_id).employee_id
    data = {key: value for key, value in COMMAND.data.items() if key.startswith("pencalonan")}
    if "kind" in values:
        values = {**values, "data": {**data, "pencalonan.kode": "WALKOT"}}
    command = replace(COMMAND, employee_id=person, **{"replaces_id": letter_id, **values})
    with pytest.raises(DeskError) as caught:
        practice_desk.write(lambda session: issue(session, command))
    assert caught.value.code == code

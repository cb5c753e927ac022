"""Drafts: kept without a number, shown with [DRAF] across the pages, issued as entered, or discarded."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
from sqlalchemy.orm import Session

from asn_desk.accounts.terms import RIGHTS, Role
from asn_desk.database.work import work_of
from asn_desk.desk import Desk
from asn_desk.errors import DeskError, StaleRecord
from asn_desk.letters import drafts, queries
from asn_desk.letters.numbers.register import NumberWish
from asn_desk.letters.service import IssueLetter
from asn_desk.letters.terms import NumberWay
from tests.letters.batch_office import COMMAND, fill_office


@pytest.fixture
def command(practice_desk: Desk) -> IssueLetter:
    """A letter about somebody of an invented office."""
    person = practice_desk.write(lambda session: fill_office(session, 1)).value[0]
    return replace(COMMAND, employee_id=person, addressee="Wali Kota Contoh", numbering=NumberWish(NumberWay.LATER))


def test_a_draft_takes_no_number_and_says_on_every_page_what_it_is(practice_desk: Desk, command: IssueLetter) -> None:
    draft = practice_desk.write(
        lambda session: drafts.save_draft(session, replace(command, numbering=NumberWish()))
    ).value
    (row,) = practice_desk.read(drafts.draft_rows)
    assert (row.id, row.person, row.made_by, row.hidden) == (draft, "Pegawai Contoh 000", "Ratna Wulandari", False)
    pages = practice_desk.read(lambda session: drafts.draft_pages(session, draft))
    with pypdfium2.PdfDocument(pages.pdf) as document:
        assert "[DRAF]" in document[0].get_textpage().get_text_bounded()
    assert practice_desk.read(queries.letter_ids) == []
    assert practice_desk.read(lambda session: queries.register_rows(session, 2024)) == []


def test_a_draft_is_issued_as_it_was_entered_and_is_gone(practice_desk: Desk, command: IssueLetter) -> None:
    draft = practice_desk.write(lambda session: drafts.save_draft(session, command)).value
    assert practice_desk.read(lambda session: drafts.draft_letter(session, draft)) == command
    with pytest.raises(StaleRecord):
        practice_desk.write(lambda session: drafts.issue_draft(session, draft, 5))
    issued = practice_desk.write(lambda session: drafts.issue_draft(session, draft, 1)).value
    assert practice_desk.read(queries.letter_ids) == [issued.id]
    assert practice_desk.read(drafts.draft_rows) == []
    with pytest.raises(DeskError, match="sudah tidak ada"):
        practice_desk.write(lambda session: drafts.issue_draft(session, draft, 1))


def test_a_discarded_draft_leaves_only_its_trail(practice_desk: Desk, command: IssueLetter) -> None:
    draft = practice_desk.write(lambda session: drafts.save_draft(session, command)).value
    practice_desk.write(lambda session: drafts.discard_draft(session, draft, 1))
    assert practice_desk.read(drafts.draft_rows) == []
    assert practice_desk.verify().findings == ()


def test_a_draft_with_missing_fields_is_refused_beside_them(practice_desk: Desk, command: IssueLetter) -> None:
    with pytest.raises(DeskError) as caught:
        practice_desk.write(lambda session: drafts.save_draft(session, replace(command, data={})))
    assert caught.value.fields


def test_a_draft_that_was_opened_again_is_kept_or_issued_as_it_is_now(
    practice_desk: Desk, command: IssueLetter
) -> None:
    draft = practice_desk.write(lambda session: drafts.save_draft(session, command)).value
    later = replace(command, data={**command.data, "diterima.rangkap": "3 (tiga)"}, confidential=True)
    practice_desk.write(lambda session: drafts.change_draft(session, draft, 1, later))
    assert practice_desk.read(lambda session: drafts.draft_letter(session, draft)) == later
    with pytest.raises(StaleRecord):
        practice_desk.write(lambda session: drafts.change_draft(session, draft, 1, command))
    (row,) = practice_desk.read(drafts.draft_rows)
    last = replace(later, data={**later.data, "diterima.rangkap": "4 (empat)"})
    issued = practice_desk.write(lambda session: drafts.issue_draft(session, draft, row.version, last)).value
    assert practice_desk.read(drafts.draft_rows) == []
    assert practice_desk.read(lambda session: queries.letter_detail(session, issued.id)).data["diterima"][
        "rangkap"
    ] == ("4 (empat)")
    assert practice_desk.verify().findings == ()


def test_a_confidential_draft_is_neither_opened_nor_overwritten_without_the_right(
    practice_desk: Desk, command: IssueLetter
) -> None:
    draft = practice_desk.write(lambda session: drafts.save_draft(session, replace(command, confidential=True))).value

    def overwrite(session: Session) -> None:
        work_of(session).rights = RIGHTS[Role.OPERATOR]
        drafts.change_draft(session, draft, 1, command)

    with pytest.raises(DeskError) as caught:
        practice_desk.write(overwrite)
    assert caught.value.code == "letter_secret"

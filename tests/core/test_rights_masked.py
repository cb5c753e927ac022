"""Queries that answer everybody but leave the confidential out: whoever lacks the right finds the name nowhere in the answer."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asn_desk.accounts import approvals, trail
from asn_desk.accounts.model import Approval
from asn_desk.accounts.terms import RIGHTS, Act, Action, ApprovalState, Role
from asn_desk.accounts.trail import TrailFilter
from asn_desk.candidacy import home, ics, packet, papers, queries, weekly
from asn_desk.candidacy.packet import IssuePacket
from asn_desk.candidacy.rows import DeclarationFilter
from asn_desk.database.work import work_of
from asn_desk.desk import Desk, open_desk
from asn_desk.letters import drafts
from asn_desk.letters import queries as letters
from asn_desk.letters.bulk import batch_files, batches
from asn_desk.letters.bulk.batches import StartBatch
from asn_desk.letters.model import Letter
from asn_desk.letters.numbers import agenda
from asn_desk.letters.numbers.register import NumberWish
from asn_desk.letters.queries import LetterFilter
from asn_desk.letters.service import issue
from asn_desk.letters.terms import NumberWay
from tests.conftest import PRACTICE_DAY
from tests.core.candidacy_office import DAY, NAME, NIP, open_file
from tests.core.test_candidacy_packet import EXTRA
from tests.letters.letter_office import settle
from tests.rights_table import table

NOTE = "rundingan keluarga"
WORDS = ("syahrul", "ramadhan", NIP, NOTE)
MASKED = sorted(line.name for line in table().values() if line.masked is not None)


@dataclass(frozen=True)
class Secret:
    """What is confidential in the office below."""

    declaration: int
    person: int
    batch: int
    folder: Path


@pytest.fixture(scope="module")
def office(migrated_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Secret]]:
    """An office with one confidential candidacy: its letters, one without a number, a draft, a batch, a request to unseal."""
    root = tmp_path_factory.mktemp("masked")
    shutil.copytree(migrated_folder, root / "data")
    desk = open_desk(root / "data", practice_day=PRACTICE_DAY)
    desk.write(settle)
    declaration = open_file(desk, note=NOTE)
    desk.write(lambda session: packet.issue_packet(session, IssuePacket(declaration, DAY, extra=EXTRA)))
    yield desk, desk.write(lambda session: hide(session, declaration, root)).value
    desk.close()


def hide(session: Session, declaration: int, root: Path) -> Secret:
    """Enter what hangs on the confidential file besides its packet."""
    offered = papers.offered_letters(session, declaration)[0]
    command = papers.letter_command(session, declaration, offered.kind, DAY, EXTRA.get(offered.code))
    letter = replace(command, confidential=True)
    assert letter.employee_id is not None
    later = replace(letter, numbering=NumberWish(NumberWay.LATER))
    issue(session, later)
    drafts.save_draft(session, letter)
    pile = StartBatch(replace(later, employee_id=None), (letter.employee_id,), root / "cetak")
    work = work_of(session)
    session.add(
        Approval(
            act=Act.UNSEAL, subject=f"declarations:{declaration}", reason=NAME, state=ApprovalState.OPEN,
            requested_name="Dewi Lestari", requested_at=work.now,
        )
    )  # fmt: skip
    return Secret(declaration, letter.employee_id, batches.start(session, pile), root)


def every_letter(session: Session) -> list[int]:
    return list(session.scalars(select(Letter.id)))


def workbook_words(write: Callable[[Path], object], folder: Path) -> str:
    """Return all that a workbook says."""
    target = folder / "lembar.xlsx"
    write(target)
    with zipfile.ZipFile(target) as parts:
        return " ".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))


def pages_words(data: bytes) -> str:
    """Return all that a PDF says."""
    book = pypdfium2.PdfDocument(io.BytesIO(data))
    words = " ".join(page.get_textpage().get_text_range() for page in book)
    book.close()
    return words


def agenda_pages(session: Session, secret: Secret) -> str:
    target = secret.folder / "agenda.pdf"
    agenda.save_pdf(session, DAY.year, None, target)
    return pages_words(target.read_bytes())


ANSWERS: Mapping[str, Callable[[Session, Secret], object]] = {
    "accounts.approvals.pending": lambda s, _x: approvals.pending(s),
    "accounts.approvals.listed": lambda s, _x: approvals.listed(s),
    "accounts.trail.trail_rows": lambda s, _x: trail.trail_rows(
        s, trail.trail_ids(s, TrailFilter(subject="declarations"))
    ),
    "candidacy.home.home_duties": lambda s, _x: home.home_duties(s),
    "candidacy.home.obligations_due": lambda s, _x: home.obligations_due(s, DAY),
    "candidacy.ics.agenda": lambda s, _x: ics.agenda(s).decode(),
    "candidacy.queries.declaration_rows": lambda s, x: queries.declaration_rows(s, [x.declaration]),
    "candidacy.weekly.weekly_list": lambda s, _x: pages_words(weekly.weekly_list(s)),
    "letters.bulk.batch_files.items": lambda s, x: batch_files.items(s, x.batch),
    "letters.drafts.draft_rows": lambda s, _x: drafts.draft_rows(s),
    "letters.numbers.agenda.agenda": lambda s, _x: agenda.agenda(s, DAY.year),
    "letters.numbers.agenda.save_pdf": agenda_pages,
    "letters.numbers.agenda.save_xlsx": lambda s, x: workbook_words(
        lambda target: agenda.save_xlsx(s, DAY.year, None, target), x.folder
    ),
    "letters.queries.letter_detail": lambda s, _x: [letters.letter_detail(s, key) for key in every_letter(s)],
    "letters.queries.letter_rows": lambda s, _x: letters.letter_rows(s, every_letter(s)),
    "letters.queries.letters_without_number": lambda s, _x: letters.letters_without_number(s),
    "letters.queries.register_rows": lambda s, _x: letters.register_rows(s, DAY.year),
}
"""What each masked query is asked; the answer to who has the right must name the person, else the test would prove nothing."""

FINDS: Mapping[str, Callable[[Session, Secret], list[int]]] = {
    "candidacy.queries.declaration_ids": lambda s, _x: queries.declaration_ids(s, DeclarationFilter(text="syahrul")),
    "candidacy.queries.files_of_employee": lambda s, x: queries.files_of_employee(s, x.person),
    "letters.queries.letter_ids": lambda s, _x: letters.letter_ids(s, LetterFilter(text="syahrul")),
}
"""Queries whose answers are numbers: they must find nothing."""

WRITES: Mapping[str, Callable[[Session, Secret], object]] = {
    "accounts.trail.trail_xlsx": lambda s, x: workbook_words(
        lambda target: trail.trail_xlsx(s, TrailFilter(subject="declarations"), target), x.folder
    ),
}
"""As ANSWERS, in a unit of work that writes: what was exported stands on the trail."""


def found_in(answer: object) -> list[str]:
    """Return which of the words stand in an answer; grouped numbers are looked at without their blanks."""
    text = str(answer).lower()
    plain = text + text.replace(" ", "")
    return [word for word in WORDS if word in plain]


def test_every_masked_query_is_looked_at() -> None:
    assert sorted([*ANSWERS, *FINDS, *WRITES]) == MASKED


def told(desk: Desk, name: str, secret: Secret) -> object:
    """Return what a query tells with the desk's present rights: the words found in it, or the numbers."""
    if name in FINDS:
        return desk.read(lambda session: FINDS[name](session, secret))
    if name in WRITES:
        return found_in(desk.write(lambda session: WRITES[name](session, secret)).value)
    return found_in(desk.read(lambda session: ANSWERS[name](session, secret)))


@pytest.mark.parametrize("name", MASKED)
def test_only_who_has_the_right_is_told(name: str, office: tuple[Desk, Secret]) -> None:
    desk, secret = office
    line = table()[name]
    everything, answers = frozenset[str](Action), dict[str, Any]()
    desk.rights = everything
    assert told(desk, name, secret), "with the right the person is named"
    assert line.masked is not None
    desk.rights = everything - {line.masked}
    answers["all but this right"] = told(desk, name, secret)
    for role in Role:
        desk.rights = RIGHTS[role]
        if line.masked not in desk.rights and line.allows(desk.rights):
            answers[role] = told(desk, name, secret)
    assert {who: words for who, words in answers.items() if words} == {}


def test_counts_of_who_may_not_see_are_over_all(office: tuple[Desk, Secret]) -> None:
    desk, _secret = office
    desk.rights = RIGHTS[Role.OPERATOR]
    assert desk.read(queries.open_count) == desk.read(queries.hidden_count) == 1
    assert desk.read(lambda session: session.scalar(select(func.count()).select_from(Letter)))

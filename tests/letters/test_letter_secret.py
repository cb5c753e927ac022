"""Confidential letters: every number stays in the agenda, the words and names only for those who may see them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import openpyxl
import pypdfium2
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.accounts.terms import RIGHTS, Role
from asn_desk.database.work import work_of
from asn_desk.desk import Desk
from asn_desk.errors import DeskError
from asn_desk.letters import aftercare, export, queries
from asn_desk.letters.bulk import batch_files, batches
from asn_desk.letters.bulk.batch_files import Outputs
from asn_desk.letters.bulk.batches import StartBatch
from asn_desk.letters.model import BatchItem, Letter
from asn_desk.letters.numbers import numbering, register
from asn_desk.letters.numbers.agenda import agenda
from asn_desk.letters.queries import LetterFilter
from asn_desk.letters.service import issue, preview
from asn_desk.letters.terms import BatchState, ItemState
from tests.letters.batch_office import COMMAND, DAY, fill_office, nip_of

T = TypeVar("T")
NAME = "Pegawai Contoh 000"


def as_role(role: Role, fn: Callable[[Session], T]) -> Callable[[Session], T]:
    """Return the work as a user of this role would do it."""

    def run(session: Session) -> T:
        work_of(session).rights = RIGHTS[role]
        return fn(session)

    return run


@pytest.fixture
def secret(practice_desk: Desk) -> int:
    """A confidential letter beside an ordinary one."""
    people = practice_desk.write(lambda session: fill_office(session, 2)).value
    first, _second = [
        practice_desk.write(lambda session, person=person: issue(session, replace(COMMAND, employee_id=person))).value
        for person in people
    ]

    def hide(session: Session) -> None:
        session.get_one(Letter, first.id).confidential = True

    practice_desk.write(hide)
    return first.id


def test_lists_and_agenda_show_number_and_kind_but_no_name(practice_desk: Desk, secret: int) -> None:
    def seen(session: Session) -> str:
        rows = queries.letter_rows(session, queries.letter_ids(session))
        return f"{rows} {queries.register_rows(session, 2024)} {agenda(session, 2024)} {queries.letter_detail(session, secret)}"

    hidden = practice_desk.read(as_role(Role.OPERATOR, seen))
    assert NAME not in hidden
    assert "Pegawai Contoh 001" in hidden
    assert hidden.count("800.1.6/1/BKPSDM/2024") == 4
    assert queries.MASKED in hidden
    assert practice_desk.read(as_role(Role.VERIFIKATOR, seen)).count(NAME) > 3
    assert NAME in practice_desk.read(seen)


def test_a_search_by_name_or_person_does_not_betray_it(practice_desk: Desk, secret: int) -> None:
    person = practice_desk.read(lambda session: queries.letter_detail(session, secret)).employee_id
    for wanted in (LetterFilter(text=NAME), LetterFilter(employee_id=person)):
        assert practice_desk.read(as_role(Role.OPERATOR, lambda s, w=wanted: queries.letter_ids(s, w))) == []
        assert practice_desk.read(as_role(Role.VERIFIKATOR, lambda s, w=wanted: queries.letter_ids(s, w))) == [secret]
    assert practice_desk.read(as_role(Role.PIMPINAN, queries.letter_ids)) == []


def test_its_files_are_handed_out_only_to_those_who_may_see_it(
    practice_desk: Desk, secret: int, tmp_path: Path
) -> None:
    for ask in (queries.stored_pdf, queries.stored_docx, queries.stored_scan):
        with pytest.raises(DeskError) as caught:
            practice_desk.read(as_role(Role.OPERATOR, lambda session, ask=ask: ask(session, secret)))
        assert caught.value.code == "letter_secret"
    with pytest.raises(DeskError, match="rahasia"):
        practice_desk.read(
            as_role(Role.OPERATOR, lambda session: export.save_copy(session, secret, tmp_path / "salinan"))
        )
    assert not (tmp_path / "salinan").exists()
    assert practice_desk.read(as_role(Role.VERIFIKATOR, lambda session: queries.stored_pdf(session, secret)))


def test_looking_at_it_is_noted(practice_desk: Desk, secret: int) -> None:
    def views(session: Session) -> list[str]:
        queries.letter_detail(session, secret)
        return list(work_of(session).views)

    assert practice_desk.read(as_role(Role.VERIFIKATOR, views)) == [f"letters:{secret}"]
    assert practice_desk.read(as_role(Role.OPERATOR, views)) == []


DENIED = (
    (Role.PIMPINAN, lambda s: register.reserve(s, register.Reserve("umum", DAY, 1, "x"))),
    (Role.PIMPINAN, lambda s: queries.register_rows(s, 2024)),
    (Role.AUDITOR, lambda s: agenda(s, 2024)),
    (Role.OPERATOR, lambda s: register.return_reserved(s, [1], "x")),
    (Role.OPERATOR, lambda s: numbering.void(s, 1, "x", 1)),
    (Role.OPERATOR, lambda s: numbering.save_series(s, numbering.SaveSeries("x", "X", "{urut}"))),
)


@pytest.mark.parametrize(("role", "verb"), DENIED)
def test_who_may_not_is_refused(practice_desk: Desk, role: Role, verb: Callable[[Session], object]) -> None:
    with pytest.raises(DeskError) as caught:
        practice_desk.write(as_role(role, verb))
    assert caught.value.code == "not_allowed"


SECRET = replace(COMMAND, confidential=True)


def secret_batch(desk: Desk, out: Path, *, people: list[int] | None = None) -> int:
    """Start a batch of confidential letters, for everybody of a new office or for `people`."""
    wanted = people or desk.write(lambda session: fill_office(session, 3)).value
    return desk.write(lambda session: batches.start(session, StartBatch(SECRET, tuple(wanted), out))).value


def words_in(out: Path) -> str:
    """Return everything that a folder tells: names of files, pages of PDF files, cells of workbooks."""
    told = [path.relative_to(out).as_posix() for path in out.rglob("*")]
    for path in out.rglob("*.pdf"):
        with pypdfium2.PdfDocument(path.read_bytes()) as document:
            told += [page.get_textpage().get_text_bounded() for page in document]
            told += [str(document.get_metadata_dict()), *(mark.get_title() for mark in document.get_toc())]
    for path in out.rglob("*.xlsx"):
        told += [str(row) for sheet in openpyxl.load_workbook(path) for row in sheet.values]
    return "\n".join(told)


def run_as(desk: Desk, role: Role, batch_id: int) -> Outputs:
    """Issue a batch and complete its folder as a user of this role would."""
    desk.write(as_role(role, lambda session: batches.run_chunk(session, batch_id)))
    desk.read(as_role(role, lambda session: batch_files.write_letters(session, batch_id)))
    return desk.read(as_role(role, lambda session: batch_files.write_outputs(session, batch_id)))


def test_the_folder_of_a_confidential_batch_names_nobody_to_those_who_may_not_see_it(
    practice_desk: Desk, tmp_path: Path
) -> None:
    out = tmp_path / "hasil"
    batch_id = secret_batch(practice_desk, out)
    made = run_as(practice_desk, Role.OPERATOR, batch_id)
    told = words_in(out)
    assert (made.hidden, made.pages, made.print_file.exists()) == (3, 0, False)
    assert "Pegawai Contoh" not in told
    assert nip_of(0)[:8] not in told
    assert told.count(queries.MASKED) == 3
    assert "800.1.6/3/BKPSDM/2024" in told
    for item in practice_desk.read(as_role(Role.OPERATOR, lambda session: batch_files.items(session, batch_id))):
        assert (item.name, item.nip, item.unit, item.file_name, item.hidden) == (queries.MASKED, "", "", "", True)


def test_who_may_see_them_completes_the_folder_and_its_file_names_carry_numbers_only(
    practice_desk: Desk, tmp_path: Path
) -> None:
    out = tmp_path / "hasil"
    batch_id = secret_batch(practice_desk, out)
    run_as(practice_desk, Role.OPERATOR, batch_id)
    made = run_as(practice_desk, Role.VERIFIKATOR, batch_id)
    assert (made.hidden, made.pages) == (0, 6)
    assert words_in(out).count(NAME) > 2
    assert sorted(path.name for path in (out / "surat").iterdir()) == [
        f"surat-{place} 800.1.6-{place}-BKPSDM-2024.pdf" for place in (1, 2, 3)
    ]

    def views(session: Session) -> list[str]:
        batch_files.write_outputs(session, batch_id)
        return list(work_of(session).views)

    assert practice_desk.read(as_role(Role.VERIFIKATOR, views)) == [f"letter_batches:{batch_id}"]
    assert practice_desk.read(as_role(Role.OPERATOR, views)) == []


def test_a_batch_with_letters_left_out_rests_until_somebody_who_may_see_them_completes_it(
    practice_desk: Desk, tmp_path: Path
) -> None:
    batch_id = secret_batch(practice_desk, tmp_path / "hasil")
    run_as(practice_desk, Role.OPERATOR, batch_id)
    rests = practice_desk.write(as_role(Role.OPERATOR, lambda session: batches.finish(session, batch_id))).value
    assert rests.state is BatchState.PAUSED
    practice_desk.write(as_role(Role.VERIFIKATOR, lambda session: batches.resume(session, batch_id)))
    run_as(practice_desk, Role.VERIFIKATOR, batch_id)
    done = practice_desk.write(as_role(Role.VERIFIKATOR, lambda session: batches.finish(session, batch_id))).value
    assert done.state is BatchState.DONE


def test_a_refusal_in_a_confidential_batch_keeps_the_person_to_itself(practice_desk: Desk, tmp_path: Path) -> None:
    people = practice_desk.write(lambda session: fill_office(session, 1)).value
    batch_id = secret_batch(practice_desk, tmp_path / "hasil", people=people)

    def refuse(session: Session) -> None:
        (item,) = session.scalars(select(BatchItem))
        item.state, item.problem = ItemState.REFUSED, f"Jabatan {NAME} tidak tercatat."

    practice_desk.write(refuse)
    (hidden,) = practice_desk.read(as_role(Role.OPERATOR, lambda session: batch_files.items(session, batch_id)))
    (shown,) = practice_desk.read(as_role(Role.VERIFIKATOR, lambda session: batch_files.items(session, batch_id)))
    assert (hidden.problem, NAME in shown.problem) == (queries.MASKED, True)


@pytest.mark.parametrize("pattern", [export.DEFAULT_PATTERN, "{nip} {nama}", "{jenis}"])
def test_the_copy_of_a_confidential_letter_is_named_after_its_number(
    practice_desk: Desk, secret: int, tmp_path: Path, pattern: str
) -> None:
    copies = practice_desk.read(
        as_role(Role.VERIFIKATOR, lambda session: export.save_copy(session, secret, tmp_path, pattern))
    )
    assert [path.name for path in copies] == [
        f"surat-{secret} 800.1.6-1-BKPSDM-2024.docx",
        f"surat-{secret} 800.1.6-1-BKPSDM-2024.pdf",
    ]
    with pytest.raises(DeskError, match="Pola nama"):
        practice_desk.read(lambda session: export.save_copy(session, secret, tmp_path, "{gaji}"))


def test_neither_draft_nor_edited_file_of_a_confidential_letter_names_the_person_in_its_properties(
    practice_desk: Desk, secret: int
) -> None:
    person = practice_desk.read(lambda session: queries.letter_detail(session, secret)).employee_id
    pages = practice_desk.read(lambda session: preview(session, replace(SECRET, employee_id=person)))
    docx = practice_desk.read(lambda session: queries.stored_docx(session, secret)) + b"\0"
    edited = practice_desk.read(lambda session: aftercare.edited(session, secret, docx))
    for data in (pages.pdf, edited.pdf):
        with pypdfium2.PdfDocument(data) as document:
            assert "Contoh 000" not in str(document.get_metadata_dict())

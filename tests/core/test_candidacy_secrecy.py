"""Secrecy of candidacies: who lacks the right finds the hidden name nowhere; suspicion shows on no card."""

from __future__ import annotations

import json
import logging
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asn_desk import logs
from asn_desk.accounts.terms import RIGHTS, Action, Role
from asn_desk.candidacy import (
    binder,
    checklist,
    history,
    ics,
    packet,
    papers,
    press,
    queries,
    service,
    suspicion,
    weekly,
)
from asn_desk.candidacy.packet import IssuePacket
from asn_desk.candidacy.rows import DeclarationFilter
from asn_desk.candidacy.suspicion import DismissSuspicion, LinkSuspicion, RecordSuspicion
from asn_desk.database.work import work_of
from asn_desk.desk import Desk
from asn_desk.errors import DeskError
from asn_desk.letters import export as letter_export
from asn_desk.letters import queries as letter_queries
from asn_desk.letters.model import Letter
from asn_desk.letters.numbers.agenda import agenda
from asn_desk.letters.queries import LetterFilter
from tests.core.candidacy_office import DAY, NAME, NIP, SCAN, open_file, record, version_of
from tests.core.test_candidacy_packet import EXTRA
from tests.letters.letter_office import settle

WORDS = ("syahrul", "ramadhan", NIP)


@pytest.fixture
def log_folder(tmp_path: Path) -> Iterator[Path]:
    """The program's log in a folder of its own, at its most talkative."""
    logs.start(tmp_path / "catatan", level=logging.DEBUG)
    yield tmp_path / "catatan"
    logger = logging.getLogger("asn_desk")
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()


@pytest.fixture
def file_id(practice_desk: Desk, log_folder: Path) -> int:
    """A confidential file with its letters, a scan and an event; then the desk has an operator's rights only."""
    practice_desk.write(settle)
    made = open_file(practice_desk)
    record(practice_desk, made, "SURAT_MUNDUR", DAY, evidence=SCAN)
    command = IssuePacket(made, DAY, extra=EXTRA)
    practice_desk.write(lambda session: packet.issue_packet(session, command))
    practice_desk.rights = frozenset(RIGHTS[Role.OPERATOR])
    return made


def found_in(text: str) -> list[str]:
    """Return which words that give the person away stand in a text; grouped numbers are looked at without their blanks."""
    plain = text.lower() + text.replace(" ", "")
    return [word for word in WORDS if word in plain]


def test_search_and_lists_do_not_show_the_name(practice_desk: Desk, file_id: int) -> None:
    def seen(session: Session) -> list[object]:
        every = [queries.declaration_ids(session, DeclarationFilter(text=word)) for word in ("", *WORDS)]
        return [
            *every,
            queries.declaration_rows(session, [file_id]),
            queries.files_of_employee(session, session.scalar(select(Letter.employee_id)) or 0),
        ]

    assert practice_desk.read(seen) == [[]] * 6


def test_counts_are_over_all_and_tell_nothing_by_filter(practice_desk: Desk, file_id: int) -> None:
    def seen(session: Session) -> tuple[int, int, int]:
        due = queries.home_duties(session)
        assert due.rows == ()
        assert not found_in(str(due))
        return queries.open_count(session), queries.hidden_count(session), due.hidden

    assert practice_desk.read(seen) == (1, 1, 1)
    assert practice_desk.read(lambda session: queries.urgent_count(session)) > 0


@pytest.mark.parametrize(
    "read",
    [
        queries.declaration_detail,
        queries.letter_values,
        checklist.checklist,
        packet.packet_plan,
        papers.offered_letters,
        binder.binder,
        history.revisions,
        suspicion.linked_suspicions,
        lambda session, file_id: history.declaration_as_of(session, file_id, work_of(session).now),
        lambda session, _file_id: queries.evidence(session, 1),
    ],
)
@pytest.mark.parametrize("exists", [True, False])
def test_a_file_says_not_even_whether_it_exists(
    practice_desk: Desk, file_id: int, read: Callable[[Session, int], object], exists: bool
) -> None:
    with pytest.raises(DeskError) as caught:
        practice_desk.read(lambda session: read(session, file_id if exists else 999))
    assert caught.value.code == "not_allowed"


def test_every_verb_asks_for_its_right(practice_desk: Desk, file_id: int) -> None:
    commands: list[Callable[[Session], object]] = [
        lambda s: service.record_event(s, service.RecordEvent(file_id, 1, "LAPOR", DAY)),
        lambda s: service.void_event(s, service.VoidEvent(1, 1, "x")),
        lambda s: service.attach_evidence(s, service.AttachEvidence(1, 1, SCAN)),
        lambda s: service.amend(s, service.AmendDeclaration(file_id, 1, "Kota Contoh", "")),
        lambda s: service.close(s, service.CloseDeclaration(file_id, 1)),
        lambda s: service.link_letter(s, file_id, 1),
        lambda s: packet.issue_packet(s, IssuePacket(file_id, DAY)),
        lambda s: checklist.attach_paper(s, checklist.AttachPaper(file_id, 0, "sk_pangkat")),
        lambda s: suspicion.record_suspicion(s, RecordSuspicion(1, "PENDEKATAN_PARPOL", DAY, "x", "y")),
    ]
    for command in commands:
        with pytest.raises(DeskError, match="tidak berhak"):
            practice_desk.write(command)


def test_the_name_is_not_in_letters_register_or_agenda(practice_desk: Desk, file_id: int) -> None:
    def seen(session: Session) -> str:
        ids = letter_queries.letter_ids(session, LetterFilter())
        found: list[object] = [letter_queries.letter_rows(session, ids), agenda(session, DAY.year)]
        found += [letter_queries.letter_detail(session, key) for key in ids]
        found.append(letter_queries.register_rows(session, DAY.year))
        for word in WORDS:
            assert letter_queries.letter_ids(session, LetterFilter(text=word)) == []
        return str(found)

    assert not found_in(practice_desk.read(seen))


def test_the_name_is_in_no_document_property(practice_desk: Desk, file_id: int) -> None:
    practice_desk.rights = None

    def seen(session: Session) -> str:
        told = []
        for letter_id in session.scalars(select(Letter.id)):
            pdf = pypdfium2.PdfDocument(letter_queries.stored_pdf(session, letter_id))
            told.append(str(pdf.get_metadata_dict()))
            pdf.close()
            with zipfile.ZipFile(BytesIO(letter_queries.stored_docx(session, letter_id))) as parts:
                told += [parts.read(name).decode() for name in parts.namelist() if name.startswith("docProps/")]
        bound = pypdfium2.PdfDocument(binder.binder(session, file_id).pdf)
        told += [str(bound.get_metadata_dict()), *(mark.get_title() for mark in bound.get_toc())]
        bound.close()
        return " ".join(told)

    assert not found_in(practice_desk.read(seen))


def test_exports_and_the_press_report_do_not_hold_the_name(practice_desk: Desk, file_id: int) -> None:
    def seen(session: Session) -> str:
        week = pypdfium2.PdfDocument(weekly.weekly_list(session))
        words = "".join(week[page].get_textpage().get_text_range() for page in range(len(week)))
        week.close()
        told = [words, ics.agenda(session).decode(), json.dumps(asdict(press.press_report(session)), default=str)]
        assert "berkas rahasia tidak ditampilkan" in " ".join(words.split())
        return " ".join(told)

    assert not found_in(practice_desk.read(seen))


def test_a_letter_is_not_exported_without_the_right(practice_desk: Desk, file_id: int, tmp_path: Path) -> None:
    letter_id = practice_desk.read(lambda session: session.scalar(select(func.min(Letter.id)))) or 0
    with pytest.raises(DeskError):
        practice_desk.read(lambda session: letter_export.save_copy(session, letter_id, tmp_path / "keluar"))
    assert not (tmp_path / "keluar").exists()


def test_the_name_is_in_no_file_name_log_or_temporary_file(
    practice_desk: Desk, file_id: int, log_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "sementara"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    practice_desk.rights = None
    practice_desk.read(lambda session: binder.binder(session, file_id))
    practice_desk.read(weekly.weekly_list)
    practice_desk.backup()
    names = [binder.binder_name(file_id), weekly.weekly_name(DAY), ics.FILE_NAME, press.FILE_NAME]
    names += [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")]
    loose = [path for folder in (scratch, log_folder) for path in folder.rglob("*") if path.is_file()]
    assert not found_in(" ".join(names))
    assert not found_in(" ".join(path.read_text("utf-8", "replace") for path in loose))


def test_once_determined_the_candidacy_is_public(practice_desk: Desk, file_id: int) -> None:
    practice_desk.rights = None
    record(practice_desk, file_id, "PENETAPAN", DAY, note="tanggal uji")
    practice_desk.rights = frozenset(RIGHTS[Role.OPERATOR])

    def seen(session: Session) -> list[tuple[str, bool]]:
        ids = queries.declaration_ids(session, DeclarationFilter(text="syahrul"))
        return [(row.name, row.confidential) for row in queries.declaration_rows(session, ids)]

    assert practice_desk.read(seen) == [(NAME, False)]
    assert practice_desk.read(queries.hidden_count) == 0


def test_views_of_a_confidential_file_are_marked_by_its_number(practice_desk: Desk, file_id: int) -> None:
    def views(session: Session) -> list[str]:
        queries.declaration_detail(session, file_id)
        queries.declaration_rows(session, [file_id])
        return list(work_of(session).views)

    practice_desk.rights = frozenset({Action.SEE_CANDIDACY})
    assert practice_desk.read(views) == [f"declarations:{file_id}", "declarations:list"]


def reported(desk: Desk, file_id: int, **values: Any) -> int:
    person = desk.read(lambda session: queries.declaration_detail(session, file_id)).employee_id
    facts = {
        "employee_id": person, "code": "PENDEKATAN_PARPOL", "noticed_on": date(2024, 8, 20), "source": "laporan warga",
        "account": "memasang baliho di depan kantor",
    }  # fmt: skip
    return desk.write(lambda session: suspicion.record_suspicion(session, RecordSuspicion(**(facts | values)))).value


def test_a_suspicion_shows_on_no_card_until_it_is_linked_with_a_reason(practice_desk: Desk, file_id: int) -> None:
    practice_desk.rights = None
    made = reported(practice_desk, file_id, evidence=SCAN)
    before = practice_desk.read(lambda session: queries.declaration_detail(session, file_id))
    assert "baliho" not in str(before)
    assert before.discipline_status == "TIDAK_ADA"
    assert practice_desk.read(lambda session: suspicion.linked_suspicions(session, file_id)) == ()
    link = LinkSuspicion(made, 1, file_id, version_of(practice_desk, file_id), " ")
    with pytest.raises(DeskError, match="alasan"):
        practice_desk.write(lambda session: suspicion.link_suspicion(session, link))
    link = LinkSuspicion(made, 1, file_id, version_of(practice_desk, file_id), "ada foto bertanggal")
    practice_desk.write(lambda session: suspicion.link_suspicion(session, link), actor="Hendra Wijaya")
    after = practice_desk.read(lambda session: queries.declaration_detail(session, file_id))
    assert after.discipline_status == "CATATAN_ETIK"
    assert "Dikaitkan oleh Hendra Wijaya: ada foto bertanggal" in {event.note for event in after.events}
    row = practice_desk.read(lambda session: suspicion.linked_suspicions(session, file_id))[0]
    assert (row.decided_by, row.declaration_id) == ("Hendra Wijaya", file_id)


def test_a_dismissed_suspicion_never_shows_and_stays_decided(practice_desk: Desk, file_id: int) -> None:
    practice_desk.rights = None
    made = reported(practice_desk, file_id)
    drop = DismissSuspicion(made, 1, "orang lain yang bernama sama")
    practice_desk.write(lambda session: suspicion.dismiss_suspicion(session, drop))
    assert practice_desk.read(suspicion.suspicions) == ()
    kept = practice_desk.read(lambda session: suspicion.suspicions(session, with_decided=True))
    assert [(row.state_words, row.reason) for row in kept] == [("Tidak terbukti", "orang lain yang bernama sama")]
    again = DismissSuspicion(made, kept[0].version, "lagi")
    with pytest.raises(DeskError, match="sudah diputuskan"):
        practice_desk.write(lambda session: suspicion.dismiss_suspicion(session, again))


def test_suspicions_are_for_those_with_the_right(practice_desk: Desk, file_id: int) -> None:
    practice_desk.rights = None
    made = reported(practice_desk, file_id, evidence=SCAN)
    practice_desk.rights = RIGHTS[Role.PIMPINAN]
    for read in (suspicion.suspicions, lambda session: suspicion.suspicion_scan(session, made)):
        with pytest.raises(DeskError, match="tidak berhak"):
            practice_desk.read(read)

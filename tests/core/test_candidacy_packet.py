"""The packet of letters: what it holds on which track, what is missing, all issued at once, and bound into one PDF."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from asn_desk.candidacy import binder, checklist, packet, queries
from asn_desk.candidacy.checklist import AttachPaper
from asn_desk.candidacy.packet import IssuePacket, PacketIssued, PacketPlan
from asn_desk.desk import Desk
from asn_desk.errors import DeskError
from asn_desk.letters.model import Letter, RegisterEntry
from asn_desk.regulations.terms import Track
from tests.core.candidacy_office import DAY, NAME, SCAN, open_file, record
from tests.letters.letter_office import settle

EXTRA = {
    "L-4": {"atasan.nama": "dr. Hendra Wijaya, M.Kes.", "atasan.jabatan": "Sekretaris Daerah"},
    "L-14": {"pelaksana.nama": "Lestari Handayani", "pelaksana.jabatan": "Sekretaris Dinas Perhubungan"},
}


@pytest.fixture
def file_id(practice_desk: Desk) -> int:
    practice_desk.write(settle)
    return open_file(practice_desk)


def plan_of(desk: Desk, file_id: int, **values: Any) -> PacketPlan:
    return desk.read(lambda session: packet.packet_plan(session, file_id, **values))


def issue(desk: Desk, file_id: int, **values: Any) -> tuple[PacketIssued, ...]:
    command = IssuePacket(file_id, DAY, **({"extra": EXTRA} | values))
    return desk.write(lambda session: packet.issue_packet(session, command)).value


def letter_count(desk: Desk) -> tuple[int, int]:
    def count(session: Session) -> tuple[int, int]:
        return tuple(session.scalar(select(func.count()).select_from(model)) or 0 for model in (Letter, RegisterEntry))

    return desk.read(count)


def test_a_resignation_needs_the_six_letters_of_the_packet(practice_desk: Desk, file_id: int) -> None:
    plan = plan_of(practice_desk, file_id)
    assert plan.track is Track.RESIGN
    assert [row.code for row in plan.letters] == ["L-1", "L-4", "L-5", "L-6", "L-7", "L-14"]
    assert {row.code: row.copies for row in plan.letters if row.copies > 1} == {"L-1": 2}
    assert [row.code for row in plan.letters if row.numbered] == ["L-5", "L-6", "L-7"]
    assert [row.code for row in plan.letters if row.draft] == ["L-14"]


def test_the_plan_names_what_each_letter_lacks(practice_desk: Desk, file_id: int) -> None:
    missing = {row.code: {item.key for item in row.missing} for row in plan_of(practice_desk, file_id).letters}
    assert missing["L-4"] == {"atasan.nama", "atasan.jabatan"}
    assert missing["L-14"] == {"pelaksana.nama", "pelaksana.jabatan"}
    assert not missing["L-1"] | missing["L-5"] | missing["L-6"] | missing["L-7"]
    assert plan_of(practice_desk, file_id, extra=EXTRA).ready


@pytest.mark.parametrize(
    ("values", "events", "codes"),
    [
        ({"path": "perseorangan"}, (), {"L-1", "L-3", "L-5"}),
        ({"is_acting_head": True}, (), {"L-1", "L-11"}),
        ({}, ("APS_DIAJUKAN",), {"L-2", "L-4", "L-7", "L-14"}),
        ({"office_code": "KADES", "election_id": "pilkades", "path": ""}, (), {"L-4", "L-10"}),
        ({"office_code": "PARPOL", "election_id": "partai", "path": ""}, ("TERCATAT_SIPOL",), {"L-12"}),
    ],
)
def test_each_track_has_its_own_packet(
    practice_desk: Desk, values: dict[str, Any], events: tuple[str, ...], codes: set[str]
) -> None:
    made = open_file(practice_desk, **values)
    for event in events:
        record(practice_desk, made, event, date(2024, 8, 20))
    assert codes <= {row.code for row in plan_of(practice_desk, made).letters}


def test_the_whole_packet_is_issued_with_numbers_in_one_go(practice_desk: Desk, file_id: int) -> None:
    made = issue(practice_desk, file_id)
    numbers = {row.code: row.letter.number for row in made}
    assert [row.code for row in made] == ["L-1", "L-4", "L-5", "L-6", "L-7", "L-14"]
    assert not numbers["L-1"]
    assert not numbers["L-14"]
    assert len({numbers[code] for code in ("L-5", "L-6", "L-7")}) == 3
    assert letter_count(practice_desk) == (6, 3)
    linked = practice_desk.read(lambda session: queries.declaration_detail(session, file_id)).letters
    assert len(linked) == 6
    assert {row.code: row.event for row in made}["L-5"] == "TANDA_TERIMA"


def test_the_letters_quote_the_receipts_number(practice_desk: Desk, file_id: int) -> None:
    made = {row.code: row.letter for row in issue(practice_desk, file_id)}
    data = practice_desk.read(lambda session: session.get_one(Letter, made["L-6"].id).data)
    assert made["L-5"].number in data


def test_one_missing_field_and_nothing_is_issued(practice_desk: Desk, file_id: int) -> None:
    with pytest.raises(DeskError) as caught:
        issue(practice_desk, file_id, extra={"L-4": EXTRA["L-4"]})
    assert caught.value.code == "packet_incomplete"
    assert set(caught.value.fields) == {"L-14.pelaksana.nama", "L-14.pelaksana.jabatan"}
    assert letter_count(practice_desk) == (0, 0)


def test_what_is_there_already_is_not_issued_again(practice_desk: Desk, file_id: int) -> None:
    issue(practice_desk, file_id, codes=("L-1", "L-5"))
    plan = plan_of(practice_desk, file_id, extra=EXTRA)
    assert [row.code for row in plan.open] == ["L-4", "L-6", "L-7", "L-14"]
    issue(practice_desk, file_id)
    assert letter_count(practice_desk) == (6, 3)
    with pytest.raises(DeskError, match="sudah terbit"):
        issue(practice_desk, file_id)


def test_letters_are_confidential_until_the_determination(practice_desk: Desk, file_id: int) -> None:
    def marks(session: Session) -> set[bool]:
        return set(session.scalars(select(Letter.confidential)))

    issue(practice_desk, file_id)
    assert practice_desk.read(marks) == {True}
    record(practice_desk, file_id, "PENETAPAN", DAY, note="tanggal uji")
    assert practice_desk.read(marks) == {False}


def test_the_binder_holds_letters_and_scans_behind_an_index(practice_desk: Desk, file_id: int) -> None:
    issue(practice_desk, file_id)
    attach = AttachPaper(file_id, 0, "sk_pangkat", SCAN, document_number="823/12")
    practice_desk.write(lambda session: checklist.attach_paper(session, attach))
    record(practice_desk, file_id, "KTA_TERBIT", date(2024, 8, 20), evidence=b"%PDF-1.4 rusak")
    bound = practice_desk.read(lambda session: binder.binder(session, file_id))
    document = pypdfium2.PdfDocument(BytesIO(bound.pdf))
    marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    index = document[0].get_textpage().get_text_range()
    titles = [title for title, _page in marks]
    assert len(document) == bound.pages
    assert titles[0] == "Daftar isi"
    assert titles[-1] == "SK pangkat terakhir, Nomor 823/12"
    assert marks[-1][1] == bound.pages - 1
    assert [page for _title, page in marks] == sorted(page for _title, page in marks)
    assert "pindaian rusak" in index
    assert [title.startswith("Bukti: ") for title in bound.unreadable] == [True]
    assert document.get_metadata_value("Title") == f"Bundel berkas pencalonan nomor {file_id}"
    assert NAME.split()[0] not in str(document.get_metadata_dict())
    document.close()


def test_an_empty_file_has_nothing_to_bind(practice_desk: Desk, file_id: int) -> None:
    with pytest.raises(DeskError, match="Belum ada surat"):
        practice_desk.read(lambda session: binder.binder(session, file_id))
    assert NAME.split()[0].lower() not in binder.binder_name(file_id)

"""Issuing letters: one transaction with number and files, previews that keep nothing, and what happens to letters later."""

from __future__ import annotations

import errno
import hashlib
import io
import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from asn_desk.database.files import StoredFile
from asn_desk.desk import Desk
from asn_desk.errors import DeskError, EnvironmentProblem, StaleRecord
from asn_desk.letters import export, queries, service
from asn_desk.letters.contents.kinds import NEUTRALITY_CIRCULAR, RESIGNATION, RESIGNATION_RECEIPT
from asn_desk.letters.queries import LetterFilter
from asn_desk.letters.service import IssuedLetter, IssueLetter
from asn_desk.letters.templates import template_store
from asn_desk.letters.terms import LetterStatus, RegisterStatus
from asn_desk.paths import template_file
from asn_desk.topics import Topic
from tests.letters.letter_facts import DAY, FIELDS
from tests.letters.letter_office import Ids, settle
from tests.letters.words import docx_words, pdf_words


@pytest.fixture
def ids(desk: Desk) -> Ids:
    """A settled office on the desk."""
    return desk.write(settle).value


def command(kind: str, ids: Ids, **values: Any) -> IssueLetter:
    person = None if kind == NEUTRALITY_CIRCULAR else ids.person
    return IssueLetter(kind, DAY, person, FIELDS[kind], **values)


def issue(desk: Desk, wanted: IssueLetter) -> IssuedLetter:
    return desk.write(lambda session: service.issue(session, wanted)).value


def files_of(desk: Desk) -> list[Path]:
    return [path for path in desk.paths.files.rglob("*") if path.is_file()]


def entries(desk: Desk) -> list[queries.RegisterRow]:
    return desk.read(lambda session: queries.register_rows(session, 2024))


NUMBERS = {RESIGNATION: "", RESIGNATION_RECEIPT: "800.1.6/1/BKPSDM/2024", NEUTRALITY_CIRCULAR: "1 TAHUN 2024"}


@pytest.mark.parametrize("kind", NUMBERS)
def test_an_issued_letter_keeps_both_files_its_data_and_its_template(desk: Desk, ids: Ids, kind: str) -> None:
    issued = issue(desk, command(kind, ids))
    assert issued.number == NUMBERS[kind]
    assert issued.notes == ()
    detail = desk.read(lambda session: queries.letter_detail(session, issued.id))
    docx, pdf = (
        desk.read(lambda session, read=read: read(session, issued.id))
        for read in (queries.stored_docx, queries.stored_pdf)
    )
    assert (hashlib.sha256(docx).hexdigest(), hashlib.sha256(pdf).hexdigest()) == (
        issued.docx_sha256,
        issued.pdf_sha256,
    )
    assert detail.template_sha256 == hashlib.sha256(template_file(f"{kind}.docx").read_bytes()).hexdigest()
    assert (detail.status, detail.issued_by, detail.data["surat"]["tanggal"]) == (
        LetterStatus.ISSUED,
        "Ratna Wulandari",
        "2024-09-09",
    )
    assert docx_words(docx) == pdf_words(pdf)


def test_issuing_tells_who_listens_and_leaves_a_trail(desk: Desk, ids: Ids) -> None:
    outcome = desk.write(lambda session: service.issue(session, command(RESIGNATION_RECEIPT, ids)))
    assert Topic.LETTERS in outcome.topics


def test_the_same_letter_twice_shares_its_template_and_takes_two_numbers(desk: Desk, ids: Ids) -> None:
    first, second = (issue(desk, command(RESIGNATION_RECEIPT, ids)) for _ in range(2))
    assert [first.number, second.number] == ["800.1.6/1/BKPSDM/2024", "800.1.6/2/BKPSDM/2024"]
    templates = [desk.read(lambda s, i=i: queries.letter_detail(s, i)).template_sha256 for i in (first.id, second.id)]
    assert templates[0] == templates[1]


def test_a_practice_letter_is_marked_in_both_files(practice_desk: Desk) -> None:
    ids = practice_desk.write(settle).value
    issued = issue(practice_desk, command(RESIGNATION, ids))
    words = pdf_words(practice_desk.read(lambda session: queries.stored_pdf(session, issued.id)))
    assert words["RESMI"] == issued.pages


def test_a_preview_is_a_draft_with_the_next_number_and_keeps_nothing(desk: Desk, ids: Ids) -> None:
    before = files_of(desk)
    shown = desk.read(lambda session: service.preview(session, command(RESIGNATION_RECEIPT, ids)))
    assert shown.number == "800.1.6/1/BKPSDM/2024"
    assert docx_words(shown.docx)["800.1.6/1/BKPSDM/2024"] == 1
    assert shown.pdf.startswith(b"%PDF")
    assert shown.pages == 1
    assert files_of(desk) == before
    assert entries(desk) == []
    assert desk.read(queries.letter_ids) == []


def test_the_circular_may_run_in_another_series_under_another_signer(desk: Desk, ids: Ids) -> None:
    wanted = command(
        NEUTRALITY_CIRCULAR, ids, series="umum", signer_id=ids.agency_head, subject="Netralitas", addressee="Semua OPD"
    )
    issued = issue(desk, wanted)
    assert issued.number == "800.1.6/1/BKPSDM/2024"
    row = entries(desk)[0]
    assert (row.subject, row.addressee, row.letter_id) == ("Netralitas", "Semua OPD", issued.id)


REFUSED = (
    ({"data": {}}, "letter_data", "pencalonan.jabatan"),
    (
        {"data": FIELDS[RESIGNATION_RECEIPT] | {"diterima": {"tanggal_surat": "kemarin"}}},
        "letter_data",
        "diterima.tanggal_surat",
    ),
    (
        {"data": FIELDS[RESIGNATION_RECEIPT] | {"diterima": {"tanggal_surat": DAY, "pukul": "25.00"}}},
        "letter_data",
        "diterima.pukul",
    ),
    ({"data": FIELDS[RESIGNATION_RECEIPT] | {"diterima.tangal": DAY}}, "letter_data", "diterima.tangal"),
    ({"employee_id": None}, "person_needed", "employee_id"),
    ({"employee_id": 999}, "employee_missing", ""),
    ({"dated": date(2204, 9, 9)}, "letter_date", "dated"),
    ({"dated": date(204, 9, 9)}, "letter_date", "dated"),
    ({"signer_id": 99}, "official_missing", ""),
    ({"series": "lain"}, "series_missing", ""),
    ({"kind": "surat_cinta"}, "kind_unknown", ""),
)


@pytest.mark.parametrize(("values", "code", "field"), REFUSED)
def test_incomplete_letters_are_refused_and_take_no_number(
    desk: Desk, ids: Ids, values: dict[str, Any], code: str, field: str
) -> None:
    before = files_of(desk)
    with pytest.raises(DeskError) as caught:
        issue(desk, replace(command(RESIGNATION_RECEIPT, ids), **values))
    assert caught.value.code == code
    assert not field or field in caught.value.fields
    assert entries(desk) == []
    assert files_of(desk) == before


def test_without_a_signer_the_clerk_is_told_where_to_enter_one(desk: Desk, ids: Ids) -> None:
    from asn_desk.office.service import remove_official

    desk.write(lambda session: remove_official(session, ids.mayor, 1))
    with pytest.raises(DeskError, match="Pejabat penanda tangan"):
        issue(desk, command(NEUTRALITY_CIRCULAR, ids))


def test_an_office_that_is_not_set_up_issues_nothing(desk: Desk) -> None:
    with pytest.raises(DeskError, match="Identitas kantor belum diisi"):
        issue(desk, IssueLetter(NEUTRALITY_CIRCULAR, DAY, None, FIELDS[NEUTRALITY_CIRCULAR]))


def test_a_missing_template_leaves_nothing(
    desk: Desk, ids: Ids, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(template_store, "template_file", lambda name: tmp_path / name)
    with pytest.raises(DeskError) as caught:
        issue(desk, command(RESIGNATION_RECEIPT, ids))
    assert caught.value.code == "template_missing"
    assert entries(desk) == []


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_full_disk_while_a_letter_is_written_leaves_nothing(
    desk: Desk, ids: Ids, monkeypatch: pytest.MonkeyPatch, call: str, after: int
) -> None:
    before = files_of(desk)
    with monkeypatch.context() as patch:
        _fill_disk(patch, call, after)
        with pytest.raises(EnvironmentProblem) as caught:
            issue(desk, command(RESIGNATION_RECEIPT, ids))
    assert caught.value.code == "disk_full"
    assert files_of(desk) == before
    assert entries(desk) == []
    assert issue(desk, command(RESIGNATION_RECEIPT, ids)).number == "800.1.6/1/BKPSDM/2024"


def _fill_disk(patch: pytest.MonkeyPatch, call: str, after: int) -> None:
    calls = iter(range(100))
    owner: Any = os if call == "fsync" else Path
    real = getattr(owner, call)

    def full(*arguments: Any) -> Any:
        if next(calls) >= after * (2 if call == "fsync" else 1):
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*arguments)

    patch.setattr(owner, call, full)


def test_every_stored_file_is_registered(desk: Desk, ids: Ids) -> None:
    issued = issue(desk, command(RESIGNATION, ids))
    for sha256 in (issued.docx_sha256, issued.pdf_sha256):
        assert desk.read(lambda session, key=sha256: session.get(StoredFile, key) is not None)


def test_a_letter_is_signed_and_handed_over(desk: Desk, ids: Ids) -> None:
    issued = issue(desk, command(RESIGNATION_RECEIPT, ids))
    with pytest.raises(DeskError, match="mendahului tanggal surat"):
        desk.write(lambda session: service.mark_signed(session, issued.id, date(2024, 9, 8), 1))
    with pytest.raises(DeskError, match="belum tiba"):
        desk.write(lambda session: service.mark_signed(session, issued.id, date(2999, 1, 1), 1))
    desk.write(lambda session: service.mark_signed(session, issued.id, DAY, 1))
    with pytest.raises(StaleRecord):
        desk.write(lambda session: service.mark_handed_over(session, issued.id, DAY, "Siti", 1))
    desk.write(lambda session: service.mark_handed_over(session, issued.id, date(2024, 9, 10), " Siti  R. ", 2))
    detail = desk.read(lambda session: queries.letter_detail(session, issued.id))
    assert (detail.status, detail.signed_on, detail.handed_over_on, detail.handed_over_to) == (
        LetterStatus.HANDED_OVER,
        DAY,
        date(2024, 9, 10),
        "Siti R.",
    )
    with pytest.raises(DeskError, match="berstatus diserahkan"):
        desk.write(lambda session: service.mark_signed(session, issued.id, DAY, 3))


def test_a_voided_letter_keeps_files_and_number_with_the_reason(desk: Desk, ids: Ids) -> None:
    issued = issue(desk, command(RESIGNATION_RECEIPT, ids))
    with pytest.raises(DeskError, match="alasan"):
        desk.write(lambda session: service.void(session, issued.id, " ", 1))
    desk.write(lambda session: service.void(session, issued.id, "Salah tanggal", 1))
    assert [(row.status, row.void_reason) for row in entries(desk)] == [(RegisterStatus.VOID, "Salah tanggal")]
    assert desk.read(lambda session: queries.stored_pdf(session, issued.id)).startswith(b"%PDF")
    assert issue(desk, command(RESIGNATION_RECEIPT, ids)).number == "800.1.6/2/BKPSDM/2024"
    with pytest.raises(DeskError, match="berstatus batal"):
        desk.write(lambda session: service.void(session, issued.id, "Lagi", 2))


def test_a_number_with_a_letter_is_voided_through_its_letter(desk: Desk, ids: Ids) -> None:
    from asn_desk.letters.numbers import numbering

    issue(desk, command(RESIGNATION_RECEIPT, ids))
    entry = entries(desk)[0]
    with pytest.raises(DeskError, match="Batalkan suratnya"):
        desk.write(lambda session: numbering.void(session, entry.id, "Salah", entry.version))


def test_letters_are_found_by_part_of_number_title_and_name(desk: Desk, ids: Ids) -> None:
    made = [issue(desk, command(kind, ids)).id for kind in NUMBERS]
    texts = ("BKPSDM", "nurhaliza", "100%", "_")
    found = desk.read(lambda session: [queries.letter_ids(session, LetterFilter(text=text)) for text in texts])
    assert found == [[made[1]], [made[1], made[0]], [], []]
    assert desk.read(queries.letter_ids) == made[::-1]
    only = LetterFilter(kind=RESIGNATION, employee_id=ids.person, since=DAY, until=DAY, status=LetterStatus.ISSUED)
    assert desk.read(lambda session: queries.letter_ids(session, only)) == [made[0]]
    rows = desk.read(lambda session: queries.letter_rows(session, [made[2], 999, made[0]]))
    assert [(row.id, row.number, row.person) for row in rows] == [
        (made[2], "1 TAHUN 2024", ""),
        (made[0], "", "Siti Nurhaliza Rahmawati, S.Sos."),
    ]


def test_copies_are_written_beside_what_is_there(desk: Desk, ids: Ids, tmp_path: Path) -> None:
    issued = issue(desk, command(RESIGNATION_RECEIPT, ids))
    folder = tmp_path / "keluar" / "baru"
    first = desk.read(lambda session: export.save_copy(session, issued.id, folder, "{nomor} {nama}"))
    assert [path.name for path in first] == [
        "800.1.6-1-BKPSDM-2024 Siti Nurhaliza Rahmawati, S.Sos.docx",
        "800.1.6-1-BKPSDM-2024 Siti Nurhaliza Rahmawati, S.Sos.pdf",
    ]
    assert desk.read(lambda session: export.save_copy(session, issued.id, folder, "{nomor} {nama}")) == first
    first[1].write_bytes(b"milik orang lain")
    other = desk.read(lambda session: export.save_copy(session, issued.id, folder, "{nomor} {nama}"))
    assert [path.stem[-4:] for path in other] == [" (2)", " (2)"]
    assert first[1].read_bytes() == b"milik orang lain"


@pytest.mark.parametrize("pattern", ["{alamat}", "{nama.__class__}", "{nama", "{id:>999}"])
def test_unusable_file_patterns_are_refused(desk: Desk, ids: Ids, tmp_path: Path, pattern: str) -> None:
    issued = issue(desk, command(RESIGNATION, ids))
    with pytest.raises(DeskError) as caught:
        desk.read(lambda session: export.save_copy(session, issued.id, tmp_path, pattern))
    assert caught.value.code == "file_pattern"


@pytest.mark.parametrize(
    ("pattern", "stem"), [("..", "surat-1"), ("con", "surat-1"), ("a/b\\c:d", "a-b-c-d"), ("x" * 300, "x" * 120)]
)
def test_file_names_are_safe(desk: Desk, ids: Ids, tmp_path: Path, pattern: str, stem: str) -> None:
    issued = issue(desk, command(RESIGNATION, ids))
    written = desk.read(lambda session: export.save_copy(session, issued.id, tmp_path / "x", pattern))
    assert [path.stem for path in written] == [stem, stem]


def test_a_full_disk_while_copying_leaves_no_half(
    desk: Desk, ids: Ids, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued = issue(desk, command(RESIGNATION, ids))
    with monkeypatch.context() as patch:
        _fill_disk(patch, "replace", 1)
        with pytest.raises(EnvironmentProblem):
            desk.read(lambda session: export.save_copy(session, issued.id, tmp_path / "x"))
    assert list((tmp_path / "x").iterdir()) == []


def test_a_copy_in_a_folder_has_both_files(desk: Desk, ids: Ids, tmp_path: Path) -> None:
    import docx

    issued = issue(desk, command(RESIGNATION, ids))
    paths = desk.read(lambda session: export.save_copy(session, issued.id, tmp_path, "{jenis}"))
    assert [path.name for path in paths] == [
        "Surat Pernyataan Pengunduran Diri.docx",
        "Surat Pernyataan Pengunduran Diri.pdf",
    ]
    assert docx.Document(io.BytesIO(paths[0].read_bytes())).paragraphs

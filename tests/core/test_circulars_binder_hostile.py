"""Binders years later: what other programs did to the file, what the database says now, and what must not be taken for a fault."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update

from asn_desk.circulars import chasing, service
from asn_desk.circulars.chasing import AttachEvidence
from asn_desk.circulars.evidence.binder_check import check_file
from asn_desk.circulars.evidence.binder_compare import compare
from asn_desk.circulars.evidence.binder_file import LAST_LINE, page_texts
from asn_desk.circulars.marking import Evidence
from asn_desk.circulars.model import Acknowledgement, Recipient
from asn_desk.circulars.terms import AckStatus, EvidenceKind
from asn_desk.database import files
from asn_desk.desk import Desk, open_desk
from asn_desk.office import units
from asn_desk.office.model import Unit
from tests.core.circulars_office import on_day, person
from tests.core.test_circulars_binder import a_circular, bind, noticed

RECORDED = {"recorded": True}


def words_of(path: Path) -> str:
    return " ".join(" ".join(page_texts(path.read_bytes())).split())


def findings(desk: Desk, path: Path) -> tuple[str, ...]:
    verdict = check_file(path)
    return desk.read(lambda session: compare(session, verdict)).findings


def signed(desk: Desk, version_id: int, name: str) -> str:
    code = person(desk, version_id, name).code
    desk.write(lambda session: service.acknowledge_code(session, code))
    return code


def test_a_circular_that_nobody_has_answered_has_a_binder(practice_desk: Desk, tmp_path: Path) -> None:
    made = a_circular(practice_desk)
    bound = bind(practice_desk, made.circular_id, tmp_path / "bundel.pdf", images=True)
    assert (bound.people, bound.pictures, findings(practice_desk, bound.path)) == (4, 0, ())


def test_a_picture_that_came_to_a_mark_later_is_no_contradiction(practice_desk: Desk, tmp_path: Path) -> None:
    made = a_circular(practice_desk)
    code = signed(practice_desk, made.version_id, "Yusuf")
    bound = bind(practice_desk, made.circular_id, tmp_path / "bundel.pdf")

    def scan(session: object) -> service.Mark:
        sha256 = files.store(session, b"%PDF-1.7 lembar", files.PDF)  # type: ignore[arg-type]
        return service.acknowledge_code(session, code, evidence=Evidence(sha256))  # type: ignore[arg-type]

    assert practice_desk.write(scan).value.evidence_added
    assert findings(practice_desk, bound.path) == ()


def test_a_status_a_party_or_a_person_changed_in_the_database_is_noticed(practice_desk: Desk, tmp_path: Path) -> None:
    made = a_circular(practice_desk)
    signed(practice_desk, made.version_id, "Yusuf")
    bound = bind(practice_desk, made.circular_id, tmp_path / "bundel.pdf")
    other_status = update(Acknowledgement).values(status=AckStatus.REFUSED)
    practice_desk.write(lambda session: session.execute(other_status, execution_options=RECORDED))
    assert findings(practice_desk, bound.path) == ("Catatan Yusuf (198303032007031003) tidak cocok dengan basis data.",)
    same = update(Acknowledgement).values(status=AckStatus.SIGNED)
    number = update(Recipient).where(Recipient.person_name == "Robertus Tampubolon").values(person_number="1")
    practice_desk.write(lambda session: [session.execute(one, execution_options=RECORDED) for one in (same, number)])
    (finding,) = findings(practice_desk, bound.path)
    assert finding.startswith("1 penerima dalam bundel tidak ada di basis data, misalnya Robertus Tampubolon")


def test_a_binder_of_another_office_or_circular_is_told_from_ours(
    practice_desk: Desk, migrated_folder: Path, tmp_path: Path
) -> None:
    a_circular(practice_desk)
    shutil.copytree(migrated_folder, tmp_path / "lain")
    with closing(open_desk(tmp_path / "lain", practice_day=date(2024, 9, 9))) as other:
        bound = bind(other, a_circular(other).circular_id, tmp_path / "asing.pdf")
    assert check_file(bound.path).whole
    assert any("tidak disegel oleh data kantor ini" in one for one in findings(practice_desk, bound.path))


def test_a_note_that_reads_like_a_formula_is_none_in_the_list_and_still_compares(
    practice_desk: Desk, tmp_path: Path
) -> None:
    made = a_circular(practice_desk)
    yusuf = person(practice_desk, made.version_id, "Yusuf")
    note = '=HYPERLINK("http://contoh.invalid")'
    refused = service.Acknowledge(yusuf.id, AckStatus.REFUSED, date(2024, 9, 9), None, note, "@saksi")
    practice_desk.write(lambda session: service.acknowledge(session, refused))
    bound = bind(practice_desk, made.circular_id, tmp_path / "bundel.pdf")
    (row,) = [row for row in check_file(bound.path).people if row["nama"] == "Yusuf"]
    assert (row["catatan"], row["pihak"]) == (f"'{note}", "'@saksi")
    assert findings(practice_desk, bound.path) == ()


def test_a_unit_renamed_since_has_the_name_of_the_publishing_day(practice_desk: Desk, tmp_path: Path) -> None:
    made = a_circular(practice_desk)
    on_day(practice_desk, date(2024, 10, 1))

    def rename(session: object) -> None:
        unit = session.query(Unit).filter(Unit.name == "RSUD Kota Contoh").one()  # type: ignore[attr-defined]
        units.rename_unit(session, units.RenameUnit(unit.id, "RSUD Harapan Baru", unit.version))  # type: ignore[arg-type]
        units.rename_unit(session, units.RenameUnit(unit.id, "RSUD Ketiga", unit.version))  # type: ignore[arg-type]

    practice_desk.write(rename)
    bound = bind(practice_desk, made.circular_id, tmp_path / "bundel.pdf")
    assert {row["unit"] for row in check_file(bound.path).people} == {
        "RSUD Kota Contoh", "Dinas Kesehatan", "Dinas Pendidikan",
    }  # fmt: skip
    assert "RSUD Ketiga" not in words_of(bound.path)


def test_minutes_that_were_withdrawn_say_so_among_the_proofs(practice_desk: Desk, tmp_path: Path) -> None:
    made = a_circular(practice_desk)
    photo = AttachEvidence(made.version_id, EvidenceKind.PHOTO, date(2024, 9, 9), "ikrar.png", b"\x89PNG isi")
    kept = practice_desk.write(lambda session: chasing.attach_evidence(session, photo)).value
    practice_desk.write(lambda session: chasing.withdraw_evidence(session, kept, "foto acara lain"))
    bound = bind(practice_desk, made.circular_id, tmp_path / "bundel.pdf")
    assert "(ditarik: foto acara lain)" in words_of(bound.path)


def test_an_older_binder_without_the_line_s_own_check_still_verifies_only_as_such(
    practice_desk: Desk, tmp_path: Path
) -> None:
    bound = bind(practice_desk, a_circular(practice_desk).circular_id, tmp_path / "bundel.pdf")
    content = bound.path.read_bytes()
    line = LAST_LINE.search(content)
    assert line is not None
    bound.path.write_bytes(content[: line.start(4) - 1] + content[line.end(4) :])
    assert check_file(bound.path).findings == ("Segel di akhir berkas telah diubah.",)


QPDF = {
    "resaved": ["{from}", "{to}"],
    "linearized": ["--linearize", "{from}", "{to}"],
    "a page less": ["{from}", "--pages", "{from}", "2-z", "--", "{to}"],
    "pages turned around": ["{from}", "--pages", "{from}", "z-1", "--", "{to}"],
    "an attachment less": ["{from}", "--remove-attachment=penerima.csv", "{to}"],
    "encrypted": ["--encrypt", "rahasia", "rahasia", "256", "--", "{from}", "{to}"],
}


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
@pytest.mark.parametrize("arguments", QPDF.values(), ids=QPDF)
def test_what_another_pdf_tool_did_is_noticed(practice_desk: Desk, tmp_path: Path, arguments: list[str]) -> None:
    bound = bind(practice_desk, a_circular(practice_desk).circular_id, tmp_path / "bundel.pdf")
    places = {"from": str(bound.path), "to": str(tmp_path / "lain.pdf")}
    command = [one.format(**places) for one in arguments]
    subprocess.run(["qpdf", *command], check=True, capture_output=True, timeout=60)
    assert noticed(tmp_path / "lain.pdf")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_binder_cut_short_is_noticed(practice_desk: Desk, tmp_path: Path, share: float) -> None:
    bound = bind(practice_desk, a_circular(practice_desk).circular_id, tmp_path / "bundel.pdf")
    content = bound.path.read_bytes()
    bound.path.write_bytes(content[: int(len(content) * share)])
    assert noticed(bound.path)

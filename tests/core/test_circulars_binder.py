"""The evidence binder: everything about a circular in one PDF, and a check that notices whatever was changed afterwards."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random

import pypdfium2
import pytest
from sqlalchemy import update

from asn_desk.circulars import queries, seals, service
from asn_desk.circulars.evidence.binder import BinderMade, write_binder
from asn_desk.circulars.evidence.binder_check import BinderVerdict, check_file
from asn_desk.circulars.evidence.binder_compare import compare
from asn_desk.circulars.evidence.binder_file import page_texts
from asn_desk.circulars.model import Acknowledgement
from asn_desk.circulars.scanning import run
from asn_desk.circulars.scanning.intake import Pile
from asn_desk.circulars.service import PublishCircular
from asn_desk.circulars.terms import AckStatus
from asn_desk.cli.main import main
from asn_desk.database import files
from asn_desk.desk import Desk, open_desk
from asn_desk.errors import DeskError
from asn_desk.letters.model import Letter
from asn_desk.letters.numbers.table_pdf import Part, table_pdf
from tests.conftest import PRACTICE_DAY
from tests.core.circulars_office import SUBJECT, an_office, people_of, person
from tests.core.test_circulars_scanning import saved, slip_page


@dataclass(frozen=True)
class Bound:
    """A circular with one scanned slip, one refusal, one undone mark; and its binder."""

    circular: int
    version: int
    path: Path
    made: BinderMade


def text_pdf(words: str) -> bytes:
    return table_pdf(words, ("a", "b"), (1, 1), [Part(words, "Surat edaran", [("satu", "dua")])])


def a_circular(desk: Desk) -> service.Published:
    def work(session: object) -> service.Published:
        office = an_office(session)  # type: ignore[arg-type]
        letter = session.get(Letter, office.letter)  # type: ignore[attr-defined]
        letter.pdf_sha256 = files.store(session, text_pdf("Isi surat edaran"), files.PDF)  # type: ignore[arg-type]
        command = PublishCircular(
            subject=SUBJECT, election_id="pilkada-2024", letter_id=office.letter, due_on=date(2024, 9, 20)
        )
        return service.publish(session, command, rng=Random(7))  # type: ignore[arg-type]

    return desk.write(work).value


def bind(desk: Desk, circular: int, path: Path, *, images: bool = False) -> BinderMade:
    seal = desk.write(seals.office_seal).value
    return desk.read(lambda session: write_binder(session, circular, path, seal, images=images))


def _bound(desk: Desk, folder: Path) -> Bound:
    made = a_circular(desk)
    slip = slip_page(desk, person(desk, made.version_id, "Yusuf"))
    run.read_scans(desk, run.scans_in(saved(folder / "pindaian", slip)), Pile(), readers=1)
    siti, robertus = (person(desk, made.version_id, name) for name in ("Siti", "Robertus"))
    refused = service.Acknowledge(siti.id, AckStatus.REFUSED, date(2024, 9, 9), siti.version, "Keberatan", "Yusuf")
    desk.write(lambda session: service.acknowledge(session, refused))
    mark = desk.write(lambda session: service.acknowledge_code(session, robertus.code)).value
    desk.write(lambda session: service.undo(session, mark.acknowledgement_id or 0, "Salah pindai"))
    path = folder / "bundel.pdf"
    return Bound(made.circular_id, made.version_id, path, bind(desk, made.circular_id, path, images=True))


@pytest.fixture(scope="module")
def bound_once(migrated_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Bound:
    """An office with a binder, made once; its data folder lies beside the binder as `data` and is only copied."""
    folder = tmp_path_factory.mktemp("bundel")
    shutil.copytree(migrated_folder, folder / "data")
    with closing(open_desk(folder / "data", practice_day=PRACTICE_DAY)) as desk:
        desk.actor = "Ratna Wulandari"
        return _bound(desk, folder)


@pytest.fixture
def data_folder(bound_once: Bound, tmp_path: Path) -> Path:
    """A copy of that office's data."""
    shutil.copytree(bound_once.path.parent / "data", tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def bound(bound_once: Bound, tmp_path: Path) -> Bound:
    """A copy of that binder."""
    return replace(bound_once, path=Path(shutil.copy(bound_once.path, tmp_path / "bundel.pdf")))


def check(desk: Desk, path: Path) -> BinderVerdict:
    verdict = check_file(path)
    return desk.read(lambda session: compare(session, verdict))


def test_the_binder_shows_the_text_the_people_their_answers_and_the_proofs(practice_desk: Desk, bound: Bound) -> None:
    texts = list(page_texts(bound.path.read_bytes()))
    together = " ".join(" ".join(texts).split())
    assert (bound.made.people, bound.made.pictures, bound.made.pages) == (4, 1, len(texts))
    scan = practice_desk.read(lambda session: queries.recent_marks(session, version_id=bound.version))[
        -1
    ].evidence_sha256
    for wanted in (
        SUBJECT, "Isi surat edaran", "198303032007031003", "Menolak", "Keberatan; Yusuf", "Hasil pindaian", "09-09-2024",
        "Jumlah menurut hari", "Ratna Wulandari", "circular_versions:created", f"Bukti {scan}, halaman 1",
    ):  # fmt: skip
        assert wanted in together


def test_an_untouched_binder_is_whole_by_itself_and_beside_its_database(practice_desk: Desk, bound: Bound) -> None:
    alone = check_file(bound.path)
    assert alone.findings == ()
    assert alone.sha256 == bound.made.sha256
    assert [row["status"] for row in alone.people].count("ditandatangani") == 1
    assert check(practice_desk, bound.path).findings == ()


def test_what_happens_later_does_not_contradict_a_binder(practice_desk: Desk, bound: Bound) -> None:
    for one in people_of(practice_desk, bound.version, statuses=(AckStatus.WAITING,)):
        practice_desk.write(lambda session, code=one.code: service.acknowledge_code(session, code))
    assert check(practice_desk, bound.path).findings == ()


def noticed(path: Path) -> bool:
    """Whether the check finds fault with the file, or refuses it as no binder at all."""
    try:
        return not check_file(path).whole
    except DeskError as error:
        return error.code == "binder_foreign"


@pytest.mark.parametrize("share", [0.02, 0.2, 0.4, 0.6, 0.8, 0.97, 0.9995])
def test_one_changed_byte_anywhere_is_noticed(bound: Bound, share: float) -> None:
    content = bytearray(bound.path.read_bytes())
    content[int(len(content) * share)] ^= 1
    bound.path.write_bytes(content)
    assert noticed(bound.path)


@pytest.mark.parametrize("behind", [1, 5, 8, 12, 20, 28, 40, 60, 110, 125, 130, 160, 200])
def test_the_last_lines_are_guarded_too(bound: Bound, behind: int) -> None:
    content = bytearray(bound.path.read_bytes())
    content[-behind] = ord("0") if content[-behind] != ord("0") else ord("1")
    bound.path.write_bytes(content)
    assert noticed(bound.path)


def test_a_changed_seal_is_seen_with_the_office_s_key(practice_desk: Desk, bound: Bound) -> None:
    content, seal = bound.path.read_bytes(), check_file(bound.path).seal.encode()
    bound.path.write_bytes(content.replace(seal, bytes(reversed(seal))))
    assert any("Segel bundel palsu" in finding for finding in check(practice_desk, bound.path).findings)


def resaved(path: Path) -> None:
    document = pypdfium2.PdfDocument(path.read_bytes())
    document.save(path)
    document.close()


def appended(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n% lagi\n")


def one_page_more(path: Path) -> None:
    document = pypdfium2.PdfDocument(path.read_bytes())
    document.new_page(200, 200)
    document.save(path)
    document.close()


@pytest.mark.parametrize("change", [resaved, appended, one_page_more])
def test_a_binder_that_another_program_saved_is_told(bound: Bound, change: Callable[[Path], None]) -> None:
    change(bound.path)
    assert any("Baris penutup" in finding for finding in check_file(bound.path).findings)


def test_a_page_more_is_counted(bound: Bound) -> None:
    one_page_more(bound.path)
    pages = bound.made.pages
    assert f"Bundel berisi {pages + 1} halaman, seharusnya {pages}." in check_file(bound.path).findings


def test_a_mark_changed_in_the_database_afterwards_is_named(practice_desk: Desk, bound: Bound) -> None:
    changed = update(Acknowledgement).where(Acknowledgement.status == AckStatus.REFUSED).values(note="Tidak apa-apa")
    practice_desk.write(lambda session: session.execute(changed, execution_options={"recorded": True}))
    (finding,) = check(practice_desk, bound.path).findings
    assert finding.startswith("Catatan Siti Nurhaliza Rahmawati")


def test_a_proof_that_was_lost_or_changed_is_named(practice_desk: Desk, bound: Bound) -> None:
    (mark,) = (
        mark
        for mark in practice_desk.read(lambda session: queries.recent_marks(session, version_id=bound.version))
        if mark.evidence_sha256
    )
    stored = practice_desk.paths.files / mark.evidence_sha256[:2] / mark.evidence_sha256
    stored.write_bytes(b"lain")
    (finding,) = check(practice_desk, bound.path).findings
    assert mark.evidence_sha256[:12] in finding


def test_another_pdf_is_no_binder(tmp_path: Path) -> None:
    (tmp_path / "lain.pdf").write_bytes(text_pdf("bukan bundel"))
    (tmp_path / "teks.pdf").write_text("bukan pdf")
    for name in ("lain.pdf", "teks.pdf"):
        with pytest.raises(DeskError, match="bukan bundel bukti"):
            check_file(tmp_path / name)


def test_the_command_line_writes_and_verifies(
    practice_desk: Desk, bound: Bound, data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    practice_desk.close()
    out = tmp_path / "lagi.pdf"
    assert main(["binder", str(bound.circular), "--out", str(out), "--data", str(data_folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["people"] == 4
    assert main(["verify-binder", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ok"] is True
    assert main(["verify-binder", str(out), "--data", str(data_folder), "--json"]) == 0
    out.write_bytes(out.read_bytes().replace(b"/Producer", b"/Proxucer", 1))
    capsys.readouterr()
    assert main(["verify-binder", str(out)]) == 1
    assert "Isi berkas telah berubah" in capsys.readouterr().err

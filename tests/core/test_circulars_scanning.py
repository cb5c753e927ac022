"""Folders of scans: nobody is marked who did not sign, nothing is read twice, and whatever cannot be read is told."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from random import Random

import pypdfium2
import pytest
from PIL import Image

from asn_desk.circulars import queries, service
from asn_desk.circulars.marking import find_codes
from asn_desk.circulars.papers import sheet_layout, sheets, slips
from asn_desk.circulars.recipients import RecipientFilter, RecipientRow
from asn_desk.circulars.scanning import pixels, run
from asn_desk.circulars.scanning import queries as scans_read
from asn_desk.circulars.scanning import service as scans_write
from asn_desk.circulars.scanning.intake import Pile
from asn_desk.circulars.scanning.run import Ran
from asn_desk.circulars.scanning.terms import BoxVerdict, TrayReason
from asn_desk.circulars.terms import AckMethod, AckStatus
from asn_desk.cli.scan import scan
from asn_desk.desk import Desk
from asn_desk.errors import DeskError, EnvironmentProblem
from tests import scans
from tests.core import scan_pile
from tests.core.circulars_office import a_letter, people_of, person, published

SIGN_ROW_1 = sheet_layout.signature_box(1)


def slip_page(desk: Desk, who: RecipientRow) -> Image.Image:
    """The printed page that carries one person's slip alone."""
    stream = BytesIO()
    wanted = RecipientFilter(who.version_id, recipient_ids=(who.id,))
    desk.read(lambda session: slips.slips_pdf(session, wanted, stream, covers=False, single=True))
    return scan_pile.printed(stream.getvalue())[0]


def list_page(desk: Desk, version_id: int, number: int = 0) -> Image.Image:
    desk.write(lambda session: sheets.prepare_sheets(session, RecipientFilter(version_id)))
    ids = desk.read(lambda session: sheets.sheet_ids(session, version_id))
    stream = BytesIO()
    desk.read(lambda session: sheets.sheets_pdf(session, ids, stream))
    return scan_pile.printed(stream.getvalue())[number]


def saved(folder: Path, *pages: Image.Image, name: str = "tumpukan.pdf") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(scan_pile.feeder_pdf(pages))
    return folder


def read(desk: Desk, folder: Path, pile: Pile | None = None) -> Ran:
    return run.read_scans(desk, run.scans_in(folder), pile or Pile(), readers=1)


def totals(desk: Desk, ran: Ran) -> scans_read.PileTotals:
    return desk.read(lambda session: scans_read.totals(session, ran.files))


def statuses(desk: Desk, version_id: int) -> dict[str, AckStatus]:
    return {one.name: one.status for one in people_of(desk, version_id) if one.status is not AckStatus.WAITING}


@pytest.mark.slow
def test_in_an_ill_treated_pile_nobody_is_marked_who_did_not_sign(tmp_path: Path) -> None:
    score = scans.measure(tmp_path, 40, seed=3, people=32)
    assert score.pages == 40
    assert (score.wrong_people, score.wrong_pages, score.false_signed, score.missed_signed) == (0, 0, 0, 0)
    assert score.share_read >= 0.97


@pytest.mark.slow
def test_killed_while_reading_each_page_counts_once_after_the_last_resume(tmp_path: Path) -> None:
    assert scans.killed(tmp_path, 30, seed=5, kills=1, people=32) == []


def test_a_slip_marks_its_person_with_the_page_as_evidence(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    yusuf = person(practice_desk, made.version_id, "Yusuf")
    ran = read(practice_desk, saved(tmp_path / "s", Image.new("L", (800, 1100), 255), slip_page(practice_desk, yusuf)))
    assert statuses(practice_desk, made.version_id) == {"Yusuf": AckStatus.SIGNED}
    (mark,) = practice_desk.read(lambda session: queries.recent_marks(session, version_id=made.version_id))
    assert (mark.method, mark.evidence_sha256, mark.evidence_page) == (AckMethod.SCAN, ran.files[0], 2)
    picture = practice_desk.read(lambda session: scans_read.evidence_picture(session, mark.evidence_sha256, 2))
    assert picture.startswith(b"\x89PNG")


def test_reading_the_folder_again_does_nothing_twice(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    page = slip_page(practice_desk, person(practice_desk, made.version_id, "Yusuf"))
    folder = saved(tmp_path / "s", page, page)
    (folder / "salinan.pdf").write_bytes((folder / "tumpukan.pdf").read_bytes())
    first = read(practice_desk, folder)
    again = read(practice_desk, folder)
    assert (first.new_pages, again.new_pages) == (2, 0)
    assert totals(practice_desk, first) == totals(practice_desk, again)
    found = totals(practice_desk, again)
    assert (found.pages, found.marked, found.already, found.tray) == (2, 1, 1, ())


def test_a_run_that_is_stopped_goes_on_where_it_stood(
    practice_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = published(practice_desk)
    monkeypatch.setattr(run, "CHUNK", 1)
    folder = saved(
        tmp_path / "s", *(slip_page(practice_desk, one) for one in people_of(practice_desk, made.version_id)[:3])
    )

    def stop(step: run.Step) -> None:
        if step.done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run.read_scans(practice_desk, run.scans_in(folder), Pile(), stop, readers=1)
    assert len(statuses(practice_desk, made.version_id)) == 2
    assert read(practice_desk, folder).new_pages == 1
    assert len(statuses(practice_desk, made.version_id)) == 3


def test_a_list_marks_who_signed_and_asks_about_a_doubtful_box(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    signed, doubtful = list_page(practice_desk, made.version_id, 0), list_page(practice_desk, made.version_id, 1)
    scan_pile.sign(signed, SIGN_ROW_1, Random(1))
    left, top, right, bottom = SIGN_ROW_1
    scan_pile.scratch(doubtful, (left + 2, top + 3), (right - 5, bottom - 3), 0.6, 40)
    ran = read(practice_desk, saved(tmp_path / "s", signed, doubtful))
    assert statuses(practice_desk, made.version_id) == {"Yusuf": AckStatus.SIGNED}
    assert totals(practice_desk, ran).unsure == 1
    (box,) = practice_desk.read(scans_read.unsure_boxes)
    assert (box.person, box.row, box.verdict) == ("Hj. Endang Sulistyaningsih", 1, BoxVerdict.UNSURE)
    assert all(0 <= share <= 1 for point in box.quad for share in point)
    practice_desk.write(lambda session: scans_write.decide_box(session, box.id, BoxVerdict.SIGNED))
    assert practice_desk.read(scans_read.unsure_boxes) == []
    assert statuses(practice_desk, made.version_id)["Hj. Endang Sulistyaningsih"] is AckStatus.SIGNED
    with pytest.raises(DeskError, match="sudah diputuskan"):
        practice_desk.write(lambda session: scans_write.decide_box(session, box.id, BoxVerdict.EMPTY))


def test_a_pen_through_the_code_does_not_wipe_out_signatures_on_a_list(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    page = list_page(practice_desk, made.version_id)
    scan_pile.sign(page, SIGN_ROW_1, Random(2))
    scan_pile.scratch(page, (160, 20), (196, 19), 0.5, 40)
    read(practice_desk, saved(tmp_path / "s", page))
    assert statuses(practice_desk, made.version_id) == {"Yusuf": AckStatus.SIGNED}


def upside_down(page: Image.Image) -> Image.Image:
    return page.rotate(180)


def crooked(page: Image.Image) -> Image.Image:
    return page.rotate(9, Image.Resampling.BICUBIC, expand=True, fillcolor=250)


def coarse(page: Image.Image) -> Image.Image:
    return page.resize((page.width * 3 // 4, page.height * 3 // 4), Image.Resampling.BILINEAR)


def struck_through(page: Image.Image) -> Image.Image:
    page = page.copy()
    scan_pile.scratch(page, (155, 14), (200, 13), 0.5, 40)
    return page


@pytest.mark.parametrize("treat", [upside_down, crooked, coarse, struck_through])
def test_a_slip_is_read_however_it_went_through_the_feeder(
    practice_desk: Desk, tmp_path: Path, treat: Callable[[Image.Image], Image.Image]
) -> None:
    made = published(practice_desk)
    yusuf = person(practice_desk, made.version_id, "Yusuf")
    read(practice_desk, saved(tmp_path / "s", treat(slip_page(practice_desk, yusuf))))
    assert statuses(practice_desk, made.version_id) == {"Yusuf": AckStatus.SIGNED}


def test_a_tray_page_is_finished_by_its_printed_code_or_put_aside(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    blank = [Image.new("L", (800, 1100), grey) for grey in (250, 255)]
    read(practice_desk, saved(tmp_path / "s", *blank))
    first, second = practice_desk.read(scans_read.tray)
    assert [first.reason, second.reason] == [TrayReason.NO_CODE] * 2
    code = person(practice_desk, made.version_id, "Yusuf").code
    practice_desk.write(
        lambda s: scans_write.finish_page(s, scans_write.FinishPage(first.id, first.version, code=code))
    )
    practice_desk.write(lambda s: scans_write.dismiss_page(s, second.id, "Lembar kosong", second.version))
    assert practice_desk.read(scans_read.tray) == []
    assert statuses(practice_desk, made.version_id) == {"Yusuf": AckStatus.SIGNED}


def test_slips_of_a_closed_circular_wait_in_the_tray(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    page = slip_page(practice_desk, person(practice_desk, made.version_id, "Yusuf"))
    detail = practice_desk.read(lambda session: queries.circular_detail(session, made.circular_id))
    practice_desk.write(lambda session: service.close(session, made.circular_id, detail.version))
    found = totals(practice_desk, read(practice_desk, saved(tmp_path / "s", page)))
    assert [row.reason for row in found.tray] == [TrayReason.CLOSED]
    assert statuses(practice_desk, made.version_id) == {}


def test_slips_of_another_circular_wait_in_the_tray_when_one_circular_was_asked_for(
    practice_desk: Desk, tmp_path: Path
) -> None:
    made = published(practice_desk)
    page = slip_page(practice_desk, person(practice_desk, made.version_id, "Yusuf"))
    folder = saved(tmp_path / "s", page)
    found = totals(practice_desk, read(practice_desk, folder, Pile(circular_id=made.circular_id + 1)))
    assert [row.reason for row in found.tray] == [TrayReason.OTHER_CIRCULAR]
    assert statuses(practice_desk, made.version_id) == {}


def test_a_pile_dated_before_a_circular_marks_the_others_and_that_page_waits_in_the_tray(
    practice_desk: Desk, tmp_path: Path
) -> None:
    made = published(practice_desk)
    begun = practice_desk.read(lambda session: find_codes(session, [code_of(practice_desk, made.version_id)]))
    (earliest,) = {one.begun for one in begun.values()}
    pages = [
        slip_page(practice_desk, person(practice_desk, made.version_id, "Yusuf")),
        list_page(practice_desk, made.version_id),
    ]
    folder = saved(tmp_path / "s", *pages)
    found = totals(practice_desk, read(practice_desk, folder, Pile(on=earliest - timedelta(days=1))))
    assert [row.reason for row in found.tray] == [TrayReason.TOO_EARLY] * 2
    assert statuses(practice_desk, made.version_id) == {}


def code_of(desk: Desk, version_id: int) -> str:
    return person(desk, version_id, "Yusuf").code


def test_a_doubtful_box_is_not_asked_about_once_its_person_has_signed(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    page = list_page(practice_desk, made.version_id)
    left, top, right, bottom = SIGN_ROW_1
    scan_pile.scratch(page, (left + 2, top + 3), (right - 5, bottom - 3), 0.6, 40)
    ran = read(practice_desk, saved(tmp_path / "s", page))
    (box,) = practice_desk.read(scans_read.unsure_boxes)
    code = person(practice_desk, made.version_id, box.person).code
    practice_desk.write(lambda session: service.acknowledge_code(session, text=code))
    assert practice_desk.read(scans_read.unsure_boxes) == []
    assert totals(practice_desk, ran).unsure == 0


def test_two_circulars_in_one_pile_mark_their_own_people(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)

    def second(session: object) -> service.Published:
        letter = a_letter(session, "800.1.6/11/BKPSDM/2024")  # type: ignore[arg-type]
        command = service.PublishCircular(subject="Kedua", election_id="", letter_id=letter, due_on=None)
        return service.publish(session, command, rng=Random(8))  # type: ignore[arg-type]

    other = practice_desk.write(second).value
    pages = [
        slip_page(practice_desk, person(practice_desk, version, name))
        for version, name in ((made.version_id, "Yusuf"), (other.version_id, "Siti"))
    ]
    read(practice_desk, saved(tmp_path / "s", *pages))
    assert list(statuses(practice_desk, made.version_id)) == ["Yusuf"]
    assert [name.startswith("Siti") for name in statuses(practice_desk, other.version_id)] == [True]


def _locked(path: Path) -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 200)
    document.save(path)
    document.close()
    data = path.read_bytes()
    cut = data.rindex(b"trailer")
    locked = (
        b"trailer\n<</Encrypt <</Filter/Standard/V 1/R 2/O<"
        + b"41" * 32
        + b">/U<"
        + b"42" * 32
        + b">/P -1>>/ID[<00><00>]"
    )
    path.write_bytes(data[:cut] + locked + data[cut + len(b"trailer\r\n<<") :])


def _text(path: Path) -> None:
    path.write_text("ini bukan pdf")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _half(path: Path) -> None:
    path.write_bytes(scan_pile.feeder_pdf([Image.effect_noise((900, 900), 50)])[:2000])


@pytest.mark.parametrize("make", [_text, _empty, _locked], ids=["a text", "nothing", "a password"])
def test_a_file_that_is_no_scan_is_refused_by_name_and_the_others_are_read(
    practice_desk: Desk, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    made = published(practice_desk)
    folder = saved(tmp_path / "s", slip_page(practice_desk, person(practice_desk, made.version_id, "Yusuf")))
    make(folder / "aneh.pdf")
    ran = read(practice_desk, folder)
    assert [refused.file for refused in ran.refused] == ["aneh.pdf"]
    assert "aneh.pdf" in ran.refused[0].sentence
    assert statuses(practice_desk, made.version_id) == {"Yusuf": AckStatus.SIGNED}


def test_a_half_written_file_is_never_a_page_of_its_own(practice_desk: Desk, tmp_path: Path) -> None:
    published(practice_desk)
    folder = tmp_path / "s"
    folder.mkdir()
    _half(folder / "separuh.pdf")
    ran = read(practice_desk, folder)
    assert [refused.file for refused in ran.refused] == ["separuh.pdf"]


def test_a_huge_picture_is_refused_before_it_is_decoded(
    practice_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pixels, "MOST_PIXELS", 10_000)
    (tmp_path / "s").mkdir()
    Image.new("L", (200, 200)).save(tmp_path / "s" / "besar.png")
    ran = read(practice_desk, tmp_path / "s")
    assert "besar.png" in ran.refused[0].sentence
    assert "terlalu besar" in ran.refused[0].sentence


def test_a_file_that_grows_while_it_is_read_stops_the_run_with_a_sentence(practice_desk: Desk, tmp_path: Path) -> None:
    made = published(practice_desk)
    folder = saved(tmp_path / "s", slip_page(practice_desk, person(practice_desk, made.version_id, "Yusuf")))

    def grow(_step: run.Step) -> None:
        with (folder / "tumpukan.pdf").open("ab") as stream:
            stream.write(b"\n%lagi")

    with pytest.raises(DeskError, match="berubah selagi dibaca"):
        run.read_scans(practice_desk, run.scans_in(folder), Pile(), grow, readers=1)
    assert statuses(practice_desk, made.version_id) == {}


def test_an_empty_folder_and_a_missing_one_get_their_sentences(tmp_path: Path) -> None:
    (tmp_path / "kosong").mkdir()
    with pytest.raises(DeskError, match="Tidak ada berkas PDF"):
        run.scans_in(tmp_path / "kosong")
    with pytest.raises(EnvironmentProblem, match="tidak dapat dibaca"):
        run.scans_in(tmp_path / "tidak-ada")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_folder_without_permission_gets_its_sentence(tmp_path: Path) -> None:
    (tmp_path / "terkunci").mkdir(mode=0)
    with pytest.raises(EnvironmentProblem, match="tidak dapat dibaca"):
        run.scans_in(tmp_path / "terkunci")


def test_the_command_line_answers_with_the_agreed_keys(
    practice_desk: Desk, data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = published(practice_desk)
    page = slip_page(practice_desk, person(practice_desk, made.version_id, "Yusuf"))
    folder = saved(tmp_path / "s", page, Image.new("L", (800, 1100), 255))
    practice_desk.close()
    given = argparse.Namespace(
        data=data_folder, json=True, as_name=None, folder=folder, circular=None, date=None, helpers=1
    )
    answer = scan(given).data
    wanted = {"pages", "marked", "already", "foreign", "unsure", "tray"}
    assert wanted <= set(answer)
    assert {key: answer[key] for key in wanted} == {
        "pages": 2, "marked": 1, "already": 0, "foreign": 0, "unsure": 0,
        "tray": [{"file": "tumpukan.pdf", "page": 2, "reason": "tanpa_kode"}],
    }  # fmt: skip

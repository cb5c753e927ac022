"""Pictures of a circular's life in the practice office: versions, progress, Pindai's four answers, the tray, the binder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image, ImageDraw
from PySide6.QtWidgets import QDialog, QWidget

from asn_desk.circulars import queries, seals, service
from asn_desk.circulars.evidence.binder import write_binder
from asn_desk.circulars.papers import sheet_layout, sheets, slips
from asn_desk.circulars.queries import CircularRow, RecipientFilter, RecipientRow
from asn_desk.circulars.rules import OPEN, Audience
from asn_desk.circulars.service import Acknowledge, PublishCircular, ReviseCircular, Signed
from asn_desk.circulars.terms import AckStatus
from asn_desk.letters.contents.kinds import NEUTRALITY_CIRCULAR
from asn_desk.letters.service import IssueLetter
from tests.core import scan_pile
from ui.circulars.detail import HISTORY, LETTERS, PEOPLE, UNITS, VERSIONS
from ui.scan.page import BOXES, FOLDER, SCANNER, TRAY
from ui.shared.documents.paper import PaperDialog

PEOPLE_ABOUT, SIGNED = 800, 500
_SUBJECT = "Netralitas Pegawai Aparatur Sipil Negara pada Masa Kampanye"
_ELECTION = "Pemilihan Wali Kota dan Wakil Wali Kota Contoh Tahun 2024"


@dataclass(frozen=True)
class Camera:
    """What a picture needs: the window, a pause for it to read, and how a widget becomes a file."""

    window: Any
    settle: Callable[[], None]
    take: Callable[[QWidget, str], Path]


def pictures(desk: Any, camera: Camera, work: Path) -> Iterator[Path]:
    """Live through a circular's life and take its pictures; `work` is a folder for scans and the binder."""
    circular = _live(desk)
    yield from _circular(camera, circular)
    folder = _pile(desk, circular.version_id, work)
    yield from _scanner(desk, camera, circular)
    yield from _folder(camera, folder)
    yield from _binder(desk, camera, circular, work / "bundel.pdf")


def _live(desk: Any) -> CircularRow:
    """Version 1 and most of it signed, an editorial fix, a material version 2, and what happens to people meanwhile."""
    made = desk.write(lambda session: _published(session)).value
    waiting = _people(desk, made.version_id, ())
    desk.write(lambda session: service.sign_many(session, [Signed(row.id) for row in waiting[:SIGNED]]))
    _revise(desk, made.circular_id, "Nomor telepon saluran pengaduan diperbaiki", material=False)
    _revise(desk, made.circular_id, "Larangan siaran langsung di media sosial ditambahkan", material=True)
    circular: CircularRow = desk.read(lambda session: queries.circular_detail(session, made.circular_id))
    asked = _people(desk, circular.version_id, ())
    today = desk.clock.today()
    desk.write(lambda session: service.sign_many(session, [Signed(row.id) for row in asked[:210]]))
    special = (
        Acknowledge(asked[-1].id, AckStatus.POSTPONED, today, None, "cuti besar", until=date(2024, 10, 31)),
        Acknowledge(asked[-2].id, AckStatus.REFUSED, today, None, "tidak setuju butir 4", "Kepala Subbagian Umum"),
        Acknowledge(asked[-3].id, AckStatus.LEFT, today, None, "pensiun 1 September 2024"),
    )
    desk.write(lambda session: service.acknowledge_many(session, list(special)))
    return desk.read(lambda session: queries.circular_detail(session, made.circular_id))  # type: ignore[no-any-return]


def _published(session: Any) -> service.Published:
    chosen: list[int] = []
    reached, sizes = 0, Counter[int]()
    for unit in queries.audience_units(session, Audience()):
        sizes[unit.opd_id] += unit.people
    for opd_id, people in sizes.most_common():
        if reached + people <= PEOPLE_ABOUT:
            chosen.append(opd_id)
            reached += people
    command = PublishCircular(_SUBJECT, due_days=10, audience=Audience(opd_ids=tuple(chosen), heads_first=True))
    return service.publish_with_letter(session, command, _letter(""))


def _letter(change: str) -> IssueLetter:
    data = {"edaran.pemilihan": _ELECTION, "edaran.tentang": _SUBJECT, "edaran.jenis": "pilkada"}
    if change:
        data["edaran.penutup"] = f"Demikian Surat Edaran ini disampaikan. {change}."
    return IssueLetter(NEUTRALITY_CIRCULAR, date(2024, 9, 9), data=data)


def _revise(desk: Any, circular_id: int, reason: str, *, material: bool) -> None:
    row = desk.read(lambda session: queries.circular_detail(session, circular_id))
    command = ReviseCircular(row.id, row.version, material, reason, due_days=10 if material else None)
    desk.write(lambda session: service.revise_with_letter(session, command, _letter(reason)))


def _people(desk: Any, version_id: int, statuses: Sequence[AckStatus]) -> list[RecipientRow]:
    wanted = RecipientFilter(version_id, statuses=tuple(statuses))
    return desk.read(  # type: ignore[no-any-return]
        lambda session: queries.recipient_rows(session, queries.recipient_ids(session, wanted))
    )


def _circular(camera: Camera, circular: CircularRow) -> Iterator[Path]:
    camera.window.open_page("circulars", circular.id)
    camera.settle()
    detail = camera.window.current_page().detail
    for tab, name in (
        (UNITS, "progress"), (PEOPLE, "people"), (HISTORY, "marks"), (VERSIONS, "versions"), (LETTERS, "letters"),
    ):  # fmt: skip
        detail.tabs.setCurrentIndex(tab)
        camera.settle()
        yield camera.take(camera.window, f"circular_{name}")
    detail.tabs.setCurrentIndex(UNITS)
    detail.units.show_day(date(2024, 9, 9))
    camera.settle()
    yield camera.take(camera.window, "circular_progress_past")


def _scanner(desk: Any, camera: Camera, circular: CircularRow) -> Iterator[Path]:
    camera.window.open_page("scan", circular.version_id)
    camera.settle()
    page = camera.window.current_page()
    page.tabs.setCurrentIndex(SCANNER)
    fresh = _people(desk, circular.version_id, (AckStatus.WAITING,))[0].code
    signed = _people(desk, circular.version_id, (AckStatus.SIGNED,))[0].code
    answers = (
        ("accepted", fresh),
        ("already", signed),
        ("unknown", "https://contoh.id/1"),
        ("damaged", "ADE1ABCDEFGHJKMN"),
    )
    for name, code in answers:
        page.scanner.field.codes_entered.emit([code])
        camera.settle()
        yield camera.take(camera.window, f"scan_{name}")


def _pile(desk: Any, version_id: int, work: Path) -> Path:
    """Make a small scanned pile: crooked slips, lists with doubtful boxes, a torn list, a spoiled code, an empty page."""
    rows = _people(desk, version_id, (AckStatus.WAITING,))[-4:]
    treated = [
        scan_pile.scanned(
            _slip(desk, row), Random(place), scan_pile.Treatment(angle=4.0 - 3 * place, noise=5, stains=1)
        )[0]
        for place, row in enumerate(rows[:3])
    ]
    folder = work / "pindaian"
    folder.mkdir(parents=True)
    pages = [*treated, *_lists(desk, version_id), _spoiled(_slip(desk, rows[3])), Image.new("L", (1650, 2330), 252)]
    (folder / "tumpukan.pdf").write_bytes(scan_pile.feeder_pdf(pages))
    return folder


def _slip(desk: Any, row: RecipientRow) -> Image.Image:
    stream, wanted = BytesIO(), RecipientFilter(row.version_id, recipient_ids=(row.id,))
    desk.read(lambda session: slips.slips_pdf(session, wanted, stream, covers=False, single=True))
    return scan_pile.printed(stream.getvalue())[0]


def _lists(desk: Any, version_id: int) -> list[Image.Image]:
    desk.write(lambda session: sheets.prepare_sheets(session, RecipientFilter(version_id, statuses=OPEN)))
    ids = desk.read(lambda session: sheets.sheet_ids(session, version_id))[:2]
    stream = BytesIO()
    desk.read(lambda session: sheets.sheets_pdf(session, ids, stream))
    whole, torn = scan_pile.printed(stream.getvalue())
    for row in (1, 2):
        left, top, right, bottom = sheet_layout.signature_box(row)
        scan_pile.scratch(whole, (left + 2, top + 3), (right - 5, bottom - 3), 0.6, 40)
    scan_pile.sign(whole, sheet_layout.signature_box(3), Random(1))
    torn.paste(255, (0, torn.height - 260, torn.width, torn.height))
    return [whole, torn]


def _spoiled(page: Image.Image) -> Image.Image:
    draw = ImageDraw.Draw(page)
    for stroke in range(14):
        draw.line([(page.width * 0.55, 40 + stroke * 18), (page.width * 0.98, 40 + stroke * 22)], fill=10, width=9)
    return page


def _folder(camera: Camera, folder: Path) -> Iterator[Path]:
    page = camera.window.current_page()
    page.tabs.setCurrentIndex(FOLDER)
    page.folder.read_folder(folder)
    while page.folder.running:
        camera.settle()
    camera.settle()
    yield camera.take(camera.window, "scan_folder")
    for tab, name in ((TRAY, "scan_tray"), (BOXES, "scan_boxes")):
        page.tabs.setCurrentIndex(tab)
        camera.settle()
        yield camera.take(camera.window, name)
    page.tabs.setCurrentIndex(SCANNER)


def _binder(desk: Any, camera: Camera, circular: CircularRow, target: Path) -> Iterator[Path]:
    seal = desk.write(seals.office_seal).value
    desk.read(lambda session: write_binder(session, circular.id, target, seal))
    dialog = PaperDialog("Bundel bukti", camera.window.current_page().bridge, target.read_bytes(), camera.window)
    dialog.open()
    camera.settle()
    yield camera.take(dialog, "circular_binder")
    QDialog.reject(dialog)

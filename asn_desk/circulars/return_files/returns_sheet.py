"""The workbook of a return file: what stands where, which cells are open, and the seal over all the others.

A unit without network fills in three or four columns; everything else is locked, and each locked cell carries its own keyed
hash in a hidden sheet, so that a changed one can be named.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from asn_desk.circulars.rules import STATUS_WORDS
from asn_desk.circulars.seals import Seal
from asn_desk.circulars.terms import AckStatus
from asn_desk.wording import Secrecy, long_date, number, sheet_footer, sheet_properties

FORMAT = 1
SHEET, HIDDEN, PROPERTY = "Berkas balasan", "tanda", "Tanda ASN Desk"
HEADER_ROW, FIRST_ROW = 6, 7
"""Rows as Excel counts them."""
FROZEN = ("No.", "Kode", "NIP / NI PPPK / Nomor", "Nama", "Jabatan", "Unit kerja")
OPEN = ("Status", "Tanggal", "Keterangan", "Saksi / penanda tangan")
STATUS, DAY, NOTE, PARTY = ANSWERS = ("G", "H", "I", "J")
CHOICES = (AckStatus.SIGNED, AckStatus.ON_BEHALF, AckStatus.REFUSED, AckStatus.UNREACHABLE)
HEAD_ROW, KEY_ROW, SEAL_ROW, FIRST_SEALED = 1, 2, 3, 5
_WIDTHS = (6, 25, 24, 34, 36, 34, 18, 14, 40, 30)
_LETTERS = "ABCDEFGHIJ"
_MAC = 20  # hex digits for one cell; the whole is sealed in full length besides


@dataclass(frozen=True)
class Head:
    """What a return file is about: one version's people of one OPD. `text` is the version's identity, the hash of its file.

    `last_mark` is the newest mark of the office when the file was written: what these people answered up to then is known
    to the file, what came later is not.
    """

    circular_id: int
    version_id: int
    ordinal: int
    text: str
    opd_id: int
    opd: str
    people: int
    made_on: str
    form: int = FORMAT
    last_mark: int = 0

    def as_json(self) -> str:
        """Return the head as it stands in the hidden sheet."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True)
class Line:
    """One person's locked cells."""

    code: str
    number: str
    name: str
    post: str
    unit: str


def cell_text(value: object) -> str:
    """Return a cell's text with blanks evened out, as it is sealed: another program may write them differently."""
    return " ".join(str(value).split())


def is_answer(address: str) -> bool:
    """Return whether a cell is one of the open ones below the headings."""
    return address[:1] in ANSWERS and address[1:].isdecimal() and int(address[1:]) >= FIRST_ROW


def frozen_cells(subject: str, reference: str, head: Head, lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """Yield (address, text) of every locked cell."""
    yield "A1", f"Berkas balasan tanda terima: {subject}"
    yield (
        "A2",
        f"{reference}. {head.opd}, {number(head.people)} orang. Dibuat {long_date(date.fromisoformat(head.made_on))}.",
    )
    yield "A3", "Isi hanya kolom Status, Tanggal, Keterangan, dan Saksi. Kosongkan baris orang yang belum menjawab."
    yield "A4", "Menolak: tulis alasan dan saksi. Atas nama: tulis caranya dan siapa yang menandatangani."
    for letter, text in zip(_LETTERS, (*FROZEN, *OPEN), strict=True):
        yield f"{letter}{HEADER_ROW}", text
    for place, line in enumerate(lines):
        texts = (str(place + 1), line.code, line.number, line.name, line.post, line.unit)
        for letter, text in zip(_LETTERS, texts, strict=False):
            yield f"{letter}{FIRST_ROW + place}", text


def cell_seal(seal: Seal, head: str, address: str, text: str) -> str:
    """Return the keyed hash of one locked cell of the file with this head."""
    return seal.over([head, address, cell_text(text)])[:_MAC]


def whole_seal(seal: Seal, head: str, sealed: Sequence[tuple[str, str]]) -> str:
    """Return the keyed hash over the head and all cells' hashes."""
    return seal.over([head, [list(one) for one in sealed]])


def workbook(subject: str, reference: str, head: Head, lines: Sequence[Line], seal: Seal, now: datetime) -> bytes:
    """Return the bytes of a return file. `now` is without a zone, as document properties want it."""
    import xlsxwriter

    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    cells = [(address, text) for address, text in frozen_cells(subject, reference, head, lines) if cell_text(text)]
    _write_people(book, book.add_worksheet(SHEET), cells, len(lines))
    text = head.as_json()
    sealed = [(address, cell_seal(seal, text, address, value)) for address, value in cells]
    whole = whole_seal(seal, text, sealed)
    _write_seals(book.add_worksheet(HIDDEN), text, seal.name, whole, sealed)
    book.set_properties(
        {
            "title": f"Berkas balasan: {subject}",
            "company": head.opd,
            "created": now,
            **sheet_properties(Secrecy.LIMITED),
        }
    )
    book.set_custom_property(PROPERTY, whole)
    book.close()
    return content.getvalue()


def _write_people(book: Any, sheet: Any, cells: Sequence[tuple[str, str]], people: int) -> None:
    plain = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E3E7EC"})
    title = book.add_format({"bold": True, "font_size": 13})
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    for address, text in cells:
        row = int(address[1:])
        sheet.write_string(
            address, text, title if row == 1 else None if row < HEADER_ROW else bold if row == HEADER_ROW else plain
        )
    _open_cells(book, sheet, people)
    sheet.freeze_panes(HEADER_ROW, 4)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW - 1)
    sheet.set_footer(sheet_footer(Secrecy.LIMITED))
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _open_cells(book: Any, sheet: Any, people: int) -> None:
    words = [STATUS_WORDS[status] for status in CHOICES]
    style = {
        "locked": False,
        "text_wrap": True,
        "valign": "top",
        "bg_color": "#FFFBE6",
        "border": 1,
        "border_color": "#CCCCCC",
    }
    text, day = book.add_format({**style, "num_format": "@"}), book.add_format({**style, "num_format": "dd-mm-yyyy"})
    last = FIRST_ROW + people - 1
    for row in range(FIRST_ROW, last + 1):
        for letter in (STATUS, NOTE, PARTY):
            sheet.write_blank(f"{letter}{row}", None, text)
        sheet.write_blank(f"{DAY}{row}", None, day)
    sheet.data_validation(f"{STATUS}{FIRST_ROW}:{STATUS}{last}", {
        "validate": "list", "source": words, "error_title": "Status",
        "error_message": "Pilih salah satu status dari daftar, atau kosongkan.",
    })  # fmt: skip
    sheet.data_validation(f"{DAY}{FIRST_ROW}:{DAY}{last}", {
        "validate": "date", "criteria": ">=", "value": date(2000, 1, 1), "error_title": "Tanggal",
        "error_message": "Tulis tanggal seperti 09-09-2024.",
    })  # fmt: skip


def _write_seals(sheet: Any, head: str, key: str, whole: str, sealed: Sequence[tuple[str, str]]) -> None:
    for row, text in ((HEAD_ROW, head), (KEY_ROW, key), (SEAL_ROW, whole)):
        sheet.write_string(row - 1, 0, text)
    for place, (address, mac) in enumerate(sealed):
        sheet.write_string(FIRST_SEALED - 1 + place, 0, address)
        sheet.write_string(FIRST_SEALED - 1 + place, 1, mac)
    sheet.protect()
    sheet.very_hidden()

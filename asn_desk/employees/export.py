"""The list of employees as a workbook: exactly the columns and people that the clerk sees, in the order shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy.orm import Session

from asn_desk import saving
from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.database.trail.head import printed_mark
from asn_desk.database.work import today, work_of
from asn_desk.employees.queries import EmployeeFilter, ListedPart, listed
from asn_desk.employees.words import KIND_WORDS, STATE_WORDS
from asn_desk.wording import Secrecy, long_date, number, readable_name, sheet_footer, sheet_properties, titled_name

Progress = Callable[[int, int], None]
Part = tuple[str, int, Callable[[ListedPart], Iterable[str]]]

_KINDS: dict[str, str] = {kind.value: words for kind, words in KIND_WORDS.items()}
_STATES: dict[str, str] = {state.value: words for state, words in STATE_WORDS.items()}


def full_name(name: str, front: str, back: str) -> str:
    """Return a stored name readably, with its titles."""
    return titled_name(readable_name(name), front, back)


PARTS: dict[str, tuple[Part, ...]] = {
    "name": (
        ("Nama", 36, lambda listed: map(full_name, listed.names, listed.fronts, listed.backs)),
        ("NIP / NI PPPK / Nomor", 24, lambda listed: listed.numbers),
    ),
    "post": (("Jabatan", 44, lambda listed: listed.posts), ("Unit kerja", 38, lambda listed: listed.units)),
    "opd": (("OPD", 38, lambda listed: listed.opds),),
    "kind": (("Jenis", 18, lambda listed: map(_KINDS.__getitem__, listed.kinds)),),
    "grade": (("Golongan", 12, lambda listed: listed.grades),),
    "state": (("Status", 14, lambda listed: map(_STATES.__getitem__, listed.states)),),
}
"""What each column of the list becomes in the workbook: header, width, and the texts of a part of the list."""

_HEADER_ROW = 3
_MOST_KEPT = 60_000
_LONGEST_CELL = 32767
_SHEET = "xl/worksheets/sheet1.xml"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile(_CONTROL.pattern.replace("[", "[&<>", 1))
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def employees_xlsx(
    session: Session,
    wanted: EmployeeFilter,
    columns: Sequence[str],
    target: Path,
    *,
    shown_as: str = "",
    progress: Progress | None = None,
) -> int:
    """Write the people of a filter, in its order, to an .xlsx file and return how many.

    `columns`: keys of PARTS in the order shown. `shown_as` says the filter in words above the list. Every cell is text: a
    number keeps its 18 digits, and a cell that begins with = is no formula. The file is whole or absent; what `progress`
    raises stops the work. Raises DeskError("not_allowed"), and EnvironmentProblem when the
    file cannot be written.
    """
    require(session, Action.EXPORT)
    people, listed_parts = listed(session, wanted)
    columns_shown = [part for key in columns for part in PARTS[key]]
    head = _head(session, people, columns_shown, shown_as)
    content = _workbook(head, _told(listed_parts, people, progress), people, columns_shown)
    saving.write(target, content)
    return people


def _told(parts: Iterable[ListedPart], people: int, progress: Progress | None) -> Iterator[ListedPart]:
    done = 0
    for part in parts:
        if progress is not None:
            progress(done, people)
        yield part
        done += len(part.ids)


def _workbook(head: bytes, listed_parts: Iterable[ListedPart], people: int, parts: Sequence[Part]) -> bytes:
    """Return the workbook: head and look by xlsxwriter, the rows streamed into its sheet, which is many times faster."""
    content = BytesIO()
    with ZipFile(BytesIO(head)) as made, ZipFile(content, "w", ZIP_DEFLATED, compresslevel=1) as book:
        for entry in made.infolist():
            if entry.filename != _SHEET:
                book.writestr(entry, made.read(entry), ZIP_DEFLATED)
                continue
            before, after, style = _split(made.read(entry).decode(), people, len(parts))
            with book.open(ZipInfo(_SHEET, entry.date_time), "w", force_zip64=True) as stream:
                stream.write(before.encode())
                for piece in _rows(listed_parts, parts, style):
                    stream.write(piece.encode())
                stream.write(after.encode())
    return content.getvalue()


def _head(session: Session, people: int, parts: Sequence[Part], shown_as: str) -> bytes:
    import xlsxwriter

    content = BytesIO()
    with xlsxwriter.Workbook(content, _OPTIONS) as book:
        made_at = work_of(session).now.astimezone(UTC)
        book.set_properties({"title": "Daftar pegawai", "created": made_at, **sheet_properties(Secrecy.LIMITED)})
        sheet = book.add_worksheet("Pegawai")
        _lay_out(book, sheet, parts)
        _write_title(session, book, sheet, people, shown_as)
        sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + people, len(parts) - 1)
    return content.getvalue()


def _split(sheet: str, people: int, columns: int) -> tuple[str, str, str]:
    """Return the sheet's XML before and after the place of the rows, and the style of its columns (text)."""
    before, after = sheet.split("</sheetData>")
    style = re.search(r'<col [^>]*style="([0-9]+)"', before)
    assert style is not None
    last = f"{_letter(columns - 1)}{_HEADER_ROW + 1 + people}"
    return re.sub(r'<dimension ref="[^"]*"', f'<dimension ref="A1:{last}"', before), f"</sheetData>{after}", style[1]


def _rows(listed_parts: Iterable[ListedPart], parts: Sequence[Part], style: str) -> Iterator[str]:
    """Yield the rows' XML. A part goes through column by column: what is done for each cell is the cost of a long list."""
    first, texts = _HEADER_ROW + 2, _Texts()
    for listed_part in listed_parts:
        numbers = [*map(str, range(first, first + len(listed_part.ids)))]
        columns: list[Sequence[str]] = [numbers]
        line = '<row r="%s">'
        for at, (_header, _width, shown) in enumerate(parts):
            column = [*shown(listed_part)]
            plain = _are_plain(column)
            columns += (numbers, column if plain else [*map(texts.__getitem__, column)])
            text = "<t>%s</t>" if plain else "%s"
            line += f'<c r="{_letter(at)}%s" s="{style}" t="inlineStr"><is>{text}</is></c>'
        yield "".join(map(f"{line}</row>".__mod__, zip(*columns, strict=True)))
        first += len(numbers)
        if len(texts) > _MOST_KEPT:
            texts.clear()


def _are_plain(column: Sequence[str]) -> bool:
    """Return whether the texts of a column, names or numbers that hardly repeat, can all stand in XML as they are."""
    if len({*column}) * 2 < len(column):  # what repeats is looked at once in `_Texts`
        return False
    whole = "\n".join(column)
    if whole.count("\n") >= len(column) or any(sign in whole for sign in ("&", "<", ">", " \n", "\n ")):
        return False
    return whole == whole.strip() and whole.replace("\n", "").isprintable() and max(map(len, column)) <= _LONGEST_CELL


class _Texts(dict[str, str]):
    """Texts as XML takes them; posts, units and words for kinds come again and again."""

    def __missing__(self, text: str) -> str:
        written = self[text] = _text(text)
        return written


def _letter(column: int) -> str:
    return chr(ord("A") + column)


def _text(text: str) -> str:
    """Return a text as a sheet holds it: without the control characters that no XML may hold, blanks at its ends kept."""
    if len(text) <= _LONGEST_CELL and text == text.strip() and not _SPECIAL.search(text):
        return f"<t>{text}</t>"
    kept = escape(_CONTROL.sub("", text[:_LONGEST_CELL]))
    return f"<t>{kept}</t>" if kept == kept.strip() else f'<t xml:space="preserve">{kept}</t>'


def _lay_out(book: Any, sheet: Any, parts: Sequence[Part]) -> None:
    text = book.add_format({"num_format": "@", "valign": "top"})
    bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E3E7EC", "valign": "top"})
    for column, (header, width, _text) in enumerate(parts):
        sheet.set_column(column, column, width, text)
        sheet.write_string(_HEADER_ROW, column, header, bold)
    sheet.freeze_panes(_HEADER_ROW + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.set_footer(sheet_footer(Secrecy.LIMITED))


def _write_title(session: Session, book: Any, sheet: Any, people: int, shown_as: str) -> None:
    practice = "CONTOH (data latihan). " if work_of(session).practice else ""
    plain = book.add_format({"num_format": "@"})
    sheet.write_string(0, 0, f"{practice}Daftar pegawai", book.add_format({"bold": True, "font_size": 13}))
    filtered = f" Saringan: {shown_as}." if shown_as else ""
    sheet.write_string(
        1, 0, f"Keadaan {long_date(today(session))}: {number(people)} pegawai{printed_mark(session)}.{filtered}", plain
    )

"""One row of an export read as a person: every cell understood, refused with its address, or reported as a warning."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from operator import attrgetter, itemgetter
from typing import Any

from asn_desk.database.search import folded
from asn_desk.employees import nip as numbers
from asn_desk.employees import rules
from asn_desk.employees.grades import parse_grade
from asn_desk.employees.imports.marks import layout_of
from asn_desk.employees.imports.plans import Known, Person, Refused, Warned
from asn_desk.employees.imports.unit_places import UnitPlaces
from asn_desk.employees.nip import Nip
from asn_desk.employees.reading.cells import NO_RESULT, Cell, ErrorText, shown
from asn_desk.employees.reading.columns import DATES, Field
from asn_desk.employees.reading.dates import UNREADABLE, Order, day_reader, turned
from asn_desk.employees.reading.oddities import (
    FAULTS,
    GARBLED,
    NUMBERING,
    SWAPPED,
    TELLING,
    Cells,
    header_again,
    is_garbled,
    is_numbering,
    not_a_person,
    orders_of,
)
from asn_desk.employees.reading.sheets import Row, Sheet
from asn_desk.employees.terms import EmployeeKind, EmploymentState, PostClass, Sex
from asn_desk.errors import DeskError

LONGEST: dict[Field, int] = {
    Field.SIASN_ID: 64, Field.LOCAL_NUMBER: 40, Field.NAME: 200, Field.TITLE_FRONT: 80, Field.TITLE_BACK: 120,
    Field.BIRTH_PLACE: 120, Field.LEGAL_NAME: 80, Field.EDUCATION: 200, Field.POST_NAME: 300,
}  # fmt: skip
LONGEST_GRADE = 20
_TITLED = re.compile(r"(?:dr|drs|dra|ir|prof|h|hj)\.|.*,", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"[0-9]{6}")
_FIELDS = tuple(Field)
_NEEDED = frozenset(
    {Field.SIASN_ID, Field.NIP, Field.LOCAL_NUMBER, Field.NAME, Field.POST_NAME, Field.UNIT_ID, Field.UNIT_NAME}
)
_ERRORS = ("Sel ini berisi galat Excel.", "Sel ini berisi rumus yang hasilnya tidak tersimpan.")
_MEND = "Buka berkasnya dengan Excel, betulkan isinya (rumus menjadi nilai), simpan, lalu impor lagi."
_NO_NAME = "Isi sel ini bukan nama orang. Periksa nama pegawai."
_NO_POST = (
    "Isi sel ini bukan nama jabatan. Periksa apakah kolomnya tergeser, atau tunjukkan kolomnya pada langkah Pemetaan."
)
_NO_UNIT = (
    "Isi sel ini bukan nama unit kerja. Tunjukkan kolom nama unit kerja pada langkah Pemetaan, atau betulkan isinya."
)
_NAMED = {
    Field.POST_NAME: ("post_invalid", _NO_POST), Field.UNIT_NAME: ("unit_invalid", _NO_UNIT), Field.OPD_NAME: ("unit_invalid", _NO_UNIT),
}  # fmt: skip
_named_of = attrgetter("post_name", "unit_name", "opd_name")


@dataclass(slots=True)
class Candidate:
    """A row that reads as a person. `values` follow Person's fields; None or an empty text means the row does not say."""

    sheet: Sheet
    row: Row
    key: str
    number: Nip | None
    values: tuple[Any, ...]
    digest: bytes = b""

    def person(self, known: Person | None) -> Person:
        """Return the whole person: what the row says, else what is known or, for somebody new, what the number says.

        An empty cell erases nothing.
        """
        base = _from_number(self.number) if known is None else known
        values = [new or old for new, old in zip(self.values, base, strict=True)]
        if known is not None and self.values[_CLASS] is PostClass.UNKNOWN and values[_POST] == known.post_name:
            values[_CLASS] = known.post_class
        return Person._make(values)


_BIRTH, _SEX, _KIND, _SERVICE, _POST, _CLASS = map(
    Person._fields.index, ("birth_date", "sex", "kind", "service_from", "post_name", "post_class")
)
_BLANK = Person(
    None, None, None, "", "", "", "", None, None, EmployeeKind.PNS, EmploymentState.ACTIVE, "", None, "", None, "", "",
    PostClass.UNKNOWN, None, None,
)  # fmt: skip


def _from_number(number: Nip | None) -> Sequence[Any]:
    """Return what the number alone says, in the order of Person's fields."""
    base = list(_BLANK)
    if number is None:
        base[_KIND] = EmployeeKind.NON_ASN
    else:
        base[_BIRTH], base[_SEX], base[_SERVICE] = number.birth_date, number.sex, number.service_from
        base[_KIND] = EmployeeKind.PPPK if number.looks_pppk else EmployeeKind.PNS
    return base


class RowRefused(Exception):
    """Leaves a row's reading with the cell and the reason."""

    def __init__(self, field: Field | None, value: Cell, code: str, reason: str) -> None:
        super().__init__(code)
        self.field, self.value, self.code, self.reason = field, value, code, reason


class RowReader:
    """Reads the rows of one sheet. Warnings go to the list given; units are resolved by `places`."""

    def __init__(self, sheet: Sheet, places: UnitPlaces, known: Known, today: date, warnings: list[Warned]) -> None:
        self.sheet, self.places, self.known, self.today, self.warnings = sheet, places, known.people, today, warnings
        self._posts = known.posts
        at = {key: index for index, key in enumerate(sheet.fields)}
        self._pick = itemgetter(*(at.get(key, -1) for key in _FIELDS))
        self._orders = orders_of(sheet)
        self._dates = {key: _memo(day_reader(self._orders[key])) for key in DATES}
        said = sorted(f"{key}:{order}" for key, order in self._orders.items() if order in TELLING)
        self._grade = _memo(parse_grade)
        p_means = rules.p_of(_texts(sheet, at.get(Field.SEX)))
        self.layout = layout_of((*sheet.fields, *sheet.private), (*said, *(() if p_means is Sex.FEMALE else ("P/W",))))
        self._sex = _memo(lambda text: p_means if rules.words_of(text) == "P" else rules.sex_of(text))
        self._kind = _memo(lambda said: rules.kind_of(*said))
        self._state = _memo(lambda said: rules.state_of(*said))
        self._class = _memo(lambda said: rules.post_class_of(*said))
        self._named = _memo(lambda text: _LETTER.search(text) is not None)
        self._row, self._all_text = Row(0, ()), False
        self._name = ""
        self._moved: list[tuple[int, bool]] = []

    def learn_units(self) -> None:
        """Look at the sheet's units before its rows, the fully named ones first: what a row means must not hang on the order."""
        at = {key: index for index, key in enumerate(self.sheet.fields)}
        pick = itemgetter(*(at.get(key, -1) for key in (Field.UNIT_ID, Field.UNIT_NAME, Field.OPD_NAME)))
        picked = dict.fromkeys(pick((*row.cells, "")) for row in self.sheet.rows)
        found = dict.fromkeys(tuple(map(_text, unit)) for unit in picked)
        for unit in sorted(found, key=lambda one: (not (one[0] and one[1]), not one[1])):
            with suppress(DeskError):  # said again, with its cell, when the row is read
                self.places.place(*unit)

    def read(self, row: Row, digest: bytes = b"") -> Candidate | Refused:
        """Return the row as a candidate or as refused, with its cell, value and reason; no warning lets it keep its digest."""
        self._row, self._name = row, ""
        warned = len(self.warnings)
        try:
            found = self._candidate(self._cells(row))
            found.digest = digest if len(self.warnings) == warned else b""
            return found  # noqa: TRY300 - the refusal is the other way out
        except RowRefused as refusal:
            del self.warnings[warned:]
            return self.refused(row, refusal.field, refusal.value, refusal.code, refusal.reason, name=self._name)

    def refused(self, row: Row, field: Field | None, value: Cell, code: str, reason: str, *, name: str = "") -> Refused:
        """Return a refusal of a row of this sheet."""
        place = self.sheet.address(field, row.number)
        return Refused(
            self.sheet.file, self.sheet.name, row.number, place, shown(value), code, reason, name, self.sheet.fields, row.cells,
        )  # fmt: skip

    def _cells(self, row: Row) -> Cells:
        picked = Cells._make(self._pick((*row.cells, "")))
        self._all_text = {*map(type, picked)} == _TEXT_ONLY
        if self._all_text:
            return picked
        return Cells._make(self._said(key, cell) for key, cell in zip(_FIELDS, picked, strict=True))

    def _said(self, key: Field, cell: Cell) -> Cell:
        """Return a cell as the rest of the reading takes it. An error of Excel says nothing, or refuses the row."""
        if isinstance(cell, ErrorText):
            reason = _ERRORS[cell == NO_RESULT]
            if key in _NEEDED:
                raise RowRefused(key, cell, "cell_error", f"{reason} {_MEND}")
            self._warn(key, cell, "cell_error", f"{reason} Kolom {key} dianggap kosong.")
            return ""
        return cell if key in DATES or key is Field.NIP else _text(cell)

    def _candidate(self, cells: Cells) -> Candidate:
        self._name = cells.name
        self._check_shape(cells)
        number = self._number(cells)
        self._check_name(cells)
        _check_lengths(cells, all_text=self._all_text)
        for named, text in zip(_NAMED, _named_of(cells), strict=True):
            if text and not self._named(text):
                raise RowRefused(named, text, *_NAMED[named])
        kind = self._kind_of(cells, number)
        unit = self._unit(cells)
        values = (
            number.digits if number else None,
            None if number else numbers.digits_of(cells.local_number),
            cells.siasn_id, cells.name, cells.title_front, cells.title_back, cells.birth_place,
            *self._birth_and_sex(cells, number),
            kind, self._state_of(cells), cells.legal_name,
            self._day(Field.SERVICE_FROM, cells.service_from),
            self._grade_of(cells), self._day(Field.GRADE_FROM, cells.grade_from), cells.education, cells.post_name,
            self._class_of(cells), self._day(Field.POST_FROM, cells.post_from), unit,
        )  # fmt: skip
        key = number.digits if number else f"lokal:{values[1]}"
        return Candidate(self.sheet, self._row, key, number, values)

    def _check_shape(self, cells: Cells) -> None:
        if self._row.fault:
            raise RowRefused(None, "", self._row.fault, FAULTS[self._row.fault].format(self.sheet.header_row))
        nip = cells.nip
        if self._moved or str(nip)[:1].isalpha():
            self._check_header(cells)
        if nip == "" and (found := not_a_person(cells)):
            raise RowRefused(*found)

    def _check_header(self, cells: Cells) -> None:
        """Refuse a header that comes again, and the rows below one whose columns stand in another order."""
        number = self._row.number
        again, moved = header_again(cells)
        if again:
            self._moved.append((number, moved))
            raise RowRefused(Field.NIP, cells.nip, "header_again", "Baris judul yang terulang; tidak diimpor.")
        above = max((one for one in self._moved if one[0] < number), default=(0, False))
        if above[1]:
            said = f"Judul di baris {above[0]} memuat kolom dengan urutan lain. Pindahkan tabel di bawahnya ke lembar tersendiri."
            raise RowRefused(None, "", "header_moved", said)

    def _number(self, cells: Cells) -> Nip | None:
        value = cells.nip
        if value == "" and numbers.digits_of(cells.local_number):
            return None
        try:
            return numbers.parse(value if isinstance(value, str) else _short_number(value))
        except DeskError as error:
            if is_numbering(cells):
                raise RowRefused(Field.NIP, value, "numbering_row", NUMBERING) from error
            raise RowRefused(Field.NIP, value, error.code, error.sentence) from error

    def _check_name(self, cells: Cells) -> None:
        if cells.name.isascii() and cells.name.replace(" ", "").isalpha():  # as most names are
            if not self._all_text and isinstance(self._row.cells[self.sheet.fields.index(Field.NAME)], bool):
                raise RowRefused(Field.NAME, cells.name, "name_invalid", _NO_NAME)
            return
        if not cells.name:
            raise RowRefused(Field.NAME, "", "name_empty", "Nama kosong. Isi nama pegawai.")
        if not _LETTER.search(cells.name) or cells.name[0] in "=+@" or _NUMBER.search(cells.name):
            raise RowRefused(Field.NAME, cells.name, "name_invalid", _NO_NAME)
        if is_garbled(cells.name):
            raise RowRefused(Field.NAME, cells.name, "name_garbled", GARBLED)
        if _TITLED.match(cells.name):
            self._warn(
                Field.NAME,
                cells.name,
                "title_in_name",
                "Nama tampaknya memuat gelar; disimpan apa adanya, tidak dipisahkan.",
            )

    def _kind_of(self, cells: Cells, number: Nip | None) -> EmployeeKind | None:
        kind: EmployeeKind | None = self._kind((cells.status, cells.type_name, cells.legal_name))
        if number is None:
            if kind not in (None, EmployeeKind.NON_ASN):
                raise RowRefused(
                    Field.NIP, "", "nip_empty", f"NIP kosong, padahal jenis pegawainya {kind}. Isi 18 angka NIP."
                )
            return EmployeeKind.NON_ASN
        if kind is None:
            if number.digits not in self.known:
                shape = "PPPK" if number.looks_pppk else "PNS"
                said = f"Jenis pegawai tidak tertulis; dari bentuk nomornya dicatat sebagai {shape}. Periksa."
                self._warn(Field.STATUS, cells.status, "kind_from_number", said)
            return None
        if number.looks_pppk and kind in (EmployeeKind.PNS, EmployeeKind.CPNS):
            said = f"Jenis pegawai {kind.value}, tetapi nomornya berbentuk NI PPPK. Periksa mana yang benar."
            self._warn(Field.NIP, number.digits, "kind_differs", said)
        return kind

    def _birth_and_sex(self, cells: Cells, number: Nip | None) -> tuple[date | None, Any]:
        birth = self._day(Field.BIRTH_DATE, cells.birth_date)
        if birth is not None and number is not None and birth != number.birth_date:
            birth = self._not_turned(cells, birth, number)
        sex = self._sex(cells.sex)
        if cells.sex and sex is None:
            self._warn(Field.SEX, cells.sex, "sex_unknown", "Jenis kelamin tidak dikenal; diambil dari NIP bila ada.")
        if number is not None:
            for finding in numbers.findings(number, birth_date=birth, sex=sex, today=self.today):
                self._warn(Field.NIP, number.digits, finding.code, finding.sentence)
        return birth, sex

    def _not_turned(self, cells: Cells, birth: date, number: Nip) -> date | None:
        """Return the birth date, None when it is the number's with day and month exchanged and nothing proves its order."""
        proved = isinstance(cells.birth_date, str) and self._orders[Field.BIRTH_DATE] is not Order.UNPROVED
        if proved or turned(birth) != number.birth_date:
            return birth
        said = "Hari dan bulan tampaknya tertukar; tanggal lahir dari NIP yang dipakai. Periksa."
        self._warn(Field.BIRTH_DATE, cells.birth_date, "birth_turned", said)
        return None

    def _state_of(self, cells: Cells) -> EmploymentState | None:
        if not cells.legal_id and not cells.legal_name:
            ended = cells.status and self._state(("", cells.status)) is EmploymentState.ENDED
            return EmploymentState.ENDED if ended else None
        state: EmploymentState | None = self._state((cells.legal_id, cells.legal_name))
        if state is None:
            said = "Kedudukan hukum ini tidak menyatakan aktif atau berakhir; pegawai ditandai perlu dicek."
            self._warn(Field.LEGAL_NAME, cells.legal_name or cells.legal_id, "state_unknown", said)
            return EmploymentState.CHECK
        return state

    def _grade_of(self, cells: Cells) -> str:
        if not cells.grade:
            return ""
        grade: str | None = self._grade(cells.grade)
        if grade is None:
            kept = cells.grade if len(cells.grade) <= LONGEST_GRADE else ""
            said = "disimpan apa adanya" if kept else "dikosongkan"
            self._warn(Field.GRADE, cells.grade, "grade_unknown", f"Golongan tidak dikenal; {said}.")
            return kept
        return grade

    def _class_of(self, cells: Cells) -> PostClass | None:
        if not cells.post_name:
            self._warn(Field.POST_NAME, "", "post_empty", "Jabatan kosong; pegawai dicatat tanpa jabatan.")
            return None
        said = (cells.eselon_id, cells.eselon, cells.post_type_id, cells.post_type, cells.post_name)
        found: PostClass = self._class(said)
        return found if found is not PostClass.UNKNOWN else self._posts.get(folded(cells.post_name), found)

    def _unit(self, cells: Cells) -> Any:
        try:
            unit, finding = self.places.place(cells.unit_id, cells.unit_name, cells.opd_name)
        except DeskError as error:
            raise RowRefused(Field.UNIT_NAME, cells.unit_name, error.code, error.sentence) from error
        if finding is not None:
            self._warn(Field.UNIT_NAME, cells.unit_name, finding.code, finding.sentence)
        return unit

    def _day(self, key: Field, cell: Cell) -> date | None:
        found = self._dates[key](cell)
        if found is UNREADABLE:
            if self._orders[key] is Order.SWAPPED and isinstance(cell, date):
                self._warn(key, cell, "date_swapped", f"{key}: {SWAPPED}")
            else:
                self._warn(key, cell, "date_unreadable", f"{key} tidak terbaca sebagai tanggal; dikosongkan.")
            return None
        return found  # type: ignore[no-any-return]

    def _warn(self, field: Field, value: Cell, code: str, reason: str) -> None:
        self.warn(self._row, field, value, code, reason, name=self._name)

    def warn(self, row: Row, field: Field, value: Cell, code: str, reason: str, *, name: str = "") -> None:
        """Note something worth a look in a row of this sheet."""
        place = self.sheet.address(field, row.number)
        self.warnings.append(
            Warned(
                self.sheet.file, self.sheet.name, row.number, place, shown(value), code, reason, name or shown(value)
            )
        )


_TEXT_ONLY = {str}
_SHORT = 64
_LENGTH_CHECKS = tuple((key, _FIELDS.index(key), longest) for key, longest in LONGEST.items())
_SHORT_CHECKS = tuple(check for check in _LENGTH_CHECKS if check[2] < _SHORT)


def _check_lengths(cells: Cells, *, all_text: bool) -> None:
    texts: Iterable[Any] = cells if all_text else (cell for cell in cells if isinstance(cell, str))
    size = max(map(len, texts))
    for key, index, longest in _LENGTH_CHECKS if size > _SHORT else _SHORT_CHECKS:
        text = str(cells[index])
        if len(text) > longest:
            said = f"Isi kolom {key} lebih dari {longest} huruf. Periksa apakah kolomnya tergeser."
            raise RowRefused(key, text[:80], "too_long", said)


def _short_number(cell: Cell) -> str:
    """Return a number that Excel has not rounded as text, `131234567`; raises DeskError for all other cells."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    raise numbers.number_refused(shown(cell))


def _texts(sheet: Sheet, index: int | None) -> set[str]:
    """Return the texts of a column, each once."""
    if index is None:
        return set()
    return {cell for cell in {row.cells[index] for row in sheet.rows} if isinstance(cell, str)}


def _text(cell: Cell) -> str:
    """Return a cell of another type as text; a whole number without its decimal point."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return cell if isinstance(cell, str) else shown(cell)


class _Memo(dict[Any, Any]):
    def __init__(self, fn: Callable[[Any], Any]) -> None:
        super().__init__()
        self._fn = fn

    def __missing__(self, key: Hashable) -> Any:
        value = self[key] = self._fn(key)
        return value


def _memo(fn: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return fn with its answers remembered: an export repeats a few hundred values in hundred thousands of rows."""
    return _Memo(fn).__getitem__

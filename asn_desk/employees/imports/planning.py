"""Comparing the rows of an import with the registry: pure, nothing is stored and nothing is guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from asn_desk.database.bulk import uncollected
from asn_desk.employees.imports.known import KnownPeople, Namesake, doubles_among
from asn_desk.employees.imports.marks import digest_of
from asn_desk.employees.imports.plans import (
    LABELS,
    PRIVATE,
    Addition,
    Change,
    FieldChange,
    ImportPlan,
    Known,
    KnownPerson,
    Marked,
    NewUnit,
    Person,
    Refused,
    Source,
    UnitToCreate,
    Warned,
)
from asn_desk.employees.imports.unit_places import UnitPlaces
from asn_desk.employees.nip import digits_of
from asn_desk.employees.reading.columns import Field
from asn_desk.employees.reading.private_fields import packed, unpacked
from asn_desk.employees.reading.rows import Candidate, RowReader
from asn_desk.employees.reading.sheets import Cancelled, Progress, Row, Sheet, Ticker, Workbook
from asn_desk.employees.terms import EmployeeKind, EmploymentState
from asn_desk.wording import grouped_nip, short_date

_DIGITS = 18
_SURE_DIGITS = 15  # Excel keeps this many of a number


def plan(
    workbooks: Sequence[Workbook],
    known: Known,
    today: date,
    *,
    full: bool = False,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportPlan:
    """Return what importing these files would do.

    `full`: the files hold all people of the kinds they contain, so whoever is known, active and absent is `missing`.
    Raises DeskError("columns_missing") for a sheet without a required column, ImportCancelled.
    """
    sheets = [sheet for workbook in workbooks for sheet in workbook.sheets]
    for sheet in sheets:
        sheet.mapping.check(sheet.name or sheet.file)
    ticker = Ticker(2 * sum(len(sheet.rows) for sheet in sheets), progress, cancelled)
    sources = tuple(Source(workbook.file, workbook.sha256, workbook.corrections) for workbook in workbooks)
    with uncollected():
        work = _Planning(known, today)
        work.learn_units(sheets)
        for sheet in sheets:
            work.read(sheet, ticker)
        work.read_doubtful()
        work.refuse_duplicates()
        work.compare(ticker)
        missing = work.missing() if full else ()
        return work.result(sources, full=full, missing=missing)


@dataclass
class _Planning:
    known: Known
    today: date
    by_key: dict[str, list[Candidate]] = field(default_factory=dict)
    readers: dict[int, RowReader] = field(default_factory=dict)
    new: list[Addition] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    same: int = 0
    refused: list[Refused] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    seen_kinds: set[EmployeeKind] = field(default_factory=set)
    recognised: dict[str, tuple[RowReader, Row]] = field(default_factory=dict)
    marked: list[Marked] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.places = UnitPlaces(self.known.units.values())
        self._namesakes: dict[Namesake, list[Candidate]] = {}
        people = self.known.people
        self._key_of_siasn = (
            people.keys_by_siasn_id()
            if isinstance(people, KnownPeople)
            else {one.person.siasn_id: key for key, one in people.items() if one.person.siasn_id is not None}
        )

    def learn_units(self, sheets: Sequence[Sheet]) -> None:
        """Look at the units of all sheets before their rows."""
        for sheet in sheets:
            reader = RowReader(sheet, self.places, self.known, self.today, self.warnings)
            self.readers[id(sheet)] = reader
            reader.learn_units()

    def read(self, sheet: Sheet, ticker: Ticker) -> None:
        reader = self.readers[id(sheet)]
        marks, layout = self.known.marks, reader.layout
        for row in sheet.rows:
            ticker.step()
            digest = digest_of(layout, (*row.cells, *row.private) if row.private else row.cells)
            key = marks.get(digest)
            if key is None or key in self.recognised or row.fault:
                self._read_row(reader, row, digest)
            else:
                self.recognised[key] = (reader, row)

    def _read_row(self, reader: RowReader, row: Row, digest: bytes) -> None:
        found = reader.read(row, digest)
        if isinstance(found, Refused):
            self.refused.append(found)
        else:
            self.by_key.setdefault(found.key, []).append(found)

    def read_doubtful(self) -> None:
        """Read in full the recognised rows that share a number or a PNS ID with another row."""
        if not self.recognised:
            return
        rows = [row for rows in self.by_key.values() for row in rows]
        shared = {self._key_of_siasn.get(row.values[_SIASN]) for row in rows if row.values[_SIASN]} | set(self.by_key)
        for key in [key for key in self.recognised if key in shared]:
            reader, row = self.recognised.pop(key)
            self._read_row(reader, row, b"")
            self.by_key[key].sort(key=lambda one: (one.sheet.file, one.sheet.name, one.row.number))

    def refuse_duplicates(self) -> None:
        """Keep one of rows that agree in everything; refuse all rows of a number whose rows differ."""
        for key, rows in self.by_key.items():
            if len(rows) > 1:
                self.by_key[key] = self._without_duplicates(rows)
        kept = [row for rows in self.by_key.values() for row in rows]
        uses = Counter([row.values[_SIASN] for row in kept])
        shared: dict[str, list[Candidate]] = {one: [] for one, times in uses.items() if one and times > 1}
        for row in kept if shared else ():
            if row.values[_SIASN] in shared:
                shared[row.values[_SIASN]].append(row)
        for rows in shared.values():
            self._refuse_shared_id(rows)

    def _refuse_shared_id(self, rows: list[Candidate]) -> None:
        for row in rows:
            others = ", ".join(_place(other) for other in rows if other is not row)
            self._refuse(
                row,
                "siasn_shared",
                f"PNS ID ini juga dipakai NIP lain di {others}. Periksa mana yang benar.",
                Field.SIASN_ID,
            )
            self.by_key[row.key] = []

    def _without_duplicates(self, rows: list[Candidate]) -> list[Candidate]:
        first = rows[0]
        if all(row.values == first.values for row in rows):
            where = _place(first)
            for row in rows[1:]:
                self._refuse(row, "duplicate_row", f"Baris ini sama persis dengan {where}; cukup diimpor satu kali.")
            return rows[:1]
        for row in rows:
            others = ", ".join(_place(other) for other in rows if other is not row)
            self._refuse(
                row, "duplicate_nip", f"NIP ini juga ada di {others} dengan isi berbeda. Sisakan baris yang benar saja."
            )
        return []

    def compare(self, ticker: Ticker) -> None:
        for key, rows in self.by_key.items():
            ticker.step()
            for row in rows:
                self._compare_one(row, self.known.people.get(key))
        self.same += len(self.recognised)
        self._warn_of_doubles()
        ticker.finish()

    def _warn_of_doubles(self) -> None:
        """Warn of new people who bear the name and birth date of another number: a PPPK who became CPNS is one person."""
        known = doubles_among(self.known.people, self._namesakes) if self._namesakes else {}
        for namesake, rows in self._namesakes.items():
            others = [*known.get(namesake, ()), *(row.key for row in rows if len(rows) > 1)]
            for row in rows if others else ():
                said = ", ".join(grouped_nip(key) for key in dict.fromkeys(others) if key != row.key)
                reason = f"Nama dan tanggal lahirnya sama dengan NIP {said}. Bila orangnya sama, ubah NIP pada data pegawai itu."
                self.readers[id(row.sheet)].warn(row.row, Field.NAME, row.values[_NAME], "same_person", reason)

    def _compare_one(self, row: Candidate, known: KnownPerson | None) -> None:
        person = row.person(None if known is None else known.person)
        owner = self._key_of_siasn.get(person.siasn_id) if person.siasn_id else None
        if owner is not None and owner != row.key:
            other = self.known.people[owner].person
            reason = f"PNS ID ini sudah tercatat untuk {other.name}, NIP {grouped_nip(other.nip or '')}."
            self._refuse(
                row, "siasn_conflict", f"{reason} Bila NIP-nya berganti, ubah pada data pegawai itu.", Field.SIASN_ID
            )
            return
        self.seen_kinds.add(person.kind)
        place = row.sheet.address(Field.NIP, row.row.number)
        if known is None:
            if person.birth_date is not None and row.number is not None:
                self._namesakes.setdefault((person.name.upper(), person.birth_date), []).append(row)
            self.new.append(Addition(person, row.sheet.file, place, row.digest, _private(row, "")))
        elif person == known.person and not self._new_private(row, known):
            self.same += 1
            if row.digest:
                self.marked.append(Marked(known.id, known.version, row.digest))
        else:
            fields = tuple(self._differences(known.person, person))
            private = self._new_private(row, known)
            if private:
                fields += (FieldChange(PRIVATE, "Data pribadi", "", "diperbarui"),)
            self.changed.append(Change(known, person, fields, row.sheet.file, place, row.digest, private))

    def _new_private(self, row: Candidate, known: KnownPerson) -> str:
        """Return the personal data to store when the row tells something else than is stored, else an empty text."""
        stored = self.known.private_of.get(known.id, "")
        wanted = _private(row, stored)
        return "" if wanted == stored else wanted

    def _differences(self, old: Person, new: Person) -> Iterable[FieldChange]:
        for name, before, after in zip(Person._fields, old, new, strict=True):
            if before != after:
                yield FieldChange(name, LABELS[name], self._shown(name, before), self._shown(name, after))

    def _shown(self, name: str, value: object) -> str:
        if name == "unit":
            return self.places.name(value)  # type: ignore[arg-type]
        if isinstance(value, date):
            return short_date(value)
        return "" if value is None else str(value)

    def missing(self) -> tuple[KnownPerson, ...]:
        """Return the known active people of the kinds seen whom no row names, not even a refused one."""
        named, beginnings = self._numbers_in_refused()
        self.seen_kinds |= {self.known.people[key].person.kind for key in self.recognised}
        return tuple(
            one
            for key, one in self.known.people.items()
            if key not in self.by_key
            and key not in self.recognised
            and one.person.kind in self.seen_kinds
            and one.person.state is EmploymentState.ACTIVE
            and one.person.nip not in named
            and (one.person.nip or "")[:_SURE_DIGITS] not in beginnings
        )

    def _numbers_in_refused(self) -> tuple[set[str], set[str]]:
        named: set[str] = set()
        beginnings: set[str] = set()
        for refused in self.refused:
            named |= {digits_of(cell) for cell in refused.cells if isinstance(cell, str) and len(cell) >= _DIGITS}
            value = dict(zip(refused.fields, refused.cells, strict=True)).get(Field.NIP, "")
            if isinstance(value, float) and value < 1e18:
                beginnings.add(f"{value:.0f}"[:_SURE_DIGITS])
        return named, beginnings

    def _refuse(self, row: Candidate, code: str, reason: str, where: Field | None = None) -> None:
        reader = self.readers[id(row.sheet)]
        where = where or (Field.NIP if row.number else Field.LOCAL_NUMBER)
        value = dict(zip(row.sheet.fields, row.row.cells, strict=True)).get(where, "")
        self.refused.append(reader.refused(row.row, where, value, code, reason, name=row.values[_NAME]))

    def result(self, sources: tuple[Source, ...], *, full: bool, missing: tuple[KnownPerson, ...]) -> ImportPlan:
        refused, warnings = sorted(self.refused, key=_order), sorted(self.warnings, key=_order)
        return ImportPlan(
            sources, self.today, full, tuple(self.new), tuple(self.changed), self.same, missing, tuple(refused),
            tuple(warnings), self._new_units(), tuple(self.marked),
        )  # fmt: skip

    def _new_units(self) -> tuple[UnitToCreate, ...]:
        people: dict[NewUnit, int] = {}
        for person in (*(one.person for one in self.new), *(one.person for one in self.changed)):
            if isinstance(person.unit, NewUnit):
                people[person.unit] = people.get(person.unit, 0) + 1
        return tuple(UnitToCreate(unit, count) for unit, count in people.items())


def _private(row: Candidate, stored: str) -> str:
    """Return the row's personal data over what is stored, as JSON; an empty cell erases nothing."""
    if not row.row.private:
        return stored
    told = {key: value for key, value in zip(row.sheet.private, row.row.private, strict=True) if value}
    return packed(unpacked(stored) | told)


_NAME, _SIASN = Person._fields.index("name"), Person._fields.index("siasn_id")


def _order(entry: Refused | Warned) -> tuple[str, str, int]:
    return entry.file, entry.sheet, entry.row


def _place(row: Candidate) -> str:
    return f"{row.sheet.file} {row.sheet.address(Field.NIP if row.number else Field.LOCAL_NUMBER, row.row.number)}"

"""Loading rule packs: from TOML files to one library, checked, versioned by SHA-256, and cut to what holds for an election."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from asn_desk.errors import DeskError
from asn_desk.paths import resource
from asn_desk.regulations import places, schema
from asn_desk.regulations.calendar import WorkCalendar
from asn_desk.regulations.schema import LoadedPack

_SHOWN_PROBLEMS = 8
_MOST_REMEMBERED = 20_000
_NEVER: Any = object()
T = TypeVar("T")
OFFICE_PACK = "koreksi-kantor"
"""The id of the pack that holds the office's own holidays and sources; it has a say in every election."""
OFFICE_SOURCE = "KANTOR-"


class Remembering:
    """Keeps what was worked out from data that never changes, so that thousands of files share it."""

    @cached_property
    def _remembered(self) -> dict[Hashable, Any]:
        return {}

    def remember(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` gave for this key the first time; it must depend on nothing but the key and the packs."""
        known = self._remembered
        found: T = known.get(key, _NEVER)
        if found is _NEVER:
            found = make()
            if len(known) >= _MOST_REMEMBERED:
                known.clear()
            known[key] = found
        return found


@dataclass(frozen=True)
class RuleBook(Remembering):
    """Everything that holds for one election: its calendar, and the rules and tables of its pack and the packs it uses."""

    calendar: schema.Calendar
    packs: tuple[LoadedPack, ...]
    library: Library

    @cached_property
    def rules(self) -> tuple[schema.Rule, ...]:
        """Return the rules, those of the election's own pack first."""
        return tuple(rule for pack in self.packs for rule in pack.content.rules)

    @cached_property
    def effective_dates(self) -> tuple[schema.EffectiveDate, ...]:
        """Return the ways to work out a TMT; the first fitting one counts."""
        return tuple(row for pack in self.packs for row in pack.content.effective_dates)

    @cached_property
    def officials(self) -> tuple[schema.Authority, ...]:
        """Return who proposes and signs; the first fitting row counts."""
        return tuple(row for pack in self.packs for row in pack.content.officials)

    @cached_property
    def pensions(self) -> tuple[schema.Pension, ...]:
        """Return the conditions for a pension."""
        return tuple(row for pack in self.packs for row in pack.content.pensions)

    @cached_property
    def checklists(self) -> tuple[schema.ChecklistItem, ...]:
        """Return the papers of each track."""
        return tuple(row for pack in self.packs for row in pack.content.checklists)

    @cached_property
    def work(self) -> WorkCalendar:
        """Return the working days with the packs' corrections."""
        extra = {row.day: row for pack in self.packs for row in pack.content.holidays}.values()
        return WorkCalendar(
            {row.day: row.title for row in extra if not row.works}, frozenset(row.day for row in extra if row.works)
        )

    @cached_property
    def digest(self) -> str:
        """Return one SHA-256 over the versions of all packs that have a say in this election."""
        return hashlib.sha256("".join(pack.sha256 for pack in self.packs).encode()).hexdigest()

    def planned(self, code: str, office: str) -> schema.CalendarEvent | None:
        """Return the calendar's stage for an office, or None when the calendar does not name it."""
        return self.remember(("planned", code, office), lambda: self._planned(code, office))

    def _planned(self, code: str, office: str) -> schema.CalendarEvent | None:
        offices = self.library.acts_as(office)
        fitting = (row for row in self.calendar.events if not row.offices or offices & set(row.offices))
        return next((stage for stage in fitting if stage.code == code), None)


@dataclass(frozen=True)
class Library(Remembering):
    """All packs, and the tables that are common to them, by id or code."""

    packs: tuple[LoadedPack, ...]

    @cached_property
    def norms(self) -> Mapping[str, schema.Norm]:
        """Return all norms by id."""
        return {norm.id: norm for pack in self.packs for norm in pack.content.norms}

    @cached_property
    def sources(self) -> Mapping[str, schema.Source]:
        """Return all sources by their number (`S13`)."""
        return {key: source for pack in self.packs for key, source in pack.content.sources.items()}

    @cached_property
    def offices(self) -> Mapping[str, schema.Office]:
        """Return the offices one can run for, in the order of the packs."""
        return {row.code: row for pack in self.packs for row in pack.content.offices}

    @cached_property
    def kinds(self) -> Mapping[str, schema.Kind]:
        """Return the kinds of employees."""
        return {row.code: row for pack in self.packs for row in pack.content.kinds}

    @cached_property
    def posts(self) -> Mapping[str, schema.Post]:
        """Return the classes of posts."""
        return {row.code: row for pack in self.packs for row in pack.content.posts}

    @cached_property
    def events(self) -> Mapping[str, schema.EventKind]:
        """Return what can happen to a file, by code."""
        return {row.code: row for pack in self.packs for row in pack.content.events}

    @cached_property
    def letters(self) -> Mapping[str, schema.LetterKind]:
        """Return the letters by code (`L-1`)."""
        return {row.code: row for pack in self.packs for row in pack.content.letters}

    @cached_property
    def calendars(self) -> Mapping[str, schema.Calendar]:
        """Return all election calendars by id."""
        return {row.id: row for pack in self.packs for row in pack.content.calendars}

    @cached_property
    def _books(self) -> dict[str, RuleBook]:
        return {}

    def acts_as(self, office: str) -> frozenset[str]:
        """Return the office codes whose rules hold for this office: itself and, for an overlay, those it stands for."""
        row = self.offices.get(office)
        return frozenset({office, *(row.acts_as if row else ())})

    def elections_for(self, office: str) -> tuple[schema.Calendar, ...]:
        """Return the elections in which this office is at stake, newest last as the packs list them."""
        return tuple(row for row in self.calendars.values() if office in row.offices)

    def book(self, election: str) -> RuleBook:
        """Return what holds for an election. Raises DeskError("unknown_election")."""
        if election not in self._books:
            self._books[election] = self._assemble(election)
        return self._books[election]

    def source_words(self, keys: Iterable[str]) -> str:
        """Return sources as a reader wants them: `S13 metrosulteng.com; S14 ...`; of the office's own, the whole story."""
        return "; ".join(self._source(key) for key in keys)

    def _source(self, key: str) -> str:
        source = self.sources[key]
        return f"{source.site} ({source.title})" if key.startswith(OFFICE_SOURCE) else f"{key} {source.site}"

    def norms_in_force(self, ids: Iterable[str], day: date) -> tuple[schema.Norm, ...]:
        """Return those of the named norms that were in force on the day."""
        return tuple(norm for norm in (self.norms[key] for key in ids) if norm.in_force(day))

    def _assemble(self, election: str) -> RuleBook:
        for pack in self.packs:
            for calendar in pack.content.calendars:
                if calendar.id == election:
                    return RuleBook(calendar, tuple(self._with_used(pack)), self)
        raise DeskError(
            "unknown_election", f"Pemilihan '{election}' tidak ada dalam kalender. Pilih dari daftar pemilihan."
        )

    def _with_used(self, pack: LoadedPack) -> Iterator[LoadedPack]:
        by_id = {other.id: other for other in self.packs}
        queue, seen = [pack.id], set[str]()
        while queue:
            key = queue.pop(0)
            if key in seen:
                continue
            seen.add(key)
            yield by_id[key]
            queue.extend(by_id[key].content.pack.uses)
        if OFFICE_PACK in by_id:
            yield by_id[OFFICE_PACK]


def read_pack(path: Path) -> LoadedPack:
    """Read and validate one pack file. Raises DeskError("rule_pack_invalid") naming file, table and key of each fault."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _invalid([places.unreadable(path.name, error)]) from error
    return parse_pack(path.name, data)


def parse_pack(file: str, data: bytes) -> LoadedPack:
    """Validate the bytes of a pack; `file` names it in faults. Raises DeskError("rule_pack_invalid")."""
    try:
        raw = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _invalid([places.unreadable(file, error)]) from error
    try:
        return LoadedPack(file, hashlib.sha256(data).hexdigest(), schema.Pack.model_validate(raw))
    except ValidationError as error:
        raise _invalid(places.from_validation(file, raw, error)) from error


def load_library(*folders: Path) -> Library:
    """Load every `*.toml` of the folders, in the order of names, and check all references. Raises DeskError("rule_pack_invalid")."""
    return whole(Library(tuple(read_pack(path) for folder in folders for path in sorted(folder.glob("*.toml")))))


def whole(library: Library) -> Library:
    """Return the library when every reference in it is met. Raises DeskError("rule_pack_invalid")."""
    problems = places.broken_references(library.packs)
    if problems:
        raise _invalid(problems)
    return library


@lru_cache(maxsize=1)
def shipped_library() -> Library:
    """Return the packs that come with the program, loaded once per process."""
    return load_library(resource("regulations", "paket"))


def check_file(path: Path) -> tuple[places.Problem, ...]:
    """Return every fault of a pack file, its references into the shipped packs included; empty when it is sound."""
    try:
        pack = read_pack(path)
    except PackError as error:
        return places.with_lines(path, error.problems)
    others = tuple(other for other in shipped_library().packs if other.id != pack.id)
    return places.with_lines(path, places.broken_references((*others, pack)))


class PackError(DeskError):
    """A rule pack that cannot be used; `problems` lists every fault with its place."""

    def __init__(self, problems: Iterable[places.Problem]) -> None:
        self.problems = tuple(problems)
        shown = "\n".join(f"- {problem}" for problem in self.problems[:_SHOWN_PROBLEMS])
        more = len(self.problems) - _SHOWN_PROBLEMS
        tail = f"\n- dan {more} kesalahan lain" if more > 0 else ""
        super().__init__(
            "rule_pack_invalid",
            f"Paket aturan tidak dapat dipakai. Perbaiki bagian berikut, lalu muat kembali:\n{shown}{tail}",
            fields={problem.place: problem.sentence for problem in self.problems},
        )


def _invalid(problems: Iterable[places.Problem]) -> PackError:
    return PackError(problems)

"""Putting the office's changes over the shipped packs. Pure: packs and changes in, a checked library out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from asn_desk.errors import DeskError
from asn_desk.regulations import places, schema
from asn_desk.regulations.packs import OFFICE_PACK, OFFICE_SOURCE, Library, PackError, parse_pack, whole
from asn_desk.regulations.schema import LoadedPack
from asn_desk.regulations.terms import ChangeKind, Confidence
from asn_desk.wording import long_date

FIXED_KEYS = frozenset({"id", "kind"})
"""Keys of a rule that an office cannot change: another id or kind would be another rule."""


@dataclass(frozen=True)
class Change:
    """One change in force. `document` and `story` (who, when, why) become the source of what it changes."""

    id: int
    kind: ChangeKind
    target: str
    content: str
    document: str
    story: str

    @property
    def source(self) -> str:
        """Return the key under which the change stands among the sources."""
        return f"{OFFICE_SOURCE}{self.id}"


def merged(library: Library, changes: Sequence[Change]) -> Library:
    """Return the library with all changes. Raises DeskError("rule_pack_invalid") when the whole no longer fits together."""
    if not changes:
        return library
    own = next((pack for pack in library.packs if pack.id == OFFICE_PACK), None)
    packs = _with_packs(
        [pack for pack in library.packs if pack is not own], [row for row in changes if row.kind is ChangeKind.PACK]
    )
    others = [row for row in changes if row.kind in {ChangeKind.RULE, ChangeKind.STAGE}]
    packs = tuple(_changed_pack(pack, others) for pack in packs)
    return whole(Library((*packs, _office_pack(changes, own))))


def fitting(library: Library, changes: Sequence[Change]) -> tuple[Library, frozenset[int]]:
    """Return the library with all changes that fit, and the ids of those that do not.

    A change was checked when it was made; an update of the program may bring packs that it no longer fits. The office must
    still be able to work, see which change that is, and withdraw it.
    """
    try:
        found, kept = merged(library, changes), list(changes)
    except PackError:
        found, kept = _one_by_one(library, changes)
    fits = {row.id for row in kept if _has_target(found, row)}
    return found, frozenset(row.id for row in changes if row.id not in fits)


def _one_by_one(library: Library, changes: Sequence[Change]) -> tuple[Library, list[Change]]:
    kept: list[Change] = []
    found = library
    for change in sorted(
        changes, key=lambda row: row.kind is not ChangeKind.PACK
    ):  # others may be about a pack's rules
        try:
            found = merged(library, [*kept, change])
        except PackError:
            continue  # shown to the office as a change that no longer fits
        kept.append(change)
    return found, kept


def _has_target(library: Library, change: Change) -> bool:
    """Return whether the rule or election that a change is about is there; packs and holidays need nothing."""
    if change.kind is ChangeKind.RULE:
        return any(rule.id == change.target for pack in library.packs for rule in pack.content.rules)
    return change.kind is not ChangeKind.STAGE or change.target.split(":", 1)[0] in library.calendars


def lost_codes(before: Library, after: Library) -> tuple[str, ...]:
    """Return the elections, offices and other codes that files may use and that would be gone."""
    tables = ("calendars", "offices", "kinds", "posts", "events")
    return tuple(code for table in tables for code in getattr(before, table) if code not in getattr(after, table))


def _with_packs(shipped: Sequence[LoadedPack], changes: Iterable[Change]) -> tuple[LoadedPack, ...]:
    own = {row.target: parse_pack(f"{row.target}.toml", row.content.encode()) for row in changes}
    kept = [own.pop(pack.id, pack) for pack in shipped]
    return (*kept, *own.values())


def _office_pack(changes: Sequence[Change], own: LoadedPack | None) -> LoadedPack:
    """Return the pack of the office's sources and holidays; `own` is the one there was before these changes."""
    days = [row for row in changes if row.kind is ChangeKind.HOLIDAY]
    head = schema.PackHead(id=OFFICE_PACK, title="Koreksi kantor", version=1)
    before = own.content if own else schema.Pack(pack=head)
    content = schema.Pack(
        pack=head,
        sources={
            **before.sources,
            **{row.source: schema.Source(site=row.document, title=row.story) for row in changes},
        },
        holidays=(*before.holidays, *(_holiday(row) for row in days)),
    )
    kept = own.sha256 if own else ""
    return LoadedPack("koreksi kantor", _digest(kept, *(row.target + row.content for row in days)), content)


def _holiday(change: Change) -> schema.ExtraHoliday:
    data = json.loads(change.content)
    return schema.ExtraHoliday(
        day=date.fromisoformat(change.target),
        title=data["title"],
        works=data["works"],
        confidence=Confidence.ONE_SOURCE,
        sources=(change.source,),
    )


def _changed_pack(pack: LoadedPack, changes: Iterable[Change]) -> LoadedPack:
    content, parts = pack.content, [pack.sha256]
    for change in changes:
        with_it = _with_rule(content, change) if change.kind is ChangeKind.RULE else _with_stage(content, change)
        if with_it is not content:
            content = with_it
            parts.append(change.target + change.content)
    return LoadedPack(pack.file, _digest(*parts), content) if len(parts) > 1 else pack


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _with_rule(content: schema.Pack, change: Change) -> schema.Pack:
    if change.target not in {rule.id for rule in content.rules}:
        return content
    rules = tuple(changed_rule(rule, change) if rule.id == change.target else rule for rule in content.rules)
    return content.model_copy(update={"rules": rules})


def changed_rule(rule: schema.Rule, change: Change) -> schema.Rule:
    """Return the rule with the change; its document joins the sources. Raises DeskError("rule_pack_invalid")."""
    data: Mapping[str, Any] = json.loads(change.content)
    raw = {**rule.model_dump(mode="json"), **data}
    raw["sources"] = [*raw["sources"], change.source]
    try:
        return schema.Rule.model_validate(raw)
    except ValidationError as error:
        raise PackError(places.from_row(f"aturan {rule.id}", error)) from error


def stage_key(election: str, stage: schema.CalendarEvent) -> str:
    """Return the target of a change to a stage: election, code and the offices it is for."""
    return f"{election}:{stage.code}:{','.join(stage.offices)}"


def _with_stage(content: schema.Pack, change: Change) -> schema.Pack:
    election = change.target.split(":", 1)[0]
    if election not in {row.id for row in content.calendars}:
        return content
    calendars = tuple(_with_dates(row, change) if row.id == election else row for row in content.calendars)
    return content.model_copy(update={"calendars": calendars})


def _with_dates(calendar: schema.Calendar, change: Change) -> schema.Calendar:
    changed = changed_stage(change)
    keys = [stage_key(calendar.id, stage) for stage in calendar.events]
    if change.target not in keys:
        return calendar.model_copy(update={"events": (*calendar.events, changed)})
    events = tuple(changed if key == change.target else stage for key, stage in zip(keys, calendar.events, strict=True))
    return calendar.model_copy(update={"events": events})


def changed_stage(change: Change) -> schema.CalendarEvent:
    """Return the stage that a change puts in the calendar; the office's document is its source."""
    raw = json.loads(change.content)
    return schema.CalendarEvent.model_validate(
        {**raw, "confidence": Confidence.ONE_SOURCE, "sources": [change.source], "doubt": ""}
    )


def moved_stage(stage: schema.CalendarEvent, date_from: date, date_to: date, today: date) -> dict[str, Any]:
    """Return the content of a change that moves a stage as of today; the days it had are kept beside the new ones."""
    past = schema.EarlierDates(
        date_from=stage.date_from, date_to=stage.date_to, until=today,
        confidence=stage.confidence, sources=published_sources(stage), doubt=stage.doubt,
    )  # fmt: skip
    moved = stage.model_copy(
        update={"date_from": date_from, "date_to": date_to, "earlier": (*stage.earlier, past), "sources": ()}
    )
    return moved.model_dump(mode="json", exclude={"confidence", "sources", "doubt"})


def published_sources(stage: schema.CalendarEvent) -> tuple[str, ...]:
    """Return the sources of a stage's days, those of a change that is being replaced as its published ones."""
    kept = tuple(key for key in stage.sources if not key.startswith(OFFICE_SOURCE))
    return kept or (stage.earlier[0].sources if stage.earlier else ())


def planned_move(
    library: Library, election: str, code: str, office: str, days: tuple[date, date], today: date
) -> Library:
    """Return the library with a stage moved, for trying out. Raises DeskError("unknown_stage")."""
    stage = stage_of(library, election, code, office)
    content = json.dumps(moved_stage(stage, *days, today))
    planned = f"rencana perubahan menjadi {long_date(days[1])}"
    return merged(
        library, [Change(0, ChangeKind.STAGE, stage_key(election, stage), content, planned, "belum disimpan")]
    )


def planned_holiday(library: Library, day: date, title: str, *, works: bool) -> Library:
    """Return the library with a day off, or one that is worked, for trying out."""
    content = holiday_content(title, works=works)
    change = Change(0, ChangeKind.HOLIDAY, day.isoformat(), content, "rencana koreksi hari libur", "belum disimpan")
    return merged(library, [change])


def holiday_content(title: str, *, works: bool) -> str:
    """Return the content of a change about a day off."""
    return json.dumps({"title": title, "works": works}, ensure_ascii=False)


def stage_of(library: Library, election: str, code: str, office: str) -> schema.CalendarEvent:
    """Return the stage of an election for an office (empty: the first of that code). Raises DeskError("unknown_stage")."""
    book = library.book(election)
    found = (row for row in book.calendar.events if row.code == code)
    stage = book.planned(code, office) if office else next(found, None)
    if stage is None:
        raise DeskError(
            "unknown_stage", f"Tahapan '{code}' tidak ada dalam kalender {book.calendar.title}. Pilih dari daftar."
        )
    return stage

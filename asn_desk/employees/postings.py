"""When a post begins and ends: decided here for imports and for entries by hand. History is added to, never rewritten."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, Protocol

from asn_desk.employees.plans import Person

FROM_POST = "impor"
FROM_SERVICE = "impor: tmt kerja"
FROM_TODAY = "impor: hari impor"
BY_HAND = "isian"
BY_MERGER = "gabungan unit"


class OpenPosting(Protocol):
    """The posting that is still held."""

    id: int
    held_from: date


def first_posting(person: Person, today: date) -> dict[str, Any]:
    """Return the first posting of a person: from the TMT JABATAN, else from the start of service, else from today.

    `source` says which, so that nobody takes a stand-in date for the real one.
    """
    if person.post_from is not None:
        return _posting(person, person.post_from, FROM_POST)
    if person.service_from is not None and person.service_from <= today:
        return _posting(person, person.service_from, FROM_SERVICE)
    return _posting(person, today, FROM_TODAY)


def next_posting(
    old: Person, new: Person, current: OpenPosting | None, today: date
) -> tuple[Literal["keep", "correct", "open"], dict[str, Any]]:
    """Return what a changed person needs: nothing, another class on the same posting, or a new posting and its values.

    A new post, unit or grade opens a posting from its TMT when that lies after the present posting's start, else from today.
    """
    moved = old.unit != new.unit or old.post_name != new.post_name
    if not moved and old.grade == new.grade:
        if current is not None and old.post_class != new.post_class:
            return "correct", {"post_class": new.post_class}
        return ("keep", {}) if current is not None else ("open", first_posting(new, today))
    if current is None:
        return "open", first_posting(new, today)
    stated = new.post_from if moved else new.grade_from
    if stated is not None and stated > current.held_from:
        return "open", _posting(new, stated, FROM_POST)
    return "open", _posting(new, max(today, current.held_from), FROM_TODAY)


def _posting(person: Person, held_from: date, source: str) -> dict[str, Any]:
    return {
        "post_name": person.post_name,
        "post_class": person.post_class,
        "grade": person.grade,
        "held_from": held_from,
        "source": source,
    }

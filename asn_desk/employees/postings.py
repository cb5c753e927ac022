"""When a post begins and ends: decided here for imports and for entries by hand. History is added to, never rewritten."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal, Protocol

from asn_desk.employees.imports.plans import Person
from asn_desk.employees.terms import EmploymentState
from asn_desk.wording import short_date

FROM_POST = "impor"
FROM_SERVICE = "impor: tmt kerja"
FROM_TODAY = "impor: hari impor"
BY_HAND = "isian"
BY_MERGER = "gabungan unit"
_WORDS = {
    FROM_POST: "impor",
    FROM_SERVICE: "impor, sejak TMT CPNS/PPPK karena TMT jabatan tidak ada",
    FROM_TODAY: "impor, sejak hari impor karena TMT tidak ada",
    BY_HAND: "diisi tangan",
    BY_MERGER: "penggabungan unit kerja",
}


class OpenPosting(Protocol):
    """The posting that is still held."""

    id: int
    held_from: date


def source_words(source: str, file: str = "", at: datetime | None = None) -> str:
    """Return where a posting came from as the clerk reads it: `impor (pegawai.xlsx), 3 Mar 2024`; `at` is when it was imported."""
    words = _WORDS.get(source, source)
    named = f"{words} ({file})" if file else words
    return f"{named}, {short_date(at.astimezone().date())}" if at else named


def held_until(person: Person, held_from: date, today: date) -> date | None:
    """Return the day a posting ends for whoever no longer serves, None while it is held; when they left is not in the files."""
    return max(today, held_from) if person.state is EmploymentState.ENDED else None


def first_posting(person: Person, today: date) -> dict[str, Any]:
    """Return the first posting of a person, from `first_held` on."""
    return _posting(person, *first_held(person.post_from, person.service_from, today))


def first_held(post_from: date | None, service_from: date | None, today: date) -> tuple[date, str]:
    """Return since when a first post is held: the TMT JABATAN, else the start of service, else today.

    The source says which, so that nobody takes a stand-in date for the real one.
    """
    if post_from is not None:
        return post_from, FROM_POST
    if service_from is not None and service_from <= today:
        return service_from, FROM_SERVICE
    return today, FROM_TODAY


def next_posting(
    old: Person, new: Person, current: OpenPosting | None, today: date
) -> tuple[Literal["keep", "correct", "open"], dict[str, Any]]:
    """Return what a changed person needs: nothing, another class on the same posting, or a new posting and its values.

    A new post, unit or grade opens a posting from its TMT when that lies after the present posting's start, else from today.
    Who leaves takes up a new post only when its TMT is stated; the caller closes what is held. Who has left and serves again
    holds a post from the newly stated TMT, else from today: in between there was none.
    """
    moved = old.unit != new.unit or old.post_name != new.post_name
    if current is None:
        return _after_none(old, new, today)
    if not moved and old.grade == new.grade:
        return ("correct", {"post_class": new.post_class}) if old.post_class != new.post_class else ("keep", {})
    stated = new.post_from if moved else new.grade_from
    if stated is not None and stated > current.held_from:
        return "open", _posting(new, stated, FROM_POST)
    if new.state is EmploymentState.ENDED:
        return "keep", {}
    return "open", _posting(new, max(today, current.held_from), FROM_TODAY)


def _after_none(old: Person, new: Person, today: date) -> tuple[Literal["keep", "open"], dict[str, Any]]:
    """Return what somebody without a held post needs: who has left stays without, who serves again holds one from today."""
    if new.state is EmploymentState.ENDED:
        return "keep", {}
    if old.state is not EmploymentState.ENDED:
        return "open", first_posting(new, today)
    stated = new.post_from if new.post_from != old.post_from else None
    if stated is not None and stated <= today:
        return "open", _posting(new, stated, FROM_POST)
    return "open", _posting(new, today, FROM_TODAY)


def _posting(person: Person, held_from: date, source: str) -> dict[str, Any]:
    return {
        "post_name": person.post_name,
        "post_class": person.post_class,
        "grade": person.grade,
        "held_from": held_from,
        "source": source,
    }

"""Which automatic backups stay: every one of a day, one a day for two weeks, one a week for a quarter of a year."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import datetime, timedelta

HOURLY = timedelta(hours=1)
KEEP_ALL = timedelta(hours=24)
KEEP_DAILY = timedelta(days=14)
KEEP_WEEKLY = timedelta(weeks=13)


def due(last: datetime | None, now: datetime) -> bool:
    """Return whether an hour has passed since the last backup, or the clock stands before it."""
    return last is None or now - last >= HOURLY or now < last


def kept(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """Return the moments whose backups stay.

    The newest of each day and of each week stands for it. The newest of all stays however old it is, and so does one from
    the future: after the clock was set back nothing may be lost by a wrong date.
    """
    ordered = sorted(moments, reverse=True)
    stay = set(ordered[:1])
    taken: set[Hashable] = set()
    for moment in ordered:
        age = now - moment
        if age <= KEEP_ALL:
            stay.add(moment)
            continue
        slots: list[Hashable] = [moment.date()] if age <= KEEP_DAILY else []
        slots += [tuple(moment.isocalendar()[:2])] if age <= KEEP_WEEKLY else []
        if any(slot not in taken for slot in slots):
            stay.add(moment)
        taken.update(slots)
    return stay

"""What the window itself shows of the office: its name in the corner, the operators, the last backup."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asn_desk.wording import clock_time, long_date

if TYPE_CHECKING:
    from asn_desk.accounts.queries import AccountsView


@dataclass(frozen=True)
class OfficeState:
    """Read on a worker thread; `agency` is empty before the first-start form was filled, and while the data are `locked`."""

    agency: str
    initials: str
    operators: list[str]
    backup: str
    accounts: AccountsView
    locked: bool = False


def read_state(session: Any, backups: Path, today: date) -> OfficeState:
    """Return what the window shows of the office."""
    from asn_desk.accounts import queries as accounts
    from asn_desk.office import queries as offices

    office = offices.office(session)
    operators, view = accounts.active_names(session), accounts.accounts_view(session)
    note = backup_note(backups, today)
    if office is None:
        return OfficeState("", "AD", operators, note, view)
    return OfficeState(f"{office.agency_short} {office.region}", initials(office.region), operators, note, view)


def locked_state() -> OfficeState:
    """Return what the window shows before encrypted data are unlocked: nothing but that somebody must sign in."""
    from asn_desk.accounts.queries import AccountsView

    return OfficeState("", "AD", [], "Data terkunci", AccountsView(on=True, names=(), lock_minutes=10), locked=True)


def initials(region: str) -> str:
    """Return two letters for the corner: `KC` for Kota Contoh."""
    letters = [word[0].upper() for word in region.split() if word[0].isalpha()]
    return "".join(letters[:2]) or "AD"


def backup_note(folder: Path, today: date) -> str:
    """Return when the newest backup was made, in the status line's words."""
    times = [file.stat().st_mtime for file in folder.glob("*.zip")] if folder.is_dir() else []
    if not times:
        return "Belum ada cadangan"
    made = datetime.fromtimestamp(max(times)).astimezone()
    when = clock_time(made) if made.date() == today else long_date(made.date())
    return f"Cadangan terakhir {when}"

"""The week's duties on paper: late, today, this week, each with who owes it to whom and what helps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import and_
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.candidacy import secrecy
from asn_desk.candidacy.duties import SOON
from asn_desk.candidacy.home import OPEN_DUTY, due_rows
from asn_desk.candidacy.model import Declaration, DeclarationDuty
from asn_desk.candidacy.rows import DueRow
from asn_desk.database.trail.head import printed_mark
from asn_desk.database.work import today
from asn_desk.wording import Secrecy, long_date, short_date

HEADERS, _SHARES = ("No.", "Tenggat", "Pegawai", "Kewajiban", "Dari dan kepada", "Tindakan"), (4, 10, 24, 32, 20, 16)
TITLE = "Daftar kewajiban pencalonan minggu ini"
CHECK_MARK = "[perlu diperiksa]"


def weekly_name(day: date) -> str:
    """Return the list's file name; it names nobody."""
    return f"kewajiban-pencalonan-{day.isoformat()}.pdf"


def weekly_list(session: Session, *, anonymous: bool = False) -> bytes:
    """Return the list as a PDF. `anonymous` gives the files' numbers instead of names; what the user may not see is counted.

    Raises DeskError("not_allowed").
    """
    from asn_desk.letters.numbers.table_pdf import Part, table_pdf

    require(session, Action.EXPORT)
    day = today(session)
    condition = and_(OPEN_DUTY, DeclarationDuty.due <= day + SOON, Declaration.closed_on.is_(None))
    rows = due_rows(session, day, condition)
    groups = {
        "Lewat tenggat": [row for row in rows if row.due < day],
        "Hari ini": [row for row in rows if row.due == day],
        "Dalam tujuh hari": [row for row in rows if row.due > day],
    }
    subtitle = f"Keadaan pada {long_date(day)}{printed_mark(session)}.{_hidden_words(secrecy.hidden_count(session))}"
    parts = [
        Part(f"{TITLE}: {name}", subtitle, _cells(found, anonymous=anonymous), f"{len(found)} kewajiban.")
        for name, found in groups.items()
        if found
    ]
    named = not anonymous and any(row.confidential for row in rows)
    return table_pdf(
        TITLE,
        HEADERS,
        _SHARES,
        parts or [Part(TITLE, subtitle, [], "Tidak ada kewajiban.")],
        Secrecy.CONFIDENTIAL if named else Secrecy.LIMITED,
    )


def _hidden_words(hidden: int) -> str:
    return f" {hidden} berkas rahasia tidak ditampilkan." if hidden else ""


def _cells(rows: Iterable[DueRow], *, anonymous: bool) -> list[tuple[str, ...]]:
    return [
        (
            str(place),
            short_date(row.due),
            f"Berkas nomor {row.declaration_id}" if anonymous else f"{row.name} NIP {row.nip}",
            f"{row.text} {CHECK_MARK}" if row.doubtful else row.text,
            f"{row.owed_by} kepada {row.owed_to}",
            row.action,
        )
        for place, row in enumerate(rows, 1)
    ]

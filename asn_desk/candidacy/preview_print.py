"""The preview of a changed calendar on paper: every affected person, each date before and after, with its mark of doubt."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require
from asn_desk.accounts.terms import Action
from asn_desk.candidacy.previews import AffectedRow, CalendarPreview
from asn_desk.candidacy.weekly import CHECK_MARK
from asn_desk.database.trail.head import printed_mark
from asn_desk.wording import Secrecy, number

HEADERS = ("No.", "Pegawai", "Jabatan yang dituju", "Kewajiban atau tanggal", "Semula", "Menjadi")
_SHARES = (4, 22, 18, 30, 13, 13)
TITLE = "Akibat perubahan kalender"


def preview_list(session: Session, preview: CalendarPreview) -> bytes:
    """Return the preview as a PDF. Raises DeskError("not_allowed")."""
    from asn_desk.letters.numbers.table_pdf import Part, table_pdf

    require(session, Action.EXPORT)
    closing = (
        f"{number(len(preview.rows))} tanggal milik {number(preview.people)} orang berubah; "
        f"{number(preview.met)} kewajiban yang sudah terpenuhi tidak berubah{printed_mark(session)}."
    )
    part = Part(TITLE, preview.what, _cells(preview.rows), closing)
    return table_pdf(TITLE, HEADERS, _SHARES, [part], Secrecy.CONFIDENTIAL)  # open files, most of them not public yet


def _cells(rows: Iterable[AffectedRow]) -> list[tuple[str, ...]]:
    return [
        (
            str(place),
            f"{row.name} NIP {row.nip}",
            row.office_name,
            f"{row.moved.rule_id}: {row.moved.text}" + (f" {CHECK_MARK}" if row.moved.doubtful else ""),
            row.before_words,
            row.after_words,
        )
        for place, row in enumerate(rows, 1)
    ]

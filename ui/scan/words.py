"""How the running list reads, and what a text in the field is taken for."""

from __future__ import annotations

from asn_desk.circulars.queries import RecipientRow
from asn_desk.circulars.service import Mark, MarkResult
from ui.scan.sitting import Scan
from ui.shared.marking import standing_words
from ui.shared.tables.columns import Column


def _place(scan: Scan) -> str:
    return scan.mark.unit if scan.mark.person else scan.mark.sentence


COLUMNS = [
    Column("at", "Waktu", text=lambda scan: f"{scan.at:%H.%M.%S}", width=86, least=82),
    Column("who", "Pegawai", text=lambda scan: scan.title, secondary=_place, width=370),
    Column("result", "Hasil", chip=lambda scan: scan.chip, width=176, align="right"),
]


def is_name(text: str) -> bool:
    """Return whether a text that is no code of ours looks typed by a person: a NIP, or letters only."""
    plain = "".join(text.split())
    return plain.isdigit() or plain.replace(".", "").replace("'", "").isalpha()


def standing(person: RecipientRow) -> Mark:
    """Return the neutral answer for a person who needs no mark any more."""
    sentence = f"{standing_words(person.status, person.acknowledged_on)}, tidak perlu dicatat lagi."
    return Mark(
        MarkResult.ALREADY, sentence, person.name, person.number, person.unit, person.circular,
        since=person.acknowledged_on, version_id=person.version_id, recipient_id=person.id,
    )  # fmt: skip

"""What one letter is made from, and how an Indonesian list ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from asn_desk.letters.contents.fields import LetterKind
from asn_desk.letters.contents.signing import SignatureBlock
from asn_desk.office.queries import OfficeIdentity, OfficialRow
from asn_desk.office.terms import Letterhead

if TYPE_CHECKING:
    from asn_desk.employees.queries import PersonOnDay


@dataclass(frozen=True)
class Facts:
    """What the database knows for one letter. `fields` are the entered ones, checked and by dotted key.

    `electronic` is the mark where the electronic signature goes, empty for a signature by hand.
    """

    kind: LetterKind
    dated: date
    office: OfficeIdentity
    fields: Mapping[str, Any]
    moment: datetime
    practice: bool
    signer: OfficialRow | None = None
    signature: SignatureBlock | None = None
    letterhead: Letterhead | None = None
    person: PersonOnDay | None = None
    electronic: str = ""


def listed(items: Sequence[str], last_word: str = "dan") -> list[str]:
    """Return list items with the marks an Indonesian list ends them with: `;`, `; dan` before the last, `.` at the last."""
    bare = [item.rstrip(" ;.,") for item in items]
    ends = [";"] * (len(bare) - 2) + [f"; {last_word}".rstrip()] * (len(bare) > 1) + ["."]
    return [text + end for text, end in zip(bare, ends, strict=False)]

"""What the detail of a file shows, read in one go on a reading thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from asn_desk.accounts.rights import allowed
from asn_desk.accounts.terms import Action
from asn_desk.candidacy import checklist, papers, queries, suspicion
from asn_desk.candidacy.checklist import Checklist
from asn_desk.candidacy.papers import LetterOffer
from asn_desk.candidacy.rows import DeclarationDetail
from asn_desk.candidacy.suspicion import SuspicionRow
from asn_desk.regulations.queries import packs_of


@dataclass(frozen=True)
class FileView:
    """A file as it stands on a day, with its papers, the letters that can be made, and the word for the person's kind.

    `suspicions`: reports that somebody linked to the file; empty for users without the right.
    """

    file: DeclarationDetail
    offers: tuple[LetterOffer, ...]
    kind_words: str
    day: date
    papers: Checklist
    suspicions: tuple[SuspicionRow, ...] = ()

    @property
    def is_open(self) -> bool:
        """Return whether the file was not put away."""
        return self.file.closed_on is None


def read_file(session: Any, declaration_id: int, day: date) -> FileView:
    """Return what the detail shows. Raises DeskError("not_allowed" | "unknown_declaration")."""
    file = queries.declaration_detail(session, declaration_id)
    kind = packs_of(session).kinds.get(file.kind)
    seen = allowed(session, Action.SEE_SUSPICION)
    return FileView(
        file,
        papers.offered_letters(session, declaration_id),
        kind.title if kind else file.kind,
        day,
        checklist.checklist(session, declaration_id),
        suspicion.linked_suspicions(session, declaration_id) if seen else (),
    )

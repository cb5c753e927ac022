"""Letters follow their file: secret while the candidacy is, open once it is determined."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.candidacy.model import DeclarationLetter
from asn_desk.candidacy.secrecy import confidential
from asn_desk.letters.model import Letter


def publish_letters(session: Session, declaration_id: int) -> None:
    """Set the mark of every letter of a file as the file now stands; each change goes on the trail."""
    session.flush()
    secret = confidential(session, declaration_id)
    query = (
        select(Letter)
        .join(DeclarationLetter, DeclarationLetter.letter_id == Letter.id)
        .where(DeclarationLetter.declaration_id == declaration_id, Letter.confidential.is_not(secret))
    )
    for letter in session.scalars(query):
        letter.confidential = secret
    session.flush()

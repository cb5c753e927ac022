"""The office's seal: a keyed hash that only this office can make and check, for files that leave the house and come back."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from asn_desk.accounts.rights import require_any
from asn_desk.accounts.terms import Action
from asn_desk.circulars.return_files.returns_model import OfficeKey
from asn_desk.database.work import work_of

_SECRET_BYTES, _NAME_BYTES = 32, 8


@dataclass(frozen=True)
class Seal:
    """A key of this office with its public name."""

    name: str
    secret: str = field(repr=False)

    def over(self, parts: Sequence[object]) -> str:
        """Return the HMAC-SHA-256 (hex) over values that JSON can write."""
        text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return hmac.new(bytes.fromhex(self.secret), text.encode(), hashlib.sha256).hexdigest()

    def fits(self, parts: Sequence[object], given: str) -> bool:
        """Return whether this office made `given` over these parts."""
        return hmac.compare_digest(self.over(parts).encode(), given.encode())


def known_seal(session: Session, name: str | None = None) -> Seal | None:
    """Return the office's newest seal, or the one of that name; None when there is none."""
    query = select(OfficeKey).order_by(OfficeKey.id.desc()).limit(1)
    row = session.scalar(query if name is None else query.where(OfficeKey.name == name))
    return None if row is None else Seal(row.name, row.secret)


def office_seal(session: Session) -> Seal:
    """Return the office's seal; the first time it is made, so this belongs into a writing unit of work."""
    require_any(session, Action.EXPORT, Action.ACKNOWLEDGE)
    known = known_seal(session)
    if known is not None:
        return known
    made = Seal(secrets.token_hex(_NAME_BYTES), secrets.token_hex(_SECRET_BYTES))
    session.add(OfficeKey(name=made.name, secret=made.secret, made_at=work_of(session).now))
    session.flush()
    return made

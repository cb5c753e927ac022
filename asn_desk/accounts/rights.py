"""The one question everybody asks: may the user of this unit of work do that?

An office that has not switched its accounts on has one open desk: everything is allowed, and each change still carries
the name of who made it. The rights of a signed-in user travel with the unit of work (`Work.rights`).
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from asn_desk.accounts.terms import Action
from asn_desk.database.work import work_of
from asn_desk.errors import DeskError


def allowed(session: Session, action: Action) -> bool:
    """Return whether the user of this unit of work has the right."""
    rights = work_of(session).rights
    return rights is None or action in rights


def require(session: Session, action: Action) -> None:
    """Raise DeskError("not_allowed") when the user of this unit of work lacks the right."""
    require_any(session, action)


def require_any(session: Session, *actions: Action) -> None:
    """Raise DeskError("not_allowed") when the user of this unit of work has none of the rights."""
    if any(allowed(session, action) for action in actions):
        return
    named = " atau ".join(action.replace("_", " ") for action in actions)
    raise DeskError("not_allowed", f"Anda tidak berhak melakukan ini (hak: {named}). Minta administrator kantor Anda.")


def require_user(session: Session) -> None:
    """Raise DeskError("not_allowed") where the office uses accounts and nobody with a right is signed in."""
    rights = work_of(session).rights
    if rights is not None and not rights:
        raise DeskError("not_allowed", "Masuk dahulu dengan nama dan kata sandi Anda, lalu ulangi.")

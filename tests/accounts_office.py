"""An office with accounts: one user of each role, and two administrators, who all know the same password."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from asn_desk.accounts import passwords
from asn_desk.accounts.access import changed
from asn_desk.accounts.model import User, UserSecret
from asn_desk.accounts.terms import Role

PASSWORD = "gunung tujuh berkabut"
NAMES = {
    Role.ADMINISTRATOR: "Ratna Wulandari",
    Role.OPERATOR: "Agus Salim",
    Role.VERIFIKATOR: "Dewi Lestari",
    Role.PIMPINAN: "Purwanto Raharjo",
    Role.AUDITOR: "Maya Sari",
}
SECOND_ADMINISTRATOR = "Bambang Setiawan"


def open_accounts(session: Any) -> None:
    """Enter the users with their passwords; the accounts are on afterwards."""
    kept = passwords.hashed(PASSWORD)
    people = [*((name, role) for role, name in NAMES.items()), (SECOND_ADMINISTRATOR, Role.ADMINISTRATOR)]
    for name, role in people:
        user = User(name=name, role=role)
        session.add(user)
        session.flush()
        session.add(UserSecret(user_id=user.id, password_hash=kept, changed_at=datetime.now(UTC)))
    changed(session)

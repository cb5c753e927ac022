"""Who acts: the office's users, what is kept secret of them, and what a second person agreed to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from asn_desk.accounts.terms import Act, ApprovalState, Role
from asn_desk.database.base import Base, StoredEnum, Versioned
from asn_desk.topics import Topic


class User(Versioned, Base):
    """A person who works with the program; their name stands in the trail beside each change.

    `grants`: rights beyond those of the role, as `Action` values joined by commas.
    """

    __tablename__ = "users"
    __topic__ = Topic.USERS

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    active: Mapped[bool] = mapped_column(default=True)
    role: Mapped[Role] = mapped_column(StoredEnum(Role), default=Role.OPERATOR, server_default=Role.OPERATOR.value)
    grants: Mapped[str] = mapped_column(Text, default="", server_default="")


class UserSecret(Base):
    """A user's password hash (argon2id) and the tries against it; the trail holds a digest of the hash, never the hash."""

    __tablename__ = "user_secrets"
    __audit_sealed__ = frozenset({"password_hash"})
    __audit_hidden__ = frozenset({"failed_tries", "locked_until"})

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, autoincrement=False)
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change: Mapped[bool] = mapped_column(default=False)
    failed_tries: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    changed_at: Mapped[datetime]


class AccountsState(Base):
    """One row. `epoch` goes up with every change of users, roles or passwords: open programs then look again."""

    __tablename__ = "accounts_state"
    __audited__ = False
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    epoch: Mapped[int] = mapped_column(default=0)
    lock_minutes: Mapped[int] = mapped_column(default=10)


class Approval(Versioned, Base):
    """A request for a two-person act. Names are kept as written, so that they outlast the users."""

    __tablename__ = "approvals"
    __topic__ = Topic.USERS
    __table_args__ = (Index("ix_approvals_act_subject", "act", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    act: Mapped[Act] = mapped_column(StoredEnum(Act))
    subject: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(String(500))
    state: Mapped[ApprovalState] = mapped_column(StoredEnum(ApprovalState), default=ApprovalState.OPEN)
    requested_by: Mapped[int | None]
    requested_name: Mapped[str] = mapped_column(String(200))
    requested_at: Mapped[datetime]
    decided_by: Mapped[int | None]
    decided_name: Mapped[str | None] = mapped_column(String(200))
    decided_at: Mapped[datetime | None]

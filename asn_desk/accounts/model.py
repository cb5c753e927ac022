"""Who acts: the office's operators."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from asn_desk.database.base import Base, Versioned
from asn_desk.topics import Topic


class User(Versioned, Base):
    """A person who works with the program; their name stands in the trail beside each change."""

    __tablename__ = "users"
    __topic__ = Topic.USERS

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    active: Mapped[bool] = mapped_column(default=True)

"""What every table shares: naming of constraints, column types, and the version column that stops lost updates."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

from sqlalchemy import DateTime, Dialect, MetaData, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from asn_desk.topics import Topic

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in time, stored in UTC without a zone and always handed out with one."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone: nobody could say later when it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Hand the moment out as UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


E = TypeVar("E", bound=StrEnum)


class StoredEnum(TypeDecorator[E]):
    """A StrEnum stored by its value as text, so that the column reads plainly in any database tool."""

    impl = String
    cache_ok = True

    def __init__(self, enum: type[E], length: int = 40) -> None:
        super().__init__(length)
        self.enum = enum

    def process_bind_param(self, value: E | None, dialect: Dialect) -> str | None:
        """Store the value; a word the enum does not know is refused."""
        return None if value is None else self.enum(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:
        """Hand the enum member out."""
        return None if value is None else self.enum(value)


class Base(DeclarativeBase):
    """The root of all tables.

    `__topic__`: what pages are told when a row changes. `__audited__`: whether row changes go to the trail by themselves.
    `__audit_hidden__`: columns that are kept out of the trail (derived values). `__audit_sealed__`: columns of which the trail
    holds a digest only (long secrets that nobody could guess).
    """

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime()}

    __topic__: ClassVar[Topic | None] = None
    __audited__: ClassVar[bool] = True
    __audit_hidden__: ClassVar[frozenset[str]] = frozenset()
    __audit_sealed__: ClassVar[frozenset[str]] = frozenset()


class Versioned:
    """A record that a clerk edits: the version goes up with each change, and a stale edit is refused."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        """Let SQLAlchemy compare and raise the version column at each UPDATE."""
        return {"version_id_col": cls.version}

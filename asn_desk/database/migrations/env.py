"""Alembic's entry: runs the revisions on the connection that the program (or packaging/make_migration.py) hands in."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import types

from asn_desk.database.base import StoredEnum, UtcDateTime


def render_item(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """Write our own column types as the plain types they are stored in, so that a revision never imports a model."""
    if kind == "type" and isinstance(item, StoredEnum):
        stored = item.impl_instance
        assert isinstance(stored, types.String)
        return f"sa.String(length={stored.length})"
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime()"
    return False


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """Leave the full-text index's own tables alone."""
    return not (kind == "table" and name is not None and "_fts" in name)


connection = context.config.attributes["connection"]
metadata = context.config.attributes.get("metadata")  # only needed to find out what changed
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    render_item=render_item,
    include_name=include_name,
)
with context.begin_transaction():
    context.run_migrations()

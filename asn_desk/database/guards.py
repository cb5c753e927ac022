"""The trail's guards and the search index of schema 0001, for each database. Frozen: later revisions bring their own."""

from __future__ import annotations

from sqlalchemy import Connection


def guards_and_indexes(dialect: str) -> tuple[str, ...]:
    """Return the statements to run after the tables exist, for `sqlite` or `postgresql`."""
    return _SQLITE if dialect == "sqlite" else _POSTGRESQL


def apply(connection: Connection) -> None:
    """Create guards and search indexes on a fresh schema."""
    for statement in (_TRAIL_HEAD, *guards_and_indexes(connection.dialect.name)):
        connection.exec_driver_sql(statement)


_TRAIL_HEAD = f"INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '{'0' * 64}')"  # noqa: S608 - the row writers queue on

_SQLITE = (
    """CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries
       BEGIN SELECT RAISE(ABORT, 'jejak perubahan tidak boleh diubah'); END""",
    """CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries
       BEGIN SELECT RAISE(ABORT, 'jejak perubahan tidak boleh dihapus'); END""",
    """CREATE VIRTUAL TABLE employee_search_fts USING fts5(
       content, content='employee_search', content_rowid='employee_id', tokenize='trigram')""",
    """CREATE TRIGGER employee_search_added AFTER INSERT ON employee_search
       BEGIN INSERT INTO employee_search_fts(rowid, content) VALUES (new.employee_id, new.content); END""",
    """CREATE TRIGGER employee_search_removed AFTER DELETE ON employee_search
       BEGIN INSERT INTO employee_search_fts(employee_search_fts, rowid, content)
       VALUES ('delete', old.employee_id, old.content); END""",
    """CREATE TRIGGER employee_search_changed AFTER UPDATE ON employee_search
       BEGIN INSERT INTO employee_search_fts(employee_search_fts, rowid, content)
       VALUES ('delete', old.employee_id, old.content);
       INSERT INTO employee_search_fts(rowid, content) VALUES (new.employee_id, new.content); END""",
)

_POSTGRESQL = (
    """CREATE FUNCTION audit_entries_refuse() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'jejak perubahan tidak boleh diubah atau dihapus'; END $$""",
    """CREATE TRIGGER audit_entries_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
       FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_refuse()""",
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX ix_employee_search_content_trgm ON employee_search USING gin (content gin_trgm_ops)",
)

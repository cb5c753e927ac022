"""Names and types in the schema, and no SQL of one database outside the database package."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from sqlalchemy import CheckConstraint, Enum, ForeignKeyConstraint, UniqueConstraint, inspect, text
from sqlalchemy.orm import Session

from asn_desk.database.base import Base, StoredEnum
from asn_desk.desk import Desk
from asn_desk.metadata import ALL_TABLES, METADATA
from tests.factories import add_employee

ROOT = Path(__file__).resolve().parents[2]
PREFIXES = {CheckConstraint: "ck", ForeignKeyConstraint: "fk", UniqueConstraint: "uq"}
COMPOSITION = ROOT / "asn_desk" / "desk.py"  # joins engine and folder together, hence names them
OUTSIDE = sorted(
    file for file in (ROOT / "asn_desk").rglob("*.py") if not file.is_relative_to(ROOT / "asn_desk" / "database")
)
ENGINE_WORDS = re.compile(
    r"\bsqlite|\bpragma\b|\browid\b|\bfts5\b|_fts\b|json_extract|group_concat|\bpsycopg", re.IGNORECASE
)
ENGINE_CALLS = {"exec_driver_sql", "prefix_with", "on_conflict_do_nothing", "on_conflict_do_update", "ilike", "op"}


def code_texts(tree: ast.Module) -> list[str]:
    """Return the string constants and imported names of a module, without its docstrings."""
    bodies = (node.body[0] for node in ast.walk(tree) if getattr(node, "body", None) and isinstance(node.body, list))  # type: ignore[attr-defined]
    docs = {id(first.value) for first in bodies if isinstance(first, ast.Expr)}
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in docs]
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    return [*(str(node.value) for node in constants), *(ast.unparse(node) for node in imports)]


def test_every_constraint_in_the_models_is_named_by_the_convention() -> None:
    for table in METADATA.tables.values():
        assert table.primary_key.name == f"pk_{table.name}"
        for constraint in table.constraints:
            prefix = PREFIXES.get(type(constraint))
            if prefix is not None:
                assert str(constraint.name).startswith(f"{prefix}_{table.name}_"), constraint
        for index in table.indexes:
            assert str(index.name).startswith(f"ix_{table.name}_"), index


def test_every_constraint_in_the_database_carries_its_name(desk: Desk) -> None:
    look = inspect(desk.engine)
    for table in ALL_TABLES:
        assert look.get_pk_constraint(table)["name"] == f"pk_{table}"
        named = [
            *look.get_foreign_keys(table),
            *look.get_unique_constraints(table),
            *look.get_check_constraints(table),
        ]
        assert all(constraint["name"] for constraint in named), table


def test_references_are_enforced(desk: Desk) -> None:
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        desk.write(lambda session: session.execute(text("INSERT INTO units VALUES (1, NULL, 'x', 99, NULL, 1, 1)")))


def test_statuses_are_stored_by_value_and_never_as_a_database_enum(desk: Desk) -> None:
    columns = [column for table in METADATA.tables.values() for column in table.columns]
    assert [str(column) for column in columns if isinstance(column.type, Enum)] == []
    assert sum(isinstance(column.type, StoredEnum) for column in columns) > 10

    def work(session: Session) -> tuple[object, ...]:
        add_employee(session)
        query = "SELECT kind, state, post_class FROM employees"
        return tuple(session.connection().execute(text(query)).one())

    assert desk.write(work).value == ("PNS", "aktif", "jf_ahli_muda")


def test_a_word_that_an_enum_does_not_know_is_refused(desk: Desk) -> None:
    from sqlalchemy.exc import StatementError

    with pytest.raises(StatementError, match="pensiunan"):
        desk.write(lambda session: add_employee(session, state="pensiunan").id)


def test_every_record_that_a_clerk_edits_has_a_version() -> None:
    append_only = {
        "acknowledgements",
        "circular_evidence",
        "circular_letters",
        "collective_rows",
        "collective_sheets",
        "declaration_events",
        "declaration_letters",
        "declaration_revisions",
        "import_runs",
        "letter_versions",
        "non_asn_policies",
        "office_keys",
        "postings",
        "recipient_moves",
        "return_files",
        "rule_changes",
        "scan_files",
        "stored_files",
        "template_versions",
        "unit_changes",
    }
    decided_once = {
        "scan_boxes",  # a second decision on a box is refused, so that nobody overwrites another's
        "user_secrets",  # a password is set with the user's own record in hand, or by who knows the old one
    }
    edited = (mapper for mapper in Base.registry.mappers if mapper.class_.__audited__)
    assert {
        mapper.class_.__tablename__ for mapper in edited if mapper.version_id_col is None
    } == append_only | decided_once


def test_the_safe_settings_hold_on_every_connection(desk: Desk) -> None:
    def look(session: Session) -> dict[str, object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        return {name: session.connection().execute(text(f"PRAGMA {name}")).scalar_one() for name in names}

    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}
    assert desk.read(look) == wanted
    assert desk.write(look).value == wanted


@pytest.mark.parametrize("file", OUTSIDE, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_feature_speaks_to_one_kind_of_database_only(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "sqlalchemy"]
    calls = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not any(name.name in {"text", "literal_column"} for node in imports for name in node.names)
    assert not calls & ENGINE_CALLS
    assert file == COMPOSITION or [found for found in code_texts(tree) if ENGINE_WORDS.search(found)] == []

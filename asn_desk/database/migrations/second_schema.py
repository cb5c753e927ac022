"""What schema 0002 needs besides tables and columns: data carried over, triggers and indexes of each database."""

from __future__ import annotations

from sqlalchemy import Connection

from asn_desk.database.migrations.second_candidacy import carry_revisions, close_letters
from asn_desk.database.migrations.second_search import fill_search
from asn_desk.database.migrations.second_trail import keep_on_record

_NAME_OF_DAY = "UPDATE recipients SET {0} = (SELECT {1} FROM employees e WHERE e.id = recipients.employee_id)"
_FROZEN = (
    ("person_name", "e.name"), ("title_front", "e.title_front"), ("title_back", "e.title_back"),
    ("person_number", "COALESCE(e.nip, e.local_number, '')"), ("kind", "e.kind"),
)  # fmt: skip
"""Names of earlier audiences were not frozen: the name the registry has now is the nearest that is known."""
_STATEMENTS = (
    "UPDATE recipients SET at_unit_id = unit_id, at_opd_id = opd_id",
    *(_NAME_OF_DAY.format(column, value) for column, value in _FROZEN),
    "UPDATE circular_versions SET text_sha256 = (SELECT l.pdf_sha256 FROM letters l WHERE l.id = circular_versions.letter_id)",
)


def apply(connection: Connection) -> None:
    """Run the statements after the tables of 0002 exist."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
    carry_revisions(connection)
    close_letters(connection)
    fill_search(connection)
    keep_on_record(connection)

"""What schema 0002 carries over for candidacy files of the first schema: the revision each file stood at, and their secrecy."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, text

_OLD = text(
    "SELECT d.id, d.touched_at, d.office_code, d.election_id, d.office_name, d.region, d.constituency, d.path, d.party, "
    "d.running_mate, d.is_acting_head, d.flags, d.employer, d.non_asn_policy, d.declared_on, d.post_class, "
    "e.kind, e.birth_date, e.service_from "
    "FROM declarations d JOIN employees e ON e.id = d.employee_id"
)
_FIRST_ENTRY = text("SELECT at, actor FROM audit_entries WHERE subject = :subject ORDER BY seq LIMIT 1")
_NEW = text(
    "INSERT INTO declaration_revisions (declaration_id, recorded_at, recorded_by, office_code, election_id, office_name, "
    "region, constituency, path, party, running_mate, is_acting_head, flags, employer, non_asn_policy, declared_on, "
    "post_class, kind, birth_date, service_from) VALUES (:id, :recorded_at, :recorded_by, :office_code, :election_id, "
    ":office_name, :region, :constituency, :path, :party, :running_mate, :is_acting_head, :flags, :employer, "
    ":non_asn_policy, :declared_on, :post_class, :kind, :birth_date, :service_from)"
)


_SECRET = text(
    "UPDATE letters SET confidential = true WHERE id IN (SELECT l.letter_id FROM declaration_letters l WHERE NOT EXISTS "
    "(SELECT 1 FROM declaration_events e WHERE e.declaration_id = l.declaration_id AND e.code = 'PENETAPAN' "
    "AND e.voided_at IS NULL))"
)


def close_letters(connection: Connection) -> None:
    """Make the letters of candidacies that are not determined yet confidential, as new ones are."""
    connection.execute(_SECRET)


def carry_revisions(connection: Connection) -> None:
    """Give every file its first revision, recorded when the trail says that the file was opened.

    The first schema kept corrections on the trail only; what a file said before one is not made up here.
    """
    for row in connection.execute(_OLD).mappings().all():
        opened = connection.execute(_FIRST_ENTRY, {"subject": f"declarations:{row['id']}"}).one_or_none()
        at, actor = (_stored(opened.at), opened.actor) if opened else (row["touched_at"], "sistem")
        connection.execute(_NEW, {**row, "recorded_at": at, "recorded_by": actor})


def _stored(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")

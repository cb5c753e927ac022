"""second schema."""

import sqlalchemy as sa
from alembic import op

from asn_desk.database.migrations import second_schema


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    second_schema.apply(op.get_bind())


def downgrade() -> None:
    raise RuntimeError("a database is never taken back; restore a backup")

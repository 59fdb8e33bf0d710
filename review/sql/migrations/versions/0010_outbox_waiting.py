"""Notices that are put off, and found by their kind."""

import sqlalchemy as sa
from alembic import op


revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

WAITING = sa.text("delivered_at IS NULL")


def upgrade() -> None:
    time = sa.DateTime(timezone=True)
    op.add_column("outbox", sa.Column("starts", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("outbox", sa.Column("next_try_at", time, nullable=True))
    op.create_index(
        "ix_outbox_waiting",
        "outbox",
        ["kind", "message_id"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_waiting", "outbox")
    op.drop_column("outbox", "next_try_at")
    op.drop_column("outbox", "starts")

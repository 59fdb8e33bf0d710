"""Whose house style a task is measured by."""

import sqlalchemy as sa
from alembic import op


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Tasks parked before had no client's style.
    op.add_column(
        "tasks", sa.Column("client", sa.Text(), nullable=False, server_default=sa.text("''"))
    )


def downgrade() -> None:
    op.drop_column("tasks", "client")

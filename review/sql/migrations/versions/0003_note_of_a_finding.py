"""What a finding says beyond its numbers."""

import sqlalchemy as sa
from alembic import op


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Findings stored before had nothing more to say.
    op.add_column(
        "findings", sa.Column("note", sa.Text(), nullable=False, server_default=sa.text("''"))
    )


def downgrade() -> None:
    op.drop_column("findings", "note")

"""What a stale cue rendered when a person last looked at it."""

import sqlalchemy as sa
from alembic import op


revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Of cues that are stale already it is not known.
    op.add_column(
        "cues", sa.Column("earlier_source", sa.Text(), nullable=False, server_default=sa.text("''"))
    )


def downgrade() -> None:
    op.drop_column("cues", "earlier_source")

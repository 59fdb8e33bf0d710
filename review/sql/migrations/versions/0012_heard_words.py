"""How sure the recogniser was of each word of a film."""

import sqlalchemy as sa
from alembic import op


revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "heard_words",
        sa.Column("media_id", sa.Text(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("media_id", name="pk_heard_words"),
    )


def downgrade() -> None:
    op.drop_table("heard_words")

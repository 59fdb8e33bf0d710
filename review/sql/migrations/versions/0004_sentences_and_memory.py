"""What the machine knew of each sentence, and what was approved before."""

import sqlalchemy as sa
from alembic import op


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Of cues parked before nobody estimated how good they are.
    op.add_column("cues", sa.Column("quality", sa.Double(), nullable=True))
    op.create_table(
        "sentences",
        sa.Column("task_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("first_cue", sa.Integer(), nullable=False),
        sa.Column("last_cue", sa.Integer(), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.task_id"], name="fk_sentences_task_id_tasks"),
        sa.PrimaryKeyConstraint("task_id", "ordinal", name="pk_sentences"),
    )
    op.create_table(
        "memory_units",
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("task_id", sa.Text(), nullable=True),
        sa.Column("source_language", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("source_text", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_before", sa.Text(), nullable=False),
        sa.Column("said_after", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["task_id"], ["tasks.task_id"], name="fk_memory_units_task_id_tasks"
        ),
        sa.PrimaryKeyConstraint("unit_id", name="pk_memory_units"),
    )
    op.create_index("ix_memory_units_task_id", "memory_units", ["task_id"])
    op.create_index(
        "ix_memory_units_language_source_language", "memory_units", ["language", "source_language"]
    )


def downgrade() -> None:
    op.drop_table("memory_units")
    op.drop_table("sentences")
    op.drop_column("cues", "quality")

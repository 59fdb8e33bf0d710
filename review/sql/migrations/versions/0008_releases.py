"""Drafts that wait to be merged, what drafted each cue, files of releases, effort."""

import sqlalchemy as sa
from alembic import op


revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
BIG = sa.BigInteger()
COUNTS = (
    "cue_count",
    "measured_count",
    "untouched_count",
    "retimed_count",
    "moved_ms",
    "split_count",
    "join_count",
    "word_edits",
    "word_count",
    "char_edits",
    "char_count",
    "programme_ms",
    "sent_back_count",
)


def upgrade() -> None:
    op.create_table(
        "waiting_drafts",
        sa.Column("task_id", sa.Text(), nullable=False),
        sa.Column("draft_id", sa.Text(), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("came_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["task_id"], ["tasks.task_id"], name="fk_waiting_drafts_task_id_tasks"
        ),
        sa.PrimaryKeyConstraint("task_id", name="pk_waiting_drafts"),
    )
    op.create_table(
        "release_files",
        _snapshot_id(),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        _of_snapshot("release_files"),
        sa.PrimaryKeyConstraint("snapshot_id", "name", name="pk_release_files"),
    )
    _refuse_changes("release_files")
    op.create_table(
        "efforts",
        _snapshot_id(),
        sa.Column("task_id", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        _of_snapshot("efforts"),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.task_id"], name="fk_efforts_task_id_tasks"),
        sa.PrimaryKeyConstraint("snapshot_id", name="pk_efforts"),
    )
    op.create_index("ix_efforts_task_id", "efforts", ["task_id"])
    op.create_index("ix_work_times_user_id", "work_times", ["user_id"])
    op.add_column("cues", sa.Column("made_by", sa.Text(), nullable=False, server_default=""))
    op.execute(
        "UPDATE cues SET made_by = "
        "(SELECT tasks.made_by FROM tasks WHERE tasks.task_id = cues.task_id)"
    )


def downgrade() -> None:
    op.drop_column("cues", "made_by")
    op.drop_index("ix_work_times_user_id", "work_times")
    op.drop_table("efforts")
    op.drop_table("release_files")
    op.drop_table("waiting_drafts")


def _snapshot_id() -> sa.Column:
    kind = BIG.with_variant(sa.Integer(), "sqlite")
    return sa.Column("snapshot_id", kind, nullable=False, autoincrement=False)


def _of_snapshot(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["snapshot_id"], ["snapshots.snapshot_id"], name=f"fk_{table}_snapshot_id_snapshots"
    )


def _refuse_changes(table: str) -> None:
    """Rows of ``table`` can be added and read, and nothing else: not even by mistake."""
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuse_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} can only be added to'); END"
            )
        return
    op.execute(  # the function is there since the first tables
        f"CREATE TRIGGER {table}_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION polycue_refuse_change()"
    )

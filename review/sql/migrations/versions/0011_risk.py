"""The risk of tasks that were there before it was counted; no index that nothing reads any more."""

from alembic import op


revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# The queue is searched in columns of its own (`review.queueing.register`).
UNREAD = (
    ("place", "state", "priority", "due_at", "risk"),
    ("language", "place"),
    ("assigned_to", "place"),
    ("reserved_for", "place"),
    ("title_key", "media_id"),
)

# As `review.counting` counts: an error or a warning open, or a doubtful machine text.
FILL = """
UPDATE tasks SET risk = (
    SELECT count(*) FROM cues
    WHERE cues.task_id = tasks.task_id AND (
        (cues.state = 'machine' AND cues.quality < 0.5)
        OR EXISTS (
            SELECT 1 FROM findings
            WHERE findings.task_id = cues.task_id AND findings.cue_id = cues.cue_id
            AND findings.waived_by = '' AND findings.severity IN ('error', 'warning')
        )
    )
) * 1.0 / cue_count
WHERE cue_count > 0
"""


def upgrade() -> None:
    op.execute(FILL)
    for columns in UNREAD:
        op.drop_index(f"ix_tasks_{'_'.join(columns)}", "tasks")


def downgrade() -> None:
    for columns in UNREAD:
        op.create_index(f"ix_tasks_{'_'.join(columns)}", "tasks", list(columns))

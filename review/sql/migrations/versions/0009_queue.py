"""The queue in its order, searched by title, with the risk of each task."""

from datetime import UTC

import sqlalchemy as sa
from alembic import op

from review.sql.queue_keys import place_of
from review.tasks import TaskState
from review.texts import name_key


revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INDEXES = (
    ("place", "state", "priority", "due_at", "risk"),
    ("state", "place"),
    ("language", "place"),
    ("project_id", "place"),
    ("assigned_to", "place"),
    ("reserved_for", "place"),
    ("title_key", "media_id"),
)


def upgrade() -> None:
    for name in ("place", "title_key"):
        op.add_column("tasks", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.drop_index("ix_tasks_state", "tasks")
    op.drop_index("ix_tasks_project_id", "tasks")
    _fill_keys()
    for columns in INDEXES:
        op.create_index(f"ix_tasks_{'_'.join(columns)}", "tasks", list(columns))


def downgrade() -> None:
    for columns in INDEXES:
        op.drop_index(f"ix_tasks_{'_'.join(columns)}", "tasks")
    op.create_index("ix_tasks_state", "tasks", ["state"])
    op.create_index("ix_tasks_project_id", "tasks", ["project_id"])
    op.drop_column("tasks", "title_key")
    op.drop_column("tasks", "place")


def _fill_keys() -> None:
    """Of tasks that are there already; SQLite gives times without a zone, all are UTC."""
    time = sa.DateTime(timezone=True)
    tasks = sa.table(
        "tasks",
        *(sa.column(name) for name in ("task_id", "title", "state", "priority", "place", "title_key")),
        sa.column("due_at", time),
        sa.column("created_at", time),
    )
    connection = op.get_bind()
    keys = [
        {
            "of": row.task_id,
            "title_key": name_key(row.title),
            "place": place_of(
                TaskState(row.state),
                row.priority,
                _in_utc(row.due_at),
                created_at=_in_utc(row.created_at),
                task_id=row.task_id,
            ),
        }
        for row in connection.execute(sa.select(tasks))
    ]
    if keys:
        found = tasks.c.task_id == sa.bindparam("of")
        place, title = sa.bindparam("place"), sa.bindparam("title_key")
        connection.execute(sa.update(tasks).where(found).values(place=place, title_key=title), keys)


def _in_utc(time):
    if time is None or time.tzinfo is not None:
        return time
    return time.replace(tzinfo=UTC)

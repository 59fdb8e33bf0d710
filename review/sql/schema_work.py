"""Tables of people at work: who holds what, what they say about it, how long it took."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from review.sql.schema_base import SERIAL, Base


class AssignmentRow(Base):
    """Who held a task, from when to when; at most one per task is not yet released."""

    __tablename__ = "assignments"
    __table_args__ = (
        UniqueConstraint("task_id", "epoch"),
        Index(
            "uq_assignments_active",
            "task_id",
            unique=True,
            sqlite_where=text("released_at IS NULL"),
            postgresql_where=text("released_at IS NULL"),
        ),
    )

    assignment_id: Mapped[int] = mapped_column(SERIAL, primary_key=True, init=False)
    task_id: Mapped[str] = mapped_column(ForeignKey("tasks.task_id"))
    user_id: Mapped[str] = mapped_column(ForeignKey("users.user_id"))
    epoch: Mapped[int]
    claimed_at: Mapped[datetime]
    lease_until: Mapped[datetime]
    # Whether it was taken to check a submitted text, not to make one.
    is_check: Mapped[bool] = mapped_column(default=False, server_default=false())
    released_at: Mapped[datetime | None] = mapped_column(default=None)


class CommentRow(Base):
    """What somebody says about a task, or about one of its cues; hostile text."""

    __tablename__ = "comments"
    __table_args__ = (Index(None, "task_id", "cue_id"),)

    comment_id: Mapped[int] = mapped_column(SERIAL, primary_key=True, init=False)
    task_id: Mapped[str] = mapped_column(ForeignKey("tasks.task_id"))
    cue_id: Mapped[str | None]
    author_id: Mapped[str] = mapped_column(ForeignKey("users.user_id"))
    author: Mapped[str]  # the name as it was then
    body: Mapped[str]
    is_blocking: Mapped[bool]
    created_at: Mapped[datetime]
    resolved_by: Mapped[str | None] = mapped_column(default=None)
    resolved_at: Mapped[datetime | None] = mapped_column(default=None)


class WorkTimeRow(Base):
    """How long somebody really worked on a task on one day (ISO 8601, UTC)."""

    __tablename__ = "work_times"

    task_id: Mapped[str] = mapped_column(ForeignKey("tasks.task_id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.user_id"), primary_key=True, index=True)
    day: Mapped[str] = mapped_column(primary_key=True)
    active_ms: Mapped[int] = mapped_column(default=0)
    seen_at: Mapped[datetime | None] = mapped_column(default=None)

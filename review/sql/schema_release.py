"""Tables of what became of a task: drafts on their way in, files of releases, effort measured."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from review.sql.schema_base import Base


class WaitingDraftRow(Base):
    """The newest machine draft that came while it could not be merged; whole, as it came."""

    __tablename__ = "waiting_drafts"

    task_id: Mapped[str] = mapped_column(ForeignKey("tasks.task_id"), primary_key=True)
    draft_id: Mapped[str]
    draft: Mapped[dict[str, Any]] = mapped_column(JSON)
    came_at: Mapped[datetime]


class ReleaseFileRow(Base):
    """A file made of a snapshot; triggers refuse to change or delete it."""

    __tablename__ = "release_files"

    snapshot_id: Mapped[int] = mapped_column(
        ForeignKey("snapshots.snapshot_id"), primary_key=True, autoincrement=False
    )
    name: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    sha256: Mapped[str]
    made_at: Mapped[datetime]


class EffortRow(Base):
    """What people did to one approved text (`review.ledger.effort.Effort` says what is counted).

    Derived from the snapshot and the log: it can be deleted and is measured anew.
    """

    __tablename__ = "efforts"

    snapshot_id: Mapped[int] = mapped_column(
        ForeignKey("snapshots.snapshot_id"), primary_key=True, autoincrement=False
    )
    task_id: Mapped[str] = mapped_column(ForeignKey("tasks.task_id"), index=True)
    cue_count: Mapped[int]
    measured_count: Mapped[int]
    untouched_count: Mapped[int]
    retimed_count: Mapped[int]
    moved_ms: Mapped[int]
    split_count: Mapped[int]
    join_count: Mapped[int]
    word_edits: Mapped[int]
    word_count: Mapped[int]
    char_edits: Mapped[int]
    char_count: Mapped[int]
    programme_ms: Mapped[int]
    sent_back_count: Mapped[int]

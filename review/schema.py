"""The tables of the review database, as typed rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from review.schema_base import SERIAL, Base
from review.tasks import CueState, Role, TaskState
from subtitles.findings import Severity
from subtitles.style.profile import Audience, Kind


class UserRow(Base):
    """A person; ``name_key`` is the name as compared (`review.texts.name_key`)."""

    __tablename__ = "users"

    user_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    role: Mapped[Role]
    is_active: Mapped[bool]
    created_at: Mapped[datetime]


class SessionRow(Base):
    """A login; the token itself is never stored."""

    __tablename__ = "sessions"

    token_sha256: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.user_id"), index=True)
    opened_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    lifetime_s: Mapped[int]
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)


class TaskRow(Base):
    """One title in one language; its counts are recounted in the transaction that changes them."""

    __tablename__ = "tasks"
    __table_args__ = (UniqueConstraint("media_id", "language"),)

    task_id: Mapped[str] = mapped_column(primary_key=True)
    media_id: Mapped[str]
    title: Mapped[str]
    media_path: Mapped[str]
    frame_rate: Mapped[str | None]
    source_language: Mapped[str]
    language: Mapped[str]
    audience: Mapped[Audience] = mapped_column(Text)
    kind: Mapped[Kind] = mapped_column(Text)
    draft_id: Mapped[str]
    offered_draft_id: Mapped[str]  # the last draft parked, taken or not
    made_by: Mapped[str]
    state: Mapped[TaskState] = mapped_column(index=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    client: Mapped[str] = mapped_column(default="", server_default="")
    reason: Mapped[str] = mapped_column(default="")
    epoch: Mapped[int] = mapped_column(default=0)
    cue_count: Mapped[int] = mapped_column(default=0)
    confirmed_count: Mapped[int] = mapped_column(default=0)
    error_count: Mapped[int] = mapped_column(default=0)
    warning_count: Mapped[int] = mapped_column(default=0)
    snapshot_sha256: Mapped[str | None] = mapped_column(default=None)


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
    released_at: Mapped[datetime | None] = mapped_column(default=None)


class CueRow(Base):
    """One cue as it stands now, beside what the machine drafted."""

    __tablename__ = "cues"
    __table_args__ = (UniqueConstraint("task_id", "ordinal"),)

    task_id: Mapped[str] = mapped_column(ForeignKey("tasks.task_id"), primary_key=True)
    cue_id: Mapped[str] = mapped_column(primary_key=True)
    ordinal: Mapped[int]
    start_ms: Mapped[int]
    end_ms: Mapped[int]
    text: Mapped[str]
    source_text: Mapped[str]
    machine_text: Mapped[str]
    confidence: Mapped[float]
    state: Mapped[CueState]
    version: Mapped[int]
    quality: Mapped[float | None] = mapped_column(default=None)


class SentenceRow(Base):
    """One sentence as the machine drafted it; read and written in `review.sql_sentences` alone.

    ``first_cue`` and ``last_cue`` are ordinals of the cues it runs through.
    """

    __tablename__ = "sentences"

    task_id: Mapped[str] = mapped_column(ForeignKey("tasks.task_id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    first_cue: Mapped[int]
    last_cue: Mapped[int]
    draft: Mapped[dict[str, Any]] = mapped_column(JSON)


class FindingRow(Base):
    """An open finding; ``cue_id`` is empty for the whole track."""

    __tablename__ = "findings"
    __table_args__ = (Index(None, "task_id", "cue_id"),)

    finding_id: Mapped[int] = mapped_column(SERIAL, primary_key=True, init=False)
    task_id: Mapped[str] = mapped_column(ForeignKey("tasks.task_id"))
    cue_id: Mapped[str]
    rule: Mapped[str]
    severity: Mapped[Severity]
    measured: Mapped[float]
    allowed: Mapped[float]  # Finding.limit; LIMIT is a word of SQL
    unit: Mapped[str]
    source: Mapped[str]
    note: Mapped[str] = mapped_column(default="", server_default="")


class EventRow(Base):
    """One line of the log; triggers refuse to change or delete it."""

    __tablename__ = "events"
    __table_args__ = (Index(None, "task_id", "cue_id"),)

    event_id: Mapped[int] = mapped_column(SERIAL, primary_key=True, init=False)
    task_id: Mapped[str] = mapped_column(ForeignKey("tasks.task_id"))
    cue_id: Mapped[str | None]
    actor_id: Mapped[str | None] = mapped_column(ForeignKey("users.user_id"))
    actor: Mapped[str]  # the name as it was then
    kind: Mapped[str]
    detail: Mapped[str]
    at: Mapped[datetime]


class SnapshotRow(Base):
    """Approved text; triggers refuse to change or delete it."""

    __tablename__ = "snapshots"
    __table_args__ = (UniqueConstraint("task_id", "epoch"),)

    snapshot_id: Mapped[int] = mapped_column(SERIAL, primary_key=True, init=False)
    task_id: Mapped[str] = mapped_column(ForeignKey("tasks.task_id"))
    epoch: Mapped[int]
    sha256: Mapped[str]
    language: Mapped[str]
    srt: Mapped[str]
    vtt: Mapped[str]
    approved_by_id: Mapped[str] = mapped_column(ForeignKey("users.user_id"))
    approved_by: Mapped[str]
    approved_at: Mapped[datetime]


class OutboxRow(Base):
    """A message to the outside, written with the change it tells of."""

    __tablename__ = "outbox"

    message_id: Mapped[int] = mapped_column(SERIAL, primary_key=True, init=False)
    kind: Mapped[str]
    payload: Mapped[dict[str, str]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None] = mapped_column(default=None, index=True)
    attempts: Mapped[int] = mapped_column(default=0)


class MemoryUnitRow(Base):
    """One approved sentence; ``task_id`` is None for those that came out of a file."""

    __tablename__ = "memory_units"
    __table_args__ = (Index(None, "language", "source_language"),)

    unit_id: Mapped[str] = mapped_column(primary_key=True)
    task_id: Mapped[str | None] = mapped_column(ForeignKey("tasks.task_id"), index=True)
    source_language: Mapped[str]
    language: Mapped[str]
    source_text: Mapped[str]
    text: Mapped[str]
    said_before: Mapped[str]
    said_after: Mapped[str]
    title: Mapped[str]
    role: Mapped[str]
    approved_at: Mapped[datetime | None]

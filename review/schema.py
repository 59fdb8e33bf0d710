"""The tables of the review database, as typed rows."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from review.tasks import CueState, Role, TaskState
from subtitles.findings import Severity
from subtitles.style.profile import Audience, Kind


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time on every database; SQLite, which keeps no zone, holds it without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; ValueError for a naive time, whose meaning nobody knows."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Back as an aware UTC time."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def _words(kind: type[CueState | Role | Severity | TaskState]) -> Enum:
    """An enumeration kept as its values in a text column: readable, and easy to extend."""
    return Enum(
        kind,
        native_enum=False,
        length=24,
        values_callable=lambda members: [member.value for member in members],
    )


# A counter that SQLite fills in by itself (only INTEGER PRIMARY KEY does) and that never ends.
_SERIAL = BigInteger().with_variant(Integer, "sqlite")


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False):
    """Root of all rows; every constraint has a derived name, so that migrations can drop it."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, TypeEngine[Any]]] = {
        str: Text(),
        datetime: UtcDateTime(),
        TaskState: _words(TaskState),
        CueState: _words(CueState),
        Role: _words(Role),
        Severity: _words(Severity),
    }


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

    assignment_id: Mapped[int] = mapped_column(_SERIAL, primary_key=True, init=False)
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


class FindingRow(Base):
    """An open finding; ``cue_id`` is empty for the whole track."""

    __tablename__ = "findings"
    __table_args__ = (Index(None, "task_id", "cue_id"),)

    finding_id: Mapped[int] = mapped_column(_SERIAL, primary_key=True, init=False)
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

    event_id: Mapped[int] = mapped_column(_SERIAL, primary_key=True, init=False)
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

    snapshot_id: Mapped[int] = mapped_column(_SERIAL, primary_key=True, init=False)
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

    message_id: Mapped[int] = mapped_column(_SERIAL, primary_key=True, init=False)
    kind: Mapped[str]
    payload: Mapped[dict[str, str]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None] = mapped_column(default=None, index=True)
    attempts: Mapped[int] = mapped_column(default=0)

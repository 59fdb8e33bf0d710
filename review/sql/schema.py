"""Tables of what is under review: projects, tasks, their cues and what is known of these."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint, event, false
from sqlalchemy.orm import Mapped, mapped_column

from review.sql.queue_keys import place_of
from review.sql.schema_base import SERIAL, Base
from review.tasks import CueState, TaskState
from review.texts import name_key
from subtitles.findings import Severity
from subtitles.style.profile import Audience, Kind


class ProjectRow(Base):
    """Titles that belong together, a series say, and how they are reviewed; one is called ""."""

    __tablename__ = "projects"

    project_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    created_at: Mapped[datetime]
    two_stages: Mapped[bool] = mapped_column(default=False)  # a second person approves
    source_first: Mapped[bool] = mapped_column(
        default=False
    )  # translations wait for the transcript


class TaskRow(Base):
    """One title in one language; its counts are recounted in the transaction that changes them."""

    __tablename__ = "tasks"
    __table_args__ = (
        UniqueConstraint("media_id", "language"),
        # The queue itself is searched in `review.queueing.register`.
        *(Index(None, name, "place") for name in ("state", "project_id")),
    )

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
    state: Mapped[TaskState]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    project_id: Mapped[str] = mapped_column(
        ForeignKey("projects.project_id"), default="", server_default=""
    )
    client: Mapped[str] = mapped_column(default="", server_default="")
    reason: Mapped[str] = mapped_column(default="")
    epoch: Mapped[int] = mapped_column(default=0)
    cue_count: Mapped[int] = mapped_column(default=0)
    confirmed_count: Mapped[int] = mapped_column(default=0)
    error_count: Mapped[int] = mapped_column(default=0)
    warning_count: Mapped[int] = mapped_column(default=0)
    snapshot_sha256: Mapped[str | None] = mapped_column(default=None)
    published_sha256: Mapped[str | None] = mapped_column(default=None)
    priority: Mapped[int] = mapped_column(default=0, server_default="0")
    due_at: Mapped[datetime | None] = mapped_column(default=None)
    assigned_to: Mapped[str | None] = mapped_column(ForeignKey("users.user_id"), default=None)
    submitted_by: Mapped[str | None] = mapped_column(ForeignKey("users.user_id"), default=None)
    # Who may claim it first after changes were requested, and until when.
    reserved_for: Mapped[str | None] = mapped_column(ForeignKey("users.user_id"), default=None)
    reserved_until: Mapped[datetime | None] = mapped_column(default=None)
    # Grows with every change of the structure or the times of its cues.
    structure_version: Mapped[int] = mapped_column(default=0, server_default="0")
    stale_count: Mapped[int] = mapped_column(default=0, server_default="0")
    comment_count: Mapped[int] = mapped_column(default=0, server_default="0")  # open ones
    # Share of cues that are probably not right as they stand, 0…1.
    risk: Mapped[float] = mapped_column(default=0.0, server_default="0")
    # What the queue is ordered and searched by: `place_of` and `name_key` of the columns above.
    place: Mapped[str] = mapped_column(default="", server_default="")
    title_key: Mapped[str] = mapped_column(default="", server_default="")


@event.listens_for(TaskRow, "before_insert")
@event.listens_for(TaskRow, "before_update")
def _find_in_queue(_mapper: object, _connection: object, task: TaskRow) -> None:
    """Keep the columns by which the queue finds a task true, whoever changes it."""
    task.place = place_of(
        task.state, task.priority, task.due_at, created_at=task.created_at, task_id=task.task_id
    )
    task.title_key = name_key(task.title)


class CueRow(Base):
    """One cue as it stands now, beside what the machine drafted.

    ``ordinal`` counts the cues of a task from nought, without gaps. ``first_source`` and
    ``last_source`` are ordinals in `SourceCueRow`, None for a cue that renders nothing (a person
    added it, or what it rendered is gone). ``machine_text`` is empty and the machine's times are
    None for a cue that no machine drafted.
    """

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
    machine_start_ms: Mapped[int | None] = mapped_column(default=None)
    machine_end_ms: Mapped[int | None] = mapped_column(default=None)
    first_source: Mapped[int | None] = mapped_column(default=None)
    last_source: Mapped[int | None] = mapped_column(default=None)
    # The source text changed under a person's rendering of it.
    is_stale: Mapped[bool] = mapped_column(default=False, server_default=false())
    # What it was before; empty for a cue that is not stale, or was so before this was kept.
    earlier_source: Mapped[str] = mapped_column(default="", server_default="")
    # What a newer machine draft says where a person's text was kept; empty for nothing.
    offered_text: Mapped[str] = mapped_column(default="", server_default="")
    # What drafted ``machine_text``, as `TaskRow.made_by`; empty for a cue that no machine drafted.
    made_by: Mapped[str] = mapped_column(default="", server_default="")


class SourceCueRow(Base):
    """One cue of the track that a task renders, as it was when the draft was parked."""

    __tablename__ = "source_cues"

    task_id: Mapped[str] = mapped_column(ForeignKey("tasks.task_id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    cue_id: Mapped[str]
    start_ms: Mapped[int]
    end_ms: Mapped[int]
    text: Mapped[str]


class SentenceRow(Base):
    """One sentence as the machine drafted it; read and written in `review.sql.sentences` alone.

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
    # Somebody decided that it may stay, and said why.
    waived_by: Mapped[str] = mapped_column(default="", server_default="")
    waiver: Mapped[str] = mapped_column(default="", server_default="")

"""What browsers send and get when they decide and comment: pydantic models, as in `bodies`."""

from datetime import datetime

from pydantic import BaseModel, Field

from review.comments import Comment
from review.tasks import ReviewTask, Snapshot, TaskState
from review.web.bodies import MAX_TEXT_CHARS, CueAnswer, EpochBody, Number, ReasonForm, StrictBody
from review.web.views import STATE_NAMES

_MAX_ID_CHARS = 200


class ChangesForm(ReasonForm):
    """Sending a task back."""

    epoch: Number


class WaiverForm(ReasonForm):
    """Letting a finding stay for a reason, or (``withdrawn``) not any more."""

    reason: str = Field(default="", max_length=MAX_TEXT_CHARS)
    cue_id: str = Field(default="", max_length=_MAX_ID_CHARS)
    rule: str = Field(max_length=_MAX_ID_CHARS)
    epoch: Number | None = None
    withdrawn: bool = False


class ReasonBody(StrictBody):
    """A decision that needs a reason."""

    reason: str = Field(max_length=MAX_TEXT_CHARS)


class ChangesBody(EpochBody, ReasonBody):
    """Sending a task back."""


class WaiverBody(StrictBody):
    """Letting what a rule finds on a cue (or, without one, on the track) stay, or not any more.

    ``epoch`` is that of the holder's lease; leads need none.
    """

    cue_id: str | None = Field(max_length=_MAX_ID_CHARS)
    rule: str = Field(max_length=_MAX_ID_CHARS)
    waived: bool
    reason: str = Field(default="", max_length=MAX_TEXT_CHARS)
    epoch: Number | None = None


class CommentBody(StrictBody):
    """Something to say about a cue, or, without one, about the task."""

    cue_id: str | None = Field(default=None, max_length=_MAX_ID_CHARS)
    body: str = Field(max_length=MAX_TEXT_CHARS)
    is_blocking: bool = False


class ResolutionBody(StrictBody):
    """Ticking a comment off, or taking it up again."""

    resolved: bool


class TaskAnswer(BaseModel):
    """One task as it stands now; ``assigned_to`` is a person's id, ``risk`` a share of its cues."""

    task_id: str
    title: str
    language: str
    source_language: str
    project_id: str
    state: TaskState
    state_name: str
    cue_count: int
    confirmed_count: int
    error_count: int
    warning_count: int
    comment_count: int
    holder: str
    kept_for: str
    reason: str
    assigned_to: str | None
    due_at: datetime | None
    priority: str
    risk: float
    snapshot_sha256: str | None
    published_sha256: str | None


class SnapshotAnswer(BaseModel):
    """The text as it was approved: its hash, and by whom."""

    sha256: str
    approved_by: str
    approved_at: datetime


class WaiverAnswer(BaseModel):
    """The task and the cue (None for the whole track) after a decision on a finding."""

    task: TaskAnswer
    cue: CueAnswer | None


class CommentAnswer(BaseModel):
    """One comment."""

    comment_id: int
    cue_id: str | None
    shown_on: str | None
    author: str
    body: str
    is_blocking: bool
    created_at: datetime
    resolved_by: str | None
    resolved_at: datetime | None


def task_answer(task: ReviewTask) -> TaskAnswer:
    """A task as scripts read it."""
    return TaskAnswer(
        task_id=task.task_id,
        title=task.title,
        language=task.language,
        source_language=task.source_language,
        project_id=task.project_id,
        state=task.state,
        state_name=STATE_NAMES[task.state],
        cue_count=task.cue_count,
        confirmed_count=task.confirmed_count,
        error_count=task.error_count,
        warning_count=task.warning_count,
        comment_count=task.comment_count,
        holder=task.lease.user_name if task.lease else "",
        kept_for=task.kept_for.user_name if task.kept_for else "",
        reason=task.reason,
        assigned_to=task.assigned_to,
        due_at=task.due_at,
        priority=task.priority.name.lower(),
        risk=round(task.risk, 3),
        snapshot_sha256=task.snapshot_sha256,
        published_sha256=task.published_sha256,
    )


def snapshot_answer(snapshot: Snapshot) -> SnapshotAnswer:
    """A snapshot as scripts read it."""
    return SnapshotAnswer.model_validate(snapshot, from_attributes=True)


def comment_answer(comment: Comment) -> CommentAnswer:
    """A comment as scripts read it."""
    return CommentAnswer.model_validate(comment, from_attributes=True)

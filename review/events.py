"""What the log of review tells: who did what to which task, when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EventKind(StrEnum):
    """What the log tells, and what `Event.detail` then holds.

    - of a draft parked, put in the place of another, or superseded (waiting until it may go in):
      its draft id;
    - of a source that changed: JSON with the ids of the cues that render it (``changed``), and how
      many source cues nothing renders (``untold_count``);
    - of a draft merged into people's work: JSON as of `review.merging.report.MergeReport`;
    - of a claim, and of a task put back when its holder never came back: whose lease had run out,
      else nothing;
    - of an edit: the text *before* it (the text it led to is the next edit's, or the cue's own);
    - of a step on cues (`STEP_KINDS`): JSON as of `review.steps.records.StepRecord`;
    - of an approval and of a publication: the SHA-256 of the snapshot;
    - of a move into another project: the project's name;
    - of a plan: JSON with what it changed: ``assigned_to`` (a name or null), ``due_at`` (ISO 8601
      or null), ``priority`` (in lower case);
    - of a request for changes, a reopening, a cancellation: the reason;
    - of a waiver: the rule and the reason, ``rule: reason``; of its end the rule;
    - of a comment, and of its being resolved or taken up again: what it says.
    """

    DRAFT_PARKED = "draft.parked"
    DRAFT_REPLACED = "draft.replaced"
    DRAFT_MERGED = "draft.merged"
    DRAFT_SUPERSEDED = "draft.superseded"
    SOURCE_CHANGED = "source.changed"
    TASK_CLAIMED = "task.claimed"
    TASK_RELEASED = "task.released"
    CUE_EDITED = "cue.edited"
    CUE_CONFIRMED = "cue.confirmed"
    CUE_UNCONFIRMED = "cue.unconfirmed"
    CUE_SPLIT = "cue.split"
    CUES_MERGED = "cue.merged"
    WORDS_MOVED = "words.moved"
    CUE_RETIMED = "cue.retimed"
    TRACK_SHIFTED = "track.shifted"
    CUE_INSERTED = "cue.inserted"
    CUES_DELETED = "cue.deleted"
    TEXTS_REPLACED = "texts.replaced"
    CUES_CONFIRMED = "cues.confirmed"
    CUES_RESEGMENTED = "cues.resegmented"
    STEP_UNDONE = "step.undone"
    TASK_APPROVED = "task.approved"
    TASK_CHANGES_REQUESTED = "task.changes_requested"
    TASK_REOPENED = "task.reopened"
    TASK_OPENED = "task.opened"
    TASK_SUBMITTED = "task.submitted"
    TASK_PUBLISHED = "task.published"
    TASK_CANCELLED = "task.cancelled"
    TASK_RESTORED = "task.restored"
    TASK_MOVED = "task.moved"
    TASK_PLANNED = "task.planned"
    FINDING_WAIVED = "finding.waived"
    FINDING_UNWAIVED = "finding.unwaived"
    COMMENT_ADDED = "comment.added"
    COMMENT_RESOLVED = "comment.resolved"
    COMMENT_UNRESOLVED = "comment.unresolved"


STEP_KINDS = frozenset(
    {
        *(EventKind.CUE_SPLIT, EventKind.CUES_MERGED, EventKind.WORDS_MOVED),
        *(EventKind.CUE_RETIMED, EventKind.TRACK_SHIFTED),
        *(EventKind.CUE_INSERTED, EventKind.CUES_DELETED),
        *(EventKind.TEXTS_REPLACED, EventKind.CUES_CONFIRMED, EventKind.CUES_RESEGMENTED),
        EventKind.STEP_UNDONE,
    }
)
"""Steps on cues: each can be undone, the undoing as well."""

SOURCE_KINDS = frozenset(
    {EventKind.DRAFT_REPLACED, EventKind.DRAFT_MERGED, EventKind.SOURCE_CHANGED}
)
"""After these a task renders another source, and places in it are not what they were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the append-only log: who did what, when.

    Attributes:
        cue_id: None when it concerns the whole task.
        actor: The person's name as it was then; ``pipeline`` for the machine.
        is_implicit: Whether it is a side effect of another event, not what somebody set out to do.
        detail: As `EventKind` says; hostile text, for it quotes cues and reasons.
    """

    event_id: int
    task_id: str
    cue_id: str | None
    actor: str
    kind: EventKind
    detail: str
    at: datetime
    is_implicit: bool = False

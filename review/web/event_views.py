"""The history in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from review.events import STEP_KINDS, Event, EventKind
from review.web.step_views import step_words

EVENT_NAMES = {
    EventKind.DRAFT_PARKED: "put the draft into the queue",
    EventKind.DRAFT_REPLACED: "replaced the draft by a newer one",
    EventKind.DRAFT_MERGED: "merged a newer draft; what people wrote stays",
    EventKind.DRAFT_SUPERSEDED: "made a newer draft, which waits",
    EventKind.SOURCE_CHANGED: "corrected the transcript; cues with other words now are marked",
    EventKind.TASK_CLAIMED: "claimed the task",
    EventKind.TASK_RELEASED: "gave the task back",
    EventKind.CUE_EDITED: "edited",
    EventKind.CUE_CONFIRMED: "confirmed",
    EventKind.CUE_UNCONFIRMED: "took the tick away",
    EventKind.TASK_APPROVED: "approved the task",
    EventKind.TASK_CHANGES_REQUESTED: "requested changes",
    EventKind.TASK_REOPENED: "reopened the task",
    EventKind.TASK_OPENED: "put the task into the queue",
    EventKind.TASK_SUBMITTED: "submitted the text for checking",
    EventKind.TASK_PUBLISHED: "published the approved text",
    EventKind.TASK_CANCELLED: "cancelled the task",
    EventKind.TASK_RESTORED: "put the cancelled task back",
    EventKind.TASK_MOVED: "put the task into the project",
    EventKind.TASK_PLANNED: "planned the task",
    EventKind.FINDING_WAIVED: "let a finding stay",
    EventKind.FINDING_UNWAIVED: "took a waiver back",
    EventKind.COMMENT_ADDED: "commented",
    EventKind.COMMENT_RESOLVED: "resolved a comment",
    EventKind.COMMENT_UNRESOLVED: "took a comment up again",
}
# What stands before the detail of an event; for the others it says nothing to a reviewer.
_DETAIL_NAMES = {
    EventKind.CUE_EDITED: "before",
    EventKind.TASK_CHANGES_REQUESTED: "reason",
    EventKind.TASK_REOPENED: "reason",
    EventKind.TASK_APPROVED: "SHA-256",
    EventKind.TASK_PUBLISHED: "SHA-256",
    EventKind.TASK_CANCELLED: "reason",
    EventKind.TASK_MOVED: "project",
    EventKind.TASK_PLANNED: "now",
    EventKind.FINDING_WAIVED: "reason",
    EventKind.FINDING_UNWAIVED: "rule",
    EventKind.COMMENT_ADDED: "comment",
    EventKind.COMMENT_RESOLVED: "comment",
    EventKind.COMMENT_UNRESOLVED: "comment",
    EventKind.TASK_CLAIMED: "after the lease ran out of",
    EventKind.TASK_RELEASED: "after the lease ran out of",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """One line of the history."""

    at: datetime
    actor: str
    what: str
    detail_name: str
    detail: str
    cue_number: int | None
    cue_id: str | None


def event_view(event: Event, numbers: Mapping[str, int], *, cue_id: str = "") -> EventView:
    """An event in words.

    Args:
        event: The event.
        numbers: Maps cue ids to what the grid calls them.
        cue_id: In whose history it stands; empty for that of the whole task.
    """
    what, detail_name, detail = _words(event, cue_id)
    return EventView(
        at=event.at,
        actor=event.actor,
        what=what,
        detail_name=detail_name,
        detail=detail,
        cue_number=numbers.get(event.cue_id) if event.cue_id else None,
        cue_id=event.cue_id,
    )


def _words(event: Event, cue_id: str) -> tuple[str, str, str]:
    """What somebody did, the name of the detail, and the detail."""
    if event.kind in STEP_KINDS:
        return step_words(event, cue_id)
    detail = event.detail if event.kind in _DETAIL_NAMES else ""
    return EVENT_NAMES[event.kind], _DETAIL_NAMES.get(event.kind, ""), detail

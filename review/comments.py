"""The port of comments: what people say about a task, or about one of its cues."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

SAID_TWICE = timedelta(seconds=30)
"""The same words again within this time are a retry of a lost answer, not a second comment."""

MAX_COMMENTS = 5_000
"""Comments on one task: several on each cue of a long film. More is somebody's script."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What somebody said.

    Attributes:
        cue_id: None when it is about the whole task. The cue may be gone by now.
        shown_on: The cue that has its words now: itself, or the one that it was merged into; None
            when it is gone with its words, and for a comment on the whole task.
        author: The person's name as it was then.
        body: Hostile text.
        is_blocking: Whether the task must not be approved before it is resolved.
        resolved_by: Who resolved it, by name; None while it is open.
    """

    comment_id: int
    task_id: str
    cue_id: str | None
    shown_on: str | None
    author_id: str
    author: str
    body: str
    is_blocking: bool
    created_at: datetime
    resolved_by: str | None = None
    resolved_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has resolved it."""
        return self.resolved_at is None


class Comments(Protocol):
    """Where comments live. Everybody who may edit may comment, whoever holds the task.

    Each method raises UnknownTaskError for an id there is not, NotAllowedError for what the
    person's role forbids. Every change leaves an event; what changes nothing leaves none.
    """

    def comments(self, task_id: str) -> tuple[Comment, ...]:
        """All of a task, oldest first."""
        ...

    def comment(
        self, task_id: str, *, user_id: str, cue_id: str | None, body: str, is_blocking: bool
    ) -> Comment:
        """Say something; the same words within `SAID_TWICE` are one comment.

        What is stored is the text as `review.texts.clean_comment` leaves it; InvalidEditError when
        it cannot be stored, or when the task has `MAX_COMMENTS` already.
        """
        ...

    def resolve(self, task_id: str, comment_id: int, *, user_id: str, resolved: bool) -> Comment:
        """Tick a comment off, or take it up again."""
        ...

"""The port of the review queue; `review.sql_store` keeps it in SQLite or PostgreSQL."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from review.tasks import Draft, Event, Lease, ReviewCue, ReviewTask, Snapshot, TaskState
from subtitles.language import LanguageTag

Clock = Callable[[], datetime]
"""Tells the time: always aware, always UTC."""

MAX_CUE_TEXT_CHARS = 500
"""Longest cue text accepted; two lines of 42 leave ample room for tags."""


class ReviewStore(Protocol):
    """Where review tasks live. Every write is one transaction and leaves one event."""

    def park(self, draft: Draft) -> tuple[ReviewTask, bool]:
        """Put a draft into the queue; the bool tells whether it was new.

        Idempotent: the same draft again changes nothing, whatever people did since. A newer draft
        of the same title and language replaces the cues of a task nobody has touched, and never
        touches one that a person has worked on (it stays, and an event records the newer draft).
        """
        ...

    def tasks(
        self, *, state: TaskState | None = None, language: LanguageTag | None = None
    ) -> tuple[ReviewTask, ...]:
        """Tasks, oldest first."""
        ...

    def task(self, task_id: str) -> ReviewTask:
        """One task; UnknownTaskError."""
        ...

    def cues(self, task_id: str) -> tuple[ReviewCue, ...]:
        """Its cues in order, each with its open findings."""
        ...

    def claim(self, task_id: str, user_id: str) -> Lease:
        """Take (or renew) the task; TaskHeldError while another's lease runs."""
        ...

    def heartbeat(self, task_id: str, user_id: str, epoch: int) -> Lease:
        """Extend the lease; LeaseLostError once it was taken over."""
        ...

    def release(self, task_id: str, user_id: str, epoch: int) -> None:
        """Give the task back to the queue; saved edits stay."""
        ...

    def edit_cue(
        self, task_id: str, cue_id: str, *, user_id: str, epoch: int, version: int, text: str
    ) -> ReviewCue:
        """Store a text based on ``version``; StaleCueError when the cue has moved on.

        Sending the text that is already there is a success whatever the version (a retry of a
        lost answer). Editing a confirmed cue takes its tick away. Findings are measured anew.
        """
        ...

    def confirm_cue(
        self, task_id: str, cue_id: str, *, user_id: str, epoch: int, confirmed: bool
    ) -> ReviewCue:
        """Tick a cue off, or take the tick away."""
        ...

    def approve(self, task_id: str, *, user_id: str, epoch: int) -> Snapshot:
        """Freeze the text into a snapshot; refused while findings of severity error stay."""
        ...

    def request_changes(self, task_id: str, *, user_id: str, epoch: int, reason: str) -> ReviewTask:
        """Send back with a reason (obligatory); the lease ends."""
        ...

    def snapshot(self, task_id: str) -> Snapshot:
        """The approved text; NotAllowedError while there is none."""
        ...

    def events(self, task_id: str) -> Sequence[Event]:
        """The log of one task, oldest first."""
        ...

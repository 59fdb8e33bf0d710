"""The port of what people and the pipeline decide about whole tasks, and about findings."""

from datetime import timedelta
from typing import Protocol

from review.tasks import ReviewTask, Snapshot

RESERVATION = timedelta(hours=24)
"""How long a text that goes back is kept for who made it, before anybody may take it."""


class Decisions(Protocol):
    """Decisions on review tasks; part of `review.store.ReviewStore`, whose promises hold here.

    `review.workflow.TRANSITIONS` says what is possible in which state, and for whom. What went
    through is not done twice: the same call again (a retry of a lost answer) changes nothing.
    """

    def submit(self, task_id: str, *, user_id: str, epoch: int) -> ReviewTask:
        """Hand the text over to a second person, where the project wants one; the lease ends.

        Refused while a cue has no tick, or a finding of severity error stands unwaived.
        """
        ...

    def approve(self, task_id: str, *, user_id: str, epoch: int) -> Snapshot:
        """Freeze the text into a snapshot; the lease ends.

        Refused while findings of severity error stand unwaived or blocking comments are open; in a
        project of two stages also to who submitted the text, and while a cue has no tick.

        What was approved becomes translation memory (`review.approved_units`), in the place of
        what an earlier approval of this task put there. Outbox messages tell the publisher. The
        approval of a transcript opens the translations that waited for it.
        """
        ...

    def request_changes(self, task_id: str, *, user_id: str, epoch: int, reason: str) -> ReviewTask:
        """Send back with a reason (obligatory, else InvalidEditError); the lease ends.

        Whoever held the task for review before may claim it first, for `RESERVATION`.
        """
        ...

    def reopen(self, task_id: str, *, user_id: str, reason: str) -> ReviewTask:
        """Ask for changes to what was approved or published; leads and administrators only.

        The approved snapshot stays in force until the next approval, and so does a published one.
        Whoever made the text may claim it first, for `RESERVATION`.
        """
        ...

    def start(self, task_id: str, *, user_id: str) -> ReviewTask:
        """Put a draft into the queue without waiting for its transcript; a lead may."""
        ...

    def cancel(self, task_id: str, *, user_id: str, reason: str) -> ReviewTask:
        """Take a task out of the queue, whoever holds it; leads only. Its text and log stay."""
        ...

    def restore(self, task_id: str, *, user_id: str) -> ReviewTask:
        """Put a cancelled task back into the queue, with everything on it; leads only."""
        ...

    def publish(self, task_id: str, snapshot_sha256: str) -> ReviewTask:
        """Record that the pipeline has published a snapshot.

        A task whose approved text that is becomes published; one that was reopened or approved anew
        meanwhile stays as it is. A snapshot older than the one published already changes nothing.
        UnknownTaskError for a snapshot the task never had.
        """
        ...

    def waive(
        self,
        task_id: str,
        *,
        user_id: str,
        cue_id: str,
        rule: str,
        reason: str,
        epoch: int | None = None,
    ) -> ReviewTask:
        """Decide that what one rule finds on a cue may stay, and say why.

        A warning is waived by who holds the task, or by a lead; an error by a lead, whoever holds
        the task. The waiver ends when its finding goes; a finding measured again as it was keeps
        it. UnknownTaskError when the rule finds nothing there.

        Args:
            task_id: The task.
            user_id: Who decides.
            cue_id: The cue; empty for findings on the whole track.
            rule: Of the findings.
            reason: Obligatory, else InvalidEditError.
            epoch: Of the holder's lease; leads need none.
        """
        ...

    def unwaive(
        self, task_id: str, *, user_id: str, cue_id: str, rule: str, epoch: int | None = None
    ) -> ReviewTask:
        """Take a waiver back; the same people may who may waive."""
        ...

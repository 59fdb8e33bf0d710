"""The port of the review queue; `review.sql.store` keeps it in SQLite or PostgreSQL."""

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

from review.decisions import Decisions
from review.events import Event
from review.machine_drafts import Draft
from review.passages import Passage
from review.tasks import Lease, ReviewCue, ReviewTask, Snapshot, TaskState, Waiver
from subtitles.findings import Finding
from subtitles.language import LanguageTag
from translate.drafts import SentenceDraft

Clock = Callable[[], datetime]
"""Tells the time: always aware, always UTC; `utc_now` is the real one."""


def utc_now() -> datetime:
    """The time, aware, in UTC."""
    return datetime.now(UTC)


EDIT_EVENT_WINDOW = timedelta(seconds=30)
"""Edits of one cue by one person are one event for this long: typing is not thirty events."""

MAX_CUE_TEXT_CHARS = 500
"""Longest cue text accepted; two lines of 42 leave ample room for tags."""


class ReviewStore(Decisions, Protocol):
    """Where review tasks live, and where people decide on them.

    Every change is one transaction and leaves one event, with two exceptions: renewing a lease
    leaves none, and a second edit of a cue by the same person within 30 s of the event of the
    first leaves none (`EDIT_EVENT_WINDOW`). What changes nothing (a retry) leaves none either.

    A write that names an ``epoch`` also renews the lease. A lease that ran out is lost only when
    somebody else claims the task (or a newer draft is merged into it): who comes back before that
    goes on as if nothing had happened.

    Each method raises UnknownTaskError for an id there is not, NotAllowedError for what the
    person's role or the task's state forbids, ReviewDatabaseError when storage fails.
    """

    def park(self, draft: Draft) -> tuple[ReviewTask, bool]:
        """Put a draft into the queue; the bool tells whether its cues went in by this call.

        One title in one language is one task. Idempotent: the same draft again changes nothing,
        whatever people did since. A newer draft is merged into the task (`review.merging`): cues
        that nobody has touched become the draft's; what people wrote, ticked off, timed, cut or
        approved stays. It is merged as soon as nobody holds the task, and until then the newest
        draft waits; a text that is approved is only touched when what it renders has changed, and
        is then to be reviewed again. An event tells what happened.

        Where the project wants the transcript approved first, a translation stays a draft until
        that has happened.

        Raises:
            InvalidEditError: for a draft with text that no database can keep.
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

    def cues(self, task_id: str, cue_ids: Collection[str] | None = None) -> tuple[ReviewCue, ...]:
        """Its cues in order, each with its open findings; only those of some ids, if given."""
        ...

    def track_findings(self, task_id: str) -> tuple[Finding, ...]:
        """What was found on the whole track rather than on one cue."""
        ...

    def track_waivers(self, task_id: str) -> tuple[Waiver, ...]:
        """Which of these findings somebody decided may stay."""
        ...

    def sentences(self, task_id: str) -> tuple[SentenceDraft, ...]:
        """What the machine knew of each sentence when it was parked, in order; often nothing."""
        ...

    def passage(self, task_id: str, cue_id: str) -> Passage:
        """Of these, the ones that run through a cue, and those that share cues with them."""
        ...

    def claim(self, task_id: str, user_id: str) -> Lease:
        """Take the task under a new epoch; TaskHeldError while another's lease runs.

        A text that was submitted is taken to check it, by another person. A task that is kept for
        somebody is refused to others, but for leads.

        The holder's own claim renews the lease under the old epoch, so that reloading a page
        does not fence off what it was still sending.
        """
        ...

    def heartbeat(self, task_id: str, user_id: str, epoch: int) -> Lease:
        """Renew the lease; LeaseLostError once it was taken over."""
        ...

    def release(self, task_id: str, user_id: str, epoch: int) -> None:
        """Give the task back to the queue; saved edits stay. Twice is once."""
        ...

    def edit_cue(
        self, task_id: str, cue_id: str, *, user_id: str, epoch: int, version: int, text: str
    ) -> ReviewCue:
        """Store a text based on ``version``; StaleCueError when the cue has moved on.

        Sending the text that is already there is a success whatever the version (a retry of a
        lost answer). Editing a confirmed cue takes its tick away; back at the machine's text it
        counts as untouched. Findings are measured anew. What is stored is the text as
        `review.texts.clean_cue_text` leaves it; InvalidEditError when it cannot be stored.
        """
        ...

    def confirm_cue(
        self, task_id: str, cue_id: str, *, user_id: str, epoch: int, confirmed: bool
    ) -> ReviewCue:
        """Tick a cue off, or take the tick away."""
        ...

    def snapshot(self, task_id: str) -> Snapshot:
        """The text approved last; NotAllowedError while there is none."""
        ...

    def text_of(self, task_id: str, extension: str, *, approved_only: bool) -> str:
        """The whole file, ``srt`` or ``vtt``.

        Args:
            task_id: The task.
            extension: As the format's, without a dot; UnknownFormatError for another.
            approved_only: True for the text approved last (NotAllowedError while there is none);
                False for the text as it stands now, approved or not.
        """
        ...

    def events(self, task_id: str) -> Sequence[Event]:
        """The log of one task, oldest first."""
        ...

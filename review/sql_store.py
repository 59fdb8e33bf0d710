"""The review queue in SQLite or PostgreSQL."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import Engine, select

from review.database import reading, writing
from review.drafts import require_storable_draft
from review.errors import NotAllowedError
from review.files import file_of, require_extension
from review.machine_drafts import Draft
from review.passages import Passage
from review.schema import EventRow, TaskRow
from review.sql_decisions import approve_task, snapshot_of_attempt
from review.sql_edits import confirm, edit
from review.sql_parking import park_draft
from review.sql_rows import (
    event_of,
    find_cue_findings,
    find_cues,
    find_snapshot,
    find_task,
    has_state,
    require_cue,
    require_task,
    select_tasks,
    snapshot_of,
    task_of,
)
from review.sql_sentences import find_passage, find_sentences
from review.sql_work import Work, begin_work
from review.store import Clock
from review.tasks import Event, EventKind, Lease, ReviewCue, ReviewTask, Snapshot, TaskState
from review.texts import clean_cue_text, clean_reason
from review.workflow import Action
from subtitles.findings import Finding
from subtitles.language import LanguageTag
from translate.drafts import SentenceDraft

LEASE = timedelta(minutes=15)
"""How long a task stays taken after the last sign of life: the form gives one every minute."""


class SqlReviewStore:
    """Implements `review.store.ReviewStore`; safe to share between threads and processes.

    Every write unit locks the row of its task first, so that two people at one task are served
    one after the other, and decides on what it then reads.
    """

    def __init__(self, engine: Engine, clock: Clock, lease: timedelta = LEASE) -> None:
        self._engine, self._clock, self._lease = engine, clock, lease

    def park(self, draft: Draft) -> tuple[ReviewTask, bool]:
        """See the port."""
        require_storable_draft(draft)
        with writing(self._engine) as session:
            now = self._clock()
            task_id, taken = park_draft(session, draft, now)
            session.flush()
            return find_task(session, task_id, now), taken

    def tasks(
        self, *, state: TaskState | None = None, language: LanguageTag | None = None
    ) -> tuple[ReviewTask, ...]:
        """See the port."""
        listed = select_tasks(self._clock())
        if state is not None:
            listed = listed.where(has_state(state))
        if language is not None:
            listed = listed.where(TaskRow.language == language)
        with reading(self._engine) as session:
            return tuple(task_of(row) for row in session.execute(listed))

    def task(self, task_id: str) -> ReviewTask:
        """See the port."""
        with reading(self._engine) as session:
            return find_task(session, task_id, self._clock())

    def cues(self, task_id: str, cue_ids: Collection[str] | None = None) -> tuple[ReviewCue, ...]:
        """See the port."""
        with reading(self._engine) as session:
            require_task(session, task_id)
            return find_cues(session, task_id, cue_ids)

    def track_findings(self, task_id: str) -> tuple[Finding, ...]:
        """See the port."""
        with reading(self._engine) as session:
            require_task(session, task_id)
            return find_cue_findings(session, task_id, "")

    def sentences(self, task_id: str) -> tuple[SentenceDraft, ...]:
        """See the port."""
        with reading(self._engine) as session:
            require_task(session, task_id)
            return find_sentences(session, task_id)

    def passage(self, task_id: str, cue_id: str) -> Passage:
        """See the port."""
        with reading(self._engine) as session:
            require_task(session, task_id)
            return find_passage(session, task_id, require_cue(session, task_id, cue_id))

    def claim(self, task_id: str, user_id: str) -> Lease:
        """See the port."""
        with self._work(task_id, user_id) as work:
            return work.claim(self._lease)

    def heartbeat(self, task_id: str, user_id: str, epoch: int) -> Lease:
        """See the port."""
        with self._work(task_id, user_id) as work:
            work.move(Action.RENEW, epoch=epoch)
            return work.renew(self._lease)

    def release(self, task_id: str, user_id: str, epoch: int) -> None:
        """See the port."""
        with self._work(task_id, user_id) as work:
            if not work.had(epoch):
                work.move(Action.RELEASE, epoch=epoch)
                work.end_lease()
                work.log(EventKind.TASK_RELEASED)

    def edit_cue(
        self, task_id: str, cue_id: str, *, user_id: str, epoch: int, version: int, text: str
    ) -> ReviewCue:
        """See the port."""
        cleaned = clean_cue_text(text)
        with self._work(task_id, user_id) as work:
            work.move(Action.EDIT, epoch=epoch)
            work.renew(self._lease)
            return edit(work, cue_id, version=version, text=cleaned)

    def confirm_cue(
        self, task_id: str, cue_id: str, *, user_id: str, epoch: int, confirmed: bool
    ) -> ReviewCue:
        """See the port."""
        with self._work(task_id, user_id) as work:
            work.move(Action.CONFIRM, epoch=epoch)
            work.renew(self._lease)
            return confirm(work, cue_id, confirmed=confirmed)

    def approve(self, task_id: str, *, user_id: str, epoch: int) -> Snapshot:
        """See the port."""
        with self._work(task_id, user_id) as work:
            already = snapshot_of_attempt(work, epoch)
            return snapshot_of(already or approve_task(work, epoch))

    def request_changes(self, task_id: str, *, user_id: str, epoch: int, reason: str) -> ReviewTask:
        """See the port."""
        cleaned = clean_reason(reason)
        with self._work(task_id, user_id) as work:
            if not (work.task.state is TaskState.CHANGES_REQUESTED and work.had(epoch)):
                work.move(Action.REQUEST_CHANGES, epoch=epoch)
                work.end_lease()
                work.task.reason = cleaned
                work.log(EventKind.TASK_CHANGES_REQUESTED, cleaned)
                work.session.flush()
            return find_task(work.session, task_id, work.now)

    def reopen(self, task_id: str, *, user_id: str, reason: str) -> ReviewTask:
        """See the port."""
        cleaned = clean_reason(reason)
        with self._work(task_id, user_id) as work:
            work.move(Action.REOPEN)
            work.task.reason = cleaned
            work.log(EventKind.TASK_REOPENED, cleaned)
            work.session.flush()
            return find_task(work.session, task_id, work.now)

    def snapshot(self, task_id: str) -> Snapshot:
        """See the port."""
        with reading(self._engine) as session:
            require_task(session, task_id)
            row = find_snapshot(session, task_id)
        if row is None:
            raise NotAllowedError("nothing is approved yet: approve the task first")
        return snapshot_of(row)

    def text_of(self, task_id: str, extension: str, *, approved_only: bool) -> str:
        """See the port."""
        require_extension(extension)
        if approved_only:
            snapshot = self.snapshot(task_id)
            return snapshot.vtt if extension == "vtt" else snapshot.srt
        return file_of(self.cues(task_id), extension)

    def events(self, task_id: str) -> tuple[Event, ...]:
        """See the port."""
        listed = select(EventRow).where(EventRow.task_id == task_id).order_by(EventRow.event_id)
        with reading(self._engine) as session:
            require_task(session, task_id)
            return tuple(event_of(row) for row in session.scalars(listed))

    @contextmanager
    def _work(self, task_id: str, user_id: str) -> Iterator[Work]:
        """One write unit on one task."""
        with writing(self._engine) as session:
            yield begin_work(session, task_id, user_id, self._clock)

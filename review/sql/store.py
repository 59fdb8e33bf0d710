"""The review queue in SQLite or PostgreSQL."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from review.drafts import require_storable_draft
from review.errors import NotAllowedError
from review.events import Event, EventKind
from review.files import file_of, require_extension
from review.machine_drafts import Draft
from review.outbox import NoticeKind
from review.passages import Passage
from review.sql.database import reading, writing
from review.sql.decisions import SqlDecisions
from review.sql.edits import confirm, edit
from review.sql.findings import OF_THE_TRACK, Found, find_findings
from review.sql.gate import lock_transcript
from review.sql.merging import settle_before_claim
from review.sql.opening import open_if_ready
from review.sql.outbox import tell
from review.sql.parking import park_draft
from review.sql.projects import move_task, project_named
from review.sql.rows import (
    event_of,
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
from review.sql.schema import TaskRow
from review.sql.schema_log import EventRow
from review.sql.sentences import find_passage, find_sentences
from review.tasks import Lease, ReviewCue, ReviewTask, Snapshot, TaskState, Waiver
from review.texts import clean_cue_text
from review.workflow import Action
from subtitles.findings import Finding
from subtitles.language import LanguageTag
from translate.drafts import SentenceDraft


class SqlReviewStore(SqlDecisions):
    """Implements `review.store.ReviewStore`; safe to share between threads and processes."""

    def park(self, draft: Draft) -> tuple[ReviewTask, bool]:
        """See the port."""
        require_storable_draft(draft)
        with writing(self._engine) as session:
            lock_transcript(session, draft.media_id, draft.source_language)
            work, taken = park_draft(session, draft, self._clock)
            if draft.project:
                move_task(work, project_named(session, draft.project, work.now))
            open_if_ready(work)
            if taken:
                tell(session, NoticeKind.TASK_PARKED, work.task, work.now)
            session.flush()
            return find_task(session, work.task.task_id, work.now), taken

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
            return tuple(_on_track(session, task_id).findings)

    def track_waivers(self, task_id: str) -> tuple[Waiver, ...]:
        """See the port."""
        with reading(self._engine) as session:
            require_task(session, task_id)
            return tuple(_on_track(session, task_id).waivers)

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
            settle_before_claim(work)
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


def _on_track(session: Session, task_id: str) -> Found:
    return find_findings(session, task_id, [OF_THE_TRACK]).get(OF_THE_TRACK, Found())

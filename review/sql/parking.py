"""Machine drafts into the queue: once, and never over people's work."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from review.drafts import derive_task_id, drafted_cues
from review.events import EventKind
from review.machine_drafts import Draft
from review.merging.merge import Newer
from review.sql.cue_rows import replace_cues, replace_sources
from review.sql.findings import add_findings
from review.sql.merging import offer_draft
from review.sql.recounting import recount
from review.sql.schema import TaskRow
from review.sql.sentences import store_sentences
from review.sql.work import Work, pipeline_work
from review.store import Clock
from review.tasks import TaskState


def park_draft(session: Session, draft: Draft, clock: Clock) -> tuple[Work, bool]:
    """The task of this draft, locked, and whether its cues went in by this call."""
    task_id = _locked_id(session, draft)
    if task_id is None:
        task = _new_task(session, draft, clock())
        if task is not None:
            _fill(session, task, draft)
            session.flush()
            work = pipeline_work(session, task.task_id, clock)
            work.log(EventKind.DRAFT_PARKED, draft.draft_id)
            return work, True
        # Another process parked it between our look and our insert; now its row is there.
        task_id = _locked_id(session, draft)
        if task_id is None:
            raise AssertionError("a task that stood in the way is gone: tasks are never deleted")
    work = pipeline_work(session, task_id, clock)
    return work, offer_draft(work, draft)


def _locked_id(session: Session, draft: Draft) -> str | None:
    wanted = select(TaskRow.task_id).where(
        TaskRow.media_id == draft.media_id, TaskRow.language == draft.language
    )
    return session.scalars(wanted.with_for_update()).one_or_none()


def _new_task(session: Session, draft: Draft, now: datetime) -> TaskRow | None:
    """A fresh row; None when another process was faster."""
    task = TaskRow(
        task_id=derive_task_id(draft),
        media_id=draft.media_id,
        title=draft.title,
        media_path=draft.media_path,
        frame_rate=draft.frame_rate,
        source_language=draft.source_language,
        language=draft.language,
        audience=draft.audience,
        kind=draft.kind,
        client=draft.client,
        draft_id=draft.draft_id,
        offered_draft_id=draft.draft_id,
        made_by=draft.made_by,
        state=TaskState.DRAFT,
        created_at=now,
        updated_at=now,
    )
    try:
        with session.begin_nested():
            session.add(task)
    except IntegrityError:
        return None
    return task


def _fill(session: Session, task: TaskRow, draft: Draft) -> None:
    """Cues, sentences and findings of a draft into a task that has none."""
    replace_cues(session, task.task_id, drafted_cues(draft))
    replace_sources(session, task.task_id, Newer(cues=draft.cues).sources)
    store_sentences(session, task.task_id, draft.sentences, [cue.cue_id for cue in draft.cues])
    add_findings(session, task.task_id, draft.findings)
    recount(session, task)

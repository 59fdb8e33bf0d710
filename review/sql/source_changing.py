"""The transcript was approved: the translations of its title are put on it as it reads now."""

import json

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from review.events import EventKind
from review.merging.source_changes import SourceChange, source_change
from review.merging.source_cues import SourceCue
from review.remeasuring import remeasured
from review.sql.cue_rows import cue_values, find_sources, replace_sources
from review.sql.findings import store_findings
from review.sql.recounting import recount
from review.sql.rerouting import SentenceTerms
from review.sql.rows import find_cues
from review.sql.schema import CueRow, TaskRow
from review.sql.work import Work, pipeline_work
from review.sql.yardsticks import yardstick_of
from review.store import Clock
from review.tasks import ReviewCue, TaskState
from review.workflow import Action

_BACK_INTO_REVIEW = {
    TaskState.APPROVED: Action.REOPEN,
    TaskState.PUBLISHED: Action.REOPEN,
    TaskState.QC_PENDING: Action.SUPERSEDE,
}
"""How a text that nobody was going to change any more comes back to people."""


def tell_translations(session: Session, transcript: TaskRow, clock: Clock) -> None:
    """Mark what renders something else now; what was approved is opened again, once a language.

    The same transcript approved again changes nothing. Texts and times stay as they are, and who
    holds a task goes on with it. What is said there for the first time and renders nowhere opens
    nothing by itself: a draft that translates it will.
    """
    said = _said(session, transcript.task_id)
    translations = select(TaskRow.task_id).where(
        TaskRow.media_id == transcript.media_id,
        TaskRow.source_language == transcript.language,
        TaskRow.task_id != transcript.task_id,
    )
    for task_id in session.scalars(translations.order_by(TaskRow.task_id)).all():
        _tell(pipeline_work(session, task_id, clock), said)


def _said(session: Session, task_id: str) -> tuple[SourceCue, ...]:
    return tuple(
        SourceCue(cue_id=cue.cue_id, span=cue.span, text=cue.text)
        for cue in find_cues(session, task_id)
    )


def _tell(work: Work, said: tuple[SourceCue, ...]) -> None:
    session, task = work.session, work.task
    before = find_cues(session, task.task_id)
    sources = find_sources(session, task.task_id)
    change = source_change(before, sources, said)
    if change.sources != sources:
        replace_sources(session, task.task_id, change.sources)
    _store(work, before, change)
    if change.sources == sources and not change.changed_ids:
        return
    recount(session, task)
    back = _BACK_INTO_REVIEW.get(task.state) if change.changed_ids else None
    reason = _reason(change)
    if back is not None:
        work.move(back)
        task.reason = reason
    # Told even where nothing renders other words than before: steps taken earlier know places in
    # the source as it was.
    detail = {"changed": change.changed_ids, "untold_count": change.untold_count}
    work.log(EventKind.SOURCE_CHANGED, json.dumps(detail), implicit=True)
    if back is Action.REOPEN:
        work.log(EventKind.TASK_REOPENED, reason, implicit=True)


def _store(work: Work, before: tuple[ReviewCue, ...], change: SourceChange) -> None:
    """The cues that are linked otherwise, and what is found on them now."""
    session, task = work.session, work.task
    by = yardstick_of(session, task)
    terms = SentenceTerms(session, task.task_id, range(len(before)))
    after = remeasured(before, change.cues, by, terms)
    moved = [now for was, now in zip(before, after, strict=True) if now != was]
    if moved:
        session.execute(update(CueRow), [cue_values(task.task_id, cue) for cue in moved])
    found = [now for was, now in zip(before, after, strict=True) if _found(now) != _found(was)]
    if found:
        store_findings(session, task.task_id, found)


def _found(cue: ReviewCue) -> tuple[object, ...]:
    return (cue.findings, cue.waivers)


def _reason(change: SourceChange) -> str:
    count = len(change.changed_ids)
    told = f"The transcript was corrected: {count} cue{'' if count == 1 else 's'} to look at"
    more = change.untold_count
    return f"{told}, {more} not rendered yet." if more else f"{told}."

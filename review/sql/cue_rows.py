"""All cues of a task, and what they render, put into the database at once."""

from collections.abc import Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from review.merging.source_cues import SourceCue
from review.sql.schema import CueRow, SourceCueRow
from review.tasks import ReviewCue
from subtitles.span import Span


def replace_cues(session: Session, task_id: str, cues: Sequence[ReviewCue]) -> None:
    """Put these cues in the place of all that the task has; their findings are the caller's."""
    session.execute(delete(CueRow).where(CueRow.task_id == task_id))
    if cues:
        session.execute(insert(CueRow), [cue_values(task_id, cue) for cue in cues])


def replace_sources(session: Session, task_id: str, sources: Sequence[SourceCue]) -> None:
    """Put these source cues, in order, in the place of all that the task has."""
    session.execute(delete(SourceCueRow).where(SourceCueRow.task_id == task_id))
    values = [
        {
            "task_id": task_id,
            "ordinal": ordinal,
            "cue_id": source.cue_id,
            "start_ms": source.span.start_ms,
            "end_ms": source.span.end_ms,
            "text": source.text,
        }
        for ordinal, source in enumerate(sources)
    ]
    if values:
        session.execute(insert(SourceCueRow), values)


def find_sources(session: Session, task_id: str) -> tuple[SourceCue, ...]:
    """What a task renders, in order."""
    listed = select(SourceCueRow).where(SourceCueRow.task_id == task_id)
    return tuple(
        SourceCue(cue_id=row.cue_id, span=Span(row.start_ms, row.end_ms), text=row.text)
        for row in session.scalars(listed.order_by(SourceCueRow.ordinal))
    )


def cue_values(task_id: str, cue: ReviewCue) -> dict[str, object]:
    """The columns of a cue."""
    machine = cue.machine_span
    return {
        "task_id": task_id,
        "cue_id": cue.cue_id,
        "ordinal": cue.ordinal,
        "start_ms": cue.span.start_ms,
        "end_ms": cue.span.end_ms,
        "text": cue.text,
        "source_text": cue.source_text,
        "machine_text": cue.machine_text,
        "confidence": cue.confidence,
        "state": cue.state,
        "version": cue.version,
        "quality": cue.quality,
        "machine_start_ms": None if machine is None else machine.start_ms,
        "machine_end_ms": None if machine is None else machine.end_ms,
        "first_source": cue.first_source,
        "last_source": cue.last_source,
        "is_stale": cue.is_stale,
        "earlier_source": cue.earlier_source,
        "offered_text": cue.offered_text,
        "made_by": cue.made_by,
    }

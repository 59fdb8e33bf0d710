"""Whether a translation has to wait until the transcript of its title is approved."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from review.sql.schema import ProjectRow, TaskRow
from review.tasks import TaskState
from subtitles.language import LanguageTag

_APPROVED = frozenset({TaskState.APPROVED, TaskState.PUBLISHED})


def lock_transcript(session: Session, media_id: str, spoken: LanguageTag) -> None:
    """Wait for whoever is deciding on the transcript of this title.

    Who parks a translation locks the transcript first and its own task after, in the order in which
    an approval locks them: so no translation is parked as waiting at the very moment when the
    approval that it waits for looks for such.
    """
    session.scalars(_transcript(media_id, spoken).with_for_update()).all()


def awaits_transcript(session: Session, task: TaskRow) -> bool:
    """Whether the project wants the transcript approved first, and it is not (or not yet there)."""
    if task.language == task.source_language:
        return False
    if not session.get_one(ProjectRow, task.project_id).source_first:
        return False
    transcript = session.scalars(_transcript(task.media_id, task.source_language)).one_or_none()
    return transcript is None or transcript.state not in _APPROVED


def _transcript(media_id: str, spoken: str) -> Select[TaskRow]:
    return select(TaskRow).where(
        TaskRow.media_id == media_id,
        TaskRow.language == spoken,
        TaskRow.source_language == spoken,
    )

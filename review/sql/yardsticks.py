"""What the cues of a task are measured by, with what the database knows of its film."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from review.measuring import Yardstick, yardstick
from review.sql.schema import TaskRow
from review.sql.schema_media import TimelineRow
from subtitles.language import LanguageTag


def yardstick_of(session: Session, task: TaskRow) -> Yardstick:
    """The limits of a task on its film's frames, shot changes and end, as far as they are known."""
    of_style = yardstick(
        source_language=LanguageTag(task.source_language),
        language=LanguageTag(task.language),
        audience=task.audience,
        kind=task.kind,
        client=task.client,
        frame_rate=task.frame_rate,
    )
    return on_film(session, of_style, task.media_id)


def on_film(session: Session, by: Yardstick, media_id: str) -> Yardstick:
    """The same limits on a film's shot changes and end, as far as they are known."""
    known = select(TimelineRow.duration_ms, TimelineRow.shot_changes_ms).where(
        TimelineRow.media_id == media_id
    )
    film = session.execute(known).one_or_none()
    return by if film is None else by.on(film.duration_ms, tuple(film.shot_changes_ms))

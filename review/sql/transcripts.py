"""Approved transcripts in SQLite or PostgreSQL."""

from sqlalchemy import Engine, select

from review.release.document import ReleaseDocument
from review.sql.database import reading
from review.sql.releasing import find_document
from review.sql.schema import TaskRow
from subtitles.language import LanguageTag


class SqlApprovedTranscripts:
    """Implements `review.release.port.ApprovedTranscripts`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, media_id: str, language: LanguageTag) -> ReleaseDocument | None:
        """See the port."""
        transcript = select(TaskRow.task_id).where(
            TaskRow.media_id == media_id,
            TaskRow.language == language,
            TaskRow.source_language == language,
        )
        with reading(self._engine) as session:
            task_id = session.scalars(transcript).one_or_none()
            return None if task_id is None else find_document(session, task_id)

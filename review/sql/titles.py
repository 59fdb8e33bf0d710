"""Titles in SQLite or PostgreSQL."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Engine, select

from review.sql.database import reading
from review.sql.schema import ProjectRow, TaskRow
from review.tasks import TaskState
from review.titles import ReviewedTitle
from subtitles.language import LanguageTag


class _Of(NamedTuple):
    media_id: str
    title: str
    source_language: str
    language: str
    state: TaskState
    project: str


class SqlTitles:
    """Implements `review.titles.Titles`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def titles(
        self, *, project_id: str | None = None, media_id: str | None = None
    ) -> tuple[ReviewedTitle, ...]:
        """See the port."""
        listed = (
            select(
                TaskRow.media_id,
                TaskRow.title,
                TaskRow.source_language,
                TaskRow.language,
                TaskRow.state,
                ProjectRow.name,
            )
            .join(ProjectRow, ProjectRow.project_id == TaskRow.project_id)
            .order_by(TaskRow.media_id, TaskRow.language)
        )
        if project_id is not None:
            of_project = select(TaskRow.media_id).where(TaskRow.project_id == project_id)
            listed = listed.where(TaskRow.media_id.in_(of_project))
        if media_id is not None:
            listed = listed.where(TaskRow.media_id == media_id)
        with reading(self._engine) as session:
            rows = [_Of(*row) for row in session.execute(listed)]
        titles = [_title(list(group)) for _, group in groupby(rows, key=lambda row: row.media_id)]
        return tuple(sorted(titles, key=lambda one: (one.title, one.media_id)))


def _title(rows: Sequence[_Of]) -> ReviewedTitle:
    transcript = next((row for row in rows if row.language == row.source_language), rows[0])
    return ReviewedTitle(
        media_id=transcript.media_id,
        title=transcript.title,
        project=transcript.project,
        source_language=LanguageTag(transcript.source_language),
        languages=tuple((LanguageTag(row.language), row.state) for row in rows),
    )

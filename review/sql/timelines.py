"""Timelines of films in SQLite or PostgreSQL."""

from collections.abc import Sequence

from sqlalchemy import Engine

from review.hearing import HeardWord
from review.sql.database import reading, writing
from review.sql.schema_media import HeardWordsRow, TimelineRow
from review.store import Clock
from review.texts import is_storable
from review.timeline import Timeline
from subtitles.span import Span


class SqlTimelines:
    """Implements `review.timeline.Timelines`."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def keep(self, media_id: str, timeline: Timeline, words: Sequence[HeardWord] = ()) -> None:
        """See the port."""
        said = [
            [word.text, word.span.start_ms, word.span.end_ms, word.percent, *word.doubts]
            for word in words
        ]
        with writing(self._engine) as session:
            session.merge(HeardWordsRow(media_id=media_id, words=said))
            session.merge(
                TimelineRow(
                    media_id=media_id,
                    duration_ms=timeline.duration_ms,
                    peaks_hz=timeline.peaks_hz,
                    peaks=timeline.peaks,
                    shot_changes_ms=list(timeline.shot_changes_ms),
                    speech=[[span.start_ms, span.end_ms] for span in timeline.speech],
                    kept_at=self._clock(),
                )
            )

    def timeline(self, media_id: str) -> Timeline | None:
        """See the port."""
        with reading(self._engine) as session:
            row = session.get(TimelineRow, media_id) if is_storable(media_id) else None
        if row is None:
            return None
        return Timeline(
            duration_ms=row.duration_ms,
            peaks_hz=row.peaks_hz,
            peaks=row.peaks,
            shot_changes_ms=tuple(row.shot_changes_ms),
            speech=tuple(Span(start_ms, end_ms) for start_ms, end_ms in row.speech),
        )

    def words(self, media_id: str) -> tuple[HeardWord, ...]:
        """See the port."""
        with reading(self._engine) as session:
            row = session.get(HeardWordsRow, media_id) if is_storable(media_id) else None
        return tuple(
            HeardWord(text=text, span=Span(start_ms, end_ms), percent=percent, doubts=tuple(why))
            for text, start_ms, end_ms, percent, *why in (row.words if row else ())
        )

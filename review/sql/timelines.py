"""Timelines of films in SQLite or PostgreSQL."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from review.hearing import HeardWord
from review.sql.database import reading, writing
from review.sql.schema_media import HeardWordsRow, TimelineRow
from review.store import Clock
from review.texts import is_storable
from review.timeline import Timeline
from subtitles.span import Span

_SPEAKER = "speaker"


class SqlTimelines:
    """Implements `review.timeline.Timelines`."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine, self._clock = engine, clock

    def keep(self, media_id: str, timeline: Timeline, words: Sequence[HeardWord] = ()) -> None:
        """See the port."""
        with writing(self._engine) as session:
            session.merge(HeardWordsRow(media_id=media_id, words=list(map(_written, words))))
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
            return find_words(session, media_id)


def find_words(session: Session, media_id: str) -> tuple[HeardWord, ...]:
    """What was heard in a film, in order; none where nobody knows."""
    row = session.get(HeardWordsRow, media_id) if is_storable(media_id) else None
    return tuple(_read(*word) for word in (row.words if row else ()))


def _written(word: HeardWord) -> list[Any]:
    # Who says it stands last, by name: where nobody knows there is nothing to keep.
    said_by = [{_SPEAKER: word.speaker}] if word.speaker else []
    return [word.text, word.span.start_ms, word.span.end_ms, word.percent, *word.doubts, *said_by]


def _read(
    text: str, start_ms: int, end_ms: int, percent: int, *more: str | dict[str, str]
) -> HeardWord:
    return HeardWord(
        text=text,
        span=Span(start_ms, end_ms),
        percent=percent,
        doubts=tuple(one for one in more if isinstance(one, str)),
        speaker=next((one[_SPEAKER] for one in more if isinstance(one, dict)), ""),
    )

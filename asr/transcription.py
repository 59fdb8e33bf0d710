"""Joining the transcripts of chunks into the transcript of a title (pure)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from asr.errors import NoSpeechError, UnjoinablePartsError
from asr.recognizer import ChunkTranscript
from subtitles.language import LanguageTag
from subtitles.signature import EngineSignature
from subtitles.span import Span
from subtitles.words import Transcript, Word

JOIN_VERSION = "1"
"""Part of every cache key of a joined transcript: raise it when joining gives another result."""


def join(
    media_id: str,
    parts: Sequence[ChunkTranscript],
    signature: EngineSignature,
) -> Transcript:
    """All words of all chunks, in order, each exactly once.

    The language is the one spoken longest, each chunk's words counting for their duration times
    how sure the chunk was; the probability is the mean of those chunks, weighted alike. A silent
    chunk has no vote, unless all are silent: then the language they were listened to in counts.

    Args:
        media_id: Of the title.
        parts: One per chunk, in the order of the chunks.
        signature: Of the recogniser.

    Raises:
        NoSpeechError: when nobody speaks and no language was given.
        UnjoinablePartsError: when the words of one chunk begin before those of the chunk ahead.
    """
    spoken, probability = _vote(parts)
    if spoken is None:
        raise NoSpeechError
    words: list[Word] = []
    for number, part in enumerate(parts):
        if words and part.words and part.words[0].span.start_ms < words[-1].span.start_ms:
            raise UnjoinablePartsError(f"chunk {number} speaks before the chunk ahead of it")
        words += part.words
    return Transcript(
        media_id=media_id,
        language=spoken,
        language_probability=probability,
        words=tuple(_without_overlap(words)),
        made_by=signature,
    )


def _vote(parts: Sequence[ChunkTranscript]) -> tuple[LanguageTag | None, float]:
    votes: Counter[LanguageTag] = Counter()
    spoken_ms: Counter[LanguageTag] = Counter()
    for part in parts:
        duration_ms = sum(word.span.duration_ms for word in part.words)
        if part.language is not None and duration_ms:
            votes[part.language] += round(duration_ms * part.language_probability)
            spoken_ms[part.language] += duration_ms
    if not votes:
        return next((part.language for part in parts if part.language is not None), None), 1.0
    language, weight = votes.most_common(1)[0]
    return language, min(1.0, weight / spoken_ms[language])


def _without_overlap(words: Sequence[Word]) -> list[Word]:
    """A word that runs into the next (a seam cut inside a word) ends where that one starts."""
    trimmed = list(words)
    for index in range(len(trimmed) - 1):
        span, limit = trimmed[index].span, trimmed[index + 1].span.start_ms
        if span.end_ms > limit > span.start_ms:
            trimmed[index] = replace(trimmed[index], span=Span(span.start_ms, limit))
    return trimmed

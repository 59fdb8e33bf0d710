"""Joining the transcripts of chunks into the transcript of a title (pure)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from asr.errors import NoSpeechError, UnjoinablePartsError
from asr.hearing.seams import SEAMS_VERSION, join_words
from asr.recognizer import ChunkTranscript, SpokenLanguage
from subtitles.doubts import DoubtfulSpan
from subtitles.language import LanguageTag
from subtitles.signature import EngineSignature
from subtitles.span import Span
from subtitles.words import Transcript, Word

JOIN_VERSION = f"2, seams {SEAMS_VERSION}"
"""Part of every cache key of a joined transcript: raise it when joining gives another result."""


def join(
    media_id: str,
    parts: Sequence[ChunkTranscript],
    signature: EngineSignature,
    *,
    spans: Sequence[Span] = (),
    spoken: SpokenLanguage | None = None,
) -> Transcript:
    """All words of all chunks, in order, each exactly once, and all doubts.

    Without ``spoken`` the language is the one spoken longest, each chunk's words counting for
    their duration times how sure the chunk was; the probability is the mean of those chunks,
    weighted alike. A silent chunk has no vote, unless all are silent: then the language they were
    listened to in counts.

    Args:
        media_id: Of the title.
        parts: One per chunk, in the order of the chunks.
        signature: Of the recogniser.
        spans: What each chunk held; where two overlap, their words are joined by
            `asr.hearing.seams`. Without them no two overlap.
        spoken: The language all chunks were recognised with, which is then that of the title.

    Raises:
        NoSpeechError: when nobody speaks and no person named the language.
        UnjoinablePartsError: when the words of one chunk begin before those of the chunk ahead,
            or there is not a span for each chunk.
    """
    if spans and len(spans) != len(parts):
        raise UnjoinablePartsError(f"{len(parts)} chunks and {len(spans)} spans")
    language, probability = _language(parts, spoken)
    words: list[Word] = []
    for number, part in enumerate(parts):
        overlap = _overlap(spans, number)
        if overlap:
            words = list(join_words(words, part.words, overlap))
            continue
        if words and part.words and part.words[0].span.start_ms < words[-1].span.start_ms:
            raise UnjoinablePartsError(f"chunk {number} speaks before the chunk ahead of it")
        words += part.words
    return Transcript(
        media_id=media_id,
        language=language,
        language_probability=probability,
        words=tuple(_without_overlap(words)),
        made_by=signature,
        doubts=tuple(_merged(doubt for part in parts for doubt in part.doubts)),
    )


def _overlap(spans: Sequence[Span], number: int) -> Span | None:
    """What a chunk and the one ahead of it both hold."""
    if not spans or not number or spans[number].start_ms >= spans[number - 1].end_ms:
        return None
    return Span(spans[number].start_ms, spans[number - 1].end_ms)


def _merged(doubts: Iterable[DoubtfulSpan]) -> list[DoubtfulSpan]:
    """In order; those that touch and have the same reasons are one."""
    merged: list[DoubtfulSpan] = []
    for doubt in sorted(doubts, key=lambda one: (one.span, one.doubts, one.set_aside)):
        last = merged[-1] if merged else None
        if last and last.doubts == doubt.doubts and doubt.span.start_ms <= last.span.end_ms:
            span = Span(last.span.start_ms, max(last.span.end_ms, doubt.span.end_ms))
            text = _both(last.set_aside, doubt.set_aside)
            merged[-1] = replace(last, span=span, set_aside=text)
        else:
            merged.append(doubt)
    return merged


def _both(one: str, other: str) -> str:
    """Two texts that were set aside; once, where both chunks heard the same."""
    if other in one:
        return one
    return other if one in other else f"{one} {other}"


def _language(
    parts: Sequence[ChunkTranscript], spoken: SpokenLanguage | None
) -> tuple[LanguageTag, float]:
    if spoken and (spoken.is_forced or any(part.words for part in parts)):
        return spoken.tag, spoken.probability
    language, probability = _vote(parts)
    if language is None:
        raise NoSpeechError
    return language, probability


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

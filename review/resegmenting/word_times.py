"""When the words of corrected cues are said: as heard, or between the words that were."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from review.hearing import HeardWord, bare
from review.resegmenting.spoken_texts import SpokenText, words_of
from subtitles.plain_text import clean_text
from subtitles.span import Span
from subtitles.style.profile import StyleProfile

_BESIDE_MS = 1_000
"""What is heard longer before or after a cue is not what it says."""

_MS_PER_CHAR = 80
"""At most: a word that was not heard begins no farther from one that was (12 characters a second
is slow speech)."""

_CUES_AT_ONCE = 40
"""Compared together: enough for words that went to a neighbour, and few enough to be fast."""


@dataclass(frozen=True, slots=True)
class Said:
    """When a word of a cue is said, how sure that is, and by whom.

    Attributes:
        span: On the film's clock.
        percent: As in `HeardWord`; 100 for a word that a person has written.
        speaker: As in `HeardWord`.
        is_heard: Whether something was heard in its place; else its time lies between its
            neighbours'.
    """

    span: Span
    percent: int = 100
    speaker: str = ""
    is_heard: bool = True


def word_times(
    texts: Sequence[SpokenText], heard: Sequence[HeardWord], profile: StyleProfile
) -> list[tuple[Said, ...]]:
    """For every word of every cue when it is said, in order of the words' starts.

    Args:
        texts: Cues that follow each other.
        heard: All words of the film, in order.
        profile: Of the language.
    """
    pieces = [piece for word in heard for piece in _pieces(word, profile)]
    starts = [piece.span.start_ms for piece in pieces]
    twins: list[list[Said | None]] = []
    done = 0
    for start in range(0, len(texts), _CUES_AT_ONCE):
        block = texts[start : start + _CUES_AT_ONCE]
        first = bisect_left(starts, block[0].cue.span.start_ms - _BESIDE_MS, lo=done)
        last = bisect_left(starts, block[-1].cue.span.end_ms + _BESIDE_MS, lo=first)
        found, used = _twins(block, pieces[first:last])
        twins += found
        done = first + used
    return _in_order([_filled(text, own) for text, own in zip(texts, twins, strict=True)])


def _pieces(word: HeardWord, profile: StyleProfile) -> Iterator[HeardWord]:
    """A word as the pieces in which texts are compared, its time shared out by length."""
    parts = words_of(clean_text(word.text), profile)
    spans = _shared([part.text for part in parts], word.span.start_ms, word.span.end_ms)
    for part, span in zip(parts, spans, strict=True):
        yield HeardWord(text=part.text, span=span, percent=word.percent, speaker=word.speaker)


def _twins(
    texts: Sequence[SpokenText], heard: Sequence[HeardWord]
) -> tuple[list[list[Said | None]], int]:
    """What was heard in the place of every word, and how much of what was heard that takes up."""
    places = [
        (number, place) for number, text in enumerate(texts) for place in range(len(text.words))
    ]
    spelled = [_spelled(texts[number].words[place].text) for number, place in places]
    found: list[list[Said | None]] = [[None] * len(text.words) for text in texts]
    used = 0
    matcher = SequenceMatcher(a=spelled, b=[_spelled(word.text) for word in heard], autojunk=False)
    for kind, start, end, heard_start, heard_end in matcher.get_opcodes():
        if kind not in {"equal", "replace"}:
            continue
        said = heard[heard_start:heard_end]
        times = map(_as_heard, said) if kind == "equal" else _instead(spelled[start:end], said)
        for (number, place), one in zip(places[start:end], times, strict=True):
            if _is_near(one.span, texts[number].cue.span):
                found[number][place] = one
                used = heard_end
    return found, used


def _spelled(word: str) -> str:
    """A word as it is compared; of a dash by itself the dash."""
    return bare(word) or word


def _as_heard(word: HeardWord) -> Said:
    return Said(word.span, word.percent, word.speaker)


def _instead(spelled: Sequence[str], heard: Sequence[HeardWord]) -> Iterator[Said]:
    """Words that a person has written for others: they share the time of those."""
    spans = _shared(spelled, heard[0].span.start_ms, max(word.span.end_ms for word in heard))
    for span in spans:
        nearest = min(heard, key=lambda word: abs(word.span.start_ms - span.start_ms))
        yield Said(span, speaker=nearest.speaker)


def _is_near(span: Span, cue: Span) -> bool:
    return span.start_ms < cue.end_ms + _BESIDE_MS and span.end_ms > cue.start_ms - _BESIDE_MS


def _filled(text: SpokenText, twins: Sequence[Said | None]) -> list[Said]:
    """The words of a cue with those between the heard ones; without any, over all its time."""
    filled: list[Said] = []
    place = 0
    while place < len(twins):
        twin = twins[place]
        if twin is not None:
            filled.append(twin)
            place += 1
            continue
        end = next((n for n in range(place, len(twins)) if twins[n] is not None), len(twins))
        before = twins[place - 1] if place else None
        after = twins[end] if end < len(twins) else None
        filled += _between([word.text for word in text.words[place:end]], text, before, after)
        place = end
    return filled


def _between(
    words: Sequence[str], text: SpokenText, before: Said | None, after: Said | None
) -> Iterator[Said]:
    """Words without a twin, beside those that have one."""
    cue = text.cue.span
    wanted_ms = _MS_PER_CHAR * sum(map(len, words))
    start_ms = cue.start_ms if before is None else before.span.end_ms
    end_ms = cue.end_ms if after is None else after.span.start_ms
    if before is not None:
        end_ms = min(end_ms, start_ms + wanted_ms)
    elif after is not None:
        start_ms = max(start_ms, end_ms - wanted_ms)
    beside = before or after
    speaker = "" if beside is None else beside.speaker
    for span in _shared(words, start_ms, max(start_ms, end_ms)):
        yield Said(span, speaker=speaker, is_heard=False)


def _shared(words: Sequence[str], start_ms: int, end_ms: int) -> Iterator[Span]:
    """A time shared by words as their lengths are."""
    total, done = max(1, sum(map(len, words))), 0
    for word in words:
        begin = start_ms + (end_ms - start_ms) * done // total
        done += len(word)
        yield Span(begin, start_ms + (end_ms - start_ms) * done // total)


def _in_order(said: Sequence[Sequence[Said]]) -> list[tuple[Said, ...]]:
    """The same, no word beginning before the one in front of it."""
    ordered, latest_ms = [], 0
    for cue in said:
        words = []
        for one in cue:
            latest_ms = max(latest_ms, one.span.start_ms)
            span = Span(latest_ms, max(latest_ms, one.span.end_ms))
            words.append(Said(span, one.percent, one.speaker, one.is_heard))
        ordered.append(tuple(words))
    return ordered

"""Which language a title is spoken in, by several stretches spread over it (pure).

One stretch is not enough: a film may open with a song in another language, or a quotation; and
a recogniser is easily wrong about a few seconds. So stretches from all over the title vote.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from asr.hearing.listening import Listening
from asr.recognizer import SpokenLanguage
from subtitles.language import LanguageTag
from subtitles.span import Span

VOTE_VERSION = "3"
"""Part of every cache key of a vote: raise it when other stretches vote, or count otherwise."""

MOST_STRETCHES = 6
"""Each costs a fifth of a second on two cores with the starter model."""


def probe_spans(listening: Listening) -> tuple[Span, ...]:
    """Stretches to judge the language by, in order and apart, at most `MOST_STRETCHES`.

    The title is divided into so many parts that hold equally much speech; of each, the window with
    most sure speech is taken (about 20 s where people talk, less where they exchange single
    lines). Where nothing is surely speech, what is audible counts.
    """
    chunks = [(window, chunk) for chunk in listening.chunks for window in chunk.windows]
    weights = [sum(map(window.overlap_ms, chunk.sure)) for window, chunk in chunks]
    if not any(weights):
        weights = [sum(map(window.overlap_ms, chunk.audible)) for window, chunk in chunks]
    windows = [window for window, _ in chunks]
    best = [_best(part, weights) for part in _parts(weights)]
    return tuple(_apart([windows[number] for number in best]))


def vote(heard: Sequence[tuple[LanguageTag, float, int]]) -> SpokenLanguage | None:
    """The language with the most speech times certainty; None when nothing was heard.

    How sure that is, is the share of all speech that the winner was heard in, each stretch
    counting for as much as it was sure: a dissenting stretch makes the title less sure. Of equals
    the one heard first wins.

    Args:
        heard: Of each stretch its language, how sure that is (0…1), and how many milliseconds of
            speech it holds.
    """
    weights: Counter[LanguageTag] = Counter()
    for tag, probability, speech_ms in heard:
        weights[tag] += round(probability * speech_ms)
    total_ms = sum(speech_ms for _, _, speech_ms in heard)
    if not total_ms:
        return None
    tag, weight = weights.most_common(1)[0]
    return SpokenLanguage(tag=tag, probability=min(1.0, weight / total_ms))


def _parts(weights: Sequence[int]) -> Iterator[Sequence[int]]:
    """Numbers of windows, in `MOST_STRETCHES` groups of about the same weight, or fewer."""
    total = sum(weights)
    groups: list[list[int]] = [[] for _ in range(MOST_STRETCHES)]
    for number, (weight, end) in enumerate(zip(weights, accumulate(weights), strict=True)):
        if weight:
            middle = end - weight / 2
            groups[int(middle * MOST_STRETCHES / total)].append(number)
    return filter(None, groups)


def _best(part: Sequence[int], weights: Sequence[int]) -> int:
    return max(part, key=lambda number: (weights[number], -number))


def _apart(windows: Sequence[Span]) -> Iterator[Span]:
    """Windows without what the one ahead holds already."""
    end_ms = 0
    for window in windows:
        yield Span(max(end_ms, window.start_ms), window.end_ms)
        end_ms = window.end_ms

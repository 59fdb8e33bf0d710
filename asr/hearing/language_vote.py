"""Which language a title is spoken in, by several stretches spread over it (pure)."""

from collections import Counter
from collections.abc import Sequence

from asr.hearing.listening import Listening
from asr.recognizer import SpokenLanguage
from subtitles.language import LanguageTag
from subtitles.span import Span

VOTE_VERSION = "1"
"""Part of every cache key of a vote: raise it when other stretches vote, or count otherwise."""

_MOST_STRETCHES = 6


def probe_spans(listening: Listening) -> tuple[Span, ...]:
    """Windows to judge the language by, in order, spread evenly over the title."""
    windows = [window for chunk in listening.chunks for window in chunk.windows]
    count = min(len(windows), _MOST_STRETCHES)
    return tuple(windows[(2 * place + 1) * len(windows) // (2 * count)] for place in range(count))


def vote(heard: Sequence[tuple[LanguageTag, float, int]]) -> SpokenLanguage | None:
    """The language with the most speech times certainty; None when nothing was heard.

    Args:
        heard: Of each stretch its language, how sure that is, and how many milliseconds it lasts.
    """
    weights: Counter[LanguageTag] = Counter()
    for tag, probability, speech_ms in heard:
        weights[tag] += round(probability * speech_ms)
    total_ms = sum(speech_ms for _, _, speech_ms in heard)
    if not total_ms:
        return None
    tag, weight = weights.most_common(1)[0]
    return SpokenLanguage(tag=tag, probability=min(1.0, weight / total_ms))

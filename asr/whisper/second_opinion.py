"""Windows whose text is doubtful are decoded again, at most twice, and the better text is kept.

First with the input Whisper was trained on, against loops where there is one; then, what is still
doubtful, in two halves, each on its own: text that the recogniser lost the thread of is found again
where it starts anew. Which decoding is better, `asr.doubts.invented.better` says. Nothing is
sampled, so the same window always ends with the same words.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from asr.doubts.heard import HeardWindow
from asr.doubts.invented import better, invented
from asr.whisper.batches import WHOLE_INPUT_MS, input_ms
from asr.whisper.decoder import Manner
from asr.whisper.passage import compression_ratio
from subtitles.doubts import Doubt
from subtitles.language import LanguageTag
from subtitles.span import Span

Hear = Callable[[Sequence[tuple[Span, LanguageTag]], Manner], list[HeardWindow]]
"""Decodes windows, each in its language, in a manner."""

# A shorter window is one sentence or less: halves would only take words apart.
_LEAST_HALVED_MS = 6000
# Where in a window it may be halved.
_HALVED_WITHIN = (0.3, 0.7)


def reconsidered(
    heard: Sequence[HeardWindow], *, hear: Hear, audible: Sequence[Span], spoken: LanguageTag
) -> list[HeardWindow]:
    """The better decoding of each window, in their order.

    Args:
        heard: What was heard at first.
        hear: Decodes again.
        audible: Regions worth listening to: windows are halved in the pauses between them.
        spoken: The title's language, in which a doubtful window in another one is tried first.
    """
    kept = list(heard)
    for manner in (Manner(whole_input=True), Manner(whole_input=True, against_loops=True)):
        again = [
            index
            for index, one in enumerate(heard)
            if _manner_against(one) == manner and _is_decoded_otherwise(one, manner, spoken)
        ]
        asked = [(heard[index].window, spoken) for index in again]
        for index, second in zip(again, hear(asked, manner), strict=True):
            kept[index] = better(kept[index], second)
    halved = [
        (index, _halves(one.window, audible))
        for index, one in enumerate(kept)
        if invented(one) and one.window.duration_ms >= _LEAST_HALVED_MS
    ]
    asked = [(half, kept[index].language) for index, halves in halved for half in halves]
    pieces = hear(asked, Manner())
    for place, (index, _) in enumerate(halved):
        kept[index] = better(kept[index], _joined(kept[index], pieces[2 * place : 2 * place + 2]))
    return kept


def _manner_against(heard: HeardWindow) -> Manner | None:
    doubts = invented(heard)
    if not doubts:
        return None
    return Manner(whole_input=True, against_loops=Doubt.REPETITION in doubts)


def _is_decoded_otherwise(heard: HeardWindow, manner: Manner, spoken: LanguageTag) -> bool:
    is_longer = input_ms(heard.window.duration_ms) < WHOLE_INPUT_MS
    return manner.against_loops or is_longer or heard.language != spoken


def _halves(window: Span, audible: Sequence[Span]) -> tuple[Span, Span]:
    """Two parts, cut in the middle of the longest pause near the middle, else in the middle."""
    low_ms, high_ms = (
        window.start_ms + round(window.duration_ms * part) for part in _HALVED_WITHIN
    )
    pauses = [(one.end_ms, other.start_ms) for one, other in pairwise(audible)]
    cuts = [
        (until - since, (since + until) // 2)
        for since, until in pauses
        if low_ms <= (since + until) // 2 <= high_ms
    ]
    cut_ms = max(cuts)[1] if cuts else (window.start_ms + window.end_ms) // 2
    return Span(window.start_ms, cut_ms), Span(cut_ms, window.end_ms)


def _joined(whole: HeardWindow, halves: Sequence[HeardWindow]) -> HeardWindow:
    """Two halves as one decoding of the window; longer text weighs more."""
    text = " ".join(half.text for half in halves if half.text)
    weight = sum(len(half.text) for half in halves) or 1
    return replace(
        whole,
        text=text,
        words=tuple(word for half in halves for word in half.words),
        mean_log_probability=sum(
            half.mean_log_probability * len(half.text) / weight for half in halves
        ),
        no_speech_probability=max(half.no_speech_probability for half in halves),
        compression_ratio=compression_ratio(text) if text else 0.0,
    )

"""How far the times of recognised words are from a timed reference (pure).

A passage of the reference (a sentence, a cue, a single word) is found in the transcript by the
alignment of all words of both, so that neither cue boundaries nor a misheard word matter, and a
sentence that was heard minutes off counts as minutes off.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median, quantiles

from asr.scoring.alignment import Alignment, align
from asr.scoring.readings import Reading, tokens
from subtitles.language import LanguageTag
from subtitles.span import MS_PER_SECOND, Span
from subtitles.words import Word

DEFAULT_FRAME_RATE = Fraction(25)
"""For sound without a picture: the rate in which European subtitles are timed."""

# A passage is found when half of its first and last words are: one alone may be any "the".
_NEAR_WORDS = 4
_TIED_FRAMES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedPassage:
    """Something said, and exactly when."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageErrors:
    """How far off a passage was heard; positive is late.

    Attributes:
        passage: Of the reference.
        start_error_ms: Of the first word; None when that word was not heard.
        end_error_ms: Of the last word; None when that word was not heard.
    """

    passage: TimedPassage
    start_error_ms: int | None
    end_error_ms: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimingErrors:
    """Errors of many times.

    Attributes:
        count: How many times could be compared.
        unheard: How many could not, since the word there was not heard.
        median_ms: Of the absolute errors; None when nothing could be compared, like all below.
        p90_ms: Nine of ten absolute errors are at most this.
        worst_ms: The largest absolute error.
        bias_ms: Median with its sign: positive is late.
        share_within_two_frames: Of those compared, 0…1.
    """

    count: int
    unheard: int
    median_ms: float | None
    p90_ms: float | None
    worst_ms: int | None
    bias_ms: float | None
    share_within_two_frames: float | None


def passage_errors(
    reference: Sequence[TimedPassage], words: Sequence[Word], *, language: LanguageTag
) -> tuple[PassageErrors, ...]:
    """Error of every passage of the reference, in its order.

    Args:
        reference: In order of time; passages without a word (♪, "…") are left out.
        words: As recognised, in order.
        language: Of both.
    """
    said = [_tokens(passage.text, language) for passage in reference]
    heard = [(token, word) for word in words for token in _tokens(word.text, language)]
    alignment = align([token for part in said for token in part], [token for token, _ in heard])
    places = [word for _, word in heard]
    return tuple(_errors(reference, said, alignment, places))


def start_errors(errors: Iterable[PassageErrors]) -> list[int | None]:
    """For `summary`: of the starts."""
    return [one.start_error_ms for one in errors]


def summary(
    errors_ms: Sequence[int | None], *, frame_rate: Fraction = DEFAULT_FRAME_RATE
) -> TimingErrors:
    """Many errors as one row of a table.

    Args:
        errors_ms: Signed; None for what was not heard.
        frame_rate: Two frames of it are as near as a cue's in-time can be seen to be.
    """
    known = [error for error in errors_ms if error is not None]
    sizes = sorted(map(abs, known))
    near_ms = _TIED_FRAMES * MS_PER_SECOND / frame_rate
    return TimingErrors(
        count=len(known),
        unheard=len(errors_ms) - len(known),
        median_ms=median(sizes) if sizes else None,
        p90_ms=_p90(sizes) if sizes else None,
        worst_ms=sizes[-1] if sizes else None,
        bias_ms=median(known) if known else None,
        share_within_two_frames=(
            sum(size <= near_ms for size in sizes) / len(sizes) if sizes else None
        ),
    )


def _p90(sizes: Sequence[int]) -> float:
    """Interpolated between the two nearest, as numpy and R do by default."""
    return quantiles(sizes, n=10, method="inclusive")[-1] if len(sizes) > 1 else float(sizes[0])


def _tokens(text: str, language: LanguageTag) -> tuple[str, ...]:
    return tokens(text, reading=Reading.PLAIN, language=language)


def _errors(
    reference: Sequence[TimedPassage],
    said: Sequence[tuple[str, ...]],
    alignment: Alignment,
    places: Sequence[Word],
) -> Iterator[PassageErrors]:
    first = 0
    for passage, part in zip(reference, said, strict=True):
        if not part:
            continue
        end = first + len(part)
        opening = _place(alignment, range(first, min(end, first + _NEAR_WORDS)))
        closing = _place(alignment, range(end - 1, max(first, end - _NEAR_WORDS) - 1, -1))
        yield PassageErrors(
            passage=passage,
            start_error_ms=(
                None if opening is None else places[opening].span.start_ms - passage.span.start_ms
            ),
            end_error_ms=(
                None if closing is None else places[closing].span.end_ms - passage.span.end_ms
            ),
        )
        first = end


def _place(alignment: Alignment, near: range) -> int | None:
    """Where the first of some neighbouring words was heard, None unless half of them were."""
    is_found = 2 * sum(alignment.equal[index] for index in near) >= len(near)
    return alignment.in_place[near[0]] if is_found else None

"""What ``polycue eval asr`` does: read or recognise, compare, print."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from pydantic import TypeAdapter

from asr.scoring.silence import Seconds
from asr.scoring.timing import DEFAULT_FRAME_RATE
from asr.scoring.word_errors import ErrorUnit, WordErrors
from flows.asr_score import FAR_FRAMES, AsrScore, Heard, StartErrors, asr_score
from flows.cli.measure_table import Measure, print_measures, print_remarks
from flows.cli.score_files import heard_of, is_heard_already, read_heard, read_reference
from flows.errors import UsageError
from flows.request import LocalizeRequest
from subtitles.language import LanguageTag, language_name
from subtitles.span import MS_PER_SECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class AsrEvaluation:
    """What to compare.

    Attributes:
        request: Its media is what to score: text that was heard already, or media to recognise.
        reference: What was said.
        frame_rate: In which frames times are counted; 25 when None.
        quiet: No progress of the recognition.
    """

    request: LocalizeRequest
    reference: Path
    frame_rate: Fraction | None
    quiet: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """A score, and what to know about it."""

    score: AsrScore
    remarks: tuple[str, ...]


def evaluate_asr(evaluation: AsrEvaluation) -> Evaluated:
    """Score a transcript, a subtitle file, a text, or media once it is recognised.

    Raises:
        UsageError: a file cannot be read from disk, or the language is not known.
        FormatError: a file cannot be understood.
        PolycueError: of recognition.
    """
    request = evaluation.request
    language = LanguageTag(request.language) if request.language else None
    # First, since it is quick: a mistake in it shall not cost a recognition.
    reference = read_reference(evaluation.reference, language)
    heard = _heard(evaluation, language)
    common = language or heard.language or reference.language
    if common is None:
        raise UsageError("the language of these files is not known: name it with --language")
    score = asr_score(
        heard,
        reference,
        language=common,
        frame_rate=evaluation.frame_rate or DEFAULT_FRAME_RATE,
    )
    return Evaluated(score=score, remarks=tuple(_remarks(heard, score)))


def _heard(evaluation: AsrEvaluation, language: LanguageTag | None) -> Heard:
    path = evaluation.request.media
    if is_heard_already(path):
        return read_heard(path, language)
    from flows.cli.transcribe_title import transcribe_title

    done = transcribe_title(evaluation.request, with_words=False, quiet=evaluation.quiet)
    return heard_of(done.transcript)


def _remarks(heard: Heard, score: AsrScore) -> Iterator[str]:
    if score.starts is None:
        yield "without times on both sides, starts and seconds are not measured"
    elif heard.is_timed_by_cue:
        yield (
            "subtitles hold the times of cues, not of words: inside a cue they are shared out by "
            "length, and a cue that stays after the speech counts as invented there"
        )


def print_score(done: Evaluated, *, as_json: bool) -> None:
    """A table; or one JSON object, where milliseconds and shares are numbers."""
    if as_json:
        text = TypeAdapter(Evaluated).dump_json(done, indent=2).decode()
        sys.stdout.write(text + "\n")
        return
    title = f"Recognition in {language_name(done.score.language)}"
    print_measures(title, _rows(done.score))
    print_remarks(done.remarks)


def _rows(score: AsrScore) -> Iterator[Measure]:
    for reading, errors in score.words.items():
        yield _word_row(reading, errors)
    if score.starts is not None:
        yield from _start_rows(score.starts)
    if score.invented is not None:
        yield _seconds_row("invented", score.invented, "that are heard")
    if score.invented_words is not None:
        flagged, unflagged = score.invented_words.flagged, score.invented_words.unflagged
        said = f"{len(flagged)} flagged, {len(unflagged)} not"
        yield "invented words", str(len(flagged) + len(unflagged)), said
    if score.missed is not None:
        yield _seconds_row("missed", score.missed, "of speech")


def _word_row(reading: str, errors: WordErrors) -> Measure:
    what = "character" if errors.unit is ErrorUnit.CHARACTER else "word"
    counts = (
        f"{errors.substitutions} substituted, {errors.deletions} missing, "
        f"{errors.insertions} too many, of {errors.words} {what}s"
    )
    rate = "–" if errors.rate is None else f"{errors.rate:.1%}"
    return f"{what} error rate, {reading}", rate, counts


def _start_rows(starts: StartErrors) -> Iterator[Measure]:
    errors = starts.errors
    compared = f"{errors.count} of {errors.count + errors.unheard} starts"
    yield "start error, median", _ms(errors.median_ms), compared
    yield "start error, 90 %", _ms(errors.p90_ms), f"worst {_ms(errors.worst_ms)}"
    yield "start bias", _ms(errors.bias_ms), "median with its sign: late is positive"
    rate = f"at {float(starts.frame_rate):.5g} frames/s"
    yield "starts within 2 frames", _share(errors.share_within_two_frames), rate
    yield f"starts within {FAR_FRAMES} frames", _share(starts.share_within_far_frames), rate


def _seconds_row(what: str, seconds: Seconds, whole: str) -> Measure:
    of_s = seconds.of_ms / MS_PER_SECOND
    flagged_s = seconds.flagged_ms / MS_PER_SECOND
    total = f"{seconds.total_ms / MS_PER_SECOND:.2f} s"
    return what, total, f"of {of_s:.1f} s {whole}; {flagged_s:.2f} s flagged"


def _ms(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f} ms"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"

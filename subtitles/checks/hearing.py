"""What the recogniser doubts, as findings on the cues where a person should listen."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from subtitles.checks.standard import Standard
from subtitles.cues import CueTrack
from subtitles.doubts import INVENTED, MISSED, Doubt, DoubtfulSpan
from subtitles.findings import Finding
from subtitles.language import language_name
from subtitles.picture import NO_PICTURE
from subtitles.plain_text import clean_text
from subtitles.span import MS_PER_MINUTE, MS_PER_SECOND, Span
from subtitles.style.profile import StyleProfile
from subtitles.words import Transcript, Word

LONGEST_QUOTE = 200
"""Characters quoted of a text; what was invented in a loop has no end."""

_MOST_STRETCHES = 5  # named in one note
# Marks and overrides of direction: a quotation could turn the words around it.
_DIRECTION = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_REASONS: Mapping[Doubt, str] = MappingProxyType(
    {
        Doubt.NO_SPEECH: "nobody is surely heard",
        Doubt.UNSURE: "the recogniser is unsure",
        Doubt.REPETITION: "the same again and again",
        Doubt.STOCK_PHRASE: "a phrase that recognisers invent",
        Doubt.SPEAKING_RATE: "faster than anybody speaks",
        Doubt.FOREIGN: "another language",
        Doubt.SPEECH_WITHOUT_WORDS: "somebody speaks",
        Doubt.QUIET_SPEECH: "somebody may be speaking softly",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """One part of a finding: how much, and what to say of it."""

    measured: float
    note: str


def check_hearing(
    track: CueTrack, transcript: Transcript, profile: StyleProfile
) -> tuple[Finding, ...]:
    """Each doubt on the cue whose speech it touches, or on the nearest one; in cue order.

    Without any cue they are findings on the track as a whole.

    Args:
        track: Cues of the transcript, or a translation of them.
        transcript: Words and stretches with their doubts.
        profile: Of the track's language; may switch rules off.
    """
    near = _Nearest(track)
    stretches: dict[tuple[str, str], list[_Stretch]] = defaultdict(list)
    for rule, cue_id, stretch in (
        *_doubtful_words(transcript.words, near),
        *_foreign_words(transcript, near),
        *_doubtful_spans(transcript.doubts, near),
    ):
        stretches[cue_id, rule].append(stretch)
    standard = Standard(profile, NO_PICTURE)
    order = {cue.cue_id: number for number, cue in enumerate(track.cues)}
    found: list[Finding] = []
    for (cue_id, rule), parts in sorted(
        stretches.items(), key=lambda item: (order.get(item[0][0], -1), item[0][1])
    ):
        note = _note([part.note for part in parts])
        measured = sum(part.measured for part in parts)
        found += (replace(one, note=note) for one in standard.found(rule, cue_id, measured))
    return tuple(found)


class _Nearest:
    """Looks up the cue that renders a stretch of speech, or is nearest to it."""

    def __init__(self, track: CueTrack) -> None:
        cues = sorted((cue.speech or cue.span, cue.cue_id) for cue in track.cues)
        self._spans = [span for span, _ in cues]
        self._ids = [cue_id for _, cue_id in cues]
        self._starts = [span.start_ms for span in self._spans]

    def to(self, span: Span) -> str:
        """The cue's id; empty without any cue."""
        if not self._ids:
            return ""
        after = bisect_right(self._starts, (span.start_ms + span.end_ms) // 2)
        beside = range(max(0, after - 2), min(len(self._ids), after + 1))
        return self._ids[min(beside, key=lambda index: self._distance(index, span))]

    def _distance(self, index: int, span: Span) -> tuple[int, int]:
        cue = self._spans[index]
        apart_ms = max(cue.start_ms - span.end_ms, span.start_ms - cue.end_ms, 0)
        return apart_ms, -cue.overlap_ms(span)


_Found = tuple[str, str, _Stretch]


def _doubtful_words(words: Iterable[Word], near: _Nearest) -> Iterator[_Found]:
    """Words that may be invented: those of one cue with the same doubts in one stretch."""
    by_cue: dict[tuple[str, tuple[Doubt, ...]], list[Word]] = defaultdict(list)
    for word in words:
        doubts = tuple(doubt for doubt in word.doubts if doubt in INVENTED)
        if doubts:
            by_cue[near.to(word.span), doubts].append(word)
    for (cue_id, doubts), said in by_cue.items():
        text = "".join(word.text for word in said)
        note = f"{quoted(text)} ({_reasons(doubts)})"
        yield "doubtful-words", cue_id, _Stretch(measured=len(said), note=note)


def _foreign_words(transcript: Transcript, near: _Nearest) -> Iterator[_Found]:
    by_cue: dict[tuple[str, str], list[Word]] = defaultdict(list)
    for word in transcript.words:
        if word.language is not None and word.language != transcript.language:
            by_cue[near.to(word.span), language_name(word.language)].append(word)
    for (cue_id, language), said in by_cue.items():
        yield "foreign-speech", cue_id, _Stretch(measured=len(said), note=f"{language}.")


def _doubtful_spans(doubts: Iterable[DoubtfulSpan], near: _Nearest) -> Iterator[_Found]:
    """Speech without words, and text without a cue."""
    for doubtful in doubts:
        span, when = doubtful.span, _clock(doubtful.span)
        missed = [doubt for doubt in doubtful.doubts if doubt in MISSED]
        if missed:
            seconds = span.duration_ms / MS_PER_SECOND
            note = f"{when}: {_reasons(missed)}"
            yield "missed-speech", near.to(span), _Stretch(measured=seconds, note=note)
        if doubtful.set_aside:
            text = doubtful.set_aside
            note = f"{when}: {quoted(text)} ({_reasons(doubtful.doubts)})"
            yield "set-aside-text", near.to(span), _Stretch(measured=len(text), note=note)


def quoted(text: str) -> str:
    """Hostile text on one row, shortened, without anything that could turn the text around it."""
    row = clean_text(text.translate(_DIRECTION))
    if len(row) > LONGEST_QUOTE:
        row = row[: LONGEST_QUOTE - 1].rstrip() + "…"
    return f"“\u2068{row}\u2069”"


def _note(parts: Sequence[str]) -> str:
    more = len(parts) - _MOST_STRETCHES
    shown = "; ".join(parts[:_MOST_STRETCHES])
    return f"{shown}; and {more} more" if more > 0 else shown


def _reasons(doubts: Iterable[Doubt]) -> str:
    return ", ".join(_REASONS[doubt] for doubt in doubts)


def _clock(span: Span) -> str:
    return f"{_time(span.start_ms)}–{_time(span.end_ms)}"


def _time(at_ms: int) -> str:
    minutes, rest_ms = divmod(at_ms, MS_PER_MINUTE)
    hours, minutes = divmod(minutes, 60)
    seconds, rest_ms = divmod(rest_ms, MS_PER_SECOND)
    return f"{hours}:{minutes:02}:{seconds:02}.{rest_ms // 100}"

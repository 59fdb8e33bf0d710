"""Times, rows or language of a whole document changed, its track along with it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from subtitles.cues import Cue
from subtitles.errors import FormatError
from subtitles.formats.document import SubtitleDocument
from subtitles.language import LanguageTag
from subtitles.span import Span


class MovedBeforeZeroError(FormatError):
    """A shift that would put a subtitle before the start of the film."""

    def __init__(self, number: int, start_ms: int) -> None:
        super().__init__(number, start_ms)
        self.number, self.start_ms = number, start_ms

    def __str__(self) -> str:
        return (
            f"subtitle {self.number} would start at {self.start_ms} ms, before the film: "
            "use a smaller offset"
        )


def retimed(
    document: SubtitleDocument, *, offset_ms: int = 0, speed: Fraction = Fraction(1)
) -> SubtitleDocument:
    """The document played at another speed, then moved; a track's speech and moves come along.

    ``speed`` is new frames a second over old ones: 25/(24000/1001) makes everything come earlier.

    Raises:
        MovedBeforeZeroError: a subtitle would start before zero.
    """
    if not offset_ms and speed == 1:
        return document

    def moved(instant_ms: int) -> int:
        return round(instant_ms / speed) + offset_ms

    subtitles = []
    for number, one in enumerate(document.subtitles, 1):
        if moved(one.span.start_ms) < 0:
            raise MovedBeforeZeroError(number, moved(one.span.start_ms))
        subtitles.append(replace(one, span=_moved_span(one.span, moved)))
    track = document.track
    if track is not None:
        cues = tuple(_moved_cue(cue, moved) for cue in track.cues)
        track = replace(track, cues=cues)
    return replace(document, subtitles=tuple(subtitles), track=track)


def _moved_cue(cue: Cue, moved: Callable[[int], int]) -> Cue:
    speech = cue.speech
    if speech is not None:  # it may begin a little before its cue, and so before zero
        start_ms = max(0, moved(speech.start_ms))
        speech = Span(start_ms, max(start_ms, moved(speech.end_ms)))
    moves = tuple(
        replace(move, from_ms=moved(move.from_ms), to_ms=moved(move.to_ms)) for move in cue.moves
    )
    return replace(cue, span=_moved_span(cue.span, moved), speech=speech, moves=moves)


def _moved_span(span: Span, moved: Callable[[int], int]) -> Span:
    """At least one millisecond, however fast it is played."""
    start_ms = moved(span.start_ms)
    return Span(start_ms, max(moved(span.end_ms), start_ms + 1))


def with_rows(document: SubtitleDocument, rows: Sequence[tuple[str, ...]]) -> SubtitleDocument:
    """The document with other rows, one tuple for each subtitle; a track gets them, too."""
    pairs = zip(document.subtitles, rows, strict=True)
    subtitles = tuple(replace(one, lines=lines) for one, lines in pairs)
    track = document.track
    if track is not None:
        cues = zip(track.cues, rows, strict=True)
        track = replace(track, cues=tuple(replace(cue, lines=lines) for cue, lines in cues))
    return replace(document, subtitles=subtitles, track=track)


def with_language(document: SubtitleDocument, language: LanguageTag) -> SubtitleDocument:
    """The document and its track in this language."""
    track = document.track
    if track is not None:
        track = replace(track, language=language)
    return replace(document, language=language, track=track)

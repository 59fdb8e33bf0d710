"""Cues for tests of the timing pass: drawings of them, and Hypothesis strategies."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import zip_longest
from typing import Any

from hypothesis import strategies as st
from timed_text import frame_rates, profile

from subtitles.cues import Cue, CueKind
from subtitles.picture import Picture
from subtitles.span import Span, ms_from_frames
from subtitles.style.profile import StyleProfile
from subtitles.timing.fitting import time_cues
from subtitles.timing.grid import Grid

FILM = Fraction(24)
"""The rate the published rules are stated at."""

ENGLISH = profile("en")
SLOW = replace(ENGLISH, max_chars_per_second=12)
"""So slow that a character takes two frames of film."""


def said(
    start_ms: int,
    end_ms: int,
    text: str = "x",
    *,
    number: int = 0,
    kind: CueKind = CueKind.DIALOGUE,
) -> Cue:
    """A cue that is not timed yet."""
    return Cue(
        cue_id=f"c{number}",
        span=Span(start_ms, max(end_ms, start_ms + 1)),
        lines=(text,),
        speech=Span(start_ms, end_ms),
        kind=kind,
    )


@dataclass(slots=True)
class Drawing:
    """Cues, cuts and the end of the media, in frames.

    Written on a line: a number is that many frames, ``[`` and ``]`` are the ends of a cue, ``|`` is
    a cut, ``#`` the end of the media. ``24 [10 | 6] 8 #`` is a second of silence, a cue over a cut,
    and a third of a second until the end.
    """

    cues: list[tuple[int, int]]
    cuts: list[int]
    end: int | None = None

    @classmethod
    def parsed(cls, text: str) -> "Drawing":
        drawing, now, start = cls([], []), 0, 0
        for token in re.findall(r"\d+|\S", text):
            if token == "[":
                start = now
            elif token == "]":
                drawing.cues.append((start, now))
            elif token == "|":
                drawing.cuts.append(now)
            elif token == "#":
                drawing.end = now
            else:
                now += int(token)
        return drawing

    def __str__(self) -> str:
        marks = [(start, 2, "[") for start, _ in self.cues] + [
            (end, 0, "]") for _, end in self.cues
        ]
        marks += [(cut, 1, "|") for cut in self.cuts]
        if self.end is not None:
            marks.append((self.end, 3, "#"))
        return " ".join(_tokens(sorted(marks))).replace("[ ", "[").replace(" ]", "]")

    def picture(self, rate: Fraction) -> Picture:
        """All but the cues."""
        return Picture(
            frame_rate=rate,
            duration_ms=None if self.end is None else ms_from_frames(self.end, rate),
            shot_changes_ms=tuple(ms_from_frames(cut, rate) for cut in self.cuts),
        )


def _tokens(marks: Sequence[tuple[int, int, str]]) -> Iterator[str]:
    now = 0
    for frame, _, mark in marks:
        if frame > now:
            yield str(frame - now)
            now = frame
        yield mark


def timed_cues(
    drawing: str,
    *,
    rate: Fraction = FILM,
    chars: Sequence[int] = (),
    linger: bool = True,
    shown: str | None = None,
    limits: StyleProfile = SLOW,
    kind: CueKind = CueKind.DIALOGUE,
) -> tuple[Cue, ...]:
    """Drawn speech after the timing pass.

    Args:
        drawing: Speech, cuts and end of the media.
        rate: Frames a second.
        chars: How long the texts are; one character where nothing is said.
        linger: As `time_cues`.
        shown: Drawing of the times that cues on a template have already; in-times stay.
        limits: The style profile.
        kind: Of every cue.
    """
    heard = Drawing.parsed(drawing)
    cues = []
    for number, ((start, end), width) in enumerate(
        zip_longest(heard.cues, chars[: len(heard.cues)])
    ):
        edges = (ms_from_frames(start, rate), ms_from_frames(end, rate))
        cues.append(said(*edges, "x" * (width or 1), number=number, kind=kind))
    if shown is not None:
        spans = Drawing.parsed(shown).cues
        cues = [
            replace(cue, span=Span(*(ms_from_frames(frame, rate) for frame in frames)))
            for cue, frames in zip(cues, spans, strict=True)
        ]
    picture = heard.picture(rate)
    return time_cues(cues, limits, picture, linger=linger, keep_in_times=shown is not None)


def timed(drawing: str, *, rate: Fraction = FILM, **more: Any) -> str:
    """The drawing of `timed_cues`, cuts and end of the media as they were."""
    frames = Grid(ENGLISH, rate).nearest
    spans = [
        (frames(cue.span.start_ms), frames(cue.span.end_ms))
        for cue in timed_cues(drawing, rate=rate, **more)
    ]
    return str(replace(Drawing.parsed(drawing), cues=spans))


@dataclass(frozen=True, slots=True)
class Scene:
    """Speech to be timed, the picture under it, and the profile by its place in the list."""

    cues: tuple[Cue, ...]
    picture: Picture
    profile: int

    @property
    def limits(self) -> StyleProfile:
        """The profile, which would fill pages if a failing scene were printed with it."""
        return _LIMITS[self.profile]


_LIMITS = (
    ENGLISH,
    profile("ja"),
    replace(ENGLISH, max_linger_ms=500, max_chars_per_second=13),
    replace(ENGLISH, min_gap_frames=4, min_duration_ms=1000, max_duration_ms=5000),
)


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """Talk of any kind: words without length, at one instant, over one another, in bursts."""
    pauses = st.sampled_from([0, 0, 40, 80, 120, 300, 480, 900]) | st.integers(0, 4000)
    lengths = st.sampled_from([0, 0, 200, 833, 834, 840]) | st.integers(0, 9000)
    cues, now = [], 0
    for number, width in enumerate(draw(st.lists(st.integers(1, 84), max_size=10))):
        now += draw(pauses)
        length = draw(lengths)
        cues.append(said(now, now + length, "x" * width, number=number))
        now += draw(st.sampled_from([length, length, length, length // 2, 0]))
    rate = draw(frame_rates())
    cuts = draw(_cuts(cues, rate))
    duration_ms = draw(st.none() | st.integers(max(0, now - 500), now + 3000))
    picture = Picture(frame_rate=rate, duration_ms=duration_ms, shot_changes_ms=cuts)
    return Scene(tuple(cues), picture, draw(st.integers(0, len(_LIMITS) - 1)))


@st.composite
def _cuts(draw: st.DrawFn, cues: Sequence[Cue], rate: Fraction | None) -> tuple[int, ...]:
    """Cuts on whole frames, most of them near an end of speech."""
    ends = [ms for cue in cues if cue.speech for ms in (cue.speech.start_ms, cue.speech.end_ms)]
    near = st.tuples(st.sampled_from(ends or [0]), st.integers(-700, 700)).map(sum)
    anywhere = st.integers(0, 30_000)
    instants = draw(st.lists(near | near | anywhere, max_size=8))
    grid = Grid(ENGLISH, rate)
    return tuple(sorted({grid.ms(grid.nearest(max(0, instant))) for instant in instants}))

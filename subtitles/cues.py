"""Cues and cue tracks: what is shown, when, in one language."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from subtitles.errors import PolycueError
from subtitles.language import LanguageTag
from subtitles.signature import EngineSignature
from subtitles.span import Span


class InvalidCueError(PolycueError, ValueError):
    """A cue without time or text, or a track out of order."""

    def __init__(self, cue_id: str, what: str) -> None:
        super().__init__(cue_id, what)
        self.cue_id, self.what = cue_id, what

    def __str__(self) -> str:
        return f"cue {self.cue_id}: {self.what}"


class Position(StrEnum):
    """Where on the screen a cue stands."""

    BOTTOM = "bottom"
    TOP = "top"


class CueKind(StrEnum):
    """What a cue renders; times, casing and marks differ."""

    DIALOGUE = "dialogue"
    FORCED_NARRATIVE = "forced-narrative"
    LYRICS = "lyrics"
    SOUND = "sound"


class Edge(StrEnum):
    """One end of a cue."""

    IN_TIME = "in-time"
    OUT_TIME = "out-time"


class MoveReason(StrEnum):
    """Why a time is not simply where the speech starts or ends."""

    TEMPLATE = "template"
    """The source track, or the file that was read, has it there."""
    FRAME_GRID = "frame-grid"
    COLLISION = "collision"
    MIN_DURATION = "min-duration"
    MAX_DURATION = "max-duration"
    READING_SPEED = "reading-speed"
    LINGER = "linger"
    CHAINING = "chaining"
    SHOT_CHANGE = "shot-change"
    MEDIA_END = "media-end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One step of the timing pass: which end of a cue went where, and why."""

    edge: Edge
    from_ms: int
    to_ms: int
    reason: MoveReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One subtitle event.

    Attributes:
        cue_id: Derived, never random (`derive_cue_id`): the same run makes the same ids.
        span: In-time and out-time.
        lines: Top row first; no blank row, since one would end the block in SRT.
        confidence: Lowest probability of what it was made from, 0…1.
        source_cue_ids: For a translated cue, the source cues it renders; empty on a source track.
        speech: When what it renders is said, first to last word; None when nobody knows.
        moves: How its times came from its speech, in order.
        position: Where it stands.
        kind: What it renders.
    """

    cue_id: str
    span: Span
    lines: tuple[str, ...]
    confidence: float = 1.0
    source_cue_ids: tuple[str, ...] = ()
    speech: Span | None = None
    moves: tuple[Move, ...] = ()
    position: Position = Position.BOTTOM
    kind: CueKind = CueKind.DIALOGUE

    def __post_init__(self) -> None:
        if self.span.duration_ms <= 0:
            raise InvalidCueError(self.cue_id, "it is shown for no time at all")
        if not self.lines or any(not line.strip() for line in self.lines):
            raise InvalidCueError(self.cue_id, "it has a blank line")

    @property
    def text(self) -> str:
        """The rows joined by line breaks."""
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class CueTrack:
    """All cues of one title in one language, in order, never overlapping.

    Attributes:
        media_id: SHA-256 of the media file's bytes.
        language: Language of the text.
        cues: Ordered by in-time.
        made_by: The segmenter (source track) or the translation engine (target track).
    """

    media_id: str
    language: LanguageTag
    cues: tuple[Cue, ...]
    made_by: EngineSignature

    def __post_init__(self) -> None:
        for earlier, later in pairwise(self.cues):
            if later.span.start_ms < earlier.span.end_ms:
                raise InvalidCueError(later.cue_id, f"it starts before {earlier.cue_id} ends")


@dataclass(frozen=True, slots=True)
class Subtitle:
    """All that a plain subtitle file holds of a cue: no ids, no language."""

    span: Span
    lines: tuple[str, ...]
    position: Position = Position.BOTTOM


def derive_cue_id(*parts: object) -> str:
    """A short stable id from what the cue was made of (16 hex digits of SHA-256)."""
    joined = "\x1f".join(str(part) for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


def subtitles_of(track: CueTrack) -> tuple[Subtitle, ...]:
    """The track as a file would hold it."""
    return tuple(Subtitle(cue.span, cue.lines, cue.position) for cue in track.cues)

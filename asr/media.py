"""What is known about a media file before it is decoded."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

from subtitles.language import LanguageTag


class StreamRole(StrEnum):
    """What an audio stream is for, other than simply being the sound of the title."""

    ORIGINAL = "original"
    """In the language the title was made in."""
    DUB = "dub"
    COMMENTARY = "commentary"
    """People talk about the title."""
    AUDIO_DESCRIPTION = "audio description"
    """A voice tells what is seen."""
    HEARING_IMPAIRED = "hearing impaired"
    """Dialogue made louder or clearer."""
    KARAOKE = "karaoke"
    NO_DIALOGUE = "no dialogue"
    """Music and effects alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioStream:
    """One audio stream of a container.

    Attributes:
        index: Number among the audio streams, 0 first: what ``--audio-stream`` takes.
        language: As tagged in the container, None when untagged or unknown.
        title: As tagged in the container, may be empty.
        channels: How many.
        sample_rate_hz: Of the coded audio.
        is_default: Whether the container calls it the default.
        start_ms: Start on the video's own clock; may be negative.
        roles: As flagged in the container.
    """

    index: int
    language: LanguageTag | None
    title: str
    channels: int
    sample_rate_hz: int
    is_default: bool
    start_ms: int
    roles: frozenset[StreamRole] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaAsset:
    """A probed media file.

    Attributes:
        media_id: SHA-256 (hex) of the file's bytes: artifacts refer to this.
        path: Where it lies on this machine; never written into an artifact.
        duration_ms: Of the longest stream.
        frame_rate: Frames a second of the video, exact (24000/1001); None without video and for a
            variable rate.
        has_video: Whether there is a moving picture (cover art is none).
        audio_streams: In container order.
        video_index: Number of the video among all streams of the container, None without one.
    """

    media_id: str
    path: Path
    duration_ms: int
    frame_rate: Fraction | None
    has_video: bool
    audio_streams: tuple[AudioStream, ...]
    video_index: int | None = None

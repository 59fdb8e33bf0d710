"""A title of which a run is made."""

from dataclasses import dataclass, replace
from typing import Protocol

from asr.media import AudioStream, MediaAsset
from asr.picture.shots import ShotChanges
from flows.request import LocalizeRequest, TargetsRequest
from subtitles.language import LanguageTag, same_language
from subtitles.picture import Picture
from subtitles.words import Transcript


class Localizable(Protocol):
    """What has a source track to be translated: a film that was heard, a file that was read."""

    @property
    def request(self) -> TargetsRequest:
        """What is asked."""
        ...

    @property
    def media_id(self) -> str:
        """SHA-256 of the film's bytes; of the file's where there is no film."""
        ...

    @property
    def asset(self) -> MediaAsset | None:
        """The film, if there is one."""
        ...

    @property
    def stream(self) -> AudioStream | None:
        """The sound in which the source track is heard; None for a track that was read."""
        ...

    @property
    def transcript(self) -> Transcript | None:
        """What was heard, if anything."""
        ...

    @property
    def picture(self) -> Picture:
        """What the cues are timed to."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A probed film and what is asked of it.

    Attributes:
        request: What is asked.
        asset: The media.
        stream: The sound that is recognised.
        shot_changes_ms: Once they are found; none before, and none when nobody looks for them.
        transcript: Of the speech, once it is recognised: what it doubts, people are told.
    """

    request: LocalizeRequest
    asset: MediaAsset
    stream: AudioStream
    shot_changes_ms: tuple[int, ...] = ()
    transcript: Transcript | None = None

    @property
    def media_id(self) -> str:
        """SHA-256 of the media file's bytes."""
        return self.asset.media_id

    @property
    def targets(self) -> tuple[LanguageTag, ...]:
        """Languages asked for, each once, in the order given."""
        return targets_of(self.request)

    @property
    def picture(self) -> Picture:
        """What the cues are timed to."""
        return Picture(
            frame_rate=self.asset.frame_rate,
            duration_ms=self.asset.duration_ms,
            shot_changes_ms=self.shot_changes_ms,
        )

    @property
    def wants_shot_changes(self) -> bool:
        """Whether there is a picture to search, and somebody wants it searched."""
        return self.request.shot_changes and self.asset.video_index is not None


def targets_of(request: TargetsRequest) -> tuple[LanguageTag, ...]:
    """Languages asked for, each once, in the order given."""
    return tuple(dict.fromkeys(LanguageTag(tag) for tag in request.targets))


def wanted_of(request: TargetsRequest, source: LanguageTag) -> tuple[LanguageTag, ...]:
    """The targets that need translating: not the source language itself."""
    return tuple(tag for tag in targets_of(request) if not same_language(tag, source))


def with_shots(title: Title, found: ShotChanges | None) -> Title:
    """The title with what was found in its picture."""
    return title if found is None else replace(title, shot_changes_ms=found.at_ms)


def with_transcript(title: Title, transcript: Transcript) -> Title:
    """The title with what was heard in its speech."""
    return replace(title, transcript=transcript)

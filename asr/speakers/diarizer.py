"""The port of whoever says who speaks when."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from asr.media import AudioStream, MediaAsset
from subtitles.signature import EngineSignature
from subtitles.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerTurn:
    """One speaker speaks, on the title's own clock.

    Attributes:
        span: From when to when; turns of two speakers may overlap.
        speaker: Label, the same label the same voice: ``S1``, ``S2``… in the order in which they
            are first heard.
    """

    span: Span
    speaker: str


class Diarizer(Protocol):
    """A media file in, turns out."""

    @property
    def signature(self) -> EngineSignature:
        """Who tells the voices apart."""
        ...

    def turns(
        self,
        asset: MediaAsset,
        stream: AudioStream,
        speech: Sequence[Span],
        *,
        advanced: Callable[[int], None],
    ) -> tuple[SpeakerTurn, ...]:
        """Turns in order of their start; none when voices cannot be told apart.

        Args:
            asset: The title.
            stream: The sound that was recognised.
            speech: Where somebody speaks, in order.
            advanced: Told now and then how many milliseconds are done; whatever it raises ends the
                work.
        """
        ...

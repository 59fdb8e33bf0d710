"""Several ways to tell speakers apart, the surest first."""

from collections.abc import Callable, Sequence

from asr.media import AudioStream, MediaAsset
from asr.speakers.diarizer import Diarizer, SpeakerTurn
from subtitles.signature import EngineSignature
from subtitles.span import Span


class FirstThatTells:
    """Implements `asr.speakers.diarizer.Diarizer`: the turns of the first one that finds any.

    Args:
        ways: Signature and maker of each, the surest first; one is made when those before it found
            nothing, so that its model need not be there for the titles that they can tell.
    """

    def __init__(self, ways: Sequence[tuple[EngineSignature, Callable[[], Diarizer]]]) -> None:
        self._ways = tuple(ways)

    @property
    def signature(self) -> EngineSignature:
        """See the port."""
        return EngineSignature(
            engine="polycue-first-that-tells",
            engine_version="1",
            options=tuple(
                (f"{number}", f"{signature}|{signature.model_revision}")
                for number, (signature, _) in enumerate(self._ways, start=1)
            ),
        )

    def turns(
        self,
        asset: MediaAsset,
        stream: AudioStream,
        speech: Sequence[Span],
        *,
        advanced: Callable[[int], None],
    ) -> tuple[SpeakerTurn, ...]:
        """See the port."""
        furthest_ms = 0

        def further(done_ms: int) -> None:
            # The next one starts at the beginning again; progress does not go back.
            nonlocal furthest_ms
            furthest_ms = max(furthest_ms, done_ms)
            advanced(furthest_ms)

        for _, make in self._ways:
            found = make().turns(asset, stream, speech, advanced=further)
            if found:
                return found
        return ()

"""Two speakers, told apart by the channel they are louder in."""

from collections.abc import Callable, Sequence

from asr.media import AudioStream, MediaAsset
from asr.sound.av_channels import channel_levels
from asr.speakers.channel_dominance import DOMINANCE_VERSION, channel_turns
from asr.speakers.diarizer import SpeakerTurn
from subtitles.signature import EngineSignature
from subtitles.span import Span

_STEREO = 2


class ChannelDiarizer:
    """Implements `asr.speakers.diarizer.Diarizer` for interviews with a microphone a channel.

    Whether a recording is of that sort it decides by itself; for all others it gives no turns.
    """

    @property
    def signature(self) -> EngineSignature:
        """See the port."""
        return EngineSignature(engine="polycue-channels", engine_version=DOMINANCE_VERSION)

    def turns(
        self,
        asset: MediaAsset,
        stream: AudioStream,
        speech: Sequence[Span],
        *,
        advanced: Callable[[int], None],
    ) -> tuple[SpeakerTurn, ...]:
        """See the port."""
        if stream.channels != _STEREO or not speech:
            return ()
        return channel_turns(channel_levels(asset, stream, advanced=advanced), speech)

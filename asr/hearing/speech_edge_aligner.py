"""Word times from the recogniser itself, settled on the edges of speech."""

from collections.abc import Sequence

from asr.hearing.speech_regions import NOISE_REACH_MS, with_exact_starts
from asr.hearing.word_aligner import AlignedAudio
from asr.hearing.word_times import TimedText, settle
from asr.sound.chunking import SAMPLES_PER_MS
from subtitles.span import Span

ALIGNER_VERSION = "1"
"""Part of the aligner's name: raise it when word times come out otherwise."""

# Levels are measured in frames of 10 ms from the first sample: a cut between two of them measures
# what the whole chunk would.
_LEVEL_FRAME_MS = 10


class SpeechEdgeAligner:
    """Implements `asr.hearing.word_aligner.WordAligner` without another model.

    Inside running speech it keeps the recogniser's own times; at pauses it moves words to where
    speech ends and starts (`asr.hearing.word_times.settle`).
    """

    @property
    def name(self) -> str:
        """See `WordAligner.name`."""
        return f"speech-edges {ALIGNER_VERSION}"

    def align(self, words: Sequence[TimedText], audio: AlignedAudio) -> tuple[TimedText, ...]:
        """See `WordAligner.align`."""
        return settle(words, speech=edges_of_speech(audio), within=audio.window)


def edges_of_speech(audio: AlignedAudio) -> tuple[Span, ...]:
    """Regions that touch the window, in order, each from where its sound rises out of the noise.

    They are the sure ones, and the audible ones where there is no sure one: after a long silence
    a voice detector needs half a second to be sure of a voice.
    """
    soft = [one for one in audio.audible if not any(one.overlap_ms(other) for other in audio.sure)]
    near = [one for one in sorted([*audio.sure, *soft]) if one.overlap_ms(audio.window)]
    if not near:
        return ()
    # Only what can be heard around the window: a chunk holds a dozen windows.
    first_ms = max(0, near[0].start_ms - NOISE_REACH_MS) // _LEVEL_FRAME_MS * _LEVEL_FRAME_MS
    last_ms = near[-1].end_ms + NOISE_REACH_MS
    heard = audio.samples[first_ms * SAMPLES_PER_MS : last_ms * SAMPLES_PER_MS]
    exact = with_exact_starts([region.shifted(-first_ms) for region in near], heard)
    return tuple(region.shifted(first_ms) for region in exact)

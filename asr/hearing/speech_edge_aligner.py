"""Word times from the recogniser itself, settled on the edges of speech."""

from collections.abc import Sequence

from asr.hearing.exact_edges import LEVEL_FRAME_MS, NOISE_REACH_MS, with_exact_edges
from asr.hearing.settling import settle
from asr.hearing.vague_onsets import vague_onsets
from asr.hearing.word_aligner import AlignedAudio
from asr.hearing.word_times import TimedText
from asr.sound.chunking import SAMPLES_PER_MS
from subtitles.span import Span

ALIGNER_VERSION = "4"
"""Part of the aligner's name: raise it when word times come out otherwise."""


class SpeechEdgeAligner:
    """Implements `asr.hearing.word_aligner.WordAligner` without another model.

    Inside running speech it keeps the recogniser's own times; at pauses it moves words to where
    speech ends and starts (`asr.hearing.settling.settle`).
    """

    @property
    def name(self) -> str:
        """See `WordAligner.name`."""
        return f"speech-edges {ALIGNER_VERSION}"

    def align(self, words: Sequence[TimedText], audio: AlignedAudio) -> tuple[TimedText, ...]:
        """See `WordAligner.align`."""
        speech, vague = edges_of_speech(audio)
        return settle(words, speech=speech, vague=vague, within=audio.window)


def edges_of_speech(audio: AlignedAudio) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Regions that touch the window, each as exact as its sound tells; and their vague onsets.

    Regions are the sure ones, and the audible ones where there is no sure one: after a long
    silence a voice detector needs half a second to be sure of a voice.
    """
    soft = [one for one in audio.audible if not any(one.overlap_ms(other) for other in audio.sure)]
    near = [one for one in sorted([*audio.sure, *soft]) if one.overlap_ms(audio.window)]
    if not near:
        return (), ()
    # Only what can be heard around the window: a chunk holds a dozen windows.
    first_ms = max(0, near[0].start_ms - NOISE_REACH_MS) // LEVEL_FRAME_MS * LEVEL_FRAME_MS
    last_ms = near[-1].end_ms + NOISE_REACH_MS
    heard = audio.samples[first_ms * SAMPLES_PER_MS : last_ms * SAMPLES_PER_MS]
    exact = with_exact_edges([region.shifted(-first_ms) for region in near], heard)
    vague = vague_onsets(exact, heard)
    return _shifted(exact, first_ms), _shifted(vague, first_ms)


def _shifted(spans: Sequence[Span], offset_ms: int) -> tuple[Span, ...]:
    return tuple(span.shifted(offset_ms) for span in spans)

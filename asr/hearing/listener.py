"""Listening to a whole stream once: where somebody speaks, and how to go about it (pure)."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from asr.hearing.chunks import gather
from asr.hearing.decode_windows import decode_windows
from asr.hearing.listening import Listening, VoiceDetector
from asr.hearing.non_speech import non_speech
from asr.hearing.speech_regions import AUDIBLE, EDGES, SpeechRules, speech_regions
from asr.hearing.voice_track import VoiceTrack, follow
from asr.hearing.waveform import Outline
from asr.sound.chunking import ChunkPlan
from subtitles.span import Span

LISTENING_VERSION = "4"
"""Part of every cache key of a listening: raise it when regions, windows, chunks, the kinds of
non-speech or the waveform come out otherwise."""


def listen(
    blocks: Iterable[NDArray[np.float32]], detector: VoiceDetector, *, plan: ChunkPlan
) -> Listening:
    """What a voice detector makes of a stream, in a minute's worth of memory.

    Args:
        blocks: Gapless, mono, `asr.recognizer.SAMPLE_RATE_HZ`, from the title's first moment on.
        detector: Who listens.
        plan: How long chunks are.
    """
    outline = Outline()
    track = follow(outline.drawn(blocks), detector)
    audible = _regions(track, AUDIBLE)
    windows = decode_windows(audible, duration_ms=track.duration_ms, weakest_ms=track.weakest_ms)
    chunks = gather(
        windows,
        audible=audible,
        sure=_regions(track, EDGES),
        plan=plan,
        duration_ms=track.duration_ms,
    )
    return Listening(
        duration_ms=track.duration_ms,
        chunks=chunks,
        non_speech=non_speech(audible, track.powers, duration_ms=track.duration_ms),
        waveform=outline.waveform(),
    )


def _regions(track: VoiceTrack, rules: SpeechRules) -> tuple[Span, ...]:
    """Regions of speech; the last frame may be longer than the stream."""
    return tuple(
        Span(region.start_ms, min(region.end_ms, track.duration_ms))
        for region in speech_regions(track.probabilities, rules)
        if region.start_ms < track.duration_ms
    )

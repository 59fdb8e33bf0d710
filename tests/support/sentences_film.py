"""The sentences of the sample film, set apart by pauses: a title of as many chunks as one likes."""

import numpy as np
from command import VIDEO
from media_factory import AudioTrack, make_media

from asr.recognizer import SAMPLE_RATE_HZ
from asr.sound.av_media import decode_spans, probe
from asr.sound.stream_choice import stream_choice
from subtitles.span import Span

# Where each of the five sentences is said, with a little around it.
_SENTENCES = (
    Span(3_700, 10_500),
    Span(11_450, 14_600),
    Span(15_650, 20_800),
    Span(21_900, 27_750),
    Span(29_000, 32_300),
)
_PAUSE_S = 2.6

CHUNKED = {"POLYCUE_CHUNK_SECONDS": "10"}
"""The environment in which one round of the sentences makes three chunks or so."""


def make_sentences(path, *, rounds=1):
    """A FLAC file with the five sentences, again and again."""
    asset = probe(VIDEO)
    spoken = [c.samples for c in decode_spans(asset, stream_choice(asset, None).stream, _SENTENCES)]
    pause = np.zeros(round(_PAUSE_S * SAMPLE_RATE_HZ), dtype=np.float32)
    samples = np.concatenate([part for one in spoken * rounds for part in (pause, one)])
    track = AudioTrack(pieces=[(0.0, samples[None, :])], codec="flac", rate_hz=SAMPLE_RATE_HZ)
    make_media(path, audio=[track])
    return path

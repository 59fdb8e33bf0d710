"""A diarizer by script, and two talkers made of noise."""

import numpy as np
from media_factory import AudioTrack, make_media

from asr.speakers.diarizer import SpeakerTurn
from subtitles.signature import EngineSignature
from subtitles.span import Span

RATE_HZ = 16_000


def turn(speaker, start_ms, end_ms):
    return SpeakerTurn(span=Span(start_ms, end_ms), speaker=speaker)


class ScriptedDiarizer:
    """Finds the scripted turns where anybody speaks at all."""

    def __init__(self, turns=()):
        self._turns = tuple(turns)
        self.asked = 0

    @property
    def signature(self):
        return EngineSignature(
            engine="scripted", engine_version="1", options=(("script", str(self._turns)),)
        )

    def turns(self, asset, stream, speech, *, advanced):
        self.asked += 1
        if not speech:
            return ()
        advanced(speech[-1].end_ms)
        return self._turns


def interview(turns, seconds, *, crosstalk_db=-20.0, gains_db=(0.0, 0.0), common_db=-60.0, seed=1):
    """Samples of shape (2, n): ``S1`` near the left microphone, anybody else near the right.

    Args:
        turns: Who makes noise when.
        seconds: Length of all.
        crosstalk_db: How much softer the far microphone hears.
        gains_db: Of both microphones.
        common_db: Of a noise that is the same on both.
    """
    random = np.random.default_rng(seed)
    count = round(seconds * RATE_HZ)
    near = np.zeros((2, count))
    for one in turns:
        start, end = (ms * RATE_HZ // 1000 for ms in (one.span.start_ms, one.span.end_ms))
        near[0 if one.speaker == "S1" else 1, start:end] = 0.1 * random.standard_normal(end - start)
    common = 10 ** (common_db / 20) * random.standard_normal(count)
    mixed = near + 10 ** (crosstalk_db / 20) * near[::-1] + common
    return (mixed * 10 ** (np.array(gains_db)[:, np.newaxis] / 20)).astype(np.float32)


def interview_file(path, turns, seconds, **changes):
    samples = interview(turns, seconds, **changes)
    track = AudioTrack(pieces=[(0.0, samples)], codec="flac", layout="stereo", rate_hz=RATE_HZ)
    return make_media(path, audio=[track])

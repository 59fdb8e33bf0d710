"""What sounds and is not audible is listened to again, louder and from a new start."""

import numpy as np
import pytest

from asr.hearing.second_listening import listen_again
from asr.hearing.speech_regions import DETECTOR_FRAME_SAMPLES
from subtitles.signature import EngineSignature

SECOND = 31  # frames


class Ears:
    """Sure of whatever is about as loud as speech; remembers what it was given."""

    signature = EngineSignature(engine="ears", engine_version="1", model="", model_revision="")

    def __init__(self):
        self.heard = []

    def speech_probabilities(self, samples):
        frames = samples.reshape(-1, DETECTOR_FRAME_SAMPLES)
        self.heard.append(len(frames))
        return [0.9 if np.sqrt(np.mean(np.square(one))) > 0.09 else 0.0 for one in frames]


def sound(frames, level):
    signs = np.where(np.arange(frames * DETECTOR_FRAME_SAMPLES) % 2, 1, -1)
    return (signs * level).astype(np.float32)


@pytest.mark.parametrize(
    ("level", "expected"),
    [(0.1, 0.9), (0.01, 0.9), (0.002, 0.9), (0.0005, 0.0), (1e-5, 0.0), (0.0, 0.0)],
)
def test_quiet_sound_is_raised_by_forty_decibels_at_most(level, expected):
    ears = Ears()
    heard = listen_again(sound(2 * SECOND, level), [0.0] * (2 * SECOND), ears)
    assert heard == [expected] * (2 * SECOND)
    assert bool(ears.heard) is (level > 3e-5)


def test_pauses_inside_speech_and_what_is_audible_are_left_alone():
    ears = Ears()
    said = [0.8] * SECOND + [0.0] * (SECOND - 1) + [0.5] * SECOND
    assert listen_again(sound(len(said), 0.1), said, ears) == said
    assert not ears.heard


def test_a_long_silence_is_heard_in_pieces_and_never_less_than_at_first():
    ears = Ears()
    said = [0.8] * SECOND + [0.1] * (14 * SECOND)
    heard = listen_again(sound(len(said), 1e-4), said, ears)
    assert heard == said
    assert sum(ears.heard) == 14 * SECOND
    assert max(ears.heard) <= 6.5 * SECOND
    assert listen_again(sound(0, 0.1), [], ears) == []

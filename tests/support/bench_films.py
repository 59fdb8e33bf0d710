"""Films for the recognition benchmark: recordings joined, and hours of little speech."""

import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from planted_sounds import music, room_tone

from asr.recognizer import SAMPLE_RATE_HZ
from asr.sound.av_media import decode_blocks, probe
from asr.sound.stream_choice import stream_choice

_GAP_S = 1
_SEED = 7


@dataclass(frozen=True)
class Spoken:
    """A recording and every word that is said in it."""

    media: Path
    text: str


@dataclass(frozen=True)
class Joined(Spoken):
    """Recordings in one; how long that is, and how often the first is heard in it."""

    seconds: float
    rounds: int


def decoded(media):
    """Samples of the default audio stream, mono, 16 kHz."""
    asset = probe(media)
    return np.concatenate(list(decode_blocks(asset, stream_choice(asset, None).stream)))


def joined(recordings, target, *, seconds):
    """Whole recordings, a pause between, until it is long enough; again if need be."""
    parts, texts, count = [], [], 0
    rng = np.random.default_rng(_SEED)
    length = 0
    while length < seconds * SAMPLE_RATE_HZ:
        one = recordings[count % len(recordings)]
        sound = decoded(one.media)
        pause = room_tone(_GAP_S * SAMPLE_RATE_HZ, rng)
        parts += [sound, pause]
        texts.append(one.text)
        length += len(sound) + len(pause)
        count += 1
    with _wav(target) as file:
        for part in parts:
            file.writeframes(_pcm(part))
    rounds = -(-count // len(recordings))
    return Joined(target, " ".join(texts), length / SAMPLE_RATE_HZ, rounds)


SCENE_S = 600
"""A scene: a minute of speech, then music and silence in turn."""

_SPEECH_S = 60
_STILL_S = 30


def long_film(recordings, target, *, scenes):
    """A film of so many scenes of ten minutes, all alike, written bit by bit."""
    rng = np.random.default_rng(_SEED)
    speech = np.concatenate([decoded(one.media) for one in recordings])
    still_samples = _STILL_S * SAMPLE_RATE_HZ
    still = [music(still_samples, rng), room_tone(still_samples, rng)]
    scene = [speech[: _SPEECH_S * SAMPLE_RATE_HZ]]
    while sum(map(len, scene)) < SCENE_S * SAMPLE_RATE_HZ:
        scene.append(still[len(scene) % 2])
    content = _pcm(np.concatenate(scene)[: SCENE_S * SAMPLE_RATE_HZ])
    with _wav(target) as file:
        for _ in range(scenes):
            file.writeframes(content)
    return target


def _wav(target):
    file = wave.open(str(target), "wb")  # noqa: SIM115 - the caller closes it
    file.setnchannels(1)
    file.setsampwidth(2)
    file.setframerate(SAMPLE_RATE_HZ)
    return file


def _pcm(samples):
    return np.round(np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes()

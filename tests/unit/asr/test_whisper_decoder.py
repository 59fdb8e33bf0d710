"""Decoding by the real model: batches, names, languages."""

from pathlib import Path

import numpy as np
import pytest
from asr_fakes import ENGLISH, speech_in
from whisper_fixtures import REVISION, tiny_english_folder

from asr.recognizer import SAMPLE_RATE_HZ, SpokenLanguage
from asr.sound.av_media import decode_spans, probe
from asr.whisper.decoder import Manner
from asr.whisper.model import RecognitionOptions
from asr.whisper.recognizer import FasterWhisperRecognizer
from subtitles.doubts import Doubt
from subtitles.language import parse_language
from subtitles.span import Span

pytestmark = pytest.mark.engine

FILM = Path(__file__).parents[3] / "sample_media" / "sense_and_sensibility.mp4"
FRENCH = parse_language("fr")
# "And Mr. John Dashwood had then leisure to consider how much…"
LEISURE = Span(3_200, 7_200)
# One step of Whisper's own clock: sums in another order may tip a word to the next one.
CLOCK_MS = 20


@pytest.fixture(scope="module")
def chunk():
    asset = probe(FILM)
    (decoded,) = decode_spans(asset, asset.audio_streams[0], [LEISURE])
    return decoded


def recognizer(folder, **options):
    return FasterWhisperRecognizer(
        folder,
        model_name="test",
        model_revision=REVISION,
        options=RecognitionOptions(cpu_threads=2, **options),
    )


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return recognizer(tiny_english_folder(tmp_path_factory.mktemp("tiny"))).model


@pytest.fixture(scope="module")
def starter(models_folder):
    """Told to expect a name that nobody spells like that."""
    (folder,) = {path.parent for path in models_folder.rglob("model.bin")}
    return recognizer(folder, hotwords="Dashwoode")


def test_a_window_is_heard_alike_alone_and_beside_others(chunk, tiny):
    second = 2 * SAMPLE_RATE_HZ
    sounds = [chunk.samples, chunk.samples[second:], chunk.samples[:second], np.zeros(second, "f4")]
    together = tiny.hear(sounds, [ENGLISH] * 4, Manner())
    for sound, beside in zip(sounds[:2], together, strict=False):
        (alone,) = tiny.hear([sound], [ENGLISH], Manner())
        assert alone.text == beside.text
        for word, same in zip(alone.words, beside.words, strict=True):
            assert word.text == same.text
            assert word.start_ms == pytest.approx(same.start_ms, abs=CLOCK_MS)
            assert word.end_ms == pytest.approx(same.end_ms, abs=CLOCK_MS)
        assert alone.mean_log_probability == pytest.approx(beside.mean_log_probability, abs=1e-4)


def test_no_word_ends_after_its_window(chunk, tiny):
    sounds = [chunk.samples[: length * SAMPLE_RATE_HZ // 1000] for length in (10, 400, 2_110)]
    for sound, passage in zip(sounds, tiny.hear(sounds, [ENGLISH] * 3, Manner()), strict=True):
        last_ms = max([word.end_ms for word in passage.words], default=0)
        assert last_ms <= len(sound) * 1000 / SAMPLE_RATE_HZ + 20


def test_a_name_that_is_expected_is_written_as_given(chunk, starter):
    """Against what the model would write: it obeys mostly, with its whole input here."""
    (passage,) = starter.model.hear([chunk.samples], [ENGLISH], Manner(whole_input=True))
    assert "Dashwoode" in passage.text


def test_speech_in_another_language_is_written_in_it_and_tagged_unless_a_person_says_otherwise(
    chunk, starter
):
    speech = speech_in(chunk, audible=[Span(300, 3_900)])
    heard = starter.recognize(chunk, speech, SpokenLanguage(tag=FRENCH, probability=0.6))
    assert "leisure" in "".join(word.text for word in heard.words)
    assert {word.language for word in heard.words} == {ENGLISH}
    assert [one.doubts for one in heard.doubts] == [(Doubt.FOREIGN,)]
    assert heard.language == ENGLISH
    forced = starter.recognize(chunk, speech, SpokenLanguage(tag=FRENCH, is_forced=True))
    assert {word.language for word in forced.words} <= {None}

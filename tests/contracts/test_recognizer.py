"""What every Recognizer promises, run on the fake and on the real adapter."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from asr_fakes import ENGLISH, ScriptedRecognizer, noise, silence
from whisper_fixtures import REVISION, tiny_english_folder

from asr.recognizer import AudioChunk, Recognizer
from asr.sound.av_media import decode_spans, probe
from asr.whisper.model import RecognitionOptions
from asr.whisper.recognizer import FasterWhisperRecognizer
from subtitles.span import Span

FILM = Path(__file__).parents[2] / "sample_media" / "sense_and_sensibility.mp4"
# One sentence, "He was not an ill-disposed young man.", and the silence around it.
SENTENCE = Span(11_000, 15_500)
# Where on the title's clock the same chunk is heard again.
LATER_MS = 600_000


@dataclass(frozen=True)
class Booth:
    """A recogniser, English speech it understands, and a second recogniser made alike."""

    recognizer: Recognizer
    twin: Recognizer
    speech: AudioChunk


def _scripted(_: Path) -> Booth:
    words = [(" He", 1_000, 1_200), (" was", 1_200, 1_600), (" not.", 1_600, 2_000)]
    script = [(text, at + start, at + end) for at in (0, LATER_MS) for text, start, end in words]
    return Booth(ScriptedRecognizer(script), ScriptedRecognizer(script), noise(4_500))


def _faster_whisper(folder: Path) -> Booth:
    tiny_english_folder(folder)
    one, other = (
        FasterWhisperRecognizer(
            folder,
            model_name="tiny.en",
            model_revision=REVISION,
            options=RecognitionOptions(cpu_threads=threads),
        )
        for threads in (2, 1)
    )
    asset = probe(FILM)
    (chunk,) = decode_spans(asset, asset.audio_streams[0], [SENTENCE])
    return Booth(one, other, AudioChunk(index=0, start_ms=0, samples=chunk.samples))


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(_scripted, id="scripted"),
        pytest.param(_faster_whisper, id="faster-whisper", marks=pytest.mark.engine),
    ],
)
def booth(request, tmp_path_factory):
    return request.param(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def heard_at_once(booth):
    """What two threads hear that listen at the same time."""
    with ThreadPoolExecutor(2) as pool:
        return list(
            pool.map(lambda _: booth.recognizer.recognize(booth.speech, language=None), range(2))
        )


@pytest.fixture(scope="module")
def heard(heard_at_once):
    return heard_at_once[0]


def test_speech_is_heard_in_order_inside_the_chunk_each_word_for_some_time(heard, booth):
    assert len(heard.words) >= 3
    for word in heard.words:
        assert word.span.duration_ms > 0
        assert word.span.start_ms >= 0
        assert word.span.end_ms <= booth.speech.duration_ms
        assert 0 <= word.probability <= 1
    for one, other in pairwise(heard.words):
        assert one.span.end_ms <= other.span.start_ms


def test_joining_the_words_gives_the_text(heard):
    text = "".join(word.text for word in heard.words)
    assert text.startswith(" He was not")


def test_the_language_is_detected_when_it_is_not_given(heard):
    assert heard.language == "en"
    assert 0 < heard.language_probability <= 1


def test_the_given_language_is_taken_and_times_are_on_the_titles_clock(heard, booth):
    later = replace(booth.speech, index=3, start_ms=LATER_MS)
    given = booth.recognizer.recognize(later, language=ENGLISH)
    assert (given.language, given.language_probability) == ("en", 1.0)
    assert given.words == tuple(
        replace(word, span=word.span.shifted(LATER_MS)) for word in heard.words
    )


def test_equal_signatures_mean_equal_words_whoever_hears_them_on_however_many_threads(heard, booth):
    assert booth.twin.signature == booth.recognizer.signature
    assert booth.twin.recognize(booth.speech, language=None) == heard


def test_two_threads_may_listen_at_once(heard_at_once, booth):
    # The second recogniser, which listens alone, hears the same: see the test above.
    assert heard_at_once[0] == heard_at_once[1]


@pytest.mark.parametrize("milliseconds", [0, 1, 31, 200, 5_000])
def test_silence_of_any_length_gives_no_words_and_no_language(milliseconds, booth):
    nothing = booth.recognizer.recognize(silence(milliseconds), language=None)
    assert (nothing.language, nothing.language_probability, nothing.words) == (None, 0.0, ())


def test_silence_in_a_given_language_stays_in_it(booth):
    nothing = booth.recognizer.recognize(silence(1_000), language=ENGLISH)
    assert (nothing.language, nothing.words) == ("en", ())


@pytest.mark.parametrize(
    "samples",
    [
        np.ones(16_000, dtype=np.float32),
        np.tile(np.array([-1, 1], dtype=np.float32), 8_000),
        np.full(3, 1e-30, dtype=np.float32),
    ],
    ids=["direct-current", "square-wave", "denormal"],
)
def test_odd_sound_is_no_error(samples, booth):
    chunk = AudioChunk(index=0, start_ms=0, samples=samples)
    for word in booth.recognizer.recognize(chunk, language=None).words:
        assert word.span.end_ms <= chunk.duration_ms

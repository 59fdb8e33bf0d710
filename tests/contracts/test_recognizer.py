"""What every Recognizer promises, run on the fake and on the real adapter."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from asr_fakes import (
    ENGLISH,
    FORCED_ENGLISH,
    IN_ENGLISH,
    ScriptedRecognizer,
    chunk_speech,
    noise,
    silence,
    speech_in,
)
from whisper_fixtures import REVISION, tiny_english_folder

from asr.hearing.listening import ChunkSpeech
from asr.recognizer import AudioChunk, Recognizer
from asr.sound.av_media import decode_spans, probe
from asr.whisper.model import RecognitionOptions
from asr.whisper.recognizer import FasterWhisperRecognizer
from asr.whisper.voice import SileroVoiceDetector
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
    chunk: AudioChunk
    speech: ChunkSpeech


def _scripted(_: Path) -> Booth:
    words = [(" He", 1_000, 1_200), (" was", 1_200, 1_600), (" not.", 1_600, 2_000)]
    script = [(text, at + start, at + end) for at in (0, LATER_MS) for text, start, end in words]
    chunk = noise(4_500)
    speech = speech_in(chunk, audible=[Span(1_000, 2_000)])
    return Booth(ScriptedRecognizer(script), ScriptedRecognizer(script), chunk, speech)


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
    (decoded,) = decode_spans(asset, asset.audio_streams[0], [SENTENCE])
    chunk = AudioChunk(index=0, start_ms=0, samples=decoded.samples)
    return Booth(one, other, chunk, chunk_speech(chunk, SileroVoiceDetector()))


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
            pool.map(
                lambda _: booth.recognizer.recognize(booth.chunk, booth.speech, IN_ENGLISH),
                range(2),
            )
        )


@pytest.fixture(scope="module")
def heard(heard_at_once):
    return heard_at_once[0]


def whole(chunk):
    """All of a chunk is given to the recogniser, speech or not."""
    return speech_in(chunk, audible=[Span(0, chunk.duration_ms)] if chunk.duration_ms else [])


def test_speech_is_heard_in_order_inside_the_chunk_each_word_for_some_time(heard, booth):
    assert len(heard.words) >= 3
    for word in heard.words:
        assert word.span.duration_ms > 0
        assert word.span.start_ms >= 0
        assert word.span.end_ms <= booth.chunk.duration_ms
        assert 0 <= word.probability <= 1
    for one, other in pairwise(heard.words):
        assert one.span.end_ms <= other.span.start_ms


def test_joining_the_words_gives_the_text(heard):
    text = "".join(word.text for word in heard.words)
    assert text.startswith(" He was not")


def test_clear_speech_in_the_titles_language_raises_no_doubt(heard):
    assert heard.doubts == ()
    assert {(word.language, word.doubts) for word in heard.words} == {(None, ())}


def test_the_language_of_speech_is_detected_with_how_sure_that_is(booth):
    tag, probability = booth.recognizer.detect_language(booth.chunk.samples)
    assert tag == ENGLISH
    assert 0 < probability <= 1


def test_the_titles_language_is_that_of_the_chunk(heard):
    assert heard.language == IN_ENGLISH.tag
    assert heard.language_probability == IN_ENGLISH.probability


def test_times_are_on_the_titles_clock(heard, booth):
    chunk = replace(booth.chunk, index=3, start_ms=LATER_MS)
    speech = ChunkSpeech(
        span=booth.speech.span.shifted(LATER_MS),
        windows=tuple(span.shifted(LATER_MS) for span in booth.speech.windows),
        audible=tuple(span.shifted(LATER_MS) for span in booth.speech.audible),
        sure=tuple(span.shifted(LATER_MS) for span in booth.speech.sure),
    )
    later = booth.recognizer.recognize(chunk, speech, FORCED_ENGLISH)
    assert (later.language, later.language_probability) == ("en", 1.0)
    assert later.words == tuple(
        replace(word, span=word.span.shifted(LATER_MS)) for word in heard.words
    )


def test_equal_signatures_mean_equal_words_whoever_hears_them_on_however_many_threads(heard, booth):
    assert booth.twin.signature == booth.recognizer.signature
    assert booth.twin.recognize(booth.chunk, booth.speech, IN_ENGLISH) == heard


def test_two_threads_may_listen_at_once(heard_at_once, booth):
    # The second recogniser, which listens alone, hears the same: see the test above.
    assert heard_at_once[0] == heard_at_once[1]


@pytest.mark.parametrize("milliseconds", [0, 1, 31, 200, 5_000])
def test_silence_of_any_length_gives_no_words_and_no_language(milliseconds, booth):
    chunk = silence(milliseconds)
    nothing = booth.recognizer.recognize(chunk, speech_in(chunk, audible=[]), IN_ENGLISH)
    assert (nothing.language, nothing.language_probability, nothing.words) == (None, 0.0, ())


def test_silence_in_a_given_language_stays_in_it(booth):
    chunk = silence(1_000)
    nothing = booth.recognizer.recognize(chunk, speech_in(chunk, audible=[]), FORCED_ENGLISH)
    assert (nothing.language, nothing.words) == ("en", ())


@pytest.mark.parametrize(
    "samples",
    [
        np.ones(16_000, dtype=np.float32),
        np.tile(np.array([-1, 1], dtype=np.float32), 8_000),
        np.full(160, 1e-30, dtype=np.float32),
        np.zeros(1_000, dtype=np.float32),
    ],
    ids=["direct-current", "square-wave", "denormal", "digital-silence"],
)
def test_odd_sound_taken_for_speech_is_no_error(samples, booth):
    chunk = AudioChunk(index=0, start_ms=0, samples=samples)
    for word in booth.recognizer.recognize(chunk, whole(chunk), IN_ENGLISH).words:
        assert word.span.end_ms <= chunk.duration_ms


def test_speech_that_ends_after_the_audio_is_heard_as_far_as_there_is_audio(booth):
    short = replace(booth.chunk, samples=booth.chunk.samples[:32_000])
    for word in booth.recognizer.recognize(short, booth.speech, IN_ENGLISH).words:
        assert word.span.end_ms <= short.duration_ms

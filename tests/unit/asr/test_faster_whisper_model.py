"""The real model: loading, its errors, and how well a sample is heard."""

from difflib import SequenceMatcher
from pathlib import Path
from types import SimpleNamespace

import faster_whisper
import numpy as np
import pytest
from accuracy import plain_words, word_error_rate
from asr_fakes import ENGLISH, noise, silence
from whisper_fixtures import REVISION, copied, tiny_english_folder

from asr.errors import UntranslatingModelError, UnusableModelError
from asr.sound.av_media import decode_spans, probe
from asr.whisper.languages import UnheardLanguageError
from asr.whisper.model import RecognitionOptions
from asr.whisper.recognizer import FasterWhisperRecognizer
from asr.whisper.speech_translator import FasterWhisperSpeechTranslator
from subtitles.formats.srt import SrtFormat
from subtitles.language import parse_language
from subtitles.span import Span

pytestmark = pytest.mark.engine

SAMPLES = Path(__file__).parents[3] / "sample_media"
FILM = SAMPLES / "sense_and_sensibility.mp4"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return tiny_english_folder(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def starter(models_folder):
    """A recogniser with the starter tier's model."""
    (folder,) = {path.parent for path in models_folder.rglob("model.bin")}
    return recognizer(folder)


def recognizer(folder, **options):
    return FasterWhisperRecognizer(
        folder,
        model_name="test",
        model_revision=REVISION,
        options=RecognitionOptions(cpu_threads=2, **options),
    )


def start_errors_ms(reference, words):
    """For each reference sentence whose first word was heard: how much too late it starts."""
    heard = [(plain_words(word.text), word.span.start_ms) for word in words]
    sentences = [(cue.span.start_ms, plain_words(" ".join(cue.lines)).split()) for cue in reference]
    said = [word for _, sentence in sentences for word in sentence]
    matched = {}
    matcher = SequenceMatcher(None, said, [text for text, _ in heard], autojunk=False)
    for block in matcher.get_matching_blocks():
        for offset in range(block.size):
            matched[block.a + offset] = heard[block.b + offset][1]
    position, errors = 0, []
    for start_ms, sentence in sentences:
        if position in matched:
            errors.append(matched[position] - start_ms)
        position += len(sentence)
    return errors


def test_the_starter_model_hears_a_voice_menu_and_when_its_sentences_start(starter):
    media, span = SAMPLES / "voice_menu.flac", Span(0, 19_000)
    reference = [
        cue
        for cue in SrtFormat()
        .decode(media.with_suffix(".en.srt").read_text("utf-8"))
        .document.subtitles
        if cue.span.end_ms < span.end_ms
    ]
    asset = probe(media)
    (chunk,) = decode_spans(asset, asset.audio_streams[0], [span])
    heard = starter.recognize(chunk, language=ENGLISH).words
    said = " ".join(" ".join(cue.lines) for cue in reference)
    assert word_error_rate(said, "".join(word.text for word in heard)) <= 0.08
    errors = start_errors_ms(reference, heard)
    assert len(errors) == len(reference)
    assert max(map(abs, errors)) <= 250, errors


def test_noise_and_silence_give_no_words(tiny):
    engine = recognizer(tiny)
    quiet = noise(8_000, level=0.01)
    assert engine.recognize(quiet, language=None).words == ()
    loud = noise(8_000, level=0.9)
    assert engine.recognize(loud, language=None).words == ()
    assert engine.recognize(silence(8_000), language=None).words == ()


def test_the_model_is_loaded_once_and_only_when_it_is_needed(tiny, monkeypatch):
    loads = []
    real = faster_whisper.WhisperModel
    monkeypatch.setattr(
        faster_whisper, "WhisperModel", lambda *a, **k: loads.append(a) or real(*a, **k)
    )
    engine = recognizer(tiny)
    engine.recognize(silence(1_000), language=None)
    assert loads == []
    for _ in range(2):
        assert not engine.model.is_multilingual
    assert len(loads) == 1


class OnePassAtATime:
    """A model whose every segment costs a pass."""

    supported_languages = ("en",)

    def __init__(self, ends_s):
        self.ends_s = ends_s
        self.passes = 0

    def transcribe(self, samples, **options):
        def segments():
            for end_s in self.ends_s:
                self.passes += 1
                yield SimpleNamespace(
                    end=end_s,
                    words=[],
                    text="",
                    tokens=[1],
                    avg_logprob=-0.1,
                    no_speech_prob=0.0,
                    compression_ratio=self.compression_ratio(options),
                )

        return segments(), None

    def compression_ratio(self, options):
        return 1.0


@pytest.mark.parametrize(
    ("ends_s", "quiet_tail_ms", "passes"),
    [
        # 10 s of audio: after 9.3 s with a tail of 0.4 s only 0.3 s of speech could be left.
        ([5.0, 9.3, 9.9], 400, 2),
        ([5.0, 9.3, 9.9], 0, 3),
        ([5.0, 8.9, 9.9], 400, 3),
    ],
)
def test_no_pass_is_spent_on_a_tail_in_which_nothing_is_left(
    ends_s, quiet_tail_ms, passes, tiny, monkeypatch
):
    fake = OnePassAtATime(ends_s)
    monkeypatch.setattr(faster_whisper, "WhisperModel", lambda *args, **options: fake)
    model = recognizer(tiny).model
    model.transcribe(silence(10_000).samples, ENGLISH, quiet_tail_ms=quiet_tail_ms)
    assert fake.passes == passes


def test_a_window_that_loops_is_decoded_again_without_sampling(tiny, monkeypatch):
    asked = []

    class Looping(OnePassAtATime):
        def compression_ratio(self, options):
            asked.append(options)
            return 1.0 if "no_repeat_ngram_size" in options else 5.0

    monkeypatch.setattr(faster_whisper, "WhisperModel", lambda *args, **options: Looping([9.9]))
    recognizer(tiny).model.transcribe(silence(10_000).samples, ENGLISH)
    assert len(asked) == 2
    assert asked[1]["repetition_penalty"] > 1
    assert {options["temperature"] for options in asked} == {0.0}


@pytest.mark.parametrize("name", ["model.bin", "config.json", "tokenizer.json"])
def test_a_model_that_lacks_a_file_is_refused_without_asking_the_network(name, tiny, tmp_path):
    folder = copied(tiny, tmp_path / "model", without=name)
    with pytest.raises(UnusableModelError, match=f"lacks {name}"):
        recognizer(folder).model.transcribe(noise(1_000).samples, ENGLISH)


def test_a_damaged_model_is_refused(tiny, tmp_path):
    folder = copied(tiny, tmp_path / "model")
    (folder / "model.bin").write_bytes(b"not a model" * 100)
    with pytest.raises(UnusableModelError, match="cannot load the recognition model 'test'"):
        recognizer(folder).model.transcribe(noise(1_000).samples, ENGLISH)


def test_a_damaged_tokenizer_is_refused(tiny, tmp_path):
    folder = copied(tiny, tmp_path / "model")
    (folder / "tokenizer.json").write_text("{", "utf-8")
    with pytest.raises(UnusableModelError):
        recognizer(folder).model.transcribe(noise(1_000).samples, ENGLISH)


def test_an_unknown_compute_type_is_refused(tiny):
    with pytest.raises(UnusableModelError, match="compute"):
        recognizer(tiny, compute_type="int3").model.transcribe(noise(1_000).samples, ENGLISH)


def test_an_english_only_model_refuses_other_languages_and_translation(tiny):
    model = recognizer(tiny).model
    with pytest.raises(UnheardLanguageError, match="does not understand French"):
        model.transcribe(noise(1_000).samples, parse_language("fr"))
    asset = probe(FILM)
    with pytest.raises(UntranslatingModelError):
        FasterWhisperSpeechTranslator(model).translate_spans(
            asset, asset.audio_streams[0], [Span(0, 1_000)], ENGLISH
        )


def test_an_english_only_model_needs_no_detection(tiny):
    assert recognizer(tiny).model.detect_language(np.zeros(16_000, np.float32)) == ("en", 1.0)


def test_the_multilingual_model_translates_spans_and_says_nothing_in_silence(starter):
    asset = probe(FILM)
    texts = FasterWhisperSpeechTranslator(starter.model).translate_spans(
        asset, asset.audio_streams[0], [Span(15_300, 21_000), Span(0, 2_500)], ENGLISH
    )
    assert "selfish" in texts[0]
    assert texts[1] == ""

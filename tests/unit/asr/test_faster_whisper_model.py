"""The real model: loading, its errors, and how well a sample is heard."""

from difflib import SequenceMatcher
from pathlib import Path

import faster_whisper
import numpy as np
import pytest
from accuracy import plain_words, word_error_rate
from asr_fakes import ENGLISH, FORCED_ENGLISH, IN_ENGLISH, chunk_speech, noise, silence, speech_in
from whisper_fixtures import REVISION, copied, tiny_english_folder

from asr.errors import UntranslatingModelError, UnusableModelError
from asr.sound.av_media import decode_spans, probe
from asr.whisper.decoder import Manner
from asr.whisper.languages import UnheardLanguageError
from asr.whisper.model import RecognitionOptions
from asr.whisper.recognizer import FasterWhisperRecognizer
from asr.whisper.speech_translator import FasterWhisperSpeechTranslator
from asr.whisper.voice import SileroVoiceDetector
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


def refused(engine):
    engine.model.hear([noise(1_000).samples], [ENGLISH], Manner())


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
    heard = starter.recognize(
        chunk, chunk_speech(chunk, SileroVoiceDetector()), FORCED_ENGLISH
    ).words
    said = " ".join(" ".join(cue.lines) for cue in reference)
    assert word_error_rate(said, "".join(word.text for word in heard)) <= 0.08
    errors = start_errors_ms(reference, heard)
    assert len(errors) == len(reference)
    assert max(map(abs, errors)) <= 250, errors


@pytest.mark.parametrize("level", [0.0, 0.01, 0.9])
def test_nothing_that_is_invented_for_noise_and_silence_goes_undoubted(level, tiny):
    """Nor where the detector took it for speech; mostly it does not, and nobody is asked."""
    chunk = noise(4_000, level=level)
    engine = recognizer(tiny)
    assert (
        engine.recognize(chunk, chunk_speech(chunk, SileroVoiceDetector()), IN_ENGLISH).words == ()
    )
    taken_for_speech = speech_in(chunk, audible=[Span(500, 3_500)], sure=[])
    assert all(word.doubts for word in engine.recognize(chunk, taken_for_speech, IN_ENGLISH).words)


def test_the_model_is_loaded_once_and_only_when_it_is_needed(tiny, monkeypatch):
    loads = []
    real = faster_whisper.WhisperModel
    monkeypatch.setattr(
        faster_whisper, "WhisperModel", lambda *a, **k: loads.append(a) or real(*a, **k)
    )
    engine = recognizer(tiny)
    engine.recognize(silence(1_000), speech_in(silence(1_000), audible=[]), IN_ENGLISH)
    assert loads == []
    for _ in range(2):
        assert not engine.model.is_multilingual
    assert len(loads) == 1


@pytest.mark.parametrize("name", ["model.bin", "config.json", "tokenizer.json"])
def test_a_model_that_lacks_a_file_is_refused_without_asking_the_network(name, tiny, tmp_path):
    folder = copied(tiny, tmp_path / "model", without=name)
    with pytest.raises(UnusableModelError, match=f"lacks {name}"):
        refused(recognizer(folder))


def test_a_damaged_model_is_refused(tiny, tmp_path):
    folder = copied(tiny, tmp_path / "model")
    (folder / "model.bin").write_bytes(b"not a model" * 100)
    with pytest.raises(UnusableModelError, match="cannot load the recognition model 'test'"):
        refused(recognizer(folder))


def test_a_damaged_tokenizer_is_refused(tiny, tmp_path):
    folder = copied(tiny, tmp_path / "model")
    (folder / "tokenizer.json").write_text("{", "utf-8")
    with pytest.raises(UnusableModelError):
        refused(recognizer(folder))


def test_an_unknown_compute_type_is_refused(tiny):
    with pytest.raises(UnusableModelError, match="compute"):
        recognizer(tiny, compute_type="int3").model.hear(
            [noise(1_000).samples], [ENGLISH], Manner()
        )


def test_an_english_only_model_refuses_other_languages_and_translation(tiny):
    model = recognizer(tiny).model
    with pytest.raises(UnheardLanguageError, match="does not understand French"):
        model.hear([noise(1_000).samples], [parse_language("fr")], Manner())
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

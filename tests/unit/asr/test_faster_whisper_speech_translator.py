"""Speech translation: one text per span, in order, with the detector and model scripted."""

import pytest
from asr_fakes import ScriptedVoiceDetector, ScriptedWhisper, passage
from media_factory import AudioTrack, clicks, make_media

from asr.errors import UntranslatingModelError
from asr.sound.av_media import probe
from asr.whisper.speech_translator import FasterWhisperSpeechTranslator
from subtitles.language import parse_language
from subtitles.span import Span

FR = parse_language("fr")
ALWAYS = [Span(0, 10**7)]


def said(text, logp=-0.3):
    return passage(text=text, logp=logp)


@pytest.fixture(scope="module")
def asset(tmp_path_factory):
    """A hundred seconds of sound."""
    path = tmp_path_factory.mktemp("media") / "a.flac"
    pieces = [(0, clicks(100, range(100), rate_hz=8_000))]
    return probe(make_media(path, audio=[AudioTrack(pieces=pieces, codec="flac", rate_hz=8_000)]))


def translated(whisper, asset, spans, speech=ALWAYS):
    translator = FasterWhisperSpeechTranslator(whisper, ScriptedVoiceDetector(speech))
    return translator.translate_spans(asset, asset.audio_streams[0], spans, FR)


def test_each_span_is_translated_alone_and_in_the_order_given(asset):
    whisper = ScriptedWhisper(passages=map(said, ["first", "second", "third"]))
    spans = [Span(50_000, 52_000), Span(1_000, 2_000), Span(10_000, 14_000)]
    assert translated(whisper, asset, spans) == ("third", "first", "second")
    assert whisper.windows_ms == [1_000, 4_000, 2_000]
    assert {language for _, language, _ in whisper.asked} == {FR}


def test_a_span_longer_than_whisper_listens_is_translated_in_parts(asset):
    whisper = ScriptedWhisper(passages=map(said, ["one", "", "three"]))
    assert translated(whisper, asset, [Span(0, 60_000)]) == ("one three",)
    assert whisper.windows_ms == [20_000, 20_000, 20_000]


def test_silence_is_not_given_to_the_model(asset):
    whisper = ScriptedWhisper()
    assert translated(whisper, asset, [Span(0, 4_000), Span(5_000, 6_000)], []) == ("", "")
    assert whisper.windows_ms == []


def test_a_span_beyond_the_end_or_without_length_is_empty(asset):
    whisper = ScriptedWhisper()
    assert translated(whisper, asset, [Span(99_000, 99_000), Span(200_000, 201_000)]) == ("", "")


def test_invented_text_is_left_out_and_reported(asset, caplog):
    whisper = ScriptedWhisper(passages=[said("x" * 500)])
    assert translated(whisper, asset, [Span(1_000, 2_000)]) == ("",)
    assert "translation of the speech at 1000 ms taken for invented" in caplog.text


def test_no_spans_give_no_texts(asset):
    assert translated(ScriptedWhisper(), asset, []) == ()


def test_an_english_only_model_is_refused(asset):
    with pytest.raises(UntranslatingModelError, match="choose a multilingual model"):
        translated(ScriptedWhisper(is_multilingual=False), asset, [Span(0, 1_000)])


def test_the_signature_differs_from_that_of_recognition():
    whisper = ScriptedWhisper()
    made = FasterWhisperSpeechTranslator(whisper).signature
    assert ("task", "translate") in made.options

"""What the recogniser makes of a scripted model and scripted regions of speech."""

from itertools import pairwise
from random import Random
from string import ascii_lowercase

import pytest
from asr_fakes import ScriptedVoiceDetector, ScriptedWhisper, noise, passage, speech_in

from asr.recognizer import SpokenLanguage
from asr.whisper.decoder import Manner
from asr.whisper.model import RecognitionOptions
from asr.whisper.recognizer import FasterWhisperRecognizer
from subtitles.doubts import Doubt, DoubtfulSpan
from subtitles.language import parse_language
from subtitles.span import Span

EN, FR = parse_language("en"), parse_language("fr")
FIRST, WHOLE = Manner(), Manner(whole_input=True)
AGAINST_LOOPS = Manner(whole_input=True, against_loops=True)
ONE_TWO = (passage((" One", 300, 900), (" two.", 900, 2_300)), passage((" Three", 300, 2_300)))
NOTHING = passage()
TWO_WINDOWS = [Span(2_048, 4_096), Span(10_240, 12_288)]
ONE_WINDOW = [Span(2_048, 4_096)]


def recogniser(whisper, tmp_path, speech=()):
    made = FasterWhisperRecognizer(
        tmp_path,
        model_name="m",
        model_revision="r",
        options=RecognitionOptions(),
        detector=ScriptedVoiceDetector(speech),
    )
    made.model = whisper
    return made


def heard(whisper, tmp_path, audible, *, start_ms=0, sure=None, forced=False, detected=(), ms=None):
    chunk = noise(ms or audible[-1].end_ms + 5_000, start_ms=start_ms)
    speech = speech_in(chunk, audible=audible, sure=sure)
    spoken = SpokenLanguage(tag=EN, probability=0.8, is_forced=forced)
    return recogniser(whisper, tmp_path, detected).recognize(chunk, speech, spoken)


def texts(result):
    return [word.text for word in result.words]


def test_each_window_is_heard_alone_and_its_words_lie_on_the_titles_clock(tmp_path):
    whisper = ScriptedWhisper(passages=ONE_TWO)
    result = heard(whisper, tmp_path, TWO_WINDOWS, start_ms=100_000)
    # Speech with 0.4 s on each side.
    assert whisper.asked == [(2_848, EN, FIRST)] * 2
    assert texts(result) == [" One", " two.", " Three"]
    starts = [word.span.start_ms for word in result.words]
    assert starts[0] == pytest.approx(102_048, abs=260)
    assert starts[2] == pytest.approx(110_240, abs=260)
    assert result.words[1].span.end_ms == 104_096
    assert result.words[2].span.end_ms == 112_288
    assert (result.language, result.language_probability, result.doubts) == (EN, 0.8, ())


def test_without_windows_the_model_is_not_asked(tmp_path):
    whisper = ScriptedWhisper()
    result = recogniser(whisper, tmp_path).recognize(
        noise(9_000), speech_in(noise(9_000), audible=[]), SpokenLanguage(tag=EN)
    )
    assert (result.words, result.language, result.doubts) == ((), None, ())
    assert whisper.asked == []


def test_a_window_surely_in_another_language_is_tagged_and_to_be_listened_to(tmp_path):
    audible = [Span(2_048, 5_096), Span(10_240, 14_000)]
    said = passage(
        (" Bien", 300, 1_100), (" oui", 1_100, 2_100), (" Monsieur.", 2_100, 3_400), language=FR
    )
    whisper = ScriptedWhisper(
        passages=[
            said,
            passage((" Three", 300, 1_500), (" hundred", 1_500, 2_800), (" men", 2_800, 4_000)),
        ]
    )
    result = heard(whisper, tmp_path, audible)
    assert whisper.may_be_foreign == [True, True]
    assert [word.language for word in result.words] == [FR] * 3 + [None] * 3
    (doubt,) = result.doubts
    assert doubt.doubts == (Doubt.FOREIGN,)
    assert doubt.span == Span(result.words[0].span.start_ms, result.words[2].span.end_ms)
    assert result.language == EN


@pytest.mark.parametrize(
    ("audible", "forced"), [([Span(2_048, 5_096)], True), ([Span(2_048, 4_096)], False)]
)
def test_a_language_a_person_gave_and_a_short_cry_are_not_taken_for_another(
    audible, forced, tmp_path
):
    whisper = ScriptedWhisper(passages=[passage((" Oui Monsieur", 300, 2_400))])
    heard(whisper, tmp_path, audible, forced=forced)
    assert whisper.may_be_foreign == [False]


def test_a_doubtful_window_is_decoded_again_and_the_better_text_is_kept(tmp_path):
    unsure = passage((" Wonton", 300, 900), (" tea.", 900, 2_300), logp=-0.9)
    whisper = ScriptedWhisper(passages=[unsure, ONE_TWO[0]])
    result = heard(whisper, tmp_path, ONE_WINDOW)
    assert [manner for _, _, manner in whisper.asked] == [FIRST, WHOLE]
    assert texts(result) == [" One", " two."]
    assert result.doubts == ()


def test_what_stays_doubtful_is_kept_and_marked_on_its_words_and_as_a_stretch(tmp_path):
    unsure = passage((" Wonton", 300, 900), (" tea.", 900, 2_300), logp=-0.9)
    result = heard(ScriptedWhisper(passages=[unsure, unsure]), tmp_path, ONE_WINDOW)
    assert texts(result) == [" Wonton", " tea."]
    assert {word.doubts for word in result.words} == {(Doubt.UNSURE,)}
    span = Span(result.words[0].span.start_ms, result.words[1].span.end_ms)
    assert result.doubts == (DoubtfulSpan(span=span, doubts=(Doubt.UNSURE,)),)


def test_invented_text_makes_no_word_and_is_set_aside_for_the_linguist(tmp_path):
    thanks = passage((" Thanks for watching!", 0, 600), logp=-1)
    whisper = ScriptedWhisper(passages=[thanks, ONE_TWO[1], thanks])
    audible = [Span(2_048, 2_148), Span(10_240, 12_288)]
    result = heard(whisper, tmp_path, audible, sure=audible[1:], start_ms=50_000)
    assert texts(result) == [" Three"]
    (doubt,) = result.doubts
    assert doubt.set_aside == "Thanks for watching!"
    assert doubt.span == Span(51_648, 52_548)
    assert Doubt.STOCK_PHRASE in doubt.doubts


def test_only_invented_text_is_no_language(tmp_path):
    thanks = passage((" Thanks for watching!", 0, 600), logp=-1)
    result = heard(
        ScriptedWhisper(passages=[thanks, thanks]), tmp_path, [Span(2_048, 2_148)], sure=[]
    )
    assert (result.words, result.language, result.language_probability) == ((), None, 0.0)


def test_speech_without_words_is_listened_to_again_louder(tmp_path):
    whisper = ScriptedWhisper(passages=[NOTHING, passage((" Psst", 400, 1_200))])
    result = heard(whisper, tmp_path, ONE_WINDOW, detected=[Span(300, 2_300)])
    assert texts(result) == [" Psst"]
    assert [manner for _, _, manner in whisper.asked] == [FIRST, FIRST]
    assert result.doubts == ()


@pytest.mark.parametrize("again", [NOTHING, passage((" Psst", 400, 1_200), logp=-1.5)])
def test_speech_whose_words_cannot_be_trusted_stays_marked_as_missed(again, tmp_path):
    whisper = ScriptedWhisper(passages=[NOTHING, again])
    result = heard(whisper, tmp_path, ONE_WINDOW)
    assert result.words == ()
    assert result.doubts == (
        DoubtfulSpan(span=Span(2_048, 4_096), doubts=(Doubt.SPEECH_WITHOUT_WORDS,)),
    )


def test_what_two_overlapping_windows_heard_comes_once(tmp_path):
    """Speech without a pause is cut into windows that overlap; both hear the words there."""
    letters = Random(1)
    ticks = [
        (" " + "".join(letters.choices(ascii_lowercase, k=6)), at + 400, at + 900)
        for at in range(0, 40_000, 1_000)
    ]

    class Listening(ScriptedWhisper):
        def hear(self, sounds, languages, manner, *, may_be_foreign=None):
            self.passages = [
                passage(
                    *(
                        (text, start - window.start_ms, end - window.start_ms)
                        for text, start, end in ticks
                        if window.start_ms <= start and end <= window.end_ms
                    )
                )
                for window in windows
            ]
            return super().hear(sounds, languages, manner, may_be_foreign=may_be_foreign)

    chunk = noise(40_000)
    speech = speech_in(chunk, audible=[Span(0, 40_000)])
    windows = speech.windows
    assert windows[1].start_ms < windows[0].end_ms
    whisper = Listening()
    result = recogniser(whisper, tmp_path).recognize(chunk, speech, SpokenLanguage(tag=EN))
    assert texts(result) == [text for text, _, _ in ticks]


def test_words_found_again_stand_between_the_others(tmp_path):
    audible = [Span(2_048, 3_000), Span(4_500, 6_500), Span(8_000, 9_000)]
    first = passage((" Twenty-one", 400, 1_300), (" twenty-three.", 6_400, 7_300))
    whisper = ScriptedWhisper(passages=[first, passage((" two", 400, 1_900))])
    result = heard(whisper, tmp_path, audible, detected=[Span(0, 2_000)])
    assert texts(result) == [" Twenty-one", " two", " twenty-three."]
    spans = [word.span for word in result.words]
    assert all(one.end_ms <= other.start_ms for one, other in pairwise(spans))


def signature(tmp_path, **options):
    return FasterWhisperRecognizer(
        tmp_path / "absent",
        model_name="m",
        model_revision="r",
        options=RecognitionOptions(**options),
    ).signature


def test_the_signature_needs_no_model_on_disk_and_names_engine_model_and_rules(tmp_path):
    made = signature(tmp_path)
    assert (made.engine, made.model, made.model_revision) == ("faster-whisper", "m", "r")
    names = [name for name, _ in made.options]
    assert {"aligner", "beam", "compute", "ctranslate2", "detector", "rules"} <= set(names)
    assert names == sorted(names)


@pytest.mark.parametrize(
    "options",
    [{"beam_size": 1}, {"compute_type": "float32"}, {"device": "cuda"}, {"hotwords": "Dashwood"}],
)
def test_whatever_changes_the_words_changes_the_signature(options, tmp_path):
    assert signature(tmp_path, **options) != signature(tmp_path)


def test_the_number_of_threads_does_not(tmp_path):
    assert signature(tmp_path, cpu_threads=3) == signature(tmp_path)

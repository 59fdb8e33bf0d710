"""What the recogniser makes of detector and model, both scripted."""

import logging

import pytest
from asr_fakes import ScriptedWhisper, noise

from asr.hearing.word_times import TimedText
from asr.whisper.model import RecognitionOptions
from asr.whisper.passage import Passage
from asr.whisper.recognizer import FasterWhisperRecognizer
from subtitles.language import parse_language
from subtitles.span import Span

EN, FR = parse_language("en"), parse_language("fr")


def passage(*words, logp=-0.2):
    """A passage from (text, start, end) in ms from the start of its window."""
    return Passage(
        words=tuple(
            TimedText(text=text, start_ms=start, end_ms=end, probability=0.9)
            for text, start, end in words
        ),
        text="".join(text for text, _, _ in words).strip(),
        mean_log_probability=logp,
        no_speech_probability=0.1,
    )


def recogniser(whisper, tmp_path):
    made = FasterWhisperRecognizer(
        tmp_path, model_name="m", model_revision="r", options=RecognitionOptions()
    )
    made.model = whisper
    return made


def heard(whisper, tmp_path, *, ms=20_000, start_ms=0, language=EN):
    chunk = noise(ms, start_ms=start_ms)
    return recogniser(whisper, tmp_path).recognize(chunk, language=language)


def test_each_window_is_heard_alone_and_its_words_lie_on_the_titles_clock(tmp_path):
    whisper = ScriptedWhisper(
        speech=[Span(2_048, 4_096), Span(10_240, 12_288)],
        passages=[
            passage((" One", 300, 900), (" two.", 900, 2_300)),
            passage((" Three", 300, 2_300)),
        ],
    )
    result = heard(whisper, tmp_path, start_ms=100_000)
    # Speech with 0.4 s on each side.
    assert whisper.windows_ms == [2_848, 2_848]
    assert whisper.quiet_tails_ms == [400, 400]
    assert [word.text for word in result.words] == [" One", " two.", " Three"]
    starts = [word.span.start_ms for word in result.words]
    assert starts[0] == pytest.approx(102_048, abs=260)
    assert starts[2] == pytest.approx(110_240, abs=260)
    assert result.words[1].span.end_ms == 104_096
    assert result.words[2].span.end_ms == 112_288


def test_where_speech_goes_on_to_the_end_there_is_no_quiet_tail(tmp_path):
    whisper = ScriptedWhisper(
        speech=[Span(2_048, 9_999)], passages=[passage((" Oui.", 400, 2_400))]
    )
    heard(whisper, tmp_path, ms=5_000)
    assert whisper.windows_ms == [3_352]
    assert whisper.quiet_tails_ms == [0]


def test_the_language_is_judged_by_sure_speech_alone(tmp_path):
    whisper = ScriptedWhisper(
        speech=[Span(2_048, 4_096)], passages=[passage((" Oui.", 400, 2_400))], language=FR
    )
    result = heard(whisper, tmp_path, language=None)
    assert (result.language, result.language_probability) == (FR, 0.8)
    assert whisper.judged_ms == [2_048]
    assert whisper.languages == [FR]


def test_a_given_language_is_not_judged(tmp_path):
    whisper = ScriptedWhisper(
        speech=[Span(2_048, 4_096)], passages=[passage((" Oui.", 400, 2_400))]
    )
    assert heard(whisper, tmp_path, language=FR).language == FR
    assert whisper.judged_ms == []
    assert whisper.languages == [FR]


def test_silence_is_not_given_to_the_model_at_all(tmp_path):
    whisper = ScriptedWhisper()
    result = heard(whisper, tmp_path, language=None)
    assert (result.words, result.language) == ((), None)
    assert whisper.windows_ms == whisper.judged_ms == []


def test_invented_text_is_left_out_and_reported_with_its_time(tmp_path, caplog):
    whisper = ScriptedWhisper(
        speech=[Span(2_048, 2_148)], passages=[passage((" Thanks for watching!", 0, 600), logp=-1)]
    )
    with caplog.at_level(logging.WARNING):
        result = heard(whisper, tmp_path, start_ms=50_000, language=None)
    assert (result.words, result.language, result.language_probability) == ((), None, 0.0)
    assert "text at 51648 ms taken for invented" in caplog.text
    assert "watching" not in caplog.text


def test_signs_without_letters_are_no_words(tmp_path):
    whisper = ScriptedWhisper(
        speech=[Span(2_048, 4_096)],
        passages=[passage((" ♪", 0, 400), (" La", 500, 900), (" ...", 900, 1_000))],
    )
    assert [word.text for word in heard(whisper, tmp_path).words] == [" La"]


def test_a_window_in_which_nothing_is_heard_is_no_loss_for_the_others(tmp_path):
    whisper = ScriptedWhisper(
        speech=[Span(2_048, 4_096), Span(10_240, 12_288)],
        passages=[passage(), passage((" Three", 300, 2_300))],
    )
    assert [word.text for word in heard(whisper, tmp_path).words] == [" Three"]


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
    assert {"beam", "compute", "ctranslate2", "rules"} <= {name for name, _ in made.options}
    assert list(made.options) == sorted(made.options)


@pytest.mark.parametrize(
    "options",
    [{"beam_size": 1}, {"compute_type": "float32"}, {"device": "cuda"}, {"hotwords": "Dashwood"}],
)
def test_whatever_changes_the_words_changes_the_signature(options, tmp_path):
    assert signature(tmp_path, **options) != signature(tmp_path)


def test_the_number_of_threads_does_not(tmp_path):
    assert signature(tmp_path, cpu_threads=3) == signature(tmp_path)

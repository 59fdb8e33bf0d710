"""What the engine sees, and what is put back around its answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timed_text import any_text, language

from subtitles.typography.casing import upper_case
from translate.sentencing.engine_text import assembled, engine_text, has_letters, is_shouted

EN, PT = language("en"), language("pt-BR")


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("Hello there.", "Hello there."),
        ("- Hello.", "Hello."),
        ("-Hello.", "Hello."),
        ("-5 degrees", "-5 degrees"),
        (">> Speaker two here.", "Speaker two here."),
        ("♪ Happy birthday ♪", "Happy birthday"),
        ("[door opens]", "door opens"),
        ("(sighs)", "sighs"),
        ("- [sighs]", "sighs"),
        ("(one) and (two)", "(one) and (two)"),
        ("I thought that...", "I thought that"),
        ("I thought that—", "I thought that"),
        ("...and then", "and then"),
        ("We go… …home.", "We go home."),
        ("We go... ... and stay.", "We go and stay."),
        ("“I’m fine,” he said.", '"I\'m fine," he said.'),
        ("STOP RIGHT THERE!", "Stop right there!"),
        ("AM I RIGHT?", "Am I right?"),
        ("HELP", "Help"),
        ("OK", "OK"),
        ("FBI", "FBI"),
        ("The FBI came.", "The FBI came."),
        ("zero\u200bwidth \u202eevil\u202c", "zerowidth evil"),
        ("tab\there\u00a0now", "tab here now"),
        ("😀 Hello 😀", "😀 Hello 😀"),
        ("40", ""),
        ("...", ""),
        ("♪♪", ""),
        ("😀", ""),
        ("", ""),
    ],
)
def test_the_engine_sees_prose_only(text, core):
    assert engine_text(text, EN).core == core


@pytest.mark.parametrize(
    ("text", "answer", "expected"),
    [
        ("- Hello.", "Olá.", "- Olá."),
        ("♪ Happy birthday ♪", "Feliz aniversário", "♪ Feliz aniversário ♪"),
        ("[door opens]", "Porta abre.", "[porta abre]"),
        ("STOP RIGHT THERE!", "Pare aí mesmo!", "PARE AÍ MESMO!"),
        ("I thought that...", "Pensei que...", "Pensei que…"),
        ("I thought that...", "Pensei que", "Pensei que…"),
        ("I was about to--", "Eu estava prestes a.", "Eu estava prestes a--"),
        ("... and then he left.", "e depois ele saiu.", "…e depois ele saiu."),
        ("He asked — quietly — again.", "Pediu - baixo - de novo.", "Pediu — baixo — de novo."),
        ("He asked - quietly.", "Ele pediu - baixo.", "Ele pediu - baixo."),
        ("Is it you?", "É você", "É você?"),
        ("Run!", "Corra", "Corra!"),
        ("John Smith", "John Smith.", "John Smith"),
        ("Wait... what?", "Espere... o quê?", "Espere… o quê?"),
        ("and so on", "E assim por diante", "e assim por diante"),
        ("iPhone sales", "IPhone vendas", "IPhone vendas"),
        ("40", "ignored", "40"),
        ("♪♪", "ignored", "♪♪"),
        ("Hello.", "  ", ""),
        ("Hello...", "...", ""),
    ],
)  # fmt: skip
def test_everything_comes_back_around_the_answer(text, answer, expected):
    assert assembled(engine_text(text, EN), answer, PT) == expected


@pytest.mark.parametrize(
    ("text", "answer", "target", "expected"),
    [
        ("I was about to—", "I was", "en", "I was--"),
        ("STOP IT", "bırak şimdi", "tr", "BIRAK ŞİMDİ"),
        ("STOP IT", "σταμάτα τώρα", "el", "ΣΤΑΜΑΤΑ ΤΩΡΑ"),
        ("STOP IT", "lass das groß", "de", "LASS DAS GROSS"),
        ("Is it you?", "你是谁", "zh-Hans", "你是谁？"),
        ("Go home.", "回家", "ja", "回家。"),
        ("Is it?", "أهو", "ar", "أهو؟"),
        ("Is it?", "Είναι;", "el", "Είναι;"),
        ("music playing", "Musik spielt", "de", "Musik spielt"),
    ],
)
def test_marks_and_capitals_are_the_target_languages_own(text, answer, target, expected):
    assert assembled(engine_text(text, EN), answer, language(target)) == expected


def test_turkish_capitals_become_turkish_small_letters():
    assert engine_text("DIŞARI ÇIK İKİNİZ", language("tr")).core == "Dışarı çık ikiniz"


@pytest.mark.parametrize(
    ("text", "shouted"),
    [
        ("STOP", True),
        ("STOP IT", True),
        ("OK", False),
        ("Stop", False),
        ("40", False),
        ("A", False),
    ],
)
def test_a_shout_is_told_from_an_acronym(text, shouted):
    assert is_shouted(text) is shouted


@given(any_text(80))
def test_a_text_without_letters_comes_back_as_it_was(text):
    shown = engine_text(text, EN)
    if not has_letters(text):
        assert shown.core == ""
        assert assembled(shown, "anything", PT) == text


@given(any_text(80), st.sampled_from(["en", "tr", "el", "ja", "ar"]))
def test_any_text_comes_apart_and_together_without_losing_the_answer(text, tag):
    shown = engine_text(text, language(tag))
    if shown.core:
        assert has_letters(shown.core)
        assert "ωω" in assembled(shown, "ωω", PT).lower()


@given(any_text(40))
def test_capitals_are_stable(text):
    assert upper_case(upper_case(text, PT), PT) == upper_case(text, PT)

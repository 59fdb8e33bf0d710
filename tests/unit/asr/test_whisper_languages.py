"""Whisper's language codes and BCP 47 tags map onto each other."""

import pickle
import re

import pytest

from asr.whisper.languages import UnheardLanguageError, code_of, tag_of
from subtitles.language import parse_language

# All codes of the multilingual models, as their tokenizers list them.
CODES = re.findall(
    r"\w+",
    "en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th "
    "ur hr bg lt la mi ml cy sk te fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr "
    "pa si km sn yo so af oc ka be tg sd gu am yi lo uz fo ht ps tk nn mt sa lb my bo tl mg as tt "
    "haw ln ha ba jw su yue",
)
SUPPORTED = frozenset(CODES)


def code(tag, supported=SUPPORTED):
    return code_of(parse_language(tag), supported=supported, model_name="base")


@pytest.mark.parametrize("whisper", CODES)
def test_every_detected_code_is_a_language_that_can_be_asked_for_again(whisper):
    assert code(tag_of(whisper)) == whisper


@pytest.mark.parametrize(
    ("tag", "whisper"),
    [
        ("pt-BR", "pt"),
        ("zh-Hant-TW", "zh"),
        ("jv", "jw"),
        ("fil", "tl"),
        ("tl", "tl"),
        ("nb", "no"),
        ("nn", "nn"),
        ("cmn", "zh"),
        ("iw", "he"),
        ("sr-Latn", "sr"),
        ("yue", "yue"),
    ],
)
def test_tags_find_their_code(tag, whisper):
    assert code(tag) == whisper


def test_older_models_hear_cantonese_as_chinese():
    assert code("yue", SUPPORTED - {"yue"}) == "zh"


@pytest.mark.parametrize(("tag", "supported"), [("qu", SUPPORTED), ("fr", frozenset({"en"}))])
def test_a_language_the_model_does_not_know_is_named(tag, supported):
    with pytest.raises(UnheardLanguageError) as caught:
        code(tag, supported)
    assert f"({tag})" in str(caught.value)
    assert caught.value.exit_code == 4
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)

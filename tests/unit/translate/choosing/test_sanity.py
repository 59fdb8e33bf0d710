"""What looks wrong without knowing the languages."""

import pytest
from hypothesis import given
from timed_text import any_text
from translate_fakes import pair

from subtitles.findings import Severity
from translate.choosing.sanity import doubts, is_copy

EN_PT = pair("en", "pt-BR")


def rules(source, target, wanted=EN_PT):
    return [finding.rule for finding in doubts(source, target, wanted, "c1")]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("The house is old and small.", "A casa é velha e pequena.", []),
        ("The house is old.", "A casa é é é é é velha", ["translation-loop"]),
        ("No, no, no, no, no!", "Não, não, não, não, não!", []),
        ("ha ha ha, the house and", "a casa e a casa e a casa e a casa e", ["translation-loop"]),
        ("I told you that we would not go there again.", "Eu disse.", ["translation-too-short"]),
        (
            "I told you that we would.",
            "Eu disse que nós iríamos lá de novo e mais uma vez e ainda outra, sem parar nunca.",
            ["translation-too-long"],
        ),
        ("Hello 😀 there", "Olá aí", ["symbol-lost"]),
        ("Hi", "Oi", []),
    ],
)
def test_each_doubt_has_its_cause(source, target, expected):
    assert rules(source, target) == expected


@pytest.mark.parametrize(
    ("target", "text", "expected"),
    [
        ("ja", "その家は古くて小さいです。", []),
        ("zh-Hans", "那所房子又旧又小，没有人住。", []),
        ("ko", "그 집은 오래되고 작습니다.", []),
        ("ar", "البيت قديم وصغير جدا.", []),
        ("ja", "家", ["translation-too-short"]),
    ],
)
def test_densities_are_the_target_languages_own(target, text, expected):
    assert rules("The house is old and small, you know.", text, pair("en", target)) == expected


def test_a_doubt_is_a_warning_with_what_was_measured():
    (finding,) = doubts("Hello 😀 there", "Olá aí", EN_PT, "c7")
    assert (finding.severity, finding.cue_id, finding.measured) == (Severity.WARNING, "c7", 1)


@pytest.mark.parametrize(
    ("source", "target", "copied"),
    [
        ("The house is old and small.", "The house is old and small.", True),
        ("The house is old and small.", "Well, the house is old and small.", True),
        ("The house is old and small.", "A casa é velha e pequena.", False),
        ("Call John Smith.", "Call John Smith.", False),
    ],
)
def test_a_copy_is_no_translation(source, target, copied):
    assert is_copy(source, target) is copied


@given(any_text(80), any_text(80))
def test_no_text_breaks_the_checks(source, target):
    for finding in doubts(source, target, EN_PT, "c1"):
        assert finding.severity is Severity.WARNING

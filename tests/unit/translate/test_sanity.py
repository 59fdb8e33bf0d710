"""What looks wrong without knowing the languages."""

import pytest
from hypothesis import given
from timed_text import any_text
from translate_fakes import pair

from subtitles.findings import Severity
from translate.sanity import doubts

EN_PT = pair("en", "pt-BR")


def rules(source, target, wanted=EN_PT):
    return [finding.rule for finding in doubts(source, target, wanted, "c1")]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("The house is old and small.", "A casa é velha e pequena.", []),
        ("The house is old and small.", "The house is old and small.", ["untranslated"]),
        ("Call John Smith.", "Call John Smith.", []),
        ("The house is old.", "A casa é é é é é velha", ["translation-loop"]),
        ("No, no, no, no, no!", "Não, não, não, não, não!", []),
        ("ha ha ha, the house and", "a casa e a casa e a casa e a casa e", ["translation-loop"]),
        ("I told you that we would not go there again.", "Eu disse.", ["translation-too-short"]),
        (
            "I told you that we would.",
            "Eu disse que nós iríamos lá de novo e mais uma vez e ainda outra, sem parar nunca.",
            ["translation-too-long"],
        ),
        ("It was built in 1987.", "Foi construído.", ["number-lost"]),
        ("It was built in 1987.", "Foi construído em 1987.", []),
        ("It cost 1,234,567 dollars.", "Custou 1.234.567 dólares.", []),
        ("I have 5 cats.", "Tenho cinco gatos.", []),
        ("It was at 10:30 today.", "Foi às 10h30 hoje.", []),
        ("Hello 😀 there", "Olá aí", ["symbol-lost"]),
        ("The house is old.", "Дом старый и пустой.", ["wrong-script"]),
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
        ("ja", "Sono ie wa furui desu yo.", ["wrong-script"]),
    ],
)
def test_scripts_and_densities_are_the_target_languages_own(target, text, expected):
    assert rules("The house is old and small, you know.", text, pair("en", target)) == expected


def test_a_doubt_is_a_warning_with_what_was_measured():
    (finding,) = doubts("It was built in 1987.", "Foi construído.", EN_PT, "c7")
    assert (finding.severity, finding.cue_id, finding.measured) == (Severity.WARNING, "c7", 1)


@given(any_text(80), any_text(80))
def test_no_text_breaks_the_checks(source, target):
    for finding in doubts(source, target, EN_PT, "c1"):
        assert finding.severity is Severity.WARNING

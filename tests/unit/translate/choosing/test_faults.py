"""What is wrong with a rendering, told without knowing the languages."""

import pytest
from hypothesis import given
from timed_text import any_text
from translate_fakes import pair

from subtitles.rules import RULES
from translate.choosing.fault_table import FAULT_KINDS, RETRY_PENALTY
from translate.choosing.faults import faults_of, length_ratio

EN_PT = pair("en", "pt-BR")


def rules(source, text, wanted=EN_PT, **more):
    return [fault.rule for fault in faults_of(source, text, wanted, **more)]


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("The house is old and small.", "A casa é velha e pequena.", []),
        ("The house is old.", "A casa é é é é é velha", ["translation-loop"]),
        ("No, no, no, no, no!", "Não, não, não, não, não!", []),
        ("ha ha ha, the house and", "a casa e a casa e a casa e a casa e", ["translation-loop"]),
        ("I told you that we would go there again.", "Eu disse.", ["translation-too-short"]),
        (
            "I told you that we would.",
            "Eu disse que nós iríamos lá de novo e mais uma vez e ainda outra, sem parar nunca.",
            ["translation-too-long"],
        ),
        ("Hello 😀 there", "Olá aí", ["symbol-lost"]),
        ("Hi", "Oi", []),
        ("We have 40 of them.", "Temos muitos deles.", ["missing-numbers"]),
        ("We have 40 of them.", "Temos 45 deles.", ["missing-numbers", "extra-numbers"]),
        ("I do not know you.", "Eu conheço você.", ["negation-lost"]),
        ("Then I met Marianne there.", "Então a encontrei lá.", ["name-lost"]),
        ("He came. She went.", "Ele veio, ela foi.", ["sentence-count"]),
        ("He came, she went.", "Ele veio. Ela foi. E foi.", ["sentence-count"]),
        ("The old man and the sea.", "O old man e o mar.", ["left-in-source"]),
        ("An animal in an idea.", "Um animal em uma idea.", []),
        ("Call John Smith now.", "Chame John Smith.", []),
        ("The old man went home.", "The old man went home.", ["untranslated"]),
        ("The old man went home.", "Ο γέρος πήγε σπίτι", ["wrong-script"]),
    ],
)
def test_each_fault_has_its_cause(source, text, expected):
    assert rules(source, text) == expected


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


def test_words_of_the_show_that_stay_as_they_are_are_not_left_over():
    said, shown = "I love the night watch so much.", "Eu amo muito the night watch."
    assert rules(said, shown) == ["left-in-source"]
    assert rules(said, shown, kept=("the night watch",)) == []


def test_every_fault_is_a_rule_for_reviewers_except_what_the_glossary_tells():
    assert set(FAULT_KINDS) - {"term-missed"} <= set(RULES)


def test_what_is_asked_again_is_worth_it_and_what_is_not_has_no_remedy():
    for kind in FAULT_KINDS.values():
        assert bool(kind.remedies) == (kind.penalty >= RETRY_PENALTY)


@given(any_text(80), any_text(80))
def test_no_text_breaks_the_comparison(source, text):
    found = rules(source, text)
    assert len(found) == len(set(found))
    assert length_ratio(source, text, EN_PT) >= 0

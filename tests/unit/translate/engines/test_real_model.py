"""What only a model that has learnt something can show.

The folder of a model from English into Spanish, French and German is named in the environment
(POLYCUE_TEST_TRANSLATOR): none is part of this project.
"""

import os
from pathlib import Path

import pytest
from translate_fakes import pair, sentence

from translate.engines.ctranslate2_translator import CTranslate2Translator
from translate.translator import Ask

FOLDER = os.environ.get("POLYCUE_TEST_TRANSLATOR", "")
TARGETS = [pair("en", target) for target in ("es", "fr", "de")]
NAMES = ("Tom", "Mary", "Boston")
TEXTS = (
    "I saw Tom yesterday.",
    "Where does Tom live?",
    "I want to go to Boston with Mary.",
    "She told Tom that she was tired.",
    "We have to help Tom.",
    "I think that Tom is in Boston.",
    "He doesn't know Mary.",
    "When did you meet Tom?",
    "You should have told Mary the truth.",
    "My brother lives in Boston.",
    "They said that Tom was not at home.",
    "Did you see Mary last night?",
)

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(not FOLDER, reason="POLYCUE_TEST_TRANSLATOR names no model"),
]


@pytest.fixture(scope="module")
def translator():
    return CTranslate2Translator(
        Path(FOLDER), model_name="real", model_revision="digest", pairs=TARGETS
    )


def said(translator, wanted, **ask):
    return translator.translate([sentence(text) for text in TEXTS], wanted, Ask(**ask))


def test_a_name_is_linked_with_itself(translator):
    right = total = 0
    for wanted in TARGETS:
        for text, one in zip(TEXTS, said(translator, wanted, wants_alignment=True), strict=True):
            for link in one.alignment:
                name = one.text[slice(*link.target)]
                if name in NAMES and name in text:
                    total += 1
                    right += name in text[slice(*link.source)]
    assert total >= len(TEXTS)
    assert right >= 0.9 * total


def test_brevity_makes_renderings_shorter_on_average_and_the_more_the_shorter(translator):
    lengths = [
        sum(
            len(one.text)
            for wanted in TARGETS
            for one in said(translator, wanted, candidates=4, brevity=brevity)
        )
        for brevity in (0.0, 0.5, 1.0)
    ]
    assert lengths[0] > lengths[1] >= lengths[2]


def test_candidates_are_different_ways_to_say_it_the_likeliest_first(translator):
    for one in said(translator, TARGETS[0], candidates=4):
        texts = [rendering.text for rendering in one.renderings]
        scores = [rendering.score for rendering in one.renderings]
        assert len(set(texts)) == len(texts) >= 3
        assert scores == sorted(scores, reverse=True)


def test_a_further_attempt_says_something_else_somewhere(translator):
    first = [one.text for one in said(translator, TARGETS[1])]
    for attempt in (1, 2):
        assert [one.text for one in said(translator, TARGETS[1], attempt=attempt)] != first


def test_one_model_serves_three_languages_in_one_batch(translator):
    items = [(sentence(text), wanted) for text in TEXTS for wanted in TARGETS]
    mixed = iter(translator.translate_mixed(items))
    alone = [said(translator, wanted) for wanted in TARGETS]
    for number in range(len(TEXTS)):
        assert [next(mixed).text for _ in TARGETS] == [one[number].text for one in alone]

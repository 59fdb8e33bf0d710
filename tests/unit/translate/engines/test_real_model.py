"""What only a model that has learnt something can show.

The model is one of `translate.training`, from English into Spanish, French and German: its README
has what it was trained on, and how well it does.
"""

from dataclasses import replace
from pathlib import Path

import pytest
from translate_fakes import pair, sentence

from translate.engines.ctranslate2_translator import CTranslate2Translator
from translate.translator import Ask

FOLDER = Path(__file__).parents[3] / "fixtures" / "en_es_fr_de"
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
# Longer and stranger than what it was trained on: there it is not sure of itself.
UNSURE = (
    "The gate creaked behind them, and nobody in the narrow street dared to say a word.",
    "If the harbour master had known what lay under the nets, he would have wired the capital.",
    "Seven lanterns went out one after another while the orchestra kept on playing.",
)

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def translator():
    return CTranslate2Translator(FOLDER, model_name="real", model_revision="digest", pairs=TARGETS)


def said(translator, wanted, texts=TEXTS, **ask):
    return translator.translate([sentence(text) for text in texts], wanted, Ask(**ask))


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


@pytest.mark.parametrize("attempt", [1, 2, 3])
def test_a_further_attempt_says_something_else_where_it_is_not_sure(translator, attempt):
    first = said(translator, TARGETS[1], UNSURE)
    again = said(translator, TARGETS[1], UNSURE, attempt=attempt)
    assert [one.text for one in again] != [one.text for one in first]


def test_one_model_serves_three_languages_in_one_batch(translator):
    items = [(sentence(text), wanted) for text in TEXTS for wanted in TARGETS]
    mixed = iter(translator.translate_mixed(items))
    alone = [said(translator, wanted) for wanted in TARGETS]
    for number in range(len(TEXTS)):
        assert [next(mixed).text for _ in TARGETS] == [one[number].text for one in alone]


def test_a_sentence_longer_than_those_it_knows_is_rendered_in_pieces_that_end_with_cues(translator):
    first, second = "I never thought that I would see Tom again ", "after he had gone to Boston."
    one = replace(
        sentence(first + second), cue_ids=("a", "b"), cue_lengths=(len(first), len(second))
    )
    (whole,) = translator.translate([one], TARGETS[0], Ask(candidates=3, wants_alignment=True))
    parts = said(translator, TARGETS[0], [first.strip(), second])
    assert whole.text == " ".join(part.text for part in parts)
    assert 1 < len({each.text for each in whole.renderings}) <= 3
    assert max(link.source[1] for link in whole.alignment) > len(first)

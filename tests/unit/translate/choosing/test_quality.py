"""The chance that a translated sentence needs hardly any work."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timed_text import any_text
from translate_fakes import pair, sentence

from translate.choosing.candidates import Answer, Question, ranked
from translate.choosing.quality import quality
from translate.translator import Rendering

EN_PT = pair("en", "pt-BR")
SAID = "The old man went home with 40 books."
SOUND = "O velho foi para casa com 40 livros."


def chance(*renderings, said=SAID, languages=EN_PT):
    question = Question(sentence=sentence(said))
    answer = Answer(candidates=ranked(question, renderings, languages))
    return quality(said, answer.candidates[0], answer, languages)


def scored(score, other="O velho foi para casa com 40 livros velhos.", text=SOUND):
    return chance(Rendering(text=text, score=score), Rendering(text=other, score=score - 0.2))


def test_a_surer_engine_a_better_chance():
    assert scored(-0.2) > scored(-0.8) > scored(-1.6)
    assert scored(-0.2) > 0.7
    assert scored(-3.0) < 0.3


def test_candidates_that_agree_give_a_better_chance_than_candidates_far_apart():
    assert scored(-0.5) > scored(-0.5, other="Um senhor voltou à sua morada com 40 obras.")


def test_without_scores_the_chance_is_the_usual_one_unless_something_is_wrong():
    assert 0.6 < chance(Rendering(text=SOUND)) < 0.95


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("O velho foi para casa com livros.", 0.4),
        ("The old man went home with 40 books.", 0.05),
        ("O velho velho velho velho velho velho foi com 40.", 0.05),
    ],
)
def test_what_can_be_seen_to_be_wrong_takes_its_share(text, most):
    assert chance(Rendering(text=text)) < most
    assert scored(-0.2, text=text, other=f"{text} Sim") < most


def test_a_length_far_from_usual_lowers_the_chance():
    assert chance(Rendering(text="O velho foi com 40.")) < chance(Rendering(text=SOUND))


TEXTS = any_text(60).filter(lambda text: any(map(str.isalnum, text)))


@given(TEXTS, TEXTS, st.none() | st.floats(-40, 0), st.sampled_from(["pt-BR", "ja", "ar"]))
def test_it_is_a_chance_for_any_text(said, text, score, target):
    first = Rendering(text=text, score=score)
    second = replace(first, text=f"{text} 1", score=score)
    assert 0 <= chance(first, said=said, languages=pair("en", target)) <= 1
    assert 0 <= chance(first, second, said=said, languages=pair("en", target)) <= 1

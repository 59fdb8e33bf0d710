"""Renderings side by side: the best first, and which are good enough."""

from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st
from timed_text import any_text
from translate_fakes import pair, sentence

from translate.choosing.candidates import Answer, Question, ranked
from translate.translator import Rendering

EN_PT = pair("en", "pt-BR")
SAID = "I have 40 of the old books."
GOOD = Rendering(text="Tenho 40 dos livros velhos.", score=-0.5)
NO_NUMBER = Rendering(text="Tenho muitos livros velhos.", score=-0.2)
COPY = Rendering(text="I have 40 of the old books.", score=-0.1)


def answered(*renderings, said=SAID, terms=None):
    question = Question(sentence=sentence(said), terms=terms)
    return Answer(candidates=ranked(question, renderings, EN_PT))


def texts(candidates):
    return [one.rendering.text for one in candidates]


def test_a_sound_rendering_comes_before_surer_ones_with_faults():
    answer = answered(COPY, NO_NUMBER, GOOD)
    assert texts(answer.candidates) == [GOOD.text, NO_NUMBER.text, COPY.text]


def test_among_sound_renderings_the_engines_score_decides_and_then_its_order():
    other = Rendering(text="Eu tenho 40 livros velhos.", score=-0.4)
    assert texts(answered(GOOD, other).candidates) == [other.text, GOOD.text]
    one, two = (replace(rendering, score=None) for rendering in (GOOD, other))
    assert texts(answered(one, two).candidates) == [GOOD.text, other.text]


def test_only_what_is_about_as_sound_as_the_best_may_be_shown():
    assert texts(answered(GOOD, NO_NUMBER, COPY).acceptable) == [GOOD.text]
    assert texts(answered(NO_NUMBER, COPY).acceptable) == [NO_NUMBER.text]
    assert texts(answered(COPY).acceptable) == [COPY.text]


def test_a_reviewer_is_offered_renderings_with_small_faults_and_never_a_copy():
    assert texts(answered(GOOD, NO_NUMBER, COPY).offered) == [GOOD.text, NO_NUMBER.text]


def test_an_answer_of_marks_or_nothing_is_no_answer():
    answer = answered(Rendering(text="  "), Rendering(text="..."), Rendering(text="♪"))
    assert answer.candidates == answer.acceptable == ()
    assert answer.worst_fault == "no-translation"


def test_a_figure_may_stand_for_a_word():
    assert texts(answered(Rendering(text="40."), said="Forty.").candidates) == ["40."]


def test_what_is_worst_with_the_best_says_what_to_do():
    assert answered(GOOD).worst_fault == ""
    assert answered(NO_NUMBER).worst_fault == "missing-numbers"
    assert answered(COPY).worst_fault == "untranslated"


def test_what_hardly_counts_is_not_worth_asking_again():
    answer = answered(Rendering(text="Eu a conheci lá."), said="There I met Marianne, you see.")
    assert [fault.rule for fault in answer.candidates[0].faults] == ["name-lost"]
    assert answer.worst_fault == ""


@dataclass
class Terms:
    """One word of the show, put in for another."""

    wrong: str
    right: str

    @property
    def wanted(self):
        return (("books", self.right),)

    def enforced(self, rendering):
        return replace(rendering, text=rendering.text.replace(self.wrong, self.right))

    def missed(self, text):
        return self.right not in text

    def lost(self, text):
        return ()


def test_words_of_the_show_are_put_in_and_a_rendering_that_has_them_by_itself_is_preferred():
    by_itself = Rendering(text="Eu tenho 40 tomos velhos.", score=-0.5)
    terms = Terms("livros", "tomos")
    answer = answered(GOOD, by_itself, terms=terms)
    assert texts(answer.candidates) == [by_itself.text, "Tenho 40 dos tomos velhos."]
    assert [one.is_mended for one in answer.candidates] == [False, True]


def test_a_rendering_that_misses_a_word_of_the_show_comes_last_and_is_worth_asking_again():
    missing = Rendering(text="Tenho 40 deles.", score=-0.1)
    answer = answered(missing, GOOD, terms=Terms("livros", "tomos"))
    assert texts(answer.candidates) == ["Tenho 40 dos tomos velhos.", missing.text]
    assert answered(missing, terms=Terms("livros", "tomos")).worst_fault == "term-missed"


SCORES = st.none() | st.floats(-5, 0)
RENDERINGS = st.lists(st.builds(Rendering, text=any_text(40), score=SCORES), max_size=6)


@given(any_text(40).filter(bool), RENDERINGS)
def test_candidates_are_all_renderings_that_say_something_once_in_order_of_adequacy(said, given_):
    answer = answered(*given_, said=said)
    found = texts(answer.candidates)
    assert set(found) == {one.text for one in given_ if any(map(str.isalnum, one.text))}
    assert len(found) == len(set(found))
    adequacies = [one.adequacy for one in answer.candidates]
    assert adequacies == sorted(adequacies, reverse=True)
    assert answer.acceptable[:1] == answer.candidates[:1]

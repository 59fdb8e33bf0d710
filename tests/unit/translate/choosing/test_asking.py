"""Asking an engine once for all, and again for what it got wrong."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from translate_fakes import AnsweringTranslator, ForgetfulTranslator, greek, pair, sentence

from translate.choosing.asking import FIRST_ASK, SHORTER_ASK, Interview
from translate.choosing.candidates import Question
from translate.choosing.fault_table import MAX_RETRIES
from translate.translator import Rendering, Translation

EN_PT = pair("en", "pt-BR")
GOOD = {
    "Hello there, my friend.": "Olá, meu amigo.",
    "I have 40 of the old books.": "Tenho 40 livros velhos.",
    "If you want to live, come with me.": "Se quer viver, venha comigo.",
    "If you want to live,": "Se quer viver,",
    "come with me.": "Venha comigo.",
}


def interviewed(translator, *texts):
    questions = {text: Question(sentence=sentence(text)) for text in texts}
    return Interview(translator, EN_PT).answers(questions)


def best(answers):
    return [answer.candidates[0].rendering.text for answer in answers.values()]


def stubborn(*, fails, first="", until=1):
    """Right from the attempt on that is named, and for whatever is not to fail."""

    def answer(text, ask):
        if text in fails and ask.attempt < until:
            return Translation(text=first or text)
        return Translation(text=GOOD[text])

    return AnsweringTranslator(answer)


def test_what_is_right_at_once_is_asked_once_with_candidates_and_alignment():
    translator = stubborn(fails=())
    assert best(interviewed(translator, *list(GOOD)[:2])) == list(GOOD.values())[:2]
    assert translator.asks == [(FIRST_ASK, tuple(GOOD)[:2])]
    assert FIRST_ASK.candidates > 1
    assert FIRST_ASK.wants_alignment


def test_all_that_failed_are_asked_again_in_one_batch_with_other_settings():
    texts = tuple(GOOD)[:3]
    translator = stubborn(fails=texts[:2])
    answers = interviewed(translator, *texts)
    assert best(answers) == [GOOD[text] for text in texts]
    assert [(ask.attempt, asked) for ask, asked in translator.asks] == [(0, texts), (1, texts[:2])]
    assert [answer.retries for answer in answers.values()] == [1, 1, 0]


def test_a_candidate_without_the_fault_saves_the_asking():
    text = "I have 40 of the old books."
    translator = AnsweringTranslator(
        lambda said, ask: Translation(text=said, candidates=(Rendering(text=GOOD[said]),))
    )
    assert best(interviewed(translator, text)) == [GOOD[text]]
    assert len(translator.asks) == 1


def test_a_sentence_that_fails_again_is_translated_clause_by_clause():
    text = "If you want to live, come with me."
    translator = stubborn(fails=(text,), until=9)
    answers = interviewed(translator, text)
    assert best(answers) == ["Se quer viver, venha comigo."]
    assert translator.asks[-1] == (FIRST_ASK, ("If you want to live,", "come with me."))
    assert answers[text].retries == 2


def test_what_lost_half_a_sentence_goes_by_clauses_first():
    text = "If you want to live, come with me."
    translator = stubborn(fails=(text,), first="Venha.", until=9)
    assert best(interviewed(translator, text)) == ["Se quer viver, venha comigo."]
    assert [len(asked) for _, asked in translator.asks] == [1, 2]


def test_an_engine_that_gives_nothing_is_asked_for_each_sentence_alone_at_last():
    texts = tuple(GOOD)[:2]

    def only_alone(text, ask):
        return Translation(text=GOOD[text] if ask.attempt == 2 else "")

    translator = AnsweringTranslator(only_alone)
    assert best(interviewed(translator, *texts)) == [GOOD[text] for text in texts]
    assert [asked for _, asked in translator.asks] == [texts, texts, texts[:1], texts[1:]]


def test_an_engine_that_leaves_sentences_out_is_asked_one_by_one():
    translator = ForgetfulTranslator(lambda text: GOOD[text])
    texts = tuple(GOOD)[:3]
    assert best(interviewed(translator, *texts)) == [GOOD[text] for text in texts]
    assert translator.asked == [texts, *((text,) for text in texts)]


def test_asking_again_never_makes_it_worse():
    text = "I have 40 of the old books."

    def worse(said, ask):
        return Translation(text="Tenho livros velhos." if ask.attempt == 0 else said)

    answers = interviewed(AnsweringTranslator(worse), text)
    assert best(answers) == ["Tenho livros velhos."]
    assert 1 <= answers[text].retries <= MAX_RETRIES


def test_nothing_to_ask_is_not_asked():
    translator = stubborn(fails=())
    assert interviewed(translator) == {}
    assert translator.asks == []


ANSWERS = st.sampled_from(["", "...", "no no no no no no", "Ja.", "same", "40 41 42", greek("abc")])


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(tuple(GOOD)[:3]), unique=True),
    st.lists(ANSWERS, min_size=9, max_size=9),
)
def test_no_engine_is_asked_more_than_twice_again_about_anything(texts, said):
    translator = AnsweringTranslator(
        lambda text, ask: Translation(text=said[len(text) % 9] or text)
    )
    answers = interviewed(translator, *texts)
    assert all(answer.retries <= MAX_RETRIES for answer in answers.values())
    whole = [asked for _, asked in translator.asks if set(asked) <= set(texts)]
    for text in texts:
        assert sum(text in asked for asked in whole) <= 1 + MAX_RETRIES


@pytest.mark.parametrize("has_choice", [True, False])
def test_shorter_renderings_are_asked_for_where_there_is_a_choice_at_all(has_choice):
    text, other = tuple(GOOD)[:2]

    def answer(said, ask):
        if ask.brevity:
            return Translation(text="Olá, amigo.", candidates=(Rendering(text=GOOD[said]),))
        spare = (Rendering(text="Oi, meu amigo."),) if has_choice else ()
        return Translation(text=GOOD[said], candidates=spare)

    translator = AnsweringTranslator(answer)
    questions = {one: Question(sentence=sentence(one)) for one in (text, other)}
    interview = Interview(translator, EN_PT)
    answers = interview.answers(questions)
    before = len(translator.asks)
    found = interview.shorter({text: questions[text]}, answers)
    asked = translator.asks[before:]
    assert asked == ([(SHORTER_ASK, (text,))] if has_choice else [])
    texts = [one.rendering.text for one in found[text].candidates]
    assert ("Olá, amigo." in texts) == has_choice
    assert texts[0] == GOOD[text]


def test_a_clause_that_lost_its_words_is_told_though_the_others_make_up_for_it():
    text = "If you want to live with all of us, come with me now; there is no time to say more."
    clauses = ("If you want to live with all of us,", "come with me now;")

    def losing(asked, ask):
        said = {text: "Viver.", clauses[0]: "Ah", clauses[1]: "venha comigo agora mesmo;"}
        return Translation(text=said.get(asked, "não há tempo para dizer mais nada a ninguém."))

    (answer,) = interviewed(AnsweringTranslator(losing), text).values()
    assert answer.candidates[0].rendering.text.startswith("Ah venha comigo")
    (fault,) = [one for one in answer.candidates[0].faults if one.rule == "translation-too-short"]
    assert fault.said == clauses[0]

"""An engine is asked for each sentence once, whatever happens in between."""

from dataclasses import replace

import pytest
from answer_fakes import DyingTranslator, InMemoryAnswerStore, Killed
from hypothesis import given
from hypothesis import strategies as st
from translate_fakes import ForgetfulTranslator, ScriptedTranslator, greek, pair, sentence

from subtitles.signature import EngineSignature
from subtitles.span import Span
from translate.engines.answer_store import answer_key
from translate.engines.remembering import BLOCK_SENTENCES, RememberingTranslator
from translate.translator import Ask, UnsupportedPairError

PAIR = pair("en", "pt-BR")
SIGNATURE = EngineSignature(engine="e", engine_version="1", model_revision="a" * 64)
KNOWN = sentence("Hello.")


def texts(found):
    return [one.text for one in found]


def sentences(count):
    return [sentence(f"Sentence {number} of many.") for number in range(count)]


@given(st.lists(st.sampled_from(["One.", "Two!", "Three?", "", "4"]), max_size=12))
def test_the_answers_are_the_engines_own_in_order_and_each_thing_is_asked_once(said):
    wanted, engine = [sentence(text) for text in said], ScriptedTranslator()
    remembering = RememberingTranslator(engine, InMemoryAnswerStore())
    assert texts(remembering.translate(wanted, PAIR)) == [greek(text) for text in said]
    asked = [text for call in engine.asked for text in call]
    assert sorted(asked) == sorted(set(said))
    remembering.translate(wanted, PAIR)
    assert [text for call in engine.asked for text in call if text.strip()] == [
        text for text in asked if text.strip()
    ]


def test_a_killed_run_loses_no_block_that_was_answered():
    wanted, store, first = sentences(5 * BLOCK_SENTENCES), InMemoryAnswerStore(), DyingTranslator(3)
    with pytest.raises(Killed):
        RememberingTranslator(first, store).translate(wanted, PAIR)
    again, told = ScriptedTranslator(), []
    found = RememberingTranslator(again, store, asked=told.extend).translate(wanted, PAIR)
    asked = [text for call in (*first.asked, *again.asked) for text in call]
    assert sorted(asked) == sorted(one.text for one in wanted)
    assert len(told) == 2 * BLOCK_SENTENCES
    assert texts(found) == texts(ScriptedTranslator().translate(wanted, PAIR))


def test_an_engine_that_loses_sentences_is_asked_for_each_alone():
    found = RememberingTranslator(ForgetfulTranslator(), InMemoryAnswerStore()).translate(
        sentences(3), PAIR
    )
    assert texts(found) == [greek(one.text) for one in sentences(3)]


def test_an_empty_answer_is_not_remembered():
    engine = ScriptedTranslator(lambda _: "")
    remembering = RememberingTranslator(engine, InMemoryAnswerStore())
    for _ in range(2):
        assert texts(remembering.translate([KNOWN], PAIR)) == [""]
    assert len(engine.asked) == 2


def test_a_pair_it_does_not_serve_is_refused_whatever_is_remembered():
    with pytest.raises(UnsupportedPairError):
        RememberingTranslator(ScriptedTranslator(), InMemoryAnswerStore()).translate(
            [KNOWN], pair("fr", "de")
        )


ASK = Ask()
OTHERS = {
    "engine": {"signature": replace(SIGNATURE, engine_version="2")},
    "option": {"signature": replace(SIGNATURE, options=(("beam_size", "8"),))},
    # Its printed signature shows but the beginning of it.
    "revision": {"signature": replace(SIGNATURE, model_revision="a" * 63 + "b")},
    "pair": {"pair": pair("en", "pt-PT")},
    "candidates": {"ask": replace(ASK, candidates=4)},
    "brevity": {"ask": replace(ASK, brevity=0.5)},
    "attempt": {"ask": replace(ASK, attempt=1)},
    "alignment": {"ask": replace(ASK, wants_alignment=True)},
    "text": {"sentence": replace(KNOWN, text="Hello!")},
    "before": {"sentence": replace(KNOWN, before="Who?"), "in_context": True},
    "after": {"sentence": replace(KNOWN, after="Who?"), "in_context": True},
    "terms": {"sentence": replace(KNOWN, terms=(("Barton", "Barton"),)), "in_context": True},
}


def key(*, signature=SIGNATURE, pair=PAIR, ask=ASK, sentence=KNOWN, in_context=False):
    return answer_key(signature, pair, ask, sentence, in_context=in_context)


def test_whatever_can_change_an_answer_changes_the_key():
    keys = [key(), key(in_context=True), *(key(**other) for other in OTHERS.values())]
    assert len(set(keys)) == len(keys)


def test_where_it_stands_changes_no_key_and_context_none_for_an_engine_that_sees_none():
    elsewhere = replace(KNOWN, span=Span(5, 9), cue_ids=("c7",))
    assert key(sentence=elsewhere) == key(sentence=replace(KNOWN, before="Who?")) == key()


def test_where_cues_end_in_it_changes_the_key_since_a_long_one_is_cut_there():
    over_two = replace(KNOWN, cue_ids=("c7", "c8"), cue_lengths=(2, 4))
    over_others = replace(over_two, cue_lengths=(3, 3))
    assert len({key(), key(sentence=over_two), key(sentence=over_others)}) == 3

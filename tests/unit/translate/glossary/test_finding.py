"""Terms found in what is said."""

import time

import pytest
from glossaries import glossary, term
from hypothesis import given, settings
from hypothesis import strategies as st
from timed_text import HOSTILE_TEXTS

from subtitles.language import parse_language
from translate.glossary.finding import term_index
from translate.glossary.terms import CaseRule, TermStatus

EN, BR = parse_language("en"), parse_language("pt-BR")


def found(text, *terms, tag="en", target="pt-BR", **how):
    index = term_index(glossary(*terms), parse_language(tag))
    return [one.agreed.said for one in index.found_in(text, parse_language(target), **how)]


WAND = term("wand", pt_BR="varinha")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A wand.", ["wand"]),
        ("Wands and WANDS", ["Wands", "WANDS"]),
        ("the wand's tip, the wands' tips", ["wand", "wands"]),
        ("wander, swan d, wandless", []),
        ("wand-maker", ["wand"]),
        ("“wand”", ["wand"]),
        ("wand\u00adwand", ["wand", "wand"]),
        ("", []),
    ],
)
def test_whole_words_are_found_in_any_form(text, said):
    assert found(text, WAND) == said


@pytest.mark.parametrize(
    ("word", "text", "said"),
    [
        ("party", "parties", ["parties"]),
        ("wolf", "wolves", ["wolves"]),
        ("part", "party", []),
        ("Night Watch", "the Night-Watch", ["Night-Watch"]),
        ("Night Watch", "at night, watch", []),
        ("O'Brien", "O’Brien’s", ["O’Brien"]),
        ("St. Mary", "St Mary", ["St Mary"]),
        ("C++", "C++, C, C+", ["C++"]),
        ("#MeToo", "MeToo #metoo", ["#metoo"]),
        ("Who's There?", "who's there", ["who's there"]),
        ("Nimbus 2000", "Nimbus 2000 and Nimbus 3000", ["Nimbus 2000"]),
        ("TV", "two TVs", ["TVs"]),
    ],
)
def test_phrases_are_found_however_they_are_joined(word, text, said):
    assert found(text, term(word, pt_BR="x")) == said


def test_a_name_is_found_as_it_is_written_or_in_capitals():
    will = term("Will", "name", pt_BR="Guilherme")
    assert found("Will will. WILL!", will) == ["Will", "WILL"]
    assert found("I will go", will) == []
    assert found("I will go", will, is_shouted=True) == ["will"]
    assert found("He asked IT.", term("IT", pt_BR="TI", case=CaseRule.KEEP)) == ["IT"]
    assert found("He asked it.", term("IT", pt_BR="TI", case=CaseRule.KEEP)) == []


def test_the_longest_term_counts_also_when_it_has_no_rendering():
    terms = (
        term("Barton Park", "name"),
        term("park", pt_BR="parque"),
        WAND,
        term("magic wand", pt_BR="varinha mágica"),
    )
    text = "A magic wand and a wand in Barton Park, a park."
    assert found(text, *terms) == ["magic wand", "wand", "park"]


def test_only_approved_terms_with_a_rendering_are_found():
    assert found("wand", term("wand", es="varita")) == []
    assert found("wand", term("wand", pt_BR="x", status=TermStatus.PROPOSED)) == []
    assert found("HBO", term("HBO", "do-not-translate")) == ["HBO"]


@pytest.mark.parametrize(
    ("tag", "word", "text", "said"),
    [
        ("ja", "魔法の杖", "彼は魔法の杖を持つ", ["魔法の杖"]),
        ("zh", "魔杖", "他有魔杖。", ["魔杖"]),
        ("th", "ไม้กายสิทธิ์", "เขามีไม้กายสิทธิ์", ["ไม้กายสิทธิ์"]),
        ("de", "Stab", "Die Stäbe", ["Stäbe"]),
        ("fr", "anneau", "l'anneau, les anneaux", ["anneau", "anneaux"]),
        ("ar", "كتاب", "الكتاب وكتابه", ["الكتاب", "وكتابه"]),
        ("ru", "палочка", "палочкой", ["палочкой"]),
        ("tr", "İzmir", "İZMİR'de izmir", ["İZMİR", "izmir"]),
        ("ko", "마법사", "마법사가 왔다", ["마법사가"]),
    ],
)
def test_each_script_and_family_has_its_own_forms(tag, word, text, said):
    wanted = term(word, tag=tag, en="x", case=CaseRule.ANY)
    assert found(text, wanted, tag=tag, target="en") == said


def test_the_regions_own_term_comes_before_the_languages():
    both = (term("lift", pt_BR="elevador"), term("lift", tag="en-GB", pt_BR="ascensor"))
    for tag, form in (("en-GB", "ascensor"), ("en", "elevador"), ("en-US", "elevador")):
        (one,) = term_index(glossary(*both), parse_language(tag)).found_in("lift", BR)
        assert one.agreed.forms == (form,)


@given(st.one_of(st.sampled_from(HOSTILE_TEXTS), st.text()), st.sampled_from(["en", "ja", "tr"]))
@settings(max_examples=100)
def test_found_terms_stand_in_order_where_they_say_and_never_overlap(text, tag):
    words = ("a", "b", "e", "script", "i", "<i>a</i>", "非", "a b", "&lt;")
    index = term_index(glossary(*(term(one, tag=tag, es="x") for one in words)), EN)
    end = 0
    for one in index.found_in(text, parse_language("es")):
        assert one.start >= end
        assert text[one.start : one.end] == one.agreed.said
        end = one.end


def test_thousands_of_terms_cost_no_more_than_a_few():
    syllables = [a + b for a in "bdfgklmnprst" for b in "aeiou"]
    words = [a + b + c for a in syllables for b in syllables[::3] for c in syllables[::15]]
    pairs = [f"{one} {other}" for one, other in zip(words, words[7:], strict=False)]
    index = term_index(glossary(*(term(one, es="x") for one in pairs[:5_000])), EN)
    cues = [" ".join(words[n % 997 :: 499][:8]) + f" {pairs[n % 4_000]}" for n in range(600)]
    start = time.thread_time()
    count = sum(len(index.found_in(one, parse_language("es"))) for one in cues)
    assert count >= 600
    assert time.thread_time() - start < 10  # 0.1 s on an idle machine

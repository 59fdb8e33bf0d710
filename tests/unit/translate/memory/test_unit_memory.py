"""Which approved translations stand, and which are only offered."""

import random
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from memory_units import EN_DE, pair_of, unit_of
from rapidfuzz.distance import Levenshtein

from translate.memory.bigrams import BigramSieve
from translate.memory.matching import FuzzyIndex, match_key
from translate.memory.unit_memory import UnitMemory
from translate.memory.units import InvalidUnitError, MemoryUnit


def hits(units, text, before="", after="", pair=EN_DE, **more):
    return UnitMemory(units, **more).hits(text, before, after, pair)


def test_a_sentence_nobody_has_approved_anything_like_has_no_hit():
    assert hits([unit_of("Close the door.", "Mach die Tür zu.")], "I never liked the sea.") == ()


def test_the_same_sentence_in_the_same_context_stands_whatever_it_is_elsewhere():
    memory = [
        unit_of("Right.", "Rechts.", before="Left or right?", after="Go!", title="A"),
        *[unit_of("Right.", "Richtig.", before="So it is.", title=f"B{n}") for n in range(3)],
    ]
    hit, other = hits(memory, "Right.", "Left or right?", "Go!")
    assert (hit.text, hit.score, hit.is_exact, hit.origin) == ("Rechts.", 1.0, True, "A")
    assert (other.text, other.is_exact) == ("Richtig.", False)


def test_one_side_of_the_context_is_not_the_context():
    memory = [unit_of("Right.", "Rechts.", before="Left?"), unit_of("Right.", "Richtig.")]
    found = hits(memory, "Right.", "Left?", "Now what?")
    assert {hit.text for hit in found} == {"Rechts.", "Richtig."}
    assert not any(hit.is_exact for hit in found)


def test_of_several_in_the_same_context_the_one_approved_last_stands():
    memory = [
        unit_of("Yes.", text, day=day) for text, day in (("Ja.", 2), ("Doch.", 3), ("Ja!", 1))
    ]
    assert [hit.text for hit in hits(memory, "Yes.") if hit.is_exact] == ["Doch."]


def test_a_sentence_translated_one_way_only_stands_in_any_context():
    memory = [unit_of("Good night.", "Gute Nacht.", after=f"Line {n}.") for n in range(4)]
    (hit,) = hits(memory, "Good night.", "Sleep well.", "Thanks.")
    assert (hit.text, hit.is_exact) == ("Gute Nacht.", True)


def test_where_translations_differ_the_most_frequent_is_offered_first_and_none_stands():
    memory = [
        unit_of("Fine.", "Schön.", before="a", day=9),
        unit_of("Fine.", "Gut.", before="b", day=1),
        unit_of("Fine.", "Gut.", before="c", day=2),
    ]
    found = hits(memory, "Fine.")
    assert [(hit.text, hit.score, hit.is_exact) for hit in found] == [
        ("Gut.", 1.0, False),
        ("Schön.", 1.0, False),
    ]


@pytest.mark.parametrize(
    ("said", "approved"),
    [
        ("He said, “No.”", 'He said,  "No."'),
        ("It’s late…", "It's late..."),
        ("Wait -- what?", "Wait –– what?"),
        ("Cafe\u0301, please.", "Café, please."),
        ("Two\u00a0words.", "Two words."),
        ("A\u200b mark.", "A mark."),
    ],
)
def test_print_makes_no_other_sentence(said, approved):
    assert match_key(said) == match_key(approved)


def test_capitals_make_another_sentence_that_is_offered_at_99_per_cent():
    (hit,) = hits([unit_of("Get out of my house.", "Raus.")], "GET OUT OF MY HOUSE.")
    assert (hit.score, hit.is_exact) == (0.99, False)


def test_a_similar_sentence_is_offered_with_its_score_and_never_stands():
    (hit,) = hits(
        [unit_of("She left the house at noon.", "Sie ging mittags.", title="Film")],
        "She left the house at dawn.",
    )
    assert 0.8 < hit.score < 0.95
    assert not hit.is_exact
    assert (hit.source_text, hit.origin) == ("She left the house at noon.", "Film")


def test_another_number_costs_ten_points():
    same = hits([unit_of("We sold 12 of them in June.", "x")], "We sold 12 of them in July.")
    other = hits([unit_of("We sold 12 of them in July.", "x")], "We sold 13 of them in July.")
    assert other[0].score == round(1 - 1 / 27 - 0.10, 3)
    assert same[0].score == round(1 - 2 / 27, 3)


@pytest.mark.parametrize(
    ("unit_pair", "wanted", "serves"),
    [
        (("en", "pt-BR"), ("en", "pt-BR"), True),
        (("en-GB", "pt-BR"), ("en-US", "pt-BR"), True),
        (("en", "pt"), ("en", "pt-BR"), False),
        (("en", "pt-PT"), ("en", "pt-BR"), False),
        (("en", "zh-Hans"), ("en", "zh-Hant"), False),
        (("es", "pt-BR"), ("en", "pt-BR"), False),
    ],
)
def test_the_target_must_be_the_very_variety_the_source_the_same_language(
    unit_pair, wanted, serves
):
    memory = [unit_of("OK.", "Tá.", pair=pair_of(*unit_pair))]
    assert bool(hits(memory, "OK.", pair=pair_of(*wanted))) is serves


def test_no_more_hits_than_wanted_and_each_text_once():
    memory = [
        unit_of(f"I have told you {word} times already.", f"Text {n // 2}.")
        for n, word in enumerate(["two", "three", "four", "five", "nine", "many", "several"])
    ]
    found = hits(memory, "I have told you six times already.", limit=3)
    assert len({hit.text for hit in found}) == len(found) <= 3
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)


WORDS = ("the", "a", "dog", "sailor", "house", "saw", "never", "found", "his", "night", "12", "13")
sentences = st.lists(st.sampled_from(WORDS), min_size=4, max_size=9).map(" ".join)


@given(st.lists(sentences, min_size=1, max_size=30, unique=True), sentences)
@example(["aaaaaaaaaaaa", "b" * 70], "aaaaaaaaaaab")
def test_what_is_found_is_what_comparing_every_sentence_finds(keys, wanted):
    found = dict(FuzzyIndex(keys).best(wanted, 100))
    every = {key: Levenshtein.normalized_similarity(wanted, key) for key in keys if key != wanted}
    assert all(every[key] + 0.001 > score >= 0.70 for key, score in found.items())
    # What is surely found: it has another word or two, not letters strewn over it.
    near = {key for key in every if key.startswith(wanted) or wanted.startswith(key)}
    sure = {key for key in near if every[key] >= 0.85}
    assert sure <= found.keys()


@given(st.lists(st.text("abc", max_size=12), max_size=80), st.text("abc", max_size=12))
def test_the_sieve_counts_shared_pairs(texts, text):
    def pairs(one):
        return {one[place : place + 2] for place in range(len(one) - 1)}

    found = set(BigramSieve(texts).passing(text, 2, len(texts)))
    assert found == {
        place
        for place in range(2, len(texts))
        if 2 * len(pairs(texts[place]) & pairs(text)) >= len(pairs(text))
    }


def test_fifty_thousand_units_are_not_walked_one_by_one():
    luck = random.Random(5)
    letters = "etaoinshrdlu"
    words = ["".join(luck.choices(letters, k=luck.randint(2, 8))) for _ in range(3000)]
    keys = {" ".join(luck.choices(words, k=6)) for _ in range(50_000)}
    index = FuzzyIndex(sorted(keys))
    wanted = [" ".join((*key.split()[:5], "zzz")) for key in luck.sample(sorted(keys), 20)]
    index.best(wanted[0], 5)
    started = time.thread_time()
    assert all(index.best(one, 5) for one in wanted[1:] if len(one) > 20)
    # 0.1 s on an idle core; a search that walks all units takes a minute.
    assert time.thread_time() - started < 6


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"text": ""}, "empty"),
        ({"text": "two\nrows"}, "clean row"),
        ({"source_text": "x" * 2001}, "2001 characters"),
        ({"title": "t" * 301}, "301 characters"),
    ],
)
def test_a_unit_that_no_memory_can_keep_is_refused(fields, why):
    with pytest.raises(InvalidUnitError, match=why):
        MemoryUnit(**{"pair": EN_DE, "source_text": "a", "text": "b"} | fields)

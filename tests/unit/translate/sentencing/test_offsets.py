"""An engine's alignment follows the signs that are put back around its answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timed_text import any_text, language

from subtitles.typography.casing import upper_case
from translate.sentencing.engine_text import assembled, engine_text
from translate.sentencing.offsets import carried, places
from translate.translator import Link

EN, PT = language("en"), language("pt-BR")


def moved(before, after, stretch):
    """What a stretch of one text reads in the other."""
    start = before.index(stretch)
    found = places(before, after)
    return after[found[start] : found[start + len(stretch)]]


@pytest.mark.parametrize(
    ("before", "after", "stretch", "expected"),
    [
        ("Hello there.", "- Hello there.", "there", "there"),
        ("Hello there.", "♪ HELLO THERE. ♪", "there", "THERE"),
        ("Wait... what", "Wait… what", "what", "what"),
        ("Pensei que.", "Pensei que…", "que", "que"),
        ("die Straße hier", "DIE STRASSE HIER", "hier", "HIER"),
        ("die Straße hier", "DIE STRASSE HIER", "Straße", "STRASSE"),
        ("two  spaces  here", "two spaces here", "here", "here"),
        ("zerowidth evil", "zero\u200bwidth \u202eevil\u202c", "evil", "evil"),
        ("É você", "É você?", "você", "você"),
    ],
)
def test_a_word_is_found_again(before, after, stretch, expected):
    assert moved(before, after, stretch) == expected


@given(any_text(40), any_text(40))
def test_places_never_go_backwards_and_stay_within_the_text(before, after):
    found = places(before, after)
    assert len(found) == len(before) + 1
    assert list(found) == sorted(found)
    assert found[0] >= 0
    assert found[-1] <= len(after)


@given(any_text(40), any_text(10), any_text(10))
def test_what_only_got_something_around_it_keeps_every_character(text, before, after):
    whole = before + text + after
    found = places(text, whole)
    assert [whole[at] for at in found[:-1]] == list(text)


WORDS = st.lists(st.sampled_from(["eu", "estava", "a", "dizer", "não", "Straße"]), min_size=1)


@given(WORDS, st.sampled_from(["{}", "- {}", "♪ {} ♪", "[{}]", "…{}", "{}--", "{}...", '"{}"']))
def test_every_word_of_an_answer_is_linked_to_where_it_stands_among_the_signs(words, signs):
    """Whatever is taken off and put back, a link points at the same word on both sides."""
    source = signs.format("the quick brown fox jumps")
    shown = engine_text(source, EN)
    answer = " ".join(words)
    text = assembled(shown, answer, PT)
    start = shown.core.index("brown")
    links, at = [], 0
    for word in words:
        links.append(Link((at, at + len(word)), (start, start + 5)))
        at += len(word) + 1
    found = list(carried(links, places(shown.core, source), places(answer, text)))
    assert [source[slice(*link.source)] for link in found] == ["brown"] * len(words)
    shown_words = [text[slice(*link.target)].casefold() for link in found]
    assert shown_words == [word.casefold() for word in words]


def test_a_shouted_line_keeps_its_links():
    source = "- LOOK OUT, JOHN!"
    shown = engine_text(source, EN)
    answer = "Cuidado, João!"
    text = assembled(shown, answer, PT)
    john = shown.core.casefold().index("john")
    (link,) = carried(
        [Link((9, 13), (john, john + 4), 0.5)], places(shown.core, source), places(answer, text)
    )
    assert (source[slice(*link.source)], text[slice(*link.target)]) == ("JOHN", "JOÃO")
    assert text == f"- {upper_case(answer, PT)}"
    assert link.weight == 0.5


def test_a_link_of_what_is_gone_is_left_out():
    answer, text = "Pensei que...", "Pensei que"
    assert not list(carried([Link((10, 13), (0, 2))], places("abc", "abc"), places(answer, text)))

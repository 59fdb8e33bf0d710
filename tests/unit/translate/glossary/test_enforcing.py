"""Missed terms put where the engine said something else."""

import pytest
from glossaries import glossary, term
from hypothesis import given
from hypothesis import strategies as st

from subtitles.language import parse_language
from translate.glossary.enforcing import enforced
from translate.glossary.finding import term_index
from translate.glossary.stand_ins import put_back, restated
from translate.glossary.words import text_of
from translate.translator import Link, Rendering

EN, BR = parse_language("en"), parse_language("pt-BR")
WAND = term("wand", pt_BR="bastão|bastões")
HOLLOW = term("The Hollow", "do-not-translate")
DASHWOOD = term("Dashwood", "do-not-translate")
WILL = term("Will", "name", pt_BR="Guilherme")


def words_of(source, terms):
    return term_index(glossary(*terms), EN).found_in(source, BR)


def links(source, target, *pairs):
    """The alignment of words that each stand once, in the order of the target."""
    return tuple(
        Link(
            (target.index(ours), target.index(ours) + len(ours)),
            (source.index(theirs), source.index(theirs) + len(theirs)),
        )
        for ours, theirs in pairs
    )


def put(source, text, *terms, alignment=(), own=()):
    return enforced(
        Rendering(text=text, score=-0.5, alignment=alignment),
        words_of(source, terms),
        text_of(source, EN),
        dict(own),
        BR,
    )


def test_a_rendering_that_has_its_terms_stays_as_it_is():
    assert put("A wand.", "Um bastão.", WAND) == Rendering(text="Um bastão.", score=-0.5)


@pytest.mark.parametrize(
    ("source", "text", "own", "wanted"),
    [
        ("A wand.", "Uma varinha.", ("varinha",), "Uma bastão."),
        ("Two wands.", "Duas varinhas.", ("varinha",), "Duas bastões."),
        ("Wands!", "Varinhas!", ("varinha",), "Bastões!"),
        ("A wand.", "Uma vara.", ("varinha", "vara"), "Uma bastão."),
        ("A wand, a wand.", "Uma varinha, uma varinha.", ("varinha",), "Uma bastão, uma bastão."),
        ("A wand, a wand.", "Um bastão, uma varinha.", ("varinha",), "Um bastão, uma bastão."),
        ("A wand.", "Aqui.", ("varinha",), "Aqui."),
        ("A wand.", "Com ela.", ("com",), "Com ela."),
    ],
)
def test_what_the_engine_says_for_the_word_alone_is_replaced(source, text, own, wanted):
    said = {"wand": own, "wands": own, "Wands": own}
    assert put(source, text, WAND, own=said).text == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A Sra. Dashwoode chegou.", "A Sra. Dashwood chegou."),
        ("A Sra. Dashvod chegou.", "A Sra. Dashwood chegou."),
        ("A Sra. Dash Wood chegou.", "A Sra. Dashwood chegou."),
        ("A Sra. dashwood chegou.", "A Sra. Dashwood chegou."),
        ("A Sra. Madeira chegou.", "A Sra. Madeira chegou."),
        ("Dashiell chegou.", "Dashiell chegou."),
    ],
)
def test_a_damaged_name_is_put_right(text, wanted):
    assert put("Mrs. Dashwood came.", text, DASHWOOD).text == wanted


def test_a_name_said_beside_it_is_no_damaged_copy():
    text = "Mariana foi."
    assert (
        put("Mariana and Marianne went.", text, term("Marianne", "do-not-translate")).text == text
    )


def test_the_alignment_tells_where_the_term_should_stand_and_moves_along():
    source, text = "He broke my wand today.", "Ele quebrou minha velha vara hoje."
    pairs = [
        ("Ele", "He"),
        ("quebrou", "broke"),
        ("minha", "my"),
        ("vara", "wand"),
        ("hoje", "today"),
    ]
    result = put(source, text, WAND, alignment=links(source, text, *pairs))
    assert result.text == "Ele quebrou minha velha bastão hoje."
    moved = {
        result.text[slice(*one.target)]: source[slice(*one.source)] for one in result.alignment
    }
    assert moved == {
        "Ele": "He", "quebrou": "broke", "minha": "my", "bastão": "wand", "hoje": "today",
    }  # fmt: skip


def test_articles_stay_where_they_are_and_one_inside_goes():
    source, text = "See The Hollow now.", "Veja o fundo do vale agora."
    pairs = [("Veja", "See"), ("o ", "The"), ("fundo", "Hollow"), ("do", "Hollow"),
             ("vale", "Hollow"), ("agora", "now")]  # fmt: skip
    result = put(source, text, HOLLOW, alignment=links(source, text, *pairs))
    assert result.text == "Veja o The Hollow agora."


def test_what_the_engine_says_for_a_name_alone_counts_with_a_capital_only():
    own = {"Will": ("testamento",)}
    text = "O testamento é seu."
    assert put("Your testament, Will.", text, WILL, own=own).text == text
    shown = put("Will, your testament.", "Testamento, seu testamento.", WILL, own=own).text
    assert shown == "Guilherme, seu testamento."


def test_terms_do_not_take_each_others_place():
    magic = term("magic wand", pt_BR="varinha mágica")
    plain = term("wand", pt_BR="varinha")
    text = "Uma varinha mágica e uma vara."
    result = put("A magic wand and a wand.", text, magic, plain, own={"wand": ("vara",)})
    assert result.text == "Uma varinha mágica e uma varinha."


def test_stand_ins_are_put_in_and_taken_back():
    source = "Wands of The Hollow: two wands."
    terms = words_of(source, (WAND, HOLLOW))
    said = restated(source, terms, BR)
    assert said.text == "Bastões of Tom: two bastões."
    text = "Bastões do Tom: dois bastões."
    pairs = [("Bastões", "Bastões"), ("Tom", "Tom"), ("dois", "two"), ("bastões", "bastões")]
    answer = Rendering(text=text, alignment=links(said.text, text, *pairs))
    back = put_back(answer, said, {}, BR)
    assert back.text == "Bastões do The Hollow: dois bastões."
    shown = [(back.text[slice(*one.target)], source[slice(*one.source)]) for one in back.alignment]
    assert shown == [
        ("Bastões", "Wands"), ("The Hollow", "The Hollow"), ("dois", "two"), ("bastões", "wands"),
    ]  # fmt: skip


def test_a_rendering_in_which_a_stand_in_is_lost_is_none():
    said = restated("I see The Hollow.", words_of("I see The Hollow.", (HOLLOW,)), BR)
    assert put_back(Rendering(text="Vejo o Tomás."), said, {}, BR).text == ""
    own = {"Tom": ("Tomás",)}
    assert put_back(Rendering(text="Vejo o Tomás."), said, own, BR).text == "Vejo o The Hollow."


def test_a_stand_in_is_nobody_who_is_said_already():
    source = "Tom sees The Hollow."
    terms = words_of(source, (HOLLOW,))
    assert restated(source, terms, BR).text == "Tom sees Daniel."
    assert restated(source, terms, BR, turn=1).text == "Tom sees Martin."


def test_a_rendering_that_says_a_stand_in_twice_is_none():
    said = restated("I see The Hollow.", words_of("I see The Hollow.", (HOLLOW,)), BR)
    assert put_back(Rendering(text="Tom, vejo o Tom."), said, {}, BR).text == ""


@given(st.text(max_size=60), st.lists(st.sampled_from(["Will", "wand", "The Hollow"]), max_size=3))
def test_whatever_the_engine_said_every_link_stays_inside_both_texts(text, said):
    source = " and ".join(["I", *said, "you"])
    spans = [(start, min(start + 4, len(text))) for start in range(0, len(text), 4)]
    alignment = tuple(
        Link(span, (number % len(source), len(source))) for number, span in enumerate(spans)
    )
    own = {"Will": (text[:5],), "wand": (text[3:9],)}
    result = put(source, text, WILL, WAND, HOLLOW, alignment=alignment, own=own)
    end = 0
    for link in result.alignment:
        assert end <= link.target[0] <= link.target[1] <= len(result.text)
        assert 0 <= link.source[0] <= link.source[1] <= len(source)
        end = link.target[1]

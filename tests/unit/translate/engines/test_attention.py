"""From attention to links between words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.engines.attention import Side, links


def side(text, *pieces, is_spaced=True):
    """A text and its pieces; an underscore in a piece is the space before a word."""
    places, start = [], 0
    for piece in pieces:
        size = len(piece.replace("_", " "))
        places.append((start, start + size))
        start += size
    assert start == len(text), "the pieces do not make up the text"
    return Side(text=text, places=places, is_spaced=is_spaced)


def words(source, target, found):
    return [(target.text[slice(*one.target)], source.text[slice(*one.source)]) for one in found]


SOURCE = side("I saw Tom.", "I", "_saw", "_T", "om", ".")
TARGET = side("Vi a Tomás.", "V", "i", "_a", "_Tom", "ás", ".")
LOOKED = [
    [0.3, 0.6, 0.0, 0.0, 0.0],
    [0.2, 0.7, 0.0, 0.0, 0.0],
    [0.0, 0.4, 0.1, 0.0, 0.0],
    [0.0, 0.0, 0.5, 0.4, 0.0],
    [0.1, 0.0, 0.4, 0.3, 0.0],
    [0.0, 0.0, 0.0, 0.0, 0.8],
]


def test_pieces_are_added_up_by_word_and_the_word_looked_at_most_is_linked():
    found = links(SOURCE, TARGET, LOOKED)
    assert words(SOURCE, TARGET, found) == [
        ("Vi", "saw"),
        ("a", "saw"),
        ("Tomás", "Tom"),
        (".", "."),
    ]
    assert found[0].weight == pytest.approx(0.65)
    assert found[2].weight == pytest.approx(0.8)


def test_a_neighbour_with_nearly_as_much_is_part_of_the_link():
    looked = [[0.4, 0.5, 0.0, 0.0, 0.0]] * 2 + LOOKED[2:]
    found = links(SOURCE, TARGET, looked)
    assert words(SOURCE, TARGET, found)[0] == ("Vi", "I saw")
    assert found[0].weight == pytest.approx(0.9)


def test_a_word_that_looked_only_at_what_is_no_word_has_no_link():
    for little in (0.0, 0.04):
        looked = [[0.0, little, 0.0, little, 0.0]] * 2 + LOOKED[2:]
        assert words(SOURCE, TARGET, links(SOURCE, TARGET, looked))[0] == ("a", "saw")


def test_without_spaces_every_token_is_linked_by_itself():
    target = side("日本です", "日本", "です", is_spaced=False)
    source = side("It is Japan", "It", "_is", "_Japan")
    looked = [[0.0, 0.1, 0.9], [0.1, 0.8, 0.1]]
    assert words(source, target, links(source, target, looked)) == [
        ("日本", "Japan"),
        ("です", "is"),
    ]


def test_the_bytes_of_a_character_are_one_character():
    target = Side(text="a 😀", places=[(0, 1), (1, 2), (2, 2), (2, 2), (2, 3)], is_spaced=True)
    source = side("a b", "a", "_b")
    looked = [[0.9, 0.1], [0.5, 0.5], [0.1, 0.9], [0.1, 0.9], [0.2, 0.8]]
    found = links(source, target, looked)
    assert words(source, target, found) == [("a", "a"), ("😀", "b")]


@st.composite
def aligned(draw):
    def made():
        pieces = draw(
            st.lists(st.sampled_from(["a", "_b", "ce", "_", "_d!", "…", "_日"]), max_size=8)
        )
        spaced = draw(st.booleans())
        return side("".join(pieces).replace("_", " "), *pieces, is_spaced=spaced)

    source, target = made(), made()
    weights = st.floats(0, 1 / max(1, len(source.places)))
    row = st.lists(weights, min_size=len(source.places), max_size=len(source.places))
    return (
        source,
        target,
        draw(st.lists(row, min_size=len(target.places), max_size=len(target.places))),
    )


@given(aligned())
def test_links_lie_in_order_on_words_of_both_sides(case):
    source, target, looked = case
    last = 0
    for link in links(source, target, looked):
        assert last <= link.target[0] < link.target[1] <= len(target.text)
        assert 0 <= link.source[0] < link.source[1] <= len(source.text)
        assert 0 < link.weight <= 1
        assert not target.text[slice(*link.target)].isspace()
        last = link.target[1]

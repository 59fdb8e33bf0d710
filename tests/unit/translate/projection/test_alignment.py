"""Cuts of a translation by what its words come from."""

import re

from hypothesis import given
from hypothesis import strategies as st
from timed_text import profile

from subtitles.plain_text import clean_text
from translate.projection.splitting import CueShare, split_translation
from translate.translator import Link

PT = profile("pt-BR")


def shares(*source, capacity=80.0):
    return [
        CueShare(source_chars=len(text), capacity=capacity, is_owner=True, ends_with_mark=False)
        for text in source
    ]


def links_of(target, *said):
    """A link for each pair of a word of the target and a stretch of the source, in that order."""
    found, place = [], 0
    for word, source in said:
        place = target.index(word, place)
        found.append(Link((place, place + len(word)), source))
        place += len(word)
    return tuple(found)


def test_words_stand_where_their_source_words_are_said():
    source = ("When I came home yesterday evening ", "the door was open.")
    kept = "Quando cheguei em casa, a porta da frente da minha velha casa estava escancarada."
    links = links_of(
        kept, ("Quando", (0, 4)), ("cheguei", (7, 11)), ("casa", (12, 16)), ("porta", (39, 43)),
        ("frente", (39, 43)), ("velha", (39, 43)), ("escancarada", (48, 52)),
    )  # fmt: skip
    assert split_translation(kept, shares(*source), PT, links)[0] == "Quando cheguei em casa,"
    assert split_translation(kept, shares(*source), PT)[0] != "Quando cheguei em casa,"


def test_where_nothing_is_aligned_the_proportions_decide():
    source = ("The first half here ", "and the other half.")
    target = "A primeira metade aqui e a outra metade."
    far = (Link((0, 1), (0, 1), 0.0),)
    assert split_translation(target, shares(*source), PT, far) == split_translation(
        target, shares(*source), PT
    )


_TEXTS = st.lists(st.sampled_from(["um", "a", "palavra,", "longa", "e", "fim."]), min_size=1)


@given(_TEXTS.map(" ".join), st.data())
def test_no_alignment_however_odd_loses_a_word_or_leaves_a_cue_empty(text, data):
    wanted = shares(*data.draw(st.lists(st.text("ab", min_size=1, max_size=30), min_size=1)))
    total = sum(share.source_chars for share in wanted)
    spots = st.tuples(st.integers(0, len(text)), st.integers(0, 9)).map(lambda t: (t[0], sum(t)))
    said = st.tuples(st.integers(0, total), st.integers(0, 9)).map(lambda t: (t[0], sum(t)))
    links = data.draw(st.lists(st.builds(Link, spots, said, st.floats(0, 1)), max_size=6))
    parts = split_translation(text, wanted, PT, links)
    assert " ".join(filter(None, parts)).split() == clean_text(text).split()
    assert sum(map(bool, parts)) == min(len(wanted), len(re.findall(r"\S+", text)))

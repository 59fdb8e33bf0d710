"""Edits on bare text, with tags and cue borders kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timed_text import any_text

from subtitles.typography.marked import TAG, Edit, MarkedText


def edited(texts, *edits):
    marked = MarkedText(texts)
    marked.apply(lambda bare: edits)
    return marked.texts()


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (Edit(0, 0, "¿"), "<i>¿ab</i>c"),
        (Edit(2, 2, "…", leans_back=True), "<i>ab…</i>c"),
        (Edit(2, 2, "¿"), "<i>ab</i>¿c"),
        (Edit(1, 3, "x"), "<i>ax</i>"),
        (Edit(1, 2, ""), "<i>a</i>c"),
        (Edit(3, 3, "!", leans_back=True), "<i>ab</i>c!"),
    ],
)
def test_an_edit_goes_to_its_side_of_a_tag(edit, expected):
    assert edited(["<i>ab</i>c"], edit) == (expected,)


def test_edits_stay_in_their_cue():
    texts = ["ab<i>", "", "</i>cd"]
    found = edited(texts, Edit(0, 1, "xyz"), Edit(2, 2, "!", leans_back=True), Edit(4, 5, ""))
    assert found == ("xyzb!<i>", "", "</i>d")


@given(st.lists(any_text() | st.text("ab<i>/{\\} \n\x1e", max_size=12), min_size=1, max_size=4))
def test_texts_come_back_as_they_were_and_bare_ones_have_no_tags(texts):
    marked = MarkedText(texts)
    assert marked.texts() == tuple(texts)
    bare = [marked.bare[slice(*marked.span_of(number))] for number in range(len(texts))]
    assert bare == [TAG.sub("", text) for text in texts]
    assert not marked.apply(lambda bare: [Edit(0, 0, "")])

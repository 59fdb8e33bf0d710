"""A sentence by its clauses."""

import pytest
from hypothesis import given
from timed_text import any_text
from translate_fakes import pair, sentence

from translate.sentencing.parts import joined, parts_of
from translate.sentencing.pieces import clauses_of
from translate.translator import Link, Translation

EN_PT = pair("en", "pt-BR")


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        (
            "If you want to live, come with me.",
            ["If you want to live, ", "come with me."],
        ),
        ("Well, I never.", ["Well, I never."]),
        ("I told him that, John.", ["I told him that, John."]),
        ("He came home. She went away.", ["He came home. ", "She went away."]),
        ("もし生きたいのなら、私と一緒に来るといいですよ。", None),
        ("No clause here at all", ["No clause here at all"]),
    ],
)
def test_clauses_end_at_marks_and_are_no_scraps(text, clauses):
    if clauses is None:
        clauses = ["もし生きたいのなら、", "私と一緒に来るといいですよ。"]
    assert list(clauses_of(text)) == clauses


@given(any_text(200))
def test_clauses_give_the_text_again(text):
    assert "".join(clauses_of(text)) == text


def test_parts_know_what_is_said_around_them():
    first, second = parts_of(sentence("If you want to live, come with me."))
    assert (first.before, first.after) == ("", "come with me.")
    assert (second.before, second.after) == ("If you want to live,", "")


def test_a_sentence_whose_cut_would_leave_a_part_without_words_stays_whole():
    whole = sentence("12345678901, 1234567890123, he said.")
    assert parts_of(whole) == (whole,)


def test_joined_parts_read_as_one_sentence_with_its_links_and_mean_score():
    whole = sentence("If you want to live, come with me.")
    parts = parts_of(whole)
    said = (
        Translation(text="Se quiser viver,", score=-0.2, alignment=(Link((3, 9), (7, 11)),)),
        Translation(text="Venha comigo.", score=-0.8, alignment=(Link((6, 12), (5, 12)),)),
    )
    found = joined(whole, parts, said, EN_PT)
    assert found.text == "Se quiser viver, venha comigo."
    assert -0.8 < found.score < -0.2
    words = [
        (whole.text[slice(*link.source)], found.text[slice(*link.target)])
        for link in found.alignment
    ]
    assert words == [("want", "quiser"), ("with me", "comigo")]


def test_a_part_without_a_translation_makes_none_of_the_whole():
    whole = sentence("If you want to live, come with me.")
    said = (Translation(text="Se quiser viver,"), Translation(text=""))
    assert joined(whole, parts_of(whole), said, EN_PT).text == ""
    said = (Translation(text="Se quiser viver,", score=-1.0), Translation(text="Venha."))
    assert joined(whole, parts_of(whole), said, EN_PT).score is None


def test_scripts_without_spaces_are_joined_without():
    whole = sentence("If you want to live, come with me.")
    said = (Translation(text="生きたいなら、"), Translation(text="来い。"))
    assert joined(whole, parts_of(whole), said, pair("en", "ja")).text == "生きたいなら、来い。"

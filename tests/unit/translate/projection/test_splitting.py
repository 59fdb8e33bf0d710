"""One translation over several cues."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timed_text import any_text, profile

from subtitles.plain_text import clean_text
from translate.projection.splitting import CueShare, split_translation, word_count

PT, JA = profile("pt-BR"), profile("ja")


def shares(*source, owners=None, capacity=80.0):
    return [
        CueShare(
            source_chars=len(text),
            capacity=capacity,
            is_owner=owners is None or owners[number],
            ends_with_mark=text[-1] in ".,!?;—",
        )
        for number, text in enumerate(source)
    ]


def solid(text):
    return "".join(text.split())


@st.composite
def any_shares(draw):
    return [
        CueShare(
            source_chars=draw(st.integers(1, 60)),
            capacity=draw(st.floats(0, 90)),
            is_owner=draw(st.booleans()),
            ends_with_mark=draw(st.booleans()),
        )
        for _ in range(draw(st.integers(1, 6)))
    ]


@given(st.lists(any_text(40), max_size=6).map(" ".join), any_shares(), st.sampled_from([PT, JA]))
def test_every_word_appears_once_in_order_and_owners_get_one_while_there_are_enough(
    text, wanted, style
):
    parts = split_translation(text, wanted, style)
    assert len(parts) == len(wanted)
    assert solid("".join(parts)) == solid(clean_text(text))
    owners = sum(share.is_owner for share in wanted)
    filled = sum(bool(part) for part, share in zip(parts, wanted, strict=True) if share.is_owner)
    if word_count(text, style) >= owners:
        assert filled == owners
    if style is PT:
        assert [word.strip() for part in parts for word in part.split(" ") if word.strip()] == [
            word.strip() for word in clean_text(text).split(" ") if word.strip()
        ]


@pytest.mark.parametrize(
    ("source", "translation", "expected"),
    [
        (
            ["If you want to live,", "come with me."],
            "Se você quer viver, venha comigo.",
            ["Se você quer viver,", "venha comigo."],
        ),
        (
            ["I never told anyone what I saw", "that night, and I never will."],
            "Eu nunca disse a ninguém o que vi naquela noite, e nunca direi.",
            ["Eu nunca disse a ninguém o que vi", "naquela noite, e nunca direi."],
        ),
        (
            ["He went to the", "house of his brother"],
            "Ele foi para a casa do irmão",
            ["Ele foi para a casa", "do irmão"],
        ),
        (
            ["There I met John", "Smith at last."],
            "Lá encontrei John Smith finalmente.",
            ["Lá encontrei John Smith", "finalmente."],
        ),
        (["Un", "believable."], "Inacreditável.", ["Inacreditável.", ""]),
        (["I", "really", "don't", "know"], "Não sei", ["Não", "sei", "", ""]),
    ],
)
def test_cuts_fall_where_a_linguist_would_cut(source, translation, expected):
    assert list(split_translation(translation, shares(*source), PT)) == expected


def test_a_scrap_of_another_sentences_cue_may_move_to_its_own():
    parts = split_translation(
        "Eu vou para casa agora.", shares("I'm", "going home now.", owners=[False, True]), PT
    )
    assert parts == ("", "Eu vou para casa agora.")


def test_scripts_without_spaces_are_cut_after_marks_and_never_before_small_kana():
    parts = split_translation(
        "今日はとてもいい天気ですね、でも明日は雨が降るでしょう。",
        shares("It is very nice weather today,", "but it will rain tomorrow."),
        JA,
    )
    assert parts == ("今日はとてもいい天気ですね、", "でも明日は雨が降るでしょう。")
    assert split_translation("あっっっっっ", shares("abc", "abc"), JA)[1][:1] in ("", "っ")


def test_words_move_next_door_only_when_that_makes_them_fit():
    text = "um dois três quatro cinco seis sete oito nove dez onze doze treze catorze"
    even = shares("a" * 30, "b" * 30)
    narrow = [
        CueShare(source_chars=30, capacity=32, is_owner=True, ends_with_mark=False),
        CueShare(source_chars=30, capacity=80, is_owner=True, ends_with_mark=False),
    ]
    hopeless = [
        CueShare(source_chars=30, capacity=5, is_owner=True, ends_with_mark=False),
        CueShare(source_chars=30, capacity=80, is_owner=True, ends_with_mark=False),
    ]
    assert len(split_translation(text, narrow, PT)[0]) < len(split_translation(text, even, PT)[0])
    assert split_translation(text, hopeless, PT) == split_translation(text, even, PT)

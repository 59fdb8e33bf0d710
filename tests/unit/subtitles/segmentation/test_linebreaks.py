"""Breaking text into rows: the treatment guides ask for, and what must hold for any text."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timed_text import any_text, profile

from subtitles.counting import line_width
from subtitles.plain_text import clean_text
from subtitles.segmentation.linebreaks import break_lines, break_lines_anyway, hard_pieces

TAGS = ["en", "pt-BR", "fr", "de", "ja", "ko", "zh", "th", "ar", "cs"]


def solid(text: str) -> str:
    """The text without any kind of space."""
    return "".join(text.split())


@pytest.mark.parametrize(
    ("tag", "text", "rows"),
    [
        (
            "en",
            "It fits on one line, so it stays there.",
            ["It fits on one line, so it stays there."],
        ),
        (
            "en",
            "The adventure of the cart. It befell in the month of May.",
            ["The adventure of the cart.", "It befell in the month of May."],
        ),
        (
            "en",
            "And so, my fellow Americans, ask not what your country can do for you.",
            ["And so, my fellow Americans,", "ask not what your country can do for you."],
        ),
        (
            "en",
            "I told her that I would not go to the house of Mr. John Smith today.",
            ["I told her that I would not go", "to the house of Mr. John Smith today."],
        ),
        (
            "en",
            "She wanted to leave early but the train had already gone.",
            ["She wanted to leave early", "but the train had already gone."],
        ),
        (
            "pt-BR",
            "Não se esqueça de que a reunião com o diretor é às dez da manhã.",
            ["Não se esqueça de que a reunião", "com o diretor é às dez da manhã."],
        ),
        (
            "pt-BR",
            "Ele disse que não queria saber da verdade porque tinha medo.",
            ["Ele disse que não queria saber", "da verdade porque tinha medo."],
        ),
        (
            "fr",
            "Vous ne pouvez pas partir maintenant\u00a0! Il faut attendre le train.",
            ["Vous ne pouvez pas partir maintenant\u00a0!", "Il faut attendre le train."],
        ),
        (
            "zh",
            "你好，世界。今天的天气非常好，我们去公园吧。",
            ["你好，世界。", "今天的天气非常好，我们去公园吧。"],
        ),
        (
            "ko",
            "안녕하세요, 오늘은 날씨가 정말 좋네요",
            ["안녕하세요, 오늘은", "날씨가 정말 좋네요"],
        ),
        (
            "th",
            "สวัสดีครับ วันนี้อากาศดีมากครับ เราไปเดินเล่นกันเถอะ",
            ["สวัสดีครับ วันนี้อากาศดีมากครับ", "เราไปเดินเล่นกันเถอะ"],
        ),
    ],
)
def test_rows_break_where_a_subtitler_would(tag: str, text: str, rows: list[str]) -> None:
    assert break_lines(text, profile(tag)) == tuple(rows)


# word that leans on the next one, and a text that could break right after it, evenly
LEANING = {
    "en": ["the", "of", "not", "would", "my", "Mr.", "I", "don't", "and"],
    "pt-BR": ["o", "de", "não", "minha", "está", "Sr.", "pelas", "que", "se"],
    "es": ["la", "del", "muy"],
    "fr": ["les", "très"],
    "de": ["nicht", "eine"],
    "it": ["della", "non"],
    "pl": ["w"],
    "cs": ["k"],
}


@pytest.mark.parametrize(
    ("tag", "word"), [(tag, word) for tag, words in LEANING.items() for word in words]
)
def test_no_row_ends_with_a_word_that_leans_on_the_next(tag: str, word: str) -> None:
    # The even break is right after the word.
    top = f"xxxxx xxxxx xxxxx xxxxx {word}"
    bottom = f"yyyyy yyyyy yyyyy yyyyy {'y' * len(word)}"
    rows = break_lines(f"{top} {bottom}", profile(tag))
    assert rows is not None
    assert len(rows) == 2
    assert not rows[0].endswith(f" {word}")
    # With a word that leans on nothing the text does break there: the list decides.
    neutral = top.removesuffix(word) + "q" * len(word)
    assert break_lines(f"{neutral} {bottom}", profile(tag)) == (neutral, bottom)


def test_a_leaning_word_ends_a_row_only_where_there_is_no_other_place() -> None:
    rows = break_lines(f"{'x' * 38} the {'y' * 42}", profile("en"))
    assert rows == (f"{'x' * 38} the", "y" * 42)


def test_of_two_even_ways_the_lower_row_is_the_longer() -> None:
    assert break_lines("aaaa " * 8 + "bbbb", profile("en")) == (
        "aaaa aaaa aaaa aaaa",
        "aaaa aaaa aaaa aaaa bbbb",
    )


def test_no_lonely_word_below_when_it_can_be_avoided() -> None:
    rows = break_lines("one two three four five six seven eight nine", profile("en"))
    assert rows is not None
    assert len(rows[1].split()) > 1


def test_a_name_and_a_counted_thing_stay_together() -> None:
    named = break_lines("yesterday somebody met Catherine Morland near Northanger", profile("en"))
    assert named is not None
    assert "Catherine Morland" in " / ".join(named)
    counted = break_lines("somebody counted exactly altogether 300 ships passing by", profile("en"))
    assert counted is not None
    assert "300 ships" in " / ".join(counted)


def test_an_abbreviation_ends_no_sentence() -> None:
    rows = break_lines("We went to see old Dr. Livingstone in his house.", profile("en"))
    assert rows is not None
    assert not rows[0].endswith("Dr.")


def test_japanese_rows_start_with_no_closing_mark_and_end_with_no_opening_one() -> None:
    rows = break_lines("あいうえおかきくけこさし、「すせそたちつてと」", profile("ja"))
    assert rows is not None
    assert rows[1][0] not in "、」"
    assert rows[0][-1] != "「"


def test_latin_words_inside_a_script_without_spaces_stay_whole() -> None:
    rows = break_lines("名詞は英語でSubtitleといいます。", profile("ja"))
    assert rows is not None
    assert "Subtitle" in " / ".join(rows)


def test_what_does_not_fit_is_not_forced() -> None:
    assert break_lines("word " * 30, profile("en")) is None
    assert break_lines("x" * 43, profile("en")) is None
    assert break_lines("字" * 33, profile("zh")) is None


def test_nothing_gives_no_rows() -> None:
    assert break_lines(" \n\u2028 ", profile("en")) == ()


def test_what_does_not_fit_can_be_set_anyway_in_even_rows() -> None:
    rows = break_lines_anyway("word " * 30, profile("en"))
    assert [len(row) for row in rows] == [74, 74]
    assert break_lines_anyway("x" * 90, profile("en")) == ("x" * 90,)
    assert break_lines_anyway("It fits.", profile("en")) == ("It fits.",)
    assert break_lines_anyway(f"{'x' * 60} and more", profile("en")) == ("x" * 60, "and more")


def test_three_rows_are_set_when_a_profile_allows_them() -> None:
    three = replace(profile("en"), max_lines=3)
    rows = break_lines("word " * 24, three)
    assert rows is not None
    assert [len(row) for row in rows] == [39, 39, 39]
    single = replace(profile("en"), max_lines=1)
    assert break_lines("word " * 24, single) is None


@given(any_text(120), st.sampled_from(TAGS))
def test_rows_hold_every_character_in_order_and_fit(text: str, tag: str) -> None:
    limits = profile(tag)
    rows = break_lines(text, limits)
    if rows is not None:
        assert solid("".join(rows)) == solid(clean_text(text))
        assert len(rows) <= limits.max_lines
        assert all(row.strip() for row in rows)
        for row in rows:
            assert line_width(row, limits.counting) <= limits.max_chars_per_line


@given(any_text(200), st.sampled_from(TAGS))
def test_rows_set_anyway_hold_every_character_too(text: str, tag: str) -> None:
    rows = break_lines_anyway(text, profile(tag))
    assert solid("".join(rows)) == solid(clean_text(text))
    assert len(rows) <= profile(tag).max_lines
    assert all(row.strip() for row in rows)


@given(st.lists(st.sampled_from(["a", "bb", "dddddd", "hopefully", "e,"]), max_size=9))
def test_a_text_that_can_be_set_greedily_is_set(words: list[str]) -> None:
    limits = replace(profile("en"), max_chars_per_line=12)
    rows, row = 1, 0
    for word in words:
        if row and row + 1 + len(word) > 12:
            rows, row = rows + 1, len(word)
        else:
            row += len(word) + bool(row)
    assert (break_lines(" ".join(words), limits) is not None) == (rows <= 2)


@given(any_text(300), st.sampled_from(TAGS))
def test_hard_pieces_fit_a_row_and_lose_nothing(text: str, tag: str) -> None:
    limits = profile(tag)
    word = solid(clean_text(text))
    pieces = hard_pieces(word, limits)
    assert "".join(pieces) == word
    assert all(line_width(one, limits.counting) <= limits.max_chars_per_line for one in pieces)


def test_a_very_long_text_is_answered_quickly() -> None:
    started = time.thread_time()
    assert break_lines("word " * 100_000, profile("en")) is None
    break_lines_anyway("字" * 20_000, profile("ja"))
    assert time.thread_time() - started < 30

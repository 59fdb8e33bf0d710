"""Stock phrases, loops and the fastest speech, on their own."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asr.doubts import stock_phrases
from asr.doubts.plain_words import plain
from asr.doubts.repetition import looping
from asr.doubts.speaking_rate import least_ms
from asr.doubts.stock_phrases import is_filler, stock_tail
from subtitles.language import UNSPACED, parse_language

EN, JA = parse_language("en"), parse_language("ja")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Thanks for watching!", 3),
        ("THANKS FOR WATCHING", 3),
        ("Bye. Thanks for watching! Please subscribe.", 5),
        ("Sous-titres réalisés par la communauté d'Amara.org", 6),
        ("Sous-titres realises par la communaute d’Amara.org", 6),
        ("Good. Subtitles by the one and only Jane", 7),
        ("Titulky vytvořil JohnyX www.example.org", 4),
        ("We put subtitles by hand", 0),  # not a sentence of its own
        ("Subtitles by whom? Nobody knows that here, and nobody has ever asked.", 0),
        ("Thanks for watching my children today.", 0),
        ("Outwatching", 0),
        ("", 0),
        ("...", 0),
    ],
)
def test_stock_phrases_are_found_at_the_end_of_a_text(text, count):
    assert stock_tail(text.split()) == count


def test_in_scripts_without_spaces_the_phrase_is_found_by_its_characters():
    assert stock_tail(list("そうですね。ご視聴ありがとうございました")) == 14
    assert stock_tail(list("今天天气很好。谢谢观看")) == 4


def test_fillers_are_whole_texts_of_their_language_or_english():
    assert is_filler(["Obrigado."], parse_language("pt-BR"))
    assert is_filler(["Thank", "you."], JA)
    assert not is_filler(["Obrigado."], EN)
    assert not is_filler(["Thank", "you,", "Sam."], EN)


@pytest.mark.parametrize(
    ("text", "loop"),
    [
        ("no no no no no", range(0)),
        ("oh no no no no no no stop", range(1, 7)),
        ("Row, row, row your boat, row, row, row your boat", range(0)),
        ("well we go and we go and we go and we go and stop", range(1, 13)),
        ("a b c d a b c d a b c d", range(12)),
        ("Tick. Tock! tick tock, TICK TOCK tick tock", range(8)),
        ("", range(0)),
    ],
)
def test_loops_are_told_from_people_who_repeat_themselves(text, loop):
    assert looping(text.split(), EN) == loop


def test_loops_of_characters_are_found_where_there_are_no_spaces():
    assert looping(list("はい、" + "ありがとう" * 4), JA) == range(3, 23)
    assert looping(["ありがとう"] * 4, JA) == range(4)
    assert looping(list("ははははは"), JA) == range(0)


@given(st.lists(st.sampled_from("ab"), max_size=60), st.sampled_from([EN, JA]))
def test_a_loop_lies_among_the_words_and_repeats(words, language):
    loop = looping(words, language)
    assert 0 <= loop.start <= loop.stop <= len(words)
    run = words[loop.start : loop.stop]
    assert not run or any(
        all(run[n] == run[n - length] for n in range(length, len(run)))
        for length in range(1, len(run) // 2 + 1)
    )


@given(st.text(max_size=40), st.text(max_size=40))
def test_more_text_takes_longer_and_says_no_less_when_it_is_plain(one, other):
    assert least_ms(f"x{one}{other}x") >= least_ms(f"x{one}x")
    assert plain(one + other).startswith(plain(one)[:-1])


def test_a_character_takes_as_long_as_what_it_stands_for():
    assert least_ms("あ") > least_ms("a")
    assert least_ms("天") > least_ms("あ")
    assert least_ms("한") == least_ms("天")


def every_outro():
    file = Path(stock_phrases.__file__).with_name("stock_phrases.toml")
    for tag, one in tomllib.loads(file.read_text("utf-8")).items():
        assert parse_language(tag) == tag
        assert set(one) == {"outros", "fillers"}
        for outro in one["outros"]:
            yield tag, outro.replace("*", "Jane Doe")


def test_every_listed_phrase_is_found_as_written_and_not_inside_a_sentence():
    listed = list(every_outro())
    assert len({tag for tag, _ in listed}) > 30
    for tag, outro in listed:
        is_spaced = " " in outro or tag not in UNSPACED
        words = outro.split() if is_spaced else list(outro)
        said = sum(bool(plain(word)) for word in words)
        found = stock_tail(words)
        assert sum(bool(plain(word)) for word in words[len(words) - found :]) == said, outro
        assert stock_tail([*words, "qqqqqqqqqq", "x" * 50]) == 0, outro

"""Inventions are told from quiet, fast and repeated speech; the better of two decodings is kept."""

from dataclasses import replace

import pytest

from asr.doubts.heard import HeardWindow
from asr.doubts.invented import better, doubtful_words, invented, is_surely_invented
from asr.doubts.plain_words import says_something
from asr.hearing.word_times import TimedText
from subtitles.doubts import Doubt
from subtitles.language import parse_language
from subtitles.span import Span

NO_SPEECH, UNSURE, LOOP = Doubt.NO_SPEECH, Doubt.UNSURE, Doubt.REPETITION
STOCK, FAST, SPARSE = Doubt.STOCK_PHRASE, Doubt.SPEAKING_RATE, Doubt.SPEECH_WITHOUT_WORDS


def heard(
    text: str, *, logp=-0.2, share=0.9, audible=None, no_speech=0.0, ratio=1.2, ms=4000, tag="en"
) -> HeardWindow:
    """A window in which the text was heard, its words spread evenly."""
    texts = [f" {word}" for word in text.split()] if tag == "en" else list(text)
    each = ms // max(1, len(texts))
    words = [
        TimedText(text=word, start_ms=n * each, end_ms=n * each + min(each, 900), probability=0.9)
        for n, word in enumerate(texts)
    ]
    return HeardWindow(
        window=Span(0, ms),
        language=parse_language(tag),
        text=text,
        words=tuple(words),
        mean_log_probability=logp,
        no_speech_probability=no_speech,
        compression_ratio=ratio,
        speech_share=share,
        audible_share=max(share, audible or 0.0),
    )


SPEECH = {
    "plain": heard("And it was the best of times."),
    "mumbled": heard("Mumbled, but surely spoken.", logp=-0.69),
    "fast": heard("Peter Piper picked a peck of pickled peppers, they say", ms=2000, share=1.0),
    "at the edges of what is audible": heard("Ofcourse", ms=1200, share=0.2, audible=0.2),
    "a chorus": heard("No, no, no, no, no! Stop, stop, stop!"),
    "thanks, said aloud": heard("Thank you very much.", ms=1500),
    "a sentence about credits": heard("I read the subtitles by the door, and so did you."),
    "nothing": heard("", logp=0.0, share=0.0),
    "a note of music": heard("♪ ♪", logp=-1.0, share=0.0),
    "Japanese": heard("今日はとても天気がいいですね", tag="ja", ms=2000),
    "a word in much noise": heard("Go!", share=0.74),
}

INVENTIONS = {
    "nobody is heard": (heard("Thank you all.", share=0.0), (NO_SPEECH,)),
    "hardly anybody, and Whisper doubts it": (
        heard("It is a long story.", share=0.2, no_speech=0.7),
        (NO_SPEECH,),
    ),
    "unsure": (heard("I don't know what that means", logp=-0.71), (UNSURE,)),
    "unsure in music": (
        heard("I don't know what that means", logp=-1.5, share=0.04),
        (NO_SPEECH, UNSURE),
    ),
    "compressible": (heard("la li la li", ratio=2.5), (LOOP,)),
    "a loop": (heard("and then we go, and then we go, and then we go."), (LOOP,)),
    "a character loop": (heard("ありがとう" * 4, tag="ja"), (LOOP,)),
    "an outro": (heard("See you tomorrow. Thanks for watching!"), (STOCK,)),
    "credits in another language": (heard("Untertitel der Amara.org-Community"), (STOCK,)),
    "credits with a name": (heard("Good night. Subtitles by John Smith"), (STOCK,)),
    "an outro without spaces": (heard("ご視聴ありがとうございました。", tag="ja"), (STOCK,)),
    "thanks where little is heard": (heard("Thank you.", share=0.2), (STOCK,)),
    "thanks that Whisper doubts": (heard("Thank you.", no_speech=0.7, ms=1500), (STOCK,)),
    "too fast": (heard("x" * 113, share=1.0), (FAST,)),
    "too fast for the little that is audible": (heard("x" * 45, share=0.1, audible=0.1), (FAST,)),
    "too fast for Han characters": (
        heard(
            "天" + "地玄黃宇宙洪荒日月盈昃辰宿列張寒來暑往秋收冬藏閏餘",
            tag="zh",
            ms=2000,
            share=1.0,
        ),
        (FAST,),
    ),
    "one word for half a minute of speech": (heard("Many", ms=25_000), (SPARSE,)),
}


@pytest.mark.parametrize("name", SPEECH)
def test_speech_is_not_doubted(name):
    assert invented(SPEECH[name]) == ()
    assert not is_surely_invented(SPEECH[name])
    assert not any(doubtful_words(SPEECH[name]))


@pytest.mark.parametrize("name", INVENTIONS)
def test_inventions_are_doubted_for_what_gives_them_away(name):
    window, doubts = INVENTIONS[name]
    assert invented(window) == doubts


@pytest.mark.parametrize(
    ("window", "surely"),
    [
        (heard("x" * 85, logp=-0.96, share=0.0, ms=520), True),
        (heard("I don't know what that means", logp=-1.5, share=0.04), True),
        (heard("Subtitles by somebody far too fast" * 5, share=1.0), True),
        (heard("Whispered, and missed by the detector.", logp=-0.5, share=0.0), False),
        (heard("Mumbled, but surely spoken.", logp=-0.9, share=0.8), False),
        (heard("and then we go, and then we go, and then we go."), False),
        (heard("Thanks for watching!", share=0.3), False),
        (heard(". . .", logp=-1.5, share=0.0), False),
    ],
)
def test_only_what_nobody_can_have_said_makes_no_cue(window, surely):
    assert is_surely_invented(window) is surely


FINE = heard("It was the best of times.", logp=-0.3)
SURER = heard("It was the rest of times.", logp=-0.2)
LOOPING = heard("it was, it was, it was, it was, it was, it was", logp=-0.1)
NOISE = heard("You know what I mean by that", logp=-1.2, share=0.0)
SHORT = heard("It was so.", logp=-0.1)
NOTHING = heard("", logp=0.0)
QUIET_NOTHING = heard("", logp=0.0, share=0.1)


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        pytest.param(FINE, SURER, SURER, id="of two without doubts the surer"),
        pytest.param(SURER, FINE, SURER, id="whichever came first"),
        pytest.param(FINE, FINE, FINE, id="of two alike the first"),
        pytest.param(LOOPING, FINE, FINE, id="no loop, though the loop is surer"),
        pytest.param(LOOPING, SHORT, SHORT, id="much less text than a loop has"),
        pytest.param(FINE, SHORT, FINE, id="not much less text otherwise"),
        pytest.param(FINE, NOTHING, FINE, id="not silence instead of words"),
        pytest.param(NOISE, NOTHING, NOISE, id="not even instead of inventions: they are kept"),
        pytest.param(NOISE, FINE, FINE, id="words instead of inventions"),
        pytest.param(FINE, NOISE, FINE, id="not inventions instead of words"),
        pytest.param(NOTHING, FINE, FINE, id="words instead of silence"),
        pytest.param(NOTHING, NOISE, NOTHING, id="not inventions instead of silence"),
        pytest.param(
            QUIET_NOTHING,
            heard("Thanks for watching!", share=0.2),
            QUIET_NOTHING,
            id="not doubtful words instead of silence where hardly anybody is heard",
        ),
        pytest.param(
            NOTHING,
            heard("I said it", logp=-0.8),
            heard("I said it", logp=-0.8),
            id="doubtful words instead of silence where somebody surely speaks",
        ),
    ],
)
def test_the_better_decoding_of_a_window(first, second, kept):
    assert better(first, second) is first if kept is first else better(first, second) == kept


def test_doubts_about_the_window_are_doubts_of_every_word():
    assert doubtful_words(heard("What is that", logp=-0.8, share=0.2)) == ((NO_SPEECH, UNSURE),) * 3


def test_a_loop_and_a_stock_phrase_are_doubts_of_their_words_alone():
    window = heard(
        "Go home. Yes, we can, yes, we can, yes, we can, yes, we can. Thanks for watching!"
    )
    assert doubtful_words(window) == ((),) * 2 + ((LOOP,),) * 12 + ((STOCK,),) * 3


def test_missed_speech_is_no_fault_of_the_words_that_were_heard():
    assert doubtful_words(heard("Many", ms=25_000)) == ((),)


def test_a_word_of_little_probability_is_doubted_alone():
    window = heard("Call me Ishmael.")
    words = (*window.words[:2], replace(window.words[2], probability=0.14))
    assert doubtful_words(replace(window, words=words)) == ((), (), (UNSURE,))


def test_a_word_far_from_anything_audible_is_doubted():
    window = heard("one two three four", ms=8000)  # two seconds a word
    assert doubtful_words(window, [Span(0, 3399)]) == ((), (), (NO_SPEECH,), (NO_SPEECH,))
    assert doubtful_words(window, [Span(0, 3401)]) == ((), (), (), (NO_SPEECH,))


def test_a_word_far_from_anything_that_surely_is_speech_is_doubted():
    window = heard("one two three four", ms=8000)
    audible = [Span(0, 8000)]
    assert doubtful_words(window, audible, [Span(0, 3701)])[2:] == ((), (NO_SPEECH,))
    assert doubtful_words(window, audible, []) == ((NO_SPEECH,),) * 4
    assert doubtful_words(window, audible) == ((),) * 4


@pytest.mark.parametrize(
    ("text", "length_ms", "doubts"),
    [
        ("Press", 2500, ()),
        ("Press", 2501, (UNSURE,)),
        ("Extraordinary,", 3900, ()),
        ("Extraordinary,", 3901, (UNSURE,)),
        ("…", 2501, (UNSURE,)),
    ],
)
def test_a_word_that_takes_longer_than_any_is_doubted(text, length_ms, doubts):
    stretched = TimedText(text=text, start_ms=0, end_ms=length_ms, probability=0.9)
    assert doubtful_words(replace(heard("It was so."), words=(stretched,))) == (doubts,)


@pytest.mark.parametrize("word", [" hello", "42", " 你", "é", " don't", "№5"])
def test_words_with_letters_or_digits_say_something(word):
    assert says_something(word)


@pytest.mark.parametrize("word", ["", " ", " .", "♪", " ...", "–", "¿?", "🎵"])
def test_signs_alone_say_nothing(word):
    assert not says_something(word)


def test_where_nothing_was_heard_an_unsure_stock_phrase_is_a_guess_and_other_unsure_words_are_not():
    nothing = heard("", logp=0.0, share=0.9)
    guess, mumbled = heard("Thank you very much.", logp=-1.6), heard("Tell my brother", logp=-1.6)
    assert better(nothing, guess) is nothing
    assert better(nothing, mumbled) is mumbled
    said = heard("Thank you very much.", logp=-0.3)
    assert better(nothing, said) is said

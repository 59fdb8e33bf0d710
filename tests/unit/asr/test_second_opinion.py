"""Which windows are decoded again, how, and what becomes of them."""

import pytest

from asr.doubts.heard import HeardWindow
from asr.whisper.decoder import Manner
from asr.whisper.passage import compression_ratio
from asr.whisper.second_opinion import reconsidered
from subtitles.language import parse_language
from subtitles.span import Span

EN, FR = parse_language("en"), parse_language("fr")
FIRST, WHOLE = Manner(), Manner(whole_input=True)
AGAINST_LOOPS = Manner(whole_input=True, against_loops=True)
FINE = (
    "He was not an ill-disposed young man, unless to be rather cold hearted and rather selfish "
    "is to be ill-disposed."
)
MARRIED = "Had he married a more amiable woman, he might have been made still more respectable."
UNSURE = "Wonton tea in less to be rather called hard it and rather sell fish is to be ill."
LOOP = "I do not know. " * 12


def decoding(window, text=FINE, *, logp=-0.2, language=EN):
    return HeardWindow(
        window=window,
        language=language,
        text=text.strip(),
        words=(),
        mean_log_probability=logp,
        no_speech_probability=0.0,
        compression_ratio=compression_ratio(text),
        speech_share=0.9,
        audible_share=0.9,
    )


class Listener:
    """Hears the scripted (text, log probability) one after the other."""

    def __init__(self, *script):
        self.script = list(script)
        self.asked = []

    def __call__(self, asked, manner):
        self.asked += [(window, language, manner) for window, language in asked]
        heard = [(*one, *self.script.pop(0)) for one in asked]
        return [decoding(w, text, logp=logp, language=tag) for w, tag, text, logp in heard]


def outcome(heard, listener, *, audible=()):
    return reconsidered(heard, hear=listener, audible=audible, spoken=EN)


def test_windows_without_doubt_are_not_decoded_again():
    heard = [decoding(Span(0, 9_000)), decoding(Span(9_000, 20_000), text="")]
    listener = Listener()
    assert outcome(heard, listener) == heard
    assert listener.asked == []


def test_only_the_doubtful_window_is_and_the_others_keep_their_place():
    heard = [decoding(Span(at, at + 5_000)) for at in (0, 10_000, 20_000)]
    heard[1] = decoding(heard[1].window, UNSURE, logp=-1.2)
    listener = Listener((FINE, -0.3))
    kept = outcome(heard, listener)
    assert listener.asked == [(heard[1].window, EN, WHOLE)]
    assert [one.text for one in kept] == [FINE] * 3
    assert [one.window for one in kept] == [one.window for one in heard]


def test_a_loop_is_decoded_again_against_loops():
    listener = Listener((FINE, -0.4))
    (kept,) = outcome([decoding(Span(0, 20_000), LOOP, logp=-0.1)], listener)
    assert listener.asked == [(Span(0, 20_000), EN, AGAINST_LOOPS)]
    assert kept.text == FINE


def test_what_is_still_doubtful_is_halved_in_a_pause_near_the_middle_and_no_more():
    window = Span(10_000, 30_000)
    unsure = (UNSURE, -1.2)
    listener = Listener(
        unsure,
        (FINE, -0.2),
        (MARRIED, -0.3),
    )
    # The longest pause lies too near to the end for a half.
    audible = [Span(10_400, 18_000), Span(18_600, 28_000), Span(29_500, 29_900)]
    (kept,) = outcome([decoding(window, *unsure[:1], logp=-1.2)], listener, audible=audible)
    halves = [Span(10_000, 18_300), Span(18_300, 30_000)]
    assert listener.asked == [
        (window, EN, WHOLE),
        (halves[0], EN, FIRST),
        (halves[1], EN, FIRST),
    ]
    assert (kept.window, kept.text) == (
        window,
        f"{FINE} {MARRIED}",
    )
    assert -0.3 < kept.mean_log_probability < -0.2


def test_a_window_without_a_pause_is_halved_in_the_middle():
    listener = Listener(*[(UNSURE, -1.2)] * 3)
    outcome([decoding(Span(0, 20_000), UNSURE, logp=-1)], listener, audible=[Span(0, 20_000)])
    assert [window for window, _, _ in listener.asked[1:]] == [
        Span(0, 10_000),
        Span(10_000, 20_000),
    ]


def test_nothing_is_gained_by_halving_a_sentence():
    listener = Listener((UNSURE, -1.2))
    outcome([decoding(Span(0, 5_900), UNSURE, logp=-1)], listener)
    assert len(listener.asked) == 1


def test_a_window_that_filled_the_input_already_is_halved_at_once():
    listener = Listener(*[(UNSURE, -1.2)] * 2)
    outcome([decoding(Span(0, 29_000), UNSURE, logp=-1)], listener)
    assert [manner for _, _, manner in listener.asked] == [FIRST, FIRST]


def test_a_doubtful_window_in_another_language_is_tried_in_the_titles():
    listener = Listener((FINE, -0.2))
    (kept,) = outcome([decoding(Span(0, 5_000), UNSURE, logp=-1, language=FR)], listener)
    assert listener.asked == [(Span(0, 5_000), EN, WHOLE)]
    assert kept.language == EN


@pytest.mark.parametrize("text", [LOOP, UNSURE])
def test_no_window_is_decoded_more_often_than_the_rules_say(text):
    windows = [Span(at, at + 20_000) for at in range(0, 100_000, 20_000)]
    listener = Listener(*[(text, -1.2)] * 15)
    outcome([decoding(window, text, logp=-1.2) for window in windows], listener)
    # Once more whole, once more in halves.
    assert len(listener.asked) == 15

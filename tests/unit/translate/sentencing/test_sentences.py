"""Whole sentences out of cues."""

import pytest
from hypothesis import given
from timed_text import track
from translate_fakes import cues_of, source_track, source_tracks

from subtitles.span import Span
from translate.sentencing.markup import plain_cue
from translate.sentencing.sentence_rules import stop_rules
from translate.sentencing.sentences import MAX_SENTENCE_CHARS, sentences_of

TAGS = ("en", "de", "ja", "ar", "th", "pt-BR")


def texts(*cues, tag="en", gap_ms=100):
    return [one.text for one in sentences_of(source_track(*cues, tag=tag, gap_ms=gap_ms))]


def solid(text):
    return "".join(text.split())


@given(source_tracks(TAGS))
def test_every_character_of_every_cue_stands_in_exactly_one_sentence_in_order(source):
    parts = {cue.cue_id: "" for cue in source.cues}
    for sentence in sentences_of(source):
        assert sum(sentence.cue_lengths) == len(sentence.text)
        at = 0
        for cue_id, length in zip(sentence.cue_ids, sentence.cue_lengths, strict=True):
            parts[cue_id] += sentence.text[at : at + length]
            at += length
    for cue in source.cues:
        assert solid(parts[cue.cue_id]) == solid("".join(plain_cue(cue.lines).lines))


@given(source_tracks(TAGS))
def test_sentences_are_bounded_not_empty_and_name_neighbouring_cues(source):
    order = [cue.cue_id for cue in source.cues]
    for sentence in sentences_of(source):
        assert sentence.text == sentence.text.strip() != ""
        assert len(sentence.text) <= MAX_SENTENCE_CHARS
        assert all(length > 0 for length in sentence.cue_lengths)
        first = order.index(sentence.cue_ids[0])
        assert sentence.span.start_ms == source.cues[first].span.start_ms
        assert set(sentence.cue_ids) <= set(order[first:])


@pytest.mark.parametrize(
    ("tag", "cues", "expected"),
    [
        ("en", ["Mr. Smith went to", "Lisbon. Why?"], ["Mr. Smith went to Lisbon.", "Why?"]),
        ("en", ["It cost 3.5 dollars. Dr. No paid."], ["It cost 3.5 dollars.", "Dr. No paid."]),
        ("en", ["I met J. R. Jones. He left."], ["I met J. R. Jones.", "He left."]),
        ("en", ["So do I. You know."], ["So do I.", "You know."]),
        ("en", ["the U.S. Army base"], ["the U.S. Army base"]),
        ("en", ["Look on p. 5. No. I won't."], ["Look on p. 5.", "No.", "I won't."]),
        ("en", ["Wait... what?"], ["Wait... what?"]),
        ("en", ["I think… I know."], ["I think… I know."]),
        ("en", ["He left… Then rain."], ["He left…", "Then rain."]),
        ("en", ['"What?" he asked. "No."'], ['"What?" he asked.', '"No."']),
        ("en", ['She said "Go." Then left.'], ['She said "Go."', "Then left."]),
        ("en", ["Stop! Thief!"], ["Stop!", "Thief!"]),
        ("en", ["- Hello.\n- Hi, Bob!"], ["- Hello.", "- Hi, Bob!"]),
        ("en", ["- And then\n- What?"], ["- And then", "- What?"]),
        ("en", ["It was\n-5 degrees."], ["It was -5 degrees."]),
        ("en", ["[door opens] What's that?"], ["[door opens]", "What's that?"]),
        ("en", ["I fell. (gasps) Ow."], ["I fell.", "(gasps)", "Ow."]),
        ("en", ["I saw [inaudible] there."], ["I saw [inaudible] there."]),
        ("en", ["♪ la la ♪", "♪ lala ♪"], ["♪ la la ♪", "♪ lala ♪"]),
        ("en", ["He was about to—", "He fell."], ["He was about to—", "He fell."]),
        ("en", ["before", "😀", "after"], ["before", "😀", "after"]),
        ("en", ["I have", "40", "cats."], ["I have 40 cats."]),
        ("de", ["Am 3. Oktober kam Dr. Bär. Ja."], ["Am 3. Oktober kam Dr. Bär.", "Ja."]),
        ("en", ["We won 3. He lost 4."], ["We won 3.", "He lost 4."]),
        ("ja", ["今日は", "いい天気。明日も", "晴れ！"], ["今日はいい天気。", "明日も晴れ！"]),
        ("zh", ["你好。", "我是 Tom", "Lee 吗？"], ["你好。", "我是 Tom Lee 吗？"]),
        ("ar", ["كيف حالك؟ أنا", "بخير."], ["كيف حالك؟", "أنا بخير."]),
        ("hi", ["यह घर है। वह", "आया।"], ["यह घर है।", "वह आया।"]),
        ("el", ["Πού είναι; Δεν", "ξέρω."], ["Πού είναι;", "Δεν ξέρω."]),
        ("en", ["He left; Mary", "stayed."], ["He left; Mary stayed."]),
        ("bg", ["Г-н Петров и д-р", "Иванов. Да."], ["Г-н Петров и д-р Иванов.", "Да."]),
        ("bg", ["Това е д-р. Иванов."], ["Това е д-р. Иванов."]),
        ("he", ['זה ד"ר. כהן הגיע'], ['זה ד"ר. כהן הגיע']),
        ("hr", ["Došao je 3. Marko i g. Horvat."], ["Došao je 3. Marko i g. Horvat."]),
        ("ko", ["이 집이야. 그는", "왔어."], ["이 집이야.", "그는 왔어."]),
        ("km", ["នេះជាផ្ទះ។ គាត់មក។"], ["នេះជាផ្ទះ។", "គាត់មក។"]),
        ("ja", ["「行こう。」彼は", "言った。"], ["「行こう。」", "彼は言った。"]),
        ("ja", ["「行こう。」と彼は", "言った。"], ["「行こう。」と彼は言った。"]),
        ("en", ["<i>One</i> two.", "{\\an8}Three."], ["One two.", "Three."]),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_would_end_them(tag, cues, expected):
    assert texts(*cues, tag=tag) == expected


def test_a_cue_of_nothing_but_styling_stands_in_no_sentence():
    (sentence,) = sentences_of(source_track("<i></i>", "Hello."))
    assert sentence.cue_ids == ("c1",)


def test_a_pause_before_a_capital_ends_a_sentence_without_a_stop():
    assert texts("Chapter One", "It was dark", gap_ms=2000) == ["Chapter One", "It was dark"]
    assert texts("Chapter one", "it was dark", gap_ms=2000) == ["Chapter one it was dark"]
    assert texts("Chapter One", "It was dark", gap_ms=1900) == ["Chapter One It was dark"]


def test_a_long_pause_ends_any_sentence():
    long = "And so on. " * 20 + "Oh, "
    assert texts(long + "well", "then", gap_ms=5000)[-2:] == ["Oh, well", "then"]
    assert texts(long + "well", "then", gap_ms=4900)[-1:] == ["Oh, well then"]


def test_speech_without_punctuation_ends_at_short_pauses_and_stays_bounded():
    spoken = "and then we went along the river for a while"
    assert texts(spoken, spoken, spoken * 6, gap_ms=700)[:2] == [spoken, spoken]
    found = sentences_of(source_track(*[spoken] * 40))
    assert all(len(one.text) <= MAX_SENTENCE_CHARS for one in found)
    # Cut at cue borders, since there is nothing better.
    assert len(found) > 1
    assert all(one.text.endswith("while") for one in found)


def test_a_stop_and_a_short_pause_end_a_sentence_before_a_small_letter():
    stopped = ("The number is busy.", "please try again.")
    assert texts(*stopped, gap_ms=700) == list(stopped)
    assert texts(*stopped, gap_ms=600) == [" ".join(stopped)]
    assert len(texts("The number is...", "please try again.", gap_ms=700)) == 1


def test_a_word_of_ten_thousand_characters_is_cut_and_kept():
    found = texts("x" * 10_000)
    assert "".join(found) == "x" * 10_000
    assert max(map(len, found)) <= MAX_SENTENCE_CHARS


def test_a_sentence_spans_from_its_first_cue_to_its_last():
    source = track(cues_of("I know", "that you", "know."))
    (sentence,) = sentences_of(source)
    assert sentence.span == Span(0, 6200)
    assert sentence.cue_lengths == (7, 9, 5)


def test_every_language_has_stop_rules():
    assert "dr" in stop_rules("sw").before_name
    assert "mr" in stop_rules("en-GB").before_name
    assert stop_rules("de").has_ordinal_dot
    assert not stop_rules("en").has_ordinal_dot

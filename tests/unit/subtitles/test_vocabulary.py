"""The vocabulary: what its values are, and which values cannot be."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timed_text import MADE_BY, cue, track, transcript, word

from subtitles.cues import Cue, InvalidCueError, Subtitle, derive_cue_id, subtitles_of
from subtitles.language import (
    UnknownLanguageError,
    base_language,
    language_name,
    parse_language,
    same_language,
)
from subtitles.signature import EngineSignature
from subtitles.span import InvalidSpanError, Span, gap_ms, ms_from_frames, ms_from_seconds
from subtitles.words import InvalidTranscriptError


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 4), (-3, -2)])
def test_a_span_neither_starts_before_zero_nor_ends_before_it_starts(start: int, end: int) -> None:
    with pytest.raises(InvalidSpanError, match=f"{start} ms to {end} ms"):
        Span(start, end)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_spans_overlap_or_lie_apart(a: int, b: int, c: int, d: int) -> None:
    one, other = Span(min(a, b), max(a, b)), Span(min(c, d), max(c, d))
    assert one.overlap_ms(other) == other.overlap_ms(one) <= min(one.duration_ms, other.duration_ms)
    if one.overlap_ms(other):
        assert gap_ms(one, other) < 0
        assert gap_ms(other, one) < 0
    assert one.shifted(7).duration_ms == one.duration_ms
    assert one.shifted(7).start_ms == one.start_ms + 7


@pytest.mark.parametrize(
    ("frames", "rate", "ms"),
    [
        (24, Fraction(24), 1000),
        (1, Fraction(25), 40),
        (24000, Fraction(24000, 1001), 1_001_000),
        (2, Fraction(30000, 1001), 67),
        (0, Fraction(60), 0),
    ],
)
def test_frames_become_milliseconds_exactly(frames: int, rate: Fraction, ms: int) -> None:
    assert ms_from_frames(frames, rate) == ms


def test_seconds_are_rounded_not_cut_off() -> None:
    assert ms_from_seconds(1.0019999) == 1002
    assert ms_from_seconds(0.29) == 290


@pytest.mark.parametrize("lines", [(), ("",), ("a", " \t"), ("\n",)])
def test_a_cue_without_text_is_refused(lines: tuple[str, ...]) -> None:
    with pytest.raises(InvalidCueError, match="cue c1: it has a blank line"):
        Cue(cue_id="c1", span=Span(0, 1), lines=lines)


def test_a_cue_without_time_is_refused() -> None:
    with pytest.raises(InvalidCueError, match="no time at all"):
        cue("text", 5, 5)


def test_cues_of_a_track_stand_in_order_and_may_touch() -> None:
    first, touching = cue("a", 0, 10, cue_id="a"), cue("b", 10, 20, cue_id="b")
    assert track([first, touching]).cues == (first, touching)
    with pytest.raises(InvalidCueError, match="cue b: it starts before a ends"):
        track([first, cue("b", 9, 20, cue_id="b")])


def test_a_file_holds_times_and_rows_of_a_track() -> None:
    assert subtitles_of(track([cue("a\nb", 5, 9)])) == (Subtitle(Span(5, 9), ("a", "b")),)
    assert cue("a\nb").text == "a\nb"


def test_cue_ids_are_short_and_tell_their_parts_apart() -> None:
    assert derive_cue_id("a", 1) == derive_cue_id("a", 1)
    assert derive_cue_id("ab", "c") != derive_cue_id("a", "bc")
    assert len(derive_cue_id()) == 16


def test_a_transcript_reads_as_it_was_said() -> None:
    assert (
        transcript([word(" Well,", 0, 5), word(" yes", 5, 9), word(".", 9, 9)]).text == "Well, yes."
    )


def test_words_out_of_order_or_beyond_certainty_are_refused() -> None:
    with pytest.raises(InvalidTranscriptError, match="time order"):
        transcript([word("b", 5, 6), word("a", 4, 5)])
    for probability in (-0.1, 1.1, float("nan")):
        with pytest.raises(InvalidTranscriptError, match="probability"):
            word("a", 0, 1, probability)


def test_a_signature_prints_everything_that_counts() -> None:
    assert str(MADE_BY) == "engine:test|model:-|rev:-|v:1"
    full = EngineSignature(
        engine="e", engine_version="2", model="m", model_revision="0123456789abcdef",
        options=(("beam", "5"),),
    )  # fmt: skip
    assert str(full) == "engine:e|model:m|rev:0123456789ab|beam:5|v:2"


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("pt_br", "pt-BR"),
        ("por-BR", "pt-BR"),
        (" EN ", "en"),
        ("zh-hant-hk", "zh-Hant-HK"),
        ("es-419", "es-419"),
    ],
)
def test_a_language_has_one_tag_however_it_is_written(text: str, tag: str) -> None:
    assert parse_language(text) == tag


@pytest.mark.parametrize("text", ["", "klingonese", "und", "mul", "x-private", "../etc", "e" * 999])
def test_what_names_no_language_is_refused_in_one_short_line(text: str) -> None:
    with pytest.raises(UnknownLanguageError) as caught:
        parse_language(text)
    assert len(str(caught.value)) < 200
    assert "\n" not in str(caught.value)


@given(st.text(max_size=20))
def test_any_text_is_a_language_or_refused(text: str) -> None:
    try:
        tag = parse_language(text)
    except UnknownLanguageError:
        return
    assert parse_language(tag) == tag


def test_variants_share_a_language_and_have_names_for_people() -> None:
    brazil, portugal = parse_language("pt-BR"), parse_language("pt-PT")
    assert same_language(brazil, portugal)
    assert not same_language(brazil, parse_language("es"))
    assert base_language(brazil) == "pt"
    assert language_name(brazil) == "Portuguese (Brazil)"

"""Words to cues: what a subtitler would do, what must hold for any words, and how fast."""

import time
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import example, given
from timed_text import (
    HOSTILE_TEXTS,
    frame_rates,
    language,
    profile,
    spoken,
    transcript,
    transcripts,
    word,
)

from subtitles.counting import chars_per_second, line_width, visible_text
from subtitles.cues import CueTrack
from subtitles.picture import NO_PICTURE, Picture
from subtitles.plain_text import clean_text
from subtitles.profile import StyleProfile
from subtitles.segmentation import SEGMENTATION_VERSION, segment
from subtitles.timing import Grid
from subtitles.words import Transcript, Word

TAGS = ("en", "pt-BR", "ja", "ko", "zh", "th", "ar", "sw")


def cut(text: str, tag: str = "en", **speech: int) -> list[str]:
    """The cues of spoken text, rows joined by " / "."""
    words = spoken(text, **speech)
    return rows_of(segment(transcript(words, tag), profile(tag), picture=NO_PICTURE))


def rows_of(track: CueTrack) -> list[str]:
    return [" / ".join(cue.lines) for cue in track.cues]


def test_silence_gives_no_cues() -> None:
    track = segment(transcript([]), profile(), picture=NO_PICTURE)
    assert track.cues == ()


def test_a_short_sentence_is_one_cue_on_one_row() -> None:
    assert cut("Where have you been?") == ["Where have you been?"]


def test_a_longer_sentence_takes_two_rows() -> None:
    assert cut("And so, my fellow Americans, ask not what your country can do for you.") == [
        "And so, my fellow Americans, / ask not what your country can do for you."
    ]


def test_a_sentence_after_a_pause_starts_its_own_cue() -> None:
    assert cut("I never said that. | You did.") == ["I never said that.", "You did."]


def test_two_short_sentences_in_one_breath_may_share_a_cue() -> None:
    assert cut("No. I do not think so.") == ["No. I do not think so."]


def test_a_long_pause_ends_a_cue_even_inside_a_sentence() -> None:
    assert cut("She opened the door | | and nobody was there.") == [
        "She opened the door",
        "and nobody was there.",
    ]


def test_cues_end_with_clauses_rather_than_in_the_middle_of_them() -> None:
    cues = cut(
        "It is a truth universally acknowledged, that a single man in possession "
        "of a good fortune, must be in want of a wife."
    )
    assert [cue.replace(" / ", " ")[-1] for cue in cues[:-1]] == [","] * (len(cues) - 1)


def test_no_cue_ends_with_a_word_that_leans_on_the_next() -> None:
    limits = profile("en")
    text = (
        "however little known the feelings or views of such a man may be on his first entering "
        "a neighbourhood this truth is so well fixed in the minds of the surrounding families "
        "that he is considered the rightful property of some one or other of their daughters"
    )
    for cue in cut(text)[:-1]:
        assert cue.split()[-1] not in limits.never_break_after


def test_an_abbreviation_does_not_end_a_cue() -> None:
    cues = cut("We were told that Mr. Bennet would visit Mrs. Long at home in the evening.")
    assert all(not cue.endswith("r.") and not cue.endswith("s.") for cue in cues)


def test_parts_without_a_space_between_them_are_one_word() -> None:
    words = [word(" don", 0, 200), word("'t", 200, 300), word(" go", 300, 500), word(".", 500, 520)]
    assert rows_of(segment(transcript(words), profile(), picture=NO_PICTURE)) == ["don't go."]


def test_a_word_that_holds_several_words_is_cut_at_its_spaces() -> None:
    words = [word(" as a matter of fact it was not there at all when we looked again", 0, 6000)]
    (cue,) = segment(transcript(words), profile(), picture=NO_PICTURE).cues
    assert len(cue.lines) == 2


def test_a_giant_word_is_cut_hard_and_its_time_shared_out() -> None:
    track = segment(transcript([word(" " + "x" * 300, 0, 12_000)]), profile(), picture=NO_PICTURE)
    assert "".join("".join(cue.lines) for cue in track.cues) == "x" * 300
    assert all(len(line) <= 42 for cue in track.cues for line in cue.lines)
    assert track.cues[-1].span.start_ms > 6000


def test_text_without_spaces_is_cut_where_its_script_allows() -> None:
    text = "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。"
    words = [word(char, 150 * i, 150 * (i + 1)) for i, char in enumerate(text)]
    cues = rows_of(segment(transcript(words, "ja"), profile("ja"), picture=NO_PICTURE))
    assert cues == [
        "吾輩は猫である。 / 名前はまだ無い。",
        "どこで生れたかとんと / 見当がつかぬ。",
    ]


def test_in_times_are_the_first_words_and_frames_are_whole() -> None:
    rate = Fraction(24000, 1001)
    track = segment(
        transcript(spoken("One moment. | And another.")),
        profile(),
        picture=Picture(frame_rate=rate),
    )
    grid = Grid(profile(), rate)
    starts = [1000, 1000 + 65 * 12 + 1000]
    for cue, start in zip(track.cues, starts, strict=True):
        assert 0 <= start - cue.span.start_ms < 42
        assert cue.span.end_ms == grid.ms(grid.at_or_before(cue.span.end_ms))


def test_a_cue_is_as_sure_as_its_least_sure_word() -> None:
    words = [word(" Sure,", 0, 300, 0.99), word(" perhaps.", 300, 700, 0.31)]
    (cue,) = segment(transcript(words), profile(), picture=NO_PICTURE).cues
    assert cue.confidence == 0.31


def test_words_without_visible_text_are_left_out() -> None:
    words = [word(" \u200b", 0, 10), word("", 10, 20), word(" \n", 20, 30), word(" Yes.", 30, 400)]
    assert rows_of(segment(transcript(words), profile(), picture=NO_PICTURE)) == ["Yes."]


def test_slow_speech_is_not_kept_longer_than_the_longest_duration() -> None:
    track = segment(
        transcript(spoken("one two three four five six seven", ms_per_char=400)),
        profile(),
        picture=NO_PICTURE,
    )
    assert len(track.cues) > 1
    assert all(cue.span.duration_ms <= 7000 for cue in track.cues)


def test_speech_that_could_be_read_in_time_is_cut_so_that_it_can() -> None:
    # 20 characters a second are allowed; this is 19 without any pause.
    text = "we went over there and had a look at it because you asked us to do so " * 6
    limits = profile()
    track = segment(transcript(spoken(text, ms_per_char=53)), limits, picture=NO_PICTURE)
    for cue in track.cues:
        assert chars_per_second(cue.lines, cue.span.duration_ms, limits.counting) <= 20


def test_ids_name_the_media_the_rules_and_the_text() -> None:
    words = transcript(spoken("Hello there. | Hello there."))
    track = segment(words, profile(), picture=NO_PICTURE)
    ids = [cue.cue_id for cue in track.cues]
    assert len(set(ids)) == len(ids) == 2
    assert segment(words, profile(), picture=NO_PICTURE) == track
    elsewhere = segment(replace(words, media_id="other"), profile(), picture=NO_PICTURE)
    slower = segment(words, replace(profile(), max_chars_per_second=5.0), picture=NO_PICTURE)
    for other in (elsewhere, slower):
        assert not {cue.cue_id for cue in other.cues} & set(ids)


def test_the_signature_says_by_what_rules_the_cues_were_made() -> None:
    made_by = segment(
        transcript([]), profile("pt-BR"), picture=Picture(frame_rate=Fraction(25))
    ).made_by
    assert made_by.engine == "polycue-segmenter"
    assert made_by.engine_version == SEGMENTATION_VERSION
    assert made_by.model == "pt-BR/adult/subtitle"
    assert made_by.model_revision == profile("pt-BR").revision
    assert dict(made_by.options) == {"frame_rate": "25"}


@pytest.mark.parametrize("text", HOSTILE_TEXTS, ids=ascii)
def test_hostile_text_becomes_cues_like_any_other(text: str) -> None:
    track = segment(transcript([word(f" {text}", 0, 2000)]), profile(), picture=NO_PICTURE)
    shown = "".join("".join(cue.lines).split(" ")[0] for cue in track.cues)
    assert bool(shown) == bool(visible_text(text))


def visible_words(words: tuple[Word, ...]) -> str:
    texts = (clean_text(one.text) for one in words)
    return "".join("".join(text.split()) for text in texts if visible_text(text).strip())


@given(transcripts(TAGS), frame_rates())
@example(transcript([word(" a", 0, 0), word("", 0, 0), word(" b", 0, 0)]), None)
@example(transcript([word("\u00a0" * 200 + "x", 0, 100), word("\u0301", 100, 200)], "ja"), None)
def test_no_word_is_lost_or_moved(said: Transcript, rate: Fraction | None) -> None:
    track = segment(said, profile(said.language), picture=Picture(frame_rate=rate))
    shown = "".join("".join(line.split()) for cue in track.cues for line in cue.lines)
    assert shown == visible_words(said.words)


@given(transcripts(TAGS), frame_rates())
def test_hard_limits_hold_for_any_words(said: Transcript, rate: Fraction | None) -> None:
    limits = profile(said.language)
    track = segment(said, limits, picture=Picture(frame_rate=rate))
    grid = Grid(limits, rate)
    for cue in track.cues:
        assert len(cue.lines) <= limits.max_lines
        for line in cue.lines:
            assert line == clean_text(line)
            assert line_width(line, limits.counting) <= limits.max_chars_per_line
        assert grid.ticks_between(cue.span.start_ms, cue.span.end_ms) <= grid.longest
    for earlier, later in pairwise(track.cues):
        assert later.span.start_ms >= earlier.span.end_ms
        gap = grid.ticks_between(earlier.span.end_ms, later.span.start_ms)
        assert gap >= grid.min_gap


@given(transcripts(TAGS), frame_rates())
def test_no_cue_comes_before_its_first_word(said: Transcript, rate: Fraction | None) -> None:
    limits = profile(said.language)
    track = segment(said, limits, picture=Picture(frame_rate=rate))
    # When each character that is shown was said to start, in order.
    starts = [
        one.span.start_ms
        for one in said.words
        if visible_text(clean_text(one.text)).strip()
        for _ in "".join(clean_text(one.text).split())
    ]
    shown = 0
    for cue in track.cues:
        two_frames = 2 * 1000 / (rate or 1000)
        assert cue.span.start_ms >= starts[shown] - two_frames
        shown += len("".join(cue.text.split()))


@given(transcripts(("en",)), frame_rates())
def test_the_same_words_give_the_same_cues(said: Transcript, rate: Fraction | None) -> None:
    limits = profile("en")
    assert segment(said, limits, picture=Picture(frame_rate=rate)) == segment(
        said, limits, picture=Picture(frame_rate=rate)
    )


@given(transcripts(("en",)))
def test_confidence_is_one_of_the_words_own(said: Transcript) -> None:
    sure = {one.probability for one in said.words}
    assert all(cue.confidence in sure for cue in segment(said, profile(), picture=NO_PICTURE).cues)


def test_any_profile_gives_cues() -> None:
    tiny = replace(profile(), max_chars_per_line=1, max_lines=1, max_chars_per_second=1.0)
    track = segment(
        transcript(spoken("A giant word.")), tiny, picture=Picture(frame_rate=Fraction(24))
    )
    assert "".join(cue.text for cue in track.cues) == "Agiantword."


def three_rows(limits: StyleProfile) -> StyleProfile:
    return replace(limits, max_lines=3, max_duration_ms=20_000)


def test_three_rows_are_used_when_a_profile_allows_them() -> None:
    text = "one long sentence that goes on and on without any comma or full stop until it is over"
    track = segment(transcript(spoken(text * 2)), three_rows(profile()), picture=NO_PICTURE)
    assert max(len(cue.lines) for cue in track.cues) == 3


def test_a_film_is_cut_in_seconds() -> None:
    said = transcript(spoken("It was a bright cold day in April, and the clocks struck. ‖ " * 1700))
    assert len(said.words) > 20_000
    limits, rate = profile(), Fraction(24000, 1001)
    started = time.process_time()
    segment(said, limits, picture=Picture(frame_rate=rate))
    # Measured: 1 s on an idle core of 2020; a film has some 10,000 words.
    assert time.process_time() - started < 8


def test_language_is_the_transcripts() -> None:
    track = segment(transcript(spoken("Olá."), "pt-BR"), profile("pt-BR"), picture=NO_PICTURE)
    assert track.language == language("pt-BR")

"""Words to cues: what a subtitler would do, what must hold for any words, and how fast."""

import re
import time
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
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
from subtitles.segmentation.segmenter import SEGMENTATION_VERSION, segment
from subtitles.style.profile import FALLBACK_FRAME_RATE, DashStyle, StyleProfile
from subtitles.timing.fitting import Grid
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


def test_a_cue_ends_in_a_leaning_word_only_when_nothing_else_fits() -> None:
    cues = cut("the " * 40)
    assert len(cues) > 1
    assert " ".join(cues).replace("/", "").split() == ["the"] * 40


def test_of_several_leaning_words_the_row_ends_before_the_first_that_fits() -> None:
    assert cut("To the north and within easy reach is a romantic and fascinating town.") == [
        "To the north and within easy reach / is a romantic and fascinating town."
    ]


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


def test_a_cut_that_lets_both_cues_be_read_is_better_than_one_that_does_not() -> None:
    # A burst of speech, then a slow end: cut at the comma, the burst could not be read in time.
    words = [
        *spoken("Many people do not think about them as dinosaurs,", ms_per_char=36),
        *spoken("you know.", start_ms=1000 + 36 * 50, ms_per_char=200),
    ]
    limits = profile()
    for cue in segment(transcript(words), limits, picture=NO_PICTURE).cues:
        assert chars_per_second(cue.lines, cue.span.duration_ms, limits.counting) <= 20


# ---- speakers ------------------------------------------------------------------------------------


def said_by(*turns: tuple[str, str], gap_ms: int = 100) -> list[Word]:
    """Brisk talk: (speaker, words) in turn, with so much silence between."""
    words: list[Word] = []
    now = 1000
    for speaker, text in turns:
        spoken_now = spoken(text, start_ms=now)
        words += [replace(one, speaker=speaker) for one in spoken_now]
        now = words[-1].span.end_ms + gap_ms
    return words


def cut_turns(words: list[Word], tag: str = "en") -> list[str]:
    return rows_of(segment(transcript(words, tag), profile(tag), picture=NO_PICTURE))


@pytest.mark.parametrize(
    ("style", "cue"),
    [
        (DashStyle.SPACED_BOTH, "- Yes. / - No!"),
        (DashStyle.BOTH, "-Yes. / -No!"),
        (DashStyle.SECOND, "Yes. / -No!"),
        (DashStyle.SPACED_SECOND, "Yes. / - No!"),
    ],
)
def test_two_short_turns_share_a_cue_one_row_each(style: DashStyle, cue: str) -> None:
    limits = replace(profile(), typography=replace(profile().typography, dash=style))
    words = transcript(said_by(("A", "Yes."), ("B", "No!")))
    assert rows_of(segment(words, limits, picture=NO_PICTURE)) == [cue]


def test_turns_that_can_be_read_by_themselves_are_cues_by_themselves() -> None:
    words = said_by(("A", "Where have you been all this time?"), ("B", "I was at the station."))
    assert cut_turns(words) == ["Where have you been all this time?", "I was at the station."]


def test_a_turn_after_a_pause_is_a_cue_by_itself() -> None:
    words = said_by(("A", "Yes."), ("B", "No!"), gap_ms=600)
    assert cut_turns(words) == ["Yes.", "No!"]


def test_a_cue_holds_at_most_two_turns() -> None:
    words = said_by(("A", "Yes."), ("B", "No."), ("A", "Yes."), ("B", "No."))
    assert cut_turns(words) == ["-Yes. / -No."] * 2


def test_a_turn_that_does_not_fit_a_row_shares_no_cue() -> None:
    long = "I have been waiting for you here since six o'clock."
    words = said_by(("A", "Oh."), ("B", long))
    assert cut_turns(words)[0] == "Oh."


def test_a_speaker_who_is_interrupted_ends_a_row_in_the_middle_of_a_sentence() -> None:
    words = said_by(("A", "But I"), ("B", "Stop it."))
    assert cut_turns(words) == ["-But I / -Stop it."]


def test_words_of_nobody_known_go_with_the_voice_before_them() -> None:
    words = said_by(("A", "Not"), ("", "me."), ("B", "Why?"), gap_ms=50)
    assert cut_turns(words) == ["-Not me. / -Why?"]


def test_parts_of_one_word_by_two_speakers_are_two_words() -> None:
    words = [
        replace(word(" Yes", 0, 400), speaker="A"),
        replace(word("No", 400, 800), speaker="B"),
    ]
    assert cut_turns(words) == ["-Yes / -No"]


def test_a_dash_that_was_recognised_is_not_printed_twice() -> None:
    assert cut_turns(said_by(("A", "-Yes."), ("B", "-No!"))) == ["-Yes. / -No!"]


def test_japanese_speakers_share_no_cue() -> None:
    words = [
        replace(word("はい。", 0, 400), speaker="A"),
        replace(word("いいえ。", 450, 900), speaker="B"),
    ]
    assert cut_turns(words, "ja") == ["はい。", "いいえ。"]


@given(transcripts(("en", "pt-BR", "zh", "ja")))
def test_one_voice_throughout_is_cut_like_a_voice_nobody_knows(said: Transcript) -> None:
    limits = profile(said.language)
    labelled = replace(said, words=tuple(replace(one, speaker="A") for one in said.words))
    assert segment(labelled, limits, picture=NO_PICTURE) == segment(
        said, limits, picture=NO_PICTURE
    )


@given(transcripts(("en", "fr", "nl", "zh", "ja")), frame_rates(), st.data())
def test_no_row_holds_words_of_two_speakers(
    said: Transcript, rate: Fraction | None, data: st.DataObject
) -> None:
    labels = data.draw(
        st.lists(st.sampled_from("ABB"), min_size=len(said.words), max_size=len(said.words))
    )
    # Letters tell who speaks: whatever was said, A says "a" and B says "b".
    words = tuple(
        replace(one, speaker=label, text=re.sub("[^ ]", label.lower(), one.text))
        for one, label in zip(said.words, labels, strict=True)
    )
    limits = profile(said.language)
    track = segment(replace(said, words=words), limits, picture=Picture(frame_rate=rate))
    for cue in track.cues:
        voices = [set(row) - {" ", "-"} for row in cue.lines]
        assert all(len(voice) == 1 for voice in voices)
        assert len(cue.lines) <= 2
        assert all(
            line_width(row, limits.counting) <= limits.max_chars_per_line for row in cue.lines
        )
        is_shared = len(cue.lines) == 2 and voices[0] != voices[1]
        assert is_shared == cue.lines[-1].startswith("-")
        assert not (is_shared and said.language == "ja")
    shown = "".join(re.sub(r"[- ]", "", row) for cue in track.cues for row in cue.lines)
    assert shown == visible_words(words)


# ---- names and signatures ------------------------------------------------------------------------


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
        # Two frames that a fast cue may borrow, and less than one to stand on the frame grid.
        three_frames = 3 * 1000 / (rate or FALLBACK_FRAME_RATE)
        assert cue.span.start_ms >= starts[shown] - three_frames
        shown += len("".join(cue.text.split()))


@given(transcripts(("en",)), frame_rates())
def test_the_same_words_give_the_same_cues_as_sure_as_the_words(
    said: Transcript, rate: Fraction | None
) -> None:
    limits, picture = profile("en"), Picture(frame_rate=rate)
    track = segment(said, limits, picture=picture)
    assert segment(said, limits, picture=picture) == track
    sure = {one.probability for one in said.words}
    assert all(cue.confidence in sure for cue in track.cues)


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
    said = transcript(spoken("It was a bright cold day in April, and the clocks struck. ‖ " * 850))
    assert len(said.words) > 10_000  # as many as a film has
    limits, rate = profile(), Fraction(24000, 1001)
    started = time.thread_time()
    segment(said, limits, picture=Picture(frame_rate=rate))
    # Measured: 0.3 s on an idle core of 2020.
    assert time.thread_time() - started < 20


def test_language_is_the_transcripts() -> None:
    track = segment(transcript(spoken("Olá."), "pt-BR"), profile("pt-BR"), picture=NO_PICTURE)
    assert track.language == language("pt-BR")

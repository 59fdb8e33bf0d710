"""The room that sentences have in their cues."""

from dataclasses import replace

from timed_text import cue, profile
from translate_fakes import cues_of, sentence

from subtitles.picture import NO_PICTURE
from subtitles.span import Span
from translate.projection.shares import Shares
from translate.translator import Rendering, Sentence

# 15 characters a second, two rows of 40, and no staying on after the words.
PLAIN = replace(
    profile("pt-BR"),
    max_chars_per_second=15.0,
    max_lines=2,
    max_chars_per_line=40,
    linger_ms=0,
    max_linger_ms=0,
    max_duration_ms=7000,
    min_gap_frames=2,
)


def has(cues, sentences, width, limits=PLAIN):
    text = " ".join(["x"] * (width // 2 + width % 2)) + "x" * (1 - width % 2)
    assert len(text) == width
    shares = Shares(cues, sentences, limits, NO_PICTURE)
    return not shares.crowded(0, shares.spread(0, Rendering(text=text)))


def test_reading_speed_limits_a_short_cue_and_rows_a_long_one():
    short, long_ = [cue("Hello.", 0, 2000)], [cue("Hello.", 0, 7000)]
    assert has(short, [sentence("Hello.")], 30)
    assert not has(short, [sentence("Hello.")], 31)
    # Two rows of 40, broken at words.
    assert has(long_, [sentence("Hello.")], 76)
    assert not has(long_, [sentence("Hello.")], 77)


def test_a_cue_may_stay_into_the_silence_after_it_and_no_further():
    patient = replace(PLAIN, max_linger_ms=1000)
    assert has([cue("Hello.", 0, 2000)], [sentence("Hello.")], 45, patient)
    close = [cue("Hello.", 0, 2000), cue("Bye.", 2000, 3000, cue_id="c2")]
    assert not has(close, [sentence("Hello.")], 31, patient)


def test_cues_of_a_sentence_add_up():
    two = cues_of("One half of it", "and the other.")
    whole = Sentence(
        text="One half of it and the other.",
        span=Span(0, 4100),
        cue_ids=("c0", "c1"),
        cue_lengths=(15, 14),
    )
    assert has(two, [whole], 60)
    assert not has(two, [whole], 61)


def test_sentences_that_share_a_cue_share_its_room():
    shared = [cue("Yes, yes. No, no.", 0, 4000)]
    both = [sentence("Yes, yes."), sentence("No, no.")]
    assert has(shared, both, 33)
    assert not has(shared, both, 35)
    assert has(shared, both[:1], 60)

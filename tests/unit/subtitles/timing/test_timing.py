"""The timing pass, rule by rule, in drawings of frames at 24 a second (`timing_cases.Drawing`).

A published rule counts in frames of that rate: half a second is 12, the shortest cue is 20, the
longest 168. One character is read in two frames (`SLOW`).
"""

import time
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from timed_text import cue, profile
from timing_cases import ENGLISH, said, timed, timed_cues

from subtitles.counting import chars_per_second
from subtitles.cues import CueKind, Edge, Move, MoveReason
from subtitles.picture import NO_PICTURE, Picture
from subtitles.span import Span
from subtitles.timing.fitting import reading_time_ms, time_cues

FILM = Picture(frame_rate=Fraction(24))

RULES = {
    # In-time and out-time without anything near.
    "a cue lingers for half a second when nothing follows": ("24 [48]", "24 [60]"),
    "the shortest cue is 20 frames": ("24 [3] 200 [3]", "24 [20] 183 [20]"),
    "the longest cue ends a word that never ends": ("24 [600] 10 [30]", "24 [168] 442 [42]"),
    # Gaps: two frames, or at least half a second.
    "touching speech leaves the smallest gap": ("24 [48] [48]", "24 [46] 2 [60]"),
    "a gap of 3 frames is closed": ("24 [48] 3 [48]", "24 [49] 2 [60]"),
    "a gap of 11 frames is closed": ("24 [48] 11 [48]", "24 [57] 2 [60]"),
    "a gap of 12 frames is open": ("24 [48] 12 [48]", "24 [48] 12 [60]"),
    "lingering gives way to an open gap": ("24 [48] 22 [48]", "24 [58] 12 [60]"),
    "a gap longer than a second leaves room to linger": ("24 [48] 30 [48]", "24 [60] 18 [60]"),
    "a short word stays until the next cue rather than leave a gap of 9 frames": (
        "24 [3] 26 [48]",
        "24 [27] 2 [60]",
    ),
    # In-times near a cut.
    "speech on the cut starts there": ("24 | [48]", "24 | [60]"),
    "speech just after a cut starts on it": ("24 | 1 [48]", "24 | [61]"),
    "speech 11 frames after a cut starts on it": ("24 | 11 [48]", "24 | [71]"),
    "speech half a second after a cut stays": ("24 | 12 [48]", "24 | 12 [60]"),
    "speech 1 frame before a cut that it crosses starts on it": ("24 [1 | 48]", "25 | [60]"),
    "speech 8 frames before a cut that it crosses starts on it": ("24 [8 | 48]", "32 | [60]"),
    "speech 9 frames before a cut starts half a second before it": ("24 [9 | 48]", "21 [12 | 60]"),
    "speech 11 frames before a cut starts half a second before it": (
        "24 [11 | 48]",
        "23 [12 | 60]",
    ),
    "speech half a second before a cut stays": ("24 [12 | 48]", "24 [12 | 60]"),
    "of two cuts near by the nearer one counts": ("24 | 6 [4 | 48]", "24 | 10 | [60]"),
    "between two cuts as near the first counts": ("24 | 4 [4 | 48]", "24 | [8 | 60]"),
    "an in-time does not go back over the cut that began its shot": (
        "20 | 12 [10 | 48]",
        "20 | 10 [12 | 60]",
    ),
    "an in-time does not go to a cut if the cue before would end too soon for its words": (
        "24 [40 | 4] 2 [48]",
        "24 [38] 2 | 6 [60]",
    ),
    "words that run two frames over a cut are taken to end with the shot": (
        "24 [40 | 2] 2 [48]",
        "24 [38] 2 | [64]",
    ),
    "an in-time does not go to a cut that would leave the cue before less than 20 frames": (
        "24 [20] | 4 [48]",
        "24 [20 | 2] 2 [60]",
    ),
    # Out-times near a cut.
    "an out-time within half a second before a cut goes to two frames before it": (
        "24 [48] 11 | 100",
        "24 [57] 2 |",
    ),
    "an out-time on the cut or a frame before it goes back": ("24 [48] | 100", "24 [46] 2 |"),
    "lingering keeps half a second from a cut": ("24 [48] 20 | 100", "24 [56] 12 |"),
    "lingering that reaches a cut ends two frames before it": ("24 [48] 14 | 9", "24 [60] 2 |"),
    "speech that crosses a cut holds the cue for half a second after it": (
        "24 [48 | 5] 100",
        "24 [48 | 17]",
    ),
    "where the next cue leaves no time for that it ends before the cut": (
        "24 [48 | 5] 7 [48]",
        "24 [46] 2 | 12 [60]",
    ),
    "speech that crosses two cuts close together ends before the first if it is over by then": (
        "24 [48 | 1] 3 | 60",
        "24 [46] 2 | 4 |",
    ),
    "a cue crosses no cut but those of its speech": ("24 [48 | 14] 20 | 8", "24 [48 | 22] 12 |"),
    "a short word before a cut crosses it by half a second for the shortest duration": (
        "24 [5] 5 | 100",
        "24 [10 | 12]",
    ),
    "a short word in a short shot stays in it": ("24 | [3] 19 | 60", "24 | [20] 2 |"),
    "a short word in a shorter shot cannot": ("24 | [3] 18 | 60", "24 | [21 | 12]"),
    # The end of the media.
    "no cue outlasts the media": ("24 [48] 5 #", "24 [53] #"),
    "the last word comes early enough to be seen": ("24 [48] 20 [4] 3 #", "24 [53] 2 [20] #"),
    "two short words before the end as well": ("100 [4] 1 [4] #", "67 [20] 2 [20] #"),
}


@pytest.mark.parametrize(("speech", "shown"), RULES.values(), ids=RULES.keys())
def test_rule(speech: str, shown: str) -> None:
    assert timed(speech) == shown


def test_reading_holds_a_cue_for_a_second_and_a_half_at_most() -> None:
    assert timed("24 [48]", chars=[30]) == "24 [60]"
    assert timed("24 [48]", chars=[36]) == "24 [72]"
    assert timed("24 [48]", chars=[80]) == "24 [84]"


def test_reading_closes_a_gap_that_would_be_neither_small_nor_open() -> None:
    # 30 characters take 60 frames; 16 frames of pause leave room for 52 or 62.
    assert timed("24 [48] 16 [48]", chars=[25]) == "24 [52] 12 [60]"
    assert timed("24 [48] 16 [48]", chars=[30]) == "24 [62] 2 [60]"


def test_reading_leaves_an_open_gap_where_closing_would_take_more_than_a_second_and_a_half() -> (
    None
):
    # 84 frames is all it may stay; the next cue comes 10 frames later.
    assert timed("24 [48] 46 [48]", chars=[80]) == "24 [82] 12 [60]"


def test_reading_takes_a_cue_over_no_cut() -> None:
    assert timed("24 [48] 20 | 60", chars=[60]) == "24 [66] 2 |"


def test_a_cut_gives_way_to_reading() -> None:
    # From the cut on there are 54 frames, up to the next cue: 27 characters.
    assert timed("24 [8 | 48] 8 [48]", chars=[27]) == "32 | [54] 2 [60]"
    assert timed("24 [8 | 48] 8 [48]", chars=[28]) == "24 [8 | 54] 2 [60]"


def test_a_cut_gives_way_to_reading_the_cue_before() -> None:
    # Two frames before the cut there are 38 frames for it: 19 characters, less a rounding.
    assert timed("24 [40 | 2] 4 [48]", chars=[18]) == "24 [38] 2 | [66]"
    assert timed("24 [40 | 2] 4 [48]", chars=[20]) == "24 [40 | 4] 2 [60]"


def test_a_cut_does_not_give_way_to_reading_what_ends_before_it_anyway() -> None:
    assert timed("24 [38] 2 | 6 [48]", chars=[24]) == "24 [38] 2 | [66]"


# 24 characters take 48 frames.
BORROWED = {
    "two frames before, where nothing is lost there": ("24 [48] [48]", (24, 1), "22 [48] 2 [60]"),
    "two frames before and one after": ("24 [47] [48]", (24, 1), "22 [48] 2 [59]"),
    "two frames before and two after": ("24 [46] [48]", (24, 1), "22 [48] 2 [58]"),
    "not more, for that would not be enough": ("24 [45] [48]", (24, 1), "24 [43] 2 [60]"),
    "not from words just before": ("4 [30] [48] [48]", (1, 24, 1), "4 [28] 2 [48] 2 [58]"),
    "not what the next one needs": ("24 [46] [48] [9]", (24, 24, 1), "24 [44] 2 [48] 2 [20]"),
    "not from a cue that starts on a cut": ("24 [46] | [48]", (24, 1), "24 [44] 2 | [60]"),
    "not from near a cut": ("24 | 12 [48] [48]", (24, 1), "24 | 12 [48] 2 [58]"),
}


@pytest.mark.parametrize(("speech", "chars", "shown"), BORROWED.values(), ids=BORROWED.keys())
def test_a_cue_a_little_too_fast_borrows(speech: str, chars: tuple[int, ...], shown: str) -> None:
    assert timed(speech, chars=chars) == shown


def test_without_lingering_a_cue_ends_with_its_last_word() -> None:
    assert timed("24 [48]", linger=False) == "24 [48]"


def test_a_longer_linger_is_the_profiles_to_give() -> None:
    patient = replace(ENGLISH, linger_ms=1500)
    assert timed("24 [48]", limits=patient) == "24 [84]"


def test_a_forced_narrative_goes_with_the_text_on_the_screen() -> None:
    sign = CueKind.FORCED_NARRATIVE
    assert timed("24 | 5 [48]", kind=sign) == "24 | 5 [48]"
    assert timed("24 [48] | 60", kind=sign) == "24 [46] 2 |"


def test_words_at_one_instant_come_one_after_the_other_until_they_are_too_late() -> None:
    # 36 frames, a second and a half, is as late as a cue comes for another one's duration.
    assert timed("24 [0][0][0][0]") == "24 [20] 2 [12] 2 [1] 2 [20]"


def test_speech_that_overlaps_comes_in_its_order() -> None:
    assert timed("24 [96]") == "24 [108]"
    cues = [said(1000, 5000, number=0), said(3000, 4000, number=1)]
    spans = [cue.span for cue in time_cues(cues, ENGLISH, NO_PICTURE, linger=True)]
    assert spans == [Span(1000, 2917), Span(3000, 4500)]


def test_audio_alone_is_timed_in_milliseconds() -> None:
    cues = [said(1001, 3003, number=0), said(3300, 5001, number=1)]
    spans = [cue.span for cue in time_cues(cues, ENGLISH, NO_PICTURE, linger=True)]
    assert spans == [Span(1001, 3217), Span(3300, 5501)]


def test_a_variable_frame_rate_still_has_cuts() -> None:
    picture = Picture(shot_changes_ms=(1000, 5000))
    cues = [said(1200, 2400, number=0), said(4700, 7000, number=1)]
    spans = [cue.span for cue in time_cues(cues, ENGLISH, picture, linger=True)]
    assert spans == [Span(1000, 2900), Span(5000, 7500)]


def test_a_start_between_frames_goes_to_the_frame_in_which_it_is_heard() -> None:
    (found,) = time_cues([said(1010, 3010)], ENGLISH, FILM, linger=False)
    assert found.span == Span(1000, 3042)


def test_every_move_says_why() -> None:
    picture = Picture(frame_rate=Fraction(25), shot_changes_ms=(1000,))
    first, second = time_cues(
        [said(1110, 3010, number=0), said(3200, 6000, number=1)], ENGLISH, picture, linger=True
    )
    assert first.moves == (
        Move(edge=Edge.IN_TIME, from_ms=1110, to_ms=1080, reason=MoveReason.FRAME_GRID),
        Move(edge=Edge.IN_TIME, from_ms=1080, to_ms=1000, reason=MoveReason.SHOT_CHANGE),
        Move(edge=Edge.OUT_TIME, from_ms=3010, to_ms=3040, reason=MoveReason.FRAME_GRID),
        Move(edge=Edge.OUT_TIME, from_ms=3040, to_ms=3120, reason=MoveReason.CHAINING),
    )
    assert second.moves == (
        Move(edge=Edge.OUT_TIME, from_ms=6000, to_ms=6520, reason=MoveReason.LINGER),
    )


@pytest.mark.parametrize(
    ("drawing", "chars", "reason"),
    [
        ("24 [48] [48]", 1, MoveReason.COLLISION),
        ("24 [3]", 1, MoveReason.MIN_DURATION),
        ("24 [600]", 1, MoveReason.MAX_DURATION),
        ("24 [48]", 34, MoveReason.READING_SPEED),
        ("24 [48] 4 #", 1, MoveReason.LINGER),
        ("24 [48] | 60", 1, MoveReason.SHOT_CHANGE),
    ],
)
def test_the_last_move_names_the_rule_that_decided(
    drawing: str, chars: int, reason: MoveReason
) -> None:
    assert timed_cues(drawing, chars=[chars])[0].moves[-1].reason is reason


def test_nothing_gives_nothing() -> None:
    assert time_cues([], ENGLISH, NO_PICTURE, linger=True) == ()
    assert time_cues([], ENGLISH, FILM, linger=False, keep_in_times=True) == ()


def test_reading_time_is_width_over_speed() -> None:
    assert reading_time_ms(("x" * 40,), ENGLISH) == 2000
    assert reading_time_ms(("あ" * 8,), profile("ja")) == 2000
    assert reading_time_ms((), ENGLISH) == 0


TEMPLATES = {
    "what can be read in the template's time keeps it": (
        ("24 [48] 100", "24 [60]", 30),
        "24 [60]",
    ),
    "what cannot stays longer": (("24 [48] 100", "24 [60]", 33), "24 [66]"),
    "but a second and a half after the speech at most": (("24 [48] 100", "24 [60]", 80), "24 [84]"),
    "a gap of a few frames is closed": (
        ("24 [48] 24 [48]", "24 [60] 12 [60]", 31),
        "24 [70] 2 [60]",
    ),
    "the next cue is never reached": (("24 [48] 4 [48]", "24 [50] 2 [60]", 50), "24 [50] 2 [60]"),
    "a cut is never crossed": (("24 [48] 14 | 60", "24 [58] 4 |", 80), "24 [60] 2 |"),
    "nor approached by less than two frames": (("24 [48] 30 | 60", "24 [60]", 36), "24 [76] 2 |"),
    "a template that crosses a cut is left to": (
        ("24 [48 | 1] 60", "24 [48 | 12]", 20),
        "24 [48 | 12]",
    ),
    "an out-time that stands on a cut stays": (("24 [48] | 60", "24 [48] |", 40), "24 [48] |"),
    "times off the speech are the template's business": (
        ("24 | 4 [48] 60", "24 | 6 [40]", 1),
        "24 | 6 [40]",
    ),
    "hard rules come first: the longest duration": (("24 [48] 200", "24 [200]", 1), "24 [168]"),
    "and the smallest gap": (("24 [48] [48]", "24 [48] [48]", 1), "24 [46] 2 [48]"),
    "without room for a gap the cue stays": (("24 [1] [48]", "24 [1] [48]", 1), "24 [1] [48]"),
}


@pytest.mark.parametrize(("given", "shown"), TEMPLATES.values(), ids=TEMPLATES.keys())
def test_template(given: tuple[str, str, int], shown: str) -> None:
    drawing, template, chars = given
    assert timed(drawing, shown=template, chars=[chars], linger=False) == shown


def test_in_times_of_a_template_stay_to_the_millisecond() -> None:
    cues = [cue("x" * 40, 1011, 2011), cue("y", 4444, 6000, cue_id="c2")]
    found = time_cues(cues, ENGLISH, FILM, linger=False, keep_in_times=True)
    assert [one.span for one in found] == [Span(1011, 3042), Span(4444, 6000)]
    assert chars_per_second(found[0].lines, found[0].span.duration_ms, ENGLISH.counting) <= 20


def test_a_cue_on_a_template_says_where_its_times_come_from() -> None:
    before = replace(cue("x" * 40, 1000, 2500), speech=Span(1250, 2000))
    (after,) = time_cues([before], ENGLISH, FILM, linger=False, keep_in_times=True)
    template, reading = MoveReason.TEMPLATE, MoveReason.READING_SPEED
    assert after.moves == (
        Move(edge=Edge.IN_TIME, from_ms=1250, to_ms=1000, reason=template),
        Move(edge=Edge.OUT_TIME, from_ms=2000, to_ms=2500, reason=template),
        Move(edge=Edge.OUT_TIME, from_ms=2500, to_ms=3000, reason=reading),
    )


def test_the_moves_of_the_source_go_on_in_its_translation() -> None:
    (source,) = time_cues([said(1000, 2000)], ENGLISH, FILM, linger=True)
    draft = replace(source, cue_id="t", lines=("x" * 60,), source_cue_ids=("c0",))
    (target,) = time_cues([draft], ENGLISH, FILM, linger=False, keep_in_times=True)
    assert [move.reason for move in target.moves] == [MoveReason.LINGER, MoveReason.READING_SPEED]
    assert target.span == Span(1000, 3500)


def test_moves_that_no_longer_lead_to_the_times_are_forgotten() -> None:
    (timed_once,) = time_cues([said(1000, 2000)], ENGLISH, FILM, linger=True)
    edited = replace(timed_once, span=Span(1000, 2250))
    (found,) = time_cues([edited], ENGLISH, FILM, linger=False, keep_in_times=True)
    assert found.span == edited.span
    assert [move.reason for move in found.moves] == [MoveReason.TEMPLATE]


def test_cues_keep_everything_but_their_times() -> None:
    before = cue("text", 1000, 1100, confidence=0.4, source_cue_ids=("s1",))
    (after,) = time_cues([before], ENGLISH, NO_PICTURE, linger=False)
    assert replace(after, moves=()) == replace(before, span=Span(1000, 1833))


def test_two_hours_with_a_cut_every_few_seconds_take_a_fraction_of_a_second() -> None:
    draw = Random(1)
    cues, now = [], 0
    for number in range(2500):
        now += draw.choice([0, 0, 120, 300, 700, 1500, 4000])
        length = draw.randint(300, 5000)
        cues.append(said(now, now + length, "x" * draw.randint(5, 42), number=number))
        now += length
    cuts = sorted({draw.randrange(now // 40) * 40 for _ in range(1500)})
    picture = Picture(frame_rate=Fraction(25), shot_changes_ms=tuple(cuts))
    begun = time.thread_time()  # what other tests left running in this process is not counted
    time_cues(cues, ENGLISH, picture, linger=True)
    # Some 0.07 s on a machine that has nothing else to do.
    assert time.thread_time() - begun < 5

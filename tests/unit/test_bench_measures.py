"""What the subtitle benchmark measures with: right on files whose faults are known."""

import pytest
from bench_measures import agreement, bad_row_ends, conformity, legal_part, resting, suber, within
from timed_text import profile

from subtitles.cues import Subtitle
from subtitles.span import Span


def cue(start_ms, end_ms, text):
    return Subtitle(Span(start_ms, end_ms), tuple(text.split("/")))


REFERENCE = (
    cue(1000, 3000, "Where have you been?"),
    cue(3500, 6000, "I was at the station all day."),
    cue(9000, 11000, "Nobody told me."),
)


def test_a_file_agrees_with_itself():
    found = agreement(REFERENCE, REFERENCE)
    assert found.in_errors_ms == found.out_errors_ms == (0, 0, 0)
    assert (found.hits, found.found, found.wanted, found.f1) == (2, 2, 2, 1.0)
    assert suber([(REFERENCE, REFERENCE)]) == 0


def test_a_long_file_is_compared_in_stretches():
    long = tuple(cue(3000 * at, 3000 * at + 3000, f"word {at} again") for at in range(100))
    other = (*long[:50], cue(150_000, 153_000, "something else altogether"), *long[51:])
    assert suber([(long, long)]) == 0
    assert suber([(other, long)]) == pytest.approx(100 * 3 / 400, abs=0.01)


def test_a_late_cue_shows_in_its_times_alone():
    late = (REFERENCE[0], cue(3600, 6800, "I was at the station all day."), REFERENCE[2])
    found = agreement(late, REFERENCE)
    assert found.in_errors_ms == (0, 100, 0)
    assert found.out_errors_ms == (0, 800, 0)
    assert found.f1 == 1.0
    assert within(found.in_errors_ms, 2) == pytest.approx(2 / 3)
    assert within(found.in_errors_ms, 12) == 1.0
    assert resting((0, 500, 800, -200)) == 0.5


def test_a_cut_elsewhere_shows_in_the_boundaries_and_in_suber():
    torn = (
        REFERENCE[0],
        cue(3500, 4500, "I was at"),
        cue(4600, 6000, "the station all day."),
        REFERENCE[2],
    )
    found = agreement(torn, REFERENCE)
    assert (found.hits, found.found, found.wanted) == (2, 3, 2)
    assert len(found.in_errors_ms) == 3
    assert suber([(torn, REFERENCE)]) > 0


def test_misheard_words_hide_no_boundary():
    misheard = (
        REFERENCE[0],
        cue(3500, 6000, "Eyes at the station all day."),
        cue(9000, 11000, "No body told me."),
    )
    assert agreement(misheard, REFERENCE).hits == 2


def test_invented_cues_before_and_after_the_reference_cost_precision_alone():
    more = (cue(0, 900, "Hello there."), *REFERENCE, cue(20_000, 21_000, "Thank you."))
    found = agreement(more, REFERENCE)
    assert (found.hits, found.found, found.wanted) == (2, 4, 2)
    assert found.in_errors_ms == found.out_errors_ms == (0, 0, 0)


def test_reference_cues_that_no_file_may_have_are_left_out_with_what_lies_on_them():
    long = cue(3500, 20_000, "A sentence that no subtitle may hold, since it is far too long. " * 2)
    mine = (
        REFERENCE[0],
        cue(3600, 9000, "A sentence that no subtitle may hold,"),
        cue(21_000, 22_000, "Yes."),
    )
    kept, legal = legal_part(mine, (REFERENCE[0], long), profile())
    assert legal == (REFERENCE[0],)
    assert kept == (mine[0], mine[2])


def test_every_limit_is_measured():
    bad = (
        cue(0, 500, "too short"),
        cue(500, 9000, "too long, and without a gap"),
        cue(9100, 10_000, "a row that is wider than what is allowed for one"),
        cue(11_000, 13_000, "three/rows/here"),
    )
    found = conformity(bad, profile())
    assert found == {
        "at most two rows": 0.75,
        "row length": 0.75,
        "smallest gap": pytest.approx(2 / 3),
        "longest duration": 0.75,
        "shortest duration": 0.75,
        "reading speed": 0.75,
    }


def test_a_row_may_end_in_a_preposition_only_without_another_place():
    needless = cue(0, 2000, "I went to the/station yesterday.")
    needed = cue(0, 2000, f"{'x' * 38} the/{'y' * 42}")
    torn = cue(0, 2000, "I went to")
    at_a_stop = cue(0, 2000, "Come in!/What is it for?")
    assert bad_row_ends([needless], "en", profile()) == (2, 1)
    assert bad_row_ends([needed], "en", profile()) == (2, 0)
    assert bad_row_ends([torn], "en", profile()) == (1, 1)
    assert bad_row_ends([at_a_stop], "en", profile()) == (2, 0)

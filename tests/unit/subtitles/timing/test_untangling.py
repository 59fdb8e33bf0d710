"""Cues of any file, one after the other."""

from hypothesis import given
from hypothesis import strategies as st
from timed_text import cue

from subtitles.cues import Cue, MoveReason
from subtitles.span import Span
from subtitles.timing.untangling import untangled

SHORTEST_MS = 800


@st.composite
def tangled(draw):
    spans = draw(st.lists(st.tuples(st.integers(0, 9_000), st.integers(1, 5_000)), max_size=8))
    return [
        Cue(cue_id=f"c{n}", span=Span(start, start + length), lines=(draw(ROWS), f"row {n}"))
        for n, (start, length) in enumerate(spans)
    ]


ROWS = st.sampled_from(["One.", "Two.", "[door]"])


@given(tangled())
def test_no_two_cues_are_shown_at_once_and_every_row_is_there(cues):
    found = untangled(cues, SHORTEST_MS)
    for one, other in zip(found.cues, found.cues[1:], strict=False):
        assert one.span.end_ms <= other.span.start_ms
    assert sorted(row for one in found.cues for row in one.lines) == sorted(
        row for one in cues for row in one.lines
    )
    for one in found.cues:
        was = next(cue for cue in cues if cue.cue_id == one.cue_id)
        assert one.span.start_ms == was.span.start_ms
        assert one.span.duration_ms >= min(SHORTEST_MS, was.span.duration_ms)


@given(tangled())
def test_what_is_in_order_stays_as_it_is(cues):
    once = untangled(cues, SHORTEST_MS).cues
    again = untangled(reversed(once), SHORTEST_MS)
    assert again.cues == once
    assert (again.shortened, again.joined) == ((), ())


def test_a_cue_ends_where_the_next_begins_and_says_so():
    first, second = cue("One.", 0, 4_000), cue("Two.", 3_000, 5_000)
    found = untangled([first, second], SHORTEST_MS)
    assert [one.span for one in found.cues] == [Span(0, 3_000), Span(3_000, 5_000)]
    (move,) = found.cues[0].moves
    assert (move.from_ms, move.to_ms, move.reason) == (4_000, 3_000, MoveReason.COLLISION)
    assert found.shortened == ("c1",)


def test_cues_shown_together_are_one_with_the_same_row_once():
    rows = [("One.", "a"), ("One.", "b"), ("Sign", "c")]
    found = untangled([cue(text, 0, 2_000, cue_id=name) for text, name in rows], SHORTEST_MS)
    assert [(one.lines, one.cue_id) for one in found.cues] == [(("One.", "Sign"), "a")]
    assert found.joined == ("a",)

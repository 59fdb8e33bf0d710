"""A newer machine draft meets people's work: what has to hold, and the table of cases."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from merge_strategies import Line, draft_cues, lines, meetings, parked, sources_of

from review.merging.alignment import aligned
from review.merging.hands import kept_by_people
from review.merging.merge import Hand, Newer, merge
from review.merging.source_changes import source_change
from review.tasks import CueState
from subtitles.span import Span

EDITED, CONFIRMED, MACHINE = CueState.EDITED, CueState.CONFIRMED, CueState.MACHINE

# ---- what holds for every text and every draft ---------------------------------------------------


@settings(max_examples=120)
@given(meetings())
def test_what_holds_for_every_merge(meeting):
    hand, newer = meeting
    merged = merge(hand, newer)
    _no_text_of_a_person_disappears_or_changes_its_name(hand, merged)
    _the_track_is_in_order_and_no_time_is_given_twice(merged.cues)
    _every_cue_of_the_draft_stands_somewhere_or_people_left_it_out(hand, newer, merged)
    again = merge(replace(hand, cues=merged.cues, sources=merged.sources), newer)
    assert (again.cues, again.standing) == (merged.cues, merged.standing)


def _no_text_of_a_person_disappears_or_changes_its_name(hand, merged):
    after = {cue.cue_id: cue for cue in merged.cues}
    for cue in kept_by_people(hand.cues, hand.approved):
        assert after[cue.cue_id].text == cue.text
        assert after[cue.cue_id].machine_text == cue.machine_text
        assert cue.cue_id in merged.kept_ids


def _the_track_is_in_order_and_no_time_is_given_twice(cues):
    assert [cue.ordinal for cue in cues] == list(range(len(cues)))
    assert len({cue.cue_id for cue in cues}) == len(cues)
    assert all(cue.span.duration_ms > 0 for cue in cues)
    for one, other in pairwise(cues):
        assert one.span.end_ms <= other.span.start_ms


def _every_cue_of_the_draft_stands_somewhere_or_people_left_it_out(hand, newer, merged):
    by_id = {cue.cue_id: cue for cue in merged.cues}
    rendered = {
        place
        for cue in hand.cues
        if cue.first_source is not None
        for place in range(cue.first_source, cue.last_source + 1)
    }
    left_out = {one.text for place, one in enumerate(hand.sources) if place not in rendered}
    for place, cue in enumerate(newer.cues):
        standing = merged.standing[cue.cue_id]
        assert standing or cue.source_text in left_out
        for name in standing:
            assert by_id[name].first_source <= place <= by_id[name].last_source
            if name not in merged.kept_ids:
                assert (by_id[name].text, by_id[name].state) == (cue.text, MACHINE)


@given(lines, lines)
def test_what_nobody_touched_becomes_the_new_draft(before, after):
    hand = Hand(
        cues=tuple(parked(draft_cues(before, "a"))), sources=sources_of(draft_cues(before, "a"))
    )
    newer = Newer(cues=draft_cues(after, "b"))
    merged = merge(hand, newer)
    assert not merged.kept_ids
    assert [(cue.text, cue.span, cue.source_text) for cue in merged.cues] == [
        (cue.text, cue.span, cue.source_text) for cue in newer.cues
    ]


@given(lines)
def test_a_track_beside_itself_is_paired_cue_by_cue(given_lines):
    sources = sources_of(draft_cues(given_lines, "a"))
    assert aligned(sources, sources) == {place: place for place in range(len(sources))}


@given(meetings())
def test_a_corrected_transcript_changes_no_text_and_no_time_and_twice_is_once(meeting):
    hand, newer = meeting
    change = source_change(hand.cues, hand.sources, newer.sources)
    shown = [(cue.cue_id, cue.text, cue.span) for cue in hand.cues]
    assert [(cue.cue_id, cue.text, cue.span) for cue in change.cues] == shown
    again = source_change(change.cues, change.sources, newer.sources)
    assert (again.cues, again.sources, again.changed_ids) == (change.cues, change.sources, ())
    for cue in change.cues:
        assert cue.is_stale or cue.cue_id not in change.changed_ids


# ---- the table of cases --------------------------------------------------------------------------

GATE = Line(pause_ms=1_000, shown_ms=2_000, said="The gate is open.", text="Das Tor ist auf.")
WAND = Line(pause_ms=500, shown_ms=2_000, said="He broke his wand.", text="Er brach ihn.")
BYE = Line(pause_ms=500, shown_ms=1_000, said="Goodbye.", text="Auf Wiedersehen.")
THREE = [GATE, WAND, BYE]


def hand_of(*changes, given_lines=THREE, **more) -> Hand:
    """The draft of some lines, with changes made to cues by their places."""
    cues = parked(draft_cues(list(given_lines), "a"))
    for place, change in changes:
        cues[place] = replace(cues[place], **change)
    return Hand(cues=tuple(cues), sources=sources_of(draft_cues(list(given_lines), "a")), **more)


def newer_of(*given_lines: Line) -> Newer:
    return Newer(cues=draft_cues(list(given_lines), "b"))


def other(line: Line, **change) -> Line:
    return replace(line, **change)


def test_an_untouched_cue_takes_the_new_text_and_keeps_its_id():
    merged = merge(hand_of(), newer_of(GATE, other(WAND, text="Er zerbrach ihn."), BYE))
    assert [cue.cue_id for cue in merged.cues] == ["a0", "a1", "a2"]
    assert [cue.version for cue in merged.cues] == [1, 2, 1]
    assert merged.cues[1].text == merged.cues[1].machine_text == "Er zerbrach ihn."


@pytest.mark.parametrize("state", [EDITED, CONFIRMED])
def test_a_cue_with_work_on_it_keeps_text_and_tick_and_is_offered_the_new_one(state):
    hand = hand_of((1, {"text": "Er brach den Stab.", "state": state}))
    kept = merge(hand, newer_of(GATE, other(WAND, text="Er zerbrach ihn."), BYE)).cues[1]
    assert (kept.text, kept.state, kept.is_stale) == ("Er brach den Stab.", state, False)
    assert (kept.offered_text, kept.machine_text) == ("Er zerbrach ihn.", "Er brach ihn.")


def test_nothing_is_offered_that_is_there_or_was_there():
    hand = hand_of((1, {"text": "Er zerbrach ihn.", "state": EDITED}), (2, {"state": CONFIRMED}))
    merged = merge(hand, newer_of(GATE, other(WAND, text="Er zerbrach ihn."), BYE))
    assert [cue.offered_text for cue in merged.cues] == ["", "", ""]


def test_a_cue_whose_source_changed_keeps_its_text_loses_its_tick_and_is_stale():
    hand = hand_of((1, {"text": "Er brach den Stab.", "state": CONFIRMED}))
    changed = other(WAND, said="He broke his hand.", text="Er brach sich die Hand.")
    kept = merge(hand, newer_of(GATE, changed, BYE)).cues[1]
    assert (kept.text, kept.state, kept.is_stale) == ("Er brach den Stab.", EDITED, True)
    assert kept.source_text == "He broke his hand."
    assert kept.offered_text == "Er brach sich die Hand."


def test_a_ticked_off_machine_text_whose_source_changed_is_still_a_persons():
    hand = hand_of((1, {"state": CONFIRMED}))
    newer = newer_of(GATE, other(WAND, said="He broke his hand.", text="Die Hand."), BYE)
    once = merge(hand, newer)
    assert (once.cues[1].text, once.cues[1].is_stale) == ("Er brach ihn.", True)
    later = newer_of(GATE, other(WAND, said="He broke his hand.", text="Seine Hand."), BYE)
    twice = merge(Hand(cues=once.cues, sources=once.sources), later)
    assert twice.cues[1].text == "Er brach ihn."
    assert twice.cues[1].offered_text == "Seine Hand."


def test_other_rows_or_styling_of_the_same_words_are_no_change():
    hand = hand_of((1, {"text": "X.", "state": CONFIRMED}))
    kept = merge(hand, newer_of(GATE, other(WAND, said="<i>He broke\nhis wand.</i>"), BYE)).cues[1]
    assert (kept.is_stale, kept.state) == (False, CONFIRMED)


@pytest.mark.parametrize(
    ("moved_ms", "by_a_person", "taken"),
    [(100, False, True), (119, False, True), (120, False, False), (100, True, False)],
)
def test_a_small_move_is_taken_unless_a_person_timed_the_cue(moved_ms, by_a_person, taken):
    change = {"text": "X.", "state": EDITED}
    if by_a_person:
        change["span"] = Span(3_510, 5_400)
    hand = hand_of((1, change))
    newer = newer_of(GATE, other(WAND, pause_ms=WAND.pause_ms + moved_ms), BYE)
    kept = merge(hand, newer).cues[1]
    assert (kept.span == newer.cues[1].span) is taken
    assert (kept.span == hand.cues[1].span) is not taken
    assert kept.version == (2 if taken else 1)


def test_what_a_person_split_stays_split_on_the_new_source():
    hand = hand_of()
    first = replace(hand.cues[1], text="Er brach", span=Span(3_500, 4_500), state=EDITED)
    second = replace(first, cue_id="half", text="den Stab.", span=Span(4_500, 5_500))
    hand = replace(hand, cues=(hand.cues[0], first, second, hand.cues[2]))
    new = Line(pause_ms=0, shown_ms=300, said="Oh.", text="Oh.")
    merged = merge(hand, newer_of(new, GATE, WAND, BYE))
    assert [cue.cue_id for cue in merged.cues] == ["b0", "a0", "a1", "half", "a2"]
    assert [cue.first_source for cue in merged.cues] == [0, 1, 2, 2, 3]
    assert merged.standing["b2"] == ("a1", "half")
    assert not any(cue.is_stale or cue.offered_text for cue in merged.cues)


def test_what_a_person_joined_stays_joined_and_hears_of_a_change_in_either_part():
    hand = hand_of()
    joined = replace(
        hand.cues[0],
        text="Offen. Er brach ihn.",
        span=Span(1_000, 5_500),
        last_source=1,
        state=EDITED,
    )
    hand = replace(hand, cues=(joined, hand.cues[2]))
    merged = merge(hand, newer_of(GATE, WAND, BYE))
    assert [cue.is_stale for cue in merged.cues] == [False, False]
    merged = merge(hand, newer_of(GATE, other(WAND, said="He broke his hand."), BYE))
    assert merged.cues[0].is_stale
    assert merged.cues[0].source_text == "The gate is open.\nHe broke his hand."
    assert merged.cues[0].earlier_source == joined.source_text
    assert merged.cues[0].offered_text == "Das Tor ist auf.\nEr brach ihn."


def test_a_source_cut_in_two_is_no_change_for_the_cue_that_renders_all_of_it():
    hand = hand_of((1, {"text": "X.", "state": CONFIRMED}))
    parts = (
        other(WAND, shown_ms=1_000, said="He broke", text="Er brach"),
        Line(pause_ms=0, shown_ms=1_000, said="his wand.", text="ihn."),
    )
    merged = merge(hand, newer_of(GATE, *parts, BYE))
    kept = merged.cues[1]
    assert (kept.first_source, kept.last_source, kept.is_stale) == (1, 2, False)
    assert [cue.text for cue in merged.cues] == [GATE.text, "X.", BYE.text]


def test_human_text_whose_source_is_gone_stays_as_an_orphan():
    hand = hand_of((1, {"text": "X.", "state": CONFIRMED}))
    merged = merge(hand, newer_of(GATE, other(BYE, pause_ms=3_000)))
    orphan = merged.cues[1]
    assert (orphan.text, orphan.is_stale, orphan.first_source) == ("X.", True, None)
    assert orphan.source_text == WAND.said
    assert orphan.state is EDITED


def test_machine_text_whose_source_is_gone_goes():
    merged = merge(hand_of(), newer_of(GATE, other(BYE, pause_ms=3_000)))
    assert [cue.cue_id for cue in merged.cues] == ["a0", "a2"]


def test_what_a_person_deleted_comes_back_only_if_it_says_something_else():
    hand = hand_of()
    hand = replace(hand, cues=(hand.cues[0], hand.cues[2]))
    assert [cue.cue_id for cue in merge(hand, newer_of(*THREE)).cues] == ["a0", "a2"]
    changed = merge(hand, newer_of(GATE, other(WAND, said="He broke his hand."), BYE))
    assert [cue.cue_id for cue in changed.cues] == ["a0", "b1", "a2"]


def test_a_line_that_a_person_added_and_the_machine_now_hears_is_theirs():
    hand = hand_of(given_lines=[GATE, BYE])
    added = replace(
        hand.cues[0], cue_id="new", span=Span(3_000, 3_500), text="Na!", machine_text="",
        machine_span=None, first_source=None, last_source=None, state=CONFIRMED, source_text="",
    )  # fmt: skip
    hand = replace(hand, cues=(hand.cues[0], added, hand.cues[1]))
    heard = Line(pause_ms=0, shown_ms=500, said="Well!", text="Nun!")
    merged = merge(hand, newer_of(GATE, heard, other(BYE, pause_ms=0)))
    kept = merged.cues[1]
    assert (kept.text, kept.source_text, kept.offered_text) == ("Na!", "Well!", "Nun!")
    assert (kept.is_stale, kept.state) == (False, CONFIRMED)
    assert len(merged.cues) == 3


def test_a_new_cue_gives_way_to_the_times_that_people_set():
    hand = hand_of((0, {"span": Span(1_000, 3_300), "state": EDITED}), given_lines=[GATE, BYE])
    heard = Line(pause_ms=0, shown_ms=500, said="Well!", text="Nun!")
    merged = merge(hand, newer_of(GATE, heard, other(BYE, pause_ms=0)))
    assert [cue.text for cue in merged.cues] == [GATE.text, BYE.text]  # 3 of 5 parts were taken
    assert merged.cues[0].is_stale
    hand = hand_of((0, {"span": Span(1_000, 3_200), "state": EDITED}), given_lines=[GATE, BYE])
    merged = merge(hand, newer_of(GATE, heard, other(BYE, pause_ms=0)))
    assert merged.cues[1].span == merged.cues[1].machine_span == Span(3_200, 3_500)


def test_what_reads_as_it_was_approved_is_kept():
    hand = hand_of(approved={"a1": WAND.text, "a2": "something else"})
    merged = merge(hand, newer_of(*(other(one, text="Neu.") for one in THREE)))
    assert [cue.text for cue in merged.cues] == ["Neu.", WAND.text, "Neu."]
    assert merged.cues[1].offered_text == "Neu."


def test_a_transcript_has_no_source_that_could_change():
    hand = hand_of((1, {"text": "He broke his wand!", "state": CONFIRMED}), is_transcript=True)
    kept = merge(hand, newer_of(GATE, other(WAND, said="Hebrew.", text="Hebrew."), BYE)).cues[1]
    assert (kept.is_stale, kept.state, kept.offered_text) == (False, CONFIRMED, "Hebrew.")


def test_the_same_words_at_another_end_of_the_film_are_another_cue():
    far = other(WAND, pause_ms=60_000)
    hand = hand_of((1, {"text": "X.", "state": EDITED}))
    merged = merge(hand, newer_of(GATE, far))
    assert [(cue.text, cue.first_source) for cue in merged.cues] == [
        (GATE.text, 0),
        ("X.", None),
        (far.text, 1),
    ]


def test_a_corrected_transcript_marks_what_it_changed_and_counts_what_nobody_renders():
    hand = hand_of((1, {"text": "X.", "state": CONFIRMED}))
    new = Line(pause_ms=200, shown_ms=250, said="Oh.", text="")
    said = sources_of(
        draft_cues([GATE, other(WAND, said="His hand."), new, other(BYE, pause_ms=50)], "t")
    )
    change = source_change(hand.cues, hand.sources, said)
    assert change.changed_ids == ("a1",)
    assert change.untold_count == 1
    assert [cue.is_stale for cue in change.cues] == [False, True, False]
    assert [cue.first_source for cue in change.cues] == [0, 1, 2]
    assert [source.text for source in change.sources] == [GATE.said, "His hand.", BYE.said]
    assert change.cues[1].source_text == "His hand."

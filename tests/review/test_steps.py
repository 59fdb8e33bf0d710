"""Steps on cues: what none of them may break, whatever the texts and times are."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from step_strategies import TEXTS, by, going_on, section_of, sections, steps_on

from review.errors import InvalidEditError, InvalidStepError
from review.sql.step_storing import Done
from review.steps.cutting import cut, joined, word_starts
from review.steps.doing import done
from review.steps.kinds import (
    Confirm,
    Delete,
    Insert,
    Merge,
    MoveWords,
    SetTexts,
    SetTimes,
    Shift,
    Side,
    Split,
)
from review.steps.records import as_json, from_json, recorded
from review.steps.undoing import undone
from review.tasks import CueState
from subtitles.counting import clusters, visible_text
from subtitles.language import parse_language
from subtitles.span import Span
from subtitles.typography.marked import TAG

GERMAN = by("25").profile


def letters(*texts: str) -> str:
    """What is read, without any space: cutting and joining may change rows, nothing else."""
    return re.sub(r"\s+", "", "".join(map(visible_text, texts)))


def is_nested(text: str) -> bool:
    """Whether every tag that is opened is closed, the innermost first."""
    opened = []
    for tag in TAG.findall(text):
        name = re.sub(r"</?([a-z]*).*", r"\1", tag)
        if tag.startswith("</"):
            if not opened or opened.pop() != name:
                return False
        elif name and tag[0] == "<":
            opened.append(name)
    return not opened


def attempted(section, step):
    """The cues after a step; None when it is refused."""
    try:
        return done(section, step)
    except InvalidEditError:
        return None


@given(TEXTS, st.data())
def test_a_cut_loses_no_letter_and_joined_again_the_text_is_what_it_was(text, data):
    at_char = data.draw(st.integers(-1, len(text) + 1))
    try:
        first, second = cut(text, at_char)
    except InvalidStepError:
        return
    assert letters(first, second) == letters(text)
    assert letters(joined(first, second, GERMAN)) == letters(text)
    assert (first, second) == (first.rstrip(), second.lstrip())
    assert sorted(clusters(letters(first)) + clusters(letters(second))) == sorted(
        clusters(letters(text))
    )
    assert not is_nested(text) or (is_nested(first) and is_nested(second))


@pytest.mark.parametrize(
    ("text", "at_char", "first", "second"),
    [
        ("Guten Tag, Herr.", 6, "Guten", "Tag, Herr."),
        ("<i>Guten Tag</i>", 8, "<i>Guten</i>", "<i>Tag</i>"),
        ("A <i>b</i>", 5, "A", "<i>b</i>"),
        ("<i>A</i> b", 4, "<i>A</i>", "b"),
        (
            '<font color="red">Eins zwei</font>',
            23,
            *(f'<font color="red">{word}</font>' for word in ("Eins", "zwei")),
        ),
        (
            r"{\an8}<i><b>Ja du</b> da</i>",
            15,
            r"{\an8}<i><b>Ja</b></i>",
            r"{\an8}<i><b>du</b> da</i>",
        ),
        ("Zeile eins\nZeile zwei", 10, "Zeile eins", "Zeile zwei"),
        ("<i>Nie zu", 7, "<i>Nie</i>", "<i>zu"),
    ],
)
def test_tags_are_closed_before_a_cut_and_opened_again_after_it(text, at_char, first, second):
    assert cut(text, at_char) == (first, second)
    assert joined(first, second, GERMAN) == text.replace("\n", " ")


@pytest.mark.parametrize(
    ("text", "at_char", "why"),
    [
        ("e\u0301t", 1, "inside a character"),
        ("ab <i>c</i>", 5, "inside a tag"),
        ("ab", 0, "text on both sides"),
        ("ab", 2, "text on both sides"),
        ("<i>ab</i>", 3, "text on both sides"),
        ("ab   ", 3, "text on both sides"),
    ],
)
def test_a_cut_is_refused_with_what_is_wrong(text, at_char, why):
    with pytest.raises(InvalidStepError, match=why):
        cut(text, at_char)


def test_joined_texts_share_a_row_where_they_fit_and_nobody_else_speaks():
    assert joined("Ich komme", "morgen.", GERMAN) == "Ich komme morgen."
    assert joined("- Ja?", "- Nein.", GERMAN) == "- Ja?\n- Nein."
    wide = "Eine Zeile, die so gut wie voll ist,"
    assert joined(wide, "und eine zweite.", GERMAN) == f"{wide}\nund eine zweite."
    three = joined(
        f"{wide}\nund eine zweite, auch schon recht voll,", "und noch ein paar Worte.", GERMAN
    )
    assert len(three.split("\n")) == 2
    assert joined("今日は", "晴れです。", by("25", "ja").profile) == "今日は晴れです。"


def test_words_are_phrases_where_a_language_writes_no_spaces():
    def words(text, language):
        starts = word_starts(text, parse_language(language))
        return [text[start] for start in starts]

    assert words('<font color="x">Eins</font> zwei\ndrei', "de") == ["E", "z", "d"]
    assert len(words("今日はいい天気ですね", "ja")) > 1
    assert words("", "de") == []


@given(sections(), st.data())
def test_whatever_steps_are_done_cues_stay_in_order_apart_and_numbered(section, data):
    for _ in range(data.draw(st.integers(1, 6))):
        after = attempted(section, data.draw(steps_on(section)))
        if after is None:
            continue
        assert [cue.ordinal for cue in after] == list(range(len(after)))
        assert len({cue.cue_id for cue in after}) == len(after) > 0
        for earlier, later in pairwise(after):
            assert earlier.span.end_ms <= later.span.start_ms
        for cue in after:
            assert cue.span.duration_ms > 0
            assert letters(cue.text)
            assert (cue.state is CueState.MACHINE) <= (cue.text == cue.machine_text)
            assert (cue.first_source is None) == (cue.last_source is None)
        section = going_on(section, after)


@given(sections(), st.data())
def test_what_is_recorded_of_a_step_takes_it_back_whatever_it_was(section, data):
    step = data.draw(steps_on(section))
    after = attempted(section, step)
    if after is None:
        return
    touched = Done(step=step, section=section, after=after).touched
    record = from_json(as_json(recorded(step, section.cues, after, touched=touched)))
    later = going_on(section, after)
    back = undone(later, record)
    assert [replace(cue, version=0) for cue in back] == [
        replace(cue, version=0) for cue in section.cues
    ]
    known = {cue.cue_id: cue.version for cue in after}
    for cue in back:
        if cue.cue_id in touched and not isinstance(step, Confirm):
            assert cue.version > known.get(cue.cue_id, 1)


@given(sections(), st.data())
def test_split_keeps_text_and_time_and_merge_makes_one_of_the_halves_again(section, data):
    cue = data.draw(st.sampled_from(section.cues))
    at_char = data.draw(st.integers(1, max(1, len(cue.text) - 1)))
    after = attempted(section, Split(cue_id=cue.cue_id, at_char=at_char))
    if after is None:
        return
    first, second = after[cue.ordinal : cue.ordinal + 2]
    grid = section.grid
    assert (first.cue_id, second.cue_id in {one.cue_id for one in section.cues}) == (
        cue.cue_id,
        False,
    )
    assert (first.span.start_ms, second.span.end_ms) == (cue.span.start_ms, cue.span.end_ms)
    assert grid.ticks_between(first.span.end_ms, second.span.start_ms) >= grid.min_gap
    for edge in (first.span.end_ms, second.span.start_ms):
        assert grid.ms(grid.nearest(edge)) == edge
    room = grid.at_or_before(cue.span.end_ms) - grid.at_or_after(cue.span.start_ms) - grid.min_gap
    if room >= 2 * grid.shortest:
        for half in (first, second):
            ticks = grid.ticks_between(half.span.start_ms, half.span.end_ms)
            assert ticks >= grid.shortest
    assert letters(first.machine_text, second.machine_text) == letters(cue.machine_text)
    assert {half.source_text for half in (first, second)} == {cue.source_text}
    whole = attempted(going_on(section, after), Merge(cue_ids=(first.cue_id, second.cue_id)))
    assert whole is not None
    one = whole[cue.ordinal]
    assert letters(one.text) == letters(cue.text)
    assert letters(one.machine_text) == letters(cue.machine_text)
    assert (one.cue_id, one.span, one.machine_span) == (cue.cue_id, cue.span, cue.machine_span)
    assert (one.first_source, one.last_source) == (cue.first_source, cue.last_source)
    assert one.source_text == cue.source_text


@given(sections(), st.data())
def test_words_that_move_are_lost_nowhere_and_times_stay(section, data):
    cue = data.draw(st.sampled_from(section.cues))
    to, count = data.draw(st.sampled_from(Side)), data.draw(st.integers(1, 3))
    after = attempted(section, MoveWords(cue_id=cue.cue_id, to=to, count=count))
    if after is None:
        return
    assert letters(*(one.text for one in after)) == letters(*(one.text for one in section.cues))
    assert [one.span for one in after] == [one.span for one in section.cues]
    assert [one.machine_text for one in after] == [one.machine_text for one in section.cues]


@given(sections(), st.integers(-3_000, 3_000), st.data())
def test_a_shift_moves_all_that_follow_alike_and_back_again(section, by_ms, data):
    cue = data.draw(st.sampled_from(section.cues))
    after = attempted(section, Shift(cue_id=cue.cue_id, by_ms=by_ms))
    if after is None:
        return
    for was, now in zip(section.cues[cue.ordinal :], after[cue.ordinal :], strict=True):
        assert abs(now.span.start_ms - was.span.start_ms - by_ms) <= 2
        assert abs(now.span.end_ms - was.span.end_ms - by_ms) <= 2
    assert after[: cue.ordinal] == section.cues[: cue.ordinal]


def track(*spans):
    """A section with cues at these times."""
    texts = [f"Wort {number}" for number in range(len(spans))]
    return section_of(texts, [Span(*span) for span in spans])


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (SetTimes(cue_id="c1", start_ms=1_900, end_ms=3_000), "cue 1 is shown until 00:00:02.000"),
        (SetTimes(cue_id="c0", start_ms=0, end_ms=2_600), "cue 2 is shown from 00:00:02.500"),
        (SetTimes(cue_id="c0", start_ms=-1, end_ms=900), "before the title"),
        (SetTimes(cue_id="c0", start_ms=900, end_ms=900), "end after it starts"),
        (SetTimes(cue_id="c2", start_ms=6_000, end_ms=2**40), "a hundred hours"),
        (SetTimes(cue_id="c0", start_ms=0, end_ms=2_000), "already"),
        (Shift(cue_id="c1", by_ms=-501), "cue 1 is shown until"),
        (Shift(cue_id="c0", by_ms=-1), "before the title"),
        (Shift(cue_id="c0", by_ms=2**40), "a hundred hours"),
        (Merge(cue_ids=("c0", "c2")), "follow each other"),
        (Merge(cue_ids=("c0",)), "two cues"),
        (MoveWords(cue_id="c2", to=Side.NEXT, count=1), "no next cue"),
        (MoveWords(cue_id="c0", to=Side.PREVIOUS, count=1), "no previous cue"),
        (MoveWords(cue_id="c0", to=Side.NEXT, count=2), "some have to stay"),
        (MoveWords(cue_id="c0", to=Side.NEXT, count=-1), "some have to stay"),
        (Insert(after_cue_id="c0", start_ms=2_000, end_ms=2_501, text="Hm."), "cue 2 is"),
        (Insert(after_cue_id=None, start_ms=0, end_ms=20, text="Hm."), "cue 1 is shown from"),
        (Insert(after_cue_id="c2", start_ms=7_000, end_ms=7_500, text=" "), "cannot be blank"),
        (Delete(cue_ids=("c0", "c1", "c2")), "without any cue"),
        (SetTexts(texts={"c1": "a\u202eb"}), "cue 2: the text holds U+202E"),
        (Split(cue_id="c0", at_char=4, at_ms=2_000), "within the time"),
        (Split(cue_id="c0", at_char=4, at_ms=80), "too near the start"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_in_one_line(step, why):
    section = track((0, 2_000), (2_500, 5_000), (5_000, 6_000))
    with pytest.raises(InvalidEditError, match=re.escape(why)):
        done(section, step)


def test_a_cue_too_short_to_be_two_is_not_split():
    with pytest.raises(InvalidStepError, match="too short to be two"):
        done(track((0, 120)), Split(cue_id="c0", at_char=4))


def test_a_joined_cue_renders_all_that_its_parts_rendered_and_a_cut_gives_it_back():
    section = track((0, 2_000), (2_500, 5_000), (5_000, 6_000))
    one = done(section, Merge(cue_ids=("c0", "c1", "c2")))
    assert (one[0].first_source, one[0].last_source) == (0, 2)
    assert one[0].source_text == "Line 0.\nLine 1.\nLine 2."
    assert (one[0].text, one[0].state) == ("Wort 0 Wort 1 Wort 2", CueState.MACHINE)
    halves = done(going_on(section, one), Split(cue_id="c0", at_char=13, at_ms=5_000))
    assert [(half.text, half.first_source, half.last_source) for half in halves] == [
        ("Wort 0 Wort 1", 0, 1),
        ("Wort 2", 2, 2),
    ]
    middle = done(going_on(section, one), Split(cue_id="c0", at_char=13, at_ms=3_800))
    assert [(half.first_source, half.last_source) for half in middle] == [(0, 1), (1, 2)]


def test_what_a_newer_draft_offers_is_for_neither_half_and_joined_it_is_for_the_whole():
    section = track((0, 2_000), (2_500, 5_000))
    offered = replace(section.cues[0], offered_text="Neues Wort", is_stale=True)
    section = replace(section, cues=(offered, section.cues[1]))
    halves = done(section, Split(cue_id="c0", at_char=4))
    assert [(half.offered_text, half.is_stale) for half in halves[:2]] == [("", True)] * 2
    (one,) = done(section, Merge(cue_ids=("c0", "c1")))
    assert (one.offered_text.split()[:2], one.is_stale) == (["Neues", "Wort"], True)


def test_a_tick_goes_with_the_text_and_stays_when_only_times_change():
    section = track((0, 2_000), (2_500, 5_000))
    section = going_on(section, done(section, Confirm(cue_ids=("c0", "c1"))))
    moved = done(section, MoveWords(cue_id="c0", to=Side.NEXT, count=1))
    assert [cue.state for cue in moved] == [CueState.EDITED] * 2
    timed = done(section, Shift(cue_id="c0", by_ms=40))
    assert [cue.state for cue in timed] == [CueState.CONFIRMED] * 2

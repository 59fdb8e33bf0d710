"""Cues of a transcript cut anew: by when its words were heard, as people have corrected them."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from step_strategies import TEXTS, going_on, section_of

from review.errors import InvalidStepError
from review.hearing import HeardWord
from review.measuring import yardstick
from review.resegmenting.recut import recut
from review.resegmenting.spoken_texts import spoken_text
from review.resegmenting.staying import WhyLeft
from review.resegmenting.word_times import word_times
from review.steps.doing import done
from review.steps.kinds import Resegment
from review.steps.records import recorded
from review.steps.recutting import recut_of
from review.steps.undoing import undone
from review.tasks import CueState
from subtitles.counting import visible_text
from subtitles.language import parse_language
from subtitles.plain_text import clean_rows
from subtitles.segmentation.segmenter import segment
from subtitles.signature import EngineSignature
from subtitles.span import Span
from subtitles.typography.marked import TAG
from subtitles.words import Transcript, Word

SAID = (
    *("We", "never", "saw", "the", "boat", "again.", "Nobody", "did."),
    *("It", "was", "late", "in", "the", "year,", "and", "the", "storm", "had", "taken"),
    *("the", "harbour", "wall.", "Three", "men", "went", "out", "to", "look", "for", "them,"),
    *("and", "two", "came", "back.", "My", "father", "was", "one", "of", "the", "two."),
)


def english(language: str = "en", frame_rate: str | None = "25"):
    return yardstick(
        source_language=parse_language(language),
        language=parse_language(language),
        audience="adult",
        kind="subtitle",
        frame_rate=frame_rate,
    )


def heard_of(words, *, start_ms=1_000, speakers=None, pause_ms=600):
    """Words one after the other, with half a second after every sentence."""
    heard, at = [], start_ms
    for number, word in enumerate(words):
        speaker = speakers[number] if speakers else ""
        heard.append(HeardWord(text=word, span=Span(at, at + 300), percent=90, speaker=speaker))
        at += 350 + pause_ms * word.endswith((".", "?", "!", "。"))
    return heard


def machine_section(heard, by=None):
    """The track that the pipeline would have made of these words."""
    by = by or english()
    words = tuple(
        Word(text=f" {one.text}", span=one.span, probability=0.9, speaker=one.speaker)
        for one in heard
    )
    transcript = Transcript(
        media_id="",
        language=by.profile.language,
        language_probability=1.0,
        words=words,
        made_by=EngineSignature(engine="scripted", engine_version="1"),
    )
    track = segment(transcript, by.profile, picture=by.picture)
    section = section_of([cue.text for cue in track.cues], [cue.span for cue in track.cues])
    return replace(section, by=by, heard=heard)


def edited(section, texts):
    """The section once people have rewritten some cues; by their places."""
    cues = [
        replace(cue, text=texts.get(place, cue.text), state=CueState.EDITED)
        if place in texts
        else cue
        for place, cue in enumerate(section.cues)
    ]
    return replace(section, cues=tuple(cues))


def whole(section):
    return Resegment(first_cue_id=section.cues[0].cue_id, last_cue_id=section.cues[-1].cue_id)


def letters(cues):
    text = "".join(cue.text for cue in cues)
    return "".join(text.replace("<i>", "").replace("</i>", "").split())


def merged(section, first, second):
    """Two cues of a section as one, of two rows too wide: as somebody may leave them."""
    one, other = section.cues[first], section.cues[second]
    texts = {
        name: f"{getattr(one, name)} {getattr(other, name)}".replace("\n", " ")
        for name in ("text", "machine_text", "source_text")
    }
    whole_cue = replace(
        one,
        **texts,
        span=Span(one.span.start_ms, other.span.end_ms),
        state=CueState.EDITED,
        last_source=other.last_source,
    )
    return replace(
        section,
        cues=section.numbered((*section.cues[:first], whole_cue, *section.cues[second + 1 :])),
    )


def test_what_nobody_has_touched_is_cut_as_it_was():
    section = machine_section(heard_of(SAID))
    assert len(section.cues) > 3
    found = recut_of(section, whole(section))
    assert (found.changes, found.left, found.confirmed_count) == ((), (), 0)
    with pytest.raises(InvalidStepError, match="cut as they are"):
        done(section, whole(section))


def test_cues_that_were_joined_are_cut_where_the_words_ask_for_it():
    made = machine_section(heard_of(SAID))
    section = merged(made, 1, 2)
    after = done(section, whole(section))
    assert [cue.text for cue in after] == [cue.text for cue in made.cues]
    assert [cue.span for cue in after] == [cue.span for cue in made.cues]
    kept = [cue.cue_id for cue in made.cues if cue.ordinal not in {1, 2}]
    was = {cue.cue_id: cue for cue in section.cues}
    assert [cue for cue in after if cue.cue_id in kept] == [
        replace(was[cue_id], ordinal=cue.ordinal)
        for cue_id, cue in ((one.cue_id, one) for one in after)
        if cue_id in kept
    ]


def test_a_confirmed_cue_and_its_times_stay():
    section = merged(machine_section(heard_of(SAID)), 1, 2)
    cues = list(section.cues)
    cues[1] = replace(cues[1], state=CueState.CONFIRMED)
    section = replace(section, cues=tuple(cues))
    found = recut_of(section, whole(section))
    assert (found.changes, found.confirmed_count) == ((), 1)


def test_times_that_a_person_set_stay_where_the_words_of_the_cue_do():
    section = merged(machine_section(heard_of(SAID)), 2, 3)
    cues = list(section.cues)
    cues[0] = replace(cues[0], span=Span(cues[0].span.start_ms, cues[0].span.end_ms - 120))
    section = replace(section, cues=tuple(cues))
    after = done(section, whole(section))
    assert after[0] == cues[0]
    assert after[2] != cues[2]


def test_a_word_that_was_not_heard_has_a_time_between_its_neighbours():
    heard = heard_of(["The", "old", "boat", "left."])
    cue = section_of(["The very old ship left now."], [Span(1_000, 3_400)]).cues[0]
    (said,) = word_times([spoken_text(cue, english().profile)], heard, english().profile)
    the, very, old, ship, left, now = said
    assert [one.span for one in (the, old, ship, left)] == [word.span for word in heard]
    assert the.span.end_ms <= very.span.start_ms <= very.span.end_ms <= old.span.start_ms
    assert left.span.end_ms <= now.span.start_ms < now.span.end_ms <= cue.span.end_ms
    assert [one.is_heard for one in said] == [True, False, True, True, True, False]
    assert (old.percent, ship.percent) == (90, 100)


def test_the_same_word_far_away_is_not_its_twin():
    heard = heard_of(["Yes."], start_ms=60_000)
    cue = section_of(["Yes."], [Span(1_000, 2_000)]).cues[0]
    ((said,),) = word_times([spoken_text(cue, english().profile)], heard, english().profile)
    assert not said.is_heard
    assert said.span == cue.span


LEFT = {
    "♪ Over the sea ♪": WhyLeft.SOUND,
    "[door slams]": WhyLeft.SOUND,
    "(laughs)": WhyLeft.SOUND,
    "We <i>never</i> saw it.": WhyLeft.TAGS,
    "- Never?\n- Never.": WhyLeft.SPEAKERS,
    "Chapter one": WhyLeft.UNHEARD,
}


@pytest.mark.parametrize("text", LEFT)
def test_a_cue_that_cannot_be_cut_stays_and_says_why(text):
    heard = heard_of(["We", "never", "saw", "it.", "Never?", "Never.", "Over", "the", "sea."])
    if LEFT[text] is WhyLeft.UNHEARD:
        heard = heard_of(["Elsewhere."], start_ms=90_000)
    section = section_of([text], [Span(1_000, 4_000)])
    found = recut(section.cues, heard, english())
    assert (found.changes, found.left) == ((), ((section.cues[0], LEFT[text]),))


def test_a_text_that_waits_for_a_decision_stays():
    section = merged(machine_section(heard_of(SAID)), 1, 2)
    cues = list(section.cues)
    cues[1] = replace(cues[1], offered_text="Newer.")
    found = recut(cues, section.heard, section.by)
    assert (found.changes, found.left) == ((), ((cues[1], WhyLeft.OFFERED),))


def test_italics_around_all_of_a_cue_go_with_its_words():
    made = machine_section(heard_of(SAID))
    section = merged(made, 1, 2)
    section = edited(section, {1: f"<i>{section.cues[1].text}</i>"})
    after = done(section, whole(section))
    assert [cue.text for cue in after[1:3]] == [f"<i>{cue.text}</i>" for cue in made.cues[1:3]]
    assert [cue.machine_text for cue in after[1:3]] == [cue.text for cue in made.cues[1:3]]


def test_two_speakers_whose_voices_were_told_apart_keep_rows_of_their_own():
    said = ["Coming?", "No.", *SAID[:6]]
    voices = ["A", "B", *"A" * 6]
    heard = heard_of(said, speakers=voices, pause_ms=20)
    made = machine_section(heard)
    assert made.cues[0].text == "-Coming?\n-No."
    assert recut_of(made, whole(made)).changes == ()
    wide = edited(made, {0: "-Coming?\n-No, no.\n-Never."})
    assert [why for _, why in recut_of(wide, whole(wide)).left] == [WhyLeft.SPEAKERS]
    strangers = replace(made, heard=[replace(word, speaker="") for word in heard])
    assert [why for _, why in recut_of(strangers, whole(made)).left] == [WhyLeft.SPEAKERS]
    # Joined by hand, without dashes: a person says that it is one voice.
    one = edited(made, {0: "Coming? No."})
    assert "-" not in letters(done(one, whole(one)))


def test_no_words_no_cut():
    section = section_of(["Yes."], [Span(0, 1_000)])
    with pytest.raises(InvalidStepError, match="it is not known when"):
        done(section, whole(section))


def test_a_character_that_nobody_sees_keeps_its_own_cue_as_it_is_and_no_other():
    made = machine_section(heard_of(SAID))
    section = edited(merged(made, 1, 2), {3: "My \u200b father was one."})
    found = recut_of(section, whole(section))
    assert found.left == ((section.cues[3], WhyLeft.ODD),)
    (change,) = found.changes
    assert change.before == (section.cues[1],)
    assert [cue.text for cue in change.after] == [cue.text for cue in made.cues[1:3]]


def test_without_room_between_its_neighbours_a_cue_stays():
    section = merged(machine_section(heard_of(SAID)), 1, 2)
    first, wide, after, *rest = section.cues
    late = replace(first, span=Span(first.span.start_ms, wide.span.end_ms - 100))
    tight = replace(wide, span=Span(wide.span.end_ms - 80, wide.span.end_ms))
    section = replace(section, cues=(late, tight, after, *rest))
    found = recut_of(section, whole(section))
    assert (tight, WhyLeft.NO_ROOM) in found.left


def test_japanese_is_compared_and_cut_by_its_characters():
    by = english("ja")
    said = [
        "私たち",
        "は",
        "二度と",
        "船を",
        "見なかった。",
        "誰も",
        "見なかった。",
        "それは",
        "年の",
        "暮れ",
        "でした。",
    ]
    heard = heard_of(said)
    section = replace(
        section_of(
            ["私たちは二度と船を見なかった。誰も見なかった。", "それは年の瀬でした。"],
            [Span(1_000, 5_000), Span(5_200, 7_500)],
        ),
        by=by,
        heard=heard,
    )
    after = done(section, whole(section))
    assert letters(after) == letters(section.cues)
    assert after[0].text.replace("\n", "") == "私たちは二度と船を見なかった。"


WORDS = st.sampled_from(
    [
        "we",
        "never",
        "saw",
        "it.",
        "No.",
        "the",
        "harbour,",
        "O'Brien",
        "12",
        "—",
        "a<b",
        "l\u00a0!",
        "sea-side",
    ]
)


KINDS = ("as is", "as is", "rewritten", "confirmed", "italic", "joined")


@st.composite
def corrected(draw):
    """A track as the machine cut it, then joined, rewritten, confirmed, tagged here and there."""
    said = draw(st.lists(WORDS, min_size=3, max_size=40))
    section = machine_section(heard_of(said))
    cues = []
    for cue in section.cues:
        kind = draw(st.sampled_from(KINDS))
        if kind == "rewritten":
            text = " ".join(draw(st.lists(WORDS, min_size=1, max_size=9)))
            cues.append(replace(cue, text=text))
        elif kind == "italic":
            cues.append(replace(cue, text=f"<i>{cue.text}</i>"))
        elif kind == "confirmed":
            cues.append(replace(cue, state=CueState.CONFIRMED))
        elif kind == "joined" and cues and cues[-1].state is not CueState.CONFIRMED:
            last = cues.pop()
            span = Span(last.span.start_ms, cue.span.end_ms)
            cues.append(replace(last, text=f"{last.text} {cue.text}", span=span))
        else:
            cues.append(cue)
    return replace(section, cues=section.numbered(cues))


@given(corrected())
def test_every_character_stays_in_order_and_confirmed_cues_to_the_millisecond(section):
    try:
        after = done(section, whole(section))
    except InvalidStepError:
        return
    assert letters(after) == letters(section.cues)
    confirmed = [cue for cue in section.cues if cue.state is CueState.CONFIRMED]
    now = {cue.cue_id: cue for cue in after}
    assert [replace(now[cue.cue_id], ordinal=0) for cue in confirmed] == [
        replace(cue, ordinal=0) for cue in confirmed
    ]
    assert len(now) == len(after)
    assert [cue.ordinal for cue in after] == list(range(len(after)))
    for one, other in pairwise(after):
        assert one.span.end_ms <= other.span.start_ms
    assert all(cue.span.duration_ms > 0 for cue in after)


@given(corrected())
def test_cut_again_nothing_changes_and_one_undo_takes_all_back(section):
    step = whole(section)
    try:
        after = done(section, step)
    except InvalidStepError:
        return
    was, now = ({cue.cue_id: cue for cue in cues} for cues in (section.cues, after))
    touched = frozenset(one for one in was.keys() | now.keys() if was.get(one) != now.get(one))
    record = recorded(step, section.cues, after, touched=touched)
    back = undone(going_on(section, after), record)
    assert [replace(cue, version=0) for cue in back] == [
        replace(cue, version=0) for cue in section.cues
    ]
    again = going_on(section, after)
    assert recut_of(again, whole(again)).changes == ()


ODD_TEXTS = TEXTS | st.lists(
    st.sampled_from(
        ["- ", "\u200b", "\u00ad", "\u202b", "\u00a0", "\n", " ", "ab", "c.", "日本。", "ก็"]
    ),
    min_size=1,
    max_size=9,
).map("".join).filter(lambda text: visible_text(text).strip() and clean_rows(text))


@given(
    st.lists(ODD_TEXTS, min_size=1, max_size=5),
    st.lists(ODD_TEXTS, min_size=1, max_size=9),
    st.sampled_from(["en", "ja", "ar", "th"]),
)
def test_whatever_was_typed_or_heard_nothing_is_lost_and_nothing_overlaps(typed, said, language):
    texts = ["\n".join(clean_rows(text)) for text in typed]
    spans = [Span(2_000 * place, 2_000 * place + 1_900) for place in range(len(texts))]
    section = replace(section_of(texts, spans), by=english(language), heard=heard_of(said))
    try:
        after = done(section, whole(section))
    except InvalidStepError:
        return
    assert TAG.sub("", letters(after)) == TAG.sub("", letters(section.cues))
    assert all(one.span.end_ms <= other.span.start_ms for one, other in pairwise(after))

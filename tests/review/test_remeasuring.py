"""Findings after a change: on what changed, and on what stands beside it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from step_strategies import by, section_of, sections, steps_on

from review.errors import InvalidEditError
from review.remeasuring import remeasured
from review.steps.doing import done
from review.steps.kinds import Delete, Merge, MoveWords, SetTexts, SetTimes, Shift, Side
from review.tasks import Waiver
from subtitles.findings import Finding, Severity
from subtitles.span import Span
from translate.glossary.agreed import AgreedTerm


def no_terms(cue_id):
    return ()


def measured(section):
    """The section as if a person had just written all of it."""
    return replace(section, cues=remeasured((), section.cues, section.by, no_terms))


def after(section, step, terms=no_terms):
    return remeasured(section.cues, done(section, step), section.by, terms)


def rules(cues):
    return [[one.rule for one in cue.findings] for cue in cues]


def track(*texts, pitch_ms=3_000, sources=()):
    spans = [Span(pitch_ms * n, pitch_ms * n + 2_000) for n in range(len(texts))]
    section = section_of(list(texts), spans)
    said = [*sources, *(cue.source_text for cue in section.cues[len(sources) :])]
    cues = (
        replace(cue, source_text=source) for cue, source in zip(section.cues, said, strict=True)
    )
    return measured(replace(section, cues=tuple(cues)))


def suspicion(cue_id, rule):
    return Finding(
        rule=rule,
        severity=Severity.WARNING,
        cue_id=cue_id,
        measured=1,
        limit=0,
        unit="",
        source="-",
    )


@given(sections(), st.data())
def test_after_any_step_everything_is_found_that_is_found_on_the_whole_track_anew(section, data):
    section = measured(section)
    try:
        cues = done(section, data.draw(steps_on(section)))
    except InvalidEditError:
        return
    found = remeasured(section.cues, cues, section.by, no_terms)
    anew = remeasured((), tuple(replace(cue, findings=()) for cue in cues), section.by, no_terms)
    for cue, whole in zip(found, anew, strict=True):
        assert set(cue.findings) == set(whole.findings)
        assert {one.cue_id for one in cue.findings} <= {cue.cue_id}


def test_a_number_that_leaves_a_text_is_missed_beside_it_and_found_again_when_it_comes_back():
    section = track("Im Jahr 1999", "war es so.", sources=("In 1999", "it was, in 1999."))
    assert rules(section.cues) == [[], []]
    without = after(section, SetTexts(texts={"c0": "Damals"}))
    assert rules(without) == [["missing-numbers"], ["missing-numbers"]]
    later = replace(section, cues=without)
    assert rules(after(later, SetTexts(texts={"c0": "Im Jahr 1999"}))) == [[], []]


def test_a_word_of_the_show_may_move_to_the_cue_beside():
    terms = {"c0": (AgreedTerm(said="gate", forms=("Tor",)),)}
    section = track("Das Tor", "ist offen.", sources=("The gate", "is open."))
    away = after(
        section, SetTexts(texts={"c0": "Es", "c1": "ist offen."}), lambda name: terms.get(name, ())
    )
    assert rules(away)[0] == ["term-missed"]
    moved = after(
        replace(section, cues=away),
        SetTexts(texts={"c1": "ist das Tor."}),
        lambda name: terms.get(name, ()),
    )
    assert rules(moved) == [[], []]


def test_what_the_machine_was_suspected_of_stays_on_a_cue_that_is_only_beside_a_change():
    section = track("Ja.", "Nein.", "Doch.")
    doubtful = suspicion("c1", "low-confidence")
    waiver = Waiver(finding=doubtful, by="Lea", reason="Heard it.")
    suspected = replace(section.cues[1], findings=(doubtful,), waivers=(waiver,))
    section = replace(section, cues=(section.cues[0], suspected, section.cues[2]))
    beside = after(section, SetTexts(texts={"c0": "Oh ja!", "c2": "Oh doch!"}))
    assert beside[1] is suspected
    timed = after(section, SetTimes(cue_id="c1", start_ms=3_000, end_ms=3_200))
    assert "short-duration" in rules(timed)[1]
    assert timed[1].waivers == (waiver,)
    assert rules(after(section, SetTexts(texts={"c1": "Nein!"})))[1] == []


def test_what_was_found_by_the_speech_goes_with_the_end_that_a_person_sets():
    section = track("Ja.", "Nein.")
    found = tuple(suspicion("c0", rule) for rule in ("late-in-time", "lingers"))
    first = replace(section.cues[0], findings=found)
    section = replace(section, cues=(first, section.cues[1]))
    assert rules(after(section, SetTimes(cue_id="c0", start_ms=0, end_ms=1_960)))[0] == [
        "late-in-time"
    ]
    assert rules(after(section, SetTimes(cue_id="c0", start_ms=40, end_ms=2_000)))[0] == ["lingers"]


def test_sound_without_words_is_told_on_the_cue_that_two_became():
    section = track("Ja.", "Nein.")
    second = replace(section.cues[1], findings=(suspicion("c1", "missed-speech"),))
    (one,) = after(replace(section, cues=(section.cues[0], second)), Merge(cue_ids=("c0", "c1")))
    assert [(each.rule, each.cue_id) for each in one.findings] == [("missed-speech", "c0")]


def test_the_gap_to_the_next_cue_is_that_to_the_one_after_when_it_goes():
    section = track("Ja.", "Nein.", "Doch.", pitch_ms=2_040)
    assert rules(section.cues) == [["one-frame-gap"], ["one-frame-gap"], []]
    assert rules(after(section, Delete(cue_ids=("c1",)))) == [[], []]
    assert rules(after(section, Shift(cue_id="c1", by_ms=200)))[0] == ["open-gap"]


def test_cues_near_a_shot_change_are_told_where_the_shot_changes_are_known():
    section = replace(track("Ja."), by=by("25").on(60_000, (2_000,)))
    assert rules(after(section, SetTimes(cue_id="c0", start_ms=0, end_ms=1_960))) == [
        ["out-time-at-cut"]
    ]
    assert rules(after(section, SetTimes(cue_id="c0", start_ms=0, end_ms=1_920))) == [[]]
    late = after(section, SetTimes(cue_id="c0", start_ms=59_000, end_ms=61_000))
    assert rules(late) == [["beyond-media-end"]]


def test_the_same_words_twice_are_found_once_they_stand_beside_each_other():
    section = track(
        "Komm her zu mir.", "Nein.", "Geh.", sources=("Come.", "Come.", "Go."), pitch_ms=2_080
    )
    twice = after(section, SetTexts(texts={"c1": "Komm her zu mir."}))
    assert rules(twice) == [[], ["repeated-cue"], []]
    later = replace(section, cues=twice)
    assert rules(after(later, MoveWords(cue_id="c0", to=Side.NEXT, count=1)))[1] == []

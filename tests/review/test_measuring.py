"""Findings on a cue while it is edited."""

from fractions import Fraction

import pytest

from review.measuring import measure_cue, yardstick
from review.tasks import CueState, ReviewCue
from subtitles.findings import Finding, Severity
from subtitles.language import parse_language
from subtitles.span import Span


def finding(rule: str) -> Finding:
    return Finding(
        rule=rule,
        severity=Severity.WARNING,
        cue_id="c",
        measured=1,
        limit=0,
        unit="times",
        source="test",
    )


def cue(source_text: str, *rules: str) -> ReviewCue:
    return ReviewCue(
        cue_id="c",
        ordinal=1,
        span=Span(0, 3000),
        text="Alt.",
        source_text=source_text,
        machine_text="Alt.",
        confidence=0.2,
        state=CueState.MACHINE,
        version=1,
        findings=tuple(map(finding, rules)),
    )


def by(
    language: str = "de", *, audience="adult", kind="subtitle", client="", frame_rate="24000/1001"
):
    return yardstick(
        source_language=parse_language("en-GB"),
        language=parse_language(language),
        audience=audience,
        kind=kind,
        client=client,
        frame_rate=frame_rate,
    )


def rules(found) -> list[str]:
    return [one.rule for one in found]


def test_findings_about_time_stay_and_all_others_are_measured_anew():
    suspected = cue("Good day.", "gap", "low-confidence", "untranslated", "overlap", "line-count")
    assert rules(measure_cue(suspected, "Guten Tag.", by(), beside=())) == ["gap", "overlap"]


def test_editing_a_cue_answers_doubts_about_its_words_and_not_those_about_sound_without_words():
    heard = cue("Good day.", "missed-speech", "doubtful-words", "set-aside-text", "foreign-speech")
    kept = rules(measure_cue(heard, "Guten Tag.", by(), beside=()))
    assert kept == ["missed-speech", "set-aside-text"]


def test_every_kind_of_check_runs_on_the_edited_text():
    text = "Hello there my  friend...\nand\nanother row that is much too long to be read " * 2
    found = set(rules(measure_cue(cue("Hi."), text.strip(), by(), beside=())))
    assert {"line-count", "line-length", "reading-speed", "double-space", "three-dots"} <= found


def test_text_left_in_the_source_language_is_found_in_a_translation_only():
    english = "We are leaving now."
    assert rules(measure_cue(cue(english), english, by("de"), beside=())) == ["untranslated"]
    assert rules(measure_cue(cue(english), english, by("en-US"), beside=())) == []


def test_a_number_may_stand_in_the_neighbouring_cue():
    counted = cue("It was 1999, on day 31.")
    assert [
        (one.rule, one.measured) for one in measure_cue(counted, "Damals.", by(), beside=())
    ] == [("missing-numbers", 2)]
    half = measure_cue(counted, "Damals.", by(), beside=("Im Jahr 1999", "Ja."))
    assert [(one.rule, one.measured) for one in half] == [("missing-numbers", 1)]
    assert measure_cue(counted, "Damals.", by(), beside=("Im Jahr 1999", "am 31.")) == ()


@pytest.mark.parametrize("style", [{"audience": "children"}, {"kind": "sdh"}, {"client": "shorts"}])
def test_the_yardstick_is_the_drafts_own_style(style):
    assert by(**style).profile != by().profile
    assert by(**style) is by(**style)  # read once


def test_a_title_without_video_is_measured_without_frames():
    assert by(frame_rate=None).picture.frame_rate is None
    assert by().picture.frame_rate == Fraction(24000, 1001)

"""The report: what it says of a title, and that it says nothing it does not know."""

from dataclasses import replace
from fractions import Fraction

import pytest
from quality_reports import PICTURE, cues_of, report_of, result_of
from timed_text import cue, profile, track

from subtitles.findings import Severity
from subtitles.picture import NO_PICTURE
from subtitles.report.building import MAX_TROUBLES, build_report
from subtitles.report.strip import PARTS
from subtitles.report.wording import amount, percent


def test_a_language_is_ready_or_has_errors_or_has_no_cues() -> None:
    good = result_of(track([cue("Nobody asked me.", 1000, 3000)]))
    bad = result_of(track([cue("a\nb\nc", 1000, 3000), cue("d\ne\nf", 4000, 6000, cue_id="c2")]))
    one = replace(bad, findings=bad.findings[:1])
    report = build_report("x", [good, bad, one, result_of(track([]))])
    assert [language.verdict for language in report.languages] == [
        "ready for review",
        "has 2 errors",
        "has 1 error",
        "has no cues",
    ]


def test_every_limit_states_its_value_its_source_and_the_cues_beyond_it() -> None:
    (quality,) = report_of("en").languages
    limits = {one.rule: one for one in quality.limits}
    speed = limits["reading-speed"]
    assert (speed.limit, speed.unit, speed.advisory) == (20, "chars/s", False)
    assert speed.source == profile("en").source("max_chars_per_second")
    assert limits["short-duration"].limit == 833
    assert limits["gap"].limit == 80  # two frames of 25 a second
    assert limits["out-time-near-cut"].measured
    for limit in quality.limits:
        of_rule = {one.cue_number for one in quality.findings if one.rule == limit.rule}
        assert limit.broken == len(of_rule)
        assert limit.share == 1 - limit.broken / 6


def test_what_was_not_known_is_not_measured() -> None:
    (quality,) = build_report("x", [result_of(track(cues_of("en")), picture=NO_PICTURE)]).languages
    unknown = {one.rule for one in quality.limits if not one.measured}
    assert unknown == {
        *("one-frame-gap", "off-grid", "crosses-cut"),
        *("out-time-at-cut", "out-time-near-cut", "in-time-near-cut"),
    }


def test_a_rule_that_the_style_has_switched_off_is_no_limit() -> None:
    result = result_of(track(cues_of("en")))
    style = replace(result.profile, severities=(("line-length", "off"),))
    (quality,) = build_report("x", [replace(result, profile=style)]).languages
    assert "line-length" not in {one.rule for one in quality.limits}


def test_findings_by_rule_come_worst_severity_first_and_name_their_worst() -> None:
    cues = [
        cue("x" * 45, 0, 5000, cue_id="a"),
        cue("y" * 60, 6000, 11_000, cue_id="b"),
        cue("a\nb\nc", 12_000, 14_000, cue_id="c"),
    ]
    (quality,) = build_report("x", [result_of(track(cues), picture=NO_PICTURE)]).languages
    order = [list(Severity).index(one.severity) for one in quality.rules]
    assert order == sorted(order)
    assert quality.rules[0].rule == "line-count"
    length = next(one for one in quality.rules if one.rule == "line-length")
    assert (length.count, length.cue_numbers, length.worst.measured) == (2, (1, 2), 60)
    assert sum(one.count for one in quality.rules) == len(quality.findings)


def test_the_worst_cues_stand_between_their_neighbours_with_source_and_repair() -> None:
    quality = report_of("en", "de").languages[1]
    cues = {one.number: one for one in quality.cues}
    worst = quality.troubles[0]
    assert {worst.cue_number - 1, worst.cue_number, worst.cue_number + 1} & set(
        range(1, 7)
    ) <= cues.keys()
    dotted = next(one for one in quality.troubles if "three-dots" in {f.rule for f in one.findings})
    assert cues[dotted.cue_number].source_lines == ("That is no answer...",)
    assert ("three-dots", ("Keine Antwort…",)) in [
        (one.rule, one.lines) for one in dotted.proposals
    ]


def test_only_the_worst_of_many_cues_are_shown_and_every_finding_is_kept() -> None:
    many = [cue("a\nb\nc", n * 3000, n * 3000 + 2000, cue_id=f"c{n}") for n in range(60)]
    (quality,) = build_report("x", [result_of(track(many))]).languages
    assert len(quality.troubles) == MAX_TROUBLES
    assert {one.cue_number for one in quality.findings} == set(range(1, 61))


def test_the_strip_holds_every_cue_finding_and_shot_change_where_it_lies() -> None:
    (quality,) = report_of("en").languages
    strip = quality.strip
    assert strip.length_ms == 60_000
    assert [part for part, count in enumerate(strip.shot_changes) if count] == [
        at * PARTS // 60_000 for at in PICTURE.shot_changes_ms
    ]
    by_severity = {"errors": strip.errors, "warnings": strip.warnings, "infos": strip.infos}
    for name, counts in by_severity.items():
        assert sum(counts) == getattr(quality.summary, name)
    shown_ms = sum(strip.covered) * strip.length_ms / PARTS
    assert shown_ms == pytest.approx(quality.summary.shown_ms, abs=10)


def test_cues_after_the_end_of_the_picture_still_lie_on_the_strip() -> None:
    late = result_of(track([cue("Nobody asked me.", 70_000, 72_000)]))
    (quality,) = build_report("x", [late]).languages
    assert quality.strip.length_ms == 72_000
    assert sum(quality.strip.warnings) == 1
    assert quality.strip.covered[-1] > 0


def test_a_title_without_languages_or_letters_is_still_a_report() -> None:
    report = build_report("\x00\n ", [], failures=[("ko", "no\nengine")])
    assert (report.title, report.languages, report.frame_rate) == ("untitled", (), None)
    assert report.failures == (("ko", "no engine"),)


def test_times_of_cues_have_time_codes_only_with_a_frame_rate() -> None:
    assert report_of("en").languages[0].cues[0].start_code == "00:00:01:00"
    plain = build_report("x", [result_of(track(cues_of("en")), picture=NO_PICTURE)])
    assert plain.languages[0].cues[0].start_code == ""
    assert report_of("en").frame_rate == Fraction(25)


@pytest.mark.parametrize(
    ("share", "said"),
    [(1.0, "100%"), (0.9999, "99.9%"), (0.93, "93%"), (2 / 3, "66.6%"), (0.0, "0%")],
)
def test_only_all_of_them_are_a_hundred_percent(share: float, said: str) -> None:
    assert percent(share) == said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (1, "times", "1 time"),
        (2, "frames", "2 frames"),
        (1, "ms", "1 ms"),
        (36_800, "ms", "36,800 ms"),
        (20.5, "chars/s", "20.5 chars/s"),
        (100, "% letters", "100 % letters"),
    ],
)
def test_amounts_are_written_as_people_say_them(value: float, unit: str, said: str) -> None:
    assert amount(value, unit) == said

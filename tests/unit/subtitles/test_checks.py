"""Checks: one case that breaks each rule, one that just keeps it, and what errors stand for."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timed_text import any_text, cue, frame_rates, profile, track, transcripts

from subtitles.checks import check_cue, check_neighbours, check_track
from subtitles.findings import Finding, Severity
from subtitles.picture import NO_PICTURE, Picture
from subtitles.rules import RULES
from subtitles.segmentation import segment
from subtitles.span import Span
from subtitles.words import Transcript

ENGLISH = profile("en")
LINE = "A line of text that is read easily."


def rules_of(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.rule for finding in findings]


def found(*lines: str, ms: int = 4000, **more: object) -> list[str]:
    """Rules that rows shown for so long break in English."""
    return rules_of(check_cue("c1", Span(1000, 1000 + ms), lines, ENGLISH, **more))


@pytest.mark.parametrize(
    ("rule", "broken", "kept"),
    [
        ("empty-text", [], ["a"]),
        ("empty-text", ["", " \t"], ["a"]),
        ("empty-text", ["Top", ""], ["Top", "Bottom"]),
        ("line-count", ["a", "b", "c"], ["a", "b"]),
        ("line-length", ["x" * 43], ["x" * 42]),
        ("line-length", ["short", "e\u0301" * 43], ["short", "e\u0301" * 42]),
        ("forbidden-characters", ["nul\0"], ["null"]),
        ("forbidden-characters", ["tab\tin"], ["tab in"]),
        ("forbidden-characters", ["a\u2028b"], ["a b"]),
        ("forbidden-characters", ["half \ud83d"], ["whole \U0001f600"]),
        ("forbidden-characters", ["\u202eevil"], ["\u05d0\u05d1"]),
        ("invisible-characters", ["zero\u200bwidth"], ["zero width"]),
        ("invisible-characters", ["\u200fright"], ["می\u200cخواهم"]),
        ("invisible-characters", ["\ufeffmark"], ["\U0001f468\u200d\U0001f469"]),
        ("double-space", ["two  spaces"], ["one space"]),
        ("edge-space", ["left "], ["left"]),
        ("edge-space", ["top", " bottom"], ["top", "bottom"]),
        ("three-dots", ["Well..."], ["Well…"]),
        ("three-dots", ["Well..."], ["Well.. ."]),
    ],
)
def test_a_text_breaks_one_rule_or_keeps_it(rule: str, broken: list[str], kept: list[str]) -> None:
    assert found(*broken) == [rule]
    assert found(*kept) == []


@pytest.mark.parametrize(
    ("rule", "broken_ms", "kept_ms", "text"),
    [
        ("reading-speed", 1999, 2000, "x" * 40),
        ("short-duration", 832, 833, "Hi"),
        ("long-duration", 7008, 7007, LINE),
    ],
)
def test_a_duration_breaks_one_rule_or_keeps_it(
    rule: str, broken_ms: int, kept_ms: int, text: str
) -> None:
    assert found(text, ms=broken_ms) == [rule]
    assert found(text, ms=kept_ms) == []


@pytest.mark.parametrize(
    ("rate", "shortest_frames", "longest_frames"),
    [(Fraction(24000, 1001), 20, 168), (Fraction(25), 21, 175), (Fraction(60000, 1001), 50, 420)],
)
def test_durations_are_compared_in_whole_frames(
    rate: Fraction, shortest_frames: int, longest_frames: int
) -> None:
    def rules(frames: int) -> list[str]:
        return found("Hi", ms=round(frames * 1000 / rate), picture=Picture(frame_rate=rate))

    assert rules(shortest_frames) == rules(longest_frames) == []
    assert rules(shortest_frames - 1) == ["short-duration"]
    assert rules(longest_frames + 1) == ["long-duration"]


def test_the_limits_are_the_languages_own() -> None:
    span = Span(0, 2000)
    text = "x" * 38  # 19 characters a second
    assert rules_of(check_cue("c", span, [text], profile("en"))) == []
    assert rules_of(check_cue("c", span, [text], profile("pt-BR"))) == ["reading-speed"]
    assert rules_of(check_cue("c", span, ["字" * 17], profile("zh"))) == ["line-length"]
    assert rules_of(check_cue("c", span, ["字" * 9], profile("ja"))) == ["reading-speed"]


def test_a_finding_says_by_how_much_and_by_whose_rule() -> None:
    (finding,) = check_cue("c9", Span(0, 3000), ["x" * 42, "y" * 42], ENGLISH)
    assert finding == Finding(
        rule="reading-speed",
        severity=Severity.WARNING,
        cue_id="c9",
        measured=28.0,
        limit=20,
        unit="chars/s",
        source=ENGLISH.source("max_chars_per_second"),
    )


@pytest.mark.parametrize(
    ("rate", "end_ms", "start_ms", "rules"),
    [
        (None, 2000, 2083, []),
        (None, 2000, 2082, ["gap"]),
        (None, 2000, 2000, ["gap"]),
        (None, 2001, 2000, ["overlap"]),
        (Fraction(25), 2000, 2080, []),
        (Fraction(25), 2000, 2040, ["gap"]),
        (Fraction(30000, 1001), 2002, 2068, []),
    ],
)
def test_neighbours_keep_the_smallest_gap(
    rate: Fraction | None, end_ms: int, start_ms: int, rules: list[str]
) -> None:
    spans = Span(0, end_ms), Span(start_ms, 5000)
    assert rules_of(check_neighbours("c", *spans, ENGLISH, Picture(frame_rate=rate))) == rules


def test_a_track_is_checked_cue_by_cue_and_between_them() -> None:
    cues = [cue(LINE, 0, 4000, cue_id="a"), cue("x" * 50, 4001, 8000, cue_id="b", confidence=0.2)]
    found = check_track(track(cues), ENGLISH, picture=NO_PICTURE)
    assert [(one.rule, one.cue_id) for one in found] == [
        ("gap", "a"),
        ("line-length", "b"),
        ("low-confidence", "b"),
    ]
    assert check_track(track([]), ENGLISH, picture=NO_PICTURE) == ()


def test_a_cue_made_of_a_doubtful_word_wants_a_listener() -> None:
    doubtful = check_track(track([cue(LINE, confidence=0.49)]), ENGLISH, picture=NO_PICTURE)
    assert rules_of(doubtful) == ["low-confidence"]
    assert doubtful[0].measured == 0.49
    assert check_track(track([cue(LINE, confidence=0.5)]), ENGLISH, picture=NO_PICTURE) == ()


SOURCE = track(
    [cue("Come over here at 10:30.", cue_id="s1"), cue("Gone.", 5000, 7000, cue_id="s2")]
)


def target(*texts: str, names: tuple[tuple[str, ...], ...] = (("s1",), ("s2",))) -> list[str]:
    """Rules that a Portuguese translation of `SOURCE` breaks."""
    cues = [
        cue(text, 1000 + 4000 * i, 4000 + 4000 * i, cue_id=f"t{i}", source_cue_ids=names[i])
        for i, text in enumerate(texts)
    ]
    found = check_track(track(cues, "pt-BR"), profile("pt-BR"), picture=NO_PICTURE, source=SOURCE)
    return rules_of(found)


def test_a_translation_is_compared_with_its_source() -> None:
    assert target("Venha cá às 10:30.", "Foi-se.") == []
    assert target("Come over here at 10:30.", "Foi-se.") == ["untranslated"]
    assert target("Venha cá às dez.", "Foi-se.") == ["missing-numbers"]


def test_a_number_may_move_to_the_cue_next_door() -> None:
    assert target("Venha cá", "às 10:30. Foi-se.") == []


def test_source_cues_that_nobody_renders_are_counted_on_the_track() -> None:
    cues = [cue("Venha cá às 10:30.", cue_id="t0", source_cue_ids=("s1",))]
    found = check_track(track(cues, "pt-BR"), profile("pt-BR"), picture=NO_PICTURE, source=SOURCE)
    assert [(one.rule, one.cue_id, one.measured) for one in found] == [("uncovered-source", "", 1)]


def test_a_variant_of_the_same_language_is_not_called_untranslated() -> None:
    variant = replace(SOURCE, language=profile("en-GB").language)
    same = tuple(replace(one, source_cue_ids=(one.cue_id,)) for one in variant.cues)
    found = check_track(replace(variant, cues=same), ENGLISH, picture=NO_PICTURE, source=SOURCE)
    assert found == ()


def test_a_cue_that_names_no_known_source_is_not_compared() -> None:
    assert target("Come over here at 10:30.", "Foi-se.", names=(("gone",), ("s2",))) == [
        "uncovered-source"
    ]


def test_one_cue_can_be_compared_while_it_is_edited() -> None:
    rules = rules_of(
        check_cue("c", Span(0, 4000), ["He paid 300."], ENGLISH, source_text="Pagou 200.")
    )
    assert rules == ["missing-numbers"]


def test_errors_are_only_what_breaks_a_file() -> None:
    errors = {rule for rule, entry in RULES.items() if entry.severity is Severity.ERROR}
    assert errors == {"empty-text", "line-count", "overlap", "forbidden-characters"}


def test_every_rule_tells_people_what_is_wrong_and_what_to_do() -> None:
    for rule_id, rule in RULES.items():
        assert rule.rule_id == rule_id
        assert rule.says.endswith(".")
        assert rule.fix.endswith(".")
        assert rule.says != rule.fix
        assert rule.unit


@given(
    st.lists(any_text(), max_size=4),
    st.integers(0, 10_000),
    st.integers(0, 10_000),
    frame_rates(),
    st.sampled_from(["en", "ja", "ko", "th"]),
)
def test_any_text_and_time_can_be_checked(
    lines: list[str], start: int, length: int, rate: Fraction | None, tag: str
) -> None:
    found = check_cue(
        "c", Span(start, start + length), lines, profile(tag), picture=Picture(frame_rate=rate)
    )
    for finding in found:
        assert finding.rule in RULES
        assert finding.severity is RULES[finding.rule].severity
        assert finding.unit == RULES[finding.rule].unit
        assert finding.measured == finding.measured  # never a NaN, which no JSON can hold
        assert abs(finding.measured) < 10**9
        assert finding.source


# What the segmenter cannot help: how fast people speak, and what the recogniser heard.
_SPEECH = {"reading-speed", "short-duration", "low-confidence"}
_HEARD = {"three-dots", "invisible-characters", "forbidden-characters", "double-space"}


@given(transcripts(("en", "ja", "pt-BR")), frame_rates())
def test_what_the_segmenter_makes_breaks_no_rule_it_could_keep(
    said: Transcript, rate: Fraction | None
) -> None:
    limits = profile(said.language)
    made = segment(said, limits, picture=Picture(frame_rate=rate))
    found = set(rules_of(check_track(made, limits, picture=Picture(frame_rate=rate))))
    assert found <= _SPEECH | _HEARD

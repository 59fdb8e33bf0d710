"""Checks of whole tracks: limits of each language and frame rate, neighbours, translations."""

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timed_text import any_text, cue, frame_rates, language, profile, track, transcripts

from subtitles import rules as rules_module
from subtitles.checks.comparison import Original
from subtitles.checks.track import check_cue, check_neighbours, check_track
from subtitles.cues import CueKind, CueTrack
from subtitles.findings import Finding, Severity
from subtitles.picture import NO_PICTURE, Picture
from subtitles.rulebook.rule import About
from subtitles.rules import LIMIT_RULES, RULES
from subtitles.segmentation.segmenter import segment
from subtitles.span import Span
from subtitles.style.profile import StyleProfile
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
        ("line-length", ["short", "e\u0301" * 43], ["short", "e\u0301" * 42]),
        ("forbidden-characters", ["tab\tin"], ["tab in"]),
        ("forbidden-characters", ["a\u2028b"], ["a b"]),
        ("forbidden-characters", ["half \ud83d"], ["whole ☺"]),
        ("forbidden-characters", ["\u202eevil"], ["evil"]),
        ("invisible-characters", ["\ufeffmark"], ["mark"]),
        ("tag-mismatch", ["Not opened</b>"], ["<b>Opened</b>"]),
        ("tag-mismatch", ["<b>one</b><b>"], ["<b>one</b><font color=red>two</font>"]),
        ("unbalanced-brackets", ["Oh) no"], ["Oh :) no"]),
        ("unbalanced-brackets", ["([door)]"], ["a) one b) two"]),
        ("three-dots", ["Well..."], ["Well.. ."]),
        ("number-style", ["We have 2 left."], ["We have 2% left, at 3 p.m."]),
        ("number-style", ["It took 4 days."], ["It is 4:30 in Room 4."]),
        ("number-style", ["With 10 men."], ["5, 4, 3, 2, 1"]),
        ("unneeded-break", ["Go on", "then."], ["-Go on.", "-Then?"]),
    ],
)
def test_a_text_breaks_one_rule_or_keeps_it(rule: str, broken: list[str], kept: list[str]) -> None:
    assert found(*broken) == [rule]
    assert rule not in found(*kept)


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
        (None, 2000, 2084, ["open-gap"]),
        (None, 2000, 2500, []),
        (None, 2000, 2082, ["gap"]),
        (None, 2000, 2000, ["gap"]),
        (None, 2001, 2000, ["overlap"]),
        (Fraction(25), 2000, 2080, []),
        (Fraction(25), 2000, 2040, ["one-frame-gap"]),
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
        check_cue(
            "c",
            Span(0, 4000),
            ["He paid 300."],
            ENGLISH,
            original=Original(text="Pagou 200.", language=language("pt")),
        )
    )
    assert rules == ["missing-numbers"]


def spoken(*texts: str, tag: str = "en", **more: object) -> list[tuple[str, str]]:
    """(cue, rule) of what is found on cues half a second apart."""
    cues = [cue(one, n * 6500, n * 6500 + 6000, cue_id=str(n)) for n, one in enumerate(texts)]
    found = check_track(track(cues, tag), profile(tag), picture=NO_PICTURE, **more)
    return [(one.cue_id, one.rule) for one in found]


def test_a_quotation_may_run_through_cues_and_open_anew_at_each() -> None:
    assert spoken("“I came,", "“I saw,", "I went.”") == []
    assert spoken("“I came,", *["and went,", "and sat,"] * 5, "at last.") == [
        ("0", "unbalanced-quotes")
    ]
    assert spoken("I came,”", "and went.") == [("0", "unbalanced-quotes")]
    assert spoken("« Je viens », dit-il.".replace(" ", "\u00a0", 1), tag="fr") != []


def test_the_same_words_said_again_are_found_only_at_once_and_aloud() -> None:
    assert spoken("Let me go.", "Let me go!") == [("1", "repeated-cue")]
    assert spoken("Let me go.", "I said:", "Let me go.") == []
    assert spoken("Go.", "Go!") == []
    late = [cue("Let me go.", 0, 3000), cue("Let me go.", 5001, 8000, cue_id="late")]
    assert check_track(track(late), ENGLISH, picture=NO_PICTURE) == ()
    song = [replace(one, kind=CueKind.LYRICS, lines=("Let me go",)) for one in late]
    near = [song[0], replace(song[1], span=Span(3500, 6000))]
    assert check_track(track(near), ENGLISH, picture=NO_PICTURE) == ()


def test_two_lines_of_the_source_may_become_one_and_the_same() -> None:
    assert target("Venha cá às 10:30.", "Venha cá às 10:30.") == []


@pytest.mark.parametrize("rate", [24, 25, 30, 50, 60])
def test_a_cue_ends_two_frames_before_a_cut_or_half_a_second_away(rate: int) -> None:
    frame, half = Fraction(1000, rate), (rate + 1) // 2
    cut = round(600 * frame)
    picture = Picture(frame_rate=Fraction(rate), shot_changes_ms=(cut,))

    def rules(frames_before: int) -> list[str]:
        shown = cue("Hi there.", 4000, round((600 - frames_before) * frame))
        short = replace(shown, span=Span(shown.span.end_ms - 3000, shown.span.end_ms))
        return rules_of(check_track(track([short]), ENGLISH, picture=picture))

    assert rules(0) == rules(1) == ["out-time-at-cut"]
    assert rules(2) == rules(half) == rules(-half) == []
    assert rules(3) == rules(half - 1) == rules(1 - half) == ["out-time-near-cut"]


def test_the_cue_before_or_a_cut_excuses_a_late_in_time() -> None:
    picture = Picture(frame_rate=Fraction(25), shot_changes_ms=(9800,))

    def rules(first_end: int, second_start: int, said_ms: int) -> list[str]:
        first = cue("A line of talk.", 2000, first_end)
        second = replace(cue(LINE, second_start, 13_000, cue_id="b"), speech=Span(said_ms, 12_960))
        return rules_of(check_track(track([first, second]), ENGLISH, picture=picture))

    assert rules(4000, 6600, 6000) == ["late-in-time"]
    assert rules(6520, 6600, 6000) == []
    assert rules(4000, 9800, 9400) == []


def test_a_fault_is_told_once() -> None:
    english = "Go home, Gandalf, and not before 1999."
    rules = rules_of(
        check_track(*_copied(english, "ru"), picture=NO_PICTURE, source=_said(english))
    )
    assert rules == ["untranslated"]
    assert found("a", "", "b") == ["empty-text"]


def _said(text: str) -> CueTrack:
    return track([cue(text, 0, 6000, cue_id="s")])


def _copied(text: str, tag: str) -> tuple[CueTrack, StyleProfile]:
    return track([cue(text, 0, 6000, source_cue_ids=("s",))], tag), profile(tag)


def test_every_rule_that_explains_another_is_known() -> None:
    for rule, others in rules_module._COVERS.items():
        assert {rule, *others} <= RULES.keys()
    assert RULES.keys() >= LIMIT_RULES


def test_whoever_makes_a_finding_uses_a_rule_that_has_words() -> None:
    root = Path(rules_module.__file__).parents[1]
    made = {
        name
        for folder in ("translate", "subtitles", "review", "flows")
        for path in (root / folder).rglob("*.py")
        for name in re.findall(
            r'(?:\brule=|yield |found\(\s*)"([a-z]+(?:-[a-z]+)+)"', path.read_text()
        )
    }
    assert {"no-translation", "italics-dropped", "one-frame-gap"} <= made
    assert made <= RULES.keys()


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
        limits = profile(tag)
        assert finding.severity is limits.severity(finding.rule, RULES[finding.rule].severity)
        assert finding.unit == RULES[finding.rule].unit
        assert finding.measured == finding.measured  # never a NaN, which no JSON can hold
        assert abs(finding.measured) < 10**9
        assert finding.source


# What the segmenter cannot help: how fast people speak, and what the recogniser heard.
_SPEECH = {"reading-speed", "short-duration", "low-confidence", "ends-before-speech"}
_HEARD = {
    *(rule for rule, entry in RULES.items() if entry.about in {About.TEXT, About.STYLE}),
}


@given(transcripts(("en", "ja", "pt-BR")), frame_rates())
def test_what_the_segmenter_makes_breaks_no_rule_it_could_keep(
    said: Transcript, rate: Fraction | None
) -> None:
    limits = profile(said.language)
    picture = Picture(frame_rate=rate)
    made = segment(said, limits, picture=picture)
    texts = {cue.cue_id: cue.text for cue in made.cues}
    found = {
        one.rule
        for one in check_track(made, limits, picture=picture)
        # Nobody says tags: the segmenter takes them for letters.
        if not {"<", "{"} & set(texts[one.cue_id])
    }
    assert found <= _SPEECH | _HEARD


def test_rows_that_fit_on_one_are_judged_without_a_second() -> None:
    rows = ["000  0", "0000000000", "0000000000000000 0", "000000"]
    assert "line-count" in {one.rule for one in check_cue("c", Span(0, 3000), rows, profile("en"))}

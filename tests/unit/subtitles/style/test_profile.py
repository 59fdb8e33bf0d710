"""Style profiles: the published table, how files inherit, and what the revision notices."""

import pickle
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import product
from typing import get_args

import pytest
from timed_text import profile

from subtitles.counting import CountingRule
from subtitles.findings import Severity
from subtitles.language import parse_language
from subtitles.style.layers import known_clients, known_languages
from subtitles.style.profile import (
    Audience,
    InvalidProfileError,
    Kind,
    StyleProfile,
    UnknownStyleError,
    UnservedStyleError,
    load_profile,
    min_gap_ms,
)
from subtitles.style.values import WORDS

# language: characters a line; characters a second for adults and children, then for SDH; dash;
# continuation; quotation marks; italics. A "?" marks what no guide of the language was seen to say.
PUBLISHED = """
    en      42  20/17 20/17  B  0   “”‘’  yes
    es      42  17/13 20/17  A  0?  “”‘’  yes
    es-419  42  17/13 20/17  A  0?  “”‘’  yes
    pt-BR   42  17/13 20/17  A  0   “”‘’  yes
    pt-PT   42  17/13 20/17  A? 0?  «»“”  yes
    fr      42  17/13 20/17  A  0   «»«»  yes
    fr-CA   42  17/13 20/17  A  0?  «»”“  yes
    de      42  17/13 20/17  B  1   „“‚‘  yes
    it      42  17/13 20/17  A  0   «»“”  yes
    nl      42  17/13 20/17  C  2   ‘’‘’  yes
    pl      42  17/13 20/17  A  0?  „”«»  yes
    ru      42  17/13 20/17  A? 1   «»„“  yes
    uk      42? 17/13? 20/17? B? 0? «»„“  yes
    tr      42  17/13 20/17  B  1   “”‘’  yes
    ar      42  20/17 23/20  A  0   ""()  no
    he      42  17/13 20/17  C  0   ””’’  no
    hi      42  22/18 25/20  B? 0?  “”‘’  no
    ja      13  4/4   7/7    B? 0?  「」『』  yes
    ko      16  12/9  14/11  A  0   “”‘’  no
    zh-Hans 16  9/7   11/9   B? 0   “”‘’  no
    zh-Hant 16? 9/7?  11/9?  B? 0?  「」『』  no?
    vi      42  17/13 20/17  A  0?  “”‘’  yes
    th      35  17/13 20/17  A  0   “”‘’  no
    id      42  17/13 20/17  A  0?  “”‘’  yes
    sv      42  17/13 20/17  B? 0?  ””’’  yes
    da      42  17/13 20/17  B? 0   “”‘’  yes
    nb      42  17/13 20/17  B? 0?  «»‘’  yes
    fi      42  17/13 20/17  C  0?  ””’’  yes
    cs      42  17/13 20/17  A  0?  „“‚‘  yes
    hu      42  17/13 20/17  A  0?  „”»«  yes
    ro      42  17/13 20/17  A  0?  „”«»  yes
    el      42  17/13 20/17  B? 0?  «»“”  yes
    bg      42  17/13 20/17  D  0?  „“„“  yes
    hr      42  17/13 20/17  B  0?  „“‚‘  yes
    sk      42  17/13 20/17  A  0?  „“‚‘  yes
    sr      42  17/13 20/17  C  0?  „”’’  yes
    ms      42  17/13 20/17  A  0?  “”‘’  yes
    sw      42? 17/13? 20/17? B? 0? “”‘’  yes
"""
ROWS = {row.split()[0]: row.split()[1:] for row in PUBLISHED.strip().splitlines()}
SPACED = [tag for tag in known_languages() if not profile(tag).breaks_anywhere]
NO_SPACES = ["ja", "km", "lo", "my", "th", "zh", "zh-Hant"]


def row_of(tag: str) -> list[str]:
    """What the loaded profiles say, written as a row of the table."""

    def speed(kind: Kind) -> str:
        both = [
            load_profile(parse_language(tag), audience=audience, kind=kind)
            for audience in get_args(Audience)
        ]
        speeds = "/".join(f"{one.max_chars_per_second:g}" for one in both)
        return speeds + "?" * both[0].is_advisory("max_chars_per_second")

    found = profile(tag)
    printed = found.typography

    def marked(name: str, value: object) -> str:
        return f"{value}{'?' * found.is_advisory(name)}"

    return [
        marked("max_chars_per_line", found.max_chars_per_line),
        *(speed("subtitle"), speed("sdh")),
        marked("dash", printed.dash),
        marked("continuation", printed.continuation),
        "".join(printed.quotes),
        marked("italics", "yes" if printed.italics else "no"),
    ]


@pytest.mark.parametrize("tag", ROWS)
def test_every_language_has_its_published_row(tag: str) -> None:
    assert row_of(tag) == ROWS[tag]


def test_every_language_with_a_guide_has_a_row() -> None:
    unseen = {"km", "lo", "my", "pt", "zh"}
    assert set(known_languages()) - unseen == set(ROWS) - {"es-419", "zh-Hans", "sw"}


def test_what_holds_for_every_language_unless_its_file_says_otherwise() -> None:
    english = profile("en")
    assert (english.max_lines, english.min_gap_frames, english.min_open_gap_ms) == (2, 2, 500)
    assert (english.min_duration_ms, english.max_duration_ms) == (833, 7000)
    assert (english.linger_ms, english.max_linger_ms) == (500, 1500)
    assert (english.counting, english.max_words_per_minute) == (CountingRule.GRAPHEME, 0)
    assert (profile("ja").min_duration_ms, profile("ja").counting) == (500, CountingRule.JAPANESE)
    assert profile("ko").counting is CountingRule.KOREAN
    assert profile("zh").counting is CountingRule.GRAPHEME


def test_what_single_languages_print_in_their_own_way() -> None:
    printed = {tag: profile(tag).typography for tag in known_languages()}

    def differing(name: str, common: object) -> dict[str, object]:
        found = {tag: getattr(one, name) for tag, one in printed.items()}
        return {tag: value for tag, value in found.items() if value != common}

    assert differing("interruption", "…") == {"en": "--"}
    assert differing("words_up_to", 0) == {"en": 10, "ar": 10}
    assert differing("space_before", "") == {"fr": "!?:;", "fr-CA": ":"}
    assert differing("inverted_marks", common=False) == {"es": True}
    assert differing("latin_letters", common=True) == {"ar": False}
    assert differing("mixed_marks", common=True) == {"ar": False}
    assert differing("sound_brackets", ("[", "]")) == {"ja": ("（", "）")}
    cased = {tag for tag in printed if printed[tag].narrative == "caps"}
    assert not cased & {"ar", "he", "hi", "ja", "ko", "zh", "zh-Hant", "th", "km", "lo", "my"}
    assert (printed["ar"].narrative, printed["th"].narrative) == ("quotes", "parentheses")


def test_templates_are_as_fast_as_subtitles_but_for_english() -> None:
    english = parse_language("en")
    slower = load_profile(english, kind="template")
    assert (slower.max_chars_per_second, slower.advisory) == (17, False)
    assert load_profile(english, kind="template", audience="children").max_chars_per_second == 15
    korean = load_profile(parse_language("ko"), kind="template")
    assert (korean.max_chars_per_second, korean.advisory) == (12, True)


@pytest.mark.parametrize("client", ["", *(name for name, _ in known_clients())])
def test_every_style_that_is_served_loads_and_says_where_it_comes_from(client: str) -> None:
    speeds: dict[tuple[str, Kind], list[float]] = {}
    house = f"{client}+" if client else ""
    for tag, kind, audience in product(known_languages(), get_args(Kind), get_args(Audience)):
        language = parse_language(tag)
        try:
            found = load_profile(language, audience=audience, kind=kind, client=client)
        except UnservedStyleError:
            assert client
            continue
        speeds.setdefault((tag, kind), []).append(found.max_chars_per_second)
        assert found.profile_id == f"{house}{tag}/{audience}/{kind}"
        assert date(2026, 1, 1) <= found.checked_on <= date(2100, 1, 1)
        assert all(len(source) > 10 for _, source in found.sources)
    assert speeds, "a style that nobody can use"
    for served, (adults, children) in speeds.items():
        assert adults >= children, served


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("pt-AO", "pt"),
        ("es-MX", "es"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh-TW", "zh-Hant"),
        ("zh-CN", "zh"),
        ("sr-Latn", "sr"),
        ("fr-CA", "fr-CA"),
        ("fr-BE", "fr"),
        ("en-GB", "en"),
        ("no", "nb"),
        ("cy", "base"),
    ],
)
def test_a_language_reads_its_nearest_file(asked: str, read: str) -> None:
    found = profile(asked)
    assert found.profile_id == f"{read}/adult/subtitle"
    assert found.language == asked


def test_a_region_keeps_the_words_of_its_language() -> None:
    assert profile("pt-BR").never_break_after == profile("pt").never_break_after
    assert "não" in profile("pt-BR").never_break_after
    assert {"the", "not", "of"} <= profile("en").never_break_after


def test_every_language_with_spaces_has_its_leaning_words() -> None:
    for tag in SPACED:
        found = profile(tag)
        assert len(found.never_break_after) > 50, tag
        assert len(found.break_before) > 7, tag
        assert found.is_advisory("never_break_after"), tag


def test_languages_whose_words_lean_back_say_which_never_start_a_row() -> None:
    leaning_back = {tag for tag in SPACED if profile(tag).never_break_before}
    assert leaning_back >= {"hi", "tr", "ko", "fi", "hu"}
    assert {"का", "की", "के", "को", "ने", "से", "में", "पर"} <= profile("hi").never_break_before
    assert {"mi", "ile", "için", "gibi"} <= profile("tr").never_break_before


def test_scripts_without_spaces_break_anywhere() -> None:
    assert [tag for tag in known_languages() if tag not in SPACED] == NO_SPACES


def test_a_listed_word_has_nothing_at_its_ends_that_is_taken_off_before_the_comparison() -> None:
    for tag, name in product(known_languages(), WORDS):
        for word in getattr(profile(tag), name):
            assert not {word[0], word[-1]} & set("'’\".,-"), (tag, name, word)
            assert " " not in word, (tag, name, word)


def test_limits_without_a_guide_behind_them_are_advisory() -> None:
    assert [tag for tag in (*known_languages(), "sw") if profile(tag).advisory] == [
        *("km", "lo", "my", "uk", "zh-Hant", "sw")
    ]


def test_sources_say_where_a_value_comes_from() -> None:
    english = load_profile(parse_language("en"), kind="template")
    assert "219375728" in english.source("max_chars_per_second")
    assert "217350977" in profile("en").source("max_chars_per_second")
    assert "360051554394" in profile("en").source("min_gap_frames")
    assert "215767517" in profile("ja").source("min_duration_ms")
    assert "CLDR" in profile("de").source("quotes")
    assert "217351587" in profile("de").source("continuation")
    assert "own list" in profile("de").source("never_break_after")
    assert "217350977" in profile("en").source("no value of that name")


def test_the_revision_moves_with_a_value_and_not_with_its_provenance() -> None:
    english = profile("en")
    assert english.revision == profile("en").revision
    assert replace(english, checked_on=date(2030, 1, 1)).revision == english.revision
    assert replace(english, sources=(("*", "elsewhere"),)).revision == english.revision
    assert replace(english, advisory_values=frozenset()).revision == english.revision


def test_every_value_but_provenance_is_part_of_the_revision() -> None:
    english = profile("en")
    other = {
        "profile_id": "x",
        "language": parse_language("fr"),
        "audience": "children",
        "kind": "sdh",
        "counting": CountingRule.KOREAN,
        "typography": replace(english.typography, italics=False),
        "client": "ted",
        "severities": (("width", "off"),),
        "breaks_anywhere": True,
    }
    for name in StyleProfile.__slots__:
        if name in {"checked_on", "advisory_values", "sources"}:
            continue
        value = getattr(english, name)
        changed = other.get(name, frozenset({"x"}) if isinstance(value, frozenset) else None)
        changed = value + 1 if changed is None else changed
        assert replace(english, **{name: changed}).revision != english.revision, name


def test_a_style_may_change_how_a_rule_counts_or_switch_it_off() -> None:
    strict = replace(profile("en"), severities=(("width", Severity.ERROR), ("quotes", "off")))
    assert strict.severity("width", Severity.INFO) is Severity.ERROR
    assert strict.severity("quotes", Severity.ERROR) is None
    assert strict.severity("overlap", Severity.WARNING) is Severity.WARNING
    assert profile("en").severity("width", Severity.INFO) is Severity.INFO


def test_the_smallest_gap_is_two_frames() -> None:
    english = profile("en")
    assert min_gap_ms(english, None) == 83
    assert min_gap_ms(english, Fraction(24)) == 83
    assert min_gap_ms(english, Fraction(25)) == 80
    assert min_gap_ms(english, Fraction(30000, 1001)) == 66


@pytest.mark.parametrize(
    "broken",
    [
        {"max_lines": 0},
        {"max_chars_per_second": -1.0},
        {"max_chars_per_second": float("nan")},
        {"max_duration_ms": 10},
        {"linger_ms": 2000},
        {"linger_ms": -1},
        {"min_gap_frames": -1},
    ],
)
def test_a_profile_that_contradicts_itself_is_refused(broken: dict) -> None:
    with pytest.raises(InvalidProfileError, match=f"en/adult/subtitle: .*{next(iter(broken))}"):
        replace(profile("en"), **broken)


@pytest.mark.parametrize(
    "wrong", [{"audience": "teenager"}, {"kind": "karaoke"}, {"client": "../base"}]
)
def test_an_unknown_audience_kind_or_client_is_refused_by_name(wrong: dict) -> None:
    with pytest.raises(UnknownStyleError, match="use one of") as caught:
        load_profile(parse_language("en"), **wrong)
    assert next(iter(wrong.values())) in str(caught.value)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)

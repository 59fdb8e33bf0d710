"""Style profiles: the values of every file, how files inherit, and what the revision notices."""

import pickle
import tomllib
from dataclasses import replace
from datetime import date
from fractions import Fraction
from importlib.resources import files
from typing import get_args

import pytest
from timed_text import profile

from subtitles.counting import CountingRule
from subtitles.findings import Severity
from subtitles.language import parse_language
from subtitles.profile import (
    Audience,
    InvalidProfileError,
    Kind,
    StyleProfile,
    UnknownStyleError,
    load_profile,
    min_gap_ms,
)

FILES = sorted(
    path.name.removesuffix(".toml")
    for path in files("subtitles.profiles").iterdir()
    if path.name.endswith(".toml")
)
LANGUAGES = [name for name in FILES if name != "base"]

# language: characters a line, then characters a second for adults and children, then for SDH.
PUBLISHED = {
    "en": (42, 20, 17, 20, 17),
    "es": (42, 17, 13, 20, 17),
    "es-419": (42, 17, 13, 20, 17),
    "pt-BR": (42, 17, 13, 20, 17),
    "pt-PT": (42, 17, 13, 20, 17),
    "fr": (42, 17, 13, 20, 17),
    "fr-CA": (42, 17, 13, 20, 17),
    "de": (42, 17, 13, 20, 17),
    "it": (42, 17, 13, 20, 17),
    "nl": (42, 17, 13, 20, 17),
    "pl": (42, 17, 13, 20, 17),
    "ru": (42, 17, 13, 20, 17),
    "tr": (42, 17, 13, 20, 17),
    "ar": (42, 20, 17, 23, 20),
    "he": (42, 17, 13, 20, 17),
    "hi": (42, 22, 18, 25, 20),
    "ja": (13, 4, 4, 7, 7),
    "ko": (16, 12, 9, 14, 11),
    "zh-Hans": (16, 9, 7, 11, 9),
    "zh-Hant": (16, 9, 7, 11, 9),
    "th": (35, 17, 13, 20, 17),
    "sw": (42, 17, 13, 20, 17),
}


@pytest.mark.parametrize("tag", PUBLISHED)
def test_every_language_has_its_published_limits(tag: str) -> None:
    language = parse_language(tag)
    speeds = [
        load_profile(language, audience=audience, kind=kind).max_chars_per_second
        for kind in ("subtitle", "sdh")
        for audience in ("adult", "children")
    ]
    assert (load_profile(language).max_chars_per_line, *speeds) == PUBLISHED[tag]


def test_what_holds_for_every_language_unless_its_file_says_otherwise() -> None:
    english = profile("en")
    assert (english.max_lines, english.min_gap_frames, english.min_open_gap_ms) == (2, 2, 500)
    assert (english.min_duration_ms, english.max_duration_ms) == (833, 7000)
    assert (english.linger_ms, english.max_linger_ms) == (500, 1500)
    assert english.counting is CountingRule.GRAPHEME
    assert profile("ja").min_duration_ms == 500


def test_english_templates_are_slower_than_english_subtitles() -> None:
    english = parse_language("en")
    assert load_profile(english, kind="template").max_chars_per_second == 17
    assert load_profile(english, kind="template", audience="children").max_chars_per_second == 15


def test_widths_are_counted_as_the_script_asks() -> None:
    assert profile("ja").counting is CountingRule.JAPANESE
    assert profile("ko").counting is CountingRule.KOREAN
    assert profile("zh").counting is CountingRule.GRAPHEME


@pytest.mark.parametrize("tag", ["ja", "zh", "th", "km", "lo", "my"])
def test_scripts_without_spaces_break_anywhere(tag: str) -> None:
    assert profile(tag).breaks_anywhere
    assert not profile("ko").breaks_anywhere


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("pt-BR", "pt-BR"),
        ("pt-AO", "pt"),
        ("es-MX", "es"),
        ("zh-Hant-HK", "zh-Hant"),
        ("sr-Latn", "sr"),
        ("fr-CA", "fr-CA"),
        ("en-GB", "en"),
        ("sw", "base"),
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


def test_limits_without_a_guide_behind_them_are_advisory() -> None:
    assert profile("sw").advisory
    assert profile("hi").advisory
    assert not profile("en").advisory
    assert not profile("pt-BR").advisory


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("kind", get_args(Kind))
@pytest.mark.parametrize("audience", get_args(Audience))
def test_every_file_loads_for_every_audience_and_kind(
    tag: str, kind: Kind, audience: Audience
) -> None:
    found = load_profile(parse_language(tag), audience=audience, kind=kind)
    assert found.profile_id == f"{tag}/{audience}/{kind}"
    assert date(2026, 1, 1) <= found.checked_on <= date(2100, 1, 1)
    for name in ("max_lines", "max_chars_per_line", "max_chars_per_second", "max_duration_ms"):
        assert len(found.source(name)) > 10


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_file_that_states_a_limit_names_the_source_of_that_limit(tag: str) -> None:
    """Otherwise a value of this file would be shown with the source of the base file's value."""
    text = (files("subtitles.profiles") / f"{tag}.toml").read_text("utf-8")
    table = tomllib.loads(text)
    base = tomllib.loads((files("subtitles.profiles") / "base.toml").read_text("utf-8"))
    restated = set(table.get("style", {})) & set(base["sources"])
    assert restated <= set(table.get("sources", {}))


@pytest.mark.parametrize("tag", LANGUAGES)
def test_word_lists_are_lower_case_so_that_they_can_match(tag: str) -> None:
    found = profile(tag)
    for words in (found.never_break_after, found.break_before, found.abbreviations):
        assert all(word == word.lower().strip() and word for word in words)


def test_sources_say_where_a_value_comes_from() -> None:
    english = load_profile(parse_language("en"), kind="template")
    assert "219375728" in english.source("max_chars_per_second")
    assert "217350977" in profile("en").source("max_chars_per_second")
    assert "360051554394" in profile("en").source("min_gap_frames")
    assert "215767517" in profile("ja").source("min_duration_ms")


def test_the_revision_moves_with_a_value_and_not_with_its_provenance() -> None:
    english = profile("en")
    assert english.revision == profile("en").revision
    assert replace(english, checked_on=date(2030, 1, 1)).revision == english.revision
    assert replace(english, sources=(("*", "elsewhere"),)).revision == english.revision
    assert replace(english, max_lines=3).revision != english.revision
    assert replace(english, never_break_after=frozenset({"x"})).revision != english.revision


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
        if name in {"checked_on", "advisory", "sources"}:
            continue
        value = getattr(english, name)
        changed = other.get(name, frozenset() if isinstance(value, frozenset) else None)
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
        {"max_duration_ms": 10},
        {"linger_ms": 2000},
        {"linger_ms": -1},
    ],
)
def test_a_profile_that_contradicts_itself_is_refused(broken: dict) -> None:
    with pytest.raises(InvalidProfileError, match="en/adult/subtitle"):
        replace(profile("en"), **broken)


@pytest.mark.parametrize("wrong", [{"audience": "teenager"}, {"kind": "karaoke"}])
def test_an_unknown_audience_or_kind_is_refused_by_name(wrong: dict) -> None:
    with pytest.raises(UnknownStyleError, match="use one of") as caught:
        load_profile(parse_language("en"), **wrong)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)

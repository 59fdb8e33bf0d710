"""Which rules a language's text is set by."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from subtitles.language import LanguageTag, base_language
from subtitles.style.profile import StyleProfile, Typography
from subtitles.typography import marks
from subtitles.typography.marked import Rule
from subtitles.typography.opening_marks import opening_marks
from subtitles.typography.quotes import QuoteStyle, quote_edits

_ARABIC_SCRIPT = frozenset({"ar", "fa", "ur", "ps", "ckb", "ug", "sd"})
_WIDE = frozenset({"zh", "yue", "ja"})


@dataclass(frozen=True, slots=True)
class NamedRule:
    """A rule of setting, and what the checks call a text that it would change.

    Attributes:
        rule_id: Of `subtitles.rules`; empty where the checks have rules of their own.
        value: The profile's value behind it; empty for none.
        rule: What it does.
    """

    rule_id: str
    value: str
    rule: Rule


def text_rules(profile: StyleProfile) -> tuple[Rule, ...]:
    """What applies to every text of the profile's language, in order."""
    return tuple(named.rule for named in named_rules(profile))


def named_rules(profile: StyleProfile) -> tuple[NamedRule, ...]:
    """The same with their names."""
    return _rules(
        profile.language, profile.typography, profile.breaks_anywhere, profile.abbreviations
    )


@lru_cache(maxsize=64)
def _rules(
    language: LanguageTag,
    style: Typography,
    unspaced: bool,  # noqa: FBT001 - part of the cache key
    abbreviations: frozenset[str],
) -> tuple[NamedRule, ...]:
    base = base_language(language)
    return (
        NamedRule("", "", marks.spaces),
        NamedRule("three-dots", "", marks.ellipses(doubled=base in _WIDE)),
        NamedRule("ellipsis-space", "", marks.leading_ellipses),
        *(NamedRule("mark-style", "", rule) for rule in _script_rules(base)),
        *(
            (NamedRule("quote-style", "quotes", marks.low_quotes),)
            if "„" in style.quotes[0]
            else ()
        ),
        NamedRule("quote-style", "quotes", _quote_rule(style, base, unspaced=unspaced)),
        *(() if unspaced else (NamedRule("missing-space", "", marks.missing_spaces),)),
        NamedRule("space-before-mark", "", marks.needless_spaces(style.space_before)),
        *_french_spaces(style),
        *(() if style.mixed_marks else (_MIXED_MARKS,)),
        NamedRule(
            "interruption-style",
            "interruption",
            marks.interruptions(style.interruption, unspaced=unspaced),
        ),
        *_opening_marks(style, abbreviations),
    )


_MIXED_MARKS = NamedRule("mixed-marks", "mixed_marks", marks.unmixed_marks)


def _french_spaces(style: Typography) -> Iterator[NamedRule]:
    if style.space_before:
        rule = marks.no_break_spaces(style.space_before)
        yield NamedRule("missing-mark-space", "space_before", rule)


def _opening_marks(style: Typography, abbreviations: frozenset[str]) -> Iterator[NamedRule]:
    if style.inverted_marks:
        yield NamedRule("inverted-mark", "inverted_marks", opening_marks(abbreviations))


def _script_rules(base: str) -> Iterator[Rule]:
    if base in _ARABIC_SCRIPT:
        yield marks.arabic_marks
    elif base == "el":
        yield marks.greek_marks
    elif base == "ro":
        yield marks.romanian_letters
    elif base in _WIDE:
        yield marks.wide_marks(base)


def _quote_rule(style: Typography, base: str, *, unspaced: bool) -> Rule:
    opening, closing, inner_opening, inner_closing = style.quotes
    quotes = QuoteStyle(
        marks=(opening.strip(), closing.strip(), inner_opening.strip(), inner_closing.strip()),
        # Both kinds of French set their guillemets off as they do their colon.
        spaced_guillemets=":" in style.space_before,
        unspaced=unspaced,
        gershayim=base in ("he", "yi"),
    )
    return lambda bare: quote_edits(bare, quotes)

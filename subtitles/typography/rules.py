"""Which rules a language's text is set by."""

from collections.abc import Iterator
from functools import lru_cache

from subtitles.language import LanguageTag, base_language
from subtitles.profile import StyleProfile, Typography
from subtitles.typography import marks
from subtitles.typography.marked import Rule
from subtitles.typography.opening_marks import opening_marks
from subtitles.typography.quotes import QuoteStyle, quote_edits

_ARABIC_SCRIPT = frozenset({"ar", "fa", "ur", "ps", "ckb", "ug", "sd"})
_WIDE = frozenset({"zh", "yue", "ja"})


def text_rules(profile: StyleProfile) -> tuple[Rule, ...]:
    """What applies to every text of the profile's language, in order."""
    return _rules(
        profile.language, profile.typography, profile.breaks_anywhere, profile.abbreviations
    )


@lru_cache(maxsize=64)
def _rules(
    language: LanguageTag,
    style: Typography,
    unspaced: bool,  # noqa: FBT001 - part of the cache key
    abbreviations: frozenset[str],
) -> tuple[Rule, ...]:
    base = base_language(language)
    return (
        marks.spaces,
        marks.ellipses(doubled=base in _WIDE),
        marks.leading_ellipses,
        *_script_rules(base),
        *((marks.low_quotes,) if "„" in style.quotes[0] else ()),
        _quote_rule(style, base, unspaced=unspaced),
        *(() if unspaced else (marks.missing_spaces,)),
        marks.needless_spaces(style.space_before),
        *((marks.no_break_spaces(style.space_before),) if style.space_before else ()),
        *(() if style.mixed_marks else (marks.unmixed_marks,)),
        marks.interruptions(style.interruption, unspaced=unspaced),
        *((opening_marks(abbreviations),) if style.inverted_marks else ()),
    )


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

"""How a target language prints dialogue dashes, quotation marks and spaces before marks."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import cycle
from typing import Any

import langcodes

from subtitles.language import LanguageTag, base_language
from translate.sentence_rules import is_spaced

_LEADING_DASH = re.compile(r"^[-–—‐‑]\s*(?=\S)(?![\d-])")
# A quotation may open in one cue and close in another, so each mark is judged by its place.
_OPENING_QUOTE = re.compile(r'(?:(?<=^)|(?<=[\s(\[¿¡—–-]))"(?=\S)')


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    """One language's entry of typography.toml."""

    dash: str
    first: bool
    quotes: Sequence[str]
    italics: bool
    spaced: str


@lru_cache(maxsize=128)
def _style(language: LanguageTag) -> _Style:
    tables = tomllib.loads(
        resources.files("translate").joinpath("typography.toml").read_text(encoding="utf-8")
    )
    base = base_language(language)
    script = langcodes.Language.get(language).maximize().script
    merged: dict[str, Any] = dict(tables["general"])
    for name in (base, f"{base}-{script}", str(language)):
        merged |= tables.get(name, {})
    return _Style(**merged)


def allows_italics(language: LanguageTag) -> bool:
    """Whether subtitles in this language are set in italics at all."""
    return _style(language).italics


def typeset(text: str, language: LanguageTag) -> str:
    """Text with the language's own quotation marks, and no-break spaces before some marks.

    To be done before the text is cut over cues and rows: a mark must not be left alone.
    """
    style = _style(language)
    text = _with_quotes(text, style, language)
    if not style.spaced:
        return text
    marks = re.escape(style.spaced)
    space = rf"(?<=[\w»”’)])[ \u00a0\u202f]?(?=[{marks}]+(?:[\s»”’)]|$))"
    return re.sub(space, "\u00a0", text)


def with_dash(text: str, language: LanguageTag, *, turn: int | None = None) -> str:
    """A speaker's words in a cue, with the language's own dialogue dash.

    Args:
        text: The words, with any dash or none.
        language: Of the text.
        turn: Which of several speakers in the cue says it, 0 first; None when there is one only,
            who has a dash if the text has.
    """
    style = _style(language)
    dash = _LEADING_DASH.match(text)
    body = text[dash.end() :] if dash else text
    is_bare = dash is None if turn is None else turn == 0 and not style.first
    return body if is_bare else style.dash + body


def _with_quotes(text: str, style: _Style, language: LanguageTag) -> str:
    opening, closing = style.quotes
    if is_spaced(language):
        return _OPENING_QUOTE.sub(opening, text).replace('"', closing)
    marks = cycle((opening, closing))
    return re.sub('"', lambda _: next(marks), text)

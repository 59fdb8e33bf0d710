"""Doubts about a translation that show without knowing either language.

They catch how translation models fail: copying the source, going round in circles, losing half a
sentence or inventing one, dropping figures, answering in another script. They are warnings for
the reviewer; they do not see a wrong meaning in good words (negation above all).
"""

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby

import langcodes
import regex

from subtitles.findings import Finding, Severity
from subtitles.language import LanguageTag, base_language
from translate.translator import LanguagePair

_SOURCE = "translate.sanity: our own limits, set so that good translations of news prose pass"

_MIN_COPIED_WORDS = 4
_MAX_COPIED_PERCENT = 80.0
_MAX_LOOPS = 3
_LOOP_WORDS = 4
_MIN_CHARS_FOR_RATIO = 20
_MAX_RATIO = 2.5
_MIN_LETTERS_FOR_SCRIPT = 8
_MAX_FOREIGN_PERCENT = 60.0
# Guides ask for numbers up to ten in words, and clocks and units change small ones.
_MIN_CHECKED_NUMBER = 25

# Characters a language needs for what English says in one, measured on FLORES-like prose.
_DENSITY = {"zh": 0.32, "yue": 0.32, "ja": 0.45, "ko": 0.52, "th": 0.95, "he": 0.8, "ar": 0.85}

_WORDS = re.compile(r"\w+")
_NUMBERS = re.compile(r"\d+(?:[.,:\u00a0\u202f ]\d{3})*")


def doubts(source: str, target: str, pair: LanguagePair, cue_id: str) -> tuple[Finding, ...]:
    """What looks wrong with a non-empty translation, as warnings on the cue it starts in."""
    checks = (
        _copied(source, target),
        _looping(source, target),
        _length_ratio(source, target, pair),
        _lost_numbers(source, target),
        _foreign_script(target, pair.target),
        _lost_symbols(source, target),
    )
    return tuple(
        Finding(
            rule=rule,
            severity=Severity.WARNING,
            cue_id=cue_id,
            measured=round(measured, 2),
            limit=limit,
            unit=unit,
            source=_SOURCE,
        )
        for check in checks
        for rule, measured, limit, unit in check
    )


_Doubts = Iterator[tuple[str, float, float, str]]


def is_copy(source: str, target: str) -> bool:
    """Whether the translation of some length is the source again."""
    return any(True for _ in _copied(source, target))


def _copied(source: str, target: str) -> _Doubts:
    ours, theirs = (_WORDS.findall(text.casefold()) for text in (source, target))
    words = [word for word in theirs if not word.isdigit()]
    if len(words) < _MIN_COPIED_WORDS:
        return
    blocks = SequenceMatcher(None, ours, words, autojunk=False).get_matching_blocks()
    percent = 100 * sum(block.size for block in blocks) / len(words)
    if percent >= _MAX_COPIED_PERCENT:
        yield "untranslated", percent, _MAX_COPIED_PERCENT, "% words copied"


def _looping(source: str, target: str) -> _Doubts:
    loops = _longest_loop(target)
    if loops > max(_MAX_LOOPS, _longest_loop(source)):
        yield "translation-loop", loops, _MAX_LOOPS, "repeats"


def _longest_loop(text: str) -> int:
    """How often the same one to four words follow themselves (characters, without spaces)."""
    words = _WORDS.findall(text.casefold())
    if len(words) <= _MAX_LOOPS:
        words = list(text.casefold())
    longest = 1
    for size in range(1, _LOOP_WORDS + 1):
        for offset in range(size):
            grams = [
                tuple(words[at : at + size]) for at in range(offset, len(words) - size + 1, size)
            ]
            longest = max(longest, *(sum(1 for _ in run) for _, run in groupby(grams)), 1)
    return longest


def _length_ratio(source: str, target: str, pair: LanguagePair) -> _Doubts:
    if len(source) < _MIN_CHARS_FOR_RATIO and len(target) < _MIN_CHARS_FOR_RATIO:
        return
    ours = max(len(source), 1) / _DENSITY.get(base_language(pair.source), 1.0)
    theirs = len(target) / _DENSITY.get(base_language(pair.target), 1.0)
    ratio = theirs / ours
    if ratio > _MAX_RATIO:
        yield "translation-too-long", ratio, _MAX_RATIO, "× source length"
    elif ratio < 1 / _MAX_RATIO:
        yield "translation-too-short", ratio, round(1 / _MAX_RATIO, 2), "× source length"


def _lost_numbers(source: str, target: str) -> _Doubts:
    found = _figures(target)
    lost = [
        number for number in _figures(source) if number not in found and _is_checked_number(number)
    ]
    if lost:
        yield "number-lost", len(lost), 0, "numbers"


def _figures(text: str) -> set[str]:
    """Numbers without their separators, in ASCII digits; '7.5' gives 7 and 5."""
    plain = "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in text
    )
    return {re.sub(r"\D", "", number) for number in _NUMBERS.findall(plain)}


def _is_checked_number(number: str) -> bool:
    return int(number[:18]) >= _MIN_CHECKED_NUMBER


def _foreign_script(target: str, language: LanguageTag) -> _Doubts:
    letters = [character for character in target if character.isalpha()]
    own = _script_letters(language)
    if own is None or len(letters) < _MIN_LETTERS_FOR_SCRIPT:
        return
    percent = 100 * sum(1 for letter in letters if not own.match(letter)) / len(letters)
    if percent > _MAX_FOREIGN_PERCENT:
        yield "wrong-script", percent, _MAX_FOREIGN_PERCENT, "% letters"


_COMPOUND_SCRIPTS = {
    "Jpan": r"[\p{Han}\p{Hiragana}\p{Katakana}ー]",
    "Kore": r"[\p{Hangul}\p{Han}]",
    "Hans": r"\p{Han}",
    "Hant": r"\p{Han}",
}


def _script_letters(language: LanguageTag) -> "regex.Pattern[str] | None":
    script = langcodes.Language.get(language).maximize().script
    if script is None:
        return None
    try:
        return regex.compile(_COMPOUND_SCRIPTS.get(script, rf"\p{{Script={script}}}"))
    except regex.error:  # a script that the regular expression engine does not know
        return None


def _lost_symbols(source: str, target: str) -> _Doubts:
    lost = {
        character
        for character in source
        if unicodedata.category(character) == "So" and character not in target
    }
    if lost:
        yield "symbol-lost", len(lost), 0, "symbols"

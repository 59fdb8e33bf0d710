"""Doubts about a translated sentence that show without knowing either language.

They catch how translation models fail: going round in circles, losing half a sentence or inventing
one, dropping symbols. They are warnings for the reviewer. What can be told cue by cue (text left in
the source language, numbers, names and negations lost, another script) is found by the checks of
the finished track: `subtitles.checks`.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from subtitles.findings import Finding
from subtitles.language import base_language
from subtitles.meaning.copies import MAX_COPIED_PERCENT, copied_percent
from subtitles.rules import RULES
from translate.translator import LanguagePair

_SOURCE = "translate.sanity: our own limits, set so that good translations of news prose pass"

_MAX_LOOPS = 3
_LOOP_WORDS = 4
_MIN_CHARS_FOR_RATIO = 20
_MAX_RATIO = 2.5

# Characters a language needs for what English says in one, measured on FLORES-like prose.
_DENSITY = {"zh": 0.32, "yue": 0.32, "ja": 0.45, "ko": 0.52, "th": 0.95, "he": 0.8, "ar": 0.85}

_WORDS = re.compile(r"\w+")


def doubts(source: str, target: str, pair: LanguagePair, cue_id: str) -> tuple[Finding, ...]:
    """What looks wrong with a non-empty translation, as warnings on the cue it starts in."""
    checks = (
        _looping(source, target),
        _length_ratio(source, target, pair),
        _lost_symbols(source, target),
    )
    return tuple(
        Finding(
            rule=rule,
            severity=RULES[rule].severity,
            cue_id=cue_id,
            measured=round(measured, 2),
            limit=limit,
            unit=RULES[rule].unit,
            source=_SOURCE,
        )
        for check in checks
        for rule, measured, limit in check
    )


_Doubts = Iterator[tuple[str, float, float]]


def is_copy(source: str, target: str) -> bool:
    """Whether the translation of some length is the source again."""
    return copied_percent(source, target) >= MAX_COPIED_PERCENT


def _looping(source: str, target: str) -> _Doubts:
    loops = _longest_loop(target)
    if loops > max(_MAX_LOOPS, _longest_loop(source)):
        yield "translation-loop", loops, _MAX_LOOPS


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
        yield "translation-too-long", ratio, _MAX_RATIO
    elif ratio < 1 / _MAX_RATIO:
        yield "translation-too-short", ratio, round(1 / _MAX_RATIO, 2)


def _lost_symbols(source: str, target: str) -> _Doubts:
    lost = {
        character
        for character in source
        if unicodedata.category(character) == "So" and character not in target
    }
    if lost:
        yield "symbol-lost", len(lost), 0

"""Where sentences end in running text: rules over tables, no model."""

import re
from collections.abc import Iterator, Set
from functools import lru_cache

from subtitles.language import LanguageTag, base_language
from translate.sentencing.sentence_rules import StopRules, stop_rules

# Marks that close a sentence in some script.
_MARKS = ".!?…‼⁇⁈⁉。！？｡．؟۔।॥։።។៕။\u037e"
# Quotes and brackets that may follow them.
_CLOSERS = "\"'”’»›)]}」』】）〉》"
_FULL_WIDTH = frozenset("。！？｡")
_ELLIPSES = frozenset("….")
# What Japanese goes on with after a quotation: "…", he said.
_QUOTING = "とっ、"
_OPENERS = "\"'“‘«‹([{¿¡「『【（〈《-–—♪♫… "
# A label such as "[door opens]" or "(sighs)": a sentence of its own where it opens one.
_LABEL = re.compile(r"(?:[-–—] ?)?(?:\[[^\[\]]{1,200}\]|\([^()]{1,200}\)|（[^（）]{1,200}）)\s*")
_LAST_WORD = re.compile(r"[^\s\"'“”‘’«»()\[\]¿¡-]+$")
# The same with what words of some languages are abbreviated by: "д-р", "ד״ר".
_LAST_ABBREVIATION = re.compile(r"\w+(?:[-\"״.]\w+)*$")
_SONG_BORDER = re.compile(r"[♪♫]\s+(?=[♪♫])")
_ENGLISH_I = re.compile(r"I\b")
_LAST_MARK = re.compile(r"[.!?…。！？♪♫\])）\"”]\s*$")
_ORDINAL = re.compile(r"\d{1,2}")


def sentence_ends(text: str, language: LanguageTag, openings: Set[int]) -> Iterator[int]:
    """Places at which a new sentence begins, unsorted; a sentence keeps the space after it.

    Args:
        text: Running text, rows and cues joined.
        language: Of the text.
        openings: Places known to open a sentence, such as a row with a speaker's dash.
    """
    rules = stop_rules(language)
    for match in _clusters(rules.marks).finditer(text):
        if match.end() < len(text) and _ends(text, match, rules, language):
            yield match.end()
    for match in _SONG_BORDER.finditer(text):
        yield match.end()
    for match in _LABEL.finditer(text):
        if match.start() == 0 or match.start() in openings:
            yield match.end()
        elif _LAST_MARK.search(text, max(0, match.start() - 8), match.start()):
            yield match.start()
            yield match.end()


@lru_cache(maxsize=8)
def _clusters(more_marks: str) -> re.Pattern[str]:
    """Marks that end a sentence, with what closes behind them."""
    marks, closers = (re.escape(some) for some in (_MARKS + more_marks, _CLOSERS))
    return re.compile(rf"(?P<marks>[{marks}]+)(?P<closers>[{closers}]*)(?P<space>\s*)")


def _ends(text: str, match: re.Match[str], rules: StopRules, language: LanguageTag) -> bool:
    marks = match["marks"]
    if not match["space"]:
        is_quoted = match["closers"] and text[match.end()] in _QUOTING
        return bool(_FULL_WIDTH.intersection(marks)) and not is_quoted
    rest = text[match.end() : match.end() + 40].lstrip(_OPENERS)
    following = rest[:1]
    if following.islower():
        return False
    if set(marks) <= _ELLIPSES and marks != ".":
        return _ends_after_ellipsis(rest, language)
    if marks == "." and not match["closers"]:
        return not _is_abbreviation(text, match.start(), following, rules, language)
    return True


def _ends_after_ellipsis(rest: str, language: LanguageTag) -> bool:
    """Trailing off ends a sentence before a capital letter; English "I" is no proof of one."""
    if base_language(language) == "en" and _ENGLISH_I.match(rest):
        return False
    return rest[:1].isalpha()


def _is_abbreviation(
    text: str, stop: int, following: str, rules: StopRules, language: LanguageTag
) -> bool:
    """Whether the full stop at ``stop`` belongs to the word before it."""
    found = _LAST_WORD.search(text, max(0, stop - 20), stop)
    word = found.group() if found else ""
    linked = _LAST_ABBREVIATION.search(text, max(0, stop - 20), stop)
    known = {word.lower(), linked.group().lower() if linked else ""}
    if known & rules.before_name or (following.isdigit() and known & rules.before_number):
        return True
    if _ORDINAL.fullmatch(word):
        return rules.has_ordinal_dot
    return _is_initial(word, language)


def _is_initial(word: str, language: LanguageTag) -> bool:
    """Whether it is the J of "J. Smith" or the U.S of "U.S."; "I" is a word of English."""
    last = word.rpartition(".")[2]
    if len(last) != 1 or not last.isupper():
        return False
    return "." in word or not (word == "I" and base_language(language) == "en")

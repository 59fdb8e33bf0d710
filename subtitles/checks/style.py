"""Checks of what the typography pass leaves to people: brackets, scripts, small numbers."""

import re
from collections.abc import Iterator

import regex

from subtitles.checks.checked import Shown
from subtitles.checks.standard import Standard
from subtitles.findings import Finding
from subtitles.meaning.scripts import MAX_FOREIGN_PERCENT, foreign_percent

ITALICS = re.compile(r"</?i(?:[. \t][^<>\n]*)?>|\{\\i\d*\}", re.IGNORECASE)
_LATIN = regex.compile(r"\p{Latin}")
_BRACKETS = {"(": ")", "[": "]", "{": "}", "（": "）", "［": "］", "【": "】"}
_BRACKET = re.compile(r"[()\[\]{}（）［］【】]")
_EMOTICON = re.compile(r"(?<!\w)[:;]-?[()]")
# "1)" and "a)" number a list and open nothing.
_LISTED = re.compile(r"(?:^|\s)(?:\d{1,2}|[a-zA-Z])\)", re.MULTILINE)

LABEL = re.compile(
    r"^(?P<dash>[-–—] ?)?(?P<open>[(\[（])(?P<label>[^()\[\]（）\n]+)(?P<close>[)\]）])",
    re.MULTILINE,
)
_WORD_CHARS = r"\w%°$€£¥#№+=/'’"
_SMALL_NUMBER = re.compile(
    rf"(?<![{_WORD_CHARS}.,:–—-])(\d{{1,2}})(?![{_WORD_CHARS}:–—-]|[.,]\d|,?\s\d|\s[ap]\.?m\b|\s?%)"
)
# What a number after it counts or names; a capital inside a sentence makes a name of any word.
_LABELLED = re.compile(
    r"(?:\d,?|(?<=[\w,]\s)[A-Z]\w*|\b(?i:number|no|page|chapter|room|day|part|act|scene|level|phase|"
    r"section|type|channel|route|gate|line|unit|version|verse|grade|article|plan|season|episode))"
    r"\.?\s$"
)


def check_style(cue_id: str, shown: Shown, standard: Standard) -> Iterator[Finding]:
    """Everything about one cue's printing that the typography pass does not decide alone."""
    style = standard.profile.typography
    if not style.italics and ("<" in shown.text or "{" in shown.text):
        tags = len(ITALICS.findall(shown.text))
        if tags:
            yield from standard.found("italics", cue_id, tags, 0, "italics")
    yield from _check_scripts(cue_id, shown.visible, standard)
    if _BRACKET.search(shown.visible):
        yield from _check_brackets(cue_id, shown.visible, standard)
    if style.words_up_to:
        yield from _check_numbers(cue_id, shown.visible, standard)
    if standard.listed is not None:
        words = len(standard.listed.findall(shown.visible))
        if words:
            yield from standard.found("listed-word", cue_id, words)


def _check_scripts(cue_id: str, visible: str, standard: Standard) -> Iterator[Finding]:
    profile = standard.profile
    percent = foreign_percent(visible, profile.language)
    if percent > MAX_FOREIGN_PERCENT:
        yield from standard.found("wrong-script", cue_id, percent, MAX_FOREIGN_PERCENT)
    elif not profile.typography.latin_letters:
        letters = len(_LATIN.findall(visible))
        if letters:
            yield from standard.found("latin-letters", cue_id, letters, 0, "latin_letters")


def _check_brackets(cue_id: str, visible: str, standard: Standard) -> Iterator[Finding]:
    plain = _LISTED.sub(" ", _EMOTICON.sub(" ", visible))
    opened: list[str] = []
    unmatched = 0
    for bracket in _BRACKET.findall(plain):
        if bracket in _BRACKETS:
            opened.append(_BRACKETS[bracket])
        elif opened and opened[-1] == bracket:
            opened.pop()
        else:
            unmatched += 1
    unmatched += len(opened)
    if unmatched:
        yield from standard.found("unbalanced-brackets", cue_id, unmatched)
    elif standard.profile.kind == "sdh":
        own = standard.profile.typography.sound_brackets
        labels = sum(label.group("open", "close") != own for label in LABEL.finditer(visible))
        if labels:
            yield from standard.found("label-brackets", cue_id, labels, 0, "sound_brackets")


def _check_numbers(cue_id: str, visible: str, standard: Standard) -> Iterator[Finding]:
    """Small numbers in digits; not those that label, measure, count down or tell the time."""
    largest = standard.profile.typography.words_up_to
    small = sum(
        0 < int(number.group(1)) <= largest and not _LABELLED.search(visible, 0, number.start())
        for number in _SMALL_NUMBER.finditer(visible)
    )
    if small:
        yield from standard.found("number-style", cue_id, small, largest, "words_up_to")

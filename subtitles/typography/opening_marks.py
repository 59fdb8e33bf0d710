"""The marks ¿ and ¡ that open questions and exclamations in Spanish.

They are obligatory (Spanish guide, article 217349997). A sentence that has either is left alone,
since only a person knows that the question begins after the comma.
"""

import re
from collections.abc import Collection, Iterator

from subtitles.typography.marked import Edit, Rule

_ENDING = re.compile("[!?]+(?=[\"'”’»)\\]]|\\s|…|$)")
_OPENING_OF = {"?": "¿", "!": "¡"}
# Where the sentence before ends, or something that a sentence stands inside of begins.
_BORDER = re.compile(r"[.!?…:][\"'”’»)\]]*\s+|[“«(\[{♪♫]|(?:^|[\n\x1e])[-–—‐‑](?!\d)\s?")
_CLOSING_OF = {"“": "”", "«": "»", "(": ")", "[": "]", "{": "}"}
_SIGNS = re.compile(r"[\s…\"'“”«»‘’♪♫#*\-–—‐‑]*")
_LAST_WORD = re.compile(r"[^\W\d_][\w.]*$")
# Two cues: where no sentence ends for longer, the text has no full stops.
_LONGEST_SENTENCE = 170


def opening_marks(abbreviations: Collection[str]) -> Rule:
    """¿ and ¡ at the start of sentences that end with ? and ! and have neither.

    ``?!`` is mirrored (``¡¿…?!``). ``abbreviations`` are lower-case words whose full stop ends no
    sentence.
    """

    def rule(bare: str) -> Iterator[Edit]:
        done = 0
        for ending in _ENDING.finditer(bare):
            start = _sentence_start(bare, done, ending.start(), abbreviations)
            # After another question in the middle of a sentence nobody knows where this one begins.
            goes_on = (
                done > 0
                and bare[done:start].strip("\"'”’»)] ") == ""
                and (bare[start : start + 1].islower())
            )
            done = ending.end()
            sentence = bare[start : ending.start()]
            has_words = any(one.isalnum() for one in sentence)
            if has_words and not goes_on and "¿" not in sentence and "¡" not in sentence:
                marks = dict.fromkeys(_OPENING_OF[mark] for mark in reversed(ending.group()))
                yield Edit(start, start, "".join(marks))

    return rule


def _sentence_start(bare: str, first: int, end: int, abbreviations: Collection[str]) -> int:
    """Where the sentence that ends at ``end`` begins, past dashes and quotation marks."""
    start = max(first, end - _LONGEST_SENTENCE)
    if start > first:
        # No sentence is that long: then it begins with its cue, if nothing better is found.
        start = max(bare.rfind("\x1e", start, end) + 1, bare.rfind(" ", start - 20, start) + 1)
    for border in _BORDER.finditer(bare, start, end):
        if _begins_after(bare, border, end, abbreviations):
            start = border.end()
    signs = _SIGNS.match(bare, start, end)
    return signs.end() if signs else start


def _begins_after(
    bare: str, border: re.Match[str], end: int, abbreviations: Collection[str]
) -> bool:
    """Whether a sentence begins after what looks like a border and runs until ``end``."""
    mark = border.group()[0]
    if mark in _CLOSING_OF:
        return _CLOSING_OF[mark] not in bare[border.end() : end]
    if mark in "…:":
        return bare[border.end() : border.end() + 1].isupper()
    word = _LAST_WORD.search(bare, max(0, border.start() - 20), border.start())
    return mark != "." or word is None or word.group().lower() not in abbreviations

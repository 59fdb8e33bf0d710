"""On-screen text, lyrics and sound labels: what is printed unlike speech.

Sources: General Requirements (article 215758617) for forced narratives, lyrics and SDH; the Arabic
and Thai guides (215517947, 220448308) for theirs in quotation marks and parentheses.
"""

import re
from collections.abc import Callable, Iterator

from subtitles.counting import line_width
from subtitles.cues import CueKind
from subtitles.style.profile import StyleProfile
from subtitles.typography.casing import upper_case
from subtitles.typography.marked import TAG, Edit, MarkedText, Rule

_LYRIC_END = re.compile("[ \u00a0]*[.,;:。，、；：،؛۔]+(?=[♪♫\"'”’»)\\] \u00a0]*(?:\n|$))")
_SENTENCE_BORDER = re.compile(r"[.!?…。！？؟]\s")
_NOTES = "♪♫"
_BRACKETS = {"[": "]", "(": ")", "（": "）", "［": "］", "【": "】", "{": "}"}
_PARENTHESES = ("(", ")")
_QUOTES = '"“”„«»'


def forced_narrative_text(text: str, profile: StyleProfile) -> str:
    """On-screen text as the language prints it: capitals, quotation marks or parentheses.

    Capitals are for what is one sentence on one row; a longer passage keeps its sentence case,
    which is easier to read.
    """
    style = profile.typography.narrative
    if style == "caps":
        capitals = _outside_tags(text, lambda part: upper_case(part, profile.language))
        is_long = (
            "\n" in text
            or _SENTENCE_BORDER.search(text.strip())
            or line_width(capitals, profile.counting) > profile.max_chars_per_line
        )
        return text if is_long else capitals
    if style == "quotes":
        return _enclosed(text, profile.typography.quotes[:2])
    return _enclosed(text, _PARENTHESES) if style == "parentheses" else text


def lyrics_text(text: str, profile: StyleProfile) -> str:
    """A song's words: rows end with ``?``, ``!``, ``…`` or no mark; notes around them in SDH."""
    marked = MarkedText([text])
    marked.apply(_without_lyric_ends)
    if profile.kind == "sdh":
        marked.apply(_with_notes)
    return marked.texts()[0]


def sound_text(text: str, profile: StyleProfile) -> str:
    """A sound label in the brackets of the language, whatever brackets it had."""
    return _enclosed(text, profile.typography.sound_brackets)


PRINTED: dict[CueKind, Callable[[str, StyleProfile], str]] = {
    CueKind.FORCED_NARRATIVE: forced_narrative_text,
    CueKind.LYRICS: lyrics_text,
    CueKind.SOUND: sound_text,
}
"""How each kind of cue that is no speech is printed."""


def _outside_tags(text: str, change: Callable[[str], str]) -> str:
    parts: list[str] = []
    cursor = 0
    for tag in TAG.finditer(text):
        parts += (change(text[cursor : tag.start()]), tag.group())
        cursor = tag.end()
    return "".join(parts) + change(text[cursor:])


def _without_lyric_ends(bare: str) -> Iterator[Edit]:
    for end in _LYRIC_END.finditer(bare):
        if end.start():
            yield Edit(end.start(), end.end(), "")


def _with_notes(bare: str) -> Iterator[Edit]:
    words = bare.strip(_NOTES + " \u00a0")
    if words:
        start = bare.index(words)
        yield Edit(0, start, "♪ ")
        yield Edit(start + len(words), len(bare), " ♪", leans_back=True)


def _enclosed(text: str, marks: tuple[str, str]) -> str:
    """The text between two marks, in place of the brackets it may have."""
    marked = MarkedText([text])
    marked.apply(_enclosing(marks))
    return marked.texts()[0]


def _enclosing(marks: tuple[str, str]) -> Rule:
    opening, closing = marks

    def rule(bare: str) -> Iterator[Edit]:
        if not any(one.isalnum() for one in bare):
            return
        if bare.startswith(opening) and bare.endswith(closing):
            return
        if opening in _QUOTES and bare[0] in _QUOTES and bare[-1] in _QUOTES:
            return  # the language's own marks are the business of another rule
        has_brackets = len(bare) > 1 and _BRACKETS.get(bare[0]) == bare[-1]
        yield Edit(0, int(has_brackets), opening)
        yield Edit(len(bare) - has_brackets, len(bare), closing, leans_back=True)

    return rule

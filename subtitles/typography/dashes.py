"""Dashes that tell two speakers in one cue apart, in the four styles of the published guides."""

import re
from collections.abc import Iterator, Sequence

from subtitles.style.profile import DashStyle, StyleProfile
from subtitles.typography.marked import Edit, MarkedText, Rule

_DASHES = "-–—‐‑−"
_DASH_ANYWHERE = re.compile(f"[{_DASHES}](?<![^\n\x1e].)")
# A dash before a digit may be a minus, one before another dash an interruption.
_SURE_DASH = re.compile(rf"[{_DASHES}][ \u00a0]*(?=[^{_DASHES}\s\d>])")
_ANY_DASH = re.compile(rf"[{_DASHES}][ \u00a0]*(?=[^{_DASHES}\s>])")

_PRINTED = {
    DashStyle.SPACED_BOTH: ("- ", "- "),
    DashStyle.BOTH: ("-", "-"),
    DashStyle.SECOND: ("", "-"),
    DashStyle.SPACED_SECOND: ("", "- "),
}


def speaker_rows(turns: Sequence[str], profile: StyleProfile) -> tuple[str, ...]:
    """What several speakers say in one cue, each with the language's dash; one alone has none.

    Args:
        turns: Each speaker's words, with any dash or none.
        profile: Of the language.
    """
    bodies = [_without_dash(turn) for turn in turns]
    if len(bodies) == 1:
        return tuple(bodies)
    first, others = _PRINTED[profile.typography.dash]
    return tuple((others if number else first) + body for number, body in enumerate(bodies))


def _without_dash(text: str) -> str:
    dash = _SURE_DASH.match(text)
    return text[dash.end() :] if dash else text


def dash_rule(marked: MarkedText, style: DashStyle) -> Rule:
    """The dashes of dialogue cues in a style; one on a cue of a single speaker goes.

    ``marked`` holds the texts of the cues. A row that opens with a dash opens a speaker's turn. In
    a cue that has one for sure, a dash before a digit is a dash too; elsewhere it is a minus.
    """
    printed = _PRINTED[style]

    def rule(bare: str) -> Iterator[Edit]:
        done = -1
        for found in _DASH_ANYWHERE.finditer(bare):
            number = marked.cue_at(found.start())
            if number != done:
                done = number
                yield from _cue_edits(bare, *marked.span_of(number), printed)

    return rule


def _cue_edits(bare: str, start: int, end: int, printed: tuple[str, str]) -> Iterator[Edit]:
    rows = [start, *(place + 1 for place in range(start, end) if bare[place] == "\n")]
    if not any(_SURE_DASH.match(bare, row, end) for row in rows):
        return
    dashes = [_ANY_DASH.match(bare, row, end) for row in rows]
    if dashes[0] is None and bare[start] in _DASHES:
        return  # an interruption taken up again, or nothing but dashes: not for a rule to tell
    turns = [0] + [number for number in range(1, len(rows)) if dashes[number]]
    for place, number in enumerate(turns):
        dash, row = dashes[number], rows[number]
        new = "" if len(turns) == 1 else printed[min(place, 1)]
        yield Edit(row, dash.end() if dash else row, new)

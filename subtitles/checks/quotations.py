"""Checks of quotations that are opened and not closed; one may run through several cues."""

from collections.abc import Sequence

from subtitles.checks.checked import Checkable
from subtitles.checks.standard import Standard
from subtitles.counting import visible_text
from subtitles.findings import Finding

_MOST_CUES = 8
"""A quotation that is still open after so many cues has lost its end."""


def check_quotations(cues: Sequence[Checkable], standard: Standard) -> list[list[Finding]]:
    """The findings of each cue, by the outer quotation marks of the language.

    A long quotation may be opened anew at every cue and closed once.
    """
    found: list[list[Finding]] = [[] for _ in cues]
    marks = standard.profile.typography.quotes[:2]
    opened: list[int] = []  # the cues that opened what is still open

    def report(number: int, count: int) -> None:
        cue_id = cues[number].cue_id
        found[number] += standard.found("unbalanced-quotes", cue_id, count, 0, "quotes")

    for number, cue in enumerate(cues):
        text = "\n".join(cue.lines)
        if opened and number - opened[0] > _MOST_CUES:
            report(opened[0], len(opened))
            opened.clear()
        if marks[0] in text or marks[1] in text:
            unmatched = _through(visible_text(text), marks, number, opened)
            if unmatched:
                report(number, unmatched)
    if opened:
        report(opened[0], len(opened))
    return found


def _through(text: str, marks: Sequence[str], number: int, opened: list[int]) -> int:
    """How many marks close nothing; ``opened`` is brought up to date."""
    opening, closing = marks
    unmatched = 0
    for place, char in enumerate(text):
        if char == closing and (opened or opening != closing):
            if opened:
                opened.pop()
            else:
                unmatched += 1
        elif char == opening and not (opened and not text[:place].strip("-–—… ")):
            opened.append(number)
    return unmatched

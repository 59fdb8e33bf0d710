"""What a task counts of its cues, one cue at a time."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass

from review.tasks import CueState, ReviewCue
from subtitles.findings import Severity

EVEN_CHANCE = 0.5
"""Below this quality, more texts are changed than stay as they are."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Cues ticked off, stale, at risk; errors and warnings on them that nobody waived."""

    confirmed: int = 0
    stale: int = 0
    at_risk: int = 0
    errors: int = 0
    warnings: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    def __sub__(self, other: "Counts") -> "Counts":
        return Counts(*(a - b for a, b in zip(astuple(self), astuple(other), strict=True)))


def counts_of(cue: ReviewCue) -> Counts:
    """What one cue adds to the counts of its task."""
    waived = [waiver.finding for waiver in cue.waivers]
    is_open = [one.severity for one in cue.findings if one not in waived]
    errors, warnings = is_open.count(Severity.ERROR), is_open.count(Severity.WARNING)
    return Counts(
        confirmed=int(cue.state is CueState.CONFIRMED),
        stale=int(cue.is_stale),
        at_risk=int(errors + warnings > 0 or _is_doubtful(cue)),
        errors=errors,
        warnings=warnings,
    )


def difference(changes: Iterable[tuple[ReviewCue, ReviewCue]]) -> Counts:
    """By how much the counts of a task change when these cues (before, after) do."""
    total = Counts()
    for before, after in changes:
        total += counts_of(after) - counts_of(before)
    return total


def _is_doubtful(cue: ReviewCue) -> bool:
    """A machine text that is likelier wrong than right.

    What the machine thinks of its text says nothing any more once a person has changed or ticked
    it; what is found on the text does.
    """
    untouched = cue.state is CueState.MACHINE
    return untouched and cue.quality is not None and cue.quality < EVEN_CHANCE

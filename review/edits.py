"""What an edit or a tick makes of a cue."""

from dataclasses import replace
from datetime import datetime

from review.events import Event, EventKind
from review.staleness import looked_at
from review.store import EDIT_EVENT_WINDOW
from review.tasks import CueState, ReviewCue
from subtitles.findings import Finding


def edited(cue: ReviewCue, text: str) -> ReviewCue:
    """The cue with another text, under its next version; its findings are those from before."""
    return replace(with_text(cue, text), version=cue.version + 1)


def with_text(cue: ReviewCue, text: str) -> ReviewCue:
    """The cue with another text, its tick gone; the machine's own text makes it untouched again."""
    state = CueState.MACHINE if text == cue.machine_text else CueState.EDITED
    return replace(cue, text=text, state=state)


def measured_anew(cue: ReviewCue, findings: tuple[Finding, ...]) -> ReviewCue:
    """The cue with what is found on it now; a waiver stays on a finding that is there as it was."""
    waivers = tuple(waiver for waiver in cue.waivers if waiver.finding in findings)
    return replace(cue, findings=findings, waivers=waivers)


def ticked(cue: ReviewCue, *, confirmed: bool) -> ReviewCue:
    """The cue ticked off, which says that its source was looked at; or as it is without a tick."""
    if confirmed:
        return looked_at(replace(cue, state=CueState.CONFIRMED))
    if cue.state is not CueState.CONFIRMED:
        return cue
    untouched = cue.text == cue.machine_text
    return replace(cue, state=CueState.MACHINE if untouched else CueState.EDITED)


def goes_on_typing(last: Event | None, actor: str, now: datetime) -> bool:
    """Whether an edit now belongs to the burst that the cue's last event began.

    The event holds the text from before the burst, and the next event of the cue holds the text
    after it, so nothing between two people is lost to the log.
    """
    return (
        last is not None
        and last.kind is EventKind.CUE_EDITED
        and last.actor == actor
        and now - last.at < EDIT_EVENT_WINDOW
    )

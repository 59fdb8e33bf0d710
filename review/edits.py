"""What an edit or a tick makes of a cue."""

from dataclasses import replace
from datetime import datetime

from review.store import EDIT_EVENT_WINDOW
from review.tasks import CueState, Event, EventKind, ReviewCue
from subtitles.findings import Finding


def edited(cue: ReviewCue, text: str, findings: tuple[Finding, ...]) -> ReviewCue:
    """The cue with another text, its tick gone; the machine's own text makes it untouched again."""
    state = CueState.MACHINE if text == cue.machine_text else CueState.EDITED
    return replace(cue, text=text, state=state, version=cue.version + 1, findings=findings)


def ticked(cue: ReviewCue, *, confirmed: bool) -> ReviewCue:
    """The cue ticked off, or as it would be without its tick."""
    if confirmed:
        return replace(cue, state=CueState.CONFIRMED)
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

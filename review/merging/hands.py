"""What people have done to a cue, so that no machine may take it back."""

from collections import Counter
from collections.abc import Mapping, Sequence

from review.merging.links import places_of
from review.tasks import CueState, ReviewCue


def kept_by_people(cues: Sequence[ReviewCue], approved: Mapping[str, str]) -> tuple[ReviewCue, ...]:
    """The cues that carry somebody's work or word, in order; the others are the machine's still.

    Somebody wrote the text or ticked it off, moved it in time, split, merged or added the cue; or
    it reads as it was approved.

    Args:
        cues: All of a task.
        approved: The texts approved last, by cue id; empty before the first approval.
    """
    rendered = Counter(place for cue in cues for place in places_of(cue))
    return tuple(
        cue
        for cue in cues
        if cue.state is not CueState.MACHINE
        or is_retimed(cue)
        or is_restructured(cue, rendered)
        or approved.get(cue.cue_id) == cue.text
    )


def is_retimed(cue: ReviewCue) -> bool:
    """Whether a person gave it its times."""
    return cue.span != cue.machine_span


def is_restructured(cue: ReviewCue, rendered: Mapping[int, int]) -> bool:
    """Whether it renders anything but one whole source cue; ``rendered``: by how many cues each."""
    places = places_of(cue)
    return len(places) != 1 or rendered[places.start] > 1

"""What a cue is once its source has been heard anew."""

from collections.abc import Sequence
from dataclasses import replace

from review.merging.links import Places, places_of
from review.merging.source_cues import SourceCue, content_of
from review.tasks import CueState, ReviewCue


def relinked_cue(
    cue: ReviewCue,
    places: Places,
    old: Sequence[SourceCue],
    new: Sequence[SourceCue],
    *,
    is_transcript: bool = False,
) -> ReviewCue:
    """The cue with its new source; stale and without its tick if it now renders something else.

    One that rendered nothing and now has a source is not stale: what a person added has been
    heard. One whose source is gone keeps the old source text, for people to see.

    Args:
        cue: Its links lead into ``old``.
        places: Where its links lead in ``new``.
        old: The source as it was.
        new: The source as it is.
        is_transcript: There is no source that could change.
    """
    before = [old[place].text for place in places_of(cue)]
    now = [new[place].text for place in places]
    moved = replace(
        cue,
        first_source=places.start if places else None,
        last_source=places.stop - 1 if places else None,
        source_text="\n".join(now) if now and before != now else cue.source_text,
    )
    if is_transcript or not source_changes(cue, places, old, new):
        return moved
    # What a person ticked off stays that person's.
    state = CueState.EDITED if cue.state is CueState.CONFIRMED else cue.state
    # Of several changes a person is shown what all of them together did.
    earlier = cue.earlier_source if cue.is_stale else cue.source_text
    return replace(moved, is_stale=True, earlier_source=earlier, state=state)


def source_changes(
    cue: ReviewCue, places: Places, old: Sequence[SourceCue], new: Sequence[SourceCue]
) -> bool:
    """Whether what a cue renders says something else in the new source, or is not there."""
    before = [old[place].text for place in places_of(cue)]
    return bool(before) and content_of(before) != content_of(new[place].text for place in places)

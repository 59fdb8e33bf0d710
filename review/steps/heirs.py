"""Which cue has the words of a cue that steps took away."""

from collections.abc import Iterable, Sequence

from review.steps.records import CueChange, StepRecord
from subtitles.span import Span


def words_now(cue_ids: Iterable[str], records: Iterable[StepRecord]) -> dict[str, str]:
    """For each cue the one that had its words last, which may be gone itself.

    A cue that was merged into another lives on there, until a step brings it back; so does the half
    of a split that was taken back. Of cues that were cut anew it is the one shown at their time.

    Args:
        cue_ids: Of cues that were there once.
        records: Of the steps that took cues away or brought them back, oldest first.
    """
    now = {cue_id: cue_id for cue_id in cue_ids}
    for record in records:
        gone = {change.cue_id: change for change in record.cues if change.after is None}
        left = {change.cue_id: change for change in record.cues if change.after is not None}
        for cue_id, at in now.items():
            if cue_id in left:
                now[cue_id] = cue_id
            elif at in gone:
                now[cue_id] = _heir(gone[at], tuple(left.values())) or at
    return now


def _heir(gone: CueChange, left: Sequence[CueChange]) -> str | None:
    # Merged cues and halves put together are one cue afterwards; of deleted ones none is left.
    if len(left) == 1:
        return left[0].cue_id
    span = Span(**(gone.before or {})["span"])
    shown = [
        (Span(**change.after["span"]).overlap_ms(span), change.cue_id)
        for change in left
        if change.after and "span" in change.after
    ]
    overlap_ms, cue_id = max(shown, default=(0, ""))
    return cue_id if overlap_ms else None

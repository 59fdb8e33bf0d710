"""Which cue has the words of a cue that steps took away."""

from collections.abc import Iterable

from review.steps.records import StepRecord


def words_now(cue_ids: Iterable[str], records: Iterable[StepRecord]) -> dict[str, str]:
    """For each cue the one that had its words last, which may be gone itself.

    A cue that was merged into another lives on there, until a step brings it back; so does the half
    of a split that was taken back.

    Args:
        cue_ids: Of cues that were there once.
        records: Of the steps that took cues away or brought them back, oldest first.
    """
    now = {cue_id: cue_id for cue_id in cue_ids}
    for record in records:
        gone = {change.cue_id for change in record.cues if change.after is None}
        left = [change.cue_id for change in record.cues if change.after is not None]
        # Merged cues and halves put together are one cue afterwards; of deleted ones none is left.
        heir = left[0] if gone and len(left) == 1 else None
        for cue_id, at in now.items():
            if cue_id in left:
                now[cue_id] = cue_id
            elif at in gone and heir is not None:
                now[cue_id] = heir
    return now

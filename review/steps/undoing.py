"""Taking a step back: its cues are what they were, under new versions."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from review.errors import InvalidStepError, StaleStepError
from review.steps.records import CueChange, StepRecord, made_from, mark, with_values
from review.steps.section import Cues, Section
from review.tasks import ReviewCue


def undone(section: Section, record: StepRecord) -> Cues:
    """The cues of the section as they were before a step.

    Texts, times, states, links, ids and findings are as they were; versions never are, so that
    nobody's older copy can pass for the present one.

    Args:
        section: Holds every cue of the record that is there, and those beside the others' times.
        record: Of the step.

    Raises:
        StaleStepError: cues that the step touched have changed since.
        InvalidStepError: others stand now where these have to go.
    """
    now = {cue.cue_id: cue for cue in section.cues}
    moved_on = [one.cue_id for one in record.cues if _has_moved_on(one, now.get(one.cue_id))]
    if moved_on:
        raise StaleStepError(section.task_id, tuple(moved_on))
    restored = {
        change.cue_id: _restored(change, now.get(change.cue_id))
        for change in record.cues
        if change.before is not None
    }
    made = {change.cue_id for change in record.cues if change.before is None}
    cues = [restored.get(cue.cue_id, cue) for cue in section.cues if cue.cue_id not in made]
    for cue_id, cue in restored.items():
        if cue_id not in now:
            cues.insert(bisect_left(cues, cue.span, key=lambda one: one.span), cue)
    _require_order(cues, restored, now)
    return section.numbered(cues)


def _has_moved_on(change: CueChange, cue: ReviewCue | None) -> bool:
    """Whether a cue is not what the step has made of it."""
    if change.after is None or cue is None:
        return change.after is not None or cue is not None
    return mark(cue) != change.left


def _restored(change: CueChange, cue: ReviewCue | None) -> ReviewCue:
    before = change.before or {}
    if cue is None:
        cue = made_from(change.cue_id, before)
        return replace(cue, version=cue.version + 1)
    version = cue.version + 1 if "version" in before else cue.version
    return replace(with_values(cue, before), version=version)


def _require_order(
    cues: list[ReviewCue], restored: Mapping[str, ReviewCue], now: Mapping[str, ReviewCue]
) -> None:
    """Refuse times that are somebody else's by now."""
    moved = {
        cue_id
        for cue_id, cue in restored.items()
        if cue_id not in now or now[cue_id].span != cue.span
    }
    for earlier, later in pairwise(cues):
        is_both = {earlier.cue_id, later.cue_id} <= moved
        if not is_both and moved & {earlier.cue_id, later.cue_id}:
            other = later if earlier.cue_id in moved else earlier
            if later.span.start_ms < earlier.span.end_ms:
                raise InvalidStepError(
                    f"cue {other.ordinal + 1} is shown by now where this would have to go: "
                    "move it first"
                )

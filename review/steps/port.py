"""The port of steps on cues."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from review.resegmenting.recut import Recut
from review.steps.kinds import Resegment, Step
from review.tasks import ReviewCue, ReviewTask


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken:
    """What a step has done.

    Attributes:
        step_id: With which it is undone.
        structure_version: Of the task now: it grows with every change of structure or times.
        changed: All cues that are not what they were, in order, neighbours that were measured again
            among them. Those that only have another number are not.
        removed: The ids of cues that are gone.
        order: The ids of all cues in order where cues came or went, else None.
        task: The task now.
    """

    step_id: int
    structure_version: int
    changed: tuple[ReviewCue, ...]
    removed: tuple[str, ...]
    order: tuple[str, ...] | None
    task: ReviewTask


class Steps(Protocol):
    """Where people do steps on cues: each is one transaction and leaves one event."""

    def preview(self, task_id: str, step: Resegment) -> Recut:
        """What cutting anew would make of the cues as they are now; nothing is done.

        Raises:
            UnknownTaskError: there is no such task.
            StaleStepError: a cue that the step names is gone.
            InvalidStepError: nobody knows when its words were said.
        """
        ...

    def take(
        self, task_id: str, step: Step, *, user_id: str, epoch: int, versions: Mapping[str, int]
    ) -> StepTaken:
        """Do a step, all of it or nothing; the lease is renewed.

        Args:
            task_id: The task.
            step: What to do.
            user_id: Who holds the task.
            epoch: Of that person's lease.
            versions: For every cue that the step touches, and that is there before it, the version
                it was seen in.

        Raises:
            UnknownTaskError: there is no such task, or no such step to undo.
            LeaseLostError: somebody else holds the task.
            NotAllowedError: the task's state or the person's role forbids it.
            StaleStepError: a cue is gone or has another version, or its version was not sent.
            InvalidStepError: it cannot be done on these cues.
        """
        ...

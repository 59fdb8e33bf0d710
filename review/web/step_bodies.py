"""What browsers send and get when they do steps on cues: pydantic models, as in `bodies`."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from review.errors import StaleStepError
from review.steps.kinds import KINDS, Side, Step
from review.steps.port import StepTaken
from review.tasks import ReviewCue
from review.web.bodies import MAX_TEXT_CHARS, CueAnswer, EpochBody, StrictBody, cue_answer
from review.web.decision_bodies import TaskAnswer, task_answer
from review.web.problems import code_of
from subtitles.style.profile import StyleProfile

MAX_ID_CHARS = 200
_MOST_CUES = 10_000
"""More than any film has: a day of speech without a pause has less."""
_LARGEST = 2**63 - 1

CueId = Annotated[str, Field(min_length=1, max_length=MAX_ID_CHARS)]
CueIds = Annotated[tuple[CueId, ...], Field(min_length=1, max_length=_MOST_CUES)]
Text = Annotated[str, Field(max_length=MAX_TEXT_CHARS)]
Number = Annotated[int, Field(ge=-_LARGEST, le=_LARGEST)]


class SplitBody(StrictBody):
    """One cue becomes two; ``at_char`` counts code points, ``at_ms`` is None to share the time."""

    kind: Literal["split"]
    cue_id: CueId
    at_char: Number
    at_ms: Number | None = None


class MergeBody(StrictBody):
    """Cues that follow each other become one."""

    kind: Literal["merge"]
    cue_ids: CueIds


class MoveWordsBody(StrictBody):
    """The last words go to the next cue, or the first ones to the previous."""

    kind: Literal["move_words"]
    cue_id: CueId
    to: Side
    count: Number


class SetTimesBody(StrictBody):
    """A cue comes and goes at other times."""

    kind: Literal["set_times"]
    cue_id: CueId
    start_ms: Number
    end_ms: Number


class ShiftBody(StrictBody):
    """A cue and all that follow come later; earlier by a negative time."""

    kind: Literal["shift"]
    cue_id: CueId
    by_ms: Number


class InsertBody(StrictBody):
    """A new cue after another, or before all."""

    kind: Literal["insert"]
    after_cue_id: CueId | None
    start_ms: Number
    end_ms: Number
    text: Text


class DeleteBody(StrictBody):
    """Cues go."""

    kind: Literal["delete"]
    cue_ids: CueIds


class SetTextsBody(StrictBody):
    """Several cues get other texts at once."""

    kind: Literal["set_texts"]
    texts: Annotated[dict[CueId, Text], Field(min_length=1, max_length=_MOST_CUES)]


class ConfirmBody(StrictBody):
    """Several cues are ticked off at once."""

    kind: Literal["confirm"]
    cue_ids: CueIds


class ResegmentBody(StrictBody):
    """The unconfirmed cues of a transcript from one to another are cut anew."""

    kind: Literal["resegment"]
    first_cue_id: CueId
    last_cue_id: CueId


class UndoBody(StrictBody):
    """A step is taken back, or an undo."""

    kind: Literal["undo"]
    step_id: Number


AnyStepBody = Annotated[
    SplitBody
    | MergeBody
    | MoveWordsBody
    | SetTimesBody
    | ShiftBody
    | InsertBody
    | DeleteBody
    | SetTextsBody
    | ConfirmBody
    | ResegmentBody
    | UndoBody,
    Field(discriminator="kind"),
]


class StepBody(EpochBody):
    """A step on the cues as they were seen: ``versions`` has every one that it touches."""

    versions: Annotated[dict[CueId, Number], Field(max_length=_MOST_CUES)]
    step: AnyStepBody


class StepAnswer(BaseModel):
    """What a step has done; ``order`` has all cues in order where some came or went."""

    step_id: int
    structure_version: int
    changed: tuple[CueAnswer, ...]
    removed: tuple[str, ...]
    order: tuple[str, ...] | None
    task: TaskAnswer


class StaleStepAnswer(BaseModel):
    """A step was refused, since cues are not as they were seen: how they, and all, are now."""

    error: str
    message: str
    cues: tuple[CueAnswer, ...]
    removed: tuple[str, ...]
    order: tuple[str, ...]


_MADE_OF = {name: kind for kind, name in KINDS.items()}


def step_of(body: StepBody) -> Step:
    """The step that somebody asks for."""
    asked = body.step
    return _MADE_OF[asked.kind](**asked.model_dump(exclude={"kind"}))


def step_answer(taken: StepTaken, profile: StyleProfile) -> StepAnswer:
    """What a step has done, as the page reads it."""
    return StepAnswer(
        step_id=taken.step_id,
        structure_version=taken.structure_version,
        changed=tuple(cue_answer(cue, profile) for cue in taken.changed),
        removed=taken.removed,
        order=taken.order,
        task=task_answer(taken.task),
    )


def stale_answer(
    body: StepBody, error: StaleStepError, cues: Sequence[ReviewCue], profile: StyleProfile
) -> StaleStepAnswer:
    """The cues that somebody had seen otherwise, as they are now; ``cues`` are all of the task."""
    there = {cue.cue_id for cue in cues}
    named = {*body.versions, *error.cue_ids}
    return StaleStepAnswer(
        error=code_of(error),
        message=str(error),
        cues=tuple(cue_answer(cue, profile) for cue in cues if cue.cue_id in named),
        removed=tuple(sorted(named - there)),
        order=tuple(cue.cue_id for cue in cues),
    )

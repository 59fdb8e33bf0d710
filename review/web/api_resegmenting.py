"""What cutting a transcript anew would make of its cues, before anybody does it."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from review.resegmenting.changes import Change
from review.resegmenting.recut import Recut
from review.steps.kinds import Resegment
from review.tasks import ReviewCue
from review.web.services import Parts
from review.web.step_bodies import MAX_ID_CHARS
from review.web.wording import why_uncut

router = APIRouter(prefix="/api/v1")

CueIdInQuery = Annotated[str, Query(min_length=1, max_length=MAX_ID_CHARS)]


class CutAnswer(BaseModel):
    """A cue that does not exist yet."""

    start_ms: int
    end_ms: int
    text: str


class CutCueAnswer(CutAnswer):
    """A cue as it is; ``number`` counts from one."""

    cue_id: str
    number: int


class CutChangeAnswer(BaseModel):
    """Cues that follow each other, and what would be in their place."""

    before: tuple[CutCueAnswer, ...]
    after: tuple[CutAnswer, ...]


class UncutAnswer(BaseModel):
    """A cue that nobody has confirmed and that would stay all the same."""

    cue_id: str
    number: int
    why: str


class ResegmentationAnswer(BaseModel):
    """All that would change; cues that it does not name stay to the millisecond."""

    changes: tuple[CutChangeAnswer, ...]
    left: tuple[UncutAnswer, ...]
    confirmed_count: int


@router.get("/tasks/{task_id}/resegmentation")
def api_resegmentation(
    parts: Parts, task_id: str, first_cue_id: CueIdInQuery, last_cue_id: CueIdInQuery
) -> ResegmentationAnswer:
    """Preview the step ``resegment`` on the cues as they are stored.

    412 when one of both cues is gone; 422 with one line for a text whose words nobody has heard.
    """
    step = Resegment(first_cue_id=first_cue_id, last_cue_id=last_cue_id)
    return _answer(parts.backend.steps.preview(task_id, step))


def _answer(found: Recut) -> ResegmentationAnswer:
    return ResegmentationAnswer(
        changes=tuple(map(_change, found.changes)),
        left=tuple(
            UncutAnswer(cue_id=cue.cue_id, number=cue.ordinal + 1, why=why_uncut(why))
            for cue, why in found.left
        ),
        confirmed_count=found.confirmed_count,
    )


def _change(change: Change) -> CutChangeAnswer:
    return CutChangeAnswer(
        before=tuple(map(_cue, change.before)),
        after=tuple(
            CutAnswer(start_ms=cue.span.start_ms, end_ms=cue.span.end_ms, text=cue.text)
            for cue in change.after
        ),
    )


def _cue(cue: ReviewCue) -> CutCueAnswer:
    return CutCueAnswer(
        cue_id=cue.cue_id,
        number=cue.ordinal + 1,
        start_ms=cue.span.start_ms,
        end_ms=cue.span.end_ms,
        text=cue.text,
    )

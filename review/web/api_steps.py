"""Steps on cues as JSON: structure, times, many texts at once, and taking them back."""

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from review.errors import StaleStepError
from review.measuring import profile_of
from review.web.access import CurrentUser
from review.web.problems import status_of
from review.web.services import Parts
from review.web.step_bodies import (
    StaleStepAnswer,
    StepAnswer,
    StepBody,
    stale_answer,
    step_answer,
    step_of,
)

router = APIRouter(prefix="/api/v1/tasks/{task_id}/steps")


@router.post("", response_model=StepAnswer, responses={412: {"model": StaleStepAnswer}})
def api_step(
    parts: Parts, user: CurrentUser, task_id: str, body: StepBody
) -> StepAnswer | Response:
    """Do a step on cues, all of it or nothing.

    412 with the cues as they are when one of them has another version than the sender saw, or is
    gone; 409 when the sender does not hold the task; 422 with one line when it cannot be done.
    """
    try:
        taken = parts.backend.steps.take(
            task_id,
            step_of(body),
            user_id=user.user_id,
            epoch=body.epoch,
            versions=body.versions,
        )
    except StaleStepError as error:
        profile, cues = profile_of(parts.store.task(task_id)), parts.store.cues(task_id)
        answer = stale_answer(body, error, cues, profile)
        return JSONResponse(answer.model_dump(mode="json"), status_code=status_of(error))
    return step_answer(taken, profile_of(taken.task))

"""Decisions on tasks as JSON; what the buttons of the task page do, and what they answer.

A decision that is sent again because its answer was lost answers as it did before.
"""

from fastapi import APIRouter

from review.measuring import profile_of
from review.web.access import CurrentUser
from review.web.bodies import EpochBody, cue_answer
from review.web.decision_bodies import (
    ChangesBody,
    ReasonBody,
    SnapshotAnswer,
    TaskAnswer,
    WaiverAnswer,
    WaiverBody,
    snapshot_answer,
    task_answer,
)
from review.web.services import Parts

router = APIRouter(prefix="/api/v1/tasks/{task_id}")


@router.get("")
def api_task(parts: Parts, task_id: str) -> TaskAnswer:
    """The task as it stands now."""
    return task_answer(parts.store.task(task_id))


@router.post("/release")
def api_release(parts: Parts, user: CurrentUser, task_id: str, body: EpochBody) -> TaskAnswer:
    """Give the task back."""
    parts.store.release(task_id, user.user_id, body.epoch)
    return task_answer(parts.store.task(task_id))


@router.post("/submit")
def api_submit(parts: Parts, user: CurrentUser, task_id: str, body: EpochBody) -> TaskAnswer:
    """Hand the text over to a second person."""
    return task_answer(parts.store.submit(task_id, user_id=user.user_id, epoch=body.epoch))


@router.post("/approve")
def api_approve(parts: Parts, user: CurrentUser, task_id: str, body: EpochBody) -> SnapshotAnswer:
    """Freeze the text."""
    return snapshot_answer(parts.store.approve(task_id, user_id=user.user_id, epoch=body.epoch))


@router.post("/request-changes")
def api_request_changes(
    parts: Parts, user: CurrentUser, task_id: str, body: ChangesBody
) -> TaskAnswer:
    """Send the task back with a reason."""
    task = parts.store.request_changes(
        task_id, user_id=user.user_id, epoch=body.epoch, reason=body.reason
    )
    return task_answer(task)


@router.post("/reopen")
def api_reopen(parts: Parts, user: CurrentUser, task_id: str, body: ReasonBody) -> TaskAnswer:
    """Ask for changes to what was approved; the approved copy stays in force until then."""
    return task_answer(parts.store.reopen(task_id, user_id=user.user_id, reason=body.reason))


@router.post("/start")
def api_start(parts: Parts, user: CurrentUser, task_id: str) -> TaskAnswer:
    """Put a draft into the queue without waiting for its transcript."""
    return task_answer(parts.store.start(task_id, user_id=user.user_id))


@router.post("/cancel")
def api_cancel(parts: Parts, user: CurrentUser, task_id: str, body: ReasonBody) -> TaskAnswer:
    """Take the task out of the queue."""
    return task_answer(parts.store.cancel(task_id, user_id=user.user_id, reason=body.reason))


@router.post("/restore")
def api_restore(parts: Parts, user: CurrentUser, task_id: str) -> TaskAnswer:
    """Put a cancelled task back into the queue."""
    return task_answer(parts.store.restore(task_id, user_id=user.user_id))


@router.put("/waiver")
def api_waive(parts: Parts, user: CurrentUser, task_id: str, body: WaiverBody) -> WaiverAnswer:
    """Let what a rule finds on a cue, or on the whole track, stay; or not any more.

    A warning takes the holder of the task or a lead, an error a lead.
    """
    store, cue_id = parts.store, body.cue_id or ""
    who = {"user_id": user.user_id, "cue_id": cue_id, "rule": body.rule}
    if body.waived:
        task = store.waive(task_id, **who, epoch=body.epoch, reason=body.reason)
    else:
        task = store.unwaive(task_id, **who, epoch=body.epoch)
    cues = store.cues(task_id, [cue_id]) if cue_id else ()
    profile = profile_of(task)
    answers = [cue_answer(cue, profile) for cue in cues]
    return WaiverAnswer(task=task_answer(task), cue=answers[0] if answers else None)

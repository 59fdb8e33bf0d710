"""Decisions on a task as plain forms, so that they work without scripts."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from review.web.access import CurrentUser
from review.web.bodies import Number, ReasonForm
from review.web.decision_bodies import ChangesForm, WaiverForm
from review.web.rendering import see
from review.web.services import Parts
from review.web.task_pages import cue_path, task_path

router = APIRouter(prefix="/tasks/{task_id}")

Epoch = Annotated[Number, Form()]
Reason = Annotated[ReasonForm, Form()]


@router.post("/submit")
def submit(
    request: Request, parts: Parts, user: CurrentUser, task_id: str, epoch: Epoch
) -> Response:
    """Hand the text over to a second person."""
    request.state.back = task_path(task_id)
    parts.store.submit(task_id, user_id=user.user_id, epoch=epoch)
    return see(task_path(task_id), "submitted")


@router.post("/approve")
def approve(
    request: Request, parts: Parts, user: CurrentUser, task_id: str, epoch: Epoch
) -> Response:
    """Freeze the text."""
    request.state.back = task_path(task_id)
    parts.store.approve(task_id, user_id=user.user_id, epoch=epoch)
    return see(task_path(task_id), "approved")


@router.post("/request-changes")
def request_changes(
    request: Request,
    parts: Parts,
    user: CurrentUser,
    task_id: str,
    form: Annotated[ChangesForm, Form()],
) -> Response:
    """Send the task back with a reason."""
    request.state.back = task_path(task_id)
    request.state.typed_text = form.reason
    parts.store.request_changes(task_id, user_id=user.user_id, epoch=form.epoch, reason=form.reason)
    return see("/", "returned")


@router.post("/reopen")
def reopen(
    request: Request, parts: Parts, user: CurrentUser, task_id: str, form: Reason
) -> Response:
    """Ask for changes to what was approved; the approved copy stays in force until then."""
    request.state.back = task_path(task_id)
    request.state.typed_text = form.reason
    parts.store.reopen(task_id, user_id=user.user_id, reason=form.reason)
    return see(task_path(task_id), "reopened")


@router.post("/start")
def start(request: Request, parts: Parts, user: CurrentUser, task_id: str) -> Response:
    """Put a draft into the queue without waiting for its transcript."""
    request.state.back = task_path(task_id)
    parts.store.start(task_id, user_id=user.user_id)
    return see(task_path(task_id), "queued")


@router.post("/cancel")
def cancel(
    request: Request, parts: Parts, user: CurrentUser, task_id: str, form: Reason
) -> Response:
    """Take the task out of the queue."""
    request.state.back = task_path(task_id)
    request.state.typed_text = form.reason
    parts.store.cancel(task_id, user_id=user.user_id, reason=form.reason)
    return see(task_path(task_id), "cancelled")


@router.post("/restore")
def restore(request: Request, parts: Parts, user: CurrentUser, task_id: str) -> Response:
    """Put a cancelled task back into the queue."""
    request.state.back = task_path(task_id)
    parts.store.restore(task_id, user_id=user.user_id)
    return see(task_path(task_id), "queued")


@router.post("/waiver")
def waive(
    request: Request,
    parts: Parts,
    user: CurrentUser,
    task_id: str,
    form: Annotated[WaiverForm, Form()],
) -> Response:
    """Let a finding stay, or not any more."""
    here = cue_path(task_id, form.cue_id) if form.cue_id else task_path(task_id)
    request.state.back = here
    request.state.typed_text = form.reason
    what = {"user_id": user.user_id, "cue_id": form.cue_id, "rule": form.rule}
    if form.withdrawn:
        parts.store.unwaive(task_id, **what, epoch=form.epoch)
    else:
        parts.store.waive(task_id, **what, epoch=form.epoch, reason=form.reason)
    return see(here, "saved")

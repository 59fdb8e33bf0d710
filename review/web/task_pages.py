"""One task: its page, and every action on it as a plain form, so that it works without scripts."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from review.measuring import profile_of
from review.web.access import Access, CurrentUser, may
from review.web.bodies import ChangesForm, ReasonForm
from review.web.media import is_playable, media_kind
from review.web.rendering import page, see
from review.web.services import Parts
from review.web.views import cue_view, event_view, task_view
from review.web.wording import describe

router = APIRouter(prefix="/tasks/{task_id}")

Epoch = Annotated[int, Form()]


@router.get("")
def task_page(request: Request, parts: Parts, user: CurrentUser, task_id: str) -> Response:
    """The editor for whoever holds the task, a read-only preview for everybody else."""
    task = parts.store.task(task_id)
    view = task_view(task, user, parts.clock())
    profile = profile_of(task)
    context = {
        "task": view,
        "cues": [cue_view(cue, profile) for cue in parts.store.cues(task_id)],
        "track_findings": [describe(one) for one in parts.store.track_findings(task_id)],
        "profile": profile,
        "media_kind": media_kind(task.media_path),
        "can_play": is_playable(task.media_path),
        "is_editor": view.epoch is not None,
        "may_reopen": may(user, Access.LEAD),
    }
    return page(request, "task.html", context)


@router.get("/history")
def history_page(request: Request, parts: Parts, user: CurrentUser, task_id: str) -> Response:
    """Who did what, latest first."""
    task = parts.store.task(task_id)
    numbers = {cue.cue_id: cue.ordinal + 1 for cue in parts.store.cues(task_id)}
    events = [event_view(event, numbers) for event in parts.store.events(task_id)]
    context = {"task": task_view(task, user, parts.clock()), "events": events[::-1]}
    return page(request, "history.html", context)


@router.post("/claim")
def claim(request: Request, parts: Parts, user: CurrentUser, task_id: str) -> Response:
    """Take the task."""
    request.state.back = task_path(task_id)
    parts.store.claim(task_id, user.user_id)
    return see(task_path(task_id))


@router.post("/release")
def release(
    request: Request, parts: Parts, user: CurrentUser, task_id: str, epoch: Epoch
) -> Response:
    """Give the task back."""
    request.state.back = task_path(task_id)
    parts.store.release(task_id, user.user_id, epoch)
    return see("/", "released")


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
    request: Request,
    parts: Parts,
    user: CurrentUser,
    task_id: str,
    form: Annotated[ReasonForm, Form()],
) -> Response:
    """Ask for changes to what was approved; the approved copy stays in force until then."""
    request.state.back = task_path(task_id)
    request.state.typed_text = form.reason
    parts.store.reopen(task_id, user_id=user.user_id, reason=form.reason)
    return see(task_path(task_id), "reopened")


def task_path(task_id: str) -> str:
    """Where the page of a task is."""
    return f"/tasks/{quote(task_id, safe='')}"

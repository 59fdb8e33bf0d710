"""One task: its page, and every action on it as a plain form, so that it works without scripts."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from review.measuring import profile_of
from review.web.access import CurrentUser
from review.web.bodies import Number
from review.web.decision_views import decision_view
from review.web.desk_views import desk_view
from review.web.event_views import event_view
from review.web.media import is_playable, media_kind
from review.web.rendering import page, see
from review.web.services import Parts
from review.web.views import cue_view, task_view
from review.web.wording import describe_waived

router = APIRouter(prefix="/tasks/{task_id}")

Epoch = Annotated[Number, Form()]


@router.get("")
def task_page(request: Request, parts: Parts, user: CurrentUser, task_id: str) -> Response:
    """The editor for whoever holds the task, a read-only preview for everybody else."""
    task = parts.store.task(task_id)
    view = task_view(task, user, parts.clock())
    profile = profile_of(task)
    context = {
        "task": view,
        "cues": [cue_view(cue, profile) for cue in parts.store.cues(task_id)],
        "track_findings": describe_waived(
            parts.store.track_findings(task_id), parts.store.track_waivers(task_id)
        ),
        "profile": profile,
        "desk": desk_view(task, profile),
        "media_kind": media_kind(task.media_path),
        "can_play": is_playable(task.media_path),
        "is_editor": view.epoch is not None,
        "decisions": decision_view(task, user, parts.clock()),
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


def task_path(task_id: str) -> str:
    """Where the page of a task is."""
    return f"/tasks/{quote(task_id, safe='')}"


def cue_path(task_id: str, cue_id: str) -> str:
    """Where the page of a cue is."""
    return f"{task_path(task_id)}/cues/{quote(cue_id, safe='')}"

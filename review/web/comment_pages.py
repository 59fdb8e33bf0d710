"""The comments of a task on a page of their own: read and written without scripts."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from pydantic import Field
from starlette.responses import Response

from review.web import bodies
from review.web.access import CurrentUser
from review.web.rendering import page, see
from review.web.services import Parts
from review.web.task_pages import task_path
from review.web.views import task_view

router = APIRouter(prefix="/tasks/{task_id}/comments")


class CommentForm(bodies.Form):
    """Something to say about a cue, or, with an empty id, about the task."""

    body: str = Field(max_length=bodies.MAX_TEXT_CHARS)
    cue_id: str = Field(default="", max_length=200)
    is_blocking: bool = False


@router.get("")
def comments_page(request: Request, parts: Parts, user: CurrentUser, task_id: str) -> Response:
    """What was said about the task and its cues, oldest first."""
    task = parts.store.task(task_id)
    context = {
        "task": task_view(task, user, parts.clock()),
        "comments": parts.backend.comments.comments(task_id),
        "numbers": {cue.cue_id: cue.ordinal + 1 for cue in parts.store.cues(task_id)},
    }
    return page(request, "comments.html", context)


@router.post("")
def comment(
    request: Request,
    parts: Parts,
    user: CurrentUser,
    task_id: str,
    form: Annotated[CommentForm, Form()],
) -> Response:
    """Say something."""
    request.state.back = comments_path(task_id)
    request.state.typed_text = form.body
    parts.backend.comments.comment(
        task_id,
        user_id=user.user_id,
        cue_id=form.cue_id or None,
        body=form.body,
        is_blocking=form.is_blocking,
    )
    return see(comments_path(task_id), "saved")


@router.post("/{comment_id}")
def resolve_comment(
    request: Request,
    parts: Parts,
    user: CurrentUser,
    task_id: str,
    comment_id: int,
    resolved: Annotated[bool, Form()],
) -> Response:
    """Tick a comment off, or take it up again."""
    request.state.back = comments_path(task_id)
    parts.backend.comments.resolve(task_id, comment_id, user_id=user.user_id, resolved=resolved)
    return see(comments_path(task_id), "saved")


def comments_path(task_id: str) -> str:
    """Where the comments of a task are."""
    return f"{task_path(task_id)}/comments"

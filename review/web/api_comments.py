"""Comments as JSON."""

from fastapi import APIRouter

from review.web.access import CurrentUser
from review.web.decision_bodies import CommentAnswer, CommentBody, ResolutionBody, comment_answer
from review.web.services import Parts

router = APIRouter(prefix="/api/v1/tasks/{task_id}/comments")


@router.get("")
def api_comments(parts: Parts, task_id: str) -> tuple[CommentAnswer, ...]:
    """All comments of a task, oldest first."""
    return tuple(comment_answer(one) for one in parts.backend.comments.comments(task_id))


@router.post("")
def api_comment(parts: Parts, user: CurrentUser, task_id: str, body: CommentBody) -> CommentAnswer:
    """Say something about a cue or about the task."""
    made = parts.backend.comments.comment(
        task_id,
        user_id=user.user_id,
        cue_id=body.cue_id,
        body=body.body,
        is_blocking=body.is_blocking,
    )
    return comment_answer(made)


@router.put("/{comment_id}/resolution")
def api_resolve_comment(
    parts: Parts, user: CurrentUser, task_id: str, comment_id: int, body: ResolutionBody
) -> CommentAnswer:
    """Tick a comment off, or take it up again."""
    resolved = parts.backend.comments.resolve(
        task_id, comment_id, user_id=user.user_id, resolved=body.resolved
    )
    return comment_answer(resolved)

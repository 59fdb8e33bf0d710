"""The queue: what waits, who holds what, and why there may be nothing to do."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import Response

from review.errors import NotAllowedError, TaskHeldError
from review.tasks import ReviewTask, TaskState
from review.web.access import CurrentUser
from review.web.rendering import page, see
from review.web.services import Parts
from review.web.views import STATE_NAMES, TaskView, task_view
from subtitles.language import LanguageTag, language_name, parse_language

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One entry of a filter, with how many tasks it would show."""

    value: str
    name: str
    count: int
    is_chosen: bool


@router.get("/")
def queue_page(
    request: Request,
    parts: Parts,
    user: CurrentUser,
    state: Annotated[str, Query(max_length=40)] = "",
    language: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """Every task that matches the filters, oldest first."""
    wanted_state, wanted_language = _filters(state, language)
    everything = parts.store.tasks()
    shown = _matching(everything, wanted_state, wanted_language)
    now = parts.clock()
    rows = [task_view(task, user, now) for task in shown]
    context = {
        "tasks": rows,
        "states": _state_choices(_matching(everything, None, wanted_language), wanted_state),
        "languages": _language_choices(_matching(everything, wanted_state, None), wanted_language),
        "state": state,
        "language": language,
        "why_empty": why_empty(everything, shown, wanted_state, wanted_language),
        "nothing_free": why_nothing_free(rows),
        "free_count": sum(row.is_free and not row.is_mine for row in rows),
    }
    return page(request, "queue.html", context)


@router.post("/next")
def take_next(
    parts: Parts,
    user: CurrentUser,
    state: Annotated[str, Form(max_length=40)] = "",
    language: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Claim the oldest free task that matches and open it."""
    wanted_state, wanted_language = _filters(state, language)
    for task in parts.store.tasks(state=wanted_state, language=wanted_language):
        if task.state is TaskState.APPROVED or task.lease is not None:
            continue
        try:
            parts.store.claim(task.task_id, user.user_id)
        except (TaskHeldError, NotAllowedError):
            continue  # somebody was faster: the next one
        return see(f"/tasks/{task.task_id}")
    return see("/", "none-free")


def why_empty(
    everything: Sequence[ReviewTask],
    shown: Sequence[ReviewTask],
    state: TaskState | None,
    language: LanguageTag | None,
) -> str:
    """Why the list has no rows; empty when it has some."""
    if shown:
        return ""
    if not everything:
        return (
            "No draft has been parked for review yet. "
            "A title appears here as soon as a run has made its subtitles."
        )
    chosen = " ".join(
        part
        for part in (
            f"in state “{STATE_NAMES[state]}”" if state else "",
            f"in {language_name(language)}" if language else "",
        )
        if part
    )
    count = len(everything)
    others = "1 task does" if count == 1 else f"{count} tasks do"
    return f"No task is {chosen}. {others} not match these filters."


def why_nothing_free(rows: Sequence[TaskView]) -> str:
    """Why there are rows and yet nothing to take; empty when there is something."""
    open_rows = [row for row in rows if not row.is_approved]
    if not rows or any(row.is_free for row in open_rows):
        return ""
    if not open_rows:
        return "Everything listed here is approved."
    holders = Counter(row.holder for row in open_rows)
    held = ", ".join(f"{count} by {name}" for name, count in holders.items())
    return f"Nothing is free: all open tasks listed here are held ({held})."


def _filters(state: str, language: str) -> tuple[TaskState | None, LanguageTag | None]:
    """What the filters ask for; an unknown state shows everything rather than nothing."""
    wanted_state = TaskState(state) if state in set(TaskState) else None
    return wanted_state, parse_language(language) if language else None


def _matching(
    tasks: Sequence[ReviewTask], state: TaskState | None, language: LanguageTag | None
) -> list[ReviewTask]:
    return [
        task
        for task in tasks
        if (state is None or task.state is state)
        and (language is None or task.language == language)
    ]


def _state_choices(tasks: Sequence[ReviewTask], chosen: TaskState | None) -> list[Choice]:
    counts = Counter(task.state for task in tasks)
    return [
        Choice(value=state, name=name, count=counts[state], is_chosen=state is chosen)
        for state, name in STATE_NAMES.items()
    ]


def _language_choices(tasks: Sequence[ReviewTask], chosen: LanguageTag | None) -> list[Choice]:
    counts = Counter(task.language for task in tasks)
    tags = sorted({*counts, *((chosen,) if chosen else ())}, key=language_name)
    return [
        Choice(value=tag, name=language_name(tag), count=counts[tag], is_chosen=tag == chosen)
        for tag in tags
    ]

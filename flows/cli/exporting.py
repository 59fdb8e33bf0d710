"""What ``polycue export`` does."""

from pathlib import Path

from flows.errors import UsageError
from flows.files import write_atomically
from flows.stages.deliverables import file_name
from flows.wiring import open_review
from review.tasks import ReviewTask, TaskState
from subtitles.language import LanguageTag

_SHORTEST_ID_PREFIX = 6


def export_tasks(
    *, title: str, language: LanguageTag | None, folder: Path, extension: str, with_drafts: bool
) -> tuple[Path, ...]:
    """Write what was approved (and drafts when asked); returns the files.

    Raises:
        UsageError: nothing fits; says what there is.
        CannotWriteError: the folder cannot be written.
    """
    review = open_review()
    fitting = [task for task in review.tasks(language=language) if _fits(task, title)]
    chosen = [task for task in fitting if with_drafts or task.state is TaskState.APPROVED]
    if not chosen:
        raise UsageError(_why_nothing(title, fitting))
    written = []
    for task in chosen:
        approved = task.state is TaskState.APPROVED
        text = review.text_of(task.task_id, extension, approved_only=approved)
        stem = safe_stem(task.title) + ("" if approved else ".draft")
        path = folder / file_name(stem, task.language, extension)
        write_atomically(path, text.encode("utf-8"))
        written.append(path)
    return tuple(written)


def safe_stem(title: str) -> str:
    """The title as a file name that stays in its folder."""
    cleaned = "".join("_" if char in "/\\\0" or not char.isprintable() else char for char in title)
    return cleaned.lstrip(".") or "title"


def _fits(task: ReviewTask, wanted: str) -> bool:
    is_id = len(wanted) >= _SHORTEST_ID_PREFIX and task.task_id.startswith(wanted)
    return not wanted or task.title == wanted or is_id


def _why_nothing(title: str, fitting: list[ReviewTask]) -> str:
    if not fitting:
        return f"there is no task for {title!r} in the queue" if title else "the queue is empty"
    waiting = ", ".join(f"{task.title} {task.language}: {task.state.value}" for task in fitting)
    return f"nothing is approved yet ({waiting}); --draft writes drafts, marked as such"

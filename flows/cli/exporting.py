"""What ``polycue export`` does."""

from fractions import Fraction
from pathlib import Path

from flows.errors import UsageError
from flows.files import write_atomically
from flows.stages.deliverables import file_name
from flows.wiring import open_review
from review.files import EXTENSIONS
from review.store import ReviewStore
from review.tasks import ReviewTask, TaskState
from subtitles.formats.document import SubtitleDocument
from subtitles.formats.registry import FORMATS
from subtitles.formats.verifying import encode_verified
from subtitles.language import LanguageTag

_SHORTEST_ID_PREFIX = 6


def export_tasks(
    *,
    title: str,
    language: LanguageTag | None,
    folder: Path,
    formats: tuple[str, ...],
    with_drafts: bool,
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
        stem = safe_stem(task.title) + ("" if approved else ".draft")
        texts = {form: _text_of(review, task, form, approved_only=approved) for form in formats}
        for extension, text in texts.items():
            path = folder / file_name(stem, task.language, extension)
            write_atomically(path, text.encode("utf-8"))
            written.append(path)
    return tuple(written)


def _text_of(review: ReviewStore, task: ReviewTask, extension: str, *, approved_only: bool) -> str:
    """The file's text; formats that a snapshot does not hold are made from its SRT."""
    if extension in EXTENSIONS:
        return review.text_of(task.task_id, extension, approved_only=approved_only)
    srt = review.text_of(task.task_id, "srt", approved_only=approved_only)
    document = SubtitleDocument(
        subtitles=FORMATS["srt"].decode(srt).document.subtitles,
        language=LanguageTag(task.language),
        frame_rate=Fraction(task.frame_rate) if task.frame_rate else None,
        title=task.title,
    )
    return encode_verified(FORMATS[extension], document)


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

"""What ``polycue export`` does."""

from fractions import Fraction
from pathlib import Path

from flows.delivering.naming import safe_text
from flows.errors import UsageError
from flows.files import write_atomically
from flows.named_tasks import is_named
from flows.review_wiring import open_backend
from flows.stages.deliverables import file_name
from review.backend import Backend
from review.files import EXTENSIONS
from review.release.files import FILES, MANIFEST
from review.tasks import ReviewTask
from subtitles.formats.document import SubtitleDocument
from subtitles.formats.registry import FORMATS, format_of
from subtitles.formats.verifying import encode_verified
from subtitles.language import LanguageTag

_OF_RELEASES = tuple(name for name in (*FILES, MANIFEST) if name not in FORMATS)
"""What is made of an approval alone."""


def parse_files(text: str) -> tuple[str, ...]:
    """Files of a list such as ``srt,ttml bilingual.srt manifest.json``, each once.

    Raises:
        UnknownFormatError: for a file nobody here knows.
    """
    names = text.replace(",", " ").split()
    return tuple(
        dict.fromkeys(name if name in _OF_RELEASES else format_of(name).extension for name in names)
    )


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
        UsageError: nothing fits; says what there is. Or a draft is asked for what only an approval
            has.
        NotAllowedError: a format cannot hold the text.
        CannotWriteError: the folder cannot be written.
    """
    backend = open_backend()
    fitting = [
        task
        for task in backend.store.tasks(language=language)
        if not title or is_named(task, title)
    ]
    chosen = [task for task in fitting if with_drafts or task.is_decided]
    if not chosen:
        raise UsageError(_why_nothing(title, fitting))
    written = []
    for task in chosen:
        approved = task.is_decided
        stem = (safe_text(task.title) or "title") + ("" if approved else ".draft")
        texts = {form: _text_of(backend, task, form) for form in formats}
        for extension, text in texts.items():
            path = folder / file_name(stem, task.language, extension)
            write_atomically(path, text.encode("utf-8"))
            written.append(path)
    return tuple(written)


def _text_of(backend: Backend, task: ReviewTask, extension: str) -> str:
    """The file's text; formats that neither approval nor release holds are made from the SRT."""
    approved = task.is_decided
    if extension in EXTENSIONS:
        return backend.store.text_of(task.task_id, extension, approved_only=approved)
    if approved and extension in {*FILES, MANIFEST}:
        return backend.releases.file(task.task_id, extension)
    if extension in _OF_RELEASES:
        raise UsageError(f"{task.title} {task.language} is not approved: it has no {extension}")
    srt = backend.store.text_of(task.task_id, "srt", approved_only=approved)
    document = SubtitleDocument(
        subtitles=FORMATS["srt"].decode(srt).document.subtitles,
        language=LanguageTag(task.language),
        frame_rate=Fraction(task.frame_rate) if task.frame_rate else None,
        title=task.title,
    )
    return encode_verified(FORMATS[extension], document)


def _why_nothing(title: str, fitting: list[ReviewTask]) -> str:
    if not fitting:
        return f"there is no task for {title!r} in the queue" if title else "the queue is empty"
    waiting = ", ".join(f"{task.title} {task.language}: {task.state.value}" for task in fitting)
    return f"nothing is approved yet ({waiting}); --draft writes drafts, marked as such"

"""How a title stands: what the runs made of it, and what people did with that."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flows.runs.port import RunLog
from flows.runs.records import LanguageRun, RunKind, RunRecord
from review.overview import Overview, TaskStanding
from review.tasks import CLOSED, TaskState


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageStanding:
    """One language of a title.

    Attributes:
        language: Its tag.
        drafted_at: When its newest draft was made; None where nobody knows of any.
        task: Its review task; None when there is none.
        run: The last run that had to do with it; None when the log knows none.
        error: Why it failed in that run; empty when it did not.
        published_to: The folder of what was published last; empty when nothing was.
        remarks: What is out of date about it, or missing.
    """

    language: str
    drafted_at: datetime | None
    task: TaskStanding | None
    run: RunRecord | None
    error: str
    published_to: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleStanding:
    """One title.

    Attributes:
        title: As files and people name it.
        media_id: SHA-256 of its medium; empty where no run has come so far.
        source: Path of its film or file, as its last run had it.
        last_run: The newest of any kind; None when the log knows none.
        languages: By their tags.
    """

    title: str
    media_id: str
    source: str
    last_run: RunRecord | None
    languages: tuple[LanguageStanding, ...]


def standings_of(
    text: str, runs: RunLog, overview: Overview, *, publish_folder: str = ""
) -> tuple[TitleStanding, ...]:
    """Every title that fits, by name; none when nobody knows of any.

    Args:
        text: A title, the path of its film or file, or its media id or the first six letters of
            that or more.
        runs: What was run.
        overview: Of the review queue.
        publish_folder: Where what is published goes, as far as no run of the title says.
    """
    records, tasks = runs.of_title(text), overview.tasks_of(text)
    titles = dict.fromkeys(
        [*((one.title, one.media_id) for one in tasks), *map(_identity, _identified(records))]
    )
    found = [_title(title, media_id, records, tasks) for title, media_id in titles]
    if publish_folder:
        found = [_published_to(one, publish_folder) for one in found]
    return tuple(sorted(found, key=lambda one: (one.title, one.media_id)))


def _identity(record: RunRecord) -> tuple[str, str]:
    return record.title, record.media_id


def _identified(records: Sequence[RunRecord]) -> Iterable[RunRecord]:
    """Those whose medium is known; where no run came so far, the newest of each title."""
    known = {record.title for record in records if record.media_id}
    return (record for record in records if record.media_id or record.title not in known)


def _title(
    title: str, media_id: str, records: Sequence[RunRecord], tasks: Sequence[TaskStanding]
) -> TitleStanding:
    own = [one for one in records if one.title == title and one.media_id in {media_id, ""}]
    by_language = {
        str(one.language): one for one in tasks if (one.title, one.media_id) == (title, media_id)
    }
    tags = {*by_language, *(str(done.language) for one in own for done in one.languages)}
    paths = [one.media_path for one in by_language.values()]
    return TitleStanding(
        title=title,
        media_id=media_id,
        source=next((path for path in (*(one.source for one in own), *paths) if path), ""),
        last_run=own[0] if own else None,
        languages=tuple(_language(tag, own, by_language.get(tag)) for tag in sorted(tags)),
    )


def _language(
    tag: str, records: Sequence[RunRecord], task: TaskStanding | None
) -> LanguageStanding:
    runs = [(run, one) for run in records for one in run.languages if one.language == tag]
    drafts = [run for run, one in runs if run.kind != RunKind.PUBLISH and not one.error]
    published = [one for run, one in runs if run.kind == RunKind.PUBLISH and not one.error]
    run, last = runs[0] if runs else (None, None)
    drafted = (drafts[0].ended_at or drafts[0].seen_at) if drafts else None
    return LanguageStanding(
        language=tag,
        drafted_at=task.parked_at if task else drafted,
        task=task,
        run=run,
        error=last.error if last else "",
        published_to=published[0].folder if published else "",
        remarks=tuple(_remarks(task, last)),
    )


def _published_to(title: TitleStanding, folder: str) -> TitleStanding:
    languages = (
        replace(one, published_to=folder)
        if one.task and one.task.published_at and not one.published_to
        else one
        for one in title.languages
    )
    return replace(title, languages=tuple(languages))


def _remarks(task: TaskStanding | None, last: LanguageRun | None) -> Iterable[str]:
    if last is not None and last.error:
        yield f"failed: {last.error}"
    if task is None:
        return
    if task.error_count and task.state not in CLOSED:
        yield f"{task.error_count} errors block approval"
    if task.stale_count:
        yield f"stale: the source of {task.stale_count} cues has changed"
    if task.published_sha256 and task.state != TaskState.PUBLISHED:
        yield "stale: what is published is older than the text in review"

"""What people approved, into the publishing folder: once each, whatever happens meanwhile.

Each task is one transaction on the folder (`flows.delivering.transaction`), then one in the review
database, then its notices are ticked off. Killed anywhere, the next call finds the task approved
and not yet published, finds its files as they should be, and goes on. Who publishes has the folder
alone meanwhile, and reads what was approved only then: an older text never follows a newer one.
"""

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from flows.delivering.placing import earlier_in, release_outlet
from flows.delivering.releasing import read_release, release_set
from flows.delivering.transaction import transaction
from flows.errors import UsageError
from flows.named_tasks import is_named
from flows.publish_report import Outcome, PublishReport, TaskPublication
from flows.publish_wiring import Publisher, open_publisher
from flows.runs.opening import run_log_for
from flows.runs.recording import NewRun, RunRecorder, recorded
from flows.runs.records import LanguageRun, RunKind, RunState
from flows.settings import Settings
from review.errors import UnknownTaskError
from review.outbox import Notice, NoticeKind, Outbox
from review.tasks import ReviewTask, TaskState
from subtitles.errors import PolycueError

logger = logging.getLogger(__name__)

_SET = "published"
_MOST_NOTICES = 10_000
_SHORTEST_PAUSE, _MOST_DOUBLINGS = timedelta(minutes=1), 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A task to be published, and the notices that told so: read before anything of its text."""

    task: ReviewTask
    notices: tuple[Notice, ...] = ()


PublishOne = Callable[[Publisher, Waiting], TaskPublication]


def publish_approved(
    settings: Settings,
    *,
    limit: int = 1_000,
    task_id: str | None = None,
    flow_run_id: str = "",
    publish: PublishOne | None = None,
) -> PublishReport:
    """Publish what was approved and is not published yet; twice is once.

    A task that fails is reported, and the others go on.

    Args:
        settings: Where to, and out of which review database.
        limit: So many tasks at most; those longest approved first.
        task_id: Only this task, or those of this title: its id, six letters or more of the
            beginning of it, or the title. What was published already is put right if its files
            are not as they should be.
        flow_run_id: Prefect's, for the run log.
        publish: How one task is published; as `publish_task` does when not given.

    Raises:
        UsageError: there is no such task.
        StorageError: the review database or the run log cannot be used.
    """
    with open_publisher(settings) as publisher:
        waiting = _named(publisher, task_id) if task_id else _waiting(publisher)
        chosen = waiting[:limit]
        if not chosen:
            return PublishReport()
        run = NewRun(
            kind=RunKind.PUBLISH,
            title=chosen[0].task.title if task_id else "approved",
            request=task_id or "",
            flow_run_id=flow_run_id,
        )
        with recorded(run_log_for(settings), run) as recorder:
            done = tuple(_attempted(publisher, one, publish or publish_task) for one in chosen)
            report = PublishReport(publications=done, waiting_count=len(waiting) - len(chosen))
            _tell(recorder, report)
    return report


def publish_task(publisher: Publisher, waiting: Waiting) -> TaskPublication:
    """Publish what was approved last of one task, and say so in review.

    Raises:
        NotAllowedError: nothing was approved yet, or by a version that kept too little with it.
        NameTakenError: another task's files have these names.
        CannotWriteError: full disk, missing permission; what was published before stands.
        InvalidNamingError: a name that no file may have.
    """
    store, folder = publisher.store, publisher.settings.publish_folder
    with transaction(folder, _SET) as files:
        task = store.task(waiting.task.task_id)
        if task.state is TaskState.CANCELLED:
            _tick_off(publisher.outbox, waiting.notices)
            return TaskPublication.of(task, Outcome.CANCELLED)
        release = read_release(publisher.releases, task.task_id)
        outlet = release_outlet(publisher, task, release)
        delivery = release_set(outlet, release, earlier=earlier_in(store, task, outlet))
        is_written = files.commit(
            delivery.files, manifest=delivery.manifest, obsolete=delivery.obsolete
        )
        store.publish(task.task_id, release.snapshot_sha256)
    _tick_off(publisher.outbox, waiting.notices)
    is_new = is_written or task.published_sha256 != release.snapshot_sha256
    changed = (f"{path} was changed by somebody and stays" for path in delivery.kept)
    return TaskPublication.of(
        task,
        Outcome.PUBLISHED if is_new else Outcome.UNCHANGED,
        version=outlet.fields.version,
        snapshot_sha256=release.snapshot_sha256,
        files=tuple(folder / path for path in delivery.paths),
        remarks=(*release.remarks, *changed),
    )


def _attempted(publisher: Publisher, waiting: Waiting, publish: PublishOne) -> TaskPublication:
    task = waiting.task
    try:
        done = publish(publisher, waiting)
    except Exception as error:
        if not isinstance(error, PolycueError):
            logger.exception("%s %s failed unexpectedly", task.title, task.language)
        _put_off(publisher.outbox, waiting.notices)
        return TaskPublication.failed(task, error)
    logger.info("%s %s: %s, version %d", task.title, task.language, done.outcome, done.version)
    return done


def _tell(recorder: RunRecorder, report: PublishReport) -> None:
    for one in report.publications:
        recorder.language(
            LanguageRun(
                language=one.language,
                cached=one.outcome is Outcome.UNCHANGED,
                error=one.error,
                task_id=one.task_id,
                folder=str(one.files[0].parent) if one.files else "",
            )
        )
    if report.failed:
        is_all = len(report.failed) == len(report.publications)
        recorder.ends_as(RunState.FAILED if is_all else RunState.PARTIAL, report.summary())


def _waiting(publisher: Publisher) -> list[Waiting]:
    """Tasks with an approval that is not published: as notices tell, and as their states do."""
    store, told = publisher.store, _notices(publisher)
    approved = {task.task_id: task for task in store.tasks(state=TaskState.APPROVED)}
    # What has failed most often comes last: it must not keep the others waiting.
    by_notice = sorted(told, key=lambda task_id: max(one.attempts for one in told[task_id]))
    return [
        *(
            Waiting(task=approved.get(task_id) or store.task(task_id), notices=told[task_id])
            for task_id in by_notice
        ),
        *(
            Waiting(task=task)
            for task in approved.values()
            if task.task_id not in told and task.published_sha256 != task.snapshot_sha256
        ),
    ]


def _named(publisher: Publisher, wanted: str) -> list[Waiting]:
    """Tasks that somebody asked for, whatever their states."""
    told, store = _notices(publisher), publisher.store
    try:
        found: Iterable[ReviewTask] = (store.task(wanted),)
    except UnknownTaskError:
        named = [task for task in store.tasks() if is_named(task, wanted)]
        if not named:
            raise UsageError(f"there is no task for {wanted!r} in the queue") from None
        # Of a title the languages that were approved; where none was, each says so.
        found = [task for task in named if task.snapshot_sha256] or named
    return [Waiting(task=task, notices=told.get(task.task_id, ())) for task in found]


def _notices(publisher: Publisher) -> dict[str, tuple[Notice, ...]]:
    """What waits to be published, by task, oldest first."""
    found: dict[str, tuple[Notice, ...]] = {}
    kinds = (NoticeKind.TASK_APPROVED,)
    for notice in publisher.outbox.undelivered(kinds, limit=_MOST_NOTICES):
        found[notice.task_id] = (*found.get(notice.task_id, ()), notice)
    return found


def _tick_off(outbox: Outbox, notices: Iterable[Notice]) -> None:
    for notice in notices:
        outbox.delivered(notice.notice_id)


def _put_off(outbox: Outbox, notices: Iterable[Notice]) -> None:
    """They wait, each time twice as long, up to about an hour."""
    # Where the database is what fails, they stay as they are.
    with suppress(PolycueError):
        for notice in notices:
            pause = _SHORTEST_PAUSE * 2 ** min(notice.attempts, _MOST_DOUBLINGS)
            outbox.failed(notice.notice_id, again_in=pause)

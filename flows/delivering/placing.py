"""Where the files of an approval belong in the publishing folder, and what stands there."""

from flows.delivering.manifest import ENDING, DeliveryKind, DeliveryManifest, manifest_at
from flows.delivering.naming import PRESETS, NameFields, NamingTemplate, parse_naming
from flows.delivering.outlet import Outlet
from flows.delivering.releasing import ReadRelease, receipt_of
from flows.errors import NameTakenError
from flows.publish_wiring import Publisher
from flows.settings import Settings
from review.errors import UnknownTaskError
from review.events import EventKind
from review.store import ReviewStore
from review.tasks import ReviewTask, TaskState
from subtitles.language import LanguageTag


def published_naming(settings: Settings) -> NamingTemplate:
    """How files of releases are named: by client and project, and then as drafts are."""
    drafts = PRESETS.get(settings.naming, settings.naming)
    return parse_naming(settings.publish_naming or "[{client}/][{project}/]" + drafts)


def release_outlet(publisher: Publisher, task: ReviewTask, release: ReadRelease) -> Outlet:
    """Where the files of a release go; dated by its approval."""
    return Outlet(
        folder=publisher.settings.publish_folder,
        template=published_naming(publisher.settings),
        fields=NameFields(
            title=release.manifest.title,
            made_on=release.manifest.sanction.approved_at.date(),
            kind=task.kind,
            client=task.client,
            project=publisher.projects.project(task.project_id).name,
            version=_version(publisher.store, task.task_id, release.snapshot_sha256),
        ),
    )


def earlier_in(store: ReviewStore, task: ReviewTask, outlet: Outlet) -> DeliveryManifest | None:
    """What was published of this task before, or of a cancelled one in its place; None for nothing.

    Raises:
        NameTakenError: these are the names of another task's files.
    """
    own = manifest_at(outlet.folder / receipt_of(task.task_id))
    there = manifest_at(outlet.path(LanguageTag(task.language), ENDING))
    if there is None or there.kind is DeliveryKind.DRAFT:
        return own
    owner = there.made_from.task_id
    if owner == task.task_id or _is_gone(store, owner):
        return own or there
    raise NameTakenError(
        there.path,
        f"task {owner[:12]}",
        "name {project} or {version} in POLYCUE_PUBLISH_NAMING, or cancel that task",
    )


def _version(store: ReviewStore, task_id: str, snapshot_sha256: str) -> int:
    """Which approval of the task a text is of, from 1; of several the last."""
    events = store.events(task_id)
    approvals = (one.detail for one in events if one.kind is EventKind.TASK_APPROVED)
    numbers = [number for number, text in enumerate(approvals, 1) if text == snapshot_sha256]
    return numbers[-1] if numbers else 1


def _is_gone(store: ReviewStore, task_id: str) -> bool:
    try:
        return store.task(task_id).state is TaskState.CANCELLED
    except UnknownTaskError:
        return True

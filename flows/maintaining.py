"""What a workspace needs now and then, while everything else goes on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Engine

from flows.artifacts.blobs import Blobs
from flows.artifacts.collecting import Collected, Collector
from flows.artifacts.opening import ARTIFACTS, blobs_for, folder_of
from flows.backups import BackedUp, back_up_daily
from flows.disk import MIN_FREE_BYTES, free_bytes
from flows.files import remove_dead_parts
from flows.locks import FolderLocks, title_lock
from flows.review_wiring import existing_database
from flows.runs.opening import run_log_for
from flows.runs.recording import NewRun, recorded
from flows.runs.records import RunKind, RunState
from flows.settings import Settings
from flows.stages.last_drafts import LAST_DRAFT
from review.sql.housekeeping import lapsed_tasks, release_lapsed, tidy
from review.store import utc_now
from subtitles.errors import PolycueError

T = TypeVar("T")

_LAST_COLLECTION = "last/collection"


class MaintainRequest(BaseModel):
    """How a workspace is maintained (also the parameter of the Prefect flow)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    dry_run: bool = False
    """Only tell what would be done."""

    lease_hours: int = Field(default=24, ge=1)
    """A task whose holder gave no sign of life for this long goes back into the queue."""

    grace_hours: int = Field(default=48, ge=24)
    """Results that nothing points at, lock files and unfinished files go when they are older."""

    forget_days: int = Field(default=0, ge=0)
    """Results made longer ago are forgotten, though they are computed again if they are wanted
    again; 0 keeps them for ever."""

    keep_run_days: int = Field(default=365, ge=0)
    """Runs that began longer ago are forgotten, but for the last of every medium; 0 keeps them for
    ever."""

    collect_every_hours: int = Field(default=24, ge=0)
    """How often results and runs are looked through: on a bucket each stored stage costs a
    request."""

    keep_backups: int = Field(default=7, ge=0)
    """Daily copies of an SQLite review database that stay; 0 makes none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MaintenanceReport:
    """What was done, or would be.

    Attributes:
        dry_run: Whether it was only looked at.
        released: Ids of the tasks that went back into the queue.
        backup: The copy of the review database; None where there is no database yet.
        tidied: Whether SQLite's tables were looked after.
        forgotten_runs: Old runs taken out of the run log; None when their turn has not come.
        collected: Results cleared away; None when their turn has not come.
        parts: Unfinished files of killed processes removed.
        locks: Lock files removed.
        warnings: What a person should know.
        failures: Chores that failed, each with what and why; the others were done.
        exit_code: Of the first failure; 0 without any.
    """

    dry_run: bool
    released: tuple[str, ...]
    backup: BackedUp | None
    tidied: bool
    forgotten_runs: int | None
    collected: Collected | None
    parts: int
    locks: int
    warnings: tuple[str, ...]
    failures: tuple[tuple[str, str], ...]
    exit_code: int


def maintain(
    request: MaintainRequest,
    settings: Settings,
    *,
    now: datetime | None = None,
    flow_run_id: str = "",
) -> MaintenanceReport:
    """Do every chore whose turn it is; one that fails is reported and leaves the others done.

    Args:
        request: How.
        settings: Of this process.
        now: The time; the real one when not given.
        flow_run_id: Prefect's, for the run log.

    Raises:
        TitleBusyError: another process is at it, wherever the review database reaches.
        StorageError: the workspace cannot be written at all.
    """
    now = now or datetime.now(UTC)
    with title_lock(settings, "maintenance", "the workspace's maintenance"):
        work = _Maintenance(request, settings, now)
        if request.dry_run:
            return work.report()
        asked = request.model_dump_json()
        new = NewRun(
            kind=RunKind.MAINTAIN, title="maintenance", request=asked, flow_run_id=flow_run_id
        )
        with recorded(run_log_for(settings), new, needs_log=False) as run:
            report = work.report()
            if report.failures:
                told = "; ".join(f"{chore}: {why}" for chore, why in report.failures)
                run.ends_as(RunState.PARTIAL, told)
        return report


@dataclass(slots=True)
class _Maintenance:
    request: MaintainRequest
    settings: Settings
    now: datetime
    failures: list[tuple[str, str]] = field(default_factory=list)
    exit_code: int = 0

    def report(self) -> MaintenanceReport:
        request = self.request
        return MaintenanceReport(
            dry_run=request.dry_run,
            released=self._tried("leases", self._release, ()),
            backup=self._tried("backup", self._back_up, None),
            tidied=self._tried("review database", self._tidy, False),  # noqa: FBT003 - a result
            # Before the collection, which notes that both have had their turn.
            forgotten_runs=self._tried("run log", self._forget_runs, None),
            collected=self._tried("results", self._collect, None),
            parts=self._tried("unfinished files", self._clear_parts, 0),
            locks=self._tried("lock files", self._clear_locks, 0),
            warnings=self._warnings(),
            failures=tuple(self.failures),
            exit_code=self.exit_code,
        )

    def _tried(self, chore: str, work: Callable[[], T], otherwise: T) -> T:
        try:
            return work()
        except (PolycueError, OSError) as error:
            self.failures.append((chore, str(error)))
            self.exit_code = self.exit_code or getattr(error, "exit_code", PolycueError.exit_code)
            return otherwise

    @property
    def _before(self) -> datetime:
        return self.now - timedelta(hours=self.request.grace_hours)

    @contextmanager
    def _database(self) -> Iterator[Engine | None]:
        """The review database for one chore, if there is one yet."""
        engine = existing_database(self.settings)
        try:
            yield engine
        finally:
            if engine is not None:
                engine.dispose()

    def _release(self) -> tuple[str, ...]:
        before = self.now - timedelta(hours=self.request.lease_hours)
        with self._database() as engine:
            if engine is None:
                return ()
            if self.request.dry_run:
                return lapsed_tasks(engine, before)
            return release_lapsed(engine, before, utc_now)

    def _back_up(self) -> BackedUp | None:
        folder, keep = self.settings.workspace / "backups", self.request.keep_backups
        with self._database() as engine:
            if engine is None or not keep:
                return None
            today, dry_run = self.now.date(), self.request.dry_run
            return back_up_daily(engine, folder, today, keep=keep, dry_run=dry_run)

    def _tidy(self) -> bool:
        with self._database() as engine:
            return engine is not None and not self.request.dry_run and tidy(engine)

    @property
    def _notes(self) -> Blobs:
        return blobs_for(self.settings, "maintenance")

    def _is_due(self) -> bool:
        """Whether what takes long has its turn."""
        due = self.now - timedelta(hours=self.request.collect_every_hours)
        return not any(blob.changed_at > due for blob in self._notes.listed("last"))

    def _forget_runs(self) -> int | None:
        if not self._is_due():
            return None
        days, dry_run = self.request.keep_run_days, self.request.dry_run
        if not days:
            return 0
        before = self.now - timedelta(days=days)
        return run_log_for(self.settings).prune(before, dry_run=dry_run)

    def _collect(self) -> Collected | None:
        request = self.request
        if not self._is_due():
            return None
        collected = Collector(
            blobs=blobs_for(self.settings, ARTIFACTS),
            now=self.now,
            grace=timedelta(hours=request.grace_hours),
            forget=timedelta(days=request.forget_days) if request.forget_days else None,
            indirect=frozenset({LAST_DRAFT}),
            dry_run=request.dry_run,
        ).collect()
        if not request.dry_run:
            self._notes.write(_LAST_COLLECTION, self.now.isoformat().encode())
        return collected

    def _clear_parts(self) -> int:
        rooms: set[Path] = {self.settings.workspace}
        store = folder_of(self.settings, ARTIFACTS)
        if store is not None and not store.is_relative_to(self.settings.workspace):
            rooms.add(store)
        dry_run = self.request.dry_run
        return sum(remove_dead_parts(room, self._before, dry_run=dry_run) for room in rooms)

    def _clear_locks(self) -> int:
        locks = FolderLocks(self.settings.locks_folder)
        return locks.remove_unused(self._before, dry_run=self.request.dry_run)

    def _warnings(self) -> tuple[str, ...]:
        free = free_bytes(self.settings.workspace)
        if free >= MIN_FREE_BYTES:
            return ()
        where = f"{free / 1e6:.0f} MB free on the disk of {self.settings.workspace}"
        return (f"{where}: make some room, or runs will stop",)

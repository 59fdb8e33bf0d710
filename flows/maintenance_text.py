"""A maintenance in words, for the terminal and for Prefect."""

from flows.artifacts.collecting import Collected
from flows.backups import BackedUp
from flows.maintaining import MaintenanceReport


def lines_of(report: MaintenanceReport) -> tuple[str, ...]:
    """What was done, or would be, a line each."""
    would = "to go back" if report.dry_run else "back"
    gone = "to be removed" if report.dry_run else "removed"
    lines = (
        f"tasks {would} into the queue: {len(report.released)}",
        *_backup_lines(report.backup, gone),
        *_run_lines(report.forgotten_runs, gone),
        *_collected_lines(report.collected, gone),
        f"unfinished files of killed processes {gone}: {report.parts}",
        f"unused lock files {gone}: {report.locks}",
    )
    return ("nothing was done; this is what would be:", *lines) if report.dry_run else lines


def _backup_lines(backup: BackedUp | None, gone: str) -> tuple[str, ...]:
    if backup is None:
        return ()
    if backup.own_tool:
        return ("review database: on a PostgreSQL server; back it up with pg_dump",)
    made = f"copy of the review database: {backup.made or 'of today, is there'}"
    return (made, f"older copies {gone}: {len(backup.removed)}")


def _run_lines(count: int | None, gone: str) -> tuple[str, ...]:
    return () if count is None else (f"old runs {gone} from the run log: {count}",)


def _collected_lines(collected: Collected | None, gone: str) -> tuple[str, ...]:
    if collected is None:
        return ("results: not due yet",)
    size = f"{collected.size_bytes / 1e6:.1f} MB"
    lines = (f"results that nothing points at {gone}: {collected.objects} ({size})",)
    retired = collected.retired
    return (*lines, f"results old enough to be forgotten: {retired}") if retired else lines

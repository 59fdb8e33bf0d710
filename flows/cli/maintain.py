"""``polycue maintain``: what a workspace needs now and then."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from flows.maintaining import MaintenanceReport


def maintain(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what would be done.")
    ] = False,
    lease_hours: Annotated[
        int, typer.Option(min=1, help="Put tasks back whose holder was away for this long.")
    ] = 24,
    grace_hours: Annotated[
        int, typer.Option(min=24, help="Clear away unused results older than this.")
    ] = 48,
    forget_days: Annotated[
        int, typer.Option(min=0, help="Forget results made longer ago; 0 for never.")
    ] = 0,
    keep_run_days: Annotated[
        int, typer.Option(min=0, help="Forget runs begun longer ago; 0 for never.")
    ] = 365,
    keep_backups: Annotated[
        int, typer.Option(min=0, help="Daily copies of the review database to keep; 0 for none.")
    ] = 7,
) -> int:
    """Put forgotten tasks back, back up the review database, clear away what nothing needs.

    Safe while everything else runs. An SQLite review database is copied to backups/ in the
    workspace once a day.
    """
    from flows.maintaining import MaintainRequest
    from flows.maintaining import maintain as maintained
    from flows.settings import Settings

    request = MaintainRequest(
        dry_run=dry_run,
        lease_hours=lease_hours,
        grace_hours=grace_hours,
        forget_days=forget_days,
        keep_run_days=keep_run_days,
        keep_backups=keep_backups,
        collect_every_hours=0,
    )
    report = maintained(request, Settings())
    _print(report)
    return report.exit_code


def _print(report: "MaintenanceReport") -> None:
    from flows.maintenance_text import lines_of

    for line in lines_of(report):
        typer.echo(line)
    for warning in report.warnings:
        sys.stderr.write(f"polycue: {warning}\n")
    for chore, why in report.failures:
        sys.stderr.write(f"polycue: {chore}: {why}\n")

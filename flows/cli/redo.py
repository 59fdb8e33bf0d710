"""``polycue redo``: drafts that would come out otherwise today are made again."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from flows.redoing import RedoRequest
    from flows.settings import Settings


def redo(
    title: Annotated[
        str, typer.Argument(help="A title, its file, or its media id.", show_default=False)
    ] = "",
    project: Annotated[str, typer.Option(help="All titles of a project.", show_default=False)] = "",
    every: Annotated[bool, typer.Option("--all", help="All titles in review.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what would be made again, and why.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Report as JSON.")] = False,
) -> int:
    """Make drafts again whose words, style, engine or approved transcript have changed.

    What people wrote stays; what nothing has touched is not computed again. Exit code 9 when a
    title failed and the others are done.
    """
    from flows.redo_text import lines_of, report_json
    from flows.redoing import redo_stale
    from flows.settings import Settings

    settings = Settings()
    request = _request(settings, title, project, every=every, dry_run=dry_run)
    report = redo_stale(settings, request)
    for line in [report_json(report)] if as_json else lines_of(report):
        typer.echo(line)
    return report.exit_code


def _request(
    settings: "Settings", title: str, project: str, *, every: bool, dry_run: bool
) -> "RedoRequest":
    from flows.errors import UsageError
    from flows.redoing import RedoRequest

    if sum(map(bool, (title, project, every))) != 1:
        raise UsageError("name a title, --project or --all, and one of them only")
    if project:
        from flows.review_wiring import project_id_of

        found = project_id_of(settings, project)
        return RedoRequest(project_id=found, dry_run=dry_run, reason="polycue redo")
    if every:
        return RedoRequest(everything=True, dry_run=dry_run, reason="polycue redo")
    media_id = _media_id(settings, title)
    return RedoRequest(media_id=media_id, dry_run=dry_run, reason="polycue redo")


def _media_id(settings: "Settings", title: str) -> str:
    from flows.errors import UsageError
    from flows.runs.opening import run_log_for

    runs = run_log_for(settings).of_title(title)
    found = {run.media_id: run.title for run in runs if run.media_id}
    if not found:
        raise UsageError(f"no run of {title!r} is known: run it with `polycue run`")
    if len(found) > 1:
        several = ", ".join(f"{name} ({media_id[:12]})" for media_id, name in found.items())
        raise UsageError(f"{title!r} fits several titles, name one by its media id: {several}")
    return next(iter(found))
